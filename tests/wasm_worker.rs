//! What the worker does, in a worker of a real browser. One program for all of it: to link and to start one takes longer than its tests.
#![cfg(target_arch = "wasm32")]

#[path = "wasm_worker/api.rs"]
mod api;
#[path = "wasm_worker/determinism.rs"]
mod determinism;
#[path = "common/estates.rs"]
mod estates;
#[path = "common/hashes.rs"]
mod hashes;
#[path = "wasm_worker/turns.rs"]
mod turns;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);
