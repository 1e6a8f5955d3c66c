//! Machines grouped to applications: chosen, previewed, and done in one step.

use yew::prelude::*;

use crate::store::grouping::{GroupBy, Grouping, Groups};
use crate::store::{Action, AppState, Capture, Edit, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, Help, SelectField, Switch, TextField};

/// Applications that the preview names.
const NAMED: usize = 6;

/// The card.
#[component]
pub fn GroupMachines() -> Html {
    let store = use_services().store().clone();
    let work = use_selector(AppState::work);
    let grouping = use_state(Grouping::default);
    let groups = use_memo(((*grouping).clone(), work.clone()), |(grouping, work)| {
        grouping.groups(&work.estate, work.scenario())
    });
    let on_group = {
        let groups = groups.clone();
        Callback::from(move |_event: MouseEvent| {
            let edits = groups.edits(&work.estate, work.scenario());
            store.dispatch(Action::Edit(Edit::Machines(edits), Capture::Record));
        })
    };
    let count = groups.machines() as u64;
    let help = part!(<Help label="Why applications" text="Rules, criticality and migration waves speak of applications. RVTools knows none, but folders, tags, names and resource pools often follow them." />);
    html! {
        { part!(<Card title="Group machines into applications" note="see what it makes before it does" actions={help}>
            { fields(&grouping) }
            { preview(&groups) }
            <p>
                <button type="button" class="btn" disabled={count == 0} onclick={on_group}>
                    { ["Group ", &format::counted(count, "machine", "machines")].concat() }
                </button>
            </p>
        </Card>) }
    }
}

/// What the grouping goes by.
fn fields(grouping: &UseStateHandle<Grouping>) -> Html {
    let setter = grouping.setter();
    let now = Grouping::clone(grouping);
    let text = |put: fn(&mut Grouping, String)| {
        let (setter, now) = (setter.clone(), now.clone());
        Callback::from(move |text: String| {
            let mut next = now.clone();
            put(&mut next, text);
            setter.set(next);
        })
    };
    let options: Vec<AttrValue> = GroupBy::ALL.iter().map(|&(_, words)| AttrValue::from(words)).collect();
    let selected = GroupBy::ALL.iter().position(|&(by, _)| by == grouping.by).unwrap_or_default();
    let on_by = {
        let (setter, now) = (setter.clone(), now.clone());
        Callback::from(move |at: usize| {
            let by = GroupBy::ALL.get(at).map_or(GroupBy::default(), |&(by, _)| by);
            setter.set(Grouping { by, ..now.clone() });
        })
    };
    let on_keep = {
        let (setter, now) = (setter.clone(), now.clone());
        Callback::from(move |keep: bool| setter.set(Grouping { keep, ..now.clone() }))
    };
    let more = match grouping.by {
        GroupBy::Folder | GroupBy::ResourcePool => html! {},
        GroupBy::Tag => {
            part!(<TextField label="Tags that begin with" value={now.prefix.clone()} placeholder="app:" help="The application is what follows; without a text it is the whole first tag" on_change={text(|next, text| next.prefix = text)} />)
        }
        GroupBy::Name => {
            part!(<TextField label="Pattern" value={now.pattern.clone()} placeholder="[app]-*" help="[app] is the application, * any text, ? one letter" on_change={text(|next, text| next.pattern = text)} />)
        }
        GroupBy::Hand => html! {
            <>
                { part!(<TextField label="Names" value={now.machines.clone()} placeholder="db1, db2" help="Whole names, with commas between them" on_change={text(|next, text| next.machines = text)} />) }
                { part!(<TextField label="Application" value={now.application.clone()} placeholder="Shop" max_length={80} on_change={text(|next, text| next.application = text)} />) }
            </>
        },
    };
    html! {
        <>
            <div class="fields">
                { part!(<SelectField label="By" {options} {selected} on_select={on_by} />) }
                { more }
            </div>
            { part!(<Switch label="Machines that have an application keep it" checked={grouping.keep} on_change={on_keep} />) }
        </>
    }
}

/// What it would make: how many, the largest, and what stays as it is.
fn preview(groups: &Groups) -> Html {
    let count = |number: usize, one, many| format::counted(number as u64, one, many);
    let mut facts = vec![
        count(groups.applications.len(), "application", "applications"),
        count(groups.machines(), "machine gets one", "machines get one"),
    ];
    if groups.kept > 0 {
        facts.push(count(groups.kept, "keeps its own", "keep their own"));
    }
    if groups.without > 0 {
        facts.push(count(groups.without, "machine without one", "machines without one"));
    }
    let row = |(name, machines): &(String, Vec<_>)| {
        html! {
            <tr key={name.clone()}>
                <th scope="row" translate="no">{ name }</th>
                <td class="num">{ format::count(machines.len() as u64) }</td>
            </tr>
        }
    };
    let rest = groups.applications.len().saturating_sub(NAMED);
    html! {
        <div data-testid="groups">
            <p role="status">{ facts.join(" · ") }</p>
            if !groups.applications.is_empty() {
                <table class="grid grid-narrow">
                    <thead><tr><th scope="col">{ "The largest" }</th><th scope="col" class="num">{ "Machines" }</th></tr></thead>
                    <tbody>{ for groups.applications.iter().take(NAMED).map(row) }</tbody>
                </table>
            }
            if rest > 0 { <p class="muted">{ ["and ", &format::count(rest as u64), " more"].concat() }</p> }
        </div>
    }
}
