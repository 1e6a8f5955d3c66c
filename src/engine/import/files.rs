//! From the files given to the tabs in them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use workbook::{Archive, ArchiveError, Cell, Next, RowSink, WORKBOOK, Workbook, XlsxError};

use crate::engine::model::{FileReport, FindingCode, SourceKind};

use super::columns::Tab;
use super::delimited::Delimited;
use super::detect::{FileKind, detect};
use super::findings::Findings;
use super::inventory::{GroupId, Inventory};

use super::InputFile;
use crate::engine::order::arrange;

/// Largest file read. An export of 10,000 machines with every tab takes 11 MB (measured on a generated one); a page has at most 4 GiB for everything.
const MAX_FILE: usize = 1 << 30;

/// How deep archives in archives are opened: a workbook in a zip archive, no further.
const MAX_DEPTH: u32 = 1;

/// A file with tabs.
pub(super) struct Source<'a> {
    /// Its name, for messages.
    pub(super) name: Rc<str>,
    /// The files it belongs together with.
    pub(super) group: GroupId,
    /// Its place among the reports.
    pub(super) report: usize,
    /// Its tabs that are read: which, and under which name.
    pub(super) tabs: Vec<(Tab, String)>,
    /// What is in it.
    pub(super) content: Content<'a>,
}

/// What is in a file.
pub(super) enum Content<'a> {
    Workbook(Box<Workbook<'a>>),
    Text(Delimited<'a>),
}

/// Opens files one after the other.
pub(super) struct Opener<'a, 'i> {
    pub(super) inventory: &'i mut Inventory,
    pub(super) findings: &'i mut Findings,
    pub(super) reports: Vec<FileReport>,
    pub(super) sources: Vec<Source<'a>>,
    /// CSV files that belong together, by folder or archive and by what stands before the tab's name.
    text_groups: BTreeMap<String, GroupId>,
    /// Bytes unpacked and held.
    held: u64,
}

impl<'a, 'i> Opener<'a, 'i> {
    /// An opener that adds groups to `inventory`.
    pub(super) fn new(inventory: &'i mut Inventory, findings: &'i mut Findings) -> Self {
        Self { inventory, findings, reports: Vec::new(), sources: Vec::new(), text_groups: BTreeMap::new(), held: 0 }
    }

    /// Opens `files`. Their order decides nothing: they are taken by name, and equal ones once.
    pub(super) fn open_all(&mut self, files: &[InputFile<'a>]) {
        let mut sorted: Vec<&InputFile<'a>> = files.iter().collect();
        arrange(&mut sorted, |a, b| (a.name, a.bytes.len(), a.bytes).cmp(&(b.name, b.bytes.len(), b.bytes)));
        for (index, file) in sorted.iter().enumerate() {
            let twin = sorted[..index].iter().find(|other| other.bytes == file.bytes && !file.bytes.is_empty());
            match twin {
                Some(twin) => {
                    self.report(file.name, file.bytes.len());
                    self.findings.about_file(FindingCode::DuplicateFile, file.name, twin.name);
                }
                None => self.open(file.name, Cow::Borrowed(file.bytes), 0),
            }
        }
    }

    fn report(&mut self, name: &str, bytes: usize) -> usize {
        self.reports.push(FileReport { name: name.to_owned(), bytes: bytes as u64, ..FileReport::default() });
        self.reports.len() - 1
    }

    fn open(&mut self, name: &str, bytes: Cow<'a, [u8]>, depth: u32) {
        if bytes.len() > MAX_FILE {
            self.report(name, bytes.len());
            return self.findings.about_file(
                FindingCode::FileTooLarge,
                name,
                format!("more than {} MiB", MAX_FILE >> 20),
            );
        }
        let fail = |opener: &mut Self, code, what: &str| {
            opener.report(name, bytes.len());
            opener.findings.about_file(code, name, what);
        };
        match detect(&bytes) {
            FileKind::Empty => fail(self, FindingCode::EmptyFile, ""),
            FileKind::OldXls => fail(self, FindingCode::OldXls, ""),
            FileKind::Encrypted => fail(self, FindingCode::EncryptedWorkbook, ""),
            FileKind::OtherOle => fail(self, FindingCode::UnknownFileKind, "it is an Office document, but no workbook"),
            FileKind::Other(what) => fail(self, FindingCode::UnknownFileKind, what),
            FileKind::Zip => self.open_zip(name, bytes, depth),
            FileKind::Text => self.open_text(name, bytes),
        }
    }

    fn open_zip(&mut self, name: &str, bytes: Cow<'a, [u8]>, depth: u32) {
        let size = bytes.len();
        let archive = match Archive::open(bytes) {
            Ok(archive) => archive,
            Err(error) => {
                self.report(name, size);
                return self.remark_archive(name, &error);
            }
        };
        if archive.find(WORKBOOK).is_some() {
            return self.open_workbook(name, size, archive);
        }
        let refused = [
            ("xl/workbook.bin", "it is a binary workbook (.xlsb); save it as .xlsx"),
            ("content.xml", "it is an OpenDocument file; save it as .xlsx"),
            ("word/document.xml", "it is a text document"),
        ];
        if let Some((_, what)) = refused.iter().find(|(part, _)| archive.find(part).is_some()) {
            self.report(name, size);
            return self.findings.about_file(FindingCode::UnknownFileKind, name, *what);
        }
        self.open_entries(name, size, archive, depth);
    }

    fn open_workbook(&mut self, name: &str, size: usize, archive: Archive<'a>) {
        let report = self.report(name, size);
        let mut workbook = match Workbook::open(archive, &mut self.held) {
            Ok(workbook) => workbook,
            Err(error) => return self.remark_workbook(name, &error),
        };
        let mut tabs = Vec::new();
        let mut ignored = Vec::new();
        for sheet in workbook.sheets() {
            match Tab::of(sheet) {
                Some(tab) => tabs.push((tab, sheet.clone())),
                None => ignored.push(sheet.clone()),
            }
        }
        // A tab that was saved as a workbook of its own may have any name.
        if tabs.is_empty()
            && let Some(first) = workbook.sheets().first().cloned()
        {
            let mut peek = Peek::default();
            if workbook.read(&first, &mut peek).is_ok()
                && let Some(tab) = guess_tab(&peek.header)
            {
                ignored.retain(|sheet| *sheet != first);
                tabs.push((tab, first));
            }
        }
        if tabs.is_empty() {
            let what = format!("no sheet in it is one of RVTools (it has {})", shown_list(&ignored));
            return self.findings.about_file(FindingCode::UnknownFileKind, name, what);
        }
        let group = self.inventory.add_group(file_name(name), SourceKind::RvtoolsXlsx);
        self.reports[report].kind = Some(SourceKind::RvtoolsXlsx);
        self.reports[report].tabs_ignored = ignored;
        self.sources.push(Source {
            name: name.into(),
            group,
            report,
            tabs,
            content: Content::Workbook(Box::new(workbook)),
        });
    }

    /// Opens what an archive holds that can be read: CSV files and workbooks.
    fn open_entries(&mut self, name: &str, size: usize, mut archive: Archive<'a>, depth: u32) {
        let mut wanted: Vec<(String, usize)> = archive
            .names()
            .iter()
            .enumerate()
            .filter(|(_, entry)| is_wanted(entry))
            .map(|(index, entry)| (entry.clone(), index))
            .collect();
        arrange(&mut wanted, Ord::cmp);
        if wanted.is_empty() || depth >= MAX_DEPTH {
            self.report(name, size);
            let what = "no CSV file and no workbook is in the archive";
            return self.findings.about_file(FindingCode::UnknownFileKind, name, what);
        }
        for (entry, index) in wanted {
            let inner = format!("{name}/{entry}");
            match archive.hold(index, &mut self.held) {
                Ok(bytes) => self.open(&inner, Cow::Owned(bytes), depth + 1),
                Err(error) => {
                    self.report(&inner, 0);
                    self.remark_archive(&inner, &error);
                }
            }
        }
    }

    fn open_text(&mut self, name: &str, bytes: Cow<'a, [u8]>) {
        let report = self.report(name, bytes.len());
        let Some(text) = Delimited::sniff(bytes) else {
            return self.findings.about_file(
                FindingCode::UnknownFileKind,
                name,
                "it is no table with rows and columns",
            );
        };
        let stem = file_name(name);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        // Browsers number downloads of the same name: `RVTools_tabvInfo (1).csv`.
        let stem = stem.split_once(" (").map_or(stem, |(stem, _)| stem);
        let named = Tab::of(stem);
        let Some(tab) = named.or_else(|| guess_tab(&text.header())) else {
            return self.findings.about_file(
                FindingCode::UnknownFileKind,
                name,
                "its columns are those of no tab of RVTools",
            );
        };
        let prefix = if named.is_some() { &stem[..stem.len() - tab.name().len()] } else { "" };
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let key = format!("{folder}/{prefix}");
        let group = if let Some(&group) = self.text_groups.get(&key) {
            group
        } else {
            let shown = if folder.is_empty() { stem } else { file_name(folder) };
            let group = self.inventory.add_group(shown, SourceKind::RvtoolsCsv);
            self.text_groups.insert(key, group);
            group
        };
        // Files that lie loose are called by the one that counts.
        if folder.is_empty() && tab == Tab::Info {
            self.inventory.rename_group(group, name);
        }
        self.reports[report].kind = Some(SourceKind::RvtoolsCsv);
        let tabs = vec![(tab, tab.name().to_owned())];
        self.sources.push(Source { name: name.into(), group, report, tabs, content: Content::Text(text) });
    }

    fn remark_archive(&mut self, name: &str, error: &ArchiveError) {
        remark_archive(name, error, self.findings);
    }

    fn remark_workbook(&mut self, name: &str, error: &XlsxError) {
        remark_workbook(name, error, self.findings);
    }
}

fn remark_archive(name: &str, error: &ArchiveError, findings: &mut Findings) {
    let code = match error {
        ArchiveError::Damaged(_) => FindingCode::DamagedFile,
        ArchiveError::Hostile(_) => FindingCode::HostileArchive,
    };
    findings.about_file(code, name, error.to_string());
}

/// Remarks on a workbook that cannot be read (further).
pub(super) fn remark_workbook(name: &str, error: &XlsxError, findings: &mut Findings) {
    match error {
        XlsxError::Archive(error) => remark_archive(name, error, findings),
        other => findings.about_file(FindingCode::DamagedFile, name, other.to_string()),
    }
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_wanted(entry: &str) -> bool {
    let name = file_name(entry);
    // macOS adds files of its own, which begin with a point.
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    !name.starts_with('.') && matches!(extension.as_deref(), Some("csv" | "txt" | "xlsx" | "xlsm"))
}

/// The tab whose columns these are: the one that knows most of them, and at least three.
fn guess_tab(headers: &[String]) -> Option<Tab> {
    let known = |tab: Tab| headers.iter().filter(|header| tab.column(header).is_some()).count();
    // Of equals the last counts, so the order puts vInfo, which shares columns with all tabs about machines, last.
    let order = Tab::ALL.into_iter().filter(|&tab| tab != Tab::Info).chain([Tab::Info]);
    order
        .map(|tab| (known(tab), tab))
        .max_by_key(|&(count, _)| count)
        .filter(|&(count, _)| count >= 3)
        .map(|(_, tab)| tab)
}

fn shown_list(names: &[String]) -> String {
    const MOST: usize = 6;
    let mut shown = names.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > MOST {
        shown.push_str(", …");
    }
    shown
}

/// Takes the first row only.
#[derive(Default)]
struct Peek {
    header: Vec<String>,
}

impl RowSink for Peek {
    fn row(&mut self, _number: u64, cells: &[Cell<'_>]) -> Next {
        self.header = cells.iter().map(|cell| cell.text().unwrap_or_default().into_owned()).collect();
        Next::Stop
    }
}
