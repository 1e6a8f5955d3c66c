//! What is to be reached, beside what was.

use super::report::gap;
use super::table::{Table, number, time};
use super::{Run, Task};

/// Time limit in milliseconds, and the most percent of gap: in the mean over the instances of planner10k, and of the worst of them.
const GAPS: [(u64, f64, f64); 2] = [(1000, 1.0, 1.5), (10_000, 0.5, 0.5)];

/// Instance, time limit in milliseconds, and the most bins.
const BINS: [(&str, u64, f64); 4] =
    [("azure10k", 1000, 389.0), ("openb", 1000, 888.0), ("openb", 10_000, 886.0), ("synth10k", 1000, 224.0)];

/// The figures of a set that have targets, each beside its own.
pub fn table(set: &str, tasks: &[&Task], runs: &[Run]) -> Table {
    let mut table = Table::new(&["by", "limit", "what", "reached", "target", "met"]);
    for by in ["native", "browser"] {
        match set {
            "planner10k" => gaps(&mut table, by, tasks, runs),
            "clouds" => bins(&mut table, by, runs),
            _ => {}
        }
    }
    table
}

fn gaps(table: &mut Table, by: &str, tasks: &[&Task], runs: &[Run]) {
    for (limit, mean, worst) in GAPS {
        let own = |run: &&Run| run.by == by && run.limit == limit && tasks.iter().any(|task| task.name == run.name);
        let gaps: Vec<f64> = runs.iter().filter(own).filter_map(gap).collect();
        if gaps.is_empty() {
            continue;
        }
        let found = gaps.iter().sum::<f64>() / gaps.len() as f64;
        row(table, by, limit, &format!("gap, mean of {}", gaps.len()), (found, mean), (2, " %"));
        row(table, by, limit, "gap, worst", (gaps.iter().copied().fold(0.0, f64::max), worst), (2, " %"));
    }
}

fn bins(table: &mut Table, by: &str, runs: &[Run]) {
    for (name, limit, most) in BINS {
        let found = runs.iter().find(|run| run.by == by && run.limit == limit && run.name == name);
        if let Some(cost) = found.and_then(|run| run.cost) {
            row(table, by, limit, &format!("{name}, bins"), (cost, most), (0, ""));
        }
    }
}

/// A line: what was reached and the most that it may be, with so many decimals and a unit.
fn row(
    table: &mut Table,
    by: &str,
    limit: u64,
    what: &str,
    (found, most): (f64, f64),
    (decimals, unit): (usize, &str),
) {
    table.row(vec![
        by.to_owned(),
        time(limit as f64),
        what.to_owned(),
        format!("{}{unit}", number(Some(found), decimals)),
        format!("≤ {}{unit}", number(Some(most), decimals)),
        if found <= most { "yes" } else { "no" }.to_owned(),
    ]);
}
