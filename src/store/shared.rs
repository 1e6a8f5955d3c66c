//! Cheap to clone, cheap to compare.

use std::ops::Deref;
use std::rc::Rc;

/// A shared value that is equal only to itself. The standard `Rc` would compare the whole value, at every render.
#[derive(Debug, Default)]
pub struct Shared<T>(Rc<T>);

impl<T> Shared<T> {
    /// Shares `value`.
    pub fn new(value: T) -> Self {
        Self(Rc::new(value))
    }

    /// The reference-counted value, for those that take one.
    pub fn rc(&self) -> Rc<T> {
        Rc::clone(&self.0)
    }
}

impl<T: Clone> Shared<T> {
    /// A changed copy.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut T)) -> Self {
        let mut copy = T::clone(&self.0);
        change(&mut copy);
        Self::new(copy)
    }
}

impl<T> From<Rc<T>> for Shared<T> {
    fn from(value: Rc<T>) -> Self {
        Self(value)
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Eq for Shared<T> {}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
