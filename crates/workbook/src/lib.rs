//! Workbooks, read as a stream of rows, from archives that come from strangers.
//!
//! A crate of its own so that it alone is compiled for speed where the rest of the engine is compiled for size: an inventory has millions of cells.
//! A general reader (calamine) takes several times as long for the same cells; `cargo bench --bench engine` prints both.

mod archive;
mod cell;
mod xlsx;
mod xml;

pub use archive::{Archive, ArchiveError, MAX_HELD};
pub use cell::Cell;
pub use xlsx::{Next, RowSink, WORKBOOK, Workbook, XlsxError, sheet_names};
pub use xml::XmlError;
