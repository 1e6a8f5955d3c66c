//! From values to positions.

/// Round values from 0 to at least `max`, about so many of them: steps of 1, 2, 2.5 or 5 times a power of ten. Never empty; `[0, 1]` where `max` is not above 0.
pub fn nice_ticks(max: f64, about: usize) -> Vec<f64> {
    if !max.is_finite() || max <= 0.0 {
        return vec![0.0, 1.0];
    }
    let rough = max / about.max(1) as f64;
    let mut power = 1.0;
    while power * 10.0 <= rough {
        power *= 10.0;
    }
    while power > rough {
        power /= 10.0;
    }
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * power);
    let count = (max / step).ceil() as usize;
    (0..=count).map(|index| index as f64 * step).collect()
}

/// A number as attributes and style sheets take it, with at most six decimals.
pub fn plain(value: f64) -> String {
    let millionths = (value * 1e6).round() as i64;
    let (sign, size) = (if millionths < 0 { "-" } else { "" }, millionths.unsigned_abs());
    let (whole, rest) = (size / 1_000_000, size % 1_000_000);
    let text = format!("{sign}{whole}.{rest:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The value, or the nearer limit. The standard library's `clamp` complains about limits in the wrong order, with all that writing numbers takes.
pub fn within(value: f64, low: f64, high: f64) -> f64 {
    value.max(low).min(high)
}

/// A length in a picture, to the tenth.
pub fn px(value: f64) -> String {
    plain((value * 10.0).round() / 10.0)
}

/// The width of a letter at 12 px type, about, in px.
const LETTER: f64 = 6.6;

/// The width of a text at 12 px type, about, in px.
pub fn text_width(text: &str) -> f64 {
    text.chars().count() as f64 * LETTER
}

/// A text cut to about `width` px at 12 px type, with an ellipsis.
pub fn fit(text: &str, width: f64) -> String {
    let most = (width / LETTER).max(3.0) as usize;
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most - 1).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_top() {
        for (max, about, expected) in [
            (0.0, 4, vec![0.0, 1.0]),
            (f64::NAN, 4, vec![0.0, 1.0]),
            (7.0, 4, vec![0.0, 2.0, 4.0, 6.0, 8.0]),
            (612_000.0, 4, vec![0.0, 200_000.0, 400_000.0, 600_000.0, 800_000.0]),
            (0.9, 4, vec![0.0, 0.25, 0.5, 0.75, 1.0]),
        ] {
            let ticks = nice_ticks(max, about);
            assert_eq!(ticks.len(), expected.len(), "{max}: {ticks:?}");
            assert!(ticks.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-9), "{max}: {ticks:?}");
        }
    }

    #[test]
    fn numbers_are_plain() {
        for (value, text) in
            [(0.0, "0"), (-0.04, "-0.04"), (1e9, "1000000000"), (12.5, "12.5"), (1.0 / 3.0, "0.333333")]
        {
            assert_eq!(plain(value), text);
        }
        assert_eq!([px(12.34), px(-0.04), px(7.95)], ["12.3", "0", "8"]);
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(
            (fit("short", 100.0), fit("Production Cluster", 60.0)),
            ("short".to_owned(), "Producti…".to_owned())
        );
    }
}
