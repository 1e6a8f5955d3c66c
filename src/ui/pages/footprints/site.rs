//! Where the site of a footprint is and what it costs otherwise than all sites, and the power of its hosts where it was measured.

use std::iter;
use std::rc::Rc;

use yew::prelude::*;

use super::limits::whole;
use crate::engine::model::{
    Assumptions, BookValue, ClusterFootprint, Estate, Footprint, FootprintKind, MeasuredPower, Money, Scenario,
    SiteFigures,
};
use crate::store::offered::region_name;
use crate::store::{Action, AppState, Capture, Edit, near};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::pages::cost::assumptions::fields::{ELSEWHERE, SITE_AMOUNTS, SITE_NUMBERS};
use crate::ui::pages::cost::assumptions::{Change, amount, number};
use crate::ui::part::part;
use crate::ui::shared::{MoneyField, SelectField, months_field};

/// Properties of [`SiteFields`].
#[derive(PartialEq, Properties)]
pub struct SiteFieldsProps {
    /// The footprint, on a site of one's own.
    pub footprint: Footprint,
}

/// The figures of all sites, to be changed for this one.
#[component]
pub fn SiteFields(props: &SiteFieldsProps) -> Html {
    let store = use_services().store().clone();
    let assumptions = use_selector(|state| Rc::new(state.scenario().assumptions.clone()));
    let footprint = &props.footprint;
    let here = assumptions.at(footprint).into_owned();
    let change: Change = {
        let (store, all, here, footprint) = (store.clone(), assumptions.clone(), here.clone(), footprint.clone());
        Rc::new(move |key, edit| {
            let mut here = here.clone();
            edit(&mut here);
            let near = footprint.site().and_then(|site| site.near.clone());
            let site = SiteFigures { near, ..SiteFigures::between(&all.on_premises, &here.on_premises) };
            store.dispatch(put(&footprint, site, &format!("{key} of footprint {}", footprint.id.0)));
        })
    };
    let on_all = {
        let (store, footprint) = (store.clone(), footprint.clone());
        Callback::from(move |_event: MouseEvent| {
            let state = store.state();
            let others = at_the_same(&state.project.estate, state.scenario(), &footprint);
            let site = footprint.site().cloned().unwrap_or_default();
            for other in &others {
                store.dispatch(put(other, site.clone(), "site of all"));
            }
        })
    };
    let own = footprint.site().map_or(0, SiteFigures::count);
    let in_short = match own {
        0 => "as for all sites".to_owned(),
        own => format!("{own} of its own"),
    };
    let others = use_selector({
        let footprint = footprint.clone();
        move |state| at_the_same(&state.project.estate, state.scenario(), &footprint).len()
    });
    let numbers = SITE_NUMBERS.iter().filter(|field| field.key != ELSEWHERE);
    html! {
        <>
        { part!(<Where footprint={footprint.clone()} />) }
        <details class="more-fields">
            <summary class="opens">{ "What this site costs" }<span class="muted">{ in_short }</span></summary>
            <p class="muted">{ "Figures that differ from those of all sites, which are on the page Cost. One that is the same again follows them." }</p>
            <div class="fields">
                { for SITE_AMOUNTS.iter().map(|field| amount(field, &here, &change)) }
                { for numbers.map(|field| number(field, &here, &change)) }
            </div>
            if others > 0 {
                <p><button type="button" class="btn btn-s" onclick={on_all}>{ "The same for all clusters of this data centre" }</button></p>
            }
        </details>
        </>
    }
}

/// The place that the site is near to: that of all clusters of one data centre.
#[component]
fn Where(props: &SiteFieldsProps) -> Html {
    let store = use_services().store().clone();
    let catalog = use_selector(AppState::shown_catalog);
    let footprint = &props.footprint;
    let Some(catalog) = catalog else { return Html::default() };
    let places = Rc::new(near::places(&catalog));
    let known = footprint.site().and_then(|site| site.near.as_ref());
    let name = known.map(|known| region_name(&catalog, known));
    let selected = name.and_then(|name| places.iter().position(|(place, _)| *place == name)).map_or(0, |at| at + 1);
    let options: Vec<AttrValue> =
        iter::once("not known".into()).chain(places.iter().map(|(name, _)| name.clone().into())).collect();
    let on_select = {
        let footprint = footprint.clone();
        Callback::from(move |choice: usize| {
            let near = choice.checked_sub(1).and_then(|at| places.get(at)).map(|(_, region)| region.clone());
            let state = store.state();
            let others = at_the_same(&state.project.estate, state.scenario(), &footprint);
            for place in iter::once(&footprint).chain(&others) {
                let site = SiteFigures { near: near.clone(), ..place.site().cloned().unwrap_or_default() };
                store.dispatch(put(place, site, &format!("where footprint {} is", footprint.id.0)));
            }
        })
    };
    part!(<SelectField label="Where its site is: near" {options} {selected}
        help="Puts it on the map, and estimates latency by the distance until you enter what you measured. The same for all clusters of this data centre" {on_select} />)
}

/// The edit that gives a footprint the figures of its site.
fn put(footprint: &Footprint, site: SiteFigures, key: &str) -> Action {
    let mut footprint = footprint.clone();
    footprint.set_site(site);
    Action::Edit(Edit::Footprint(Box::new(footprint)), Capture::Coalesce(key.to_owned()))
}

/// The other footprints that are clusters of the same data centre.
fn at_the_same(estate: &Estate, scenario: &Scenario, footprint: &Footprint) -> Vec<Footprint> {
    let place = |footprint: &Footprint| match &footprint.kind {
        FootprintKind::Cluster(chosen) => estate
            .cluster(chosen.cluster)
            .and_then(|cluster| Some((cluster.vcenter.clone(), cluster.datacenter.clone()?))),
        FootprintKind::Hosts(_) | FootprintKind::Instances(_) => None,
    };
    let Some(here) = place(footprint) else { return Vec::new() };
    let others = scenario.footprints.iter().filter(|other| other.id != footprint.id);
    others.filter(|other| place(other).as_ref() == Some(&here)).cloned().collect()
}

/// What the accounts still hold for the hosts of a cluster.
pub fn book(cluster: &ClusterFootprint, assumptions: &Assumptions, change: &Callback<FootprintKind>) -> Html {
    let known = cluster.book;
    let put = {
        let (change, cluster) = (change.clone(), cluster.clone());
        Callback::from(move |book: Option<BookValue>| {
            change.emit(FootprintKind::Cluster(ClusterFootprint { book, ..cluster.clone() }));
        })
    };
    let months = known.map_or(12, |book| book.months);
    let on_amount = put.reform(move |amount: Option<Money>| {
        let amount = amount.filter(|&amount| amount > Money::ZERO);
        amount.map(|amount| BookValue { amount, months })
    });
    let on_months = put.reform(move |months: Option<u32>| {
        known.map(|book| BookValue { months: months.map_or(12, |months| months.max(1)), ..book })
    });
    let unit = assumptions.currency.code();
    html! {
        <>
            { part!(<MoneyField label="Book value of its hosts" {unit} required=false placeholder="not known" value={known.map(|book| book.amount)}
                help="What the accounts hold for all of them: written off while they are kept, and at once when they are given up" on_change={on_amount} />) }
            if known.is_some() {
                { months_field("Written off after", Some(months), "In equal parts, from the first month on", on_months) }
            }
        </>
    }
}

/// The power of the hosts of a cluster, where it was measured.
pub fn power(cluster: &ClusterFootprint, change: &Callback<FootprintKind>) -> Html {
    let field = |label: &'static str, help: &'static str, watts: Option<u32>, of: fn(u32) -> MeasuredPower| {
        let (change, cluster) = (change.clone(), cluster.clone());
        let on_change = Callback::from(move |amount: Option<Money>| {
            let measured_power = amount.map(whole).filter(|&watts| watts > 0).map(of);
            change.emit(FootprintKind::Cluster(ClusterFootprint { measured_power, ..cluster.clone() }));
        });
        let value = watts.map(|watts| Money::from_units(watts.into()));
        part!(<MoneyField {label} unit="W" required=false placeholder="estimated by cores" {value} {help} {on_change} />)
    };
    let (each, all) = match cluster.measured_power {
        None => (None, None),
        Some(MeasuredPower::PerHost(watts)) => (Some(watts), None),
        Some(MeasuredPower::Cluster(watts)) => (None, Some(watts)),
    };
    html! {
        <div class="field-row">
            { field("Measured power of each host", "On average, cooling apart; in the place of the estimate", each, MeasuredPower::PerHost) }
            { field("Or of all its hosts together", "Shared out by their cores", all, MeasuredPower::Cluster) }
        </div>
    }
}
