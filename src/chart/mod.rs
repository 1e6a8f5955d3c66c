//! The geometry of pictures: numbers in, plain structs of positions out. Pure, so that it is tested natively; `ui::charts` draws it.

pub mod columns;
pub mod flow;
pub mod rows;
pub mod scale;
pub mod scatter;

#[cfg(test)]
mod contrast;
