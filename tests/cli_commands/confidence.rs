//! `groundwork plan --confidence`: how sure the money is.

use groundwork::engine::model::{CommittedSpend, FootprintKind, Money, ProviderRange};
use groundwork::engine::schema;
use serde_json::Value;

use crate::run::{groundwork, office, text};

#[test]
fn how_sure_the_money_is_is_told_when_asked_for() {
    let (_folder, file) = office();
    let plan = ["plan", text(&file), "--steps", "5"];
    assert_eq!(groundwork(&[&plan[..], &["--json"]].concat()).json()["confidence"], Value::Null);
    let arguments = [&plan[..], &["--confidence", "300"]].concat();
    let found = groundwork(&[&arguments[..], &["--json"]].concat()).json();
    let confidence = &found["confidence"];
    assert_eq!(confidence["draws"], 300);
    let candidates = confidence["candidates"].as_array().expect("a list");
    assert_eq!(candidates.len(), 2, "the plan and staying");
    for (candidate, total) in candidates.iter().zip(["total", "staying_total"]) {
        let [p10, p50, p90] = ["p10", "p50", "p90"].map(|name| candidate[name].as_i64().expect("an amount"));
        assert!(p10 < p50 && p50 < p90, "{candidate}");
        assert_eq!(candidate["assumed"], found[total], "as assumed it is the total");
    }
    assert!(confidence["tornado"].as_array().is_some_and(|bars| !bars.is_empty()));
    // The same seed gives the same draws.
    assert_eq!(groundwork(&[&arguments[..], &["--json"]].concat()).json()["confidence"], *confidence);
    let told = groundwork(&arguments).succeeded().out;
    assert!(["How sure", "P10", "P90", "What matters most"].iter().all(|words| told.contains(words)), "{told}");
}

#[test]
fn all_scenarios_are_drawn_together_when_asked_for() {
    let (folder, file) = office();
    let path = folder.path().join("plan.json");
    groundwork(&["import", text(&file), "--project", text(&path)]).succeeded();
    let arguments = ["plan", text(&path), "--steps", "5", "--confidence", "200", "--all-scenarios"];
    groundwork(&arguments).failed_with(1, &["cannot be drawn together: there is no other scenario"]);
    let mut project = schema::open(&std::fs::read(&path).expect("it is there")).expect("a project").project;
    for (name, wage) in [("Dear", 200_000), ("Cheap", 20_000)] {
        let mut scenario = project.scenarios[0].clone();
        scenario.name = name.to_owned();
        scenario.assumptions.on_premises.admin_year = Money::from_units(wage);
        project.scenarios.push(scenario);
    }
    std::fs::write(&path, schema::save(&project)).expect("the project is written");
    let found = groundwork(&[&arguments[..], &["--json"]].concat()).json();
    let candidates = found["among"]["candidates"].as_array().expect("a list");
    let permille: Vec<i64> = candidates.iter().map(|one| one["cheapest_permille"].as_i64().expect("one")).collect();
    assert_eq!(permille, [0, 0, 1000], "the same wages, more or less of them");
    let told = groundwork(&arguments).succeeded().out;
    assert!(
        told.contains("All scenarios together") && told.contains("Cheap costs least in 100 % of 200 draws"),
        "{told}"
    );
}

#[test]
fn providers_are_called_by_their_names() {
    let (folder, file) = office();
    let path = folder.path().join("plan.json");
    groundwork(&["import", text(&file), "--project", text(&path)]).succeeded();
    let mut project = schema::open(&std::fs::read(&path).expect("it is there")).expect("a project").project;
    let scenario = &mut project.scenarios[0];
    // Machines go where they may: to instances of AWS alone.
    for footprint in &mut scenario.footprints {
        footprint.enabled =
            matches!(&footprint.kind, FootprintKind::Instances(rented) if rented.region.as_str().starts_with("aws/"));
    }
    assert!(scenario.footprints.iter().any(|footprint| footprint.enabled), "the usual footprints have one");
    let finance = &mut scenario.assumptions.finance;
    let range = ProviderRange { provider: "aws".to_owned(), low_permille: 750, high_permille: 900 };
    finance.provider_ranges = vec![range];
    let promise = CommittedSpend { provider: "aws".to_owned(), per_year: Money::from_units(1_000_000) };
    finance.committed_spend = vec![promise];
    std::fs::write(&path, schema::save(&project)).expect("the project is written");
    let plan = ["plan", text(&path), "--steps", "5", "--confidence", "100"];
    let told = groundwork(&plan).succeeded().out;
    assert!(told.contains("Rented from Amazon Web Services"), "{told}");
    let found = groundwork(&[&plan[..], &["--json"]].concat()).json();
    let lines = found["outcome"]["ledger"]["lines"].as_array().expect("a list");
    let label = "Committed spend of Amazon Web Services that is not used";
    assert!(lines.iter().any(|line| line["label"].as_str().is_some_and(|text| text.starts_with(label))), "{lines:?}");
}
