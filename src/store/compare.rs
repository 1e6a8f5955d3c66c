//! Scenarios side by side: what comes out of each ([`figures`]), why one is better ([`sentences`]), in which inputs they differ ([`inputs`]),
//! and how sure their totals are ([`drawn`]).

pub mod drawn;
pub mod figures;
pub mod inputs;
pub mod sentences;

use super::{Computed, Shared, Work};
use crate::engine::outcome::Outcome;

/// The result of a scenario by its number: the one on screen, `current`, which may not be final, or a final one; `None` while there is none.
pub fn result_of<'a>(
    project: &Work,
    index: usize,
    computed: &'a Computed,
    current: Option<&'a Shared<Outcome>>,
) -> Option<&'a Shared<Outcome>> {
    let scenario = project.scenarios.get(index)?;
    current.filter(|_| index == project.shown()).or_else(|| computed.find(&project.estate, scenario))
}
