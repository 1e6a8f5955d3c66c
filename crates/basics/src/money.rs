//! Money as integers, with the one place where it is rounded.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An amount in millionths of a currency unit (0.000001 USD), without its currency: that stands beside it.
///
/// Hourly prices need six decimals; totals up to 9.2 × 10¹² units fit. Sums saturate rather than wrap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Money(i64);

/// Millionths in one unit.
const MICROS: i64 = 1_000_000;

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount.
    pub const MAX: Self = Self(i64::MAX);

    /// From millionths of a unit.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From whole units.
    #[must_use]
    pub const fn from_units(units: i64) -> Self {
        Self(units.saturating_mul(MICROS))
    }

    /// In millionths of a unit.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// In units, for pictures and text only.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / MICROS as f64
    }

    /// This amount × `numerator` ÷ `denominator`, rounded half to even: **the one place where money is rounded**. Saturates; a zero denominator gives zero.
    ///
    /// ```
    /// use basics::Money;
    ///
    /// let yearly: Money = "8.3681".parse()?;
    /// assert_eq!(yearly.scale(1, 12), "0.697342".parse()?);
    /// assert_eq!(Money::from_micros(5).scale(1, 2), Money::from_micros(2), "half to even");
    /// # Ok::<(), basics::MoneyError>(())
    /// ```
    #[must_use]
    pub fn scale(self, numerator: i128, denominator: i128) -> Self {
        if denominator == 0 {
            return Self::ZERO;
        }
        // Nearly always, and a fraction of the time: WebAssembly has no wide integers, and calls a function for each step with them.
        if let (Ok(numerator), Ok(denominator @ 1..)) = (i64::try_from(numerator), i64::try_from(denominator))
            && let Some(product) = small_product(self.0, numerator)
        {
            return Self(rounded_quotient(product, denominator));
        }
        self.scale_wide(numerator, denominator)
    }

    /// [`Self::scale`] of any amounts, by a denominator that is not zero.
    fn scale_wide(self, numerator: i128, denominator: i128) -> Self {
        let product = i128::from(self.0).saturating_mul(numerator);
        let (product, denominator) = if denominator < 0 { (-product, -denominator) } else { (product, denominator) };
        let (floor, rest) = (product.div_euclid(denominator), product.rem_euclid(denominator));
        let up = match (rest * 2).cmp(&denominator) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => floor & 1,
            std::cmp::Ordering::Greater => 1,
        };
        Self((floor + up).clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
    }

    /// This amount `n` times; exact, saturating.
    #[must_use]
    pub fn times(self, n: u64) -> Self {
        let small = i64::try_from(n).ok().and_then(|n| small_product(self.0, n));
        small.map_or_else(|| self.scale_wide(i128::from(n), 1), Self)
    }

    /// This amount × `pct` per cent.
    #[must_use]
    pub fn percent(self, pct: i64) -> Self {
        self.scale(i128::from(pct), 100)
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::ZERO, Add::add)
    }
}

/// Why a text is not an amount of money.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not a decimal number.
    #[error("not a decimal number: {0:?}")]
    NotANumber(String),
    /// More than six decimals, or too large.
    #[error("outside of what an amount can hold (six decimals, below 9.2 million million): {0:?}")]
    OutOfRange(String),
}

impl FromStr for Money {
    type Err = MoneyError;

    /// Reads a plain decimal number such as `8.3681` exactly. Takes no grouping and no exponent.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let trimmed = text.trim();
        let (sign, digits) = trimmed.strip_prefix('-').map_or((1, trimmed), |rest| (-1, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || !plain(fraction) || (whole.is_empty() && fraction.is_empty()) {
            return Err(MoneyError::NotANumber(trimmed.to_owned()));
        }
        let fraction = fraction.trim_end_matches('0');
        let out_of_range = || MoneyError::OutOfRange(trimmed.to_owned());
        if fraction.len() > 6 {
            return Err(out_of_range());
        }
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_number| out_of_range())? };
        let micros: i64 = format!("{fraction:0<6}").parse().map_err(|_number| out_of_range())?;
        let amount = whole.checked_mul(MICROS).and_then(|units| units.checked_add(micros)).ok_or_else(out_of_range)?;
        Ok(Self(sign * amount))
    }
}

impl fmt::Display for Money {
    /// Writes the shortest exact decimal, without currency or grouping.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let (units, micros) = (magnitude / MICROS as u64, magnitude % MICROS as u64);
        let sign = if self.0 < 0 { "-" } else { "" };
        if micros == 0 {
            return write!(formatter, "{sign}{units}");
        }
        write!(formatter, "{sign}{units}.{}", format!("{micros:06}").trim_end_matches('0'))
    }
}

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// US dollar.
    #[default]
    Usd,
    /// Euro.
    Eur,
    /// Pound sterling.
    Gbp,
    /// Japanese yen.
    Jpy,
    /// Swiss franc.
    Chf,
    /// Canadian dollar.
    Cad,
    /// Australian dollar.
    Aud,
    /// Swedish krona.
    Sek,
    /// Indian rupee.
    Inr,
}

impl Currency {
    /// All of them, US dollars first.
    pub const ALL: [Self; 9] =
        [Self::Usd, Self::Eur, Self::Gbp, Self::Jpy, Self::Chf, Self::Cad, Self::Aud, Self::Sek, Self::Inr];

    /// The ISO 4217 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
            Self::Jpy => "JPY",
            Self::Chf => "CHF",
            Self::Cad => "CAD",
            Self::Aud => "AUD",
            Self::Sek => "SEK",
            Self::Inr => "INR",
        }
    }

    /// The currency of a code, in capital letters or small ones.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code().eq_ignore_ascii_case(code))
    }
}

/// The product of two numbers where it is below 2⁶² for certain: told by how long they are, because the check for an overflow is itself wide.
fn small_product(a: i64, b: i64) -> Option<i64> {
    let is_small = a.unsigned_abs().leading_zeros() + b.unsigned_abs().leading_zeros() >= 66;
    is_small.then(|| a.wrapping_mul(b))
}

/// A quotient rounded half to even. The divisor is above zero, and the other below 2⁶².
fn rounded_quotient(product: i64, denominator: i64) -> i64 {
    let (floor, rest) = (product.div_euclid(denominator), product.rem_euclid(denominator));
    let up = match rest.cmp(&(denominator - rest)) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => floor & 1,
        std::cmp::Ordering::Greater => 1,
    };
    floor + up
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<i64, ()>) {
        assert_eq!(text.parse::<Money>().map(Money::micros).map_err(|_error| ()), expected, "{text}");
    }

    #[test]
    fn reads_decimals_exactly() {
        check("8.3681", Ok(8_368_100));
        check("-0.000001", Ok(-1));
        check(".5", Ok(500_000));
        check("12", Ok(12_000_000));
        check("1.0000000", Ok(1_000_000));
        check("0.0000001", Err(()));
        check("1e3", Err(()));
        check("", Err(()));
        check("9300000000000", Err(()));
    }

    #[test]
    fn writes_what_it_reads() {
        for text in ["0", "1", "-1.5", "8.3681", "0.000001"] {
            assert_eq!(text.parse::<Money>().expect("a number").to_string(), text);
        }
    }

    #[test]
    fn rounds_half_to_even_in_one_place() {
        let scaled = |micros, numerator, denominator| Money::from_micros(micros).scale(numerator, denominator).micros();
        assert_eq!(
            [scaled(5, 1, 2), scaled(7, 1, 2), scaled(-5, 1, 2), scaled(5, 1, -2), scaled(5, 1, 0)],
            [2, 4, -2, -2, 0]
        );
        assert_eq!(Money::MAX.times(2), Money::MAX);
    }

    #[test]
    fn a_month_of_the_launch_price_of_i3_is_the_vendors_figure() {
        // 8.3681 USD per host-hour × 730 h = 6,108.7130 USD: the example in the vendor's API reference,
        // https://developer.broadcom.com/xapis/vmc-on-aws-general/latest/data-structures/OnDemandOfferInstance
        assert_eq!("8.3681".parse::<Money>().expect("a number").times(730).to_string(), "6108.713");
    }

    #[test]
    fn amounts_of_every_length_are_scaled_alike() {
        let around = |value: i64| [value - 1, value, value + 1];
        let lengths = [0, 3, 1_000, 999_999, 1 << 31, 1 << 36, 1 << 52, (1 << 62) - 1, i64::MAX - 1];
        let amounts: Vec<i64> = lengths.into_iter().flat_map(around).flat_map(|value| [value, -value]).collect();
        for &micros in &amounts {
            let amount = Money::from_micros(micros);
            for &numerator in &amounts {
                for denominator in amounts.iter().copied().filter(|&denominator| denominator != 0) {
                    let [numerator, denominator] = [numerator, denominator].map(i128::from);
                    let (scaled, wide) =
                        (amount.scale(numerator, denominator), amount.scale_wide(numerator, denominator));
                    assert_eq!(scaled, wide, "{micros} × {numerator} ÷ {denominator}");
                }
                if let Ok(n) = u64::try_from(numerator) {
                    assert_eq!(amount.times(n), amount.scale_wide(numerator.into(), 1), "{n} times {micros}");
                }
            }
        }
    }
}
