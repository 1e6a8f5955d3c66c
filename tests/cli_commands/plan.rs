//! `groundwork plan`: plans, in words and as JSON.

use std::path::Path;

use groundwork::engine::model::{Currency, Money};
use groundwork::engine::schema;
use groundwork::store::format;
use serde_json::{Value, json};

use crate::run::{groundwork, office, text};

#[test]
fn a_plan_places_every_machine_and_gives_the_same_hash_again() {
    let (folder, file) = office();
    let project = folder.path().join("plan.json");
    groundwork(&["import", text(&file), "--project", text(&project)]).succeeded();
    let from_file = groundwork(&["plan", text(&file), "--json"]).json();
    let from_project = groundwork(&["plan", text(&project), "--json"]).json();
    assert_eq!(from_file["outcome"]["plan_hash"], from_project["outcome"]["plan_hash"]);
    assert_eq!(from_file["outcome"]["plan_hash"].as_str().map(str::len), Some(64), "a SHA-256");

    let plan = &from_project["outcome"]["plan"];
    let assignments = plan["assignments"].as_array().expect("a list");
    assert_eq!((assignments.len(), plan["unplaced"].as_array().map(Vec::len)), (2, Some(0)));
    let names: Vec<&Value> = assignments
        .iter()
        .map(|assignment| &from_project["names"]["machines"][assignment["machine"].as_str().expect("an id")])
        .collect();
    assert!(names.contains(&&json!("db1")) && names.contains(&&json!("web1")), "{names:?}");
    let total: i64 = from_project["outcome"]["ledger"]["lines"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|line| line["total"].as_i64().expect("a number"))
        .sum();
    assert!(total > 0, "running two machines costs something");
    assert_eq!(from_project["total"].as_i64(), Some(total));
}

#[test]
fn the_lines_that_are_printed_add_up_to_every_total_also_with_growth() {
    let (folder, file) = office();
    let path = folder.path().join("plan.json");
    groundwork(&["import", text(&file), "--project", text(&path)]).succeeded();
    let mut project = schema::open(&std::fs::read(&path).expect("it is there")).expect("a project").project;
    let steady = groundwork(&["plan", text(&path), "--json"]).json();
    let finance = &mut project.scenarios[0].assumptions.finance;
    (finance.growth_permille_year, finance.price_changes.people) = (100, 40);
    std::fs::write(&path, schema::save(&project)).expect("the project is written");
    let grown = groundwork(&["plan", text(&path), "--json"]).json();

    let amount = |of: &Value, path: &str| of.pointer(path).and_then(Value::as_i64).unwrap_or_else(|| panic!("{path}"));
    for output in [&steady, &grown] {
        for (ledger, totals) in [
            ("/outcome/ledger/lines", ["/total", "/outlook/plan/total"]),
            ("/outcome/staying/lines", ["/staying_total", "/outlook/staying/total"]),
        ] {
            let lines = output.pointer(ledger).and_then(Value::as_array).expect("lines");
            let sum: i64 = lines.iter().map(|line| amount(line, "/total")).sum();
            assert_eq!(totals.map(|total| amount(output, total)), [sum, sum]);
        }
    }
    assert!(amount(&grown, "/total") > amount(&steady, "/total"), "what grows costs more");
    assert_eq!(amount(&grown, "/outcome/plan/cost"), amount(&steady, "/total"), "plans are compared without growth");
    let whole = format::money(Money::from_micros(amount(&grown, "/total")), Currency::Usd);
    let told = groundwork(&["plan", text(&path)]).succeeded().out;
    assert!(told.contains(&whole) && told.contains("without growth and changes of prices"), "{whole}: {told}");
}

#[test]
fn a_preset_counts_as_another_tool_and_says_how() {
    let (_folder, file) = office();
    let plan = ["plan", text(&file), "--steps", "5"];
    let sizing = |arguments: &[&str]| {
        let found = groundwork(&[&plan[..], arguments, &["--json"]].concat()).json();
        found["outcome"]["sizing"].to_string()
    };
    let preset = ["--preset", "azure-migrate-avs"];
    let told = groundwork(&[&plan[..], &preset].concat()).succeeded();
    for words in ["counted as Azure Migrate", "no reserve for a host that fails", "Source: https://"] {
        assert!(told.err.contains(words), "{words:?} is not in: {}", told.err);
    }
    assert_ne!(sizing(&[]), sizing(&preset), "the policy is another one");
    groundwork(&[&plan[..], &["--preset", "guess"]].concat())
        .failed_with(1, &["azure-migrate-avs", "vmware-cloud-sizer"]);
}

#[test]
fn a_plan_is_readable_without_json() {
    let (_folder, file) = office();
    let run = groundwork(&["plan", text(&file), "--machines"]).succeeded();
    for words in ["2 machines with 10 vCPU", "This plan", "Staying as is", "db1", "web1", "No plan costs less than"] {
        assert!(run.out.contains(words), "{words:?} is not in:\n{}", run.out);
    }
}

#[test]
fn scenarios_are_chosen_by_name_or_number() {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/project-v1.json");
    for (wanted, scenario) in [("1", "Cloud"), ("As it comes", "As it comes"), ("2", "As it comes")] {
        let output = groundwork(&["plan", golden, "--json", "--scenario", wanted]).json();
        assert_eq!(output["scenario"], scenario);
    }
    groundwork(&["plan", golden, "--scenario", "3"]).failed_with(1, &["there is no scenario 3", "Cloud, As it comes"]);
}

#[test]
fn machines_without_a_place_fail_a_strict_plan_only() {
    // The second scenario of the golden project has no footprints.
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/project-v1.json");
    let run = groundwork(&["plan", golden, "--scenario", "2"]).succeeded();
    assert!(run.err.contains("1 machine could not be placed"), "{}", run.err);
    let run = groundwork(&["plan", golden, "--scenario", "2", "--strict"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
}

#[test]
fn a_plan_is_looked_for_as_the_scenario_says_unless_told_otherwise() {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/project-v4.json");
    let planned = groundwork(&["plan", golden, "--json"]).json();
    assert_eq!(planned["budget"], json!({ "steps": 900, "seed": 7 }));
    // What counts beside money is told, and is in no total.
    let amount = |path: &str| planned.pointer(path).and_then(Value::as_i64).expect(path);
    assert!(amount("/outcome/weighed/carbon") > 0);
    let told = groundwork(&["plan", golden, "--steps", "5"]).succeeded().out;
    assert!(
        told.contains("more for its carbon")
            && told.contains("carbon and moves counted, without growth and changes of prices: this one"),
        "{told}"
    );
    let planned = groundwork(&["plan", golden, "--steps", "5", "--json"]).json();
    assert_eq!(planned["budget"], json!({ "steps": 5, "seed": 7 }));
}

#[test]
fn plan_takes_a_workbook_that_carries_a_project() {
    let (folder, path) = office();
    let workbook = folder.path().join("plan.xlsx");
    groundwork(&["export", text(&path), "--format", "xlsx", "--output", text(&workbook)]).succeeded();
    let planned = |file: &Path| groundwork(&["plan", text(file), "--json"]).json();
    assert_eq!(planned(&workbook)["outcome"]["plan_hash"], planned(&path)["outcome"]["plan_hash"]);
    let run = groundwork(&["plan", text(&workbook)]).succeeded();
    assert!(run.err.contains("This workbook carries a project"), "{}", run.err);
}
