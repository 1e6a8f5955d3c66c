//! Applications that grow otherwise than the rest.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::Change;
use crate::engine::model::{ApplicationGrowth, Assumptions, Scenario};
use crate::ui::part::part;
use crate::ui::shared::NumberField;

/// The applications of a scenario: those that machines name, and those that have a growth of their own.
pub fn named(scenario: &Scenario) -> Vec<String> {
    let machines = scenario.edits.values().filter_map(|edit| edit.application.as_deref());
    let growing = scenario.assumptions.finance.application_growth.iter().map(|growth| growth.application.as_str());
    let names: BTreeSet<&str> = machines.chain(growing).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The fields, closed until they are asked for.
pub fn view(assumptions: &Assumptions, names: &[String], change: &Change) -> Html {
    let own = assumptions.finance.application_growth.len();
    let in_short = match (names.len(), own) {
        (0, _) => "no machine names an application".to_owned(),
        (all, 0) => format!("none of {all} otherwise"),
        (all, own) => format!("{own} of {all} otherwise"),
    };
    html! {
        <details class="more-fields" data-testid="application-growth">
            <summary class="opens">{ "Growth of applications" }<span class="muted">{ in_short }</span></summary>
            <p class="muted">
                { "The machines of an application grow at its own rate. Hosts and whatever machines share grow by the mix of what runs there, weighed by virtual processors. Applications are named on the page Estate." }
            </p>
            <div class="fields">{ for names.iter().map(|name| field(name, assumptions, change)) }</div>
        </details>
    }
}

fn field(name: &str, assumptions: &Assumptions, change: &Change) -> Html {
    let finance = &assumptions.finance;
    let own = finance.application_growth.iter().find(|growth| growth.application == name);
    let permille = own.map_or(finance.growth_permille_year, |growth| growth.permille_year);
    let help = if own.is_some() { "Its own; the growth of everything takes it back" } else { "As everything" };
    let on_change = {
        let (change, name) = (Rc::clone(change), name.to_owned());
        Callback::from(move |value: f64| {
            let permille = (value * 10.0).round() as u32;
            change(&format!("growth of {name}"), &|assumptions| set(assumptions, &name, permille));
        })
    };
    part!(key = name, <NumberField label={name.to_owned()} unit="% a year" {help} value={f64::from(permille) / 10.0} min={0.0} max={100.0} decimals=1 {on_change} />)
}

fn set(assumptions: &mut Assumptions, name: &str, permille_year: u32) {
    let finance = &mut assumptions.finance;
    finance.application_growth.retain(|growth| growth.application != name);
    if permille_year != finance.growth_permille_year {
        let place = finance.application_growth.partition_point(|growth| growth.application.as_str() < name);
        finance.application_growth.insert(place, ApplicationGrowth { application: name.to_owned(), permille_year });
    }
}
