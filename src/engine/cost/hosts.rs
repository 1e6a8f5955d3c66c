//! What hosts cost: those that are there, those that are rented, those that are bought.

use super::beside_hosts::Beside;
use super::instances::{outlasting, storage_rate, term_in_words};
use super::rate::{Charge, HOURS_PER_MONTH, Rate, known, source_of};
use super::rent::Rent;
use super::site::{Drawn, Server, Site};
use super::tariff::{Driver, OwnHost, Tariff};
use super::{LineKind, Nature, Unit};
use crate::engine::catalog::{Billing, Catalog, HostOffering, Price, PriceStatus};
use crate::engine::model::{
    Assumptions, Cluster, ClusterFootprint, Estate, Footprint, FootprintId, FootprintKind, Host, HostsFootprint,
    MeasuredPower, Money, OfferingId, Policy, RegionId, ServiceUse, Term,
};
use crate::engine::placement::Refusal;
use crate::engine::sizing::HostsSize;
use crate::engine::sizing::text::{count, decimal};

/// Where servers to buy are sold.
const SITE: &str = "site";
/// Ids of hosts for a hypervisor of one's own, to which disks of the region can be attached.
const BARE_METAL: &str = "ec2-metal/";

/// What is known of the hosts of an existing cluster.
#[derive(Clone, Copy)]
pub(super) struct Kept<'a> {
    /// What the footprint says.
    pub chosen: Option<&'a ClusterFootprint>,
    /// Whether hosts may be retired and added, as the footprint says.
    pub may_change: bool,
}

impl<'a> Kept<'a> {
    /// Hosts of a cluster with nothing retired and nothing added.
    pub fn as_they_are(footprint: Option<&'a Footprint>) -> Self {
        let chosen = footprint.and_then(|footprint| match &footprint.kind {
            FootprintKind::Cluster(chosen) => Some(chosen),
            FootprintKind::Hosts(_) | FootprintKind::Instances(_) => None,
        });
        Self { chosen, may_change: false }
    }
}

/// The power of a host of a cluster as it was measured.
fn drawn(power: MeasuredPower, host: &Host, cores_of_all: u64) -> Drawn {
    match power {
        MeasuredPower::PerHost(watts) => Drawn {
            milliwatts: u64::from(watts) * 1000,
            words: format!("{} W measured", decimal(u64::from(watts), 1, 0)),
        },
        MeasuredPower::Cluster(watts) => Drawn {
            milliwatts: u64::from(watts) * 1000 * u64::from(host.cores) / cores_of_all.max(1),
            words: format!(
                "{} W measured of all hosts × {} of {cores_of_all} cores",
                decimal(u64::from(watts), 1, 0),
                host.cores
            ),
        },
    }
}

/// The tariff of an existing cluster.
pub(super) fn cluster_tariff(
    footprint: Option<FootprintId>,
    cluster: &Cluster,
    kept: Kept<'_>,
    estate: &Estate,
    catalog: &Catalog,
    policy: &Policy,
    assumptions: &Assumptions,
) -> Tariff {
    let Kept { chosen, may_change } = kept;
    let supported_months =
        chosen.and_then(|chosen| chosen.supported_months).or(assumptions.on_premises.supported_months);
    let power = chosen.and_then(|chosen| chosen.measured_power);
    let book_months = chosen.and_then(|chosen| chosen.book).map(|book| book.months);
    let cores_of_all = estate.hosts_of(cluster.id).map(|host| u64::from(host.cores)).sum();
    let chosen = chosen.filter(|_| may_change);
    let site = Site { assumptions };
    let mut tariff = Tariff::of_footprint(footprint);
    let may_retire = chosen.is_some_and(|chosen| chosen.may_retire);
    let mut alike: Vec<(&Host, Vec<Charge>)> = Vec::new();
    for host in estate.hosts_of(cluster.id) {
        let same = |other: &Host| (other.sockets, other.cores, other.memory) == (host.sockets, host.cores, host.memory);
        let known = alike.iter().find(|(other, _)| same(other)).map(|(_, charges)| charges.clone());
        let charges = known.unwrap_or_else(|| {
            let mut server = site.existing_server(host.sockets, host.cores, host.memory);
            server.drawn = power.map(|power| drawn(power, host, cores_of_all));
            let charges = tariff.charges(match (supported_months, book_months) {
                (Some(months), _) => site.server_until(&server, months),
                (None, Some(months)) => site.server_after(&server, months),
                (None, None) => site.server(&server),
            });
            alike.push((host, charges.clone()));
            charges
        });
        tariff.own_hosts.push(OwnHost { host: host.id, may_retire, charges });
    }
    if let (Some(months), false) =
        (supported_months.filter(|&months| months < assumptions.horizon()), tariff.own_hosts.is_empty())
    {
        tariff.not_priced.push(format!(
            "What hosts that are bought again after {} are still worth at the end of the horizon is not counted.",
            count(u64::from(months), "month", "months")
        ));
    }
    if tariff.own_hosts.is_empty() {
        tariff.not_priced.push(format!(
            "The inventory holds no hosts of {}: their hardware, power and licences are not priced.",
            cluster.name
        ));
    }
    if let Some(server) =
        chosen.and_then(|chosen| chosen.add.as_ref()).and_then(|add| bought_server(catalog, add, assumptions))
    {
        tariff.new_host = tariff.charges(site.server(&server));
    }
    own_site_machines(&mut tariff, site, Some(policy));
    tariff.home = Some(cluster.id);
    tariff.for_moving(site.moving(false));
    tariff
}

/// Whether the server that would be bought to grow a cluster has a price.
pub(super) fn can_grow(chosen: &ClusterFootprint, catalog: &Catalog, assumptions: &Assumptions) -> bool {
    chosen.add.as_ref().is_some_and(|add| bought_server(catalog, add, assumptions).is_some())
}

/// The tariff of hosts of an offering. Without a price and without a quote it takes no machine: it is never free.
pub(super) fn hosts_tariff(
    footprint: FootprintId,
    chosen: &HostsFootprint,
    offering: &HostOffering,
    catalog: &Catalog,
    policy: &Policy,
    assumptions: &Assumptions,
) -> Tariff {
    if catalog.objection(chosen).is_some() {
        return Tariff::refusing(footprint, Refusal::NotSold);
    }
    let site = Site { assumptions };
    let mut tariff = Tariff::of_footprint(Some(footprint));
    match offering.billing {
        Billing::Hourly => {
            let Some(host) = rented_rate(chosen, offering, catalog, assumptions) else {
                return Tariff::refusing(footprint, Refusal::NeedsQuote);
            };
            let mut rates = vec![(host, 1000)];
            if !offering.vmware_included {
                rates.push(site.vmware(offering.sockets, offering.cores));
            }
            rates.extend(site.windows(offering.sockets, offering.cores));
            // A host of the plan stands for a pair of hosts in a stretched cluster.
            for (_, quantity_milli) in &mut rates {
                *quantity_milli *= u64::from(chosen.hosts_in_one());
            }
            let growth = growth_rate(chosen, offering, catalog, assumptions);
            tariff.new_host = tariff.charges(rates);
            if let Some(host) = tariff.new_host.first().map(|charge| charge.rate) {
                tariff.grows_at(host, growth);
            }
            let beside = Beside { chosen, offering, catalog, assumptions };
            if !(beside.first_cluster(&mut tariff) && beside.storage_hosts(&mut tariff)) {
                return Tariff::refusing(footprint, Refusal::NeedsQuote);
            }
            beside.witness(&mut tariff);
            beside.spare(&mut tariff);
            deployment_fee(&mut tariff, chosen, offering, catalog, assumptions);
            if !outside_storage(&mut tariff, chosen, offering, catalog, policy, assumptions) {
                return Tariff::refusing(footprint, Refusal::NeedsQuote);
            }
            tariff.for_machines(site.care(assumptions.admin_elsewhere_pct));
            tariff.not_priced.extend(outlasting(chosen.term, assumptions));
        }
        Billing::Purchase => {
            let server = bought_server(catalog, &offering.id, assumptions);
            let rates = if chosen.quoted().is_some() {
                // A lease by the month takes the place of the price, of maintenance and of what is written off.
                let server = server.unwrap_or_else(|| named(offering));
                rented_rate(chosen, offering, catalog, assumptions)
                    .map(|lease| std::iter::once((lease, 1000)).chain(site.running(&server)).collect())
            } else {
                server.map(|server| site.server(&server))
            };
            let Some(rates) = rates else {
                return Tariff::refusing(footprint, Refusal::NeedsQuote);
            };
            tariff.new_host = tariff.charges(rates);
            own_site_machines(&mut tariff, site, HostsSize::has_arrays(offering).then_some(policy));
        }
    }
    tariff.for_moving(site.moving(false));
    tariff
}

/// What machines pay on a site of one's own: people and backup, and, where `arrays` names the policy, storage.
fn own_site_machines(tariff: &mut Tariff, site: Site<'_>, arrays: Option<&Policy>) {
    tariff.for_machines(site.care(100));
    if let Some(policy) = arrays {
        let slack_pct = policy.slack_pct.min(99);
        tariff.array_use_pct = 100 - slack_pct;
        tariff.for_machines(site.arrays(slack_pct));
    }
}

/// The monthly rate of a rented host: the user's quote, else the catalogue's price for the term; `None` where there is neither.
pub(super) fn rented_rate(
    chosen: &HostsFootprint,
    offering: &HostOffering,
    catalog: &Catalog,
    assumptions: &Assumptions,
) -> Option<Rate> {
    let rent = rent_of(chosen, offering, catalog);
    let (unit_price, status, source) = if let Some(quote) = chosen.quoted() {
        let note = if quote.note.is_empty() { "your quote".to_owned() } else { format!("your quote: {}", quote.note) };
        let rates = assumptions.exchange_in_words(quote.currency);
        let note = if rates.is_empty() { note } else { format!("{note}; {rates}") };
        (assumptions.exchange(quote.per_host_month, quote.currency)?, PriceStatus::Quote, note)
    } else {
        let monthly = rent.monthly(catalog, assumptions)?;
        (monthly.amount, monthly.status, monthly.source)
    };
    let label = match offering.billing {
        Billing::Hourly if chosen.quoted().is_some() => {
            format!("{}, {}", offering.host_type, term_in_words(chosen.term))
        }
        Billing::Hourly => format!("{}, {}", offering.host_type, rent.words()),
        Billing::Purchase => offering.host_type.clone(),
    };
    Some(Rate {
        kind: LineKind::Hosts,
        nature: Nature::Operating,
        label,
        unit: Unit::HostMonth,
        unit_price,
        status,
        source,
        from_month: 0,
        months: assumptions.horizon(),
    })
}

/// How rented hosts are paid at the catalogue's prices.
fn rent_of<'a>(chosen: &HostsFootprint, offering: &HostOffering, catalog: &'a Catalog) -> Rent<'a> {
    Rent {
        term: chosen.term,
        committed: catalog.host_price(&offering.id, &chosen.region, chosen.term),
        on_demand: catalog.host_price(&offering.id, &chosen.region, Term::OnDemand),
        committed_pct: chosen.committed_pct,
        sustained: None,
    }
}

/// The monthly rate of a host that comes by growth, where those of today are on a term at the catalogue's price and the price on demand is known. A quote
/// is taken as it is, for all hosts.
fn growth_rate(
    chosen: &HostsFootprint,
    offering: &HostOffering,
    catalog: &Catalog,
    assumptions: &Assumptions,
) -> Option<Rate> {
    if chosen.quoted().is_some() {
        return None;
    }
    rent_of(chosen, offering, catalog).of_growth()?;
    let on_demand = HostsFootprint { term: Term::OnDemand, ..chosen.clone() };
    rented_rate(&on_demand, offering, catalog, assumptions)
}

/// A server of the catalogue at its price; `None` where that is not known.
pub(super) fn bought_server(catalog: &Catalog, offering: &OfferingId, assumptions: &Assumptions) -> Option<Server> {
    let server = catalog.host(offering)?;
    let price = catalog.host_price(offering, &RegionId::from(SITE), Term::OnDemand)?;
    Some(Server {
        price: assumptions.exchange(known(price)?, price.currency)?,
        status: price.status,
        price_source: source_of(catalog, price, "", assumptions),
        ..named(server)
    })
}

/// A server of the catalogue without its price.
fn named(server: &HostOffering) -> Server {
    Server {
        name: format!("bought servers, {}", server.host_type),
        sockets: server.sockets,
        cores: server.cores,
        price: Money::ZERO,
        status: PriceStatus::Ask,
        price_source: String::new(),
        vmware_included: server.vmware_included,
        drawn: None,
    }
}

/// Adds what storage beside rented hosts costs: the user's quote, or disks of the region for bare metal without any. False where hosts without disks have
/// neither: storage is never free.
fn outside_storage(
    tariff: &mut Tariff,
    chosen: &HostsFootprint,
    offering: &HostOffering,
    catalog: &Catalog,
    policy: &Policy,
    assumptions: &Assumptions,
) -> bool {
    let rate = match &chosen.external_storage {
        Some(quote) => {
            let price = Price {
                amount: Some(quote.per_gib_month).filter(|&amount| amount > Money::ZERO),
                currency: quote.currency,
                status: PriceStatus::Quote,
                source: None,
                note: "your quote".to_owned(),
            };
            storage_rate(quote.name.clone(), Unit::GibMonth, &price, catalog, assumptions)
        }
        None if !offering.vsan.is_empty() => return true,
        None if offering.id.as_str().starts_with(BARE_METAL) => catalog.disk(&chosen.region).and_then(|disk| {
            let label = format!("{} disks of the hosts", disk.kind);
            storage_rate(label, Unit::GibMonth, &disk.per_gib_month, catalog, assumptions)
        }),
        None => None,
    };
    let Some(rate) = rate else { return false };
    let slack_pct = policy.slack_pct.min(99);
    let source = format!("{}; GiB are what machines take ÷ (1 − {slack_pct} % kept free)", rate.source);
    tariff.array_use_pct = 100 - slack_pct;
    tariff.for_machines([(Rate { source, ..rate }, Driver::Gib)]);
    true
}

/// What the catalogue calls the fixed charge of a service where it can be quoted by itself.
pub(super) const CONTROL_PLANE: &str = "control plane";

/// The user's own price of the fixed charge, for so many deployments.
fn quoted_fee(footprint: Option<FootprintId>, service: &str, assumptions: &Assumptions) -> Option<Rate> {
    let is_its = |used: &&ServiceUse| {
        Some(used.footprint) == footprint && used.service == service && used.item == CONTROL_PLANE && used.quantity > 0
    };
    let used = assumptions.finance.services.iter().find(is_its)?;
    let hourly = used.quote.filter(|&hourly| hourly > Money::ZERO)?;
    Some(Rate {
        kind: LineKind::Service,
        nature: Nature::Operating,
        label: format!("Fixed charge of {service}"),
        unit: Unit::DeploymentMonth,
        unit_price: hourly.times(HOURS_PER_MONTH).times(used.quantity.into()),
        status: PriceStatus::Quote,
        source: format!("your quote: {hourly} an hour × {HOURS_PER_MONTH} h × {}", used.quantity),
        from_month: 0,
        months: assumptions.horizon(),
    })
}

/// The fixed charge of a deployment. A quote is for everything the supplier charges, so it stands for this too.
fn deployment_fee(
    tariff: &mut Tariff,
    chosen: &HostsFootprint,
    offering: &HostOffering,
    catalog: &Catalog,
    assumptions: &Assumptions,
) {
    let (Some(fee), None) = (&offering.deployment_fee, chosen.quoted()) else { return };
    if let Some(quoted) = quoted_fee(tariff.footprint, &offering.service, assumptions) {
        let charges = tariff.charges(vec![(quoted, 1000)]);
        tariff.place.extend(charges);
        return;
    }
    let monthly = known(fee).and_then(|hourly| assumptions.exchange(hourly.times(HOURS_PER_MONTH), fee.currency));
    let Some(unit_price) = monthly else {
        let service = &offering.service;
        tariff
            .not_priced
            .push(format!("The fixed charge of {service} has no public price: {}.", fee.note.trim_end_matches('.')));
        return;
    };
    let rate = Rate {
        kind: LineKind::Service,
        nature: Nature::Operating,
        label: format!("Fixed charge of {}", offering.service),
        unit: Unit::DeploymentMonth,
        unit_price,
        status: fee.status,
        source: source_of(catalog, fee, &format!("× {HOURS_PER_MONTH} h"), assumptions),
        from_month: 0,
        months: assumptions.horizon(),
    };
    let charges = tariff.charges(vec![(rate, 1000)]);
    tariff.place.extend(charges);
}
