//! What lines depend on: the one place where the kinds of lines meet the inputs that change over the years (`PriceChanges`) or may turn out otherwise ([`Input`]).
//!
//! They are lists of their own because they divide money differently: a line is named after what it is paid for, an input after who sets its price. Both are
//! written into project files, so neither can follow the other.

use super::{Line, LineKind};
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

fn is_rented(footprint: Option<FootprintId>, scenario: &Scenario) -> bool {
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
