//! The project file: its versions, and how older ones are brought up to date.
//!
//! A file is `{ "schema_version": 2, "app": "groundwork", "project": { … } }`; `docs/formats.md` describes it for people and [`json_schema`] for programs.
//! Every field of the project may be missing and then has its default, so the two parts of the browser's autosave are files of the same format in which
//! the other part's fields are missing: one version, one way to read.
//!
//! **Invariant:** whatever [`open`] returns obeys [`limits`] and the orders the engine relies on (lists sorted by unique ids, at least one scenario), so
//! nothing behind it checks again.
//!
//! **Invariant:** a version once released can be read for ever. `tests/data/project-v1.json` is the proof for version 1.

mod carried;
mod document;
mod error;
pub mod limits;
mod read;
mod repair;
mod upgrade;
mod walk;
mod write;

pub use carried::{CARRIER, carries_project, open_workbook, to_cells};
pub use document::{APP, CURRENT_VERSION, json_schema, json_schema_of_output};
pub use error::SchemaError;
pub use read::{MAX_BYTES, Opened, open, open_parts};
pub use repair::repair;
pub use write::{save, save_estate, save_inputs};
