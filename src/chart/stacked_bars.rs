//! Sums side by side, each a bar stacked by what it is made of.

use super::axis;
use super::picture::{Chart, Form, Picture, Table, Tip, fill, rect};
use super::scale::fit;

/// The height of a bar with its label above it, in px.
const STEP: f64 = 46.0;
const BAR: f64 = 20.0;
/// Below the bars, for the numbers of the axis.
const FOOT: f64 = 24.0;

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it is the sum of.
    pub label: String,
    /// Its parts, in the order of [`StackedBars::parts`]; what is negative counts as zero.
    pub values: Vec<f64>,
}

/// The chart.
pub struct StackedBars {
    /// What the parts are called.
    pub parts: Vec<String>,
    /// From the top down.
    pub bars: Vec<Bar>,
    /// How far the axis goes at least.
    pub least: f64,
    /// How a value reads.
    pub format: Box<dyn Fn(f64) -> String>,
}

fn total(bar: &Bar) -> f64 {
    bar.values.iter().map(|value| value.max(0.0)).sum()
}

impl StackedBars {
    fn tip(&self, bar: &Bar, at: (f64, f64)) -> Tip {
        let parts = self.parts.iter().zip(&bar.values).enumerate().filter(|(_, (_, value))| **value > 0.0);
        let row = |(index, (part, value)): (usize, (&String, &f64))| (Some(index), part.clone(), (self.format)(*value));
        let rows = parts.map(row).chain([(None, "Sum".to_owned(), (self.format)(total(bar)))]).collect();
        Tip { at, title: bar.label.clone(), rows }
    }
}

impl Chart for StackedBars {
    fn summary(&self) -> String {
        let sums = self.bars.iter().map(|bar| format!("{} {}", bar.label, (self.format)(total(bar))));
        sums.collect::<Vec<_>>().join(", ")
    }

    fn picture(&self, width: f64) -> Picture {
        let bottom = STEP * self.bars.len() as f64 + 4.0;
        let mut picture = Picture { height: bottom + FOOT, ..Picture::default() };
        let longest = self.bars.iter().map(total).fold(self.least, f64::max);
        let scale = axis::below_bars(&mut picture, width, bottom, longest, &self.format);
        for (mark, bar) in self.bars.iter().enumerate() {
            let top = STEP * mark as f64;
            let sum = (self.format)(total(bar));
            let label = fit(&format!("{}: {sum}", bar.label), width - 10.0);
            picture.add("label-strong", Form::Text(6.0, top + 15.0, label));
            let mut x = 1.0;
            for (part, value) in bar.values.iter().enumerate() {
                let length = value.max(0.0) * scale;
                if length > 0.0 {
                    picture.add_mark(mark, fill(part), rect(x, top + 21.0, length, BAR));
                }
                x += length;
            }
            picture.add_mark(mark, "mark-hit", rect(1.0, top, (width - 2.0).max(1.0), STEP));
            picture.tips.push(self.tip(bar, (x / 2.0, top + 21.0)));
        }
        picture
    }

    fn table(&self) -> Table {
        let heads = [vec![String::new()], self.parts.clone(), vec!["Sum".to_owned()]].concat();
        let row = |bar: &Bar| {
            let values = bar.values.iter().map(|value| (self.format)(*value));
            [bar.label.clone()].into_iter().chain(values).chain([(self.format)(total(bar))]).collect()
        };
        Table { numbers: heads.len() - 1, heads, rows: self.bars.iter().map(row).collect(), more: String::new() }
    }

    fn legend(&self) -> Vec<(usize, String)> {
        self.parts.iter().cloned().enumerate().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> StackedBars {
        let bar = |label: &str, values: &[f64]| Bar { label: label.to_owned(), values: values.to_vec() };
        StackedBars {
            parts: vec!["Hosts".to_owned(), "Licences".to_owned()],
            bars: vec![bar("Plan A", &[300.0, 100.0]), bar("Plan B", &[200.0, -5.0]), bar("Empty", &[0.0, 0.0])],
            least: 0.0,
            format: Box::new(|value| format!("{value:.0}")),
        }
    }

    #[test]
    fn bars_are_as_long_as_their_sums() {
        let picture = chart().picture(402.0);
        // The axis ends at 400, so a unit is a pixel: 300 of the one and 100 of the other, beside each other.
        let parts: Vec<_> = picture
            .shapes
            .iter()
            .filter(|shape| shape.class.starts_with("fill-"))
            .map(|shape| shape.form.clone())
            .collect();
        assert_eq!(parts, [rect(1.0, 21.0, 300.0, 20.0), rect(301.0, 21.0, 100.0, 20.0), rect(1.0, 67.0, 200.0, 20.0)]);
        assert!((picture.height - 166.0).abs() < 1e-9);
        assert_eq!(picture.tips.len(), 3);
        assert_eq!(picture.tips[1].rows.last().unwrap().2, "200");
    }

    #[test]
    fn the_axis_goes_as_far_as_it_should() {
        let wide = StackedBars { least: 1000.0, ..chart() };
        let first =
            wide.picture(402.0).shapes.iter().find(|shape| shape.class == "fill-1").map(|shape| shape.form.clone());
        assert_eq!(first, Some(rect(1.0, 21.0, 120.0, 20.0)));
    }

    #[test]
    fn nothing_to_show_is_a_chart_too() {
        let empty = StackedBars { bars: Vec::new(), ..chart() };
        assert!(empty.picture(10.0).tips.is_empty());
        assert_eq!(empty.table().rows.len(), 0);
    }

    #[test]
    fn the_table_has_all_parts_and_the_sum() {
        assert_eq!(chart().table().rows[0], ["Plan A", "300", "100", "400"]);
        assert_eq!(chart().table().numbers, 3);
    }
}
