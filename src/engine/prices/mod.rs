//! Prices, discounts and offerings of the user's own: read from price lists, kept in a scenario as CSV, and put before those of the catalogue.
//!
//! | list | read by |
//! |---|---|
//! | the project's own CSV (`docs/prices.md`) | [`read_own`] |
//! | an AWS offer file of EC2, CSV or JSON | [`read_list`], as a stream |
//! | pages of the Azure retail prices API, JSON | [`read_list`] |
//!
//! [`changes()`] shows what a list would change before it is applied. **Invariant:** a list with a mistake is not applied at all.

mod amount;
mod apply;
mod aws;
mod azure;
mod changes;
mod discount;
mod doubt;
mod json;
mod list;
mod own;
mod proposal;

use std::borrow::Cow;
use std::io::Read;

pub use changes::{Change, changes};
pub use doubt::Doubt;
pub use list::{Discount, DiskPart, Entry, ListPrice, OwnHost, OwnInstance, OwnPlace, PriceList, Row, Sort};
pub use own::{TEMPLATE, read_own, without_words, write_own};
pub use proposal::{Proposal, propose};

use super::catalog::Catalog;
use super::model::Scenario;
use super::progress::Progress;

/// Why a price list was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// The beginning of the file is of no known list.
    #[error(
        "this is neither an AWS offer file of EC2, nor a page of Azure retail prices, nor a price list with the header of the template"
    )]
    Unknown,
    /// A list of something that is not sold here.
    #[error("this is the price list of {0}; only that of AmazonEC2 can be read")]
    OtherOffer(String),
    /// The file ends or breaks in the middle.
    #[error("the file is cut off or damaged: {0}; nothing was taken from it")]
    Damaged(String),
    /// A row that cannot be understood.
    #[error("line {line}, column {column}: {problem}; nothing was taken from the list")]
    Row {
        /// The line of the file, from 1.
        line: u64,
        /// The column by its name; empty where the row itself is at fault.
        column: String,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// The list names something that the catalogue does not have.
    #[error("line {line}: {problem}; nothing was taken from the list")]
    NotInCatalog {
        /// The line of the file, from 1.
        line: u64,
        /// What it names.
        problem: String,
    },
    /// There is nothing in it that can be used.
    #[error("no price in this list is for something in the catalogue")]
    Empty,
    /// The user stopped it.
    #[error("stopped; nothing was taken from the list")]
    Stopped,
}

/// Reads a price list of any kind, with progress in bytes. `size`: of the file, 0 where it is not known; `name`: of the file, for the source of its prices.
///
/// # Errors
///
/// Says why nothing was taken: an unknown list, one that is damaged, or that the user stopped it.
pub fn read_list(
    input: &mut dyn Read,
    size: u64,
    name: &str,
    progress: &mut dyn Progress,
) -> Result<PriceList, PriceError> {
    let mut counted = Counted { input, size, done: 0, told: 0, stopped: false, progress };
    let mut head = vec![0; 4096];
    let filled = fill(&mut counted, &mut head).map_err(|error| PriceError::Damaged(error.to_string()))?;
    head.truncate(filled);
    let kind = Kind::of(&head);
    let mut whole = std::io::Cursor::new(head).chain(&mut counted);
    let list = match kind {
        Kind::AwsCsv => aws::read_csv(&mut whole, name),
        Kind::AwsJson => aws::read_json(&mut whole, name),
        Kind::Azure => azure::read(&mut whole, name),
        Kind::Own => {
            let mut text = String::new();
            let read = whole.read_to_string(&mut text);
            read.map_err(|error| PriceError::Damaged(error.to_string())).and_then(|_bytes| read_own(&text))
        }
        Kind::Unknown => Err(PriceError::Unknown),
    };
    if counted.stopped {
        return Err(PriceError::Stopped);
    }
    let list = list?;
    if list.rows.is_empty() { Err(PriceError::Empty) } else { Ok(list) }
}

/// The catalogue as a scenario is priced by it.
#[derive(Clone, Debug)]
pub struct Priced<'a> {
    /// With the scenario's own prices before it, where they can be applied.
    pub catalog: Cow<'a, Catalog>,
    /// What kept them from being applied, in words.
    pub problem: Option<String>,
}

impl Priced<'_> {
    /// Whether a scenario has prices of its own, so that [`with_own`] is needed.
    pub fn is_needed(scenario: &Scenario) -> bool {
        !scenario.prices.trim().is_empty()
    }
}

/// The catalogue with the scenario's own prices before it.
pub fn with_own<'a>(catalog: &'a Catalog, scenario: &Scenario) -> Priced<'a> {
    if !Priced::is_needed(scenario) {
        return Priced { catalog: Cow::Borrowed(catalog), problem: None };
    }
    match read_own(&scenario.prices).and_then(|list| list.applied(catalog)) {
        Ok(priced) => Priced { catalog: Cow::Owned(priced), problem: None },
        Err(error) => Priced { catalog: Cow::Borrowed(catalog), problem: Some(error.to_string()) },
    }
}

/// The CSV of a scenario with a list put into it. Remarks and rows that it has stay, except prices of the same things, which come after them and so win.
///
/// # Errors
///
/// Where the scenario's own list has a mistake.
pub fn merged(own: &str, list: &PriceList) -> Result<String, PriceError> {
    let before = read_own(own)?;
    let kept = before.rows.iter().filter(|old| !list.rows.iter().any(|new| new.entry.replaces(&old.entry)));
    let kept: Vec<Row> = kept.cloned().collect();
    if kept.iter().any(|row| !row.entry.is_price()) && list.rows.iter().all(|row| row.entry.is_price()) {
        // Discounts and offerings are in columns that people chose; their text stays as it is, and the prices follow in the same columns where they can.
        return own::appended(own, list);
    }
    let rows = kept.into_iter().chain(list.rows.iter().cloned()).collect();
    Ok(write_own(&PriceList { rows }))
}

/// What a file is, by its beginning.
#[derive(Clone, Copy)]
enum Kind {
    AwsCsv,
    AwsJson,
    Azure,
    Own,
    Unknown,
}

impl Kind {
    fn of(head: &[u8]) -> Self {
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.starts_with('{') || text.starts_with('[') {
            return if text.contains("\"offerCode\"") {
                Self::AwsJson
            } else if ["\"Items\"", "\"BillingCurrency\"", "\"armRegionName\""].iter().any(|word| text.contains(word)) {
                Self::Azure
            } else {
                Self::Unknown
            };
        }
        let first = text.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
        if text.starts_with("\"FormatVersion\"") || text.starts_with("FormatVersion") {
            Self::AwsCsv
        } else if first.split(',').any(|cell| cell.trim() == "what") {
            Self::Own
        } else {
            Self::Unknown
        }
    }
}

/// Reads until the buffer is full or the input ends.
fn fill(input: &mut dyn Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// An input that tells how far it was read, and ends when it is stopped.
struct Counted<'a> {
    input: &'a mut dyn Read,
    size: u64,
    done: u64,
    told: u64,
    stopped: bool,
    progress: &'a mut dyn Progress,
}

/// Bytes between two reports of progress.
const STRIDE: u64 = 1 << 20;

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.done >= self.told {
            self.told = self.done + STRIDE;
            self.stopped |= self.progress.tick("Reading prices", self.done, self.size).is_break();
        }
        if self.stopped {
            return Err(std::io::Error::other("stopped"));
        }
        let read = self.input.read(buffer)?;
        self.done += read as u64;
        Ok(read)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
