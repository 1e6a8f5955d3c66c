//! What one host costs a month, for those who compare host types before they plan with them.

use super::LineKind;
use super::hosts::{bought_server, rented_rate};
use super::rate::Rate;
use super::site::Site;
use crate::engine::catalog::{Billing, Catalog, PriceStatus};
use crate::engine::model::{Assumptions, HostsFootprint, Money};

/// What one host costs a month, in the currency of the totals. By the same rates as in plans, without what is charged once for a place or by the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostMonth {
    /// Its rent; of a server that is bought its share of the price, its maintenance and its network gear.
    pub host: Money,
    /// What it needs beside that: VMware where the price does not include it, electricity and room of one's own servers, Windows where it is licensed by host.
    pub beside: Money,
    /// How far the rent or the price can be relied on. What is needed beside it is assumed.
    pub status: PriceStatus,
    /// Where the rent or the price comes from.
    pub source: String,
}

/// See [`HostMonth`]; `None` where a price is missing or has no rate: it needs a quote.
pub fn host_month(chosen: &HostsFootprint, catalog: &Catalog, assumptions: &Assumptions) -> Option<HostMonth> {
    let offering = catalog.host(&chosen.offering)?;
    let site = Site { assumptions };
    let rates: Vec<(Rate, u64)> = match offering.billing {
        Billing::Hourly => {
            let vmware = (!offering.vmware_included).then(|| site.vmware(offering.sockets, offering.cores));
            let windows = site.windows(offering.sockets, offering.cores);
            let rent = (rented_rate(chosen, offering, catalog, assumptions)?, 1000);
            std::iter::once(rent).chain(vmware).chain(windows).collect()
        }
        Billing::Purchase => site.server(&bought_server(catalog, &offering.id, assumptions)?),
    };
    let first = &rates.first()?.0;
    let mut month =
        HostMonth { host: Money::ZERO, beside: Money::ZERO, status: first.status, source: first.source.clone() };
    for (rate, quantity_milli) in &rates {
        let amount = rate.unit_price.scale(i128::from(*quantity_milli), 1000);
        let of =
            if matches!(rate.kind, LineKind::Hosts | LineKind::Network) { &mut month.host } else { &mut month.beside };
        *of += amount;
    }
    Some(month)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::engine::model::Term;

    fn catalog() -> Catalog {
        let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/static/catalog/core.pack"));
        crate::engine::catalog::load_core(&bytes.expect("the core is there")).expect("the core loads")
    }

    fn month(offering: &str, region: &str) -> Option<HostMonth> {
        let chosen = HostsFootprint::new(offering.into(), region.into());
        host_month(&chosen, &catalog(), &Assumptions::default())
    }

    #[test]
    fn rent_is_that_of_a_month_and_vmware_is_added_where_it_is_not_included() {
        let catalog = catalog();
        let hourly = |offering: &str, region: &str| {
            let price = catalog.host_price(&offering.into(), &region.into(), Term::OnDemand);
            price.and_then(|price| price.amount).expect("a price")
        };
        let avs = month("avs/av36p", "azure/uksouth").expect("it has a price");
        assert_eq!((avs.host, avs.beside), (hourly("avs/av36p", "azure/uksouth").times(730), Money::ZERO));
        let evs = month("evs/i4i.metal", "aws/us-east-1").expect("it has a price");
        // 64 cores at the subscription that the scenario assumes, a twelfth of a year.
        let vmware = Assumptions::default().vmware_per_core_year.scale(1, 12).times(64);
        assert_eq!((evs.host, evs.beside), (hourly("evs/i4i.metal", "aws/us-east-1").times(730), vmware));
    }

    #[test]
    fn a_server_is_written_off_and_takes_power_and_room() {
        let server = month("server/2s-64c-1024", "site").expect("it has a price");
        assert_eq!(server.status, PriceStatus::Assumed);
        assert!(server.host > Money::ZERO && server.beside > Money::ZERO);
    }

    #[test]
    fn what_has_no_public_price_has_no_month() {
        assert_eq!(month("ibm-vcf/2x-8474c", "ibm/eu-de"), None);
    }
}
