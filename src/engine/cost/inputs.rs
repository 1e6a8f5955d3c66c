//! What lines depend on: the one place where the kinds of lines meet the inputs that change over the years (`PriceChanges`) or may turn out otherwise ([`Input`]).
//!
//! They are lists of their own because they divide money differently: a line is named after what it is paid for, an input after who sets its price. Both are
//! written into project files, so neither can follow the other.

use serde::{Deserialize, Serialize};

use super::beside::BILLED_APART;
use super::{Line, LineKind};
use crate::engine::catalog::Region;
use crate::engine::model::{Finance, FootprintId, FootprintKind, Input, InputRange, Scenario};

/// How many inputs there are.
pub(super) const INPUTS: usize = 12;

/// The default ranges, per thousand of what is assumed, with where they come from.
pub const RANGES: [(Input, u32, u32, &str); INPUTS] = [
    (Input::OwnHosts, 800, 1300, "an assumption of ours"),
    (Input::OwnStorage, 700, 1300, "an assumption of ours"),
    (Input::RentedCompute, 850, 1150, "an assumption of ours"),
    (Input::RentedStorage, 900, 1100, "an assumption of ours"),
    (Input::Network, 800, 1300, "an assumption of ours"),
    (
        Input::Licences,
        529,
        1129,
        "185 to 395 USD for 350 USD a core and year: paid by large customers, and for one year (redresscompliance.com, 2026-06)",
    ),
    (
        Input::Power,
        468,
        1453,
        "0.089 to 0.276 EUR for 0.19: Finland and Cyprus in the second half of 2023 (Eurostat, 2024-04)",
    ),
    (
        Input::Facilities,
        908,
        1207,
        "163.44 to 217.30 USD for 180 USD a kilowatt and month (CBRE, USA 2023 and worldwide 2025)",
    ),
    (Input::People, 800, 1300, "an assumption of ours"),
    (Input::Backup, 800, 1300, "an assumption of ours"),
    (Input::Moving, 500, 2000, "an assumption of ours"),
    (Input::Other, 900, 1100, "an assumption of ours"),
];

/// The ranges of a scenario: its own, else the default ones.
pub fn ranges(finance: &Finance) -> [InputRange; INPUTS] {
    RANGES.map(|(input, low_permille, high_permille, _)| {
        let own = finance.ranges.iter().find(|range| range.input == input);
        own.copied().unwrap_or(InputRange { input, low_permille, high_permille })
    })
}

/// The range of an input, or of the prices of one provider. Its ends are per thousand of what is assumed, or of the year before where [`Input::is_yearly`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// Which input.
    pub input: Input,
    /// The provider; empty: all that have no range of their own.
    pub provider: String,
    /// The lowest that it may be.
    pub low_permille: u32,
    /// The highest.
    pub high_permille: u32,
    /// What is assumed: 1000, or what there is of the year before where [`Input::is_yearly`].
    pub assumed_permille: u32,
}

impl Range {
    /// The value that is likely, in the same unit: what is assumed, or the middle of a range that leaves it out.
    pub(super) fn likely_permille(&self) -> i64 {
        let (low, high) = (i64::from(self.low_permille), i64::from(self.high_permille));
        let assumed = i64::from(self.assumed_permille);
        if (low..=high).contains(&assumed) { assumed } else { i64::midpoint(low, high) }
    }
}

/// The ranges of all inputs, in the order of [`RANGES`], then those of single providers.
pub(super) fn all_ranges(finance: &Finance) -> Vec<Range> {
    let of_inputs = ranges(finance).into_iter().map(|range| Range {
        input: range.input,
        provider: String::new(),
        low_permille: range.low_permille,
        high_permille: range.high_permille,
        assumed_permille: 1000,
    });
    let of_providers = finance.provider_ranges.iter().map(|range| Range {
        input: Input::RentedCompute,
        provider: range.provider.clone(),
        low_permille: range.low_permille,
        high_permille: range.high_permille.max(range.low_permille),
        assumed_permille: 1000,
    });
    of_inputs.chain(of_providers).collect()
}

/// What is assumed of one of [`Input::OTHERS`], in the unit of its range.
pub fn assumed_permille(input: Input, finance: &Finance) -> u32 {
    let changes = &finance.price_changes;
    let change = match input {
        Input::Growth => i32::try_from(finance.growth_permille_year).unwrap_or(i32::MAX),
        Input::ComputeChange => changes.compute,
        Input::StorageChange => changes.storage,
        Input::NetworkChange => changes.network,
        Input::LicencesChange => changes.licences,
        Input::PowerChange => changes.power,
        Input::PeopleChange => changes.people,
        Input::OtherChange => changes.other,
        _ => 0,
    };
    u32::try_from(change.saturating_add(1000)).unwrap_or_default()
}

/// The ranges that the user gave inputs that are no price, in the order of [`Input::OTHERS`].
pub(super) fn other_ranges(finance: &Finance) -> Vec<Range> {
    let range_of = |input: Input| {
        let own = finance.ranges.iter().find(|range| range.input == input)?;
        Some(Range {
            input,
            provider: String::new(),
            low_permille: own.low_permille,
            high_permille: own.high_permille.max(own.low_permille),
            assumed_permille: assumed_permille(input, finance),
        })
    };
    Input::OTHERS.into_iter().filter_map(range_of).collect()
}

/// The provider that a line of rented hosts, instances or storage is paid to; `None` for all else, and for hosts that somebody else than the provider of the
/// region bills.
pub(super) fn rented_from<'a>(line: &Line, scenario: &'a Scenario) -> Option<&'a str> {
    if !matches!(input_of(line, scenario), Input::RentedCompute | Input::RentedStorage) {
        return None;
    }
    match &scenario.footprint(line.footprint?)?.kind {
        FootprintKind::Cluster(_) => None,
        FootprintKind::Hosts(hosts) if hosts.offering.as_str().starts_with(BILLED_APART) => None,
        FootprintKind::Hosts(hosts) => Some(Region::provider_of(&hosts.region)),
        FootprintKind::Instances(instances) => Some(Region::provider_of(&instances.region)),
    }
}

/// What a line depends on.
pub fn input_of(line: &Line, scenario: &Scenario) -> Input {
    if !line.nature.is_running() {
        return Input::Moving;
    }
    let rented = is_rented(line.footprint, scenario);
    match line.kind {
        LineKind::Hosts | LineKind::Instances if rented => Input::RentedCompute,
        LineKind::Hosts | LineKind::Instances => Input::OwnHosts,
        LineKind::Storage if rented => Input::RentedStorage,
        LineKind::Storage => Input::OwnStorage,
        LineKind::Network => Input::Network,
        LineKind::Licences => Input::Licences,
        LineKind::Power => Input::Power,
        LineKind::Facilities => Input::Facilities,
        LineKind::People => Input::People,
        LineKind::Backup => Input::Backup,
        LineKind::Migration => Input::Moving,
        LineKind::Service => Input::Other,
    }
}

pub(super) fn is_rented(footprint: Option<FootprintId>, scenario: &Scenario) -> bool {
    let found = footprint.and_then(|id| scenario.footprint(id));
    found.is_some_and(|footprint| match &footprint.kind {
        FootprintKind::Cluster(_) => false,
        FootprintKind::Hosts(hosts) => hosts.region.as_str() != "site",
        FootprintKind::Instances(_) => true,
    })
}

/// The change of a kind's price, per thousand a year.
pub(super) const fn change_of(kind: LineKind, finance: &Finance) -> i32 {
    let changes = &finance.price_changes;
    match kind {
        LineKind::Hosts | LineKind::Instances => changes.compute,
        LineKind::Storage => changes.storage,
        LineKind::Network => changes.network,
        LineKind::Licences => changes.licences,
        LineKind::Power => changes.power,
        LineKind::People | LineKind::Backup => changes.people,
        LineKind::Facilities | LineKind::Service | LineKind::Migration => changes.other,
    }
}
