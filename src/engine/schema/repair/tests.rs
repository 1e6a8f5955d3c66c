use super::*;
use crate::engine::model::{
    Cluster, ClusterFootprint, ClusterId, Estate, Footprint, FootprintId, FootprintKind, Host, HostId, Machine,
    MachineEdit, MachineId, MiB, Policy, Rule, RuleId, RuleKind, Selector, Storage,
};

/// Repairs a project of one scenario, named `S`, and compares the notes.
#[track_caller]
fn check(estate: Estate, scenario: Scenario, notes: &[&str]) -> (Rc<Estate>, Scenario) {
    let scenario = Scenario { name: "S".to_owned(), ..scenario };
    let mut project = Project { estate: Rc::new(estate), scenarios: vec![scenario], ..Project::default() };
    assert_eq!(repair(&mut project), notes);
    assert_eq!(repair(&mut project), [""; 0], "a second repair finds nothing");
    (project.estate, project.scenarios.remove(0))
}

fn footprint(id: u32) -> Footprint {
    let cluster = ClusterFootprint { may_retire: true, ..ClusterFootprint::kept(ClusterId(1)) };
    Footprint {
        id: FootprintId(id),
        name: format!("place {id}"),
        enabled: true,
        kind: FootprintKind::Cluster(cluster),
        policy: crate::engine::model::PolicyOverride::default(),
    }
}

fn pin(id: u32, footprint: u32) -> Rule {
    let kind = RuleKind::Pin { machines: Selector::Cluster(ClusterId(1)), footprint: FootprintId(footprint) };
    Rule { id: RuleId(id), enabled: true, kind }
}

#[test]
fn a_project_without_scenarios_gets_one() {
    let mut project = Project::default();
    assert_eq!(repair(&mut project), [""; 0]);
    assert_eq!(project.scenarios.len(), 1);
}

#[test]
fn values_out_of_range_are_brought_into_it() {
    let policy = Policy { slack_pct: 100, vcpu_per_core_pct: 0, ..Policy::default() };
    let (_, scenario) = check(
        Estate::default(),
        Scenario { policy, ..Scenario::default() },
        &[
            "S: vcpu_per_core_pct was 0, outside of 1 to 10000; it is 1 now.",
            "S: slack_pct was 100, outside of 0 to 95; it is 95 now.",
        ],
    );
    assert_eq!((scenario.policy.slack_pct, scenario.policy.vcpu_per_core_pct), (95, 1));
}

#[test]
fn rules_for_missing_footprints_are_dropped() {
    let scenario =
        Scenario { footprints: vec![footprint(1)], rules: vec![pin(2, 1), pin(1, 7)], ..Scenario::default() };
    let (_, scenario) =
        check(Estate::default(), scenario, &["S: rule 1 names footprint 7, which is not there; the rule was dropped."]);
    assert_eq!(scenario.rules, [pin(2, 1)]);
}

#[test]
fn footprints_and_rules_end_up_with_unique_ids_in_order() {
    let footprints = vec![footprint(3), footprint(1), footprint(3), footprint(u32::MAX)];
    let scenario = Scenario { footprints, rules: vec![pin(5, 3), pin(5, 1)], ..Scenario::default() };
    let (_, scenario) = check(
        Estate::default(),
        scenario,
        &[
            "S: place 3 had an id that cannot be used and got another one.",
            "S: place 4294967295 had an id that cannot be used and got another one.",
            "S: rules shared ids and were numbered anew.",
        ],
    );
    assert_eq!(scenario.footprints.iter().map(|footprint| footprint.id.0).collect::<Vec<_>>(), [1, 3, 4, 5]);
    assert_eq!(scenario.rules, [pin(1, 3), pin(2, 1)]);
    assert_eq!((scenario.next_footprint_id(), scenario.next_rule_id()), (FootprintId(6), RuleId(3)));
}

#[test]
fn tags_are_put_in_order_without_a_word() {
    let tags = || ["web", "prod", "web"].map(str::to_owned).to_vec();
    let edit = MachineEdit { tags: Some(tags()), ..MachineEdit::default() };
    let scenario = Scenario { edits: [(MachineId(1), edit)].into(), ..Scenario::default() };
    let machine = Machine { id: MachineId(1), tags: tags(), ..Machine::default() };
    let estate = Estate { clusters: vec![Cluster::default()], machines: vec![machine], ..Estate::default() };
    let (estate, scenario) = check(estate, scenario, &[]);
    assert_eq!(estate.machines[0].tags, ["prod", "web"]);
    assert_eq!(scenario.edits[&MachineId(1)].tags, Some(vec!["prod".to_owned(), "web".to_owned()]));
}

#[test]
fn machines_are_sorted_made_unique_and_tied_to_what_is_there() {
    let machine = |id, name: &str| Machine {
        id: MachineId(id),
        name: name.to_owned(),
        cluster: ClusterId(9),
        host: Some(HostId(4)),
        ..Machine::default()
    };
    let estate = Estate { machines: vec![machine(2, "b"), machine(1, "a"), machine(2, "again")], ..Estate::default() };
    let (estate, _) = check(
        estate,
        Scenario::default(),
        &[
            "1 machines had the id of another one and were left out.",
            "1 clusters are named by hosts or machines and were not in the file; they were added.",
            "2 machines name a host that is not in the file; they count as on no host.",
        ],
    );
    assert_eq!(estate.machines.iter().map(|machine| machine.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert!(estate.machines.iter().all(|machine| machine.host.is_none()));
    assert!(estate.cluster(ClusterId(9)).is_some());
}

#[test]
fn absurd_sizes_are_cut_so_that_sums_stay_in_their_type() {
    let storage = Storage { in_use: Some(MiB(u64::MAX)), ..Storage::default() };
    let cluster = crate::engine::model::Cluster { id: ClusterId(1), ..crate::engine::model::Cluster::default() };
    let estate = Estate {
        clusters: vec![cluster],
        hosts: vec![Host { cluster: ClusterId(1), memory: MiB(u64::MAX), ..Host::default() }],
        machines: vec![Machine { cluster: ClusterId(1), storage, ..Machine::default() }],
        ..Estate::default()
    };
    let note = "2 hosts, datastores or machines had sizes that nothing real has; they were cut.";
    let (estate, _) = check(estate, Scenario::default(), &[note]);
    assert_eq!(estate.machines[0].storage.in_use, Some(MiB(1 << 40)));
    assert_eq!(estate.hosts[0].memory, MiB(1 << 30));
}
