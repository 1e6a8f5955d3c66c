//! A plan beside staying, year by year: two columns for each, stacked by what they are for.

use super::picture::{Chart, Form, Picture, Table, Tip, fill, line, rect};
use super::scale::nice_ticks;

const HEIGHT: f64 = 280.0;
const LEFT: f64 = 58.0;
const TOP: f64 = 22.0;
/// Below the base line stand the name of the column and that of its group.
const BELOW: f64 = 40.0;
/// Room that a sum takes above its column, and a name below it.
const LABEL: f64 = 52.0;

/// The chart.
pub struct PairedColumns {
    /// What each pair is of, such as a year.
    pub groups: Vec<String>,
    /// What is stacked, from the bottom up.
    pub series: Vec<String>,
    /// The names of the two columns, in full and as a letter where there is no room.
    pub names: [(&'static str, &'static str); 2],
    /// For each of the two, for each series, a value for each group.
    pub values: [Vec<Vec<f64>>; 2],
    /// How a value reads.
    pub format: Box<dyn Fn(f64) -> String>,
}

impl Chart for PairedColumns {
    fn summary(&self) -> String {
        let [first, second] = [0, 1].map(|side| (0..self.groups.len()).map(|group| self.sum(side, group)).sum());
        format!(
            "Pairs of columns, {} and {}: {} and {} in all",
            self.names[0].0,
            self.names[1].0,
            (self.format)(first),
            (self.format)(second)
        )
    }

    fn picture(&self, width: f64) -> Picture {
        let (right, bottom) = ((width - 4.0).max(LEFT + 60.0), HEIGHT - BELOW);
        let mut picture = Picture { height: HEIGHT, ..Picture::default() };
        let pairs = || (0..self.groups.len()).flat_map(|group| [(group, 0), (group, 1)]);
        let highest = pairs().map(|(group, side)| self.sum(side, group)).fold(0.0, f64::max);
        let ticks = nice_ticks(highest, 4);
        let top_value = ticks.last().copied().unwrap_or(1.0);
        let height = |value: f64| value.max(0.0) / top_value * (bottom - TOP);
        for (index, &value) in ticks.iter().enumerate() {
            let y = bottom - height(value);
            picture.add(if index == 0 { "axis-line" } else { "grid-line" }, line(&[(LEFT, y), (right, y)]));
            picture.add("label-muted end", Form::Text(LEFT - 8.0, y + 4.0, (self.format)(value)));
        }
        let step = (right - LEFT) / self.groups.len().max(1) as f64;
        let column = (step * 0.4).min(96.0);
        for (group, side) in pairs() {
            let middle = LEFT + step * (group as f64 + 0.5);
            let x = if side == 0 { middle - column - 1.0 } else { middle + 1.0 };
            let mark = picture.tips.len();
            let mut base = bottom;
            for (index, values) in self.values[side].iter().enumerate() {
                let part = height(values.get(group).copied().unwrap_or_default());
                base -= part;
                if part > 0.0 {
                    let class = if side == 0 { fill(index).to_owned() } else { format!("{} beside", fill(index)) };
                    picture.add_mark(mark, class, rect(x, base, column, part));
                }
            }
            let centre = x + column / 2.0;
            if column >= LABEL {
                let sum = (self.format)(self.sum(side, group));
                picture.add("label-strong middle", Form::Text(centre, base - 6.0, sum));
            }
            let (name, letter) = self.names[side];
            let name = if column >= LABEL { name } else { letter };
            picture.add("label-muted middle", Form::Text(centre, bottom + 16.0, name.to_owned()));
            picture.add_mark(mark, "mark-hit", rect(x, TOP, column, bottom - TOP));
            picture.tips.push(self.tip(side, group, (centre, base)));
        }
        for (group, name) in self.groups.iter().enumerate() {
            let middle = LEFT + step * (group as f64 + 0.5);
            picture.add("label-strong middle", Form::Text(middle, HEIGHT - 6.0, name.clone()));
        }
        picture
    }

    fn table(&self) -> Table {
        let heads =
            [vec!["Year".to_owned(), "Of".to_owned()], self.series.clone(), vec!["Together".to_owned()]].concat();
        let row = |group: usize, side: usize| {
            let mut row = vec![self.groups[group].clone(), self.names[side].0.to_owned()];
            row.extend(self.values[side].iter().map(|of| (self.format)(of.get(group).copied().unwrap_or_default())));
            row.push((self.format)(self.sum(side, group)));
            row
        };
        let rows = (0..self.groups.len()).flat_map(|group| [row(group, 0), row(group, 1)]).collect();
        Table { numbers: heads.len() - 2, heads, rows, more: String::new() }
    }

    fn legend(&self) -> Vec<(usize, String)> {
        self.series.iter().cloned().enumerate().collect()
    }
}

impl PairedColumns {
    fn sum(&self, side: usize, group: usize) -> f64 {
        self.values[side].iter().filter_map(|values| values.get(group)).sum()
    }

    fn tip(&self, side: usize, group: usize, at: (f64, f64)) -> Tip {
        let parts = self.values[side].iter().zip(&self.series).enumerate();
        let mut rows: Vec<_> = parts
            .filter_map(|(index, (values, name))| {
                let value = values.get(group).copied().filter(|value| *value > 0.0)?;
                Some((Some(index), name.clone(), (self.format)(value)))
            })
            .collect();
        rows.push((None, "Together".to_owned(), (self.format)(self.sum(side, group))));
        Tip {
            at: (at.0, at.1.min(HEIGHT / 2.0)),
            title: format!("{}, {}", self.groups[group], self.names[side].0),
            rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> PairedColumns {
        PairedColumns {
            groups: vec!["Year 1".to_owned(), "Year 2".to_owned()],
            series: vec!["Hosts".to_owned(), "Moving".to_owned()],
            names: [("Plan", "P"), ("Staying", "S")],
            values: [vec![vec![11.0, 10.0], vec![5.0, 0.0]], vec![vec![20.0, 20.0], vec![0.0, 0.0]]],
            format: Box::new(|value| format!("{value} USD")),
        }
    }

    #[test]
    fn each_column_is_a_mark_and_a_row() {
        let chart = chart();
        let picture = chart.picture(800.0);
        let titles: Vec<&str> = picture.tips.iter().map(|tip| tip.title.as_str()).collect();
        assert_eq!(titles, ["Year 1, Plan", "Year 1, Staying", "Year 2, Plan", "Year 2, Staying"]);
        assert_eq!(
            picture.tips[1].rows,
            [(Some(0), "Hosts".to_owned(), "20 USD".to_owned()), (None, "Together".to_owned(), "20 USD".to_owned())]
        );
        let table = chart.table();
        assert_eq!(table.rows[0], ["Year 1", "Plan", "11 USD", "5 USD", "16 USD"]);
        assert_eq!((table.rows.len(), table.numbers), (4, 3));
        assert_eq!(chart.summary(), "Pairs of columns, Plan and Staying: 26 USD and 40 USD in all");
    }

    #[test]
    fn names_shrink_to_letters_where_there_is_no_room() {
        let texts = |width| {
            let shapes = chart().picture(width).shapes;
            let text = |form| if let Form::Text(_, _, text) = form { Some(text) } else { None };
            shapes.into_iter().filter_map(|shape| text(shape.form)).collect::<Vec<_>>()
        };
        assert!(texts(800.0).contains(&"Staying".to_owned()) && !texts(800.0).contains(&"S".to_owned()));
        assert!(texts(200.0).contains(&"S".to_owned()) && !texts(200.0).contains(&"16 USD".to_owned()));
    }
}
