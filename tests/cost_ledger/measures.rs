//! Processor time, operations per second and network: they bind where a host's are known, and nowhere else.

use groundwork::engine::Outcome;
use groundwork::engine::model::{
    ClusterFootprint, CpuMeasure, Estate, FootprintKind, MHz, MiB, Policy, Power, QuotaLimits, Rule, RuleId, RuleKind,
    Scenario, Selector,
};
use groundwork::engine::placement::{Refusal, Resource};
use groundwork::engine::sizing::{CPU, IOPS};

use crate::fixture::{HOME, cluster, estate, footprint, scenario};
use crate::planned::planned;

/// Sixty machines of 2 vCPU and 1 GiB, which use 1,000 MHz each.
fn busy() -> Estate {
    let mut estate = estate(60);
    for machine in &mut estate.machines {
        (machine.memory, machine.cpu_used, machine.power) = (MiB::from_gib(1), Some(MHz(1_000)), Power::On);
    }
    estate
}

/// Plans on the two hosts there are, each of which must carry everything alone.
fn under(estate: &Estate, policy: Policy) -> Outcome {
    let own = ClusterFootprint::kept(cluster());
    let footprints = vec![footprint(HOME, FootprintKind::Cluster(own))];
    planned(estate, &Scenario { footprints, policy, ..scenario() })
}

fn clock() -> Policy {
    Policy { cpu_measure: CpuMeasure::Clock, ..Policy::default() }
}

#[track_caller]
fn check_refused(outcome: &Outcome, placed: usize, by: Resource) {
    assert_eq!(outcome.plan.assignments.len(), placed);
    for unplaced in &outcome.plan.unplaced {
        let refusal = unplaced.rejections[0].refusal;
        assert!(matches!(refusal, Refusal::Full { resource, .. } if resource == by), "{refusal:?}");
    }
}

#[test]
fn processor_time_is_what_machines_use_against_cores_times_clock() {
    // By vCPU: 20 cores × 4 × 85 % ÷ 2 vCPU = 34 machines. By the clock: 20 × 2,500 MHz × 85 % ÷ 1,000 MHz = 42.5.
    check_refused(&under(&busy(), Policy::default()), 34, Resource::Cpu);
    let outcome = under(&busy(), clock());
    check_refused(&outcome, 42, Resource::Cpu);
    assert_eq!((outcome.sizing.host_cpu, outcome.sizing.demand[CPU]), (60_000, 120_000));
    assert_eq!(outcome.sizing.capacities[0].per_host[CPU], 85_000);
    let step = &outcome.sizing.capacities[0].explain[0];
    assert_eq!(step.value, "85.0 GHz", "{step:?}");
}

#[test]
fn machines_that_were_not_measured_ask_for_what_their_vcpu_stand_for() {
    let mut estate = busy();
    for machine in &mut estate.machines {
        machine.cpu_used = None;
    }
    // 2 vCPU × 2,500 MHz ÷ 4: the same number of machines as by vCPU.
    let outcome = under(&estate, clock());
    assert_eq!(outcome.sizing.host_cpu, 60 * 1_250);
    check_refused(&outcome, 34, Resource::Cpu);
}

#[test]
fn hosts_whose_clock_is_not_known_count_with_the_assumed_one() {
    let mut estate = busy();
    for host in &mut estate.hosts {
        host.speed = MHz(0);
    }
    // 20 × 2,000 MHz × 85 %.
    check_refused(&under(&estate, clock()), 34, Resource::Cpu);
}

#[test]
fn a_limit_in_vcpu_is_kept_by_the_clock_too() {
    let own = ClusterFootprint::kept(cluster());
    let most = QuotaLimits { vcpus: Some(10), ..QuotaLimits::default() };
    let kind = RuleKind::Quota { machines: Selector::All, footprint: HOME, most };
    let scenario = Scenario {
        footprints: vec![footprint(HOME, FootprintKind::Cluster(own))],
        policy: clock(),
        rules: vec![Rule { id: RuleId(1), enabled: true, kind }],
        ..scenario()
    };
    assert_eq!(planned(&busy(), &scenario).plan.assignments.len(), 5);
}

#[test]
fn operations_bind_where_hosts_have_a_limit() {
    let policy = |host_iops| Policy { host_iops, iops_per_machine: 100, ..Policy::default() };
    check_refused(&under(&busy(), policy(Some(1_000))), 10, Resource::Iops);
    // Without a limit processors bind.
    check_refused(&under(&busy(), policy(None)), 34, Resource::Cpu);
    // What was measured goes before what is assumed.
    let mut measured = busy();
    for machine in &mut measured.machines {
        machine.iops = Some(50);
    }
    let outcome = under(&measured, policy(Some(1_000)));
    assert_eq!(outcome.sizing.demand[IOPS], 3_000);
    check_refused(&outcome, 20, Resource::Iops);
}

#[test]
fn network_binds_by_what_machines_are_assumed_to_send() {
    let policy = |network_mbps_per_machine| Policy {
        host_network_mbps: Some(10_000),
        network_mbps_per_machine,
        ..Policy::default()
    };
    check_refused(&under(&busy(), policy(500)), 20, Resource::Network);
    check_refused(&under(&busy(), policy(0)), 34, Resource::Cpu);
}
