//! What the catalogue knows beside hosts, instance types and prices of disks. The page does not need it, so it stays in the worker.

use serde::{Deserialize, Serialize};

use super::{Price, Region};
use crate::engine::model::{MiB, Money, RegionId, Term};

/// What plans, cost and the command line need beside hosts, instance types and prices of disks. Lists are sorted as their comments say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extras {
    /// Kinds of disks, by name.
    pub disk_kinds: Vec<DiskKind>,
    /// What a machine that runs all month pays of the price on demand, by provider and family, where that is not all of it.
    pub sustained: Vec<Sustained>,
    /// What commitments take off a price on demand that only its buyer knows.
    pub commitments: Vec<Commitment>,
    /// Instances of any size, by region and family.
    pub shapes: Vec<FlexibleShape>,
    /// Prices of traffic, by region, destination and tier.
    pub egress: Vec<EgressTier>,
    /// Support plans, by provider, plan and tier.
    pub support: Vec<SupportTier>,
    /// Everything else with a price: links, gateways, snapshots, external storage. By region, service and item.
    pub services: Vec<ServicePrice>,
    /// Emissions of the electricity in regions, by region.
    pub grids: Vec<Grid>,
    /// Power that the machines of providers draw, by provider.
    pub carbon: Vec<ProviderCarbon>,
}

/// A kind of disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskKind {
    /// Such as `gp3`.
    pub kind: String,
    /// Who sells it.
    pub provider: String,
    /// Whether it is chosen from where a footprint names no kind: solid state, and a machine can start from it.
    pub by_default: bool,
    /// Whether a machine can start from it.
    pub boots: bool,
    /// Position of the document of its limits.
    pub source: u32,
    /// What one must know.
    pub note: String,
}

/// What a machine that runs all month pays of the price on demand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sustained {
    /// Who sells it.
    pub provider: String,
    /// The family of instance types.
    pub family: String,
    /// Share of the price on demand, in millionths.
    pub millionths: u32,
    /// Position of the document it comes from.
    pub source: u32,
    /// How it was come by.
    pub note: String,
}

/// What a commitment takes off the price on demand of hosts, where neither price is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// The service, as the ids of its hosts begin.
    pub service: String,
    /// For how long.
    pub term: Term,
    /// Share that is taken off, in millionths.
    pub off_millionths: u32,
    /// Position of the document it comes from.
    pub source: u32,
    /// What one must know.
    pub note: String,
}

/// Instances whose processors and memory are chosen freely and paid one by one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlexibleShape {
    /// Where.
    pub region: RegionId,
    /// The family, such as `n2`.
    pub family: String,
    /// vCPU come in multiples of this.
    pub vcpu_step: u32,
    /// Fewest vCPU.
    pub min_vcpus: u32,
    /// Most vCPU.
    pub max_vcpus: u32,
    /// Least memory for each vCPU.
    pub min_memory_per_vcpu: MiB,
    /// Most memory for each vCPU.
    pub max_memory_per_vcpu: MiB,
    /// Memory comes in multiples of this.
    pub memory_step: MiB,
    /// For one vCPU and one hour, by term in the order on demand, one year, three years.
    pub per_vcpu_hour: [Price; 3],
    /// For one GiB of memory and one hour, by term.
    pub per_gib_hour: [Price; 3],
    /// What Windows costs on top for one vCPU and one hour, whatever the term.
    pub windows_per_vcpu_hour: Price,
}

/// Where traffic out of a region goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Destination {
    /// Anywhere outside of the provider.
    Internet,
    /// Another region of the provider.
    Region,
    /// Another zone of the region.
    Zone,
}

/// The price of traffic from a volume on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EgressTier {
    /// The region that is left, or `provider/*` for those without figures of their own.
    pub region: String,
    /// Where to.
    pub to: Destination,
    /// The volume of a month from which the price holds, in GiB.
    pub from_gib: u64,
    /// For one GiB.
    pub per_gib: Price,
}

/// The charge of a support plan from a monthly spend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportTier {
    /// Who sells it.
    pub provider: String,
    /// Such as `Enterprise`.
    pub plan: String,
    /// Least charge of a month, in the price's currency.
    pub minimum: Price,
    /// The monthly spend from which the share holds.
    pub from_spend: Money,
    /// Share of the spend above that, in thousandths of a per cent.
    pub milli_pct: u32,
}

/// A price of something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePrice {
    /// Where; `provider/*` for every region without a figure of its own.
    pub region: String,
    /// Such as `Direct Connect`.
    pub service: String,
    /// What of it, such as `port of 1 Gbit/s`.
    pub item: String,
    /// What one unit is: `hour`, `month`, `gib`, `gib_month`, `mibps_month`.
    pub per: String,
    /// For one unit.
    pub price: Price,
}

/// Emissions of the electricity in a region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Where.
    pub region: RegionId,
    /// Milligrams of CO₂ equivalent for each kilowatt-hour.
    pub milligrams_per_kwh: u64,
    /// Position of the document it comes from.
    pub source: u32,
    /// What one must know.
    pub note: String,
}

/// Power that the machines of a provider draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderCarbon {
    /// Who.
    pub provider: String,
    /// Power usage effectiveness, in thousandths.
    pub pue_milli: u32,
    /// One vCPU at rest, in microwatts.
    pub min_microwatts: u64,
    /// One vCPU at work, in microwatts.
    pub max_microwatts: u64,
    /// Position of the document of the power.
    pub watts_source: u32,
    /// Position of the document of the effectiveness.
    pub pue_source: u32,
    /// How the figures were come by.
    pub note: String,
}

impl FlexibleShape {
    /// The smallest instance with at least `vcpus` and `memory`: more memory than its vCPU may have takes more vCPU. `None` where the largest is too small.
    pub fn fit(&self, vcpus: u32, memory: MiB) -> Option<(u32, MiB)> {
        let step = self.vcpu_step.max(1);
        let for_memory = memory.0.div_ceil(self.max_memory_per_vcpu.0.max(1)).min(u64::from(u32::MAX)) as u32;
        let vcpus = vcpus.max(self.min_vcpus).max(for_memory).checked_next_multiple_of(step)?;
        if vcpus > self.max_vcpus {
            return None;
        }
        let least = MiB(self.min_memory_per_vcpu.0.saturating_mul(u64::from(vcpus)));
        let memory = memory.max(least).0.checked_next_multiple_of(self.memory_step.0.max(1))?;
        Some((vcpus, MiB(memory)))
    }

    /// The name of a size of it, as its sellers write them.
    pub fn name_of(&self, vcpus: u32, memory: MiB) -> String {
        if Region::provider_of(&self.region) == "gcp" {
            return format!("{}-custom-{vcpus}-{}", self.family, memory.0);
        }
        let gib = memory.0.div_ceil(1024);
        format!("VM.Standard.{}.Flex ({} OCPU, {gib} GB)", self.family.replace('-', "."), vcpus.div_ceil(2))
    }

    /// The hourly prices of a vCPU and of a GiB for a term.
    pub fn prices(&self, term: Term) -> (&Price, &Price) {
        (&self.per_vcpu_hour[term as usize], &self.per_gib_hour[term as usize])
    }
}

impl Extras {
    /// Hands every price to `visit`, always in the same order.
    pub(super) fn each_price(&mut self, visit: &mut dyn FnMut(&mut Price)) {
        for shape in &mut self.shapes {
            shape.per_vcpu_hour.iter_mut().chain(&mut shape.per_gib_hour).for_each(&mut *visit);
            visit(&mut shape.windows_per_vcpu_hour);
        }
        self.egress.iter_mut().for_each(|tier| visit(&mut tier.per_gib));
        self.support.iter_mut().for_each(|tier| visit(&mut tier.minimum));
        self.services.iter_mut().for_each(|service| visit(&mut service.price));
    }

    /// Whether a kind of disk is chosen from where a footprint names none. Kinds that are not described are.
    pub fn is_default_disk(&self, provider: &str, kind: &str) -> bool {
        self.disk_kind(provider, kind).is_none_or(|known| known.by_default)
    }

    /// Whether a machine can start from a kind of disk. Kinds that are not described are taken to allow it.
    pub fn disk_boots(&self, provider: &str, kind: &str) -> bool {
        self.disk_kind(provider, kind).is_none_or(|known| known.boots)
    }

    fn disk_kind(&self, provider: &str, kind: &str) -> Option<&DiskKind> {
        self.disk_kinds.iter().find(|known| known.kind == kind && known.provider == provider)
    }

    /// What a machine that runs all month pays of the price on demand.
    pub fn sustained(&self, provider: &str, family: &str) -> Option<&Sustained> {
        self.sustained.iter().find(|known| known.provider == provider && known.family == family)
    }

    /// The tiers of traffic out of a region, cheapest volume first: its own, else those of the provider. Empty where none are known.
    pub fn egress(&self, region: &RegionId, to: Destination) -> &[EgressTier] {
        let everywhere = format!("{}/*", Region::provider_of(region));
        let own = tiers(&self.egress, |tier| (tier.region == region.as_str()) && tier.to == to);
        if own.is_empty() { tiers(&self.egress, |tier| tier.region == everywhere && tier.to == to) } else { own }
    }

    /// The tiers of a support plan.
    pub fn support(&self, provider: &str, plan: &str) -> &[SupportTier] {
        tiers(&self.support, |tier| tier.provider == provider && tier.plan.eq_ignore_ascii_case(plan))
    }

    /// A price of a service in a region: its own, else that for every region of the provider.
    pub fn service(&self, region: &RegionId, service: &str, item: &str) -> Option<&ServicePrice> {
        let everywhere = format!("{}/*", Region::provider_of(region));
        let of = |place: &str| {
            let same = |price: &&ServicePrice| price.region == place && price.service == service && price.item == item;
            self.services.iter().find(same)
        };
        of(region.as_str()).or_else(|| of(&everywhere))
    }

    /// What snapshots of disks cost in a region.
    pub fn snapshots(&self, region: &RegionId) -> Option<&ServicePrice> {
        let everywhere = format!("{}/*", Region::provider_of(region));
        let of = |place: &str| {
            let same = |price: &&ServicePrice| price.region == place && price.service.ends_with("snapshot");
            self.services.iter().find(same)
        };
        of(region.as_str()).or_else(|| of(&everywhere))
    }

    /// The emissions of the electricity in a region; `None` where they are not known.
    pub fn grid(&self, region: &RegionId) -> Option<&Grid> {
        self.grids.iter().find(|grid| grid.region == *region)
    }
}

/// The run of rows that belong together in a sorted list.
fn tiers<T>(all: &[T], belongs: impl Fn(&T) -> bool) -> &[T] {
    let Some(from) = all.iter().position(&belongs) else { return &[] };
    let count = all[from..].iter().take_while(|row| belongs(row)).count();
    &all[from..from + count]
}

/// What `gib` of a month cost by tiers; `None` where the tiers are empty, or a price that is needed is not known.
///
/// Each tier's price holds for the part of the volume within it, as clouds charge it.
pub fn egress_cost(tiers: &[EgressTier], gib: u64) -> Option<Money> {
    let mut total = Money::ZERO;
    for (position, tier) in tiers.iter().enumerate() {
        let until = tiers.get(position + 1).map_or(u64::MAX, |next| next.from_gib);
        let within = gib.min(until).saturating_sub(tier.from_gib);
        if within > 0 {
            total += tier.per_gib.amount?.times(within);
        }
    }
    (!tiers.is_empty()).then_some(total)
}

/// What a support plan costs for a month's `spend`: the sum of the shares of its tiers, but at least the minimum. `None` where the plan is not known.
pub fn support_cost(tiers: &[SupportTier], spend: Money) -> Option<Money> {
    let minimum = tiers.first()?.minimum.amount?;
    let mut total = Money::ZERO;
    for (position, tier) in tiers.iter().enumerate() {
        let until = tiers.get(position + 1).map_or(Money::MAX, |next| next.from_spend);
        let within = spend.min(until) - tier.from_spend;
        if within > Money::ZERO {
            total += within.scale(i128::from(tier.milli_pct), 100_000);
        }
    }
    Some(total.max(minimum))
}

#[cfg(test)]
mod tests;
