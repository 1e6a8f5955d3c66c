//! Pictures: numbers in, shapes at positions out. Pure, so that they are tested natively; `ui::charts` draws them.

pub mod columns;
pub mod flow;
pub mod flow_chart;
pub mod picture;
pub mod rows;
pub mod scale;
pub mod scatter;
pub mod size_scatter;
pub mod stacked_bars;
pub mod stacked_columns;

#[cfg(test)]
mod contrast;
