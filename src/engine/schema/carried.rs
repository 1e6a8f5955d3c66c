//! A project in the cells of a sheet: what a workbook carries, so that opening it gives the project back.
//!
//! The first cell says what it is, the second the SHA-256 of the text that the others make together: the project file, in ASCII. A cell holds 32,767
//! characters at most, and programs that write workbooks anew may trim blanks at the ends of cells and read `_x0041_` as a letter; so neither is there.

use std::mem;

use sha2::{Digest, Sha256};

use super::{Opened, SchemaError, open};
use crate::engine::import;

/// The name of the sheet that carries a project.
pub const CARRIER: &str = "Groundwork project";

/// What the first cell says: another way to carry a project has another number.
const HEAD: &str = "groundwork-project 1";

/// What is said when a project comes out of a workbook.
const NOTE: &str = "This workbook carries a project, which was opened as it was written: what was changed in the sheets since then is not read.";

/// The most characters in a cell; 32,767 would fit.
const CELL: usize = 32_000;

/// The longest that one character gets: a pair of escapes.
const LONGEST: usize = 12;

/// The cells that carry a project file, as [`super::save`] writes it.
pub fn to_cells(file: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(file);
    // Lines are for people who compare files; a text in the file has no end of a line.
    let letters = text.lines().flat_map(|line| line.trim_start_matches(' ').chars());
    let (mut cells, mut cell, mut before) = (Vec::new(), String::with_capacity(CELL), ' ');
    for letter in letters {
        if cell.len() + LONGEST > CELL {
            cells.push(mem::replace(&mut cell, String::with_capacity(CELL)));
        }
        put(&mut cell, letter, before);
        before = letter;
    }
    cells.push(cell);
    [HEAD.to_owned(), hash_of(&cells)].into_iter().chain(cells).collect()
}

/// Whether a file is a workbook of Groundwork's, which carries a project.
pub fn carries_project(bytes: &[u8]) -> bool {
    import::has_sheet(bytes, CARRIER)
}

/// Opens the project that a workbook carries.
pub fn open_workbook(bytes: &[u8]) -> Result<Opened, SchemaError> {
    let mut opened = open(&from_cells(&import::first_column(bytes, CARRIER))?)?;
    opened.notes.push(NOTE.to_owned());
    Ok(opened)
}

/// The project file that cells carry.
fn from_cells(cells: &[String]) -> Result<Vec<u8>, SchemaError> {
    let [head, hash, cells @ ..] = cells else { return Err(SchemaError::Carrier("something is missing in it")) };
    if head != HEAD {
        return Err(SchemaError::Carrier("it was written in another way; open it with a newer Groundwork"));
    }
    if *hash != hash_of(cells) {
        return Err(SchemaError::Carrier("it was changed or cut off"));
    }
    Ok(cells.concat().into_bytes())
}

/// Adds a character of a JSON text. What is escaped here stands in a string of it, where the escape means the same.
fn put(cell: &mut String, letter: char, before: char) {
    let is_near_an_end = cell.is_empty() || cell.len() + 2 * LONGEST > CELL;
    match letter {
        ' ' if is_near_an_end => cell.push_str("\\u0020"),
        'x' if before == '_' => cell.push_str("\\u0078"),
        ' '..='~' => cell.push(letter),
        _ => {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                cell.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
}

/// SHA-256 of the text that these cells make, in hexadecimal.
fn hash_of(cells: &[String]) -> String {
    let mut hash = Sha256::new();
    for cell in cells {
        hash.update(cell);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{Project, Scenario};
    use crate::engine::schema;

    fn project(name: &str) -> Project {
        Project { name: name.to_owned(), scenarios: vec![Scenario::default()], ..Project::default() }
    }

    #[test]
    fn any_name_comes_back() {
        let long = [" ".repeat(70_000), "\u{1f30d}".repeat(30_000), "_x0041_".repeat(10_000)].concat();
        for name in ["", "a  b", " \u{feff}\n\t\u{7f}\u{ffff}é\u{1f30d}", "_x0041_", "\\_x0041_ \" <&>", &long] {
            let project = project(name);
            let cells = to_cells(&schema::save(&project));
            for cell in &cells {
                assert!(cell.len() <= 32_767 && cell.is_ascii() && cell.trim() == cell, "{cell}");
                assert!(!cell.contains("_x") && !cell.contains(|letter: char| letter.is_ascii_control()), "{cell}");
            }
            let opened = schema::open(&from_cells(&cells).expect("is whole")).expect("is a project");
            assert!(opened.project == project && opened.notes.is_empty(), "{name:?}");
        }
    }

    #[test]
    fn what_was_changed_is_refused() {
        let cells = to_cells(&schema::save(&project("Office")));
        assert!(from_cells(&cells).is_ok());
        let refused = |change: &dyn Fn(&mut Vec<String>)| {
            let mut cells = cells.clone();
            change(&mut cells);
            from_cells(&cells).expect_err("is refused").to_string()
        };
        assert!(refused(&|cells| cells.truncate(1)).contains("missing"));
        assert!(refused(&|cells| cells[0].push('2')).contains("newer"));
        assert!(refused(&|cells| cells.truncate(2)).contains("cut off"));
        assert!(refused(&|cells| cells[2] = cells[2].replace("Office", "Home")).contains("changed"));
    }
}
