//! `cargo xtask styles`: the style sheets of the site as one file, without their comments. Trunk calls it before every build (`Trunk.toml`).
//!
//! They are loaded with the first visit, and what belongs to one compresses a quarter smaller than what stands in six files.

use std::fs;

use anyhow::{Context, Result};

use crate::project;

/// The style sheets in the order in which they count.
const SHEETS: [&str; 6] = ["tokens", "base", "layout", "components", "pages", "print"];

/// The file that `index.html` names.
const OUTPUT: &str = "target/site.css";

/// Writes the file.
pub fn run() -> Result<()> {
    let mut site = String::new();
    for sheet in SHEETS {
        let path = project::path(&format!("static/css/{sheet}.css"));
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        site.push_str(&plain(&text));
    }
    let output = project::path(OUTPUT);
    if let Some(directory) = output.parent() {
        fs::create_dir_all(directory).with_context(|| format!("cannot make {}", directory.display()))?;
    }
    fs::write(&output, site).with_context(|| format!("cannot write {}", output.display()))
}

/// A style sheet without comments, indentation and empty lines. What stands in quotes is kept as it is.
fn plain(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    let mut quote = None;
    while let Some(next) = rest.chars().next() {
        if quote.is_none()
            && let Some(comment) = rest.strip_prefix("/*")
        {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        if quote == Some(next) {
            quote = None;
        } else if quote.is_none() && matches!(next, '"' | '\'') {
            quote = Some(next);
        }
        code.push(next);
        rest = &rest[next.len_utf8()..];
    }
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_all_else_stays() {
        let text =
            "/* a */\n@layer x {\n  a::before { /* b\n  c */ content: \"/* \\201c */\"; }\n\n  b { c: d }\n}\n/* open";
        assert_eq!(plain(text), "@layer x {\na::before {  content: \"/* \\201c */\"; }\nb { c: d }\n}\n");
    }

    #[test]
    fn every_sheet_of_the_site_is_in_the_list() {
        let mut found: Vec<String> = fs::read_dir(project::path("static/css"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().replace(".css", ""))
            .collect();
        found.sort();
        let mut listed = SHEETS;
        listed.sort_unstable();
        assert_eq!(found, listed);
    }
}
