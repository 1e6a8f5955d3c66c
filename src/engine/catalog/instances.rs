//! Finding the cheapest instance type on which a machine fits.

use super::{InstanceTable, InstanceType, Price};
use crate::engine::model::{MiB, Money, Term};

/// The instance types that a footprint may choose from, cheapest first, without those that a cheaper one dominates.
///
/// Made once by [`InstanceTable::choices`], asked once for each machine: on the EC2 table about thirty types are left of several hundred.
#[derive(Clone, Debug)]
pub struct Choices<'table> {
    priced: Vec<Choice<'table>>,
    /// Sizes of the types that have no price on this term.
    unpriced: Vec<(u32, MiB)>,
}

#[derive(Clone, Copy, Debug)]
struct Choice<'table> {
    amount: Money,
    instance: &'table InstanceType,
    price: &'table Price,
}

impl InstanceType {
    /// The hourly price with or without Windows, for a term.
    pub fn price(&self, windows: bool, term: Term) -> &Price {
        let prices = if windows { &self.windows } else { &self.linux };
        match term {
            Term::OnDemand => &prices[0],
            Term::OneYear => &prices[1],
            Term::ThreeYears => &prices[2],
        }
    }
}

impl InstanceTable {
    /// What a footprint may choose from: the families named, or, where none is named, those that the catalogue chooses from by default.
    pub fn choices(&self, families: &[String], windows: bool, term: Term) -> Choices<'_> {
        let allowed = |instance: &&InstanceType| {
            if families.is_empty() { instance.by_default } else { families.contains(&instance.family) }
        };
        let mut priced = Vec::new();
        let mut unpriced = Vec::new();
        for instance in self.types.iter().filter(allowed) {
            let price = instance.price(windows, term);
            match price.amount {
                Some(amount) => priced.push(Choice { amount, instance, price }),
                None => unpriced.push((instance.vcpus, instance.memory)),
            }
        }
        priced.sort_by(|a, b| a.amount.cmp(&b.amount).then_with(|| a.instance.name.cmp(&b.instance.name)));
        let mut kept: Vec<Choice<'_>> = Vec::new();
        for choice in priced {
            if !kept.iter().any(|cheaper| cheaper.holds(choice.instance.vcpus, choice.instance.memory)) {
                kept.push(choice);
            }
        }
        Choices { priced: kept, unpriced }
    }

    /// The cheapest type with at least `vcpus` and `memory`; of equally cheap ones the first by name. `None` where none fits or none of those that fit has
    /// a price. For many machines make [`Self::choices`] once.
    pub fn cheapest(
        &self,
        vcpus: u32,
        memory: MiB,
        windows: bool,
        families: &[String],
        term: Term,
    ) -> Option<(&InstanceType, &Price)> {
        self.choices(families, windows, term).cheapest(vcpus, memory)
    }
}

impl Choice<'_> {
    fn holds(&self, vcpus: u32, memory: MiB) -> bool {
        self.instance.vcpus >= vcpus && self.instance.memory >= memory
    }
}

impl<'table> Choices<'table> {
    /// The types with their prices, cheapest first.
    pub fn iter(&self) -> impl Iterator<Item = (&'table InstanceType, &'table Price)> {
        self.priced.iter().map(|choice| (choice.instance, choice.price))
    }

    /// Sizes of the types whose price on this term has to be asked for.
    pub fn unpriced(&self) -> &[(u32, MiB)] {
        &self.unpriced
    }

    /// The cheapest type with at least `vcpus` and `memory`; of equally cheap ones the first by name.
    pub fn cheapest(&self, vcpus: u32, memory: MiB) -> Option<(&'table InstanceType, &'table Price)> {
        self.priced.iter().find(|choice| choice.holds(vcpus, memory)).map(|choice| (choice.instance, choice.price))
    }

    /// Whether a machine that [`Self::cheapest`] finds nothing for would fit on a type whose price has to be asked for.
    pub fn fits_unpriced(&self, vcpus: u32, memory: MiB) -> bool {
        self.unpriced.iter().any(|&(most_vcpus, most_memory)| most_vcpus >= vcpus && most_memory >= memory)
    }

    /// The most vCPU and the most memory of any type, priced or not, perhaps of two different ones: to say by how much a machine is too large.
    pub fn largest(&self) -> (u32, MiB) {
        let sizes = self.priced.iter().map(|choice| (choice.instance.vcpus, choice.instance.memory));
        sizes
            .chain(self.unpriced.iter().copied())
            .fold((0, MiB::ZERO), |(vcpus, memory), size| (vcpus.max(size.0), memory.max(size.1)))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
