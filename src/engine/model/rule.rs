//! Constraints on placement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ClusterId, FootprintId, MachineId, RuleId};
use crate::engine::letters::folded;

/// A constraint on placement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rule {
    /// Identity within the scenario.
    pub id: RuleId,
    /// Whether plans obey it.
    pub enabled: bool,
    /// What it says.
    pub kind: RuleKind,
}

/// The kinds of rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// These machines run in this footprint.
    Pin {
        /// Which machines.
        machines: Selector,
        /// Where.
        footprint: FootprintId,
    },
    /// These machines do not run in this footprint.
    Forbid {
        /// Which machines.
        machines: Selector,
        /// Where not.
        footprint: FootprintId,
    },
}

/// Which machines a rule touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Selector {
    /// These, by id.
    Machines(Vec<MachineId>),
    /// All of a cluster.
    Cluster(ClusterId),
    /// All whose name matches: `*` stands for any text, `?` for any letter; case does not matter.
    Name(String),
}

impl RuleKind {
    /// The footprint it names.
    pub const fn footprint(&self) -> FootprintId {
        match self {
            Self::Pin { footprint, .. } | Self::Forbid { footprint, .. } => *footprint,
        }
    }

    /// The machines it touches.
    pub const fn selector(&self) -> &Selector {
        match self {
            Self::Pin { machines, .. } | Self::Forbid { machines, .. } => machines,
        }
    }
}

impl Selector {
    /// Whether it selects `machine`.
    pub fn selects(&self, machine: &super::Machine) -> bool {
        match self {
            Self::Machines(ids) => ids.contains(&machine.id),
            Self::Cluster(cluster) => machine.cluster == *cluster,
            Self::Name(pattern) => matches_wildcard(&folded(pattern), &folded(&machine.name)),
        }
    }
}

/// Whether `text` matches `pattern`, in which `*` stands for any text and `?` for one character. Linear in memory, no backtracking beyond the last star.
fn matches_wildcard(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at_pattern, mut at_text, mut star) = (0, 0, None);
    while at_text < text.len() {
        match pattern.get(at_pattern) {
            Some('*') => {
                star = Some((at_pattern, at_text));
                at_pattern += 1;
            }
            Some(&letter) if letter == '?' || letter == text[at_text] => {
                at_pattern += 1;
                at_text += 1;
            }
            _ => match star {
                Some((star_pattern, star_text)) => {
                    star = Some((star_pattern, star_text + 1));
                    at_pattern = star_pattern + 1;
                    at_text = star_text + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at_pattern..].iter().all(|&letter| letter == '*')
}

#[cfg(test)]
mod tests {
    use super::matches_wildcard;

    #[test]
    fn wildcards_match_whole_names() {
        for (pattern, text, expected) in [
            ("sql*", "sql-prod-07", true),
            ("*prod*", "sql-prod-07", true),
            ("sql-prod-0?", "sql-prod-07", true),
            ("sql", "sql-prod-07", false),
            ("*a*b", "aab-ab", true),
            ("*a*b", "aab-ac", false),
            ("", "x", false),
            ("*", "", true),
        ] {
            assert_eq!(matches_wildcard(pattern, text), expected, "{pattern} on {text}");
        }
    }
}
