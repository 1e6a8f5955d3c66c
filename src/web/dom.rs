//! The few things every other module needs of the browser.

use std::future::Future;

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

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

/// Runs a future to its end: the one place where work is set going without waiting for it.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// The address of one of our own files, from its path beside `index.html`; carries the build id, so that a stale copy is never taken for it.
pub fn asset(path: &str) -> Result<String, JsValue> {
    let base = document().base_uri()?.unwrap_or_default();
    let url = web_sys::Url::new_with_base(path, &base)?;
    url.set_search(&format!("v={}", crate::protocol::build_id()));
    url.set_hash("");
    Ok(url.href())
}

/// Fetches one of our own files as a blob.
pub async fn fetch_blob(path: &str) -> Result<web_sys::Blob, JsValue> {
    let response: web_sys::Response = JsFuture::from(window().fetch_with_str(&asset(path)?)).await?.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::from_str(&format!("{path}: the server answered {}", response.status())));
    }
    JsFuture::from(response.blob()?).await?.dyn_into()
}

/// What a JavaScript error says.
#[must_use]
pub fn message_of(error: &JsValue) -> String {
    if let Some(error) = error.dyn_ref::<js_sys::Error>() {
        return String::from(error.message());
    }
    error.as_string().unwrap_or_else(|| "unknown error".to_owned())
}
