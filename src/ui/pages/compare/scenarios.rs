//! The scenarios: their names, which is on screen, which the others are compared with; copies of them, and fewer.

use std::rc::Rc;

use yew::prelude::*;

use super::{FEWEST, MOST};
use crate::store::{Action, Capture, Edit, UiAction, Work, format};
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::ui::shared::{Card, Checkbox, TextField};

/// Properties of [`Scenarios`].
#[derive(PartialEq, Properties)]
pub struct ScenariosProps {
    /// All inputs.
    pub project: Work,
    /// The number of the scenario that the others are compared with.
    pub base: usize,
    /// Another base.
    pub on_base: Callback<usize>,
    /// The numbers of the scenarios that are compared.
    pub shown: Rc<Vec<usize>>,
    /// Compares the scenario of a number, or leaves it out.
    pub on_choose: Callback<(usize, bool)>,
}

/// The list.
#[component]
pub fn Scenarios(props: &ScenariosProps) -> Html {
    let store = use_services().store().clone();
    let project = &props.project;
    let count = project.scenarios.len();
    let edit = |edit: fn(usize) -> Edit, index: usize| {
        let store = store.clone();
        Callback::from(move |_event: MouseEvent| store.dispatch(Action::Edit(edit(index), Capture::Record)))
    };
    let item = |(index, scenario): (usize, &crate::engine::model::Scenario)| {
        let on_rename = {
            let store = store.clone();
            Callback::from(move |name: String| {
                store.dispatch(Action::Edit(Edit::RenameScenario(index, name.trim().to_owned()), Capture::Record));
            })
        };
        let on_show = {
            let store = store.clone();
            Callback::from(move |_event: MouseEvent| store.dispatch(Action::Ui(UiAction::Scenario(index))))
        };
        let on_base = props.on_base.reform(move |_event: MouseEvent| index);
        let is_shown = index == project.shown();
        // What is seen begins what is heard: who speaks to the page says what is seen.
        let show = if is_shown { "On screen" } else { "Show" };
        let compare = if index == props.base { "Compared with" } else { "Compare with" };
        let is_in = props.shown.contains(&index);
        // So many must stay, and no more may come; the one that the others are compared with stays.
        let is_fixed =
            if is_in { index == props.base || props.shown.len() <= FEWEST } else { props.shown.len() >= MOST };
        let on_choose = props.on_choose.reform(move |is_in: bool| (index, is_in));
        let of = |what: &str| format!("{what} {}", scenario.name);
        html! {
            <li key={index} class={classes!("scenario", is_shown.then_some("scenario-shown"))}>
                { part!(<TextField label={format!("Scenario {}", index + 1)} value={scenario.name.clone()} max_length={60} on_change={on_rename} />) }
                <div class="scenario-buttons">
                    <button type="button" class="btn btn-s" disabled={is_shown} aria-label={of(show)} onclick={on_show}>
                        { show }
                    </button>
                    if count > FEWEST {
                        { part!(<Checkbox label={of("Compare")} checked={is_in} disabled={is_fixed} on_change={on_choose} />) }
                    }
                    if count > 1 {
                        <button type="button" class="btn btn-s" disabled={index == props.base || !is_in} aria-label={of(compare)} onclick={on_base}>
                            { compare }
                        </button>
                    }
                    <button type="button" class="btn btn-s" aria-label={of("Copy")} onclick={edit(Edit::CopyScenario, index)}>{ "Copy" }</button>
                    <button type="button" class="btn btn-s" disabled={count == 1} aria-label={of("Remove")}
                        onclick={edit(Edit::RemoveScenario, index)}>{ "Remove" }</button>
                </div>
            </li>
        }
    };
    let hint = match count {
        1 => {
            "There is one scenario so far. Copy it, change its footprints, rules or policy, and the two stand here side by side."
        }
        _ if count > MOST => "Two to four are compared at once. Leave one out to take another in.",
        _ => "",
    };
    part!(<Card title="Scenarios" note={format::counted(count as u64, "set of inputs for the same estate", "sets of inputs for the same estate")}>
            <ul class="scenarios">{ for project.scenarios.iter().enumerate().map(item) }</ul>
            if !hint.is_empty() { <p class="muted">{ hint }</p> }
        </Card>)
}
