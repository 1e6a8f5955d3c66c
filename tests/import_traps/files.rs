//! Files of every kind: what can be read is read, what cannot is said with what to do.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use crate::export::{Export, finding, findings, import_files, import_text, machine, place};
use groundwork::engine::import::{InputFile, import};
use groundwork::engine::model::{FindingCode, MiB, Severity, SourceKind};
use groundwork::engine::progress::Progress;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SMALL: &str = "
    ## vInfo
    VM | Powerstate | CPUs | Memory | Provisioned MiB | In Use MiB | Datacenter | Cluster | Host
    a  | poweredOn  | 2    | 4096   | 9000            | 5000       | DC         | C1      | esx1
    b  | poweredOff | 4    | 8192   | 19000           | 15000      | DC         | C1      | esx1
    ## vDisk
    VM | Disk        | Capacity MiB
    a  | Hard disk 1 | 9000
    ## vHost
    Host | Datacenter | Cluster | Speed | # CPU | Cores per CPU | # Cores | # Memory
    esx1 | DC         | C1      | 2600  | 2     | 14            | 28      | 196514";

fn ole(stream: &str) -> Vec<u8> {
    let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
    [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].into_iter().chain([0; 1016]).chain(name).collect()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("starts");
        writer.write_all(bytes).expect("writes");
    }
    writer.finish().expect("finishes").into_inner()
}

fn csv_files(delimiter: char) -> Vec<(String, String)> {
    Export::new(SMALL).csv(delimiter)
}

fn import_csv(files: &[(String, Vec<u8>)]) -> groundwork::engine::import::Imported {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    import_files(&files)
}

#[test]
fn csv_of_every_delimiter_gives_the_same_estate_as_the_workbook() {
    let mut workbook = import_text(SMALL).estate;
    assert_eq!((workbook.machines.len(), workbook.hosts.len()), (2, 1));
    workbook.sources.clear();
    for delimiter in [',', ';', '\t'] {
        let files: Vec<_> = csv_files(delimiter).into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
        let mut csv = import_csv(&files).estate;
        assert_eq!(csv.sources.len(), 1, "files that lie together are one export");
        assert_eq!(
            (csv.sources[0].kind, csv.sources[0].name.as_str()),
            (SourceKind::RvtoolsCsv, "RVTools_tabvInfo.csv")
        );
        csv.sources.clear();
        assert_eq!(csv, workbook, "{delimiter:?}");
    }
}

#[test]
fn csv_of_every_encoding_gives_the_same_estate() {
    let text = "VM;CPUs;Folder\nzürich-01;2;Köln\n";
    let with_mark = format!("\u{feff}{text}");
    let utf16 = |bytes: fn(u16) -> [u8; 2]| with_mark.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let latin: Vec<u8> = text.chars().map(|character| character as u8).collect();
    for bytes in [
        text.as_bytes().to_vec(),
        with_mark.as_bytes().to_vec(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        latin,
    ] {
        let imported = import_files(&[("vInfo.csv", &bytes)]);
        assert_eq!(machine(&imported, "zürich-01").folder.as_deref(), Some("Köln"));
    }
}

#[test]
fn csv_files_may_be_named_after_the_tab_alone_or_numbered_or_not_at_all() {
    for name in ["RVTools_tabvInfo.csv", "vInfo.csv", "tabvinfo.CSV", "RVTools_tabvInfo (1).csv", "export 12.csv"] {
        let imported = import_files(&[(name, b"VM,Powerstate,CPUs,Memory\na,poweredOn,2,4096\n")]);
        assert_eq!(machine(&imported, "a").vcpus, 2, "{name}");
        assert_eq!(imported.report.files[0].tabs[0].name, "vInfo");
    }
}

#[test]
fn quoted_cells_hold_delimiters_and_line_ends() {
    let imported = import_files(&[(
        "vInfo.csv",
        b"VM,CPUs,Annotation,Folder\n\"a,1\",2,\"two\nlines\",\"say \"\"x\"\"\"\nb,4,,f\n",
    )]);
    assert_eq!(machine(&imported, "a,1").folder.as_deref(), Some("say \"x\""));
    assert_eq!(machine(&imported, "b").vcpus, 4);
}

#[test]
fn an_archive_of_csv_files_is_one_export() {
    let files = csv_files(',');
    let mut entries: Vec<(String, &[u8])> =
        files.iter().map(|(name, text)| (format!("Export/{name}"), text.as_bytes())).collect();
    entries.push(("Export/readme.pdf".into(), b"%PDF"));
    entries.push(("__MACOSX/Export/._RVTools_tabvInfo.csv".into(), b"\0\0"));
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let imported = import_files(&[("all.zip", &zip(&entries))]);
    assert_eq!((imported.estate.machines.len(), imported.estate.sources.len()), (2, 1));
    let names: Vec<&str> = imported.report.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names[0], "all.zip/Export/RVTools_tabvDisk.csv");
    assert!(!imported.report.has_errors(), "{:#?}", imported.report.findings);
}

#[test]
fn an_archive_with_a_workbook_in_it_is_read() {
    let imported = import_files(&[("mail.zip", &zip(&[("RVTools.xlsx", &Export::new(SMALL).xlsx())]))]);
    assert_eq!(imported.estate.machines.len(), 2);
}

#[track_caller]
fn check_refused(name: &str, bytes: &[u8], code: FindingCode, words: &str) {
    let good = Export::new(SMALL).xlsx();
    let imported = import_files(&[(name, bytes), ("good.xlsx", &good)]);
    let finding = finding(&imported, code);
    assert_eq!(finding.severity, Severity::Error);
    assert!(place(finding).starts_with(name), "{}", place(finding));
    let text = format!("{} {}", finding.message, finding.effect);
    assert!(text.contains(words), "{text}");
    assert_eq!(imported.estate.machines.len(), 2, "the other file is read all the same");
    assert_eq!(imported.report.files.len(), 2);
}

#[test]
fn files_that_cannot_be_read_say_what_to_do() {
    check_refused("empty.xlsx", b"", FindingCode::EmptyFile, "is empty");
    let (old, secret) = (include_bytes!("../data/old-excel.xls"), include_bytes!("../data/password.xlsx"));
    check_refused("old.xls", old, FindingCode::OldXls, "save it as .xlsx");
    check_refused("secret.xlsx", secret, FindingCode::EncryptedWorkbook, "sensitivity label");
    check_refused("letter.doc", &ole("WordDocument"), FindingCode::UnknownFileKind, "no workbook");
    check_refused("scan.pdf", b"%PDF-1.7 ...", FindingCode::UnknownFileKind, "PDF");
    check_refused(
        "notes.txt",
        b"Dear all, here is the list",
        FindingCode::UnknownFileKind,
        "columns are those of no tab",
    );
    check_refused("sentence.txt", b"Hello", FindingCode::UnknownFileKind, "no table");
    check_refused("other.csv", b"Date,Amount\n1,2\n", FindingCode::UnknownFileKind, "columns are those of no tab");
    check_refused("binary.xlsb", &zip(&[("xl/workbook.bin", b"x")]), FindingCode::UnknownFileKind, ".xlsb");
    check_refused("sheet.ods", &zip(&[("content.xml", b"<x/>")]), FindingCode::UnknownFileKind, "OpenDocument");
    check_refused("photos.zip", &zip(&[("a.jpg", b"x")]), FindingCode::UnknownFileKind, "no CSV file");
    check_refused("cut.xlsx", &Export::new(SMALL).xlsx()[..900], FindingCode::DamagedFile, "Export it again");
}

#[test]
fn a_workbook_of_another_tool_is_refused_with_its_sheets() {
    let other = Export::new("## ESX Hosts\nHost Name | Memory (KiB)\nh | 1\n## Budget\nx | y\n1 | 2").xlsx();
    check_refused("live.xlsx", &other, FindingCode::UnknownFileKind, "ESX Hosts, Budget");
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let zeros = vec![b' '; 32 << 20];
    check_refused("bomb.zip", &zip(&[("vInfo.csv", &zeros)]), FindingCode::HostileArchive, "claims to be");
    let sheet = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    check_refused("bomb.xlsx", &sheet, FindingCode::HostileArchive, "claims to be");
}

#[test]
fn an_archive_in_an_archive_is_not_opened_for_ever() {
    let files = csv_files(',');
    let inner = zip(&[("vInfo.csv", files[0].1.as_bytes())]);
    let imported = import_files(&[("outer.zip", &zip(&[("inner.xlsx", &inner)]))]);
    assert!(imported.estate.is_empty());
    assert_eq!(finding(&imported, FindingCode::UnknownFileKind).examples[0].file, "outer.zip/inner.xlsx");
}

#[test]
fn without_vinfo_there_are_no_machines_and_that_is_said() {
    let imported = import_text("## vHost\nHost | Cluster | # Cores | # Memory\nesx1 | C1 | 8 | 1024");
    assert_eq!((imported.estate.machines.len(), imported.estate.hosts.len()), (0, 1));
    assert!(finding(&imported, FindingCode::MissingTab).effect.contains("vInfo"));
    let imported = import_text("## vInfo\nVM | CPUs | Memory\n## vHost\nHost | # Cores\nesx1 | 8");
    assert!(imported.report.has_errors(), "an empty vInfo is none");
}

#[test]
fn tabs_that_would_help_are_missed() {
    let imported = import_text("## vInfo\nVM | CPUs | Memory | Cluster\na | 2 | 4096 | C1");
    let missed: Vec<_> = findings(&imported, FindingCode::MissingOptionalTab);
    let host = missed.iter().find(|finding| finding.message.contains("vHost")).expect("vHost is missed");
    assert_eq!(host.severity, Severity::Warning);
    assert_eq!(imported.estate.clusters[0].name, "C1", "clusters follow from the machines");
}

#[test]
fn a_tab_without_rows_is_said_where_it_matters() {
    let imported =
        import_text("## vInfo\nVM | CPUs\na | 2\n## vDisk\nVM | Disk | Capacity MiB\n## vUSB\nVM | Connected");
    assert_eq!(place(finding(&imported, FindingCode::EmptyTab)), "export.xlsx/vDisk/1//");
}

#[test]
fn the_same_file_given_twice_is_read_once() {
    let bytes = Export::new(SMALL).xlsx();
    let imported = import_files(&[("b.xlsx", &bytes), ("a.xlsx", &bytes)]);
    assert_eq!(imported.estate.machines.len(), 2);
    assert_eq!(finding(&imported, FindingCode::DuplicateFile).message, "b.xlsx has the same content as a.xlsx.");
    assert!(findings(&imported, FindingCode::DuplicateRow).is_empty());
}

#[test]
fn nothing_given_is_an_empty_estate() {
    let imported = import_files(&[]);
    assert!(imported.estate.is_empty() && imported.report.findings.is_empty());
}

/// Remembers the ticks, and stops after some.
struct Ticks {
    seen: Vec<(u64, u64)>,
    stop_after: usize,
}

impl Progress for Ticks {
    fn tick(&mut self, phase: &'static str, done: u64, total: u64) -> ControlFlow<()> {
        assert_eq!(phase, "import");
        self.seen.push((done, total));
        if self.seen.len() > self.stop_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn progress_rises_to_its_end_and_may_stop_the_import() {
    let rows: String = (0..5000).map(|number| format!("vm{number},2,4096\n")).collect();
    let text = format!("VM,CPUs,Memory\n{rows}");
    let files = [InputFile { name: "vInfo.csv", bytes: text.as_bytes() }];
    let mut ticks = Ticks { seen: Vec::new(), stop_after: usize::MAX };
    let whole = import(&files, &mut ticks);
    assert_eq!((whole.cancelled, whole.estate.machines.len()), (false, 5000));
    assert!(ticks.seen.is_sorted() && ticks.seen.len() > 5, "{:?}", ticks.seen);
    assert_eq!(ticks.seen.last(), Some(&(100, 100)));
    for stop_after in 0..ticks.seen.len() {
        let stopped = import(&files, &mut Ticks { seen: Vec::new(), stop_after });
        assert!(stopped.cancelled && stopped.estate.is_empty(), "stopped after {stop_after} ticks");
    }
}

#[test]
fn the_report_counts_rows_and_columns() {
    let imported = import_text(
        "## vInfo\nVM | CPUs | Annotation\na | 2 | x\nb | 2 |\n## vRP\nName\nx\n## vDisk\nVM | Disk | Capacity MiB\na | d | 5\nzzz | d | 5",
    );
    let file = &imported.report.files[0];
    assert_eq!(
        (file.kind, file.tabs_ignored.as_slice()),
        (Some(SourceKind::RvtoolsXlsx), ["vRP".to_owned()].as_slice())
    );
    let info = &file.tabs[0];
    assert_eq!((info.rows, info.rows_skipped, info.columns_used, info.columns_ignored), (2, 0, 2, 1));
    let disks = &file.tabs[1];
    assert_eq!((disks.rows, disks.rows_skipped), (2, 1));
    assert_eq!(place(finding(&imported, FindingCode::UnmatchedRow)), "export.xlsx/vDisk/3//zzz");
    assert_eq!(machine(&imported, "a").storage.disk_capacity, Some(MiB(5)));
}
