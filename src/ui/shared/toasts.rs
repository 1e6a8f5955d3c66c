//! Messages that go away.

use yew::prelude::*;

use super::{Icon, IconName};
use crate::store::{Toast, ToastKind};
use crate::ui::part::part;

/// Properties of [`Toasts`].
#[derive(PartialEq, Properties)]
pub struct ToastsProps {
    /// The messages, the oldest first.
    pub toasts: Vec<Toast>,
    /// Take back what the message tells of.
    pub on_undo: Callback<u32>,
    /// Take the message away.
    pub on_dismiss: Callback<u32>,
}

/// The messages at the foot of the page. Screen readers say what worked when there is time, and what failed at once.
#[component]
pub fn Toasts(props: &ToastsProps) -> Html {
    let of = |kind| props.toasts.iter().filter(move |toast| toast.kind == kind).map(|toast| view(props, toast));
    html! {
        <div class="toasts">
            <div role="status" aria-live="polite">{ for of(ToastKind::Done) }</div>
            <div role="alert" aria-live="assertive">{ for of(ToastKind::Failed) }</div>
        </div>
    }
}

fn view(props: &ToastsProps, toast: &Toast) -> Html {
    let id = toast.id;
    let (class, icon) = match toast.kind {
        ToastKind::Done => ("toast", IconName::Check),
        ToastKind::Failed => ("toast toast-failed", IconName::Failed),
    };
    html! {
        <div {class} key={id}>
            { part!(<Icon name={icon} />) }
            <span class="toast-text">{ &toast.text }</span>
            if toast.undo {
                <button type="button" class="btn btn-s" onclick={props.on_undo.reform(move |_event: MouseEvent| id)}>{ "Undo" }</button>
            }
            <button type="button" class="icon-btn icon-btn-s" aria-label="Dismiss" title="Dismiss" onclick={props.on_dismiss.reform(move |_event: MouseEvent| id)}>
                { part!(<Icon name={IconName::Close} />) }
            </button>
        </div>
    }
}
