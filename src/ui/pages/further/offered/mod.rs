//! All that the catalogue offers: on a map, as cards or as a table, side by side; and from there into the plan.

mod compare;
mod filters;
mod map;
mod offer;

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::catalog::Catalog;
use crate::engine::model::RegionId;
use crate::store::offered::{self, Filter, MOST_COMPARED, Offer, Order, Pick};
use crate::store::{Action, AppState, Capture, Edit, Shared, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Dialog, EmptyState, Segmented, SelectField, Tabs};

/// So many rows are drawn before somebody asks for all: nobody reads more, and drawing them takes time.
const MOST_DRAWN: usize = 36;

/// Properties of [`Offered`].
#[derive(PartialEq, Properties)]
pub struct OfferedProps {
    /// Closes it.
    pub on_close: Callback<()>,
}

/// The dialog.
#[component]
pub fn Offered(props: &OfferedProps) -> Html {
    let catalog = use_selector(AppState::shown_catalog);
    let close = props.on_close.clone();
    let body = match catalog {
        Some(catalog) => part!(<Browser {catalog} />),
        None => {
            part!(<EmptyState title="Loading the catalogue" text="Host types, regions and prices, from this site's own files." />)
        }
    };
    let actions = html! { <button type="button" class="btn btn-primary" onclick={close.reform(|_event: MouseEvent| ())}>{ "Done" }</button> };
    part!(<Dialog title="What is offered" wide=true on_close={close} {actions}>{ body }</Dialog>)
}

/// Properties of [`Browser`].
#[derive(PartialEq, Properties)]
struct BrowserProps {
    catalog: Shared<Catalog>,
}

/// What is looked for, and what is found.
#[component]
fn Browser(props: &BrowserProps) -> Html {
    let store = use_services().store().clone();
    let catalog = &props.catalog;
    let filter = use_state(|| Rc::new(Filter::default()));
    let picks = use_state(Vec::<Pick>::new);
    let (order, as_table, side_by_side) = (use_state(|| 0_usize), use_state(|| 0_usize), use_state(|| 0_usize));
    let (draws_all, added) = (use_state(|| false), use_state(String::new));
    let change = {
        let (filter, draws_all) = (filter.setter(), draws_all.setter());
        Callback::from(move |changed: Filter| {
            filter.set(Rc::new(changed));
            draws_all.set(false);
        })
    };
    let on_regions = {
        let (change, filter) = (change.clone(), Rc::clone(&filter));
        Callback::from(move |regions: Vec<RegionId>| {
            change.emit(Filter { country: None, regions, ..Filter::clone(&filter) });
        })
    };
    let on_pick = {
        let picks = picks.clone();
        Callback::from(move |pick: Pick| picks.set(with_or_without(&picks, pick)))
    };
    let on_add = {
        let (store, catalog, filter, added) = (store, catalog.clone(), Rc::clone(&filter), added.setter());
        Callback::from(move |key: String| {
            let all = offered::offers(&catalog, &filter, Order::Name);
            if let Some(offer) = all.iter().find(|offer| offer.key() == key) {
                let footprint = offered::footprint(&catalog, offer, filter.term);
                added.set(footprint.name.clone());
                store.dispatch(Action::Edit(Edit::AddFootprint(Box::new(footprint)), Capture::Record));
            }
        })
    };
    let all = catalog.hosts.len() + catalog.families.len();
    let offers = offered::offers(catalog, &filter, Order::ALL[*order]);
    let drawn = if *draws_all { offers.len() } else { offers.len().min(MOST_DRAWN) };
    let shown: Vec<Html> = offers[..drawn]
        .iter()
        .map(|of| {
            let shown = offer::Shown { catalog, offer: of, picks: &picks, on_pick: &on_pick, on_add: &on_add };
            if *as_table == 1 { shown.row() } else { shown.card() }
        })
        .collect();
    let found = if *as_table == 1 {
        offer::table(shown)
    } else {
        html! { <ul class="card-grid offers">{ for shown }</ul> }
    };
    let draw_all = {
        let draws_all = draws_all.setter();
        Callback::from(move |_event: MouseEvent| draws_all.set(true))
    };
    let select = |state: &UseStateHandle<usize>| {
        let state = state.setter();
        Callback::from(move |choice: usize| state.set(choice))
    };
    let tabs = vec![AttrValue::from("All that is found"), AttrValue::from(format!("Side by side ({})", picks.len()))];
    let orders = Order::ALL.map(|order| AttrValue::from(order.words())).to_vec();
    let panel = if *side_by_side == 1 {
        part!(<compare::SideBySide catalog={catalog.clone()} picks={(*picks).clone()} term={filter.term} on_pick={on_pick.clone()} />)
    } else {
        html! {
            <>
                <div class="toolbar">
                    { part!(<Segmented label="Show as" options={vec!["Cards", "Table"]} selected={*as_table} on_select={select(&as_table)} />) }
                    <span class="grow"></span>
                    { part!(<SelectField label="Order" options={orders} selected={*order} on_select={select(&order)} />) }
                </div>
                { found }
                if drawn < offers.len() {
                    <p><button type="button" class="btn" onclick={draw_all}>{ format!("Show all {}", format::count(offers.len() as u64)) }</button></p>
                }
                if offers.is_empty() { { part!(<EmptyState title="Nothing is offered like that" text="Take a condition away: each one narrows what is found." />) } }
            </>
        }
    };
    html! {
        <div class="offered">
            <div class="offered-top">
                { part!(<map::OnMap catalog={catalog.clone()} filter={Rc::clone(&filter)} {on_regions} />) }
                { part!(<filters::Filters catalog={catalog.clone()} filter={Rc::clone(&filter)} on_change={change} />) }
            </div>
            <div class="toolbar">
                <p role="status" data-testid="found">{ format!("{} of {} offers", format::count(offers.len() as u64), format::count(all as u64)) }</p>
                <span class="grow"></span>
                <p role="status" data-testid="added">
                    if !added.is_empty() { <span class="good">{ "Added to the plan:" }</span>{ " " }<span translate="no">{ &*added }</span> }
                </p>
            </div>
            { part!(<Tabs label="What is found" {tabs} selected={*side_by_side} on_select={select(&side_by_side)}>{ panel }</Tabs>) }
        </div>
    }
}

/// The picks with one more, or without it where it is among them. Where there is no room for one more it takes the place of the oldest.
fn with_or_without(picks: &[Pick], pick: Pick) -> Vec<Pick> {
    let mut next: Vec<Pick> = picks.iter().filter(|&other| *other != pick).cloned().collect();
    if next.len() == picks.len() {
        next.push(pick);
        if next.len() > MOST_COMPARED {
            next.remove(0);
        }
    }
    next
}

/// A host type in its region, to be compared; `None` for instances, which have no price here.
fn pick_of(offer: &Offer<'_>) -> Option<Pick> {
    match offer {
        Offer::Host { host, region, .. } => Some(Pick { host: host.id.clone(), region: (*region).clone() }),
        Offer::Family { .. } => None,
    }
}
