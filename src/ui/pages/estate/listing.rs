//! A card with a table of things of the estate: filtered, sorted, with columns of choice, selected, copied out. All four tables of the page are this one.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::chooser::{Chooser, use_columns};
use super::conditions::Conditions;
use crate::store::filter::{self, Filter};
use crate::store::format;
use crate::store::listing::{self, Kind, Listed, Sort};
use crate::ui::hooks::{use_later, use_services, use_version};
use crate::ui::part::part;
use crate::ui::shared::{Card, Column, EmptyState, Help, Icon, IconName, SearchField, VirtualTable, use_size};
use crate::web::typing::hold;

/// How to select.
const SELECTING: &str = "A click on the first cell of a row, or the space bar on it, selects it or lets it go. Select all takes those that the filter leaves; what is selected stays so while you filter for more.";

/// What the table has beside columns that are chosen by width, in px: the column of selection, the edges of its rows and card, and a bar to scroll.
const AROUND: f64 = SELECT as f64 + 66.0;
/// The width of the column of selection, in px.
const SELECT: u32 = 64;

/// Things that are selected, by id.
pub type Selection = Rc<BTreeSet<u64>>;

/// A cell that is typed into: the position of the thing, the column, and what is called when that is over.
pub type Typing = (usize, usize, Callback<()>);

/// Properties of [`Listing`]. What is called back belongs to `of`: nothing else makes the table render again.
#[derive(Properties)]
pub struct ListingProps {
    /// What is listed.
    pub of: Rc<dyn Listed>,
    /// The title of the card.
    pub title: &'static str,
    /// One, and several.
    pub words: (&'static str, &'static str),
    /// An example of what can be looked for.
    pub placeholder: &'static str,
    /// The order at first.
    #[prop_or_default]
    pub sort: Sort,
    /// At most so many rows are in view.
    #[prop_or(8)]
    pub height_rows: usize,
    /// More in the head of the card.
    #[prop_or_default]
    pub actions: Html,
    /// What else can be done with those that are selected, or with the table.
    #[prop_or_default]
    pub bar: Option<Callback<Selection, Html>>,
    /// Cells that are more than their text.
    #[prop_or_default]
    pub cell: Option<Callback<(usize, usize), Html>>,
    /// Opens one, by id.
    #[prop_or_default]
    pub on_open: Option<Callback<u64>>,
    /// Columns whose cells can be typed into, and what stands in such a cell then.
    #[prop_or_default]
    pub editor: Option<(&'static [usize], Callback<Typing, Html>)>,
}

impl PartialEq for ListingProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.of, &other.of)
    }
}

/// The card; nothing where there is nothing.
#[component]
pub fn Listing(props: &ListingProps) -> Html {
    let (of, (one, several)) = (&props.of, props.words);
    let query = use_state(String::new);
    let sort = use_state(|| props.sort);
    let selection = use_state(Selection::default);
    let typing = use_state(|| None::<(u64, usize)>);
    let frame = use_node_ref();
    let width = use_size(&frame).map(|(width, _)| width - AROUND);
    let (shown, on_turn) = use_columns(of, one, width);
    // What is typed is there at once, and the rows that it asks for come in a task of their own: keys that wait are read before that.
    let looked_for = use_later(&*query, true).unwrap_or_default();
    let rows = use_memo((Address(Rc::clone(of)), looked_for, *sort), |(Address(of), query, sort)| {
        listing::rows(&**of, query, *sort)
    });
    let version =
        use_version((Address(Rc::clone(of)), Rc::clone(&rows), Rc::clone(&selection), shown.clone(), *typing));
    if of.count() == 0 {
        return html! { <div ref={frame}></div> };
    }
    let at = {
        let rows = Rc::clone(&rows);
        move |row: usize| rows.get(row).map(|&at| at as usize)
    };
    let id_of = {
        let (of, at) = (Rc::clone(of), at.clone());
        move |row: usize| at(row).map(|at| of.id(at))
    };
    let row_key = {
        let id_of = id_of.clone();
        Callback::from(move |row: usize| AttrValue::from(id_of(row).unwrap_or_default().to_string()))
    };
    let cell = {
        let (of, selection, shown, typing) = (Rc::clone(of), Rc::clone(&selection), shown.clone(), typing.clone());
        let (special, editor) = (props.cell.clone(), props.editor.clone());
        Callback::from(move |(row, column): (usize, usize)| {
            let Some(at) = at(row) else { return Html::default() };
            let Some(column) = column.checked_sub(1) else { return check(selection.contains(&of.id(at))) };
            let Some(&column) = shown.get(column) else { return Html::default() };
            if let Some((_, editor)) = &editor
                && *typing == Some((of.id(at), column))
            {
                let typing = typing.setter();
                return editor.emit((at, column, Callback::from(move |()| typing.set(None))));
            }
            match &special {
                Some(special) => special.emit((at, column)),
                None => html! { listing::shown(&*of, at, column) },
            }
        })
    };
    let is_selected = {
        let (id_of, selection) = (id_of.clone(), Rc::clone(&selection));
        Callback::from(move |row: usize| id_of(row).is_some_and(|id| selection.contains(&id)))
    };
    let on_toggle = {
        let (id_of, selection) = (id_of.clone(), selection.clone());
        Callback::from(move |row: usize| {
            let Some(id) = id_of(row) else { return };
            let mut next = (**selection).clone();
            if !next.remove(&id) {
                next.insert(id);
            }
            selection.set(Rc::new(next));
        })
    };
    let on_sort = {
        let (current, sort, shown) = (*sort, sort.setter(), shown.clone());
        Callback::from(move |column: usize| {
            if let Some(&column) = column.checked_sub(1).and_then(|column| shown.get(column)) {
                sort.set(current.clicked(column));
            }
        })
    };
    let on_activate = props.on_open.clone().map(|on_open| {
        let id_of = id_of.clone();
        Callback::from(move |row: usize| {
            if let Some(id) = id_of(row) {
                on_open.emit(id);
            }
        })
    });
    let on_edit = props.editor.as_ref().map(|(columns, _)| {
        let stand = shown.iter().enumerate().filter(|(_, column)| columns.contains(column));
        let (typing, shown) = (typing.setter(), shown.clone());
        let begin = move |(row, column): (usize, usize)| {
            let column = column.checked_sub(1).and_then(|column| shown.get(column).copied());
            let to_type = id_of(row).zip(column);
            if to_type.is_some() {
                hold();
            }
            typing.set(to_type);
        };
        (stand.map(|(at, _)| at + 1).collect::<Vec<usize>>(), Callback::from(begin))
    });
    let on_query = {
        let query = query.setter();
        Callback::from(move |text: String| query.set(text))
    };
    let on_select = {
        let selection = selection.setter();
        Callback::from(move |next: Selection| selection.set(next))
    };
    let note = if rows.len() == of.count() {
        format::counted(rows.len() as u64, one, several)
    } else {
        format!("{} of {}", format::count(rows.len() as u64), format::count(of.count() as u64))
    };
    let sorted = shown.iter().position(|&column| column == sort.column).map(|column| (column + 1, sort.descending));
    let titles: Vec<&'static str> = (0..of.columns().len()).map(|column| of.title(column)).collect();
    let help = filter::help(of.columns());
    html! { <div ref={frame}>{ part!(<Card title={props.title} {note} actions={html! {
        <>
            { props.actions.clone() }
            { part!(<Chooser {titles} shown={shown.clone()} {on_turn} />) }
            { part!(<SearchField label={format!("Search {several}")} placeholder={props.placeholder} value={(*query).clone()} on_input={on_query.clone()} />) }
        </>
    }}>
        { part!(<Conditions text={(*query).clone()} parts={Filter::read(&query, of.columns()).parts} on_text={on_query.clone()} />) }
        { part!(<Selected of={Rc::clone(of)} words={props.words} rows={Rc::clone(&rows)} selection={Rc::clone(&selection)} {on_select} help={help.clone()} bar={props.bar.clone()} />) }
        if rows.is_empty() {
            { part!(<EmptyState title={format!("No {one} matches")} text={help} />) }
        } else {
            { part!(<VirtualTable label={props.title} columns={columns(&**of, &shown)} rows={rows.len()} {row_key} {cell} {version}
                sort={sorted} {on_sort} {on_activate} on_toggle={Some(on_toggle)} {on_edit} is_selected={Some(is_selected)} height_rows={props.height_rows} />) }
        }
    </Card>) }</div> }
}

/// The mark of a row that is selected, or the place for it.
fn check(is_selected: bool) -> Html {
    if is_selected {
        return html! { <span class="row-check on">{ part!(<Icon name={IconName::Check} />) }</span> };
    }
    html! { <span class="row-check"></span> }
}

/// The column of selection, and those that are shown.
fn columns(of: &dyn Listed, shown: &[usize]) -> Vec<Column> {
    let select = Column { title: "Select".into(), numeric: false, data: false, sortable: false, width: SELECT };
    let column = |&at: &usize| {
        let column = &of.columns()[at];
        Column {
            title: of.title(at).into(),
            numeric: column.kind.is_number(),
            data: column.kind == Kind::Text,
            sortable: true,
            width: column.width,
        }
    };
    std::iter::once(select).chain(shown.iter().map(column)).collect()
}

/// Properties of [`Selected`].
#[derive(Properties)]
struct SelectedProps {
    of: Rc<dyn Listed>,
    words: (&'static str, &'static str),
    rows: Rc<Vec<u32>>,
    selection: Selection,
    on_select: Callback<Selection>,
    help: String,
    bar: Option<Callback<Selection, Html>>,
}

impl PartialEq for SelectedProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.of, &other.of)
            && Rc::ptr_eq(&self.rows, &other.rows)
            && Rc::ptr_eq(&self.selection, &other.selection)
    }
}

/// A bar above the table: how many are selected, and what can be done with them.
#[component]
fn Selected(props: &SelectedProps) -> Html {
    let services = use_services();
    let (of, (one, several), selection) = (&props.of, props.words, &props.selection);
    let chosen: Vec<u32> = if selection.is_empty() {
        Vec::new()
    } else {
        (0..of.count() as u32).filter(|&at| selection.contains(&of.id(at as usize))).collect()
    };
    let all = {
        let (of, rows, on_select) = (Rc::clone(of), Rc::clone(&props.rows), props.on_select.clone());
        Callback::from(move |_event: MouseEvent| {
            on_select.emit(Rc::new(rows.iter().map(|&at| of.id(at as usize)).collect()));
        })
    };
    let none = props.on_select.reform(|_event: MouseEvent| Selection::default());
    let copy = {
        let (of, rows, selection) = (Rc::clone(of), Rc::clone(&props.rows), Rc::clone(selection));
        Callback::from(move |_event: MouseEvent| {
            // In the order of the table; without a selection all that it shows.
            let is_copied = |at: &u32| selection.is_empty() || selection.contains(&of.id(*at as usize));
            let rows: Vec<u32> = rows.iter().copied().filter(is_copied).collect();
            let told = format!("{} copied", format::counted(rows.len() as u64, one, several));
            services.copy(listing::tsv(&*of, &rows), told);
        })
    };
    let words = if chosen.is_empty() {
        "None selected".to_owned()
    } else {
        let count = format::counted(chosen.len() as u64, one, several);
        format!("{count} selected{}", listing::sums(&**of, &chosen))
    };
    let ids: BTreeSet<u64> = chosen.iter().map(|&at| of.id(at as usize)).collect();
    html! {
        <div class="bulk" role="group" aria-label={format!("Selected {several}")}>
            <span role="status">{ words }</span>
            { part!(<Help label="How to filter and to select" text={format!("{} {SELECTING}", props.help)} />) }
            <span class="grow"></span>
            { for props.bar.as_ref().map(|bar| bar.emit(Rc::new(ids))) }
            <button type="button" class="btn btn-s" title="For a spreadsheet: a line for each row with all columns, cells apart by tabs" onclick={copy}>
                { if chosen.is_empty() { "Copy all" } else { "Copy" } }
            </button>
            <button type="button" class="btn btn-quiet btn-s" disabled={props.rows.is_empty()} onclick={all}>{ format!("Select all {}", format::count(props.rows.len() as u64)) }</button>
            <button type="button" class="btn btn-quiet btn-s" disabled={chosen.is_empty()} onclick={none}>{ "Select none" }</button>
        </div>
    }
}

/// Compared by where it is.
struct Address(Rc<dyn Listed>);

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
