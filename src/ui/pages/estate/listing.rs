//! A card with a table that is read and sorted, and in which nothing is changed: hosts and datastores.

use std::cmp::Ordering;
use std::rc::Rc;

use yew::prelude::*;

use crate::engine::order::sorted;
use crate::store::format;
use crate::store::select::in_order_of_names;
use crate::ui::part::part;
use crate::ui::shared::{Card, Column, VirtualTable};

/// What is listed. The first column is the name.
pub trait Listed {
    /// How many there are.
    fn count(&self) -> usize;

    /// The name of one.
    fn name(&self, at: usize) -> &str;

    /// The id of one.
    fn id(&self, at: usize) -> String;

    /// What stands in another column than that of the name.
    fn text(&self, at: usize, column: usize) -> String;

    /// How two are ordered by another column than that of the name.
    fn compare(&self, a: usize, b: usize, column: usize) -> Ordering;
}

/// Properties of [`Listing`].
#[derive(Properties)]
pub struct ListingProps {
    /// What is listed.
    pub of: Rc<dyn Listed>,
    /// The title of the card.
    pub title: &'static str,
    /// One, and several.
    pub words: (&'static str, &'static str),
    /// Title, whether it is numeric, and width in pixels.
    pub columns: &'static [(&'static str, bool, u32)],
}

impl PartialEq for ListingProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.of, &other.of)
    }
}

/// The card; nothing where there is nothing.
#[component]
pub fn Listing(props: &ListingProps) -> Html {
    let sort = use_state(|| (0_usize, false));
    let rows = use_memo((Address(Rc::clone(&props.of)), *sort), |(Address(of), (column, descending))| {
        let by_name = in_order_of_names(of.count(), &|at| of.name(at));
        let order = sorted(by_name.len(), &|a, b| {
            let order = if *column == 0 { Ordering::Equal } else { of.compare(by_name[a], by_name[b], *column) }
                .then(a.cmp(&b));
            if *descending { order.reverse() } else { order }
        });
        order.into_iter().map(|position| by_name[position]).collect::<Vec<usize>>()
    });
    if rows.is_empty() {
        return html! { <div></div> };
    }
    let row_key = {
        let (of, rows) = (Rc::clone(&props.of), Rc::clone(&rows));
        Callback::from(move |row: usize| AttrValue::from(rows.get(row).map_or_else(String::new, |&at| of.id(at))))
    };
    let cell = {
        let (of, rows) = (Rc::clone(&props.of), Rc::clone(&rows));
        Callback::from(move |(row, column): (usize, usize)| {
            let text = |&at: &usize| if column == 0 { of.name(at).to_owned() } else { of.text(at, column) };
            rows.get(row).map_or_else(Html::default, |at| html! { text(at) })
        })
    };
    let on_sort = {
        let (current, sort) = (*sort, sort.setter());
        Callback::from(move |column: usize| sort.set((column, current.0 == column && !current.1)))
    };
    let columns: Vec<Column> = props
        .columns
        .iter()
        .map(|&(title, numeric, width)| Column { title: title.into(), numeric, sortable: true, width })
        .collect();
    let note = format::counted(rows.len() as u64, props.words.0, props.words.1);
    let version = Rc::as_ptr(&rows) as usize as u64;
    part!(<Card title={props.title} {note}>
            { part!(<VirtualTable label={props.title} {columns} rows={rows.len()} {row_key} {cell} {version} sort={Some(*sort)} {on_sort} height_rows={8} />) }
        </Card>)
}

/// Compared by where it is.
struct Address(Rc<dyn Listed>);

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
