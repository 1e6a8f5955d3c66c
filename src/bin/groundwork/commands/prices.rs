//! `groundwork prices`: what a price list changes, and putting it into a project.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use groundwork::engine::catalog::Catalog;
use groundwork::engine::model::{Project, Term};
use groundwork::engine::outcome::{Blueprint, MissingPrice};
use groundwork::engine::prices::{self, Change, Doubt, PriceList, TEMPLATE};
use groundwork::engine::progress::Silent;
use groundwork::engine::schema;
use groundwork::store::format;

use super::catalog::instances_everywhere;
use super::plan::choose;
use super::{Done, json};
use crate::args::PricesArguments;
use crate::embedded;
use crate::files::{self, Failure};
use crate::table::Table;

/// Changes that are listed; JSON has all of them.
const MAX_LISTED: usize = 40;

pub(super) fn run(arguments: &PricesArguments) -> Result<Done, Failure> {
    if arguments.files.is_empty() {
        let list = arguments.project.as_ref().map(|path| missing(path, &arguments.scenario)).transpose()?;
        return Ok(Done::output(list.unwrap_or_else(|| TEMPLATE.to_owned())));
    }
    let mut catalog = embedded::core()?;
    let everywhere = instances_everywhere(&catalog);
    embedded::load_instances(&mut catalog, &everywhere)?;
    let (list, remarks) = read_all(&arguments.files, &catalog)?;
    let changes = prices::changes(&list, &catalog).map_err(|error| Failure::Other(error.to_string()))?;
    let mut done = Done::output(if arguments.json { json(&changes)? } else { text(&changes) });
    done.remarks = remarks;
    let doubtful = changes.iter().filter(|change| change.doubt.is_some()).count() as u64;
    if doubtful > 0 {
        let remark = format!("{} like a mistake", format::counted(doubtful, "price looks", "prices look"));
        if arguments.apply && !arguments.doubtful {
            return Err(Failure::Other(format!("{remark}; nothing was applied: look at them, and give --doubtful")));
        }
        done.remarks.push(remark);
    }
    if let Some(path) = &arguments.project {
        done.remarks.push(put(path, arguments, &list)?);
    }
    Ok(done)
}

/// The prices that a scenario of a project lacks, as a list whose amounts are to be filled in.
fn missing(path: &Path, scenario: &str) -> Result<String, Failure> {
    let project: Project = files::open(path)?.project;
    let scenario = choose(&project, scenario)?;
    let mut catalog = embedded::core()?;
    embedded::load_instances(&mut catalog, &scenario.footprints)?;
    let mut list = "what,id,region,term,os,amount,currency,per,note\n".to_owned();
    for MissingPrice { id, region, term, windows, machines, .. } in
        Blueprint::new(&project.estate, scenario, &catalog).missing_prices()
    {
        let term = match term {
            Term::OnDemand => "on_demand",
            Term::OneYear => "one_year",
            Term::ThreeYears => "three_years",
        };
        let (what, os, note) = match windows {
            None => ("host_price", "", String::new()),
            Some(windows) => {
                let os = if windows { "windows" } else { "linux" };
                ("instance_price", os, format::counted(machines, "machine", "machines"))
            }
        };
        list.push_str(&format!("{what},{id},{region},{term},{os},,USD,hour,{note}\n"));
    }
    Ok(list)
}

/// All lists as one. What an imported list has for things that the catalogue does not have is left out, with a remark; a list of one's own must fit.
fn read_all(paths: &[PathBuf], catalog: &Catalog) -> Result<(PriceList, Vec<String>), Failure> {
    let mut all = PriceList::default();
    let mut remarks = Vec::new();
    for path in paths {
        let fail = |error: prices::PriceError| Failure::Other(format!("{}: {error}", path.display()));
        let (file, size) = files::stream(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut list = prices::read_list(&mut BufReader::new(file), size, &name, &mut Silent).map_err(fail)?;
        let before = list.rows.len();
        list.keep_known(catalog);
        let left_out = (before - list.rows.len()) as u64;
        if left_out > 0 {
            let count = format::counted(left_out, "price is", "prices are");
            remarks.push(format!("{}: {count} for nothing in the catalogue and left out", path.display()));
        }
        if list.rows.is_empty() {
            return Err(fail(prices::PriceError::Empty));
        }
        all.rows.append(&mut list.rows);
    }
    Ok((all, remarks))
}

/// Puts the list into a scenario of a project; says what was done.
fn put(path: &Path, arguments: &PricesArguments, list: &PriceList) -> Result<String, Failure> {
    let mut project: Project = files::open(path)?.project;
    let chosen = choose(&project, &arguments.scenario)?.name.clone();
    let rows = format::counted(list.rows.len() as u64, "price", "prices");
    if !arguments.apply {
        return Ok(format!("{}: not changed; --apply puts {rows} into the scenario {chosen}", path.display()));
    }
    for scenario in project.scenarios.iter_mut().filter(|scenario| scenario.name == chosen) {
        scenario.prices = prices::merged(&scenario.prices, list).map_err(|error| Failure::Other(error.to_string()))?;
    }
    files::write(path, &schema::save(&project))?;
    Ok(format!("{}: {rows} put into the scenario {chosen}", path.display()))
}

const fn in_words(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::FarAbove => "far above the price before",
        Doubt::FarBelow => "far below the price before",
        Doubt::Dear => "above all that such a thing costs",
        Doubt::Cheap => "below all that such a thing costs",
    }
}

fn text(changes: &[Change]) -> String {
    let mut table = Table::new(["what", "region", "of", "old", "new", "doubt"], 3);
    let (doubtful, plain): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| change.doubt.is_some());
    for change in doubtful.into_iter().chain(plain).take(MAX_LISTED) {
        let amount = |amount: Option<groundwork::engine::model::Money>| {
            amount.map_or_else(|| "ask".to_owned(), |amount| format!("{amount} {}", change.currency.code()))
        };
        table.row([
            format!("{} {}", change.what, change.id),
            change.region.to_string(),
            change.of.clone(),
            amount(change.old),
            amount(change.new),
            change.doubt.map_or("", in_words).to_owned(),
        ]);
    }
    let more = changes.len().saturating_sub(MAX_LISTED) as u64;
    let rest = if more == 0 { String::new() } else { format!("… and {more} more; --json lists all\n") };
    let count = format::counted(changes.len() as u64, "price changes", "prices change");
    format!("{count}\n\n{}{rest}", table.text(""))
}
