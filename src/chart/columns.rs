//! Stacked columns by month with an optional line to compare.

use super::scale::nice_ticks;

/// The picture, in px from the top left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// Values of the axis with their height.
    pub ticks: Vec<(f64, f64)>,
    /// One for each month.
    pub columns: Vec<Column>,
    /// The line to compare, through the middle of the columns.
    pub line: Vec<(f64, f64)>,
    /// Where each year begins, with its number from 1.
    pub years: Vec<(f64, usize)>,
}

/// The column of a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Its left edge.
    pub x: f64,
    /// Its width.
    pub width: f64,
    /// Parts from the bottom up: series, top edge, height.
    pub parts: Vec<(usize, f64, f64)>,
    /// What it adds up to.
    pub total: f64,
}

/// The room for the picture: the plot lies between `left` and `width`, `top` and `bottom`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Left edge of the plot; the labels of the axis stand before it.
    pub left: f64,
    /// Right edge.
    pub width: f64,
    /// Top edge.
    pub top: f64,
    /// The base line.
    pub bottom: f64,
}

/// Lays out months of values. Values below zero count as zero: cost has none.
pub fn layout(series: &[&[f64]], line: &[f64], room: Room) -> Columns {
    let months = series.iter().map(|values| values.len()).chain([line.len()]).max().unwrap_or(0);
    if months == 0 {
        return Columns::default();
    }
    let at = |values: &[f64], month: usize| values.get(month).copied().unwrap_or(0.0).max(0.0);
    let total = |month| series.iter().map(|values| at(values, month)).sum::<f64>();
    let highest = (0..months).map(|month| total(month).max(at(line, month))).fold(0.0, f64::max);
    let ticks = nice_ticks(highest, 4);
    let top_value = ticks.last().copied().unwrap_or(1.0);
    let height = |value: f64| value / top_value * (room.bottom - room.top);
    let step = (room.width - room.left) / months as f64;
    let gap = (step * 0.18).min(4.0);
    let columns = (0..months)
        .map(|month| {
            let mut base = room.bottom;
            let parts = series.iter().enumerate().map(|(index, values)| {
                let part = height(at(values, month));
                base -= part;
                (index, base, part)
            });
            Column {
                x: room.left + step * month as f64 + gap / 2.0,
                width: step - gap,
                parts: parts.filter(|&(_, _, part)| part > 0.0).collect(),
                total: total(month),
            }
        })
        .collect();
    let middle = |month: usize| room.left + step * (month as f64 + 0.5);
    Columns {
        ticks: ticks.into_iter().map(|tick| (tick, room.bottom - height(tick))).collect(),
        columns,
        line: (0..line.len()).map(|month| (middle(month), room.bottom - height(at(line, month)))).collect(),
        years: (0..months).step_by(12).map(|month| (room.left + step * month as f64, month / 12 + 1)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room { left: 40.0, width: 400.0, top: 10.0, bottom: 210.0 };

    #[test]
    fn parts_stand_on_each_other_and_on_the_base_line() {
        let picture = layout(&[&[10.0, 20.0], &[30.0, 0.0]], &[40.0, 40.0], ROOM);
        let first = &picture.columns[0];
        assert_eq!(first.parts, vec![(0, 160.0, 50.0), (1, 10.0, 150.0)]);
        assert_eq!(picture.columns[1].parts, vec![(0, 110.0, 100.0)]);
        assert_eq!(picture.line, vec![(130.0, 10.0), (310.0, 10.0)]);
        assert_eq!(picture.ticks.last(), Some(&(40.0, 10.0)));
    }

    #[test]
    fn years_begin_every_twelve_months() {
        let values = vec![1.0; 36];
        let picture = layout(&[&values], &[], ROOM);
        assert_eq!(picture.years.iter().map(|&(_, year)| year).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(picture.columns.iter().all(|column| column.x >= ROOM.left && column.x + column.width <= ROOM.width));
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(layout(&[], &[], ROOM), Columns::default());
        assert_eq!(layout(&[&[0.0, 0.0]], &[], ROOM).columns.len(), 2);
    }
}
