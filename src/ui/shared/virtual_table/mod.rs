//! A table of any length, of which only the rows in view exist.

mod head;
mod row;

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use self::head::Head;
use self::row::{Cells, Row};
use super::style::{report, set_css_vars};
use super::{use_id, use_size};
use crate::chart::rows::{self, Cell, List, Window};
use crate::chart::scale::plain;
use crate::ui::hooks::use_density;
use crate::ui::part::part;
use crate::web::{dom, typing};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub title: AttrValue,
    /// Numbers stand at the end.
    pub numeric: bool,
    /// Whether its cells are data, such as names: shown as they are in every language.
    pub data: bool,
    /// Whether the head is a button that sorts.
    pub sortable: bool,
    /// The least width in px; columns share what is left in proportion.
    pub width: u32,
}

/// Columns whose cells can be typed into, and who is told of row and column.
pub type Typed = (Vec<usize>, Callback<(usize, usize)>);

/// Properties of [`VirtualTable`].
#[derive(PartialEq, Properties)]
pub struct VirtualTableProps {
    /// What the table lists.
    pub label: AttrValue,
    /// The columns.
    pub columns: Vec<Column>,
    /// The number of rows.
    pub rows: usize,
    /// The identity of a row, the same wherever the row stands; no two rows share one.
    pub row_key: Callback<usize, AttrValue>,
    /// The content of the cell at row and column.
    pub cell: Callback<(usize, usize), Html>,
    /// Changes whenever a cell may: rows are rendered again when it does, and not otherwise.
    pub version: u64,
    /// The column that the rows are sorted by, and whether the largest come first.
    #[prop_or_default]
    pub sort: Option<(usize, bool)>,
    /// A head was clicked.
    #[prop_or_default]
    pub on_sort: Callback<usize>,
    /// The row that is shown elsewhere on the page.
    #[prop_or_default]
    pub selected: Option<usize>,
    /// A row was chosen, by a click, Enter or the space bar.
    #[prop_or_default]
    pub on_activate: Option<Callback<usize>>,
    /// Rows can be selected, several at once: a click into the first cell, or Enter or the space bar on it, tells so in the place of `on_activate`.
    #[prop_or_default]
    pub on_toggle: Option<Callback<usize>>,
    /// Columns whose cells can be typed into: a click into one, or Enter or the space bar on it, tells row and column in the place of `on_activate`.
    #[prop_or_default]
    pub on_edit: Option<Typed>,
    /// Whether a row is selected, where rows can be.
    #[prop_or_default]
    pub is_selected: Option<Callback<usize, bool>>,
    /// At most so many rows are in view.
    #[prop_or(16)]
    pub height_rows: usize,
}

/// A table of any length. Rows are as high as the density has them and exist in chunks around those in view, so there are fewer than 200 elements of rows whatever the height.
///
/// For keyboards it is an ARIA grid: one tab stop; arrows, Home, End, page keys and Ctrl with Home or End go from cell to cell, the heads included; Enter and the
/// space bar choose a row.
#[component]
pub fn VirtualTable(props: &VirtualTableProps) -> Html {
    let id = use_id();
    let (scroller, grid) = (use_node_ref(), use_node_ref());
    let height = use_density().row();
    let list = List { rows: props.rows, row: height };
    let view = use_size(&scroller)
        .map_or(f64::from(props.height_rows as u32) * height, |(_, seen)| (seen - height).max(height));
    let scroll = use_mut_ref(|| 0.0_f64);
    let active = use_state_eq(|| Cell { row: 1, column: 0 });
    // The cell that is to be focused once it is drawn as the active one.
    let to_focus = use_mut_ref(|| None::<Cell>);
    let jumps = use_mut_ref(|| false);
    let update = use_force_update();
    let columns = use_memo(props.columns.clone(), Vec::clone);
    let order = use_mut_ref(|| (props.sort, props.rows));

    // After a jump, and in another order, all rows are new: those in view come first, and the others in a task of their own.
    let is_reordered = order.replace((props.sort, props.rows)) != (props.sort, props.rows);
    let is_jump = jumps.replace(false) || is_reordered;
    let window_of = if is_jump { rows::in_view } else { rows::window };
    let window = window_of(list, *scroll.borrow(), view);
    {
        let update = update.clone();
        use_effect_with((is_jump, window.first), move |(is_jump, _)| {
            let later = is_jump.then(|| Timeout::new(0, move || update.force_update()));
            move || drop(later)
        });
    }
    let at = Cell { row: active.row.min(props.rows), column: active.column.min(props.columns.len().saturating_sub(1)) };
    {
        let grid = grid.clone();
        let least: u32 = props.columns.iter().map(|column| column.width).sum::<u32>() + 16;
        let vars = (track_list(&columns), window.total, window.top, least);
        use_effect_with(vars, move |(tracks, total, top, least)| {
            if let Some(grid) = grid.cast::<web_sys::Element>() {
                let px = |value: f64| AttrValue::from(format!("{}px", plain(value)));
                let least = px(f64::from(*least));
                set_css_vars(
                    &grid,
                    &[("--columns", tracks.clone()), ("--total", px(*total)), ("--top", px(*top)), ("--least", least)],
                );
            }
        });
    }
    {
        let scroller = scroller.clone();
        use_effect_with((props.height_rows, height), move |(height_rows, row)| {
            if let Some(scroller) = scroller.cast::<web_sys::Element>() {
                let height = (*height_rows as f64 + 1.0) * row + 1.0;
                set_css_vars(&scroller, &[("--vtable-height", format!("{}px", plain(height)).into())]);
            }
        });
    }
    {
        // Another order begins at the top.
        let (scroller, scroll, update) = (scroller.clone(), scroll.clone(), update.clone());
        use_effect_with(props.sort, move |_sort| {
            if let Some(scroller) = scroller.cast::<web_sys::Element>()
                && *scroll.borrow() > 0.0
            {
                *scroll.borrow_mut() = 0.0;
                scroller.set_scroll_top(0);
                update.force_update();
            }
        });
    }
    {
        let (to_focus, id) = (Rc::clone(&to_focus), id.clone());
        use_effect(move || {
            // The effect of a render before may come as late as this.
            if *to_focus.borrow() == Some(at) {
                *to_focus.borrow_mut() = None;
                focus_cell(&id, at);
                typing::release();
            }
        });
    }
    let onscroll = {
        let (scroller, scroll, jumps, update) = (scroller.clone(), scroll.clone(), jumps, update.clone());
        Callback::from(move |_event: Event| {
            let Some(scroller) = scroller.cast::<web_sys::HtmlElement>() else { return };
            *scroll.borrow_mut() = f64::from(scroller.scroll_top());
            let mut next = rows::window(list, *scroll.borrow(), view);
            if next != window {
                if next.is_apart(&window) {
                    next = rows::in_view(list, *scroll.borrow(), view);
                    *jumps.borrow_mut() = true;
                }
                keep_focus(&scroller, at, next);
                update.force_update();
            }
        })
    };
    let go = {
        let (scroller, scroll, active, update) = (scroller.clone(), scroll, active.setter(), update);
        let to_focus = Rc::clone(&to_focus);
        move |to: Cell| {
            if let (Some(scroller), Some(row)) = (scroller.cast::<web_sys::Element>(), to.row.checked_sub(1)) {
                let wanted = rows::scroll_to(list, row, *scroll.borrow(), view);
                if (wanted - *scroll.borrow()).abs() >= 1.0 {
                    scroller.set_scroll_top(wanted as i32);
                    *scroll.borrow_mut() = f64::from(scroller.scroll_top());
                }
            }
            *to_focus.borrow_mut() = Some(to);
            // The next key goes on from there.
            typing::hold();
            active.set(to);
            // Also where the cell stays the same: the focus may have been on the table itself.
            update.force_update();
        }
    };
    let onkeydown = {
        let (rows, columns) = (props.rows, props.columns.len());
        let action_of = action_of(props);
        Callback::from(move |event: KeyboardEvent| {
            if event.alt_key() || matches(&event, "input, select, textarea") {
                return;
            }
            let is_ctrl = event.ctrl_key() || event.meta_key();
            let page = (view / height) as usize;
            if let Some(to) = rows::key_target(at, &event.key(), is_ctrl, rows, columns, page.saturating_sub(1)) {
                event.prevent_default();
                go(to);
            } else if let (Some(on_activate), "Enter" | " ", Some(row)) =
                (action_of(at.column), event.key().as_str(), at.row.checked_sub(1))
                && !matches(&event, "button, a")
                && row < rows
            {
                event.prevent_default();
                on_activate.emit(row);
            }
        })
    };
    let onfocusin = {
        let active = active.setter();
        Callback::from(move |event: FocusEvent| {
            if let Some(cell) = cell_of(&event) {
                // Wherever the focus was to go, it is here now.
                if to_focus.take().is_some() {
                    typing::release();
                }
                active.set(cell);
            }
        })
    };
    let onclick = {
        let action_of = action_of(props);
        Callback::from(move |event: MouseEvent| {
            if let Some(cell) = cell_of(&event)
                && let Some(on_activate) = action_of(cell.column)
                && let Some(row) = cell.row.checked_sub(1)
                && !matches(&event, "button, a, input, select, textarea, label")
            {
                on_activate.emit(row);
            }
        })
    };
    let exists = at.row == 0 || (window.first..window.first + window.count).contains(&(at.row - 1));
    let cells = Cells(props.cell.clone());
    let selectable = props.on_activate.is_some();
    let is_selected = |row: usize| match &props.is_selected {
        Some(is_selected) => Some(is_selected.emit(row)),
        None => selectable.then_some(props.selected == Some(row)),
    };
    let several = props.is_selected.is_some().then_some("true");
    html! {
        <div ref={scroller} class={classes!("vtable", selectable.then_some("vtable-active"))} role="grid" aria-label={props.label.clone()} aria-multiselectable={several}
            aria-rowcount={(props.rows + 1).to_string()} aria-colcount={props.columns.len().to_string()} tabindex={if exists { "-1" } else { "0" }}
            {onscroll} {onkeydown} {onfocusin} {onclick}>
            <div ref={grid} class="vtable-grid" role="presentation">
                { part!(<Head id={id.clone()} columns={Rc::clone(&columns)} sort={props.sort} on_sort={props.on_sort.clone()}
                    focus={(at.row == 0).then_some(at.column)} />) }
                <div class="vtable-body" role="rowgroup">
                    <div class="vtable-window" role="presentation">
                        for row in window.first..window.first + window.count {
                            { part!(key = props.row_key.emit(row).to_string(), <Row id={id.clone()} index={row} columns={Rc::clone(&columns)} cells={cells.clone()}
                                version={props.version} selected={is_selected(row)}
                                focus={(at.row == row + 1).then_some(at.column)} />) }
                        }
                    </div>
                </div>
            </div>
            if window.count < props.rows {
                <p class="print-only">{ "Printed are the rows in view; the files on Share have all" }</p>
            }
        </div>
    }
}

/// What is done with the row of a cell that is chosen, by its column.
fn action_of(props: &VirtualTableProps) -> impl Fn(usize) -> Option<Callback<usize>> + use<> {
    let (on_activate, on_toggle, on_edit) = (props.on_activate.clone(), props.on_toggle.clone(), props.on_edit.clone());
    move |column| {
        let toggle = on_toggle.clone().filter(|_| column == 0);
        let edit = on_edit.as_ref().filter(|(columns, _)| columns.contains(&column));
        let edit = edit.map(|(_, edit)| edit.reform(move |row: usize| (row, column)));
        toggle.or(edit).or_else(|| on_activate.clone())
    }
}

/// The widths as tracks of a grid: each at least its own, the rest in proportion.
fn track_list(columns: &[Column]) -> AttrValue {
    let tracks: Vec<String> = columns.iter().map(|column| format!("minmax({0}px, {0}fr)", column.width)).collect();
    tracks.join(" ").into()
}

/// The id of a cell's element.
fn cell_id(id: &str, cell: Cell) -> String {
    format!("{id}-{}-{}", cell.row, cell.column)
}

fn focus_cell(id: &str, cell: Cell) {
    let element = dom::document().get_element_by_id(&cell_id(id, cell));
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Rows are scrolled into view already; columns are not.
        report(element.focus());
    }
}

/// Where the focused cell is about to leave the document, the table itself takes the focus, and the next key goes on from that cell.
fn keep_focus(scroller: &web_sys::HtmlElement, at: Cell, next: Window) {
    let stays = at.row == 0 || (next.first..next.first + next.count).contains(&(at.row - 1));
    let focused = dom::document().active_element();
    if !stays && focused.is_some_and(|focused| scroller.contains(Some(&focused))) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        report(scroller.focus_with_options(&options));
    }
}

/// The cell that an event comes from.
fn cell_of(event: &web_sys::Event) -> Option<Cell> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    // Both count from 1, and the head is the first row.
    let position = |name: &str| {
        let element = target.closest(&["[", name, "]"].concat()).ok()??;
        element.get_attribute(name)?.parse::<usize>().ok()?.checked_sub(1)
    };
    Some(Cell { row: position("aria-rowindex")?, column: position("aria-colindex")? })
}

/// Whether an event comes from inside of an element that the selector names.
fn matches(event: &web_sys::Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.and_then(|target| target.closest(selector).ok().flatten()).is_some()
}
