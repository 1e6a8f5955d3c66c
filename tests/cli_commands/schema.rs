//! `groundwork schema`: the documented schemas are those of the program.

use std::path::Path;

use crate::run::groundwork;

#[test]
fn the_schemas_in_the_documentation_are_current() {
    for document in ["project", "import", "plan"] {
        let path = format!("docs/schema/{document}.schema.json");
        let committed = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap_or_default();
        let printed = groundwork(&["schema", document]).succeeded().out;
        assert!(
            committed == printed,
            "{path} is old; to update: cargo run --bin groundwork -- schema {document} > {path}"
        );
    }
}
