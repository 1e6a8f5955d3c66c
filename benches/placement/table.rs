//! Tables in Markdown, with columns in line for those who read them as they are.

/// A table that grows line by line.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// With these titles.
    pub fn new(titles: &[&str]) -> Self {
        Self { rows: vec![titles.iter().map(|&title| title.to_owned()).collect()] }
    }

    /// Adds a line.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Whether there is a line.
    pub fn has_rows(&self) -> bool {
        self.rows.len() > 1
    }

    /// The table as text.
    pub fn text(&self) -> String {
        let width = |column: usize| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.rows[0].len()).map(width).collect();
        let mut text = String::new();
        for (number, row) in self.rows.iter().enumerate() {
            let cells: Vec<String> =
                row.iter().zip(&widths).map(|(cell, &width)| format!(" {cell:<width$} ")).collect();
            text.push_str(&format!("|{}|\n", cells.join("|")));
            if number == 0 {
                let lines: Vec<String> = widths.iter().map(|&width| "-".repeat(width + 2)).collect();
                text.push_str(&format!("|{}|\n", lines.join("|")));
            }
        }
        text
    }
}

/// A number with some decimals, or a dash.
pub fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.decimals$}"))
}

/// Milliseconds as people read them.
pub fn time(milliseconds: f64) -> String {
    if milliseconds < 1000.0 { format!("{milliseconds:.0} ms") } else { format!("{:.1} s", milliseconds / 1000.0) }
}
