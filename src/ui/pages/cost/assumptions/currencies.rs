//! The currency of the totals, and what other currencies are worth.

use std::rc::Rc;

use yew::prelude::*;

use super::Change;
use crate::engine::model::{Assumptions, Currency, ExchangeRate};
use crate::ui::part::part;
use crate::ui::shared::{NumberField, SelectField, TextField};

/// Thousand-millionths in one.
const NANO: f64 = 1e9;

/// The fields, closed until they are asked for.
pub fn view(assumptions: &Assumptions, change: &Change, on_currency: Callback<Currency>) -> Html {
    let known = assumptions.currencies();
    let selected = known.iter().position(|&currency| currency == assumptions.currency).unwrap_or(0);
    let options: Vec<AttrValue> = known.iter().map(|currency| currency.code().into()).collect();
    let on_select = Callback::from(move |choice: usize| {
        if let Some(&currency) = known.get(choice) {
            on_currency.emit(currency);
        }
    });
    let others = Currency::ALL.into_iter().filter(|&currency| currency != Currency::Usd);
    html! {
        <details class="more-fields" data-testid="currencies">
            <summary class="opens">{ "Currencies" }<span class="muted">{ in_short(assumptions) }</span></summary>
            <p class="muted">{ "Prices, quotes and price lists keep their currency and are turned into that of the totals at these rates. A price in a currency without a rate cannot be used." }</p>
            <div class="fields">
                { part!(<SelectField label="Currency of the totals" {options} {selected} {on_select}
                    help="Currencies with a rate. Amounts entered here, in rules and for links are turned into it" />) }
            </div>
            <div class="fields">{ for others.map(|currency| rate(currency, assumptions, change)) }</div>
        </details>
    }
}

fn in_short(assumptions: &Assumptions) -> String {
    let code = assumptions.currency.code();
    match assumptions.rates.len() {
        0 => format!("totals in {code}, no rates"),
        1 => format!("totals in {code}, {}", assumptions.rates[0].in_words()),
        some => format!("totals in {code}, {some} rates"),
    }
}

/// The rate of one currency, with its day.
fn rate(currency: Currency, assumptions: &Assumptions, change: &Change) -> Html {
    let code = currency.code();
    let empty = || ExchangeRate { currency, ..ExchangeRate::default() };
    let rate = assumptions.rate(currency).cloned().unwrap_or_else(empty);
    let set = {
        let change = Rc::clone(change);
        move |rate: ExchangeRate| change(code, &|assumptions| assumptions.set_rate(rate.clone()))
    };
    let on_change = {
        let (set, rate) = (set.clone(), rate.clone());
        Callback::from(move |value: f64| {
            set(ExchangeRate { usd_per_unit_nanos: (value * NANO).round() as u64, ..rate.clone() });
        })
    };
    let has_rate = rate.usd_per_unit_nanos > 0;
    let on_day = {
        let rate = rate.clone();
        Callback::from(move |as_of: String| set(ExchangeRate { as_of, ..rate.clone() }))
    };
    // Without a rate of its own the totals would have none.
    let min = if currency == assumptions.currency { 0.000_001 } else { 0.0 };
    let help = if has_rate { "US dollars for one" } else { "US dollars for one; 0: no rate" };
    html! {
        <>
            { part!(key = code, <NumberField label={format!("1 {code}")} unit="USD" {help} value={rate.usd_per_unit_nanos as f64 / NANO} {min} max={1_000_000.0} step={0.01}
                decimals=6 {on_change} />) }
            if has_rate {
                { part!(<TextField label={format!("1 {code}: as of")} value={rate.as_of.clone()} placeholder="2026-11-26, ECB" help="The day of the rate, and whose it is"
                    max_length={40} on_change={on_day} />) }
            }
        </>
    }
}
