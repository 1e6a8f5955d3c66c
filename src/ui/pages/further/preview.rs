//! What an export would say.

use yew::prelude::*;

use crate::export::Format;
use crate::export::beginning::{Beginning, Part, Rows};
use crate::store::{AppState, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::web::dom;

/// Properties of [`Preview`].
#[derive(PartialEq, Properties)]
pub struct PreviewProps {
    /// The export.
    pub format: Format,
}

/// The beginning of an export of what is on screen, made anew when that changes.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let services = use_services();
    let found = use_state(|| None::<Result<Beginning, String>>);
    let work = use_selector(AppState::work);
    let plan = use_selector(|state| state.outcome.as_ref().map(|outcome| outcome.plan_hash.clone()));
    // What was asked for last is what is shown.
    let asked = use_mut_ref(|| 0_u32);
    {
        let found = found.setter();
        use_effect_with((props.format, work, plan), move |&(format, ..)| {
            *asked.borrow_mut() += 1;
            let mine = *asked.borrow();
            dom::spawn(async move {
                let beginning = services.beginning(format).await;
                if *asked.borrow() == mine {
                    found.set(Some(beginning));
                }
            });
        });
    }
    match &*found {
        None => html! { <p class="muted" role="status">{ "Writing it…" }</p> },
        Some(Err(reason)) => html! { <p class="muted" role="alert">{ reason }</p> },
        Some(Ok(beginning)) => html! {
            <div class="preview">
                <p class="muted" role="status">{ size(beginning.bytes) }</p>
                <div class="preview-parts">
                    { for beginning.parts.iter().enumerate().map(|(index, part)| html! { <div key={index}>{ shown(part) }</div> }) }
                </div>
            </div>
        },
    }
}

fn size(bytes: u64) -> String {
    match bytes.div_ceil(1000) {
        0 | 1 => "The file has less than 1 KB; this is how it begins".to_owned(),
        large @ 1000.. => {
            format!("The file has {} MB; this is how it begins", format::decimal(large as f64 / 1000.0, 1))
        }
        small => format!("The file has {small} KB; this is how it begins"),
    }
}

/// A part of the file. Files are in English, whatever the language of the page.
fn shown(part: &Part) -> Html {
    match part {
        Part::Sentence(text) => html! { <p lang="en" translate="no">{ text }</p> },
        Part::Lines { name, lines, more } => html! {
            <>
                if !name.is_empty() { <h4 lang="en" translate="no">{ name }</h4> }
                <pre class="preview-lines" lang="en" translate="no" tabindex="0">{ lines.join("\n") }</pre>
                { rest(*more, "line", "lines") }
            </>
        },
        Part::Table(rows) => table(rows),
    }
}

fn table(Rows { name, heads, rows, more }: &Rows) -> Html {
    let row = |(index, cells): (usize, &Vec<String>)| {
        html! { <tr key={index}>{ for cells.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr> }
    };
    html! {
        <>
            <h4 lang="en" translate="no">{ name }</h4>
            <div class="scroll-x" tabindex="0" role="region" translate="no" aria-label={name.clone()}>
                <table class="grid" lang="en" translate="no">
                    <thead><tr>{ for heads.iter().map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                    <tbody>{ for rows.iter().enumerate().map(row) }</tbody>
                </table>
            </div>
            { rest(*more, "row", "rows") }
        </>
    }
}

/// How much is left out.
fn rest(more: u64, one: &str, many: &str) -> Html {
    html! {
        <div>
            if more > 0 {
                <p class="muted">{ format!("and {} more", format::counted(more, one, many)) }</p>
            }
        </div>
    }
}
