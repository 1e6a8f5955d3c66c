//! What instances cost: the cheapest type that fits, and its disks.

use super::rate::{Charge, HOURS_PER_MONTH, Rate, known, source_of, times};
use super::site::Site;
use super::tariff::{Load, Tariff};
use super::{LineKind, Nature, Unit};
use crate::engine::catalog::{Catalog, DiskPrice, InstanceTable, InstanceType, Price};
use crate::engine::model::{Assumptions, FootprintId, InstanceOs, InstancesFootprint, MiB, Money, Term};
use crate::engine::placement::Refusal;
use crate::engine::sizing::{CPU, IOPS, MEMORY, STORAGE};

/// The types that a footprint may choose from, with their disks.
#[derive(Clone, Debug)]
pub(super) struct Menu {
    linux: Shelf,
    windows: Shelf,
    disk: Disk,
}

/// Types with one guest system, cheapest first, without those that a cheaper one dominates.
#[derive(Clone, Debug, Default)]
struct Shelf {
    types: Vec<Size>,
    /// Sizes of types without a price on this term, in thousandths of a vCPU and MiB.
    unpriced: Vec<(u64, u64)>,
}

#[derive(Clone, Debug)]
struct Size {
    name: String,
    milli_vcpus: u64,
    memory: u64,
    rate: usize,
    cost: Money,
}

#[derive(Clone, Debug)]
struct Disk {
    price: DiskPrice,
    gib: (usize, Money),
    iops: Option<(usize, Money)>,
}

/// What a machine gets: an instance, its disk space, its operations per second beyond those included.
pub(super) struct Choice<'menu> {
    pub name: &'menu str,
    pub charges: [Option<Charge>; 3],
    pub cost: Money,
}

impl Menu {
    /// The cheapest type with at least the vCPU and the memory asked for, of equally cheap ones the first by name; and disks of the size and the operations
    /// per second asked for, see [`DiskPrice::units`]. `None` where nothing fits or a price that is needed is not known.
    pub fn choose(&self, load: &Load) -> Option<Choice<'_>> {
        let fits = |size: &&Size| size.milli_vcpus >= load.demand[CPU] && size.memory >= load.demand[MEMORY];
        let found = self.shelf(load).types.iter().find(fits)?;
        let iops = u32::try_from(load.demand[IOPS]).unwrap_or(u32::MAX);
        let units = self.disk.price.units(MiB(load.demand[STORAGE]), iops, 0);
        let charge =
            |(rate, _): (usize, Money), quantity: u64| Charge { rate, quantity_milli: quantity.saturating_mul(1000) };
        let extra = match (units.extra_iops, self.disk.iops) {
            (0, _) => None,
            (_, None) => return None,
            (extra, Some(rate)) => Some((charge(rate, extra), times(rate.1, extra))),
        };
        Some(Choice {
            name: &found.name,
            charges: [
                Some(Charge { rate: found.rate, quantity_milli: 1000 }),
                Some(charge(self.disk.gib, units.gib)),
                extra.map(|(charge, _)| charge),
            ],
            cost: found.cost + times(self.disk.gib.1, units.gib) + extra.map_or(Money::ZERO, |(_, cost)| cost),
        })
    }

    /// Why [`Self::choose`] finds nothing.
    pub fn refusal(&self, load: &Load) -> Refusal {
        let shelf = self.shelf(load);
        let fits = |vcpus: u64, memory: u64| vcpus >= load.demand[CPU] && memory >= load.demand[MEMORY];
        let priced = shelf.types.iter().any(|size| fits(size.milli_vcpus, size.memory));
        let unpriced = shelf.unpriced.iter().any(|&(vcpus, memory)| fits(vcpus, memory));
        if priced || unpriced { Refusal::NeedsQuote } else { Refusal::NoInstanceType }
    }

    fn shelf(&self, load: &Load) -> &Shelf {
        if load.windows { &self.windows } else { &self.linux }
    }
}

/// The tariff of instances. A region whose prices are not loaded, or whose disks have none, takes no machine.
pub(super) fn tariff(
    footprint: FootprintId,
    chosen: &InstancesFootprint,
    catalog: &Catalog,
    assumptions: &Assumptions,
) -> Tariff {
    let (Some(table), Some(disk)) = (catalog.instances.get(&chosen.region), catalog.disk(&chosen.region)) else {
        return Tariff::refusing(footprint, Refusal::NeedsQuote);
    };
    let mut tariff = Tariff::of_footprint(Some(footprint));
    let Some(disk) = disk_rates(&mut tariff, disk, catalog, assumptions) else {
        return Tariff::refusing(footprint, Refusal::NeedsQuote);
    };
    let linux = shelf(&mut tariff, table, chosen, false, catalog, assumptions);
    let windows = match chosen.os {
        InstanceOs::LicenceIncluded => shelf(&mut tariff, table, chosen, true, catalog, assumptions),
        InstanceOs::BringYourOwn => linux.clone(),
    };
    tariff.menu = Some(Menu { linux, windows, disk });
    let site = Site { assumptions };
    tariff.for_machines(site.care(assumptions.admin_elsewhere_pct));
    tariff.for_moving(site.moving(true));
    tariff.not_priced = not_priced(chosen, assumptions);
    tariff
}

fn shelf(
    tariff: &mut Tariff,
    table: &InstanceTable,
    chosen: &InstancesFootprint,
    windows: bool,
    catalog: &Catalog,
    assumptions: &Assumptions,
) -> Shelf {
    let choices = table.choices(&chosen.families, windows, chosen.term);
    let size = |sold: &InstanceType| (u64::from(sold.vcpus) * 1000, sold.memory.0);
    let mut shelf = Shelf {
        types: Vec::new(),
        unpriced: choices.unpriced().iter().map(|&(vcpus, memory)| (u64::from(vcpus) * 1000, memory.0)).collect(),
    };
    for (sold, price) in choices.iter() {
        let (milli_vcpus, memory) = size(sold);
        let monthly =
            known(price).and_then(|hourly| assumptions.exchange(hourly.times(HOURS_PER_MONTH), price.currency));
        let Some(monthly) = monthly else {
            shelf.unpriced.push((milli_vcpus, memory));
            continue;
        };
        let rate = instance_rate(sold, (windows, chosen.term), monthly, price, catalog, assumptions);
        let cost = rate.amount(1000);
        shelf.types.push(Size { name: sold.name.clone(), milli_vcpus, memory, rate: tariff.rate(rate), cost });
    }
    shelf
}

fn instance_rate(
    sold: &InstanceType,
    (windows, term): (bool, Term),
    monthly: Money,
    price: &Price,
    catalog: &Catalog,
    assumptions: &Assumptions,
) -> Rate {
    let hourly = price.amount.unwrap_or_default();
    let formula = format!("{hourly} {} an hour × {HOURS_PER_MONTH} h", price.currency.code());
    Rate {
        kind: LineKind::Instances,
        nature: Nature::Operating,
        label: format!("{}{}, {}", sold.name, if windows { " with Windows" } else { "" }, term_in_words(term)),
        unit: Unit::InstanceMonth,
        unit_price: monthly,
        status: price.status,
        source: source_of(catalog, price, &formula),
        months: assumptions.horizon(),
    }
}

/// Adds the rates of disks; `None` where a GiB has no price.
fn disk_rates(tariff: &mut Tariff, disk: &DiskPrice, catalog: &Catalog, assumptions: &Assumptions) -> Option<Disk> {
    let rate = |label: String, unit, price: &Price| {
        Some(Rate {
            kind: LineKind::Storage,
            nature: Nature::Operating,
            label,
            unit,
            unit_price: assumptions.exchange(known(price)?, price.currency)?,
            status: price.status,
            source: source_of(catalog, price, ""),
            months: assumptions.horizon(),
        })
    };
    let gib = rate(format!("{} disks", disk.kind), Unit::GibMonth, &disk.per_gib_month)?;
    let iops_label = format!("{} operations per second beyond {} a disk", disk.kind, disk.included_iops);
    let iops = rate(iops_label, Unit::IopsMonth, &disk.per_iops_month);
    let mut with_cost = |rate: Rate| {
        let cost = rate.amount(1000);
        (tariff.rate(rate), cost)
    };
    Some(Disk { price: disk.clone(), gib: with_cost(gib), iops: iops.map(with_cost) })
}

fn not_priced(chosen: &InstancesFootprint, assumptions: &Assumptions) -> Vec<String> {
    let mut sentences = vec![
        "Subscriptions of Red Hat and SUSE on instances, and licences of what runs on the machines, are not priced."
            .to_owned(),
        "Disk snapshots of instances are not priced.".to_owned(),
    ];
    if chosen.os == InstanceOs::BringYourOwn {
        sentences.push("Windows licences brought along to instances are not priced.".to_owned());
    }
    sentences.extend(outlasting(chosen.term, assumptions));
    sentences
}

/// A sentence where a commitment runs longer than the horizon.
pub(super) fn outlasting(term: Term, assumptions: &Assumptions) -> Option<String> {
    let months = match term {
        Term::OnDemand => return None,
        Term::OneYear => 12,
        Term::ThreeYears => 36,
    };
    let horizon = assumptions.horizon();
    (months > horizon).then(|| {
        format!(
            "A commitment of {months} months outlasts the horizon of {horizon}: what is owed after it is not priced."
        )
    })
}

/// A term as people write it.
pub(super) const fn term_in_words(term: Term) -> &'static str {
    match term {
        Term::OnDemand => "on demand",
        Term::OneYear => "1-year term",
        Term::ThreeYears => "3-year term",
    }
}
