//! The few things every other module needs of the browser.

use std::future::Future;

use wasm_bindgen::{JsCast, JsValue};

/// The window.
///
/// # Panics
/// In a worker, which has none.
#[must_use]
#[expect(clippy::expect_used, reason = "the page always has a window")]
pub fn window() -> web_sys::Window {
    web_sys::window().expect("the page has a window")
}

/// The document.
///
/// # Panics
/// In a worker, which has none.
#[must_use]
#[expect(clippy::expect_used, reason = "the page always has a document")]
pub fn document() -> web_sys::Document {
    window().document().expect("the page has a document")
}

/// Whether keyboards here have Cmd where others have Ctrl.
#[must_use]
pub fn is_apple() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    platform.starts_with("Mac") || platform.starts_with("iP")
}

/// Runs a future to its end: the one place where work is set going without waiting for it.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// What a JavaScript error says.
#[must_use]
pub fn message_of(error: &JsValue) -> String {
    if let Some(error) = error.dyn_ref::<js_sys::Error>() {
        return String::from(error.message());
    }
    error.as_string().unwrap_or_else(|| "unknown error".to_owned())
}
