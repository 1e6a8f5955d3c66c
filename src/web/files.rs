//! Files from and to the user.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::dom;

/// Hands `bytes` to the user as a download called `name`.
pub fn download(name: &str, mime: &str, bytes: &Uint8Array) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(bytes);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let anchor: web_sys::HtmlAnchorElement = dom::document().create_element("a")?.dyn_into()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The browser reads the blob after the click; a minute is ample.
    gloo::timers::callback::Timeout::new(60_000, move || {
        if let Err(error) = web_sys::Url::revoke_object_url(&url) {
            web_sys::console::warn_1(&error);
        }
    })
    .forget();
    Ok(())
}

/// A name that every file system takes, with an extension.
#[must_use]
pub fn file_name(name: &str, extension: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_alphanumeric() || " -_.".contains(letter) { letter } else { '-' })
        .collect();
    let plain = plain.trim_matches([' ', '.', '-']);
    format!("{}.{extension}", if plain.is_empty() { "groundwork" } else { plain })
}
