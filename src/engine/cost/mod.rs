//! From a plan to money: a ledger of line items. Every total is a sum over it.
//!
//! A [`Tariff`] says what a place costs: rates (unit price, source, months), and how much of which rate a host, a machine or the place itself takes. The
//! solver minimises sums of these charges, [`ledger()`] lists the same charges by rate; so the cost of a plan *is* the total of its ledger.
//!
//! What staying and a plan have in common is charged in both by the same rates: a plan that moves nothing and retires nothing has the ledger of [`staying`].
//!
//! Two rules keep the sides of the comparison fair:
//!
//! - hosts that are there cost their share of the price of their like for as long as they are kept, because keeping them means replacing them; what is not yet
//!   written off when one is retired is not a saving: it is charged where it is known ([`add_book_values`]), else listed as not priced;
//! - storage arrays and people cost by what the machines take of them, so both shrink when machines leave.

mod applications;
mod beside;
mod beside_hosts;
mod book;
mod book_value;
mod committed_spend;
mod confidence;
mod disks;
mod emissions;
mod host_month;
mod hosts;
mod inputs;
mod instances;
mod ledger;
mod licences;
mod minimum_order;
mod outlook;
mod rate;
mod rent;
mod rules;
mod site;
mod tariff;
mod updates;
mod weights;

pub use applications::set_growth;
pub use beside::{Planned, add_beside};
pub use book::{kept_hosts, ledger, staying};
pub use book_value::add_book_values;
pub use committed_spend::add_committed_spend;
pub use confidence::{
    Bar, Candidate, Confidence, Owed, Parts, Question, Spread, Totals, confidence, question_among, question_beside,
};
pub use emissions::{Emissions, PlaceEmissions, emissions, staying_emissions};
pub use host_month::{HostMonth, host_month};
pub use inputs::{RANGES, Range, assumed_permille, input_of, ranges};
pub(in crate::engine) use instances::term_in_words;
pub use ledger::{Basis, GrowthPrice, Ledger, Line, LineKind, Nature, PlaceGrowth, PromisedSpend, Unit};
pub use minimum_order::add_minimum_order;
pub use outlook::{Month, Outlook, Sums, is_steady, outlook, over_time, present_value};
pub use rate::HOURS_PER_MONTH;
pub use rules::add_rule_charges;
pub use tariff::{InstanceOf, Load, Tariff};
pub use updates::{System, first_month, sql_versions};
pub(in crate::engine) use updates::{system_of, systems_of};
pub use weights::{Weighed, Weights, weighed};

use super::catalog::{Catalog, Region};
use super::model::{Assumptions, ClusterFootprint, Currency, Estate, Footprint, FootprintKind, Policy};
use super::placement::Refusal;

/// The tariff of a footprint under its own policy. A footprint that names a cluster, an offering or a region that does not exist takes no machine.
pub fn tariff(
    footprint: &Footprint,
    estate: &Estate,
    catalog: &Catalog,
    policy: &Policy,
    assumptions: &Assumptions,
) -> Tariff {
    let assumptions = &*assumptions.at(footprint);
    let mut tariff = priced(footprint, estate, catalog, policy, assumptions);
    if !matches!(footprint.kind, FootprintKind::Instances(_)) {
        let ground = licences::Ground::of_hosts(&footprint.kind);
        tariff.licences = licences::LicenceRates::add(&mut tariff, ground, assumptions);
    }
    updates::add(&mut tariff, is_azure(footprint), catalog, assumptions);
    if tariff.refusal == Some(Refusal::NeedsQuote)
        && let Some(missing) = missing_rate(footprint, catalog, assumptions)
    {
        // There is a price, which cannot be reckoned with: another thing to ask for than a quote.
        tariff.refusal = Some(Refusal::NeedsRate(missing));
    }
    tariff
}

/// Whether a footprint is in a region of Azure, where updates of systems out of support are free of charge.
fn is_azure(footprint: &Footprint) -> bool {
    let region = match &footprint.kind {
        FootprintKind::Cluster(_) => return false,
        FootprintKind::Hosts(hosts) => &hosts.region,
        FootprintKind::Instances(instances) => &instances.region,
    };
    Region::provider_of(region) == "azure"
}

/// The currency without a rate that keeps the prices of a footprint from being used; `None` where there is none.
fn missing_rate(footprint: &Footprint, catalog: &Catalog, assumptions: &Assumptions) -> Option<Currency> {
    let mut found: Vec<Currency> = Vec::new();
    match &footprint.kind {
        FootprintKind::Cluster(_) => {}
        FootprintKind::Hosts(chosen) => {
            let of_catalog = catalog.host_price(&chosen.offering, &chosen.region, chosen.term);
            match chosen.quoted() {
                Some(quote) => found.push(quote.currency),
                None => found.extend(of_catalog.filter(|price| price.amount.is_some()).map(|price| price.currency)),
            }
            found.extend(chosen.external_storage.as_ref().map(|storage| storage.currency));
            found.extend(chosen.storage_hosts.map(|storage| storage.currency));
        }
        FootprintKind::Instances(chosen) => {
            let types = catalog.instances.get(&chosen.region).map_or(&[][..], |table| &table.types);
            found.extend(types.iter().flat_map(|sold| &sold.linux).map(|price| price.currency));
            found.extend(catalog.disk(&chosen.region).map(|disk| disk.per_gib_month.currency));
        }
    }
    found.into_iter().find_map(|currency| assumptions.missing_rate(currency))
}

fn priced(
    footprint: &Footprint,
    estate: &Estate,
    catalog: &Catalog,
    policy: &Policy,
    assumptions: &Assumptions,
) -> Tariff {
    let id = footprint.id;
    match &footprint.kind {
        FootprintKind::Cluster(chosen) => match estate.cluster(chosen.cluster) {
            Some(cluster) => {
                let kept = hosts::Kept { chosen: Some(chosen), may_change: true };
                hosts::cluster_tariff(Some(id), cluster, kept, estate, catalog, policy, assumptions)
            }
            None => Tariff::refusing(id, Refusal::NoCapacity),
        },
        FootprintKind::Hosts(chosen) => match catalog.host(&chosen.offering) {
            Some(offering) => hosts::hosts_tariff(id, chosen, offering, catalog, policy, assumptions),
            None => Tariff::refusing(id, Refusal::NoCapacity),
        },
        FootprintKind::Instances(chosen) => instances::tariff(id, chosen, catalog, assumptions),
    }
}

/// Whether the server that would be bought to grow a cluster is known and has a price.
pub fn can_grow(chosen: &ClusterFootprint, catalog: &Catalog, assumptions: &Assumptions) -> bool {
    hosts::can_grow(chosen, catalog, assumptions)
}
