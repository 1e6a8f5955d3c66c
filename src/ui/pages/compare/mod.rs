//! Which of my scenarios is better, by how much, and because of what?

mod cash;
mod figures;
mod inputs;
mod scenarios;

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::chart::picture;
use crate::chart::stacked_bars::{Bar, StackedBars};
use crate::engine::cost::Confidence;
use crate::engine::model::Money;
use crate::engine::outcome::Outcome;
use crate::store::compare::figures::{Figures, figures};
use crate::store::compare::result_of;
use crate::store::compare::sentences::{explanation, sentences};
use crate::store::{AppState, Computed, Shared, Work, format, words};
use crate::ui::charts::Chart;
use crate::ui::hooks::use_selector;
use crate::ui::lazy::{Further, Lazy, Place};
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState};

/// Fewer and more scenarios side by side than these cannot be compared, or are too many to take in.
const FEWEST: usize = 2;
const MOST: usize = 4;

/// The comparison as its parts want it.
#[derive(PartialEq, Properties)]
pub struct CompareProps {
    /// All inputs.
    pub project: Work,
    /// The numbers of the scenarios that are compared.
    pub shown: Rc<Vec<usize>>,
    /// The figures of each of them; `None` where it has no result yet.
    pub figures: Rc<Vec<Option<Figures>>>,
    /// The position of the one that the others are compared with.
    pub base: usize,
}

impl CompareProps {
    /// The name of the scenario at a position.
    pub fn name(&self, at: usize) -> &str {
        let scenario = self.shown.get(at).and_then(|&index| self.project.scenarios.get(index));
        scenario.map_or("", |scenario| scenario.name.as_str())
    }

    /// The name of the scenario that the others are compared with.
    pub fn base_name(&self) -> &str {
        self.name(self.base)
    }
}

/// The page.
#[component]
pub fn ComparePage() -> Html {
    let project = use_selector(AppState::work);
    let computed = use_selector(|state| state.computed.clone());
    let current = use_selector(|state| state.outcome.clone().filter(|_| !state.outcome_is_stale));
    let has_estate = use_selector(AppState::has_estate);
    let base = use_state(|| 0_usize);
    let certainty = use_selector(|state| state.certainty.found.clone());
    let left_out = use_state(BTreeSet::<usize>::new);
    let shown = Rc::new(shown(project.scenarios.len(), &left_out));
    let figures = use_memo(
        (project.clone(), computed, current, certainty, Rc::clone(&shown)),
        |(project, computed, current, certainty, shown)| {
            all_figures(project, shown, computed, current.as_ref(), certainty.as_ref())
        },
    );
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
    let base_at = shown.iter().position(|index| index == &*base).unwrap_or(0);
    let base_index = shown.get(base_at).copied().unwrap_or(0);
    let on_base = Callback::from(move |index: usize| base.set(index));
    let on_choose = {
        let left_out = left_out.clone();
        Callback::from(move |(index, is_in): (usize, bool)| {
            let mut next = (*left_out).clone();
            if is_in {
                next.remove(&index)
            } else {
                next.insert(index)
            };
            left_out.set(next);
        })
    };
    let props = || (project.clone(), Rc::clone(&shown), Rc::clone(&figures), base_at);
    let several = project.scenarios.len() > 1;
    html! {
        <div class="page" aria-busy={figures.iter().any(Option::is_none).to_string()}>
            <h1 class="visually-hidden">{ "Compare" }</h1>
            { part!(<scenarios::Scenarios project={project.clone()} base={base_index} {on_base} shown={Rc::clone(&shown)} {on_choose} />) }
            if several {
                { with(props(), |project, shown, figures, base| part!(<Why {project} {shown} {figures} {base} />)) }
                { with(props(), |project, shown, figures, base| part!(<figures::FigureTable {project} {shown} {figures} {base} />)) }
                { part!(<Lazy place={Place::Further(Further::Drawn(Rc::clone(&shown)))} />) }
                { with(props(), |project, shown, figures, base| part!(<cash::CashFlow {project} {shown} {figures} {base} />)) }
                <div class="halves">
                    { with(props(), |project, shown, figures, base| part!(<MadeOf {project} {shown} {figures} {base} />)) }
                    { with(props(), |project, shown, figures, base| part!(<inputs::Inputs {project} {shown} {figures} {base} />)) }
                </div>
            }
        </div>
    }
}

type Parts = (Work, Rc<Vec<usize>>, Rc<Vec<Option<Figures>>>, usize);

fn with(
    (project, shown, figures, base): Parts,
    view: impl FnOnce(Work, Rc<Vec<usize>>, Rc<Vec<Option<Figures>>>, usize) -> Html,
) -> Html {
    view(project, shown, figures, base)
}

/// The scenarios that are compared: all but those that are left out, at most so many.
fn shown(count: usize, left_out: &BTreeSet<usize>) -> Vec<usize> {
    let chosen: Vec<usize> = (0..count).filter(|index| !left_out.contains(index)).take(MOST).collect();
    // Scenarios may have gone since.
    if chosen.len() < FEWEST.min(count) { (0..count).take(MOST).collect() } else { chosen }
}

/// The scenario on screen has the result on screen, which may not be final; the others have final ones.
fn all_figures(
    project: &Work,
    shown: &[usize],
    computed: &Shared<Computed>,
    current: Option<&Shared<Outcome>>,
    certainty: Option<&(Shared<Outcome>, Shared<Confidence>)>,
) -> Vec<Option<Figures>> {
    let of = |&index: &usize| {
        let scenario = project.scenarios.get(index)?;
        let outcome = result_of(project, index, computed, current)?;
        let drawn = certainty.filter(|(of, _)| of == outcome).and_then(|(_, found)| found.candidates.first());
        let range = drawn.map(|spread| (spread.p10, spread.p90));
        Some(Figures { range, ..figures(&project.estate, scenario, outcome) })
    };
    shown.iter().map(of).collect()
}

/// A sentence for each scenario: what it costs more or less than the base, and what for.
#[component]
fn Why(props: &CompareProps) -> Html {
    let base = props.figures.get(props.base).and_then(Option::as_ref);
    let sentence = |(index, figures): (usize, &Option<Figures>)| {
        let text = match (figures, base) {
            (Some(figures), Some(base)) => {
                let text = explanation(props.name(index), figures, props.base_name(), base);
                let more = sentences(figures, base).into_iter().enumerate();
                return html! {
                    <div key={index}><p>{ text }</p><ul class="compare-why">{ for more.map(|(at, text)| html! { <li key={at}>{ text }</li> }) }</ul></div>
                };
            }
            _ => format!("{} is being planned…", props.name(index)),
        };
        html! { <div key={index}><p>{ text }</p></div> }
    };
    let others = props.figures.iter().enumerate().filter(|(index, _)| *index != props.base);
    html! { <div class="card lead-card" role="status">{ for others.map(sentence) }</div> }
}

/// What the totals are made of.
#[component]
fn MadeOf(props: &CompareProps) -> Html {
    let names: Vec<String> = (0..props.figures.len()).map(|at| props.name(at).to_owned()).collect();
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
        least: 0.0,
        format: Box::new(move |value| format::money_axis(Money::from_micros((value * 1e6) as i64), currency)),
    }
}
