//! What lists would make of a scenario's own prices, before anything is applied.

use serde::{Deserialize, Serialize};

use super::changes::{Change, between};
use super::list::{Entry, PriceList};
use super::{PriceError, merged, read_own, with_own};
use crate::engine::catalog::{Catalog, PriceStatus};
use crate::engine::model::{FootprintKind, RegionId, Scenario};

/// Changes that are told one by one.
const TOLD: usize = 300;

/// What lists would make of a scenario's own prices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The scenario's own prices with the lists put into them, as CSV.
    pub csv: String,
    /// The first of the prices that change, those that look like a mistake before all others.
    pub changes: Vec<Change>,
    /// How many prices change.
    pub count: u64,
    /// How many of them look like a mistake, and have to be seen before they are applied.
    pub doubtful: u64,
    /// Rows for instance types of providers of which nothing is loaded, so that nobody knows whether there are such types.
    pub unchecked: u64,
    /// Rows that are taken from the lists.
    pub taken: u64,
    /// Published prices that are left out: for types that the catalogue does not have, or regions in which the scenario has no footprint.
    pub left_out: u64,
}

/// What a list would make of a scenario's own prices. Of published lists, which name thousands of prices, those stay out that the scenario has no use for; a
/// list of the user's own is taken whole.
///
/// # Errors
///
/// Where the list has nothing for the catalogue, or names what the catalogue does not have; and where the scenario's own list has a mistake.
pub fn propose(mut list: PriceList, scenario: &Scenario, catalog: &Catalog) -> Result<Proposal, PriceError> {
    let rows = list.rows.len();
    list.keep_known(catalog);
    let used = regions(scenario);
    list.rows.retain(|row| match &row.entry {
        Entry::Instance { region, price, .. } => price.status != PriceStatus::Listed || used.contains(&region),
        _ => true,
    });
    if list.rows.is_empty() {
        return Err(PriceError::Empty);
    }
    let before = with_own(catalog, scenario).catalog;
    // By itself first: a mistake is named by its line in the user's file, not in what it is put into.
    list.applied(&before)?;
    let csv = merged(&scenario.prices, &list)?;
    let changes = between(&before, &read_own(&csv)?.applied(catalog)?);
    let (doubtful, plain): (Vec<Change>, Vec<Change>) = changes.into_iter().partition(|change| change.doubt.is_some());
    Ok(Proposal {
        csv,
        count: (doubtful.len() + plain.len()) as u64,
        doubtful: doubtful.len() as u64,
        unchecked: list.unchecked(&before),
        changes: doubtful.into_iter().chain(plain).take(TOLD).collect(),
        taken: list.rows.len() as u64,
        left_out: (rows - list.rows.len()) as u64,
    })
}

/// The regions of the scenario's instances.
fn regions(scenario: &Scenario) -> Vec<&RegionId> {
    let kinds = scenario.footprints.iter().map(|footprint| &footprint.kind);
    kinds
        .filter_map(|kind| if let FootprintKind::Instances(chosen) = kind { Some(&chosen.region) } else { None })
        .collect()
}
