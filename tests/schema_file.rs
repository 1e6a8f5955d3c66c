//! The project file: what is written is read again, for ever, and nothing that is read does harm.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/projects.rs"]
mod projects;

use std::collections::BTreeMap;
use std::rc::Rc;

use groundwork::engine::model::{
    Cluster, ClusterId, CpuMeasure, Currency, Disk, Estate, ExternalUse, FootprintKind, Machine, MachineEdit,
    MachineId, MiB, Money, Objective, Policy, Project, Scenario, Search, Storage,
};
use groundwork::engine::schema::{
    CURRENT_VERSION, Opened, SchemaError, open, open_parts, save, save_estate, save_inputs,
};
use proptest::prelude::*;

/// Never to be changed: files of these versions are with people.
const VERSION_1: &str = include_str!("data/project-v1.json");
const VERSION_2: &str = include_str!("data/project-v2.json");
const VERSION_3: &str = include_str!("data/project-v3.json");
const VERSION_4: &str = include_str!("data/project-v4.json");
/// Version 4 before machines' disks were chosen one by one and things ended within the horizon.
const VERSION_4_FIRST: &str = include_str!("data/project-v4-first.json");

#[test]
fn version_1_is_read_for_ever() {
    assert_eq!(open(VERSION_1.as_bytes()), Ok(Opened { project: projects::small(), notes: Vec::new() }));
}

#[test]
fn version_2_is_read_for_ever() {
    assert_eq!(open(VERSION_2.as_bytes()), Ok(Opened { project: projects::with_every_rule(), notes: Vec::new() }));
}

#[test]
fn version_3_is_read_for_ever() {
    assert_eq!(open(VERSION_3.as_bytes()), Ok(Opened { project: projects::with_money(), notes: Vec::new() }));
}

#[test]
fn version_4_is_read_for_ever() {
    assert_eq!(open(VERSION_4.as_bytes()), Ok(Opened { project: projects::with_ends(), notes: Vec::new() }));
    assert_eq!(open(VERSION_4_FIRST.as_bytes()), Ok(Opened { project: projects::with_rates(), notes: Vec::new() }));
}

#[test]
fn the_rate_of_version_3_turns_amounts_into_the_same() {
    let opened = open(VERSION_3.as_bytes()).expect("it is a project").project;
    let assumptions = &opened.scenarios[0].assumptions;
    for micros in [1, 7, 350_000_000, 8_368_100, i64::MAX / 2] {
        let amount = Money::from_micros(micros);
        // 1.16 dollars a euro, as version 3 counted: in millionths.
        assert_eq!(assumptions.exchange(amount, Currency::Usd), Some(amount.scale(1_000_000, 1_160_000)));
        assert_eq!(assumptions.exchange_back(amount, Currency::Usd), Some(amount.scale(1_160_000, 1_000_000)));
    }
    let in_dollars = VERSION_3.replace("\"currency\":\"EUR\"", "\"currency\":\"USD\"");
    assert_ne!(in_dollars, VERSION_3);
    let opened = open(in_dollars.as_bytes()).expect("it is a project");
    assert_eq!((&opened.project.scenarios[0].assumptions.rates[..], opened.notes), (&[][..], Vec::new()));
}

#[test]
fn the_price_of_traffic_that_was_the_default_is_that_of_the_region_now_and_others_stay() {
    let egress =
        |text: &str| open(text.as_bytes()).map(|opened| opened.project.scenarios[0].assumptions.egress_per_gib);
    assert_eq!(egress(VERSION_2), Ok(None));
    let entered = VERSION_2.replacen("\"egress_per_gib\":90000", "\"egress_per_gib\":85000", 1);
    assert_eq!(egress(&entered), Ok(Some(Money::from_micros(85_000))));
}

#[test]
fn a_version_4_file_from_before_stretched_clusters_opens_as_it_was() {
    let later = ",\"stretched\":null,\"first_cluster\":\"cheapest\",\"storage_hosts\":null";
    let earlier = VERSION_4_FIRST.replacen(later, "", 1);
    assert_ne!(earlier, VERSION_4_FIRST);
    assert_eq!(open(earlier.as_bytes()), Ok(Opened { project: projects::with_rates(), notes: Vec::new() }));
}

#[test]
fn a_version_4_file_from_before_there_was_more_than_money_counts_money_alone() {
    // Fields that came later, without a version of their own: what they stand for by default is what was so before.
    const LATER: [&str; 13] = [
        "objective",
        "search",
        "used",
        "cpu_measure",
        "iops_per_machine",
        "network_mbps_per_machine",
        "host_iops",
        "host_network_mbps",
        "machine_licences",
        "transfer",
        "site",
        "measured_power",
        "book",
    ];
    let mut file: serde_json::Value = serde_json::from_str(VERSION_4).expect("JSON");
    without(&mut file, &LATER);
    let earlier = file.to_string();
    assert!(LATER.iter().all(|field| !earlier.contains(&format!("\"{field}\""))));
    let mut expected = projects::with_ends();
    let scenario = &mut expected.scenarios[0];
    (scenario.objective, scenario.search) = (Objective::default(), Search::default());
    let finance = &mut scenario.assumptions.finance;
    (finance.machine_licences, finance.transfer) = (None, None);
    scenario.policy = Policy {
        cpu_measure: CpuMeasure::Vcpus,
        iops_per_machine: 0,
        network_mbps_per_machine: 0,
        host_iops: None,
        host_network_mbps: None,
        ..scenario.policy.clone()
    };
    for footprint in &mut scenario.footprints {
        footprint.policy.host_iops = None;
        if let FootprintKind::Cluster(cluster) = &mut footprint.kind {
            (cluster.site, cluster.measured_power, cluster.book) = (None, None, None);
        }
        if let FootprintKind::Hosts(hosts) = &mut footprint.kind
            && let Some(storage) = &mut hosts.external_storage
        {
            storage.used = ExternalUse::Always;
        }
    }
    assert!(open(earlier.as_bytes()).map(|opened| opened.project) == Ok(expected));
}

/// Takes fields with these names out, wherever they are.
fn without(value: &mut serde_json::Value, fields: &[&str]) {
    match value {
        serde_json::Value::Object(object) => {
            object.retain(|key, _| !fields.contains(&key.as_str()));
            object.values_mut().for_each(|value| without(value, fields));
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(|value| without(value, fields)),
        _ => {}
    }
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    // Once there is a version 5, this compares with a golden file of that version.
    assert_eq!(CURRENT_VERSION, 4);
    let saved = String::from_utf8(save(&projects::with_ends())).expect("JSON is UTF-8");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/project-v4.json"), &saved).expect("written");
    }
    assert!(saved == VERSION_4, "what is saved is another version 4:\n{saved}");
}

/// Opens version 1 with `from` replaced by `to` (its first occurrence).
#[track_caller]
fn open_changed(from: &str, to: &str) -> Result<Opened, SchemaError> {
    assert!(VERSION_1.contains(from), "{from} is not in the file");
    open(VERSION_1.replacen(from, to, 1).as_bytes())
}

#[track_caller]
fn check_error(result: Result<Opened, SchemaError>, message: &str) {
    assert_eq!(result.map_err(|error| error.to_string()), Err(message.to_owned()));
}

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    check_error(open(b""), "this is not JSON: EOF while parsing a value at line 1, column 0");
    check_error(open(b"{\n  \"app\": x"), "this is not JSON: expected value at line 2, column 10");
    check_error(open(b"PK\x03\x04"), "this is not JSON: expected value at line 1, column 1");
}

#[test]
fn json_of_something_else_is_refused() {
    check_error(
        open(b"[1, 2]"),
        "this is not a Groundwork project: its outermost value is not an object with one schema_version",
    );
    check_error(open(b"{}"), "this is not a Groundwork project: \"app\" is not \"groundwork\"");
    check_error(
        open_changed("\"groundwork\"", "\"excalidraw\""),
        "this is not a Groundwork project: \"app\" is not \"groundwork\"",
    );
    for version in ["0", "-1", "1.5", "\"1\"", "null"] {
        check_error(
            open_changed("\"schema_version\":1", &format!("\"schema_version\":{version}")),
            "this is not a Groundwork project: \"schema_version\" is not a whole number from 1",
        );
    }
}

#[test]
fn newer_files_are_refused_whatever_is_in_them() {
    for found in [5, u64::MAX] {
        let file = format!(r#"{{"project": 7, "app": "groundwork", "schema_version": {found}}}"#);
        assert_eq!(open(file.as_bytes()), Err(SchemaError::TooNew { found, supported: 4 }));
    }
}

#[test]
fn wrong_values_are_named_with_their_path() {
    check_error(
        open_changed("\"slack_pct\":25", "\"slack_pct\":\"a quarter\""),
        "project.scenarios[0].policy.slack_pct: invalid type: string \"a quarter\", expected u32",
    );
    check_error(
        open_changed("\"slack_pct\":25", "\"slack_pct\":{}"),
        "project.scenarios[0].policy.slack_pct: invalid type: map, expected u32",
    );
    check_error(
        open_changed("\"term\":\"one_year\"", "\"term\":\"ten_years\""),
        "project.scenarios[0].footprints[2].kind.instances.term: unknown variant `ten_years`, expected one of \
         `on_demand`, `one_year`, `three_years`",
    );
    check_error(
        open_changed("\"max_added\":4", "\"more\":4"),
        "project.scenarios[0].footprints[0].kind.cluster: missing field `max_added`",
    );
    check_error(
        open_changed("\"vcpus\":4", "\"vcpus\":-4"),
        "project.estate.machines[0].vcpus: invalid value: integer `-4`, expected u32",
    );
}

#[test]
fn deep_files_are_refused() {
    let deep = "[".repeat(1_000_000);
    assert_eq!(open(deep.as_bytes()), Err(SchemaError::TooDeep));
}

#[test]
fn unknown_fields_are_noted() {
    let opened = open_changed("\"slack_pct\":25", "\"slack_pct\":25,\"slick_pct\":3").expect("opens");
    assert_eq!(
        opened.notes,
        ["project.scenarios[0].policy.slick_pct is not known here and was passed over; saving loses it."]
    );
    assert_eq!(opened.project, projects::small());
    let opened =
        open_changed("\"app\"", "\"$schema\":\"project.schema.json\",\"made_by\":\"me\",\"app\"").expect("opens");
    assert_eq!(opened.notes, ["made_by is not known here and was passed over; saving loses it."]);
}

#[test]
fn missing_fields_have_their_defaults() {
    let opened = open(b"\xef\xbb\xbf{\"schema_version\":1,\"app\":\"groundwork\",\"project\":{\"scenarios\":[{}]}}");
    let project = Project { scenarios: vec![Scenario::default()], ..Project::default() };
    assert_eq!(opened, Ok(Opened { project, notes: Vec::new() }));
}

#[test]
fn parts_make_the_whole() {
    let project = projects::small();
    let (inputs, estate) = (save_inputs(&project), save_estate(&project.estate, &project.report));
    assert!(inputs.len() < 6_500, "the inputs are small: {} bytes", inputs.len());
    assert_eq!(open_parts(&inputs, &estate), Ok(Opened { project: project.clone(), notes: Vec::new() }));

    check_error(open_parts(&inputs, b""), "this is not JSON: EOF while parsing a value at line 1, column 0");
}

fn a_machine() -> impl Strategy<Value = Machine> {
    let storage = (proptest::option::of(0..1_u64 << 40), proptest::option::of(0..1_u64 << 40)).prop_map(
        |(in_use, provisioned)| Storage {
            in_use: in_use.map(MiB),
            provisioned: provisioned.map(MiB),
            ..Storage::default()
        },
    );
    let disks = proptest::collection::vec((".*", 0..1_u64 << 40), 0..3).prop_map(|disks| {
        disks.into_iter().map(|(label, size)| Disk { label, capacity: MiB(size), thin: None }).collect()
    });
    (any::<u64>(), ".*", 0..1_000_u32, storage, disks, proptest::option::of(".*")).prop_map(
        |(id, name, vcpus, storage, disks, os)| Machine {
            id: MachineId(id),
            name,
            cluster: ClusterId(7),
            vcpus,
            storage,
            disks,
            os,
            ..Machine::default()
        },
    )
}

/// Projects in order: made from the small one by putting in machines, texts, numbers and edits.
fn a_project() -> impl Strategy<Value = Project> {
    let edits = proptest::collection::btree_map(any::<u64>(), (0..65_536_u32, proptest::option::of(".*")), 0..4);
    (".*", proptest::collection::vec(a_machine(), 0..6), 12..=84_u32, edits).prop_map(
        |(name, machines, horizon, edits)| {
            let mut project = projects::with_every_rule();
            project.name = name;
            project.estate = Rc::new(estate_of(machines));
            let gone = project.scenarios[0].footprints.remove(0).id;
            project.scenarios[0].rules.retain(|rule| !rule.kind.footprints().contains(&gone));
            project.scenarios[0].links.retain(|link| link.from != gone && link.to != gone);
            project.scenarios[0].assumptions.horizon_months = horizon;
            project.scenarios[0].edits = edits
                .into_iter()
                .map(|(id, (vcpus, application))| {
                    (MachineId(id), MachineEdit { vcpus: Some(vcpus), application, ..MachineEdit::default() })
                })
                .collect::<BTreeMap<_, _>>();
            project
        },
    )
}

fn estate_of(machines: Vec<Machine>) -> Estate {
    let cluster = Cluster { id: ClusterId(7), ..Cluster::default() };
    let mut estate = Estate { clusters: vec![cluster], machines, ..Estate::default() };
    estate.sort();
    estate.machines.dedup_by_key(|machine| machine.id);
    estate
}

proptest! {
    #[test]
    fn what_is_saved_is_opened_unchanged(project in a_project()) {
        let opened = open(&save(&project));
        prop_assert_eq!(opened, Ok(Opened { project: project.clone(), notes: Vec::new() }));
        let parts = open_parts(&save_inputs(&project), &save_estate(&project.estate, &project.report));
        prop_assert_eq!(parts, Ok(Opened { project, notes: Vec::new() }));
    }

    #[test]
    fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(open(&bytes).is_err());
    }

    #[test]
    fn no_damage_to_a_file_does_harm(at in 0..VERSION_1.len(), cut in 0..30_usize, put in "[\\[\\]{}\",:0-9a-z\\-]{0,6}") {
        let mut bytes = VERSION_1.as_bytes().to_vec();
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, put.into_bytes());
        if let Ok(opened) = open(&bytes) {
            let again = open(&save(&opened.project)).map(|opened| opened.project);
            prop_assert_eq!(again, Ok(opened.project), "repair is complete");
        }
    }
}
