//! Reading.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;
use serde_path_to_error::Track;

use super::document::Document;
use super::{APP, CURRENT_VERSION, SchemaError, repair, upgrade};
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
    let upgraded = upgrade::upgrade(parse::<Value>(bytes, drop)?, version)?;
    read_current(upgraded.to_string().as_bytes())
}

fn read_current(bytes: &[u8]) -> Result<(Project, Vec<String>), SchemaError> {
    let mut unknown = Vec::new();
    let document: Document = parse(bytes, |path| unknown.push(path))?;
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
    let header: Header = match parse(bytes, drop) {
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

/// Reads JSON, with errors that say where; tells the paths of fields that `T` does not have.
fn parse<T: DeserializeOwned>(bytes: &[u8], mut unknown: impl FnMut(String)) -> Result<T, SchemaError> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let mut track = Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    let parsed = serde_ignored::deserialize(tracked, |path| unknown(path_text(&path)));
    parsed.and_then(|value| json.end().map(|()| value)).map_err(|error| {
        let text = error.to_string();
        let problem = text.split_once(" at line ").map_or(text.as_str(), |(problem, _place)| problem).to_owned();
        match error.classify() {
            Category::Data => SchemaError::WrongValue { path: track.path().to_string(), problem },
            Category::Syntax if problem == "recursion limit exceeded" => SchemaError::TooDeep,
            Category::Io | Category::Syntax | Category::Eof => {
                SchemaError::NotJson { problem, line: error.line(), column: error.column() }
            }
        }
    })
}

/// A path as [`Track`] writes it, such as `project.scenarios[0].name`.
fn path_text(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}[{index}]", path_text(parent)),
        Path::Map { parent, key } => match path_text(parent) {
            parent if parent.is_empty() => key.clone(),
            parent => format!("{parent}.{key}"),
        },
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => path_text(parent),
    }
}
