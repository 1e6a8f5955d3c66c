//! How much depends on a machine.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much depends on a machine, in levels that owners of estates agree on. It decides nothing by itself; rules may select by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Criticality {
    /// Not said.
    #[default]
    Unknown,
    /// Nobody waits for it.
    Low,
    /// Work goes on without it for a while.
    Medium,
    /// Work suffers at once.
    High,
    /// The business stands still.
    Critical,
}

impl Criticality {
    /// Every level, the one that is not said first.
    pub const ALL: [Self; 5] = [Self::Unknown, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The level in a word; `None` where it is not said.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Unknown => None,
            Self::Low => Some("low"),
            Self::Medium => Some("medium"),
            Self::High => Some("high"),
            Self::Critical => Some("critical"),
        }
    }

    /// The level that people mean by a word, such as `High` or `mission-critical`; `None` where nobody can tell, as of `Tier 1`, which means the most to some
    /// and the least to others.
    pub fn of(text: &str) -> Option<Self> {
        let letters: String =
            text.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect();
        Some(match letters.as_str() {
            "critical" | "missioncritical" | "businesscritical" | "veryhigh" => Self::Critical,
            "high" => Self::High,
            "medium" | "normal" | "moderate" => Self::Medium,
            "low" | "noncritical" | "notcritical" => Self::Low,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_people_are_levels_where_they_are_plain() {
        for (text, expected) in [
            ("High", Some(Criticality::High)),
            (" mission-critical ", Some(Criticality::Critical)),
            ("Non critical", Some(Criticality::Low)),
            ("NORMAL", Some(Criticality::Medium)),
            ("Tier 1", None),
            ("", None),
        ] {
            assert_eq!(Criticality::of(text), expected, "{text}");
        }
        for level in Criticality::ALL {
            assert_eq!(level.word().and_then(Criticality::of), Some(level).filter(|it| *it != Criticality::Unknown));
        }
        assert!(Criticality::ALL.is_sorted());
    }
}
