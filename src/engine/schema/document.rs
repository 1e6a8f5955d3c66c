//! The file around a project.

use std::borrow::Cow;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Deserialize;

use crate::engine::model::Project;

/// The version that is written. Raise it with every change that an older Groundwork would read wrongly, and add an upgrader.
pub const CURRENT_VERSION: u32 = 1;

/// What stands in `app`, so that a file is known without looking at the rest.
pub const APP: &str = "groundwork";

/// A Groundwork project file.
#[derive(Deserialize, JsonSchema)]
#[schemars(title = "Groundwork project file")]
pub(super) struct Document {
    /// Where this schema is, for editors. Not kept.
    #[serde(default, rename = "$schema")]
    _schema: Option<String>,
    /// The version of the format.
    #[schemars(extend("const" = CURRENT_VERSION))]
    pub(super) schema_version: u32,
    /// What the file belongs to.
    #[schemars(extend("const" = APP))]
    pub(super) app: Cow<'static, str>,
    /// What is saved.
    pub(super) project: Project,
}

/// The JSON Schema (draft 2020-12) of the file.
pub fn json_schema() -> serde_json::Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Document>().to_value()
}
