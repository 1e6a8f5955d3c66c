//! Rules of placement as sentences, each with what it touches and what it costs.

use yew::prelude::*;

use super::add_rule::AddRule;
use crate::engine::model::{Machine, Rule, RuleKind, Selector};
use crate::store::{Action, AppState, Capture, Edit, Work, format, words};
use crate::ui::hooks::{use_later, use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState, Icon, IconName, Switch};

/// The rules, each with the number of machines that it touches.
#[component]
pub fn PlacementRules() -> Html {
    let services = use_services();
    let store = services.store().clone();
    let project = use_selector(AppState::work);
    let outcome = use_selector(|state| state.outcome.clone());
    let costs = use_selector(|state| state.rule_costs.clone());
    let busy = use_selector(|state| state.outcome_is_stale || state.planning);
    let scenario = project.scenario();
    // Every rule looks at every machine: that waits until the page is there, and is not done again for a new plan.
    let counted = use_later(&project, true);
    let counts = use_memo(counted, |counted| {
        let rules = counted.iter().flat_map(|project| project.scenario().rules.iter().map(move |rule| (project, rule)));
        rules.map(|(project, rule)| (rule.id, touched(project, &rule.kind))).collect::<Vec<_>>()
    });
    let ask = Callback::from(move |_event: MouseEvent| services.find_rule_costs());
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
                if let Some(cost) = costs.iter().find(|cost| cost.rule == rule.id) { <b class="num">{ words::rule_cost(scenario, cost) }</b> }
                if let Some((_, count)) = counts.iter().find(|(id, _)| *id == rule.id) { <span class="muted num">{ format::counted(*count, "machine", "machines") }</span> }
                <button type="button" class="icon-btn" title="Remove" aria-label={label} onclick={on_remove}>{ part!(<Icon name={IconName::Trash} />) }</button>
            </li>
        }
    });
    let conflicts = outcome.iter().flat_map(|outcome| &outcome.conflicts).map(|conflict| {
        let found = scenario.rules.iter().filter(|rule| conflict.rules.contains(&rule.id));
        let rules: Vec<String> = found.map(|rule| sentence(&project, rule)).collect();
        let machines = format::counted(conflict.machines.len() as u64, "machine", "machines");
        html! { <p class="warn" role="status">{ format!("These cannot all be kept, for {machines}: {}", rules.join("; ")) }</p> }
    });
    let actions = html! {
        if !scenario.rules.is_empty() { <button type="button" class="btn btn-s" disabled={busy} onclick={ask}>{ "What does each cost?" }</button> }
    };
    part!(<Card title="Placement rules" note="what must hold, whatever it costs" {actions}>
            { for conflicts }
            if scenario.rules.is_empty() {
                { part!(<EmptyState title="No rules yet" text="Every machine goes where it is cheapest." />) }
            } else {
                <ul class="switches">{ for rows }</ul>
            }
            { part!(<AddRule project={project.clone()} />) }
        </Card>)
}

/// How many machines a rule touches.
pub fn touched(project: &Work, kind: &RuleKind) -> u64 {
    let edits = &project.scenario().edits;
    let selects = |machine: &&Machine| {
        let selected = |selector: &Selector| selector.selects(machine, edits.get(&machine.id));
        selected(kind.selector()) || kind.others().is_some_and(selected)
    };
    project.estate.machines.iter().filter(selects).count() as u64
}

/// The rule as a sentence, with names in place of ids.
pub fn sentence(project: &Work, rule: &Rule) -> String {
    let sentence = words::rule(project.scenario(), rule);
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
