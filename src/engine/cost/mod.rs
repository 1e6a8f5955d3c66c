//! From a plan to money: a ledger of line items. Every total is a sum over it.

mod ledger;

pub use ledger::{Ledger, Line, LineKind, Nature, Unit};
