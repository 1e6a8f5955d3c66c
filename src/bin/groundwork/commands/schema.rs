//! `groundwork schema`: what files and outputs look like, for programs.

use groundwork::engine::schema;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::import::ImportOutput;
use super::plan::PlanOutput;
use super::{Done, json};
use crate::args::Document;
use crate::files::Failure;

pub(super) fn run(document: Document) -> Result<Done, Failure> {
    let schema = match document {
        Document::Project => schema::json_schema(),
        Document::Import => schema_of::<ImportOutput>(),
        Document::Plan => schema_of::<PlanOutput>(),
    };
    json(&schema).map(Done::output)
}

/// The schema of something written, not read: every field is there.
fn schema_of<T: JsonSchema>() -> serde_json::Value {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}
