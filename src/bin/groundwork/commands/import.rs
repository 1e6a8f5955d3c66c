//! `groundwork import`: what is in a set of exports.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use groundwork::engine::import::Imported;
use groundwork::engine::model::{
    Cluster, ClusterId, Estate, FileReport, Finding, ImportReport, Location, Policy, Project, Scenario, SetAside,
    Severity,
};
use groundwork::engine::outcome::default_footprints;
use groundwork::engine::schema;
use groundwork::engine::totals::{Totals, totals};
use groundwork::store::{format, words};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Done, findings_in_short, json};
use crate::args::ImportArguments;
use crate::embedded;
use crate::files::{self, Failure};
use crate::table::Table;

/// What `import --json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Output of groundwork import --json")]
pub(super) struct ImportOutput<'a> {
    /// Over everything.
    totals: Totals,
    /// For each cluster, in the order of their names.
    clusters: Vec<ClusterOutput<'a>>,
    /// Machines left out of the totals, by reason.
    set_aside: BTreeMap<SetAside, u64>,
    /// What was understood and what was not.
    report: &'a ImportReport,
}

/// One cluster.
#[derive(Serialize, JsonSchema)]
struct ClusterOutput<'a> {
    /// Stable identity.
    id: ClusterId,
    /// Its name.
    name: &'a str,
    /// The datacenter it is in.
    datacenter: Option<&'a str>,
    /// True for the hosts of a datacenter that are in no cluster.
    standalone: bool,
    /// Over its machines and hosts.
    totals: Totals,
}

pub(super) fn run(arguments: &ImportArguments) -> Result<Done, Failure> {
    let Imported { estate, report, .. } = files::import(&arguments.files)?;
    let output = ImportOutput::new(&estate, &report);
    let mut done = Done::output(if arguments.json { json(&output)? } else { output.text() });
    if arguments.json {
        done.remarks.extend(findings_in_short(&report).map(|count| format!("{count}, see \"report\"")));
    }
    let strict = arguments.strict && report.has_errors();
    let nothing = estate.is_empty();
    if nothing {
        done.failure = Some(format!("nothing could be read{}", first_error(&report)));
    } else if strict {
        done.failure = Some(findings_in_short(&report).unwrap_or_default());
    }
    if let Some(path) = arguments.project.as_deref().filter(|_path| !nothing && !strict) {
        done.remarks.push(save(path, estate, report)?);
    }
    Ok(done)
}

/// Writes the estate into a project file; says what it did.
fn save(path: &Path, estate: Estate, report: ImportReport) -> Result<String, Failure> {
    let there = path.exists();
    let mut project = if there { files::open(path)?.project } else { fresh_project(&estate)? };
    project.estate = Rc::new(estate);
    project.report = Rc::new(report);
    files::write(path, &schema::save(&project))?;
    let what = if there { "has the new estate and keeps its scenarios" } else { "written, with the usual footprints" };
    Ok(format!("{}: {what}", path.display()))
}

/// A project with one scenario and the usual footprints, still without its estate.
pub(super) fn fresh_project(estate: &Estate) -> Result<Project, Failure> {
    let footprints = default_footprints(estate, &embedded::core()?);
    Ok(Project {
        scenarios: vec![Scenario { name: "Scenario 1".to_owned(), footprints, ..Scenario::default() }],
        ..Project::default()
    })
}

/// The first error, to be put behind a sentence.
pub(super) fn first_error(report: &ImportReport) -> String {
    let error = report.findings.iter().find(|finding| finding.severity == Severity::Error);
    error.map_or_else(String::new, |finding| {
        let file = finding.examples.first().map_or(String::new(), |example| format!("{}: ", example.file));
        format!(": {file}{} {}", finding.message, finding.effect)
    })
}

impl<'a> ImportOutput<'a> {
    fn new(estate: &'a Estate, report: &'a ImportReport) -> Self {
        let over = |cluster| totals(estate, Policy::default().scope, &BTreeMap::new(), cluster);
        let mut clusters: Vec<&Cluster> = estate.clusters.iter().collect();
        clusters.sort_by_key(|cluster| (&cluster.name, cluster.id));
        let clusters = clusters.into_iter().map(|cluster| ClusterOutput {
            id: cluster.id,
            name: &cluster.name,
            datacenter: cluster.datacenter.as_deref(),
            standalone: cluster.standalone,
            totals: over(Some(cluster.id)),
        });
        let all = over(None);
        let set_aside = SetAside::ALL.into_iter().zip(all.set_aside).collect();
        Self { clusters: clusters.collect(), totals: all, set_aside, report }
    }

    fn text(&self) -> String {
        let files: String = self.report.files.iter().map(file_text).collect();
        let parts = [
            files,
            self.machines_text(),
            self.hosts_text(),
            self.set_aside_text(),
            findings_text(&self.report.findings),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    fn set_aside_text(&self) -> String {
        let reasons: Vec<String> = self
            .set_aside
            .iter()
            .filter(|&(_reason, &count)| count > 0)
            .map(|(&reason, &count)| format!("{} {}", words::set_aside(reason), format::count(count)))
            .collect();
        if reasons.is_empty() { String::new() } else { format!("Left out: {}\n", reasons.join(", ")) }
    }

    fn machines_text(&self) -> String {
        let headings = ["Machines", "all", "planned", "vCPU", "memory", "provisioned", "in use", "disks", "in guests"];
        let mut table = Table::new(headings, 1);
        for (name, totals) in self.rows() {
            table.row([
                name.to_owned(),
                format::count(totals.machines),
                format::count(totals.planned),
                format::count(totals.vcpus),
                format::size(totals.memory),
                format::size(totals.provisioned),
                format::size(totals.in_use),
                format::size(totals.disk_capacity),
                format::size(totals.partition_consumed),
            ]);
        }
        table.text("")
    }

    fn hosts_text(&self) -> String {
        let mut table = Table::new(["Hosts", "hosts", "cores", "CPU", "memory"], 1);
        for (name, totals) in self.rows() {
            table.row([
                name.to_owned(),
                format::count(totals.hosts),
                format::count(totals.cores),
                format::clock(totals.host_cpu),
                format::size(totals.host_memory),
            ]);
        }
        table.text("")
    }

    /// The clusters, then the sum.
    fn rows(&self) -> impl Iterator<Item = (&str, &Totals)> {
        self.clusters.iter().map(|cluster| (cluster.name, &cluster.totals)).chain([("All", &self.totals)])
    }
}

/// What was read of a file: `estate.xlsx: rows of vInfo 131, vHost 8`.
fn file_text(file: &FileReport) -> String {
    let tabs: Vec<String> = file.tabs.iter().map(|tab| format!("{} {}", tab.name, format::count(tab.rows))).collect();
    let tabs = if tabs.is_empty() { "nothing read".to_owned() } else { format!("rows of {}", tabs.join(", ")) };
    format!("{}: {tabs}\n", file.name)
}

/// Findings as a list, each with its first example.
fn findings_text(findings: &[Finding]) -> String {
    let heading = if findings.is_empty() { "" } else { "Findings\n" };
    let lines = findings.iter().flat_map(|finding| {
        let example = finding.examples.first().map(|example| format!("    {}\n", location_text(example)));
        [
            format!("  {}: {} {}\n", words::severity(finding.severity), finding.message, finding.effect),
            example.unwrap_or_default(),
        ]
    });
    std::iter::once(heading.to_owned()).chain(lines).collect()
}

/// A place in a file, `estate.xlsx, vInfo, row 12, column CPUs: n/a`; or the name of a machine, `such as db1`.
fn location_text(location: &Location) -> String {
    let parts = [
        Some(location.file.clone()),
        location.tab.clone(),
        location.row.map(|row| format!("row {row}")),
        location.column.as_ref().map(|column| format!("column {column}")),
    ];
    let place: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    match (place.join(", "), &location.value) {
        (place, None) => place,
        (place, Some(value)) if place.is_empty() => format!("such as {value}"),
        (place, Some(value)) => format!("{place}: {value}"),
    }
}
