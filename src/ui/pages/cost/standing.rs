//! On what kind of prices the total stands.

use yew::prelude::*;

use super::MoneyProps;
use crate::engine::model::Money;
use crate::engine::order::Tally;
use crate::store::{format, words};
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::{Card, Help, Meter};

/// The total by the status of the prices behind it.
#[component]
pub fn Standing(props: &MoneyProps) -> Html {
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let ledger = &props.years.plan;
    let mut by_status = Tally::<_, Money>::default();
    for line in &ledger.lines {
        *by_status.at(line.status) += line.total;
    }
    let total = ledger.total().as_f64();
    part!(<Card title="What the total stands on" note="money by the status of its prices">
            <ul class="bars">
                { for by_status.0.iter().map(|&(status, amount)| {
                    let share = if total > 0.0 { amount.as_f64() / total } else { 0.0 };
                    html! {
                        <li key={words::price_status(status)}>
                            <span>{ words::price_status(status) }{ part!(<Help text={words::price_status_help(status)} />) }</span>
                            { part!(<Meter value={share} label={format!("{} of the total", format::percent(amount.as_f64(), total))} />) }
                            <span class="num">{ format::money_short(amount, currency) }</span>
                        </li>
                    }
                }) }
            </ul>
        </Card>)
}
