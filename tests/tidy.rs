//! Rules about the sources that the compiler does not know. Each failure says which line breaks which rule, and what to do instead.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails the test, as it should")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "../xtask/src/versions.rs"]
#[expect(dead_code, reason = "of the versions, only those written in a second place are compared here")]
mod versions;

/// Modules that know neither browser nor clock.
const PURE: [&str; 9] = [
    "src/engine",
    "crates/basics",
    "crates/placement",
    "crates/workbook",
    "src/export",
    "src/store",
    "src/chart",
    "src/protocol.rs",
    "src/protocol",
];

/// The engine, with the crates that it is made of.
const ENGINE: [&str; 3] = ["src/engine", "crates/basics", "crates/placement"];

/// Words of the browser and of the clock.
const IMPURE_WORDS: [&str; 7] = ["web_sys", "js_sys", "gloo", "wasm_bindgen", "yew", "Instant::now", "SystemTime"];

/// Functions on floats whose last bit the standard library does not promise.
const INEXACT_CALLS: [&str; 12] =
    [".powf(", ".exp(", ".exp2(", ".ln(", ".log(", ".log2(", ".log10(", ".sin(", ".cos(", ".tan(", ".tanh(", ".cbrt("];

/// Ways to write a colour, besides `#rrggbb`.
const COLOUR_FUNCTIONS: [&str; 9] = ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch("];

#[test]
fn pure_modules_know_neither_browser_nor_clock() {
    let rule = "the engine, the store, the charts and the protocol run natively too and must give the same result on every machine; pass the value in";
    expect_none(
        rule,
        lines_of(&rust_files(&PURE)).filter(|line| IMPURE_WORDS.iter().any(|word| has_word(line.code(), word))),
    );
}

#[test]
fn engine_calls_no_inexact_float_functions() {
    let rule = "the result may differ between native and wasm32; use the function of the crate libm";
    expect_none(
        rule,
        lines_of(&rust_files(&ENGINE)).filter(|line| INEXACT_CALLS.iter().any(|call| line.code().contains(call))),
    );
}

#[test]
fn colours_are_in_the_tokens_only() {
    let rule = "a colour outside static/css/tokens.css escapes the themes; use or add a custom property there";
    let styles = files(&["static/css"], &["css"]).into_iter().filter(|path| !path.ends_with("tokens.css"));
    let files: Vec<_> = styles.chain(rust_files(&["src/ui", "src/chart"])).collect();
    expect_none(rule, lines_of(&files).filter(|line| has_colour(line.code())));
}

#[test]
fn no_html_is_made_from_strings() {
    let rule = "names come from files of strangers; let Yew make the nodes, it escapes text";
    expect_none(
        rule,
        lines_of(&rust_files(&["src"]))
            .filter(|line| ["from_html_unchecked", "set_inner_html"].iter().any(|call| line.code().contains(call))),
    );
}

#[test]
fn no_style_attributes_are_written() {
    let rule = "the content security policy blocks style attributes; set custom properties through `Styled` (src/ui/shared/style.rs)";
    let has_style =
        |line: &Line| [" style=", "set_attribute(\"style\""].iter().any(|attribute| line.code().contains(attribute));
    let files: Vec<_> = rust_files(&["src"]).into_iter().chain(files(&["static"], &["js", "html"])).collect();
    expect_none(rule, lines_of(&files).filter(has_style));
}

#[test]
fn every_to_do_has_an_owner() {
    let rule = "write who will do it, as TODO(name), or do it";
    let files = tracked(&["rs", "js", "mjs", "css", "html", "md", "toml"]);
    let ownerless = |line: &Line| {
        let mut after = line.text.split("TODO").skip(1);
        after.any(|rest| !rest.starts_with('(') || rest.starts_with("()")) || has_word(&line.text, "FIXME")
    };
    expect_none(rule, lines_of(&files).filter(|line| !line.is_in("tests/tidy.rs")).filter(ownerless));
}

#[test]
fn every_module_says_what_it_is_for() {
    let rule = "begin the file with a `//!` sentence";
    let modules = rust_files(&["src", "crates", "xtask/src", "tests", "benches"])
        .into_iter()
        .filter(|path| !is_test_module(path));
    expect_none(rule, modules.filter(|path| !read(path).starts_with("//!")).map(|path| Line::first_of(&path)));
}

#[test]
fn every_integration_test_names_its_target() {
    let rule = "tests/wasm_*.rs begin with #![cfg(target_arch = \"wasm32\")] below their `//!`, all others with #![cfg(not(target_arch = \"wasm32\"))]";
    let wrong = files(&["tests"], &["rs"])
        .into_iter()
        .filter(|path| path.parent() == Some(&root().join("tests")))
        .filter(|path| {
            let is_wasm = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("wasm_"));
            let gate =
                if is_wasm { "#![cfg(target_arch = \"wasm32\")]" } else { "#![cfg(not(target_arch = \"wasm32\"))]" };
            !read(path).lines().any(|line| line == gate)
        });
    expect_none(rule, wrong.map(|path| Line::first_of(&path)));
}

#[test]
fn architecture_lists_every_top_level_module() {
    let text = read(&root().join("ARCHITECTURE.md"));
    let modules = read(&root().join("src/lib.rs"));
    let missing: Vec<_> = modules
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .filter(|name| !text.contains(&format!("`src/{name}`")) && !text.contains(&format!("`src/{name}.rs`")))
        .collect();
    assert!(missing.is_empty(), "the code map of ARCHITECTURE.md has no `src/<module>` for: {}", missing.join(", "));
}

#[test]
fn nothing_in_the_repository_depends_on_one_machine() {
    let rule = "a path or a host of one machine means nothing elsewhere";
    // `~` and `/usr` are everywhere; homes of people and their package registries are not.
    let homes = ["/home/", "/root/", "/Users/", "/tmp/", "/work/", "C:\\Users\\"];
    let files =
        tracked(&["rs", "js", "mjs", "css", "html", "md", "toml", "json", "lock", "yml", "yaml", "sh", "run", "npmrc"]);
    let is_bound = |line: &Line| {
        homes.iter().any(|home| line.text.contains(home)) || line.text.trim_start().starts_with("\"resolved\":")
    };
    expect_none(rule, lines_of(&files).filter(|line| !line.is_in("tests/tidy.rs")).filter(is_bound));
    let other_registry = |line: &Line| {
        line.text
            .strip_prefix("source = ")
            .is_some_and(|source| source != "\"registry+https://github.com/rust-lang/crates.io-index\"")
    };
    expect_none("packages come from crates.io", lines_of(&[root().join("Cargo.lock")]).filter(other_registry));
}

#[test]
fn versions_of_tools_agree() {
    let trunk = read(&root().join("Trunk.toml"));
    let binaryen = versions::BINARYEN.split('.').next().unwrap();
    for line in [
        format!("trunk-version = \"={}\"", versions::TRUNK),
        format!("wasm_bindgen = \"{}\"", versions::WASM_BINDGEN),
        format!("wasm_opt = \"version_{binaryen}\""),
    ] {
        assert!(
            trunk.lines().any(|found| found == line),
            "Trunk.toml must say `{line}`, as xtask/src/versions.rs does"
        );
    }
    let lock = read(&root().join("Cargo.lock"));
    let crate_version = format!("name = \"wasm-bindgen\"\nversion = \"{}\"\n", versions::WASM_BINDGEN);
    assert!(
        lock.contains(&crate_version),
        "Cargo.lock has another version of wasm-bindgen than {} of xtask/src/versions.rs",
        versions::WASM_BINDGEN
    );
}

#[test]
fn npm_packages_are_pinned() {
    let rule = "name one version of each package, without ^ or ~";
    let package = lines_of(&[root().join("tests/e2e/package.json")]);
    let dependencies = package.skip_while(|line| !line.text.contains("ependencies\""));
    expect_none(
        rule,
        dependencies.filter(|line| ["\"^", "\"~", "\"*", "\">"].iter().any(|range| line.text.contains(range))),
    );
}

/// A line of a source file.
struct Line {
    path: PathBuf,
    number: usize,
    text: String,
}

impl Line {
    fn first_of(path: &Path) -> Self {
        Self { path: path.to_owned(), number: 1, text: read(path).lines().next().unwrap_or_default().to_owned() }
    }

    /// The line without a comment that ends it or that it consists of.
    fn code(&self) -> &str {
        let comment = ["// ", "/// ", "//! ", "/* ", " * "].iter().filter_map(|mark| self.text.find(mark)).min();
        &self.text[..comment.unwrap_or(self.text.len())]
    }

    fn is_in(&self, relative: &str) -> bool {
        self.path == root().join(relative)
    }
}

/// Fails with the rule and every line that breaks it.
#[track_caller]
fn expect_none(rule: &str, lines: impl Iterator<Item = Line>) {
    let found: Vec<_> = lines
        .map(|line| {
            format!(
                "  {}:{}: {}",
                line.path.strip_prefix(root()).unwrap_or(&line.path).display(),
                line.number,
                line.text.trim()
            )
        })
        .collect();
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

/// Whether `text` has `word` with no letter, digit or underscore on either side.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

/// Whether `text` writes a colour: `#` with 3, 4, 6 or 8 hexadecimal digits, or a colour function.
fn has_colour(text: &str) -> bool {
    let is_hex = text.split('#').skip(1).any(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
        let is_longer_word = rest[digits..].starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
        [3, 4, 6, 8].contains(&digits) && !is_longer_word
    });
    let is_function = COLOUR_FUNCTIONS.iter().any(|function| {
        text.match_indices(function)
            .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_'))
    });
    is_hex || is_function
}

/// Unit tests in a file of their own belong to the module that they are beside.
fn is_test_module(path: &Path) -> bool {
    ["src", "crates"].iter().any(|place| path.starts_with(root().join(place)))
        && path.components().any(|part| part.as_os_str() == "tests.rs" || part.as_os_str() == "tests")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

fn rust_files(places: &[&str]) -> Vec<PathBuf> {
    files(places, &["rs"])
}

/// The files with one of the endings at `places`, which are files or directories of the repository. Places that do not exist yet hold none.
fn files(places: &[&str], endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open: Vec<_> = places.iter().map(|place| root().join(place)).collect();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let is_foreign = path.ends_with("node_modules");
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).filter(|_| !is_foreign));
        } else if path.is_file() && has_ending(&path, endings) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The files in version control with one of the endings.
fn tracked(endings: &[&str]) -> Vec<PathBuf> {
    let output = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root())
        .output()
        .expect("git is needed to list the files in version control");
    assert!(output.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8(output.stdout).unwrap();
    let paths = names.split_terminator('\0').map(|name| root().join(name));
    // A file that was deleted but is still in the index is listed too.
    paths.filter(|path| path.is_file() && has_ending(path, endings)).collect()
}

/// Whether the file name ends with a dot and one of the endings, or is one of them.
fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    name.rsplit('.').next().is_some_and(|ending| endings.contains(&ending))
}

fn lines_of(files: &[PathBuf]) -> std::vec::IntoIter<Line> {
    let mut lines = Vec::new();
    for path in files {
        let numbered = read(path)
            .lines()
            .zip(1..)
            .map(|(text, number)| Line { path: path.clone(), number, text: text.to_owned() })
            .collect::<Vec<_>>();
        lines.extend(numbered);
    }
    lines.into_iter()
}

#[test]
fn words_and_colours_are_recognised() {
    assert!(has_word("use yew::prelude", "yew") && !has_word("renewyew", "yew") && !has_word("yewish", "yew"));
    for colour in ["color: #fff;", "#1a2b3c", "fill=\"#abcd\"", "rgba(0, 0, 0, 0.5)", "oklch(50% 0 0)"] {
        assert!(has_colour(colour), "{colour}");
    }
    for other in [
        "#[component]",
        "href=\"#add-site\"",
        "var(--accent)",
        "color-mix(in oklab, var(--a), var(--b))",
        "#12",
        "slab(1)",
        "{:#04x}",
    ] {
        assert!(!has_colour(other), "{other}");
    }
}
