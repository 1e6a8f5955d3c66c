//! Collects what the user should know: the same remark about many rows becomes one finding with a count and a few examples.

use std::collections::BTreeMap;

use crate::engine::model::{Finding, FindingCode, Location, Severity};
use crate::engine::order::arrange;

/// Most examples that a finding carries.
const MAX_EXAMPLES: usize = 5;
/// Most rows that a finding names which repeat another: who joins inventories wants to look through all of them.
const MAX_REPEATS: usize = 10_000;

/// What a remark is about; remarks with equal subjects are one finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subject {
    /// The file or the tab.
    pub(super) place: String,
    /// The column, or what is wrong.
    pub(super) what: String,
    /// What it does to the answer, where that depends on more than the code.
    pub(super) effect: &'static str,
}

/// The remarks made so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    remarks: BTreeMap<(FindingCode, Subject), (u64, Vec<Location>)>,
    finished: Vec<Finding>,
}

impl Findings {
    /// Counts one more case of a remark. `location` is asked for only while examples are wanted.
    pub(super) fn remark(&mut self, code: FindingCode, subject: Subject, location: impl FnOnce() -> Location) {
        let (count, examples) = self.remarks.entry((code, subject)).or_default();
        *count += 1;
        if examples.len() < MAX_EXAMPLES {
            examples.push(location());
        }
    }

    /// One more row of a tab that repeats another, and the one that counts.
    pub(super) fn repeated(&mut self, tab: &str, what: &str, row: Location, counts: Location) {
        let subject = Subject { place: tab.to_owned(), what: what.to_owned(), effect: "" };
        let (count, rows) = self.remarks.entry((FindingCode::DuplicateRow, subject)).or_default();
        *count += 1;
        if rows.len() < MAX_REPEATS {
            rows.push(Location { counts: Some(Box::new(counts)), ..row });
        }
    }

    /// A remark about a whole file.
    pub(super) fn about_file(&mut self, code: FindingCode, file: &str, what: impl Into<String>) {
        let subject = Subject { place: file.to_owned(), what: what.into(), effect: "" };
        self.remark(code, subject, || Location { file: file.to_owned(), ..Location::default() });
    }

    /// Takes a finding whose words are known already.
    pub(super) fn push(&mut self, mut finding: Finding) {
        if finding.count > 0 {
            let is_repeat = finding.code == FindingCode::DuplicateRow;
            finding.examples.truncate(if is_repeat { MAX_REPEATS } else { MAX_EXAMPLES });
            self.finished.push(finding);
        }
    }

    /// Everything that was remarked, the most serious first.
    pub(super) fn finish(self) -> Vec<Finding> {
        let remarked = self.remarks.into_iter().map(|((code, subject), (count, examples))| {
            let (severity, message, effect) = words(code, &subject, count);
            Finding { code, severity, message, effect, count, examples }
        });
        let mut findings: Vec<Finding> = remarked.chain(self.finished).collect();
        arrange(&mut findings, |a, b| (a.severity, a.code, &a.message).cmp(&(b.severity, b.code, &b.message)));
        findings
    }
}

/// `17 machines`, `1 machine`, `1,200 machines`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    let plural = match noun.strip_suffix('y') {
        _ if count == 1 => noun.to_owned(),
        Some(stem) => format!("{stem}ies"),
        None => format!("{noun}s"),
    };
    format!("{} {plural}", grouped(count))
}

/// With a comma between thousands.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How serious a remark is, what was found, and what it does to the answer.
fn words(code: FindingCode, subject: &Subject, count: u64) -> (Severity, String, String) {
    use FindingCode as C;
    let Subject { place, what, effect } = subject;
    let rows = counted(count, "row");
    let (severity, message, usual_effect) = match code {
        C::EmptyFile => (Severity::Error, format!("{place} is empty."), "Nothing was read from it."),
        C::FileTooLarge => (Severity::Error, format!("{place} is too large: {what}."), "It was not read."),
        C::UnknownFileKind => (
            Severity::Error,
            format!("{place} is not an export that can be read: {what}."),
            "Nothing was read from it. RVTools workbooks (.xlsx), CSV files and zip archives of CSV files can be read.",
        ),
        C::OldXls => (
            Severity::Error,
            format!("{place} is an old Excel workbook (.xls)."),
            "Nothing was read from it. Open it in Excel and save it as .xlsx, or export it again with RVTools.",
        ),
        C::EncryptedWorkbook => (
            Severity::Error,
            format!("{place} is encrypted, by a sensitivity label or a password."),
            "Nothing was read from it. Open it in Excel, set its label to one without encryption or remove the password, and save a copy.",
        ),
        C::DamagedFile => (
            Severity::Error,
            format!("{place} is damaged: {what}."),
            "What stands after the damage was not read. Export it again.",
        ),
        C::HostileArchive => {
            (Severity::Error, format!("{place} is not unpacked: {what}."), "Nothing was read from it.")
        }
        C::MissingTab => (Severity::Error, format!("{place}: {what}."), ""),
        C::EmptyTab => (Severity::Note, format!("{place} has no rows."), "Nothing was read from it."),
        C::MissingColumn => (Severity::Warning, format!("{place} has no column {what}."), ""),
        C::DuplicateColumn => {
            (Severity::Warning, format!("{place} has several columns for {what}."), "The first one is used.")
        }
        C::MangledHeader => (
            Severity::Warning,
            format!("{place} has no column VM; its first column, {what}, holds names of machines."),
            "The first column is read as VM.",
        ),
        C::BadValue => (
            Severity::Warning,
            format!("{place}: {} in column {what} cannot be read.", counted(count, "value")),
            "Each counts as missing; the rest of its row is used.",
        ),
        C::AbsurdValue => (
            Severity::Warning,
            format!("{place}: {} in column {what} cannot be true.", counted(count, "value")),
            "Each counts as missing; the rest of its row is used.",
        ),
        C::SuspectUnit => (
            Severity::Warning,
            format!("{place}: {} in column {what} must be in another unit than MiB.", counted(count, "value")),
            "Read as KiB or as bytes, whichever a host can have.",
        ),
        C::DuplicateRow => {
            (Severity::Warning, format!("{place}: {rows} repeat another: {what}."), "Each thing is counted once.")
        }
        C::UnmatchedRow => (
            Severity::Warning,
            format!("{place}: {rows} belong to no machine of vInfo, or to several."),
            "They are not counted.",
        ),
        C::TooManyRows => (
            Severity::Error,
            format!("{place} has more rows than can be read."),
            "The rows past the limit are not counted.",
        ),
        C::DuplicateFile => (Severity::Note, format!("{place} has the same content as {what}."), "It was read once."),
        C::MissingOptionalTab => (Severity::Note, format!("There is no {what} tab."), ""),
        C::DuplicateName
        | C::MissingMeasure
        | C::MissingId
        | C::NoCluster
        | C::LocalDatastore
        | C::SetAside
        | C::NeedsCare => (Severity::Note, format!("{place}: {what}."), ""),
    };
    let effect = if effect.is_empty() { usual_effect } else { effect };
    (severity, message, effect.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_well() {
        assert_eq!(counted(1, "machine"), "1 machine");
        assert_eq!(counted(1_234_567, "machine"), "1,234,567 machines");
        assert_eq!(counted(100, "entry"), "100 entries");
    }

    #[test]
    fn the_same_remark_becomes_one_finding_with_five_examples() {
        let mut findings = Findings::default();
        for row in 0..9 {
            let subject = Subject { place: "vInfo".into(), what: "CPUs".into(), effect: "" };
            findings.remark(FindingCode::BadValue, subject, || Location { row: Some(row), ..Location::default() });
        }
        findings.about_file(FindingCode::EmptyFile, "a.xlsx", "");
        let findings = findings.finish();
        assert_eq!(findings.len(), 2);
        assert_eq!(findings[0].code, FindingCode::EmptyFile, "the most serious first");
        assert_eq!((findings[1].count, findings[1].examples.len()), (9, 5));
    }
}
