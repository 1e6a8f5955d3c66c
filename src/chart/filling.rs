//! How full several things become over the months: a line each against the line at which they are full.

use super::picture::{Chart, Form, Picture, Table, Tip, line, rect};
use super::scale::nice_ticks;

const HEIGHT: f64 = 280.0;
const LEFT: f64 = 52.0;
const TOP: f64 = 16.0;
const BELOW: f64 = 24.0;
/// As many lines as there are colours that everybody can tell apart; the table has all.
const MOST_LINES: usize = 6;
/// What is drawn at most, per thousand: how much too full something is matters less than when it became so.
const HIGHEST: u32 = 1500;

/// The chart. Its first lines are drawn, so the most urgent come first.
pub struct Filling {
    /// The names of the months; the first is today.
    pub months: Vec<String>,
    /// What fills.
    pub lines: Vec<Line>,
}

/// Something that fills.
pub struct Line {
    /// Its name.
    pub name: String,
    /// How full it is in each month, per thousand.
    pub filled: Vec<u32>,
    /// What is added, by month.
    pub added: Vec<(usize, String)>,
}

impl Chart for Filling {
    fn summary(&self) -> String {
        let last = self.months.last().map_or("", String::as_str);
        let full = self.lines.iter().filter(|line| line.filled.iter().any(|&filled| filled > 1000)).count();
        let added = self.lines.iter().filter(|line| !line.added.is_empty()).count();
        format!("How full {} become up to {last}: hosts are added to {added}, {full} become too full", self.lines.len())
    }

    fn picture(&self, width: f64) -> Picture {
        let (right, bottom) = ((width - 8.0).max(LEFT + 60.0), HEIGHT - BELOW);
        let mut picture = Picture { height: HEIGHT, ..Picture::default() };
        let last = self.months.len().saturating_sub(1);
        if last == 0 {
            return picture;
        }
        let highest = self.drawn().flat_map(|(_, line)| &line.filled).copied().max().unwrap_or(0).clamp(1000, HIGHEST);
        let ticks = nice_ticks(f64::from(highest) / 10.0, 4);
        let top_value = ticks.last().copied().unwrap_or(100.0);
        let y = |permille: u32| bottom - f64::from(permille.min(HIGHEST)) / 10.0 / top_value * (bottom - TOP);
        let step = (right - LEFT) / last as f64;
        let x = |month: usize| LEFT + step * month as f64;
        for (index, &value) in ticks.iter().enumerate() {
            let at = y((value * 10.0) as u32);
            picture.add(if index == 0 { "axis-line" } else { "grid-line" }, line(&[(LEFT, at), (right, at)]));
            picture.add("label-muted end", Form::Text(LEFT - 8.0, at + 4.0, format!("{} %", value as u32)));
        }
        for (month, name) in self.months.iter().enumerate().step_by(label_every(last, right - LEFT)) {
            // The outermost stay inside of the picture.
            let class = match month {
                0 => "label-muted",
                _ if month == last => "label-muted end",
                _ => "label-muted middle",
            };
            picture.add(class, Form::Text(x(month), HEIGHT - 6.0, name.clone()));
        }
        picture.add("compare-line", line(&[(LEFT, y(1000)), (right, y(1000))]));
        picture.add("label-strong end", Form::Text(right, y(1000) - 6.0, "Full".to_owned()));
        for (index, drawn) in self.drawn() {
            let points: Vec<(f64, f64)> =
                drawn.filled.iter().enumerate().map(|(month, &filled)| (x(month), y(filled))).collect();
            picture.add(TRENDS[index], line(&points));
            for &(month, _) in &drawn.added {
                let filled = drawn.filled.get(month).copied().unwrap_or_default();
                picture.add(FILLS[index], Form::Circle(x(month), y(filled), 4.0));
            }
        }
        for month in 0..=last {
            let from = (x(month) - step / 2.0).max(LEFT);
            let to = (x(month) + step / 2.0).min(right);
            picture.add_mark(month, "mark-hit", rect(from, TOP, to - from, bottom - TOP));
            picture.tips.push(self.tip(month, (x(month), TOP + 24.0)));
        }
        picture
    }

    fn table(&self) -> Table {
        let heads: Vec<String> =
            std::iter::once("Month".to_owned()).chain(self.lines.iter().map(|line| line.name.clone())).collect();
        let row = |(month, name): (usize, &String)| {
            let cell = |line: &Line| match added(line, month) {
                Some(words) => format!("{}, {words}", share(line, month)),
                None => share(line, month),
            };
            std::iter::once(name.clone()).chain(self.lines.iter().map(cell)).collect()
        };
        let rows = self.months.iter().enumerate().map(row).collect();
        Table { numbers: heads.len() - 1, heads, rows, more: String::new() }
    }

    fn legend(&self) -> Vec<(usize, String)> {
        let mut legend: Vec<(usize, String)> = self.drawn().map(|(index, line)| (index, line.name.clone())).collect();
        let more = self.lines.len().saturating_sub(MOST_LINES);
        if more > 0
            && let Some((_, last)) = legend.last_mut()
        {
            last.push_str(&format!(" (and {more} more in the table)"));
        }
        legend
    }
}

const TRENDS: [&str; MOST_LINES] =
    ["trend trend-1", "trend trend-2", "trend trend-3", "trend trend-4", "trend trend-5", "trend trend-6"];
const FILLS: [&str; MOST_LINES] = ["fill-1", "fill-2", "fill-3", "fill-4", "fill-5", "fill-6"];

impl Filling {
    fn drawn(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.lines.iter().take(MOST_LINES).enumerate()
    }

    fn tip(&self, month: usize, at: (f64, f64)) -> Tip {
        let row = |(index, line): (usize, &Line)| {
            let value = match added(line, month) {
                Some(words) => format!("{} {words}", share(line, month)),
                None => share(line, month),
            };
            (Some(index), line.name.clone(), value)
        };
        Tip { at, title: self.months[month].clone(), rows: self.drawn().map(row).collect() }
    }
}

/// A label every so many months: whole years, or quarters of them where there is room.
fn label_every(months: usize, width: f64) -> usize {
    const ROOM: f64 = 110.0;
    [3, 6, 12, 24].into_iter().find(|&every| width / (months as f64 / every as f64) >= ROOM).unwrap_or(60)
}

fn share(line: &Line, month: usize) -> String {
    let filled = line.filled.get(month).copied().unwrap_or_default();
    format!("{} %", (filled + 5) / 10)
}

fn added(line: &Line, month: usize) -> Option<&str> {
    line.added.iter().find(|(at, _)| *at == month).map(|(_, words)| words.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(lines: usize) -> Filling {
        let line = |number| Line {
            name: format!("Cluster {number}"),
            filled: vec![900, 1000, 750, 2000],
            added: vec![(2, "+1 host".to_owned())],
        };
        let months = ["Today", "May 2027", "June 2027", "July 2027"].map(str::to_owned).to_vec();
        Filling { months, lines: (1..=lines).map(line).collect() }
    }

    #[test]
    fn each_month_is_a_mark_and_a_row() {
        let chart = chart(1);
        let picture = chart.picture(400.0);
        assert_eq!(picture.tips.len(), 4);
        assert_eq!(picture.tips[2].rows, [(Some(0), "Cluster 1".to_owned(), "75 % +1 host".to_owned())]);
        assert_eq!(chart.table().rows[2], ["June 2027", "75 %, +1 host"]);
        assert_eq!(chart.summary(), "How full 1 become up to July 2027: hosts are added to 1, 1 become too full");
    }

    #[test]
    fn what_is_added_is_a_dot_and_what_is_much_too_full_stays_in_the_picture() {
        let picture = chart(1).picture(400.0);
        let dots = picture.shapes.iter().filter(|shape| matches!(shape.form, Form::Circle(..))).count();
        assert_eq!(dots, 1);
        let trend = picture.shapes.iter().find(|shape| shape.class.starts_with("trend")).expect("drawn");
        let Form::Path(data) = &trend.form else { panic!("a path") };
        assert!(data.ends_with("L392 16"), "the top of the picture: {data}");
    }

    #[test]
    fn lines_beyond_the_colours_are_in_the_table() {
        let chart = chart(8);
        assert_eq!(chart.legend().len(), 6);
        assert!(chart.legend()[5].1.ends_with("(and 2 more in the table)"));
        assert_eq!(chart.table().heads.len(), 9);
    }

    #[test]
    fn labels_keep_apart() {
        assert_eq!([label_every(36, 1200.0), label_every(36, 700.0), label_every(120, 340.0)], [6, 6, 60]);
    }
}
