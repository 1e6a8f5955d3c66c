//! How what each place runs grows, where applications grow otherwise than the rest.

use std::collections::BTreeMap;

use super::ledger::PlaceGrowth;
use super::{Ledger, Load};
use crate::engine::growth::{Mix, growth_of};
use crate::engine::model::{FootprintId, Scenario};
use crate::engine::sizing::CPU;

/// Tells a ledger how each of its places grows, from the machines there: machines weigh as many virtual processors as they ask for. Nothing where no application
/// has a growth of its own.
pub fn set_growth<'a>(
    ledger: &mut Ledger,
    machines: impl Iterator<Item = (Option<FootprintId>, &'a Load)>,
    scenario: &Scenario,
) {
    let finance = &scenario.assumptions.finance;
    if finance.application_growth.is_empty() {
        return;
    }
    let mut mixes: BTreeMap<Option<FootprintId>, Mix> = BTreeMap::from([(None, Mix::default())]);
    for (footprint, load) in machines {
        let permille = growth_of(load.machine, scenario, finance.growth_permille_year);
        mixes.entry(None).or_default().add(permille, load.demand[CPU]);
        if footprint.is_some() {
            mixes.entry(footprint).or_default().add(permille, load.demand[CPU]);
        }
    }
    let years = ledger.horizon_months.div_ceil(12);
    let of = |(footprint, mix): (Option<FootprintId>, Mix)| PlaceGrowth {
        footprint,
        by_year_ppm: (0..years).map(|year| mix.ppm(year * 12)).collect(),
    };
    ledger.growth = mixes.into_iter().map(of).collect();
}
