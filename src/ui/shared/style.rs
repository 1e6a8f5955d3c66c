//! Dynamic values for the style sheets, set through the CSSOM: the content security policy blocks `style` attributes.

use wasm_bindgen::{JsCast, JsValue};
use yew::prelude::*;

/// Sets custom properties of an element.
pub fn set_css_vars(element: &web_sys::Element, vars: &[(&'static str, AttrValue)]) {
    let style = if let Some(html) = element.dyn_ref::<web_sys::HtmlElement>() {
        html.style()
    } else if let Some(svg) = element.dyn_ref::<web_sys::SvgElement>() {
        svg.style()
    } else {
        return;
    };
    for (name, value) in vars {
        report(style.set_property(name, value));
    }
}

/// Keeps custom properties of the element behind `node` at these values.
#[hook]
pub fn use_css_vars(node: NodeRef, vars: Vec<(&'static str, AttrValue)>) {
    use_effect_with(vars, move |vars| {
        if let Some(element) = node.cast::<web_sys::Element>() {
            set_css_vars(&element, vars);
        }
    });
}

/// Properties of [`Styled`].
#[derive(PartialEq, Properties)]
pub struct StyledProps {
    /// Classes of the element.
    #[prop_or_default]
    pub class: Classes,
    /// Custom properties: `("--width", "42%".into())`.
    pub vars: Vec<(&'static str, AttrValue)>,
    /// What it holds.
    #[prop_or_default]
    pub children: Html,
}

/// A `div` with custom properties that its classes read.
#[component]
pub fn Styled(props: &StyledProps) -> Html {
    let node = use_node_ref();
    use_css_vars(node.clone(), props.vars.clone());
    html! { <div ref={node} class={props.class.clone()}>{ props.children.clone() }</div> }
}

/// Tells the console of a browser call that failed where nothing can be done about it.
pub(crate) fn report<T>(result: Result<T, JsValue>) {
    if let Err(error) = result {
        web_sys::console::warn_1(&error);
    }
}
