//! All that the catalogue offers, as rows that can be filtered and put in order.
//!
//! A host type is one row, in the region where its price is known best (or the one that is asked for); a family of instances is one row for each provider. Prices
//! of instances lie in files of their own, one for each region, which are loaded when a footprint names the region: here they are not known.

mod add;
mod compare;
mod on_map;
#[cfg(test)]
mod tests;

pub use add::{footprint, hosts, instances};
pub use compare::{Cell, Comparison, Head, MOST_COMPARED, Row, compare};
pub use on_map::{Mapped, mapped};

use std::cmp::Ordering;

use super::words;
use crate::engine::catalog::{Billing, Catalog, HostOffering, InstanceFamily, Price, PriceStatus, Region};
use crate::engine::letters::folded;
use crate::engine::model::{Money, OfferingId, RegionId, Term};
use crate::engine::order::in_order;

/// The region of servers to buy, and the provider that stands for them.
pub const OWN: &str = "site";

/// A row: what is offered, and where it is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Offer<'a> {
    /// A host type.
    Host {
        /// What it is.
        host: &'a HostOffering,
        /// Where its price is from.
        region: &'a RegionId,
        /// Its price there for the term that is asked for; `None`: the catalogue has none for that term.
        price: Option<&'a Price>,
    },
    /// A family of instance types of a provider.
    Family {
        /// What it is.
        family: &'a InstanceFamily,
        /// Where it would be taken. Whether it is sold there the region's own file knows.
        region: &'a RegionId,
    },
}

/// What a person shares with others on the same hardware, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// Servers of one's own.
    Own,
    /// Whole hosts for a hypervisor of one's own.
    BareMetal,
    /// Whole hosts that a VMware service runs for one customer.
    Dedicated,
    /// Instances beside those of others.
    Shared,
}

impl Isolation {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Own, Self::BareMetal, Self::Dedicated, Self::Shared];

    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Own => "Servers of your own",
            Self::BareMetal => "Bare metal, hypervisor of your own",
            Self::Dedicated => "Dedicated hosts of a VMware service",
            Self::Shared => "Instances on shared hosts",
        }
    }
}

/// Which rows are looked for. By default all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that all must be in the service or the type.
    pub text: String,
    /// `Some(true)`: hosts only; `Some(false)`: instances only.
    pub hosts: Option<bool>,
    /// Such as `aws`; [`OWN`] for servers to buy.
    pub provider: Option<String>,
    /// Two letters, as regions have them.
    pub country: Option<String>,
    /// Where; empty: anywhere.
    pub regions: Vec<RegionId>,
    /// Whether hosts have storage of their own (vSAN), or not.
    pub vsan: Option<bool>,
    /// What is shared with others.
    pub isolation: Option<Isolation>,
    /// How far the price can be relied on. Prices of instances are not known here.
    pub status: Option<PriceStatus>,
    /// Only what new customers can have.
    pub open: bool,
    /// The commitment that prices are for.
    pub term: Term,
}

/// The order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By service and type.
    #[default]
    Name,
    /// The cheapest core first; what has no price comes last.
    PricePerCore,
    /// The most cores first.
    Cores,
    /// The most memory first.
    Memory,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Name, Self::PricePerCore, Self::Cores, Self::Memory];

    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Name => "By service and type",
            Self::PricePerCore => "Cheapest core first",
            Self::Cores => "Most cores first",
            Self::Memory => "Most memory first",
        }
    }
}

impl<'a> Offer<'a> {
    /// What tells it from all others: the id of a host type, or provider and family.
    pub fn key(&self) -> String {
        match self {
            Self::Host { host, .. } => host.id.to_string(),
            Self::Family { family, .. } => [&family.provider, " ", &family.name].concat(),
        }
    }

    /// Where it is looked at.
    pub const fn region(&self) -> &'a RegionId {
        match self {
            Self::Host { region, .. } | Self::Family { region, .. } => region,
        }
    }

    /// Its name.
    pub fn name(&self) -> &'a str {
        match self {
            Self::Host { host, .. } => &host.host_type,
            Self::Family { family, .. } => &family.name,
        }
    }

    /// What is sold it under: the service, or the provider's instances.
    pub fn service(&self, catalog: &Catalog) -> String {
        match self {
            Self::Host { host, .. } => host.service.clone(),
            Self::Family { family, .. } => format!("Instances of {}", provider_name(catalog, &family.provider)),
        }
    }

    /// What is shared with others.
    pub fn isolation(&self) -> Isolation {
        match self {
            Self::Host { host, .. } => isolation(host),
            Self::Family { .. } => Isolation::Shared,
        }
    }

    /// In how many regions it is known to be offered; of instances in how many it may be.
    pub fn regions(&self, catalog: &Catalog) -> usize {
        match self {
            Self::Host { host, .. } => host.regions.len(),
            Self::Family { family, .. } => instance_regions(catalog, &family.provider).count(),
        }
    }

    /// How far its price can be relied on; `None` for instances, whose prices are not known here.
    pub fn status(&self) -> Option<PriceStatus> {
        match self {
            Self::Host { price, .. } => Some(price.map_or(PriceStatus::Ask, |price| price.status)),
            Self::Family { .. } => None,
        }
    }

    fn size(&self) -> (u32, u64) {
        match self {
            Self::Host { host, .. } => (host.cores, host.memory.0),
            Self::Family { .. } => (0, 0),
        }
    }

    /// What a core costs an hour; of servers what it costs at once, so those are never compared with rented ones.
    fn per_core(&self) -> (bool, bool, Money) {
        match self {
            Self::Host { host, price, .. } => {
                let amount = price.and_then(|price| price.amount);
                let per_core = amount.map(|amount| amount.scale(1, i128::from(host.cores.max(1))));
                (per_core.is_none(), host.billing == Billing::Purchase, per_core.unwrap_or(Money::MAX))
            }
            Self::Family { .. } => (true, true, Money::MAX),
        }
    }
}

/// What customers of a host type share with others.
fn isolation(host: &HostOffering) -> Isolation {
    // Where nothing of the service runs on the hosts and VMware is not in the price, they are hosts alone.
    let is_bare = !host.vmware_included && host.management.vcpus == 0;
    match host.billing {
        Billing::Purchase => Isolation::Own,
        Billing::Hourly if is_bare => Isolation::BareMetal,
        Billing::Hourly => Isolation::Dedicated,
    }
}

/// What the filter lets through, in an order.
pub fn offers<'a>(catalog: &'a Catalog, filter: &Filter, order: Order) -> Vec<Offer<'a>> {
    let hosts = catalog.hosts.iter().filter_map(|host| host_offer(catalog, filter, host));
    let families = catalog.families.iter().filter_map(|family| family_offer(catalog, filter, family));
    let found: Vec<(String, Offer<'_>)> = hosts.chain(families).map(|offer| (offer.service(catalog), offer)).collect();
    let by_name = |a: &(String, Offer<'_>), b: &(String, Offer<'_>)| {
        let instances = |offer: &Offer<'_>| matches!(offer, Offer::Family { .. });
        (instances(&a.1), &a.0, a.1.name(), a.1.key()).cmp(&(instances(&b.1), &b.0, b.1.name(), b.1.key()))
    };
    let found = in_order(&found, |a, b| first(order, &a.1, &b.1).then_with(|| by_name(a, b)));
    found.into_iter().map(|(_, offer)| offer).collect()
}

fn first(order: Order, a: &Offer<'_>, b: &Offer<'_>) -> Ordering {
    match order {
        Order::Name => Ordering::Equal,
        Order::PricePerCore => a.per_core().cmp(&b.per_core()),
        Order::Cores => b.size().cmp(&a.size()),
        Order::Memory => (b.size().1, b.size().0).cmp(&(a.size().1, a.size().0)),
    }
}

fn host_offer<'a>(catalog: &'a Catalog, filter: &Filter, host: &'a HostOffering) -> Option<Offer<'a>> {
    let provider = if host.provider.is_empty() { OWN } else { &host.provider };
    let passes = filter.hosts != Some(false)
        && filter.provider.as_deref().is_none_or(|wanted| wanted == provider)
        && filter.vsan.is_none_or(|vsan| vsan != host.vsan.is_empty())
        && filter.isolation.is_none_or(|wanted| wanted == isolation(host))
        && (host.open_to_new || !filter.open)
        && has_words(&filter.text, &[&host.service, &host.host_type, &host.cpu_model]);
    if !passes {
        return None;
    }
    let at = host.regions.iter().filter(|region| filter.takes_place(catalog, region));
    // Servers are bought, whatever the term.
    let term = if host.billing == Billing::Purchase { Term::OnDemand } else { filter.term };
    let priced = at.map(|region| (region, catalog.host_price(&host.id, region, term)));
    let of_status = priced.filter(|(_, price)| {
        filter.status.is_none_or(|wanted| price.map_or(PriceStatus::Ask, |price| price.status) == wanted)
    });
    let best = |(region, price): &(&RegionId, Option<&Price>)| {
        let amount = price.and_then(|price| price.amount);
        (price.map_or(PriceStatus::Ask, |price| price.status), amount.is_none(), amount, (*region).clone())
    };
    let (region, price) = of_status.min_by_key(best)?;
    Some(Offer::Host { host, region, price })
}

fn family_offer<'a>(catalog: &'a Catalog, filter: &Filter, family: &'a InstanceFamily) -> Option<Offer<'a>> {
    let seller = provider_name(catalog, &family.provider);
    let passes = filter.hosts != Some(true)
        && filter.status.is_none()
        && filter.vsan != Some(true)
        && filter.isolation.is_none_or(|wanted| wanted == Isolation::Shared)
        && filter.provider.as_deref().is_none_or(|wanted| wanted == family.provider)
        && has_words(&filter.text, &[seller, &family.name, &family.purpose]);
    let region = instance_regions(catalog, &family.provider).find(|region| filter.takes_place(catalog, region));
    region.filter(|_| passes).map(|region| Offer::Family { family, region })
}

impl Filter {
    /// Whether it asks for something that is in a region.
    fn takes_place(&self, catalog: &Catalog, region: &RegionId) -> bool {
        let in_country = |wanted: &String| catalog.region(region).is_some_and(|known| known.country == *wanted);
        self.country.as_ref().is_none_or(in_country) && (self.regions.is_empty() || self.regions.contains(region))
    }

    /// The same wherever it is.
    #[must_use]
    pub fn anywhere(&self) -> Self {
        Self { country: None, regions: Vec::new(), ..self.clone() }
    }
}

/// Whether every word of what was typed is in one of the texts, in any case.
fn has_words(typed: &str, texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| folded(text)).collect();
    typed.split_whitespace().all(|word| {
        let word = folded(word);
        texts.iter().any(|text| text.contains(&word))
    })
}

fn instance_regions<'a>(catalog: &'a Catalog, provider: &'a str) -> impl Iterator<Item = &'a RegionId> {
    catalog.instance_regions.iter().filter(move |region| Region::provider_of(region) == provider)
}

/// The name of a provider; its id where the catalogue has none.
pub fn provider_name<'a>(catalog: &'a Catalog, id: &'a str) -> &'a str {
    catalog.provider_name(id)
}

/// A region as people know it, with its country: `Frankfurt, DE`.
pub fn region_name(catalog: &Catalog, id: &RegionId) -> String {
    catalog.region(id).map_or_else(
        || id.to_string(),
        |region| match region.country.as_str() {
            "" => region.name.clone(),
            country => [&region.name, ", ", country].concat(),
        },
    )
}

/// Providers that offer anything, by name; [`OWN`] last.
pub fn providers(catalog: &Catalog) -> Vec<(String, String)> {
    let known: Vec<(String, String)> =
        catalog.providers.iter().map(|provider| (provider.id.clone(), provider.name.clone())).collect();
    let mut known = in_order(&known, |a, b| a.1.cmp(&b.1));
    if catalog.hosts.iter().any(|host| host.provider.is_empty()) {
        known.push((OWN.to_owned(), "Servers of your own".to_owned()));
    }
    known
}

/// Countries in which a provider (or anyone) has regions, in order.
pub fn countries(catalog: &Catalog, provider: Option<&str>) -> Vec<String> {
    let of = catalog.regions.iter().filter(|region| provider.is_none_or(|id| Region::provider_of(&region.id) == id));
    let named: Vec<&String> = of.map(|region| &region.country).filter(|country| !country.is_empty()).collect();
    let mut named = in_order(&named, Ord::cmp);
    named.dedup();
    named.into_iter().cloned().collect()
}

/// Regions of a provider (or of anyone) in a country (or anywhere), by name, those of one's own site left out.
pub fn regions(catalog: &Catalog, filter: &Filter) -> Vec<(RegionId, String)> {
    let of = catalog.regions.iter().filter(|region| {
        filter.provider.as_deref().is_none_or(|id| Region::provider_of(&region.id) == id)
            && filter.country.as_ref().is_none_or(|country| region.country == *country)
            && region.id.as_str() != OWN
    });
    let named: Vec<(RegionId, String)> = of
        .map(|region| {
            // Two providers may be in one town.
            let provider = provider_name(catalog, Region::provider_of(&region.id));
            (region.id.clone(), [&region_name(catalog, &region.id), " · ", provider].concat())
        })
        .collect();
    in_order(&named, |a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)))
}

/// A host type in a region, kept to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The type.
    pub host: OfferingId,
    /// Where.
    pub region: RegionId,
}

/// The row of a pick, on a term; `None` where the catalogue no longer has it.
pub fn offer_at<'a>(catalog: &'a Catalog, pick: &'a Pick, term: Term) -> Option<Offer<'a>> {
    let host = catalog.host(&pick.host)?;
    let term = if host.billing == Billing::Purchase { Term::OnDemand } else { term };
    Some(Offer::Host { host, region: &pick.region, price: catalog.host_price(&host.id, &pick.region, term) })
}

/// How many hosts there may be: `2–16 in a cluster, 10 clusters, 160 in all`.
pub fn limits(host: &HostOffering) -> String {
    format!(
        "{}–{} in a cluster, {}, {} in all",
        host.min_hosts,
        host.max_hosts,
        super::format::counted(u64::from(host.max_clusters), "cluster", "clusters"),
        super::format::count(u64::from(host.max_hosts_total)),
    )
}

/// The network of a host, or that the catalogue does not know it.
pub fn network(host: &HostOffering) -> String {
    match host.network_mbps {
        0 => "not known".to_owned(),
        mbps => format!(
            "{} Gbit/s",
            super::format::decimal(f64::from(mbps) / 1000.0, usize::from(!mbps.is_multiple_of(1000)))
        ),
    }
}

/// The word for how far a price can be relied on, where its prices are known at all.
pub const fn status_words(status: Option<PriceStatus>) -> &'static str {
    match status {
        Some(status) => words::price_status(status),
        None => "by region",
    }
}
