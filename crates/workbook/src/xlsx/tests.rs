use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const RELATIONS: &str = r#"<Relationships>
    <Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
    <Relationship Id="rId2" Type="http://x/worksheet" Target="/xl/worksheets/Other.xml"></Relationship>
    <Relationship Id="rId3" Type="http://x/sharedStrings" Target="strings.xml"/></Relationships>"#;
const SHEETS: &str = r#"<workbook xmlns:r="x"><sheets><sheet name="v&amp;Info" sheetId="1" r:id="rId1"/><sheet name="Other" sheetId="2" r:id="rId2"/></sheets></workbook>"#;

fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("starts");
        writer.write_all(text.as_bytes()).expect("writes");
    }
    writer.finish().expect("finishes").into_inner()
}

fn open(bytes: &[u8]) -> Result<Workbook<'_>, XlsxError> {
    Workbook::open(Archive::open(Cow::Borrowed(bytes))?, &mut 0)
}

/// A workbook whose first sheet holds `rows`, and these strings.
fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData><mergeCells/></worksheet>");
    let strings = format!("<sst count=\"9\">{strings}</sst>");
    pack(&[
        (WORKBOOK, SHEETS),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/worksheets/other.xml", "<x:worksheet><x:sheetData/></x:worksheet>"),
        ("xl/strings.xml", &strings),
    ])
}

/// Rows as lines, with what is wanted after the first one.
#[derive(Default)]
struct Lines(Vec<String>, Option<Vec<Option<u8>>>);

impl RowSink for Lines {
    fn row(&mut self, number: u64, cells: &[Cell<'_>]) -> Next {
        let shown = |cell: &Cell<'_>| match cell {
            Cell::Empty => "-".to_owned(),
            Cell::Number(number) => number.to_string(),
            Cell::Bool(value) => value.to_string(),
            Cell::Text(text) => format!("'{text}'"),
        };
        self.0.push(format!("{number}: {}", cells.iter().map(shown).collect::<Vec<_>>().join(" ")));
        self.1.take().map_or(Next::More, Next::Wanted)
    }
}

fn read(bytes: &[u8], wanted: Option<Vec<Option<u8>>>) -> (Vec<String>, Result<(), XlsxError>) {
    let mut lines = Lines(Vec::new(), wanted);
    let result = open(bytes).expect("opens").read("v&Info", &mut lines);
    (lines.0, result)
}

#[track_caller]
fn check(rows: &str, strings: &str, expected: &[&str]) {
    let (lines, result) = read(&workbook(rows, strings), None);
    assert_eq!(lines, expected);
    result.expect("reads to its end");
}

#[test]
fn sheets_lie_where_their_relations_say() {
    let bytes = workbook("", "");
    let mut workbook = open(&bytes).expect("opens");
    assert_eq!(workbook.sheets(), ["v&Info", "Other"]);
    let mut lines = Lines::default();
    workbook.read("Other", &mut lines).expect("reads, whatever the case of its path");
    assert!(lines.0.is_empty());
    let error = workbook.read("None", &mut lines).expect_err("is not there");
    assert_eq!(error.to_string(), "the sheet None is missing in it");
}

#[test]
fn cells_hold_what_their_type_says() {
    check(
        r#"<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><v>12</v></c><c r="C1" s="3" t="n"><v> -1.5E3 </v></c><c r="D1" t="b"><v>1</v></c>
            <c r="E1" t="str"><f>A1&amp;B1</f><v>a&lt;b</v></c><c r="F1" t="inlineStr"><is><t>in</t></is></c><c r="G1" t="e"><v>#N/A</v></c></row>"#,
        r"<si/><si><t xml:space='preserve'> two </t></si>",
        &["1: ' two ' 12 -1500 true 'a<b' 'in' '#N/A'"],
    );
}

#[test]
fn cells_that_cannot_be_read_keep_what_stands_there() {
    check(
        r#"<row r="1"><c r="A1" t="s"><v>7</v></c><c r="B1" t="n"><v>two</v></c><c r="C1" t="b"><v>maybe</v></c><c r="D1"><v>1e999</v></c>
            <c r="E1" t="s"><v/></c><c r="F1"><v>inf</v></c><c r="G1"><v>1234567890123456789</v></c></row>"#,
        "<si><t>one</t></si>",
        &["1: - 'two' 'maybe' '1e999' - 'inf' 1234567890123456800"],
    );
}

#[test]
fn strings_have_runs_escapes_and_signs_that_are_not_read() {
    check(
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>"#,
        r#"<si><r><rPr><b/></rPr><t>bold</t></r><r><t xml:space="preserve"> and not</t></r></si><si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si>
            <si><t>a_x000D_b</t></si><si><t><![CDATA[<&>]]></t></si>"#,
        &["1: 'bold and not' '東京' 'a\rb' '<&>'"],
    );
}

#[test]
fn positions_may_be_missing_or_impossible() {
    check(
        r#"<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c r="A9"><v>5</v></c></row>
            <row r="0"><c r="ABCD1"><v>6</v></c></row><row r="4294967295"><c r="A0"><v>7</v></c></row><row/>"#,
        "",
        &["1: 1 2", "5: - - 3 4", "9: 5", "1: 6", "2: 7"],
    );
}

#[test]
fn plain_cells_and_others_are_the_same() {
    let plain = r#"<row r="3"><c r="A3"><v>1</v></c><c r="C3" s="12" t="s"><v>0</v></c><c r="AB3" s="1"><v>-2.5e3</v></c><c r="XFD3"><v>9</v></c></row>"#;
    let odd = plain.replace("\"><v>", "\" ><v >").replace("</c>", "<!-- --></c>");
    let none = |columns: usize| " -".repeat(columns);
    let line = format!("3: 1{} 'one'{} -2500{} 9", none(1), none(24), none(16_384 - 28 - 1));
    for rows in [plain, &odd] {
        check(rows, "<si><t>one</t></si>", &[&line]);
    }
}

#[test]
fn only_wanted_columns_are_read() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>
        <row r="2"><c r="A2"><v>4</v></c><c r="B2"><f>"&lt;/c&gt;"</f><v>5</v></c><c r="C2"><v>6</v></c><c r="D2"><v>7</v></c></row><row r="3"><c r="B3"><v>8</v></c></row>"#;
    let (lines, result) = read(&workbook(rows, ""), Some(vec![Some(1), None, Some(0)]));
    assert_eq!(lines, ["1: 1 2 3", "2: 6 4"]);
    result.expect("reads to its end");
}

#[test]
fn what_stands_before_the_damage_is_read() {
    let bytes = pack(&[
        (WORKBOOK, SHEETS),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        (
            "xl/worksheets/sheet1.xml",
            "<sheetData><row r=\"1\"><c><v>1</v></c></row><row r=\"2\"><c><v>2</v></c><c><v>3",
        ),
    ]);
    let (lines, result) = read(&bytes, None);
    assert_eq!(lines, ["1: 1", "2: 2"]);
    assert_eq!(
        result.expect_err("is damaged").to_string(),
        "the sheet v&Info cannot be read on, because it ends in the middle"
    );
}

#[test]
fn parts_that_must_be_there_are_missed() {
    let error = |parts: &[(&str, &str)]| open(&pack(parts)).map(|_| ()).expect_err("is refused").to_string();
    assert_eq!(error(&[(WORKBOOK, SHEETS)]), "xl/_rels/workbook.xml.rels is missing in it");
    let lost = error(&[(WORKBOOK, SHEETS), ("xl/_rels/workbook.xml.rels", RELATIONS), ("xl/strings.xml", "<sst><si>")]);
    assert_eq!(lost, "xl/strings.xml cannot be read on, because it ends in the middle");
}

/// Another reader of workbooks finds the same in the built-in sample.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn calamine_reads_the_same() {
    use calamine::{DataRef, Reader, Xlsx};

    let bytes: &[u8] = include_bytes!("../../../../static/sample/groundwork-sample.xlsx");
    let mut workbook = open(bytes).expect("opens");
    let mut other = Xlsx::new(Cursor::new(bytes)).expect("opens");
    assert_eq!(workbook.sheets(), other.sheet_names());
    for sheet in other.sheet_names() {
        let mut lines = Lines::default();
        workbook.read(&sheet, &mut lines).expect("reads");
        let mut expected: Vec<(u64, Vec<String>)> = Vec::new();
        let mut cells = other.worksheet_cells_reader(&sheet).expect("is there");
        while let Some(cell) = cells.next_cell().expect("reads") {
            let (row, column) = cell.get_position();
            let number = u64::from(row) + 1;
            if expected.last().is_none_or(|(last, _)| *last != number) {
                expected.push((number, Vec::new()));
            }
            let text = match cell.get_value() {
                DataRef::Float(number) => number.to_string(),
                DataRef::SharedString(text) => format!("'{text}'"),
                DataRef::String(text) => format!("'{text}'"),
                DataRef::Bool(value) => value.to_string(),
                other => panic!("{other:?} in {sheet}"),
            };
            let row = &mut expected.last_mut().expect("has a row").1;
            row.resize(column as usize, "-".to_owned());
            row.push(text);
        }
        let expected: Vec<String> =
            expected.into_iter().map(|(number, cells)| format!("{number}: {}", cells.join(" "))).collect();
        assert!(!expected.is_empty() && lines.0 == expected, "{sheet}");
    }
}
