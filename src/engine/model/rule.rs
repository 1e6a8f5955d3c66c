//! Constraints on placement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ClusterId, Criticality, FootprintId, Machine, MachineEdit, MachineId, MiB, Money, OsFamily, RuleId};
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
    /// These machines run in these footprints only.
    Allow {
        /// Which machines.
        machines: Selector,
        /// Where.
        footprints: Vec<FootprintId>,
    },
    /// These machines run in these countries only, by the regions of footprints.
    Residency {
        /// Which machines.
        machines: Selector,
        /// ISO 3166-1 alpha-2 codes, such as `DE`.
        countries: Vec<String>,
        /// Whether one's own sites, whose country is not known, are among them.
        own_sites: bool,
    },
    /// These machines are all on one host, in one cluster, in one footprint or at one site. Instances of a footprint are one cluster and share no host.
    Together {
        /// Which machines.
        machines: Selector,
        /// Where they meet.
        level: RuleLevel,
    },
    /// No two of these machines are on the same host, in the same cluster, in the same footprint or at the same site.
    Apart {
        /// Which machines.
        machines: Selector,
        /// Where they do not meet.
        level: RuleLevel,
    },
    /// No other machine is on a host of these, and none of them is an instance.
    Isolate {
        /// Which machines.
        machines: Selector,
    },
    /// Each host that carries one of these machines needs a licence; plans put them on few hosts.
    Licence {
        /// Which machines.
        machines: Selector,
        /// For each core of the host and year, in the scenario's currency. An instance counts each of its vCPU as a core.
        per_core_year: Money,
        /// For each host and year, in the scenario's currency. An instance counts as a host.
        per_host_year: Money,
    },
    /// From the footprint of any of these machines to that of any of the others, an answer takes no longer. Where no time is known, it takes too long.
    Latency {
        /// Which machines.
        machines: Selector,
        /// The others; they may be the same.
        others: Selector,
        /// Microseconds there and back, at most.
        most_micros: u32,
    },
    /// These machines exchange data with the others, evenly; between footprints that costs what leaving the footprint costs.
    Traffic {
        /// Which machines.
        machines: Selector,
        /// The others.
        others: Selector,
        /// GiB a month from the first to the others, over all of them.
        gib_per_month: u64,
        /// GiB a month back.
        gib_per_month_back: u64,
    },
    /// At most so much of these machines runs in this footprint.
    Quota {
        /// Which machines.
        machines: Selector,
        /// Where.
        footprint: FootprintId,
        /// How much.
        most: QuotaLimits,
    },
    /// At most so many of these machines leave the cluster that they are in.
    MoveLimit {
        /// Which machines.
        machines: Selector,
        /// How many.
        most: u32,
    },
    /// These machines stay in the footprint that their cluster is.
    Lock {
        /// Which machines.
        machines: Selector,
        /// Whether they stay on their host, too.
        on_host: bool,
    },
}

/// Where machines meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleLevel {
    /// On one host.
    #[default]
    Host,
    /// In one cluster.
    Cluster,
    /// In one footprint.
    Footprint,
    /// At one site: a region, or a datacenter of one's own.
    Site,
}

/// Limits on what runs in a footprint, as sized by the policy; `None`: no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct QuotaLimits {
    /// Machines.
    pub machines: Option<u32>,
    /// Virtual processors.
    pub vcpus: Option<u32>,
    /// Memory.
    pub memory: Option<MiB>,
    /// Storage.
    pub storage: Option<MiB>,
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
    /// Every machine.
    All,
    /// All whose inventory folder matches, as for names.
    Folder(String),
    /// All whose resource pool matches, as for names.
    ResourcePool(String),
    /// All with a guest system of this family.
    Os(OsFamily),
    /// All of an application, by its name.
    Application(String),
    /// All with a tag that matches, as for names.
    Tag(String),
    /// All of this criticality.
    Criticality(Criticality),
    /// All whose class of storage matches, as for names.
    StorageClass(String),
}

impl RuleKind {
    /// The footprints it names.
    pub fn footprints(&self) -> &[FootprintId] {
        match self {
            Self::Pin { footprint, .. } | Self::Forbid { footprint, .. } | Self::Quota { footprint, .. } => {
                std::slice::from_ref(footprint)
            }
            Self::Allow { footprints, .. } => footprints,
            _ => &[],
        }
    }

    /// The same rule where a footprint is gone; `None` where it means nothing without it.
    pub fn without_footprint(mut self, gone: FootprintId) -> Option<Self> {
        if let Self::Allow { footprints, .. } = &mut self {
            let before = footprints.len();
            footprints.retain(|footprint| *footprint != gone);
            return (before == 0 || !footprints.is_empty()).then_some(self);
        }
        (!self.footprints().contains(&gone)).then_some(self)
    }

    /// The machines it touches.
    pub const fn selector(&self) -> &Selector {
        match self {
            Self::Pin { machines, .. }
            | Self::Forbid { machines, .. }
            | Self::Allow { machines, .. }
            | Self::Residency { machines, .. }
            | Self::Together { machines, .. }
            | Self::Apart { machines, .. }
            | Self::Isolate { machines }
            | Self::Licence { machines, .. }
            | Self::Latency { machines, .. }
            | Self::Traffic { machines, .. }
            | Self::Quota { machines, .. }
            | Self::MoveLimit { machines, .. }
            | Self::Lock { machines, .. } => machines,
        }
    }

    /// The other machines of a rule between two selections.
    pub const fn others(&self) -> Option<&Selector> {
        match self {
            Self::Latency { others, .. } | Self::Traffic { others, .. } => Some(others),
            _ => None,
        }
    }
}

impl Selector {
    /// Whether it selects `machine`, with what the user changed about it.
    pub fn selects(&self, machine: &Machine, edit: Option<&MachineEdit>) -> bool {
        let matches = |pattern: &str, text: Option<&str>| text.is_some_and(|text| matches(pattern, text));
        match self {
            Self::Machines(ids) => ids.contains(&machine.id),
            Self::Cluster(cluster) => machine.cluster == *cluster,
            Self::Name(pattern) => matches(pattern, Some(&machine.name)),
            Self::All => true,
            Self::Folder(pattern) => matches(pattern, machine.folder.as_deref()),
            Self::ResourcePool(pattern) => matches(pattern, machine.resource_pool.as_deref()),
            Self::Os(family) => machine.os_family == *family,
            Self::Application(name) => edit.and_then(|edit| edit.application.as_ref()) == Some(name),
            Self::Tag(pattern) => MachineEdit::tags(edit, machine).iter().any(|tag| matches(pattern, Some(tag))),
            Self::Criticality(level) => MachineEdit::criticality(edit, machine) == *level,
            Self::StorageClass(pattern) => matches(pattern, MachineEdit::storage_class(edit, machine)),
        }
    }
}

/// Whether `text` matches `pattern`, in which `*` stands for any text and `?` for one letter; case does not matter.
pub fn matches(pattern: &str, text: &str) -> bool {
    matches_wildcard(&folded(pattern), &folded(text))
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
    use super::*;

    #[test]
    fn selectors_select_by_what_they_name() {
        let machine = Machine {
            id: MachineId(1),
            name: "SQL-prod".to_owned(),
            cluster: ClusterId(2),
            folder: Some("Finance/Ledger".to_owned()),
            os_family: OsFamily::Rhel,
            tags: vec!["Backup/daily".to_owned(), "prod".to_owned()],
            storage_class: Some("Gold".to_owned()),
            ..Machine::default()
        };
        let edit = MachineEdit {
            application: Some("Ledger".to_owned()),
            criticality: Some(Criticality::High),
            ..MachineEdit::default()
        };
        let text = |text: &str| text.to_owned();
        for (selector, expected) in [
            (Selector::Machines(vec![MachineId(3), MachineId(1)]), true),
            (Selector::Machines(Vec::new()), false),
            (Selector::Cluster(ClusterId(2)), true),
            (Selector::Cluster(ClusterId(3)), false),
            (Selector::Name(text("sql*")), true),
            (Selector::Name(text("sql")), false),
            (Selector::All, true),
            (Selector::Folder(text("finance*")), true),
            (Selector::Folder(text("ledger")), false),
            (Selector::ResourcePool(text("*")), false),
            (Selector::Os(OsFamily::Rhel), true),
            (Selector::Os(OsFamily::Linux), false),
            (Selector::Application(text("Ledger")), true),
            (Selector::Application(text("Shop")), false),
            (Selector::Tag(text("PROD")), true),
            (Selector::Tag(text("backup/*")), true),
            (Selector::Tag(text("pro")), false),
            (Selector::Criticality(Criticality::High), true),
            (Selector::Criticality(Criticality::Unknown), false),
            (Selector::StorageClass(text("g*")), true),
            (Selector::StorageClass(text("silver")), false),
        ] {
            assert_eq!(selector.selects(&machine, Some(&edit)), expected, "{selector:?}");
        }
        assert!(!Selector::Application(text("Ledger")).selects(&machine, None));
        assert!(Selector::Criticality(Criticality::Unknown).selects(&machine, None));
    }

    #[test]
    fn a_rule_without_its_footprint_is_gone_or_says_less() {
        let (one, two) = (FootprintId(1), FootprintId(2));
        let allow = |footprints| RuleKind::Allow { machines: Selector::All, footprints };
        assert_eq!(allow(vec![one, two]).without_footprint(one), Some(allow(vec![two])));
        assert_eq!(allow(vec![one]).without_footprint(one), None);
        let pin = RuleKind::Pin { machines: Selector::All, footprint: one };
        assert_eq!(pin.clone().without_footprint(one), None);
        assert_eq!(pin.clone().without_footprint(two), Some(pin));
    }

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
