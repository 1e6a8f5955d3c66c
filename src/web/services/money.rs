//! What the app does for money: draws how sure it is, reads price lists.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::File;

use super::Services;
use crate::engine::cost::{Candidate, Confidence, Question, question_beside};
use crate::engine::model::Scenario;
use crate::engine::prices::Proposal;
use crate::protocol::{Reply, Request};
use crate::store::compare::drawn::DRAWS;
use crate::store::{Action, JobKind, ToastKind};
use crate::web::dom;
use crate::web::worker_host::{Answer, JobError, OnProgress};

/// Who gets what price lists would change.
pub type OnPrices = Rc<dyn Fn(Box<Proposal>)>;

impl Services {
    /// Draws how sure the money of the result on screen is.
    pub fn draw_certainty(&self) {
        let state = self.0.store.state();
        let Some(outcome) = state.outcome.clone() else { return };
        let (draws, seed) = DRAWS;
        let candidate = Candidate { name: "This plan", ledger: &outcome.ledger, scenario: state.scenario() };
        let request = Request::Confidence(Box::new(question_beside(candidate, &outcome.staying, draws, seed)));
        let services = self.clone();
        let on_progress: OnProgress =
            Rc::new(move |_phase, done, total| services.dispatch(Action::Drawing(done, total)));
        self.dispatch(Action::Drawing(0, u64::from(draws)));
        let ticket = self.0.worker.run(request, Vec::new(), None, Some(on_progress));
        let services = self.clone();
        dom::spawn(async move {
            match ticket.wait().await {
                Ok(Answer { reply: Reply::Confidence(found), .. }) => {
                    services.dispatch(Action::Drawn(Some((outcome, found))));
                }
                // A newer request took its place, and will be answered.
                Ok(_) | Err(JobError::Cancelled) => {}
                Err(JobError::Failed(message)) => {
                    services.dispatch(Action::Drawn(None));
                    services.tell(ToastKind::Failed, message);
                }
            }
        });
    }

    /// Draws scenarios together; `None` where that failed, which is told, or where something newer took its place.
    pub async fn draw_together(&self, question: Question) -> Option<Box<Confidence>> {
        let request = Request::Confidence(Box::new(question));
        match self.0.worker.run(request, Vec::new(), None, None).wait().await {
            Ok(Answer { reply: Reply::Confidence(found), .. }) => Some(found),
            Ok(_) | Err(JobError::Cancelled) => None,
            Err(JobError::Failed(message)) => {
                self.tell(ToastKind::Failed, message);
                None
            }
        }
    }

    /// Reads price lists, and gives what they would change to `on_read`.
    pub fn read_prices(&self, files: Vec<File>, on_read: OnPrices) {
        let services = self.clone();
        dom::spawn(async move {
            let state = services.0.store.state();
            let (footprints, prices) = (state.scenario().footprints.clone(), state.scenario().prices.clone());
            let request =
                Request::Prices { scenario: Box::new(Scenario { footprints, prices, ..Scenario::default() }) };
            let files = files.into_iter().map(JsValue::from).collect();
            if let Some(Answer { reply: Reply::Prices(proposal), .. }) =
                services.job(JobKind::Prices, request, files, None).await
            {
                on_read(proposal);
            }
        });
    }

    /// The same of a list that was made here.
    pub fn read_price_text(&self, name: &str, text: &str, on_read: OnPrices) {
        let parts = js_sys::Array::of1(&JsValue::from(text));
        if let Ok(file) = File::new_with_str_sequence(&parts, name) {
            self.read_prices(vec![file], on_read);
        }
    }

    /// Finds the catalogue with the scenario's own prices before it, where it has any and they are not known yet.
    pub fn find_own_prices(&self) {
        let state = self.0.store.state();
        let prices = state.scenario().prices.clone();
        if prices.is_empty() || state.priced.as_ref().is_some_and(|(of, _)| *of == prices) {
            return;
        }
        let services = self.clone();
        dom::spawn(async move {
            let request = Request::Priced { prices: prices.clone() };
            if let Ok(Answer { reply: Reply::Catalog(catalog), .. }) =
                services.0.worker.run(request, Vec::new(), None, None).wait().await
            {
                services.dispatch(Action::Priced(prices, catalog));
            }
        });
    }

    /// Gives a table of the user's, or one to begin with, as a file.
    pub fn hand_csv(&self, name: &str, text: &str) {
        self.hand(name, "text/csv", &Uint8Array::from(text.as_bytes()));
    }
}
