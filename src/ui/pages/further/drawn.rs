//! How sure the totals of scenarios are, drawn together when somebody asks for it.

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::cost::{Confidence, Spread};
use crate::engine::model::{Currency, Scenario};
use crate::engine::outcome::Outcome;
use crate::store::compare::drawn::{DRAWS, question, verdict};
use crate::store::compare::result_of;
use crate::store::{AppState, Shared, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, Help};
use crate::web::dom;

/// Properties of [`Drawn`].
#[derive(PartialEq, Properties)]
pub struct DrawnProps {
    /// The numbers of the scenarios.
    pub shown: Rc<Vec<usize>>,
}

/// What was drawn, and of which results.
type Found = (Vec<Shared<Outcome>>, Rc<Confidence>);

/// The card: a button, then a sentence and a table.
#[component]
pub fn Drawn(props: &DrawnProps) -> Html {
    let services = use_services();
    let project = use_selector(AppState::work);
    let computed = use_selector(|state| state.computed.clone());
    let current = use_selector(|state| state.outcome.clone().filter(|_| !state.outcome_is_stale));
    let found = use_state(|| None::<Found>);
    let drawing = use_state_eq(|| false);
    let of = |&index: &usize| result_of(&project, index, &computed, current.as_ref()).cloned();
    let results: Option<Vec<Shared<Outcome>>> = props.shown.iter().map(of).collect();
    let on_draw = {
        let (results, shown, project) = (results.clone(), Rc::clone(&props.shown), project.clone());
        let (found, drawing) = (found.setter(), drawing.setter());
        Callback::from(move |_event: MouseEvent| {
            let Some(results) = results.clone() else { return };
            let scenarios = shown.iter().filter_map(|&index| project.scenarios.get(index));
            let of: Vec<(&Scenario, &Outcome)> =
                scenarios.zip(&results).map(|(one, result)| (one, &**result)).collect();
            let Some(question) = question(&of, DRAWS.0, DRAWS.1) else { return };
            let (services, found, drawing) = (services.clone(), found.clone(), drawing.clone());
            drawing.set(true);
            dom::spawn(async move {
                if let Some(answer) = services.draw_together(question).await {
                    found.set(Some((results, Rc::from(answer))));
                }
                drawing.set(false);
            });
        })
    };
    let measure = |index: &usize| {
        let assumptions = &project.scenarios.get(*index)?.assumptions;
        Some((assumptions.currency, assumptions.horizon_months))
    };
    let mut measures = props.shown.iter().filter_map(measure);
    let first = measures.next();
    let comparable = measures.all(|other| Some(other) == first);
    let shown = (*found).as_ref().filter(|(of, _)| Some(of) == results.as_ref()).map(|(_, found)| Rc::clone(found));
    let currency = first.map_or_else(Currency::default, |(currency, _)| currency);
    let help = part!(<Help label="How scenarios are drawn together" text="In each draw every input takes a value in its range, the same for all scenarios: a wage or a tariff that turns out higher does so for all of them. The ranges are those of the first scenario, with growth and changes of prices. Scenarios that cost the same both count." />);
    let button = html! {
        <button type="button" class="btn btn-s" disabled={*drawing || !comparable || results.is_none()} onclick={on_draw}>{ "Draw them together" }</button>
    };
    part!(<Card title="How sure the comparison is" note="10,000 draws, the same for all scenarios" actions={html! { <>{ help }{ button }</> }}>
            <div aria-live="polite" aria-busy={drawing.to_string()}>
                if let Some(found) = shown {
                    { for verdict(&found, currency).map(|text| html! { <p>{ text }</p> }) }
                    { table(&found, currency) }
                } else if !comparable {
                    <p class="muted">{ "The scenarios are in other currencies or over other times: they cannot be drawn together." }</p>
                } else {
                    <p class="muted">{ "How often is each scenario the cheapest, if prices, wages and growth turn out otherwise than assumed?" }</p>
                }
            </div>
        </Card>)
}

fn table(found: &Confidence, currency: Currency) -> Html {
    let money = |amount| html! { <td class="num">{ format::money_short(amount, currency) }</td> };
    let row = |(index, spread): (usize, &Spread)| {
        html! {
            <tr key={index}>
                <th scope="row" translate="no">{ &spread.name }</th>
                { money(spread.assumed) }{ money(spread.p10) }{ money(spread.p50) }{ money(spread.p90) }
                <td class="num">{ format::permille(spread.cheapest_permille) }</td>
            </tr>
        }
    };
    html! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Scenarios drawn together">
            <table class="grid">
                <thead><tr>
                    <th scope="col">{ "Scenario" }</th><th scope="col" class="num">{ "As assumed" }</th>
                    <th scope="col" class="num">{ "P10" }</th><th scope="col" class="num">{ "P50" }</th><th scope="col" class="num">{ "P90" }</th>
                    <th scope="col" class="num">{ "Costs least in" }</th>
                </tr></thead>
                <tbody>{ for found.candidates.iter().enumerate().map(row) }</tbody>
            </table>
        </div>
    }
}
