//! Amounts as price lists write them: with more decimals than money has.

use crate::engine::model::Money;

/// Most that any single price may be; more is a mistake.
const MOST: Money = Money::from_units(1_000_000_000);

/// Reads a decimal number with any number of decimals, rounded half to even to millionths; `None` for what is none, below zero or absurdly large.
pub(super) fn amount(text: &str) -> Option<Money> {
    let text = text.trim();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || !(-18..=9).contains(&exponent) {
        return None;
    }
    let fraction = &fraction[..fraction.len().min(18)];
    let decimals = i32::try_from(fraction.len()).ok()?;
    let number: i128 = format!("0{whole}{fraction}").parse().ok()?;
    let power = 6 - decimals + exponent;
    let ten = |power: i32| 10_i128.checked_pow(power.unsigned_abs());
    let scaled = if power >= 0 {
        Money::from_micros(1).scale(number.checked_mul(ten(power)?)?, 1)
    } else {
        Money::from_micros(1).scale(number, ten(power)?)
    };
    (scaled <= MOST).then_some(scaled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_to_millionths() {
        let check = |text, expected: Option<&str>| {
            assert_eq!(amount(text).map(|amount| amount.to_string()).as_deref(), expected, "{text}");
        };
        check("0.0960000000", Some("0.096"));
        check("0.07408675799086759", Some("0.074087"));
        check("12", Some("12"));
        check(".5", Some("0.5"));
        check("1e-5", Some("0.00001"));
        check("9.6E-2", Some("0.096"));
        check("0.0000005", Some("0"));
        for nonsense in ["", ".", "-1", "1,5", "ten", "1e", "1e99", "99999999999999999999", "1.2.3", "1e1e1"] {
            check(nonsense, None);
        }
    }
}
