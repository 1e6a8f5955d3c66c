//! The engine: pure functions from file bytes to a costed, explained plan.
//!
//! ```text
//! file bytes ─► import ─► Estate + ImportReport
//! Catalog ─► Footprints ┐
//! Rules, Policies ──────┴─► sizing ─► placement ─► cost ─► Outcome
//! ```
//!
//! **Invariant:** nothing here reads a clock, draws unseeded randomness, does I/O or names a web type. The same input gives the same bits natively
//! and in WASM, so goldens made natively hold in every browser.
//!
//! **Invariant:** the engine does not fail on data, it reports: an import gives an estate *and* findings, a plan lists machines it could not place
//! *and* why. `Result` is for the cases in which the caller must stop.

pub mod anonymous;
pub mod catalog;
pub mod cost;
pub mod growth;
pub mod import;
pub mod letters;
pub mod model;
pub mod outcome;
pub mod prices;
pub mod schema;
pub mod sizing;
pub mod totals;

pub use ::placement;
pub use basics::{order, progress, turns};
pub use outcome::{Outcome, plan_scenario};
