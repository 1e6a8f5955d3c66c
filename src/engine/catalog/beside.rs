//! What can be chosen beside hosts and instances, in words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Catalog, Price, Region};
use crate::engine::model::RegionId;

/// Something that can be chosen beside hosts and instances, in words: for forms, which need no more of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Beside {
    /// What it is.
    pub kind: BesideKind,
    /// Where: a region, or `provider/*` for all of its regions without a price of their own.
    pub place: String,
    /// Such as `gp3`, `Direct Connect` or `Enterprise`.
    pub name: String,
    /// What of it, such as `port of 1 Gbit/s`; empty for disks and support plans.
    pub item: String,
    /// What is counted: `hour`, `month`, `gib`, `gib_month` or `mibps_month`; empty for disks and support plans.
    pub per: String,
    /// Its price, such as `0.3 USD an hour`; empty where it has to be asked for, and for disks and support plans.
    pub price: String,
}

/// What can be chosen beside hosts and instances.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BesideKind {
    /// A kind of disk.
    #[default]
    Disk,
    /// A link, a gateway, capacity.
    Service,
    /// A support plan.
    Support,
}

/// All that a catalogue has.
pub(super) fn of(catalog: &Catalog) -> Vec<Beside> {
    let everywhere = |provider: &str| format!("{provider}/*");
    let plain = |kind, place: String, name: &str| Beside { kind, place, name: name.to_owned(), ..Beside::default() };
    let extras = &catalog.extras;
    let disks =
        extras.disk_kinds.iter().map(|disk| plain(BesideKind::Disk, everywhere(&disk.provider), &disk.kind)).collect();
    let mut all: Vec<Beside> = disks;
    for tier in &extras.support {
        let plan = plain(BesideKind::Support, everywhere(&tier.provider), &tier.plan);
        if !all.contains(&plan) {
            all.push(plan);
        }
    }
    // Snapshots are a share of the disks, and have a field of their own.
    let services = extras.services.iter().filter(|service| !service.service.ends_with("snapshot"));
    all.extend(services.map(|service| Beside {
        item: service.item.clone(),
        per: service.per.clone(),
        price: in_words(&service.price, &service.per),
        ..plain(BesideKind::Service, service.region.clone(), &service.service)
    }));
    all
}

fn in_words(price: &Price, per: &str) -> String {
    let unit = match per {
        "hour" => "an hour",
        "month" => "a month",
        "gib" => "a GiB",
        "gib_month" => "a GiB and month",
        _ => "a MiB/s and month",
    };
    price.amount.map_or_else(String::new, |amount| format!("{amount} {} {unit}", price.currency.code()))
}

impl Catalog {
    /// What of a kind can be chosen in a region: of equal things the price of the region goes before that of all regions of its provider.
    pub fn beside_in<'a>(&'a self, kind: BesideKind, region: &'a RegionId) -> Vec<&'a Beside> {
        let everywhere = format!("{}/*", Region::provider_of(region));
        let of_kind = || self.beside.iter().filter(move |one| one.kind == kind);
        let mut found: Vec<&Beside> = of_kind().filter(|one| one.place == region.as_str()).collect();
        for one in of_kind().filter(|one| one.place == everywhere) {
            if !found.iter().any(|other| other.name == one.name && other.item == one.item) {
                found.push(one);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn what_can_be_chosen_is_told_with_the_price_of_the_region() {
        let catalog = fixture::catalog();
        let names = |kind, region: &str| -> Vec<(String, String)> {
            let region = RegionId::from(region);
            let found = catalog.beside_in(kind, &region);
            found.into_iter().map(|one| (format!("{} {}", one.name, one.item), one.price.clone())).collect()
        };
        let pair = |name: &str, price: &str| (name.to_owned(), price.to_owned());
        assert_eq!(names(BesideKind::Service, "a/one"), [pair("Link port", "0.3 USD an hour")]);
        assert_eq!(names(BesideKind::Service, "a/two"), [pair("Link port", "")]);
        assert_eq!(names(BesideKind::Disk, "a/one"), [pair("gp ", "")]);
        assert_eq!(names(BesideKind::Support, "a/two"), [pair("Gold ", "")]);
        assert_eq!(names(BesideKind::Service, "b/one"), []);
    }
}
