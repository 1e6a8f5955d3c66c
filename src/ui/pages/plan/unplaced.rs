//! Machines without a place, with what would let them in.

use yew::prelude::*;

use super::PlanProps;
use crate::store::{Action, UiAction, format, words};
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::ui::shared::Card;

/// At most so many are listed; the table of machines has them all.
const SHOWN: usize = 50;

/// The list of machines without a place; nothing where there are none.
#[component]
pub fn NoPlace(props: &PlanProps) -> Html {
    let store = use_services().store().clone();
    let (plan, project) = (&props.outcome.plan, &props.project);
    let scenario = project.scenario();
    if plan.unplaced.is_empty() {
        return html! { <div></div> };
    }
    let rows = plan.unplaced.iter().take(SHOWN).filter_map(|unplaced| {
        let machine = project.estate.machine(unplaced.machine)?;
        let first = unplaced.rejections.first();
        let id = machine.id;
        let store = store.clone();
        let onclick =
            Callback::from(move |_event: MouseEvent| store.dispatch(Action::Ui(UiAction::Machine(Some(id)))));
        Some(html! {
            <li key={id.to_string()}>
                <button type="button" class="link-btn" translate="no" {onclick}>{ &machine.name }</button>
                if let Some(rejection) = first {
                    <span class="muted">{ words::place_name(scenario, plan, rejection.place) }{ " " }{ words::refusal(scenario, rejection.refusal) }</span>
                }
                if let Some(remedy) = unplaced.remedy { <span>{ words::remedy(scenario, plan, remedy) }</span> }
            </li>
        })
    });
    let count = plan.unplaced.len();
    part!(<Card title="No place yet" note={format::counted(count as u64, "machine", "machines")}>
            <ul class="unplaced">{ for rows }</ul>
            if count > SHOWN { <p class="muted">{ format!("and {} more", format::count((count - SHOWN) as u64)) }</p> }
        </Card>)
}
