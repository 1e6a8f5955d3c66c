//! Flows from nodes on the left to nodes on the right, as ribbons whose width is their value.

use super::scale::px;
use crate::engine::order::sorted;

/// The picture, in px from the top left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    /// Nodes on the left, in their order.
    pub left: Vec<Bar>,
    /// Nodes on the right, in their order.
    pub right: Vec<Bar>,
    /// Ribbons, in the order of the links.
    pub ribbons: Vec<Ribbon>,
    /// Height of the whole.
    pub height: f64,
}

/// A node.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bar {
    /// Its top edge.
    pub y: f64,
    /// Its height.
    pub height: f64,
    /// The middle of the room that it has, for its label.
    pub middle: f64,
}

/// A ribbon between two nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ribbon {
    /// Top edge at the left.
    pub from: f64,
    /// Top edge at the right.
    pub to: f64,
    /// Its width.
    pub width: f64,
}

/// Room that the label of a node needs.
const LABEL: f64 = 36.0;
/// Room between nodes.
const GAP: f64 = 8.0;
/// Height of all values together.
const BODY: f64 = 260.0;

/// Lays out `links`, each from a left node to a right node with a value. Nodes keep their order; ribbons at a node follow the order of the nodes they lead to.
pub fn layout(left: usize, right: usize, links: &[(usize, usize, f64)]) -> Flow {
    let valid = |&&(from, to, value): &&(usize, usize, f64)| from < left && to < right && value > 0.0;
    let total: f64 = links.iter().filter(valid).map(|link| link.2).sum();
    let scale = if total > 0.0 { BODY / total } else { 0.0 };
    let sums = |count: usize, side: fn(&(usize, usize, f64)) -> usize| {
        let mut sums = vec![0.0; count];
        for link in links.iter().filter(valid) {
            sums[side(link)] += link.2 * scale;
        }
        sums
    };
    let (left_bars, left_height) = stack(&sums(left, |link| link.0));
    let (right_bars, right_height) = stack(&sums(right, |link| link.1));
    let height = left_height.max(right_height);
    let centred = |mut bars: Vec<Bar>, own: f64| {
        for bar in &mut bars {
            bar.y += (height - own) / 2.0;
            bar.middle += (height - own) / 2.0;
        }
        bars
    };
    let (left_bars, right_bars) = (centred(left_bars, left_height), centred(right_bars, right_height));
    let mut from: Vec<f64> = left_bars.iter().map(|bar| bar.y).collect();
    let mut to: Vec<f64> = right_bars.iter().map(|bar| bar.y).collect();
    let order = sorted(links.len(), &|a, b| (links[a].0, links[a].1).cmp(&(links[b].0, links[b].1)));
    let mut ribbons = vec![Ribbon::default(); links.len()];
    for index in order {
        let link = &links[index];
        if valid(&link) {
            let width = link.2 * scale;
            ribbons[index] = Ribbon { from: from[link.0], to: to[link.1], width };
            from[link.0] += width;
            to[link.1] += width;
        }
    }
    Flow { left: left_bars, right: right_bars, ribbons, height }
}

/// Puts bars below each other, with room for their labels; gives the height of all.
fn stack(heights: &[f64]) -> (Vec<Bar>, f64) {
    let mut top = 0.0;
    let bars = heights
        .iter()
        .map(|&height| {
            let room = f64::max(height, LABEL);
            let bar = Bar { y: top + (room - height) / 2.0, height: height.max(1.5), middle: top + room / 2.0 };
            top += room + GAP;
            bar
        })
        .collect();
    (bars, (top - GAP).max(0.0))
}

impl Ribbon {
    /// The outline as the data of an SVG path between `x0` and `x1`, `down` px further down.
    pub fn path(&self, x0: f64, x1: f64, down: f64) -> String {
        let middle = f64::midpoint(x0, x1);
        let width = self.width.max(1.0);
        let (from, to) = (self.from + down, self.to + down);
        let (from_end, to_end) = (from + width, to + width);
        let [x0, x1, middle, from, to, from_end, to_end] = [x0, x1, middle, from, to, from_end, to_end].map(px);
        format!(
            "M{x0} {from}C{middle} {from} {middle} {to} {x1} {to}V{to_end}C{middle} {to_end} {middle} {from_end} {x0} {from_end}Z"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ribbons_fill_their_nodes_without_gap() {
        let flow = layout(2, 2, &[(0, 0, 30.0), (0, 1, 10.0), (1, 1, 60.0)]);
        assert!((flow.ribbons[0].from - flow.left[0].y).abs() < 1e-9);
        assert!((flow.ribbons[1].from - flow.ribbons[0].from - flow.ribbons[0].width).abs() < 1e-9);
        assert!((flow.ribbons[2].to - flow.ribbons[1].to - flow.ribbons[1].width).abs() < 1e-9);
        let widths: f64 = flow.ribbons.iter().map(|ribbon| ribbon.width).sum();
        assert!((widths - BODY).abs() < 1e-9);
    }

    #[test]
    fn labels_never_touch() {
        let links: Vec<_> = (0..12).map(|index| (0, index, 1.0)).collect();
        let flow = layout(1, 12, &links);
        assert!(flow.right.windows(2).all(|pair| pair[1].middle - pair[0].middle >= LABEL));
        assert!(flow.height >= 12.0 * LABEL);
    }

    #[test]
    fn bad_links_are_left_out() {
        let flow = layout(1, 1, &[(0, 0, 0.0), (3, 0, 1.0), (0, 7, 1.0), (0, 0, f64::NAN)]);
        assert_eq!(flow.ribbons, vec![Ribbon::default(); 4]);
        assert!(layout(0, 0, &[]).height < 1e-9);
    }
}
