//! `groundwork schema`: what files and outputs look like, for programs.

use groundwork::engine::schema::{json_schema, json_schema_of_output};

use super::import::ImportOutput;
use super::plan::PlanOutput;
use super::{Done, json};
use crate::args::Document;
use crate::files::Failure;

pub(super) fn run(document: Document) -> Result<Done, Failure> {
    let schema = match document {
        Document::Project => json_schema(),
        Document::Import => json_schema_of_output::<ImportOutput<'_>>(),
        Document::Plan => json_schema_of_output::<PlanOutput<'_>>(),
    };
    json(&schema).map(Done::output)
}
