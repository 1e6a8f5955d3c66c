//! Bars one below the other, each with its name, its value and a remark, some of them marked: by a sign before the name, by the remark and by the colour.

use super::axis;
use super::picture::{Chart, Form, Picture, Table, Tip, rect};
use super::scale::fit;

/// The height of a bar, in px.
const BAR: f64 = 14.0;
/// The height of a line of text above it.
const LINE: f64 = 16.0;
/// Between a bar and the next name.
const GAP: f64 = 12.0;
/// Below the bars, for the numbers of the axis.
const FOOT: f64 = 24.0;

/// How a bar is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// One like the others.
    Plain,
    /// The one that counts.
    Chosen,
    /// It is nearly too late.
    Soon,
    /// It is too late.
    Late,
    /// Nobody can say.
    Open,
}

impl Mark {
    /// What stands before the name.
    const fn sign(self) -> &'static str {
        match self {
            Self::Plain | Self::Open => "",
            Self::Chosen => "◆ ",
            Self::Soon => "▲ ",
            Self::Late => "✕ ",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Plain | Self::Chosen => "fill-1",
            Self::Soon => "fill-warn",
            Self::Late => "fill-bad",
            Self::Open => "fill-rest",
        }
    }
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkedBar {
    /// What it is called.
    pub name: String,
    /// How long it is; not below zero.
    pub value: f64,
    /// The value in words.
    pub words: String,
    /// How it is marked.
    pub mark: Mark,
    /// What there is to remark; may be empty.
    pub note: String,
}

/// The chart.
pub struct MarkedBars {
    /// What it shows, in a sentence.
    pub summary: String,
    /// From the top down.
    pub bars: Vec<MarkedBar>,
    /// Bars that are in the table only.
    pub more: Vec<MarkedBar>,
    /// The heads of the table: names, values, remarks.
    pub heads: [&'static str; 3],
    /// How a value reads on the axis.
    pub format: Box<dyn Fn(f64) -> String>,
}

impl MarkedBars {
    /// The height of a bar with what is written above it.
    fn step(&self) -> f64 {
        LINE * if self.has_notes() { 2.0 } else { 1.0 } + BAR + GAP
    }

    fn has_notes(&self) -> bool {
        self.bars.iter().any(|bar| !bar.note.is_empty())
    }
}

impl Chart for MarkedBars {
    fn summary(&self) -> String {
        self.summary.clone()
    }

    fn picture(&self, width: f64) -> Picture {
        let step = self.step();
        let bottom = step * self.bars.len() as f64;
        let mut picture = Picture { height: bottom + FOOT, ..Picture::default() };
        let longest = self.bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
        let scale = axis::below_bars(&mut picture, width, bottom, longest, &self.format);
        for (at, bar) in self.bars.iter().enumerate() {
            let top = step * at as f64;
            let room = width - 10.0;
            let name = fit(&[bar.mark.sign(), &bar.name, ": ", &bar.words].concat(), room);
            picture.add("label-strong", Form::Text(6.0, top + 12.0, name));
            if !bar.note.is_empty() {
                picture.add("label-muted", Form::Text(6.0, top + 12.0 + LINE, fit(&bar.note, room)));
            }
            let bar_top = top + step - GAP - BAR;
            // Even the smallest is to be seen.
            let length = if bar.value > 0.0 { (bar.value * scale).max(2.0) } else { 0.0 };
            picture.add_mark(at, bar.mark.class(), rect(1.0, bar_top, length, BAR));
            picture.add_mark(at, "mark-hit", rect(1.0, top, (width - 2.0).max(1.0), step));
            let rows = [(self.heads[1], &bar.words), (self.heads[2], &bar.note)];
            let rows = rows.into_iter().filter(|(_, text)| !text.is_empty());
            let rows = rows.map(|(head, text)| (None, head.to_owned(), text.clone())).collect();
            picture.tips.push(Tip { at: (length / 2.0, bar_top), title: bar.name.clone(), rows });
        }
        picture
    }

    fn table(&self) -> Table {
        let row = |bar: &MarkedBar| vec![bar.name.clone(), bar.words.clone(), bar.note.clone()];
        Table {
            heads: self.heads.map(str::to_owned).to_vec(),
            numbers: 0,
            rows: self.bars.iter().chain(&self.more).map(row).collect(),
            more: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(note: &str) -> MarkedBars {
        let bar = |name: &str, value: f64, mark: Mark| MarkedBar {
            name: name.to_owned(),
            value,
            words: format!("{value:.0}"),
            mark,
            note: note.to_owned(),
        };
        MarkedBars {
            summary: "Two".to_owned(),
            bars: vec![bar("Old", 300.0, Mark::Late), bar("New", 0.5, Mark::Plain), bar("None", 0.0, Mark::Soon)],
            more: vec![bar("Rare", 1.0, Mark::Open)],
            heads: ["System", "Machines", "Support"],
            format: Box::new(|value| format!("{value:.0}")),
        }
    }

    fn texts(picture: &Picture) -> Vec<&str> {
        let text = |shape: &super::super::picture::Shape| matches!(shape.form, Form::Text(..)).then_some(());
        let shapes = picture.shapes.iter().filter(|shape| text(shape).is_some() && shape.class == "label-strong");
        shapes.map(|shape| if let Form::Text(_, _, text) = &shape.form { text.as_str() } else { "" }).collect()
    }

    #[test]
    fn bars_are_as_long_as_their_values_and_marked_by_a_sign_too() {
        let picture = chart("").picture(302.0);
        let bars: Vec<_> = picture
            .shapes
            .iter()
            .filter(|shape| shape.class.starts_with("fill-"))
            .map(|shape| (shape.class.to_string(), shape.form.clone()))
            .collect();
        // The axis ends at 300, which are all of the 300 px.
        assert_eq!(bars[0], ("fill-bad".to_owned(), rect(1.0, 16.0, 300.0, 14.0)));
        assert_eq!(bars[1], ("fill-1".to_owned(), rect(1.0, 58.0, 2.0, 14.0)), "the smallest is to be seen");
        assert_eq!(bars[2].1, rect(1.0, 100.0, 0.0, 14.0));
        assert_eq!(texts(&picture), ["✕ Old: 300", "New: 0", "▲ None: 0"]);
        assert!((picture.height - 150.0).abs() < 1e-9);
    }

    #[test]
    fn remarks_have_a_line_of_their_own_and_stand_in_details_and_table() {
        let chart = chart("Ended");
        let picture = chart.picture(302.0);
        assert!((picture.height - 198.0).abs() < 1e-9);
        assert_eq!(picture.tips[0].rows[1], (None, "Support".to_owned(), "Ended".to_owned()));
        assert_eq!(chart.table().rows.len(), 4, "the table has what the picture leaves out");
        assert_eq!(chart.table().rows[3], ["Rare", "1", "Ended"]);
    }

    #[test]
    fn nothing_to_show_is_a_chart_too() {
        let empty = MarkedBars { bars: Vec::new(), more: Vec::new(), ..chart("") };
        assert!(empty.picture(10.0).tips.is_empty());
        assert_eq!(empty.table().rows.len(), 0);
    }
}
