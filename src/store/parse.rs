//! Numbers as people type them.

use super::Language;

/// Why a text is not the number that a field asks for. Reads as the message below the field.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NumberError {
    /// Not a number at all.
    #[error("Type a number, such as {0}")]
    NotANumber(String),
    /// Decimals where only whole things count.
    #[error("Type a whole number")]
    NotWhole,
    /// Outside of what is allowed.
    #[error("Between {0} and {1}")]
    OutOfRange(String, String),
}

/// What a number field takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberFormat {
    /// The smallest number.
    pub min: f64,
    /// The largest number.
    pub max: f64,
    /// Decimals that are kept; what is typed beyond them is rounded away, in view.
    pub decimals: usize,
}

impl NumberFormat {
    /// Reads a number as typed: grouped or not, with a point or a comma before the decimals.
    pub fn read(&self, text: &str) -> Result<f64, NumberError> {
        let number: f64 = plain_decimal(text)
            .map(|plain| value(&plain))
            .ok_or_else(|| NumberError::NotANumber(self.write(self.clamp(self.min.max(1.0)))))?;
        if self.decimals == 0 && number.fract() != 0.0 {
            return Err(NumberError::NotWhole);
        }
        let number = self.round(number);
        if number < self.min || number > self.max {
            return Err(NumberError::OutOfRange(self.write(self.min), self.write(self.max)));
        }
        Ok(number)
    }

    /// The number with as few decimals as it needs, its thousands apart.
    pub fn write(&self, number: f64) -> String {
        let text = super::format::decimal(number, self.decimals);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    }

    /// The number so many steps further, inside of the limits.
    pub fn step(&self, number: f64, steps: f64, step: f64) -> f64 {
        self.round(self.clamp(number + steps * step))
    }

    fn clamp(&self, number: f64) -> f64 {
        number.max(self.min).min(self.max)
    }

    fn round(&self, number: f64) -> f64 {
        let scale = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6][self.decimals.min(6)];
        (number * scale).round() / scale
    }
}

/// The text as a plain decimal (`-1234.5`), or `None` where it is none.
///
/// Spaces, apostrophes and underscores are grouping. A comma is grouping where three digits follow every one of them, else the decimal sign; together with a
/// point, whichever comes last is the decimal sign.
pub fn plain_decimal(text: &str) -> Option<String> {
    let compact: String = text
        .trim()
        .chars()
        .filter(|letter| !letter.is_whitespace() && !"'’_".contains(*letter))
        .map(|letter| if letter == '−' { '-' } else { letter })
        .collect();
    let (sign, digits) = compact.strip_prefix('-').map_or(("", compact.as_str()), |rest| ("-", rest));
    let (grouping, decimal) = match (digits.rfind(','), digits.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => (Some('.'), Some(',')),
        (Some(_), Some(_)) => (Some(','), Some('.')),
        (Some(_), None) if is_grouped(digits, ',') => (Some(','), None),
        (Some(_), None) => (None, Some(',')),
        (None, Some(_)) => (None, Some('.')),
        (None, None) => (None, None),
    };
    let (whole, fraction) = decimal.and_then(|sign| digits.rsplit_once(sign)).unwrap_or((digits, ""));
    let whole = match grouping {
        Some(sign) if is_grouped(whole, sign) => whole.replace(sign, ""),
        _ => whole.to_owned(),
    };
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain(&whole) || !is_plain(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// The number that a plain decimal spells: the nearest there is, for up to 15 digits. In place of the standard library's way, whose tables weigh 11 KB.
fn value(plain: &str) -> f64 {
    let (sign, digits) = plain.strip_prefix('-').map_or((1.0, plain), |digits| (-1.0, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = &fraction[..fraction.len().min(12)];
    let mantissa = whole.bytes().chain(fraction.bytes()).fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0'));
    sign * mantissa / 10_u64.pow(fraction.len() as u32) as f64
}

/// A number that [`NumberFormat::write`] wrote, as the language has it: German has its point and comma the other way round.
pub fn localised(number: &str, language: Language) -> String {
    let turn = |letter| match letter {
        ',' => '.',
        '.' => ',',
        other => other,
    };
    if language == Language::German { number.chars().map(turn).collect() } else { number.to_owned() }
}

/// A number as somebody types it who writes that language, for [`plain_decimal`]: in German a comma is never grouping, and a point is where three digits
/// follow every one of them, so that `1.234` is not a little more than one.
pub fn delocalised(text: &str, language: Language) -> String {
    let is_german = language == Language::German;
    let digits = text.trim().trim_start_matches(['-', '−']);
    match text.rfind(',') {
        Some(comma) if is_german && text.rfind('.').is_none_or(|point| point < comma) => {
            text.replace('.', "").replace(',', ".")
        }
        None if is_german && is_grouped(digits, '.') => text.replace('.', ""),
        _ => text.to_owned(),
    }
}

/// Whether every sign stands before exactly three digits, and digits before the first.
fn is_grouped(digits: &str, sign: char) -> bool {
    let mut parts = digits.split(sign);
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_in_every_common_spelling() {
        for (text, plain) in [
            ("12", Some("12")),
            (" 1,234,567 ", Some("1234567")),
            ("1 234,5", Some("1234.5")),
            ("1.234,56", Some("1234.56")),
            ("1,234.56", Some("1234.56")),
            ("0,25", Some("0.25")),
            ("4,125", Some("4125")),
            ("−3.5", Some("-3.5")),
            ("1’000", Some("1000")),
            (".5", Some(".5")),
            ("5.", Some("5")),
            ("", None),
            ("-", None),
            ("1,23,456", None),
            ("1.2.3", None),
            ("1e3", None),
            ("12 GB", None),
            ("NaN", None),
        ] {
            assert_eq!(plain_decimal(text).as_deref(), plain, "{text:?}");
        }
    }

    #[test]
    fn a_german_means_a_comma_by_a_comma() {
        for (typed, plain) in [
            ("1.234", Some("1234")),
            ("1.234.567,5", Some("1234567.5")),
            ("1,234", Some("1.234")),
            ("−1.250", Some("-1250")),
            ("0,25", Some("0.25")),
            ("1.5", Some("1.5")),
            ("1,234.56", Some("1234.56")),
            ("12", Some("12")),
            ("1,2,3", None),
            ("vier", None),
        ] {
            let read = plain_decimal(&delocalised(typed, Language::German));
            assert_eq!(read.as_deref(), plain, "{typed:?}");
        }
        for number in ["1,234.5", "0.25", "−12", "65,536"] {
            let german = localised(number, Language::German);
            let back = plain_decimal(&delocalised(&german, Language::German));
            assert_eq!(back, plain_decimal(number), "{german}");
            assert_eq!(localised(number, Language::Japanese), number);
            assert_eq!(delocalised(number, Language::English), number);
        }
    }

    #[test]
    fn numbers_keep_to_their_format() {
        let ratio = NumberFormat { min: 1.0, max: 10.0, decimals: 1 };
        let count = NumberFormat { min: 0.0, max: 65_536.0, decimals: 0 };
        assert_eq!(ratio.read("4.26"), Ok(4.3));
        assert_eq!(ratio.read("10.04"), Ok(10.0));
        assert_eq!(ratio.read("11"), Err(NumberError::OutOfRange("1".into(), "10".into())));
        assert_eq!(ratio.read("four").unwrap_err().to_string(), "Type a number, such as 1");
        assert_eq!(count.read("3.5"), Err(NumberError::NotWhole));
        assert_eq!(count.read("65,536"), Ok(65_536.0));
        assert_eq!([count.write(65_536.0), ratio.write(4.0), ratio.write(4.25)], ["65,536", "4", "4.2"]);
    }

    #[test]
    fn steps_stay_inside_and_do_not_drift() {
        let ratio = NumberFormat { min: 1.0, max: 2.0, decimals: 1 };
        let mut value = 1.0;
        for _ in 0..7 {
            value = ratio.step(value, 1.0, 0.1);
        }
        assert_eq!(value.to_bits(), 1.7_f64.to_bits());
        assert_eq!(ratio.step(value, 10.0, 0.1).to_bits(), 2.0_f64.to_bits());
        assert_eq!(ratio.step(value, -10.0, 0.1).to_bits(), 1.0_f64.to_bits());
    }
}
