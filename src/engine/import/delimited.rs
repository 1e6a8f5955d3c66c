//! Delimited text: which encoding, which delimiter, which decimal sign, then rows.

use std::borrow::Cow;

use workbook::{Cell, Next, RowSink};

use super::value::NumberStyle;

/// Text of a file whose cells are delimited.
pub(super) struct Delimited<'a> {
    text: Cow<'a, str>,
    delimiter: u8,
    style: NumberStyle,
}

impl<'a> Delimited<'a> {
    /// Takes bytes that look like delimited text; `None` where they do not.
    pub(super) fn sniff(bytes: Cow<'a, [u8]>) -> Option<Self> {
        let text = decode(bytes)?;
        let body = text.strip_prefix('\u{feff}').unwrap_or(&text);
        // Excel writes and honours a first line that names the delimiter.
        let (said, skipped) = match body.as_bytes() {
            [b's', b'e', b'p', b'=', delimiter, rest @ ..]
                if rest.first().is_none_or(|byte| matches!(byte, b'\r' | b'\n')) =>
            {
                let line = 5 + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                (Some(*delimiter), line)
            }
            _ => (None, 0),
        };
        let start = text.len() - body.len() + skipped;
        let delimiter = said.or_else(|| sniff_delimiter(text.get(start..)?))?;
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(start..)?),
            Cow::Owned(mut text) => {
                text.drain(..start);
                Cow::Owned(text)
            }
        };
        let style = sniff_style(&text, delimiter);
        Some(Self { text, delimiter, style })
    }

    /// How numbers are written in it.
    pub(super) const fn style(&self) -> NumberStyle {
        self.style
    }

    /// The cells of the first row.
    pub(super) fn header(&self) -> Vec<String> {
        let mut record = csv::ByteRecord::new();
        match reader(&self.text, self.delimiter).read_byte_record(&mut record) {
            Ok(true) => record.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect(),
            _ => Vec::new(),
        }
    }

    /// Hands the rows to `sink`.
    pub(super) fn read(&self, sink: &mut dyn RowSink) {
        let mut reader = reader(&self.text, self.delimiter);
        let mut record = csv::ByteRecord::new();
        let mut wanted: Option<Vec<Option<u8>>> = None;
        let mut number = 0;
        // A reader of bytes in memory that takes rows of any length has no error to give.
        while let Ok(true) = reader.read_byte_record(&mut record) {
            number += 1;
            let mut cells: Vec<Cell<'_>> = Vec::with_capacity(record.len());
            for (column, field) in record.iter().enumerate() {
                let place = match &wanted {
                    Some(wanted) => wanted.get(column).copied().flatten().map(usize::from),
                    None => Some(column),
                };
                let Some(place) = place.filter(|_| !field.trim_ascii().is_empty()) else { continue };
                if cells.len() <= place {
                    cells.resize(place + 1, Cell::Empty);
                }
                cells[place] = Cell::Text(String::from_utf8_lossy(field));
            }
            if cells.iter().all(Cell::is_blank) {
                continue;
            }
            match sink.row(number, &cells) {
                Next::More => {}
                Next::Wanted(places) => wanted = Some(places),
                Next::Stop => return,
            }
        }
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// Text of the bytes: UTF-8 and UTF-16 by their marks or their looks, else Windows-1252. `None` for what is no text.
fn decode(bytes: Cow<'_, [u8]>) -> Option<Cow<'_, str>> {
    match *bytes {
        [0xff, 0xfe, ref rest @ ..] => return Some(Cow::Owned(decode_utf16(rest, u16::from_le_bytes))),
        [0xfe, 0xff, ref rest @ ..] => return Some(Cow::Owned(decode_utf16(rest, u16::from_be_bytes))),
        [0, first, 0, second, ..] if first != 0 && second != 0 => {
            return Some(Cow::Owned(decode_utf16(&bytes, u16::from_be_bytes)));
        }
        [first, 0, second, 0, ..] if first != 0 && second != 0 => {
            return Some(Cow::Owned(decode_utf16(&bytes, u16::from_le_bytes)));
        }
        _ => {}
    }
    if memchr::memchr(0, &bytes).is_some() {
        return None;
    }
    let decoded = match bytes {
        Cow::Borrowed(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(decode_windows_1252(bytes)),
        },
        Cow::Owned(bytes) => {
            Cow::Owned(String::from_utf8(bytes).unwrap_or_else(|error| decode_windows_1252(error.as_bytes())))
        }
    };
    Some(decoded)
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Code points of the bytes 0x80 to 0x9f in Windows-1252; the other bytes are those of Latin-1
/// (<https://encoding.spec.whatwg.org/index-windows-1252.txt>).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn decode_windows_1252(bytes: &[u8]) -> String {
    let character = |&byte: &u8| match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        other => char::from(other),
    };
    bytes.iter().map(character).collect()
}

/// The delimiter that occurs most often in the first line, outside quotes; `None` where there is none.
fn sniff_delimiter(text: &str) -> Option<u8> {
    let mut counts = [(0_usize, b','), (0, b';'), (0, b'\t'), (0, b'|')];
    let mut quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some((count, _)) = counts.iter_mut().find(|(_, delimiter)| *delimiter == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    counts.into_iter().rev().max().filter(|&(count, _)| count > 0).map(|(_, delimiter)| delimiter)
}

/// Whether numbers have a decimal comma: by numbers that leave no doubt, else by the delimiter, since a comma cannot be both.
fn sniff_style(text: &str, delimiter: u8) -> NumberStyle {
    const ROWS: usize = 2000;
    let mut record = csv::ByteRecord::new();
    let mut reader = reader(text, delimiter);
    let mut points = false;
    for _ in 0..ROWS {
        if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
            break;
        }
        for style in record.iter().filter_map(telling_style) {
            match style {
                NumberStyle::Comma => return NumberStyle::Comma,
                NumberStyle::Point => points = true,
            }
        }
    }
    if delimiter == b';' && !points { NumberStyle::Comma } else { NumberStyle::Point }
}

/// The style of a number with a lone separator that cannot separate thousands. Short ones with a point may be versions (`7.0`) and tell nothing.
fn telling_style(field: &[u8]) -> Option<NumberStyle> {
    let field = field.trim_ascii();
    let at = field.iter().position(|byte| matches!(byte, b',' | b'.'))?;
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let (before, after) = (&field[..at], &field[at + 1..]);
    let decimal = digits(before) && digits(after) && (after.len() != 3 || before.len() > 3 || before == b"0");
    match field[at] {
        b',' => decimal.then_some(NumberStyle::Comma),
        _ => (decimal && (before.len() > 3 || after.len() > 3)).then_some(NumberStyle::Point),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Collect(Vec<String>);

    impl RowSink for Collect {
        fn row(&mut self, number: u64, cells: &[Cell<'_>]) -> Next {
            let shown: Vec<_> = cells.iter().map(|cell| cell.text().unwrap_or_default().into_owned()).collect();
            self.0.push(format!("{number}:{}", shown.join("|")));
            Next::More
        }
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &[&str], style: NumberStyle) {
        let delimited = Delimited::sniff(Cow::Borrowed(bytes)).expect("is text");
        let mut rows = Collect(Vec::new());
        delimited.read(&mut rows);
        assert_eq!(rows.0, expected);
        assert_eq!(delimited.style(), style);
    }

    #[test]
    fn delimiters_marks_and_encodings_are_found() {
        let rows = ["1:VM|Größe", "2:a|1"];
        check("\u{feff}VM,Größe\r\na,1\r\n".as_bytes(), &rows, NumberStyle::Point);
        check("VM;Größe\na;1\n".as_bytes(), &rows, NumberStyle::Comma);
        check("VM\tGröße\na\t1\n".as_bytes(), &rows, NumberStyle::Point);
        check("sep=;\r\nVM;Größe\r\na;1".as_bytes(), &rows, NumberStyle::Comma);
        check(b"VM;Gr\xf6\xdfe\na;1\n", &rows, NumberStyle::Comma);
        let utf16: Vec<u8> = "\u{feff}VM;Größe\na;1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, &rows, NumberStyle::Comma);
        check(&utf16[2..], &rows, NumberStyle::Comma);
    }

    #[test]
    fn numbers_beyond_doubt_decide_the_style() {
        check(b"a;b\n1.5;7.0\n", &["1:a|b", "2:1.5|7.0"], NumberStyle::Comma);
        check(b"a;b\n1.53571;2\n", &["1:a|b", "2:1.53571|2"], NumberStyle::Point);
        check(b"a\tb\n1,5\t2\n", &["1:a|b", "2:1,5|2"], NumberStyle::Comma);
        check(b"a,b\n\"1,234\",2\n", &["1:a|b", "2:1,234|2"], NumberStyle::Point);
    }

    #[test]
    fn quotes_hold_delimiters_and_line_ends() {
        check(b"a,b\n\"x,\"\"y\"\"\nz\",2\n", &["1:a|b", "2:x,\"y\"\nz|2"], NumberStyle::Point);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(Delimited::sniff(Cow::Borrowed(b"just a sentence")).is_none());
        assert!(Delimited::sniff(Cow::Borrowed(b"a,b\0c")).is_none());
        assert!(Delimited::sniff(Cow::Borrowed(b"")).is_none());
    }
}
