//! Which of my scenarios is better, by how much, and because of what?

mod figures;
mod inputs;
mod scenarios;

use std::rc::Rc;

use yew::prelude::*;

use crate::chart::picture;
use crate::chart::stacked_bars::{Bar, StackedBars};
use crate::engine::model::Money;
use crate::engine::outcome::Outcome;
use crate::store::compare::figures::{Figures, figures};
use crate::store::{AppState, Computed, Shared, Work, format, words};
use crate::ui::charts::Chart;
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState};

/// More scenarios side by side than these are too many to take in.
const MOST: usize = 4;

/// The comparison as its parts want it.
#[derive(PartialEq, Properties)]
pub struct CompareProps {
    /// All inputs.
    pub project: Work,
    /// The figures of each scenario; `None` where it has no result yet.
    pub figures: Rc<Vec<Option<Figures>>>,
    /// The number of the scenario that the others are compared with.
    pub base: usize,
}

/// The page.
#[component]
pub fn ComparePage() -> Html {
    let project = use_selector(AppState::work);
    let computed = use_selector(|state| state.computed.clone());
    let current = use_selector(|state| state.outcome.clone().filter(|_| !state.outcome_is_stale));
    let has_estate = use_selector(AppState::has_estate);
    let base = use_state(|| 0_usize);
    let figures = use_memo((project.clone(), computed, current), |(project, computed, current)| {
        all_figures(project, computed, current.as_ref())
    });
    if !has_estate {
        return html! {
            <div class="page">
                <h1 class="visually-hidden">{ "Compare" }</h1>
                { part!(<EmptyState title="No estate yet" text="Import an inventory, or try the sample, to compare scenarios.">
                    <a class="btn btn-primary" href="#/estate">{ "Go to Estate" }</a>
                </EmptyState>) }
            </div>
        };
    }
    let base_index = (*base).min(figures.len().saturating_sub(1));
    let on_base = Callback::from(move |index: usize| base.set(index));
    let props = || (project.clone(), Rc::clone(&figures), base_index);
    let several = project.scenarios.len() > 1;
    html! {
        <div class="page" aria-busy={figures.iter().any(Option::is_none).to_string()}>
            <h1 class="visually-hidden">{ "Compare" }</h1>
            { part!(<scenarios::Scenarios project={project.clone()} base={base_index} {on_base} />) }
            if several {
                { with(props(), |project, figures, base| part!(<Why {project} {figures} {base} />)) }
                { with(props(), |project, figures, base| part!(<figures::FigureTable {project} {figures} {base} />)) }
                <div class="halves">
                    { with(props(), |project, figures, base| part!(<MadeOf {project} {figures} {base} />)) }
                    { with(props(), |project, figures, base| part!(<inputs::Inputs {project} {figures} {base} />)) }
                </div>
            }
        </div>
    }
}

type Parts = (Work, Rc<Vec<Option<Figures>>>, usize);

fn with((project, figures, base): Parts, view: impl FnOnce(Work, Rc<Vec<Option<Figures>>>, usize) -> Html) -> Html {
    view(project, figures, base)
}

/// The scenario on screen has the result on screen, which may not be final; the others have final ones.
fn all_figures(project: &Work, computed: &Shared<Computed>, current: Option<&Shared<Outcome>>) -> Vec<Option<Figures>> {
    let of = |(index, scenario)| {
        let current = current.filter(|_| index == project.shown());
        let outcome = current.or_else(|| computed.find(&project.estate, scenario))?;
        Some(figures(&project.estate, scenario, outcome))
    };
    project.scenarios.iter().take(MOST).enumerate().map(of).collect()
}

/// A sentence for each scenario: what it costs more or less than the base, and what for.
#[component]
fn Why(props: &CompareProps) -> Html {
    let name = |index: usize| props.project.scenarios[index].name.as_str();
    let base = props.figures.get(props.base).and_then(Option::as_ref);
    let sentence = |(index, figures): (usize, &Option<Figures>)| {
        let text = match (figures, base) {
            (Some(figures), Some(base)) => {
                crate::store::compare::figures::explanation(name(index), figures, name(props.base), base)
            }
            _ => format!("{} is being planned…", name(index)),
        };
        html! { <p key={index}>{ text }</p> }
    };
    let others = props.figures.iter().enumerate().filter(|(index, _)| *index != props.base);
    html! { <div class="card lead-card" role="status">{ for others.map(sentence) }</div> }
}

/// What the totals are made of.
#[component]
fn MadeOf(props: &CompareProps) -> Html {
    let names: Vec<String> = props.project.scenarios.iter().map(|scenario| scenario.name.clone()).collect();
    let chart = use_memo((names, Rc::clone(&props.figures)), |(names, figures)| bars(names, figures));
    part!(<Card title="What the totals are made of" note="over the horizon of each">
            { part!(<Chart of={chart as Rc<dyn picture::Chart>} />) }
        </Card>)
}

/// As many kinds of cost as there are colours; the smaller ones are one part.
const COLOURS: usize = 6;

fn bars(names: &[String], figures: &[Option<Figures>]) -> StackedBars {
    let there = || names.iter().zip(figures).filter_map(|(name, figures)| Some((name, figures.as_ref()?)));
    let mut kinds: Vec<(crate::engine::cost::LineKind, Money)> = Vec::new();
    for &(kind, money) in there().flat_map(|(_, figures)| &figures.by_kind) {
        match kinds.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, sum)) => *sum += money,
            None => kinds.push((kind, money)),
        }
    }
    kinds.sort_by_key(|&(kind, money)| (std::cmp::Reverse(money), kind));
    kinds.truncate(COLOURS - 1);
    let bar = |(name, figures): (&String, &Figures)| {
        let of = |kind| figures.by_kind.iter().filter(move |(other, _)| *other == kind).map(|(_, money)| *money).sum();
        let known: Vec<Money> = kinds.iter().map(|(kind, _)| of(*kind)).collect();
        let rest = known.iter().fold(figures.total, |rest, money| rest - *money);
        Bar { label: name.clone(), values: known.into_iter().chain([rest]).map(Money::as_f64).collect() }
    };
    let currency = there().map(|(_, figures)| figures.currency).next().unwrap_or_default();
    StackedBars {
        parts: kinds.iter().map(|(kind, _)| words::line_kind(*kind).to_owned()).chain(["Other".to_owned()]).collect(),
        bars: there().map(bar).collect(),
        format: Box::new(move |value| format::money_axis(Money::from_micros((value * 1e6) as i64), currency)),
    }
}
