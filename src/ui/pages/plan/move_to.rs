//! What if this machine ran there? The difference in money and in what is valid, before anything is changed.

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::model::{FootprintId, MachineId, Money};
use crate::engine::outcome::Outcome;
use crate::store::moves::{self, Difference};
use crate::store::{Action, Capture, Shared, Work, format, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::SelectField;
use crate::web::dom;

/// Machines that are named; the others are counted.
const MOST_NAMED: usize = 3;

/// Properties of [`Move`].
#[derive(PartialEq, Properties)]
pub struct MoveProps {
    /// The machine.
    pub machine: MachineId,
    /// The result on screen.
    pub outcome: Shared<Outcome>,
    /// The project it was made from.
    pub project: Work,
}

/// What is tried: where to, and what that means once it is known.
#[derive(Clone, PartialEq)]
struct Tried {
    to: Option<FootprintId>,
    /// The difference, and the result that makes it.
    found: Option<Rc<(Difference, Outcome)>>,
}

/// Chooses where the machine runs, shows what that would change, and does it only then.
#[component]
pub fn Move(props: &MoveProps) -> Html {
    let services = use_services();
    let stale = use_selector(|state| state.outcome_is_stale);
    let planning = use_selector(|state| state.planning);
    let scenario = props.project.scenario();
    let pinned = moves::pinned(scenario, props.machine);
    let tried = use_state(|| None::<Tried>);
    let here = use_mut_ref(|| 0_u32);
    let footprints: Vec<_> = scenario.footprints.iter().filter(|footprint| footprint.enabled).collect();
    let mut options = vec![AttrValue::from("Where it is cheapest")];
    options.extend(footprints.iter().map(|footprint| AttrValue::from(footprint.name.clone())));
    let ids: Vec<Option<FootprintId>> =
        std::iter::once(None).chain(footprints.iter().map(|footprint| Some(footprint.id))).collect();
    let wanted = tried.as_ref().map_or(pinned, |tried| tried.to);
    let selected = ids.iter().position(|&id| id == wanted).unwrap_or(0);
    let on_select = {
        let tried = tried.setter();
        Callback::from(move |choice: usize| {
            let to = ids.get(choice).copied().flatten();
            tried.set((to != pinned).then_some(Tried { to, found: None }));
        })
    };
    {
        let (services, tried, outcome) = (services.clone(), tried.clone(), props.outcome.clone());
        let (scenario, machine) = (scenario.clone(), props.machine);
        let wanted = tried.as_ref().map(|tried| tried.to);
        // Compared with the plan on screen, and again with the one that the search ends with; not with every one on the way, since each look ends the search
        // and begins it anew.
        let last = (!planning).then(|| outcome.clone());
        use_effect_with((wanted, last, stale), move |_| {
            *here.borrow_mut() += 1;
            let turn = *here.borrow();
            let edit = wanted.filter(|_| !stale).and_then(|to| moves::edit(&scenario, machine, to));
            if let Some((to, edit)) = wanted.zip(edit) {
                dom::spawn(async move {
                    let found = services.preview(moves::after(&scenario, edit)).await;
                    // Something else may be tried by now.
                    if let Some(then) = found.filter(|_| *here.borrow() == turn) {
                        let difference = moves::difference(&outcome, &then, machine, &scenario);
                        tried.set(Some(Tried { to, found: Some(Rc::new((difference, *then))) }));
                    }
                });
            }
        });
    }
    let on_leave = {
        let tried = tried.setter();
        Callback::from(move |_event: MouseEvent| tried.set(None))
    };
    let on_move = {
        let (store, tried) = (services.store().clone(), tried.clone());
        let (project, machine) = (props.project.clone(), props.machine);
        Callback::from(move |_event: MouseEvent| {
            if let Some(edit) = tried.as_ref().and_then(|tried| moves::edit(project.scenario(), machine, tried.to)) {
                store.dispatch(Action::Edit(edit, Capture::Record));
            }
            tried.set(None);
        })
    };
    html! {
        <div class="move">
            { part!(<SelectField label="Run it in" {options} {selected} {on_select} help="What it changes is shown before it is done" />) }
            <div class="move-preview" role="status">
                if let Some(tried) = &*tried {
                    if let Some(found) = &tried.found {
                        { preview(props, &found.0, &found.1) }
                    } else {
                        <p class="muted">{ "Finding out what that changes…" }</p>
                    }
                }
            </div>
            <div class="move-actions">
                if let Some(tried) = &*tried {
                    <button type="button" class="btn btn-primary" disabled={tried.found.is_none()} onclick={on_move}>{ "Move it" }</button>
                    <button type="button" class="btn" onclick={on_leave}>{ "Leave it" }</button>
                }
            </div>
        </div>
    }
}

fn preview(props: &MoveProps, found: &Difference, then: &Outcome) -> Html {
    let currency = props.project.scenario().assumptions.currency;
    let signed = |money: Money| {
        let sign = if money > Money::ZERO { "+" } else { "" };
        format!("{sign}{}", format::money(money, currency))
    };
    let place = found
        .place
        .map_or_else(|| "no place".to_owned(), |place| words::place_name(props.project.scenario(), &then.plan, place));
    let tone = match found.monthly.cmp(&Money::ZERO) {
        std::cmp::Ordering::Greater => "num move-more",
        std::cmp::Ordering::Less => "num move-less",
        std::cmp::Ordering::Equal => "num",
    };
    let horizon = then.ledger.horizon_months;
    let (is_valid, validity) = validity(props, found);
    html! {
        <>
            <dl class="facts">
                <dt>{ "It would be on" }</dt><dd>{ place }</dd>
                <dt>{ "Each month" }</dt><dd class={tone}>{ signed(found.monthly) }</dd>
                <dt>{ format!("Over {horizon} months") }</dt><dd class={tone}>{ signed(found.total) }</dd>
                <dt>{ "Hosts" }</dt><dd class="num">{ more_or_fewer(found.hosts) }</dd>
                <dt>{ "Others in another place" }</dt><dd class="num">{ format::count(found.others) }</dd>
            </dl>
            <p class={if is_valid { "move-valid" } else { "move-invalid" }}>{ validity }</p>
            <p class="muted">{ "As the plan on screen takes it up at once; a better one is looked for after the move." }</p>
        </>
    }
}

fn more_or_fewer(hosts: i64) -> String {
    match hosts {
        0 => "as many as now".to_owned(),
        1.. => format!("{} more", format::count(hosts.unsigned_abs())),
        _ => format!("{} fewer", format::count(hosts.unsigned_abs())),
    }
}

/// Whether the plan is as good as before in what must hold, and a sentence about it.
fn validity(props: &MoveProps, found: &Difference) -> (bool, String) {
    if found.conflicts {
        return (false, "Then rules contradict each other".to_owned());
    }
    if found.lost.is_empty() {
        let text = match found.gained {
            0 => "Valid: every machine that has a place keeps one, and all rules hold".to_owned(),
            gained => format!(
                "Valid: {} more with a place, and all rules hold",
                format::counted(gained, "machine", "machines")
            ),
        };
        return (true, text);
    }
    let names: Vec<&str> = found
        .lost
        .iter()
        .take(MOST_NAMED)
        .filter_map(|&id| props.project.estate.machine(id))
        .map(|machine| machine.name.as_str())
        .collect();
    let more = found.lost.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {} more", format::count(more as u64)) } else { String::new() };
    let verb = if found.lost.len() == 1 { "loses its place" } else { "lose their places" };
    (false, format!("{}{more} {verb}", names.join(", ")))
}
