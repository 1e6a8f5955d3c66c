//! What a new project starts with.

use crate::engine::model::{Project, Scenario};

/// A project with nothing in it.
pub(super) fn new_project() -> Project {
    Project { scenarios: vec![Scenario { name: "Plan A".to_owned(), ..Scenario::default() }], ..Project::default() }
}
