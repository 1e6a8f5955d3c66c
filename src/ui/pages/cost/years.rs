//! Money over the years: by month, by year, and in all, beside staying.

use std::rc::Rc;

use yew::prelude::*;

use super::MoneyProps;
use super::headline::discount;
use crate::chart::paired_columns::PairedColumns;
use crate::chart::picture;
use crate::chart::running_totals::RunningTotals;
use crate::chart::stacked_columns::{Series, StackedColumns};
use crate::engine::cost::Month;
use crate::engine::model::{Currency, Finance, Money};
use crate::store::format;
use crate::store::over_years::{GROUPS, OverYears, by_month, by_year, year_names};
use crate::ui::charts::Chart;
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::{Card, Help, Segmented};

/// What it is compared with, the same in every picture.
const STAYING: &str = "Staying as is";
const PLAN: &str = "This plan";

/// The pictures with a table of the figures that they show.
#[component]
pub fn YearsCard(props: &MoneyProps) -> Html {
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let finance = use_selector(|state| state.scenario().assumptions.finance.clone());
    let view = use_state(|| 0_usize);
    let choose = {
        let view = view.setter();
        Callback::from(move |choice: usize| view.set(choice))
    };
    let (years, chosen) = (&props.years, *view);
    let picture = use_memo((years.clone(), chosen, currency), |(years, chosen, currency)| -> Rc<dyn picture::Chart> {
        match chosen {
            0 => Rc::new(monthly(years, *currency)),
            1 => Rc::new(yearly(years, *currency)),
            _ => Rc::new(cumulative(years, *currency)),
        }
    });
    let actions = part!(<Segmented label="Over the years" options={vec!["By month", "By year", "Cumulative"]} selected={chosen} on_select={choose} />);
    part!(<Card title="Over the years" note="this plan beside staying as is" {actions}>
            { part!(<Chart of={Rc::clone(&*picture)} />) }
            { summary(years, &finance, currency) }
        </Card>)
}

/// A row of the summary: what, of which it is a sum, the plan, staying.
type SummaryRow = (String, &'static str, [Money; 2]);

fn summary(years: &OverYears, finance: &Finance, currency: Currency) -> Html {
    let (plan, staying) = (years.outlook.plan, years.outlook.staying);
    let rows: [SummaryRow; 4] = [
        ("Run rate, per month of year 1".to_owned(), "All that is paid every month", [plan.run_rate, staying.run_rate]),
        ("Paid once".to_owned(), "Moving machines, leaving hosts", [plan.once, staying.once]),
        (
            format!("Total over {}", format::duration(years.plan.horizon_months)),
            "The sum of all lines below",
            [plan.total, staying.total],
        ),
        (
            format!("Net present value at {}", discount(finance)),
            "The same, each month discounted to today",
            [plan.present_value, staying.present_value],
        ),
    ];
    let money = |amount| format::money(amount, currency);
    html! {
        <div class="scroll-x years-summary" tabindex="0" role="region" aria-label="Plan and staying in figures">
            <table class="grid">
                <thead><tr>
                    <th scope="col">{ "In figures" }</th><th scope="col" class="num">{ PLAN }</th>
                    <th scope="col" class="num">{ STAYING }</th><th scope="col" class="num">{ "Savings" }</th>
                </tr></thead>
                <tbody>{ for rows.into_iter().map(|(name, note, [plan, staying])| html! {
                    <tr key={note}>
                        <th scope="row">{ name }<span class="muted sub">{ note }</span></th>
                        <td class="num">{ money(plan) }</td><td class="num">{ money(staying) }</td><td class="num">{ money(staying - plan) }</td>
                    </tr>
                }) }</tbody>
            </table>
            <p class="muted">{ assumed(finance) }{ part!(<Help label="What growth and changes of prices do"
                text="Each line that runs for longer than a year has one line for each year: quantity × (1 + growth)^year, hosts in whole ones, × price × (1 + change)^year. Both are the same for the plan and for staying." />) }</p>
        </div>
    }
}

/// What is assumed of the years to come, in a sentence.
fn assumed(finance: &Finance) -> String {
    let changes = finance.price_changes;
    let steady = changes == crate::engine::model::PriceChanges::default();
    match (finance.growth_permille_year, steady) {
        (0, true) => {
            "Assumed: no growth, and prices that stay as they are; both can be changed under Over the years, below"
                .to_owned()
        }
        (0, false) => "Assumed: no growth, and the changes of prices under Over the years, below".to_owned(),
        (growth, true) => {
            format!("Assumed: growth of {} a year, and prices that stay as they are", format::permille(growth))
        }
        (growth, false) => {
            format!(
                "Assumed: growth of {} a year, and the changes of prices under Over the years, below",
                format::permille(growth)
            )
        }
    }
}

fn axis(currency: Currency) -> Box<dyn Fn(f64) -> String> {
    Box::new(move |value| format::money_axis(Money::from_micros((value * 1e6) as i64), currency))
}

/// One series for each group of lines, and staying as a line, in currency units.
fn monthly(years: &OverYears, currency: Currency) -> StackedColumns {
    let series = GROUPS.iter().zip(by_month(&years.plan));
    StackedColumns {
        series: series
            .map(|((label, _), months)| Series { label: (*label).to_owned(), values: units(&months) })
            .collect(),
        line: units(&years.staying.by_month()),
        line_label: STAYING,
        format: axis(currency),
    }
}

fn yearly(years: &OverYears, currency: Currency) -> PairedColumns {
    let of = |ledger| by_year(ledger).iter().map(|values| units(values)).collect();
    PairedColumns {
        groups: year_names(years.plan.horizon_months),
        series: GROUPS.iter().map(|(label, _)| (*label).to_owned()).collect(),
        names: [("Plan", "P"), ("Staying", "S")],
        values: [of(&years.plan), of(&years.staying)],
        format: axis(currency),
    }
}

fn cumulative(years: &OverYears, currency: Currency) -> RunningTotals {
    let outlook = &years.outlook;
    let so_far = |of: fn(&Month) -> Money| outlook.months.iter().map(|month| of(month).as_f64()).collect();
    RunningTotals {
        names: [PLAN, STAYING],
        totals: [so_far(|month| month.plan_so_far), so_far(|month| month.staying_so_far)],
        even: outlook.break_even_month.map(|month| month as usize),
        format: axis(currency),
    }
}

fn units(amounts: &[Money]) -> Vec<f64> {
    amounts.iter().map(|amount| amount.as_f64()).collect()
}
