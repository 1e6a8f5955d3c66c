//! What each input does to a result: a bar from its lowest to its highest value, the widest first.

use std::borrow::Cow;

use super::picture::{Chart, Form, Picture, Table, Tip, fill, line, rect};
use super::scale::fit;

const ROW: f64 = 30.0;
/// Where there is no room for names beside the bars, they stand above.
const TALL_ROW: f64 = 46.0;
const BAR: f64 = 16.0;
const HEAD: f64 = 20.0;
/// Room for a value at either end.
const VALUE: f64 = 62.0;
/// The series of the lowest and of the highest value.
const LOW: usize = 1;
const HIGH: usize = 2;

/// A bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The input.
    pub name: String,
    /// Its lowest and highest value, in words.
    pub range: [String; 2],
    /// The result at either.
    pub results: [f64; 2],
    /// The value at which the result turns, in words; where there is one.
    pub turns_at: String,
}

/// The chart.
pub struct Tornado {
    /// The bars, the widest first.
    pub bars: Vec<Bar>,
    /// The result as assumed.
    pub assumed: f64,
    /// What the result is.
    pub result: &'static str,
    /// What it is at zero.
    pub zero: &'static str,
    /// How a value reads.
    pub format: Box<dyn Fn(f64) -> String>,
}

impl Chart for Tornado {
    fn summary(&self) -> String {
        let Some(first) = self.bars.first() else { return "No input changes the result".to_owned() };
        let [low, high] = first.results.map(|result| (self.format)(result));
        format!(
            "Bars of {} inputs. {} matters most: {} between {low} and {high}",
            self.bars.len(),
            first.name,
            self.result
        )
    }

    fn picture(&self, width: f64) -> Picture {
        let names = if width < 460.0 { 0.0 } else { (width * 0.32).min(190.0) };
        let row = if names > 0.0 { ROW } else { TALL_ROW };
        let height = HEAD + row * self.bars.len() as f64 + 4.0;
        let mut picture = Picture { height, ..Picture::default() };
        let (low, high) = self.domain();
        let (left, right) = (names + VALUE, (width - VALUE).max(names + VALUE + 40.0));
        let x = |value: f64| left + (value - low) / (high - low) * (right - left);
        let has_zero = low < 0.0 && high > 0.0;
        let mut vertical = |at: f64, class: &'static str, text: String| {
            picture.add(class, line(&[(at, HEAD), (at, height)]));
            picture.add("label-muted middle", Form::Text(at, 12.0, text));
        };
        vertical(x(self.assumed), "axis-line", (self.format)(self.assumed));
        // Two texts that would meet say nothing.
        if has_zero && (x(0.0) - x(self.assumed)).abs() > 80.0 {
            vertical(x(0.0), "marker-line", self.zero.to_owned());
        }
        for (mark, bar) in self.bars.iter().enumerate() {
            let top = HEAD + row * mark as f64;
            let y = top + row - BAR - 7.0;
            if names > 0.0 {
                picture.add("end", Form::Text(names - 8.0, y + 12.0, fit(&bar.name, names - 8.0)));
            } else {
                picture.add("label", Form::Text(2.0, top + 14.0, bar.name.clone()));
            }
            for (series, result) in [(LOW, bar.results[0]), (HIGH, bar.results[1])] {
                let (from, until) = (x(self.assumed.min(result)), x(self.assumed.max(result)));
                picture.add_mark(mark, Cow::Borrowed(fill(series)), rect(from, y, (until - from).max(0.5), BAR));
            }
            let ends = (
                bar.results[0].min(bar.results[1]).min(self.assumed),
                bar.results[0].max(bar.results[1]).max(self.assumed),
            );
            picture.add("label-muted end", Form::Text(x(ends.0) - 6.0, y + 12.0, (self.format)(ends.0)));
            picture.add("label-muted", Form::Text(x(ends.1) + 6.0, y + 12.0, (self.format)(ends.1)));
            picture.add_mark(mark, "mark-hit", rect(names, top + 2.0, (width - names).max(1.0), row - 3.0));
            picture.tips.push(self.tip(bar, (x(self.assumed), y)));
        }
        picture
    }

    fn table(&self) -> Table {
        let heads = ["Input", "Lowest", "Highest", "At lowest", "At highest", "Turns at"].map(str::to_owned).to_vec();
        let row = |bar: &Bar| {
            let [low, high] = bar.results.map(|result| (self.format)(result));
            vec![bar.name.clone(), bar.range[0].clone(), bar.range[1].clone(), low, high, bar.turns_at.clone()]
        };
        Table { numbers: 5, heads, rows: self.bars.iter().map(row).collect(), more: String::new() }
    }

    fn legend(&self) -> Vec<(usize, String)> {
        vec![(LOW, "With the input at its lowest".to_owned()), (HIGH, "At its highest".to_owned())]
    }
}

impl Tornado {
    /// From the least to the most of all results; never empty.
    fn domain(&self) -> (f64, f64) {
        let results = || self.bars.iter().flat_map(|bar| bar.results).chain([self.assumed]);
        let (low, high) = (results().fold(f64::MAX, f64::min), results().fold(f64::MIN, f64::max));
        if high > low { (low, high) } else { (low - 1.0, low + 1.0) }
    }

    fn tip(&self, bar: &Bar, at: (f64, f64)) -> Tip {
        let row = |series, name: &str, at: usize| {
            (Some(series), format!("{name}, {}", bar.range[at]), (self.format)(bar.results[at]))
        };
        let mut rows = vec![row(LOW, "Lowest", 0), row(HIGH, "Highest", 1)];
        rows.push((None, "Turns at".to_owned(), bar.turns_at.clone()));
        Tip { at, title: bar.name.clone(), rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(results: [f64; 2]) -> Tornado {
        let bar = Bar {
            name: "Licences".to_owned(),
            range: ["53 %".to_owned(), "113 %".to_owned()],
            results,
            turns_at: "240 %".to_owned(),
        };
        Tornado {
            bars: vec![bar],
            assumed: 100.0,
            result: "saved",
            zero: "nothing saved",
            format: Box::new(|value| format!("{value}")),
        }
    }

    #[test]
    fn a_bar_tells_both_ends_and_where_it_turns() {
        let chart = chart([150.0, 80.0]);
        let rows = &chart.picture(600.0).tips[0].rows;
        assert_eq!(rows[0], (Some(1), "Lowest, 53 %".to_owned(), "150".to_owned()));
        assert_eq!(rows[2], (None, "Turns at".to_owned(), "240 %".to_owned()));
        assert_eq!(chart.table().rows[0], ["Licences", "53 %", "113 %", "150", "80", "240 %"]);
        assert_eq!(chart.summary(), "Bars of 1 inputs. Licences matters most: saved between 150 and 80");
    }

    #[test]
    fn zero_is_marked_where_results_lie_on_both_sides() {
        let marked =
            |results, width| chart(results).picture(width).shapes.iter().any(|shape| shape.class == "marker-line");
        assert!(marked([-200.0, 150.0], 600.0));
        assert!(!marked([20.0, 150.0], 600.0));
    }

    #[test]
    fn names_stand_above_the_bars_where_there_is_no_room_beside() {
        assert!(chart([150.0, 80.0]).picture(330.0).height > chart([150.0, 80.0]).picture(600.0).height);
    }
}
