//! The id of a build: both modules of the site carry it, and the page asks for the engine by it.
//!
//! It is a hash of everything the site is made from, so the same sources give the same id on every machine.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project;

/// The environment variable in which the compiler finds the id.
pub const VARIABLE: &str = "GROUNDWORK_BUILD_ID";

/// Files and directories that the site is made from.
const SOURCES: [&str; 14] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "build.rs",
    "crates",
    "index.html",
    "rust-toolchain.toml",
    "src",
    "static",
    "xtask/site",
    "xtask/src/commands/styles.rs",
    "xtask/src/split.rs",
    "xtask/src/versions.rs",
];

/// The id of the sources as they are now: 16 hexadecimal digits.
pub fn current() -> Result<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect_files(&project::path(source), &mut files).with_context(|| format!("cannot list {source}"))?;
    }
    let mut hash = Fnv::new();
    for (name, path) in with_portable_names(files) {
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        hash.add_file(&name, &content);
    }
    Ok(format!("{:016x}", hash.0))
}

/// The hash FNV-1a of 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): enough to tell builds apart, where nobody gains from forging one.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds name and content with their lengths, so that no two sets of files look the same.
    fn add_file(&mut self, name: &str, content: &[u8]) {
        for part in [name.as_bytes(), content] {
            self.add(&(part.len() as u64).to_le_bytes());
            self.add(part);
        }
    }
}

/// Sorted by the name inside the repository, written with `/` on every system.
fn with_portable_names(files: Vec<PathBuf>) -> Vec<(String, PathBuf)> {
    let name = |path: &Path| path.strip_prefix(project::root()).unwrap_or(path).to_string_lossy().replace('\\', "/");
    let mut named: Vec<_> = files.into_iter().map(|path| (name(&path), path)).collect();
    named.sort();
    named
}

/// Adds the file `path`, or all files below the directory `path`, in no particular order. Hidden files inside a directory are left out.
pub fn collect_files(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            collect_files(&entry.path(), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_of(files: &[(&str, &str)]) -> u64 {
        let mut hash = Fnv::new();
        for (name, content) in files {
            hash.add_file(name, content.as_bytes());
        }
        hash.0
    }

    #[test]
    fn hash_is_that_of_the_reference() {
        let mut hash = Fnv::new();
        hash.add(b"foobar");
        assert_eq!(hash.0, 0x8594_4171_f739_67e8);
    }

    #[test]
    fn id_of_these_sources_is_stable() {
        let id = current().unwrap();
        assert!(id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
        assert_eq!(id, current().unwrap());
    }

    #[test]
    fn every_change_of_name_or_content_changes_the_id() {
        let ids =
            [id_of(&[("a", "bc")]), id_of(&[("ab", "c")]), id_of(&[("a", "bd")]), id_of(&[("a", "b"), ("c", "")])];
        for (index, id) in ids.iter().enumerate() {
            assert!(!ids[..index].contains(id), "case {index} looks like an earlier one");
        }
    }
}
