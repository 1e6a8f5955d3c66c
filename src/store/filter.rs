//! What is typed above a table: words, and conditions on its columns.
//!
//! `sql os: windows 2012, memory > 64 GiB`: the word `sql` anywhere, both words in the guest system, and more than so much memory. Words behind a column belong to
//! it up to the next column or a comma; behind a number they are words again.

use std::ops::Range;

use super::listing::{Column, Kind, Listed};
use super::parse::NumberFormat;
use crate::engine::letters::folded;

/// Which rows are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    words: Vec<String>,
    /// Each with the position of its column.
    conditions: Vec<(usize, Condition)>,
    /// The conditions as they were typed, in their order, and what could not be understood; the rest counts.
    pub parts: Vec<Part>,
}

/// A condition as it was typed, or what was meant to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands in the text.
    pub at: Range<usize>,
    /// Why it is not understood, as a sentence.
    pub problem: Option<String>,
}

/// The text without what stands at `at`. A comma parts what is left, so that words on both sides keep what they mean.
pub fn without(text: &str, at: &Range<usize>) -> String {
    let is_between = |letter: char| letter == ',' || letter.is_whitespace();
    let before = text.get(..at.start).unwrap_or_default().trim_end_matches(is_between);
    let after = text.get(at.end..).unwrap_or_default().trim_start_matches(is_between);
    [before, if before.is_empty() || after.is_empty() { "" } else { ", " }, after].concat()
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    /// All words are in the column, or not all of them.
    Text(bool, Vec<String>),
    /// The number of the column compares so with another one: less, equal, greater.
    Number([bool; 3], u64),
}

/// What comparisons hold for: less, equal, greater.
const COMPARISONS: [(&str, [bool; 3]); 7] = [
    (">=", [false, true, true]),
    ("<=", [true, true, false]),
    ("!=", [true, false, true]),
    (">", [false, false, true]),
    ("<", [true, false, false]),
    ("=", [false, true, false]),
    (":", [false, true, false]),
];
/// Units: of what they are, their name, and what one of them is.
const UNITS: [(Kind, &str, f64); 10] = [
    (Kind::Size, "mib", 1.0),
    (Kind::Size, "mb", 1.0),
    (Kind::Size, "gib", 1024.0),
    (Kind::Size, "gb", 1024.0),
    (Kind::Size, "tib", 1_048_576.0),
    (Kind::Size, "tb", 1_048_576.0),
    (Kind::Size, "g", 1024.0),
    (Kind::Clock, "mhz", 1.0),
    (Kind::Clock, "ghz", 1000.0),
    (Kind::Share, "%", 10_000.0),
];

/// A piece of what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Compare(&'static str),
    Comma,
}

/// What can be typed above a table with these columns.
pub fn help(columns: &[Column]) -> String {
    let searched = columns.iter().filter(|column| column.searched).map(|column| column.title);
    let names: Vec<&str> = columns.iter().map(|column| column.names[0]).collect();
    let number = columns.iter().find(|column| column.kind == Kind::Count).map_or("number", |column| column.names[0]);
    format!(
        "Each word must occur in one of {}. Columns narrow it down: “{}: prod” or “{} != test” for texts, “{number} >= 8” for numbers, with units such as GiB. A comma ends a column. Columns are {}.",
        searched.collect::<Vec<_>>().join(", "),
        names[0],
        names[0],
        names.join(", ")
    )
}

impl Filter {
    /// Reads what is typed above a table with these columns.
    pub fn read(text: &str, columns: &[Column]) -> Self {
        let tokens = tokens(text);
        let mut filter = Self::default();
        let mut at = 0;
        while let Some((token, place)) = tokens.get(at) {
            match (*token, tokens.get(at + 1)) {
                (Token::Word(column), Some(&(Token::Compare(comparison), _))) => {
                    let values = values(&tokens[at + 2..]);
                    let read = filter.condition(columns, column, comparison, &values);
                    // Words behind a number are words again.
                    let used = *read.as_ref().unwrap_or(&values.len());
                    filter.words.extend(values[used..].iter().map(|word| folded(word)));
                    let end = tokens[at + 1 + used].1.end;
                    filter.parts.push(Part { at: place.start..end, problem: read.err() });
                    at += 2 + values.len();
                }
                (Token::Word(word), _) => {
                    filter.words.push(folded(word));
                    at += 1;
                }
                (Token::Compare(comparison), _) => {
                    let problem = Some(format!("Write the name of a column before “{comparison}”"));
                    filter.parts.push(Part { at: place.clone(), problem });
                    at += 1;
                }
                (Token::Comma, _) => at += 1,
            }
        }
        filter
    }

    /// Reads a condition and says how many of the values belong to it, or why it is none.
    fn condition(
        &mut self,
        columns: &[Column],
        name: &str,
        comparison: &'static str,
        values: &[&str],
    ) -> Result<usize, String> {
        let folded_name = folded(name);
        let Some(at) = columns.iter().position(|column| column.names.contains(&folded_name.as_str())) else {
            let names: Vec<&str> = columns.iter().map(|column| column.names[0]).collect();
            return Err(format!("There is no column “{name}”. Columns are {}", names.join(", ")));
        };
        let (name, kind) = (columns[at].names[0], columns[at].kind);
        let (condition, used) = if kind.is_number() {
            number((name, kind), comparison, values)?
        } else {
            (words(name, comparison, values)?, values.len())
        };
        self.conditions.push((at, condition));
        Ok(used)
    }

    /// Whether the thing at a position is wanted.
    pub fn wants(&self, of: &dyn Listed, at: usize) -> bool {
        let text_holds = |column, word: &str| of.text(at, column).is_some_and(|text| holds(&text, word));
        let mentions =
            |word: &String| of.columns().iter().enumerate().any(|(at, column)| column.searched && text_holds(at, word));
        self.words.iter().all(mentions)
            && self.conditions.iter().all(|(column, condition)| match condition {
                Condition::Text(wanted, words) => words.iter().all(|word| text_holds(*column, word)) == *wanted,
                Condition::Number([less, equal, greater], amount) => {
                    of.number(at, *column).is_some_and(|value| match value.cmp(amount) {
                        std::cmp::Ordering::Less => *less,
                        std::cmp::Ordering::Equal => *equal,
                        std::cmp::Ordering::Greater => *greater,
                    })
                }
            })
    }
}

/// The words that belong to a condition: up to a comma, or to the next column.
fn values<'a>(tokens: &[Placed<'a>]) -> Vec<&'a str> {
    let mut values = Vec::new();
    for (index, (token, _)) in tokens.iter().enumerate() {
        let begins = matches!(tokens.get(index + 1), Some((Token::Compare(_), _)));
        match token {
            Token::Word(word) if !begins => values.push(*word),
            _ => break,
        }
    }
    values
}

fn words(name: &str, comparison: &str, values: &[&str]) -> Result<Condition, String> {
    match comparison {
        _ if values.is_empty() => Err(format!("Write what to look for behind “{name}{comparison}”")),
        ":" | "=" | "!=" => Ok(Condition::Text(comparison != "!=", values.iter().map(|word| folded(word)).collect())),
        _ => Err(format!("“{name}” is a text: write “{name}: word” or “{name} != word”")),
    }
}

fn number((name, kind): (&str, Kind), comparison: &str, values: &[&str]) -> Result<(Condition, usize), String> {
    let Some((amount, used)) = amount(kind, values) else {
        let example = match kind {
            Kind::Size => "64 GiB",
            Kind::Clock => "2.5 GHz",
            Kind::Share => "80 %",
            _ => "8",
        };
        return Err(format!("“{name}” is a number: write “{name} > {example}”"));
    };
    let holds = COMPARISONS.iter().find(|(sign, _)| *sign == comparison).map_or([false; 3], |(_, holds)| *holds);
    Ok((Condition::Number(holds, amount), used))
}

/// Reads a number with its unit, and says how many words that took. Without one, sizes are in GiB and clocks in GHz, as tables show most of them.
fn amount(kind: Kind, values: &[&str]) -> Option<(u64, usize)> {
    const FORMAT: NumberFormat = NumberFormat { min: 0.0, max: 1e9, decimals: 3 };
    let first = folded(values.first()?);
    let unit_of =
        |word: &str| UNITS.into_iter().find(|(of, name, _)| *of == kind && *name == word).map(|(.., one)| one);
    let digits = first.trim_end_matches(|letter: char| letter.is_alphabetic() || letter == '%');
    let without = match kind {
        Kind::Size => 1024.0,
        Kind::Clock => 1000.0,
        Kind::Share => 10_000.0,
        _ => 1.0,
    };
    let (unit, used) = match &first[digits.len()..] {
        "" => values.get(1).and_then(|word| unit_of(&folded(word))).map_or((without, 1), |unit| (unit, 2)),
        unit => (unit_of(unit)?, 1),
    };
    let value = FORMAT.read(digits).ok()? * unit;
    Some((value.round() as u64, used))
}

/// A piece of what is typed, and where it stands.
type Placed<'a> = (Token<'a>, Range<usize>);

fn tokens(text: &str) -> Vec<Placed<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let compares = COMPARISONS.iter().find(|(sign, _)| rest.starts_with(sign)).map(|(sign, _)| *sign);
        let (token, length) = match compares {
            Some(sign) => (Some(Token::Compare(sign)), sign.len()),
            None if letter == ',' => (Some(Token::Comma), 1),
            None if letter.is_whitespace() => (None, letter.len_utf8()),
            None => {
                let length = word_length(rest);
                (Some(Token::Word(&rest[..length])), length)
            }
        };
        tokens.extend(token.map(|token| (token, at..at + length)));
        at += length;
    }
    tokens
}

/// How long the word is that `text` begins with: up to a blank, a comparison, or a comma with no digit behind it, which belongs to a number.
fn word_length(text: &str) -> usize {
    let ends = |(at, letter): (usize, char)| {
        let behind = || text[at + letter.len_utf8()..].chars().next();
        let is_sign = COMPARISONS.iter().any(|(sign, _)| text[at..].starts_with(sign));
        let is_end =
            letter.is_whitespace() || is_sign || (letter == ',' && !behind().is_some_and(|next| next.is_ascii_digit()));
        is_end.then_some(at)
    };
    text.char_indices().find_map(ends).unwrap_or(text.len())
}

/// Whether `text` holds `word`, which is folded. Letters of ASCII, which most are, are compared where they stand: a search looks at a megabyte for each key typed.
fn holds(text: &str, word: &str) -> bool {
    if word.is_ascii() {
        let first = word.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
        let windows = text.as_bytes().windows(word.len().max(1));
        return windows
            .into_iter()
            .any(|window| window[0].to_ascii_lowercase() == first && window.eq_ignore_ascii_case(word.as_bytes()));
    }
    folded(text).contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{Criticality, Estate, Machine, MachineEdit, MachineId, MiB, Project, Scenario, tags};
    use crate::store::listing::{OfMachines, Show};
    use crate::store::{Shared, Work};

    fn machines() -> OfMachines {
        let machine = |name: &str, os: &str, vcpus, gib: u64| Machine {
            id: MachineId::of(&[name]),
            name: name.to_owned(),
            os: Some(os.to_owned()),
            vcpus,
            memory: MiB(gib * 1024),
            folder: Some("Prod/DB".to_owned()),
            tags: tags(if vcpus > 4 { "prod, backup" } else { "test" }),
            ..Machine::default()
        };
        let mut estate = Estate {
            machines: vec![
                machine("sql-1", "Microsoft Windows Server 2012", 8, 128),
                machine("sql-2", "Microsoft Windows Server 2019", 16, 64),
                machine("web-2012", "Ubuntu Linux", 2, 4),
            ],
            ..Estate::default()
        };
        estate.sort();
        let mut scenario = Scenario::default();
        let edit = MachineEdit {
            application: Some("Shop".to_owned()),
            vcpus: Some(4),
            criticality: Some(Criticality::High),
            storage_class: Some("Gold".to_owned()),
            ..MachineEdit::default()
        };
        scenario.edits.insert(MachineId::of(&["web-2012"]), edit);
        let project = Project { estate: estate.into(), scenarios: vec![scenario], ..Project::default() };
        OfMachines { work: Work::new(Shared::from(std::rc::Rc::new(project)), 0), show: Show::All }
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let of = machines();
        let filter = Filter::read(text, of.columns());
        assert!(filter.parts.iter().all(|part| part.problem.is_none()), "{text}");
        let wanted = (0..of.count()).filter(|&at| filter.wants(&of, at));
        let mut names: Vec<&str> = wanted.map(|at| of.at(at).0.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, expected, "{text}");
    }

    #[test]
    fn words_and_columns_find_machines() {
        check("", &["sql-1", "sql-2", "web-2012"]);
        check("2012", &["sql-1", "web-2012"]);
        check("os: windows 2012", &["sql-1"]);
        check("OS:windows", &["sql-1", "sql-2"]);
        check("2012, os != windows", &["web-2012"]);
        check("os: windows, 2", &["sql-1", "sql-2"]);
        check("app: shop", &["web-2012"]);
        check("folder: prod name: sql-2", &["sql-2"]);
        check("tag: prod", &["sql-1", "sql-2"]);
        check("tags: backup prod, vcpu > 8", &["sql-2"]);
        check("tag != prod", &["web-2012"]);
        check("test", &["web-2012"]);
        check("criticality: high", &["web-2012"]);
        check("criticality != high", &["sql-1", "sql-2"]);
        check("class: gold", &["web-2012"]);
    }

    #[test]
    fn what_can_be_typed_is_told_from_the_columns() {
        let help = help(machines().columns());
        assert!(help.contains("one of Name, Cluster, Guest system, Application, Tags, Address."), "{help}");
        assert!(help.contains("“vcpu >= 8”") && help.contains("application, tag, criticality, class,"), "{help}");
    }

    #[test]
    fn numbers_are_compared_with_their_units() {
        check("memory > 64 GiB", &["sql-1"]);
        check("memory>=64gib", &["sql-1", "sql-2"]);
        check("ram < 0.1 TiB", &["sql-2", "web-2012"]);
        check("memory: 65,536 MiB", &["sql-2"]);
        check("memory = 64 sql", &["sql-2"]);
        check("memory != 64", &["sql-1", "web-2012"]);
        // What was changed counts.
        check("vcpu < 8", &["web-2012"]);
        check("vcpu = 4 os: linux", &["web-2012"]);
        // What is not known is neither more nor less.
        check("storage < 100 TiB", &[]);
    }

    #[test]
    fn what_is_not_understood_is_said_and_the_rest_counts() {
        for (text, expected) in [
            (
                "memry > 64",
                "There is no column “memry”. Columns are name, cluster, vcpu, memory, storage, os, application, tag, criticality, class, power, planned, folder, pool, address",
            ),
            ("memory > big", "“memory” is a number: write “memory > 64 GiB”"),
            ("vcpu >", "“vcpu” is a number: write “vcpu > 8”"),
            ("os:", "Write what to look for behind “os:”"),
            ("os > windows", "“os” is a text: write “os: word” or “os != word”"),
            ("> 5", "Write the name of a column before “>”"),
        ] {
            let told = Filter::read(text, machines().columns()).parts;
            assert_eq!(told.iter().map(|part| part.problem.as_deref()).collect::<Vec<_>>(), [Some(expected)], "{text}");
        }
        let of = machines();
        let filter = Filter::read("sql memry > 64", of.columns());
        let wanted = (0..of.count()).filter(|&at| filter.wants(&of, at)).count();
        assert_eq!(wanted, 2);
    }

    #[test]
    fn each_condition_has_its_words_and_can_be_taken_out() {
        // What is typed, its conditions, and what is left without each of them.
        let cases: [(&str, &[&str], &[&str]); 9] = [
            ("sql 2012", &[], &[]),
            (
                "sql os: windows 2012, memory > 64 GiB",
                &["os: windows 2012", "memory > 64 GiB"],
                &["sql, memory > 64 GiB", "sql os: windows 2012"],
            ),
            // What follows a number stays a word, and does not become one of the condition before.
            (
                "os:windows memory>=64gib sql",
                &["os:windows", "memory>=64gib"],
                &["memory>=64gib sql", "os:windows, sql"],
            ),
            ("memory: 65,536 MiB, prod", &["memory: 65,536 MiB"], &["prod"]),
            ("vcpu = 4 os: linux", &["vcpu = 4", "os: linux"], &["os: linux", "vcpu = 4"]),
            ("web memry > 64 lots", &["memry > 64 lots"], &["web"]),
            ("vcpu >", &["vcpu >"], &[""]),
            ("> 5, Łódź", &[">"], &["5, Łódź"]),
            ("name: Łódź; os: ü", &["name: Łódź;", "os: ü"], &["os: ü", "name: Łódź;"]),
        ];
        for (text, conditions, left) in cases {
            let columns = machines();
            let filter = Filter::read(text, columns.columns());
            let told: Vec<&str> = filter.parts.iter().map(|part| &text[part.at.clone()]).collect();
            assert_eq!(told, conditions, "{text}");
            for (index, (part, left)) in filter.parts.iter().zip(left).enumerate() {
                let rest = without(text, &part.at);
                assert_eq!(rest, *left, "{text}");
                // The other conditions are the same as before.
                let mut others: Vec<&str> = conditions.to_vec();
                others.remove(index);
                let read = Filter::read(&rest, columns.columns());
                let told: Vec<&str> = read.parts.iter().map(|part| &rest[part.at.clone()]).collect();
                assert_eq!(told, others, "{rest}");
            }
        }
    }

    #[test]
    fn words_are_found_whatever_the_case() {
        for (text, word, found) in [
            ("Microsoft Windows", "soft win", true),
            ("WEB", "web", true),
            ("we", "web", false),
            ("", "a", false),
            ("ŁÓDŹ", "łódź", true),
            ("Łódź-SQL", "sql", true),
            ("aaab", "aab", true),
        ] {
            assert_eq!(holds(text, word), found, "{word} in {text}");
        }
    }
}
