//! Reading.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use super::document::Document;
use super::{APP, CURRENT_VERSION, SchemaError, repair, save, upgrade, walk};
use crate::engine::model::Project;

/// The most bytes that are read. An estate of 100,000 machines takes about 100 MB.
pub const MAX_BYTES: usize = 1 << 29;

/// Notes about unknown fields that are given one by one.
const MAX_UNKNOWN: usize = 10;

/// An opened project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The project, in order.
    pub project: Project,
    /// What was put right or passed over, as sentences; empty for a file that Groundwork wrote.
    pub notes: Vec<String>,
}

/// Opens a project file of any version up to the current one, and puts right what the engine relies on.
pub fn open(bytes: &[u8]) -> Result<Opened, SchemaError> {
    let (mut project, mut notes) = read(bytes)?;
    notes.extend(repair(&mut project));
    Ok(Opened { project, notes })
}

/// Opens what [`super::save_inputs`] and [`super::save_estate`] wrote. The parts may be of different versions.
pub fn open_parts(inputs: &[u8], estate: &[u8]) -> Result<Opened, SchemaError> {
    let (mut project, mut notes) = read(inputs)?;
    let (part, more) = read(estate)?;
    project.estate = part.estate;
    project.report = part.report;
    notes.extend(more);
    notes.extend(repair(&mut project));
    Ok(Opened { project, notes })
}

/// Reads a file into the current types without putting anything right. Gives notes about what it passed over.
fn read(bytes: &[u8]) -> Result<(Project, Vec<String>), SchemaError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > MAX_BYTES {
        return Err(SchemaError::TooLarge { bytes: bytes.len(), limit: MAX_BYTES });
    }
    let version = version(bytes)?;
    if version == CURRENT_VERSION {
        return read_current(bytes);
    }
    // The common case above reads straight into the types; only an older file pays for the detour.
    let upgraded = upgrade::upgrade(parse(bytes)?, version)?;
    read_current(upgraded.to_string().as_bytes())
}

fn read_current(bytes: &[u8]) -> Result<(Project, Vec<String>), SchemaError> {
    let document: Document = parse(bytes)?;
    // Whatever was understood is written, because no field is ever skipped.
    let unknown = walk::unknown_fields(bytes, &save(&document.project));
    let mut notes: Vec<String> = unknown
        .iter()
        .take(MAX_UNKNOWN)
        .map(|path| format!("{path} is not known here and was passed over; saving loses it."))
        .collect();
    if unknown.len() > MAX_UNKNOWN {
        notes.push(format!("{} more fields are not known here and were passed over.", unknown.len() - MAX_UNKNOWN));
    }
    Ok((document.project, notes))
}

/// What every version of the file has. Values, not types: a wrong one deserves a better message than serde's.
#[derive(Deserialize)]
struct Header {
    schema_version: Option<Value>,
    app: Option<Value>,
}

/// The version of a file that is a project and not too new.
fn version(bytes: &[u8]) -> Result<u32, SchemaError> {
    let not_an_object = SchemaError::NotAProject("its outermost value is not an object with one schema_version");
    let header: Header = match parse(bytes) {
        Err(SchemaError::WrongValue { .. }) => return Err(not_an_object),
        // serde takes a list for the fields of a struct in their order, which no file of ours is.
        Ok(_header) if !bytes.trim_ascii_start().starts_with(b"{") => return Err(not_an_object),
        header => header?,
    };
    if header.app.as_ref().and_then(Value::as_str) != Some(APP) {
        return Err(SchemaError::NotAProject("\"app\" is not \"groundwork\""));
    }
    let found = header.schema_version.as_ref().and_then(Value::as_u64).filter(|&version| version >= 1);
    let found = found.ok_or(SchemaError::NotAProject("\"schema_version\" is not a whole number from 1"))?;
    u32::try_from(found)
        .ok()
        .filter(|&version| version <= CURRENT_VERSION)
        .ok_or(SchemaError::TooNew { found, supported: CURRENT_VERSION })
}

/// Reads JSON, with errors that say where.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, SchemaError> {
    serde_json::from_slice(bytes).map_err(|error| refusal(bytes, &error))
}

fn refusal(bytes: &[u8], error: &serde_json::Error) -> SchemaError {
    let text = error.to_string();
    let problem = text.split_once(" at line ").map_or(text.as_str(), |(problem, _place)| problem).to_owned();
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        Category::Data => {
            let before: usize =
                bytes.split_inclusive(|&byte| byte == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
            SchemaError::WrongValue { path: walk::path_at(bytes, before + column), problem }
        }
        Category::Syntax if problem == "recursion limit exceeded" => SchemaError::TooDeep,
        Category::Io | Category::Syntax | Category::Eof => SchemaError::NotJson { problem, line, column },
    }
}
