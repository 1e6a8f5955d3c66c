//! What the engine loads when it is needed, as a WebAssembly module of its own: exports, with the library that writes workbooks; how sure the money is; the
//! reading of price lists and the prices of one's own; what the loss of hosts means; estates that are typed in; projects in workbooks; made-up names; and the
//! calls of pages that others build.
//!
//! The same as `ui::lazy` for the page: where parts are split off (`build.rs`), `entry::extras` alone reaches [`EXTRAS`] in the engine.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use super::api::{self, Call};
use super::file_reader::FileReader;
use crate::engine::anonymous;
use crate::engine::catalog::Catalog;
use crate::engine::cost::{Confidence, Question};
use crate::engine::import::{self, HostClass};
use crate::engine::model::{Estate, Project, Scenario};
use crate::engine::outcome;
use crate::engine::placement::{Loss, Plan};
use crate::engine::prices::{self, Priced, Proposal};
use crate::engine::progress::Progress;
use crate::engine::schema::{self, Opened, SchemaError};
use crate::export::{self, ExportError, Format, Source};
use crate::protocol::TypedMachines;

type ReadCall = fn(&str, &Array) -> Result<Box<dyn Call>, String>;
type ReadPrices = fn(&[JsValue], &Scenario, &Catalog, &mut dyn Progress) -> Result<Proposal, String>;

type PlayLoss = fn(&Estate, &Scenario, &Catalog, &Plan, (u32, u32), &[u32]) -> Option<Loss>;

/// The functions of the part.
pub struct Extras {
    /// See [`export::write`].
    pub write: for<'a> fn(Format, Source<'a>) -> Result<Vec<u8>, ExportError>,
    /// See [`Question::answer`].
    pub confidence: fn(&Question, &mut dyn Progress) -> Confidence,
    /// See [`outcome::loss`].
    pub loss: PlayLoss,
    /// Reads files as price lists, and proposes what they change.
    pub read_prices: ReadPrices,
    /// See [`prices::with_own`].
    pub with_own: for<'a> fn(&'a Catalog, &Scenario) -> Priced<'a>,
    /// An estate of a name, made of what was typed in.
    pub typed: fn(&str, &TypedMachines, &[HostClass]) -> Estate,
    /// See [`anonymous::anonymous`].
    pub anonymous: fn(&Project) -> Project,
    /// See [`schema::open_workbook`].
    pub open_workbook: fn(&[u8]) -> Result<Opened, SchemaError>,
    /// See [`api::read`].
    pub read_call: ReadCall,
}

static EXTRAS: Extras = Extras {
    write: export::write,
    confidence: Question::answer,
    loss: outcome::loss,
    read_prices,
    with_own: prices::with_own,
    typed,
    anonymous: anonymous::anonymous,
    open_workbook: schema::open_workbook,
    read_call: api::read,
};

#[cfg(all(split, not(feature = "app")))]
mod entry {
    #![expect(clippy::unnecessary_wraps, reason = "the macro puts errors of loading into the result")]

    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{EXTRAS, Extras};

    #[wasm_split(extras, fallible)]
    pub fn extras() -> Result<&'static Extras, SplitLoaderError> {
        Ok(&EXTRAS)
    }
}

#[cfg(not(all(split, not(feature = "app"))))]
mod entry {
    use super::{EXTRAS, Extras};

    #[expect(clippy::unused_async, reason = "the same as where it is loaded")]
    pub async fn extras() -> Result<&'static Extras, std::convert::Infallible> {
        Ok(&EXTRAS)
    }
}

/// Loads the part.
pub async fn load() -> Result<&'static Extras, String> {
    entry::extras().await.map_err(|error| {
        format!(
            "A part of Groundwork that this needs could not be loaded ({error}). Is the network there? Then try again"
        )
    })
}

fn typed(name: &str, machines: &TypedMachines, hosts: &[HostClass]) -> Estate {
    match machines {
        TypedMachines::Classes(classes) => import::estate_from_classes(name, classes, hosts),
        TypedMachines::Totals(totals) => import::estate_from_totals(name, totals, hosts),
    }
}

fn read_prices(
    files: &[JsValue],
    scenario: &Scenario,
    catalog: &Catalog,
    progress: &mut dyn Progress,
) -> Result<Proposal, String> {
    let mut all = prices::PriceList::default();
    let mut names = Vec::new();
    for file in files {
        let file: &web_sys::File = file.dyn_ref().ok_or("What was given is not a file")?;
        let list = prices::read_list(&mut FileReader::new(file)?, file.size() as u64, &file.name(), progress);
        let mut list = list.map_err(|error| format!("{}: {error}", file.name()))?;
        all.rows.append(&mut list.rows);
        names.push(file.name());
    }
    prices::propose(all, scenario, catalog).map_err(|error| format!("{}: {error}", names.join(", ")))
}
