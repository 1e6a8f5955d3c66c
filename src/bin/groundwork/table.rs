//! Text in aligned columns.

/// A table whose columns are as wide as their widest cell: the first to the left, the others to the right.
pub struct Table {
    rows: Vec<Vec<String>>,
    left: usize,
}

impl Table {
    /// A table with these headings, of which the first `left` columns stand to the left.
    pub fn new<const N: usize>(headings: [&str; N], left: usize) -> Self {
        Self { rows: vec![headings.map(str::to_owned).to_vec()], left }
    }

    /// Adds a row.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.to_vec());
    }

    /// The table as lines that begin with `indent`; nothing where there are no rows.
    pub fn text(&self, indent: &str) -> String {
        if self.rows.len() == 1 {
            return String::new();
        }
        let width = |cell: &String| cell.chars().count();
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<usize> = (0..columns)
            .map(|column| self.rows.iter().filter_map(|row| row.get(column)).map(width).max().unwrap_or_default())
            .collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = indent.to_owned();
            for (column, (cell, &wide)) in row.iter().zip(&widths).enumerate() {
                let gap = if column == 0 { "" } else { "  " };
                let padding = " ".repeat(wide - width(cell));
                let cells = if column < self.left { [gap, cell, &padding] } else { [gap, &padding, cell] };
                line.extend(cells);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_are_aligned() {
        let mut table = Table::new(["Name", "Hosts"], 1);
        assert_eq!(table.text(""), "");
        table.row(["Düsseldorf".to_owned(), "8".to_owned()]);
        table.row(["x".to_owned(), "1,024".to_owned()]);
        assert_eq!(table.text(" "), " Name        Hosts\n Düsseldorf      8\n x           1,024\n");
    }
}
