//! Plans what is not on screen, to say what it would mean.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;

use super::Services;
use crate::engine::model::Scenario;
use crate::engine::outcome::Outcome;
use crate::engine::placement::Budget;
use crate::protocol::{Reply, Request};
use crate::store::{Action, Effect, ToastKind, UiAction};
use crate::web::dom;
use crate::web::worker_host::{Answer, JobError, OnBetter};

impl Services {
    /// The first plan of inputs that differ a little from those on screen: the plan on screen with the changes that they need. `None` where another plan was
    /// asked for meanwhile. A search for a better plan than the one on screen goes on afterwards.
    pub async fn preview(&self, scenario: Scenario) -> Option<Box<Outcome>> {
        let estate = Rc::clone(&self.0.store.state().project.estate);
        let was_planning = self.0.store.state().planning;
        let (sender, receiver) = oneshot::channel();
        let sender = Rc::new(RefCell::new(Some(sender)));
        let first = Rc::clone(&sender);
        let on_better: OnBetter = Rc::new(move |outcome| {
            // Whoever asked may not wait any more.
            let _told = first.borrow_mut().take().map(|sender| sender.send(outcome));
        });
        let request = Request::Plan { scenario: Box::new(scenario), budget: Budget::default(), keep_ppm: 0 };
        let ticket = self.0.worker.run_telling(request, Vec::new(), Some(estate), None, Some(on_better));
        let id = ticket.id;
        let services = self.clone();
        dom::spawn(async move {
            let answer = ticket.wait().await;
            let sender = sender.borrow_mut().take();
            match answer {
                Ok(Answer { reply: Reply::Planned(outcome), .. }) => {
                    let _told = sender.map(|sender| sender.send(outcome));
                }
                Err(JobError::Failed(message)) => {
                    services.dispatch(Action::Ui(UiAction::Toast(ToastKind::Failed, message)));
                }
                Ok(_) | Err(JobError::Cancelled) => {}
            }
        });
        let found = receiver.await.ok();
        if found.is_some() {
            self.0.worker.cancel(id);
            if was_planning && self.0.store.state().planning {
                self.carry_out(Effect::Plan);
            }
        }
        found
    }
}
