//! One row. A component, so that scrolling and selecting render only the rows that change.

use std::rc::Rc;

use yew::prelude::*;

use super::{Cell, Column, cell_id};

/// Gives the content of cells. Always equal: `version` says when the content changed.
#[derive(Clone)]
pub(super) struct Cells(pub Callback<(usize, usize), Html>);

impl PartialEq for Cells {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

/// Properties of [`Row`].
#[derive(PartialEq, Properties)]
pub(super) struct RowProps {
    pub id: AttrValue,
    pub index: usize,
    pub columns: Rc<Vec<Column>>,
    pub cells: Cells,
    pub version: u64,
    /// Whether it is selected, where rows can be.
    pub selected: Option<bool>,
    /// The column whose cell is the tab stop.
    pub focus: Option<usize>,
}

#[component]
pub(super) fn Row(props: &RowProps) -> Html {
    let row = props.index + 1;
    html! {
        <div class="vtable-row" role="row" aria-rowindex={(row + 1).to_string()} aria-selected={props.selected.map(|selected| selected.to_string())}>
            for (index, column) in props.columns.iter().enumerate() {
                <div class={if column.numeric { "vtable-cell vtable-end" } else { "vtable-cell" }} role="gridcell" id={cell_id(&props.id, Cell { row, column: index })}
                    translate={column.data.then_some("no")} aria-colindex={(index + 1).to_string()} tabindex={if props.focus == Some(index) { "0" } else { "-1" }}>
                    { props.cells.0.emit((props.index, index)) }
                </div>
            }
        </div>
    }
}
