//! What is old: guest systems by the end of their support.

use std::rc::Rc;

use yew::prelude::*;

use super::PictureProps;
use crate::chart::marked_bars::{Mark, MarkedBar, MarkedBars};
use crate::chart::picture;
use crate::engine::condition::{Standing, SystemCount, Systems, systems, taken_in};
use crate::engine::cost::first_month;
use crate::store::{AppState, format};
use crate::ui::charts::Chart;
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState, Help};

/// Systems without a date that are drawn; all others are in the table.
const MOST_OTHERS: usize = 4;

/// Where the dates come from and what they leave out.
const HELP: &str = "The dates are those of Microsoft's lifecycle pages: the end of extended support of Windows Server, and of SQL Server where the page Cost says which machines run it. From then on updates are sold for three years; on Azure they are free of charge. Other systems have no date here, which does not say that they are supported.";

/// Machines by system, those first whose support ends first.
#[component]
pub fn Support(props: &PictureProps) -> Html {
    let catalog = use_selector(AppState::shown_catalog);
    let project = &props.project;
    let taken = taken_in(&project.estate);
    // Where no export tells its date, the day of the catalogue is near enough.
    let month = taken.or_else(|| first_month(catalog.as_ref()?, &project.scenario().assumptions));
    let found = use_memo((project.clone(), month), |(project, month)| {
        let systems = systems(&project.estate, project.scenario());
        let said = month.map(|month| (sentence(&systems, month), chart(&systems, month)));
        said.map(|(sentence, chart)| (sentence, Rc::new(chart), systems.unnamed))
    });
    let Some((sentence, chart, unnamed)) = (*found).as_ref() else {
        return html! { <div></div> };
    };
    let note = match taken {
        Some(month) => format!("as of {}, when the inventory was taken", in_words(month)),
        None => format!("as of {}: the inventory has no date", month.map(in_words).unwrap_or_default()),
    };
    part!(<Card title="Operating systems by end of support" {note}>
        if chart.bars.is_empty() {
            { part!(<EmptyState title="No system is named" text="The inventory does not say which system machines have." />) }
        } else {
            <p>{ sentence.clone() }{ " " }{ part!(<Help text={HELP} />) }</p>
            { part!(<Chart of={Rc::clone(chart) as Rc<dyn picture::Chart>} />) }
            if *unnamed > 0 {
                <p class="muted">{ format!("The inventory names no system for {}", machines(*unnamed)) }</p>
            }
        }
    </Card>)
}

fn machines(count: u64) -> String {
    format::counted(count, "machine", "machines")
}

/// A month such as `2027-01`.
fn in_words(month: u32) -> String {
    format!("{}-{:02}", month / 12, month % 12 + 1)
}

fn sentence(systems: &Systems, month: u32) -> String {
    let count = |standing| systems.machines(month, standing);
    let (ended, gone, ending) = (count(Standing::Ended), count(Standing::Gone), count(Standing::Ending));
    if ended + gone + ending == 0 {
        return "No system with a known date has reached the end of its support, and none does within 12 months"
            .to_owned();
    }
    let mut sentence = format!("Support has ended for {}", machines(ended + gone));
    if gone > 0 {
        sentence.push_str(&format!("; no updates are sold any more for {}", machines(gone)));
    }
    sentence.push_str(&format!("; it ends within 12 months for {}", machines(ending)));
    sentence
}

fn chart(systems: &Systems, month: u32) -> MarkedBars {
    let (dated, others): (Vec<_>, Vec<_>) = systems.counts.iter().partition(|count| count.system.is_some());
    let bar = |count: &&SystemCount| bar(count, month);
    let others: Vec<MarkedBar> = others.iter().map(bar).collect();
    let (shown, more) = others.split_at(others.len().min(MOST_OTHERS));
    MarkedBars {
        summary: sentence(systems, month),
        bars: dated.iter().map(bar).chain(shown.iter().cloned()).collect(),
        more: more.to_vec(),
        heads: ["System", "Machines", "Support"],
        format: Box::new(|value| format::count(value as u64)),
    }
}

fn bar(count: &SystemCount, month: u32) -> MarkedBar {
    let (mark, note) = match (count.standing(month), count.system) {
        (Standing::Gone, Some(system)) => (
            Mark::Late,
            format!("Support ended {}; updates ended {}", in_words(system.ends), in_words(system.sold_until())),
        ),
        (Standing::Ended, Some(system)) => (
            Mark::Late,
            format!("Support ended {}; paid updates until {}", in_words(system.ends), in_words(system.sold_until())),
        ),
        (Standing::Ending, Some(system)) => (
            Mark::Soon,
            format!("Support ends {}; paid updates until {}", in_words(system.ends), in_words(system.sold_until())),
        ),
        (Standing::Supported, Some(system)) => (Mark::Plain, format!("Supported until {}", in_words(system.ends))),
        _ => (Mark::Open, "No date known here".to_owned()),
    };
    let machines = machines(count.machines);
    MarkedBar { name: count.name.clone(), value: count.machines as f64, words: machines, mark, note }
}
