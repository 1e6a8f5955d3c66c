//! What money depends on besides prices; every figure can be changed.

mod applications;
mod currencies;
pub mod fields;
mod support;
mod updates;

use std::rc::Rc;

use yew::prelude::*;

use self::fields::{
    Amount, CHANGES, CLOUD, EXIT, GENERAL, HORIZON, LEAVING, Number, SITE_AMOUNTS, SITE_NUMBERS, VMWARE, YEARS,
};
use crate::engine::model::{Assumptions, Money};
use crate::store::{Action, Capture, Edit, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, MoneyField, NumberField};

/// Changes the assumptions. Changes under the same name, one after the other, are one step of undo.
pub type Change = Rc<dyn Fn(&str, &dyn Fn(&mut Assumptions))>;

/// The form.
#[component]
pub fn AssumptionsCard() -> Html {
    let store = use_services().store().clone();
    let assumptions = use_selector(|state| Rc::new(state.scenario().assumptions.clone()));
    let catalog = use_selector(|state| state.catalog.clone());
    let named = use_selector(|state| Rc::new(applications::named(state.scenario())));
    let on_currency = {
        let store = store.clone();
        Callback::from(move |currency| store.dispatch(Action::Edit(Edit::Currency(currency), Capture::Record)))
    };
    let on_more = super::on_more(&store);
    let change: Change = Rc::new(move |key, change| {
        let mut assumptions = store.state().scenario().assumptions.clone();
        change(&mut assumptions);
        store.dispatch(Action::Edit(Edit::Assumptions(assumptions), Capture::Coalesce(key.to_owned())));
    });
    part!(<Card title="What this stands on" note="every figure is yours to change; the comparison follows at once">
            <h3>{ "In general" }</h3>
            <div class="fields">
                { number(&HORIZON, &assumptions, &change) }
                { for GENERAL.iter().map(|field| amount(field, &assumptions, &change)) }
                { numbers(&VMWARE, &assumptions, &change) }
            </div>
            { currencies::view(&assumptions, &change, on_currency) }
            <h3>{ "Over the years" }</h3>
            <div class="fields">{ numbers(&YEARS, &assumptions, &change) }</div>
            { applications::view(&assumptions, &named, &change) }
            <details class="more-fields">
                <summary class="opens">{ "Changes of prices" }<span class="muted">{ changes_in_short(&assumptions) }</span></summary>
                <div class="fields">{ numbers(&CHANGES, &assumptions, &change) }</div>
            </details>
            <h3>{ "Moving, leaving and clouds" }</h3>
            <div class="fields">
                { numbers(&LEAVING, &assumptions, &change) }
                { amount(&EXIT, &assumptions, &change) }
                { numbers(&CLOUD, &assumptions, &change) }
                { support::plans(&assumptions, catalog.as_ref(), &change) }
            </div>
            <p><button type="button" class="btn" onclick={on_more.clone()}>{ "Moving data…" }</button></p>
            { updates::view(&assumptions, &change, on_more.clone()) }
            <h3>{ "Your own data centre" }</h3>
            <div class="fields">
                { for SITE_AMOUNTS.iter().map(|field| amount(field, &assumptions, &change)) }
                { support::of_hosts(&assumptions, &change) }
                { numbers(&SITE_NUMBERS, &assumptions, &change) }
            </div>
        </Card>)
}

/// How many prices change, in words.
fn changes_in_short(assumptions: &Assumptions) -> String {
    let mut current = assumptions.clone();
    match CHANGES.iter().filter(|field| field.read(&mut current) != 0.0).count() {
        0 => "none: prices stay as they are".to_owned(),
        some => format!("{some} of {}", CHANGES.len()),
    }
}

fn numbers(fields: &'static [Number], assumptions: &Assumptions, change: &Change) -> Html {
    html! { <>{ for fields.iter().map(|field| number(field, assumptions, change)) }</> }
}

/// The field of a number.
pub fn number(field: &'static Number, assumptions: &Assumptions, change: &Change) -> Html {
    let value = field.read(&mut assumptions.clone());
    let change = Rc::clone(change);
    let on_change = Callback::from(move |value: f64| {
        change(field.key, &|assumptions| field.write(assumptions, value));
    });
    part!(key = field.key, <NumberField label={field.label} unit={field.unit} help={field.help} {value} min={field.range.0} max={field.range.1}
        decimals={field.decimals()} {on_change} />)
}

/// The field of an amount.
pub fn amount(field: &'static Amount, assumptions: &Assumptions, change: &Change) -> Html {
    let mut current = assumptions.clone();
    let value = *(field.get)(&mut current);
    let change = Rc::clone(change);
    let on_change = Callback::from(move |value: Option<Money>| {
        if let Some(value) = value {
            change(field.key, &|assumptions| *(field.get)(assumptions) = value);
        }
    });
    let unit = format!("{} {}", format::currency_sign(assumptions.currency).trim_end(), field.per);
    part!(key = field.key, <MoneyField label={field.label} {unit} help={field.help} value={Some(value)} {on_change} />)
}
