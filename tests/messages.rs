//! The catalogue of messages (`static/lang/messages.json`) is whole: every language has every message, and the texts of the pages are messages.
//!
//! `UPDATE_GOLDEN=1 cargo test --test messages` puts the messages into their order, one a line.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const CATALOGUE: &str = "static/lang/messages.json";

/// A message: its English, which it is called by, and its text in each other language.
type Message = Vec<String>;

fn messages() -> (Vec<String>, Vec<Message>) {
    let text = fs::read_to_string(CATALOGUE).expect("the catalogue is there");
    let mut rows: Vec<Message> = serde_json::from_str(&text).expect("a list of lists of texts");
    let languages = rows.remove(0);
    (languages, rows)
}

/// The numbers of the holes of a text, in order.
fn holes(text: &str) -> Vec<char> {
    let mut holes: Vec<char> = text.match_indices('{').filter_map(|(at, _)| text[at + 1..].chars().next()).collect();
    holes.sort_unstable();
    holes
}

/// The catalogue as it is written: a message a line, in the order of their English, each once.
fn written(languages: &[String], messages: &[Message]) -> String {
    let mut messages = messages.to_vec();
    messages.sort();
    messages.dedup_by(|a, b| a[0] == b[0]);
    let lines = std::iter::once(languages).chain(messages.iter().map(Vec::as_slice));
    let lines: Vec<String> = lines.map(|line| serde_json::to_string(line).expect("texts")).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

#[test]
fn every_language_has_every_message() {
    let (languages, messages) = messages();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(CATALOGUE, written(&languages, &messages)).expect("the catalogue can be written");
        return;
    }
    assert_eq!(languages, ["en", "de", "ja"]);
    for message in &messages {
        assert_eq!(message.len(), languages.len(), "{message:?}");
        assert!(message.iter().all(|text| !text.is_empty() && text.trim() == text), "{message:?}");
        assert!(message.iter().all(|text| holes(text) == holes(&message[0])), "{message:?}");
        let numbers: Vec<char> = holes(&message[0]);
        assert!(numbers.iter().zip('0'..).all(|(hole, number)| *hole == number), "{message:?}");
    }
    let text = fs::read_to_string(CATALOGUE).expect("the catalogue is there");
    assert!(
        text == written(&languages, &messages),
        "the messages do not stand in the order of their English, each once"
    );
}

/// All sources below a directory.
fn sources(below: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(below).expect("a directory").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(sources(&entry));
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            found.push(entry);
        }
    }
    found
}

/// The texts that a line of a page shows as they are: `{ "Text" }`, and those of properties that are shown.
fn shown(line: &str) -> impl Iterator<Item = &str> {
    const AROUND: [(&str, &str); 8] = [
        ("{ \"", "\" }"),
        (" aria-label=\"", "\""),
        (" label=\"", "\""),
        (" title=\"", "\""),
        (" help=\"", "\""),
        (" hint=\"", "\""),
        (" heading=\"", "\""),
        (" confirm=\"", "\""),
    ];
    let code = if line.trim_start().starts_with("//") { "" } else { line };
    AROUND
        .iter()
        .flat_map(move |(before, after)| {
            // In braces, it is an expression like any other behind a condition.
            let is_shown = move |at: usize| {
                !before.starts_with('{')
                    || code[..at].trim_end().ends_with(['>', '}', '{'])
                    || code[..at].trim().is_empty()
            };
            let starts = code
                .match_indices(before)
                .filter(move |(at, _)| is_shown(*at))
                .map(|(at, found)| &code[at + found.len()..]);
            starts
                .filter_map(move |rest| rest.split_once('"').filter(|(text, _)| rest[text.len()..].starts_with(after)))
        })
        .map(|(text, _)| text.trim())
}

/// Names, which are the same everywhere.
const NAMES: [&str; 4] = ["Groundwork", "vCPU", "IOPS", "GiB"];

#[test]
fn the_texts_of_the_pages_are_messages() {
    let (_, messages) = messages();
    let known: BTreeSet<&str> = messages.iter().map(|message| message[0].as_str()).chain(NAMES).collect();
    let mut missing = Vec::new();
    for file in sources(Path::new("src/ui")) {
        let text = fs::read_to_string(&file).expect("a source");
        for (number, line) in text.lines().enumerate() {
            let says = |text: &&str| text.split(|letter: char| !letter.is_alphabetic()).any(|word| word.len() > 2);
            let new = shown(line).filter(says).filter(|text| !known.contains(text));
            missing.extend(new.map(|text| format!("{}:{}: {text}", file.display(), number + 1)));
        }
    }
    assert!(missing.is_empty(), "without a translation in static/lang/messages.json:\n{}", missing.join("\n"));
}
