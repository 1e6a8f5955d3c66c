//! The conditions of a filter as tokens, each of which can be taken out of the text again.

use std::collections::BTreeMap;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::store::filter::{Part, without};
use crate::ui::part::part;
use crate::ui::shared::{Icon, IconName};

/// Properties of [`Conditions`].
#[derive(PartialEq, Properties)]
pub struct ConditionsProps {
    /// What is typed.
    pub text: AttrValue,
    /// The conditions in it.
    pub parts: Vec<Part>,
    /// The text without a condition.
    pub on_text: Callback<String>,
}

/// The tokens, and below them why some of them are not understood.
#[component]
pub fn Conditions(props: &ConditionsProps) -> Html {
    let mut alike = BTreeMap::<&str, usize>::new();
    let tokens = props.parts.iter().map(|part| {
        let (words, is_bad) = (props.text.get(part.at.clone()).unwrap_or_default(), part.problem.is_some());
        let rest = without(&props.text, &part.at);
        let onclick = props.on_text.reform(move |event: MouseEvent| {
            pass_focus(&event);
            rest.clone()
        });
        let count = alike.entry(words).or_default();
        *count += 1;
        // By its words, so that the others keep their elements, and the focus, when one goes.
        let key = format!("{count} {words}");
        html! {
            <li {key} class={if is_bad { "token token-bad" } else { "token" }}>
                if is_bad {
                    { part!(<Icon name={IconName::Warning} />) }<span class="visually-hidden">{ "Not understood:" }</span>
                }
                <span translate="no">{ words }</span>
                <button type="button" class="token-remove" aria-label={format!("Remove the condition {words}")} {onclick}>{ part!(<Icon name={IconName::Close} />) }</button>
            </li>
        }
    });
    let tokens: Vec<Html> = tokens.collect();
    let problems = props.parts.iter().filter_map(|part| part.problem.as_ref());
    html! {
        <div class="conditions">
            if !tokens.is_empty() { <ul class="tokens" aria-label="Conditions of the filter">{ for tokens }</ul> }
            <div class="filter-problem" role="status">{ for problems.enumerate().map(|(at, problem)| html! { <p key={at}>{ problem }</p> }) }</div>
        </div>
    }
}

/// Gives the focus of a token that goes to the next one, the one before it, or the field.
fn pass_focus(event: &MouseEvent) {
    let target = event.target_dyn_into::<web_sys::Element>();
    let Some(token) = target.and_then(|target| target.closest("li").ok().flatten()) else { return };
    // One with the same words cannot be told from the one that goes.
    let beside = token.next_element_sibling().or_else(|| token.previous_element_sibling());
    let beside = beside.filter(|beside| beside.text_content() != token.text_content());
    let next = match beside {
        Some(beside) => beside.query_selector("button"),
        None => token.closest(".card").and_then(|card| match card {
            Some(card) => card.query_selector("input[type=search]"),
            None => Ok(None),
        }),
    };
    if let Some(next) = next.ok().flatten().and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(next.focus());
    }
}
