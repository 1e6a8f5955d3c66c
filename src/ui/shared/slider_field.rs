//! A number by hand or by feel: a range and a text box of the same value.

use yew::prelude::*;

use super::field::{described_by, frame, input_of};
use super::number_field::{NumberField, is_other};
use super::use_id;
use crate::chart::scale::plain;
use crate::ui::part::part;

/// Properties of [`SliderField`].
#[derive(PartialEq, Properties)]
pub struct SliderFieldProps {
    /// Its name.
    pub label: AttrValue,
    /// The present value.
    pub value: f64,
    /// The smallest value.
    pub min: f64,
    /// The largest value.
    pub max: f64,
    /// The distance between values.
    #[prop_or(1.0)]
    pub step: f64,
    /// Decimals that are kept.
    #[prop_or_default]
    pub decimals: usize,
    /// The unit, after the number.
    #[prop_or_default]
    pub unit: AttrValue,
    /// A sentence below.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// Cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// Every value on the way, while the slider moves; each at most once in a row.
    #[prop_or_default]
    pub on_preview: Callback<f64>,
    /// The value that was chosen, once for a whole drag.
    pub on_change: Callback<f64>,
}

/// A range with its number beside it. While the range moves, `on_preview` tells of each value and the box follows; letting go tells `on_change` once.
#[component]
pub fn SliderField(props: &SliderFieldProps) -> Html {
    let id = use_id();
    // The value under the hand, which may be ahead of the value that the page has.
    let live = use_state_eq(|| None::<f64>);
    let oninput = {
        let (live, value, on_preview) = (live.clone(), props.value, props.on_preview.clone());
        Callback::from(move |event: InputEvent| {
            let now = input_of(&event).value_as_number();
            if is_other(now, live.unwrap_or(value)) {
                live.set(Some(now));
                on_preview.emit(now);
            }
        })
    };
    let onchange = {
        let (live, on_change) = (live.setter(), props.on_change.clone());
        Callback::from(move |event: Event| {
            live.set(None);
            on_change.emit(input_of(&event).value_as_number());
        })
    };
    let shown = live.unwrap_or(props.value);
    let help = props.help.as_ref();
    let text = format!("{} {}", crate::store::format::decimal(shown, props.decimals), props.unit);
    let control = html! {
        <div class="slider-row">
            <input id={id.clone()} class="slider" type="range" min={plain(props.min)} max={plain(props.max)} step={plain(props.step)}
                value={plain(shown)} aria-valuetext={text} aria-describedby={described_by(&id, help, None)} disabled={props.disabled}
                {oninput} {onchange} />
            { part!(<NumberField label={props.label.clone()} value={shown} min={props.min} max={props.max} step={props.step} decimals={props.decimals}
                unit={props.unit.clone()} disabled={props.disabled} bare=true on_change={props.on_change.clone()} />) }
        </div>
    };
    frame(&id, &props.label, help, None, control)
}
