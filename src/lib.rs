//! Groundwork plans where the machines of a VMware estate should run, in the browser.
//!
//! Start reading at [`engine`]: pure functions from file bytes to a costed plan. The user interface is in `ui` (wasm32 only).

pub mod chart;
pub mod engine;
pub mod export;
pub mod protocol;
pub mod store;
#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod web;
