//! In which inputs the scenarios differ.

use yew::prelude::*;

use super::CompareProps;
use crate::store::compare::inputs::differences;
use crate::ui::part::part;
use crate::ui::shared::Card;

/// The differences of each scenario to the base.
#[component]
pub fn Inputs(props: &CompareProps) -> Html {
    let scenarios = || props.shown.iter().filter_map(|&index| props.project.scenarios.get(index));
    let Some(base) = scenarios().nth(props.base) else { return html! {} };
    let others = scenarios().enumerate().filter(|(index, _)| *index != props.base);
    let part = |(index, scenario)| {
        let scenario: &crate::engine::model::Scenario = scenario;
        let found = differences(base, scenario);
        html! {
            <section key={index} class="compare-inputs">
                <h3>{ &scenario.name }</h3>
                if found.is_empty() {
                    <p class="muted">{ format!("The same inputs as {}.", base.name) }</p>
                } else {
                    <ul>{ for found.iter().enumerate().map(|(at, sentence)| html! { <li key={at}>{ sentence }</li> }) }</ul>
                }
            </section>
        }
    };
    part!(<Card title="What was changed" note={format!("against {}", base.name)}>{ for others.map(part) }</Card>)
}
