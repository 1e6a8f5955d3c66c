//! The form of a new rule: which machines, what they must, and where or how many. It reads as the sentence that it will be.

use yew::prelude::*;

use super::placement::{sentence, touched};
use crate::engine::model::{Criticality, Footprint, FootprintId, OsFamily, Rule, RuleId, RuleLevel};
use crate::store::new_rule::{Ask, By, Draft, Group};
use crate::store::{Action, Capture, Edit, Work, format, words};
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::ui::shared::{NumberField, SelectField, Switch, TextField};

const SYSTEMS: [OsFamily; 7] = [
    OsFamily::WindowsServer,
    OsFamily::WindowsDesktop,
    OsFamily::Rhel,
    OsFamily::Sles,
    OsFamily::Linux,
    OsFamily::Other,
    OsFamily::Unknown,
];
const LEVELS: [RuleLevel; 4] = [RuleLevel::Host, RuleLevel::Cluster, RuleLevel::Footprint, RuleLevel::Site];

/// Properties of [`AddRule`].
#[derive(PartialEq, Properties)]
pub struct AddRuleProps {
    /// The project.
    pub project: Work,
}

/// A change of the draft.
type Change<T> = fn(&mut Draft, T);

/// The form.
#[component]
pub fn AddRule(props: &AddRuleProps) -> Html {
    let store = use_services().store().clone();
    let draft = use_state(Draft::default);
    let (project, scenario) = (&props.project, props.project.scenario());
    if scenario.footprints.is_empty() || project.estate.machines.is_empty() {
        return html! { <p class="muted">{ "Rules need an estate and at least one footprint." }</p> };
    }
    let rule = draft.kind(&project.estate, scenario).map(|kind| Rule { id: RuleId(0), enabled: true, kind });
    let count = rule.as_ref().map_or(0, |rule| touched(project, &rule.kind));
    let reads = rule.as_ref().map(|rule| sentence(project, rule));
    let on_add = {
        let (draft, rule) = (draft.clone(), rule.filter(|_| count > 0));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(rule) = rule.clone() {
                store.dispatch(Action::Edit(Edit::AddRule(rule), Capture::Record));
                draft.set(Draft::default());
            }
        })
    };
    let form = Form { draft: &draft, project };
    let asks = Ask::ALL.map(|(_, words)| AttrValue::from(words)).to_vec();
    let asked = Ask::ALL.iter().position(|(ask, _)| *ask == draft.ask).unwrap_or(0);
    html! {
        <form class="fields add-rule" onsubmit={on_add}>
            { form.group("Which machines", &draft.who, |draft| &mut draft.who) }
            { part!(<SelectField label="Must they" options={asks} selected={asked} on_select={form.on(|draft, choice: usize| draft.ask = Ask::ALL[choice].0)} />) }
            { form.details() }
            <div class="field field-wide">
                <span class="field-label">{ format!("Touches {}", format::counted(count, "machine", "machines")) }</span>
                if let Some(reads) = reads { <p class="field-hint">{ reads }</p> }
                <button type="submit" class="btn" disabled={count == 0}>{ "Add rule" }</button>
            </div>
        </form>
    }
}

/// What the fields are made from.
struct Form<'a> {
    draft: &'a UseStateHandle<Draft>,
    project: &'a Work,
}

impl Form<'_> {
    fn on<T: 'static>(&self, change: impl Fn(&mut Draft, T) + 'static) -> Callback<T> {
        let draft = self.draft.clone();
        Callback::from(move |value: T| {
            let mut changed = (*draft).clone();
            change(&mut changed, value);
            draft.set(changed);
        })
    }

    /// The fields of a group of machines.
    fn group(&self, label: &'static str, group: &Group, of: fn(&mut Draft) -> &mut Group) -> Html {
        let ways = By::ALL.map(|(_, words)| AttrValue::from(words)).to_vec();
        let way = By::ALL.iter().position(|(by, _)| *by == group.by).unwrap_or(0);
        let clusters = &self.project.estate.clusters;
        let ids: Vec<_> = clusters.iter().map(|cluster| cluster.id).collect();
        let chosen = group.cluster.and_then(|id| ids.iter().position(|other| *other == id)).unwrap_or(0);
        let names: Vec<AttrValue> = clusters.iter().map(|cluster| AttrValue::from(cluster.name.clone())).collect();
        let system = SYSTEMS.iter().position(|system| *system == group.os).unwrap_or(0);
        html! {
            <>
                { part!(<SelectField {label} options={ways} selected={way} on_select={self.on(move |draft, choice: usize| of(draft).by = By::ALL[choice].0)} />) }
                if let Some([label, placeholder, help]) = group.by.text() {
                    { part!(<TextField {label} value={group.text.clone()} {placeholder} {help} on_change={self.on(move |draft, text: String| of(draft).text = text)} />) }
                }
                if group.by == By::Os {
                    { part!(<SelectField label="Guest system" options={SYSTEMS.map(|system| AttrValue::from(words::os_family(system))).to_vec()} selected={system}
                        on_select={self.on(move |draft, choice: usize| of(draft).os = SYSTEMS[choice])} />) }
                }
                if group.by == By::Criticality {
                    { part!(<SelectField label="Criticality" options={Criticality::ALL.map(|level| AttrValue::from(level.word().unwrap_or("not said"))).to_vec()}
                        selected={group.criticality as usize} on_select={self.on(move |draft, choice: usize| of(draft).criticality = Criticality::ALL[choice])} />) }
                }
                if group.by == By::Cluster && !names.is_empty() {
                    { part!(<SelectField label="Cluster" options={names} selected={chosen}
                        on_select={self.on(move |draft, choice: usize| of(draft).cluster = ids.get(choice).copied())} />) }
                }
            </>
        }
    }

    /// What else the rule asks for.
    fn details(&self) -> Html {
        let draft = &**self.draft;
        let level = LEVELS.iter().position(|level| *level == draft.level).unwrap_or(0);
        let set_level: Change<usize> = |draft, choice| draft.level = LEVELS[choice];
        html! {
            <>
                if draft.ask.names_place() { { self.place() } }
                if draft.ask == Ask::Allow { { for self.project.scenario().footprints.iter().map(|place| self.allowed(place)) } }
                if draft.ask == Ask::Residency { { self.countries() } }
                if draft.ask.has_level() {
                    { part!(<SelectField label="One and the same" options={LEVELS.map(|level| AttrValue::from(words::level(level))).to_vec()} selected={level} on_select={self.on(set_level)} />) }
                }
                if draft.ask.has_others() { { self.group("And which others", &draft.others, |draft| &mut draft.others) } }
                { for draft.ask.numbers().iter().enumerate().map(|(at, &(label, unit, decimals))| {
                    let on_change = self.on(move |draft, value: f64| draft.numbers[at] = value);
                    part!(key = label, <NumberField {label} {unit} {decimals} value={draft.numbers[at]} max={1e6} {on_change} />)
                }) }
            </>
        }
    }

    fn place(&self) -> Html {
        let footprints = &self.project.scenario().footprints;
        let ids: Vec<FootprintId> = footprints.iter().map(|footprint| footprint.id).collect();
        let options: Vec<AttrValue> = footprints.iter().map(|place| AttrValue::from(place.name.clone())).collect();
        let selected = self.draft.place.and_then(|id| ids.iter().position(|other| *other == id)).unwrap_or(0);
        let on_select = self.on(move |draft, choice: usize| draft.place = ids.get(choice).copied());
        part!(<SelectField label="Where" {options} {selected} {on_select} />)
    }

    fn allowed(&self, place: &Footprint) -> Html {
        let id = place.id;
        let on_change = self.on(move |draft, on: bool| {
            draft.allowed.retain(|other| *other != id);
            if on {
                draft.allowed.push(id);
                draft.allowed.sort_unstable();
            }
        });
        let checked = self.draft.allowed.contains(&id);
        part!(key = id.0.to_string(), <Switch label={place.name.clone()} {checked} {on_change} />)
    }

    fn countries(&self) -> Html {
        let (set_text, set_own): (Change<String>, Change<bool>) =
            (|draft, text| draft.countries = text, |draft, on| draft.own_sites = on);
        html! {
            <>
                { part!(<TextField label="Countries" value={self.draft.countries.clone()} placeholder="DE, FR" help="Two letters each, of the regions of places" on_change={self.on(set_text)} />) }
                { part!(<Switch label="Own sites, too" checked={self.draft.own_sites} help="Their country is not known" on_change={self.on(set_own)} />) }
            </>
        }
    }
}
