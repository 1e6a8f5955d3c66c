//! Bin packing in any number of dimensions, with one or more types of bin: the fewest bins, or the cheapest.
//!
//! [`solve()`] packs an [`Instance`] and proves a lower bound; [`check()`] accepts the [`Packing`] without sharing code with the solver. A first packing is
//! there at once (`greedy`). Bins of many items are then emptied one by one (`squeeze`). For bins of few items, a linear program over patterns of bins
//! (`master`, made from small to large by `halves`) grows by the patterns that pay (`generation`, `pricing`), gives the bound, and is rounded by `dive`;
//! `improve` packs parts of the result anew in the same way. The work is counted, so that the same budget gives the same packing on every machine.

mod answer;
mod check;
mod dive;
mod factors;
mod generation;
mod greedy;
mod halves;
mod improve;
mod instance;
mod master;
mod meter;
mod packing;
mod prepared;
mod pricing;
mod solver;
mod squeeze;

pub use answer::{Effort, NoPacking, solve};
pub use check::{Violation, check};
pub use instance::{BinType, Instance, InstanceError, ItemType, LARGEST_AMOUNT, MOST_ITEMS};
pub use packing::{PackedBins, Packing, Proof};

#[cfg(test)]
mod tests;
