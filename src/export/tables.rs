//! What is told, as tables. The words are those of the screen.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Source;
use super::table::{Cell, Table};
use crate::engine::cost::Line;
use crate::engine::model::{CpuMeasure, FootprintId, Host, Machine, MachineEdit, MachineId, MiB, Money};
use crate::engine::placement::{Assignment, Resource, Slot};
use crate::engine::sizing::demand;
use crate::store::compare::inputs;
use crate::store::{format, words};

/// All tables, in the order in which a reader wants them.
pub fn all(source: Source<'_>) -> Vec<Table> {
    vec![
        summary(source),
        places(source),
        ledger(source),
        machines(source),
        hosts(source),
        rules(source),
        assumptions(source),
        sources(source),
    ]
}

/// The figures that everybody asks for first.
pub fn summary(source: Source<'_>) -> Table {
    let Source { project, scenario, outcome, years, .. } = source;
    let (plan, staying) = (&years.plan, &years.staying);
    let mut table = Table::new(
        "Summary",
        format!("{}, scenario {}", project.name, scenario.name),
        &[("Figure", 40), ("Plan", 18), ("Staying as is", 18)],
    );
    let money = |label: &str, plan, staying| vec![Cell::text(label), Cell::Money(plan), Cell::Money(staying)];
    let currency = format!("{:?}", scenario.assumptions.currency).to_uppercase();
    let sum = |of: &str, total| Cell::Formula(format!("SUMIFS({LEDGER_TOTALS},{LEDGER_OF},\"{of}\")"), total);
    let label = Cell::text(format!("Total over {} months, {currency}", plan.horizon_months));
    table.rows.push(vec![label, sum("Plan", plan.total()), sum("Staying", staying.total())]);
    table.rows.push(money(&format!("Run rate a month, {currency}"), plan.run_rate(), staying.run_rate()));
    table.rows.push(money(&format!("Moving and leaving, once, {currency}"), plan.once(), staying.once()));
    let count = |label: &str, number: usize| vec![Cell::text(label), Cell::count(number as u64), Cell::Empty];
    table.rows.push(count("Machines placed", outcome.plan.assignments.len()));
    table.rows.push(count("Machines without a place, not in the total", outcome.plan.unplaced.len()));
    let of_best = format!("{} %", format::decimal(f64::from(outcome.plan.gap_ppm()) / 1e4, 1));
    table.rows.push(vec![
        Cell::text(if scenario.objective.is_weighed() {
            "With carbon and moves counted, at most so much above the best possible"
        } else {
            "The total is at most so much above the best possible"
        }),
        Cell::text(of_best),
        Cell::Empty,
    ]);
    table.rows.push(vec![Cell::text("Prices as of"), Cell::text(source.catalog_as_of), Cell::Empty]);
    table.rows.push(vec![Cell::text("Hash of the plan"), Cell::text(&*outcome.plan_hash), Cell::Empty]);
    table
}

/// The places of the scenario, with what runs there and what it costs.
pub fn places(source: Source<'_>) -> Table {
    let Source { scenario, outcome, .. } = source;
    let mut table = Table::new(
        "Places",
        "Where machines run, and what each place costs over the horizon",
        &[("Place", 36), ("Kind", 22), ("May be used", 12), ("Machines", 10), ("Hosts", 8), ("Over the horizon", 18)],
    )
    .summing(5);
    let money: BTreeMap<Option<FootprintId>, Money> = source.years.plan.by_footprint().into_iter().collect();
    let mut machines = vec![0_u64; outcome.plan.places.len()];
    for assignment in &outcome.plan.assignments {
        machines[assignment.place as usize] += 1;
    }
    for footprint in &scenario.footprints {
        let place = outcome.plan.places.iter().position(|place| place.footprint == footprint.id);
        let hosts = place.map_or(0, |place| {
            let clusters = &outcome.plan.places[place].clusters;
            clusters.iter().flat_map(|cluster| &cluster.hosts).filter(|host| !host.retired).count() as u64
                * u64::from(footprint.hosts_in_one())
        });
        table.rows.push(vec![
            Cell::text(&*footprint.name),
            Cell::text(words::footprint_kind(footprint)),
            Cell::text(if footprint.enabled { "yes" } else { "no" }),
            Cell::count(place.map_or(0, |place| machines[place])),
            Cell::count(hosts),
            Cell::Formula(of_place("A{row}"), money.get(&Some(footprint.id)).copied().unwrap_or_default()),
        ]);
    }
    if let Some(rest) = money.get(&None) {
        let name = Cell::text("What belongs to no place alone");
        table.rows.push(vec![
            name,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Formula(of_place("\"\""), *rest),
        ]);
    }
    table
}

/// The formula that sums the plan's lines of a place, named by a cell or a text.
fn of_place(place: &str) -> String {
    format!("SUMIFS({LEDGER_TOTALS},{LEDGER_OF},\"Plan\",Ledger!$B:$B,{place})")
}

/// The columns of the sheet Ledger that hold totals, and that say what a line is of.
const LEDGER_TOTALS: &str = "Ledger!$K:$K";
const LEDGER_OF: &str = "Ledger!$A:$A";

/// Every line of money, of the plan and of staying.
pub fn ledger(source: Source<'_>) -> Table {
    let mut table = Table::new(
        "Ledger",
        "Every line of money: quantity × unit price × months",
        &[
            ("Of", 10),
            ("Place", 32),
            ("Kind", 18),
            ("Paid", 14),
            ("What", 48),
            ("Quantity", 12),
            ("Unit", 16),
            ("Unit price", 14),
            ("Months", 8),
            ("From month", 10),
            ("Total", 16),
            ("Price is", 12),
            ("Source", 80),
        ],
    );
    for (of, ledger) in [("Plan", &source.years.plan), ("Staying", &source.years.staying)] {
        table.rows.extend(ledger.lines.iter().map(|line| ledger_row(source, of, line)));
    }
    table
}

fn ledger_row(source: Source<'_>, of: &str, line: &Line) -> Vec<Cell> {
    let place = line.footprint.and_then(|id| source.scenario.footprint(id));
    let (_, unit) = words::unit(line.unit);
    vec![
        Cell::text(of),
        Cell::text(place.map_or("", |place| place.name.as_str())),
        Cell::text(words::line_kind(line.kind)),
        Cell::text(words::nature(line.nature)),
        Cell::text(&*line.label),
        Cell::Milli(line.quantity_milli),
        Cell::text(unit),
        Cell::Money(line.unit_price),
        Cell::count(u64::from(line.months())),
        Cell::count(u64::from(line.from_month + 1)),
        Cell::Formula("F{row}*H{row}*I{row}".to_owned(), line.total),
        Cell::text(words::price_status(line.status)),
        Cell::text(&*line.source),
    ]
}

/// Every planned machine with its place and the reason.
pub fn machines(source: Source<'_>) -> Table {
    let Source { project, scenario, outcome, .. } = source;
    let mut table = Table::new(
        "Machines",
        "Where each machine runs, what it costs and why there",
        &[
            ("Machine", 28),
            ("Application", 18),
            ("Tags", 24),
            ("Criticality", 12),
            ("Storage class", 14),
            ("Cluster today", 20),
            ("Host today", 24),
            ("Operating system", 32),
            ("vCPU planned", 10),
            ("Memory planned, GiB", 12),
            ("Storage planned, GiB", 12),
            ("Place", 32),
            ("Runs on", 28),
            ("Cost a month", 14),
            ("Why there", 60),
            ("Next-best place", 32),
            ("There it costs more a month", 16),
            ("Refused elsewhere, or what refuses it", 80),
        ],
    );
    let names = Names::of(source);
    let months = i128::from(outcome.ledger.horizon_months.max(1));
    let mut rows: Vec<(&str, MachineId, Vec<Cell>)> = Vec::new();
    let mut add = |id: MachineId, assignment: Option<&Assignment>, refusals: String, remedy: String| {
        let Some(machine) = project.estate.machine(id) else { return };
        let mut row = machine_cells(source, &names, machine);
        let plan = &outcome.plan;
        let monthly = |money: Money| Cell::Money(money.scale(1, months));
        let name = |place| Cell::text(words::place_name(scenario, plan, place));
        match assignment {
            Some(it) => row.extend([
                name(it.place),
                Cell::text(names.slot(source, it)),
                monthly(it.cost),
                Cell::text(words::bind(scenario, plan, it.bind)),
                it.next_best.map_or(Cell::Empty, |next| name(next.place)),
                it.next_best.map_or(Cell::Empty, |next| monthly(next.extra)),
            ]),
            None => row.extend([
                Cell::text("no place"),
                Cell::Empty,
                Cell::Empty,
                Cell::text(remedy),
                Cell::Empty,
                Cell::Empty,
            ]),
        }
        row.push(Cell::text(refusals));
        rows.push((&machine.name, id, row));
    };
    let refusals = |rejections: &[crate::engine::placement::Rejection]| {
        let each = rejections.iter().map(|rejection| {
            let place = words::place_name(scenario, &outcome.plan, rejection.place);
            format!("{place} {}", words::refusal(scenario, rejection.refusal))
        });
        each.collect::<Vec<_>>().join("; ")
    };
    for assignment in &outcome.plan.assignments {
        add(assignment.machine, Some(assignment), refusals(&assignment.rejections), String::new());
    }
    for unplaced in &outcome.plan.unplaced {
        let remedy = unplaced.remedy.map(|remedy| words::remedy(scenario, &outcome.plan, remedy));
        add(unplaced.machine, None, refusals(&unplaced.rejections), remedy.unwrap_or_default());
    }
    rows.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    table.rows = rows.into_iter().map(|(_, _, row)| row).collect();
    table
}

fn machine_cells(source: Source<'_>, names: &Names<'_>, machine: &Machine) -> Vec<Cell> {
    let scenario = source.scenario;
    let edit = scenario.edits.get(&machine.id);
    let host = machine.host.and_then(|host| names.hosts.get(&host));
    let [cpu, memory, storage, ..] = demand(machine, edit, &scenario.policy, host.map(|host| host.speed)).resources;
    vec![
        Cell::text(&*machine.name),
        Cell::text(edit.and_then(|edit| edit.application.clone()).unwrap_or_default()),
        Cell::text(MachineEdit::tags(edit, machine).join(", ")),
        Cell::text(MachineEdit::criticality(edit, machine).word().unwrap_or_default()),
        Cell::text(MachineEdit::storage_class(edit, machine).unwrap_or_default()),
        Cell::text(names.clusters.get(&machine.cluster).copied().unwrap_or_default()),
        Cell::text(host.map_or("", |host| host.name.as_str())),
        Cell::text(machine.os.clone().unwrap_or_default()),
        Cell::Milli(i64::try_from(cpu).unwrap_or(i64::MAX)),
        gib(MiB(memory)),
        gib(MiB(storage)),
    ]
}

fn gib(size: MiB) -> Cell {
    Cell::Milli(i64::try_from(u128::from(size.0) * 1000 / 1024).unwrap_or(i64::MAX))
}

/// What ids are called.
struct Names<'a> {
    hosts: FxHashMap<crate::engine::model::HostId, &'a Host>,
    clusters: FxHashMap<crate::engine::model::ClusterId, &'a str>,
    instances: FxHashMap<MachineId, &'a str>,
}

impl<'a> Names<'a> {
    fn of(source: Source<'a>) -> Self {
        let estate = &source.project.estate;
        Self {
            hosts: estate.hosts.iter().map(|host| (host.id, host)).collect(),
            clusters: estate.clusters.iter().map(|cluster| (cluster.id, cluster.name.as_str())).collect(),
            instances: source.outcome.instance_choices.iter().map(|it| (it.machine, it.type_name.as_str())).collect(),
        }
    }

    /// What a machine runs on in its place.
    fn slot(&self, source: Source<'_>, assignment: &Assignment) -> String {
        match assignment.slot {
            Slot::Host { cluster, host } => {
                let place = source.outcome.plan.places.get(assignment.place as usize);
                let planned = place
                    .and_then(|place| place.clusters.get(cluster as usize))
                    .and_then(|cluster| cluster.hosts.get(host as usize));
                let existing = planned.and_then(|planned| planned.existing).and_then(|id| self.hosts.get(&id));
                existing.map_or_else(|| new_host(cluster, host), |host| host.name.clone())
            }
            Slot::Instance => self.instances.get(&assignment.machine).copied().unwrap_or("an instance").to_owned(),
        }
    }
}

/// The name of a host that is not there yet.
fn new_host(cluster: u32, host: u32) -> String {
    format!("new host {} of cluster {}", host + 1, cluster + 1)
}

/// Every host of the plan.
pub fn hosts(source: Source<'_>) -> Table {
    let Source { scenario, outcome, .. } = source;
    let cpu = match scenario.policy.cpu_measure {
        CpuMeasure::Vcpus => ["vCPU used", "vCPU usable"],
        CpuMeasure::Clock => ["GHz used", "GHz usable"],
    };
    let mut table = Table::new(
        "Hosts",
        "How full each host is; room for failures is kept over all hosts of a cluster",
        &[
            ("Place", 32),
            ("Cluster", 8),
            ("Host", 30),
            ("State", 14),
            ("Machines", 10),
            (cpu[0], 10),
            (cpu[1], 10),
            ("Memory used, GiB", 12),
            ("Memory usable, GiB", 12),
        ],
    );
    let names = Names::of(source);
    let amount = |of: Resource, resources: &crate::engine::placement::Resources| match of {
        Resource::Memory => gib(MiB(resources[Resource::Memory as usize])),
        _ => Cell::Milli(i64::try_from(resources[Resource::Cpu as usize]).unwrap_or(i64::MAX)),
    };
    for place in &outcome.plan.places {
        let name = scenario.footprint(place.footprint).map_or("", |footprint| footprint.name.as_str());
        for (cluster, planned) in place.clusters.iter().enumerate() {
            for (index, host) in planned.hosts.iter().enumerate() {
                let existing = host.existing.and_then(|id| names.hosts.get(&id));
                let state = match (existing, host.retired) {
                    (None, false) if scenario.hosts_in_one(place.footprint) > 1 => "new, with a twin at the other site",
                    (_, true) => "switched off",
                    (Some(_), false) => "kept",
                    (None, false) => "new",
                };
                let label = existing.map_or_else(|| new_host(cluster as u32, index as u32), |host| host.name.clone());
                table.rows.push(vec![
                    Cell::text(name),
                    Cell::count(cluster as u64 + 1),
                    Cell::text(label),
                    Cell::text(state),
                    Cell::count(host.machines.len() as u64),
                    amount(Resource::Cpu, &host.used),
                    amount(Resource::Cpu, &host.capacity),
                    amount(Resource::Memory, &host.used),
                    amount(Resource::Memory, &host.capacity),
                ]);
            }
        }
    }
    table
}

/// What must hold.
pub fn rules(source: Source<'_>) -> Table {
    let mut table = Table::new("Rules", "What the plan obeys", &[("Rule", 90), ("Holds", 10)]);
    let row = |rule: &crate::engine::model::Rule| {
        vec![Cell::text(words::rule(source.scenario, rule)), Cell::text(if rule.enabled { "yes" } else { "no" })]
    };
    table.rows = source.scenario.rules.iter().map(row).collect();
    table
}

/// How it is counted, and what money depends on besides prices.
pub fn assumptions(source: Source<'_>) -> Table {
    let note = "How machines and hosts are counted, and what money depends on besides prices. Where the defaults come from is in docs/method.md";
    let mut table = Table::new("Assumptions", note, &[("Input", 44), ("Value", 32)]);
    table.rows = inputs::values(source.scenario)
        .into_iter()
        .map(|(what, value)| vec![Cell::text(what), Cell::text(value)])
        .collect();
    table
}

/// Where prices come from, each once, with how many lines stand on it.
pub fn sources(source: Source<'_>) -> Table {
    let mut table =
        Table::new("Sources", "Where the prices come from", &[("Source", 110), ("Price is", 14), ("Lines", 8)]);
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for line in source.years.plan.lines.iter().chain(&source.years.staying.lines) {
        *counts.entry((publication(&line.source), words::price_status(line.status))).or_default() += 1;
    }
    table.rows = counts
        .into_iter()
        .map(|((text, status), count)| vec![Cell::text(text), Cell::text(status), Cell::count(count)])
        .collect();
    table
}

/// The publication of a source, without the arithmetic of the line, which follows the address.
fn publication(source: &str) -> &str {
    let Some(address) = source.find("; http") else { return source };
    source[address + 2..].find("; ").map_or(source, |end| &source[..address + 2 + end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_publication_count_together() {
        for (source, expected) in [
            (
                "Price list; 2026-01-01; https://example.com/list; 0.5 USD × 730 h",
                "Price list; 2026-01-01; https://example.com/list",
            ),
            ("Price list; 2026-01-01; https://example.com/list", "Price list; 2026-01-01; https://example.com/list"),
            ("Assumptions: 2 USD a GiB", "Assumptions: 2 USD a GiB"),
        ] {
            assert_eq!(publication(source), expected);
        }
    }
}
