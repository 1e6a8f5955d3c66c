//! What the engine loads when it is needed, as a WebAssembly module of its own: exports, with the library that writes workbooks; the
//! reading of price lists and the prices of one's own; estates that are typed in; made-up names; and the calls of pages that others build.
//!
//! [`super::parts`] alone reaches [`EXTRAS`] in the engine.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use super::api::{self, Call};
use super::file_reader::FileReader;
use super::intake::Intake;
use crate::engine::anonymous;
use crate::engine::catalog::Catalog;
use crate::engine::import::{self, HostClass};
use crate::engine::model::{Estate, Project, Scenario};
use crate::engine::prices::{self, Priced, Proposal};
use crate::engine::progress::Progress;
use crate::export::{self, ExportError, Format, Source};
use crate::protocol::{TypedMachines, wire};

type ReadCall = fn(&str, &Array, &Intake) -> Result<Box<dyn Call>, String>;
type ReadPrices = fn(&[JsValue], &Scenario, &Catalog, &mut dyn Progress) -> Result<Proposal, String>;

/// The functions of the part.
pub struct Extras {
    /// See [`export::write`].
    pub write: for<'a> fn(Format, Source<'a>) -> Result<Vec<u8>, ExportError>,
    /// See [`export::beginning::of`]; in the form of messages.
    pub begin: for<'a> fn(Format, Source<'a>) -> Result<Vec<u8>, ExportError>,
    /// Reads files as price lists, and proposes what they change.
    pub read_prices: ReadPrices,
    /// See [`prices::with_own`].
    pub with_own: for<'a> fn(&'a Catalog, &Scenario) -> Priced<'a>,
    /// An estate of a name, made of what was typed in.
    pub typed: fn(&str, &TypedMachines, &[HostClass]) -> Estate,
    /// See [`anonymous::anonymous`].
    pub anonymous: fn(&Project) -> Project,
    /// See [`api::read`].
    pub read_call: ReadCall,
}

/// The part.
pub static EXTRAS: Extras = Extras {
    write: export::write,
    begin,
    read_prices,
    with_own: prices::with_own,
    typed,
    anonymous: anonymous::anonymous,
    read_call: api::read,
};

fn begin(format: Format, source: Source<'_>) -> Result<Vec<u8>, ExportError> {
    Ok(wire::write(&export::beginning::of(format, source)?))
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
