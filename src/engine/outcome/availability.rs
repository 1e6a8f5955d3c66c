//! Places of a plan whose hosts not everybody can have, or not for as long as the plan lasts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::catalog::{Catalog, Concern, HostOffering};
use crate::engine::cost;
use crate::engine::model::{Assumptions, Footprint, FootprintId, FootprintKind, OfferingId, Scenario};
use crate::engine::placement::Plan;

/// A host type that a place of the plan rents, and what stands against counting on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotLasting {
    /// Where.
    pub footprint: FootprintId,
    /// The host type.
    pub offering: OfferingId,
    /// What stands against it.
    pub concern: Concern,
}

/// What stands against the host types of a footprint within the horizon: its own, and that of the first cluster that it stands behind.
pub fn concerns<'a>(
    footprint: &Footprint,
    catalog: &'a Catalog,
    assumptions: &Assumptions,
) -> Vec<(&'a HostOffering, Concern)> {
    let FootprintKind::Hosts(chosen) = &footprint.kind else { return Vec::new() };
    let first_cluster = catalog.first_cluster(chosen).map(|(first, _)| first);
    let first_month = cost::first_month(catalog, assumptions);
    let types = catalog.host(&chosen.offering).into_iter().chain(first_cluster);
    types.filter_map(|host| Some((host, host.concern_within(first_month, assumptions.horizon())?))).collect()
}

/// A concern as a sentence.
pub fn sentence(host: &HostOffering, concern: Concern, catalog: &Catalog, assumptions: &Assumptions) -> String {
    let HostOffering { host_type, service, availability, .. } = host;
    match concern {
        Concern::Closed => format!(
            "{host_type} of {service} is not for new customers ({availability}): the plan holds for those who have it already."
        ),
        Concern::Retires { month } => {
            let first = cost::first_month(catalog, assumptions).unwrap_or(month);
            let within = month.saturating_sub(first) + 1;
            format!(
                "{host_type} of {service} {availability}, in month {within} of the plan: what takes its place, and moving there, is not priced."
            )
        }
        Concern::Limited => format!(
            "{host_type} of {service} is sold to a limited extent only: ask whether it can be had before you count on it."
        ),
    }
}

/// What stands against the places that a plan uses, by place, and the same as sentences with the name of the footprint.
pub(super) fn of_plan(plan: &Plan, scenario: &Scenario, catalog: &Catalog) -> (Vec<NotLasting>, Vec<String>) {
    let (mut found, mut sentences) = (Vec::new(), Vec::new());
    for (index, place) in plan.places.iter().enumerate() {
        let is_used = plan.assignments.iter().any(|assignment| assignment.place as usize == index);
        let Some(footprint) = scenario.footprint(place.footprint).filter(|_| is_used) else { continue };
        for (host, concern) in concerns(footprint, catalog, &scenario.assumptions) {
            found.push(NotLasting { footprint: footprint.id, offering: host.id.clone(), concern });
            let said = sentence(host, concern, catalog, &scenario.assumptions);
            sentences.push(format!("{}: {said}", footprint.name));
        }
    }
    (found, sentences)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::engine::model::{FirstCluster, HostsFootprint, MachineId, Money, PolicyOverride};
    use crate::engine::placement::{Assignment, Bind, PlacePlan, Slot};

    fn catalog() -> Catalog {
        let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/static/catalog/core.pack"));
        crate::engine::catalog::load_core(&bytes.expect("the core is there")).expect("the core loads")
    }

    fn footprint(id: u32, offering: &str, region: &str) -> Footprint {
        Footprint {
            id: FootprintId(id),
            name: format!("Place {id}"),
            enabled: true,
            kind: FootprintKind::Hosts(HostsFootprint::new(offering.into(), region.into())),
            policy: PolicyOverride::default(),
        }
    }

    /// Assumptions of so many months from a month of 2026.
    fn lasting(months: u32, first: u32) -> Assumptions {
        let mut assumptions = Assumptions { horizon_months: months, ..Assumptions::default() };
        assumptions.finance.first_month = Some(2026 * 12 + first - 1);
        assumptions
    }

    #[test]
    fn what_is_closed_or_retires_in_time_is_told() {
        let catalog = catalog();
        let cases = [
            (
                "avs/av36p",
                36,
                Some(
                    "AV36P of Azure VMware Solution retires 2029-06-30, in month 32 of the plan: what takes its place, and moving there, is not priced.",
                ),
            ),
            (
                "avs/av52",
                36,
                Some(
                    "AV52 of Azure VMware Solution retires 2029-06-30, in month 32 of the plan: what takes its place, and moving there, is not priced.",
                ),
            ),
            ("avs/av36p", 31, None),
            (
                "avs/av36",
                12,
                Some(
                    "AV36 of Azure VMware Solution is sold to a limited extent only: ask whether it can be had before you count on it.",
                ),
            ),
            ("avs/av48", 60, None),
            (
                "ibm-vcf/2x-8474c",
                12,
                Some(
                    "2 × Xeon 8474C of IBM Cloud for VMware Cloud Foundation, classic is not for new customers (closed to new customers since 2025-10-31): the plan holds for those who have it already.",
                ),
            ),
            (
                "vmc-aws/i3.metal",
                12,
                Some(
                    "i3.metal of VMware Cloud on AWS is not for new customers (end of sale): the plan holds for those who have it already.",
                ),
            ),
        ];
        for (offering, months, expected) in cases {
            let assumptions = lasting(months, 11);
            let found = concerns(&footprint(1, offering, "azure/uksouth"), &catalog, &assumptions);
            let said: Vec<String> =
                found.iter().map(|(host, concern)| sentence(host, *concern, &catalog, &assumptions)).collect();
            assert_eq!(said.first().map(String::as_str), expected, "{offering} for {months} months");
            assert!(said.len() <= 1);
        }
    }

    #[test]
    fn the_first_cluster_that_hosts_stand_behind_counts_too() {
        let catalog = catalog();
        let mut behind = footprint(1, "avs/av64", "azure/westus");
        let types = |footprint: &Footprint| -> Vec<String> {
            let found = concerns(footprint, &catalog, &lasting(36, 11));
            found.iter().map(|(host, _)| host.id.to_string()).collect()
        };
        assert_eq!(types(&behind), ["avs/av36"], "the cheapest that can be the first");
        let FootprintKind::Hosts(hosts) = &mut behind.kind else { unreachable!() };
        hosts.first_cluster = FirstCluster::Of("avs/av36p".into());
        assert_eq!(types(&behind), ["avs/av36p"]);
        let FootprintKind::Hosts(hosts) = &mut behind.kind else { unreachable!() };
        hosts.first_cluster = FirstCluster::Exists;
        assert!(types(&behind).is_empty());
    }

    #[test]
    fn a_plan_tells_of_the_places_that_it_uses_only() {
        let catalog = catalog();
        let footprints = vec![footprint(1, "avs/av36p", "azure/uksouth"), footprint(2, "avs/av52", "azure/uksouth")];
        let scenario = Scenario { footprints, assumptions: lasting(36, 11), ..Scenario::default() };
        let place = |id| PlacePlan { footprint: FootprintId(id), clusters: Vec::new(), instances: 0 };
        let plan = Plan {
            places: vec![place(1), place(2)],
            assignments: vec![Assignment {
                machine: MachineId(1),
                place: 1,
                slot: Slot::Instance,
                cost: Money::ZERO,
                bind: Bind::Cheapest,
                next_best: None,
                rejections: Vec::new(),
            }],
            ..Plan::default()
        };
        let (found, sentences) = of_plan(&plan, &scenario, &catalog);
        let concern = Concern::Retires { month: 2029 * 12 + 5 };
        assert_eq!(found, [NotLasting { footprint: FootprintId(2), offering: "avs/av52".into(), concern }]);
        assert!(sentences[0].starts_with("Place 2: AV52 of "), "{sentences:?}");
    }
}
