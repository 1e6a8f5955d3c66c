//! What rented hosts need beside them: a first cluster of another type, hosts with storage only, the witness of a stretched cluster, spare
//! hosts.

use super::hosts::rented_rate;
use super::rate::Rate;
use super::tariff::Tariff;
use super::{LineKind, Nature, Unit};
use crate::engine::catalog::{Catalog, HostOffering, PriceStatus};
use crate::engine::model::{Assumptions, HostsFootprint, Money, ServiceUse};

/// What the catalogue calls a spare host that is kept beside the one that it replaced when it is no longer free.
pub(super) const SPARE_HOST: &str = "spare host kept on";

/// Hosts of an offering, as a footprint has them.
#[derive(Clone, Copy)]
pub(super) struct Beside<'a> {
    pub chosen: &'a HostsFootprint,
    pub offering: &'a HostOffering,
    pub catalog: &'a Catalog,
    pub assumptions: &'a Assumptions,
}

impl Beside<'_> {
    /// Charges the first cluster that the hosts stand behind, on the same term, once for the place. False where it has no price.
    pub fn first_cluster(self, tariff: &mut Tariff) -> bool {
        let Some((first, hosts)) = self.catalog.first_cluster(self.chosen) else { return true };
        let of_first = HostsFootprint { quote: None, ..self.chosen.clone() };
        let Some(rate) = rented_rate(&of_first, first, self.catalog, self.assumptions) else { return false };
        let label =
            format!("{} in the first cluster, without which there is no {}", rate.label, self.offering.host_type);
        for_place(tariff, Rate { label, ..rate }, u64::from(hosts));
        true
    }

    /// Charges hosts with storage only. False where they have no price.
    pub fn storage_hosts(self, tariff: &mut Tariff) -> bool {
        let Some(storage) = self.chosen.storage_hosts.filter(|storage| storage.hosts > 0) else { return true };
        let amount = Some(storage.per_host_month).filter(|&amount| amount > Money::ZERO);
        let Some(unit_price) = amount.and_then(|amount| self.assumptions.exchange(amount, storage.currency)) else {
            return false;
        };
        let rates = self.assumptions.exchange_in_words(storage.currency);
        let source = if rates.is_empty() { "your quote".to_owned() } else { format!("your quote; {rates}") };
        let label = format!("{}, storage only", self.offering.storage_host_type);
        let rate = self.monthly(LineKind::Hosts, label, Unit::HostMonth, unit_price, source);
        for_place(tariff, rate, u64::from(storage.hosts));
        true
    }

    /// Charges the witness of stretched clusters, or says that it is not priced.
    pub fn witness(self, tariff: &mut Tariff) {
        let Some(stretched) = self.chosen.stretched else { return };
        let service = &self.offering.service;
        let label = format!("Witness of the stretched cluster, {service}");
        match stretched.witness_month {
            Some(unit_price) => {
                let source = "entered by hand".to_owned();
                let rate = self.monthly(LineKind::Service, label, Unit::DeploymentMonth, unit_price, source);
                for_place(tariff, rate, 1);
            }
            None => tariff.not_priced.push(format!(
                "The witness of the stretched cluster is run by the provider of {service}; whether it is charged has no public source, so it is not priced."
            )),
        }
        tariff.not_priced.push(format!(
            "Traffic between the two sites of a stretched cluster of {service} is not priced: what machines write is not in the inventory."
        ));
    }

    /// Says what a spare host of the provider costs once it is no longer free, unless a price for hosts that are kept on was entered.
    pub fn spare(self, tariff: &mut Tariff) {
        let Some(spare) = self.offering.spare else { return };
        let service = &self.offering.service;
        let is_its = |used: &ServiceUse| {
            Some(used.footprint) == tariff.footprint && used.service == *service && used.item == SPARE_HOST
        };
        if !self.assumptions.finance.services.iter().any(is_its) {
            let days = spare.free_days;
            tariff.not_priced.push(format!(
                "A spare host takes the place of one that failed at {service}, free of charge for {days} days and without machines in this plan; one that is kept longer is billed by the hour, which is not priced."
            ));
        }
    }

    fn monthly(self, kind: LineKind, label: String, unit: Unit, unit_price: Money, source: String) -> Rate {
        Rate {
            kind,
            nature: Nature::Operating,
            label,
            unit,
            unit_price,
            status: PriceStatus::Quote,
            source,
            from_month: 0,
            months: self.assumptions.horizon(),
        }
    }
}

/// Charges so much of a rate once for the place.
fn for_place(tariff: &mut Tariff, rate: Rate, quantity: u64) {
    let charges = tariff.charges(vec![(rate, quantity.saturating_mul(1000))]);
    tariff.place.extend(charges);
}
