//! The project's own price list as text, row by row (`docs/prices.md`), for forms that add to it and take from it.

/// The cells of a row that are filled, by column.
pub(super) type Row = Vec<(&'static str, String)>;

/// A list with one more row, and with the columns that it needs; a row about the same thing goes.
pub(super) fn with_row(list: &str, row: &[(&'static str, String)]) -> String {
    let is_remark = |line: &&str| line.starts_with('#') || line.trim().is_empty();
    let remarks: Vec<&str> = list.lines().take_while(is_remark).collect();
    let mut rest = list.lines().skip(remarks.len());
    let mut columns: Vec<String> = rest.next().map_or_else(Vec::new, cells);
    for (column, _) in row {
        if !columns.iter().any(|known| known == column) {
            columns.push((*column).to_owned());
        }
    }
    let key = |cells: &[String]| {
        let of = |name: &str| columns.iter().position(|column| column == name).and_then(|at| cells.get(at)).cloned();
        [of("what"), of("id"), of("region"), of("per"), of("item"), of("term")].map(Option::unwrap_or_default)
    };
    let cell = |column: &String| row.iter().find(|(name, _)| name == column).map_or("", |(_, text)| text.as_str());
    let new: Vec<String> = columns.iter().map(|column| cell(column).to_owned()).collect();
    let kept = rest.filter(|line| key(&cells(line)) != key(&new));
    let quoted = |cells: &[String]| cells.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(",");
    let mut lines: Vec<String> = remarks.into_iter().map(str::to_owned).collect();
    lines.push(quoted(&columns));
    lines.extend(kept.map(str::to_owned));
    lines.push(quoted(&new));
    lines.join("\n") + "\n"
}

/// The cells of a line.
pub(super) fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut inside) = (Vec::new(), String::new(), false);
    for letter in line.chars() {
        match letter {
            '"' => inside = !inside,
            ',' if !inside => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            other => cell.push(other),
        }
    }
    cells.push(cell.trim().to_owned());
    cells
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
