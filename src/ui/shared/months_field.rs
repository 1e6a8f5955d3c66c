//! A number of months that may be left empty.

use yew::prelude::*;

use super::TextField;
use crate::engine::schema::limits;
use crate::ui::part::part;

/// A number of months that may be left empty. What is no such number goes back to what it was.
pub fn months_field(
    label: &'static str,
    value: Option<u32>,
    help: &'static str,
    on_change: Callback<Option<u32>>,
) -> Html {
    let on_change = Callback::from(move |text: String| {
        let months = match text.trim() {
            "" => Some(None),
            text => text.parse().ok().filter(|months| limits::MONTHS.contains(months)).map(Some),
        };
        if let Some(months) = months {
            on_change.emit(months);
        }
    });
    let value = value.map_or_else(String::new, |months| months.to_string());
    part!(<TextField {label} {value} placeholder="months" max_length={2} {help} {on_change} />)
}
