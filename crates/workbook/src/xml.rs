//! XML as a stream of tokens, as far as workbooks need it: no tree, no namespaces, no copies.
//!
//! It is as fast as the unpacking before it, which a general reader is not by far. What no workbook holds is read as leniently as can be: names need not match,
//! entities that are not known stay as they are. Only what ends in the middle of a token is an error.

use std::borrow::Cow;
use std::io::Read;

use memchr::{memchr, memmem};

/// Room for what is read ahead.
const BUFFER: usize = 128 * 1024;

/// Longest token: the longest text of a cell (32,767 characters) many times over.
const MAX_TOKEN: usize = 16 * 1024 * 1024;

/// Why a document is not read on.
#[derive(Debug, thiserror::Error)]
pub enum XmlError {
    /// What unpacks it failed.
    #[error("{0}")]
    Source(#[from] std::io::Error),
    /// It ends in the middle.
    #[error("it ends in the middle")]
    CutOff,
    /// A token without end.
    #[error("a text or tag in it is longer than any workbook has")]
    TooLong,
}

/// What stands in a document.
#[derive(Debug)]
pub(crate) enum Token<'t> {
    /// `<name …>` or `<name …/>`.
    Open(Tag<'t>),
    /// `</name>`: the name without its prefix.
    Close(&'t [u8]),
    /// Text in which entities stand.
    Text(&'t [u8]),
    /// Text in which nothing has a meaning.
    Literal(&'t [u8]),
    /// The end of the document.
    End,
}

/// A tag that opens an element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag<'t> {
    /// What stands between `<` and `>`, without a slash at the end.
    inner: &'t [u8],
    /// Whether the element ends here.
    pub(crate) is_empty: bool,
}

impl<'t> Tag<'t> {
    /// Its name without prefix.
    pub(crate) fn name(&self) -> &'t [u8] {
        local(&self.inner[..name_length(self.inner)])
    }

    /// Its attributes: names without prefix, and values in which entities stand.
    pub(crate) fn attributes(&self) -> Attributes<'t> {
        Attributes(&self.inner[name_length(self.inner)..])
    }

    /// The value of an attribute, as text.
    pub(crate) fn attribute(&self, name: &[u8]) -> Option<String> {
        let (_, value) = self.attributes().find(|(other, _)| *other == name)?;
        let mut text = String::new();
        push_text(value, &mut text);
        Some(text)
    }
}

/// Attributes of a tag.
pub(crate) struct Attributes<'t>(&'t [u8]);

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t [u8], &'t [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_ascii_start();
        let equals = memchr(b'=', rest)?;
        let name = local(rest[..equals].trim_ascii_end());
        let rest = rest[equals + 1..].trim_ascii_start();
        let (&quote, rest) = rest.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
        let end = memchr(quote, rest)?;
        self.0 = &rest[end + 1..];
        Some((name, &rest[..end]))
    }
}

fn name_length(tag: &[u8]) -> usize {
    tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len())
}

fn local(name: &[u8]) -> &[u8] {
    memchr(b':', name).map_or(name, |colon| &name[colon + 1..])
}

/// Reads tokens.
pub(crate) struct Xml<'r> {
    source: Box<dyn Read + 'r>,
    buffer: Vec<u8>,
    /// What of the buffer is not given out yet.
    at: usize,
    end: usize,
    /// The order of bytes where the document is in UTF-16.
    utf16: Option<Utf16>,
}

impl<'r> Xml<'r> {
    /// Begins to read.
    pub(crate) fn new(mut source: Box<dyn Read + 'r>) -> Result<Self, XmlError> {
        let mut mark = Vec::new();
        source.by_ref().take(3).read_to_end(&mut mark)?;
        let utf16 = match mark.as_slice() {
            [0xff, 0xfe, ..] => Some(Utf16 { is_big_endian: false, held: mark.split_off(2) }),
            [0xfe, 0xff, ..] => Some(Utf16 { is_big_endian: true, held: mark.split_off(2) }),
            _ => None,
        };
        if utf16.is_some() || mark == [0xef, 0xbb, 0xbf] {
            mark.clear();
        }
        let end = mark.len();
        mark.resize(BUFFER, 0);
        Ok(Self { source, buffer: mark, at: 0, end, utf16 })
    }

    /// The next token.
    pub(crate) fn next(&mut self) -> Result<Token<'_>, XmlError> {
        loop {
            if self.at == self.end && !self.fill()? {
                return Ok(Token::End);
            }
            if self.buffer[self.at] != b'<' {
                let length = self.until(|rest| memchr(b'<', rest))?.unwrap_or(self.end - self.at);
                return Ok(Token::Text(self.take(length, 0)));
            }
            let kind = self.until(|rest| rest.get(1).copied().map(usize::from))?.ok_or(XmlError::CutOff)?;
            match u8::try_from(kind).unwrap_or_default() {
                b'/' => {
                    let length = self.until(|rest| memchr(b'>', rest))?.ok_or(XmlError::CutOff)?;
                    let name = &self.take(length, 1)[2..];
                    return Ok(Token::Close(local(name.trim_ascii_end())));
                }
                b'?' => self.skip(b"?>")?,
                b'!' => {
                    // As much as tells a comment from literal text.
                    let seen = self.until(|rest| (rest.len() >= 9).then_some(9))?.unwrap_or(self.end - self.at);
                    let start = &self.buffer[self.at..self.at + seen];
                    if start == b"<![CDATA[" {
                        let length = self.until(|rest| memmem::find(rest, b"]]>"))?.ok_or(XmlError::CutOff)?;
                        return Ok(Token::Literal(&self.take(length, 3)[9..]));
                    }
                    let is_comment = start.starts_with(b"<!--");
                    self.skip(if is_comment { b"-->" } else { b">" })?;
                }
                _ => {
                    let length = self.until(tag_length)?.ok_or(XmlError::CutOff)?;
                    let inner = &self.take(length, 1)[1..];
                    let is_empty = inner.last() == Some(&b'/');
                    let inner = if is_empty { &inner[..inner.len() - 1] } else { inner };
                    return Ok(Token::Open(Tag { inner, is_empty }));
                }
            }
        }
    }

    /// What comes next: at least `count` bytes, where there are so many.
    pub(crate) fn ahead(&mut self, count: usize) -> Result<&[u8], XmlError> {
        while self.end - self.at < count && self.fill()? {}
        Ok(&self.buffer[self.at..self.end])
    }

    /// Passes over `count` bytes that were seen ahead.
    pub(crate) fn advance(&mut self, count: usize) {
        self.at = (self.at + count).min(self.end);
    }

    /// Reads to the end of the element called `name`, which was opened, and adds its text to `text`.
    pub(crate) fn text_of(&mut self, name: &[u8], text: &mut String) -> Result<(), XmlError> {
        loop {
            match self.next()? {
                Token::Text(bytes) => push_text(bytes, text),
                Token::Literal(bytes) => text.push_str(&String::from_utf8_lossy(bytes)),
                Token::Close(other) if other == name => return Ok(()),
                Token::End => return Err(XmlError::CutOff),
                Token::Open(_) | Token::Close(_) => {}
            }
        }
    }

    /// Passes over the rest of the element called `name`, which was opened.
    pub(crate) fn pass(&mut self, name: &[u8]) -> Result<(), XmlError> {
        loop {
            match self.next()? {
                Token::Close(other) if other == name => return Ok(()),
                Token::End => return Err(XmlError::CutOff),
                _ => {}
            }
        }
    }

    /// Gives out `length` bytes, and passes over `more` behind them.
    fn take(&mut self, length: usize, more: usize) -> &[u8] {
        let start = self.at;
        self.at += length + more;
        &self.buffer[start..start + length]
    }

    fn skip(&mut self, end: &[u8]) -> Result<(), XmlError> {
        let length = self.until(|rest| memmem::find(rest, end))?.ok_or(XmlError::CutOff)?;
        self.take(length, end.len());
        Ok(())
    }

    /// What `find` finds in what is left, of which more is read until it does; `None` where it does not to the end.
    fn until(&mut self, find: impl Fn(&[u8]) -> Option<usize>) -> Result<Option<usize>, XmlError> {
        loop {
            if let Some(found) = find(&self.buffer[self.at..self.end]) {
                return Ok(Some(found));
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Reads more; false at the end.
    fn fill(&mut self) -> Result<bool, XmlError> {
        self.buffer.copy_within(self.at..self.end, 0);
        (self.at, self.end) = (0, self.end - self.at);
        if self.end * 2 > self.buffer.len() {
            if self.end > MAX_TOKEN {
                return Err(XmlError::TooLong);
            }
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let room = &mut self.buffer[self.end..];
        let count = match &mut self.utf16 {
            None => self.source.read(room)?,
            Some(utf16) => utf16.read(&mut *self.source, room)?,
        };
        self.end += count;
        Ok(count > 0)
    }
}

/// The length of a tag before its `>`; one in quotes does not end it.
fn tag_length(tag: &[u8]) -> Option<usize> {
    let mut quote = None;
    tag.iter().position(|&byte| {
        match (quote, byte) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        false
    })
}

/// Turns UTF-16 into UTF-8.
struct Utf16 {
    is_big_endian: bool,
    /// Bytes read and not turned yet.
    held: Vec<u8>,
}

impl Utf16 {
    fn read(&mut self, source: &mut dyn Read, room: &mut [u8]) -> std::io::Result<usize> {
        // Two bytes become three at most, and `room` is never smaller than half of the buffer.
        source.take(room.len() as u64 / 3).read_to_end(&mut self.held)?;
        let mut units = self.held.len() / 2;
        let unit = |pair: &[u8]| {
            let pair = [pair[0], pair[1]];
            if self.is_big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
        };
        // The second half of a pair may be yet to come.
        let is_open = |last: &[u8]| (0xd800..0xdc00).contains(&unit(last));
        if units > 1 && is_open(&self.held[units * 2 - 2..units * 2]) {
            units -= 1;
        }
        let mut length = 0;
        for character in char::decode_utf16(self.held[..units * 2].chunks_exact(2).map(unit)) {
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            length += character.encode_utf8(&mut room[length..]).len();
        }
        self.held.drain(..units * 2);
        Ok(length)
    }
}

/// Adds `bytes` to `text`, with characters in the place of entities and plain line ends.
pub(crate) fn push_text(bytes: &[u8], text: &mut String) {
    let bytes = String::from_utf8_lossy(bytes);
    let mut rest: &str = &bytes;
    while let Some(special) = rest.find(['&', '\r']) {
        text.push_str(&rest[..special]);
        rest = &rest[special..];
        if let Some(after) = rest.strip_prefix('\r') {
            rest = after.strip_prefix('\n').unwrap_or(after);
            text.push('\n');
            continue;
        }
        let found = rest.find(';').and_then(|end| Some((entity(&rest[1..end])?, end)));
        let (character, length) = found.map_or(('&', 1), |(character, end)| (character, end + 1));
        text.push(character);
        rest = &rest[length..];
    }
    text.push_str(rest);
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

/// Text with characters in the place of `_x000D_` and the like: so workbooks write what XML cannot hold, as units of UTF-16.
pub(crate) fn without_escapes(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut units = Vec::new();
        while let Some(unit) = escape(rest) {
            units.push(unit);
            rest = &rest[ESCAPE..];
        }
        if units.is_empty() {
            plain.push_str(&rest[..2]);
            rest = &rest[2..];
        }
        plain.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The length of `_x000D_`.
const ESCAPE: usize = 7;

/// The unit that is written at the start of `text`.
fn escape(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests;
