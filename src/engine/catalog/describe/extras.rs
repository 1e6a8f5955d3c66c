//! What the catalogue knows beside hosts and instance types.

use super::{Description, Filter, PriceDescription, describe_price};
use crate::engine::catalog::extras::{Destination, FlexibleShape, SupportTier};
use crate::engine::catalog::{Catalog, DiskPrice, Region};
use crate::engine::model::{MiB, RegionId, Term};

const TERMS: [Term; 3] = [Term::OnDemand, Term::OneYear, Term::ThreeYears];

/// Instances of any size, disks, traffic, support plans and services, in this order.
pub(super) fn describe(catalog: &Catalog, filter: &Filter) -> Vec<Description> {
    let mut found = Found { catalog, filter, descriptions: Vec::new() };
    catalog.extras.shapes.iter().for_each(|shape| found.shape(shape));
    catalog.disks.iter().for_each(|disk| found.disk(disk));
    found.traffic();
    catalog.extras.support.iter().for_each(|tier| found.support(tier));
    found.services();
    found.descriptions
}

struct Found<'a> {
    catalog: &'a Catalog,
    filter: &'a Filter,
    descriptions: Vec<Description>,
}

impl Found<'_> {
    /// The description with this id, which a first price makes.
    fn entry(&mut self, kind: &'static str, provider: &str, name: &str, note: &str) -> &mut Description {
        let id = format!("{provider}/{name}");
        let known = self.descriptions.iter().rposition(|description| description.id == id && description.kind == kind);
        let position = known.unwrap_or_else(|| {
            self.descriptions.push(Description {
                id,
                service: self.provider_name(provider),
                kind,
                name: name.to_owned(),
                processors: 0,
                speed: None,
                memory: MiB::ZERO,
                raw_storage: MiB::ZERO,
                network_mbps: 0,
                limits: None,
                availability: "sold".to_owned(),
                open_to_new: true,
                concern: None,
                prices: Vec::new(),
                note: note.to_owned(),
                sources: Vec::new(),
            });
            self.descriptions.len() - 1
        });
        &mut self.descriptions[position]
    }

    fn provider_name(&self, id: &str) -> String {
        self.catalog.providers.iter().find(|known| known.id == id).map_or_else(String::new, |known| known.name.clone())
    }

    /// Whether the filter lets a place through, which may be all regions of a provider (`aws/*`).
    fn takes_place(&self, place: &str) -> bool {
        let Some(provider) = place.strip_suffix("/*") else {
            return self.filter.takes_region(self.catalog, &RegionId::from(place));
        };
        let inside = |region: &&Region| Region::provider_of(&region.id) == provider;
        let mut regions = self.catalog.regions.iter().filter(inside);
        regions.any(|region| self.filter.takes_region(self.catalog, &region.id))
    }

    fn price(
        &self,
        place: &str,
        term: Term,
        words: (&str, &str),
        price: &crate::engine::catalog::Price,
    ) -> PriceDescription {
        describe_price(self.catalog, &RegionId::from(place), term, words, price)
    }

    fn shape(&mut self, shape: &FlexibleShape) {
        let name = format!("{} of any size", shape.family);
        if !self.takes_place(shape.region.as_str()) || !self.filter.takes_name(&name, &shape.family) {
            return;
        }
        let region = shape.region.as_str();
        let mut prices = Vec::new();
        for term in TERMS {
            let (vcpu, gib) = shape.prices(term);
            prices.push(self.price(region, term, ("processor", "vCPU and hour"), vcpu));
            prices.push(self.price(region, term, ("memory", "GiB and hour"), gib));
        }
        prices.push(self.price(region, Term::OnDemand, ("windows", "vCPU and hour"), &shape.windows_per_vcpu_hour));
        let note = format!(
            "{} to {} vCPU in steps of {}, {} to {} MiB of memory for each in steps of {}",
            shape.min_vcpus,
            shape.max_vcpus,
            shape.vcpu_step,
            shape.min_memory_per_vcpu.0,
            shape.max_memory_per_vcpu.0,
            shape.memory_step.0
        );
        self.entry("shape", Region::provider_of(&shape.region), &name, &note).prices.extend(prices);
    }

    fn disk(&mut self, disk: &DiskPrice) {
        if !self.takes_place(disk.region.as_str()) || !self.filter.takes_name(&disk.kind, &disk.kind) {
            return;
        }
        let region = disk.region.as_str();
        let mut prices = vec![self.price(region, Term::OnDemand, ("capacity", "GiB and month"), &disk.per_gib_month)];
        if disk.max_iops > disk.included_iops {
            prices.push(self.price(region, Term::OnDemand, ("operations", "IOPS and month"), &disk.per_iops_month));
        }
        if disk.max_mibps > disk.included_mibps {
            prices.push(self.price(region, Term::OnDemand, ("throughput", "MiB/s and month"), &disk.per_mibps_month));
        }
        let provider = Region::provider_of(&disk.region);
        let known =
            self.catalog.extras.disk_kinds.iter().find(|kind| kind.provider == provider && kind.kind == disk.kind);
        let mut note = format!(
            "{} to {} GiB; {} of {} IOPS and {} of {} MiB/s included",
            disk.min_gib, disk.max_gib, disk.included_iops, disk.max_iops, disk.included_mibps, disk.max_mibps
        );
        let source = known.and_then(|kind| self.catalog.source(Some(kind.source))).map(|source| source.title.clone());
        for more in known.iter().map(|kind| kind.note.as_str()).filter(|more| !more.is_empty()) {
            note = format!("{note}. {more}");
        }
        let entry = self.entry("disk", provider, &disk.kind, &note);
        entry.prices.extend(prices);
        if entry.sources.is_empty() {
            entry.sources.extend(source);
        }
    }

    fn traffic(&mut self) {
        let catalog = self.catalog;
        for tier in &catalog.extras.egress {
            let name = match tier.to {
                Destination::Internet => "traffic to the internet",
                Destination::Region => "traffic to another region",
                Destination::Zone => "traffic to another zone",
            };
            if !self.takes_place(&tier.region) || !self.filter.takes_name(name, "traffic") {
                continue;
            }
            let from = if tier.from_gib == 0 { String::new() } else { format!("from {} GiB a month", tier.from_gib) };
            let price = self.price(&tier.region, Term::OnDemand, (&from, "GiB"), &tier.per_gib);
            self.entry("traffic", provider_of(&tier.region), name, "").prices.push(price);
        }
    }

    fn support(&mut self, tier: &SupportTier) {
        let name = format!("support, {}", tier.plan);
        let place = format!("{}/*", tier.provider);
        if !self.takes_place(&place) || !self.filter.takes_name(&name, "support") {
            return;
        }
        let share = format!("{} % of a month’s spend from {}", f64::from(tier.milli_pct) / 1000.0, tier.from_spend);
        let price = self.price(&place, Term::OnDemand, (&share, "month at least"), &tier.minimum);
        self.entry("support", &tier.provider, &name, "").prices.push(price);
    }

    fn services(&mut self) {
        let catalog = self.catalog;
        for service in &catalog.extras.services {
            let name = format!("{}: {}", service.service, service.item);
            if !self.takes_place(&service.region) || !self.filter.takes_name(&name, &service.service) {
                continue;
            }
            let per = match service.per.as_str() {
                "gib" => "GiB",
                "gib_month" => "GiB and month",
                "mibps_month" => "MiB/s and month",
                other => other,
            };
            let price = self.price(&service.region, Term::OnDemand, ("", per), &service.price);
            self.entry("service", provider_of(&service.region), &name, "").prices.push(price);
        }
    }
}

fn provider_of(place: &str) -> &str {
    place.split_once('/').map_or(place, |(provider, _region)| provider)
}
