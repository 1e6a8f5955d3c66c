//! What rented hosts need beside them, as fields: a first cluster of another type, hosts with storage only, storage of another kind, a second site.

use yew::prelude::*;

use crate::engine::catalog::{Billing, Catalog, HostOffering};
use crate::engine::model::{
    Assumptions, ExternalUse, FirstCluster, HostsFootprint, Money, StorageHosts, StorageQuote, Stretched,
};
use crate::ui::part::part;
use crate::ui::shared::{MoneyField, NumberField, SelectField, Switch, TextField};

/// The fields that an offering has use for.
pub fn fields(
    hosts: &HostsFootprint,
    offering: &HostOffering,
    catalog: &Catalog,
    assumptions: &Assumptions,
    change: &Callback<HostsFootprint>,
) -> Html {
    html! {
        <>
            if let Some(objection) = catalog.objection(hosts) {
                <p role="status"><span class="tag tag-warn">{ "not sold so" }</span>{ format!(" {objection}. The place takes no machine") }</p>
            }
            if offering.needs_first_cluster() { { first_cluster(hosts, offering, catalog, change) } }
            if offering.stretched_hosts.1 > 0 { { stretched(hosts, offering, assumptions, change) } }
            if offering.billing == Billing::Hourly { { outside_storage(hosts, offering, assumptions, change) } }
            if !offering.storage_host_type.is_empty() && hosts.stretched.is_none() { { storage_hosts(hosts, offering, assumptions, change) } }
        </>
    }
}

fn first_cluster(
    hosts: &HostsFootprint,
    offering: &HostOffering,
    catalog: &Catalog,
    change: &Callback<HostsFootprint>,
) -> Html {
    let named: Vec<&HostOffering> = offering
        .behind
        .iter()
        .filter_map(|id| catalog.host(id))
        .filter(|first| first.regions.contains(&hosts.region))
        .collect();
    let mut choices = vec![FirstCluster::Cheapest];
    choices.extend(named.iter().map(|first| FirstCluster::Of(first.id.clone())));
    choices.push(FirstCluster::Exists);
    let mut options: Vec<AttrValue> = vec!["The cheapest that is sold there".into()];
    options.extend(named.iter().map(|first| format!("{} hosts of {}", first.min_hosts, first.host_type).into()));
    options.push("Is there already, and paid for elsewhere".into());
    let selected = choices.iter().position(|choice| *choice == hosts.first_cluster).unwrap_or(0);
    let help = match catalog.first_cluster(hosts) {
        Some((first, count)) => {
            format!(
                "{count} hosts of {} are paid for with the place; they carry the management machines",
                first.host_type
            )
        }
        None => "This type is sold only behind a cluster of another type".to_owned(),
    };
    let (change, hosts) = (change.clone(), hosts.clone());
    let on_select = Callback::from(move |choice: usize| {
        let first_cluster = choices.get(choice).cloned().unwrap_or_default();
        change.emit(HostsFootprint { first_cluster, ..hosts.clone() });
    });
    part!(<SelectField label="First cluster" {options} {selected} {help} {on_select} />)
}

/// Storage beside the hosts at a price of the user's own, and when it holds the disks.
fn outside_storage(
    hosts: &HostsFootprint,
    offering: &HostOffering,
    assumptions: &Assumptions,
    change: &Callback<HostsFootprint>,
) -> Html {
    let known = hosts.external_storage.as_deref().cloned();
    let currency = known.as_ref().map_or(assumptions.currency, |quote| quote.currency);
    let with = {
        let (change, hosts) = (change.clone(), hosts.clone());
        Callback::from(move |storage: Option<StorageQuote>| {
            change.emit(HostsFootprint { external_storage: storage.map(Box::new), ..hosts.clone() });
        })
    };
    let on_price = {
        let known = known.clone();
        with.reform(move |price: Option<Money>| {
            let name = known.as_ref().map_or_else(|| "Storage beside the hosts".to_owned(), |quote| quote.name.clone());
            // Beside disks that are there anyway, the plan finds out which of the two is cheaper.
            let used = known.as_ref().map_or(ExternalUse::WhereCheaper, |quote| quote.used);
            price.map(|per_gib_month| StorageQuote { name, per_gib_month, currency, used })
        })
    };
    let help = "Such as FSx for ONTAP, Azure NetApp Files or an array. Empty: there is none";
    html! {
        <>
            { part!(<MoneyField label="Storage beside the hosts, a GiB and month" quoted=true required=false unit={currency.code()} {help}
                value={known.as_ref().map(|quote| quote.per_gib_month)} on_change={on_price} />) }
            if let Some(quote) = known { { use_of_storage(&quote, offering, &with) } }
        </>
    }
}

fn use_of_storage(quote: &StorageQuote, offering: &HostOffering, with: &Callback<Option<StorageQuote>>) -> Html {
    let named = quote.clone();
    let on_name = with.reform(move |name: String| Some(StorageQuote { name, ..named.clone() }));
    let quoted = quote.clone();
    let on_use = with.reform(move |cheaper: bool| {
        let used = if cheaper { ExternalUse::WhereCheaper } else { ExternalUse::Always };
        Some(StorageQuote { used, ..quoted.clone() })
    });
    html! {
        <>
            { part!(<TextField label="What it is" value={quote.name.clone()} max_length={60} on_change={on_name} />) }
            if !offering.vsan.is_empty() {
                { part!(<Switch label="Only where it is cheaper than disks of more hosts" checked={quote.used == ExternalUse::WhereCheaper}
                    help="Both ways are worked out, and the better one is the plan; off: it holds the disks of all machines" on_change={on_use} />) }
            }
        </>
    }
}

fn stretched(
    hosts: &HostsFootprint,
    offering: &HostOffering,
    assumptions: &Assumptions,
    change: &Callback<HostsFootprint>,
) -> Html {
    let (fewest, most) = offering.stretched_hosts;
    let on_switch = {
        let (change, hosts) = (change.clone(), hosts.clone());
        Callback::from(move |on: bool| {
            let stretched = on.then(Stretched::default);
            // Limits in hosts and storage-only hosts are of the other kind of cluster.
            let storage_hosts = hosts.storage_hosts.filter(|_| !on);
            change.emit(HostsFootprint { stretched, storage_hosts, min_hosts: None, max_hosts: None, ..hosts.clone() });
        })
    };
    let on_witness = {
        let (change, hosts) = (change.clone(), hosts.clone());
        Callback::from(move |witness_month: Option<Money>| {
            change.emit(HostsFootprint { stretched: Some(Stretched { witness_month }), ..hosts.clone() });
        })
    };
    let help = format!("{fewest} to {most} hosts in pairs, a copy of all data on each site; either site may be lost");
    html! {
        <>
            { part!(<Switch label="Stretched over two sites" checked={hosts.stretched.is_some()} {help} on_change={on_switch} />) }
            if let Some(Stretched { witness_month }) = hosts.stretched {
                { part!(<MoneyField label="Witness a month" value={witness_month} required=false unit={assumptions.currency.code()}
                    help="The provider runs it at a third site. Empty: not known, and listed as not priced" on_change={on_witness} />) }
            }
        </>
    }
}

fn storage_hosts(
    hosts: &HostsFootprint,
    offering: &HostOffering,
    assumptions: &Assumptions,
    change: &Callback<HostsFootprint>,
) -> Html {
    let known = hosts.storage_hosts.unwrap_or(StorageHosts {
        hosts: 0,
        per_host_month: Money::ZERO,
        currency: assumptions.currency,
    });
    let with = {
        let (change, hosts) = (change.clone(), hosts.clone());
        Callback::from(move |storage: StorageHosts| {
            let storage_hosts = Some(storage).filter(|storage| storage.hosts > 0);
            change.emit(HostsFootprint { storage_hosts, ..hosts.clone() });
        })
    };
    let on_count = with.reform(move |count: f64| StorageHosts { hosts: count as u32, ..known });
    let on_price =
        with.reform(move |amount: Option<Money>| StorageHosts { per_host_month: amount.unwrap_or_default(), ..known });
    let most = f64::from(offering.max_hosts.saturating_sub(offering.min_hosts));
    let price = Some(known.per_host_month).filter(|&amount| amount > Money::ZERO);
    html! {
        <div class="field-row">
            { part!(<NumberField label="Hosts with storage only" value={f64::from(known.hosts)} max={most}
                help={format!("{} beside the others of one cluster", offering.storage_host_type)} on_change={on_count} />) }
            if known.hosts > 0 {
                { part!(<MoneyField label="Your quote for one of them and month" quoted=true value={price} required=true unit={known.currency.code()}
                    help="No public price is known: without a quote the place takes no machine" on_change={on_price} />) }
            }
        </div>
    }
}
