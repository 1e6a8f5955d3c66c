//! The project together with the scenario on screen.

use std::ops::Deref;

use super::Shared;
use crate::engine::model::{Project, Scenario};

/// The project, and which of its scenarios is on screen. Equal where both are, the project by its address.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    project: Shared<Project>,
    shown: usize,
}

impl Work {
    /// Scenario number `shown` of `project`, which has that many.
    pub(super) const fn new(project: Shared<Project>, shown: usize) -> Self {
        Self { project, shown }
    }

    /// The scenario on screen.
    pub fn scenario(&self) -> &Scenario {
        &self.project.scenarios[self.shown]
    }

    /// Its number.
    pub const fn shown(&self) -> usize {
        self.shown
    }
}

impl Deref for Work {
    type Target = Project;

    fn deref(&self) -> &Project {
        &self.project
    }
}
