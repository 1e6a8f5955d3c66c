//! The pictures: SVG drawn from the geometry of `chart`, one visual grammar for all.
//!
//! Every picture stands in a [`frame::Frame`]: it is as wide as its card, has a sentence that says what it shows, shows details of one mark at a time by
//! pointer or by the arrow keys, and offers the same numbers as a table.

mod flow_chart;
mod frame;
mod host_rack;
mod size_scatter;
mod stacked_columns;

pub use flow_chart::{FlowChart, FlowLink, FlowNode};
pub use frame::legend;
pub use host_rack::{HostBars, HostRack};
pub use size_scatter::SizeScatter;
pub use stacked_columns::{Series, StackedColumns};

/// The class that fills a mark of series `index`, from 0.
fn fill(index: usize) -> &'static str {
    ["fill-1", "fill-2", "fill-3", "fill-4", "fill-5", "fill-6"][index % 6]
}
