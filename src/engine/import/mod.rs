//! From file bytes to an estate and a report of what was understood.
//!
//! ```text
//! bytes ─► detect ─► workbook (crate) ─┐
//!               └──► delimited ───────┴─► sheet (rows by meaning) ─► inventory ─► Estate
//! ```
//!
//! Cells are streamed: a row exists only while it is read, and only its wanted columns are kept. Tabs are read in the order of `columns::Tab`,
//! over all files, so that machines are known when other tabs speak of them.
//!
//! **Invariant:** any bytes give an estate and a report, never a panic. What cannot be read is a finding that names file, tab, row and column; the rest
//! is read on.
//!
//! **Invariant:** neither the order of the files nor that of their rows changes the estate.

mod columns;
mod delimited;
mod detect;
mod files;
mod findings;
mod inventory;
mod join;
mod os;
mod sheet;
mod typed;
mod value;

use std::ops::ControlFlow;
use std::rc::Rc;

use super::model::{Estate, FindingCode, ImportReport};
use super::progress::Progress;

use columns::Tab;
use files::{Content, Opener, Source, remark_workbook};
use findings::Findings;
use inventory::Inventory;
pub use join::join;
use sheet::SheetReader;
pub use typed::{
    HostClass, MAX_TYPED_HOSTS, MAX_TYPED_MACHINES, SizeClass, TypedTotals, estate_from_classes, estate_from_totals,
};
use value::NumberStyle;
use workbook::{Archive, Cell, Next, RowSink, Workbook};

/// A file as it was given.
#[derive(Clone, Copy, Debug)]
pub struct InputFile<'a> {
    /// Its name, with its folder where that is known (`/` between them).
    pub name: &'a str,
    /// What is in it. Borrowed, so that a worker hands over what it received without a copy.
    pub bytes: &'a [u8],
}

/// What an import gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// What there is. Empty where nothing could be read, and after a cancellation: half an estate would give a wrong answer.
    pub estate: Estate,
    /// What was understood.
    pub report: ImportReport,
    /// Whether the progress asked to stop.
    pub cancelled: bool,
}

/// Steps of progress that one tab takes.
const STEPS_PER_TAB: u64 = 100;

/// Reads exports and merges them into one estate.
///
/// Takes RVTools workbooks (3.x to 4.7), RVTools CSV files, and zip archives of either. Files that describe the same machines are merged: the newest is
/// believed. The progress has one phase, `import`; it is ticked for every file opened, every tab read and every thousandth row.
pub fn import(files: &[InputFile<'_>], progress: &mut dyn Progress) -> Imported {
    let mut findings = Findings::default();
    let mut inventory = Inventory::default();
    let mut opener = Opener::new(&mut inventory, &mut findings);
    opener.open_all(files);
    let Opener { mut reports, mut sources, .. } = opener;
    let total = sources.iter().map(|source| source.tabs.len() as u64).sum::<u64>() * STEPS_PER_TAB;
    let mut done = 0;
    let cancelled = |reports| {
        let report = ImportReport { files: reports, findings: Vec::new() };
        Imported { estate: Estate::default(), report, cancelled: true }
    };
    if progress.tick("import", 0, total).is_break() {
        return cancelled(reports);
    }
    for tab in Tab::ALL {
        for source in &mut sources {
            for at in 0..source.tabs.len() {
                if source.tabs[at].0 != tab {
                    continue;
                }
                let mut stopped = false;
                let mut tick = |rows: u64| {
                    // How many rows there are is not known before; the share of a tab that is shown approaches the whole.
                    let share = STEPS_PER_TAB * rows / (rows + 20_000);
                    let flow = progress.tick("import", done + share, total);
                    stopped = flow.is_break();
                    flow
                };
                let report = read_tab(source, at, &mut inventory, &mut findings, &mut tick);
                reports[source.report].tabs.push(report);
                done += STEPS_PER_TAB;
                if stopped || progress.tick("import", done, total).is_break() {
                    return cancelled(reports);
                }
            }
        }
        if tab == Tab::Info {
            inventory.identify(&mut findings);
        }
    }
    remark_missing_info(&sources, &inventory, &mut findings);
    let estate = inventory.finish(&mut findings);
    Imported { estate, report: ImportReport { files: reports, findings: findings.finish() }, cancelled: false }
}

/// Whether the file is a workbook that has a sheet of this name. Costs nothing beside reading it.
pub fn has_sheet(bytes: &[u8], sheet: &str) -> bool {
    let names = || workbook::sheet_names(&mut Archive::open(bytes.into()).ok()?).ok();
    detect::detect(bytes) == detect::FileKind::Zip
        && names().is_some_and(|names| names.iter().any(|name| name == sheet))
}

/// The texts in the first column of a sheet of a workbook, from the top; of a damaged one what stands before the damage.
pub fn first_column(bytes: &[u8], sheet: &str) -> Vec<String> {
    let mut column = FirstColumn::default();
    let archive = Archive::open(bytes.into()).ok();
    if let Some(mut workbook) = archive.and_then(|archive| Workbook::open(archive, &mut 0).ok()) {
        let _damaged = workbook.read(sheet, &mut column);
    }
    column.0
}

/// Takes the first cell of each row.
#[derive(Default)]
struct FirstColumn(Vec<String>);

impl RowSink for FirstColumn {
    fn row(&mut self, _number: u64, cells: &[Cell<'_>]) -> Next {
        self.0.extend(cells.first().and_then(Cell::text).map(std::borrow::Cow::into_owned));
        Next::More
    }
}

fn read_tab(
    source: &mut Source<'_>,
    at: usize,
    inventory: &mut Inventory,
    findings: &mut Findings,
    tick: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> super::model::TabReport {
    let (tab, sheet_name) = &source.tabs[at];
    let style = match &source.content {
        Content::Workbook(_) => NumberStyle::Point,
        Content::Text(text) => text.style(),
    };
    let mut reader = inventory.reader(source.group, *tab);
    let mut sheet = SheetReader::new((Rc::clone(&source.name), sheet_name), (*tab, style), &mut reader, findings, tick);
    let result = match &mut source.content {
        Content::Workbook(workbook) => workbook.read(sheet_name, &mut sheet),
        Content::Text(text) => {
            text.read(&mut sheet);
            Ok(())
        }
    };
    let report = sheet.finish();
    if let Err(error) = result {
        remark_workbook(&source.name, &error, findings);
    }
    report
}

/// Without vInfo there are no machines, whatever else is there.
fn remark_missing_info(sources: &[Source<'_>], inventory: &Inventory, findings: &mut Findings) {
    let (Some(source), false) = (sources.first(), inventory.has_machines()) else { return };
    let subject = findings::Subject {
        place: source.name.to_string(),
        what: "there is no machine in a vInfo tab, neither here nor in another file".into(),
        effect: "Nothing can be planned: export all tabs, or add RVTools_tabvInfo.csv.",
    };
    let location = super::model::Location { file: source.name.to_string(), ..Default::default() };
    findings.remark(FindingCode::MissingTab, subject, || location);
}
