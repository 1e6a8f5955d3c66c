//! A rule that is being made: what the form on the page Rules holds, and the rule that it stands for.

use std::collections::BTreeMap;

use crate::engine::letters::folded;
use crate::engine::model::{
    ClusterId, Criticality, Estate, FootprintId, MachineId, MiB, Money, OsFamily, QuotaLimits, RuleKind, RuleLevel,
    Scenario, Selector,
};

/// What a rule can ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ask {
    /// See [`RuleKind::Pin`].
    #[default]
    Pin,
    /// See [`RuleKind::Forbid`].
    Forbid,
    /// See [`RuleKind::Allow`].
    Allow,
    /// See [`RuleKind::Residency`].
    Residency,
    /// See [`RuleKind::Together`].
    Together,
    /// See [`RuleKind::Apart`].
    Apart,
    /// See [`RuleKind::Isolate`].
    Isolate,
    /// See [`RuleKind::Licence`].
    Licence,
    /// See [`RuleKind::Latency`].
    Latency,
    /// See [`RuleKind::Traffic`].
    Traffic,
    /// See [`RuleKind::Quota`].
    Quota,
    /// See [`RuleKind::MoveLimit`].
    MoveLimit,
    /// See [`RuleKind::Lock`].
    StayInCluster,
    /// See [`RuleKind::Lock`].
    StayOnHost,
}

/// A number that a rule asks for: its label, its unit, and how many decimals it may have.
pub type Number = (&'static str, &'static str, usize);

impl Ask {
    /// Everything a rule can ask for, with the words that follow the machines.
    pub const ALL: [(Self, &'static str); 14] = [
        (Self::Pin, "must run in"),
        (Self::Forbid, "must not run in"),
        (Self::Allow, "may run in some places only"),
        (Self::Residency, "must stay in some countries"),
        (Self::Together, "share one host, cluster, footprint or site"),
        (Self::Apart, "do not share a host, cluster, footprint or site"),
        (Self::Isolate, "share no host with others"),
        (Self::Licence, "need licensed hosts"),
        (Self::Latency, "are close to others"),
        (Self::Traffic, "exchange data with others"),
        (Self::Quota, "run there, at most"),
        (Self::MoveLimit, "leave their cluster, at most"),
        (Self::StayInCluster, "stay in their cluster"),
        (Self::StayOnHost, "stay on their host"),
    ];

    /// Whether it names one place.
    pub const fn names_place(self) -> bool {
        matches!(self, Self::Pin | Self::Forbid | Self::Quota)
    }

    /// Whether it says where machines meet.
    pub const fn has_level(self) -> bool {
        matches!(self, Self::Together | Self::Apart)
    }

    /// Whether it is between two groups of machines.
    pub const fn has_others(self) -> bool {
        matches!(self, Self::Latency | Self::Traffic)
    }

    /// The numbers it asks for.
    pub const fn numbers(self) -> &'static [Number] {
        match self {
            Self::Licence => &[("A licence for each core", "a year", 2), ("A licence for each host", "a year", 2)],
            Self::Latency => &[("There and back, at most", "ms", 1)],
            Self::Traffic => &[("They send", "GiB / month", 0), ("They get back", "GiB / month", 0)],
            Self::Quota => &[
                ("Machines; 0 is no limit", "machines", 0),
                ("vCPU; 0 is no limit", "vCPU", 0),
                ("Memory; 0 is no limit", "GiB", 0),
                ("Storage; 0 is no limit", "GiB", 0),
            ],
            Self::MoveLimit => &[("How many", "machines", 0)],
            _ => &[],
        }
    }
}

/// By what machines are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// See [`Selector::Name`].
    #[default]
    Name,
    /// See [`Selector::Folder`].
    Folder,
    /// See [`Selector::ResourcePool`].
    ResourcePool,
    /// See [`Selector::Application`].
    Application,
    /// See [`Selector::Tag`].
    Tag,
    /// See [`Selector::Criticality`].
    Criticality,
    /// See [`Selector::StorageClass`].
    StorageClass,
    /// See [`Selector::Machines`], by names between commas.
    Named,
    /// See [`Selector::Os`].
    Os,
    /// See [`Selector::Cluster`].
    Cluster,
    /// See [`Selector::All`].
    All,
}

impl By {
    /// Every way, with its words.
    pub const ALL: [(Self, &'static str); 11] = [
        (Self::Name, "Machines by name"),
        (Self::Folder, "Machines by folder"),
        (Self::ResourcePool, "Machines by resource pool"),
        (Self::Application, "An application"),
        (Self::Tag, "Machines by tag"),
        (Self::Criticality, "Machines by criticality"),
        (Self::StorageClass, "Machines by storage class"),
        (Self::Named, "These machines"),
        (Self::Os, "A guest system"),
        (Self::Cluster, "A cluster"),
        (Self::All, "All machines"),
    ];

    /// The label, the example and the help of the text it needs; nothing where it needs none.
    pub const fn text(self) -> Option<[&'static str; 3]> {
        const PATTERN: &str = "* stands for any text, ? for one letter";
        match self {
            Self::Name => Some(["Name", "sql-*", PATTERN]),
            Self::Folder => Some(["Folder", "*/web", PATTERN]),
            Self::ResourcePool => Some(["Resource pool", "gold*", PATTERN]),
            Self::Application => Some(["Application", "Shop", "As entered on the page Estate"]),
            Self::Named => Some(["Names", "db1, db2", "Whole names, with commas between them"]),
            Self::Tag => Some(["Tag", "prod", PATTERN]),
            Self::StorageClass => Some(["Storage class", "gold", PATTERN]),
            Self::Os | Self::Cluster | Self::All | Self::Criticality => None,
        }
    }
}

/// A group of machines as it is entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// By what they are chosen.
    pub by: By,
    /// The text, where that needs one.
    pub text: String,
    /// The guest system, where that decides.
    pub os: OsFamily,
    /// The cluster, where that decides.
    pub cluster: Option<ClusterId>,
    /// How much depends on them, where that decides.
    pub criticality: Criticality,
}

impl Group {
    /// The selection it stands for; `None` where something is missing.
    pub fn selector(&self, estate: &Estate) -> Option<Selector> {
        let text = self.text.trim();
        if self.by.text().is_some() && text.is_empty() {
            return None;
        }
        Some(match self.by {
            By::Name => Selector::Name(text.to_owned()),
            By::Folder => Selector::Folder(text.to_owned()),
            By::ResourcePool => Selector::ResourcePool(text.to_owned()),
            By::Application => Selector::Application(text.to_owned()),
            By::Tag => Selector::Tag(text.to_owned()),
            By::Criticality => Selector::Criticality(self.criticality),
            By::StorageClass => Selector::StorageClass(text.to_owned()),
            By::Named => Selector::Machines(named(text, estate)),
            By::Os => Selector::Os(self.os),
            By::Cluster => Selector::Cluster(self.cluster.or_else(|| Some(estate.clusters.first()?.id))?),
            By::All => Selector::All,
        })
    }
}

/// The machines with these names, each of which stands between commas; case does not matter.
fn named(text: &str, estate: &Estate) -> Vec<MachineId> {
    let mut by_name: BTreeMap<String, Vec<MachineId>> = BTreeMap::new();
    for name in text.split(',').map(|name| folded(name.trim())).filter(|name| !name.is_empty()) {
        by_name.entry(name).or_default();
    }
    for machine in &estate.machines {
        if let Some(found) = by_name.get_mut(&folded(&machine.name)) {
            found.push(machine.id);
        }
    }
    let mut ids: Vec<MachineId> = by_name.into_values().flatten().collect();
    ids.sort_unstable();
    ids
}

/// A rule that is being made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// What it asks for.
    pub ask: Ask,
    /// Of which machines.
    pub who: Group,
    /// The others of a rule between two groups.
    pub others: Group,
    /// The place it names; `None`: the first.
    pub place: Option<FootprintId>,
    /// The places that may be used.
    pub allowed: Vec<FootprintId>,
    /// Countries, by their two letters, with anything between them.
    pub countries: String,
    /// Whether one's own sites are among them.
    pub own_sites: bool,
    /// Where machines meet.
    pub level: RuleLevel,
    /// The numbers, in the order of [`Ask::numbers`].
    pub numbers: [f64; 4],
}

impl Draft {
    /// The rule it stands for; `None` where something is missing.
    pub fn kind(&self, estate: &Estate, scenario: &Scenario) -> Option<RuleKind> {
        let machines = self.who.selector(estate)?;
        let first = || scenario.footprints.first().map(|footprint| footprint.id);
        let place = || self.place.or_else(first);
        Some(match self.ask {
            Ask::Pin => RuleKind::Pin { machines, footprint: place()? },
            Ask::Forbid => RuleKind::Forbid { machines, footprint: place()? },
            Ask::Allow => {
                let footprints = Some(self.allowed.clone()).filter(|allowed| !allowed.is_empty())?;
                RuleKind::Allow { machines, footprints }
            }
            Ask::Residency => {
                let countries = self.country_codes();
                (!countries.is_empty() || self.own_sites).then_some(())?;
                RuleKind::Residency { machines, countries, own_sites: self.own_sites }
            }
            Ask::Together => RuleKind::Together { machines, level: self.level },
            Ask::Apart => RuleKind::Apart { machines, level: self.level },
            Ask::Isolate => RuleKind::Isolate { machines },
            Ask::Licence => {
                let [per_core_year, per_host_year] = [0, 1].map(|at| self.money(at));
                (per_core_year + per_host_year > Money::ZERO).then_some(())?;
                RuleKind::Licence { machines, per_core_year, per_host_year }
            }
            Ask::Latency => RuleKind::Latency {
                machines,
                others: self.others.selector(estate)?,
                most_micros: u32::try_from(self.scaled(0, 1e3)).unwrap_or(u32::MAX),
            },
            Ask::Traffic => RuleKind::Traffic {
                machines,
                others: self.others.selector(estate)?,
                gib_per_month: self.scaled(0, 1.0),
                gib_per_month_back: self.scaled(1, 1.0),
            },
            Ask::Quota => {
                let most = self.quota();
                (most != QuotaLimits::default()).then_some(())?;
                RuleKind::Quota { machines, footprint: place()?, most }
            }
            Ask::MoveLimit => {
                RuleKind::MoveLimit { machines, most: u32::try_from(self.scaled(0, 1.0)).unwrap_or(u32::MAX) }
            }
            Ask::StayInCluster => RuleKind::Lock { machines, on_host: false },
            Ask::StayOnHost => RuleKind::Lock { machines, on_host: true },
        })
    }

    /// Countries as codes of two capital letters, each once, in order.
    fn country_codes(&self) -> Vec<String> {
        let words = self.countries.split(|letter: char| !letter.is_ascii_alphabetic());
        let mut codes: Vec<String> = words.filter(|word| word.len() == 2).map(str::to_ascii_uppercase).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    fn money(&self, at: usize) -> Money {
        Money::from_micros(i64::try_from(self.scaled(at, 1e6)).unwrap_or(i64::MAX))
    }

    fn quota(&self) -> QuotaLimits {
        let limit = |at: usize| Some(self.scaled(at, 1.0)).filter(|&limit| limit > 0);
        let count = |at: usize| limit(at).map(|limit| u32::try_from(limit).unwrap_or(u32::MAX));
        let size = |at: usize| limit(at).map(|gib| MiB(gib.saturating_mul(1024)));
        QuotaLimits { machines: count(0), vcpus: count(1), memory: size(2), storage: size(3) }
    }

    /// A number of the form in units so many times smaller; nothing below zero.
    fn scaled(&self, at: usize, times: f64) -> u64 {
        (self.numbers[at] * times).round().max(0.0) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{Footprint, FootprintKind, HostsFootprint, Machine, PolicyOverride};

    fn estate() -> Estate {
        let machine = |name: &str| Machine { id: MachineId::of(&[name]), name: name.to_owned(), ..Machine::default() };
        let mut estate = Estate { machines: ["DB1", "db2", "web"].map(machine).to_vec(), ..Estate::default() };
        estate.sort();
        estate
    }

    fn scenario() -> Scenario {
        let footprint = Footprint {
            id: FootprintId(3),
            name: "Cloud".to_owned(),
            enabled: true,
            kind: FootprintKind::Hosts(HostsFootprint::default()),
            policy: PolicyOverride::default(),
        };
        Scenario { footprints: vec![footprint], ..Scenario::default() }
    }

    fn all() -> Group {
        Group { by: By::All, ..Group::default() }
    }

    #[track_caller]
    fn check(draft: Draft, expected: Option<RuleKind>) {
        assert_eq!(draft.kind(&estate(), &scenario()), expected);
    }

    #[test]
    fn every_kind_of_rule_can_be_made() {
        let mut made: Vec<std::mem::Discriminant<RuleKind>> = Vec::new();
        for (ask, words) in Ask::ALL {
            let draft = Draft {
                ask,
                who: all(),
                others: all(),
                allowed: vec![FootprintId(3)],
                countries: "DE".to_owned(),
                numbers: [1.0; 4],
                ..Draft::default()
            };
            let kind = draft.kind(&estate(), &scenario());
            made.push(std::mem::discriminant(&kind.unwrap_or_else(|| panic!("{words}"))));
        }
        made.dedup();
        assert_eq!(made.len(), 13, "every kind, the two locks as one");
    }

    #[test]
    fn every_selector_can_be_made_and_none_of_a_text_that_is_missing() {
        for (by, words) in By::ALL {
            let group = Group { by, cluster: Some(ClusterId(7)), ..Group::default() };
            assert_eq!(group.selector(&estate()).is_none(), by.text().is_some(), "{words}");
            let group = Group { text: " db1 , DB2,, nobody".to_owned(), ..group };
            let selector = group.selector(&estate());
            if by == By::Named {
                let mut ids = vec![MachineId::of(&["DB1"]), MachineId::of(&["db2"])];
                ids.sort_unstable();
                assert_eq!(selector, Some(Selector::Machines(ids)));
            } else {
                assert!(selector.is_some(), "{words}");
            }
        }
    }

    #[test]
    fn numbers_are_in_the_units_of_the_form() {
        let (machines, others) = (Selector::All, Selector::All);
        let draft = |ask, numbers| Draft { ask, who: all(), others: all(), numbers, ..Draft::default() };
        check(
            draft(Ask::Latency, [2.5, 0.0, 0.0, 0.0]),
            Some(RuleKind::Latency { machines: machines.clone(), others, most_micros: 2_500 }),
        );
        check(
            draft(Ask::Licence, [0.0, 99.5, 0.0, 0.0]),
            Some(RuleKind::Licence {
                machines: machines.clone(),
                per_core_year: Money::ZERO,
                per_host_year: Money::from_micros(99_500_000),
            }),
        );
        let most = QuotaLimits { vcpus: Some(16), memory: Some(MiB::from_gib(64)), ..QuotaLimits::default() };
        check(
            draft(Ask::Quota, [0.0, 16.0, 64.0, 0.0]),
            Some(RuleKind::Quota { machines, footprint: FootprintId(3), most }),
        );
    }

    #[test]
    fn what_would_say_nothing_is_no_rule() {
        let draft = |ask| Draft { ask, who: all(), others: all(), ..Draft::default() };
        for ask in [Ask::Allow, Ask::Residency, Ask::Licence, Ask::Quota] {
            check(draft(ask), None);
        }
        check(Draft { who: Group::default(), ..draft(Ask::Pin) }, None);
        check(Draft { others: Group::default(), ..draft(Ask::Traffic) }, None);
        let countries = Draft { countries: "fr, DE und de".to_owned(), ..draft(Ask::Residency) };
        let kind = RuleKind::Residency {
            machines: Selector::All,
            countries: vec!["DE".to_owned(), "FR".to_owned()],
            own_sites: false,
        };
        check(countries, Some(kind));
    }
}
