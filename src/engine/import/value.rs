//! Tolerant readings of cells.

use std::borrow::Cow;

use workbook::Cell;

/// A cell for a message, shortened.
pub(super) fn shown(cell: &Cell<'_>) -> String {
    let text = match cell {
        Cell::Text(text) => Cow::Borrowed(text.trim()),
        other => other.text().unwrap_or_default(),
    };
    shortened(&text)
}

/// At most 60 characters of `text`.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}

/// What a lone comma or point in a number means where three digits follow it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NumberStyle {
    /// `1,234` is one thousand two hundred and thirty-four.
    #[default]
    Point,
    /// `1,234` is a little more than one.
    Comma,
}

/// Reads a number as people and programs write it: `8192`, `1,234.5`, `1.234,5`, `12 345`, `1'234`, `42 %`.
///
/// Where both separators occur, the last one is the decimal one; one that occurs twice separates thousands; a single one with other than three digits
/// behind it is decimal. Only what is left depends on `style`.
pub(super) fn parse_number(text: &str, style: NumberStyle) -> Option<f64> {
    let text = text.trim().trim_end_matches('%');
    if !text.contains([',', ' ', '\u{a0}', '\u{202f}', '\'', '’']) && text.matches('.').count() <= 1 {
        // The common case, except for a lone point that may separate thousands.
        let ambiguous = style == NumberStyle::Comma && separates_thousands(text, '.');
        if !ambiguous {
            return parse_plain(text);
        }
    }
    let compact: String =
        text.chars().filter(|character| !matches!(character, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’')).collect();
    let decimal = decimal_separator(&compact, style);
    let mut plain = String::with_capacity(compact.len());
    for character in compact.chars() {
        match character {
            ',' | '.' if Some(character) == decimal => plain.push('.'),
            ',' | '.' => {}
            other => plain.push(other),
        }
    }
    parse_plain(&plain)
}

/// Only digits, sign, point and exponent; `f64::from_str` alone would take `inf` and `nan` too.
fn parse_plain(text: &str) -> Option<f64> {
    let allowed = |byte: u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
    let number = text.bytes().all(allowed).then(|| text.parse::<f64>().ok()).flatten()?;
    number.is_finite().then_some(number)
}

fn decimal_separator(text: &str, style: NumberStyle) -> Option<char> {
    match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) => Some(if comma > point { ',' } else { '.' }),
        (Some(_), None) => lone_separator(text, ',', style == NumberStyle::Comma),
        (None, Some(_)) => lone_separator(text, '.', style == NumberStyle::Point),
        (None, None) => None,
    }
}

fn lone_separator(text: &str, separator: char, is_decimal_by_style: bool) -> Option<char> {
    let several = text.matches(separator).count() > 1;
    let thousands = several || (separates_thousands(text, separator) && !is_decimal_by_style);
    (!thousands).then_some(separator)
}

/// Whether `text` has one `separator`, with one to three digits before it, not a lone zero, and three behind it.
fn separates_thousands(text: &str, separator: char) -> bool {
    text.split_once(separator).is_some_and(|(before, after)| {
        let before = before.trim_start_matches(['-', '+']);
        (1..=3).contains(&before.len())
            && before != "0"
            && after.len() == 3
            && after.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Reads a truth value: a cell of that type, 0 and 1, and the words that exports in English, German, French, Spanish and Dutch hold.
pub(super) fn parse_bool(text: &str) -> Option<bool> {
    const TRUE: [&str; 9] = ["true", "yes", "1", "on", "wahr", "ja", "vrai", "oui", "verdadero"];
    const FALSE: [&str; 9] = ["false", "no", "0", "off", "falsch", "nein", "faux", "non", "falso"];
    let is = |word: &&str| word.eq_ignore_ascii_case(text);
    if TRUE.iter().any(is) {
        Some(true)
    } else if FALSE.iter().any(is) {
        Some(false)
    } else {
        None
    }
}

/// The date of a spreadsheet's serial number (days since 30 December 1899), as `YYYY-MM-DD HH:MM:SS`; text passes through.
pub(super) fn date_text(cell: &Cell<'_>) -> Option<String> {
    match cell {
        Cell::Number(serial) if (20_000.0..80_000.0).contains(serial) => {
            let seconds = (serial * 86_400.0).round() as i64;
            let (year, month, day) = civil_from_days(seconds.div_euclid(86_400) - 25_569);
            let of_day = seconds.rem_euclid(86_400);
            let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
            Some(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"))
        }
        other => other.text().map(Cow::into_owned),
    }
}

/// Year, month and day of a number of days since 1970-01-01, by shifting the year to begin in March
/// (<https://howardhinnant.github.io/date_algorithms.html>).
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, point: Option<f64>, comma: Option<f64>) {
        assert_eq!(parse_number(text, NumberStyle::Point), point, "{text:?} with a decimal point");
        assert_eq!(parse_number(text, NumberStyle::Comma), comma, "{text:?} with a decimal comma");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        check("8192", Some(8192.0), Some(8192.0));
        check(" -1 ", Some(-1.0), Some(-1.0));
        check("1,234", Some(1234.0), Some(1.234));
        check("1.234", Some(1.234), Some(1234.0));
        check("1,234,567.26", Some(1_234_567.26), Some(1_234_567.26));
        check("1.234.567,26", Some(1_234_567.26), Some(1_234_567.26));
        check("12,5", Some(12.5), Some(12.5));
        check("12.5", Some(12.5), Some(12.5));
        check("0,375", Some(0.375), Some(0.375));
        check("12 345", Some(12_345.0), Some(12_345.0));
        check("12\u{a0}345,5", Some(12_345.5), Some(12_345.5));
        check("1'234", Some(1234.0), Some(1234.0));
        check("42 %", Some(42.0), Some(42.0));
        check("1.5E3", Some(1500.0), Some(1500.0));
        check("n/a", None, None);
        check("inf", None, None);
        check("NaN", None, None);
        check("1e999", None, None);
        check("", None, None);
    }

    #[test]
    fn a_serial_number_becomes_a_date() {
        assert_eq!(date_text(&Cell::Number(45_563.5)).as_deref(), Some("2024-09-28 12:00:00"));
        assert_eq!(date_text(&Cell::Text("2018/10/05".into())).as_deref(), Some("2018/10/05"));
        assert_eq!(date_text(&Cell::Number(7.0)).as_deref(), Some("7"));
    }

    #[test]
    fn truth_has_many_words() {
        assert_eq!(parse_bool("TRUE"), Some(true));
        assert_eq!(parse_bool("Falsch"), Some(false));
        assert_eq!(parse_bool("maybe"), None);
    }

    #[test]
    fn error_values_of_spreadsheets_are_no_text() {
        assert_eq!(Cell::Text("#N/A".into()).text(), None);
        assert_eq!(Cell::Text(" #1 web ".into()).text().as_deref(), Some("#1 web"));
        assert_eq!(Cell::Number(4711.0).text().as_deref(), Some("4711"));
    }
}
