//! Walks through the text of a document that `serde_json` has read, to say where something is.
//!
//! The crates that do this wrap every read of every type and were a fifth of the engine. This looks at the text itself, and only once something is wrong or
//! to find what nobody read.

use rustc_hash::FxHashSet;

use crate::engine::model::{hash_bytes, hash_start};

/// The path of the value that ends or begins at `offset`, else of the innermost one around it: `project.scenarios[0].name`.
///
/// `text` is correct JSON up to there.
pub(super) fn path_at(text: &[u8], offset: usize) -> String {
    let mut walk = Walk::new(text);
    while let Some(token) = walk.next() {
        let depth = walk.levels.len();
        // How many levels lead to the value of the token, and to the value around it.
        let (own, around) = match token.kind {
            Kind::Open => (Some(depth - 1), depth.saturating_sub(2)),
            Kind::Key => (None, depth.saturating_sub(1)),
            Kind::Scalar => (Some(depth), depth.saturating_sub(1)),
            Kind::Close => (Some(depth), depth),
        };
        let ends = token.end == offset && token.kind != Kind::Open;
        let begins = token.start == offset && token.kind != Kind::Close;
        if let Some(own) = own.filter(|_| ends || begins) {
            return path_of(&walk.levels[..own]);
        }
        if token.start >= offset {
            return path_of(&walk.levels[..around]);
        }
    }
    path_of(&walk.levels)
}

/// The paths of the fields in `text` that are not in `written`, which holds what was understood of it. Where a field is not known, those in it are not named.
///
/// Only the shape of paths counts, not the place in lists: a field that is written for one thing is known of every thing in the same list.
pub(super) fn unknown_fields(text: &[u8], written: &[u8]) -> Vec<String> {
    let mut known = FxHashSet::default();
    // Editors look at this one; it is not kept.
    for document in [br#"{"$schema":""}"#, written] {
        let mut walk = Walk::new(document);
        while let Some(token) = walk.next() {
            if token.kind == Kind::Key {
                known.extend(walk.levels.last().map(|level| level.shape));
            }
        }
    }
    let mut unknown = Vec::new();
    let mut walk = Walk::new(text);
    // Deeper fields are part of one that is not known.
    let mut deepest = usize::MAX;
    while let Some(token) = walk.next() {
        if token.kind != Kind::Key || walk.levels.len() > deepest {
            continue;
        }
        deepest = usize::MAX;
        if walk.levels.last().is_some_and(|level| !known.contains(&level.shape)) {
            deepest = walk.levels.len();
            unknown.push(path_of(&walk.levels));
        }
    }
    unknown
}

/// The step from a value to one in it.
enum Step {
    Field(String),
    Element(usize),
}

/// The step from an open object or list to the value that is read there now.
struct Level {
    step: Step,
    /// A hash of the path, the same for all elements of a list.
    shape: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Key,
    Scalar,
    Close,
}

struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

/// Reads one token after the other. Not by recursion: what nobody read may be nested without limit.
struct Walk<'a> {
    text: &'a [u8],
    at: usize,
    levels: Vec<Level>,
    key_is_next: bool,
}

impl<'a> Walk<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, levels: Vec::new(), key_is_next: false }
    }

    fn next(&mut self) -> Option<Token> {
        loop {
            let start = self.at;
            let kind = match *self.text.get(start)? {
                b'{' => {
                    let level = Level { step: Step::Field(String::new()), shape: self.shape() };
                    self.levels.push(level);
                    self.key_is_next = true;
                    self.at += 1;
                    Kind::Open
                }
                b'[' => {
                    let level = Level { step: Step::Element(0), shape: hash_bytes(self.shape(), b"[]") };
                    self.levels.push(level);
                    self.at += 1;
                    Kind::Open
                }
                b'}' | b']' => {
                    self.levels.pop();
                    self.key_is_next = false;
                    self.at += 1;
                    Kind::Close
                }
                b',' => {
                    match self.levels.last_mut() {
                        Some(Level { step: Step::Element(index), .. }) => *index += 1,
                        _ => self.key_is_next = true,
                    }
                    self.at += 1;
                    continue;
                }
                b':' | b' ' | b'\n' | b'\r' | b'\t' => {
                    self.at += 1;
                    continue;
                }
                b'"' => {
                    self.skip_string();
                    if std::mem::take(&mut self.key_is_next) {
                        self.enter_field(start);
                        Kind::Key
                    } else {
                        Kind::Scalar
                    }
                }
                _ => {
                    let rest = &self.text[start..];
                    let length = rest.iter().position(|byte| b",:]} \n\r\t".contains(byte)).unwrap_or(rest.len());
                    self.at += length;
                    Kind::Scalar
                }
            };
            return Some(Token { kind, start, end: self.at });
        }
    }

    /// The shape of the path to what is read now.
    fn shape(&self) -> u64 {
        self.levels.last().map_or_else(hash_start, |level| level.shape)
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(found) = self.text.get(self.at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
            let is_end = self.text[self.at + found] == b'"';
            self.at += found + if is_end { 1 } else { 2 };
            if is_end {
                return;
            }
        }
        self.at = self.text.len();
    }

    /// Takes the string from `start` as the name of the field that follows.
    fn enter_field(&mut self, start: usize) {
        let name: String = serde_json::from_slice(&self.text[start..self.at]).unwrap_or_default();
        let around = self.levels.len().checked_sub(2).map_or_else(hash_start, |around| self.levels[around].shape);
        // Ids as names of fields may be written in more than one way.
        let shape = match u64::from_str_radix(&name, 16) {
            Ok(id) => hash_bytes(around, &id.to_le_bytes()),
            Err(_) => hash_bytes(around, name.as_bytes()),
        };
        if let Some(level) = self.levels.last_mut() {
            *level = Level { step: Step::Field(name), shape };
        }
    }
}

fn path_of(levels: &[Level]) -> String {
    let mut path = String::new();
    for level in levels {
        match &level.step {
            Step::Element(index) => path.push_str(&format!("[{index}]")),
            Step::Field(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
        }
    }
    if path.is_empty() { ".".to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_path(marked: &str, expected: &str) {
        let offset = marked.find('^').expect("the place is marked");
        assert_eq!(path_at(marked.replace('^', "").as_bytes(), offset), expected, "{marked}");
    }

    #[test]
    fn a_place_has_the_path_of_its_value() {
        check_path(r#"{"a":[1,2^,3]}"#, "a[1]");
        check_path(r#"{"a":[1,{"b": "x\"]"^}]}"#, "a[1].b");
        check_path(r#"{"a":[1,{"b":2}^]}"#, "a[1]");
        check_path(r#"{"a": ^{"b":2}}"#, "a");
        check_path(r#"{"a":{"b"^:2}}"#, "a");
        check_path(r#"{"a":{"b":{}}}^"#, ".");
        check_path(r#"{"a":{"b":null ^ , "c":1}}"#, "a");
        check_path(r#"{"a":{},"\u0062":tru^"#, "b");
        check_path("[[],[[1],[2]^]]", "[1][1]");
    }

    #[test]
    fn what_is_not_written_is_not_known() {
        let written = br#"{"list":[{"a":1,"b":{"c":null}},{"a":2,"b":null}],"ids":{"00000000000000ab":{"x":1}}}"#;
        let check =
            |text: &str, expected: &[&str]| assert_eq!(unknown_fields(text.as_bytes(), written), expected, "{text}");
        check(r#"{"$schema":"x","list":[],"ids":{"AB":{"x":2}}}"#, &[]);
        check(r#"{"list":[{"a":1},{"b":{"c":{"d":3}}}]}"#, &["list[1].b.c.d"]);
        check(
            r#"{"more":{"a":[{"b":1}]},"list":[[],{"c":[{"a":1}],"a":1,"d":2}]}"#,
            &["more", "list[1].c", "list[1].d"],
        );
        check(r#"{"ids":{"ab":{"y":1},"cd":{}}}"#, &["ids.ab.y", "ids.cd"]);
    }
}
