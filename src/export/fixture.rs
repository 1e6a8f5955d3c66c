//! A small estate with its plan, for the tests of the exports.

use std::rc::Rc;

use super::Source;
use crate::engine::catalog::Catalog;
use crate::engine::model::{
    Cluster, ClusterId, Disk, Estate, Finance, Host, HostId, MHz, Machine, MachineId, MiB, Power, PriceChanges,
    Project, Scenario,
};
use crate::engine::outcome::{Outcome, default_footprints};
use crate::engine::placement::Budget;
use crate::engine::plan_scenario;
use crate::engine::progress::Silent;
use crate::store::over_years::OverYears;

/// One cluster of three hosts and twelve machines, planned with its own cluster as the only place.
pub struct Fixture {
    pub project: Project,
    pub outcome: Outcome,
    pub years: OverYears,
}

impl Fixture {
    pub fn new() -> Self {
        Self::over(Finance::default())
    }

    /// The same with a twentieth more each year, and dearer power and wages.
    pub fn growing() -> Self {
        let price_changes = PriceChanges { people: 40, power: -30, ..PriceChanges::default() };
        Self::over(Finance { growth_permille_year: 50, price_changes, ..Finance::default() })
    }

    fn over(finance: Finance) -> Self {
        let (cluster, name) = (ClusterId::of(&["c"]), "Cluster one".to_owned());
        let hosts = ["esx1", "esx2", "esx3"].map(|name| Host {
            id: HostId::of(&[name]),
            name: name.to_owned(),
            cluster,
            sockets: 2,
            cores: 32,
            speed: MHz(2600),
            memory: MiB::from_gib(512),
            ..Host::default()
        });
        let host = hosts[0].id;
        let machines = (0..12).map(|index| {
            let name = if index == 0 { "many-disks".to_owned() } else { format!("app-{index:02}") };
            let disks = if index == 0 { 10 } else { 1 };
            let disk =
                |number| Disk { label: format!("Hard disk {number}"), capacity: MiB::from_gib(10), thin: Some(true) };
            let mut machine = Machine {
                id: MachineId::of(&[&name]),
                name,
                cluster,
                host: Some(host),
                power: Power::On,
                vcpus: 4,
                memory: MiB::from_gib(16),
                disks: (1..=disks).map(disk).collect(),
                os: Some("Debian GNU/Linux 12 (64-bit)".to_owned()),
                ..Machine::default()
            };
            machine.storage.disk_capacity = Some(MiB::from_gib(10 * disks));
            machine.storage.provisioned = Some(MiB::from_gib(10 * disks));
            machine
        });
        let mut estate = Estate {
            machines: machines.collect(),
            hosts: hosts.into(),
            clusters: vec![Cluster { id: cluster, name, ..Cluster::default() }],
            ..Estate::default()
        };
        estate.sort();
        let catalog = Catalog::default();
        let footprints = default_footprints(&estate, &catalog);
        let mut scenario = Scenario { name: "Plan A".to_owned(), footprints, ..Scenario::default() };
        *scenario.assumptions.finance = finance;
        let outcome = plan_scenario(&estate, &scenario, &catalog, Budget::default(), &mut Silent);
        assert_eq!(outcome.plan.assignments.len(), 12, "{:?}", outcome.plan.unplaced);
        let years = OverYears::of(&outcome, &scenario.assumptions.finance);
        let project = Project {
            name: "Test".to_owned(),
            estate: Rc::new(estate),
            scenarios: vec![scenario],
            ..Project::default()
        };
        Self { project, outcome, years }
    }

    pub fn source(&self) -> Source<'_> {
        let Self { project, outcome, years } = self;
        Source { project, scenario: &project.scenarios[0], outcome, years, catalog_as_of: "2026-11-01" }
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub fn name_first_machine(&mut self, name: &str) {
        Rc::make_mut(&mut self.project.estate).machines[0].name = name.to_owned();
    }
}
