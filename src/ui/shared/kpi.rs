//! The figures that everybody asks for first.

use yew::prelude::*;

use super::Help;
use crate::ui::part::part;

/// Properties of [`KpiStrip`].
#[derive(PartialEq, Properties)]
pub struct KpiStripProps {
    /// What the figures are about, for screen readers.
    pub label: AttrValue,
    /// The [`Kpi`]s.
    pub children: Html,
}

/// A row of figures that wraps where there is no room.
#[component]
pub fn KpiStrip(props: &KpiStripProps) -> Html {
    html! { <section class="kpi-frame" aria-label={props.label.clone()}><dl class="kpis">{ props.children.clone() }</dl></section> }
}

/// Properties of [`Kpi`].
#[derive(PartialEq, Properties)]
pub struct KpiProps {
    /// What it counts.
    pub label: AttrValue,
    /// The figure with its unit.
    pub value: AttrValue,
    /// What to compare it with.
    #[prop_or_default]
    pub note: AttrValue,
    /// The colour of the note: `good`, `warn` or `bad`. The words say it too.
    #[prop_or_default]
    pub tone: Option<&'static str>,
    /// How it is counted.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// Shows what it is made of; the figure is a button then.
    #[prop_or_default]
    pub on_open: Option<Callback<MouseEvent>>,
}

/// One figure with what to compare it with.
#[component]
pub fn Kpi(props: &KpiProps) -> Html {
    html! {
        <div class="kpi">
            <dt>
                { &props.label }
                if let Some(help) = &props.help { { part!(<Help text={help.clone()} label={format!("What {} means", props.label)} />) } }
            </dt>
            <dd class="kpi-value">
                if let Some(onclick) = &props.on_open {
                    <button type="button" class="kpi-open" title="Show what it is made of" {onclick}>{ &props.value }</button>
                } else {
                    { &props.value }
                }
            </dd>
            <dd class={classes!("kpi-note", props.tone)}>{ &props.note }</dd>
        </div>
    }
}
