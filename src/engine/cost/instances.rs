//! What instances cost: the cheapest type that fits, and its disks.

use super::disks::Disks;
use super::licences::{Ground, LicenceRates, brought_not_priced};
use super::rate::{Charge, Rate, known, source_of, whole_thousandths};
use super::rent::{Monthly, Rent};
use super::site::Site;
use super::tariff::{Load, Tariff};
use super::{LineKind, Nature, Unit};
use crate::engine::catalog::{Catalog, FlexibleShape, InstanceTable, InstanceType, Price, Region, Sustained};
use crate::engine::model::{Assumptions, FootprintId, InstanceOs, InstancesFootprint, MiB, Money, Term};
use crate::engine::placement::Refusal;
use crate::engine::sizing::{CPU, MEMORY};

/// The types that a footprint may choose from, with their disks.
#[derive(Clone, Debug)]
pub(super) struct Menu {
    linux: Shelf,
    windows: Shelf,
    disks: Disks,
}

/// Types with one guest system, cheapest first, without those that a cheaper one dominates; and shapes that take any size.
#[derive(Clone, Debug, Default)]
struct Shelf {
    types: Vec<Size>,
    shapes: Vec<Shape>,
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
struct Shape {
    size: FlexibleShape,
    vcpu: (usize, Rate),
    gib: (usize, Rate),
}

/// What a machine gets.
enum Sold<'menu> {
    Type(&'menu Size),
    Shape(&'menu FlexibleShape, u32, MiB),
}

/// What a machine gets: an instance, which may be paid by processors and memory, and its disks.
pub(super) struct Choice<'menu> {
    sold: Sold<'menu>,
    instance: [Option<Charge>; 2],
    /// Virtual processors of the instance.
    pub vcpus: u64,
    /// What the instance, the disks and the licences that are counted by the machine cost over the horizon.
    pub cost: Money,
}

impl Choice<'_> {
    /// The name of the instance type.
    pub fn name(&self) -> String {
        match self.sold {
            Sold::Type(size) => size.name.clone(),
            Sold::Shape(shape, vcpus, memory) => shape.name_of(vcpus, memory),
        }
    }
}

impl Sold<'_> {
    fn vcpus(&self) -> u64 {
        match self {
            Self::Type(size) => size.milli_vcpus / 1000,
            Self::Shape(_, vcpus, _) => u64::from(*vcpus),
        }
    }
}

/// An instance with what it costs over the horizon.
type Priced = ([Option<Charge>; 2], Money);

impl Menu {
    /// The cheapest type with at least the vCPU and the memory asked for, of equally cheap ones the first by name, or a shape of the size asked for where
    /// that is cheaper, licences that are counted by its processors included; and for each disk the cheapest kind that gives what it asks for, see [`Disks`].
    /// `None` where nothing fits or a price that is needed is not known.
    pub fn choose(&self, load: &Load, licences: &LicenceRates) -> Option<Choice<'_>> {
        let (sold, (instance, cost)) = self.instance(load, licences)?;
        Some(Choice { vcpus: sold.vcpus(), sold, instance, cost: cost + self.disks.cost(load)? })
    }

    /// What a machine is charged for its instance and its disks, rate by rate.
    pub fn charges(&self, load: &Load, choice: &Choice<'_>, charge: &mut dyn FnMut(Charge)) {
        choice.instance.into_iter().flatten().for_each(&mut *charge);
        self.disks.charges(load, charge);
    }

    /// The same, and the disks of the machine in words, such as `gp3 40 GiB + st1 500 GiB`.
    pub fn charges_in_words(&self, load: &Load, choice: &Choice<'_>, charge: &mut dyn FnMut(Charge)) -> String {
        choice.instance.into_iter().flatten().for_each(&mut *charge);
        self.disks.charges_in_words(load, charge)
    }

    fn instance(&self, load: &Load, licences: &LicenceRates) -> Option<(Sold<'_>, Priced)> {
        let shelf = self.shelf(load);
        let fits = |size: &&Size| size.milli_vcpus >= load.demand[CPU] && size.memory >= load.demand[MEMORY];
        let mut fitting = shelf.types.iter().filter(fits);
        // They are in the order of their prices: without licences the first that fits is the cheapest.
        let found = if licences.needs_any(load) {
            fitting.min_by_key(|size| size.cost + licences.cost(load, size.milli_vcpus / 1000))
        } else {
            fitting.next()
        };
        let fixed = found.map(|size| (Sold::Type(size), ([Some(charge(size.rate, 1)), None], size.cost)));
        let shapes = shelf.shapes.iter().filter_map(|shape| shape.of(load));
        let with_licences = fixed.into_iter().chain(shapes).map(|(sold, (charges, cost))| {
            let cost = cost + licences.cost(load, sold.vcpus());
            (sold, (charges, cost))
        });
        with_licences.min_by_key(|(_, (_, cost))| *cost)
    }

    /// Why [`Self::choose`] finds nothing.
    pub fn refusal(&self, load: &Load) -> Refusal {
        let shelf = self.shelf(load);
        let fits = |vcpus: u64, memory: u64| vcpus >= load.demand[CPU] && memory >= load.demand[MEMORY];
        let priced = self.instance(load, &LicenceRates::default()).is_some();
        let unpriced = shelf.unpriced.iter().any(|&(vcpus, memory)| fits(vcpus, memory));
        if priced || unpriced { Refusal::NeedsQuote } else { Refusal::NoInstanceType }
    }

    fn shelf(&self, load: &Load) -> &Shelf {
        if load.windows { &self.windows } else { &self.linux }
    }
}

pub(super) fn charge(rate: usize, quantity: u64) -> Charge {
    Charge { rate, quantity_milli: quantity.saturating_mul(1000) }
}

impl Shape {
    fn of(&self, load: &Load) -> Option<(Sold<'_>, Priced)> {
        let vcpus = u32::try_from(load.demand[CPU].div_ceil(1000)).ok()?;
        let (vcpus, memory) = self.size.fit(vcpus, MiB(load.demand[MEMORY]))?;
        let processors = charge(self.vcpu.0, u64::from(vcpus));
        // Thousandths of a GiB, rounded up; the price of a GiB is whole thousandths, so that nothing is rounded after that.
        let room = Charge { rate: self.gib.0, quantity_milli: memory.0.saturating_mul(1000).div_ceil(1024) };
        let cost = self.vcpu.1.amount(processors.quantity_milli) + self.gib.1.amount(room.quantity_milli);
        Some((Sold::Shape(&self.size, vcpus, memory), ([Some(processors), Some(room)], cost)))
    }
}

/// The tariff of instances. A region whose prices are not loaded, or whose disks have none, takes no machine.
pub(super) fn tariff(
    footprint: FootprintId,
    chosen: &InstancesFootprint,
    catalog: &Catalog,
    assumptions: &Assumptions,
) -> Tariff {
    let Some(table) = catalog.instances.get(&chosen.region) else {
        return Tariff::refusing(footprint, Refusal::NeedsQuote);
    };
    let mut tariff = Tariff::of_footprint(Some(footprint));
    let ground = match chosen.os {
        InstanceOs::LicenceIncluded => Ground::WithWindows,
        InstanceOs::BringYourOwn => Ground::WithoutWindows,
    };
    tariff.licences = LicenceRates::add(&mut tariff, ground, assumptions);
    let keeps_small = tariff.licences.has_any();
    let maker = Maker { table, chosen, catalog, assumptions, keeps_small };
    let Some(disks) = Disks::new(&mut tariff, chosen, catalog, assumptions) else {
        return Tariff::refusing(footprint, Refusal::NeedsQuote);
    };
    let linux = maker.shelf(&mut tariff, false);
    let windows = match chosen.os {
        InstanceOs::LicenceIncluded => maker.shelf(&mut tariff, true),
        InstanceOs::BringYourOwn => linux.clone(),
    };
    let left_out = not_priced(chosen, assumptions, disks.have_snapshots());
    tariff.not_priced.extend(left_out);
    tariff.menu = Some(Menu { linux, windows, disks });
    let site = Site { assumptions };
    tariff.for_machines(site.care(assumptions.admin_elsewhere_pct));
    tariff.for_moving(site.moving(true));
    tariff
}

/// What is needed to price the instances of a footprint.
#[derive(Clone, Copy)]
struct Maker<'a> {
    table: &'a InstanceTable,
    chosen: &'a InstancesFootprint,
    catalog: &'a Catalog,
    assumptions: &'a Assumptions,
    /// Whether types with fewer processors are kept although a larger one is cheaper: with licences by the core they may be the cheaper ones in all.
    keeps_small: bool,
}

impl<'a> Maker<'a> {
    fn shelf(self, tariff: &mut Tariff, windows: bool) -> Shelf {
        let chosen = &self.chosen.families;
        let allowed =
            |sold: &&InstanceType| if chosen.is_empty() { sold.by_default } else { chosen.contains(&sold.family) };
        let mut shelf = Shelf::default();
        let mut priced = Vec::new();
        for sold in self.table.types.iter().filter(allowed) {
            let rent = self.rent(sold, windows);
            match rent.amount(self.assumptions) {
                Some(monthly) => priced.push((monthly, sold, rent)),
                None => shelf.unpriced.push((u64::from(sold.vcpus) * 1000, sold.memory.0)),
            }
        }
        priced.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
        for (_, sold, rent) in priced {
            let (milli_vcpus, memory) = (u64::from(sold.vcpus) * 1000, sold.memory.0);
            let as_many = |kept: &Size| {
                if self.keeps_small { kept.milli_vcpus == milli_vcpus } else { kept.milli_vcpus >= milli_vcpus }
            };
            let dominated = shelf.types.iter().any(|kept| as_many(kept) && kept.memory >= memory);
            if let (false, Some(rate)) = (dominated, self.rate(sold, windows, rent)) {
                let cost = rate.amount(1000);
                let rate = tariff.rate(rate);
                tariff.grows_at(rate, rent.of_growth().and_then(|rent| self.rate(sold, windows, rent)));
                shelf.types.push(Size { name: sold.name.clone(), milli_vcpus, memory, rate, cost });
            }
        }
        shelf.shapes = self.shapes(tariff, windows);
        shelf
    }

    fn sustained(self, family: &str) -> Option<&'a Sustained> {
        self.catalog.extras.sustained(Region::provider_of(&self.chosen.region), family)
    }

    fn rent(self, sold: &'a InstanceType, windows: bool) -> Rent<'a> {
        // What running all month takes off is of the machine, not of its licence.
        let machine = sold.price(false, Term::OnDemand);
        let sustained = self.sustained(&sold.family).map(|sustained| (sustained, machine));
        Rent {
            term: self.chosen.term,
            committed: Some(sold.price(windows, self.chosen.term)),
            on_demand: Some(sold.price(windows, Term::OnDemand)),
            committed_pct: self.chosen.committed_pct,
            sustained,
        }
    }

    fn rate(self, sold: &InstanceType, windows: bool, rent: Rent<'_>) -> Option<Rate> {
        let monthly = rent.monthly(self.catalog, self.assumptions)?;
        Some(Rate {
            kind: LineKind::Instances,
            nature: Nature::Operating,
            label: format!("{}{}, {}", sold.name, if windows { " with Windows" } else { "" }, rent.words()),
            unit: Unit::InstanceMonth,
            unit_price: monthly.amount,
            status: monthly.status,
            source: monthly.source,
            from_month: 0,
            months: self.assumptions.horizon(),
        })
    }

    /// Shapes of any size, of the families that may be chosen from. One whose price is not known is left out.
    fn shapes(self, tariff: &mut Tariff, windows: bool) -> Vec<Shape> {
        let families = &self.chosen.families;
        let provider = Region::provider_of(&self.chosen.region);
        let by_default = |name: &str| {
            let known = self.catalog.families.iter().find(|family| family.provider == provider && family.name == name);
            known.is_some_and(|family| family.by_default)
        };
        let allowed = |shape: &&FlexibleShape| {
            shape.region == self.chosen.region
                && if families.is_empty() { by_default(&shape.family) } else { families.contains(&shape.family) }
        };
        let shapes = self.catalog.extras.shapes.iter().filter(allowed);
        shapes.filter_map(|shape| self.shape(tariff, shape, windows)).collect()
    }

    fn shape(self, tariff: &mut Tariff, shape: &FlexibleShape, windows: bool) -> Option<Shape> {
        let (vcpu, gib) = self.shape_rates(shape, windows, self.chosen.term)?;
        let of_shape = (tariff.rate(vcpu.clone()), tariff.rate(gib.clone()));
        if self.chosen.term != Term::OnDemand
            && self.chosen.committed_pct > 0
            && let Some((vcpu, gib)) = self.shape_rates(shape, windows, Term::OnDemand)
        {
            tariff.grows_at(of_shape.0, Some(vcpu));
            tariff.grows_at(of_shape.1, Some(gib));
        }
        Some(Shape { size: shape.clone(), vcpu: (of_shape.0, vcpu), gib: (of_shape.1, gib) })
    }

    /// The rates of processors and of memory.
    fn shape_rates(self, shape: &FlexibleShape, windows: bool, term: Term) -> Option<(Rate, Rate)> {
        let (vcpu, gib) = shape.prices(term);
        let (vcpu_on_demand, gib_on_demand) = shape.prices(Term::OnDemand);
        let sustained = self.sustained(&shape.family);
        let rent = |committed, on_demand, sustained: Option<&'a Sustained>| Rent {
            term,
            committed: Some(committed),
            on_demand: Some(on_demand),
            committed_pct: self.chosen.committed_pct,
            sustained: sustained.map(|sustained| (sustained, on_demand)),
        };
        let (vcpu_rent, gib_rent) = (rent(vcpu, vcpu_on_demand, sustained), rent(gib, gib_on_demand, sustained));
        let mut processors = vcpu_rent.monthly(self.catalog, self.assumptions)?;
        let memory = gib_rent.monthly(self.catalog, self.assumptions)?;
        if windows {
            let licence = rent(&shape.windows_per_vcpu_hour, &shape.windows_per_vcpu_hour, None);
            let licence = licence.monthly(self.catalog, self.assumptions)?;
            processors = Monthly {
                amount: processors.amount + licence.amount,
                status: processors.status.max(licence.status),
                source: format!("{} + {}", processors.source, licence.source),
            };
        }
        let system = if windows { " with Windows" } else { "" };
        let rate = |what: &str, unit, monthly: Monthly, words: String| Rate {
            kind: LineKind::Instances,
            nature: Nature::Operating,
            label: format!("{} of any size{system}, {what}, {words}", shape.family),
            unit,
            unit_price: monthly.amount,
            status: monthly.status,
            source: monthly.source,
            from_month: 0,
            months: self.assumptions.horizon(),
        };
        let vcpu = rate("processors", Unit::VcpuMonth, processors, vcpu_rent.words());
        let memory = Monthly { amount: whole_thousandths(memory.amount), ..memory };
        let gib = rate("memory", Unit::GibMonth, memory, gib_rent.words());
        Some((vcpu, gib))
    }
}

/// The rate of a unit of storage; `None` where it has no price.
pub(super) fn storage_rate(
    label: String,
    unit: Unit,
    price: &Price,
    catalog: &Catalog,
    assumptions: &Assumptions,
) -> Option<Rate> {
    Some(Rate {
        kind: LineKind::Storage,
        nature: Nature::Operating,
        label,
        unit,
        unit_price: assumptions.exchange(known(price)?, price.currency)?,
        status: price.status,
        source: source_of(catalog, price, "", assumptions),
        from_month: 0,
        months: assumptions.horizon(),
    })
}

fn not_priced(chosen: &InstancesFootprint, assumptions: &Assumptions, snapshots: bool) -> Vec<String> {
    let licences = assumptions.finance.machine_licences.as_ref();
    let sql = if licences.is_none_or(|licences| licences.sql.is_empty()) { "" } else { " other than SQL Server" };
    let mut sentences = vec![format!(
        "Subscriptions of Red Hat and SUSE on instances, and licences of what runs on the machines{sql}, are not priced."
    )];
    if !snapshots {
        sentences.push("Disk snapshots of instances are not priced.".to_owned());
    }
    if chosen.os == InstanceOs::BringYourOwn {
        sentences.extend(brought_not_priced(&chosen.region, assumptions));
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
pub(in crate::engine) const fn term_in_words(term: Term) -> &'static str {
    match term {
        Term::OnDemand => "on demand",
        Term::OneYear => "1-year term",
        Term::ThreeYears => "3-year term",
    }
}
