//! What the page does, in a page of a real browser. One program for all of it: to link and to start one takes longer than its tests.
#![cfg(target_arch = "wasm32")]

#[path = "wasm_page/later.rs"]
mod later;
#[path = "wasm_page/typing.rs"]
mod typing;
#[path = "wasm_page/widgets.rs"]
mod widgets;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
