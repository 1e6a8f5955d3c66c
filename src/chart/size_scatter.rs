//! Machines by size: vCPU across, memory upwards, both doubling.

use super::picture::{Chart, Form, Picture, Table, Tip, line};
use super::scatter::{LARGEST, Room, layout};
use crate::engine::model::MiB;
use crate::engine::order::in_order;
use crate::store::format;

const HEIGHT: f64 = 300.0;
/// Rows of the table; the rest is counted.
const TABLE_ROWS: usize = 200;

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct SizeScatter {
    /// Sizes: vCPU, GiB, and how many machines have them.
    pub sizes: Vec<(u32, f64, u32)>,
}

impl Chart for SizeScatter {
    fn summary(&self) -> String {
        let machines = self.sizes.iter().map(|size| u64::from(size.2)).sum();
        let machines = format::counted(machines, "machine", "machines");
        format!("{machines} of {} sizes by vCPU and memory", self.sizes.len())
    }

    fn picture(&self, width: f64) -> Picture {
        let room = Room { left: 62.0, right: (width - 26.0).max(90.0), top: 26.0, bottom: HEIGHT - 62.0 };
        let scatter = layout(&self.sizes, room);
        let mut picture = Picture { height: HEIGHT, ..Picture::default() };
        for &(gib, y) in &scatter.upwards {
            picture.add("grid-line", line(&[(room.left - LARGEST, y), (room.right + 16.0, y)]));
            let value = format::decimal(gib, usize::from(gib < 1.0));
            picture.add("label-muted end", Form::Text(room.left - LARGEST - 4.0, y + 4.0, value));
        }
        picture.add("label-muted", Form::Text(0.0, 10.0, "GiB".to_owned()));
        let below = room.bottom + LARGEST + 14.0;
        for &(vcpus, x) in &scatter.across {
            picture.add("label-muted middle", Form::Text(x, below, vcpus.to_string()));
        }
        picture.add("label-muted end", Form::Text(room.right + 16.0, below + 18.0, "vCPU".to_owned()));
        for (mark, &(index, x, y, radius)) in scatter.dots.iter().enumerate() {
            let (vcpus, gib, count) = self.sizes[index];
            picture.add_mark(mark, "bubble", Form::Circle(x, y, radius));
            let rows = vec![(None, "Machines".to_owned(), format::count(u64::from(count)))];
            picture.tips.push(Tip { at: (x, y), title: format!("{vcpus} vCPU, {}", memory(gib)), rows });
        }
        picture
    }

    fn table(&self) -> Table {
        let mut sizes = in_order(&self.sizes, |a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)).then(a.1.total_cmp(&b.1)));
        let more = sizes.len().saturating_sub(TABLE_ROWS);
        sizes.truncate(TABLE_ROWS);
        let row = |&(vcpus, gib, count): &(u32, f64, u32)| {
            vec![vcpus.to_string(), memory(gib), format::count(u64::from(count))]
        };
        Table {
            heads: ["vCPU", "Memory", "Machines"].map(str::to_owned).to_vec(),
            numbers: 3,
            rows: sizes.iter().map(row).collect(),
            more: if more > 0 { format!("and {more} rarer sizes") } else { String::new() },
        }
    }
}

fn memory(gib: f64) -> String {
    format::size(MiB((gib * 1024.0).round() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_size_is_a_mark_and_the_commonest_the_first_row() {
        let chart = SizeScatter { sizes: vec![(2, 8.0, 5), (4, 16.0, 9), (1, 0.5, 1)] };
        let picture = chart.picture(500.0);
        assert_eq!(picture.tips[0].title, "4 vCPU, 16 GiB");
        assert_eq!(chart.table().rows[0], ["4", "16 GiB", "9"]);
        assert_eq!(chart.summary(), "15 machines of 3 sizes by vCPU and memory");
    }
}
