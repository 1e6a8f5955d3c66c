use super::*;
use crate::engine::model::{Estate, ImportReport, Machine, Policy, Search};

fn estate(names: &[&str]) -> Rc<Estate> {
    let mut estate = Estate {
        machines: names
            .iter()
            .map(|name| Machine {
                id: MachineId::of(&[name]),
                name: (*name).to_owned(),
                vcpus: 2,
                ..Machine::default()
            })
            .collect(),
        ..Estate::default()
    };
    estate.sort();
    Rc::new(estate)
}

fn import(names: &[&str]) -> Action {
    let edit =
        Edit::Estate { estate: estate(names), report: Rc::new(ImportReport::default()), name: "Nordhafen".to_owned() };
    Action::Edit(edit, Capture::Record)
}

fn run(actions: impl IntoIterator<Item = Action>) -> (AppState, Vec<Effect>) {
    actions.into_iter().fold((AppState::default(), Vec::new()), |(state, _), action| update(&state, action))
}

fn slack(pct: u32) -> Action {
    Action::Edit(Edit::Policy(Policy { slack_pct: pct, ..Policy::default() }), Capture::Coalesce("slack".to_owned()))
}

#[test]
fn an_import_is_planned_stored_told_and_can_be_undone() {
    let (state, effects) = run([import(&["a", "b"])]);
    assert_eq!(state.project.name, "Nordhafen");
    assert!(effects.contains(&Effect::Plan) && effects.contains(&Effect::Persist));
    assert!(state.ui.toasts[0].undo);
    let (state, effects) = update(&state, Action::Undo);
    assert!(state.project.estate.is_empty() && state.outcome.is_none());
    assert!(!effects.contains(&Effect::Plan) && effects.contains(&Effect::Persist));
    let (state, _) = update(&state, Action::Redo);
    assert_eq!(state.project.estate.machines.len(), 2);
}

#[test]
fn importing_again_keeps_what_was_entered() {
    let id = MachineId::of(&["a"]);
    let edit = MachineEdit { application: Some("CRM".to_owned()), ..MachineEdit::default() };
    let (state, _) = run([
        import(&["a"]),
        Action::Edit(Edit::Machines(vec![(id, edit.clone())]), Capture::Record),
        slack(30),
        import(&["a", "b"]),
    ]);
    assert_eq!(state.scenario().edits.get(&id), Some(&edit));
    assert_eq!(state.scenario().policy.slack_pct, 30);
}

#[test]
fn a_drag_is_one_step_and_a_change_to_the_same_is_none() {
    let (state, _) = run([import(&["a"]), slack(26), slack(27), slack(28)]);
    let (same, effects) = update(&state, slack(28));
    assert_eq!((same == state, effects), (true, Vec::new()));
    let (state, _) = update(&state, Action::Undo);
    assert_eq!(state.scenario().policy.slack_pct, Policy::default().slack_pct);
    assert_eq!(state.history.undo_name(), Some("import"));
}

#[test]
fn a_result_stays_on_screen_as_stale_until_the_next() {
    let (state, _) = run([import(&["a"]), Action::Planned(Box::default()), slack(30)]);
    assert!(state.outcome.is_some() && state.outcome_is_stale);
    let (state, _) = update(&state, Action::Planned(Box::default()));
    assert!(!state.outcome_is_stale);
}

#[test]
fn a_first_plan_is_shown_while_a_better_one_is_looked_for() {
    let (state, _) = run([import(&["a"]), Action::PlanStarted, Action::Better(Box::default())]);
    assert_eq!((state.outcome.is_some(), state.outcome_is_stale, state.planning), (true, false, true));
    let (stopped, effects) = update(&state, Action::PlanStopped);
    assert_eq!((stopped.outcome, stopped.planning, effects), (state.outcome, false, Vec::new()));
}

#[test]
fn plans_are_to_stay_as_they_are_until_the_cheapest_is_wanted_again() {
    let (steady, _) = run([import(&["a"]), search(20_000)]);
    assert!(steady.scenario().search.is_steady());
    let (free, effects) = update(&steady, search(0));
    assert!(!free.scenario().search.is_steady() && free.outcome_is_stale && effects.contains(&Effect::Plan));
    // It is an input like any other: saved, and taken back.
    let (back, _) = update(&free, Action::Undo);
    assert_eq!(back.scenario().search.keep_ppm, 20_000);
}

fn search(keep_ppm: u32) -> Action {
    edit(Edit::Search(Search { keep_ppm, ..Search::default() }))
}

#[test]
fn a_ui_change_keeps_redo() {
    let (state, _) = run([import(&["a"]), slack(30), Action::Undo, Action::Ui(UiAction::Go(Page::Cost, None))]);
    assert_eq!(state.history.redo_name(), Some("policy change"));
}

#[test]
fn done_messages_go_and_failures_stay() {
    let (state, effects) = run([Action::Ui(UiAction::Toast(ToastKind::Failed, "no".to_owned()))]);
    assert_eq!((state.ui.toasts.len(), effects), (1, Vec::new()));
    let (state, _) = update(&state, Action::Ui(UiAction::Dismiss(state.ui.toasts[0].id)));
    assert!(state.ui.toasts.is_empty());
}

#[test]
fn losing_storage_is_told_once() {
    let unavailable = || Action::Saving(SaveState::Unavailable("Private window".to_owned()));
    let (state, _) = run([unavailable(), unavailable(), unavailable()]);
    assert_eq!(state.ui.toasts.len(), 1);
}

#[test]
fn a_tab_that_follows_changes_nothing_and_says_so_once() {
    let (state, _) = run([import(&["a"]), slack(30), Action::Keeping(Keeping::Follows)]);
    let (refused, effects) = update(&state, slack(31));
    assert_eq!((refused.project == state.project, effects), (true, Vec::new()));
    let told = |state: &AppState| state.ui.toasts.iter().filter(|toast| toast.kind == ToastKind::Failed).count();
    assert_eq!(told(&refused), 1);
    let (again, _) = update(&refused, Action::Undo);
    assert_eq!((again.project == state.project, told(&again)), (true, 1));
    let (writes, _) = update(&again, Action::Keeping(Keeping::Writes));
    let (changed, _) = update(&writes, slack(31));
    assert_eq!(changed.scenario().policy.slack_pct, 31);
}

#[test]
fn another_project_on_screen_leaves_nothing_to_undo_and_is_not_stored_for_that() {
    let (state, _) = run([import(&["a"]), edit(Edit::CopyScenario(0))]);
    let (next, effects) = update(&state, Action::Switched(Box::new(Project::clone(&AppState::default().project))));
    assert_eq!((next.has_estate(), next.history.undo_name(), next.shown()), (false, None, 0));
    assert!(!effects.contains(&Effect::Persist), "{effects:?}");
}

fn outcome(hash: &str) -> Box<Outcome> {
    Box::new(Outcome { plan_hash: hash.to_owned(), ..Outcome::default() })
}

fn hash(state: &AppState) -> Option<&str> {
    state.outcome.as_ref().map(|outcome| outcome.plan_hash.as_str())
}

/// The names of all scenarios, with a star at the one on screen.
fn scenarios(state: &AppState) -> Vec<String> {
    let shown = state.shown();
    let star = |index| if index == shown { "*" } else { "" };
    state.project.scenarios.iter().enumerate().map(|(index, one)| format!("{}{}", one.name, star(index))).collect()
}

fn edit(edit: Edit) -> Action {
    Action::Edit(edit, Capture::Record)
}

#[test]
fn scenarios_are_copied_renamed_and_removed_and_all_of_it_can_be_undone() {
    let (state, effects) = run([import(&["a"]), edit(Edit::CopyScenario(0))]);
    assert_eq!(scenarios(&state), ["Plan A", "Plan B*"]);
    assert!(effects.contains(&Effect::ShowInAddress(Page::Estate, Some(1))));
    let (state, _) = update(&state, edit(Edit::RenameScenario(1, "Cloud only".to_owned())));
    let (state, _) = update(&state, edit(Edit::RenameScenario(1, String::new())));
    assert_eq!(scenarios(&state), ["Plan A", "Cloud only*"], "a scenario has a name");
    let (state, _) = update(&state, edit(Edit::CopyScenario(0)));
    assert_eq!(scenarios(&state), ["Plan A", "Plan B*", "Cloud only"]);
    let (state, _) = update(&state, edit(Edit::RemoveScenario(0)));
    assert_eq!(scenarios(&state), ["Plan B*", "Cloud only"]);
    let (state, _) = update(&state, edit(Edit::RemoveScenario(0)));
    let (state, _) = update(&state, edit(Edit::RemoveScenario(0)));
    assert_eq!(scenarios(&state), ["Cloud only*"], "the last one stays");
    let (state, _) = update(&state, Action::Undo);
    assert_eq!(scenarios(&state), ["Plan B*", "Cloud only"]);
}

#[test]
fn edits_go_to_the_scenario_on_screen_and_undo_shows_the_one_it_changes() {
    let (state, _) = run([import(&["a"]), edit(Edit::CopyScenario(0)), slack(30)]);
    let slacks = |state: &AppState| state.project.scenarios.iter().map(|one| one.policy.slack_pct).collect::<Vec<_>>();
    let usual = Policy::default().slack_pct;
    assert_eq!(slacks(&state), [usual, 30]);
    let (state, _) = update(&state, Action::Ui(UiAction::Scenario(0)));
    let (state, effects) = update(&state, Action::Undo);
    assert_eq!((slacks(&state), state.shown()), (vec![usual, usual], 1));
    assert!(effects.contains(&Effect::ShowInAddress(Page::Estate, Some(1))));
}

#[test]
fn what_was_planned_once_is_shown_at_once() {
    let (state, _) = run([import(&["a"]), Action::Planned(outcome("first")), edit(Edit::CopyScenario(0))]);
    assert!(hash(&state) == Some("first") && !state.outcome_is_stale, "a copy has the same plan");
    let (state, effects) = update(&state, slack(30));
    assert!(effects.contains(&Effect::Plan) && state.outcome_is_stale);
    let (state, _) = update(&state, Action::PlanStarted);
    let (state, effects) = update(&state, Action::Ui(UiAction::Scenario(0)));
    assert!(hash(&state) == Some("first") && !state.outcome_is_stale && !state.planning);
    assert!(effects.contains(&Effect::StopPlanning) && !effects.contains(&Effect::Plan));
    let (state, effects) = update(&state, Action::Ui(UiAction::Scenario(1)));
    assert!(effects.contains(&Effect::Plan) && state.outcome_is_stale);
}

#[test]
fn a_plan_that_was_to_be_like_the_one_before_is_not_taken_for_the_plan_of_its_inputs() {
    let (state, _) = run([import(&["a"]), search(20_000), Action::Planned(outcome("kept")), slack(30)]);
    let (_, effects) = update(&state, Action::Undo);
    assert!(effects.contains(&Effect::Plan));
}

#[test]
fn comparing_plans_the_scenarios_that_have_no_plan_one_after_the_other() {
    let catalog = Action::CatalogLoaded(Box::default());
    let copies = [edit(Edit::CopyScenario(0)), slack(30), edit(Edit::CopyScenario(1)), slack(40)];
    let start = [import(&["a"]), catalog, Action::Planned(outcome("a"))];
    let (state, _) = run(start.into_iter().chain(copies).chain([Action::PlanStarted]));
    let (state, effects) = update(&state, Action::Ui(UiAction::Go(Page::Compare, None)));
    assert!(!effects.contains(&Effect::PlanOther(1)), "the one on screen comes first");
    let (state, effects) = update(&state, Action::Planned(outcome("c")));
    assert_eq!(effects, [Effect::PlanOther(1)]);
    let scenario = state.project.scenarios[1].clone();
    let computed = Action::Computed(Rc::clone(&state.project.estate), Box::new(scenario), outcome("b"));
    let (state, effects) = update(&state, computed);
    assert_eq!((effects, hash(&state)), (Vec::new(), Some("c")));
    assert!(state.project.scenarios.iter().all(|one| state.computed.find(&state.project.estate, one).is_some()));
}

#[test]
fn a_plan_that_was_given_up_for_another_search_is_asked_for_again() {
    let catalog = Action::CatalogLoaded(Box::default());
    let go = Action::Ui(UiAction::Go(Page::Compare, None));
    let start = [import(&["a"]), catalog, edit(Edit::CopyScenario(0)), slack(30), Action::PlanStarted, go];
    let (state, _) = run(start);
    let (lost, effects) = update(&state, Action::PlanLost);
    assert_eq!((lost.planning, effects), (false, vec![Effect::Plan]), "nothing of these inputs is on screen");
    let (better, _) = update(&state, Action::Better(Box::default()));
    assert_eq!(update(&better, Action::OtherLost).1, [], "the one on screen comes first");
    assert_eq!(update(&better, Action::PlanLost).1, [Effect::PlanOther(0)], "the best so far stays");
    let (planned, effects) = update(&better, Action::Planned(Box::default()));
    assert_eq!(effects, [Effect::PlanOther(0)]);
    assert_eq!(update(&planned, Action::OtherLost).1, [Effect::PlanOther(0)]);
    let (_, effects) = update(&better, Action::PlanFailed("Why".to_owned()));
    assert!(effects.contains(&Effect::PlanOther(0)), "the others may be planned all the same");
}

#[test]
fn the_scenario_of_the_address_is_shown_once_the_project_is_there() {
    let scenario = |name: &str| Scenario { name: name.to_owned(), ..Scenario::default() };
    let project =
        Project { scenarios: vec![scenario("A"), scenario("B")], estate: estate(&["a"]), ..Project::default() };
    let (state, _) = run([Action::Ui(UiAction::Go(Page::Cost, Some(1))), Action::Restored(Box::new(project))]);
    assert_eq!(scenarios(&state), ["A", "B*"]);
    let (state, _) = update(&state, Action::Ui(UiAction::Go(Page::Plan, None)));
    assert_eq!(scenarios(&state), ["A", "B*"], "an address without a number changes the page only");
}

#[test]
fn how_sure_it_is_stays_on_screen_until_it_is_drawn_anew() {
    use crate::engine::cost::Confidence;
    use crate::engine::outcome::Outcome;
    let (state, _) = run([import(&["a"]), Action::Planned(Box::default())]);
    let of = state.outcome.clone().expect("planned");
    let found = Confidence { draws: 7, ..Confidence::default() };
    let (state, _) = update(&state, Action::Drawing(3, 7));
    assert_eq!(state.certainty.drawing, Some((3, 7)));
    let (state, _) = update(&state, Action::Drawn(Some((of.clone(), Box::new(found)))));
    let told = |state: &AppState, of: &Shared<Outcome>| {
        state.certainty.beside(of).map(|(found, current)| (found.draws, current))
    };
    assert_eq!((told(&state, &of), state.certainty.drawing), (Some((7, true)), None));
    // Another plan: what is known is of the one before, also where drawing fails.
    let (state, _) = update(&state, Action::Planned(Box::default()));
    let (state, _) = update(&state, Action::Drawn(None));
    assert_eq!(told(&state, &state.outcome.clone().expect("planned")), Some((7, false)));
    let (state, _) = update(&state, Action::Edit(Edit::Clear, Capture::Record));
    assert!(state.certainty.found.is_none());
}

#[test]
fn a_price_list_is_planned_with_and_can_be_taken_back() {
    let (state, _) = run([import(&["a"])]);
    let (state, effects) = update(&state, Action::Edit(Edit::Prices("what,id\n".to_owned()), Capture::Record));
    assert!(effects.contains(&Effect::Plan) && effects.contains(&Effect::Persist));
    assert_eq!((state.scenario().prices.as_str(), state.history.undo_name()), ("what,id\n", Some("price list")));
    assert!(state.ui.toasts.last().is_some_and(|toast| toast.undo));
    let priced = crate::engine::catalog::Catalog { as_of: "priced".to_owned(), ..Default::default() };
    let (state, _) = update(&state, Action::Priced("what,id\n".to_owned(), Box::new(priced)));
    assert!(state.shown_catalog().is_some_and(|catalog| catalog.as_of == "priced"));
    let (state, _) = update(&state, Action::Undo);
    assert_eq!(state.scenario().prices, "");
    assert!(state.shown_catalog().is_none());
}

#[test]
fn clusters_that_come_with_more_files_become_footprints_and_go_with_undo() {
    use crate::engine::catalog::Catalog;
    use crate::engine::model::{Cluster, ClusterId, Host, HostId};
    let estate = |names: &[&str]| {
        let id = |name: &&str| ClusterId::of(&[*name]);
        let cluster = |name: &&str| Cluster { id: id(name), name: (*name).to_owned(), ..Cluster::default() };
        let host = |name: &&str| Host { id: HostId::of(&[*name]), cluster: id(name), ..Host::default() };
        let mut estate = Estate {
            clusters: names.iter().map(cluster).collect(),
            hosts: names.iter().map(host).collect(),
            ..Estate::default()
        };
        estate.sort();
        let edit = Edit::Estate { estate: Rc::new(estate), report: Rc::default(), name: String::new() };
        Action::Edit(edit, Capture::Record)
    };
    let names = |state: &AppState| {
        state.scenario().footprints.iter().map(|footprint| footprint.name.clone()).collect::<Vec<_>>()
    };
    let (one, _) = run([Action::CatalogLoaded(Box::<Catalog>::default()), estate(&["north"])]);
    assert_eq!(names(&one), ["north"]);
    let (two, _) = update(&one, estate(&["north", "south"]));
    assert_eq!(names(&two), ["north", "south"]);
    let ids: std::collections::BTreeSet<_> = two.scenario().footprints.iter().map(|footprint| footprint.id).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(names(&update(&two, Action::Undo).0), ["north"]);
    // Another estate in the place of this one asks nothing of its footprints.
    assert_eq!(names(&update(&two, estate(&["west"])).0), ["north", "south"]);
}
