//! What a price list would change, before it is applied.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PriceError;
use super::discount::word_of;
use super::doubt::{Doubt, doubt};
use super::list::PriceList;
use crate::engine::catalog::{Catalog, Price};
use crate::engine::model::{Currency, Money, RegionId, Term};
use crate::engine::order::in_order;

/// A price that a list changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// `host`, `instance`, `disk`, `traffic`, `service` or `support`.
    pub what: Cow<'static, str>,
    /// The host type, instance type, kind of disk, way out of a region, service or support plan.
    pub id: String,
    /// Where; of support plans the provider.
    pub region: RegionId,
    /// Term, system, part or item, in words.
    pub of: String,
    /// The price before; `None` where it had to be asked for, or there was none.
    pub old: Option<Money>,
    /// The price after.
    pub new: Option<Money>,
    /// The currency of the new price.
    pub currency: Currency,
    /// Why it looks like a mistake; `null` where it does not.
    pub doubt: Option<Doubt>,
}

/// What a list would change in a catalogue, in the catalogue's order. Prices that stay as they are, to the amount and the currency, are left out.
///
/// # Errors
///
/// Names the first row for something that the catalogue does not have.
pub fn changes(list: &PriceList, catalog: &Catalog) -> Result<Vec<Change>, PriceError> {
    Ok(between(catalog, &list.applied(catalog)?))
}

/// The region of servers, which are bought.
const SITE: &str = "site";

/// The prices in which a catalogue with own prices differs from what it was. No price goes away.
pub(super) fn between(before: &Catalog, after: &Catalog) -> Vec<Change> {
    let mut before = flat(before).into_iter().peekable();
    let mut found = Vec::new();
    for (key, new) in flat(after) {
        // Both lists are in order.
        let old = loop {
            match before.peek() {
                Some((other, _)) if *other < key => {
                    before.next();
                }
                Some((other, _)) if *other == key => break before.next().map(|(_, price)| price),
                _ => break None,
            }
        };
        let same = old.is_some_and(|old| (old.amount, old.currency) == (new.amount, new.currency));
        let nothing = old.is_none() && new.amount.is_none();
        if !same && !nothing {
            let Key { what, region, id, of: (_, of) } = key;
            let doubt = doubt(what, &of, region == SITE, old, new);
            let (old, currency) = (old.and_then(|old| old.amount), new.currency);
            let (id, of) = (id.to_owned(), of.into_owned());
            found.push(Change {
                what: what.into(),
                id,
                region: RegionId::from(region),
                of,
                old,
                new: new.amount,
                currency,
                doubt,
            });
        }
    }
    found
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    what: &'static str,
    region: &'a str,
    id: &'a str,
    /// Its place among the prices of the same thing, and what it is of.
    of: (u64, Cow<'a, str>),
}

/// The prices of an instance type in words, in the order of [`flat`].
const LINUX: [&str; 3] = ["on demand, Linux", "one year, Linux", "three years, Linux"];
const WINDOWS: [&str; 3] = ["on demand, Windows", "one year, Windows", "three years, Windows"];

/// Every price of a catalogue with what it is of, in order.
fn flat(catalog: &Catalog) -> Vec<(Key<'_>, &Price)> {
    let mut all = Vec::new();
    for price in &catalog.host_prices {
        let of = match price.term {
            Term::OnDemand => (0, "on demand".into()),
            Term::OneYear => (1, "one year".into()),
            Term::ThreeYears => (2, "three years".into()),
        };
        all.push((Key { what: "host", region: price.region.as_str(), id: price.offering.as_str(), of }, &price.price));
    }
    for table in catalog.instances.values() {
        for instance in &table.types {
            let words = LINUX.into_iter().chain(WINDOWS).zip(0..);
            for (price, (word, order)) in instance.linux.iter().chain(&instance.windows).zip(words) {
                let of = (order, word.into());
                let key = Key { what: "instance", region: table.region.as_str(), id: &instance.name, of };
                all.push((key, price));
            }
        }
    }
    for disk in &catalog.disks {
        let parts = [("GiB", &disk.per_gib_month), ("IOPS", &disk.per_iops_month), ("MiB/s", &disk.per_mibps_month)];
        for ((part, price), order) in parts.into_iter().zip(0..) {
            let of = (order, part.into());
            all.push((Key { what: "disk", region: disk.region.as_str(), id: &disk.kind, of }, price));
        }
    }
    for tier in &catalog.extras.egress {
        let of = (tier.from_gib, format!("from {} GiB a month", tier.from_gib).into());
        all.push((Key { what: "traffic", region: &tier.region, id: word_of(tier.to), of }, &tier.per_gib));
    }
    for sold in &catalog.extras.services {
        let of = (0, sold.item.as_str().into());
        all.push((Key { what: "service", region: &sold.region, id: &sold.service, of }, &sold.price));
    }
    // The least charge of a plan is the same in all of its tiers.
    for tier in catalog.extras.support.iter().filter(|tier| tier.from_spend == Money::ZERO) {
        let of = (0, "least charge".into());
        all.push((Key { what: "support", region: &tier.provider, id: &tier.plan, of }, &tier.minimum));
    }
    in_order(&all, |a, b| a.0.cmp(&b.0))
}
