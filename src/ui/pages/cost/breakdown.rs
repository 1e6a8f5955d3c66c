//! The ledger of the plan: footprints that open to their lines, each line with its price and source.

use yew::prelude::*;

use crate::engine::cost::{Ledger, Line, Nature};
use crate::engine::model::{Currency, FootprintId, Money};
use crate::engine::outcome::Outcome;
use crate::store::{Shared, format, words};
use crate::ui::hooks::use_selector;
use crate::ui::part::part;

/// Which of the two ledgers of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// That of the plan.
    Plan,
    /// That of staying as is.
    Staying,
}

/// Properties of [`LedgerTable`].
#[derive(Clone, PartialEq, Properties)]
pub struct LedgerProps {
    /// The result on screen.
    pub outcome: Shared<Outcome>,
    /// The ledger to show.
    pub ledger: Which,
}

impl LedgerProps {
    fn ledger(&self) -> &Ledger {
        match self.ledger {
            Which::Plan => &self.outcome.ledger,
            Which::Staying => &self.outcome.staying,
        }
    }
}

/// A ledger: footprints that open to their lines, the total, and what is not priced.
#[component]
pub fn LedgerTable(props: &LedgerProps) -> Html {
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let names = use_selector(|state| {
        state.scenario().footprints.iter().map(|footprint| (footprint.id, footprint.name.clone())).collect::<Vec<_>>()
    });
    let ledger = props.ledger();
    let groups = names.into_iter().map(|(id, name)| (Some(id), name)).chain([(None, "Shared by all".to_owned())]);
    let groups = groups.filter(|(id, _)| ledger.of(*id).next().is_some());
    html! {
        <>
            <div class="ledger" role="group">
                <div class="ledger-head" aria-hidden="true"><span>{ "Line" }</span><span class="num">{ "per month" }</span><span class="num">{ format!("{} months", ledger.horizon_months) }</span></div>
                { for groups.map(|(id, name)| part!(key = id.map_or(0, |id| id.0), <Group of={props.clone()} {id} {name} {currency} />)) }
                <div class="ledger-total" data-testid="ledger-total"><span>{ "Total" }</span><span class="num">{ format::money(ledger.run_rate(), currency) }</span><span class="num">{ format::money(ledger.total(), currency) }</span></div>
            </div>
            if !ledger.not_priced.is_empty() {
                <div class="not-priced">
                    <h3>{ "Not priced" }</h3>
                    <ul>{ for ledger.not_priced.iter().map(|text| html! { <li key={text.clone()}>{ text }</li> }) }</ul>
                </div>
            }
        </>
    }
}

/// Properties of [`Group`].
#[derive(PartialEq, Properties)]
struct GroupProps {
    of: LedgerProps,
    id: Option<FootprintId>,
    name: AttrValue,
    currency: Currency,
}

/// The lines of a footprint with their sums. The lines are there once it was opened: a large plan has thousands.
#[component]
fn Group(props: &GroupProps) -> Html {
    let open = use_state(|| false);
    let onclick = {
        let open = open.setter();
        Callback::from(move |_event: MouseEvent| open.set(true))
    };
    let currency = props.currency;
    let lines = || props.of.ledger().of(props.id);
    let total: Money = lines().map(|line| line.total).sum();
    let monthly: Money = lines().map(per_month).sum();
    html! {
        <details class="ledger-group">
            <summary class="ledger-row" {onclick}>
                <span>{ &props.name }</span>
                <span class="num">{ format::money(monthly, currency) }</span>
                <span class="num">{ format::money(total, currency) }</span>
            </summary>
            if *open { { for lines().enumerate().map(|(index, line)| line_view(index, line, currency)) } }
        </details>
    }
}

fn per_month(line: &Line) -> Money {
    if line.nature == Nature::Migration { Money::ZERO } else { line.total.scale(1, i128::from(line.months().max(1))) }
}

fn line_view(index: usize, line: &Line, currency: Currency) -> Html {
    let monthly = per_month(line);
    html! {
        <details class="ledger-line" key={index}>
            <summary class="ledger-row">
                <span>{ &line.label }<span class="tag sub">{ words::price_status(line.status) }</span></span>
                <span class="num">{ if line.nature == Nature::Migration { "once".to_owned() } else { format::money(monthly, currency) } }</span>
                <span class="num">{ format::money(line.total, currency) }</span>
            </summary>
            <p class="muted ledger-why">{ arithmetic(line, currency) }<br />{ words::price_status_help(line.status) }{ ": " }{ &line.source }</p>
        </details>
    }
}

/// `8 hosts × $6,108.71 × 36 months = $1,759,309`.
fn arithmetic(line: &Line, currency: Currency) -> String {
    let quantity = line.quantity_milli as f64 / 1000.0;
    let decimals = if line.quantity_milli % 1000 == 0 { 0 } else { 2 };
    let (one, many) = words::unit(line.unit);
    let unit = if line.quantity_milli == 1000 { one } else { many };
    let mut text =
        format!("{} {unit} × {}", format::decimal(quantity, decimals), format::price(line.unit_price, currency));
    if line.nature != Nature::Migration {
        text.push_str(&format!(" × {}", format::counted(u64::from(line.months()), "month", "months")));
    }
    text.push_str(&format!(" = {}", format::money(line.total, currency)));
    text
}
