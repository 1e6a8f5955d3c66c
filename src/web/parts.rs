//! Loads the parts of the engine: [`super::extras`] and [`super::intake`].
//!
//! The same as `ui::lazy` for the page: where parts are split off (`build.rs`), `entry` alone reaches them in the engine, and `cargo xtask build` makes modules
//! of what only they reach, and of what they share.

use super::extras::Extras;
use super::intake::Intake;

#[cfg(all(split, not(feature = "app")))]
mod entry {
    #![expect(clippy::unnecessary_wraps, reason = "the macro puts errors of loading into the result")]

    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{Extras, Intake};
    use crate::web::extras::EXTRAS;
    use crate::web::intake::INTAKE;

    #[wasm_split(extras, fallible)]
    pub fn extras() -> Result<&'static Extras, SplitLoaderError> {
        Ok(&EXTRAS)
    }

    #[wasm_split(intake, fallible)]
    pub fn intake() -> Result<&'static Intake, SplitLoaderError> {
        Ok(&INTAKE)
    }
}

#[cfg(not(all(split, not(feature = "app"))))]
mod entry {
    use std::convert::Infallible;

    use super::{Extras, Intake};
    use crate::web::extras::EXTRAS;
    use crate::web::intake::INTAKE;

    #[expect(clippy::unused_async, reason = "the same as where it is loaded")]
    pub async fn extras() -> Result<&'static Extras, Infallible> {
        Ok(&EXTRAS)
    }

    #[expect(clippy::unused_async, reason = "the same as where it is loaded")]
    pub async fn intake() -> Result<&'static Intake, Infallible> {
        Ok(&INTAKE)
    }
}

/// What is needed now and then.
pub async fn extras() -> Result<&'static Extras, String> {
    entry::extras().await.map_err(|error| not_loaded(&error.to_string()))
}

/// What reads inventories.
pub async fn intake() -> Result<&'static Intake, String> {
    entry::intake().await.map_err(|error| not_loaded(&error.to_string()))
}

fn not_loaded(error: &str) -> String {
    format!("A part of Groundwork that this needs could not be loaded ({error}). Is the network there? Then try again")
}
