//! A number in a text box.

use yew::prelude::*;

use super::field::{DraftField, Spin};
use crate::store::parse::{NumberFormat, delocalised, localised};
use crate::ui::hooks::use_language;
use crate::ui::part::part;

/// Properties of [`NumberField`].
#[derive(PartialEq, Properties)]
pub struct NumberFieldProps {
    /// Its name.
    pub label: AttrValue,
    /// The present value.
    pub value: f64,
    /// The smallest value.
    #[prop_or(0.0)]
    pub min: f64,
    /// The largest value.
    #[prop_or(1e12)]
    pub max: f64,
    /// How far an arrow key goes; ten times as far with Shift or the page keys.
    #[prop_or(1.0)]
    pub step: f64,
    /// Decimals that are kept; 0 takes whole numbers only.
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
    /// Only the box, where the label stands elsewhere.
    #[prop_or_default]
    pub bare: bool,
    /// The new value, once it is committed and within the limits.
    pub on_change: Callback<f64>,
}

/// A number in a text box. Commits on Enter and when left; arrow keys step; Escape goes back; what is not a number within the limits stays visible with the
/// reason, and changes nothing.
#[component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let format = NumberFormat { min: props.min, max: props.max, decimals: props.decimals };
    let (value, by, on_change, language) = (props.value, props.step, props.on_change.clone(), use_language());
    let read = move |text: &str| format.read(&delocalised(text, language));
    let commit = {
        let on_change = on_change.clone();
        Callback::from(move |text: String| {
            let number = read(&text).map_err(|error| AttrValue::from(error.to_string()))?;
            if is_other(number, value) {
                on_change.emit(number);
            }
            Ok(())
        })
    };
    let step = Callback::from(move |(text, steps): (String, f64)| {
        let number = format.step(read(&text).unwrap_or(value), steps, by);
        if is_other(number, value) {
            on_change.emit(number);
        }
    });
    part!(<DraftField label={props.label.clone()} text={localised(&format.write(value), language)} {commit} {step} spin={Spin { min: props.min, max: props.max, now: value }}
            input_mode={if props.decimals == 0 { "numeric" } else { "decimal" }} class="input-number" unit={props.unit.clone()} help={props.help.clone()}
            disabled={props.disabled} bare={props.bare} />)
}

/// Whether two numbers differ by more than the last bits.
pub(super) fn is_other(a: f64, b: f64) -> bool {
    (a - b).abs() > 1e-9 * a.abs().max(1.0)
}
