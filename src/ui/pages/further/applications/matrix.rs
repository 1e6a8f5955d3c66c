//! Traffic between applications, as a grid whose cells are rules.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::store::applications::{Application, Traffic};
use crate::store::parse::NumberFormat;
use crate::store::{Action, AppState, Capture, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState, Help, SearchField, use_id};
use crate::web::{dom, typing};

/// Applications that are shown at a time: more cells than that nobody reads.
const MOST: usize = 20;
/// GiB a month, as a project file takes them.
const GIB: NumberFormat = NumberFormat { min: 0.0, max: 1e9, decimals: 0 };

/// A cell: row and column, counted from 0.
type At = (usize, usize);

/// The card.
#[component]
pub fn TrafficMatrix() -> Html {
    let work = use_selector(AppState::work);
    let text = use_state(String::new);
    let traffic = use_memo(work, |work| Traffic::of(&work.estate, work.scenario()));
    let help = part!(<Help label="What traffic does" text="Each cell is a rule: so many GiB a month from the application of the row to that of the column, evenly over their machines. Between places it costs what leaving them costs, so plans keep together what talks much. Within one place it costs nothing." />);
    let shown = traffic.shown(&text, MOST);
    let all = traffic.applications.len();
    let on_text = {
        let text = text.setter();
        Callback::from(move |typed: String| text.set(typed))
    };
    html! {
        { part!(<Card title="Traffic between applications" note="GiB a month, from the row to the column" actions={help}>
            if all == 0 {
                { part!(<EmptyState title="No applications yet" text="Group machines into applications above, or name the application of machines on Estate. What they send each other is entered here then." />) }
            } else {
                <>
                    if all > MOST {
                        <div class="toolbar">
                            { part!(<SearchField label="Find applications" value={(*text).clone()} on_input={on_text} placeholder="Find applications" />) }
                            <p class="muted" role="status">{ format!("{} of {} shown: those with traffic first, then the largest", shown.len(), format::counted(all as u64, "application", "applications")) }</p>
                        </div>
                    }
                    { part!(<Grid traffic={traffic.clone()} shown={Rc::new(shown)} />) }
                    if traffic.elsewhere > 0 {
                        <p class="muted">{ format::counted(traffic.elsewhere as u64, "other rule about traffic is off, or not between two applications", "other rules about traffic are off, or not between two applications") }</p>
                    }
                </>
            }
        </Card>) }
    }
}

/// Properties of [`Grid`].
#[derive(PartialEq, Properties)]
struct GridProps {
    traffic: Rc<Traffic>,
    /// Positions of the applications that are shown.
    shown: Rc<Vec<usize>>,
}

/// The grid: one tab stop. Arrows, Home and End move, Enter or a number edits, Delete empties.
#[component]
fn Grid(props: &GridProps) -> Html {
    let store = use_services().store().clone();
    let base = use_id();
    // Where the next key goes on: it may come before what the last one did is drawn.
    let here = use_mut_ref(|| (0, 0));
    let update = use_force_update();
    let editing = use_state(|| None::<String>);
    // Each edit has a box of its own.
    let edits = use_mut_ref(|| 0_u32);
    let refused = use_state(|| None::<String>);
    let last = props.shown.len().saturating_sub(1);
    let at: At = {
        let (row, column) = *here.borrow();
        (row.min(last), column.min(last))
    };
    *here.borrow_mut() = at;
    let put = {
        let (traffic, shown, refused, here) =
            (Rc::clone(&props.traffic), Rc::clone(&props.shown), refused.setter(), here.clone());
        // Whether the text was taken.
        Rc::new(move |text: &str| {
            let gib = match GIB.read(if text.trim().is_empty() { "0" } else { text }) {
                Ok(gib) => gib as u64,
                Err(error) => {
                    refused.set(Some(error.to_string()));
                    return false;
                }
            };
            refused.set(None);
            let at = *here.borrow();
            let Some((&from, &to)) = shown.get(at.0).zip(shown.get(at.1)) else { return true };
            if let Some(edit) = traffic.set(store.state().scenario(), from, to, gib) {
                store.dispatch(Action::Edit(edit, Capture::Record));
            }
            true
        })
    };
    // Edits the cell that is next: what it has, or what was typed in its place.
    let begin = {
        let (traffic, shown, here) = (Rc::clone(&props.traffic), Rc::clone(&props.shown), here.clone());
        let (editing, edits, refused) = (editing.setter(), edits.clone(), refused.setter());
        move |typed: Option<String>| {
            let at = *here.borrow();
            let Some((&from, &to)) = shown.get(at.0).zip(shown.get(at.1)) else { return };
            let flow = traffic.flow(from, to);
            if flow.can_be_set() {
                let present = || if flow.gib == 0 { String::new() } else { flow.gib.to_string() };
                *edits.borrow_mut() += 1;
                typing::hold();
                editing.set(Some(typed.unwrap_or_else(present)));
            } else {
                refused.set(Some("Several rules say it: change them in the list of rules".to_owned()));
            }
        }
    };
    let onkeydown = {
        let (here, update, base, begin, put) =
            (here.clone(), update.clone(), base.clone(), begin.clone(), Rc::clone(&put));
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            let is_command = event.ctrl_key() || event.meta_key() || event.alt_key();
            let at = *here.borrow();
            if let Some(next) = moved(at, last, &key, event.ctrl_key()) {
                event.prevent_default();
                *here.borrow_mut() = next;
                focus_cell(&base, next);
                update.force_update();
            } else if key == "Enter" || key == "F2" {
                event.prevent_default();
                begin(None);
            } else if key == "Delete" || key == "Backspace" {
                event.prevent_default();
                put("0");
            } else if !is_command && key.len() == 1 && key.bytes().all(|letter| letter.is_ascii_digit()) {
                event.prevent_default();
                begin(Some(key));
            }
        })
    };
    let onclick = {
        let here = here.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(cell) = cell_of(&event) {
                *here.borrow_mut() = cell;
                update.force_update();
                begin(None);
            }
        })
    };
    let on_end = {
        let (editing, refused, base) = (editing.setter(), refused.setter(), base.clone());
        Callback::from(move |(text, by_key): (Option<String>, bool)| {
            let is_taken = text.as_ref().is_none_or(|text| put(text));
            // What cannot be taken stays in the box; who goes elsewhere leaves it behind.
            if is_taken || !by_key {
                editing.set(None);
            }
            if text.is_none() {
                refused.set(None);
            }
            if is_taken && by_key {
                focus_cell(&base, at);
            }
            is_taken || !by_key
        })
    };
    let cell = |row: usize, column: usize| {
        let (from, to) = (props.shown[row], props.shown[column]);
        let flow = props.traffic.flow(from, to);
        let is_here = (row, column) == at;
        let class = classes!("num", (flow.gib == 0).then_some("muted"), (row == column).then_some("matrix-same"));
        let content = match &*editing {
            Some(text) if is_here => {
                let label = format!(
                    "GiB a month from {} to {}",
                    props.traffic.applications[from].name, props.traffic.applications[to].name
                );
                part!(key = edits.borrow().to_string(), <CellInput {label} text={text.clone()} on_end={on_end.clone()} />)
            }
            _ => html! { <span>{ format::count(flow.gib) }</span> },
        };
        html! {
            <td key={column} id={cell_id(&base, (row, column))} {class} data-cell={format!("{row} {column}")} aria-readonly={(!flow.can_be_set()).then_some("true")}
                tabindex={if is_here { "0" } else { "-1" }}>{ content }</td>
        }
    };
    let head = |&position: &usize| {
        let Application { name, .. } = &props.traffic.applications[position];
        html! { <th key={position} scope="col" class="num" translate="no">{ name }</th> }
    };
    let row = |(row, &position): (usize, &usize)| {
        let application = &props.traffic.applications[position];
        html! {
            <tr key={position}>
                <th scope="row">
                    <span translate="no">{ &application.name }</span>
                    <span class="muted matrix-machines">{ format::counted(application.machines as u64, "machine", "machines") }</span>
                </th>
                { for (0..props.shown.len()).map(|column| cell(row, column)) }
                <td class="num matrix-sum">{ format::count(application.sends) }</td>
            </tr>
        }
    };
    let received = |&position: &usize| {
        html! { <td key={position} class="num">{ format::count(props.traffic.applications[position].receives) }</td> }
    };
    html! {
        <>
            <div class="scroll-x scroll-y-md matrix-around">
                <table class="grid matrix" role="grid" aria-label="Traffic between applications">
                    <thead><tr>
                        <th scope="col">{ "From" }</th>
                        { for props.shown.iter().map(head) }
                        <th scope="col" class="num">{ "Sends" }</th>
                    </tr></thead>
                    <tbody {onkeydown} {onclick}>{ for props.shown.iter().enumerate().map(row) }</tbody>
                    <tfoot><tr class="sum">
                        <th scope="row">{ "Receives" }</th>
                        { for props.shown.iter().map(received) }
                        <td class="num">{ format::count(props.traffic.total) }</td>
                    </tr></tfoot>
                </table>
            </div>
            <p class="muted">{ "Arrow keys move, Enter changes a cell, Delete empties it. Sums count all applications." }</p>
            <div>if let Some(reason) = &*refused { <p class="field-error" role="alert">{ reason }</p> }</div>
        </>
    }
}

/// The cell to which a key leads, where it does.
fn moved((row, column): At, last: usize, key: &str, far: bool) -> Option<At> {
    Some(match key {
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowDown" => (last.min(row + 1), column),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowRight" => (row, last.min(column + 1)),
        "Home" => (if far { 0 } else { row }, 0),
        "End" => (if far { last } else { row }, last),
        _ => return None,
    })
}

fn cell_id(base: &str, (row, column): At) -> String {
    format!("{base}-{row}-{column}")
}

fn focus_cell(base: &str, at: At) {
    let cell = dom::document().get_element_by_id(&cell_id(base, at));
    if let Some(cell) = cell.and_then(|cell| cell.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(cell.focus());
    }
}

/// The cell that was clicked, unless it is being edited.
fn cell_of(event: &MouseEvent) -> Option<At> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    if target.matches("input").ok()? {
        return None;
    }
    let said = target.closest("[data-cell]").ok()??.get_attribute("data-cell")?;
    let (row, column) = said.split_once(' ')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// Properties of [`CellInput`].
#[derive(PartialEq, Properties)]
struct CellInputProps {
    label: String,
    text: String,
    /// The text, `None` where it stays as it was, and whether a key ended it; tells whether that is the end.
    on_end: Callback<(Option<String>, bool), bool>,
}

/// A box in a cell. Enter and leaving it commit, Escape goes back.
#[component]
fn CellInput(props: &CellInputProps) -> Html {
    let node = use_node_ref();
    // Taking the box away makes it lose the focus, which is no second end.
    let is_over = use_mut_ref(|| false);
    {
        let (node, text) = (node.clone(), props.text.clone());
        use_effect_with((), move |()| {
            if let Some(input) = node.cast::<web_sys::HtmlInputElement>() {
                drop(input.focus());
                // Once, and not as an attribute: what is typed stays when the grid is drawn again.
                input.set_value(&text);
                // A number that was begun by its first digit goes on behind it.
                let end = input.value().len() as u32;
                drop(input.set_selection_range(u32::from(end == 1), end));
            }
            typing::release();
        });
    }
    let onkeydown = {
        let (on_end, node, is_over) = (props.on_end.clone(), node.clone(), Rc::clone(&is_over));
        Callback::from(move |event: KeyboardEvent| {
            // Arrows and Delete are the box's own while it is there.
            event.stop_propagation();
            let key = event.key();
            if key == "Enter" || key == "Escape" {
                event.prevent_default();
                let text = node.cast::<web_sys::HtmlInputElement>().map(|input| input.value());
                is_over.replace(true);
                let is_end = on_end.emit((text.filter(|_| key == "Enter"), true));
                is_over.replace(is_end);
            }
        })
    };
    let onblur = {
        let (on_end, node) = (props.on_end.clone(), node.clone());
        Callback::from(move |_event: FocusEvent| {
            if !is_over.replace(true) {
                on_end.emit((node.cast::<web_sys::HtmlInputElement>().map(|input| input.value()), false));
            }
        })
    };
    html! {
        <input ref={node} class="cell-edit" inputmode="numeric" autocomplete="off" maxlength="20" aria-label={props.label.clone()} {onkeydown} {onblur} />
    }
}
