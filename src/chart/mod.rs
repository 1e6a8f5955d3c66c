//! The geometry of pictures and lists. Pure: numbers in, positions out; the user interface draws them.

pub mod rows;

#[cfg(test)]
mod contrast;
