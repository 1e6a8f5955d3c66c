//! The file around a project.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde_json::Value;

use crate::engine::model::Project;

/// The version that is written. Raise it with every change that an older Groundwork would read wrongly, and add an upgrader.
pub const CURRENT_VERSION: u32 = 4;

/// What stands in `app`, so that a file is known without looking at the rest.
pub const APP: &str = "groundwork";

/// A Groundwork project file.
#[derive(Deserialize, JsonSchema)]
#[schemars(title = "Groundwork project file")]
#[expect(
    dead_code,
    reason = "what stands around the project is checked before; here it is known, and described in the schema"
)]
pub(super) struct Document {
    /// Where this schema is, for editors. Not kept.
    #[serde(default, rename = "$schema")]
    schema: Option<String>,
    /// The version of the format.
    #[schemars(extend("const" = CURRENT_VERSION))]
    schema_version: u32,
    /// What the file belongs to.
    #[schemars(extend("const" = APP))]
    app: String,
    /// What is saved.
    pub(super) project: Project,
}

/// The JSON Schema (draft 2020-12) of the project file.
pub fn json_schema() -> Value {
    describe::<Document>(SchemaSettings::draft2020_12())
}

/// The JSON Schema (draft 2020-12) of something that is written and not read: every field is there.
pub fn json_schema_of_output<T: JsonSchema>() -> Value {
    describe::<T>(SchemaSettings::draft2020_12().for_serialize())
}

/// Descriptions come from the documentation of the types, whose links mean nothing outside of it.
fn describe<T: JsonSchema>(settings: SchemaSettings) -> Value {
    let without_links = RecursiveTransform(|schema: &mut Schema| {
        if let Some(Value::String(description)) = schema.get_mut("description") {
            *description = description.replace("[`", "`").replace("`]", "`");
        }
    });
    settings.with_transform(without_links).into_generator().into_root_schema_for::<T>().to_value()
}
