use super::*;
use crate::engine::model::{Estate, ImportReport, Machine, Policy};

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
    let (steady, effects) = run([import(&["a"]), Action::Ui(UiAction::Steady(true))]);
    assert_eq!((steady.ui.steady, effects), (true, Vec::new()));
    let (free, effects) = update(&steady, Action::Ui(UiAction::Steady(false)));
    assert_eq!((free.ui.steady, free.outcome_is_stale, effects), (false, true, vec![Effect::Plan]));
}

#[test]
fn a_ui_change_keeps_redo() {
    let (state, _) = run([import(&["a"]), slack(30), Action::Undo, Action::Ui(UiAction::Go(Page::Cost))]);
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
