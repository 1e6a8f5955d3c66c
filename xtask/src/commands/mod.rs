//! One module per command.

pub mod bench;
pub mod build;
pub mod catalog;
pub mod lzma;
pub mod screenshots;
pub mod serve;
pub mod setup;
pub mod single;
pub mod size;
pub mod styles;
pub mod test;
