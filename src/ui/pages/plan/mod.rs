//! Where does everything go, why there, how sure is that, and what has no place?

mod chosen;
mod distance;
mod drag;
mod failure;
mod flow;
mod host_stack;
mod hosts;
mod machines;
mod move_to;
mod unplaced;
mod why;

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::engine::cost::over_time;
use crate::engine::model::{MachineId, Money, Search};
use crate::engine::outcome::Outcome;
use crate::store::{Action, AppState, Capture, Edit, Shared, Work, format, places, words};
use crate::ui::hooks::{use_later, use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState, Kpi, KpiStrip, Switch, bring};

/// Machines that are selected, by id.
pub type Selection = Rc<BTreeSet<MachineId>>;

/// The plan page.
#[component]
pub fn PlanPage() -> Html {
    let outcome = use_selector(|state| state.outcome.clone());
    let project = use_selector(AppState::work);
    let has_estate = use_selector(AppState::has_estate);
    let stale = use_selector(|state| state.outcome_is_stale);
    let busy = use_selector(|state| state.outcome_is_stale || state.planning);
    let Some(outcome) = outcome else {
        return if has_estate {
            html! { <div class="page"><h1 class="visually-hidden">{ "Plan" }</h1>{ part!(<EmptyState title="Computing the first plan" text="It usually takes less than a second." />) }</div> }
        } else {
            html! {
                <div class="page">
                    <h1 class="visually-hidden">{ "Plan" }</h1>
                    { part!(<EmptyState title="No estate yet" text="Import an inventory, or try the sample, to see where it would run.">
                        <a class="btn btn-primary" href="#/estate">{ "Go to Estate" }</a>
                    </EmptyState>) }
                </div>
            }
        };
    };
    html! {
        <div class={classes!("page", stale.then_some("stale"))} aria-busy={busy.to_string()}>
            <h1 class="visually-hidden">{ "Plan" }</h1>
            { part!(<Parts {outcome} {project} />) }
        </div>
    }
}

/// The figures, and what is below them: each part in its turn, because all of it at once would stop the page.
#[component]
fn Parts(props: &PlanProps) -> Html {
    let flow = use_later(props, true);
    let side = use_later(props, flow.as_ref() == Some(props));
    let machines = use_later(props, side.as_ref() == Some(props));
    let hosts = use_later(props, machines.as_ref() == Some(props));
    let selection = use_state(Selection::default);
    let dragged = use_state(|| None::<Rc<Vec<MachineId>>>);
    let on_select = {
        let selection = selection.setter();
        Callback::from(move |next: Selection| selection.set(next))
    };
    let ondragstart = {
        let (selection, dragged) = (Rc::clone(&selection), dragged.setter());
        Callback::from(move |event: DragEvent| {
            // Whoever drags one of those that are selected means all of them.
            let all = |id: MachineId| {
                if selection.contains(&id) { selection.iter().copied().collect() } else { vec![id] }
            };
            dragged.set(drag::dragged(&event).map(|id| Rc::new(all(id))));
        })
    };
    let on_drop = {
        let dragged = dragged.setter();
        Callback::from(move |()| dragged.set(None))
    };
    let ondragend = on_drop.reform(|_event: DragEvent| ());
    let without_place = use_state(|| false);
    let (hosts_at, machines_at) = (use_node_ref(), use_node_ref());
    let on_hosts = use_callback(hosts_at.clone(), |_event: MouseEvent, hosts| bring(hosts));
    let on_without_place = {
        let show = without_place.setter();
        use_callback(machines_at.clone(), move |_event: MouseEvent, machines| {
            show.set(true);
            bring(machines);
        })
    };
    let on_show = {
        let show = without_place.setter();
        Callback::from(move |only: bool| show.set(only))
    };
    html! {
        <>
        { part!(<Headline outcome={props.outcome.clone()} project={props.project.clone()} {on_hosts} {on_without_place} />) }
        <div class="cols" {ondragstart} {ondragend}>
            <div class="stack">
                { part!(<Card title="Where it goes" note="from today's clusters to places" actions={part!(<Steady outcome={props.outcome.clone()} project={props.project.clone()} />)}>
                    if let Some(PlanProps { outcome, project }) = flow { { part!(<flow::Flow {outcome} {project} />) } }
                </Card>) }
                <div class="stack" tabindex="-1" ref={hosts_at}>if let Some(PlanProps { outcome, project }) = hosts { { part!(<hosts::Hosts {outcome} {project} />) } }</div>
                <div class="stack" tabindex="-1" ref={machines_at}>
                    if let Some(PlanProps { outcome, project }) = machines {
                        { part!(<machines::Machines {outcome} {project} selection={Rc::clone(&selection)} {on_select} without_place={*without_place} {on_show} />) }
                    }
                </div>
            </div>
            <div class="stack side">
                <div class="later">
                    if let Some(PlanProps { outcome, project }) = side {
                        { part!(<why::Why outcome={outcome.clone()} project={project.clone()} />) }
                        { part!(<unplaced::NoPlace {outcome} {project} />) }
                    }
                </div>
            </div>
            <div class="tray-layer">
                if let Some(machines) = &*dragged {
                    { part!(<drag::Tray machines={Rc::clone(machines)} outcome={props.outcome.clone()} project={props.project.clone()} {on_drop} />) }
                }
            </div>
        </div>
        </>
    }
}

/// What keeping a plan may cost when it is switched on, in millionths of the best plan; Rules has the number to change.
const STEADY_PPM: u32 = 20_000;

/// Whether later plans are to be like this one, and what that cost the last time.
#[component]
fn Steady(props: &PlanProps) -> Html {
    let store = use_services().store().clone();
    let search = use_selector(|state| state.scenario().search);
    let on_change = Callback::from(move |steady: bool| {
        let keep_ppm = if steady { STEADY_PPM } else { 0 };
        store.dispatch(Action::Edit(Edit::Search(Search { keep_ppm, ..search }), Capture::Record));
    });
    let help = match props.outcome.kept_for {
        Some(extra) if extra > Money::ZERO => {
            let extra = format::money_short(extra, props.project.scenario().assumptions.currency);
            format!("kept although {extra} could be saved")
        }
        _ => {
            let ppm = if search.is_steady() { search.keep_ppm } else { STEADY_PPM };
            format!(
                "move few machines after a change, if that costs under {} %",
                format::decimal(f64::from(ppm) / 1e4, 1)
            )
        }
    };
    part!(<Switch label="Keep this plan" checked={search.is_steady()} help={help} {on_change} />)
}

/// Properties of the parts of the page.
#[derive(Clone, PartialEq, Properties)]
pub struct PlanProps {
    /// The result on screen.
    pub outcome: Shared<Outcome>,
    /// The project it was made from.
    pub project: Work,
}

/// Properties of [`Headline`].
#[derive(PartialEq, Properties)]
struct HeadlineProps {
    outcome: Shared<Outcome>,
    project: Work,
    /// Shows the hosts.
    on_hosts: Callback<MouseEvent>,
    /// Shows the machines without a place.
    on_without_place: Callback<MouseEvent>,
}

/// What is shown of a figure over the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Made {
    Money,
    Distance,
}

/// Run rate, total, hosts, distance to the best possible, and machines without a place. Money opens to the ledger, the
/// distance to what it lies between, counts to the list of what they count.
#[component]
fn Headline(props: &HeadlineProps) -> Html {
    let opened = use_state(|| None::<Made>);
    let opens = |made: Made| {
        let opened = opened.setter();
        Callback::from(move |_event: MouseEvent| opened.set(Some(made)))
    };
    let on_money = opens(Made::Money);
    let on_close = {
        let opened = opened.setter();
        Callback::from(move |()| opened.set(None))
    };
    let outcome = &props.outcome;
    let currency = props.project.scenario().assumptions.currency;
    let plan = &outcome.plan;
    let finance = &props.project.scenario().assumptions.finance;
    let (ledger, staying) = (over_time(&outcome.ledger, finance), over_time(&outcome.staying, finance));
    let (hosts, empty) = places::hosts_in_use(plan, props.project.scenario());
    let instances: u64 = plan.places.iter().map(|place| u64::from(place.instances)).sum();
    let unplaced = plan.unplaced.len() as u64;
    let (rate, stay_rate) = (ledger.run_rate(), staying.run_rate());
    let gap = f64::from(plan.gap_ppm()) / 10_000.0;
    let weighed = props.project.scenario().objective.is_weighed();
    let gap_text = if plan.lower_bound == Money::ZERO && plan.cost > Money::ZERO {
        "not known".to_owned()
    } else if gap < 0.05 {
        "≤ 0.1 %".to_owned()
    } else {
        format!("≤ {} %", format::decimal(gap + 0.049, 1))
    };
    let rate_note = if stay_rate > Money::ZERO {
        let words = if rate <= stay_rate { "below staying" } else { "above staying" };
        format!("{} {words}", format::percent((rate - stay_rate).as_f64().abs(), stay_rate.as_f64()))
    } else {
        "nothing to compare with".to_owned()
    };
    let tone = (stay_rate > Money::ZERO).then_some(if rate <= stay_rate { "good" } else { "warn" });
    html! {
        <div>
        { part!(<KpiStrip label="Plan totals">
            { part!(<Kpi label="Run rate, per month" value={format::money(rate, currency)} note={rate_note} {tone} on_open={on_money.clone()}
                help={words::RUN_RATE} />) }
            { part!(<Kpi label={format!("Total over {} months", ledger.horizon_months)} value={format::money_short(ledger.total(), currency)} on_open={on_money}
                note={format!("staying: {}", format::money_short(staying.total(), currency))}
                help="All lines of the ledger over the horizon, with growth, changes of prices, and what is paid once for moving and leaving. What Cost lists as not priced and machines that have no place are not in it." />) }
            { part!(<Kpi label="Hosts" value={format::count(hosts)} on_open={(hosts > 0).then(|| props.on_hosts.clone())}
                note={format!("{} free for failures, {}", format::count(empty), format::counted(instances, "instance", "instances"))}
                help="Hosts in use in all places: existing ones that stay, and those that are rented or bought. Hosts that the plan switches off are not counted. Free for failures: hosts on which no machine runs." />) }
            { part!(<Kpi label="Distance to the best possible" value={gap_text} on_open={opens(Made::Distance)}
                note={if weighed { "of money, carbon and moves together" } else { "of the cost that depends on the plan" }} help="No plan under the same rules and prices can cost less than the proven lower bound. This is how far this plan may be from it at most." />) }
            { part!(<Kpi label="Machines without a place" value={format::count(unplaced)} on_open={(unplaced > 0).then(|| props.on_without_place.clone())}
                note={if unplaced == 0 { "every planned machine is placed" } else { "see below what would fit them" }}
                tone={(unplaced > 0).then_some("warn")}
                help={words::UNPLACED} />) }
        </KpiStrip>) }
        <div class="dialog-layer">
            { match *opened {
                Some(Made::Money) => part!(<super::cost::MadeOf outcome={outcome.clone()} {on_close} />),
                Some(Made::Distance) => {
                    let of = PlanProps { outcome: outcome.clone(), project: props.project.clone() };
                    part!(<distance::Distance {of} {on_close} />)
                }
                None => Html::default(),
            } }
        </div>
        </div>
    }
}
