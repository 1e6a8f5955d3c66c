//! `groundwork export`: every format is written.

use crate::run::{groundwork, office};

#[test]
fn export_writes_every_format_and_names_what_it_cannot() {
    let (folder, path) = office();
    let formats = ["xlsx", "html", "markdown", "machines", "ledger", "azure-migrate", "migration-center"];
    for format in formats {
        let output = folder.path().join(format);
        let run = groundwork(&[
            "export".as_ref(),
            path.as_os_str(),
            "--format".as_ref(),
            format.as_ref(),
            "--output".as_ref(),
            output.as_os_str(),
        ])
        .succeeded();
        let bytes = std::fs::read(&output).expect("the file is there");
        assert!(run.out.ends_with(&format!(": {} bytes\n", bytes.len())), "{}", run.out);
        let head: &[u8] = match format {
            "xlsx" | "migration-center" => b"PK",
            "html" => b"<!doctype html>",
            "markdown" => b"# ",
            "azure-migrate" => b"*Server Name,",
            _ => "\u{feff}".as_bytes(),
        };
        assert!(bytes.starts_with(head), "{format}");
    }
    groundwork(&["export", "missing.json", "--format", "xlsx", "--output", "x"]).failed_with(1, &["missing.json"]);
}
