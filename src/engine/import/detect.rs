//! What a file is, by its first bytes.

use memchr::memmem;

/// The kinds of file that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// Nothing.
    Empty,
    /// A zip archive, which a workbook is too.
    Zip,
    /// A compound file with a workbook stream: Excel 97 to 2003.
    OldXls,
    /// A compound file with an encrypted package: a workbook with a sensitivity label or a password.
    Encrypted,
    /// A compound file with anything else.
    OtherOle,
    /// Something that is known and not read, by its name.
    Other(&'static str),
    /// Perhaps delimited text.
    Text,
}

/// First bytes of a compound file ([MS-CFB] 2.2, <https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb>).
const OLE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Tells what a file is.
pub(super) fn detect(bytes: &[u8]) -> FileKind {
    if bytes.is_empty() {
        return FileKind::Empty;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return FileKind::Zip;
    }
    if bytes.starts_with(&OLE) {
        return detect_ole(bytes);
    }
    let known: [(&[u8], &str); 8] = [
        (b"%PDF", "it is a PDF document"),
        (b"{\\rtf", "it is a text document"),
        (b"Rar!", "it is a RAR archive; unpack it first"),
        (b"7z\xbc\xaf", "it is a 7-Zip archive; unpack it first"),
        (b"\x1f\x8b", "it is a gzip archive; unpack it first"),
        (b"\x89PNG", "it is a picture"),
        (b"\xff\xd8\xff", "it is a picture"),
        (b"SQLite format 3", "it is a database"),
    ];
    if let Some((_, what)) = known.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return FileKind::Other(what);
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let start = start[..start.len().min(16)].to_ascii_lowercase();
    if start.starts_with(b"<!doctype html") || start.starts_with(b"<html") {
        return FileKind::Other("it is a web page");
    }
    if start.starts_with(b"<?xml") {
        return FileKind::Other("it is an XML document; open it in Excel and save it as .xlsx");
    }
    if start.starts_with(b"{") || start.starts_with(b"[") {
        return FileKind::Other("it is JSON; open a project file with Open instead");
    }
    FileKind::Text
}

/// The directory of a compound file names its streams in UTF-16. `EncryptedPackage` is in every encrypted workbook ([MS-OFFCRYPTO] 2.3.4.4).
fn detect_ole(bytes: &[u8]) -> FileKind {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    if has("EncryptedPackage") {
        FileKind::Encrypted
    } else if has("Workbook") || has("Book") {
        FileKind::OldXls
    } else {
        FileKind::OtherOle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ole(stream: &str) -> Vec<u8> {
        let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
        OLE.into_iter().chain([0; 504]).chain(name).collect()
    }

    #[test]
    fn kinds_are_told_by_their_first_bytes() {
        assert_eq!(detect(b""), FileKind::Empty);
        assert_eq!(detect(b"PK\x03\x04..."), FileKind::Zip);
        assert_eq!(detect(&ole("Workbook")), FileKind::OldXls);
        assert_eq!(detect(&ole("EncryptedPackage")), FileKind::Encrypted);
        assert_eq!(detect(&ole("WordDocument")), FileKind::OtherOle);
        assert_eq!(detect(b"VM,Powerstate"), FileKind::Text);
        assert!(matches!(detect(b"%PDF-1.7"), FileKind::Other(_)));
        assert!(matches!(detect(b"\n<HTML><body>"), FileKind::Other(_)));
    }
}
