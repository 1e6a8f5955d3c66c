//! Sizes of machines as dots: vCPU across, memory upwards, both doubling from line to line.

use crate::engine::order::in_order;

/// The picture, in px from the top left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scatter {
    /// Dots, the largest first, so that small ones lie on top: position in the input, x, y, radius.
    pub dots: Vec<(usize, f64, f64, f64)>,
    /// vCPU counts of the axis with their x.
    pub across: Vec<(u32, f64)>,
    /// GiB of the axis with their y.
    pub upwards: Vec<(f64, f64)>,
}

/// The room for the plot, between its edges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Left edge.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Top edge.
    pub top: f64,
    /// Bottom edge.
    pub bottom: f64,
}

/// The radius of the largest dot: so far the labels of axes keep from the room.
pub const LARGEST: f64 = 22.0;

/// Lays out sizes: vCPU, GiB, and how many machines have them.
pub fn layout(sizes: &[(u32, f64, u32)], room: Room) -> Scatter {
    let Some((vcpu_range, gib_range, most)) = ranges(sizes) else { return Scatter::default() };
    let place = |value: f64, (low, high): (f64, f64), from: f64, to: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        from + share * (to - from)
    };
    let x = |vcpus: u32| place(log2(f64::from(vcpus.max(1))), vcpu_range, room.left, room.right);
    let y = |gib: f64| place(log2(gib.max(0.125)), gib_range, room.bottom, room.top);
    let largest = LARGEST.min((room.right - room.left) / 16.0);
    let dots: Vec<_> = sizes
        .iter()
        .enumerate()
        .map(|(index, &(vcpus, gib, count))| {
            let radius = 2.5 + (f64::from(count) / f64::from(most)).sqrt() * (largest - 2.5);
            (index, x(vcpus), y(gib), radius)
        })
        .collect();
    let dots = in_order(&dots, |a, b| b.3.total_cmp(&a.3));
    let powers = |(low, high): (f64, f64)| (low.round() as i32)..=(high.round() as i32);
    let every = if gib_range.1 - gib_range.0 > 7.0 { 2 } else { 1 };
    Scatter {
        dots,
        across: powers(vcpu_range).map(|power| 1_u32 << power).map(|vcpus| (vcpus, x(vcpus))).collect(),
        upwards: powers(gib_range).step_by(every).map(power_of_two).map(|gib| (gib, y(gib))).collect(),
    }
}

type Range = (f64, f64);

/// Whole powers of two around all sizes, and the largest count.
fn ranges(sizes: &[(u32, f64, u32)]) -> Option<(Range, Range, u32)> {
    let most = sizes.iter().map(|size| size.2).max().filter(|&most| most > 0)?;
    let around = |values: &mut dyn Iterator<Item = f64>| {
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        (low.floor(), high.ceil().max(low.floor() + 1.0))
    };
    let vcpus = around(&mut sizes.iter().map(|size| log2(f64::from(size.0.max(1)))));
    let gib = around(&mut sizes.iter().map(|size| log2(size.1.max(0.125))));
    Some((vcpus, gib, most))
}

fn log2(value: f64) -> f64 {
    libm::log2(value)
}

fn power_of_two(power: i32) -> f64 {
    libm::exp2(f64::from(power))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room { left: 40.0, right: 540.0, top: 10.0, bottom: 200.0 };

    #[test]
    fn dots_lie_inside_and_doubling_is_a_step() {
        let picture = layout(&[(1, 2.0, 10), (2, 4.0, 40), (16, 256.0, 1)], ROOM);
        let at = |index| picture.dots.iter().find(|dot| dot.0 == index).expect("a dot");
        assert!((at(0).1 - ROOM.left).abs() < 1e-9 && (at(2).1 - ROOM.right).abs() < 1e-9);
        assert!((at(0).2 - ROOM.bottom).abs() < 1e-9 && (at(2).2 - ROOM.top).abs() < 1e-9);
        assert_eq!(picture.dots[0].0, 1);
        assert_eq!(picture.across.iter().map(|tick| tick.0).collect::<Vec<_>>(), [1, 2, 4, 8, 16]);
    }

    #[test]
    fn one_size_and_none() {
        assert_eq!(layout(&[], ROOM), Scatter::default());
        assert_eq!(layout(&[(4, 0.0, 3)], ROOM).dots.len(), 1);
    }
}
