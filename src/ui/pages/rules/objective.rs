//! What counts beside money when plans are compared, and how long and how steadily a better one is looked for.

use yew::prelude::*;

use crate::engine::model::{Money, Objective, Search};
use crate::store::{Action, Capture, Edit, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, MoneyField, NumberField};
use crate::web::choices;

/// A change of one weight.
type Set = fn(&mut Objective, Money);

/// The weights, and what the plan on screen is charged by them.
#[component]
pub fn WhatCounts() -> Html {
    let store = use_services().store().clone();
    let objective = use_selector(|state| state.scenario().objective);
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let outcome = use_selector(|state| state.outcome.clone());
    let field = |label: &'static str, of: &str, value: Money, help: &'static str, set: Set| {
        let store = store.clone();
        let on_change = Callback::from(move |amount: Option<Money>| {
            let mut objective = store.state().scenario().objective;
            set(&mut objective, amount.unwrap_or_default());
            store.dispatch(Action::Edit(Edit::Objective(objective), Capture::Record));
        });
        let unit = format!("{} {of}", currency.code());
        part!(<MoneyField {label} value={Some(value)} {unit} {help} {on_change} />)
    };
    let weighed = outcome.filter(|_| objective.is_weighed()).map(|outcome| outcome.weighed.clone());
    part!(<Card title="What counts" note="beside money, when plans are compared">
            <div class="fields">
                { field("Carbon", "a tonne CO₂e", objective.per_tonne,
                    "A price of carbon of your own. 0: emissions are shown and decide nothing. The emissions of your own grid are entered under Cost",
                    |objective, amount| objective.per_tonne = amount) }
                { field("A machine that moves", "a machine", objective.per_machine_moved,
                    "Effort and risk of a change, beside what moving costs. 0: only money decides",
                    |objective, amount| objective.per_machine_moved = amount) }
            </div>
            if let Some(weighed) = weighed {
                <p role="status">{ words::weighed(&weighed, currency) }</p>
                { for weighed.assumed.iter().map(|assumed| html! { <p class="muted">{ assumed }</p> }) }
            }
            if objective.is_weighed() {
                <p class="muted">{ words::NOBODY_PAYS }</p>
            }
        </Card>)
}

/// A change of the search.
type Turn = fn(&mut Search, f64);

/// Steps, seed, and what keeping a plan may cost.
#[component]
pub fn HowPlansAreFound() -> Html {
    let store = use_services().store().clone();
    let search = use_selector(|state| state.scenario().search);
    let change = move |turn: Turn| {
        let store = store.clone();
        Callback::from(move |value: f64| {
            let mut search = store.state().scenario().search;
            turn(&mut search, value);
            store.dispatch(Action::Edit(Edit::Search(search), Capture::Record));
        })
    };
    part!(<Card title="Search" note="the same inputs, steps and seed give the same plan everywhere">
            <div class="fields">
                { part!(<NumberField label="Steps" value={f64::from(search.steps)} max={1e5} step={100.0} unit="steps"
                    help="More take longer and may give a better plan; 0 takes the first valid one. New projects in this browser take as many" on_change={change(|search, value| {
                        search.steps = value as u32;
                        choices::remember_steps(search.steps);
                    })} />) }
                { part!(<NumberField label="Seed" value={search.seed as f64} max={1e9}
                    help="Decides what is left open" on_change={change(|search, value| search.seed = value as u64)} />) }
                { part!(<NumberField label="Keeping the plan on screen may cost" value={f64::from(search.keep_ppm) / 1e4} max={100.0} step={0.5} decimals=2 unit="%"
                    help="After a change few machines move, where that costs at most so much more. 0: the best plan takes its place" on_change={change(|search, value| search.keep_ppm = (value * 1e4).round() as u32)} />) }
            </div>
        </Card>)
}
