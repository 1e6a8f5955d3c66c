//! Tables as CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows the encoding.

use super::table::{Cell, Table, milli, plain_money};

const BOM: &str = "\u{feff}";

/// The table as a file.
pub fn write(table: &Table) -> Vec<u8> {
    let mut out = BOM.to_owned();
    row(&mut out, table.columns.iter().map(|column| guarded(&column.title)));
    for cells in &table.rows {
        row(&mut out, cells.iter().map(text));
    }
    out.into_bytes()
}

/// Writes one row.
pub(super) fn row(out: &mut String, cells: impl IntoIterator<Item = String>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => guarded(text),
        Cell::Count(number) => number.to_string(),
        Cell::Milli(number) => milli(*number),
        Cell::Money(money) | Cell::Formula(_, money) => plain_money(*money),
    }
}

/// A text that a spreadsheet would take for a formula, with an apostrophe before it: names in an inventory are other people's input
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
pub fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::Money;

    #[test]
    fn texts_are_quoted_and_never_formulas() {
        let mut table = Table::new("Test", "", &[("a", 1), ("b, c", 1)]);
        table.rows.push(vec![Cell::text("=cmd|' /C calc'!A0"), Cell::text("say \"hi\"\nthere")]);
        table.rows.push(vec![Cell::Money(Money::from_micros(-1_500_000)), Cell::Count(-3)]);
        table.rows.push(vec![Cell::text("@SUM(A1)"), Cell::Empty]);
        let text = String::from_utf8(write(&table)).unwrap();
        assert_eq!(
            text,
            "\u{feff}a,\"b, c\"\r\n'=cmd|' /C calc'!A0,\"say \"\"hi\"\"\nthere\"\r\n-1.50,-3\r\n'@SUM(A1),\r\n"
        );
    }
}
