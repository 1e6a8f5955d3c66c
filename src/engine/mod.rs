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
//!
//! # Example
//!
//! From a file to a costed plan:
//!
//! ```
//! use groundwork::engine::import::{InputFile, import};
//! use groundwork::engine::model::Scenario;
//! use groundwork::engine::placement::Budget;
//! use groundwork::engine::progress::Silent;
//! use groundwork::engine::{catalog, outcome, plan_scenario};
//!
//! let table = b"VM,Powerstate,CPUs,Memory,In Use MiB\nweb-1,poweredOn,2,4096,20480\nweb-2,poweredOff,2,4096,20480\n";
//! let imported = import(&[InputFile { name: "RVTools_tabvInfo.csv", bytes: table }], &mut Silent);
//! assert_eq!(imported.estate.machines.len(), 2);
//!
//! let core = std::fs::read("static/catalog/core.pack")?;
//! let mut catalog = catalog::load_core(&core)?;
//! let footprints = outcome::default_footprints(&imported.estate, &catalog);
//! for file in catalog.needed_files(&footprints) {
//!     catalog.load_instances(&std::fs::read(format!("static/catalog/{file}"))?)?;
//! }
//! let scenario = Scenario { footprints, ..Scenario::default() };
//! let outcome = plan_scenario(&imported.estate, &scenario, &catalog, Budget::default(), &mut Silent);
//!
//! // The machine that is off is left out, the other one has a place, and no plan is cheaper than the bound.
//! assert_eq!((outcome.plan.assignments.len(), outcome.plan.unplaced.len()), (1, 0));
//! assert!(outcome.plan.lower_bound <= outcome.plan.cost);
//! assert_eq!(outcome.ledger.total(), outcome.plan.cost);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod anonymous;
pub mod catalog;
pub mod condition;
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
