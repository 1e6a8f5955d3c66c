//! Zip archives that come from strangers: checked before anything is unpacked, counted while it is.

use std::borrow::Cow;
use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

/// Most entries an archive may have. A workbook of RVTools has about forty.
const MAX_ENTRIES: usize = 10_000;

/// Most bytes that may be held unpacked in memory: shared strings, CSV files.
pub const MAX_HELD: u64 = 512 * 1024 * 1024;

/// Most bytes that may be streamed out of one archive without being held: worksheets. An export of 10,000 machines
/// with every tab unpacks to 96 MB (measured on a generated one), so 100,000 stay far below.
const MAX_STREAMED: u64 = 8 * 1024 * 1024 * 1024;

/// An entry of at least this size …
const RATIO_FROM: u64 = 10 * 1024 * 1024;

/// … may be at most this many times as large as its compressed form. Worksheets reach 10 to 30; DEFLATE can reach 1,032.
const MAX_RATIO: u64 = 200;

/// Why an archive is not read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It cannot be read.
    #[error("{0}")]
    Damaged(String),
    /// It would unpack to more than any honest file.
    #[error("{0}")]
    Hostile(String),
}

impl From<ZipError> for ArchiveError {
    fn from(error: ZipError) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// An archive that passed the checks.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<Cow<'a, [u8]>>>,
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Reads the directory and refuses archives that are bombs by their own account: too many entries, entries that share bytes (which is how a
    /// small file claims petabytes), too much in total, or too much for what is stored.
    pub fn open(bytes: Cow<'a, [u8]>) -> Result<Self, ArchiveError> {
        let mut zip = ZipArchive::new(Cursor::new(bytes))?;
        if zip.len() > MAX_ENTRIES {
            return Err(ArchiveError::Hostile(format!("it has {} entries, more than {MAX_ENTRIES}", zip.len())));
        }
        if zip.has_overlapping_files()? {
            return Err(ArchiveError::Hostile("entries in it share the same bytes".into()));
        }
        let mut names = Vec::with_capacity(zip.len());
        let mut total: u64 = 0;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index)?;
            total = total.saturating_add(entry.size());
            if entry.size() >= RATIO_FROM && entry.size() / entry.compressed_size().max(1) > MAX_RATIO {
                return Err(ArchiveError::Hostile(format!(
                    "an entry in it claims to be {} times as large as what is stored",
                    entry.size() / entry.compressed_size().max(1)
                )));
            }
            names.push(String::from_utf8_lossy(entry.name_raw()).replace('\\', "/"));
        }
        if total > MAX_STREAMED {
            return Err(ArchiveError::Hostile(format!("it claims to unpack to {} GiB", total >> 30)));
        }
        Ok(Self { zip, names })
    }

    /// The names of the entries, with forward slashes.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The index of an entry by name, whatever the case of letters.
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.names
            .iter()
            .position(|other| other == name)
            .or_else(|| self.names.iter().position(|other| other.eq_ignore_ascii_case(name)))
    }

    /// Counts what an entry says it unpacks to as held, if it and what is already held stay within bounds.
    pub(crate) fn claim(&mut self, index: usize, held: &mut u64) -> Result<(), ArchiveError> {
        *held = held.saturating_add(self.zip.by_index_raw(index)?.size());
        if *held > MAX_HELD {
            return Err(ArchiveError::Hostile(format!("it unpacks to more than {} MiB", MAX_HELD >> 20)));
        }
        Ok(())
    }

    /// Unpacks an entry as it is read; reading fails where there is more of it than it says.
    pub(crate) fn stream(&mut self, index: usize) -> Result<Box<dyn Read + '_>, ArchiveError> {
        let entry = self.zip.by_index(index)?;
        let left = entry.size();
        Ok(Box::new(Counted { source: entry, left }))
    }

    /// Unpacks an entry into memory, if it and what is already held stay within bounds.
    pub fn hold(&mut self, index: usize, held: &mut u64) -> Result<Vec<u8>, ArchiveError> {
        self.claim(index, held)?;
        let mut bytes = Vec::new();
        self.stream(index)?.read_to_end(&mut bytes).map_err(|error| ArchiveError::Damaged(error.to_string()))?;
        Ok(bytes)
    }
}

/// Fails when more bytes come than were claimed.
struct Counted<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| io::Error::other("an entry unpacks to more than it claims"))?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).expect("starts");
            writer.write_all(bytes).expect("writes");
        }
        writer.finish().expect("finishes").into_inner()
    }

    #[test]
    fn an_honest_archive_is_read() {
        let bytes = archive(&[("Folder/A.csv", b"x,y\n1,2\n")]);
        let mut archive = Archive::open(Cow::Owned(bytes)).expect("opens");
        assert_eq!(archive.names(), ["Folder/A.csv"]);
        let index = archive.find("/folder/a.CSV").expect("is there");
        assert_eq!(archive.hold(index, &mut 0).expect("unpacks"), b"x,y\n1,2\n");
    }

    #[test]
    fn a_bomb_is_refused_by_its_ratio() {
        let bytes = archive(&[("zeros", &vec![0; 16 * 1024 * 1024])]);
        let error = Archive::open(Cow::Owned(bytes)).err().expect("is refused");
        assert!(matches!(error, ArchiveError::Hostile(_)), "{error}");
    }

    #[test]
    fn an_entry_that_lies_about_its_size_is_stopped() {
        let mut bytes = archive(&[("data", &[7; 5000])]);
        // The size stands in the local header (at 22) and in the directory (at 24); both are made to say 10.
        let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").expect("has a directory");
        bytes[22..26].copy_from_slice(&10_u32.to_le_bytes());
        bytes[directory + 24..directory + 28].copy_from_slice(&10_u32.to_le_bytes());
        let mut archive = Archive::open(Cow::Owned(bytes)).expect("opens");
        assert!(archive.hold(0, &mut 0).is_err());
    }

    #[test]
    fn what_is_held_is_bounded_over_entries() {
        let bytes = archive(&[("a", b"12345"), ("b", b"12345")]);
        let mut archive = Archive::open(Cow::Owned(bytes)).expect("opens");
        let mut held = MAX_HELD - 8;
        assert!(archive.hold(0, &mut held).is_ok());
        assert!(matches!(archive.hold(1, &mut held), Err(ArchiveError::Hostile(_))));
    }

    #[test]
    fn rubbish_is_damaged() {
        assert!(matches!(Archive::open(Cow::Borrowed(b"PK\x03\x04rubbish")), Err(ArchiveError::Damaged(_))));
    }
}
