//! What was read of each file, tab by tab, and what was passed over.

use yew::prelude::*;

use crate::engine::model::{FileReport, ImportReport, SourceKind, TabReport};
use crate::store::{Shared, format};

/// Properties of [`WhatWasRead`].
#[derive(PartialEq, Properties)]
pub struct WhatWasReadProps {
    /// What the import said.
    pub report: Shared<ImportReport>,
}

/// A table of tabs that opens below its title; nothing for an estate that was typed in.
#[component]
pub fn WhatWasRead(props: &WhatWasReadProps) -> Html {
    let files = &props.report.files;
    if files.is_empty() {
        return html! { <div></div> };
    }
    html! {
        <details class="was-read">
            <summary>{ "What was read of each file" }</summary>
            <div class="scroll-x scroll-y-md" tabindex="0" role="region" aria-label="What was read of each file">
                <table class="grid">
                    <thead><tr>
                        <th scope="col">{ "Tab" }</th><th scope="col" class="num">{ "Rows" }</th>
                        <th scope="col" class="num">{ "Left out" }</th><th scope="col" class="num">{ "Columns read" }</th>
                        <th scope="col" class="num">{ "Passed over" }</th>
                    </tr></thead>
                    { for files.iter().enumerate().map(|(index, file)| html! { <tbody key={index}>{ of_file(file) }</tbody> }) }
                </table>
            </div>
        </details>
    }
}

fn of_file(file: &FileReport) -> Html {
    let kind = match file.kind {
        Some(SourceKind::RvtoolsXlsx) => "RVTools workbook",
        Some(SourceKind::RvtoolsCsv) => "RVTools table",
        Some(SourceKind::Totals) => "typed in",
        None => "not understood",
    };
    let size = format::decimal(file.bytes as f64 / 1e6, 1);
    html! {
        <>
            <tr><th scope="rowgroup" colspan="5">
                { &file.name }
                <span class="muted sub">{ format!("{kind}, {size} MB") }</span>
            </th></tr>
            { for file.tabs.iter().map(of_tab) }
            if !file.tabs_ignored.is_empty() {
                <tr><td colspan="5" class="muted">{ format!("Not used: {}", file.tabs_ignored.join(", ")) }</td></tr>
            }
        </>
    }
}

fn of_tab(tab: &TabReport) -> Html {
    html! {
        <tr key={tab.name.clone()}>
            <th scope="row">{ &tab.name }</th>
            <td class="num">{ format::count(tab.rows) }</td>
            <td class="num">{ format::count(tab.rows_skipped) }</td>
            <td class="num">{ format::count(u64::from(tab.columns_used)) }</td>
            <td class="num">{ format::count(u64::from(tab.columns_ignored)) }</td>
        </tr>
    }
}
