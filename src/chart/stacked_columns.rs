//! Values by month, stacked by what they are for, with a line to compare.

use super::columns::{Column, Room, layout};
use super::picture::{Chart, Form, Picture, Table, Tip, fill, line, rect};

const HEIGHT: f64 = 260.0;

/// Values of one kind, by month.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is called.
    pub label: String,
    /// One value for each month.
    pub values: Vec<f64>,
}

/// The chart.
pub struct StackedColumns {
    /// What is stacked, from the bottom up.
    pub series: Vec<Series>,
    /// The line to compare; empty for none.
    pub line: Vec<f64>,
    /// What the line is called.
    pub line_label: &'static str,
    /// How a value reads.
    pub format: Box<dyn Fn(f64) -> String>,
}

impl Chart for StackedColumns {
    fn summary(&self) -> String {
        let months = self.months();
        let total = self.series.iter().flat_map(|series| &series.values).sum();
        format!("Columns of {months} months: {} in all, beside {}", (self.format)(total), self.line_label)
    }

    fn picture(&self, width: f64) -> Picture {
        let room = Room { left: 58.0, width: (width - 4.0).max(60.0), top: 10.0, bottom: HEIGHT - 24.0 };
        let values: Vec<&[f64]> = self.series.iter().map(|series| series.values.as_slice()).collect();
        let columns = layout(&values, &self.line, room);
        let mut picture = Picture { height: HEIGHT, ..Picture::default() };
        for (index, &(value, y)) in columns.ticks.iter().enumerate() {
            picture.add(if index == 0 { "axis-line" } else { "grid-line" }, line(&[(room.left, y), (room.width, y)]));
            picture.add("label-muted end", Form::Text(room.left - 8.0, y + 4.0, (self.format)(value)));
        }
        for (month, column) in columns.columns.iter().enumerate() {
            for &(series, y, height) in &column.parts {
                picture.add_mark(month, fill(series), rect(column.x, y, column.width, height));
            }
            // What the pointer is caught by, from the top of the plot to its base.
            picture.add_mark(
                month,
                "mark-hit",
                rect(column.x - 2.0, room.top, column.width + 4.0, room.bottom - room.top),
            );
            picture.tips.push(self.tip(month, column));
        }
        picture.add("compare-line", line(&columns.line));
        for &(x, year) in &columns.years {
            picture.add("label-muted", Form::Text(x, HEIGHT - 6.0, format!("Year {year}")));
        }
        if let Some(&(x, y)) = columns.line.last() {
            picture.add("label-strong end", Form::Text(x, (y - 8.0).max(12.0), self.line_label.to_owned()));
        }
        picture
    }

    fn table(&self) -> Table {
        let names = self.series.iter().map(|series| series.label.clone()).collect();
        let heads = [vec!["Month".to_owned()], names, vec![self.line_label.to_owned()]].concat();
        let all = || self.series.iter().map(|series| &series.values).chain([&self.line]);
        let cell =
            |values: &Vec<f64>, month: usize| values.get(month).map_or_else(String::new, |&value| (self.format)(value));
        let row = |month| {
            let mut row = vec![month_name(month)];
            row.extend(all().map(|values| cell(values, month)));
            row
        };
        Table { numbers: heads.len() - 1, heads, rows: (0..self.months()).map(row).collect(), more: String::new() }
    }

    fn legend(&self) -> Vec<(usize, String)> {
        self.series.iter().map(|series| series.label.clone()).enumerate().collect()
    }
}

impl StackedColumns {
    fn months(&self) -> usize {
        self.series.iter().map(|series| series.values.len()).fold(self.line.len(), usize::max)
    }

    fn tip(&self, month: usize, column: &Column) -> Tip {
        let mut rows = Vec::new();
        for (index, series) in self.series.iter().enumerate() {
            if let Some(&value) = series.values.get(month).filter(|value| **value > 0.0) {
                rows.push((Some(index), series.label.clone(), (self.format)(value)));
            }
        }
        rows.push((None, "Together".to_owned(), (self.format)(column.total)));
        if let Some(&value) = self.line.get(month) {
            rows.push((None, self.line_label.to_owned(), (self.format)(value)));
        }
        let top = column.parts.last().map_or(0.0, |part| part.1);
        Tip { at: (column.x + column.width / 2.0, top.min(HEIGHT / 2.0)), title: month_name(month), rows }
    }
}

fn month_name(month: usize) -> String {
    format!("Year {}, month {}", month / 12 + 1, month % 12 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_month_is_a_mark_and_a_row() {
        let chart = StackedColumns {
            series: vec![
                Series { label: "Hosts".to_owned(), values: vec![10.0, 0.0] },
                Series { label: "Moving".to_owned(), values: vec![5.0] },
            ],
            line: vec![20.0, 20.0],
            line_label: "Staying",
            format: Box::new(|value| format!("{value} USD")),
        };
        let picture = chart.picture(400.0);
        assert_eq!(picture.tips.len(), 2);
        let names: Vec<&str> = picture.tips[1].rows.iter().map(|row| row.1.as_str()).collect();
        assert_eq!(names, ["Together", "Staying"]);
        let table = chart.table();
        assert_eq!(table.rows[0], ["Year 1, month 1", "10 USD", "5 USD", "20 USD"]);
        assert_eq!(table.rows[1], ["Year 1, month 2", "0 USD", "", "20 USD"]);
        assert_eq!(chart.summary(), "Columns of 2 months: 15 USD in all, beside Staying");
    }
}
