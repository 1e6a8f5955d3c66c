//! The figures of the page: total, run rate, present value, break-even, carbon.

use yew::prelude::*;

use super::MoneyProps;
use super::energy::carbon;
use crate::engine::cost::Outlook;
use crate::engine::model::{Currency, Finance, Money};
use crate::store::format;
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::{Kpi, KpiStrip};

/// Total, run rate, present value, break-even and carbon, each beside staying.
#[component]
pub fn Headline(props: &MoneyProps) -> Html {
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let finance = use_selector(|state| state.scenario().assumptions.finance.clone());
    let unplaced = props.outcome.plan.unplaced.len() as u64;
    let outlook = &props.years.outlook;
    let (plan, staying) = (&outlook.plan, &outlook.staying);
    let (even, even_note) = break_even(outlook, currency);
    let (carbon, carbon_note) = carbon(&props.outcome);
    part!(<KpiStrip label="Cost totals">
            { part!(<Kpi label={format!("Total over {}", format::duration(props.years.plan.horizon_months))} value={format::money_short(plan.total, currency)}
                note={difference(plan.total, staying.total, currency)} tone={tone(plan.total, staying.total)}
                help="All lines of the ledger over the horizon, with growth, changes of prices, and what is paid once for moving and leaving. What Cost lists as not priced and machines that have no place are not in it." />) }
            { part!(<Kpi label="Run rate, per month" value={format::money(plan.run_rate, currency)}
                note={difference(plan.run_rate, staying.run_rate, currency)} tone={tone(plan.run_rate, staying.run_rate)}
                help="What a usual month of the first year costs: everything but what is paid once for moving and leaving." />) }
            { part!(<Kpi label={format!("Present value at {}", discount(&finance))} value={format::money_short(plan.present_value, currency)}
                note={difference(plan.present_value, staying.present_value, currency)} tone={tone(plan.present_value, staying.present_value)}
                help="The net present value: what is paid in later months is worth less today, by the discount rate. The payment of month m, from 0, is divided by (1 + rate)^(m ÷ 12)." />) }
            { part!(<Kpi label="Break-even" value={even} note={even_note}
                help="The month from which on the plan has cost less in all than staying would have. Paid back: what is paid once for moving and leaving ÷ what a usual month saves." />) }
            { part!(<Kpi label="Carbon, per year" value={carbon} note={carbon_note}
                help="Emissions of the electricity of the first year in CO₂ equivalent, with the emissions of the grid at each place. See Energy and carbon below for the method." />) }
            if unplaced > 0 {
                { part!(<Kpi label="Machines not in the total" value={format::count(unplaced)} note="they have no place yet" tone="warn"
                    help="Planned machines that no place takes, for want of room or because of rules or limits. What they would cost is in no total." />) }
            }
        </KpiStrip>)
}

/// The discount rate: `7 %`.
pub fn discount(finance: &Finance) -> String {
    format::permille(finance.discount_permille_year)
}

/// The month of break-even, and what it takes.
fn break_even(outlook: &Outlook, currency: Currency) -> (String, String) {
    let month = outlook.break_even_month.map_or_else(
        || "Not within".to_owned() + &format!(" {} months", outlook.months.len()),
        |month| format!("Month {month}"),
    );
    let once = format!("{} paid once", format::money_short(outlook.plan.once, currency));
    let note = match outlook.payback_months {
        Some(0) => "nothing is paid once".to_owned(),
        Some(months) => format!("{once}, paid back after {}", format::counted(u64::from(months), "month", "months")),
        None => format!("{once}, never paid back"),
    };
    (month, note)
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
