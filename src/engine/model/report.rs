//! What an import understood, what it did not, and what that means for the answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SourceKind;

/// What an import understood and what it did not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ImportReport {
    /// One for each file given.
    pub files: Vec<FileReport>,
    /// What the user should know, the most serious first.
    pub findings: Vec<Finding>,
}

impl ImportReport {
    /// Whether a finding is an error.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// What was read of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FileReport {
    /// The file's name; for a file in a zip, `archive.zip/name.csv`.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// What it was taken for; `None` where it was not understood.
    pub kind: Option<SourceKind>,
    /// The tabs read, in the order of the file.
    pub tabs: Vec<TabReport>,
    /// The tabs passed over, because nothing of them is used.
    pub tabs_ignored: Vec<String>,
}

/// What was read of one tab.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TabReport {
    /// Its name, such as `vInfo`.
    pub name: String,
    /// Rows with data.
    pub rows: u64,
    /// Rows left out, each explained by a finding.
    pub rows_skipped: u64,
    /// Columns understood.
    pub columns_used: u32,
    /// Columns passed over, custom attributes among them.
    pub columns_ignored: u32,
}

/// Something the user should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// What it is, for programs.
    pub code: FindingCode,
    /// How serious it is.
    pub severity: Severity,
    /// One sentence: what was found.
    pub message: String,
    /// One sentence: what that does to the answer, or what to do about it.
    pub effect: String,
    /// How many rows, machines or files it concerns.
    pub count: u64,
    /// Some of them, at most five; of rows that repeat another all, up to ten thousand.
    pub examples: Vec<Location>,
}

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Location {
    /// The file's name.
    pub file: String,
    /// The tab, where there is one.
    pub tab: Option<String>,
    /// The row as a spreadsheet numbers it, the header being row 1.
    pub row: Option<u64>,
    /// The column's header as written.
    pub column: Option<String>,
    /// What stands there, shortened; or the name of the machine concerned.
    pub value: Option<String>,
    /// Where it repeats another: the one that counts.
    pub counts: Option<Box<Self>>,
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something could not be read: the answer lacks it.
    Error,
    /// Something was read with a guess that changes the answer.
    Warning,
    /// Good to know.
    Note,
}

/// What a finding is about, for programs and for help texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// The file is empty.
    EmptyFile,
    /// The file is larger than can be read.
    FileTooLarge,
    /// The file is of a kind that is not read.
    UnknownFileKind,
    /// An OLE2 file: an old `.xls`.
    OldXls,
    /// An OLE2 file: a workbook encrypted by a sensitivity label or a password.
    EncryptedWorkbook,
    /// The workbook or archive is damaged.
    DamagedFile,
    /// An archive that unpacks to too much, or overlaps itself.
    HostileArchive,
    /// A needed tab is missing.
    MissingTab,
    /// A tab has a header and no rows.
    EmptyTab,
    /// A needed column is missing.
    MissingColumn,
    /// Two columns have the same header.
    DuplicateColumn,
    /// A header is mangled and was recognised by its values.
    MangledHeader,
    /// A cell does not hold what its column promises.
    BadValue,
    /// A value that no real machine or host has.
    AbsurdValue,
    /// Values look as if they were in another unit.
    SuspectUnit,
    /// The same thing stands in two rows.
    DuplicateRow,
    /// Two different machines share a name.
    DuplicateName,
    /// Rows of one tab name machines that vInfo lacks.
    UnmatchedRow,
    /// Machines without a value, for which another is used.
    MissingMeasure,
    /// Machines without the ids that would make them certain to be recognised again.
    MissingId,
    /// Machines or hosts in no cluster.
    NoCluster,
    /// Datastores that only one host sees.
    LocalDatastore,
    /// Machines set aside.
    SetAside,
    /// Machines whose devices, raw disks, shared disks or snapshots need care when they move.
    NeedsCare,
    /// Tabs that would sharpen the answer are not there.
    MissingOptionalTab,
    /// Rows past the limit were not read.
    TooManyRows,
    /// The same file was given twice.
    DuplicateFile,
}
