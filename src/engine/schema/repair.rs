//! Putting right what the engine relies on, so that a file edited by hand or by another program is opened rather than refused.

mod estate;
mod scenario;
#[cfg(test)]
mod tests;

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::rc::Rc;

use crate::engine::model::{Project, Scenario};

/// Puts a project in order and says, in sentences, what it changed.
///
/// Lists get sorted by unique ids, values brought into [`super::limits`], references to what is not there taken out, and there is at least one scenario.
pub fn repair(project: &mut Project) -> Vec<String> {
    let mut notes = Notes::default();
    // Just after reading nobody shares the estate, so this does not copy it.
    estate::repair(Rc::make_mut(&mut project.estate), &mut notes);
    if project.scenarios.is_empty() {
        project.scenarios.push(Scenario { name: "Scenario 1".to_owned(), ..Scenario::default() });
    }
    for scenario in &mut project.scenarios {
        scenario::repair(scenario, &project.estate, &mut notes);
    }
    notes.0
}

/// What was changed.
#[derive(Default)]
struct Notes(Vec<String>);

impl Notes {
    fn add(&mut self, note: String) {
        self.0.push(note);
    }

    /// Brings `value` into `range` and says so.
    fn clamp<T: Clone + Ord + Display>(&mut self, value: &mut T, range: &RangeInclusive<T>, what: &str) {
        if let Some(clamped) = outside(value, range) {
            self.add(format!(
                "{what} was {value}, outside of {} to {}; it is {clamped} now.",
                range.start(),
                range.end()
            ));
            *value = clamped;
        }
    }

    /// Brings a value that is there into `range` and says so.
    fn clamp_some<T: Clone + Ord + Display>(&mut self, value: &mut Option<T>, range: &RangeInclusive<T>, what: &str) {
        if let Some(value) = value {
            self.clamp(value, range, what);
        }
    }
}

/// The nearest value of `range`, where `value` is not in it.
fn outside<T: Clone + Ord>(value: &T, range: &RangeInclusive<T>) -> Option<T> {
    (!range.contains(value)).then(|| value.clone().clamp(range.start().clone(), range.end().clone()))
}
