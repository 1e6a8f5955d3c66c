//! An amount of money in a text box.

use yew::prelude::*;

use super::field::DraftField;
use crate::engine::model::Money;
use crate::store::parse::{delocalised, localised, plain_decimal};
use crate::ui::hooks::use_language;
use crate::ui::part::part;

/// Properties of [`MoneyField`].
#[derive(PartialEq, Properties)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property that callers name")]
pub struct MoneyFieldProps {
    /// Its name.
    pub label: AttrValue,
    /// The present amount, `None` where there is none.
    pub value: Option<Money>,
    /// Whether an amount must be there; otherwise an empty box means none.
    #[prop_or(true)]
    pub required: bool,
    /// Whether amounts below zero make sense.
    #[prop_or_default]
    pub negative: bool,
    /// Whether it is a price that somebody quoted, and nothing is free: above zero.
    #[prop_or_default]
    pub quoted: bool,
    /// The currency, and what the amount is for: `USD` or `USD / month`.
    #[prop_or_default]
    pub unit: AttrValue,
    /// What stands in an empty box.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// A sentence below.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// Cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// The new amount, exactly as typed.
    pub on_change: Callback<Option<Money>>,
}

/// An amount of money, kept exactly as typed, to six decimals.
#[component]
pub fn MoneyField(props: &MoneyFieldProps) -> Html {
    let (value, required, negative, on_change) = (props.value, props.required, props.negative, props.on_change.clone());
    let (language, quoted) = (use_language(), props.quoted);
    let commit = Callback::from(move |text: String| {
        let amount = read(&delocalised(&text, language), required, negative)?;
        if quoted && amount == Some(Money::ZERO) {
            return Err("Above zero: nothing is free. Leave it empty where there is no quote".into());
        }
        if amount != value {
            on_change.emit(amount);
        }
        Ok(())
    });
    let text = value.map_or_else(String::new, |amount| localised(&write(amount), language));
    part!(<DraftField label={props.label.clone()} {text} {commit} input_mode="decimal" class="input-number" unit={props.unit.clone()}
            placeholder={props.placeholder.clone()} help={props.help.clone()} disabled={props.disabled} />)
}

fn read(text: &str, required: bool, negative: bool) -> Result<Option<Money>, AttrValue> {
    if text.trim().is_empty() {
        return if required { Err("Type an amount".into()) } else { Ok(None) };
    }
    let plain = plain_decimal(text).ok_or("Type an amount, such as 1,250.50")?;
    let amount: Money = plain.parse().map_err(|_error| "At most six decimals, and below a million million")?;
    if amount < Money::ZERO && !negative {
        return Err("Not below zero".into());
    }
    Ok(Some(amount))
}

/// All decimals that the amount has, its thousands apart: the box shows exactly what is kept.
fn write(amount: Money) -> String {
    let text = amount.to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.parse().map_or_else(|_error| whole.to_owned(), crate::store::format::count);
    match fraction.len() {
        0 => format!("{sign}{whole}"),
        1 => format!("{sign}{whole}.{fraction}0"),
        _ => format!("{sign}{whole}.{fraction}"),
    }
}
