//! What a term or a number means, beside it.

use yew::prelude::*;

use super::style::set_css_vars;
use super::{Icon, IconName, use_id};
use crate::chart::scale::plain;
use crate::ui::part::part;
use crate::web::dom;

/// Properties of [`Help`].
#[derive(PartialEq, Properties)]
pub struct HelpProps {
    /// The explanation.
    pub text: AttrValue,
    /// What is explained, for screen readers.
    #[prop_or(AttrValue::Static("What this means"))]
    pub label: AttrValue,
}

/// A question mark that opens an explanation beside it; Escape, a click elsewhere or the mark itself closes it.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let id = use_id();
    let (button, text) = (use_node_ref(), use_node_ref());
    // Runs before the browser opens the explanation.
    let onclick = {
        let (button, text) = (button.clone(), text.clone());
        Callback::from(move |_event: MouseEvent| place(&button, &text))
    };
    html! {
        <span class="help-frame">
            <button ref={button} type="button" class="help" aria-label={props.label.clone()} popovertarget={id.clone()} {onclick}>{ part!(<Icon name={IconName::Help} />) }</button>
            <span ref={text} class="help-text" popover="auto" role="note" {id}>{ &props.text }</span>
        </span>
    }
}

/// The widest and the usual height that an explanation takes, in px.
const ROOM: (f64, f64) = (336.0, 180.0);

/// Puts the explanation below the mark, or above it where there is no room, inside of the window. In coordinates of the page, so that it scrolls along.
fn place(button: &NodeRef, text: &NodeRef) {
    let (Some(button), Some(text)) = (button.cast::<web_sys::Element>(), text.cast::<web_sys::Element>()) else {
        return;
    };
    let window = dom::window();
    let size =
        |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or_default();
    let (width, height) = (size(window.inner_width()), size(window.inner_height()));
    let (scroll_x, scroll_y) = (window.scroll_x().unwrap_or_default(), window.scroll_y().unwrap_or_default());
    let mark = button.get_bounding_client_rect();
    let x = (mark.left() - 12.0).min(width - ROOM.0 - 8.0).max(8.0) + scroll_x;
    let above = mark.bottom() + ROOM.1 > height && mark.top() > ROOM.1;
    let (y, shift) = if above { (mark.top() - 4.0, "-100%") } else { (mark.bottom() + 4.0, "0px") };
    let px = |value: f64| AttrValue::from(format!("{}px", plain(value.round())));
    set_css_vars(&text, &[("--x", px(x)), ("--y", px(y + scroll_y)), ("--shift", shift.into())]);
}
