//! The ledger of the plan: footprints that open to their lines, each line with its price and source.

use yew::prelude::*;

use super::OutcomeProps;
use crate::engine::cost::{Ledger, Line, Nature};
use crate::engine::model::{Currency, FootprintId, Money};
use crate::store::{format, words};
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::Card;

/// What the total is made of.
#[component]
pub fn Breakdown(props: &OutcomeProps) -> Html {
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let ledger = &props.outcome.ledger;
    let names = use_selector(|state| {
        state.scenario().footprints.iter().map(|footprint| (footprint.id, footprint.name.clone())).collect::<Vec<_>>()
    });
    let mut groups: Vec<(Option<FootprintId>, String)> =
        names.iter().map(|(id, name)| (Some(*id), name.clone())).collect();
    groups.push((None, "Shared by all".to_owned()));
    let groups = groups.into_iter().filter(|(id, _)| ledger.of(*id).next().is_some());
    part!(<Card title="What it is made of" note="open a line to see its arithmetic and its source">
            { part!(<LedgerTable ledger={ledger.clone()} {currency}>
                { for groups.map(|(id, name)| group(ledger, id, &name, currency)) }
            </LedgerTable>) }
        </Card>)
}

/// Properties of [`LedgerTable`].
#[derive(PartialEq, Properties)]
pub struct LedgerTableProps {
    /// The ledger whose total closes the table.
    pub ledger: Ledger,
    /// Its currency.
    pub currency: Currency,
    /// The groups of lines.
    pub children: Html,
}

/// The frame of a ledger: column heads, groups, total, and what is not priced.
#[component]
pub fn LedgerTable(props: &LedgerTableProps) -> Html {
    let (ledger, currency) = (&props.ledger, props.currency);
    html! {
        <>
            <div class="ledger" role="group">
                <div class="ledger-head" aria-hidden="true"><span>{ "Line" }</span><span class="num">{ "per month" }</span><span class="num">{ format!("{} months", ledger.horizon_months) }</span></div>
                { props.children.clone() }
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

/// One group of lines with its sums.
pub fn group(ledger: &Ledger, id: Option<FootprintId>, name: &str, currency: Currency) -> Html {
    let lines: Vec<&Line> = ledger.of(id).collect();
    let total: Money = lines.iter().map(|line| line.total).sum();
    let monthly: Money = lines.iter().map(|line| per_month(line)).sum();
    html! {
        <details class="ledger-group" key={id.map_or(0, |id| id.0)}>
            <summary class="ledger-row">
                <span>{ name }</span>
                <span class="num">{ format::money(monthly, currency) }</span>
                <span class="num">{ format::money(total, currency) }</span>
            </summary>
            { for lines.iter().enumerate().map(|(index, line)| line_view(index, line, currency)) }
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
