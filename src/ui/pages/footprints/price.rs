//! The price of a footprint as it is shown: amount, status, source.

use crate::engine::catalog::{Billing, Catalog, Price, PriceStatus};
use crate::engine::model::{Assumptions, Currency, Footprint, FootprintKind, HostsFootprint, Money};
use crate::store::{format, words};

/// A price as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The amount with what it is for.
    pub text: String,
    /// Its status, in a word.
    pub status: &'static str,
    /// What the status means and where the price comes from.
    pub help: String,
    /// Whether it asks for something.
    pub asks: bool,
}

impl Shown {
    /// The look of its status.
    pub const fn tag_class(&self) -> &'static str {
        if self.asks { "tag tag-warn" } else { "tag" }
    }

    fn plain(text: &str, status: PriceStatus) -> Self {
        Self {
            text: text.to_owned(),
            status: words::price_status(status),
            help: words::price_status_help(status).to_owned(),
            asks: status == PriceStatus::Ask,
        }
    }
}

/// The price of a footprint.
pub fn of(footprint: &Footprint, catalog: &Catalog, assumptions: &Assumptions) -> Shown {
    match &footprint.kind {
        FootprintKind::Cluster(_) => {
            let core = assumptions.at(footprint).on_premises.server_per_core;
            let text = format!("servers at {} a core", format::price(core, assumptions.currency));
            Shown::plain(&text, PriceStatus::Assumed)
        }
        FootprintKind::Hosts(hosts) => hosts_price(hosts, catalog),
        FootprintKind::Instances(_) => Shown::plain("by machine", PriceStatus::Derived),
    }
}

fn hosts_price(hosts: &HostsFootprint, catalog: &Catalog) -> Shown {
    if let Some(quote) = hosts.quoted() {
        let text = format!("{} a host and month", format::price(quote.per_host_month, quote.currency));
        let plain = Shown::plain(&text, PriceStatus::Quote);
        let help = if quote.note.is_empty() { plain.help } else { format!("{}. {}", plain.help, quote.note) };
        return Shown { help, ..plain };
    }
    let bought = catalog.host(&hosts.offering).is_some_and(|offering| offering.billing == Billing::Purchase);
    match catalog.host_price(&hosts.offering, &hosts.region, hosts.term) {
        Some(price) => shown(price, if bought { "a server, once" } else { "an hour" }, catalog),
        None => Shown::plain("no price", PriceStatus::Ask),
    }
}

/// A price of the catalogue.
pub fn shown(price: &Price, per: &str, catalog: &Catalog) -> Shown {
    let text =
        price.amount.map_or_else(|| "no public price".to_owned(), |amount| amount_text(amount, price.currency, per));
    let mut help = words::price_status_help(price.status).to_owned();
    if let Some(source) = catalog.source(price.source) {
        help.push_str(&format!(". {}, {}", source.title, source.as_of));
    }
    if !price.note.is_empty() {
        help.push_str(&format!(". {}", price.note));
    }
    Shown { help, ..Shown::plain(&text, price.status) }
}

fn amount_text(amount: Money, currency: Currency, per: &str) -> String {
    format!("{} {per}", format::price(amount, currency))
}
