//! How amounts spread over draws: a curve for each, one below the other on the same axis, with the middle eight tenths filled.

use super::picture::{Chart, Form, Picture, Table, Tip, line, rect};
use super::scale::{nice_ticks, within};

/// The height of one curve with its name.
const ROW: f64 = 118.0;
/// Two lines of text above each curve.
const HEAD: f64 = 40.0;
const BELOW: f64 = 24.0;
const SIDE: f64 = 8.0;
/// Points of a curve.
const POINTS: usize = 80;
/// What is told of a spread, in hundredths of the draws.
const TOLD: [usize; 7] = [5, 10, 25, 50, 75, 90, 95];

/// A spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What it is of.
    pub name: String,
    /// What is not exceeded in 0, 1, … 100 of a hundred draws.
    pub percentiles: Vec<f64>,
    /// As assumed.
    pub assumed: f64,
}

/// The chart.
pub struct Distribution {
    /// From the top.
    pub curves: Vec<Curve>,
    /// How a value reads.
    pub format: Box<dyn Fn(f64) -> String>,
    /// How a value of the axis reads.
    pub format_axis: Box<dyn Fn(f64) -> String>,
}

impl Curve {
    fn at(&self, percent: usize) -> f64 {
        self.percentiles.get(percent).copied().unwrap_or(self.assumed)
    }

    /// The share of the draws that lie below `value`, between two percentiles on a straight line.
    fn below(&self, value: f64) -> f64 {
        let next = self.percentiles.partition_point(|&one| one < value);
        let (Some(&high), Some(&low)) =
            (self.percentiles.get(next), next.checked_sub(1).and_then(|at| self.percentiles.get(at)))
        else {
            return if next == 0 { 0.0 } else { 1.0 };
        };
        let part = if high > low { (value - low) / (high - low) } else { 1.0 };
        ((next - 1) as f64 + part) / 100.0
    }

    /// How many of the draws lie near each of the points from `low` on, in steps. Smoothed over neighbours, because a hundred percentiles are few.
    fn density(&self, low: f64, step: f64) -> Vec<f64> {
        let near = |point: usize| {
            let middle = low + step * point as f64;
            self.below(middle + 1.5 * step) - self.below(middle - 1.5 * step)
        };
        (0..=POINTS).map(near).collect()
    }
}

impl Chart for Distribution {
    fn summary(&self) -> String {
        let of = |curve: &Curve| {
            let [low, middle, high] = [10, 50, 90].map(|percent| (self.format)(curve.at(percent)));
            format!("{}: {low} to {high} in eight of ten draws, {middle} in the middle", curve.name)
        };
        self.curves.iter().map(of).collect::<Vec<_>>().join("; ")
    }

    fn picture(&self, width: f64) -> Picture {
        let height = ROW * self.curves.len() as f64 + BELOW;
        let mut picture = Picture { height, ..Picture::default() };
        let (low, high) = self.domain();
        let (left, right) = (SIDE, (width - SIDE).max(SIDE + 60.0));
        let x = |value: f64| left + within((value - low) / (high - low), 0.0, 1.0) * (right - left);
        let step = (high - low) / POINTS as f64;
        let densities: Vec<Vec<f64>> = self.curves.iter().map(|curve| curve.density(low, step)).collect();
        let highest = densities.iter().flatten().copied().fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        self.axis(&mut picture, (low, high), &x);
        for (row, (curve, density)) in self.curves.iter().zip(&densities).enumerate() {
            let (top, base) = (ROW * row as f64, ROW * (row + 1) as f64 - 4.0);
            let y = |share: f64| base - share / highest * (ROW - HEAD - 8.0);
            let points: Vec<(f64, f64)> =
                density.iter().enumerate().map(|(at, &share)| (x(low + step * at as f64), y(share))).collect();
            let (class, outline) = if row == 0 { ("plan-area", "plan-line") } else { ("beside-area", "compare-line") };
            picture.add_mark(row, class, area(&points, (x(curve.at(10)), x(curve.at(90))), base));
            picture.add(outline, line(&points));
            picture.add("axis-line", line(&[(left, base), (right, base)]));
            let middle = x(curve.at(50));
            picture.add("marker-line", line(&[(middle, top + HEAD - 4.0), (middle, base)]));
            picture.add("label-strong", Form::Text(left, top + 14.0, curve.name.clone()));
            let told = [10, 50, 90].map(|percent| format!("P{percent} {}", (self.format)(curve.at(percent))));
            picture.add("label-muted", Form::Text(left, top + 30.0, told.join(" · ")));
            picture.add_mark(row, "mark-hit", rect(left, top + HEAD, right - left, ROW - HEAD - 4.0));
            picture.tips.push(self.tip(curve, (middle, top + HEAD)));
        }
        picture
    }

    fn table(&self) -> Table {
        let names = self.curves.iter().map(|curve| curve.name.clone());
        let heads: Vec<String> = std::iter::once("In so many of 100 draws at most".to_owned()).chain(names).collect();
        let row = |percent: usize| {
            let values = self.curves.iter().map(|curve| (self.format)(curve.at(percent)));
            std::iter::once(percent.to_string()).chain(values).collect()
        };
        let mut rows: Vec<Vec<String>> = TOLD.into_iter().map(row).collect();
        let assumed = self.curves.iter().map(|curve| (self.format)(curve.assumed));
        rows.push(std::iter::once("As assumed".to_owned()).chain(assumed).collect());
        Table { numbers: heads.len() - 1, heads, rows, more: String::new() }
    }
}

/// What lies under a line between two edges.
fn area(points: &[(f64, f64)], (from, until): (f64, f64), base: f64) -> Form {
    let within = points.iter().copied().filter(|&(x, _)| x > from && x < until);
    let y_at = |x: f64| {
        let next = points.partition_point(|point| point.0 < x).min(points.len().saturating_sub(1));
        points.get(next).map_or(base, |point| point.1)
    };
    let edge = [(from, base), (from, y_at(from))];
    let points: Vec<(f64, f64)> = edge.into_iter().chain(within).chain([(until, y_at(until)), (until, base)]).collect();
    line(&points)
}

impl Distribution {
    /// From the least to the most of all curves; never empty.
    fn domain(&self) -> (f64, f64) {
        let ends = |percent| self.curves.iter().map(move |curve| curve.at(percent));
        let (low, high) = (ends(0).fold(f64::MAX, f64::min), ends(100).fold(f64::MIN, f64::max));
        if high > low { (low, high) } else { (low - 1.0, low + 1.0) }
    }

    fn axis(&self, picture: &mut Picture, (low, high): (f64, f64), x: &dyn Fn(f64) -> f64) {
        let bottom = picture.height - BELOW;
        // The steps are those of an axis from zero as long as this one.
        let ticks = nice_ticks(high - low, 4);
        let step = ticks.get(1).copied().unwrap_or(1.0);
        let mut tick = (low / step).ceil() * step;
        while tick <= high {
            for row in 0..self.curves.len() {
                let top = ROW * row as f64;
                picture.add("grid-line", line(&[(x(tick), top + HEAD - 4.0), (x(tick), top + ROW - 4.0)]));
            }
            let class = if x(tick) < 24.0 {
                "label-muted"
            } else if x(tick) > x(high) - 24.0 {
                "label-muted end"
            } else {
                "label-muted middle"
            };
            picture.add(class, Form::Text(x(tick), bottom + 16.0, (self.format_axis)(tick)));
            tick += step;
        }
    }

    fn tip(&self, curve: &Curve, at: (f64, f64)) -> Tip {
        let mut rows: Vec<_> =
            TOLD.iter().map(|&percent| (None, format!("P{percent}"), (self.format)(curve.at(percent)))).collect();
        rows.push((None, "As assumed".to_owned(), (self.format)(curve.assumed)));
        Tip { at, title: curve.name.clone(), rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Evenly spread from 0 to 100, and from 100 to 200.
    fn chart() -> Distribution {
        let even = |from: u32| (from..=from + 100).map(f64::from).collect();
        let curve = |name: &str, from: u32| Curve {
            name: name.to_owned(),
            percentiles: even(from),
            assumed: f64::from(from) + 50.0,
        };
        Distribution {
            curves: vec![curve("Plan", 0), curve("Staying", 100)],
            format: Box::new(|value| format!("{value}")),
            format_axis: Box::new(|value| format!("{value}")),
        }
    }

    #[test]
    fn shares_below_a_value_follow_the_percentiles() {
        let curve = &chart().curves[0];
        let shares = [-1.0, 0.0, 25.5, 100.0, 101.0].map(|value| (curve.below(value) * 1000.0).round() as i32);
        assert_eq!(shares, [0, 0, 255, 1000, 1000]);
        let alike = Curve { name: String::new(), percentiles: vec![5.0; 101], assumed: 5.0 };
        assert_eq!([alike.below(4.9), alike.below(5.1)].map(|share| share.round() as i32), [0, 1]);
    }

    #[test]
    fn an_even_spread_is_as_high_everywhere() {
        let density = chart().curves[0].density(0.0, 2.5);
        // Steps of 2.5: three of them hold 7.5 of a hundred.
        assert!(density[10..30].iter().all(|share| (share - 0.075).abs() < 1e-9), "{density:?}");
        assert!(density[POINTS] < 1e-9);
    }

    #[test]
    fn it_says_what_eight_of_ten_draws_cost() {
        let chart = chart();
        assert_eq!(
            chart.summary(),
            "Plan: 10 to 90 in eight of ten draws, 50 in the middle; Staying: 110 to 190 in eight of ten draws, 150 in the middle"
        );
        assert_eq!(chart.table().rows[3], ["50", "50", "150"]);
        let picture = chart.picture(216.0);
        assert_eq!(picture.tips.len(), 2);
        assert!(
            picture
                .shapes
                .iter()
                .any(|shape| matches!(&shape.form, Form::Text(_, _, text) if text == "P10 10 · P50 50 · P90 90"))
        );
    }

    #[test]
    fn no_spread_is_drawn_too() {
        let curve = Curve { name: "Alike".to_owned(), percentiles: vec![5.0; 101], assumed: 5.0 };
        let chart = Distribution { curves: vec![curve], ..chart() };
        assert_eq!(chart.domain(), (4.0, 6.0));
        assert_eq!(chart.picture(300.0).tips.len(), 1);
    }
}
