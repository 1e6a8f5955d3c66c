//! The command line as its users see it: output, exit codes and what stands on the standard error.

#![cfg(not(target_arch = "wasm32"))]

mod catalog;
mod confidence;
mod export;
mod import;
mod plan;
mod prices;
mod run;
mod schema;
mod solve;
