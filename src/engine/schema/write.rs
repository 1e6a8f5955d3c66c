//! Writing: the same project gives the same bytes.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::{APP, CURRENT_VERSION};
use crate::engine::model::{Estate, ImportReport, Project};

/// The project file. Compact, yet with one line for each machine, footprint, rule and the like, so that line-wise comparison of two files is of use.
///
/// # Panics
///
/// Never: the types of a project have no value that JSON cannot hold, which is checked by a property test.
pub fn save(project: &Project) -> Vec<u8> {
    let mut file = Writer::begin();
    file.member("name", &project.name, 0);
    file.member("scenarios", &project.scenarios, 3);
    file.member("report", &*project.report, 2);
    file.member("estate", &*project.estate, 2);
    file.end()
}

/// The part of the project file that changes with every edit: all but the estate and its import report.
pub fn save_inputs(project: &Project) -> Vec<u8> {
    let mut file = Writer::begin();
    file.member("name", &project.name, 0);
    file.member("scenarios", &project.scenarios, 0);
    file.end()
}

/// The part of the project file that changes with an import only.
pub fn save_estate(estate: &Estate, report: &ImportReport) -> Vec<u8> {
    let mut file = Writer::begin();
    file.member("report", report, 0);
    file.member("estate", estate, 0);
    file.end()
}

/// Writes the document around the members of a project.
struct Writer {
    out: Vec<u8>,
    separator: &'static str,
}

impl Writer {
    fn begin() -> Self {
        let head = format!("{{\n\"schema_version\":{CURRENT_VERSION},\n\"app\":\"{APP}\",\n\"project\":{{");
        Self { out: head.into_bytes(), separator: "\n" }
    }

    /// Writes one member of the project with its `broken` outermost levels broken into lines.
    fn member<T: Serialize>(&mut self, key: &str, value: &T, broken: usize) {
        self.out.extend_from_slice(format!("{}\"{key}\":", self.separator).as_bytes());
        self.separator = ",\n";
        let lines = Lines { broken, depth: 0, empty: true };
        if let Err(error) = value.serialize(&mut Serializer::with_formatter(&mut self.out, lines)) {
            unreachable!("every value of a project can be written as JSON: {error}");
        }
    }

    fn end(mut self) -> Vec<u8> {
        self.out.extend_from_slice(b"\n}\n}\n");
        self.out
    }
}

/// Breaks the outermost levels into lines, indented by one space each, and writes the rest compactly.
struct Lines {
    broken: usize,
    depth: usize,
    empty: bool,
}

impl Lines {
    fn open<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: u8) -> io::Result<()> {
        self.depth += 1;
        self.empty = true;
        writer.write_all(&[bracket])
    }

    fn close<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: u8) -> io::Result<()> {
        self.depth -= 1;
        if !self.empty && self.depth < self.broken {
            self.line(writer)?;
        }
        self.empty = false;
        writer.write_all(&[bracket])
    }

    fn next<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.empty = false;
        if !first {
            writer.write_all(b",")?;
        }
        if self.depth <= self.broken { self.line(writer) } else { Ok(()) }
    }

    fn line<W: Write + ?Sized>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_level| writer.write_all(b" "))
    }
}

impl Formatter for Lines {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b'[')
    }
    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b']')
    }
    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.next(writer, first)
    }
    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b'{')
    }
    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b'}')
    }
    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.next(writer, first)
    }
}
