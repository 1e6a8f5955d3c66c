//! What the disks of instances cost: for each disk the cheapest kind that gives what it asks for.

use super::Unit;
use super::instances::{charge, storage_rate};
use super::rate::Charge;
use super::tariff::{Load, Tariff};
use crate::engine::catalog::{Catalog, DiskPrice, DiskUnits, Price, Region};
use crate::engine::model::{Assumptions, InstancesFootprint, Money};
use crate::engine::sizing::DiskNeed;

/// The kinds of disks that a footprint may choose from, and snapshots of them.
///
/// Each disk of a machine gets the cheapest kind that gives its size, operations per second and throughput ([`DiskPrice::units`]), of equally cheap ones the
/// first by name. The first disk is the one that the machine starts from: it gets a kind that machines can start from, which is one chosen from by default
/// where none of those that the user chose can.
#[derive(Clone, Debug)]
pub(super) struct Disks {
    /// In the order of the catalogue.
    kinds: Vec<Kind>,
    snapshots: Option<Snapshots>,
}

#[derive(Clone, Debug)]
struct Kind {
    price: DiskPrice,
    /// Whether machines can start from it.
    boots: bool,
    /// Whether it is among those that may be chosen; else it is there to start from only.
    chosen: bool,
    gib: (usize, Money),
    iops: Option<(usize, Money)>,
    mibps: Option<(usize, Money)>,
}

/// Snapshots of disks: their share of the disk space, and their rate.
#[derive(Clone, Copy, Debug)]
struct Snapshots {
    pct: u32,
    gib: (usize, Money),
}

/// A kind with what is paid for of it, and what that costs over the horizon.
type Sold<'disks> = (&'disks Kind, DiskUnits, Money);

impl Disks {
    /// The disks of a footprint; `None` where there are none with a price for a GiB.
    pub fn new(
        tariff: &mut Tariff,
        chosen: &InstancesFootprint,
        catalog: &Catalog,
        assumptions: &Assumptions,
    ) -> Option<Self> {
        let maker = Maker { chosen, catalog, assumptions };
        let mut kinds = maker.kinds(tariff, &chosen.disks, true);
        if !kinds.iter().any(|kind| kind.boots) {
            kinds.extend(maker.kinds(tariff, &[], false).into_iter().filter(|kind| kind.boots));
        }
        let snapshots = maker.snapshots(tariff);
        kinds.iter().any(|kind| kind.chosen).then_some(Self { kinds, snapshots })
    }

    /// Whether snapshots have a price.
    pub const fn have_snapshots(&self) -> bool {
        self.snapshots.is_some()
    }

    /// What the disks of a machine cost over the horizon; `None` where one of them cannot be had or a price that is needed is not known.
    pub fn cost(&self, load: &Load) -> Option<Money> {
        let (mut cost, mut gib) = (Money::ZERO, 0_u64);
        for (position, need) in load.disks.iter().enumerate() {
            let (_, units, amount) = self.cheapest(need, position == 0)?;
            cost += amount;
            gib = gib.saturating_add(units.gib);
        }
        let held = self.snapshots.map_or(Money::ZERO, |snapshots| snapshots.gib.1.times(snapshots.held(gib)));
        Some(cost + held)
    }

    /// What they are charged, rate by rate.
    pub fn charges(&self, load: &Load, tell: &mut dyn FnMut(Charge)) {
        self.charge(load, tell, &mut |_kind, _units| {});
    }

    /// The same, and the disks in words, such as `gp3 40 GiB + st1 500 GiB`.
    pub fn charges_in_words(&self, load: &Load, tell: &mut dyn FnMut(Charge)) -> String {
        let mut words = String::new();
        self.charge(load, tell, &mut |kind, units| {
            let between = if words.is_empty() { "" } else { " + " };
            for part in [between, &kind.price.kind, " ", &units.gib.to_string(), " GiB"] {
                words.push_str(part);
            }
        });
        words
    }

    fn charge(&self, load: &Load, tell: &mut dyn FnMut(Charge), chosen: &mut dyn FnMut(&Kind, DiskUnits)) {
        let mut gib = 0_u64;
        self.each(load, &mut |kind, units| {
            chosen(kind, units);
            gib = gib.saturating_add(units.gib);
            tell(charge(kind.gib.0, units.gib));
            for (rate, extra) in [(kind.iops, units.extra_iops), (kind.mibps, units.extra_mibps)] {
                if let (Some(rate), 1..) = (rate, extra) {
                    tell(charge(rate.0, extra));
                }
            }
        });
        if let Some(snapshots) = self.snapshots {
            tell(charge(snapshots.gib.0, snapshots.held(gib)));
        }
    }

    fn each(&self, load: &Load, tell: &mut dyn FnMut(&Kind, DiskUnits)) {
        for (position, need) in load.disks.iter().enumerate() {
            if let Some((kind, units, _)) = self.cheapest(need, position == 0) {
                tell(kind, units);
            }
        }
    }

    fn cheapest(&self, need: &DiskNeed, starts: bool) -> Option<Sold<'_>> {
        let kinds = self.kinds.iter().filter(|kind| if starts { kind.boots } else { kind.chosen });
        kinds.filter_map(|kind| kind.of(need)).min_by_key(|(.., cost)| *cost)
    }
}

impl Snapshots {
    /// Whole GiB that they take beside so many of disks.
    fn held(self, gib: u64) -> u64 {
        gib.saturating_mul(u64::from(self.pct)).div_ceil(100)
    }
}

impl Kind {
    fn of(&self, need: &DiskNeed) -> Option<Sold<'_>> {
        let units = self.price.units(need.size, need.iops, need.mibps);
        let extra = |units: u64, rate: Option<(usize, Money)>| match (units, rate) {
            (0, _) => Some(Money::ZERO),
            (units, rate) => Some(rate?.1.times(units)),
        };
        let cost =
            self.gib.1.times(units.gib) + extra(units.extra_iops, self.iops)? + extra(units.extra_mibps, self.mibps)?;
        Some((self, units, cost))
    }
}

/// What is needed to price the disks of a footprint.
#[derive(Clone, Copy)]
struct Maker<'a> {
    chosen: &'a InstancesFootprint,
    catalog: &'a Catalog,
    assumptions: &'a Assumptions,
}

impl Maker<'_> {
    /// The kinds of disks of these names, or those chosen from by default; without those that have no price for a GiB.
    fn kinds(self, tariff: &mut Tariff, names: &[String], chosen: bool) -> Vec<Kind> {
        let disks = self.catalog.disks_of(&self.chosen.region, names);
        disks.filter_map(|disk| self.kind(tariff, disk, chosen)).collect()
    }

    fn kind(self, tariff: &mut Tariff, disk: &DiskPrice, chosen: bool) -> Option<Kind> {
        let DiskPrice { kind, included_iops, included_mibps, .. } = disk;
        let mut rate = |label: String, unit, price: &Price| {
            let rate = storage_rate(label, unit, price, self.catalog, self.assumptions)?;
            let cost = rate.amount(1000);
            Some((tariff.rate(rate), cost))
        };
        let gib = rate(format!("{kind} disks"), Unit::GibMonth, &disk.per_gib_month)?;
        let iops = format!("{kind} operations per second beyond {included_iops} a disk");
        let mibps = format!("{kind} MiB/s beyond {included_mibps} a disk");
        Some(Kind {
            price: disk.clone(),
            boots: self.catalog.extras.disk_boots(Region::provider_of(&disk.region), kind),
            chosen,
            gib,
            iops: rate(iops, Unit::IopsMonth, &disk.per_iops_month),
            mibps: rate(mibps, Unit::MibpsMonth, &disk.per_mibps_month),
        })
    }

    fn snapshots(self, tariff: &mut Tariff) -> Option<Snapshots> {
        let pct = self.assumptions.finance.snapshot_pct;
        let service = self.catalog.extras.snapshots(&self.chosen.region).filter(|_| pct > 0)?;
        let label = format!("{}, {pct} % of the disks", service.service);
        let rate = storage_rate(label, Unit::GibMonth, &service.price, self.catalog, self.assumptions)?;
        let cost = rate.amount(1000);
        Some(Snapshots { pct, gib: (tariff.rate(rate), cost) })
    }
}
