//! Practice while there is nothing to do.
//!
//! A browser translates a function well only once it has often been run, and the first inventory and the first plan would be worked out by what it has
//! translated in haste: several times slower. So the worker reads and plans what is made up while a visitor looks for a file, and throws away what it finds.

use std::borrow::Cow;

use super::intake::Intake;
use crate::engine::catalog::Catalog;
use crate::engine::model::{
    Cluster, ClusterId, Estate, FootprintKind, Host, HostId, MHz, Machine, MachineId, MiB, Power, Scenario, Storage,
};
use crate::engine::outcome::{default_footprints, plan_scenario_from};
use crate::engine::placement::Budget;
use crate::engine::prices::Priced;
use crate::engine::progress::Silent;
use crate::engine::turns;

/// As many machines as a plan that is told at once takes, and some.
const MACHINES: u32 = 800;
/// Machines of a host.
const DENSITY: u32 = 25;
/// Enough for every part of the search to have had its turn.
const BUDGET: Budget = Budget { steps: 6, seed: 1 };

/// How often a small inventory is read.
const READ: usize = 40;

/// Reads an inventory, in [`crate::engine::turns`].
pub async fn read(intake: &Intake) {
    for _ in 0..READ {
        (intake.practise)();
        turns::pause().await;
    }
}

/// Plans the made-up estate, in [`crate::engine::turns`]. Instances are left out: their prices are not loaded yet.
pub async fn plan(catalog: &Catalog) {
    let estate = estate();
    let mut footprints = default_footprints(&estate, catalog);
    footprints.retain(|footprint| !matches!(footprint.kind, FootprintKind::Instances(_)));
    let scenario = Scenario { footprints, ..Scenario::default() };
    let priced = Priced { catalog: Cow::Borrowed(catalog), problem: None };
    drop(plan_scenario_from(&estate, &scenario, priced, None, BUDGET, &mut Silent, &mut drop).await);
}

/// Two clusters of machines of many sizes.
fn estate() -> Estate {
    let clusters = [ClusterId(1), ClusterId(2)];
    let of = |number: u32| clusters[number as usize % clusters.len()];
    let host = |number: u32| Host {
        id: HostId(u64::from(number)),
        cluster: of(number),
        sockets: 2,
        cores: 48,
        speed: MHz(2_400),
        memory: MiB::from_gib(768),
        ..Host::default()
    };
    let machine = |number: u32| Machine {
        id: MachineId(u64::from(number)),
        cluster: of(number),
        power: Power::On,
        vcpus: [1, 2, 2, 4, 4, 8, 16][number as usize % 7],
        memory: MiB::from_gib([2, 4, 8, 8, 16, 24, 64, 128][number as usize % 8]),
        storage: Storage { in_use: Some(MiB::from_gib(20 + u64::from(number % 37) * 13)), ..Storage::default() },
        ..Machine::default()
    };
    Estate {
        clusters: clusters.map(|id| Cluster { id, ..Cluster::default() }).into(),
        hosts: (0..MACHINES / DENSITY).map(host).collect(),
        machines: (0..MACHINES).map(machine).collect(),
        ..Estate::default()
    }
}
