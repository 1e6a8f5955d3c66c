//! Latency between places, as it was measured: what is not known is estimated from where the places are. Of a site of one's own its form on Footprints says that.

use yew::prelude::*;

use crate::engine::model::{FootprintId, Scenario};
use crate::engine::outcome::latency_micros;
use crate::store::latency::{MOST_MICROS, measured};
use crate::store::{Action, AppState, Capture, Edit, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, NumberField, SelectField};

/// The card: two places, how long it takes between them, and what was measured so far.
#[component]
pub fn Latency() -> Html {
    let store = use_services().store().clone();
    let project = use_selector(AppState::work);
    let catalog = use_selector(AppState::shown_catalog);
    let ends = use_state_eq(|| (0_usize, 1_usize));
    let scenario = project.scenario();
    let places: Vec<FootprintId> = scenario.footprints.iter().map(|footprint| footprint.id).collect();
    if places.len() < 2 {
        return Html::default();
    }
    let at = |index: usize| places[index.min(places.len() - 1)];
    let (one, other) = (at(ends.0), at(ends.1));
    let known = measured(&scenario.links, (one, other));
    let estimate = catalog.and_then(|catalog| latency_micros(&project.estate, scenario, &catalog, one, other));
    let set = move |one: FootprintId, other: FootprintId, micros: Option<u32>| {
        store.dispatch(Action::Edit(Edit::Latency(one, other, micros), Capture::Record));
    };
    let on_change = {
        let set = set.clone();
        Callback::from(move |ms: f64| set(one, other, (ms > 0.0).then_some((ms * 1000.0) as u32)))
    };
    let choose = |pick: fn((usize, usize), usize) -> (usize, usize)| {
        let ends = ends.clone();
        Callback::from(move |index: usize| ends.set(pick(*ends, index)))
    };
    let options: Vec<AttrValue> = scenario.footprints.iter().map(|footprint| footprint.name.clone().into()).collect();
    let help = match (known, estimate) {
        _ if one == other => "Choose two places".to_owned(),
        (Some(_), _) => "Measured; 0 takes it back".to_owned(),
        (None, Some(micros)) => format!("Estimated from where the two are: {}", milliseconds(micros)),
        (None, None) => "Not known: a rule of latency between these two does not hold until it is measured, or until Footprints says where the site is".to_owned(),
    };
    let shown = known.or(estimate).filter(|_| one != other).unwrap_or_default();
    part!(<Card title="Latency between places" note="there and back, as you measured it">
            <div class="stack">
                <div class="field-row">
                    { part!(<SelectField label="One place" options={options.clone()} selected={ends.0} on_select={choose(|ends, index| (index, ends.1))} />) }
                    { part!(<SelectField label="The other place" {options} selected={ends.1} on_select={choose(|ends, index| (ends.0, index))} />) }
                    { part!(<NumberField label="Latency" unit="ms" value={f64::from(shown) / 1000.0} decimals={1} max={f64::from(MOST_MICROS) / 1000.0}
                        disabled={one == other} {help} {on_change} />) }
                </div>
                { list(scenario, &set) }
            </div>
        </Card>)
}

/// What was measured, with a way to take it back.
fn list(scenario: &Scenario, set: &(impl Fn(FootprintId, FootprintId, Option<u32>) + Clone + 'static)) -> Html {
    let name = |id| scenario.footprint(id).map_or("", |footprint| footprint.name.as_str());
    let rows = scenario.links.iter().filter_map(|link| Some((link.from, link.to, link.latency_micros?)));
    let row = |(from, to, micros): (FootprintId, FootprintId, u32)| {
        let set = set.clone();
        let onclick = Callback::from(move |_event: MouseEvent| set(from, to, None));
        let ends = format!("{} – {}", name(from), name(to));
        html! {
            <li key={u64::from(from.0) << 32 | u64::from(to.0)}>
                <span translate="no">{ &ends }</span>{ " " }{ milliseconds(micros) }{ " " }
                <button type="button" class="btn btn-s" aria-label={format!("Remove {ends}")} {onclick}>{ "Remove" }</button>
            </li>
        }
    };
    let rows: Vec<Html> = rows.map(row).collect();
    if rows.is_empty() {
        Html::default()
    } else {
        html! { <ul>{ for rows }</ul> }
    }
}

fn milliseconds(micros: u32) -> String {
    format!("{} ms", format::decimal(f64::from(micros) / 1000.0, 1))
}
