//! Workbooks, read as a stream of rows.
//!
//! A row exists while it is read, and of it the wanted cells alone: exports claim a million rows and hold nine, and of their 70 columns half are of use.
//! What formats say is not looked at: a date is the number that stands there. ECMA-376-1, 18.3 (worksheets) and 18.4 (shared strings), is what is read.

use std::borrow::Cow;
use std::ops::ControlFlow;

use crate::archive::{Archive, ArchiveError};
use crate::cell::Cell;
use crate::xml::{Tag, Token, Xml, XmlError, without_escapes};

/// Most columns a sheet has (Excel's own limit).
const MAX_COLUMNS: usize = 16_384;

/// What the workbook itself is called in the archive.
pub const WORKBOOK: &str = "xl/workbook.xml";

/// Why a workbook is not read (further).
#[derive(Debug, thiserror::Error)]
pub enum XlsxError {
    /// The archive does not give a part.
    #[error("{0}")]
    Archive(#[from] ArchiveError),
    /// A part that must be there is not.
    #[error("{0} is missing in it")]
    Missing(String),
    /// The text of a part is broken.
    #[error("{part} cannot be read on, because {error}")]
    Broken {
        /// Which part.
        part: String,
        /// What is wrong with it.
        error: XmlError,
    },
}

/// What is done with the rows of a sheet.
pub trait RowSink {
    /// Takes a row by its number, the first being 1.
    fn row(&mut self, number: u64, cells: &[Cell<'_>]) -> Next;
}

/// What a sink wants next.
pub enum Next {
    /// More of the same.
    More,
    /// From now on only some columns: for each column of the file the place it takes in a row, if it is wanted.
    Wanted(Vec<Option<u8>>),
    /// Nothing.
    Stop,
}

/// An open workbook.
pub struct Workbook<'a> {
    archive: Archive<'a>,
    /// The names of the sheets, in the order of the workbook.
    sheets: Vec<String>,
    /// Where each sheet lies in the archive.
    paths: Vec<String>,
    strings: Strings,
}

impl<'a> Workbook<'a> {
    /// Opens a workbook and reads its shared strings, which count as held.
    pub fn open(mut archive: Archive<'a>, held: &mut u64) -> Result<Self, XlsxError> {
        let mut relations = Vec::new();
        read_part(&mut archive, "xl/_rels/workbook.xml.rels", &mut |xml| {
            each_element(xml, b"Relationship", &mut |tag| {
                let text = |name: &[u8]| tag.attribute(name).unwrap_or_default();
                relations.push((text(b"Id"), text(b"Target"), text(b"Type")));
            })
        })?;
        let path_of = |target: &str| target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let (mut sheets, mut paths) = (Vec::new(), Vec::new());
        read_part(&mut archive, WORKBOOK, &mut |xml| {
            each_element(xml, b"sheet", &mut |tag| {
                let id = tag.attribute(b"id").unwrap_or_default();
                let found = relations.iter().find(|(other, ..)| *other == id);
                sheets.push(tag.attribute(b"name").unwrap_or_default());
                paths.push(found.map(|(_, target, _)| path_of(target)).unwrap_or_default());
            })
        })?;
        let shared = relations.iter().find(|(.., kind)| kind.ends_with("/sharedStrings"));
        let shared = shared.map_or_else(|| "xl/sharedStrings.xml".to_owned(), |(_, target, _)| path_of(target));
        let mut strings = Strings::default();
        if let Some(index) = archive.find(&shared) {
            archive.claim(index, held)?;
            read_part(&mut archive, &shared, &mut |xml| strings.read(xml))?;
        }
        Ok(Self { archive, sheets, paths, strings })
    }

    /// The names of the sheets, in the order of the workbook.
    pub fn sheets(&self) -> &[String] {
        &self.sheets
    }

    /// Hands the rows of a sheet to `sink`. Rows without cells are passed over, a cell that cannot be read counts as empty.
    pub fn read(&mut self, sheet: &str, sink: &mut dyn RowSink) -> Result<(), XlsxError> {
        let found = self.sheets.iter().position(|other| other == sheet);
        let path = found.map(|at| self.paths[at].as_str()).unwrap_or_default();
        let strings = &self.strings;
        read_part(&mut self.archive, path, &mut |xml| {
            let rows = Rows { sink: &mut *sink, wanted: None, cells: Vec::new(), number: 0, is_told: false, column: 0 };
            rows.read(xml, strings)
        })
        .map_err(|error| match error {
            XlsxError::Missing(_) => XlsxError::Missing(format!("the sheet {sheet}")),
            XlsxError::Broken { error, .. } => XlsxError::Broken { part: format!("the sheet {sheet}"), error },
            other @ XlsxError::Archive(_) => other,
        })
    }
}

/// The names of the sheets of a workbook, without reading anything else of it.
pub fn sheet_names(archive: &mut Archive<'_>) -> Result<Vec<String>, XlsxError> {
    let mut names = Vec::new();
    read_part(archive, WORKBOOK, &mut |xml| {
        each_element(xml, b"sheet", &mut |tag| names.push(tag.attribute(b"name").unwrap_or_default()))
    })?;
    Ok(names)
}

/// Reads the part at `path` with `read`.
fn read_part(
    archive: &mut Archive<'_>,
    path: &str,
    read: &mut dyn FnMut(&mut Xml<'_>) -> Result<(), XmlError>,
) -> Result<(), XlsxError> {
    let index = archive.find(path).ok_or_else(|| XlsxError::Missing(path.to_owned()))?;
    let source = archive.stream(index)?;
    let read = Xml::new(source).and_then(|mut xml| read(&mut xml));
    read.map_err(|error| XlsxError::Broken { part: path.to_owned(), error })
}

/// Hands every element of this name to `take`, wherever it stands.
fn each_element(xml: &mut Xml<'_>, name: &[u8], take: &mut dyn FnMut(Tag<'_>)) -> Result<(), XmlError> {
    loop {
        match xml.next()? {
            Token::Open(tag) if tag.name() == name => take(tag),
            Token::End => return Ok(()),
            _ => {}
        }
    }
}

/// The strings that cells of all sheets share, one behind the other.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start as usize..end as usize)
    }

    fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), XmlError> {
        let mut string = String::new();
        loop {
            match xml.next()? {
                Token::Open(tag) if tag.name() == b"si" => {
                    string.clear();
                    if !tag.is_empty {
                        read_string(xml, b"si", &mut string)?;
                    }
                    self.text.push_str(&without_escapes(&string));
                    // What is held is far below 4 GiB.
                    self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
                }
                Token::Close(b"sst") => return Ok(()),
                Token::End => return Err(XmlError::CutOff),
                _ => {}
            }
        }
    }
}

/// Adds the text of a string to `string`, up to the end of the element called `name`: its only text, or those of its runs, without the signs that tell how to
/// pronounce it.
fn read_string(xml: &mut Xml<'_>, name: &[u8], string: &mut String) -> Result<(), XmlError> {
    loop {
        match xml.next()? {
            Token::Open(tag) if !tag.is_empty => match tag.name() {
                b"t" => xml.text_of(b"t", string)?,
                b"rPh" => xml.pass(b"rPh")?,
                _ => {}
            },
            Token::Close(other) if other == name => return Ok(()),
            Token::End => return Err(XmlError::CutOff),
            _ => {}
        }
    }
}

/// Collects cells into rows.
struct Rows<'s, 'c> {
    sink: &'s mut dyn RowSink,
    wanted: Option<Vec<Option<u8>>>,
    cells: Vec<Cell<'c>>,
    number: u64,
    /// Whether the row tells its number itself; if not, its cells may.
    is_told: bool,
    /// The column of the next cell that does not tell its own.
    column: usize,
}

/// What a cell holds, by its attribute `t`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Bool,
    Inline,
    Text,
}

impl Kind {
    fn of(attribute: &[u8]) -> Self {
        match attribute {
            b"s" => Self::Shared,
            b"b" => Self::Bool,
            b"inlineStr" | b"is" => Self::Inline,
            b"n" => Self::Number,
            _ => Self::Text,
        }
    }
}

/// A cell in the form in which all programs write nearly all of them: `<c r="AB12" s="1" t="s"><v>123</v></c>`, a number or the number of a string.
struct PlainCell<'x> {
    column: usize,
    kind: Kind,
    value: &'x [u8],
    /// How many bytes it is.
    length: usize,
}

/// More than a plain cell takes.
const PLAIN_CELL: usize = 96;

/// The plain cell at the start of `text`; `None` where something else stands there, which is read token by token. Exports have millions of cells, so this way
/// is a third of the time that reading takes.
fn plain_cell(text: &[u8]) -> Option<PlainCell<'_>> {
    let mut rest = text.strip_prefix(b"<c r=\"")?;
    let mut column = 0;
    while let [letter @ b'A'..=b'Z', after @ ..] = rest {
        column = (column * 26 + usize::from(letter - b'A') + 1).min(2 * MAX_COLUMNS);
        rest = after;
    }
    rest = rest.get(rest.iter().position(|byte| !byte.is_ascii_digit())?..)?.strip_prefix(b"\"")?;
    if let Some(style) = rest.strip_prefix(b" s=\"") {
        rest = style.get(style.iter().position(|byte| !byte.is_ascii_digit())?..)?.strip_prefix(b"\"")?;
    }
    let mut kind = Kind::Number;
    if let Some(shared) = rest.strip_prefix(b" t=\"s\"") {
        (rest, kind) = (shared, Kind::Shared);
    }
    let value = rest.strip_prefix(b"><v>")?;
    let end = value.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'E' | b'e'))?;
    let rest = value[end..].strip_prefix(b"</v></c>")?;
    // What has more letters is not believed in the other way either.
    let is_column = (1..=MAX_COLUMNS).contains(&column);
    is_column.then(|| PlainCell { column: column - 1, kind, value: &value[..end], length: text.len() - rest.len() })
}

impl<'c> Rows<'_, 'c> {
    /// Reads to the end of the rows; where the sheet is damaged, what stands before that.
    fn read(mut self, xml: &mut Xml<'_>, strings: &'c Strings) -> Result<(), XmlError> {
        let result = self.read_rows(xml, strings);
        if result.is_err() {
            let _stopped = self.end();
        }
        result
    }

    fn read_rows(&mut self, xml: &mut Xml<'_>, strings: &'c Strings) -> Result<(), XmlError> {
        loop {
            match xml.next()? {
                Token::Open(tag) if tag.name() == b"sheetData" => {
                    if tag.is_empty {
                        return Ok(());
                    }
                    break;
                }
                Token::End => return Err(XmlError::CutOff),
                _ => {}
            }
        }
        let mut value = String::new();
        loop {
            while self.is_told
                && let Some(cell) = plain_cell(xml.ahead(PLAIN_CELL)?)
            {
                self.column = cell.column;
                if let Some(place) = self.next_place() {
                    let value = std::str::from_utf8(cell.value).unwrap_or_default();
                    self.put(place, to_cell(value, cell.kind, strings));
                }
                let length = cell.length;
                xml.advance(length);
            }
            match xml.next()? {
                Token::Open(tag) => match tag.name() {
                    b"c" => {
                        let (place, kind) = self.place(&tag);
                        if tag.is_empty {
                            continue;
                        }
                        let Some(place) = place else {
                            xml.pass(b"c")?;
                            continue;
                        };
                        value.clear();
                        read_value(xml, kind, &mut value)?;
                        self.put(place, to_cell(&value, kind, strings));
                    }
                    b"row" => self.begin(&tag),
                    _ => {}
                },
                Token::Close(name @ (b"row" | b"sheetData")) => {
                    let is_last = name == b"sheetData";
                    if self.end().is_break() || is_last {
                        return Ok(());
                    }
                }
                Token::End => return Err(XmlError::CutOff),
                _ => {}
            }
        }
    }

    /// Begins a row; what an earlier one left without its end belongs to none.
    fn begin(&mut self, tag: &Tag<'_>) {
        self.cells.clear();
        let told = tag.attributes().find(|(name, _)| *name == b"r").and_then(|(_, value)| digits(value));
        self.is_told = told.is_some();
        self.number = told.unwrap_or(self.number + 1);
        self.column = 0;
    }

    /// Where the cell goes, if it is wanted, and what it holds.
    fn place(&mut self, tag: &Tag<'_>) -> (Option<usize>, Kind) {
        let mut kind = Kind::Number;
        for (name, value) in tag.attributes() {
            match name {
                b"r" => self.locate(value),
                b"t" => kind = Kind::of(value),
                _ => {}
            }
        }
        (self.next_place(), kind)
    }

    /// Where the cell in this column goes, if it is wanted; the next column is the one after it.
    fn next_place(&mut self) -> Option<usize> {
        let column = self.column;
        self.column = column.saturating_add(1);
        match &self.wanted {
            Some(wanted) => wanted.get(column).copied().flatten().map(usize::from),
            None => Some(column).filter(|&column| column < MAX_COLUMNS),
        }
    }

    /// Takes the position that a cell tells, such as `AB12`; one that cannot be counts as none.
    fn locate(&mut self, position: &[u8]) {
        let letters = position.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if (1..=3).contains(&letters) {
            let value = |byte: &u8| usize::from(byte.to_ascii_uppercase() - b'A') + 1;
            self.column = position[..letters].iter().fold(0, |column, byte| column * 26 + value(byte)) - 1;
        }
        if !self.is_told
            && let Some(number) = digits(&position[letters..])
        {
            (self.number, self.is_told) = (number, true);
        }
    }

    fn put(&mut self, place: usize, cell: Cell<'c>) {
        if self.cells.len() <= place {
            self.cells.resize(place + 1, Cell::Empty);
        }
        self.cells[place] = cell;
    }

    fn end(&mut self) -> ControlFlow<()> {
        if self.cells.iter().any(|cell| !cell.is_blank()) {
            match self.sink.row(self.number, &self.cells) {
                Next::More => {}
                Next::Wanted(places) => self.wanted = Some(places),
                Next::Stop => return ControlFlow::Break(()),
            }
        }
        self.cells.clear();
        ControlFlow::Continue(())
    }
}

/// A row's number: not 0, and not more than can be counted.
fn digits(text: &[u8]) -> Option<u64> {
    let is_number = !text.is_empty() && text.len() <= 9 && text.iter().all(u8::is_ascii_digit);
    let number = text.iter().filter(|_| is_number).fold(0, |number, digit| number * 10 + u64::from(digit - b'0'));
    (number > 0).then_some(number)
}

/// Adds the value of a cell to `value`, up to the cell's end. Formulas are passed over: what they gave stands beside them.
fn read_value(xml: &mut Xml<'_>, kind: Kind, value: &mut String) -> Result<(), XmlError> {
    loop {
        match xml.next()? {
            Token::Open(tag) if !tag.is_empty => match tag.name() {
                b"v" if kind != Kind::Inline => xml.text_of(b"v", value)?,
                b"is" => read_string(xml, b"is", value)?,
                _ => {}
            },
            Token::Close(b"c") => return Ok(()),
            Token::End => return Err(XmlError::CutOff),
            _ => {}
        }
    }
}

fn to_cell<'c>(value: &str, kind: Kind, strings: &'c Strings) -> Cell<'c> {
    let text = |text: &str| {
        if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(without_escapes(text).into_owned())) }
    };
    match kind {
        Kind::Shared => {
            let string = value.trim_ascii().parse().ok().and_then(|index| strings.get(index));
            string.map_or(Cell::Empty, |string| Cell::Text(Cow::Borrowed(string)))
        }
        Kind::Number => number(value.trim_ascii()).map_or_else(|| text(value), Cell::Number),
        Kind::Bool => match value.trim_ascii() {
            "0" => Cell::Bool(false),
            "1" => Cell::Bool(true),
            other if other.eq_ignore_ascii_case("false") => Cell::Bool(false),
            other if other.eq_ignore_ascii_case("true") => Cell::Bool(true),
            other => text(other),
        },
        Kind::Inline | Kind::Text => text(value),
    }
}

/// A number as programs write it. Whole ones of up to 15 digits, which most are, take the short way: a float holds them exactly.
fn number(text: &str) -> Option<f64> {
    if (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.bytes().fold(0_u64, |number, digit| number * 10 + u64::from(digit - b'0')) as f64);
    }
    let starts = text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.'));
    text.parse().ok().filter(|number: &f64| starts && number.is_finite())
}

#[cfg(test)]
mod tests;
