//! What the distance to the best possible is made of: what this plan counts, what is proven of all others, and what lies between.

use yew::prelude::*;

use super::PlanProps;
use crate::engine::model::Money;
use crate::store::format;
use crate::ui::part::part;
use crate::ui::shared::Dialog;

/// What is compared, and what is not.
const NOTE: &str = "Plans are compared by what depends on where machines run, in the prices of today: growth, changes of prices and what is the same in every plan are in the totals, not here.";

/// Properties of [`Distance`].
#[derive(PartialEq, Properties)]
pub struct DistanceProps {
    /// The result on screen, and the project it was made from.
    pub of: PlanProps,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// The lines over the page.
#[component]
pub fn Distance(props: &DistanceProps) -> Html {
    let PlanProps { outcome, project } = &props.of;
    let (plan, weighed) = (&outcome.plan, &outcome.weighed);
    let is_known = plan.lower_bound != Money::ZERO || plan.cost == Money::ZERO;
    let currency = project.scenario().assumptions.currency;
    let row = |name: &'static str, note: &'static str, amount: Money| {
        html! { <tr key={name}><th scope="row">{ name }<span class="muted sub">{ note }</span></th><td class="num">{ format::money(amount, currency) }</td></tr> }
    };
    let (carbon, moves) = (weighed.carbon, weighed.moves);
    let count = format::counted(plan.certificate.nodes.len() as u64, "case", "cases");
    part!(<Dialog title="Distance to the best possible" wide=true on_close={props.on_close.clone()}>
        <p class="muted">{ NOTE }</p>
        <table class="grid">
            <tbody>
                { row("Money of this plan", "over the horizon", plan.cost - carbon - moves) }
                if carbon != Money::ZERO { { row("Carbon", "what its emissions count as; nobody pays it", carbon) } }
                if moves != Money::ZERO { { row("Moves", "what its moves count as; nobody pays it", moves) } }
                { row("What this plan counts", "", plan.cost) }
                if is_known {
                    { row("What every plan counts at least", "proven under the same rules and prices", plan.lower_bound) }
                }
            </tbody>
            if is_known {
                <tfoot><tr><th scope="row">{ "A better plan could save at most" }</th><td class="num">{ format::money(plan.cost - plan.lower_bound, currency) }</td></tr></tfoot>
            }
        </table>
        <p class="muted">
            { if is_known {
                format!("The proof has {count}, each with prices for the resources of every place, at which all machines together cost no less. Longer searches, on Rules, bring plan and proof nearer to each other.")
            } else {
                "No bound above nothing is proven for this plan.".to_owned()
            } }
        </p>
    </Dialog>)
}
