//! What two ways have cost in all, month by month, with the month from which on the first has cost less.

use super::picture::{Chart, Form, Picture, Table, Tip, line, rect};
use super::scale::nice_ticks;

const HEIGHT: f64 = 280.0;
const LEFT: f64 = 58.0;
const TOP: f64 = 14.0;
const BELOW: f64 = 24.0;
/// Room that a name takes.
const NAME: f64 = 84.0;

/// The chart.
pub struct RunningTotals {
    /// The names of the two.
    pub names: [&'static str; 2],
    /// What each has cost up to the end of each month.
    pub totals: [Vec<f64>; 2],
    /// The first month, from 1, from which on the first has cost less.
    pub even: Option<usize>,
    /// How a value reads.
    pub format: Box<dyn Fn(f64) -> String>,
}

impl Chart for RunningTotals {
    fn summary(&self) -> String {
        let ends = [0, 1].map(|side| (self.format)(self.totals[side].last().copied().unwrap_or_default()));
        let even = self.even.map_or_else(
            || format!("{} does not fall below within this time", self.names[0]),
            |month| format!("{} has cost less from month {month} on", self.names[0]),
        );
        format!(
            "Two lines over {} months: {} {}, {} {}; {even}",
            self.months(),
            self.names[0],
            ends[0],
            self.names[1],
            ends[1]
        )
    }

    fn picture(&self, width: f64) -> Picture {
        let (right, bottom) = ((width - 4.0).max(LEFT + 60.0), HEIGHT - BELOW);
        let mut picture = Picture { height: HEIGHT, ..Picture::default() };
        let months = self.months();
        if months == 0 {
            return picture;
        }
        let highest = self.totals.iter().flatten().copied().fold(0.0, f64::max);
        let ticks = nice_ticks(highest, 4);
        let top_value = ticks.last().copied().unwrap_or(1.0);
        let y = |value: f64| bottom - value.max(0.0) / top_value * (bottom - TOP);
        let step = (right - LEFT) / months as f64;
        // Where a month ends.
        let x = |month: usize| LEFT + step * month as f64;
        for (index, &value) in ticks.iter().enumerate() {
            picture
                .add(if index == 0 { "axis-line" } else { "grid-line" }, line(&[(LEFT, y(value)), (right, y(value))]));
            picture.add("label-muted end", Form::Text(LEFT - 8.0, y(value) + 4.0, (self.format)(value)));
        }
        for month in (0..months).step_by(12) {
            picture.add("label-muted", Form::Text(x(month), HEIGHT - 6.0, format!("Year {}", month / 12 + 1)));
        }
        if let Some(even) = self.even {
            picture.add("marker-line", line(&[(x(even), TOP), (x(even), bottom)]));
            let (class, at) = if x(even) > width / 2.0 { ("label-strong end", -6.0) } else { ("label-strong", 6.0) };
            picture.add(class, Form::Text(x(even) + at, bottom - 10.0, format!("Even from month {even} on")));
        }
        for (side, class) in [(1, "compare-line"), (0, "plan-line")] {
            let ends = self.totals[side].iter().enumerate().map(|(month, &total)| (x(month + 1), y(total)));
            let points: Vec<(f64, f64)> = std::iter::once((LEFT, bottom)).chain(ends).collect();
            picture.add(class, line(&points));
        }
        self.name_lines(&mut picture, right, &y);
        for month in 0..months {
            picture.add_mark(month, "mark-hit", rect(x(month), TOP, step, bottom - TOP));
            picture.tips.push(self.tip(month, (x(month + 1), y(self.at(0, month).max(self.at(1, month))))));
        }
        picture
    }

    fn table(&self) -> Table {
        let heads = ["Up to month", self.names[0], self.names[1], "Savings"].map(str::to_owned).to_vec();
        let row = |month: usize| {
            let [first, second] = [self.at(0, month), self.at(1, month)];
            let values = [first, second, second - first].map(|value| (self.format)(value));
            [vec![(month + 1).to_string()], values.to_vec()].concat()
        };
        Table { numbers: 3, heads, rows: (0..self.months()).map(row).collect(), more: String::new() }
    }
}

impl RunningTotals {
    fn months(&self) -> usize {
        self.totals.iter().map(Vec::len).max().unwrap_or(0)
    }

    fn at(&self, side: usize, month: usize) -> f64 {
        self.totals[side].get(month).copied().unwrap_or_default()
    }

    /// Names each line near its end: the upper one above it, the lower one below where it passes the beginning of its name, so that they meet no line.
    fn name_lines(&self, picture: &mut Picture, right: f64, y: &dyn Fn(f64) -> f64) {
        let last = self.months().saturating_sub(1);
        let upper = usize::from(self.at(1, last) >= self.at(0, last));
        let months_of_name = (NAME / (right - LEFT) * self.months() as f64).ceil() as usize;
        let lower = y(self.at(1 - upper, last.saturating_sub(months_of_name))) + 18.0;
        for (side, y) in
            [(upper, (y(self.at(upper, last)) - 8.0).max(11.0)), (1 - upper, lower.min(HEIGHT - BELOW - 6.0))]
        {
            picture.add("label-strong end", Form::Text(right, y, self.names[side].to_owned()));
        }
    }

    fn tip(&self, month: usize, at: (f64, f64)) -> Tip {
        let [first, second] = [self.at(0, month), self.at(1, month)];
        let (word, saved) =
            if second >= first { ("Saved so far", second - first) } else { ("More so far", first - second) };
        let row = |name: &str, value: f64| (None, name.to_owned(), (self.format)(value));
        let rows = vec![row(self.names[0], first), row(self.names[1], second), row(word, saved)];
        Tip { at, title: format!("Up to month {}", month + 1), rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(even: Option<usize>) -> RunningTotals {
        RunningTotals {
            names: ["Plan", "Staying"],
            totals: [vec![30.0, 40.0, 50.0], vec![20.0, 40.0, 60.0]],
            even,
            format: Box::new(|value| format!("{value}")),
        }
    }

    #[test]
    fn the_month_from_which_it_is_cheaper_is_marked() {
        let picture = chart(Some(2)).picture(404.0);
        let marked: Vec<&str> =
            picture.shapes.iter().filter(|shape| shape.class == "marker-line").map(|_| "line").collect();
        assert_eq!(marked.len(), 1);
        assert!(
            picture
                .shapes
                .iter()
                .any(|shape| matches!(&shape.form, Form::Text(_, _, text) if text == "Even from month 2 on"))
        );
        assert!(chart(None).picture(404.0).shapes.iter().all(|shape| shape.class != "marker-line"));
    }

    #[test]
    fn each_month_is_a_mark_and_a_row() {
        let chart = chart(Some(2));
        assert_eq!(chart.picture(404.0).tips[0].rows[2], (None, "More so far".to_owned(), "10".to_owned()));
        assert_eq!(chart.table().rows[2], ["3", "50", "60", "10"]);
        assert_eq!(chart.summary(), "Two lines over 3 months: Plan 50, Staying 60; Plan has cost less from month 2 on");
    }

    #[test]
    fn lines_begin_at_nothing_and_end_at_the_edge() {
        let picture = chart(None).picture(404.0);
        let plan = picture.shapes.iter().find(|shape| shape.class == "plan-line").expect("drawn");
        let Form::Path(data) = &plan.form else { panic!("a path") };
        assert!(data.starts_with("M58 256L") && data.contains("L400 "), "{data}");
    }
}
