//! What the engine loads with the first inventory, as a WebAssembly module of its own: what reads workbooks, archives and tables.
//!
//! Whoever comes back to a project, or is shown one in a frame, needs none of it. [`super::parts`] alone reaches [`INTAKE`] in the engine.

use crate::engine::import::{self, Imported, InputFile};
use crate::engine::model::{Estate, ImportReport};
use crate::engine::progress::{Progress, Silent};
use crate::engine::schema::{self, Opened, SchemaError};

/// The functions of the part.
pub struct Intake {
    /// See [`import::import`].
    pub import: for<'a> fn(&[InputFile<'a>], &mut dyn Progress) -> Imported,
    /// See [`import::join`].
    pub join: fn(&Estate, &ImportReport, Imported) -> Imported,
    /// See [`schema::carries_project`].
    pub carries_project: fn(&[u8]) -> bool,
    /// See [`schema::open_workbook`].
    pub open_workbook: fn(&[u8]) -> Result<Opened, SchemaError>,
    /// Reads a small inventory and throws away what it says.
    pub practise: fn(),
}

/// The part.
pub static INTAKE: Intake = Intake {
    import: import::import,
    join: import::join,
    carries_project: schema::carries_project,
    open_workbook: schema::open_workbook,
    practise,
};

/// One tab of a few machines; `tests/practice_file.rs` writes it.
static INVENTORY: &[u8] = include_bytes!("practice.xlsx");

fn practise() {
    drop(import::import(&[InputFile { name: "practice.xlsx", bytes: INVENTORY }], &mut Silent));
}
