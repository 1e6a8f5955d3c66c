//! Reading and writing files and the terminal. Nothing else in this program does either.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use groundwork::engine::import::{self, Imported, InputFile};
use groundwork::engine::progress::Silent;
use groundwork::engine::schema;

/// Why a command could not be carried out, in words that say what to do.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A file or folder that cannot be read.
    #[error("{} cannot be read: {error}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file that cannot be written.
    #[error("{} cannot be written: {error}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A project file that cannot be opened.
    #[error("{}: {error}", path.display())]
    Project {
        /// Which.
        path: PathBuf,
        /// Why.
        error: schema::SchemaError,
    },
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::Read { path: path.to_owned(), error })
}

/// A file to read bit by bit, with its size.
pub fn stream(path: &Path) -> Result<(std::fs::File, u64), Failure> {
    let open = || {
        let file = std::fs::File::open(path)?;
        let size = file.metadata()?.len();
        Ok((file, size))
    };
    open().map_err(|error| Failure::Read { path: path.to_owned(), error })
}

/// Writes a file whole or not at all: whoever reads it while this runs, or after a crash, sees the old one or the new one.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let part = path.with_added_extension("part");
    std::fs::write(&part, bytes)
        .and_then(|()| std::fs::rename(&part, path))
        .map_err(|error| Failure::Write { path: path.to_owned(), error })
}

/// Imports files by their paths.
pub fn import(paths: &[PathBuf]) -> Result<Imported, Failure> {
    let read = |path: &PathBuf| Ok((name(path), read(path)?));
    let files = paths.iter().map(read).collect::<Result<Vec<_>, Failure>>()?;
    let inputs: Vec<InputFile<'_>> = files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
    Ok(import::import(&inputs, &mut Silent))
}

/// Opens a project file.
pub fn open(path: &Path) -> Result<schema::Opened, Failure> {
    opened(path, schema::open(&read(path)?))
}

/// Opens the project that a workbook carries; nothing for every other file.
pub fn open_workbook(path: &Path) -> Result<Option<schema::Opened>, Failure> {
    let bytes = read(path)?;
    schema::carries_project(&bytes).then(|| opened(path, schema::open_workbook(&bytes))).transpose()
}

fn opened(path: &Path, opened: Result<schema::Opened, schema::SchemaError>) -> Result<schema::Opened, Failure> {
    opened.map_err(|error| Failure::Project { path: path.to_owned(), error })
}

/// The name of a file without its folder: folders are nobody's business, and so are not saved.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or(OsStr::new("?")).to_string_lossy().into_owned()
}

/// Prints what was asked for. A reader that went away, such as `head`, is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Write { path: PathBuf::from("the output"), error })
        }
        _ => Ok(()),
    }
}

/// Prints a line beside the output.
pub fn complain(line: &str) {
    // Where even this cannot be written, nobody is there to be told.
    let _nobody = writeln!(io::stderr().lock(), "{line}");
}

/// The files of a folder with this extension, sorted.
pub fn with_extension(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::Read { path: folder.to_owned(), error };
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>().map_err(failed)?;
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    Ok(paths)
}

/// Makes a folder, where it is not there.
pub fn create_folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path).map_err(|error| Failure::Write { path: path.to_owned(), error })
}

/// Removes a file.
pub fn remove(path: &Path) -> Result<(), Failure> {
    std::fs::remove_file(path).map_err(|error| Failure::Write { path: path.to_owned(), error })
}
