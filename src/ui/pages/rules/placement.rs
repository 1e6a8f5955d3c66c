//! Rules of placement as sentences, and the form that makes them.

use yew::prelude::*;

use crate::engine::model::{FootprintId, Machine, Money, QuotaLimits, Rule, RuleId, RuleKind, RuleLevel, Selector};
use crate::store::{Action, AppState, Capture, Edit, Work, format, words};
use crate::ui::hooks::{use_later, use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState, Icon, IconName, NumberField, SelectField, Switch, TextField};

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

fn touched(project: &Work, kind: &RuleKind) -> u64 {
    let edits = &project.scenario().edits;
    let selects = |machine: &&Machine| {
        let selected = |selector: &Selector| selector.selects(machine, edits.get(&machine.id));
        selected(kind.selector()) || kind.others().is_some_and(selected)
    };
    project.estate.machines.iter().filter(selects).count() as u64
}

/// The rule as a sentence, with names in place of ids.
fn sentence(project: &Work, rule: &Rule) -> String {
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

/// Properties of [`AddRule`].
#[derive(PartialEq, Properties)]
struct AddRuleProps {
    project: crate::store::Work,
}

/// What a new rule can ask for: the words, and whether they name a place and a number, with its unit. Other kinds come with project files.
const ASKS: [(&str, bool, Option<&str>); 14] = [
    ("must run in", true, None),
    ("must not run in", true, None),
    ("share one host", false, None),
    ("share one footprint", false, None),
    ("share one site", false, None),
    ("do not share a host", false, None),
    ("do not share a cluster", false, None),
    ("do not share a site", false, None),
    ("share no host with others", false, None),
    ("need licensed hosts", false, Some("a core and year")),
    ("stay in their cluster", false, None),
    ("stay on their host", false, None),
    ("leave their cluster, at most", false, Some("machines")),
    ("run there, at most", true, Some("machines")),
];

/// The rule that asks for this.
fn ask(what: usize, machines: Selector, footprint: FootprintId, number: u32) -> RuleKind {
    let level = |what: usize| [RuleLevel::Host, RuleLevel::Footprint, RuleLevel::Site][what];
    let apart = |what: usize| [RuleLevel::Host, RuleLevel::Cluster, RuleLevel::Site][what];
    match what {
        0 => RuleKind::Pin { machines, footprint },
        1 => RuleKind::Forbid { machines, footprint },
        2..=4 => RuleKind::Together { machines, level: level(what - 2) },
        5..=7 => RuleKind::Apart { machines, level: apart(what - 5) },
        8 => RuleKind::Isolate { machines },
        9 => {
            let per_core_year = Money::from_units(i64::from(number));
            RuleKind::Licence { machines, per_core_year, per_host_year: Money::ZERO }
        }
        10 | 11 => RuleKind::Lock { machines, on_host: what == 11 },
        12 => RuleKind::MoveLimit { machines, most: number },
        _ => {
            let most = QuotaLimits { machines: Some(number), ..QuotaLimits::default() };
            RuleKind::Quota { machines, footprint, most }
        }
    }
}

/// The form of a new rule: which machines, what they must, and where or how many.
#[component]
fn AddRule(props: &AddRuleProps) -> Html {
    let store = use_services().store().clone();
    let scenario = props.project.scenario();
    let clusters = &props.project.estate.clusters;
    let (who, what, place) = (use_state(|| 0_usize), use_state(|| 0_usize), use_state(|| 0_usize));
    let (pattern, number) = (use_state(String::new), use_state(|| 100.0_f64));
    let mut who_options = ["Machines by name", "Machines by folder", "All machines"].map(AttrValue::from).to_vec();
    who_options.extend(clusters.iter().map(|cluster| AttrValue::from(format!("All of {}", cluster.name))));
    let place_options: Vec<AttrValue> =
        scenario.footprints.iter().map(|footprint| AttrValue::from(footprint.name.clone())).collect();
    let text = || pattern.trim().to_owned();
    let selector = match (*who, who.checked_sub(3).and_then(|index| clusters.get(index))) {
        (_, Some(cluster)) => Selector::Cluster(cluster.id),
        (1, _) => Selector::Folder(text()),
        (2, _) => Selector::All,
        _ => Selector::Name(text()),
    };
    let (_, names_place, unit) = ASKS[*what];
    let kind = scenario.footprints.get(*place).map(|place| ask(*what, selector, place.id, *number as u32));
    // Without a name nothing is touched, and the page need not look at every machine to say so.
    let is_named = *who >= 2 || !pattern.trim().is_empty();
    let count = kind.as_ref().filter(|_| is_named).map_or(0, |kind| touched(&props.project, kind));
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
    let on_number = {
        let number = number.setter();
        Callback::from(move |value: f64| number.set(value))
    };
    if place_options.is_empty() || props.project.estate.machines.is_empty() {
        return html! { <p class="muted">{ "Rules need an estate and at least one footprint." }</p> };
    }
    html! {
        <form class="fields add-rule" onsubmit={on_add}>
            { part!(<SelectField label="Which machines" options={who_options} selected={*who} on_select={choose(&who)} />) }
            if *who < 2 {
                { part!(<TextField label={["Name", "Folder"][*who]} value={(*pattern).clone()} placeholder="sql-*" help="* stands for any text, ? for one letter" on_change={on_pattern} />) }
            }
            { part!(<SelectField label="Must they" options={ASKS.map(|ask| AttrValue::from(ask.0)).to_vec()} selected={*what} on_select={choose(&what)} />) }
            if names_place {
                { part!(<SelectField label="Where" options={place_options} selected={*place} on_select={choose(&place)} />) }
            }
            if let Some(unit) = unit {
                { part!(<NumberField label="How many" value={*number} max={1e6} unit={unit} on_change={on_number} />) }
            }
            <div class="field">
                <span class="field-label">{ format!("Touches {}", format::counted(count, "machine", "machines")) }</span>
                <button type="submit" class="btn" disabled={!ready}>{ "Add rule" }</button>
            </div>
        </form>
    }
}
