//! What several scenarios have cost in all, month by month: a line each.

use super::picture::{Chart, Form, Picture, Table, Tip, line, rect};
use super::scale::nice_ticks;

const HEIGHT: f64 = 280.0;
const LEFT: f64 = 58.0;
const TOP: f64 = 14.0;
const BELOW: f64 = 24.0;
/// As many as are compared; there are colours for them that everybody can tell apart.
const LINES: [&str; 4] = ["trend trend-1", "trend trend-2", "trend trend-3", "trend trend-4"];

/// The chart.
pub struct CashLines {
    /// Each scenario with what it has cost up to the end of each month.
    pub lines: Vec<(String, Vec<f64>)>,
    /// How a value reads.
    pub format: Box<dyn Fn(f64) -> String>,
}

impl Chart for CashLines {
    fn summary(&self) -> String {
        let ends = self
            .drawn()
            .map(|(_, name, totals)| format!("{name} {}", (self.format)(totals.last().copied().unwrap_or_default())));
        format!(
            "Lines over {} months, cost in all at their end: {}",
            self.months(),
            ends.collect::<Vec<_>>().join(", ")
        )
    }

    fn picture(&self, width: f64) -> Picture {
        let (right, bottom) = ((width - 8.0).max(LEFT + 60.0), HEIGHT - BELOW);
        let mut picture = Picture { height: HEIGHT, ..Picture::default() };
        let months = self.months();
        if months == 0 {
            return picture;
        }
        let highest = self.drawn().flat_map(|(_, _, totals)| totals).copied().fold(0.0, f64::max);
        let ticks = nice_ticks(highest, 4);
        let top_value = ticks.last().copied().unwrap_or(1.0);
        let y = |value: f64| bottom - value.max(0.0) / top_value * (bottom - TOP);
        let step = (right - LEFT) / months as f64;
        let x = |month: usize| LEFT + step * month as f64;
        for (index, &value) in ticks.iter().enumerate() {
            let class = if index == 0 { "axis-line" } else { "grid-line" };
            picture.add(class, line(&[(LEFT, y(value)), (right, y(value))]));
            picture.add("label-muted end", Form::Text(LEFT - 8.0, y(value) + 4.0, (self.format)(value)));
        }
        for month in (0..months).step_by(12) {
            picture.add("label-muted", Form::Text(x(month), HEIGHT - 6.0, format!("Year {}", month / 12 + 1)));
        }
        for (index, _, totals) in self.drawn() {
            let ends = totals.iter().enumerate().map(|(month, &total)| (x(month + 1), y(total)));
            let points: Vec<(f64, f64)> = std::iter::once((LEFT, bottom)).chain(ends).collect();
            picture.add(LINES[index], line(&points));
        }
        for month in 0..months {
            picture.add_mark(month, "mark-hit", rect(x(month), TOP, step, bottom - TOP));
            picture.tips.push(self.tip(month, (x(month + 1), TOP + 24.0)));
        }
        picture
    }

    fn table(&self) -> Table {
        let heads: Vec<String> =
            std::iter::once("Up to month".to_owned()).chain(self.drawn().map(|(_, name, _)| name.to_owned())).collect();
        let row = |month: usize| {
            let cells = self.drawn().map(|(_, _, totals)| self.at(totals, month));
            std::iter::once((month + 1).to_string()).chain(cells).collect()
        };
        Table { numbers: heads.len() - 1, rows: (0..self.months()).map(row).collect(), heads, more: String::new() }
    }

    fn legend(&self) -> Vec<(usize, String)> {
        self.drawn().map(|(index, name, _)| (index, name.to_owned())).collect()
    }
}

impl CashLines {
    fn drawn(&self) -> impl Iterator<Item = (usize, &str, &Vec<f64>)> {
        let lines = self.lines.iter().take(LINES.len()).enumerate();
        lines.map(|(index, (name, totals))| (index, name.as_str(), totals))
    }

    fn months(&self) -> usize {
        self.drawn().map(|(_, _, totals)| totals.len()).max().unwrap_or(0)
    }

    /// What a line has cost up to the end of a month; nothing behind its end.
    fn at(&self, totals: &[f64], month: usize) -> String {
        totals.get(month).map_or_else(|| "–".to_owned(), |&total| (self.format)(total))
    }

    fn tip(&self, month: usize, at: (f64, f64)) -> Tip {
        let rows = self.drawn().map(|(index, name, totals)| (Some(index), name.to_owned(), self.at(totals, month)));
        Tip { at, title: format!("Up to month {}", month + 1), rows: rows.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> CashLines {
        let lines = vec![("Stay".to_owned(), vec![10.0, 20.0, 30.0]), ("Move".to_owned(), vec![25.0, 28.0])];
        CashLines { lines, format: Box::new(|value| format!("${value}")) }
    }

    #[test]
    fn each_line_is_told_where_it_ends_and_nothing_is_made_up_behind() {
        let chart = chart();
        assert_eq!(chart.summary(), "Lines over 3 months, cost in all at their end: Stay $30, Move $28");
        let table = chart.table();
        assert_eq!(table.heads, ["Up to month", "Stay", "Move"]);
        assert_eq!(table.rows, [["1", "$10", "$25"], ["2", "$20", "$28"], ["3", "$30", "–"]]);
        assert_eq!(chart.legend(), [(0, "Stay".to_owned()), (1, "Move".to_owned())]);
    }

    #[test]
    fn every_month_can_be_reached() {
        let picture = chart().picture(600.0);
        assert_eq!(picture.tips.len(), 3);
        assert_eq!(picture.tips[2].rows[1].2, "–");
        assert!(CashLines { lines: Vec::new(), ..chart() }.picture(600.0).tips.is_empty());
    }
}
