//! What depends on the plan as a whole: tiers of traffic, support plans, links, double running, and leaving.
//!
//! The solver does not see these lines, because they are not sums over machines and hosts; so the total of a ledger is the plan's cost and what stands here.
//! Nothing but the data of machines that move is added unless the scenario asks for it; what is left out is listed as not priced.

mod transfer;

use super::beside_hosts::SPARE_HOST;
use super::hosts::CONTROL_PLANE;
use super::rate::{HOURS_PER_MONTH, line_total, source_of};
use super::tariff::{Load, Tariff};
use super::{Basis, Ledger, Line, LineKind, Nature, Unit};
use crate::engine::catalog::{Catalog, Destination, Price, PriceStatus, Region, support_cost};
use crate::engine::model::{Finance, FootprintId, FootprintKind, Money, RegionId, Scenario, ServiceUse, SupportPlan};
use crate::engine::order::in_order;
use crate::engine::placement::{PlacePlan, Plan};

/// Sellers of hosts that bill apart from the provider in whose regions they stand.
pub(super) const BILLED_APART: &str = "vmc-aws/";

/// A plan with what it was made of.
#[derive(Clone, Copy)]
pub struct Planned<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Tariffs of the problem's places, in their order.
    pub tariffs: &'a [Tariff],
    /// The problem's machines, sorted by machine.
    pub loads: &'a [Load],
    /// The inputs.
    pub scenario: &'a Scenario,
    /// Prices.
    pub catalog: &'a Catalog,
}

/// Adds the lines that depend on the plan as a whole to its ledger.
pub fn add_beside(ledger: &mut Ledger, staying: &Ledger, planned: Planned<'_>) {
    let mut beside = Beside { planned, months: ledger.horizon_months, lines: Vec::new(), not_priced: Vec::new() };
    beside.moving(staying);
    beside.leaving();
    if ledger.lines.iter().any(|line| beside.region_of(line.footprint).is_some()) {
        beside.traffic();
        beside.services(ledger);
        ledger.lines.append(&mut beside.lines);
        beside.support(ledger);
        beside.leaves_out();
    }
    ledger.lines.append(&mut beside.lines);
    ledger.not_priced.append(&mut beside.not_priced);
    ledger.lines = in_order(&ledger.lines, Line::order);
}

struct Beside<'a> {
    planned: Planned<'a>,
    months: u32,
    lines: Vec<Line>,
    not_priced: Vec<String>,
}

/// A line before its total is known.
struct Draft {
    footprint: Option<FootprintId>,
    kind: LineKind,
    nature: Nature,
    label: String,
    quantity: u64,
    unit: Unit,
    unit_price: Money,
    status: PriceStatus,
    source: String,
    months: u32,
}

impl<'a> Beside<'a> {
    fn finance(&self) -> &'a Finance {
        &self.planned.scenario.assumptions.finance
    }

    fn add(&mut self, draft: Draft) {
        let quantity_milli = draft.quantity.saturating_mul(1000);
        self.lines.push(Line {
            footprint: draft.footprint,
            kind: draft.kind,
            nature: draft.nature,
            label: draft.label,
            quantity_milli: i64::try_from(quantity_milli).unwrap_or(i64::MAX),
            unit: draft.unit,
            unit_price: draft.unit_price,
            status: draft.status,
            source: draft.source,
            from_month: 0,
            to_month: draft.months,
            total: line_total(quantity_milli, draft.unit_price, draft.months),
            basis: Basis::Use,
        });
    }

    /// The region of a rented footprint; `None` for one's own sites.
    fn region_of(&self, footprint: Option<FootprintId>) -> Option<&'a RegionId> {
        region_of(self.planned.scenario, footprint)
    }

    /// Machines of a place, and how many of all machines move.
    fn machines_at(&self, place: usize) -> u64 {
        self.planned.plan.assignments.iter().filter(|assignment| assignment.place as usize == place).count() as u64
    }

    fn moved(&self) -> u64 {
        let Planned { plan, tariffs, loads, .. } = self.planned;
        let moves = |machine, place: u32| {
            let load = loads.binary_search_by_key(&machine, |load: &Load| load.machine).ok()?;
            Some(tariffs.get(place as usize)?.home != Some(loads[load].cluster))
        };
        plan.assignments.iter().filter(|one| moves(one.machine, one.place) == Some(true)).count() as u64
    }

    /// Double running: machines that move go on costing what they cost today, so many months.
    fn moving(&mut self, staying: &Ledger) {
        let (moved, months) = (self.moved(), self.finance().double_running_months);
        if moved == 0 {
            return;
        }
        self.transfer();
        if months == 0 {
            self.not_priced
                .push("Running twice while machines move and the end of running contracts are not priced.".to_owned());
            return;
        }
        let all = self.planned.loads.len().max(1);
        self.add(Draft {
            footprint: None,
            kind: LineKind::Migration,
            nature: Nature::Migration,
            label: "Running twice while machines move".to_owned(),
            quantity: moved.saturating_mul(u64::from(months)),
            unit: Unit::MachineMonth,
            unit_price: staying.run_rate().scale(1, all as i128),
            status: PriceStatus::Assumed,
            source: format!(
                "Assumptions: {moved} machines × {months} months at what one of {all} costs today, {} a month ÷ {all}",
                staying.run_rate()
            ),
            months: 1,
        });
        self.not_priced.push("The end of running contracts is not priced.".to_owned());
    }

    /// What retired hosts still cost: taking them out, and what is not yet written off.
    fn leaving(&mut self) {
        let plan = self.planned.plan;
        let hosts = plan.places.iter().flat_map(|place| &place.clusters).flat_map(|cluster| &cluster.hosts);
        let retired = hosts.filter(|host| host.retired).count() as u64;
        if retired == 0 {
            return;
        }
        let Finance { exit_per_host, book_months, .. } = *self.finance();
        if exit_per_host > Money::ZERO {
            self.add(Draft {
                footprint: None,
                kind: LineKind::Migration,
                nature: Nature::Exit,
                label: "Taking hosts out of service".to_owned(),
                quantity: retired,
                unit: Unit::Host,
                unit_price: exit_per_host,
                status: PriceStatus::Assumed,
                source: "Assumptions: one-off cost for each host".to_owned(),
                months: 1,
            });
        }
        let is_unknown = |place: &&PlacePlan| !self.has_book_value(place.footprint);
        let mut unknown = plan.places.iter().filter(is_unknown).flat_map(|place| &place.clusters);
        if !unknown.any(|cluster| cluster.hosts.iter().any(|host| host.retired)) {
            return;
        }
        if book_months == 0 {
            self.not_priced.push("What retired hosts are still worth, or still owed, is not priced.".to_owned());
        } else {
            self.still_written_off(book_months.min(self.months));
        }
    }

    /// Whether it is known what the accounts hold for the hosts of a footprint; that has lines of its own ([`super::book_value`]).
    fn has_book_value(&self, footprint: FootprintId) -> bool {
        let kind = self.planned.scenario.footprint(footprint).map(|found| &found.kind);
        matches!(kind, Some(FootprintKind::Cluster(chosen)) if chosen.book.is_some())
    }

    /// The hardware of retired hosts, for the months in which it is taken to be written off still.
    fn still_written_off(&mut self, months: u32) {
        let Planned { plan, tariffs, .. } = self.planned;
        for (place, tariff) in plan.places.iter().zip(tariffs) {
            if self.has_book_value(place.footprint) {
                continue;
            }
            let hosts = || place.clusters.iter().flat_map(|cluster| &cluster.hosts);
            let retired =
                |own: &&super::tariff::OwnHost| hosts().any(|host| host.retired && host.existing == Some(own.host));
            for (position, rate) in tariff.rates.iter().enumerate() {
                let is_hardware = rate.is_hardware() && rate.unit == Unit::HostMonth;
                let of_rate = |own: &super::tariff::OwnHost| own.charges.iter().any(|charge| charge.rate == position);
                let count = tariff.own_hosts.iter().filter(retired).filter(|own| of_rate(own)).count() as u64;
                if is_hardware && count > 0 {
                    self.add(Draft {
                        footprint: tariff.footprint,
                        kind: LineKind::Hosts,
                        nature: Nature::Exit,
                        label: format!("Still written off: {}", rate.label),
                        quantity: count,
                        unit: Unit::HostMonth,
                        unit_price: rate.unit_price,
                        status: rate.status,
                        source: format!("{}; for {months} months more", rate.source),
                        months,
                    });
                }
            }
        }
    }

    /// Traffic to the internet: a line for each tier of a region that is reached.
    fn traffic(&mut self) {
        let per_machine = u64::from(self.finance().internet_gib_per_machine);
        let plan = self.planned.plan;
        for (position, place) in plan.places.iter().enumerate() {
            let gib = self.machines_at(position).saturating_mul(per_machine);
            let Some(region) = self.region_of(Some(place.footprint)).filter(|_| gib > 0) else { continue };
            let tiers = self.planned.catalog.extras.egress(region, Destination::Internet);
            if tiers.is_empty() {
                self.not_priced.push(format!("Traffic from {region} to the internet has no public price."));
            }
            for (index, tier) in tiers.iter().enumerate() {
                let until = tiers.get(index + 1).map_or(u64::MAX, |next| next.from_gib);
                let within = gib.min(until).saturating_sub(tier.from_gib);
                let label = format!("Traffic to the internet, from {} GiB a month", tier.from_gib);
                if within > 0 {
                    self.priced(
                        Some(place.footprint),
                        LineKind::Network,
                        label,
                        (within, Unit::TrafficGib),
                        &tier.per_gib,
                        1,
                    );
                }
            }
        }
    }

    /// Links, gateways and the like of footprints that are used.
    fn services(&mut self, ledger: &Ledger) {
        for used in &self.finance().services {
            let ServiceUse { footprint, service, item, quantity, quote } = used;
            let in_use = ledger.lines.iter().any(|line| line.footprint == Some(*footprint));
            let Some(region) = self.region_of(Some(*footprint)).filter(|_| in_use) else { continue };
            if item == CONTROL_PLANE && self.is_in_tariff(*footprint, service) {
                continue;
            }
            let Some(found) = self.planned.catalog.extras.service(region, service, item) else {
                self.not_priced.push(format!("The catalogue has no {service}, {item}, in {region}: it is not priced."));
                continue;
            };
            let quoted = quote.filter(|&amount| amount > Money::ZERO).map(|amount| Price {
                amount: Some(amount),
                currency: self.planned.scenario.assumptions.currency,
                status: PriceStatus::Quote,
                source: None,
                note: "your quote".to_owned(),
            });
            let price = quoted.as_ref().unwrap_or(&found.price);
            let kind = if item == SPARE_HOST { LineKind::Hosts } else { LineKind::Network };
            let (times, unit) = match found.per.as_str() {
                "hour" => (HOURS_PER_MONTH, Unit::DeploymentMonth),
                "gib" => (1, Unit::TrafficGib),
                "gib_month" => (1, Unit::GibMonth),
                "mibps_month" => (1, Unit::MibpsMonth),
                _ => (1, Unit::DeploymentMonth),
            };
            let label = format!("{service}: {item}");
            self.priced(Some(*footprint), kind, label, (u64::from(*quantity), unit), price, times);
        }
    }

    /// Whether the fixed charge of a service is among the rates of a place: not where a quote for its hosts stands for everything.
    fn is_in_tariff(&self, footprint: FootprintId, service: &str) -> bool {
        let Planned { scenario, catalog, .. } = self.planned;
        match scenario.footprint(footprint).map(|found| &found.kind) {
            Some(FootprintKind::Hosts(hosts)) => {
                hosts.quoted().is_none() && catalog.host(&hosts.offering).is_some_and(|sold| sold.service == service)
            }
            _ => false,
        }
    }

    /// A monthly line at a price of the catalogue, or a sentence where it has to be asked for.
    fn priced(
        &mut self,
        footprint: Option<FootprintId>,
        kind: LineKind,
        label: String,
        (quantity, unit): (u64, Unit),
        price: &Price,
        times: u64,
    ) {
        let assumptions = &self.planned.scenario.assumptions;
        let amount = super::rate::known(price).and_then(|each| assumptions.exchange(each.times(times), price.currency));
        let Some(unit_price) = amount else {
            self.not_priced.push(format!("{label} has no public price: it is not priced."));
            return;
        };
        let formula = if times > 1 { format!("× {times} h") } else { String::new() };
        let source = source_of(self.planned.catalog, price, &formula, assumptions);
        let (status, months) = (price.status, self.months);
        self.add(Draft {
            footprint,
            kind,
            nature: Nature::Operating,
            label,
            quantity,
            unit,
            unit_price,
            status,
            source,
            months,
        });
    }

    /// Support plans: a share of what a month costs at the provider, hosts that someone else bills apart.
    fn support(&mut self, ledger: &Ledger) {
        for chosen in &self.finance().support_plans {
            let SupportPlan { provider, plan } = chosen;
            let name = self.planned.catalog.provider_name(provider);
            let tiers = self.planned.catalog.extras.support(provider, plan);
            let spend: Money =
                ledger.lines.iter().filter(|line| billed_by(line, provider, self.planned.scenario)).map(monthly).sum();
            if spend == Money::ZERO {
                continue;
            }
            let assumptions = &self.planned.scenario.assumptions;
            let cost = tiers.first().and_then(|first| {
                let in_currency = assumptions.exchange_back(spend, first.minimum.currency)?;
                assumptions.exchange(support_cost(tiers, in_currency)?, first.minimum.currency)
            });
            let (Some(unit_price), Some(first)) = (cost, tiers.first()) else {
                self.not_priced.push(format!("The support plan {plan} of {name} has no public price."));
                continue;
            };
            let tiers: Vec<String> = tiers
                .iter()
                .map(|tier| {
                    format!("{} % from {}", Money::from_micros(i64::from(tier.milli_pct) * 1000), tier.from_spend)
                })
                .collect();
            let formula = format!("{spend} a month: {}", tiers.join(", "));
            self.add(Draft {
                footprint: None,
                kind: LineKind::Service,
                nature: Nature::Operating,
                label: format!("Support of {name}: {plan}"),
                quantity: 1,
                unit: Unit::DeploymentMonth,
                unit_price,
                status: first.minimum.status,
                source: source_of(self.planned.catalog, &first.minimum, &formula, assumptions),
                months: self.months,
            });
        }
    }

    /// Says what of the cloud is left out.
    fn leaves_out(&mut self) {
        let Finance { internet_gib_per_machine, support_plans, services, .. } = self.finance();
        let missing: Vec<&str> = [
            (*internet_gib_per_machine == 0, "traffic out of clouds"),
            (services.is_empty(), "dedicated links"),
            (support_plans.is_empty(), "support plans"),
        ]
        .into_iter()
        .filter_map(|(missing, what)| missing.then_some(what))
        .collect();
        let sentence = match missing.as_slice() {
            [] => return,
            [one] => format!("{one} are not priced."),
            [some @ .., last] => format!("{} and {last} are not priced.", some.join(", ")),
        };
        let mut letters = sentence.chars();
        let capital = letters.next().map(|first| first.to_ascii_uppercase());
        self.not_priced.push(capital.into_iter().chain(letters).collect());
    }
}

fn region_of(scenario: &Scenario, footprint: Option<FootprintId>) -> Option<&RegionId> {
    let region = match &scenario.footprint(footprint?)?.kind {
        FootprintKind::Cluster(_) => return None,
        FootprintKind::Hosts(hosts) => &hosts.region,
        FootprintKind::Instances(instances) => &instances.region,
    };
    region.as_str().contains('/').then_some(region)
}

/// Whether a provider bills a line, and not somebody who sells hosts in its regions.
pub(super) fn billed_by(line: &Line, provider: &str, scenario: &Scenario) -> bool {
    let apart = line.footprint.and_then(|id| scenario.footprint(id)).is_some_and(
        |footprint| matches!(&footprint.kind, FootprintKind::Hosts(hosts) if hosts.offering.as_str().starts_with(BILLED_APART)),
    );
    let here = region_of(scenario, line.footprint).is_some_and(|region| Region::provider_of(region) == provider);
    line.is_billed() && here && !apart
}

/// A month's part of a line.
pub(super) fn monthly(line: &Line) -> Money {
    line.total.scale(1, i128::from(line.months().max(1)))
}
