//! How full several things are by several measures: what is used and what must stay free against a line at which all of it is taken.

use super::picture::{Chart, Form, Picture, Table, Tip, fill, line, rect};
use super::scale::fit;

/// The height of a bar with the gap below it, in px.
const STEP: f64 = 24.0;
const BAR: f64 = 16.0;
/// The name above the bars of a thing.
const HEAD: f64 = 22.0;
/// Below the bars of a thing.
const GAP: f64 = 10.0;
/// Below all, for the numbers of the axis.
const FOOT: f64 = 24.0;
/// Left of the bars, for what they measure.
const LEFT: f64 = 72.0;
/// Right of them, for what they come to.
const RIGHT: f64 = 92.0;
/// What is drawn at most, per cent: how much too full something is matters less than that it is.
const MOST: f64 = 200.0;

/// A thing with a bar for each measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its bars, from the top down.
    pub bars: Vec<LevelBar>,
}

/// How full it is by a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelBar {
    /// What is measured.
    pub measure: &'static str,
    /// What is used, in per cent of all there is.
    pub used: f64,
    /// What must stay free, in per cent.
    pub reserved: f64,
    /// The same amounts in words: used, to stay free, free, all there is.
    pub amounts: [String; 4],
}

impl LevelBar {
    /// What is taken of that which must stay free, and beyond, in per cent.
    fn over(&self) -> f64 {
        (self.used + self.reserved - 100.0).max(0.0)
    }

    fn is_over(&self) -> bool {
        self.over() >= 0.5
    }

    /// What stands beside the bar.
    fn words(&self) -> String {
        if self.is_over() { format!("{} over", percent(self.over())) } else { format!("{} used", percent(self.used)) }
    }
}

/// The chart.
pub struct Levels {
    /// What it shows, in a sentence.
    pub summary: String,
    /// The things that are drawn.
    pub groups: Vec<Group>,
    /// Things that are in the table only.
    pub more: Vec<Group>,
    /// What the things are, for the table.
    pub things: &'static str,
}

fn percent(share: f64) -> String {
    format!("{} %", share.round() as u64)
}

impl Levels {
    /// Where the axis ends, in per cent.
    fn end(&self) -> f64 {
        let bars = self.groups.iter().flat_map(|group| &group.bars);
        let longest = bars.map(|bar| bar.used + bar.reserved).fold(100.0, f64::max);
        ((longest.min(MOST) / 25.0).ceil() * 25.0).max(100.0)
    }
}

/// The parts of a bar from left to right: class, start and end in per cent, cut at the end of the axis. What lies beyond the line has a colour of its own.
fn parts(bar: &LevelBar, end: f64) -> Vec<(&'static str, f64, f64)> {
    let (used, all) = (bar.used, bar.used + bar.reserved);
    let parts = [(fill(0), 0.0, used.min(100.0)), (fill(1), used.min(100.0), all.min(100.0)), ("fill-bad", 100.0, all)];
    parts
        .into_iter()
        .map(|(class, from, to)| (class, from.min(end), to.min(end)))
        .filter(|(_, from, to)| to > from)
        .collect()
}

impl Chart for Levels {
    fn summary(&self) -> String {
        self.summary.clone()
    }

    fn picture(&self, width: f64) -> Picture {
        let heights = self.groups.iter().map(|group| HEAD + STEP * group.bars.len() as f64 + GAP);
        let bottom = heights.sum::<f64>();
        let mut picture = Picture { height: bottom + FOOT, ..Picture::default() };
        let end = self.end();
        let scale = (width - LEFT - RIGHT).max(60.0) / end;
        let x = |share: f64| LEFT + share * scale;
        for share in [0.0, 50.0, 100.0, 150.0, 200.0].into_iter().filter(|share| *share <= end) {
            let class = if share == 0.0 { "axis-line" } else { "grid-line" };
            picture.add(class, line(&[(x(share), HEAD), (x(share), bottom)]));
            picture.add("label-muted middle", Form::Text(x(share), bottom + 16.0, percent(share)));
        }
        let mut top = 0.0;
        let mut mark = 0;
        for group in &self.groups {
            picture.add("label-strong", Form::Text(0.0, top + 15.0, fit(&group.name, width)));
            top += HEAD;
            for bar in &group.bars {
                picture.add("label-muted", Form::Text(0.0, top + 12.0, bar.measure.to_owned()));
                for (class, from, to) in parts(bar, end) {
                    picture.add_mark(mark, class, rect(x(from), top, (to - from) * scale, BAR));
                }
                let class = if bar.is_over() { "label-strong end" } else { "label-muted end" };
                picture.add(class, Form::Text(width, top + 12.0, bar.words()));
                picture.add_mark(mark, "mark-hit", rect(0.0, top - 4.0, width.max(1.0), STEP));
                picture.tips.push(tip(&group.name, bar, (x(bar.used.min(100.0) / 2.0), top)));
                mark += 1;
                top += STEP;
            }
            top += GAP;
        }
        picture.add("compare-line", line(&[(x(100.0), HEAD), (x(100.0), bottom)]));
        picture
    }

    fn table(&self) -> Table {
        let heads = [self.things, "Of what", "Used", "To stay free", "Free", "There is", "Over"];
        let rows = self.groups.iter().chain(&self.more).flat_map(|group| {
            group.bars.iter().map(|bar| {
                let over = if bar.is_over() { percent(bar.over()) } else { "–".to_owned() };
                let [used, reserved, free, capacity] = bar.amounts.clone();
                vec![group.name.clone(), bar.measure.to_owned(), used, reserved, free, capacity, over]
            })
        });
        Table { numbers: 5, heads: heads.map(str::to_owned).to_vec(), rows: rows.collect(), more: String::new() }
    }

    fn legend(&self) -> Vec<(usize, String)> {
        vec![(0, "Used".to_owned()), (1, "To stay free".to_owned())]
    }
}

fn tip(name: &str, bar: &LevelBar, at: (f64, f64)) -> Tip {
    let [used, reserved, free, capacity] = bar.amounts.clone();
    let rows = vec![
        (Some(0), "Used".to_owned(), used),
        (Some(1), "To stay free".to_owned(), reserved),
        (None, "Free".to_owned(), free),
        (None, "There is".to_owned(), capacity),
    ];
    Tip { at, title: format!("{name}: {}", bar.measure), rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(measure: &'static str, used: f64, reserved: f64) -> LevelBar {
        LevelBar { measure, used, reserved, amounts: ["u", "r", "f", "a"].map(str::to_owned) }
    }

    fn chart(bars: Vec<LevelBar>) -> Levels {
        let group = Group { name: "Production".to_owned(), bars };
        let more = Group { name: "Edge".to_owned(), bars: vec![bar("CPU", 1.0, 0.0)] };
        Levels { summary: "How full".to_owned(), groups: vec![group], more: vec![more], things: "Cluster" }
    }

    #[test]
    fn parts_end_at_the_line_and_what_is_over_begins_there() {
        for (used, reserved, expected) in [
            (60.0, 25.0, vec![("fill-1", 0.0, 60.0), ("fill-2", 60.0, 85.0)]),
            (90.0, 25.0, vec![("fill-1", 0.0, 90.0), ("fill-2", 90.0, 100.0), ("fill-bad", 100.0, 115.0)]),
            (130.0, 25.0, vec![("fill-1", 0.0, 100.0), ("fill-bad", 100.0, 155.0)]),
            (500.0, 0.0, vec![("fill-1", 0.0, 100.0), ("fill-bad", 100.0, 200.0)]),
            (0.0, 0.0, vec![]),
        ] {
            let bar = bar("CPU", used, reserved);
            assert_eq!(parts(&bar, chart(vec![bar.clone()]).end()), expected, "{used} and {reserved}");
        }
    }

    #[test]
    fn what_is_over_is_said() {
        let words = |used, reserved| bar("CPU", used, reserved).words();
        assert_eq!([words(60.4, 25.0), words(90.0, 25.0), words(500.0, 0.0)], ["60 % used", "15 % over", "400 % over"]);
        assert_eq!(words(75.0, 25.2), "75 % used", "by a rounding nothing is over");
    }

    #[test]
    fn each_bar_is_a_mark_and_a_row() {
        let chart = chart(vec![bar("CPU", 60.0, 25.0), bar("Memory", 90.0, 25.0)]);
        let picture = chart.picture(600.0);
        assert_eq!(picture.tips.len(), 2);
        assert_eq!(picture.tips[1].title, "Production: Memory");
        assert_eq!(chart.table().rows[1], ["Production", "Memory", "u", "r", "f", "a", "15 %"]);
        assert_eq!(chart.table().rows.len(), 3, "the table has what the picture leaves out");
        assert!((picture.height - (22.0 + 48.0 + 10.0 + 24.0)).abs() < 1e-9);
        // The axis ends at 125 % of 436 px: 60 % are 209.3 px.
        assert!(picture.shapes.iter().any(|shape| shape.form == rect(72.0, 22.0, 209.28, 16.0)));
    }

    #[test]
    fn the_axis_reaches_the_longest_bar_and_no_further_than_twice() {
        let end = |used, reserved| chart(vec![bar("CPU", used, reserved)]).end();
        assert_eq!(
            [end(0.0, 0.0), end(101.0, 0.0), end(120.0, 40.0), end(900.0, 0.0)].map(|end| end as u32),
            [100, 125, 175, 200]
        );
    }
}
