//! What is not on screen: a plan of other inputs, to say what they would mean, and how a file begins.

use std::rc::Rc;

use super::Services;
use crate::engine::model::Scenario;
use crate::engine::outcome::Outcome;
use crate::engine::placement::Budget;
use crate::export::Format;
use crate::export::beginning::Beginning;
use crate::protocol::{Reply, Request, wire};
use crate::store::{Action, Effect, ToastKind, UiAction};
use crate::web::worker_host::{Answer, JobError};

/// What a plan may cost more than the best one and still be the one on screen with few changes, in millionths: so much that it always is.
const ANY: u32 = 1_000_000;

impl Services {
    /// How an export of the scenario on screen begins, or why there is none, in words. Nobody is kept from working meanwhile: it shows no progress of its own.
    pub async fn beginning(&self, format: Format) -> Result<Beginning, String> {
        let again = || "Something else was asked for meanwhile: ask again".to_owned();
        let request = self.export_request(format, true).ok_or_else(again)?;
        let estate = Rc::clone(&self.0.store.state().project.estate);
        match self.0.worker.run(request, Vec::new(), Some(estate), None).wait().await {
            Ok(Answer { document: Some(document), .. }) => wire::read(&document.to_vec()).ok_or_else(again),
            Ok(_) | Err(JobError::Cancelled) => Err(again()),
            Err(JobError::Failed(message)) => Err(message),
        }
    }

    /// The plan on screen with the changes that other inputs need and no others, so that all that differs comes from them. `None` where another plan was asked
    /// for meanwhile. A search for a better plan than the one on screen goes on afterwards.
    pub async fn preview(&self, scenario: Scenario) -> Option<Box<Outcome>> {
        let estate = Rc::clone(&self.0.store.state().project.estate);
        let was_planning = self.0.store.state().planning;
        let budget = Budget { steps: 0, ..Budget::default() };
        let request = Request::Plan { scenario: Box::new(scenario), budget, keep_ppm: ANY, aside: true };
        let found = match self.0.worker.run(request, Vec::new(), Some(estate), None).wait().await {
            Ok(Answer { reply: Reply::Planned(outcome), .. }) => outcome,
            Err(JobError::Failed(message)) => {
                self.dispatch(Action::Ui(UiAction::Toast(ToastKind::Failed, message)));
                return None;
            }
            Ok(_) | Err(JobError::Cancelled) => return None,
        };
        if was_planning && self.0.store.state().planning {
            self.carry_out(Effect::Plan);
        }
        Some(found)
    }
}
