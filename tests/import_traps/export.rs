//! Exports written as text: tabs begin with `## name`, cells are separated by `|`, the first row is the header.
//!
//! A cell that looks like a number is one; `'` before it makes it text. Quotes keep blanks: `"Free % "`.

use groundwork::engine::import::{Imported, InputFile, import};
use groundwork::engine::model::{Cluster, Finding, FindingCode, Host, Machine};
use groundwork::engine::progress::Silent;
use rust_xlsxwriter::Workbook;

/// Tabs with their rows.
pub struct Export(Vec<(String, Vec<Vec<String>>)>);

impl Export {
    /// Reads the text.
    pub fn new(text: &str) -> Self {
        let mut tabs: Vec<(String, Vec<Vec<String>>)> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(name) = line.strip_prefix("## ") {
                tabs.push((name.to_owned(), Vec::new()));
            } else {
                let cells = line.split('|').map(|cell| {
                    let cell = cell.trim();
                    cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell).to_owned()
                });
                tabs.last_mut().expect("a tab comes first").1.push(cells.collect());
            }
        }
        Self(tabs)
    }

    /// As a workbook.
    pub fn xlsx(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        for (name, rows) in &self.0 {
            let sheet = workbook.add_worksheet().set_name(name).expect("a name of a sheet");
            for (row, cells) in (0..).zip(rows) {
                for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                    match (cell.parse::<f64>(), cell.strip_prefix('\'')) {
                        (Ok(number), _) => sheet.write(row, column, number),
                        (_, Some(text)) => sheet.write(row, column, text),
                        _ => sheet.write(row, column, cell),
                    }
                    .expect("a cell");
                }
            }
        }
        workbook.save_to_buffer().expect("a workbook")
    }

    /// As CSV files, by name.
    pub fn csv(&self, delimiter: char) -> Vec<(String, String)> {
        let line = |cells: &Vec<String>| {
            let cells: Vec<String> = cells
                .iter()
                .map(|cell| cell.trim_start_matches('\''))
                .map(|cell| if cell.contains(delimiter) { format!("\"{cell}\"") } else { cell.to_owned() })
                .collect();
            cells.join(&delimiter.to_string()) + "\r\n"
        };
        self.0.iter().map(|(name, rows)| (format!("RVTools_tab{name}.csv"), rows.iter().map(line).collect())).collect()
    }
}

/// Imports files by name.
pub fn import_files(files: &[(&str, &[u8])]) -> Imported {
    let files: Vec<InputFile<'_>> = files.iter().map(|&(name, bytes)| InputFile { name, bytes }).collect();
    import(&files, &mut Silent)
}

/// Imports an export written as text, as a workbook.
pub fn import_text(text: &str) -> Imported {
    import_files(&[("export.xlsx", &Export::new(text).xlsx())])
}

/// The machine of this name.
pub fn machine<'i>(imported: &'i Imported, name: &str) -> &'i Machine {
    let found = imported.estate.machines.iter().find(|machine| machine.name == name);
    found.unwrap_or_else(|| panic!("no machine {name} in {imported:#?}"))
}

/// The host of this name.
pub fn host<'i>(imported: &'i Imported, name: &str) -> &'i Host {
    imported.estate.hosts.iter().find(|host| host.name == name).expect("the host is there")
}

/// The cluster of this name.
pub fn cluster<'i>(imported: &'i Imported, name: &str) -> &'i Cluster {
    imported.estate.clusters.iter().find(|cluster| cluster.name == name).expect("the cluster is there")
}

/// The findings of this kind.
pub fn findings(imported: &Imported, code: FindingCode) -> Vec<&Finding> {
    imported.report.findings.iter().filter(|finding| finding.code == code).collect()
}

/// The only finding of this kind.
#[track_caller]
pub fn finding(imported: &Imported, code: FindingCode) -> &Finding {
    let found = findings(imported, code);
    assert_eq!(found.len(), 1, "findings of {code:?} in {:#?}", imported.report.findings);
    found[0]
}

/// Where the first example of a finding is: file, tab, row, column, value.
pub fn place(finding: &Finding) -> String {
    let example = finding.examples.first().expect("has an example");
    let row = example.row.map(|row| row.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [example.file.clone(), text(&example.tab), row, text(&example.column), text(&example.value)].join("/")
}
