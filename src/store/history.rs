//! Undo and redo, as stacks of shared snapshots.

use std::collections::VecDeque;

use super::Shared;

/// How an edit enters the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Capture {
    /// A step of its own.
    Record,
    /// One step together with the edits of the same key right before it: a slider being dragged, a field being typed in.
    Coalesce(String),
}

/// Snapshots before and after the present. What they share costs nothing, so a step costs what it changed.
#[derive(Clone, Debug)]
pub struct History<T> {
    past: VecDeque<(Shared<T>, &'static str)>,
    future: Vec<(Shared<T>, &'static str)>,
    open_key: Option<String>,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self { past: VecDeque::new(), future: Vec::new(), open_key: None }
    }
}

impl<T> PartialEq for History<T> {
    fn eq(&self, other: &Self) -> bool {
        self.past == other.past && self.future == other.future
    }
}

impl<T> History<T> {
    /// Steps that are kept.
    pub const LIMIT: usize = 200;

    /// Remembers `before` as it was before an edit called `name`.
    pub fn record(&mut self, before: Shared<T>, name: &'static str, capture: &Capture) {
        self.future.clear();
        let key = match capture {
            Capture::Record => None,
            Capture::Coalesce(key) => Some(key.clone()),
        };
        let joins = key.is_some() && key == self.open_key && !self.past.is_empty();
        self.open_key = key;
        if joins {
            return;
        }
        if self.past.len() == Self::LIMIT {
            self.past.pop_front();
        }
        self.past.push_back((before, name));
    }

    /// Steps back: takes the present, gives what was before.
    pub fn undo(&mut self, present: Shared<T>) -> Option<Shared<T>> {
        let (before, name) = self.past.pop_back()?;
        self.future.push((present, name));
        self.open_key = None;
        Some(before)
    }

    /// Steps forward again: takes the present, gives what was undone.
    pub fn redo(&mut self, present: Shared<T>) -> Option<Shared<T>> {
        let (after, name) = self.future.pop()?;
        self.past.push_back((present, name));
        self.open_key = None;
        Some(after)
    }

    /// What undo would take back, in words.
    pub fn undo_name(&self) -> Option<&'static str> {
        self.past.back().map(|(_, name)| *name)
    }

    /// What redo would do again, in words.
    pub fn redo_name(&self) -> Option<&'static str> {
        self.future.last().map(|(_, name)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dragged_slider_is_one_step() {
        let mut history = History::default();
        let drag = Capture::Coalesce("slack".to_owned());
        let (a, b, c) = (Shared::new(1), Shared::new(2), Shared::new(3));
        history.record(a.clone(), "Change slack", &drag);
        history.record(b, "Change slack", &drag);
        assert_eq!(history.undo(c.clone()), Some(a.clone()));
        assert_eq!(history.undo(a.clone()), None);
        assert_eq!(history.redo(a), Some(c));
    }

    #[test]
    fn an_edit_in_between_closes_the_step() {
        let mut history = History::default();
        let drag = Capture::Coalesce("slack".to_owned());
        for value in 0..3 {
            history.record(Shared::new(value), "Change slack", &drag);
            history.record(Shared::new(value + 10), "Add footprint", &Capture::Record);
        }
        assert_eq!((0..7).map_while(|_| history.undo(Shared::new(0))).count(), 6);
    }

    #[test]
    fn a_new_edit_forgets_what_was_undone() {
        let mut history = History::default();
        history.record(Shared::new(1), "One", &Capture::Record);
        assert!(history.undo(Shared::new(2)).is_some());
        assert_eq!(history.redo_name(), Some("One"));
        history.record(Shared::new(1), "Other", &Capture::Record);
        assert_eq!((history.redo_name(), history.undo_name()), (None, Some("Other")));
    }

    #[test]
    fn the_oldest_step_goes_first() {
        let mut history = History::default();
        for value in 0..300 {
            history.record(Shared::new(value), "Edit", &Capture::Record);
        }
        assert_eq!((0..300).map_while(|_| history.undo(Shared::new(0))).count(), History::<i32>::LIMIT);
    }
}
