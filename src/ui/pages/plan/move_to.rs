//! What if these machines ran there? The difference in money and in what is valid, before anything is changed.

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::model::{FootprintId, MachineId, Money};
use crate::engine::outcome::Outcome;
use crate::store::moves::{self, Difference};
use crate::store::{Action, Capture, Edit, Shared, Work, format, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Help, SelectField};
use crate::web::dom;

/// Machines that are named; the others are counted.
const MOST_NAMED: usize = 3;

/// Properties of [`Move`].
#[derive(PartialEq, Properties)]
pub struct MoveProps {
    /// The machines.
    pub machines: Rc<Vec<MachineId>>,
    /// The result on screen.
    pub outcome: Shared<Outcome>,
    /// The project it was made from.
    pub project: Work,
    /// Something was changed.
    #[prop_or_default]
    pub on_done: Callback<()>,
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
    let told = told(props);
    let locked = told.locked;
    let tried = use_state(|| None::<Tried>);
    let here = use_mut_ref(|| 0_u32);
    let footprints: Vec<_> = scenario.footprints.iter().filter(|footprint| footprint.enabled).collect();
    let mut options = vec![AttrValue::from("Where it is cheapest")];
    options.extend(footprints.iter().map(|footprint| AttrValue::from(footprint.name.clone())));
    let ids: Vec<Option<FootprintId>> =
        std::iter::once(None).chain(footprints.iter().map(|footprint| Some(footprint.id))).collect();
    let wanted = tried.as_ref().map_or(told.to, |tried| tried.to);
    let selected = ids.iter().position(|&id| id == wanted).unwrap_or(0);
    let on_select = {
        let tried = tried.setter();
        Callback::from(move |choice: usize| {
            let to = ids.get(choice).copied().flatten();
            tried.set((!told.is_same || to != told.to).then_some(Tried { to, found: None }));
        })
    };
    {
        let (services, tried, outcome) = (services.clone(), tried.clone(), props.outcome.clone());
        let (scenario, machines) = (scenario.clone(), Rc::clone(&props.machines));
        let wanted = tried.as_ref().map(|tried| tried.to);
        // Compared with the plan on screen, and again with the one that the search ends with; not with every one on the way, since each look ends the search
        // and begins it anew.
        let last = (!planning).then(|| outcome.clone());
        use_effect_with((wanted, last, stale), move |_| {
            *here.borrow_mut() += 1;
            let turn = *here.borrow();
            let edit = wanted.filter(|_| !stale).and_then(|to| moves::edit(&scenario, &machines, to));
            if let Some((to, edit)) = wanted.zip(edit) {
                dom::spawn(async move {
                    let found = services.preview(moves::after(&scenario, edit)).await;
                    // Something else may be tried by now.
                    if let Some(then) = found.filter(|_| *here.borrow() == turn) {
                        let difference = moves::difference(&outcome, &then, &machines, &scenario);
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
        let (project, machines) = (props.project.clone(), Rc::clone(&props.machines));
        let on_done = props.on_done.clone();
        Callback::from(move |_event: MouseEvent| {
            if let Some(edit) = tried.as_ref().and_then(|tried| moves::edit(project.scenario(), &machines, tried.to)) {
                store.dispatch(Action::Edit(edit, Capture::Record));
            }
            tried.set(None);
            on_done.emit(());
        })
    };
    html! {
        <div class="move">
            { part!(<SelectField label={if props.machines.len() == 1 { "Run it in" } else { "Run them in" }} {options} {selected} {on_select} help="What it changes is shown before it is done" />) }
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
                    <button type="button" class="btn btn-primary" disabled={tried.found.is_none()} onclick={on_move}>{ if props.machines.len() == 1 { "Move it" } else { "Move them" } }</button>
                    <button type="button" class="btn" onclick={on_leave}>{ if props.machines.len() == 1 { "Leave it" } else { "Leave them" } }</button>
                } else {
                    { part!(<Lock machines={Rc::clone(&props.machines)} outcome={props.outcome.clone()} project={props.project.clone()} {locked} on_done={props.on_done.clone()} />) }
                }
            </div>
        </div>
    }
}

/// Where the machines are told to run.
#[derive(Clone, Copy)]
struct Told {
    /// How many of them are.
    locked: usize,
    /// Whether that is the same for all.
    is_same: bool,
    /// Where, if it is.
    to: Option<FootprintId>,
}

fn told(props: &MoveProps) -> Told {
    let pins = moves::pins(props.project.scenario());
    let all: Vec<Option<FootprintId>> = props.machines.iter().map(|id| pins.get(id).copied()).collect();
    let is_same = all.windows(2).all(|pair| pair[0] == pair[1]);
    let to = all.first().copied().flatten().filter(|_| is_same);
    Told { locked: all.iter().flatten().count(), is_same, to }
}

/// Properties of [`Lock`].
#[derive(PartialEq, Properties)]
struct LockProps {
    machines: Rc<Vec<MachineId>>,
    outcome: Shared<Outcome>,
    project: Work,
    /// How many of them are told where to run.
    locked: usize,
    on_done: Callback<()>,
}

/// Keeps machines where they are, or lets them go where it is cheapest. Neither says where else they are to go, so nothing is shown before; undo takes it back.
#[component]
fn Lock(props: &LockProps) -> Html {
    let store = use_services().store().clone();
    let edit = |edit: Option<Edit>| {
        let (store, on_done) = (store.clone(), props.on_done.clone());
        Callback::from(move |_event: MouseEvent| {
            if let Some(edit) = edit.clone() {
                store.dispatch(Action::Edit(edit, Capture::Record));
                on_done.emit(());
            }
        })
    };
    let scenario = props.project.scenario();
    let lock = moves::lock(scenario, &props.outcome.plan, &props.machines);
    let unlock = moves::edit(scenario, &props.machines, None);
    let several = props.machines.len() > 1;
    html! {
        <>
            if lock.is_some() {
                <button type="button" class="btn" onclick={edit(lock)}>{ if several { "Lock where they are" } else { "Lock here" } }</button>
            }
            if unlock.is_some() {
                <button type="button" class="btn" onclick={edit(unlock)}>{ if several { format!("Unlock {}", format::count(props.locked as u64)) } else { "Unlock".to_owned() } }</button>
            }
            { part!(<Help label="What a lock does" text="A locked machine stays in its place when the plan is made anew, whatever is cheaper. It is a rule that names the machine; Rules lists it." />) }
        </>
    }
}

fn preview(props: &MoveProps, found: &Difference, then: &Outcome) -> Html {
    let currency = props.project.scenario().assumptions.currency;
    let signed = |money: Money| {
        let sign = if money > Money::ZERO { "+" } else { "" };
        format!("{sign}{}", format::money(money, currency))
    };
    let place = there(props.project.scenario(), found, then);
    let tone = match found.monthly.cmp(&Money::ZERO) {
        std::cmp::Ordering::Greater => "num move-more",
        std::cmp::Ordering::Less => "num move-less",
        std::cmp::Ordering::Equal => "num",
    };
    let horizon = then.ledger.horizon_months;
    let (is_valid, validity) = validity(&props.project, found);
    html! {
        <>
            <dl class="facts">
                <dt>{ if props.machines.len() == 1 { "It would be on" } else { "They would be on" } }</dt><dd>{ place }</dd>
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

/// Where the machines would be: one place, or each with its number of machines.
fn there(scenario: &crate::engine::model::Scenario, found: &Difference, then: &Outcome) -> String {
    let name = |place: Option<u32>| {
        place.map_or_else(|| "no place".to_owned(), |place| words::place_name(scenario, &then.plan, place))
    };
    match found.there.as_slice() {
        [(place, _)] => name(*place),
        several => {
            let parts = several.iter().map(|&(place, count)| format!("{} {}", format::count(count), name(place)));
            parts.collect::<Vec<_>>().join(", ")
        }
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
pub fn validity(project: &Work, found: &Difference) -> (bool, String) {
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
        .filter_map(|&id| project.estate.machine(id))
        .map(|machine| machine.name.as_str())
        .collect();
    let more = found.lost.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {} more", format::count(more as u64)) } else { String::new() };
    let verb = if found.lost.len() == 1 { "loses its place" } else { "lose their places" };
    (false, format!("{}{more} {verb}", names.join(", ")))
}
