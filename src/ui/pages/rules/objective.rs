//! What counts beside money when plans are compared.

use yew::prelude::*;

use crate::engine::model::{Money, Objective};
use crate::store::{Action, Capture, Edit, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, MoneyField};

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
