//! Rules of placement as sentences, and the form that makes them.

use yew::prelude::*;

use crate::engine::model::{FootprintId, Machine, Project, Rule, RuleId, RuleKind, Selector};
use crate::store::{Action, Capture, Edit, format, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState, Icon, IconName, SelectField, Switch, TextField};

/// The rules, each with the number of machines that it touches.
#[component]
pub fn PlacementRules() -> Html {
    let store = use_services().store().clone();
    let project = use_selector(|state| state.project.clone());
    let scenario = &project.scenarios[0];
    let rows = scenario.rules.iter().map(|rule| {
        let (toggle, remove, changed, id) = (store.clone(), store.clone(), rule.clone(), rule.id);
        let on_change = Callback::from(move |enabled: bool| {
            toggle.dispatch(Action::Edit(Edit::Rule(Rule { enabled, ..changed.clone() }), Capture::Record));
        });
        let on_remove =
            Callback::from(move |_event: MouseEvent| remove.dispatch(Action::Edit(Edit::RemoveRule(id), Capture::Record)));
        let sentence = sentence(&project, rule);
        let label = format!("Remove: {sentence}");
        html! {
            <li key={rule.id.0}>
                { part!(<Switch label={sentence} checked={rule.enabled} {on_change} />) }
                <span class="grow"></span>
                <span class="muted num">{ format::counted(touched(&project, &rule.kind), "machine", "machines") }</span>
                <button type="button" class="icon-btn" title="Remove" aria-label={label} onclick={on_remove}>{ part!(<Icon name={IconName::Trash} />) }</button>
            </li>
        }
    });
    part!(<Card title="Placement rules" note="what must hold, whatever it costs">
            if scenario.rules.is_empty() {
                { part!(<EmptyState title="No rules yet" text="Every machine goes where it is cheapest." />) }
            } else {
                <ul class="switches">{ for rows }</ul>
            }
            { part!(<AddRule project={project.clone()} />) }
        </Card>)
}

fn touched(project: &Project, kind: &RuleKind) -> u64 {
    let edits = &project.scenarios[0].edits;
    let selects = |machine: &&Machine| {
        let selected = |selector: &Selector| selector.selects(machine, edits.get(&machine.id));
        selected(kind.selector()) || kind.others().is_some_and(selected)
    };
    project.estate.machines.iter().filter(selects).count() as u64
}

/// The rule as a sentence, with names in place of ids.
fn sentence(project: &Project, rule: &Rule) -> String {
    let sentence = words::rule(&project.scenarios[0], rule);
    let who = match rule.kind.selector() {
        Selector::Cluster(id) => project.estate.cluster(*id).map(|cluster| format!("All machines of {}", cluster.name)),
        Selector::Machines(ids) => match ids.as_slice() {
            [id] => project.estate.machine(*id).map(|machine| machine.name.clone()),
            _ => None,
        },
        _ => None,
    };
    who.map_or_else(|| sentence.clone(), |who| sentence.replacen(&words::selector(rule.kind.selector()), &who, 1))
}

/// Properties of [`AddRule`].
#[derive(PartialEq, Properties)]
struct AddRuleProps {
    project: crate::store::Shared<Project>,
}

/// The form of a new rule: which machines, must or must not, where.
#[component]
fn AddRule(props: &AddRuleProps) -> Html {
    let store = use_services().store().clone();
    let scenario = &props.project.scenarios[0];
    let clusters = &props.project.estate.clusters;
    let (who, must, place) = (use_state(|| 0_usize), use_state(|| 0_usize), use_state(|| 0_usize));
    let pattern = use_state(String::new);
    let mut who_options = vec![AttrValue::from("Machines by name")];
    who_options.extend(clusters.iter().map(|cluster| AttrValue::from(format!("All of {}", cluster.name))));
    let places: Vec<FootprintId> = scenario.footprints.iter().map(|footprint| footprint.id).collect();
    let place_options: Vec<AttrValue> =
        scenario.footprints.iter().map(|footprint| AttrValue::from(footprint.name.clone())).collect();
    let selector = match who.checked_sub(1).and_then(|index| clusters.get(index)) {
        Some(cluster) => Selector::Cluster(cluster.id),
        None => Selector::Name(pattern.trim().to_owned()),
    };
    let kind = places.get(*place).map(|&footprint| {
        let machines = selector.clone();
        if *must == 0 { RuleKind::Pin { machines, footprint } } else { RuleKind::Forbid { machines, footprint } }
    });
    let count = kind.as_ref().map_or(0, |kind| touched(&props.project, kind));
    let ready = kind.is_some() && count > 0;
    let on_add = {
        let pattern = pattern.setter();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(kind) = kind.clone().filter(|_| ready) {
                store.dispatch(Action::Edit(
                    Edit::AddRule(Rule { id: RuleId(0), enabled: true, kind }),
                    Capture::Record,
                ));
                pattern.set(String::new());
            }
        })
    };
    let choose = |state: &UseStateHandle<usize>| {
        let state = state.setter();
        Callback::from(move |choice: usize| state.set(choice))
    };
    let on_pattern = {
        let pattern = pattern.setter();
        Callback::from(move |text: String| pattern.set(text))
    };
    if places.is_empty() || props.project.estate.machines.is_empty() {
        return html! { <p class="muted">{ "Rules need an estate and at least one footprint." }</p> };
    }
    html! {
        <form class="fields add-rule" onsubmit={on_add}>
            { part!(<SelectField label="Which machines" options={who_options} selected={*who} on_select={choose(&who)} />) }
            if *who == 0 {
                { part!(<TextField label="Name" value={(*pattern).clone()} placeholder="sql-*" help="* stands for any text, ? for one letter" on_change={on_pattern} />) }
            }
            { part!(<SelectField label="Must they" options={vec![AttrValue::from("must run in"), AttrValue::from("must not run in")]} selected={*must} on_select={choose(&must)} />) }
            { part!(<SelectField label="Where" options={place_options} selected={*place} on_select={choose(&place)} />) }
            <div class="field">
                <span class="field-label">{ format!("Touches {}", format::counted(count, "machine", "machines")) }</span>
                <button type="submit" class="btn" disabled={!ready}>{ "Add rule" }</button>
            </div>
        </form>
    }
}
