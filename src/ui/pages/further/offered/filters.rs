//! What is looked for.

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::catalog::{Catalog, PriceStatus};
use crate::engine::model::{RegionId, Term};
use crate::store::offered::{self, Filter, Isolation};
use crate::store::{Shared, words};
use crate::ui::part::part;
use crate::ui::shared::{SearchField, Segmented, SelectField, Switch};

const TERMS: [Term; 3] = [Term::OnDemand, Term::OneYear, Term::ThreeYears];
/// What prices of the catalogue can be.
const STATUSES: [PriceStatus; 5] =
    [PriceStatus::Listed, PriceStatus::Derived, PriceStatus::Indicative, PriceStatus::Assumed, PriceStatus::Ask];
const KINDS: [Option<bool>; 3] = [None, Some(true), Some(false)];

/// Properties of [`Filters`].
#[derive(PartialEq, Properties)]
pub struct FiltersProps {
    /// The catalogue.
    pub catalog: Shared<Catalog>,
    /// What is looked for now.
    pub filter: Rc<Filter>,
    /// What is looked for next.
    pub on_change: Callback<Filter>,
}

/// The fields, each a condition; all of them must hold.
#[component]
pub fn Filters(props: &FiltersProps) -> Html {
    let (filter, catalog) = (&props.filter, &props.catalog);
    let with = |set: Set| {
        let (filter, on_change) = (Rc::clone(filter), props.on_change.clone());
        Callback::from(move |choice: usize| {
            let mut filter = Filter::clone(&filter);
            set(&mut filter, choice);
            on_change.emit(filter);
        })
    };
    let choice = |label: &'static str, any: &'static str, names: Vec<String>, now: Option<usize>, set: Set| {
        let mut options = vec![AttrValue::from(any)];
        options.extend(names.into_iter().map(AttrValue::from));
        let selected = now.map_or(0, |at| at + 1);
        part!(<SelectField {label} {options} {selected} on_select={with(set)} />)
    };
    let on_text = {
        let (filter, on_change) = (Rc::clone(filter), props.on_change.clone());
        Callback::from(move |text: String| on_change.emit(Filter { text, ..Filter::clone(&filter) }))
    };
    let on_open = {
        let (filter, on_change) = (Rc::clone(filter), props.on_change.clone());
        Callback::from(move |open: bool| on_change.emit(Filter { open, ..Filter::clone(&filter) }))
    };
    let clear = props.on_change.reform(|_event: MouseEvent| Filter::default());
    let kind = KINDS.iter().position(|kind| *kind == filter.hosts).unwrap_or_default();
    let storage = filter.vsan.map(|vsan| usize::from(!vsan));
    let isolation = filter.isolation.and_then(|of| Isolation::ALL.iter().position(|one| *one == of));
    let status = filter.status.and_then(|of| STATUSES.iter().position(|one| *one == of));
    let term = TERMS.iter().position(|term| *term == filter.term).unwrap_or_default();
    html! {
        <div class="offered-filters" role="search" aria-label="What is looked for">
            <div class="toolbar">
                { part!(<SearchField label="Search services and types" placeholder="Service, type or processor" value={filter.text.clone()} on_input={on_text} />) }
                { part!(<Segmented label="Kind" options={vec!["All", "Hosts", "Instances"]} selected={kind} on_select={with(Rc::new(|filter, choice| filter.hosts = KINDS[choice]))} />) }
            </div>
            <div class="fields">
                { provider_field(filter, catalog, &choice) }
                { country_field(filter, catalog, &choice) }
                { region_field(filter, catalog, &choice) }
                { choice("Storage of hosts", "Any", vec!["Own disks (vSAN)".to_owned(), "None of their own".to_owned()], storage,
                    Rc::new(|filter, choice| filter.vsan = [None, Some(true), Some(false)][choice])) }
                { choice("Isolation", "Any", Isolation::ALL.map(|one| one.words().to_owned()).to_vec(), isolation,
                    Rc::new(|filter, choice| filter.isolation = choice.checked_sub(1).and_then(|at| Isolation::ALL.get(at)).copied())) }
                { choice("Price is", "Any", STATUSES.map(|one| words::price_status(one).to_owned()).to_vec(), status,
                    Rc::new(|filter, choice| filter.status = choice.checked_sub(1).and_then(|at| STATUSES.get(at)).copied())) }
                { part!(<SelectField label="Commitment" options={TERMS.map(|term| AttrValue::from(words::term(term))).to_vec()} selected={term}
                    on_select={with(Rc::new(|filter, choice| filter.term = TERMS[choice]))} />) }
            </div>
            <div class="toolbar">
                { part!(<Switch label="Only what new customers can have" checked={filter.open} on_change={on_open} />) }
                <span class="grow"></span>
                <button type="button" class="btn btn-s" disabled={**filter == Filter::default()} onclick={clear}>{ "Clear all conditions" }</button>
            </div>
        </div>
    }
}

/// What a choice by its position makes of the conditions.
type Set = Rc<dyn Fn(&mut Filter, usize)>;

/// Makes a field: label, the word for no condition, the choices, the present one, and what a choice means.
type Choice<'a> = &'a dyn Fn(&'static str, &'static str, Vec<String>, Option<usize>, Set) -> Html;

fn provider_field(filter: &Filter, catalog: &Catalog, choice: Choice<'_>) -> Html {
    let (ids, names): (Vec<String>, Vec<String>) = offered::providers(catalog).into_iter().unzip();
    let now = filter.provider.as_ref().and_then(|now| ids.iter().position(|id| id == now));
    choice(
        "Provider",
        "Any",
        names,
        now,
        Rc::new(move |filter, choice| {
            filter.provider = choice.checked_sub(1).and_then(|at| ids.get(at)).cloned();
            // Another provider has other regions.
            filter.country = None;
            filter.regions.clear();
        }),
    )
}

fn country_field(filter: &Filter, catalog: &Catalog, choice: Choice<'_>) -> Html {
    let countries = offered::countries(catalog, filter.provider.as_deref());
    let now = filter.country.as_ref().and_then(|now| countries.iter().position(|country| country == now));
    choice(
        "Country",
        "Anywhere",
        countries.clone(),
        now,
        Rc::new(move |filter, choice| {
            filter.country = choice.checked_sub(1).and_then(|at| countries.get(at)).cloned();
            filter.regions.clear();
        }),
    )
}

fn region_field(filter: &Filter, catalog: &Catalog, choice: Choice<'_>) -> Html {
    let (ids, mut names): (Vec<RegionId>, Vec<String>) = offered::regions(catalog, filter).into_iter().unzip();
    let mut now = match filter.regions.as_slice() {
        [one] => ids.iter().position(|id| id == one),
        _ => None,
    };
    if filter.regions.len() > 1 {
        // A mark of the map may stand for several.
        now = Some(names.len());
        names.push(format!("{} regions of the map", filter.regions.len()));
    }
    choice(
        "Region",
        "Anywhere",
        names,
        now,
        Rc::new(move |filter, choice| {
            if choice <= ids.len() {
                filter.regions = choice.checked_sub(1).and_then(|at| ids.get(at)).cloned().into_iter().collect();
            }
        }),
    )
}
