//! `groundwork import`: totals, findings, and projects that are made of files.

use std::path::Path;

use groundwork::engine::schema;
use serde_json::{Value, json};

use crate::run::{groundwork, office, text};

#[test]
fn the_totals_of_the_public_sample_are_the_known_ones() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/rvtools-3x-131vms.xlsx");
    if !sample.exists() {
        println!("skipped: {} is not there", sample.display());
        return;
    }
    let output = groundwork(&["import", text(&sample), "--json"]).json();
    let totals = &output["totals"];
    for (field, expected) in
        [("machines", 131), ("planned", 109), ("vcpus", 359), ("disks", 209), ("hosts", 8), ("cores", 192)]
    {
        assert_eq!(totals[field], expected, "{field}");
    }
    let tib = |field: &str| format!("{:.2}", totals[field].as_f64().expect("a number") / 1_048_576.0);
    let storage = ["provisioned", "in_use", "disk_capacity", "partition_consumed"].map(tib);
    assert_eq!(storage, ["34.85", "34.57", "34.09", "17.57"]);
    let gib = |value: &Value| format!("{:.1}", value.as_f64().expect("a number") / 1024.0);
    assert_eq!((gib(&totals["memory"]), gib(&totals["host_memory"])), ("818.0".to_owned(), "1663.5".to_owned()));
    let ghz = totals["host_cpu"].as_f64().expect("a number") / 1000.0;
    assert_eq!(format!("{ghz:.1}"), "513.6");
    let clusters: Vec<(&str, u64, u64, String, u64, u64)> = output["clusters"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|cluster| {
            let number = |field: &str| cluster["totals"][field].as_u64().expect("a number");
            let name = cluster["name"].as_str().expect("a name");
            (
                name,
                number("planned"),
                number("vcpus"),
                gib(&cluster["totals"]["memory"]),
                number("hosts"),
                number("cores"),
            )
        })
        .collect();
    assert_eq!(
        clusters,
        [
            ("Avaya Cluster", 17, 67, "118.0".to_owned(), 2, 32),
            ("Production Cluster", 92, 292, "700.0".to_owned(), 6, 160)
        ]
    );
}

#[test]
fn import_gives_totals_per_cluster_and_what_was_left_out() {
    let (_folder, file) = office();
    let output = groundwork(&["import", text(&file), "--json"]).json();
    assert_eq!(output["totals"]["planned"], 2);
    assert_eq!(output["totals"]["vcpus"], 10);
    assert_eq!(output["totals"]["memory"], 36_864);
    assert_eq!(output["totals"]["in_use"], 225_280);
    assert_eq!(output["totals"]["host_cpu"], 2_095 * 80);
    assert_eq!(output["clusters"][0]["name"], "Main");
    assert_eq!(output["clusters"][0]["totals"]["cores"], 80);
    let set_aside = json!({ "template": 1, "srm_placeholder": 0, "vcls": 0, "orphaned": 0, "powered_off": 1 });
    assert_eq!(output["set_aside"], set_aside);
    assert_eq!(output["report"]["files"][0]["name"], "office.xlsx", "without its folder");
}

#[test]
fn import_is_readable_without_json() {
    let (_folder, file) = office();
    let run = groundwork(&["import", text(&file)]).succeeded();
    let line = |start: &str| run.out.lines().find(|line| line.starts_with(start)).unwrap_or_default().to_owned();
    let file = line("office.xlsx");
    assert!(file.contains("vInfo 4") && file.contains("vHost 2"), "{file}");
    assert_eq!(line("Left out"), "Left out: Templates 1, Powered off 1");
    let cells: Vec<String> =
        line("All").split("  ").map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect();
    assert_eq!(cells[..6], ["All", "4", "2", "10", "36 GiB", "450 GiB"]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().expect("there is a place for a folder");
    let junk = folder.path().join("junk.xlsx");
    std::fs::write(&junk, b"not a workbook").expect("the file is written");
    groundwork(&["import", text(&folder.path().join("missing.xlsx"))])
        .failed_with(1, &["missing.xlsx", "cannot be read"]);
    groundwork(&["plan", text(&junk)]).failed_with(1, &["junk.xlsx", "nothing could be read"]);
    let run = groundwork(&["import", text(&junk)]);
    assert_eq!((run.code, run.err.contains("junk.xlsx")), (Some(1), true), "{}", run.err);
    groundwork(&["import"]).failed_with(2, &["FILE"]);
    groundwork(&["plan", "x.json", "--steps", "many"]).failed_with(2, &["--steps"]);
}

#[test]
fn projects_that_cannot_be_opened_say_why() {
    let folder = tempfile::tempdir().expect("there is a place for a folder");
    let file = folder.path().join("plan.json");
    for (content, words) in [
        (r#"{"schema_version": 99, "app": "groundwork"}"#, ["plan.json", "version 99"]),
        (r#"{"schema_version": 1, "app": "groundwork", "project": {"name": 7}}"#, ["plan.json", "project.name"]),
        ("{", ["plan.json", "line 1"]),
    ] {
        std::fs::write(&file, content).expect("the file is written");
        groundwork(&["plan", text(&file)]).failed_with(1, &words);
    }
}

#[test]
fn a_project_keeps_its_scenarios_when_a_new_estate_comes() {
    let (folder, file) = office();
    let project = folder.path().join("plan.json");
    let read = || schema::open(&std::fs::read(&project).expect("the project is there")).expect("it opens");

    groundwork(&["import", text(&file), "--project", text(&project)]).succeeded();
    let mut opened = read();
    assert_eq!((opened.notes.len(), opened.project.estate.machines.len()), (0, 4));
    assert!(!opened.project.scenarios[0].footprints.is_empty(), "the usual footprints are there");

    opened.project.scenarios[0].name = "Mine".to_owned();
    opened.project.estate = std::rc::Rc::default();
    std::fs::write(&project, schema::save(&opened.project)).expect("the project is written");
    let run = groundwork(&["import", text(&file), "--project", text(&project)]).succeeded();
    assert!(run.err.contains("keeps its scenarios"), "{}", run.err);
    let opened = read();
    assert_eq!((opened.project.scenarios[0].name.as_str(), opened.project.estate.machines.len()), ("Mine", 4));

    std::fs::write(&project, "{}").expect("the file is written");
    let run = groundwork(&["import", text(&file), "--project", text(&project)]);
    assert_eq!((run.code, std::fs::read(&project).expect("it is there")), (Some(1), b"{}".to_vec()), "not overwritten");
}
