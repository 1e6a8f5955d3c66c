//! The heads of the columns.

use std::rc::Rc;

use yew::prelude::*;

use super::{Cell, Column, cell_id};
use crate::ui::part::part;
use crate::ui::shared::{Icon, IconName};

/// Properties of [`Head`].
#[derive(PartialEq, Properties)]
pub(super) struct HeadProps {
    pub id: AttrValue,
    pub columns: Rc<Vec<Column>>,
    pub sort: Option<(usize, bool)>,
    pub on_sort: Callback<usize>,
    /// The column whose head is the tab stop.
    pub focus: Option<usize>,
}

#[component]
pub(super) fn Head(props: &HeadProps) -> Html {
    html! {
        <div class="vtable-head" role="rowgroup">
            <div class="vtable-row" role="row" aria-rowindex="1">
                for (index, column) in props.columns.iter().enumerate() {
                    { head(props, index, column) }
                }
            </div>
        </div>
    }
}

fn head(props: &HeadProps, index: usize, column: &Column) -> Html {
    let class = classes!("vtable-cell", column.numeric.then_some("vtable-end"));
    let tabindex = if props.focus == Some(index) { "0" } else { "-1" };
    let id = cell_id(&props.id, Cell { row: 0, column: index });
    if !column.sortable {
        return html! {
            <div {class} role="columnheader" {id} {tabindex} aria-colindex={(index + 1).to_string()}>{ &column.title }</div>
        };
    }
    let order = props.sort.filter(|(sorted, _)| *sorted == index).map(|(_, descending)| descending);
    let sort = order.map(|descending| if descending { "descending" } else { "ascending" });
    let icon = if order == Some(true) { IconName::SortDown } else { IconName::SortUp };
    html! {
        <div {class} role="columnheader" aria-sort={sort} aria-colindex={(index + 1).to_string()}>
            <button type="button" class="vtable-sort" {id} {tabindex} onclick={props.on_sort.reform(move |_event: MouseEvent| index)}>
                <span>{ &column.title }</span>{ part!(<Icon name={icon} />) }
            </button>
        </div>
    }
}
