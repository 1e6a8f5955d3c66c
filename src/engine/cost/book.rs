//! The books: what a plan costs, and what staying costs.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::hosts::{Kept, cluster_tariff};
use super::instances::Choice;
use super::licences::{Ground, LicenceRates, SQL};
use super::rate::Charge;
use super::site::WINDOWS;
use super::tariff::{InstanceOf, Load, OwnHost, Tariff};
use super::updates::{self, NotUpdated};
use super::{GrowthPrice, Ledger, Line};
use crate::engine::catalog::Catalog;
use crate::engine::model::{Cluster, ClusterId, Estate, FootprintKind, HostId, Scenario};
use crate::engine::order::arrange;
use crate::engine::placement::{Assignment, ClusterPlan, Plan};
use crate::engine::sizing::text::count;

/// What a plan costs, line by line, as the solver reckons it; [`super::add_beside`] adds what depends on the plan as a whole.
///
/// `tariffs` are those of the problem's places, in their order; `loads` are its machines, sorted by machine. `tell` hears of each instance that is rented, by the
/// assignment of its machine: what that gets is found out once.
pub fn ledger(
    plan: &Plan,
    tariffs: &[Tariff],
    loads: &[Load],
    horizon_months: u32,
    tell: &mut dyn FnMut(&Assignment, InstanceOf),
) -> Ledger {
    let mut book = Book::new(tariffs);
    for (place, chosen) in plan.places.iter().enumerate().take(tariffs.len()) {
        book.hosts(place, &chosen.clusters);
    }
    for assignment in &plan.assignments {
        let found = loads.binary_search_by_key(&assignment.machine, |load| load.machine);
        let place = assignment.place as usize;
        if let (Ok(found), true) = (found, place < tariffs.len()) {
            let load = &loads[found];
            if let Some(choice) = book.machine(place, load) {
                tell(assignment, tariffs[place].instance_of(load, &choice));
            }
        }
    }
    let mut not_priced = book.not_priced();
    if !plan.unplaced.is_empty() {
        let machines = count(plan.unplaced.len() as u64, "machine has", "machines have");
        not_priced.push(format!("{machines} no place: nothing is counted for what has none."));
    }
    book.close(horizon_months, not_priced)
}

/// What it costs to leave everything where it is: all hosts kept, all planned machines on them, for each cluster of the estate and of `loads`.
pub fn staying(estate: &Estate, scenario: &Scenario, catalog: &Catalog, loads: &[Load]) -> Ledger {
    let mut clusters: BTreeSet<ClusterId> = loads.iter().map(|load| load.cluster).collect();
    clusters.extend(estate.hosts.iter().map(|host| host.cluster));
    let nowhere = Cluster { name: "machines in no cluster".to_owned(), ..Cluster::default() };
    let tariffs: Vec<Tariff> = clusters
        .iter()
        .map(|&id| {
            let chosen = scenario
                .footprints
                .iter()
                .find(|footprint| matches!(&footprint.kind, FootprintKind::Cluster(chosen) if chosen.cluster == id));
            let policy = chosen.map_or_else(|| scenario.policy.clone(), |found| scenario.policy.with(&found.policy));
            let unknown = Cluster { id, ..nowhere.clone() };
            let cluster = estate.cluster(id).unwrap_or(&unknown);
            let footprint = chosen.map(|found| found.id);
            let assumptions =
                chosen.map_or(Cow::Borrowed(&scenario.assumptions), |found| scenario.assumptions.at(found));
            let mut tariff =
                cluster_tariff(footprint, cluster, Kept::as_they_are(chosen), estate, catalog, &policy, &assumptions);
            tariff.licences = LicenceRates::add(&mut tariff, Ground::Own, &scenario.assumptions);
            updates::add(&mut tariff, false, catalog, &scenario.assumptions);
            tariff
        })
        .collect();
    let mut book = Book::new(&tariffs);
    for place in 0..tariffs.len() {
        book.hosts(place, &[]);
    }
    for load in loads {
        if let Some(place) = tariffs.iter().position(|tariff| tariff.home == Some(load.cluster)) {
            book.machine(place, load);
        }
    }
    let not_priced = book.not_priced();
    book.close(scenario.assumptions.horizon(), not_priced)
}

/// Whether a host that is there is paid for. One that the plan does not name is, unless leaving it empty saves it.
fn is_kept(own: &OwnHost, clusters: &[ClusterPlan]) -> bool {
    let mut hosts = clusters.iter().flat_map(|cluster| &cluster.hosts);
    hosts.find(|host| host.existing == Some(own.host)).map_or(!own.may_retire, |host| !host.retired)
}

/// The hosts that are there and that a plan goes on paying for.
pub fn kept_hosts(plan: &Plan, tariffs: &[Tariff]) -> BTreeSet<HostId> {
    let places = plan.places.iter().zip(tariffs);
    let kept = places.flat_map(|(place, tariff)| tariff.own_hosts.iter().filter(|own| is_kept(own, &place.clusters)));
    kept.map(|own| own.host).collect()
}

/// Quantities by rate, for each tariff.
struct Book<'a> {
    tariffs: &'a [Tariff],
    quantities: Vec<Vec<u64>>,
    not_updated: NotUpdated,
}

impl<'a> Book<'a> {
    fn new(tariffs: &'a [Tariff]) -> Self {
        let quantities = tariffs.iter().map(|tariff| vec![0; tariff.rates.len()]).collect();
        Self { tariffs, quantities, not_updated: NotUpdated::default() }
    }

    fn add(&mut self, place: usize, charge: Charge) {
        let quantity = &mut self.quantities[place][charge.rate];
        *quantity = quantity.saturating_add(charge.quantity_milli);
    }

    fn add_all(&mut self, place: usize, charges: &[Charge]) {
        for &charge in charges {
            self.add(place, charge);
        }
    }

    /// The hosts of a place.
    fn hosts(&mut self, place: usize, clusters: &[ClusterPlan]) {
        let tariff = &self.tariffs[place];
        let hosts = || clusters.iter().flat_map(|cluster| &cluster.hosts);
        for own in tariff.own_hosts.iter().filter(|own| is_kept(own, clusters)) {
            self.add_all(place, &own.charges);
        }
        let mut used = false;
        for _ in hosts().filter(|host| host.existing.is_none()) {
            used = true;
            self.add_all(place, &tariff.new_host);
        }
        if used {
            self.add_all(place, &tariff.place);
        }
    }

    /// A machine of a place, and the instance that it gets there.
    fn machine(&mut self, place: usize, load: &Load) -> Option<Choice<'a>> {
        self.not_updated.count(&self.tariffs[place].updates, load);
        let quantities = &mut self.quantities[place];
        self.tariffs[place].machine_charges(load, |charge| {
            quantities[charge.rate] = quantities[charge.rate].saturating_add(charge.quantity_milli);
        })
    }

    fn used(&self) -> impl Iterator<Item = &'a Tariff> {
        let used = |&(_, quantities): &(&Tariff, &Vec<u64>)| quantities.iter().any(|&quantity| quantity > 0);
        self.tariffs.iter().zip(&self.quantities).filter(used).map(|(tariff, _)| tariff).collect::<Vec<_>>().into_iter()
    }

    /// What costs money in every way to run the estate, and what the tariffs in use leave out. Without repetitions.
    fn not_priced(&self) -> Vec<String> {
        let is_priced =
            |begins: &str| self.used().flat_map(|tariff| &tariff.rates).any(|rate| rate.label.starts_with(begins));
        let windows = if is_priced(WINDOWS) { "" } else { "Windows Server, " };
        let sql = if is_priced(SQL) { "" } else { "SQL Server, " };
        let mut sentences = vec![
            format!(
                "Licences of guest systems and applications on hosts ({windows}{sql}Red Hat, …) are taken as the same wherever they run, and not priced."
            ),
            "Monitoring, patching and security software is needed in every place, and not priced.".to_owned(),
            super::outlook::STEADY.to_owned(),
        ];
        for sentence in self.used().flat_map(|tariff| &tariff.not_priced) {
            if !sentences.contains(sentence) {
                sentences.push(sentence.clone());
            }
        }
        sentences.extend(self.not_updated.sentences());
        sentences
    }

    fn close(self, horizon_months: u32, not_priced: Vec<String>) -> Ledger {
        let (mut lines, mut on_demand): (Vec<Line>, Vec<GrowthPrice>) = (Vec::new(), Vec::new());
        for (tariff, quantities) in self.tariffs.iter().zip(self.quantities) {
            let used = tariff.rates.iter().zip(&quantities).filter(|&(_, &quantity)| quantity > 0);
            lines.extend(used.map(|(rate, &quantity)| rate.line(tariff.footprint, quantity)));
            on_demand.extend(tariff.growth_prices(&quantities));
        }
        arrange(&mut lines, Line::order);
        Ledger { lines, horizon_months, not_priced, on_demand, ..Ledger::default() }
    }
}
