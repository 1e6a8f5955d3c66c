//! The axis below bars that lie.

use super::picture::{Form, Picture, line};
use super::scale::{nice_ticks, text_width};

/// Between two numbers, in px: less, and they read as one.
const APART: f64 = 10.0;

/// Draws the axis from 0 to at least `most` below `bottom`, over `width` px, with as many numbers as have room; returns the px of one unit.
pub(super) fn below_bars(
    picture: &mut Picture,
    width: f64,
    bottom: f64,
    most: f64,
    format: &dyn Fn(f64) -> String,
) -> f64 {
    // The last number of the axis stands to the left of its line.
    let room = (width - 2.0).max(60.0);
    let ticks =
        [5, 4, 3, 2].into_iter().map(|about| nice_ticks(most, about)).find(|ticks| have_room(ticks, room, format));
    let ticks = ticks.unwrap_or_else(|| nice_ticks(most, 1));
    let scale = room / ticks.last().copied().unwrap_or(1.0);
    for (index, &value) in ticks.iter().enumerate() {
        let x = value * scale + 1.0;
        picture.add(if index == 0 { "axis-line" } else { "grid-line" }, line(&[(x, 0.0), (x, bottom)]));
        let class = ["label-muted", "label-muted end"][usize::from(index > 0)];
        picture.add(class, Form::Text(x, bottom + 16.0, format(value)));
    }
    scale
}

/// Whether the numbers stand apart. Each ends at its line; the first begins there.
fn have_room(ticks: &[f64], room: f64, format: &dyn Fn(f64) -> String) -> bool {
    let step = room / (ticks.len() - 1).max(1) as f64;
    let width = |value: f64| text_width(&format(value)) + APART;
    let first = ticks.first().map_or(0.0, |value| width(*value));
    ticks.iter().enumerate().skip(1).all(|(index, value)| width(*value) + if index == 1 { first } else { 0.0 } <= step)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers that are drawn.
    fn numbers(width: f64, most: f64, unit: &'static str) -> Vec<String> {
        let mut picture = Picture::default();
        below_bars(&mut picture, width, 50.0, most, &|value| format!("{value}{unit}"));
        let texts = picture.shapes.iter().filter_map(|shape| match &shape.form {
            Form::Text(_, _, text) => Some(text.clone()),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn numbers_stand_apart_whatever_the_width_and_their_length() {
        assert_eq!(numbers(800.0, 100.0, ""), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(numbers(430.0, 100.0, " TiB"), ["0 TiB", "25 TiB", "50 TiB", "75 TiB", "100 TiB"]);
        assert_eq!(numbers(300.0, 100.0, " TiB"), ["0 TiB", "50 TiB", "100 TiB"]);
        assert_eq!(numbers(120.0, 100.0, " TiB"), ["0 TiB", "100 TiB"]);
    }
}
