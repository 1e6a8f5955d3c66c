//! The part of the crate `encoding_rs` that reading spreadsheets needs, in its place (`[patch.crates-io]` in the manifest of the workspace).
//!
//! The XML of an xlsx file is in UTF-8 or UTF-16 and nothing else (ECMA-376-2, Open Packaging Conventions, XML usage), but the crates that read it can be
//! told of any encoding of the web, and so the tables of all Chinese, Japanese and Korean ones were a third of the engine. Here the other encodings have
//! their names, because `codepage` lists them, and only the letters of ASCII; they occur in the older formats, which Groundwork does not open.

use std::borrow::Cow;

/// How text is written as bytes.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Encoding {
    name: &'static str,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Form {
    Utf8,
    Utf16 {
        big_endian: bool,
    },
    /// One that is known by name only.
    Ascii,
}

macro_rules! encodings {
    ($($init:ident $reference:ident $name:literal $form:expr;)*) => {
        $(
            #[doc = concat!("The encoding ", $name, ".")]
            pub static $init: Encoding = Encoding { name: $name, form: $form };
            #[doc = concat!("The encoding ", $name, ".")]
            pub static $reference: &Encoding = &$init;
        )*
    };
}

encodings! {
    UTF_8_INIT UTF_8 "UTF-8" Form::Utf8;
    UTF_16LE_INIT UTF_16LE "UTF-16LE" Form::Utf16 { big_endian: false };
    UTF_16BE_INIT UTF_16BE "UTF-16BE" Form::Utf16 { big_endian: true };
    BIG5_INIT BIG5 "Big5" Form::Ascii;
    EUC_JP_INIT EUC_JP "EUC-JP" Form::Ascii;
    EUC_KR_INIT EUC_KR "EUC-KR" Form::Ascii;
    GB18030_INIT GB18030 "gb18030" Form::Ascii;
    GBK_INIT GBK "GBK" Form::Ascii;
    IBM866_INIT IBM866 "IBM866" Form::Ascii;
    ISO_2022_JP_INIT ISO_2022_JP "ISO-2022-JP" Form::Ascii;
    ISO_8859_2_INIT ISO_8859_2 "ISO-8859-2" Form::Ascii;
    ISO_8859_3_INIT ISO_8859_3 "ISO-8859-3" Form::Ascii;
    ISO_8859_4_INIT ISO_8859_4 "ISO-8859-4" Form::Ascii;
    ISO_8859_5_INIT ISO_8859_5 "ISO-8859-5" Form::Ascii;
    ISO_8859_6_INIT ISO_8859_6 "ISO-8859-6" Form::Ascii;
    ISO_8859_7_INIT ISO_8859_7 "ISO-8859-7" Form::Ascii;
    ISO_8859_8_INIT ISO_8859_8 "ISO-8859-8" Form::Ascii;
    ISO_8859_8_I_INIT ISO_8859_8_I "ISO-8859-8-I" Form::Ascii;
    ISO_8859_10_INIT ISO_8859_10 "ISO-8859-10" Form::Ascii;
    ISO_8859_13_INIT ISO_8859_13 "ISO-8859-13" Form::Ascii;
    ISO_8859_14_INIT ISO_8859_14 "ISO-8859-14" Form::Ascii;
    ISO_8859_15_INIT ISO_8859_15 "ISO-8859-15" Form::Ascii;
    ISO_8859_16_INIT ISO_8859_16 "ISO-8859-16" Form::Ascii;
    KOI8_R_INIT KOI8_R "KOI8-R" Form::Ascii;
    KOI8_U_INIT KOI8_U "KOI8-U" Form::Ascii;
    MACINTOSH_INIT MACINTOSH "macintosh" Form::Ascii;
    REPLACEMENT_INIT REPLACEMENT "replacement" Form::Ascii;
    SHIFT_JIS_INIT SHIFT_JIS "Shift_JIS" Form::Ascii;
    WINDOWS_874_INIT WINDOWS_874 "windows-874" Form::Ascii;
    WINDOWS_1250_INIT WINDOWS_1250 "windows-1250" Form::Ascii;
    WINDOWS_1251_INIT WINDOWS_1251 "windows-1251" Form::Ascii;
    WINDOWS_1252_INIT WINDOWS_1252 "windows-1252" Form::Ascii;
    WINDOWS_1253_INIT WINDOWS_1253 "windows-1253" Form::Ascii;
    WINDOWS_1254_INIT WINDOWS_1254 "windows-1254" Form::Ascii;
    WINDOWS_1255_INIT WINDOWS_1255 "windows-1255" Form::Ascii;
    WINDOWS_1256_INIT WINDOWS_1256 "windows-1256" Form::Ascii;
    WINDOWS_1257_INIT WINDOWS_1257 "windows-1257" Form::Ascii;
    WINDOWS_1258_INIT WINDOWS_1258 "windows-1258" Form::Ascii;
    X_MAC_CYRILLIC_INIT X_MAC_CYRILLIC "x-mac-cyrillic" Form::Ascii;
    X_USER_DEFINED_INIT X_USER_DEFINED "x-user-defined" Form::Ascii;
}

impl Encoding {
    /// Its name.
    pub const fn name(&'static self) -> &'static str {
        self.name
    }

    /// The encoding that an XML declaration names, of those that are read; what is not known is taken for UTF-8 by those who ask.
    pub fn for_label(label: &[u8]) -> Option<&'static Self> {
        let is = |name: &str| label.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
        if is("utf-8") || is("utf8") {
            Some(UTF_8)
        } else if is("utf-16") || is("utf-16le") {
            Some(UTF_16LE)
        } else if is("utf-16be") {
            Some(UTF_16BE)
        } else {
            None
        }
    }

    /// The text of `bytes`, whether it was in this encoding or another that a byte order mark names, and whether anything had to be replaced.
    pub fn decode<'a>(&'static self, bytes: &'a [u8]) -> (Cow<'a, str>, &'static Self, bool) {
        let (encoding, bytes) = match bytes {
            [0xef, 0xbb, 0xbf, rest @ ..] => (UTF_8, rest),
            [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
            [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
            _ => (self, bytes),
        };
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return (text, encoding, false);
        }
        let text = match encoding.form {
            Form::Utf8 | Form::Ascii => String::from_utf8_lossy(bytes),
            Form::Utf16 { big_endian } => {
                let units = bytes.chunks(2).map(|unit| match *unit {
                    [first, second] => utf_16_unit(first, second, big_endian),
                    _ => 0xfffd,
                });
                Cow::Owned(char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect())
            }
        };
        (text, encoding, true)
    }

    /// The text of `bytes`, where all of them are in this encoding.
    pub fn decode_without_bom_handling_and_without_replacement<'a>(
        &'static self,
        bytes: &'a [u8],
    ) -> Option<Cow<'a, str>> {
        match self.form {
            Form::Ascii if !bytes.is_ascii() => None,
            Form::Utf8 | Form::Ascii => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Form::Utf16 { .. } => {
                let mut text = String::new();
                let (result, _) = self
                    .new_decoder_without_bom_handling()
                    .decode_to_string_without_replacement(bytes, &mut text, true);
                (result == DecoderResult::InputEmpty).then_some(Cow::Owned(text))
            }
        }
    }

    /// A decoder for text that comes in parts.
    pub fn new_decoder_without_bom_handling(&'static self) -> Decoder {
        Decoder { encoding: self, begun: [0; 4], length: 0 }
    }
}

/// How a step of decoding ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecoderResult {
    /// All input was read.
    InputEmpty,
    /// There is no room for the next letter.
    OutputFull,
    /// So many bytes are not in the encoding, so many bytes before the end of what was read.
    Malformed(u8, u8),
}

/// Decodes text that comes in parts.
#[derive(Debug)]
pub struct Decoder {
    encoding: &'static Encoding,
    /// The bytes of a letter that is not complete yet.
    begun: [u8; 4],
    length: usize,
}

/// What the bytes of a letter are so far.
enum Letter {
    Incomplete,
    Malformed,
    Complete(char),
}

impl Decoder {
    /// What it decodes.
    pub fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    /// The most bytes of text that so many bytes of input make.
    pub fn max_utf8_buffer_length_without_replacement(&self, byte_length: usize) -> Option<usize> {
        byte_length.checked_add(4)?.checked_mul(3)
    }

    /// Decodes onto the end of `text`; also tells how many bytes were read.
    pub fn decode_to_string_without_replacement(
        &mut self,
        source: &[u8],
        text: &mut String,
        last: bool,
    ) -> (DecoderResult, usize) {
        let mut buffer = vec![0; (source.len() + 4) * 3];
        let (result, read, written) = self.decode_to_utf8_without_replacement(source, &mut buffer, last);
        text.push_str(&String::from_utf8_lossy(&buffer[..written]));
        (result, read)
    }

    /// Decodes into `target`; also tells how many bytes were read and written.
    pub fn decode_to_utf8_without_replacement(
        &mut self,
        source: &[u8],
        target: &mut [u8],
        last: bool,
    ) -> (DecoderResult, usize, usize) {
        let (mut read, mut written) = (0, 0);
        loop {
            if self.length == 0 && self.encoding.form == Form::Utf8 {
                let part = &source[read..source.len().min(read + target.len() - written)];
                let valid = std::str::from_utf8(part).map_or_else(|error| error.valid_up_to(), str::len);
                target[written..written + valid].copy_from_slice(&part[..valid]);
                read += valid;
                written += valid;
            }
            let Some(&byte) = source.get(read) else {
                let cut_off = last && self.length > 0;
                let result =
                    if cut_off { DecoderResult::Malformed(self.length as u8, 0) } else { DecoderResult::InputEmpty };
                return (result, read, written);
            };
            self.begun[self.length] = byte;
            match self.letter(self.length + 1) {
                Letter::Incomplete => self.length += 1,
                Letter::Malformed => {
                    let length = std::mem::take(&mut self.length) as u8 + 1;
                    return (DecoderResult::Malformed(length, 0), read + 1, written);
                }
                Letter::Complete(letter) => {
                    let end = written + letter.len_utf8();
                    if end > target.len() {
                        return (DecoderResult::OutputFull, read, written);
                    }
                    letter.encode_utf8(&mut target[written..end]);
                    written = end;
                    self.length = 0;
                }
            }
            read += 1;
        }
    }

    /// What the first `length` bytes that were begun are.
    fn letter(&self, length: usize) -> Letter {
        let bytes = &self.begun[..length];
        match (self.encoding.form, bytes) {
            (Form::Ascii, &[byte, ..]) if byte.is_ascii() => Letter::Complete(char::from(byte)),
            (Form::Ascii, _) => Letter::Malformed,
            (Form::Utf8, _) => match std::str::from_utf8(bytes) {
                Ok(text) => text.chars().next().map_or(Letter::Incomplete, Letter::Complete),
                Err(error) if error.error_len().is_none() => Letter::Incomplete,
                Err(_) => Letter::Malformed,
            },
            (Form::Utf16 { big_endian }, &[first, second]) => match utf_16_unit(first, second, big_endian) {
                0xd800..=0xdbff => Letter::Incomplete,
                unit => char::from_u32(u32::from(unit)).map_or(Letter::Malformed, Letter::Complete),
            },
            (Form::Utf16 { big_endian }, &[first, second, third, fourth]) => {
                let units = [utf_16_unit(first, second, big_endian), utf_16_unit(third, fourth, big_endian)];
                match char::decode_utf16(units).next() {
                    Some(Ok(letter)) => Letter::Complete(letter),
                    _ => Letter::Malformed,
                }
            }
            (Form::Utf16 { .. }, _) => Letter::Incomplete,
        }
    }
}

fn utf_16_unit(first: u8, second: u8, big_endian: bool) -> u16 {
    if big_endian { u16::from_be_bytes([first, second]) } else { u16::from_le_bytes([first, second]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Prüfung – 検査 🖥";

    fn bytes_of(encoding: &'static Encoding) -> Vec<u8> {
        match encoding.form {
            Form::Utf8 | Form::Ascii => TEXT.into(),
            Form::Utf16 { big_endian } => TEXT
                .encode_utf16()
                .flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect(),
        }
    }

    #[test]
    fn what_is_unicode_is_decoded_at_once_and_in_parts() {
        for encoding in [UTF_8, UTF_16LE, UTF_16BE] {
            let bytes = bytes_of(encoding);
            assert_eq!(encoding.decode(&bytes), (TEXT.into(), encoding, false));
            assert_eq!(encoding.decode_without_bom_handling_and_without_replacement(&bytes), Some(TEXT.into()));
            for (part, room) in [(1, 4), (3, 5), (7, 64), (64, 6)] {
                let mut decoder = encoding.new_decoder_without_bom_handling();
                let mut text = Vec::new();
                for mut part in bytes.chunks(part) {
                    loop {
                        let mut target = vec![0; room];
                        let (result, read, written) =
                            decoder.decode_to_utf8_without_replacement(part, &mut target, false);
                        text.extend_from_slice(&target[..written]);
                        part = &part[read..];
                        if result == DecoderResult::InputEmpty {
                            break;
                        }
                        assert_eq!(result, DecoderResult::OutputFull);
                    }
                }
                assert_eq!(
                    String::from_utf8(text).as_deref(),
                    Ok(TEXT),
                    "{encoding:?}, parts of {part}, room for {room}"
                );
            }
        }
    }

    #[test]
    fn byte_order_marks_win() {
        assert_eq!(UTF_8.decode(b"\xff\xfeA\0"), ("A".into(), UTF_16LE, false));
        assert_eq!(UTF_16LE.decode(b"\xef\xbb\xbfA"), ("A".into(), UTF_8, false));
    }

    #[test]
    fn what_is_wrong_is_refused_or_replaced() {
        for (encoding, bytes, replaced) in [
            (UTF_8, &b"a\xffb"[..], "a\u{fffd}b"),
            (UTF_16LE, b"a\0\x00\xdcb\0", "a\u{fffd}b"),
            (UTF_16LE, b"a\0b", "a\u{fffd}"),
            (WINDOWS_1251, b"a\xe0", "a\u{fffd}"),
        ] {
            assert_eq!(encoding.decode(bytes), (replaced.into(), encoding, true));
            assert_eq!(encoding.decode_without_bom_handling_and_without_replacement(bytes), None);
            let mut text = String::new();
            let (result, _) = encoding
                .new_decoder_without_bom_handling()
                .decode_to_string_without_replacement(bytes, &mut text, true);
            assert!(matches!(result, DecoderResult::Malformed(..)), "{encoding:?}: {result:?}");
        }
    }

    #[test]
    fn labels_of_xml_are_known() {
        assert_eq!(Encoding::for_label(b" Utf-8 "), Some(UTF_8));
        assert_eq!(Encoding::for_label(b"UTF-16"), Some(UTF_16LE));
        assert_eq!(Encoding::for_label(b"shift_jis"), None);
    }
}
