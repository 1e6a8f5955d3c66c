//! What does it cost, beside staying as is, of what is that made, and on what does it stand?

mod assumptions;
mod breakdown;
mod confidence;

use std::rc::Rc;

use yew::prelude::*;

use self::breakdown::{LedgerTable, Which};
use crate::chart::picture;
use crate::chart::stacked_columns::{Series, StackedColumns};
use crate::engine::cost::{LineKind, Nature};
use crate::engine::model::{Currency, Money};
use crate::engine::outcome::Outcome;
use crate::store::{AppState, Shared, format};
use crate::ui::charts::Chart;
use crate::ui::hooks::{use_later, use_selector};
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState, Kpi, KpiStrip, Segmented};

/// The cost page.
#[component]
pub fn CostPage() -> Html {
    let outcome = use_selector(|state| state.outcome.clone());
    let has_estate = use_selector(AppState::has_estate);
    let stale = use_selector(|state| state.outcome_is_stale);
    let busy = use_selector(|state| state.outcome_is_stale || state.planning);
    match outcome {
        Some(outcome) => html! {
            <div class={classes!("page", stale.then_some("stale"))} aria-busy={busy.to_string()}>
                <h1 class="visually-hidden">{ "Cost" }</h1>
                { part!(<Figures {outcome} />) }
            </div>
        },
        None if has_estate => {
            html! { <div class="page">{ part!(<EmptyState title="Computing the first plan" text="The cost appears with it." />) }</div> }
        }
        None => html! {
            <div class="page">
                { part!(<EmptyState title="No estate yet" text="Import an inventory, or try the sample, to see what it costs.">
                    <a class="btn btn-primary" href="#/estate">{ "Go to Estate" }</a>
                </EmptyState>) }
            </div>
        },
    }
}

/// Properties of the parts of the page.
#[derive(PartialEq, Properties)]
pub struct OutcomeProps {
    /// The result on screen.
    pub outcome: Shared<Outcome>,
}

/// The parts of the page: each in its turn, because all of them at once would stop it.
#[component]
fn Figures(props: &OutcomeProps) -> Html {
    let outcome = &props.outcome;
    let made_of = use_later(outcome, true);
    let side = use_later(outcome, made_of.as_ref() == Some(outcome));
    let inputs = use_later(&(), side.is_some());
    html! {
        <>
            { part!(<Headline outcome={outcome.clone()} />) }
            { part!(<CashCard outcome={outcome.clone()} />) }
            <div class="cols">
                { part!(<Card title="What it is made of" note="open a line to see its arithmetic and its source">
                    if let Some(outcome) = made_of { { part!(<LedgerTable {outcome} ledger={Which::Plan} />) } }
                </Card>) }
                <div class="stack">
                    if let Some(outcome) = side {
                        { part!(<confidence::Confidence outcome={outcome.clone()} />) }
                        { part!(<Card title="Staying as is" note="the same machines where they are">
                            { part!(<LedgerTable {outcome} ledger={Which::Staying} />) }
                        </Card>) }
                    }
                </div>
            </div>
            if inputs.is_some() { { part!(<assumptions::AssumptionsCard />) } }
        </>
    }
}

/// Total, run rate, moving, and the difference to staying.
#[component]
fn Headline(props: &OutcomeProps) -> Html {
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let unplaced = props.outcome.plan.unplaced.len() as u64;
    let (plan, staying) = (&props.outcome.ledger, &props.outcome.staying);
    let months = plan.horizon_months;
    let (total, stay_total) = (plan.total(), staying.total());
    let moving: Money = plan.lines.iter().filter(|line| line.nature == Nature::Migration).map(|line| line.total).sum();
    let horizon = if months.is_multiple_of(12) {
        format::counted(u64::from(months / 12), "year", "years")
    } else {
        format!("{months} months")
    };
    let moving_note = if moving == Money::ZERO {
        "nothing moves".to_owned()
    } else {
        format!("{} of the total", format::percent(moving.as_f64(), total.as_f64()))
    };
    part!(<KpiStrip label="Cost totals">
            { part!(<Kpi label={format!("Total over {horizon}")} value={format::money_short(total, currency)}
                note={difference(total, stay_total, currency)} tone={tone(total, stay_total)} />) }
            { part!(<Kpi label="Run rate, per month" value={format::money(plan.run_rate(), currency)}
                note={difference(plan.run_rate(), staying.run_rate(), currency)} tone={tone(plan.run_rate(), staying.run_rate())} />) }
            { part!(<Kpi label="Moving, once" value={format::money_short(moving, currency)} note={moving_note} />) }
            { part!(<Kpi label={format!("Staying as is, {horizon}")} value={format::money_short(stay_total, currency)}
                note={format!("{} a month", format::money(staying.run_rate(), currency))} />) }
            { part!(<Kpi label="Machines not in the total" value={format::count(unplaced)}
                note={if unplaced == 0 { "every planned machine is costed" } else { "they have no place yet" }}
                tone={(unplaced > 0).then_some("warn")} />) }
        </KpiStrip>)
}

/// How an amount stands to that of staying.
fn difference(amount: Money, staying: Money, currency: Currency) -> String {
    if staying <= Money::ZERO {
        return "nothing to compare with".to_owned();
    }
    let gap = amount - staying;
    let share = format::percent(gap.as_f64().abs(), staying.as_f64());
    let words = if gap <= Money::ZERO { "below staying" } else { "above staying" };
    let gap = if gap < Money::ZERO { -gap } else { gap };
    format!("{} ({share}) {words}", format::money_short(gap, currency))
}

fn tone(amount: Money, staying: Money) -> Option<&'static str> {
    (staying > Money::ZERO).then_some(if amount <= staying { "good" } else { "warn" })
}

/// Money by month, of the plan by kind and of staying as a line.
#[component]
fn CashCard(props: &OutcomeProps) -> Html {
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let cumulative = use_state(|| false);
    let choose = {
        let cumulative = cumulative.setter();
        Callback::from(move |choice: usize| cumulative.set(choice == 1))
    };
    let (outcome, is_cumulative) = (props.outcome.clone(), *cumulative);
    let picture = use_memo((outcome, is_cumulative, currency), |(outcome, cumulative, currency)| {
        cash_by_month(outcome, *cumulative, *currency)
    });
    part!(<Card title="Cash by month" note="this plan beside staying as is" actions={part!(<Segmented label="Cash by month" options={vec!["Monthly", "Cumulative"]} selected={usize::from(is_cumulative)} on_select={choose} />)}>
            { part!(<Chart of={picture as Rc<dyn picture::Chart>} />) }
        </Card>)
}

/// Kinds of line that are drawn as one: as many as there are colours that everybody can tell apart.
const GROUPS: [(&str, &[LineKind]); 6] = [
    ("Hosts", &[LineKind::Hosts]),
    ("Instances", &[LineKind::Instances]),
    ("Storage", &[LineKind::Storage]),
    ("Licences", &[LineKind::Licences]),
    (
        "Running it",
        &[
            LineKind::Network,
            LineKind::Power,
            LineKind::Facilities,
            LineKind::People,
            LineKind::Backup,
            LineKind::Service,
        ],
    ),
    ("Moving", &[LineKind::Migration]),
];

/// One series for each group of lines, and staying as a line, in currency units.
fn cash_by_month(outcome: &Outcome, cumulative: bool, currency: Currency) -> StackedColumns {
    let series = GROUPS
        .iter()
        .map(|(label, kinds)| {
            let months = outcome.ledger.by_month_of(&|line| kinds.contains(&line.kind));
            Series { label: (*label).to_owned(), values: units(&months, cumulative) }
        })
        .collect();
    StackedColumns {
        series,
        line: units(&outcome.staying.by_month(), cumulative),
        line_label: "Staying as is",
        format: Box::new(move |value| format::money_axis(Money::from_micros((value * 1e6) as i64), currency)),
    }
}

fn units(months: &[Money], cumulative: bool) -> Vec<f64> {
    let mut sum = Money::ZERO;
    months
        .iter()
        .map(|&month| {
            sum += month;
            if cumulative { sum.as_f64() } else { month.as_f64() }
        })
        .collect()
}
