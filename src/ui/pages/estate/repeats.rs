//! Which rows repeat another, where do both stand, and which of them counts?

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::model::{Finding, Location};
use crate::store::format;
use crate::ui::part::part;
use crate::ui::shared::{Column, Dialog, VirtualTable};

/// Properties of [`Repeats`].
#[derive(PartialEq, Properties)]
pub struct RepeatsProps {
    /// What was found.
    pub finding: Rc<Finding>,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// Each of them with both places, over the page.
#[component]
pub fn Repeats(props: &RepeatsProps) -> Html {
    let finding = &props.finding;
    let rows = finding.examples.len();
    let cell = {
        let finding = Rc::clone(finding);
        Callback::from(move |(row, column): (usize, usize)| {
            let Some(place) = finding.examples.get(row) else { return Html::default() };
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
