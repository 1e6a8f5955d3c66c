//! Scenarios side by side: what comes out of each ([`figures`]), and in which inputs they differ ([`inputs`]).

pub mod figures;
pub mod inputs;
