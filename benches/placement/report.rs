//! The tables of a run.

use std::fmt::Write;
use std::path::Path;

use super::curve::{Line, svg};
use super::recorded::RECORDED;
use super::sets::SETS;
use super::table::{Table, number, time};
use super::{Failure, Run, Task, edits, goals, read};

/// Where the tables go in the documentation.
const MARKS: [&str; 2] = ["<!-- figures -->\n", "<!-- end of figures -->\n"];

/// Prints every table there are figures for; with `docs` also writes them, and the picture, into the documentation.
pub fn print(folder: &Path, docs: bool) -> Result<(), Failure> {
    let tasks: Vec<Task> = read(&folder.join("tasks.json")).ok_or("there are no tasks")?;
    let mut runs: Vec<Run> = read(&folder.join("native.json")).unwrap_or_default();
    runs.extend(read::<Vec<Run>>(&folder.join("browser.json")).unwrap_or_default());
    let peers: Vec<Run> = read(&folder.join("peers.json")).unwrap_or_default();
    let mut text = String::new();
    for set in SETS {
        let tasks: Vec<&Task> = tasks.iter().filter(|task| task.set == set).collect();
        if tasks.is_empty() {
            continue;
        }
        let table = match set {
            "planner10k" | "clouds" | "scale" => each(&tasks, &runs, &peers),
            _ => summary(&tasks, &runs),
        };
        writeln!(text, "### {}\n\n{}", title(set), table.text())?;
        let goals = goals::table(set, &tasks, &runs);
        if goals.has_rows() {
            writeln!(text, "{}", goals.text())?;
        }
        let table = beside(&tasks, &peers);
        if table.has_rows() {
            let how = if peers.is_empty() { "recorded earlier, on another machine" } else { "in the same run" };
            writeln!(text, "Others on the same instances, {how}:\n\n{}", table.text())?;
        }
    }
    if let Some(edits) = read::<Vec<edits::Edited>>(&folder.join("edits.json")) {
        let title = "Edits: 2,000 machines, one change, natively, from the plan before";
        writeln!(text, "### {title}\n\n{}", edits::table(&edits).text())?;
    }
    let refused = runs.iter().filter(|run| run.accepted == Some(false)).count();
    writeln!(text, "The independent checker accepted {} of {} answers.", runs.len() - refused, runs.len())?;
    println!("\n{text}");
    let lines = lines(&tasks, &runs);
    if docs {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        let page = std::fs::read_to_string(root.join("benchmarks.md"))?;
        let before = page.split_once(MARKS[0]).ok_or("docs/benchmarks.md has no mark for the figures")?.0;
        let after = page.split_once(MARKS[1]).ok_or("docs/benchmarks.md has no mark for the end of the figures")?.1;
        let mut picture = "";
        if !lines.is_empty() {
            std::fs::write(root.join("benchmarks-gap.svg"), svg(&lines))?;
            picture = "\n![Gap between cost and proven bound over time](benchmarks-gap.svg)\n";
        }
        let figures = format!("{before}{}\n{text}\n{picture}{}{after}", MARKS[0], MARKS[1]);
        std::fs::write(root.join("benchmarks.md"), figures)?;
    }
    if refused > 0 { Err(format!("the checker refuses {refused} answers").into()) } else { Ok(()) }
}

fn title(set: &str) -> &'static str {
    match set {
        "planner10k" => "planner10k: 10,000 machines, 12 kinds of host, an instance price for each machine",
        "clouds" => "Machines of real clouds and of an estate, on one kind of host",
        "Panigrahy" => "Classic instances after Panigrahy et al.",
        "New" => "Classic instances, \"New\"",
        "Triplet" => "Triplets: three items fill a bin exactly",
        "generated" => "Instances after Caprara and Toth, made here",
        "monaci" => "Bins of several sizes, after Monaci's description",
        _ => "Growth with the number of machines, on instances made here",
    }
}

/// How far the cost of an answer may be from the least, in percent of the larger of cost and bound.
pub fn gap(run: &Run) -> Option<f64> {
    let (cost, bound) = (run.cost?, run.bound?);
    let largest = cost.abs().max(bound.abs());
    Some(if bound < cost { (cost - bound) / largest * 100.0 } else { 0.0 })
}

/// One line for each instance, time limit, and who answered.
fn each(tasks: &[&Task], runs: &[Run], peers: &[Run]) -> Table {
    let mut table =
        Table::new(&["instance", "by", "limit", "cost", "bound", "gap", "hosts", "time", "first", "MiB", "checked"]);
    for task in tasks {
        for run in runs.iter().chain(peers).filter(|run| run.name == task.name && run.by.is_ascii() && ours(run)) {
            table.row(vec![
                task.name.clone(),
                run.by.clone(),
                time(run.limit as f64),
                number(run.cost, 2),
                number(run.bound, 2),
                gap(run).map_or_else(|| "–".to_owned(), |gap| format!("{gap:.2} %")),
                number(run.hosts.map(|hosts| hosts as f64), 0),
                time(run.time),
                run.first.map_or_else(|| "–".to_owned(), time),
                number(run.memory, 0),
                run.accepted.map_or("–", |accepted| if accepted { "yes" } else { "REFUSED" }).to_owned(),
            ]);
        }
    }
    table
}

fn ours(run: &Run) -> bool {
    run.by == "native" || run.by == "browser"
}

/// One line for each number of items, time limit, and who answered.
fn summary(tasks: &[&Task], runs: &[Run]) -> Table {
    let mut table = Table::new(&[
        "by",
        "limit",
        "items",
        "instances",
        "proven best",
        "over optimum",
        "over optimum or bound",
        "worst",
        "better / equal / worse than the best heuristic",
        "mean time",
        "longest",
    ]);
    for by in ["native", "browser"] {
        let mut limits: Vec<u64> = tasks.iter().flat_map(|task| task.limits.iter().copied()).collect();
        limits.sort_unstable();
        limits.dedup();
        for limit in limits {
            for (words, least, most) in [("< 250", 0, 245), ("≥ 250", 246, usize::MAX), ("all", 0, usize::MAX)] {
                let pairs: Vec<(&Task, &Run)> = tasks
                    .iter()
                    .filter(|task| (least..=most).contains(&task.machines))
                    .filter_map(|task| {
                        let own = |run: &&Run| run.name == task.name && run.by == by && run.limit == limit;
                        Some((*task, runs.iter().find(own)?))
                    })
                    .collect();
                if !pairs.is_empty() {
                    table.row(summed(by, limit, words, &pairs));
                }
            }
        }
    }
    table
}

fn summed(by: &str, limit: u64, items: &str, pairs: &[(&Task, &Run)]) -> Vec<String> {
    let excess = |cost: f64, known: f64| (cost - known) / known * 100.0;
    let to_optimum: Vec<f64> = pairs.iter().filter_map(|(task, run)| Some(excess(run.cost?, task.optimum?))).collect();
    // The optimum, or the best bound there is: ours or the published one.
    let reference = |task: &Task, run: &Run| {
        task.optimum
            .or_else(|| Some(run.bound.unwrap_or(0.0).max(task.lower.unwrap_or(0.0))))
            .filter(|known| *known > 0.0)
    };
    let to_any: Vec<f64> =
        pairs.iter().filter_map(|(task, run)| Some(excess(run.cost?, reference(task, run)?))).collect();
    let mean = |list: &[f64]| (!list.is_empty()).then(|| list.iter().sum::<f64>() / list.len() as f64);
    let percent = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2} %"));
    let heuristic = |order: std::cmp::Ordering| {
        pairs
            .iter()
            .filter(|(task, run)| {
                task.heuristic.zip(run.cost).is_some_and(|(theirs, ours)| ours.total_cmp(&theirs) == order)
            })
            .count()
    };
    let compared = pairs.iter().any(|(task, _)| task.heuristic.is_some());
    let times: Vec<f64> = pairs.iter().map(|(_, run)| run.time).collect();
    vec![
        by.to_owned(),
        time(limit as f64),
        items.to_owned(),
        pairs.len().to_string(),
        pairs.iter().filter(|(_, run)| run.cost == run.bound).count().to_string(),
        percent(mean(&to_optimum)),
        percent(mean(&to_any)),
        percent(to_any.iter().copied().reduce(f64::max)),
        if compared {
            use std::cmp::Ordering::{Equal, Greater, Less};
            format!("{} / {} / {}", heuristic(Less), heuristic(Equal), heuristic(Greater))
        } else {
            "–".to_owned()
        },
        mean(&times).map_or_else(|| "–".to_owned(), time),
        times.iter().copied().reduce(f64::max).map_or_else(|| "–".to_owned(), time),
    ]
}

/// What others found: in this run, or what was recorded.
fn beside(tasks: &[&Task], peers: &[Run]) -> Table {
    let mut table = Table::new(&["instance", "who", "found", "bound", "time"]);
    for task in tasks {
        for run in peers.iter().filter(|run| run.name == task.name) {
            let (cost, bound) =
                (run.cost.map_or_else(|| "nothing".to_owned(), |cost| format!("{cost:.2}")), number(run.bound, 2));
            table.row(vec![task.name.clone(), run.by.clone(), cost, bound, time(run.time)]);
        }
        if peers.is_empty() {
            for (name, who, found, seconds) in RECORDED.iter().filter(|recorded| recorded.0 == task.name) {
                let (cost, bound) = found.strip_prefix("≥ ").map_or((*found, "–"), |bound| ("–", bound));
                let who = format!("{who} (recorded)");
                table.row(vec![(*name).to_owned(), who, cost.to_owned(), bound.to_owned(), time(seconds * 1000.0)]);
            }
        }
    }
    table
}

/// Lines of the picture: the instances that were answered for several times.
fn lines(tasks: &[Task], runs: &[Run]) -> Vec<Line> {
    let mut lines = Vec::new();
    let drawn = |task: &&Task| matches!(&*task.set, "planner10k" | "clouds") && task.limits.len() > 2;
    for task in tasks.iter().filter(drawn) {
        for by in ["native", "browser"] {
            let own = runs.iter().filter(|run| run.name == task.name && run.by == by);
            let mut points: Vec<(f64, f64)> = own.filter_map(|run| Some((run.time.max(1.0), gap(run)?))).collect();
            // A search that had not begun by its limit ends later than that.
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            if !points.is_empty() {
                lines.push(Line { name: format!("{}, {by}", task.name), dashed: by == "browser", points });
            }
        }
    }
    lines
}
