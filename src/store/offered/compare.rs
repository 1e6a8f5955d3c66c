//! Host types side by side: what one costs a month, and what that is for each of what it gives.

use super::super::{format, words};
use super::{Offer, limits};
use crate::engine::catalog::{Billing, Catalog, HostOffering, Price, PriceStatus};
use crate::engine::cost;
use crate::engine::model::{Assumptions, CpuMeasure, HostsFootprint, MiB, Money, Policy, Term};
use crate::engine::sizing::{self, CPU, HostsSize, MEMORY};

/// So many types at most stand side by side: more do not fit a screen.
pub const MOST_COMPARED: usize = 4;

/// Clusters are compared with so many hosts at least: from here on parity protects data, as it does in most.
const USUAL_CLUSTER: u32 = 4;

/// What a cell says where a price is missing.
const ASK: &str = "needs a quote";

/// The table: a column for each type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Names of the types with service and region.
    pub heads: Vec<Head>,
    /// What is compared, row by row.
    pub rows: Vec<Row>,
}

/// A type that is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// What tells it from the others: type and region.
    pub key: String,
    /// The type.
    pub name: String,
    /// Its service and the region.
    pub of: String,
}

/// One thing that is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub name: &'static str,
    /// What it means; empty where the name says it.
    pub help: &'static str,
    /// What each type has.
    pub cells: Vec<Cell>,
}

/// What a type has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// As text.
    pub text: String,
    /// A tag beside it, such as the status of a price.
    pub tag: &'static str,
    /// Whether it is the least of its row, where the least is the best.
    pub is_least: bool,
}

/// What a type gives and costs, before it is written.
struct Column {
    month: Option<cost::HostMonth>,
    once: Option<String>,
    /// Thousandths of a vCPU, MiB, and MiB of data in a cluster of so many hosts, for each host.
    vcpus_milli: u64,
    memory: u64,
    usable: Option<u64>,
    hosts: u32,
}

/// Compares host types, each in its region, on a term, by the policy and the assumptions of a scenario. Families of instances are left out.
pub fn compare(catalog: &Catalog, offers: &[Offer<'_>], term: Term, policy: &Policy, of: &Assumptions) -> Comparison {
    let hosts = offers.iter().filter(|offer| matches!(offer, Offer::Host { .. })).take(MOST_COMPARED);
    let hosts: Vec<&Offer<'_>> = hosts.collect();
    let sized: Vec<Sized<'_>> = hosts.iter().filter_map(|offer| sized(offer, term, policy)).collect();
    // All in clusters of one size, since protection takes less of larger ones.
    let alike = sized.iter().map(|sized| sized.size.min_hosts).max().unwrap_or_default().max(USUAL_CLUSTER);
    let columns: Vec<Column> = sized.iter().map(|sized| column(catalog, sized, alike, of)).collect();
    let heads = hosts.iter().map(|offer| Head {
        key: [&offer.key(), " ", offer.region().as_str()].concat(),
        name: offer.name().to_owned(),
        of: [&offer.service(catalog), ", ", &super::region_name(catalog, offer.region())].concat(),
    });
    let money = |amount: Money| format::price(amount, of.currency);
    let whole = |column: &Column| column.month.as_ref().map(|month| month.host + month.beside);
    let per = |name, help, share: fn(&Column) -> Option<(i128, i128)>, missing: &'static str| {
        priced(name, help, &columns, &money, &|column| {
            let Some((times, by)) = share(column) else { return Err(missing) };
            whole(column).map(|whole| whole.scale(times, by.max(1))).ok_or(ASK)
        })
    };
    let mut rows = vec![
        Row {
            cells: columns.iter().map(|column| host_price(column, &money)).collect(),
            ..row(
                "Host, a month",
                "Its price of a month of 730 hours for the term; of a server that is bought its share of the price, maintenance and network gear",
            )
        },
        priced(
            "Beside it, a month",
            "VMware where the price does not include it; electricity and room of servers of your own; by the assumptions of this plan",
            &columns,
            &money,
            &|column| column.month.as_ref().map(|month| month.beside).ok_or(ASK),
        ),
        per("Together, a month", "", |_| Some((1, 1)), ASK),
        per(
            "For each vCPU",
            "Of those that a host gives to machines under the rules of this plan",
            |column| Some((1000, i128::from(column.vcpus_milli))),
            ASK,
        ),
        per(
            "For each GiB of memory",
            "Of what a host gives to machines under the rules of this plan",
            |column| Some((1024, i128::from(column.memory))),
            ASK,
        ),
        per(
            "For each TiB of usable storage",
            "Of data that a host adds to a cluster under the storage policy of this plan; all in clusters of one size",
            |column| column.usable.map(|usable| (1024 * 1024, i128::from(usable))),
            "no storage of its own",
        ),
    ];
    rows.extend(gives(&columns));
    rows.extend(describes(&hosts));
    Comparison { heads: heads.collect(), rows }
}

const fn row(name: &'static str, help: &'static str) -> Row {
    Row { name, help, cells: Vec::new() }
}

fn plain(text: String) -> Cell {
    Cell { text, ..Cell::default() }
}

/// A host type with what the sizing makes of it.
struct Sized<'a> {
    host: &'a HostOffering,
    chosen: HostsFootprint,
    price: Option<&'a Price>,
    size: HostsSize,
}

fn sized<'a>(offer: &Offer<'a>, term: Term, policy: &Policy) -> Option<Sized<'a>> {
    let Offer::Host { host, region, price } = *offer else { return None };
    // Servers are bought, whatever the term.
    let term = if host.billing == Billing::Purchase { Term::OnDemand } else { term };
    let chosen = HostsFootprint { term, ..HostsFootprint::new(host.id.clone(), region.clone()) };
    let by_vcpu = Policy { cpu_measure: CpuMeasure::Vcpus, ..policy.clone() };
    let size = sizing::hosts_size(host, &chosen, &by_vcpu);
    Some(Sized { host, chosen, price, size })
}

fn column(catalog: &Catalog, sized: &Sized<'_>, hosts: u32, of: &Assumptions) -> Column {
    let Sized { host, chosen, price, size } = sized;
    // No more than a cluster may have.
    let hosts = hosts.min(size.max_hosts).max(1);
    let usable = size.usable_storage.get(hosts as usize).copied().filter(|_| !host.vsan.is_empty());
    let once = price.filter(|_| host.billing == Billing::Purchase);
    Column {
        month: cost::host_month(chosen, catalog, of),
        once: once.and_then(|price| Some(format!("{} once", format::price(price.amount?, price.currency)))),
        vcpus_milli: size.capacity[CPU],
        memory: size.capacity[MEMORY],
        usable: usable.filter(|&usable| usable > 0).map(|usable| usable / u64::from(hosts)),
        hosts,
    }
}

fn host_price(column: &Column, money: &dyn Fn(Money) -> String) -> Cell {
    let Some(month) = &column.month else {
        return Cell { tag: words::price_status(PriceStatus::Ask), ..Cell::default() };
    };
    let once = column.once.as_ref().map(|once| [" (", once, ")"].concat()).unwrap_or_default();
    Cell { text: money(month.host) + &once, tag: words::price_status(month.status), is_least: false }
}

/// A row of amounts, of which the least is marked where there is more than one.
fn priced(
    name: &'static str,
    help: &'static str,
    columns: &[Column],
    money: &dyn Fn(Money) -> String,
    of: &dyn Fn(&Column) -> Result<Money, &'static str>,
) -> Row {
    let amounts: Vec<Result<Money, &'static str>> = columns.iter().map(of).collect();
    let known = || amounts.iter().filter_map(|amount| amount.ok());
    let least = known().min().filter(|_| known().count() > 1);
    let cell = |amount: &Result<Money, &'static str>| match amount {
        Ok(amount) => Cell { text: money(*amount), tag: "", is_least: Some(*amount) == least },
        Err(missing) => Cell { tag: missing, ..Cell::default() },
    };
    Row { cells: amounts.iter().map(cell).collect(), ..row(name, help) }
}

/// What a host gives to machines.
fn gives(columns: &[Column]) -> [Row; 4] {
    let all = |name, help, text: &dyn Fn(&Column) -> String| Row {
        cells: columns.iter().map(|column| plain(text(column))).collect(),
        ..row(name, help)
    };
    [
        all("vCPU of a host", "For machines: cores × vCPU per core, less the headroom of the rules", &|column| {
            format::count(column.vcpus_milli / 1000)
        }),
        all("Memory of a host", "For machines, less the headroom of the rules", &|column| {
            format::size(MiB(column.memory))
        }),
        all("Memory to vCPU", "GiB for each vCPU: compare it with what your machines ask for", &|column| {
            let ratio = column.memory as f64 / 1024.0 / (column.vcpus_milli.max(1) as f64 / 1000.0);
            format!("{} GiB", format::decimal(ratio, 1))
        }),
        all("Usable storage of a host", "Of data, after protection and what is kept free", &|column| {
            column.usable.map_or_else(
                || "no storage of its own".to_owned(),
                |usable| format!("{} in a cluster of {}", format::size(MiB(usable)), column.hosts),
            )
        }),
    ]
}

/// What a host is.
fn describes(hosts: &[&Offer<'_>]) -> [Row; 4] {
    let all = |name, text: &dyn Fn(&HostOffering) -> String| {
        let of = |offer: &&Offer<'_>| match offer {
            Offer::Host { host, .. } => plain(text(host)),
            Offer::Family { .. } => Cell::default(),
        };
        Row { cells: hosts.iter().map(of).collect(), ..row(name, "") }
    };
    [
        all("Cores and clock", &|host| {
            format!("{} × {}", format::counted(u64::from(host.cores), "core", "cores"), format::clock(host.speed))
        }),
        all("Network", &super::network),
        all("Hosts", &limits),
        all("Availability", &|host| host.availability.clone()),
    ]
}
