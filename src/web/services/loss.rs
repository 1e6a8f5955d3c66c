//! Asks what the loss of hosts means.

use std::rc::Rc;

use super::Services;
use crate::engine::placement::Loss;
use crate::protocol::{Reply, Request};
use crate::store::ToastKind;
use crate::web::worker_host::{Answer, JobError};

impl Services {
    /// What happens to the machines of hosts of the plan on screen that fail, all at once. `None` where that could not be found out, which is told, or where
    /// something else was asked for meanwhile.
    pub async fn play_loss(&self, cluster: (u32, u32), hosts: Vec<u32>) -> Option<Box<Loss>> {
        let state = self.0.store.state();
        let plan_hash = state.outcome.as_ref()?.plan_hash.clone();
        let request = Request::Loss { scenario: Box::new(state.scenario().clone()), plan_hash, cluster, hosts };
        let estate = Some(Rc::clone(&state.project.estate));
        match self.0.worker.run(request, Vec::new(), estate, None).wait().await {
            Ok(Answer { reply: Reply::Loss(loss), .. }) => Some(loss),
            Ok(_) | Err(JobError::Cancelled) => None,
            Err(JobError::Failed(message)) => {
                self.tell(ToastKind::Failed, message);
                None
            }
        }
    }
}
