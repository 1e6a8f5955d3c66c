//! Which rows repeat another, where do both stand, and which of them counts?

use yew::prelude::*;

use crate::engine::model::{ImportReport, Location};
use crate::store::{Shared, format};
use crate::ui::part::part;
use crate::ui::shared::{Column, Dialog, VirtualTable};

/// Properties of [`Repeats`].
#[derive(PartialEq, Properties)]
pub struct RepeatsProps {
    /// What is known of the files.
    pub report: Shared<ImportReport>,
    /// Which of its findings: up to ten thousand rows, which nobody copies.
    pub index: usize,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// Each of them with both places, over the page.
#[component]
pub fn Repeats(props: &RepeatsProps) -> Html {
    let Some(finding) = props.report.findings.get(props.index) else { return Html::default() };
    let rows = finding.examples.len();
    let cell = {
        let (report, index) = (props.report.clone(), props.index);
        Callback::from(move |(row, column): (usize, usize)| {
            let place = report.findings.get(index).and_then(|finding| finding.examples.get(row));
            let Some(place) = place else { return Html::default() };
            match (column, &place.counts) {
                (0, _) => html! { place.value.clone().unwrap_or_default() },
                (1 | 2, Some(counts)) => half(counts, column == 2),
                _ => half(place, column == 4),
            }
        })
    };
    let row_key = Callback::from(|row: usize| AttrValue::from(row.to_string()));
    let more = finding.count.saturating_sub(rows as u64);
    part!(<Dialog title="What counts of what is there twice" wide=true on_close={props.on_close.clone()}>
        <p><b>{ &finding.message }</b>{ " " }<span class="muted">{ &finding.effect }</span></p>
        { part!(<VirtualTable label="What counts of what is there twice" columns={columns()} {rows} {row_key} {cell} version=0 height_rows={12} />) }
        <div>if more > 0 { <p class="muted">{ format!("and {} more", format::count(more)) }</p> }</div>
    </Dialog>)
}

fn columns() -> Vec<Column> {
    let column = |(title, width): (&'static str, u32)| Column {
        title: title.into(),
        numeric: title == "Row",
        data: title != "Row",
        sortable: false,
        width,
    };
    [("Name", 150), ("Counts", 190), ("Row", 64), ("Passed over", 190), ("Row", 64)].map(column).to_vec()
}

/// The row of a place, or its file and tab.
fn half(place: &Location, is_row: bool) -> Html {
    let text = match (is_row, &place.tab) {
        (true, _) => place.row.map_or_else(|| "–".to_owned(), format::count),
        (false, Some(tab)) => format!("{} › {tab}", place.file),
        (false, None) => place.file.clone(),
    };
    html! { text }
}
