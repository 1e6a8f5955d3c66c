//! Whether rented hosts bring the disks or storage beside them does, where the footprint leaves that to the plan.
//!
//! The two ways differ in more than a price: with storage beside them hosts are counted by processors and memory alone, and the policy of vSAN asks for no
//! number of hosts. So each way is a problem of its own; both are solved with the same small budget, and the better one is the problem of the scenario.
//! That depends on the inputs alone, so a plan can be checked from its inputs.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Blueprint;
use crate::engine::catalog::Catalog;
use crate::engine::model::{
    Estate, ExternalUse, Footprint, FootprintId, FootprintKind, HostsFootprint, Money, Scenario,
};
use crate::engine::placement::{self, Budget, Plan};
use crate::engine::prices::Priced;
use crate::engine::progress::Silent;
use crate::engine::turns;

/// How the disks of rented hosts were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StorageChoice {
    /// Which footprint.
    pub footprint: FootprintId,
    /// Whether storage beside the hosts holds the disks; else their own do.
    pub beside: bool,
    /// What a plan with the other way cost more over the horizon, with the budget of a first look; `None` where it leaves other machines without a place.
    pub saves: Option<Money>,
    /// Whether no plan with the other way can be better than the one that was found with this way, by its lower bound.
    pub proven: bool,
}

/// What each way is looked at with: a few steps, because the ways seldom come close.
const FIRST_LOOK: Budget = Budget { steps: 40, seed: 1 };

/// The scenario with the disks of every footprint decided, and how. One after the other in the order of ids, each with those before it as they were decided;
/// hosts' own disks stay where storage beside them is not better.
pub(super) async fn settled<'a>(
    estate: &Estate,
    scenario: &'a Scenario,
    catalog: &Catalog,
) -> (Cow<'a, Scenario>, Vec<StorageChoice>) {
    let open: Vec<usize> =
        (0..scenario.footprints.len()).filter(|&at| is_open(&scenario.footprints[at], catalog)).collect();
    if open.is_empty() {
        return (Cow::Borrowed(scenario), Vec::new());
    }
    let mut own_disks = scenario.clone();
    for &at in &open {
        set(&mut own_disks, at, &HostsFootprint::default());
    }
    let mut settled = own_disks;
    let mut best = first_look(estate, &settled, catalog).await;
    let mut choices = Vec::new();
    for &at in &open {
        let mut other = settled.clone();
        if let FootprintKind::Hosts(hosts) = &scenario.footprints[at].kind {
            set(&mut other, at, hosts);
        }
        let mut found = first_look(estate, &other, catalog).await;
        let beside = rank(&found) < rank(&best);
        if beside {
            settled = other;
            std::mem::swap(&mut best, &mut found);
        }
        let footprint = scenario.footprints[at].id;
        if uses(&best, footprint) || uses(&found, footprint) {
            choices.push(choice(footprint, beside, &best, &found));
        }
    }
    (Cow::Owned(settled), choices)
}

/// Whether the plan is to choose: the hosts have disks of their own, and storage beside them is taken only where that is cheaper.
fn is_open(footprint: &Footprint, catalog: &Catalog) -> bool {
    let FootprintKind::Hosts(hosts) = &footprint.kind else { return false };
    let has_disks = || catalog.host(&hosts.offering).is_some_and(|offering| !offering.vsan.is_empty());
    let asks = hosts.external_storage.as_ref().is_some_and(|storage| storage.used == ExternalUse::WhereCheaper);
    footprint.enabled && asks && has_disks()
}

/// Gives the footprint at this position the storage that `like` has.
fn set(scenario: &mut Scenario, at: usize, like: &HostsFootprint) {
    if let FootprintKind::Hosts(hosts) = &mut scenario.footprints[at].kind {
        hosts.external_storage.clone_from(&like.external_storage);
    }
}

async fn first_look(estate: &Estate, scenario: &Scenario, catalog: &Catalog) -> Plan {
    let priced = Priced { catalog: Cow::Borrowed(catalog), problem: None };
    let blueprint = Blueprint::settled(estate, Cow::Borrowed(scenario), priced, Vec::new());
    turns::pause().await;
    placement::solve_in_turns(blueprint.problem(), FIRST_LOOK, &mut Silent).await
}

/// Fewer machines without a place are better, then less cost.
fn rank(plan: &Plan) -> (usize, Money) {
    (plan.unplaced.len(), plan.cost)
}

fn uses(plan: &Plan, footprint: FootprintId) -> bool {
    plan.places.iter().any(|place| place.footprint == footprint && !place.clusters.is_empty())
}

fn choice(footprint: FootprintId, beside: bool, best: &Plan, other: &Plan) -> StorageChoice {
    let unplaced = |plan: &Plan| plan.unplaced.iter().map(|unplaced| unplaced.machine).collect::<Vec<_>>();
    let alike = unplaced(best) == unplaced(other);
    StorageChoice {
        footprint,
        beside,
        saves: alike.then(|| other.cost - best.cost),
        proven: alike && other.lower_bound >= best.cost,
    }
}
