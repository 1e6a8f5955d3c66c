//! What is typed above the table of machines: words, and conditions on columns.
//!
//! `sql os: windows 2012, memory > 64 GiB`: the word `sql` anywhere, both words in the guest system, and more than so much memory. Words behind a column belong to
//! it up to the next column or a comma; behind a number they are words again.

use super::parse::NumberFormat;
use super::select::{cluster_name, storage_by};
use crate::engine::letters::folded;
use crate::engine::model::{Estate, Machine, MachineEdit, Scenario};

/// Which machines are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    words: Vec<String>,
    conditions: Vec<Condition>,
    /// What could not be understood, as a sentence; the rest counts.
    pub problem: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    /// All words are in the column, or not all of them.
    Text(Text, bool, Vec<String>),
    /// The number of the column compares so with another one: less, equal, greater.
    Number(Number, [bool; 3], u64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    Name,
    Cluster,
    Os,
    Application,
    Address,
    Folder,
    Pool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    Vcpus,
    Memory,
    Storage,
}

/// What columns are called, the first name of each as it is shown.
const TEXTS: [(Text, &[&str]); 7] = [
    (Text::Name, &["name", "machine"]),
    (Text::Cluster, &["cluster"]),
    (Text::Os, &["os", "system"]),
    (Text::Application, &["application", "app"]),
    (Text::Address, &["address", "ip"]),
    (Text::Folder, &["folder"]),
    (Text::Pool, &["pool"]),
];
const NUMBERS: [(Number, &[&str]); 3] = [
    (Number::Vcpus, &["vcpu", "vcpus", "cpu"]),
    (Number::Memory, &["memory", "ram"]),
    (Number::Storage, &["storage", "disk"]),
];
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
/// Units of sizes, in MiB.
const UNITS: [(&str, f64); 7] = [
    ("mib", 1.0),
    ("mb", 1.0),
    ("gib", 1024.0),
    ("gb", 1024.0),
    ("tib", 1_048_576.0),
    ("tb", 1_048_576.0),
    ("g", 1024.0),
];

/// A piece of what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Compare(&'static str),
    Comma,
}

impl Filter {
    /// Reads what is typed.
    pub fn read(text: &str) -> Self {
        let tokens = tokens(text);
        let mut filter = Self::default();
        let mut at = 0;
        while at < tokens.len() {
            match (tokens[at], tokens.get(at + 1)) {
                (Token::Word(column), Some(&Token::Compare(comparison))) => {
                    let values = &tokens[at + 2..];
                    let end = values.iter().enumerate().position(|(index, token)| {
                        let begins = matches!(values.get(index + 1), Some(Token::Compare(_)));
                        !matches!(token, Token::Word(_)) || begins
                    });
                    let values = &values[..end.unwrap_or(values.len())];
                    filter.condition(column, comparison, values);
                    at += 2 + values.len();
                }
                (Token::Word(word), _) => {
                    filter.words.push(folded(word));
                    at += 1;
                }
                (Token::Compare(comparison), _) => {
                    filter.complain(format!("Write the name of a column before “{comparison}”"));
                    at += 1;
                }
                (Token::Comma, _) => at += 1,
            }
        }
        filter
    }

    fn condition(&mut self, column: &str, comparison: &'static str, values: &[Token<'_>]) {
        let values: Vec<&str> =
            values.iter().filter_map(|token| if let Token::Word(word) = token { Some(*word) } else { None }).collect();
        let name = folded(column);
        let is_called = |names: &&[&str]| names.contains(&name.as_str());
        if let Some((text, names)) = TEXTS.into_iter().find(|(_, names)| is_called(names)) {
            self.text(text, names[0], comparison, &values);
        } else if let Some((number, names)) = NUMBERS.into_iter().find(|(_, names)| is_called(names)) {
            self.number(number, names[0], comparison, &values);
        } else {
            let names = TEXTS.map(|(_, names)| names[0]).join(", ");
            let numbers = NUMBERS.map(|(_, names)| names[0]).join(", ");
            self.complain(format!("There is no column “{column}”. Columns are {names}, {numbers}"));
        }
    }

    fn text(&mut self, text: Text, name: &str, comparison: &str, values: &[&str]) {
        match comparison {
            _ if values.is_empty() => self.complain(format!("Write what to look for behind “{name}{comparison}”")),
            ":" | "=" | "!=" => {
                let words = values.iter().map(|word| folded(word)).collect();
                self.conditions.push(Condition::Text(text, comparison != "!=", words));
            }
            _ => self.complain(format!("“{name}” is a text: write “{name}: word” or “{name} != word”")),
        }
    }

    fn number(&mut self, number: Number, name: &str, comparison: &str, values: &[&str]) {
        let example = if number == Number::Vcpus { "8" } else { "64 GiB" };
        let Some((amount, used)) = amount(number, values) else {
            return self.complain(format!("“{name}” is a number: write “{name} > {example}”"));
        };
        let holds = COMPARISONS.iter().find(|(sign, _)| *sign == comparison).map_or([false; 3], |(_, holds)| *holds);
        self.conditions.push(Condition::Number(number, holds, amount));
        self.words.extend(values[used..].iter().map(|word| folded(word)));
    }

    fn complain(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }

    /// Whether a machine is wanted.
    pub fn wants(&self, estate: &Estate, scenario: &Scenario, machine: &Machine) -> bool {
        let edit = scenario.edits.get(&machine.id);
        self.words.iter().all(|word| mentions(estate, edit, machine, word))
            && self.conditions.iter().all(|condition| condition.holds(estate, scenario, edit, machine))
    }
}

impl Condition {
    fn holds(&self, estate: &Estate, scenario: &Scenario, edit: Option<&MachineEdit>, machine: &Machine) -> bool {
        match self {
            Self::Text(text, wanted, words) => {
                let text = text.of(estate, edit, machine).unwrap_or_default();
                words.iter().all(|word| holds(text, word)) == *wanted
            }
            Self::Number(number, [less, equal, greater], amount) => {
                number.of(scenario, edit, machine).is_some_and(|value| match value.cmp(amount) {
                    std::cmp::Ordering::Less => *less,
                    std::cmp::Ordering::Equal => *equal,
                    std::cmp::Ordering::Greater => *greater,
                })
            }
        }
    }
}

impl Text {
    fn of<'a>(self, estate: &'a Estate, edit: Option<&'a MachineEdit>, machine: &'a Machine) -> Option<&'a str> {
        match self {
            Self::Name => Some(&machine.name),
            Self::Cluster => cluster_name(estate, machine),
            Self::Os => machine.os.as_deref(),
            Self::Application => edit.and_then(|edit| edit.application.as_deref()),
            Self::Address => machine.ip.as_deref(),
            Self::Folder => machine.folder.as_deref(),
            Self::Pool => machine.resource_pool.as_deref(),
        }
    }
}

impl Number {
    fn of(self, scenario: &Scenario, edit: Option<&MachineEdit>, machine: &Machine) -> Option<u64> {
        match self {
            Self::Vcpus => Some(u64::from(edit.and_then(|edit| edit.vcpus).unwrap_or(machine.vcpus))),
            Self::Memory => Some(edit.and_then(|edit| edit.memory).unwrap_or(machine.memory).0),
            Self::Storage => edit
                .and_then(|edit| edit.storage)
                .or_else(|| storage_by(machine, scenario.policy.storage_measure))
                .map(|size| size.0),
        }
    }
}

/// Reads a number with its unit, and says how many words that took. Sizes without one are in GiB, as the table shows most of them.
fn amount(number: Number, values: &[&str]) -> Option<(u64, usize)> {
    const FORMAT: NumberFormat = NumberFormat { min: 0.0, max: 1e9, decimals: 3 };
    let first = folded(values.first()?);
    let unit_of = |word: &str| UNITS.into_iter().find(|(name, _)| *name == word).map(|(_, mib)| mib);
    let digits = first.trim_end_matches(|letter: char| letter.is_alphabetic());
    let (unit, used) = match (number, &first[digits.len()..]) {
        (Number::Vcpus, "") => (1.0, 1),
        (Number::Vcpus, _) => return None,
        (_, "") => values.get(1).and_then(|word| unit_of(&folded(word))).map_or((1024.0, 1), |unit| (unit, 2)),
        (_, unit) => (unit_of(unit)?, 1),
    };
    let value = FORMAT.read(digits).ok()? * unit;
    Some((value.round() as u64, used))
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let compares = COMPARISONS.iter().find(|(sign, _)| rest.starts_with(sign)).map(|(sign, _)| *sign);
        let length = match compares {
            Some(sign) => {
                tokens.push(Token::Compare(sign));
                sign.len()
            }
            None if letter == ',' || letter.is_whitespace() => {
                if letter == ',' {
                    tokens.push(Token::Comma);
                }
                letter.len_utf8()
            }
            None => {
                let word = word_length(rest);
                tokens.push(Token::Word(&rest[..word]));
                word
            }
        };
        rest = &rest[length..];
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

fn mentions(estate: &Estate, edit: Option<&MachineEdit>, machine: &Machine, word: &str) -> bool {
    let all = [Text::Name, Text::Os, Text::Cluster, Text::Address, Text::Application];
    all.into_iter().any(|text| text.of(estate, edit, machine).is_some_and(|text| holds(text, word)))
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
    use crate::engine::model::{MachineId, MiB};

    fn machines() -> (Estate, Scenario) {
        let machine = |name: &str, os: &str, vcpus, gib: u64| Machine {
            id: MachineId::of(&[name]),
            name: name.to_owned(),
            os: Some(os.to_owned()),
            vcpus,
            memory: MiB(gib * 1024),
            folder: Some("Prod/DB".to_owned()),
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
        let edit = MachineEdit { application: Some("Shop".to_owned()), vcpus: Some(4), ..MachineEdit::default() };
        scenario.edits.insert(MachineId::of(&["web-2012"]), edit);
        (estate, scenario)
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (estate, scenario) = machines();
        let filter = Filter::read(text);
        assert_eq!(filter.problem, None);
        let wanted = estate.machines.iter().filter(|machine| filter.wants(&estate, &scenario, machine));
        let mut names: Vec<&str> = wanted.map(|machine| machine.name.as_str()).collect();
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
                "There is no column “memry”. Columns are name, cluster, os, application, address, folder, pool, vcpu, memory, storage",
            ),
            ("memory > big", "“memory” is a number: write “memory > 64 GiB”"),
            ("vcpu >", "“vcpu” is a number: write “vcpu > 8”"),
            ("os:", "Write what to look for behind “os:”"),
            ("os > windows", "“os” is a text: write “os: word” or “os != word”"),
            ("> 5", "Write the name of a column before “>”"),
        ] {
            assert_eq!(Filter::read(text).problem.as_deref(), Some(expected), "{text}");
        }
        let (estate, scenario) = machines();
        let filter = Filter::read("sql memry > 64");
        let wanted = estate.machines.iter().filter(|machine| filter.wants(&estate, &scenario, machine)).count();
        assert_eq!(wanted, 2);
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
