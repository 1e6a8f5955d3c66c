//! What does it cost, beside staying as is, of what is that made, how sure is it, and on what does it stand?

pub mod assumptions;
mod breakdown;
mod energy;
mod headline;
mod provider_ranges;
mod ranges;
mod standing;
mod sure;
mod years;

use yew::prelude::*;

pub use self::breakdown::MadeOf;

use self::breakdown::{LedgerTable, Which};
use crate::engine::outcome::Outcome;
use crate::store::over_years::OverYears;
use crate::store::{Action, AppState, Shared, Sheet, UiAction, words};
use crate::ui::hooks::{use_later, use_selector};
use crate::ui::lazy::{Form, Further, Lazy, Place};
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState, Help};
use crate::web::runtime::Store;

/// The cost page.
#[component]
pub fn CostPage() -> Html {
    let outcome = use_selector(|state| state.outcome.clone());
    let has_estate = use_selector(AppState::has_estate);
    let stale = use_selector(|state| state.outcome_is_stale);
    let busy = use_selector(|state| state.outcome_is_stale || state.planning);
    match outcome {
        Some(outcome) => html! {
            <div class={classes!("page", stale.then_some("stale"))} aria-busy={busy.to_string()}>
                <h1 class="visually-hidden">{ "Cost" }</h1>
                { part!(<Figures {outcome} />) }
            </div>
        },
        None if has_estate => {
            html! { <div class="page"><h1 class="visually-hidden">{ "Cost" }</h1>{ part!(<EmptyState title="Computing the first plan" text="The cost appears with it." />) }</div> }
        }
        None => html! {
            <div class="page">
                <h1 class="visually-hidden">{ "Cost" }</h1>
                { part!(<EmptyState title="No estate yet" text="Import an inventory, or try the sample, to see what it costs.">
                    <a class="btn btn-primary" href="#/estate">{ "Go to Estate" }</a>
                </EmptyState>) }
            </div>
        },
    }
}

/// Opens the sheet with what few need: licences by the machine, moving data, ranges of what is no price.
fn on_more(store: &Store) -> Callback<MouseEvent> {
    let store = store.clone();
    Callback::from(move |_event| store.dispatch(Action::Ui(UiAction::Sheet(Some(Sheet::Money)))))
}

/// What stands further down: how sure it is, and what it emits.
pub fn further(outcome: &Shared<Outcome>, years: &Shared<OverYears>) -> Html {
    html! {
        <>
            { part!(<sure::Sure outcome={outcome.clone()} years={years.clone()} />) }
            { part!(<energy::EnergyCard outcome={outcome.clone()} />) }
        </>
    }
}

/// Properties of the parts of the page that stand on the result alone.
#[derive(PartialEq, Properties)]
pub struct FiguresProps {
    /// The result on screen.
    pub outcome: Shared<Outcome>,
}

/// Properties of the parts of the page.
#[derive(Clone, PartialEq, Properties)]
pub struct MoneyProps {
    /// The result on screen.
    pub outcome: Shared<Outcome>,
    /// Its money over the years. Every figure is of these, so that every figure is a sum over their lines.
    pub years: Shared<OverYears>,
}

/// The parts of the page: each in its turn, because all of them at once would stop it.
#[component]
fn Figures(props: &FiguresProps) -> Html {
    let finance = use_selector(|state| state.scenario().assumptions.finance.clone());
    let years = use_memo((props.outcome.clone(), finance), |(outcome, finance)| OverYears::of(outcome, finance));
    let money = MoneyProps { outcome: props.outcome.clone(), years: Shared::from(years) };
    let made_of = use_later(&money, true);
    let side = use_later(&money, made_of.as_ref() == Some(&money));
    let rest = use_later(&money, side.as_ref() == Some(&money));
    let inputs = use_later(&(), rest.is_some());
    let MoneyProps { outcome, years } = money;
    html! {
        <>
            { part!(<headline::Headline outcome={outcome.clone()} years={years.clone()} />) }
            { part!(<years::YearsCard {outcome} {years} />) }
            <div class="cols">
                { part!(<Card title="What it is made of" note={breakdown::NOTE}
                    actions={part!(<Help text={words::price_statuses()} label="What the status of a price means" />)}>
                    if let Some(MoneyProps { outcome, years }) = made_of { { part!(<LedgerTable {outcome} {years} ledger={Which::Plan} />) } }
                </Card>) }
                <div class="stack">
                    if let Some(MoneyProps { outcome, years }) = side {
                        { part!(<standing::Standing outcome={outcome.clone()} years={years.clone()} />) }
                        { part!(<Card title="Staying as is" note="the same machines where they are">
                            { part!(<LedgerTable {outcome} {years} ledger={Which::Staying} />) }
                        </Card>) }
                    }
                </div>
            </div>
            if let Some(MoneyProps { outcome, years }) = rest { { part!(<Lazy place={Place::Further(Further::Sure(outcome, years))} />) } }
            if inputs.is_some() { { part!(<Lazy place={Place::Form(Form::Assumptions)} />) } }
        </>
    }
}
