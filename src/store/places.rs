//! How many machines and hosts each place has, in a plan and today.

use crate::engine::model::{Estate, FootprintId, FootprintKind, MachineEdit, Scenario};
use crate::engine::order::Tally;
use crate::engine::placement::Plan;

/// How many machines and hosts a place has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Machines.
    pub machines: u64,
    /// Hosts that are kept.
    pub hosts: u64,
}

/// Counts by place; `None` is what is no footprint.
pub type ByPlace = Tally<Option<FootprintId>, Counts>;

/// What the places of a plan hold. A host of a stretched cluster stands for two.
pub fn of_plan(plan: &Plan, scenario: &Scenario) -> ByPlace {
    let mut counts = ByPlace::default();
    for place in &plan.places {
        let hosts = place.clusters.iter().flat_map(|cluster| &cluster.hosts).filter(|host| !host.retired);
        counts.at(Some(place.footprint)).hosts += hosts.count() as u64 * scenario.hosts_in_one(place.footprint);
    }
    for assignment in &plan.assignments {
        if let Some(place) = plan.places.get(assignment.place as usize) {
            counts.at(Some(place.footprint)).machines += 1;
        }
    }
    counts
}

/// Hosts of a plan that are in use, and those of them on which no machine runs. A host of a stretched cluster stands for two.
pub fn hosts_in_use(plan: &Plan, scenario: &Scenario) -> (u64, u64) {
    let (mut all, mut empty) = (0, 0);
    for place in &plan.places {
        let in_one = scenario.hosts_in_one(place.footprint);
        for host in place.clusters.iter().flat_map(|cluster| &cluster.hosts).filter(|host| !host.retired) {
            all += in_one;
            empty += if host.machines.is_empty() { in_one } else { 0 };
        }
    }
    (all, empty)
}

/// What the places hold where everything stays: the machines that are planned, and every host.
pub fn of_staying(estate: &Estate, scenario: &Scenario) -> ByPlace {
    let mut homes = Tally::<_, Option<FootprintId>>::default();
    for footprint in &scenario.footprints {
        if let FootprintKind::Cluster(chosen) = &footprint.kind {
            // A cluster that two footprints name belongs to the first.
            homes.at(chosen.cluster).get_or_insert(footprint.id);
        }
    }
    let home = |cluster| homes.get(&cluster).copied().flatten();
    let mut counts = ByPlace::default();
    for host in &estate.hosts {
        counts.at(home(host.cluster)).hosts += 1;
    }
    for machine in &estate.machines {
        if MachineEdit::plans(scenario.edits.get(&machine.id), machine, scenario.policy.scope) {
            counts.at(home(machine.cluster)).machines += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{
        ClusterFootprint, ClusterId, Footprint, Host, HostId, HostsFootprint, Machine, MachineId, PolicyOverride,
        Power, Stretched,
    };
    use crate::engine::placement::{Assignment, Bind, ClusterPlan, HostPlan, PlacePlan, Resources, Slot};

    #[test]
    fn retired_hosts_are_not_counted() {
        let nothing = Resources::default();
        let host =
            |retired| HostPlan { existing: None, retired, capacity: nothing, used: nothing, machines: Vec::new() };
        let cluster = ClusterPlan {
            hosts: vec![host(false), host(true)],
            used: Resources::default(),
            usable: Resources::default(),
            limiting: None,
            fragmentation_hosts: 0,
        };
        let place = |id, clusters| PlacePlan { footprint: FootprintId(id), clusters, instances: 0 };
        let assignment = |name: &str, place| Assignment {
            machine: MachineId::of(&[name]),
            place,
            slot: Slot::Instance,
            cost: crate::engine::model::Money::ZERO,
            bind: Bind::Cheapest,
            next_best: None,
            rejections: Vec::new(),
        };
        let plan = Plan {
            places: vec![place(4, vec![cluster]), place(2, Vec::new())],
            assignments: vec![assignment("a", 0), assignment("b", 1), assignment("c", 1)],
            ..Plan::default()
        };
        let counts = of_plan(&plan, &Scenario::default());
        assert_eq!(counts.get(&Some(FootprintId(4))), Some(&Counts { machines: 1, hosts: 1 }));
        assert_eq!(counts.get(&Some(FootprintId(2))), Some(&Counts { machines: 2, hosts: 0 }));
        assert_eq!(hosts_in_use(&plan, &Scenario::default()), (1, 1));

        // Over two sites each has a twin.
        let hosts = HostsFootprint { stretched: Some(Stretched::default()), ..HostsFootprint::default() };
        let stretched = Footprint {
            id: FootprintId(4),
            name: String::new(),
            enabled: true,
            kind: FootprintKind::Hosts(hosts),
            policy: PolicyOverride::default(),
        };
        let scenario = Scenario { footprints: vec![stretched], ..Scenario::default() };
        assert_eq!(hosts_in_use(&plan, &scenario), (2, 2));
    }

    #[test]
    fn who_stays_is_counted_at_home() {
        let (here, there) = (ClusterId::of(&["here"]), ClusterId::of(&["there"]));
        let machine =
            |name: &str, cluster, power| Machine { id: MachineId::of(&[name]), cluster, power, ..Machine::default() };
        let host = |name: &str, cluster| Host { id: HostId::of(&[name]), cluster, ..Host::default() };
        let estate = Estate {
            machines: vec![
                machine("a", here, Power::On),
                machine("b", here, Power::Off),
                machine("c", there, Power::On),
            ],
            hosts: vec![host("x", here), host("y", here), host("z", there)],
            ..Estate::default()
        };
        let kind = FootprintKind::Cluster(ClusterFootprint { may_retire: true, ..ClusterFootprint::kept(here) });
        let footprint = Footprint {
            id: FootprintId(7),
            name: String::new(),
            enabled: true,
            kind,
            policy: PolicyOverride::default(),
        };
        let counts = of_staying(&estate, &Scenario { footprints: vec![footprint], ..Scenario::default() });
        assert_eq!(
            counts.0,
            [(None, Counts { machines: 1, hosts: 1 }), (Some(FootprintId(7)), Counts { machines: 1, hosts: 2 }),]
        );
    }
}
