//! Long work that the user waits for.

use yew::prelude::*;

use super::use_id;
use crate::store::format;

/// Properties of [`ProgressCard`].
#[derive(PartialEq, Properties)]
pub struct ProgressCardProps {
    /// What is being done.
    pub title: AttrValue,
    /// The step it is at.
    #[prop_or_default]
    pub phase: AttrValue,
    /// Steps finished.
    #[prop_or_default]
    pub done: u64,
    /// Steps in all, 0 where not known.
    #[prop_or_default]
    pub total: u64,
    /// Stop it.
    pub on_cancel: Callback<()>,
}

/// Long work with its step, its bar and a button to stop it. Only the step is read out, not every per cent.
#[component]
pub fn ProgressCard(props: &ProgressCardProps) -> Html {
    let id = use_id();
    let known = props.total > 0;
    let (value, max) = (known.then(|| props.done.min(props.total).to_string()), known.then(|| props.total.to_string()));
    html! {
        <section class="progress-card" aria-labelledby={id.clone()}>
            <div class="progress-head">
                <span class="progress-title" id={id.clone()}>{ &props.title }</span>
                <button type="button" class="btn btn-s" onclick={props.on_cancel.reform(|_event: MouseEvent| ())}>{ "Cancel" }</button>
            </div>
            // A new element where the kind of bar changes: without a value it is indeterminate.
            <progress key={if known { "known" } else { "unknown" }} class="progress" aria-labelledby={id} {value} {max}></progress>
            <div class="progress-phase">
                <span role="status">{ &props.phase }</span>
                if known { <span>{ format::percent(props.done.min(props.total) as f64, props.total as f64) }</span> }
            </div>
        </section>
    }
}
