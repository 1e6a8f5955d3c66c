//! Whether the colours of the style sheets can be told apart. Tests only: the page takes its colours from `static/css/tokens.css`.
//!
//! Sources: contrast, WCAG 2.2 <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>; colour blindness, Machado, Oliveira and Fernandes, "A Physiologically-based
//! Model for Simulation of Color Vision Deficiency", 2009 (severity 1); difference, Ottosson, "A perceptual color space for image processing", 2020.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../static/css/tokens.css");

type Rgb = [f64; 3];
type Theme = BTreeMap<String, Rgb>;

/// The colours of the rule that begins at `selector`: every `--name: #rrggbb`.
fn rule(selector: &str) -> Theme {
    let start = TOKENS.find(selector).unwrap_or_else(|| panic!("no rule {selector}"));
    let body = TOKENS[start..].split_once('{').expect("a rule has a body").1;
    let body = body.split_once('}').expect("a rule ends").0;
    body.split(';')
        .filter_map(|line| line.rsplit_once("--")?.1.split_once(": #"))
        .map(|(name, hex)| (name.trim().to_owned(), linear(hex.trim())))
        .collect()
}

fn light() -> Theme {
    rule(":root {\n    color-scheme: light")
}

fn dark() -> Theme {
    rule(":root[data-theme=\"dark\"]")
}

/// `rrggbb` in linear light.
fn linear(hex: &str) -> Rgb {
    assert_eq!(hex.len(), 6, "write colours as #rrggbb: {hex}");
    [0, 2, 4].map(|at| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal digits")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
    })
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |[r, g, b]: Rgb| 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[track_caller]
fn check(theme: &Theme, name: &str, front: &str, back: &str, least: f64) {
    let colour = |token: &str| *theme.get(token).unwrap_or_else(|| panic!("{name}: no --{token}"));
    let ratio = contrast(colour(front), colour(back));
    assert!(ratio >= least, "{name}: --{front} on --{back} is {ratio:.2}, below {least}");
}

#[test]
fn text_can_be_read_in_both_themes() {
    for (name, theme) in [("light", light()), ("dark", dark())] {
        for back in ["bg", "surface", "raised", "sunken", "hover", "accent-soft"] {
            check(&theme, name, "text", back, 4.5);
            check(&theme, name, "muted", back, 4.5);
            check(&theme, name, "accent", back, 4.5);
        }
        for tone in ["good", "warn", "bad"] {
            for back in ["bg", "surface", "raised", "hover"] {
                check(&theme, name, tone, back, 4.5);
            }
            check(&theme, name, tone, &format!("{tone}-soft"), 4.5);
            check(&theme, name, "text", &format!("{tone}-soft"), 4.5);
        }
        check(&theme, name, "on-accent", "accent", 4.5);
        check(&theme, name, "on-accent", "accent-hover", 4.5);
    }
}

#[test]
fn controls_and_marks_stand_out_in_both_themes() {
    for (name, theme) in [("light", light()), ("dark", dark())] {
        for back in ["bg", "surface", "raised", "sunken"] {
            check(&theme, name, "line-strong", back, 3.0);
            check(&theme, name, "focus", back, 3.0);
        }
        for series in 1..=6 {
            check(&theme, name, &format!("series-{series}"), "surface", 3.0);
        }
        check(&theme, name, "axis", "surface", 3.0);
    }
}

#[test]
fn both_ways_to_the_dark_theme_are_the_same() {
    assert_eq!(rule(":root:not([data-theme=\"light\"])"), dark());
    assert!(dark().keys().eq(light().keys()), "each colour has a light and a dark side");
    assert!(light().len() > 25);
}

/// Linear light as dichromats see it: nobody, protanopia, deuteranopia, tritanopia.
const VISIONS: [(&str, [Rgb; 3]); 4] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deuteranopia",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "tritanopia",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

fn times(matrix: &[Rgb; 3], colour: Rgb) -> Rgb {
    matrix.map(|row| row.iter().zip(colour).map(|(factor, value)| factor * value).sum())
}

fn perceived(colour: Rgb) -> Rgb {
    let cones = times(
        &[
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        colour,
    );
    times(
        &[
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        cones.map(f64::cbrt),
    )
}

#[test]
fn series_can_be_told_apart_by_colour_blind_people() {
    for (name, theme) in [("light", light()), ("dark", dark())] {
        for (vision, matrix) in VISIONS {
            let seen = |series: usize| {
                perceived(times(&matrix, theme[&format!("series-{series}")]).map(|value| value.clamp(0.0, 1.0)))
            };
            for first in 1..=6 {
                for second in first + 1..=6 {
                    let (a, b) = (seen(first), seen(second));
                    let apart = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
                    assert!(apart >= 0.09, "{name}, {vision}: series {first} and {second} are {apart:.3} apart");
                }
            }
        }
    }
}
