//! Energy and carbon: each place of the plan beside staying, with the method, and what is not known.

use yew::prelude::*;

use super::FiguresProps;
use crate::engine::cost::Emissions;
use crate::engine::model::{Assumptions, FootprintId, Money};
use crate::engine::order::Tally;
use crate::engine::outcome::Outcome;
use crate::store::over_years::grown;
use crate::store::{Action, Capture, Edit, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, Help, MoneyField};

/// More grams for a kilowatt-hour no grid has.
const MOST_GRAMS: i64 = 10_000;

/// What is known of a place: energy of a month, and emissions where its grid is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Known {
    watt_hours: u64,
    grams: Option<u64>,
}

/// All places of a plan or of staying together; without emissions where any of them has none.
fn together(emissions: &Emissions) -> Known {
    let mut sum = Known { watt_hours: 0, grams: Some(0) };
    for place in &emissions.places {
        sum.watt_hours = sum.watt_hours.saturating_add(place.watt_hours);
        sum.grams = sum.grams.zip(place.grams).map(|(sum, grams)| sum.saturating_add(grams));
    }
    sum
}

/// What it is in a year, by what it is in a month.
const fn a_year(monthly: u64) -> u64 {
    monthly.saturating_mul(12)
}

/// Emissions of the plan in the first year as a figure, and how they stand to staying.
pub fn carbon(outcome: &Outcome) -> (String, String) {
    let (plan, staying) = (together(&outcome.emissions), together(&outcome.staying_emissions));
    let energy = || format!("{} a year; a grid is not known", format::energy(a_year(plan.watt_hours)));
    match (plan.grams, staying.grams) {
        (None, _) => ("not known".to_owned(), energy()),
        (Some(grams), Some(staying)) if staying > 0 => {
            let share = format::percent(grams.abs_diff(staying) as f64, staying as f64);
            let words = if grams <= staying { "below staying" } else { "above staying" };
            (format::emissions(a_year(grams)), format!("{share} {words}"))
        }
        (Some(grams), _) => (format::emissions(a_year(grams)), "staying is not known".to_owned()),
    }
}

/// Energy and carbon of each place.
#[component]
pub fn EnergyCard(props: &FiguresProps) -> Html {
    let assumptions = use_selector(|state| std::rc::Rc::new(state.scenario().assumptions.clone()));
    let names = use_selector(|state| {
        state.scenario().footprints.iter().map(|footprint| (footprint.id, footprint.name.clone())).collect::<Vec<_>>()
    });
    let (plan, staying) = (&props.outcome.emissions, &props.outcome.staying_emissions);
    let mut places = Tally::<Option<FootprintId>, [Option<Known>; 2]>::default();
    for (side, emissions) in [plan, staying].into_iter().enumerate() {
        for place in &emissions.places {
            places.at(place.footprint)[side] = Some(Known { watt_hours: place.watt_hours, grams: place.grams });
        }
    }
    let name = |id: Option<FootprintId>| {
        let found = id.and_then(|id| names.iter().find(|(known, _)| *known == id));
        found.map_or_else(|| "Clusters without a footprint".to_owned(), |(_, name)| name.clone())
    };
    let source = |id| {
        plan.places.iter().chain(&staying.places).find(|place| place.footprint == id).map(|place| place.source.clone())
    };
    let all = [Some(together(plan)), Some(together(staying))];
    let months = assumptions.horizon();
    let mut missing: Vec<&String> = plan.missing.iter().chain(&staying.missing).collect();
    missing.sort();
    missing.dedup();
    part!(<Card title="Energy and carbon" note="of the first year, by place; this plan beside staying as is">
            <div class="scroll-x" tabindex="0" role="region" aria-label="Energy and carbon by place">
                <table class="grid energy">
                    <thead>
                        <tr><th scope="col" rowspan="2">{ "Place" }</th><th scope="colgroup" colspan="2" class="num">{ "Electricity, a year" }</th><th scope="colgroup" colspan="2" class="num">{ "CO₂ equivalent, a year" }</th></tr>
                        <tr>
                            <th scope="col" class="num">{ "Plan" }</th><th scope="col" class="num">{ "Staying" }</th>
                            <th scope="col" class="num">{ "Plan" }</th><th scope="col" class="num">{ "Staying" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for places.0.iter().map(|(id, known)| html! {
                            <tr key={id.map_or(0, |id| id.0)}>
                                <th scope="row">{ name(*id) }{ for source(*id).map(|source| part!(<Help label="How it is reckoned" text={source} />)) }</th>
                                { cells(*known, &a_year) }
                            </tr>
                        }) }
                    </tbody>
                    <tfoot>
                        <tr><th scope="row">{ "Together, in the first year" }</th>{ cells(all, &a_year) }</tr>
                        <tr><th scope="row">{ format!("Together, over {}", format::duration(months)) }</th>{ cells(all, &|monthly| grown(monthly, assumptions.finance.growth_permille_year, months)) }</tr>
                    </tfoot>
                </table>
            </div>
            { part!(<OwnGrid {assumptions} />) }
            <div class="not-priced">
                if !missing.is_empty() {
                    <h3>{ "Not known" }</h3>
                    <ul>{ for missing.into_iter().map(|text| html! { <li key={text.clone()}>{ text }</li> }) }</ul>
                }
                <h3>{ "Method" }</h3>
                <p>{ &plan.method }{ ". On your own sites: the electricity of the ledger, arrays and cooling included. In clouds: vCPU × watts at half load × PUE, processors only: memory, disks, network and the making of the hardware are left out, so that clouds look a little better than they are." }</p>
            </div>
        </Card>)
}

/// Energy of the plan and of staying, then emissions of both.
fn cells(known: [Option<Known>; 2], over: &dyn Fn(u64) -> u64) -> Html {
    let energy =
        |known: Option<Known>| known.map_or_else(|| "–".to_owned(), |known| format::energy(over(known.watt_hours)));
    let carbon = |known: Option<Known>| match known {
        None => "–".to_owned(),
        Some(Known { grams: None, .. }) => "not known".to_owned(),
        Some(Known { grams: Some(grams), .. }) => format::emissions(over(grams)),
    };
    let texts = known.map(energy).into_iter().chain(known.map(carbon));
    html! { <>{ for texts.map(|text| html! { <td class="num">{ text }</td> }) }</> }
}

/// Properties of [`OwnGrid`].
#[derive(PartialEq, Properties)]
struct OwnGridProps {
    assumptions: std::rc::Rc<Assumptions>,
}

/// The emissions of the grid of one's own sites, which no public table of ours has.
#[component]
fn OwnGrid(props: &OwnGridProps) -> Html {
    let store = use_services().store().clone();
    let on_change = Callback::from(move |grams: Option<Money>| {
        let mut assumptions = store.state().scenario().assumptions.clone();
        let whole = |grams: Money| grams.scale(1, 1_000_000).micros().clamp(0, MOST_GRAMS) as u32;
        assumptions.finance.own_grams_per_kwh = grams.map(whole);
        store.dispatch(Action::Edit(Edit::Assumptions(assumptions), Capture::Record));
    });
    // The field of amounts is the one that may be empty: what is not known is not nothing.
    let value = props.assumptions.finance.own_grams_per_kwh.map(|grams| Money::from_units(i64::from(grams)));
    html! {
        <div class="fields own-grid">
            { part!(<MoneyField label="Emissions of the grid of your own sites" unit="g CO₂e a kWh" placeholder="not known" required=false {value}
                help="Of your country or your contract; the supplier's bill names them. 0 is for electricity without emissions" {on_change} />) }
        </div>
    }
}
