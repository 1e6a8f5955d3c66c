//! The pictures: one component draws whatever is a `chart::picture::Chart`, in one visual grammar.
//!
//! A picture is as wide as its card, has a sentence that says what it shows, shows details of one mark at a time by pointer or by the arrow keys, and offers
//! the same numbers as a table.

mod drawing;
mod host_rack;

pub use drawing::{Chart, legend};
pub use host_rack::{HostBars, HostMark, HostRack};
