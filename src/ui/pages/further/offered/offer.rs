//! One of the things that are offered, as a card or as a row.

use yew::prelude::*;

use super::pick_of;
use crate::engine::catalog::{Billing, Catalog, HostOffering, InstanceFamily, Price, PriceStatus, VsanArchitecture};
use crate::engine::cost::HOURS_PER_MONTH;
use crate::store::offered::{self, Offer, Pick};
use crate::store::{format, words};

/// An offer with what can be done with it.
pub struct Shown<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// The offer.
    pub offer: &'a Offer<'a>,
    /// What stands side by side.
    pub picks: &'a [Pick],
    /// Puts a host type side by side with others, or takes it away.
    pub on_pick: &'a Callback<Pick>,
    /// Takes the offer with this key into the plan.
    pub on_add: &'a Callback<String>,
}

/// A table of such rows.
pub fn table(rows: Vec<Html>) -> Html {
    html! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="All that is found">
            <table class="grid">
                <thead><tr>
                    <th scope="col">{ "Type" }</th><th scope="col" class="num">{ "Cores" }</th><th scope="col" class="num">{ "Memory" }</th>
                    <th scope="col">{ "Storage" }</th><th scope="col">{ "Network" }</th><th scope="col">{ "Hosts" }</th><th scope="col">{ "Where" }</th>
                    <th scope="col">{ "Price" }</th><th scope="col">{ "Availability" }</th><th scope="col"><span class="visually-hidden">{ "Actions" }</span></th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

impl Shown<'_> {
    /// As a card.
    pub fn card(&self) -> Html {
        let offer = self.offer;
        html! {
            <li key={offer.key()} class="offer">
                <h3 translate="no">{ offer.name() }</h3>
                <p class="muted">{ offer.service(self.catalog) }</p>
                <p>{ self.availability() }<span class="tag">{ offer.isolation().words() }</span></p>
                <dl class="offer-facts">{ for self.facts().into_iter().map(|(name, value)| html! { <><dt>{ name }</dt><dd>{ value }</dd></> }) }</dl>
                <p>{ self.price() }</p>
                { self.details() }
                <div class="toolbar">{ self.actions() }</div>
            </li>
        }
    }

    /// As a row of the table.
    pub fn row(&self) -> Html {
        let offer = self.offer;
        let cells = match offer {
            Offer::Host { host, .. } => html! {
                <>
                    <td class="num">{ format::count(u64::from(host.cores)) }</td><td class="num">{ format::size(host.memory) }</td>
                    <td>{ storage(host) }</td><td>{ offered::network(host) }</td><td>{ format!("{}–{}", host.min_hosts, host.max_hosts) }</td>
                </>
            },
            Offer::Family { family, .. } => html! { <td colspan="5">{ purpose(family) }</td> },
        };
        html! {
            <tr key={offer.key()}>
                <th scope="row"><span translate="no">{ offer.name() }</span><span class="muted sub">{ offer.service(self.catalog) }</span></th>
                { cells }
                <td>{ self.place() }</td>
                <td>{ self.price() }</td>
                <td>{ self.availability() }</td>
                <td class="row-actions">{ self.actions() }</td>
            </tr>
        }
    }

    /// What it is made of, by name.
    fn facts(&self) -> Vec<(&'static str, Html)> {
        let mut facts = match self.offer {
            Offer::Host { host, .. } => vec![
                ("Processor", html! { <span translate="no">{ &host.cpu_model }</span> }),
                ("Cores", text(format!("{} × {}", format::count(u64::from(host.cores)), format::clock(host.speed)))),
                ("Memory", text(format::size(host.memory))),
                ("Storage", text(storage(host))),
                ("Network", text(offered::network(host))),
                ("Hosts", text(offered::limits(host))),
            ],
            Offer::Family { family, .. } => vec![("Purpose", text(purpose(family)))],
        };
        facts.push(("Where", self.place()));
        facts
    }

    /// Where it is looked at, and in how many regions it is offered beside.
    fn place(&self) -> Html {
        let offer = self.offer;
        let more = offer.regions(self.catalog).saturating_sub(1);
        html! {
            <>
                if offer.region().as_str() == offered::OWN { { "On a site of your own" } } else { <span translate="no">{ offered::region_name(self.catalog, offer.region()) }</span> }
                if more > 0 { <span class="muted sub">{ format!("and {} more", format::counted(more as u64, "region", "regions")) }</span> }
            </>
        }
    }

    fn price(&self) -> Html {
        let Offer::Host { host, price, .. } = self.offer else {
            return html! { <span class="muted">{ "By the machine, known once it is in the plan" }</span> };
        };
        let status = price.map_or(PriceStatus::Ask, |price| price.status);
        let tag = if status == PriceStatus::Ask { "tag tag-warn" } else { "tag" };
        html! {
            <>
                if let Some(amount) = price.and_then(|price| amount(host, price)) { <span class="num">{ amount }</span>{ " " } }
                <span class={tag}>{ offered::status_words(Some(status)) }</span>
            </>
        }
    }

    /// Whether and for how long it can be had; nothing where it is simply sold.
    fn availability(&self) -> Html {
        match self.offer {
            Offer::Host { host, .. } if host.availability != "sold" => {
                let tag = if host.concern().is_some() { "tag tag-warn" } else { "tag" };
                html! { <><span class={classes!(tag, "tag-long")}>{ &host.availability }</span>{ " " }</> }
            }
            Offer::Host { .. } | Offer::Family { .. } => Html::default(),
        }
    }

    /// Where the price and the figures come from, and what one must know. Quoted from the catalogue as it is.
    fn details(&self) -> Html {
        let Offer::Host { host, price, .. } = self.offer else {
            let Offer::Family { family, .. } = self.offer else { return Html::default() };
            return html! { if !family.note.is_empty() { <p class="muted" lang="en">{ &family.note }</p> } };
        };
        let status = price.map_or(PriceStatus::Ask, |price| price.status);
        let source = price.and_then(|price| self.catalog.source(price.source));
        let notes = price.map(|price| price.note.as_str()).into_iter().chain([host.note.as_str()]);
        let documents = host.sources.iter().filter_map(|&at| self.catalog.source(Some(at)));
        html! {
            <details class="offer-more">
                <summary class="opens">{ "Sources and notes" }</summary>
                <p>{ words::price_status_help(status) }</p>
                if let Some(source) = source { <p lang="en">{ format!("{}, {}", source.title, source.as_of) }</p> }
                { for notes.filter(|note| !note.is_empty()).map(|note| html! { <p lang="en">{ note }</p> }) }
                <ul lang="en">{ for documents.map(|source| html! { <li>{ format!("{}, {}", source.title, source.as_of) }</li> }) }</ul>
            </details>
        }
    }

    fn actions(&self) -> Html {
        let key = self.offer.key();
        let name = self.offer.name();
        let onclick = self.on_add.reform(move |_event: MouseEvent| key.clone());
        let compare = pick_of(self.offer).map(|pick| {
            let is_picked = self.picks.contains(&pick);
            let onclick = self.on_pick.reform(move |_event: MouseEvent| pick.clone());
            html! {
                <button type="button" class={classes!("btn", "btn-s", is_picked.then_some("is-picked"))} {onclick}>
                    { if is_picked { "Compared" } else { "Compare" } }<span class="visually-hidden" translate="no">{ [" ", name].concat() }</span>
                </button>
            }
        });
        html! {
            <>
                { for compare }
                { " " }
                <button type="button" class="btn btn-s" aria-label={format!("Add {name} to the plan")} {onclick}>{ "Add to the plan" }</button>
            </>
        }
    }
}

fn text(text: String) -> Html {
    html! { text }
}

/// `$8.37 an hour, $6,109 a month`, or what a server costs once.
fn amount(host: &HostOffering, price: &Price) -> Option<String> {
    let amount = price.amount?;
    let shown = |amount| format::price(amount, price.currency);
    Some(match host.billing {
        Billing::Hourly => {
            let month = format::money(amount.times(HOURS_PER_MONTH), price.currency);
            format!("{} an hour, {month} a month", shown(amount))
        }
        Billing::Purchase => format!("{} once", shown(amount)),
    })
}

fn storage(host: &HostOffering) -> String {
    let kinds: Vec<&str> = host
        .vsan
        .iter()
        .map(|kind| match kind {
            VsanArchitecture::Osa => "OSA",
            VsanArchitecture::Esa => "ESA",
        })
        .collect();
    if kinds.is_empty() {
        return "external".to_owned();
    }
    format!("{}, vSAN {}", format::size(host.raw_storage), kinds.join("/"))
}

fn purpose(family: &InstanceFamily) -> String {
    if family.arm { format!("{}, Arm processor", family.purpose) } else { family.purpose.clone() }
}
