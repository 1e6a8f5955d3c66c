//! Shares and states at a glance.

use yew::prelude::*;

use crate::chart::scale::{px, within};

/// Properties of [`Meter`].
#[derive(PartialEq, Properties)]
pub struct MeterProps {
    /// The share, 0 to 1; more than 1 fills the bar and turns it to a warning.
    pub value: f64,
    /// What it says in words.
    pub label: AttrValue,
    /// Its colour where the share alone does not decide it: `warn` or `bad`.
    #[prop_or_default]
    pub tone: Option<&'static str>,
}

/// A bar filled to a share.
#[component]
pub fn Meter(props: &MeterProps) -> Html {
    let share = if props.value.is_finite() { within(props.value, 0.0, 1.0) } else { 0.0 };
    let tone = props.tone.or((props.value > 1.0).then_some("warn")).map(|tone| format!("meter-{tone}"));
    html! {
        <svg class={classes!("meter", tone)} viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={props.label.clone()}>
            <rect width={px(share * 100.0)} height="6" />
        </svg>
    }
}

/// Properties of [`Tag`].
#[derive(PartialEq, Properties)]
pub struct TagProps {
    /// One or two words.
    pub text: AttrValue,
    /// Its colour: `accent`, `good`, `warn` or `bad`; none is quiet.
    #[prop_or_default]
    pub tone: Option<&'static str>,
    /// More words, on hover.
    #[prop_or_default]
    pub title: Option<AttrValue>,
}

/// A state in one or two words.
#[component]
pub fn Tag(props: &TagProps) -> Html {
    let tone = props.tone.map(|tone| format!("tag-{tone}"));
    html! { <span class={classes!("tag", tone)} title={props.title.clone()}>{ &props.text }</span> }
}
