//! How the state changes.

use std::rc::Rc;

use crate::engine::model::{Cluster, Estate, Footprint, FootprintKind, MachineEdit, MachineId, Project, Scenario};
use crate::engine::outcome::{Outcome, default_footprints};

use super::{
    Action, AppState, Capture, Certainty, Edit, Effect, History, JobState, Keeping, Page, SaveState, Shared, Toast,
    ToastKind, UiAction,
};

/// The state after `action`, and what is to be done about it. Total and pure.
#[must_use]
pub fn update(state: &AppState, action: Action) -> (AppState, Vec<Effect>) {
    let mut next = state.clone();
    let effects = match action {
        Action::Edit(..) | Action::Undo | Action::Redo if state.keeping == Keeping::Follows => refuse(&mut next),
        Action::Edit(edit, capture) => apply_edit(&mut next, edit, &capture),
        Action::Undo => {
            let before = next.history.undo(next.project.clone());
            travel(&mut next, before)
        }
        Action::Redo => {
            let after = next.history.redo(next.project.clone());
            travel(&mut next, after)
        }
        Action::Restored(project) => {
            next.project = Shared::new(*project);
            with_footprints(&mut next);
            plan_again(&mut next)
        }
        Action::Switched(project) => {
            next.project = Shared::new(*project);
            next.history = History::default();
            (next.ui.scenario, next.ui.machine, next.ui.footprint) = (0, None, None);
            with_footprints(&mut next);
            let mut effects = plan_again(&mut next);
            effects.extend(address(&next));
            effects
        }
        Action::Keeping(keeping) => {
            next.keeping = keeping;
            Vec::new()
        }
        Action::CatalogLoaded(catalog) => {
            next.catalog = Some(Shared::new(*catalog));
            if with_footprints(&mut next) { changed(&mut next) } else { plan_again(&mut next) }
        }
        Action::Priced(prices, catalog) => {
            next.priced = Some((prices, Shared::new(*catalog)));
            Vec::new()
        }
        Action::JobStarted(kind) => {
            next.job = Some(JobState { kind, phase: String::new(), done: 0, total: 0 });
            Vec::new()
        }
        Action::JobProgress { phase, done, total } => {
            if let Some(job) = &mut next.job {
                (job.phase, job.done, job.total) = (phase, done, total);
            }
            Vec::new()
        }
        Action::JobEnded => {
            next.job = None;
            Vec::new()
        }
        Action::PlanStarted => {
            next.planning = true;
            Vec::new()
        }
        Action::Planned(outcome) => {
            let outcome = Shared::new(*outcome);
            // One that was to be like the plan before depends on that too.
            if !next.scenario().search.is_steady() {
                let (estate, scenario) = (Rc::clone(&next.project.estate), next.scenario().clone());
                remember(&mut next, estate, &scenario, outcome.clone());
            }
            next.outcome = Some(outcome);
            next.outcome_is_stale = false;
            next.planning = false;
            plan_others(&next)
        }
        Action::Computed(estate, scenario, outcome) => {
            remember(&mut next, estate, &scenario, Shared::new(*outcome));
            plan_others(&next)
        }
        Action::Better(outcome) => {
            next.outcome = Some(Shared::new(*outcome));
            next.outcome_is_stale = false;
            Vec::new()
        }
        Action::PlanStopped => {
            next.planning = false;
            plan_others(&next)
        }
        Action::PlanLost => {
            next.planning = false;
            if next.outcome_is_stale { vec![Effect::Plan] } else { plan_others(&next) }
        }
        Action::OtherLost => plan_others(&next),
        Action::RuleCosts(costs) => {
            next.rule_costs = Shared::new(costs);
            Vec::new()
        }
        Action::Drawing(done, total) => {
            next.certainty.drawing = Some((done, total));
            Vec::new()
        }
        Action::Drawn(found) => {
            let found = found.map(|(of, confidence)| (of, Shared::new(*confidence)));
            // What was drawn before stays where nothing came of the new draws.
            next.certainty = Certainty { found: found.or(next.certainty.found.take()), drawing: None };
            Vec::new()
        }
        Action::PlanFailed(message) => {
            next.planning = false;
            let mut effects = toast(&mut next, ToastKind::Failed, message, false);
            effects.extend(plan_others(&next));
            effects
        }
        Action::Saving(save) => {
            let newly_unavailable =
                matches!(save, SaveState::Unavailable(_)) && !matches!(next.save, SaveState::Unavailable(_));
            let reason = if let SaveState::Unavailable(reason) = &save { reason.clone() } else { String::new() };
            next.save = save;
            if newly_unavailable { toast(&mut next, ToastKind::Failed, reason, false) } else { Vec::new() }
        }
        Action::Ui(action) => apply_ui(&mut next, action),
    };
    (next, effects)
}

/// What is said where a tab that only follows is asked to change something.
const FOLLOWS: &str = "Another tab writes this project, so nothing was changed here. Take over first";

/// Changes nothing and says why, once.
fn refuse(next: &mut AppState) -> Vec<Effect> {
    if next.ui.toasts.iter().any(|toast| toast.text == FOLLOWS) {
        return Vec::new();
    }
    toast(next, ToastKind::Failed, FOLLOWS.to_owned(), false)
}

/// Undo and redo: another project, the same page, and the scenario that the change was in.
fn travel(next: &mut AppState, project: Option<Shared<Project>>) -> Vec<Effect> {
    let Some(project) = project else { return Vec::new() };
    let before = std::mem::replace(&mut next.project, project);
    if let Some(index) = scenario_that_differs(&before, &next.project) {
        next.ui.scenario = index;
    }
    let mut effects = changed(next);
    effects.extend(address(next));
    effects
}

/// The first scenario of `now` that is not as it was; where one went, its neighbour.
fn scenario_that_differs(before: &Project, now: &Project) -> Option<usize> {
    let pairs = before.scenarios.iter().zip(&now.scenarios);
    let first = pairs.take_while(|(before, now)| before == now).count();
    let is_equal = before.scenarios.len() == now.scenarios.len() && first == now.scenarios.len();
    (!is_equal).then(|| first.min(now.scenarios.len() - 1))
}

/// Shows page and scenario in the address.
fn address(next: &AppState) -> Vec<Effect> {
    let scenario = (next.project.scenarios.len() > 1).then(|| next.shown());
    vec![Effect::ShowInAddress(next.ui.page, scenario)]
}

fn remember(next: &mut AppState, estate: Rc<Estate>, scenario: &Scenario, outcome: Shared<Outcome>) {
    next.computed = Shared::new(next.computed.and(&next.project, estate, scenario, outcome));
}

/// Asks for the plan of one scenario that is to be compared and has none yet, when nothing else is computed.
fn plan_others(next: &AppState) -> Vec<Effect> {
    if next.ui.page != Page::Compare || next.planning || !next.has_estate() || next.catalog.is_none() {
        return Vec::new();
    }
    let is_missing = |scenario: &Scenario| next.computed.find(&next.project.estate, scenario).is_none();
    let others = next.project.scenarios.iter().enumerate().filter(|(index, _)| *index != next.shown());
    others.filter(|(_, scenario)| is_missing(scenario)).map(|(index, _)| Effect::PlanOther(index)).take(1).collect()
}

/// What follows any change of the project.
fn changed(next: &mut AppState) -> Vec<Effect> {
    if !matches!(next.save, SaveState::Unavailable(_)) {
        next.save = SaveState::Saving;
    }
    // Storing comes first: it takes the engine a moment, and would wait for the first turn of the search.
    std::iter::once(Effect::Persist).chain(plan_again(next)).collect()
}

/// Marks the result as stale and asks for another; without an estate there is none.
fn plan_again(next: &mut AppState) -> Vec<Effect> {
    let gone = |id| next.project.estate.machine(id).is_none();
    next.rule_costs = Shared::new(Vec::new());
    if next.ui.machine.is_some_and(gone) {
        next.ui.machine = None;
    }
    if !next.has_estate() {
        next.outcome = None;
        next.certainty = Certainty::default();
        next.outcome_is_stale = false;
        return Vec::new();
    }
    let known = next
        .computed
        .find(&next.project.estate, next.scenario())
        .filter(|_| !next.scenario().search.is_steady())
        .cloned();
    if let Some(known) = known {
        next.outcome = Some(known);
        next.outcome_is_stale = false;
        next.planning = false;
        return std::iter::once(Effect::StopPlanning).chain(plan_others(next)).collect();
    }
    next.outcome_is_stale = true;
    vec![Effect::Plan]
}

/// Gives a scenario without footprints the usual ones, once there is an estate and a catalogue. True where it did.
fn with_footprints(next: &mut AppState) -> bool {
    let Some(catalog) = &next.catalog else { return false };
    if !next.has_estate() || !next.scenario().footprints.is_empty() {
        return false;
    }
    let footprints = default_footprints(&next.project.estate, catalog);
    let shown = next.shown();
    next.project = next.project.with(|project| project.scenarios[shown].footprints = footprints);
    true
}

/// Where an estate grew, gives scenarios with footprints the clusters that are new, so that their machines can stay where they are.
fn with_new_clusters(next: &mut AppState, before: &Estate) {
    let (Some(catalog), estate) = (&next.catalog, &next.project.estate) else { return };
    let is_there = |cluster: &Cluster| estate.cluster(cluster.id).is_some();
    let grew = estate.clusters.len() > before.clusters.len() && before.clusters.iter().all(is_there);
    if before.clusters.is_empty() || !grew {
        return;
    }
    let cluster = |footprint: &Footprint| match &footprint.kind {
        FootprintKind::Cluster(chosen) => Some(chosen.cluster),
        FootprintKind::Hosts(_) | FootprintKind::Instances(_) => None,
    };
    let is_new = |footprint: &Footprint| cluster(footprint).is_some_and(|cluster| before.cluster(cluster).is_none());
    let new: Vec<Footprint> = default_footprints(estate, catalog).into_iter().filter(is_new).collect();
    next.project = next.project.with(|project| {
        for scenario in project.scenarios.iter_mut().filter(|scenario| !scenario.footprints.is_empty()) {
            for footprint in &new {
                let is_it = |other: &Footprint| cluster(other) == cluster(footprint);
                if !scenario.footprints.iter().any(is_it) {
                    let id = scenario.next_footprint_id();
                    scenario.footprints.push(Footprint { id, ..footprint.clone() });
                }
            }
        }
    });
}

fn apply_edit(next: &mut AppState, edit: Edit, capture: &Capture) -> Vec<Effect> {
    let name = edit.name();
    let told = match &edit {
        Edit::Estate { estate, .. } => {
            Some(format!("{} machines imported", super::format::count(estate.machines.len() as u64)))
        }
        Edit::Project(project) => {
            Some(format!("Opened {}", if project.name.is_empty() { "the project" } else { &project.name }))
        }
        Edit::Clear => Some("New project".to_owned()),
        Edit::RemoveFootprint(_) => Some("Footprint removed".to_owned()),
        Edit::RemoveRule(_) => Some("Rule removed".to_owned()),
        Edit::RemoveScenario(_) => Some("Scenario removed".to_owned()),
        Edit::Run(wanted) => {
            let machines = wanted.iter().map(|(_, machines)| machines.len() as u64).sum();
            Some(format!("{} told where to run", super::format::counted(machines, "machine", "machines")))
        }
        Edit::Prices(prices) if prices.is_empty() => Some("Price list removed".to_owned()),
        Edit::Prices(_) => Some("Prices applied".to_owned()),
        _ => None,
    };
    let before = next.project.clone();
    let before_estate = Rc::clone(&before.estate);
    let mut project = Project::clone(&before);
    let shown = edit_project(&mut project, next.shown(), edit);
    if is_same(&project, &before) {
        return Vec::new();
    }
    next.project = Shared::new(project);
    next.history.record(before, name, capture);
    let moves = shown != next.shown();
    next.ui.scenario = shown;
    with_footprints(next);
    with_new_clusters(next, &before_estate);
    let mut effects = changed(next);
    if moves {
        effects.extend(address(next));
    }
    if let Some(text) = told {
        effects.extend(toast(next, ToastKind::Done, text, true));
    }
    effects
}

/// Whether nothing changed. What an import gave is compared by its address: looking through all machines for a difference would cost as much as showing them.
fn is_same(a: &Project, b: &Project) -> bool {
    let is_same_import = Rc::ptr_eq(&a.estate, &b.estate) && Rc::ptr_eq(&a.report, &b.report);
    is_same_import && a.name == b.name && a.scenarios == b.scenarios
}

/// Carries out an edit while scenario `shown` is on screen. Returns the number of the scenario that is on screen then.
fn edit_project(project: &mut Project, shown: usize, edit: Edit) -> usize {
    match edit {
        Edit::Estate { estate, report, name } => {
            project.estate = estate;
            project.report = report;
            if project.name.is_empty() {
                project.name = name;
            }
        }
        Edit::Project(other) => {
            *project = *other;
            return 0;
        }
        Edit::Clear => {
            let steps = project.scenarios.get(shown).map(|scenario| scenario.search.steps);
            *project = super::defaults::new_project(steps);
            return 0;
        }
        Edit::Rename(name) => project.name = name,
        Edit::CopyScenario(index) => return copy_scenario(project, index).unwrap_or(shown),
        Edit::RenameScenario(index, name) => {
            if let Some(scenario) = project.scenarios.get_mut(index).filter(|_| !name.is_empty()) {
                scenario.name = name;
            }
        }
        Edit::RemoveScenario(index) => {
            if project.scenarios.len() > 1 && index < project.scenarios.len() {
                project.scenarios.remove(index);
                return if shown > index { shown - 1 } else { shown.min(project.scenarios.len() - 1) };
            }
        }
        other => edit_scenario(&mut project.scenarios[shown], other),
    }
    shown
}

/// Adds a copy of a scenario right behind it, under a name of its own. Returns the number of the copy.
fn copy_scenario(project: &mut Project, index: usize) -> Option<usize> {
    let mut copy = project.scenarios.get(index)?.clone();
    copy.name = super::defaults::new_scenario_name(&project.scenarios);
    project.scenarios.insert(index + 1, copy);
    Some(index + 1)
}

/// Carries out an edit of one scenario.
pub(super) fn edit_scenario(scenario: &mut Scenario, edit: Edit) {
    match edit {
        Edit::Policy(policy) => scenario.policy = policy,
        Edit::AddFootprint(mut footprint) => {
            footprint.id = scenario.next_footprint_id();
            scenario.footprints.push(*footprint);
        }
        Edit::Footprint(footprint) => {
            if let Some(place) = scenario.footprints.iter_mut().find(|other| other.id == footprint.id) {
                *place = *footprint;
            }
        }
        Edit::RemoveFootprint(id) => {
            scenario.footprints.retain(|footprint| footprint.id != id);
            let rules = std::mem::take(&mut scenario.rules).into_iter();
            let without = |rule: crate::engine::model::Rule| {
                Some(crate::engine::model::Rule { kind: rule.kind.without_footprint(id)?, ..rule })
            };
            scenario.rules = rules.filter_map(without).collect();
            scenario.links.retain(|link| link.from != id && link.to != id);
        }
        Edit::AddRule(mut rule) => {
            rule.id = scenario.next_rule_id();
            scenario.rules.push(rule);
        }
        Edit::Rule(rule) => {
            if let Some(place) = scenario.rules.iter_mut().find(|other| other.id == rule.id) {
                *place = rule;
            }
        }
        Edit::RemoveRule(id) => scenario.rules.retain(|rule| rule.id != id),
        Edit::Run(wanted) => super::moves::run(scenario, wanted),
        Edit::Machines(changes) => {
            for (id, edit) in changes {
                set_machine(scenario, id, edit);
            }
        }
        Edit::Assumptions(assumptions) => scenario.assumptions = assumptions,
        Edit::Objective(objective) => scenario.objective = objective,
        Edit::Search(search) => scenario.search = search,
        Edit::Currency(currency) => {
            if let Some(turned) = scenario.in_currency(currency) {
                *scenario = turned;
            }
        }
        Edit::Latency(one, other, micros) => super::latency::set(&mut scenario.links, (one, other), micros),
        Edit::Prices(prices) => scenario.prices = prices,
        Edit::Estate { .. }
        | Edit::Project(_)
        | Edit::Clear
        | Edit::Rename(_)
        | Edit::CopyScenario(_)
        | Edit::RenameScenario(..)
        | Edit::RemoveScenario(_) => {}
    }
}

fn set_machine(scenario: &mut Scenario, id: MachineId, edit: MachineEdit) {
    if edit.is_empty() {
        scenario.edits.remove(&id);
    } else {
        scenario.edits.insert(id, edit);
    }
}

fn apply_ui(next: &mut AppState, action: UiAction) -> Vec<Effect> {
    match action {
        UiAction::Go(page, scenario) => {
            let mut effects = scenario.map_or_else(Vec::new, |index| show_scenario(next, index));
            if next.ui.page == page {
                return effects;
            }
            next.ui.page = page;
            if page != Page::Plan {
                next.ui.machine = None;
            }
            next.ui.footprint = None;
            effects.extend(address(next));
            effects.extend(plan_others(next));
            effects
        }
        UiAction::Scenario(index) => show_scenario(next, index),
        UiAction::Theme(theme) => {
            next.ui.theme = theme;
            vec![Effect::ApplyTheme(theme)]
        }
        UiAction::Density(density) => {
            next.ui.density = density;
            vec![Effect::ApplyDensity(density)]
        }
        UiAction::Language(language) => {
            next.ui.language = language;
            vec![Effect::ApplyLanguage(language)]
        }
        UiAction::Machine(machine) => {
            next.ui.machine = machine;
            Vec::new()
        }
        UiAction::Footprint(footprint) => {
            next.ui.footprint = footprint;
            Vec::new()
        }
        UiAction::Confirm(confirm) => {
            next.ui.confirm = confirm;
            Vec::new()
        }
        UiAction::Sheet(sheet) => {
            next.ui.sheet = sheet;
            Vec::new()
        }
        UiAction::Tour(is_on) => {
            next.ui.tour = is_on;
            Vec::new()
        }
        UiAction::Toast(kind, text) => toast(next, kind, text, false),
        UiAction::Dismiss(id) => {
            next.ui.toasts.retain(|toast| toast.id != id);
            Vec::new()
        }
    }
}

fn show_scenario(next: &mut AppState, index: usize) -> Vec<Effect> {
    let before = next.shown();
    // Kept also where there are not so many: the address is read before the project that it belongs to.
    next.ui.scenario = index;
    if next.shown() == before {
        return Vec::new();
    }
    next.ui.footprint = None;
    with_footprints(next);
    let mut effects = plan_again(next);
    effects.extend(address(next));
    effects
}

/// At most four messages are shown; failures stay until dismissed.
fn toast(next: &mut AppState, kind: ToastKind, text: String, undo: bool) -> Vec<Effect> {
    let id = next.ui.next_toast;
    next.ui.next_toast += 1;
    if next.ui.toasts.len() >= 4 {
        next.ui.toasts.remove(0);
    }
    next.ui.toasts.push(Toast { id, kind, text, undo });
    if kind == ToastKind::Done { vec![Effect::DismissLater(id)] } else { Vec::new() }
}

#[cfg(test)]
mod tests;
