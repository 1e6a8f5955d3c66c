//! The inventory that the engine practises on (`src/web/practice.xlsx`) is what is written here: a tab of the shape of RVTools, as Excel stores it.
//!
//! `UPDATE_GOLDEN=1 cargo test --test practice_file` writes it anew.

#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use groundwork::engine::import::{InputFile, import};
use groundwork::engine::progress::Silent;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MACHINES: usize = 64;

const HEADERS: [&str; 14] = [
    "VM",
    "Powerstate",
    "Template",
    "DNS Name",
    "CPUs",
    "Memory",
    "NICs",
    "Disks",
    "Provisioned MiB",
    "In Use MiB",
    "Datacenter",
    "Cluster",
    "Host",
    "OS according to the VMware Tools",
];

/// What a cell holds.
enum Cell {
    Text(String),
    Number(usize),
}

fn row(machine: usize) -> [Cell; HEADERS.len()] {
    use Cell::{Number, Text};
    let text = |text: &str| Text(text.to_owned());
    let system =
        if machine.is_multiple_of(3) { "Microsoft Windows Server 2019 (64-bit)" } else { "Ubuntu Linux (64-bit)" };
    [
        Text(format!("vm-{machine:03}")),
        text("poweredOn"),
        text("False"),
        Text(format!("vm-{machine:03}.example")),
        Number([1, 2, 2, 4, 8][machine % 5]),
        Number([2048, 4096, 8192, 16384][machine % 4]),
        Number(1),
        Number(1 + machine % 3),
        Number(40_960 + 1024 * (machine % 37)),
        Number(20_480 + 512 * (machine % 37)),
        text("Main"),
        text("Production"),
        Text(format!("esx-{}", machine % 4)),
        text(system),
    ]
}

/// The cells of the tab, texts by their number among all texts.
fn sheet() -> (String, String) {
    let mut texts: Vec<String> = Vec::new();
    let mut sheet =
        String::from(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#);
    let headers = HEADERS.map(|header| Cell::Text(header.to_owned()));
    for (number, cells) in (1..).zip([headers].into_iter().chain((0..MACHINES).map(row))) {
        write!(sheet, r#"<row r="{number}">"#).expect("text takes more");
        for (column, cell) in ('A'..).zip(cells) {
            match cell {
                Cell::Number(value) => {
                    write!(sheet, r#"<c r="{column}{number}"><v>{value}</v></c>"#).expect("text takes more");
                }
                Cell::Text(text) => {
                    let known = texts.iter().position(|known| *known == text);
                    let index = known.unwrap_or_else(|| {
                        texts.push(text);
                        texts.len() - 1
                    });
                    write!(sheet, r#"<c r="{column}{number}" t="s"><v>{index}</v></c>"#).expect("text takes more");
                }
            }
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let mut shared = String::from(r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#);
    for text in &texts {
        write!(shared, "<si><t>{text}</t></si>").expect("text takes more");
    }
    shared.push_str("</sst>");
    (sheet, shared)
}

fn workbook() -> Vec<u8> {
    let (sheet, shared) = sheet();
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="vInfo" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let links = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(9));
    for (name, content) in [
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/sharedStrings.xml", &shared),
        ("xl/worksheets/sheet1.xml", &sheet),
    ] {
        writer.start_file(name, options).expect("a name");
        writer.write_all(content.as_bytes()).expect("memory takes more");
    }
    writer.finish().expect("an archive").into_inner()
}

#[test]
fn the_file_is_what_is_written_here_and_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/practice.xlsx");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, workbook()).unwrap();
    }
    let bytes = fs::read(&path).unwrap();
    assert!(bytes == workbook(), "{} is out of date", path.display());
    let imported = import(&[InputFile { name: "practice.xlsx", bytes: &bytes }], &mut Silent);
    assert_eq!(imported.estate.machines.len(), MACHINES);
    assert_eq!(imported.estate.machines.iter().map(|machine| machine.vcpus).sum::<u32>(), 64 / 5 * 17 + 9);
}
