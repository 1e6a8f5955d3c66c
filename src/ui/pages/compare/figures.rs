//! The figures of the scenarios, side by side.

use yew::prelude::*;

use super::CompareProps;
use crate::store::compare::figures::{Cell, Row, rows};
use crate::ui::part::part;
use crate::ui::shared::{Card, Help};

/// The table.
#[component]
pub fn FigureTable(props: &CompareProps) -> Html {
    let rows = rows(&props.figures, props.base);
    let heads = props.figures.iter().enumerate().map(|(index, _)| {
        let name = props.name(index);
        html! { <th scope="col" key={index}>{ name }</th> }
    });
    let note = format!("differences are to {}", props.base_name());
    part!(<Card title="Figures" {note} class="card-flush">
            <div class="compare-scroll" tabindex="0" role="group" aria-label="Figures of the scenarios">
                <table class="compare">
                    <thead><tr><th scope="col"><span class="visually-hidden">{ "Figure" }</span></th>{ for heads }</tr></thead>
                    <tbody>{ for rows.iter().map(row) }</tbody>
                </table>
            </div>
        </Card>)
}

fn row(row: &Row) -> Html {
    html! {
        <tr key={row.label}>
            <th scope="row">
                { row.label }
                { part!(<Help label={row.label} text={row.help} />) }
            </th>
            { for row.cells.iter().map(|it| cell(it.as_ref())) }
        </tr>
    }
}

fn cell(cell: Option<&Cell>) -> Html {
    let Some(cell) = cell else { return html! { <td class="muted">{ "…" }</td> } };
    let tone = match cell.is_better {
        Some(true) => "compare-gap good",
        Some(false) => "compare-gap warn",
        None => "compare-gap",
    };
    html! {
        <td>
            <span>{ &cell.text }</span>
            <span class={tone}>{ &cell.difference }</span>
        </td>
    }
}
