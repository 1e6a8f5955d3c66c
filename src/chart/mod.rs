//! Pictures: numbers in, shapes at positions out. Pure, so that they are tested natively; `ui::charts` draws them.

mod axis;
pub mod cash_lines;
pub mod columns;
pub mod distribution;
pub mod filling;
pub mod flow;
pub mod flow_chart;
pub mod levels;
pub mod marked_bars;
pub mod outlines;
pub mod paired_columns;
pub mod picture;
pub mod rack;
pub mod rows;
pub mod running_totals;
pub mod scale;
pub mod scatter;
pub mod size_scatter;
pub mod stacked_bars;
pub mod stacked_columns;
pub mod tornado;
pub mod world_map;

#[cfg(test)]
mod contrast;
