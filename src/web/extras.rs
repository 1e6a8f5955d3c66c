//! What the engine loads when it is needed, as a WebAssembly module of its own: the exports, with the library that writes workbooks.
//!
//! The same as `ui::lazy` for the page: where parts are split off (`build.rs`), `entry::extras` alone reaches `export::write` in the engine.

use crate::export::{ExportError, Format, Source};

/// Writes a file.
type Write = for<'a> fn(Format, Source<'a>) -> Result<Vec<u8>, ExportError>;

#[cfg(all(split, not(feature = "app")))]
mod entry {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::Write;

    #[expect(clippy::unnecessary_wraps, reason = "the macro puts errors of loading into the result")]
    #[wasm_split(extras, fallible)]
    pub fn extras() -> Result<Write, SplitLoaderError> {
        Ok(crate::export::write)
    }
}

#[cfg(not(all(split, not(feature = "app"))))]
mod entry {
    use super::Write;

    #[expect(clippy::unused_async, reason = "the same as where it is loaded")]
    pub async fn extras() -> Result<Write, std::convert::Infallible> {
        Ok(crate::export::write)
    }
}

/// Loads what writes files.
pub async fn write() -> Result<Write, String> {
    entry::extras().await.map_err(|error| {
        format!("The part of Groundwork that writes files could not be loaded ({error}). Is the network there? Then try again")
    })
}
