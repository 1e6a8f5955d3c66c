//! A ledger: places beside each other, which open to their lines, each line with its price and source.

use yew::prelude::*;

use crate::engine::cost::{Ledger, Line, Unit};
use crate::engine::model::{Currency, FootprintId, Money};
use crate::engine::outcome::Outcome;
use crate::store::over_years::OverYears;
use crate::store::places::{self, Counts};
use crate::store::{AppState, Shared, format, words};
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::Dialog;

/// How a ledger opens.
pub const NOTE: &str = "open a place to see its lines, and a line to see its arithmetic and its source";

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
    /// Its money over the years.
    pub years: Shared<OverYears>,
    /// The ledger to show.
    pub ledger: Which,
}

impl LedgerProps {
    fn ledger(&self) -> &Ledger {
        match self.ledger {
            Which::Plan => &self.years.plan,
            Which::Staying => &self.years.staying,
        }
    }
}

/// A ledger: places with their machines and money, which open to their lines, the total, and what is not priced.
#[component]
pub fn LedgerTable(props: &LedgerProps) -> Html {
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let project = use_selector(AppState::work);
    let scenario = project.scenario();
    let counts = match props.ledger {
        Which::Plan => places::of_plan(&props.outcome.plan, scenario),
        Which::Staying => places::of_staying(&project.estate, scenario),
    };
    let ledger = props.ledger();
    let names = scenario.footprints.iter().map(|footprint| (Some(footprint.id), footprint.name.clone()));
    let groups = names.chain([(None, "Shared by all".to_owned())]).filter(|(id, _)| ledger.of(*id).next().is_some());
    let machines: u64 = counts.0.iter().map(|(_, counts)| counts.machines).sum();
    let hosts: u64 = counts.0.iter().map(|(_, counts)| counts.hosts).sum();
    let class = classes!("ledger", (props.ledger == Which::Plan).then_some("ledger-wide"));
    let all = figures(ledger.lines.iter(), Counts { machines, hosts }, ledger.horizon_months);
    html! {
        <>
            <div {class} role="group">
                <div class="ledger-head" aria-hidden="true">
                    <span>{ "Place" }</span><span class="num extra">{ "machines" }</span><span class="num extra">{ "hosts" }</span>
                    <span class="num extra">{ "each, per month" }</span><span class="num">{ "per month" }</span><span class="num">{ format!("{} months", ledger.horizon_months) }</span>
                </div>
                { for groups.map(|(id, name)| {
                    let counts = counts.get(&id).copied().unwrap_or_default();
                    part!(key = id.map_or(0, |id| id.0), <Group of={props.clone()} {id} {name} {currency} {counts} />)
                }) }
                <div class="ledger-total" data-testid="ledger-total"><span>{ "Total" }</span>{ cells(&all, currency) }</div>
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

/// Properties of [`MadeOf`].
#[derive(PartialEq, Properties)]
pub struct MadeOfProps {
    /// The result on screen.
    pub outcome: Shared<Outcome>,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// The ledger of the plan over another page: what the figures of that page are made of.
#[component]
pub fn MadeOf(props: &MadeOfProps) -> Html {
    let finance = use_selector(|state| state.scenario().assumptions.finance.clone());
    let years = use_memo((props.outcome.clone(), finance), |(outcome, finance)| OverYears::of(outcome, finance));
    let actions = html! { <a class="btn" href="#/cost">{ "Go to Cost" }</a> };
    part!(<Dialog title="What it is made of" wide=true on_close={props.on_close.clone()} {actions}>
        <p class="muted">{ NOTE }</p>
        { part!(<LedgerTable outcome={props.outcome.clone()} years={Shared::from(years)} ledger={Which::Plan} />) }
    </Dialog>)
}

/// The figures of a place.
struct Figures {
    counts: Counts,
    /// A usual month of the first year.
    monthly: Money,
    /// Over all months.
    total: Money,
    months: u32,
}

fn figures<'a>(lines: impl Iterator<Item = &'a Line>, counts: Counts, months: u32) -> Figures {
    let (mut monthly, mut total) = (Money::ZERO, Money::ZERO);
    for line in lines {
        monthly += line.usual_month();
        total += line.total;
    }
    Figures { counts, monthly, total, months }
}

impl Figures {
    /// What each machine costs a month, all that is paid once included.
    fn each(&self) -> Option<Money> {
        let machine_months = i128::from(self.counts.machines) * i128::from(self.months);
        (machine_months > 0).then(|| self.total.scale(1, machine_months))
    }
}

/// The cells of a place after its name.
fn cells(figures: &Figures, currency: Currency) -> Html {
    let count = |count: u64| if count == 0 { "–".to_owned() } else { format::count(count) };
    let each = figures.each().map_or_else(|| "–".to_owned(), |each| format::money(each, currency));
    html! {
        <>
            <span class="num extra">{ count(figures.counts.machines) }<span class="visually-hidden">{ " machines" }</span></span>
            <span class="num extra">{ count(figures.counts.hosts) }<span class="visually-hidden">{ " hosts" }</span></span>
            <span class="num extra">{ each }<span class="visually-hidden">{ " a machine and month" }</span></span>
            <span class="num">{ format::money(figures.monthly, currency) }<span class="visually-hidden">{ " per month" }</span></span>
            <span class="num">{ format::money(figures.total, currency) }<span class="visually-hidden">{ " in all" }</span></span>
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
    counts: Counts,
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
    let ledger = props.of.ledger();
    let figures = figures(ledger.of(props.id), props.counts, ledger.horizon_months);
    html! {
        <details class="ledger-group">
            <summary class="ledger-row" {onclick}>
                <span>{ &props.name }</span>
                { cells(&figures, currency) }
                <span class="muted narrow">{ in_short(&figures, currency) }</span>
            </summary>
            if *open { { for ledger.of(props.id).enumerate().map(|(index, line)| line_view(index, line, currency)) } }
        </details>
    }
}

/// Where there is no room for columns: `92 machines · 6 hosts · $275 a machine and month`.
fn in_short(figures: &Figures, currency: Currency) -> String {
    let Counts { machines, hosts } = figures.counts;
    let mut parts = Vec::new();
    if machines > 0 {
        parts.push(format::counted(machines, "machine", "machines"));
    }
    if hosts > 0 {
        parts.push(format::counted(hosts, "host", "hosts"));
    }
    parts.extend(figures.each().map(|each| format!("{} a machine and month", format::money(each, currency))));
    parts.join(" · ")
}

/// Whether a line is paid every month, and not once.
fn is_monthly(line: &Line) -> bool {
    line.nature.is_running() && line.unit != Unit::Host
}

fn line_view(index: usize, line: &Line, currency: Currency) -> Html {
    let monthly = if is_monthly(line) {
        format::money(line.total.scale(1, i128::from(line.months().max(1))), currency)
    } else {
        "once".to_owned()
    };
    html! {
        <details class="ledger-line" key={index}>
            <summary class="ledger-row">
                <span>{ &line.label }{ " " }<span class="tag">{ words::price_status(line.status) }</span></span>
                <span class="num">{ monthly }</span>
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
    if is_monthly(line) || line.months() > 1 {
        text.push_str(&format!(" × {}", format::counted(u64::from(line.months()), "month", "months")));
    }
    text.push_str(&format!(" = {}", format::money(line.total, currency)));
    text
}
