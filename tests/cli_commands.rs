//! The command line as its users see it: output, exit codes and what stands on the standard error.
#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};
use std::process::Command;

use groundwork::engine::model::{CommittedSpend, Currency, FootprintKind, Money, ProviderRange};
use groundwork::engine::schema;
use groundwork::store::format;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

/// What a run of the program gave.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn groundwork<A: AsRef<std::ffi::OsStr>>(arguments: &[A]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_groundwork")).args(arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Run {
    #[track_caller]
    fn succeeded(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self
    }

    #[track_caller]
    fn json(self) -> Value {
        serde_json::from_str(&self.succeeded().out).expect("the output is one JSON document")
    }

    #[track_caller]
    fn failed_with(self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "{}", self.err);
        assert_eq!(self.out, "");
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in: {}", self.err);
        }
    }
}

/// A folder with a workbook of four machines on two hosts: two that run, one that is off, one template.
fn office() -> (tempfile::TempDir, PathBuf) {
    let mut workbook = Workbook::new();
    let mut tab = |name: &str, rows: &[&[&str]]| {
        let sheet = workbook.add_worksheet().set_name(name).expect("the name is allowed");
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(*cells) {
                let written = match cell.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number),
                    Err(_text) => sheet.write(row, column, *cell),
                };
                written.expect("the cell is in the sheet");
            }
        }
    };
    tab(
        "vInfo",
        &[
            &[
                "VM",
                "Powerstate",
                "Template",
                "CPUs",
                "Memory",
                "Provisioned MiB",
                "In Use MiB",
                "Datacenter",
                "Cluster",
                "Host",
                "OS according to the VMware Tools",
                "VM ID",
                "VM UUID",
                "VI SDK Server",
                "VI SDK UUID",
            ],
            &[
                "db1",
                "poweredOn",
                "False",
                "8",
                "32768",
                "409600",
                "204800",
                "DC",
                "Main",
                "esx1",
                "Microsoft Windows Server 2019 (64-bit)",
                "vm-1",
                "42000000-0000-0000-0000-000000000001",
                "vc",
                "aa-1",
            ],
            &[
                "web1",
                "poweredOn",
                "False",
                "2",
                "4096",
                "51200",
                "20480",
                "DC",
                "Main",
                "esx2",
                "Ubuntu Linux (64-bit)",
                "vm-2",
                "42000000-0000-0000-0000-000000000002",
                "vc",
                "aa-1",
            ],
            &[
                "old1",
                "poweredOff",
                "False",
                "4",
                "8192",
                "102400",
                "40960",
                "DC",
                "Main",
                "esx2",
                "Ubuntu Linux (64-bit)",
                "vm-3",
                "42000000-0000-0000-0000-000000000003",
                "vc",
                "aa-1",
            ],
            &[
                "image",
                "poweredOff",
                "True",
                "1",
                "2048",
                "20480",
                "10240",
                "DC",
                "Main",
                "esx1",
                "Ubuntu Linux (64-bit)",
                "vm-4",
                "42000000-0000-0000-0000-000000000004",
                "vc",
                "aa-1",
            ],
        ],
    );
    tab(
        "vHost",
        &[
            &[
                "Host",
                "Datacenter",
                "Cluster",
                "CPU Model",
                "Speed",
                "# CPU",
                "Cores per CPU",
                "# Cores",
                "# Memory",
                "ESX Version",
                "VI SDK Server",
                "VI SDK UUID",
            ],
            &[
                "esx1",
                "DC",
                "Main",
                "Intel Xeon Gold 6230",
                "2095",
                "2",
                "20",
                "40",
                "393216",
                "VMware ESXi 7.0.3",
                "vc",
                "aa-1",
            ],
            &[
                "esx2",
                "DC",
                "Main",
                "Intel Xeon Gold 6230",
                "2095",
                "2",
                "20",
                "40",
                "393216",
                "VMware ESXi 7.0.3",
                "vc",
                "aa-1",
            ],
        ],
    );
    let folder = tempfile::tempdir().expect("there is a place for a folder");
    let path = folder.path().join("office.xlsx");
    workbook.save(&path).expect("the workbook is written");
    (folder, path)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

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
fn doubtful_prices_are_told_and_not_applied_unseen() {
    let (folder, file) = office();
    let [project, list] = ["plan.json", "mine.csv"].map(|name| folder.path().join(name));
    groundwork(&["import", text(&file), "--project", text(&project)]).succeeded();
    let before = std::fs::read(&project).expect("it is there");
    let rows = "what,id,region,amount\ninstance_price,m7i.large,aws/eu-central-1,84\ndiscount,aws,10\n";
    std::fs::write(&list, rows.replace("discount,aws,10\n", "")).expect("the list is written");
    let shown = groundwork(&["prices", text(&list)]).succeeded();
    assert!(shown.out.contains("far above the price before") && shown.err.contains("1 price looks like a mistake"));
    let apply = ["prices", text(&list), "--project", text(&project), "--apply"];
    groundwork(&apply).failed_with(1, &["1 price looks like a mistake; nothing was applied", "--doubtful"]);
    assert_eq!(std::fs::read(&project).expect("it is there"), before);
    groundwork(&[&apply[..], &["--doubtful"]].concat()).succeeded();
    assert_ne!(std::fs::read(&project).expect("it is there"), before);

    // All off is free, and a type that does not exist has no price.
    for (row, problem) in [
        ("discount,aws,,100", "not a share from 0 to less than 100"),
        ("instance_price,m7i.lager,aws/eu-central-1,0.1", "m7i.lager is not an instance type of aws"),
    ] {
        std::fs::write(&list, format!("what,id,region,amount\n{row}\n")).expect("the list is written");
        groundwork(&["prices", text(&list)]).failed_with(1, &["line 2", problem]);
    }
}

#[test]
fn a_price_list_begins_with_a_template_and_tells_what_it_changes() {
    let (folder, file) = office();
    let [project, list] = ["plan.json", "mine.csv"].map(|name| folder.path().join(name));
    groundwork(&["import", text(&file), "--project", text(&project)]).succeeded();
    let before = std::fs::read(&project).expect("it is there");
    // The template is a list that can be read again.
    let template = groundwork(&["prices"]).succeeded().out;
    std::fs::write(&list, &template).expect("the list is written");
    assert!(template.contains("what,id,region,term"), "{template}");
    groundwork(&["prices", text(&list)]).succeeded();
    // m7i.large in N. Virginia is 0.1008 USD an hour in the catalogue.
    let rows = "what,id,region,amount\ninstance_price,m7i.large,aws/us-east-1,0.09\n";
    std::fs::write(&list, rows).expect("the list is written");
    let found = groundwork(&["prices", text(&list), "--json"]).json();
    let [change] = found.as_array().expect("a list").as_slice() else { panic!("one change: {found}") };
    assert_eq!((&change["id"], &change["region"]), (&json!("m7i.large"), &json!("aws/us-east-1")));
    assert_eq!((&change["old"], &change["new"], &change["doubt"]), (&json!(100_800), &json!(90_000), &Value::Null));
    let told = groundwork(&["prices", text(&list), "--project", text(&project)]).succeeded();
    assert!(told.out.contains("1 price changes") && told.out.contains("0.1008 USD"), "{}", told.out);
    assert!(told.err.contains("not changed; --apply puts 1 price into the scenario"), "{}", told.err);
    assert_eq!(std::fs::read(&project).expect("it is there"), before);
    groundwork(&["prices", text(&list), "--project", text(&project), "--apply"]).succeeded();
    let kept = schema::open(&std::fs::read(&project).expect("it is there")).expect("a project").project;
    assert!(kept.scenarios[0].prices.contains("m7i.large"), "{}", kept.scenarios[0].prices);
    groundwork(&["prices", "no-such-list.csv"]).failed_with(1, &["no-such-list.csv"]);
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
fn the_catalogue_names_the_source_of_each_price() {
    let output = groundwork(&["catalog", "--type", "m7i.large", "--region", "Frankfurt", "--json"]).json();
    let [offering] = output.as_array().expect("a list").as_slice() else { panic!("one type: {output}") };
    assert_eq!(offering["id"], "aws/m7i.large");
    let prices = offering["prices"].as_array().expect("a list");
    assert!(!prices.is_empty());
    for price in prices {
        assert_eq!(price["region"], "aws/eu-central-1");
        assert!(price["source"].as_str().is_some_and(|source| !source.is_empty()), "{price}");
    }
    groundwork(&["catalog", "--type", "no-such-type"]).failed_with(1, &["nothing like that"]);
}

#[test]
fn the_catalogue_tells_all_limits_of_hosts() {
    let described = |name: &str| {
        let output = groundwork(&["catalog", "--type", name, "--json"]).json();
        let [offering] = output.as_array().expect("a list").as_slice() else { panic!("one type: {output}") };
        offering.clone()
    };
    // Azure VMware Solution: 3 to 16 hosts, 12 clusters, 96 hosts in all, 6 to 16 over two sites; AV36P is taken out of service in June 2029.
    let av36p = described("avs/av36p");
    let limits = &av36p["limits"];
    for (name, value) in
        [("min_hosts", 3), ("max_hosts", 16), ("max_clusters", 12), ("max_hosts_total", 96), ("step", 1)]
    {
        assert_eq!(limits[name], value, "{name}");
    }
    let stretched = &limits["stretched"];
    assert_eq!(
        (&stretched["min_hosts"], &stretched["max_hosts"], &stretched["step"]),
        (&json!(6), &json!(16), &json!(2))
    );
    assert!(stretched["regions"].as_array().is_some_and(|regions| regions.contains(&json!("azure/uksouth"))));
    assert_eq!(limits["management"], json!({ "vcpus": 63, "memory": 237 * 1024, "storage": 2221 * 1024 }));
    assert_eq!((&limits["vsan"], &limits["spare"]), (&json!(["osa"]), &Value::Null));
    assert_eq!((&av36p["availability"], &av36p["open_to_new"]), (&json!("retires 2029-06-30"), &json!(true)));
    assert_eq!(av36p["concern"], json!({ "retires": { "month": 2029 * 12 + 5 } }));
    // What stands behind another type, what is closed to new customers, what is replaced by the provider, what gives storage only.
    assert!(described("avs/av64")["limits"]["behind"].as_array().is_some_and(|first| !first.is_empty()));
    let ibm = described("ibm-vcf/2x-gold-6248");
    assert_eq!(
        (&ibm["open_to_new"], &ibm["concern"], &ibm["limits"]["min_hosts"]),
        (&json!(false), &json!("closed"), &json!(4))
    );
    assert_eq!(described("ovh/vsan-host")["limits"]["spare"], json!({ "free_days": 7 }));
    assert_eq!(described("gcve/ve1-standard-72")["limits"]["storage_host_type"], "ve1-standard-so");
    let server = described("server/2s-32c-512");
    assert_eq!(server["limits"]["vsan"], json!([]));
    // In words.
    let told = groundwork(&["catalog", "--type", "avs/av36p", "--region", "uksouth"]).succeeded().out;
    for words in [
        "How many hosts there may be",
        "3 to 16",
        "6 to 16 in steps of 2",
        "63 vCPU, 237 GiB",
        "OSA",
        "retires 2029-06-30",
    ] {
        assert!(told.contains(words), "{words:?} is not in: {told}");
    }
    let told = groundwork(&["catalog", "--type", "m7i.large", "--region", "Frankfurt"]).succeeded().out;
    assert!(!told.contains("How many hosts"), "instances have none: {told}");
}

#[test]
fn the_schemas_in_the_documentation_are_current() {
    for document in ["project", "import", "plan"] {
        let path = format!("docs/schema/{document}.schema.json");
        let committed = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap_or_default();
        let printed = groundwork(&["schema", document]).succeeded().out;
        assert!(
            committed == printed,
            "{path} is old; to update: cargo run --bin groundwork -- schema {document} > {path}"
        );
    }
}

#[test]
fn a_packing_file_is_solved_and_its_plan_checked() {
    let folder = tempfile::tempdir().expect("there is a place for a folder");
    let (instance, saved) = (folder.path().join("small.vbp"), folder.path().join("plan.json"));
    // Four of 6 and four of 4 fill four bins of 10.
    std::fs::write(&instance, "1\n10\n2\n6 4\n4 4\n").expect("written");
    let (instance, saved) = (instance.to_string_lossy(), saved.to_string_lossy());
    let solved = groundwork(&["solve", &instance, "--plan", &saved, "--json"]).json();
    assert_eq!(solved["accepted"], true, "{solved}");
    assert_eq!((&solved["machines"], &solved["cost"], &solved["hosts"]), (&json!(8), &json!(4.0), &json!(4)));
    assert_eq!(solved["bound"], json!(4.0));
    assert_eq!(groundwork(&["check", &saved, "--json"]).json()["accepted"], true);

    // A bound that the certificate does not prove is refused, and so is a cost that is not the sum of its parts.
    let text = std::fs::read_to_string(&*saved).expect("read");
    let mut plan: Value = serde_json::from_str(&text).expect("JSON");
    plan["packing"]["cost"] = json!(3);
    std::fs::write(&*saved, plan.to_string()).expect("written");
    let refused = groundwork(&["check", &saved]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(refused.err.contains("the bins cost 4, not 3"), "{}", refused.err);

    // Any number of dimensions, several types of bin, and a file that breaks off.
    let wide = folder.path().join("wide.vbp");
    std::fs::write(&wide, "7\n9 9 9 9 9 9 9\n1\n1 2 3 4 3 2 1 5\n").expect("written");
    assert_eq!(groundwork(&["solve", &wide.to_string_lossy(), "--json"]).json()["cost"], json!(3.0));
    let types = folder.path().join("types.mvp");
    std::fs::write(&types, "1 2  100 7 -1  50 4 -1  1  1 3 50").expect("written");
    assert_eq!(groundwork(&["solve", &types.to_string_lossy(), "--json"]).json()["cost"], json!(11.0));
    std::fs::write(&types, "1 2  100 7 -1  50 4").expect("written");
    groundwork(&["solve", &types.to_string_lossy()]).failed_with(1, &["types.mvp", "number 8 of the file is missing"]);

    groundwork(&["solve", "no-such-file.vbp"]).failed_with(1, &["no-such-file.vbp", "cannot be read"]);
    std::fs::write(&*saved, "not a plan").expect("written");
    groundwork(&["check", &saved]).failed_with(1, &["expected"]);
}

#[test]
fn export_writes_every_format_and_names_what_it_cannot() {
    let (folder, path) = office();
    let formats = ["xlsx", "html", "markdown", "machines", "ledger", "azure-migrate", "migration-center"];
    for format in formats {
        let output = folder.path().join(format);
        let run = groundwork(&[
            "export".as_ref(),
            path.as_os_str(),
            "--format".as_ref(),
            format.as_ref(),
            "--output".as_ref(),
            output.as_os_str(),
        ])
        .succeeded();
        let bytes = std::fs::read(&output).expect("the file is there");
        assert!(run.out.ends_with(&format!(": {} bytes\n", bytes.len())), "{}", run.out);
        let head: &[u8] = match format {
            "xlsx" | "migration-center" => b"PK",
            "html" => b"<!doctype html>",
            "markdown" => b"# ",
            "azure-migrate" => b"*Server Name,",
            _ => "\u{feff}".as_bytes(),
        };
        assert!(bytes.starts_with(head), "{format}");
    }
    groundwork(&["export", "missing.json", "--format", "xlsx", "--output", "x"]).failed_with(1, &["missing.json"]);
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
