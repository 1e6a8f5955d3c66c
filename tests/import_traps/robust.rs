//! Properties: no bytes make the import panic, and no order changes the estate.

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use groundwork::engine::import::{InputFile, import};
use groundwork::engine::model::Estate;
use groundwork::engine::progress::Silent;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::export::{Export, import_files};

const ESTATE: &str = "
    ## vInfo
    VM  | Powerstate | CPUs | Memory | In Use MiB | Datacenter | Cluster | Host | VM ID | VI SDK UUID
    a   | poweredOn  | 2    | 4096   | 5000       | DC         | C1      | esx1 | vm-1  | vc1
    b   | poweredOff | 4    | 8192   | 15000      | DC         | C1      | esx2 | vm-2  | vc1
    b   | poweredOn  | 8    | 8192   | 15000      | DC         |         | esx3 | vm-3  | vc1
    a   | poweredOn  | 2    | 4096   | 5000       | DC         | C1      | esx1 | vm-1  | vc1
    c   | poweredOn  | 1    | 1024   | 9          | DC2        | C1      |      |       |
    c   | poweredOn  | 1    | 2048   | 9          | DC2        | C1      |      |       |
    ## vDisk
    VM  | Disk        | Capacity MiB | Thin  | VM ID | VI SDK UUID
    a   | Hard disk 1 | 100          | True  | vm-1  | vc1
    a   | Hard disk 2 | 300          | False | vm-1  | vc1
    b   | Hard disk 1 | 700          | True  | vm-2  | vc1
    c   | Hard disk 1 | 1            | True  |       |
    ## vPartition
    VM  | Disk | Consumed MiB | VM ID | VI SDK UUID
    a   | C:   | 60           | vm-1  | vc1
    a   | D:   | 70           | vm-1  | vc1
    ## vHost
    Host | Datacenter | Cluster | # CPU | Cores per CPU | # Cores | # Memory | Speed | VI SDK UUID
    esx1 | DC         | C1      | 2     | 14            | 28      | 196514   | 2600  | vc1
    esx2 | DC         | C1      | 2     | 14            | 28      | 196514   | 2600  | vc1
    esx3 | DC         |         | 2     | 14            | 28      | 196514   | 2600  | vc1
    ## vCluster
    Name | HA enabled | VI SDK UUID
    C1   | True       | vc1
    ## vDatastore
    Name | Type | Capacity MiB | In Use MiB | # Hosts | Hosts      | VI SDK UUID
    ds1  | VMFS | 1000         | 500        | 2       | esx1, esx2 | vc1
    ds2  | VMFS | 1000         | 500        | 1       | esx3       | vc1
    ## vMetaData
    RVTools version | xlsx creation datetime
    4.7.1           | 2026/09/14 06:02:11";

static WORKBOOK: LazyLock<Vec<u8>> = LazyLock::new(|| Export::new(ESTATE).xlsx());

/// The parts of the workbook, unpacked.
static PARTS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let mut archive = ZipArchive::new(Cursor::new(WORKBOOK.as_slice())).expect("opens");
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).expect("is there");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("unpacks");
            (String::from_utf8_lossy(entry.name_raw()).into_owned(), bytes)
        })
        .collect()
});

fn pack(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("starts");
        writer.write_all(bytes).expect("writes");
    }
    writer.finish().expect("finishes").into_inner()
}

fn estate_of(files: &[(String, Vec<u8>)]) -> Estate {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    import_files(&files).estate
}

/// Puts other bytes in the place of some.
fn splice(bytes: &mut Vec<u8>, edits: &[(prop::sample::Index, u8, Vec<u8>)]) {
    for (at, removed, inserted) in edits {
        if !bytes.is_empty() {
            let start = at.index(bytes.len());
            let end = (start + usize::from(*removed)).min(bytes.len());
            bytes.splice(start..end, inserted.iter().copied());
        }
    }
}

/// Pieces that mean something to a reader of workbooks or of delimited text.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    const WORDS: [&[u8]; 24] = [
        b"<",
        b">",
        b"</c>",
        b"<c r=\"ZZZZZZZZ99999999999\">",
        b"<row r=\"4294967295\">",
        b"<dimension ref=\"B9:A1\"/>",
        b"t=\"s\"",
        b"<v>99999999999</v>",
        b"r=\"A0\"",
        b"&#x110000;",
        b"&",
        b"\"",
        b"\0",
        b"\xff\xfe",
        b",",
        b";",
        b"\n",
        b"1e308",
        b"-1",
        b"NaN",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"xml:space",
    ];
    prop_oneof![
        prop::sample::select(WORDS.as_slice()).prop_map(<[u8]>::to_vec),
        prop::collection::vec(any::<u8>(), 0..6)
    ]
}

fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, Vec<u8>)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..12_u8, piece()), 1..6)
}

/// The sheet of vInfo with `old` replaced by `new`, which must be there.
fn altered(old: &str, new: &str) -> Vec<u8> {
    let mut parts = PARTS.clone();
    let sheet = parts.iter_mut().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("has a first sheet");
    let text = String::from_utf8(sheet.1.clone()).expect("is text");
    assert!(text.contains(old), "{old} in {text}");
    sheet.1 = text.replacen(old, new, 1).into_bytes();
    pack(&parts)
}

#[test]
fn impossible_positions_are_survived() {
    for (old, new) in [
        ("<dimension ref=\"A1:J7\"/>", "<dimension ref=\"J7:A1\"/>"),
        ("<dimension ref=\"A1:J7\"/>", "<dimension ref=\"A1:XFD99999999999999999999\"/>"),
        ("<dimension ref=\"A1:J7\"/>", ""),
        ("r=\"A2\"", "r=\"ZZZZZZZZZZZZZZ2\""),
        ("r=\"A2\"", "r=\"A0\""),
        ("r=\"A2\"", "r=\"A99999999999999999999\""),
        ("<row r=\"2\"", "<row r=\"4294967295\""),
        ("<row r=\"2\"", "<row r=\"0\""),
        ("<row r=\"2\"", "<row"),
    ] {
        import_files(&[("f.xlsx", &altered(old, new))]);
    }
}

#[test]
fn a_cell_that_cannot_be_read_costs_no_other() {
    let imported = import_files(&[("f.xlsx", &altered("<c r=\"C2\"><v>2</v>", "<c r=\"C2\" t=\"n\"><v>two</v>"))]);
    assert_eq!(imported.estate.machines.len(), 5);
    let ids = imported.estate.machines.iter().filter(|machine| machine.name == "a").count();
    assert_eq!(ids, 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..600), magic in 0..4_usize) {
        let magic: &[u8] = [b"".as_slice(), b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"VM,CPUs\n"][magic];
        let bytes = [magic, &bytes].concat();
        import(&[InputFile { name: "f", bytes: &bytes }], &mut Silent);
    }

    #[test]
    fn a_mangled_archive_is_survived(edits in edits()) {
        let mut bytes = WORKBOOK.clone();
        splice(&mut bytes, &edits);
        import(&[InputFile { name: "f.xlsx", bytes: &bytes }], &mut Silent);
    }

    #[test]
    fn mangled_parts_are_survived(part in any::<prop::sample::Index>(), edits in edits()) {
        let mut parts = PARTS.clone();
        let part = part.index(parts.len());
        splice(&mut parts[part].1, &edits);
        import(&[InputFile { name: "f.xlsx", bytes: &pack(&parts) }], &mut Silent);
    }

    #[test]
    fn mangled_text_is_survived(file in any::<prop::sample::Index>(), edits in edits()) {
        let files = Export::new(ESTATE).csv(',');
        let (name, text) = &files[file.index(files.len())];
        let mut bytes = text.clone().into_bytes();
        splice(&mut bytes, &edits);
        import(&[InputFile { name, bytes: &bytes }], &mut Silent);
    }

    #[test]
    fn the_order_of_rows_and_files_does_not_matter(seed in any::<u64>()) {
        let straight = Export::new(ESTATE).csv(';');
        let expected = estate_of(&straight.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect::<Vec<_>>());
        prop_assert_eq!(expected.machines.len(), 5);
        let mut state = seed;
        let mut shuffled: Vec<(String, Vec<u8>)> = straight
            .iter()
            .map(|(name, text)| {
                let mut lines: Vec<&str> = text.lines().collect();
                shuffle(&mut lines[1..], &mut state);
                (name.clone(), lines.join("\n").into_bytes())
            })
            .collect();
        shuffle(&mut shuffled, &mut state);
        prop_assert_eq!(estate_of(&shuffled), expected);
    }

    #[test]
    fn the_order_of_workbooks_does_not_matter(seed in any::<u64>()) {
        let old = ESTATE.replace("4096", "2048").replace("2026/09", "2025/09");
        let other = ESTATE.replace("vc1", "vc2");
        let mut files: Vec<(String, Vec<u8>)> = [ESTATE, &old, &other]
            .iter()
            .zip(["a.xlsx", "b.xlsx", "c.xlsx"])
            .map(|(text, name)| (name.to_owned(), Export::new(text).xlsx()))
            .collect();
        let expected = estate_of(&files);
        let mut state = seed;
        shuffle(&mut files, &mut state);
        prop_assert_eq!(estate_of(&files), expected);
    }
}

/// Fisher and Yates, with the high bits of a linear congruential generator.
fn shuffle<T>(items: &mut [T], state: &mut u64) {
    for last in (1..items.len()).rev() {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, (*state >> 33) as usize % (last + 1));
    }
}
