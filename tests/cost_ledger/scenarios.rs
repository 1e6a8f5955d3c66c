//! From a scenario to the task of the solver: rules, sizes, places.

use std::fs;
use std::path::Path;

use groundwork::engine::catalog::{Catalog, load_core};
use groundwork::engine::model::{
    ClusterFootprint, Datastore, DatastoreId, FootprintKind, MachineEdit, MiB, Power, RightSizing, Rule, RuleId,
    RuleKind, Scenario, Selector, Storage, StorageMeasure, Term,
};
use groundwork::engine::outcome::{Blueprint, default_footprints, plan_hash, problem};
use groundwork::engine::placement::{PlaceKind, Plan, Refusal};

use crate::fixture::{HOME, INSTANCES, NODES, SERVERS, catalog, cluster, estate, footprint, home, machine, scenario};

fn rule(id: u32, kind: RuleKind) -> Rule {
    Rule { id: RuleId(id), enabled: true, kind }
}

/// What each place says to the machine named `vm-000`: the rule that refuses it, if one does.
fn refusals(rules: Vec<Rule>) -> Vec<Option<RuleId>> {
    let (estate, catalog, scenario) = (estate(2), catalog(), Scenario { rules, ..scenario() });
    let problem = problem(&estate, &scenario, &catalog);
    let item = problem.items().iter().position(|item| item.machine == machine(0).id).expect("planned");
    let answers = problem.options(item).iter();
    answers
        .map(|answer| match answer {
            Err(Refusal::Rule(id)) => Some(*id),
            Err(refusal) => panic!("{refusal:?}"),
            Ok(_) => None,
        })
        .collect()
}

#[test]
fn a_pin_refuses_every_other_place_and_a_ban_one() {
    let everything = || Selector::Name("*".to_owned());
    let one = || Selector::Machines(vec![machine(0).id]);
    let pin = |id, machines, footprint| rule(id, RuleKind::Pin { machines, footprint });
    let forbid = |id, machines, footprint| rule(id, RuleKind::Forbid { machines, footprint });
    let (first, second) = (Some(RuleId(1)), Some(RuleId(2)));
    assert_eq!(refusals(vec![]), [None; 4]);
    assert_eq!(refusals(vec![pin(1, everything(), NODES)]), [first, None, first, first]);
    assert_eq!(refusals(vec![forbid(1, Selector::Cluster(cluster()), INSTANCES)]), [None, None, first, None]);
    assert_eq!(refusals(vec![forbid(1, Selector::Name("VM-001".to_owned()), INSTANCES)]), [None; 4]);
    // Two pins to different places exclude each other: each place is refused by the pin to the other.
    assert_eq!(refusals(vec![pin(2, one(), NODES), pin(1, one(), HOME)]), [second, first, first, first]);
    let disabled = Rule { enabled: false, ..pin(1, one(), NODES) };
    assert_eq!(refusals(vec![disabled]), [None; 4]);
    // A pin to a place that is not there leaves none.
    assert_eq!(refusals(vec![pin(1, one(), groundwork::engine::model::FootprintId(99))]), [first; 4]);
}

#[test]
fn machines_that_fit_no_type_or_only_one_without_a_price_are_told_so() {
    let (estate, catalog, mut scenario) = (estate(1), catalog(), scenario());
    for (vcpus, expected) in [(4, None), (5, Some(Refusal::NeedsQuote)), (65, Some(Refusal::NoInstanceType))] {
        let edit = MachineEdit { vcpus: Some(vcpus), ..MachineEdit::default() };
        scenario.edits.insert(machine(0).id, edit);
        let problem = problem(&estate, &scenario, &catalog);
        assert_eq!(problem.options(0)[2].err(), expected, "{vcpus} vCPU");
    }
}

#[test]
fn a_region_that_is_not_loaded_takes_no_machine() {
    let (estate, scenario) = (estate(1), scenario());
    let catalog = Catalog { instances: std::collections::BTreeMap::new(), ..catalog() };
    assert_eq!(problem(&estate, &scenario, &catalog).options(0)[2], Err(Refusal::NeedsQuote));
}

#[test]
fn places_have_the_capacity_that_sizing_says() {
    let (estate, catalog, scenario) = (estate(4), catalog(), scenario());
    let problem = problem(&estate, &scenario, &catalog);
    let PlaceKind::Existing { hosts, max_added, shared_storage, host_failures, .. } = &problem.places()[0].kind else {
        panic!("an existing cluster")
    };
    // 20 cores × 4 × 85 % = 68 vCPU; 256 GiB × 90 % = 230.4 GiB. No datastore is known: what the machines take, 4 × 100 GiB.
    assert_eq!(hosts.len(), 2);
    assert_eq!(hosts[0].capacity[..2], [68_000, 235_929]);
    assert_eq!((*max_added, *shared_storage, *host_failures), (2, 4 * 102_400, 1));
    let PlaceKind::Hosts { capacity, min_hosts, max_total, management, usable_storage, .. } = &problem.places()[1].kind
    else {
        panic!("rented hosts")
    };
    // 64 × 4 × 85 % = 217.6 vCPU; 1,024 GiB × 90 %; 3 × 20 TiB ÷ 2 × 75 % = 22.5 TiB; 6 × 20 ÷ 1.5 × 75 % = 60 TiB.
    assert_eq!(capacity[..2], [217_600, 943_718]);
    assert_eq!((*min_hosts, *max_total), (3, 64));
    assert_eq!(management[..3], [10_000, 65_536, 1 << 20]);
    assert_eq!((usable_storage[2], usable_storage[3], usable_storage[6]), (0, 45 << 19, 60 << 20));
}

#[test]
fn datastores_are_shared_out_and_keep_what_is_not_planned() {
    // A datastore of 1,000 GiB that only this cluster sees and half of 600 GiB that it shares with a cluster without machines… which gets nothing, because
    // shares follow what planned machines take. One machine is off and holds 100 GiB: 1,000 + 600 − 100.
    let mut estate = estate(3);
    estate.machines[0].power = Power::Off;
    let other = groundwork::engine::model::ClusterId(77);
    let datastore = |name: &str, gib, clusters: Vec<_>| Datastore {
        id: DatastoreId::of(&[name]),
        capacity: MiB::from_gib(gib),
        clusters,
        ..Datastore::default()
    };
    estate.datastores =
        vec![datastore("own", 1_000, vec![cluster()]), datastore("shared", 600, vec![cluster(), other])];
    estate.sort();
    let (catalog, scenario) = (catalog(), scenario());
    let problem = problem(&estate, &scenario, &catalog);
    let PlaceKind::Existing { shared_storage, .. } = problem.places()[0].kind else { panic!("an existing cluster") };
    assert_eq!(shared_storage, MiB::from_gib(1_500).0);
    assert_eq!(problem.items().len(), 2);
}

#[test]
fn a_cluster_that_is_named_twice_gives_its_hosts_once() {
    let (estate, catalog) = (estate(1), catalog());
    let again = ClusterFootprint::kept(cluster());
    let footprints = vec![home(), footprint(NODES, FootprintKind::Cluster(again))];
    let scenario = Scenario { footprints, ..Scenario::default() };
    let problem = problem(&estate, &scenario, &catalog);
    assert!(problem.options(0)[0].is_ok());
    assert_eq!(problem.options(0)[1], Err(Refusal::NoCapacity));
    assert!(matches!(&problem.places()[1].kind, PlaceKind::Existing { hosts, .. } if hosts.is_empty()));
}

#[test]
fn sizing_counts_what_it_had_to_guess() {
    let (mut estate, catalog, mut scenario) = (estate(5), catalog(), scenario());
    scenario.policy.right_sizing = RightSizing::Measured { cpu_headroom_pct: 20, memory_headroom_pct: 20 };
    scenario.policy.storage_measure = StorageMeasure::PartitionConsumed;
    estate.machines[0].memory_active = Some(MiB::from_gib(4));
    estate.machines[1].storage = Storage::default();
    estate.machines[2].storage.partition_consumed = Some(MiB(1));
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let sizing = blueprint.outcome(Plan::default()).sizing;
    assert_eq!((sizing.machines, sizing.unmeasured, sizing.without_storage), (5, 4, 1));
    assert_eq!(sizing.fallbacks, [(StorageMeasure::InUse, 3)]);
    assert_eq!(sizing.capacities.iter().map(|capacity| capacity.footprint).collect::<Vec<_>>(), [HOME, NODES, SERVERS]);
    let explained = |at: usize, label: &str| {
        let step = sizing.capacities[at].explain.iter().find(|step| step.label == label).expect("a step");
        format!("{} = {}", step.formula, step.value)
    };
    assert_eq!(explained(1, "CPU of one host"), "64 cores × 4.00 vCPU per core × (1 − 15 %) = 217.6 vCPU");
    assert_eq!(explained(1, "Memory of one host"), "1,024.0 GiB × 1.00 × (1 − 10 %) = 921.6 GiB");
    assert_eq!(
        explained(1, "Storage of a cluster of 3 hosts"),
        "3 × 20.00 TiB ÷ 2.00 (RAID-1 FTT1) × 1.00 × (1 − 25 %) = 22.50 TiB"
    );
    assert_eq!(sizing.capacities[1].storage_policy, "RAID-1 FTT1, OSA: 2.00 × data");
}

#[test]
fn the_hash_of_a_plan_is_that_of_its_bytes() {
    // SHA-256 of the six zero bytes of an empty plan: printf '\0\0\0\0\0\0' | sha256sum
    assert_eq!(plan_hash(&Plan::default()), "b0f66adc83641586656866813fd9dd0b8ebb63796075661ba45d1aa8089e1d44");
    let other = Plan { cost: groundwork::engine::model::Money::from_units(1), ..Plan::default() };
    assert_ne!(plan_hash(&other), plan_hash(&Plan::default()));
}

#[test]
fn a_fresh_project_starts_with_its_clusters_and_one_place_of_each_service() {
    let core = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("static/catalog/core.pack")).expect("the catalogue");
    let catalog = load_core(&core).expect("loads");
    let estate = estate(1);
    let footprints = default_footprints(&estate, &catalog);
    let names: Vec<&str> = footprints.iter().map(|footprint| footprint.name.as_str()).collect();
    assert_eq!(names[0], "Production");
    for service in ["Amazon EVS", "Azure VMware Solution", "Google Cloud VMware Engine", "VMware Cloud on AWS"] {
        assert_eq!(names.iter().filter(|name| name.starts_with(service)).count(), 1, "{service} in {names:?}");
    }
    assert_eq!(names.iter().filter(|name| name.starts_with("Instances of")).count(), 3, "{names:?}");
    assert_eq!(names.len(), 1 + 4 + 3, "no service whose prices have to be asked for in all its regions: {names:?}");
    assert!(footprints.iter().zip(1..).all(|(footprint, id)| footprint.id.0 == id && footprint.enabled));
    for footprint in &footprints {
        match &footprint.kind {
            FootprintKind::Cluster(chosen) => {
                assert!(chosen.add.as_ref().is_some_and(|add| catalog.host(add).is_some()) && chosen.max_added == 2);
            }
            FootprintKind::Hosts(chosen) => {
                let host = catalog.host(&chosen.offering).expect("in the catalogue");
                assert!(host.open_to_new && host.regions.contains(&chosen.region), "{}", host.id);
            }
            FootprintKind::Instances(chosen) => assert_eq!(chosen.term, Term::OneYear),
        }
    }
    let scenario = Scenario { footprints, ..Scenario::default() };
    let problem = problem(&estate, &scenario, &catalog);
    assert!(problem.options(0)[0].is_ok());
    assert!(problem.options(0).iter().filter(|answer| answer.is_ok()).count() >= 3, "{:?}", problem.options(0));
}
