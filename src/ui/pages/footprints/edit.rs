//! The dialog that changes one footprint: name, commitment, quote, limits, policy, with the source of its price.

use yew::prelude::*;

use super::limits::HostLimits;
use super::rented::{self, Services};
use super::site::{self, SiteFields};
use super::{beside, price};
use crate::engine::catalog::Catalog;
use crate::engine::model::{
    Assumptions, ClusterFootprint, Footprint, FootprintId, FootprintKind, HostsFootprint, InstanceOs,
    InstancesFootprint, Quote, Term,
};
use crate::store::{Action, AppState, Capture, Edit, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Dialog, MoneyField, NumberField, SelectField, Switch, TextField, months_field};

const TERMS: [Term; 3] = [Term::OnDemand, Term::OneYear, Term::ThreeYears];

/// Properties of [`EditFootprint`].
#[derive(PartialEq, Properties)]
pub struct EditFootprintProps {
    /// The footprint.
    pub footprint: FootprintId,
    /// Closes the dialog.
    pub on_close: Callback<()>,
}

/// The dialog. Every change takes effect at once and can be undone.
#[component]
pub fn EditFootprint(props: &EditFootprintProps) -> Html {
    let store = use_services().store().clone();
    let assumptions = use_selector(|state| state.scenario().assumptions.clone());
    let catalog = use_selector(AppState::shown_catalog);
    let id = props.footprint;
    let footprint = use_selector(move |state| state.scenario().footprint(id).cloned());
    let (Some(catalog), Some(footprint)) = (catalog, footprint) else { return Html::default() };
    let change = {
        let (store, footprint) = (store.clone(), footprint.clone());
        Callback::from(move |kind: FootprintKind| {
            let footprint = Footprint { kind, ..footprint.clone() };
            store.dispatch(Action::Edit(Edit::Footprint(Box::new(footprint)), Capture::Record));
        })
    };
    let on_name = {
        let footprint = footprint.clone();
        Callback::from(move |name: String| {
            if !name.trim().is_empty() {
                let footprint = Footprint { name: name.trim().to_owned(), ..footprint.clone() };
                store.dispatch(Action::Edit(Edit::Footprint(Box::new(footprint)), Capture::Record));
            }
        })
    };
    let shown = price::of(&footprint, &catalog, &assumptions);
    let body = match &footprint.kind {
        FootprintKind::Cluster(cluster) => cluster_fields(cluster, &catalog, &assumptions, &change),
        FootprintKind::Hosts(hosts) => hosts_fields(hosts, &catalog, &assumptions, &change),
        FootprintKind::Instances(instances) => instances_fields(instances, &catalog, &change),
    };
    let region = match &footprint.kind {
        FootprintKind::Cluster(_) => None,
        FootprintKind::Hosts(hosts) => Some(hosts.region.clone()),
        FootprintKind::Instances(instances) => Some(instances.region.clone()),
    };
    let actions = html! { <button type="button" class="btn btn-primary" onclick={props.on_close.reform(|_event: MouseEvent| ())}>{ "Done" }</button> };
    part!(<Dialog title={format!("Edit {}", footprint.name)} on_close={props.on_close.clone()} {actions}>
            { part!(<TextField label="Name" value={footprint.name.clone()} on_change={on_name} max_length={60} />) }
            { body }
            { for region.map(|region| part!(<Services catalog={catalog.clone()} footprint={id} {region} />)) }
            if !matches!(footprint.kind, FootprintKind::Instances(_)) { { part!(<HostLimits footprint={footprint.clone()} />) } }
            if footprint.is_on_own_site() { { part!(<SiteFields footprint={footprint.clone()} />) } }
            <div class="field">
                <span class="field-label">{ "Price" }</span>
                <p>{ shown.text.clone() }{ " " }<span class={shown.tag_class()}>{ shown.status }</span></p>
                <p class="field-hint">{ shown.help }</p>
            </div>
        </Dialog>)
}

fn cluster_fields(
    cluster: &ClusterFootprint,
    catalog: &Catalog,
    assumptions: &Assumptions,
    change: &Callback<FootprintKind>,
) -> Html {
    let servers: Vec<_> =
        catalog.hosts.iter().filter(|host| host.regions.iter().any(|region| region.as_str() == "site")).collect();
    let mut options = vec![AttrValue::from("It cannot grow")];
    options.extend(servers.iter().map(|host| AttrValue::from(host.host_type.clone())));
    let selected =
        cluster.add.as_ref().and_then(|id| servers.iter().position(|host| host.id == *id)).map_or(0, |index| index + 1);
    let ids: Vec<_> = servers.iter().map(|host| host.id.clone()).collect();
    let with = |edit: fn(&mut ClusterFootprint, f64)| {
        let (change, cluster) = (change.clone(), cluster.clone());
        Callback::from(move |value: f64| {
            let mut cluster = cluster.clone();
            edit(&mut cluster, value);
            change.emit(FootprintKind::Cluster(cluster));
        })
    };
    let on_retire = with(|cluster, value| cluster.may_retire = value > 0.0).reform(|on: bool| f64::from(u8::from(on)));
    let on_support = {
        let (change, cluster) = (change.clone(), cluster.clone());
        Callback::from(move |supported_months: Option<u32>| {
            change.emit(FootprintKind::Cluster(ClusterFootprint { supported_months, ..cluster.clone() }));
        })
    };
    let on_server = {
        let (change, cluster) = (change.clone(), cluster.clone());
        Callback::from(move |choice: usize| {
            let add = choice.checked_sub(1).and_then(|index| ids.get(index)).cloned();
            let max_added = if add.is_some() { cluster.max_added.max(8) } else { 0 };
            change.emit(FootprintKind::Cluster(ClusterFootprint { add, max_added, ..cluster.clone() }));
        })
    };
    html! {
        <>
            { part!(<Switch label="Retire hosts that the plan leaves empty" checked={cluster.may_retire} on_change={on_retire} />) }
            { part!(<SelectField label="Server to buy when it is full" {options} {selected} on_select={on_server} />) }
            if cluster.add.is_some() {
                { part!(<NumberField label="At most" unit="servers" value={f64::from(cluster.max_added)} min={0.0} max={64.0}
                    on_change={with(|cluster, value| cluster.max_added = value as u32)} />) }
            }
            { months_field("Support of its hosts ends after", cluster.supported_months,
                "Then each is bought again, and until then its hardware is paid for. Empty: as for all sites, page Cost", on_support) }
            { site::book(cluster, assumptions, change) }
            { site::power(cluster, change) }
        </>
    }
}

fn hosts_fields(
    hosts: &HostsFootprint,
    catalog: &Catalog,
    assumptions: &Assumptions,
    change: &Callback<FootprintKind>,
) -> Html {
    let offering = catalog.host(&hosts.offering);
    let with = |edit: fn(&mut HostsFootprint, f64)| {
        let (change, hosts) = (change.clone(), hosts.clone());
        Callback::from(move |value: f64| {
            let mut hosts = hosts.clone();
            edit(&mut hosts, value);
            change.emit(FootprintKind::Hosts(hosts));
        })
    };
    let on_term = with(|hosts, value| hosts.term = TERMS[value as usize]).reform(|choice: usize| choice as f64);
    let currency = hosts.quote.as_ref().map_or(assumptions.currency, |quote| quote.currency);
    let on_quote = {
        let (change, hosts) = (change.clone(), hosts.clone());
        Callback::from(move |amount: Option<crate::engine::model::Money>| {
            let note = hosts.quote.as_ref().map_or_else(|| "Entered by hand".to_owned(), |quote| quote.note.clone());
            let quote = amount.map(|per_host_month| Quote { per_host_month, currency, note });
            change.emit(FootprintKind::Hosts(HostsFootprint { quote, ..hosts.clone() }));
        })
    };
    let on_note = {
        let (change, hosts) = (change.clone(), hosts.clone());
        Callback::from(move |note: String| {
            let quote = hosts.quote.clone().map(|quote| Quote { note, ..quote });
            change.emit(FootprintKind::Hosts(HostsFootprint { quote, ..hosts.clone() }));
        })
    };
    let (fewest, most, of_all) = offering.map_or((1, 64, 64), |offering| {
        let (fewest, most) = match hosts.stretched {
            Some(_) => offering.stretched_hosts,
            None => (offering.min_hosts, offering.max_hosts),
        };
        (fewest, most, most.saturating_mul(offering.max_clusters).min(offering.max_hosts_total))
    });
    let beside = offering
        .map(|offering| beside::fields(hosts, offering, catalog, assumptions, &change.reform(FootprintKind::Hosts)));
    let bought = hosts.region.as_str() == "site";
    let term = TERMS.iter().position(|&term| term == hosts.term).unwrap_or(0);
    html! {
        <>
            if let Some(offering) = offering {
                <p class="muted">{ format!("{} · {} · {} cores · {}", offering.service, offering.host_type, offering.cores, crate::store::format::size(offering.memory)) }
                    if let Some(zones) = offering.zones_in(&hosts.region) { <br />{ zones_in_words(zones) } }
                    if !offering.note.is_empty() { <br />{ &offering.note } }
                </p>
            }
            if !bought {
                { part!(<SelectField label="Commitment" options={TERMS.map(|term| AttrValue::from(words::term(term))).to_vec()} selected={term} on_select={on_term} />) }
            }
            { part!(<MoneyField label="Your quote for one host and month" quoted=true value={hosts.quote.as_ref().map(|quote| quote.per_host_month)} required=false
                unit={currency.code()} help="Everything the supplier charges for a host. It replaces the catalogue's price; leave it empty to use that" on_change={on_quote} />) }
            if let Some(quote) = &hosts.quote {
                { quote_currency(hosts, quote, assumptions, change) }
                { part!(<TextField label="Where the quote comes from" value={quote.note.clone()} on_change={on_note} />) }
            }
            <div class="field-row">
                { part!(<NumberField label="Fewest hosts" value={f64::from(hosts.min_hosts.unwrap_or(fewest))} min={f64::from(fewest)} max={f64::from(most)}
                    help="Of each cluster, if the place is used at all" on_change={with(|hosts, value| hosts.min_hosts = Some(value as u32))} />) }
                { part!(<NumberField label="Most hosts" value={f64::from(hosts.max_hosts.unwrap_or(of_all))} min={f64::from(fewest)} max={f64::from(of_all)}
                    help="Over all clusters" on_change={with(|hosts, value| hosts.max_hosts = Some(value as u32))} />) }
            </div>
            if !bought {
                { rented::committed(hosts.term, hosts.committed_pct, with(|hosts, share| hosts.committed_pct = share as u32)) }
            }
            { for beside }
        </>
    }
}

/// In which zones a host type is sold: `Zones AZ01, AZ02 (limited)`.
fn zones_in_words(zones: &str) -> String {
    let words = zones.split(' ').map(|zone| match zone.strip_suffix('*') {
        Some(limited) => format!("{limited} (limited)"),
        None => zone.to_owned(),
    });
    format!("Zones {}", words.collect::<Vec<_>>().join(", "))
}

/// The currency of a quote, where there is more than one to choose from.
fn quote_currency(
    hosts: &HostsFootprint,
    quote: &Quote,
    assumptions: &Assumptions,
    change: &Callback<FootprintKind>,
) -> Html {
    let mut known = assumptions.currencies();
    if !known.contains(&quote.currency) {
        known.push(quote.currency);
    }
    if known.len() < 2 {
        return Html::default();
    }
    let selected = known.iter().position(|&currency| currency == quote.currency).unwrap_or(0);
    let options: Vec<AttrValue> = known.iter().map(|currency| currency.code().into()).collect();
    let (change, hosts) = (change.clone(), hosts.clone());
    let on_select = Callback::from(move |choice: usize| {
        let Some(&currency) = known.get(choice) else { return };
        let quote = hosts.quote.clone().map(|quote| Quote { currency, ..quote });
        change.emit(FootprintKind::Hosts(HostsFootprint { quote, ..hosts.clone() }));
    });
    let help = if assumptions.exchange(quote.per_host_month, quote.currency).is_some() {
        "The amount stays as it is; rates are set on the page Cost"
    } else {
        "It has no rate, so the quote cannot be used: set one on the page Cost"
    };
    part!(<SelectField label="Currency of the quote" {options} {selected} {help} {on_select} />)
}

fn instances_fields(instances: &InstancesFootprint, catalog: &Catalog, change: &Callback<FootprintKind>) -> Html {
    let with = |edit: fn(&mut InstancesFootprint, usize)| {
        let (change, instances) = (change.clone(), instances.clone());
        Callback::from(move |choice: usize| {
            let mut instances = instances.clone();
            edit(&mut instances, choice);
            change.emit(FootprintKind::Instances(instances));
        })
    };
    let on_families = {
        let (change, instances) = (change.clone(), instances.clone());
        Callback::from(move |text: String| {
            let families =
                text.split([',', ' ']).filter(|family| !family.is_empty()).map(str::to_ascii_lowercase).collect();
            change.emit(FootprintKind::Instances(InstancesFootprint { families, ..instances.clone() }));
        })
    };
    let term = TERMS.iter().position(|&term| term == instances.term).unwrap_or(0);
    let own = instances.os == InstanceOs::BringYourOwn;
    html! {
        <>
            { part!(<SelectField label="Commitment" options={TERMS.map(|term| AttrValue::from(words::term(term))).to_vec()} selected={term}
                on_select={with(|instances, choice| instances.term = TERMS[choice])} />) }
            { part!(<SelectField label="Windows licences" options={vec![AttrValue::from("Paid with the instance"), AttrValue::from("Brought along")]} selected={usize::from(own)}
                on_select={with(|instances, choice| instances.os = if choice == 1 { InstanceOs::BringYourOwn } else { InstanceOs::LicenceIncluded })} />) }
            { rented::committed(instances.term, instances.committed_pct, with(|instances, share| instances.committed_pct = share as u32).reform(|share: f64| share as usize)) }
            { part!(<TextField label="Families" value={instances.families.join(", ")} placeholder="all current ones" help="Such as m7i, r7i, c7i; empty takes every current one" on_change={on_families} />) }
            { rented::disks(instances, catalog, &change.reform(FootprintKind::Instances)) }
        </>
    }
}
