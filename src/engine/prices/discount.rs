//! Taking discounts off the catalogue's prices.

use std::rc::Rc;

use super::PriceError;
use super::list::{Discount, Sort};
use crate::engine::catalog::{Catalog, Destination, Price, PriceStatus};
use crate::engine::model::{Money, Term};

/// One, in the unit of discounts.
const ONE: u32 = 1_000_000;

impl Discount {
    /// Takes the discount off every price of the catalogue that it is on. Prices to ask for stay so.
    ///
    /// # Errors
    ///
    /// Where it names one thing and the catalogue has none of that name. Instances are not asked for: their regions may not be loaded.
    pub(super) fn apply(&self, catalog: &mut Catalog, line: u64) -> Result<(), PriceError> {
        let found = self.hosts(catalog)
            + self.instances(catalog)
            + self.disks(catalog)
            + self.traffic(catalog)
            + self.services(catalog)
            + self.support(catalog);
        let is_checked = !self.item.is_empty() && !self.is_on(Sort::Instances);
        if is_checked && found == 0 {
            let problem = format!("{} sells nothing called {:?} that this discount is on", self.provider, self.item);
            return Err(PriceError::NotInCatalog { line, problem });
        }
        Ok(())
    }

    fn is_on(&self, sort: Sort) -> bool {
        self.on.map_or(sort <= Sort::Disks, |on| on == sort)
    }

    fn is_for(&self, term: Term) -> bool {
        self.term.is_none_or(|wanted| wanted == term)
    }

    /// Whether what is sold in a region is by its provider.
    fn is_of(&self, region: &str) -> bool {
        self.provider == "*" || region.split('/').next() == Some(self.provider.as_str())
    }

    fn names(&self, names: [&str; 2]) -> bool {
        self.item.is_empty() || names.into_iter().any(|name| name.eq_ignore_ascii_case(&self.item))
    }

    fn hosts(&self, catalog: &mut Catalog) -> usize {
        let is_meant = |id: &str| self.names([id, id.split('/').next().unwrap_or_default()]);
        let prices = catalog.host_prices.iter_mut().filter(|known| {
            self.is_on(Sort::Hosts)
                && self.is_of(known.region.as_str())
                && self.is_for(known.term)
                && is_meant(known.offering.as_str())
        });
        self.take_off(prices.map(|known| &mut known.price))
    }

    fn instances(&self, catalog: &mut Catalog) -> usize {
        if !self.is_on(Sort::Instances) {
            return 0;
        }
        let Catalog { instances, extras, .. } = catalog;
        let tables = instances.values_mut().filter(|table| self.is_of(table.region.as_str()));
        let types = tables.flat_map(|table| &mut table.types).filter(|sold| self.names([&sold.name, &sold.family]));
        let of_types = types.flat_map(|sold| [&mut sold.linux, &mut sold.windows]);
        let shapes = Rc::make_mut(extras).shapes.iter_mut();
        let meant = shapes.filter(|shape| self.is_of(shape.region.as_str()) && self.names([&shape.family; 2]));
        let of_shapes = meant.flat_map(|shape| [&mut shape.per_vcpu_hour, &mut shape.per_gib_hour]);
        let terms = [Term::OnDemand, Term::OneYear, Term::ThreeYears];
        let by_term = of_types.chain(of_shapes).flat_map(|prices| prices.iter_mut().zip(terms));
        self.take_off(by_term.filter(|(_, term)| self.is_for(*term)).map(|(price, _)| price))
    }

    /// Disks have no terms: a discount on commitments is not on them, nor on traffic and services.
    fn disks(&self, catalog: &mut Catalog) -> usize {
        let disks = catalog.disks.iter_mut().filter(|disk| {
            self.is_on(Sort::Disks)
                && self.is_for(Term::OnDemand)
                && self.is_of(disk.region.as_str())
                && self.names([&disk.kind; 2])
        });
        self.take_off(
            disks.flat_map(|disk| [&mut disk.per_gib_month, &mut disk.per_iops_month, &mut disk.per_mibps_month]),
        )
    }

    fn traffic(&self, catalog: &mut Catalog) -> usize {
        if !self.is_on(Sort::Traffic) || !self.is_for(Term::OnDemand) {
            return 0;
        }
        let tiers = Rc::make_mut(&mut catalog.extras).egress.iter_mut();
        let meant = tiers.filter(|tier| self.is_of(&tier.region) && self.names([word_of(tier.to); 2]));
        self.take_off(meant.map(|tier| &mut tier.per_gib))
    }

    /// Services, and the fixed charges of those that hosts belong to.
    fn services(&self, catalog: &mut Catalog) -> usize {
        if !self.is_on(Sort::Services) || !self.is_for(Term::OnDemand) {
            return 0;
        }
        let Catalog { hosts, extras, .. } = catalog;
        let hosts = hosts.iter_mut().filter(|host| self.is_of(&host.provider) && self.names([&host.service; 2]));
        let fees = hosts.filter_map(|host| host.deployment_fee.as_mut());
        let services = Rc::make_mut(extras).services.iter_mut();
        let meant = services.filter(|sold| self.is_of(&sold.region) && self.names([&sold.service, &sold.item]));
        self.take_off(fees.chain(meant.map(|sold| &mut sold.price)))
    }

    /// Support plans: what they cost at least, and the shares of what is spent.
    fn support(&self, catalog: &mut Catalog) -> usize {
        if !self.is_on(Sort::Support) || !self.is_for(Term::OnDemand) {
            return 0;
        }
        let tiers = Rc::make_mut(&mut catalog.extras).support.iter_mut();
        let meant = tiers.filter(|tier| self.is_of(&tier.provider) && self.names([&tier.plan; 2]));
        self.take_off(meant.map(|tier| {
            let left = u64::from(tier.milli_pct) * u64::from(ONE - self.millionths.min(ONE));
            tier.milli_pct = (left / u64::from(ONE)) as u32 + u32::from(left % u64::from(ONE) >= u64::from(ONE / 2));
            &mut tier.minimum
        }))
    }

    /// Takes it off prices, and tells of how many.
    fn take_off<'a>(&self, prices: impl Iterator<Item = &'a mut Price>) -> usize {
        prices.map(|price| take_off(price, self.millionths)).count()
    }
}

/// What a way out of a region is called in a list.
pub(super) const fn word_of(to: Destination) -> &'static str {
    match to {
        Destination::Internet => "internet",
        Destination::Region => "region",
        Destination::Zone => "zone",
    }
}

/// Takes a share off a price, and says so in its note: what it was, the share, what is left. A price to ask for stays one. A discount is agreed, not
/// published: a listed price becomes a derived one.
fn take_off(price: &mut Price, millionths: u32) {
    let Some(amount) = price.amount else { return };
    let left = amount.scale(i128::from(ONE - millionths.min(ONE)), i128::from(ONE));
    // Rounding makes nothing free that had a price.
    let left = left.max(amount.min(Money::from_micros(1)));
    let (share, code) = (Money::from_micros(i64::from(millionths) * 100), price.currency.code());
    let listed = if price.status == PriceStatus::Listed { "list price " } else { "" };
    let note = format!("{listed}{amount} {code} less your discount of {share} % = {left} {code}");
    price.note = if price.note.is_empty() { note } else { format!("{}; {note}", price.note) };
    price.amount = Some(left);
    if price.status == PriceStatus::Listed {
        price.status = PriceStatus::Derived;
    }
}
