//! How sure the money is: how it spreads over draws, how often the plan is cheaper, and which inputs matter most.

use std::rc::Rc;

use yew::prelude::*;

use super::MoneyProps;
use super::provider_ranges::name_of;
use super::ranges::Ranges;
use crate::chart::distribution::{Curve, Distribution};
use crate::chart::picture;
use crate::chart::tornado::{Bar, Tornado};
use crate::engine::catalog::Catalog;
use crate::engine::cost::{Confidence, Spread};
use crate::engine::model::{Currency, Money};
use crate::store::{Certainty, Shared, format, words};
use crate::ui::charts::Chart;
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, Help, use_in_view};

/// Inputs that are drawn; the rest changes little.
const DRAWN: usize = 8;

/// The section. Draws are made once it is in view and the plan is there, and again for each plan.
#[component]
pub fn Sure(props: &MoneyProps) -> Html {
    let services = use_services();
    let certainty = use_selector(|state| state.certainty.clone());
    let busy = use_selector(|state| state.outcome_is_stale || state.planning);
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let catalog = use_selector(|state| state.catalog.clone());
    let node = use_node_ref();
    let in_view = use_in_view(&node);
    let found = certainty.beside(&props.outcome).map(|(found, current)| (found.clone(), current));
    let due = in_view && !busy && !found.as_ref().is_some_and(|(_, current)| *current);
    use_effect_with((props.outcome.clone(), due), move |(_, due)| {
        if *due {
            services.draw_certainty();
        }
    });
    let stale = found.as_ref().is_some_and(|(_, current)| !current);
    html! {
        <section ref={node} class={classes!("stack", stale.then_some("stale"))} aria-label="How sure it is" aria-busy={due.to_string()}>
            <div class="halves">
                { part!(<Card title="How sure it is" note="total of 10,000 draws of the inputs" actions={state_of(&certainty, stale)}>
                    { for found.as_ref().map(|(found, _)| spread(found, currency)) }
                    if found.is_none() { <p class="muted">{ "Drawn as soon as the plan is there" }</p> }
                </Card>) }
                { part!(<Card title="What matters most" note="what is saved if one input turns out otherwise">
                    { for found.as_ref().map(|(found, _)| tornado(found, currency, catalog.as_deref())) }
                    if found.is_none() { <p class="muted">{ "Drawn as soon as the plan is there" }</p> }
                </Card>) }
            </div>
            { part!(<Ranges />) }
        </section>
    }
}

/// How far the draws are, or that they are of an earlier plan.
fn state_of(certainty: &Certainty, stale: bool) -> Html {
    let text = if certainty.drawing.is_some() {
        "Drawing…"
    } else if stale {
        "Of the plan before"
    } else {
        ""
    };
    let bar = certainty.drawing.map(|(done, total)| {
        html! { <progress class="progress draws" aria-label="Draws" value={done.to_string()} max={total.to_string()}></progress> }
    });
    html! { <><span class="muted" role="status">{ text }</span>{ for bar }</> }
}

fn spread(found: &Shared<Confidence>, currency: Currency) -> Html {
    let cheaper = found.saved.cheapest_permille;
    let (saved, draws) = (&found.saved, format::count(u64::from(found.draws)));
    html! {
        <>
            <p class="verdict"><b>{ format::permille(cheaper) }</b><span>{ format!("of {draws} draws make the plan cheaper than staying") }
                { part!(<Help label="How it is drawn" text={format!("In each draw every input below takes a value in its range, most often near what is assumed; the same for the plan and for staying, since a tariff that rises does so for both. The draws begin with the seed {}, so that the same inputs give the same figures.", found.seed)} />) }</span></p>
            { part!(<Chart of={distribution(found, currency)} />) }
            <p class="muted">{ told(saved, currency) }</p>
        </>
    }
}

/// What eight of ten draws save, in a sentence.
fn told(saved: &Spread, currency: Currency) -> String {
    let short = |amount: Money| format::money_short(if amount < Money::ZERO { -amount } else { amount }, currency);
    let range = if saved.p10 >= Money::ZERO {
        format!("saves {} to {} against staying", short(saved.p10), short(saved.p90))
    } else if saved.p90 < Money::ZERO {
        format!("costs {} to {} more than staying", short(saved.p90), short(saved.p10))
    } else {
        format!("costs up to {} more than staying, or saves up to {}", short(saved.p10), short(saved.p90))
    };
    let middle = if saved.p50 < Money::ZERO { "more" } else { "saved" };
    format!(
        "In eight of ten draws the plan {range}; {} {middle} in the middle. P10 is what one of ten draws stays below, P90 what nine of ten stay below",
        short(saved.p50)
    )
}

fn distribution(found: &Confidence, currency: Currency) -> Rc<dyn picture::Chart> {
    let curve = |spread: &Spread| Curve {
        name: spread.name.clone(),
        percentiles: spread.percentiles.iter().map(|amount| amount.as_f64()).collect(),
        assumed: spread.assumed.as_f64(),
    };
    Rc::new(Distribution {
        curves: found.candidates.iter().map(curve).collect(),
        format: Box::new(move |value| format::money_short(money(value), currency)),
        format_axis: Box::new(move |value| format::money_axis(money(value), currency)),
    })
}

fn tornado(found: &Confidence, currency: Currency, catalog: Option<&Catalog>) -> Html {
    let bars = found.tornado.iter().take(DRAWN).map(|bar| Bar {
        name: words::input_of(bar.input, name_of(catalog, &bar.provider)),
        range: [bar.low_permille, bar.high_permille].map(|value| words::range_value(bar.input, value)),
        results: [bar.saved_at_low.as_f64(), bar.saved_at_high.as_f64()],
        turns_at: bar
            .break_even_permille
            .map_or_else(|| "nowhere".to_owned(), |value| words::range_value(bar.input, value)),
    });
    let chart: Rc<dyn picture::Chart> = Rc::new(Tornado {
        bars: bars.collect(),
        assumed: found.saved.assumed.as_f64(),
        result: "saved",
        zero: "nothing saved",
        format: Box::new(move |value| format::money_short(money(value), currency)),
    });
    html! {
        <>
            { part!(<Chart of={chart} />) }
            { turning(found, catalog) }
        </>
    }
}

/// The inputs for which the plan and staying would cost the same within a factor of four, as a sentence.
fn turning(found: &Confidence, catalog: Option<&Catalog>) -> Html {
    let near = found
        .tornado
        .iter()
        .filter_map(|bar| Some((bar, bar.break_even_permille.filter(|at| (250..=4000).contains(at))?)));
    let told: Vec<String> = near
        .map(|(bar, at)| {
            let of = if bar.input.is_yearly() { "" } else { " of what is assumed" };
            format!(
                "{} at {}{of}",
                words::input_of(bar.input, name_of(catalog, &bar.provider)),
                words::range_value(bar.input, at)
            )
        })
        .take(4)
        .collect();
    let text = if told.is_empty() {
        "No single input, between a quarter and four times what is assumed, makes both cost the same".to_owned()
    } else {
        format!("Both would cost the same with {}", told.join(", or "))
    };
    html! { <p class="muted">{ text }{ part!(<Help label="Break-even value of an input" text="The value of this one input at which the plan and staying cost the same, all others as assumed." />) }</p> }
}

fn money(value: f64) -> Money {
    Money::from_micros((value * 1e6) as i64)
}
