//! Which machines are there, and what is said of each? The table, in which it can be said, and the dialogs to change one or many.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::cell_edit::CellEdit;
use super::listing::{Listing, Selection, Typing};
use crate::engine::model::{Criticality, MachineId, tags};
use crate::store::bulk::{Change, edits};
use crate::store::listing::machines::{APPLICATION, CRITICALITY, NAME, POWER, STORAGE_CLASS, TAGS};
use crate::store::listing::{self, Listed, OfMachines, Show};
use crate::store::{Action, Capture, Edit, Work};
use crate::ui::hooks::use_services;
use crate::ui::lazy::{Lazy, MachinesDialog, Place};
use crate::ui::part::part;
use crate::ui::shared::Segmented;

const SHOWS: [Show; 3] = [Show::All, Show::Planned, Show::SetAside];

/// Columns whose cells can be typed into.
const TYPED: [usize; 4] = [APPLICATION, TAGS, CRITICALITY, STORAGE_CLASS];

/// So many names are offered to choose from.
const MOST_NAMES: usize = 200;

/// Properties of [`Machines`].
#[derive(PartialEq, Properties)]
pub struct MachinesProps {
    /// The project.
    pub project: Work,
}

/// The table of machines.
#[component]
pub fn Machines(props: &MachinesProps) -> Html {
    let show = use_state(|| 0_usize);
    let open = use_state(|| None::<MachinesDialog>);
    let store = use_services().store().clone();
    let of =
        use_memo((props.project.clone(), *show), |(work, show)| OfMachines { work: work.clone(), show: SHOWS[*show] });
    let cell = {
        let of = Rc::clone(&of);
        Callback::from(move |(at, column): (usize, usize)| cell(&of, at, column))
    };
    let editor = {
        let of = Rc::clone(&of);
        Callback::from(move |(at, column, over): Typing| {
            let (store, edited) = (store.clone(), Rc::clone(&of));
            let on_end = Callback::from(move |text: Option<String>| {
                over.emit(());
                if let Some(text) = text {
                    let work = &edited.work;
                    let edits = edits(&work.estate, work.scenario(), [edited.at(at).0.id], &typed(column, text));
                    store.dispatch(Action::Edit(Edit::Machines(edits), Capture::Record));
                }
            });
            editor(&of, at, column, on_end)
        })
    };
    let bar = {
        let open = open.setter();
        Callback::from(move |selection: Selection| {
            let is_none = selection.is_empty();
            let (change, paste) = (open.clone(), open.clone());
            let change = Callback::from(move |_event: MouseEvent| {
                change.set(Some(MachinesDialog::Several(Rc::clone(&selection))));
            });
            let paste = Callback::from(move |_event: MouseEvent| paste.set(Some(MachinesDialog::Paste)));
            html! {
                <>
                    <button type="button" class="btn btn-s" disabled={is_none} onclick={change}>{ "Change…" }</button>
                    <button type="button" class="btn btn-s" onclick={paste}>{ "Paste rows…" }</button>
                </>
            }
        })
    };
    let on_open = {
        let open = open.setter();
        Callback::from(move |id: u64| open.set(Some(MachinesDialog::One(MachineId(id)))))
    };
    let on_show = {
        let show = show.setter();
        Callback::from(move |choice: usize| show.set(choice))
    };
    let on_close = {
        let open = open.setter();
        Callback::from(move |()| open.set(None))
    };
    let dialog = (*open).clone();
    html! {
        <>
            { part!(<Listing of={of as Rc<dyn Listed>} title="Machines" words={("machine", "machines")} placeholder="sql, os: windows 2012, memory > 64 GiB" height_rows={16}
                actions={part!(<Segmented label="Show" options={vec!["All", "Planned", "Left out"]} selected={*show} on_select={on_show} />)}
                bar={Some(bar)} cell={Some(cell)} on_open={Some(on_open)} editor={Some((&TYPED[..], editor))} />) }
            <div class="dialog-layer">
                if let Some(dialog) = dialog { { part!(<Lazy place={Place::Machines(dialog, on_close)} />) } }
            </div>
        </>
    }
}

/// What is changed by a text that was typed into a cell.
fn typed(column: usize, text: String) -> Change {
    match column {
        APPLICATION => Change { application: Some(text), ..Change::default() },
        TAGS => Change { tags: Some(tags(&text)), ..Change::default() },
        CRITICALITY => Change { criticality: Some(Criticality::of(&text).unwrap_or_default()), ..Change::default() },
        _ => Change { storage_class: Some(text), ..Change::default() },
    }
}

/// The box to type into a cell, with what others have there.
fn editor(of: &OfMachines, at: usize, column: usize, on_end: Callback<Option<String>>) -> Html {
    let is_level = column == CRITICALITY;
    let names: Vec<AttrValue> = if is_level {
        Criticality::ALL.map(|level| AttrValue::from(level.word().unwrap_or("not said"))).to_vec()
    } else {
        let others: BTreeSet<_> = (0..of.count()).filter_map(|other| of.text(other, column)).collect();
        others.into_iter().take(MOST_NAMES).map(|name| AttrValue::from(name.into_owned())).collect()
    };
    let value = of.text(at, column).unwrap_or_default().into_owned();
    let label = format!("{} of {}", of.title(column), of.at(at).0.name);
    part!(<CellEdit {label} {value} {names} only_names={is_level} {on_end} />)
}

fn cell(of: &OfMachines, at: usize, column: usize) -> Html {
    let (machine, edit) = of.at(at);
    let text = || listing::shown(of, at, column);
    match column {
        NAME => {
            html! { <><span class={(!of.is_planned(at)).then_some("muted")}>{ &machine.name }</span>if edit.is_some() { <span class="tag" translate="yes">{ "edited" }</span> }</> }
        }
        POWER if machine.set_aside().is_some() => html! { <span class="muted">{ text() }</span> },
        _ if TYPED.contains(&column) && of.text(at, column).is_none() => {
            html! { <span class="muted cell-add" translate="yes">{ "Add…" }</span> }
        }
        _ => html! { text() },
    }
}
