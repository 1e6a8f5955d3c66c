//! Cells as files hold them.

use std::borrow::Cow;

/// One cell as a file holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    #[default]
    Empty,
    /// A number.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// Text, which may hold a number or a truth value all the same.
    Text(Cow<'a, str>),
}

impl Cell<'_> {
    /// Whether nothing but blanks stands here.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Number(_) | Self::Bool(_) => false,
            Self::Text(text) => text.trim().is_empty(),
        }
    }

    /// The trimmed text, or `None` for blanks and for the error values of spreadsheets (`#N/A` and the like).
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Empty => None,
            Self::Number(number) => Some(Cow::Owned(number_text(*number))),
            Self::Bool(value) => Some(Cow::Borrowed(if *value { "True" } else { "False" })),
            Self::Text(text) => {
                let text = text.trim();
                (!text.is_empty() && !is_error_value(text)).then_some(Cow::Borrowed(text))
            }
        }
    }
}

/// Whole numbers are written without a fraction, as a name made of digits was typed.
fn number_text(number: f64) -> String {
    #[expect(clippy::float_cmp, reason = "asks whether the number is whole, exactly")]
    let whole = number.trunc() == number && number.abs() < 1e15;
    if whole { (number as i64).to_string() } else { number.to_string() }
}

fn is_error_value(text: &str) -> bool {
    text.starts_with('#') && ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"].contains(&text)
}
