//! What an import understood and what it did not, with the effect on the answer.

use yew::prelude::*;

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
    if props.report.findings.is_empty() {
        return part!(<EmptyState title="Nothing to remark" text="Every row and every column that matters was understood." />);
    }
    html! {
        <ul class="issues">
            { for props.report.findings.iter().enumerate().map(|(index, finding)| html! { <li key={index}>{ view(finding) }</li> }) }
        </ul>
    }
}

fn view(finding: &Finding) -> Html {
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
                    { for finding.examples.iter().enumerate().map(|(index, place)| html! { <li key={index}>{ location(place) }</li> }) }
                </ul>
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
