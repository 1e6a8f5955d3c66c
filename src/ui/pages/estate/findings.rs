//! What an import understood and what it did not, with the effect on the answer.

use yew::prelude::*;

use super::repeats::Repeats;
use crate::engine::model::{Finding, ImportReport, Location, Severity};
use crate::store::{Shared, format, words};
use crate::ui::part::part;
use crate::ui::shared::EmptyState;

/// Properties of [`Findings`].
#[derive(PartialEq, Properties)]
pub struct FindingsProps {
    /// What the import said.
    pub report: Shared<ImportReport>,
}

/// The list of findings, each of which opens to the places in the files.
#[component]
pub fn Findings(props: &FindingsProps) -> Html {
    let open = use_state(|| None::<usize>);
    if props.report.findings.is_empty() {
        return part!(<EmptyState title="Nothing to remark" text="Every row and every column that matters was understood." />);
    }
    let on_all = |index: usize| {
        let open = open.setter();
        Callback::from(move |_event: MouseEvent| open.set(Some(index)))
    };
    let on_close = {
        let open = open.setter();
        Callback::from(move |()| open.set(None))
    };
    let findings = &props.report.findings;
    html! {
        <>
            <ul class="issues">
                { for findings.iter().enumerate().map(|(index, finding)| html! { <li key={index}>{ view(finding, on_all(index)) }</li> }) }
            </ul>
            <div class="dialog-layer">
                if let Some(index) = open.filter(|index| *index < findings.len()) {
                    { part!(<Repeats report={props.report.clone()} {index} {on_close} />) }
                }
            </div>
        </>
    }
}

/// Places that stand below a finding itself.
const SHOWN: usize = 5;

fn view(finding: &Finding, on_all: Callback<MouseEvent>) -> Html {
    let class = match finding.severity {
        Severity::Error => "tag tag-bad",
        Severity::Warning => "tag tag-warn",
        Severity::Note => "tag",
    };
    html! {
        <details class="issue">
            <summary>
                <span {class}>{ words::severity(finding.severity) }</span>
                <span class="issue-text">
                    <b>{ &finding.message }</b>
                    <span class="muted">{ &finding.effect }</span>
                </span>
                <span class="num">{ format::count(finding.count) }</span>
            </summary>
            if finding.examples.is_empty() {
                <p class="muted">{ "No single place in the files to show" }</p>
            } else {
                <ul class="places">
                    { for finding.examples.iter().take(SHOWN).enumerate().map(|(index, place)| html! { <li key={index}>{ location(place) }</li> }) }
                </ul>
                if finding.examples[0].counts.is_some() {
                    <p><button type="button" class="link-btn" onclick={on_all}>{ "All of them, and which counts…" }</button></p>
                }
            }
        </details>
    }
}

/// `file.xlsx › vHost, row 23, “# Memory”: n/a`.
fn location(place: &Location) -> String {
    let mut text = place.file.clone();
    if let Some(tab) = &place.tab {
        text.push_str(" › ");
        text.push_str(tab);
    }
    if let Some(row) = place.row {
        text.push_str(&format!(", row {}", format::count(row)));
    }
    if let Some(column) = &place.column {
        text.push_str(&format!(", “{column}”"));
    }
    if let Some(value) = &place.value {
        text.push_str(&format!(": {value}"));
    }
    text
}
