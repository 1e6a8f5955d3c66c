//! Who goes where, as ribbons between two rows of nodes.

use super::flow::{Bar, layout};
use super::picture::{Chart, Form, Picture, Table, Tip, fill, rect};
use super::scale::{fit, within};

/// A node with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowNode {
    /// Its name.
    pub title: String,
    /// What stands below its name.
    pub note: String,
    /// Its colour: 0 neutral, 255 bad, else a series from 1.
    pub tone: u8,
}

/// A ribbon from a left node to a right node, by their positions.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowLink {
    /// Where it begins.
    pub left: usize,
    /// Where it ends.
    pub right: usize,
    /// Its width.
    pub value: f64,
    /// What it carries, in words.
    pub label: String,
}

/// The chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowChart {
    /// Nodes on the left, from the top.
    pub left: Vec<FlowNode>,
    /// Nodes on the right, from the top.
    pub right: Vec<FlowNode>,
    /// Ribbons.
    pub links: Vec<FlowLink>,
}

/// Width of a node.
const NODE: f64 = 6.0;
/// Room above and below.
const MARGIN: f64 = 4.0;

impl Chart for FlowChart {
    fn summary(&self) -> String {
        let (links, left, right) = (self.links.len(), self.left.len(), self.right.len());
        format!("{links} ribbons from {left} clusters to {right} places")
    }

    fn picture(&self, width: f64) -> Picture {
        let links: Vec<(usize, usize, f64)> =
            self.links.iter().map(|link| (link.left, link.right, link.value)).collect();
        let flow = layout(self.left.len(), self.right.len(), &links);
        // Labels take what the ribbons can spare.
        let (before, after) = (within(width * 0.26, 84.0, 190.0), within(width * 0.36, 110.0, 290.0));
        let (x0, x1) = (before, (width - after).max(before + 40.0));
        let mut picture = Picture { height: flow.height + 2.0 * MARGIN, ..Picture::default() };
        for (mark, (link, ribbon)) in self.links.iter().zip(&flow.ribbons).enumerate() {
            let class = ["ribbon ", class_of(self.right.get(link.right).map_or(0, |node| node.tone))].concat();
            picture.add_mark(mark, class, Form::Path(ribbon.path(x0, x1, MARGIN)));
            let at = (f64::midpoint(x0, x1), f64::midpoint(ribbon.from, ribbon.to) + MARGIN);
            let rows = vec![(None, String::new(), link.label.clone())];
            picture.tips.push(Tip { at, title: self.ends(link).join(" → "), rows });
        }
        for (node, bar) in self.left.iter().zip(&flow.left) {
            let room = x0 - NODE - 8.0;
            draw(&mut picture, node, *bar, x0 - NODE, (room, room), true);
        }
        for (node, bar) in self.right.iter().zip(&flow.right) {
            draw(&mut picture, node, *bar, x1, (x1 + NODE + 8.0, after - NODE - 8.0), false);
        }
        picture
    }

    fn table(&self) -> Table {
        let row = |link: &FlowLink| {
            let [from, to] = self.ends(link);
            vec![from.to_owned(), to.to_owned(), link.label.clone()]
        };
        Table {
            heads: ["From", "To", "What"].map(str::to_owned).to_vec(),
            numbers: 0,
            rows: self.links.iter().map(row).collect(),
            more: String::new(),
        }
    }
}

impl FlowChart {
    /// Where a ribbon begins and ends.
    fn ends(&self, link: &FlowLink) -> [&str; 2] {
        [
            self.left.get(link.left).map_or("", |node| &node.title),
            self.right.get(link.right).map_or("", |node| &node.title),
        ]
    }
}

fn class_of(tone: u8) -> &'static str {
    match tone {
        0 => "fill-rest",
        u8::MAX => "fill-bad",
        series => fill(usize::from(series) - 1),
    }
}

/// A node at `x` with its label, which stands at the first of `text` and has the width of the second.
fn draw(picture: &mut Picture, node: &FlowNode, bar: Bar, x: f64, text: (f64, f64), ends: bool) {
    picture.add(class_of(node.tone), rect(x, bar.y + MARGIN, NODE, bar.height));
    let middle = bar.middle + MARGIN;
    let label = |dy: f64, words: &str| Form::Text(text.0, middle + dy, fit(words, text.1));
    picture.add(if ends { "end" } else { "" }, label(-2.0, &node.title));
    picture.add(if ends { "label-muted end" } else { "label-muted" }, label(13.0, &node.note));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_link_is_a_mark_and_a_row() {
        let node = |title: &str, tone| FlowNode { title: title.to_owned(), note: "3 machines".to_owned(), tone };
        let link = |right, value| FlowLink { left: 0, right, value, label: format!("{value} machines") };
        let chart = FlowChart {
            left: vec![node("Production", 0)],
            right: vec![node("Azure", 1), node("No place yet", u8::MAX)],
            links: vec![link(0, 2.0), link(1, 1.0)],
        };
        let picture = chart.picture(800.0);
        assert_eq!(
            picture.tips.iter().map(|tip| tip.title.as_str()).collect::<Vec<_>>(),
            ["Production → Azure", "Production → No place yet"]
        );
        assert_eq!(picture.shapes[1].class, "ribbon fill-bad");
        assert_eq!(chart.table().rows[0], ["Production", "Azure", "2 machines"]);
    }
}
