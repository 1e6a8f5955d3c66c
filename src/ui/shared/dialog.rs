//! Dialogs: the browser's own, which keeps the focus inside and the page behind inert.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::style::report;
use super::{Icon, IconName, use_id};
use crate::ui::part::part;
use crate::web::{dom, typing};

/// Properties of [`Dialog`].
#[derive(PartialEq, Properties)]
pub struct DialogProps {
    /// What it is about.
    pub title: AttrValue,
    /// Asks to be closed: by its button or by Escape. The page then no longer renders it.
    pub on_close: Callback<()>,
    /// Buttons at the end.
    #[prop_or_default]
    pub actions: Html,
    /// Room for a table.
    #[prop_or_default]
    pub wide: bool,
    /// A question, which a screen reader reads out whole.
    #[prop_or_default]
    pub is_question: bool,
    /// What it holds.
    #[prop_or_default]
    pub children: Html,
}

/// A modal dialog, open for as long as it is rendered. The focus goes back to where it was.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    let id = use_id();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let before = dom::document().active_element();
            let dialog = node.cast::<web_sys::HtmlDialogElement>();
            // In a task of its own: the browser lays out the whole page for it.
            let turn = typing::hold();
            let opening = dialog.clone().map(|dialog| {
                Timeout::new(0, move || {
                    if !dialog.open() {
                        report(dialog.show_modal());
                    }
                    typing::release();
                })
            });
            move || {
                drop(opening);
                typing::give_up(turn);
                if let Some(dialog) = dialog {
                    dialog.close();
                }
                give_back_focus(before);
            }
        });
    }
    let oncancel = {
        let (node, on_close) = (node.clone(), props.on_close.clone());
        Callback::from(move |event: Event| {
            // A file input inside cancels too.
            if is_from(&event, &node) {
                event.prevent_default();
                on_close.emit(());
            }
        })
    };
    let onclose = {
        let (node, on_close) = (node.clone(), props.on_close.clone());
        // Browsers may close without asking, after a second Escape for example.
        Callback::from(move |event: Event| {
            if is_from(&event, &node) {
                on_close.emit(());
            }
        })
    };
    let class = classes!("dialog", props.wide.then_some("dialog-wide"));
    let role = props.is_question.then_some("alertdialog");
    let describe = props.is_question.then(|| format!("{id}-body"));
    html! {
        <dialog ref={node} {class} {role} aria-labelledby={format!("{id}-title")} aria-describedby={describe} {oncancel} {onclose}>
            <header class="dialog-head">
                <h2 id={format!("{id}-title")}>{ &props.title }</h2>
                if !props.is_question {
                    <button type="button" class="icon-btn" aria-label="Close" title="Close" onclick={props.on_close.reform(|_event: MouseEvent| ())}>
                        { part!(<Icon name={IconName::Close} />) }
                    </button>
                }
            </header>
            <div class="dialog-body" id={format!("{id}-body")}>{ props.children.clone() }</div>
            <footer class="dialog-foot">{ props.actions.clone() }</footer>
        </dialog>
    }
}

fn is_from(event: &Event, node: &NodeRef) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    target.is_some() && target == node.get()
}

fn give_back_focus(to: Option<web_sys::Element>) {
    if let Some(element) = to.filter(|element| element.is_connected())
        && let Ok(element) = element.dyn_into::<web_sys::HtmlElement>()
    {
        report(element.focus());
    }
}

/// Properties of [`ConfirmDialog`].
#[derive(PartialEq, Properties)]
pub struct ConfirmDialogProps {
    /// The question.
    pub title: AttrValue,
    /// The word on the button that goes on: what will happen, never "OK".
    pub confirm: AttrValue,
    /// Whether something is lost by it.
    #[prop_or_default]
    pub danger: bool,
    /// Go on.
    pub on_confirm: Callback<()>,
    /// Leave all as it is.
    pub on_cancel: Callback<()>,
    /// What will happen, in a sentence or two.
    #[prop_or_default]
    pub children: Html,
}

/// A question with two answers. The focus is on the one that changes nothing where something would be lost, else on the one that goes on.
#[component]
pub fn ConfirmDialog(props: &ConfirmDialogProps) -> Html {
    let class = if props.danger { "btn btn-danger" } else { "btn btn-primary" };
    let actions = html! {
        <>
            <button type="button" class="btn" autofocus={props.danger} onclick={props.on_cancel.reform(|_event: MouseEvent| ())}>{ "Cancel" }</button>
            <button type="button" {class} autofocus={!props.danger} onclick={props.on_confirm.reform(|_event: MouseEvent| ())}>{ &props.confirm }</button>
        </>
    };
    part!(<Dialog title={props.title.clone()} on_close={props.on_cancel.clone()} {actions} is_question=true>{ props.children.clone() }</Dialog>)
}
