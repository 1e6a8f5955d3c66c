//! What rented hosts need beside them: a first cluster of another type, a second site, hosts with storage only. Worked by hand.

use groundwork::engine::cost::{Ledger, LineKind};
use groundwork::engine::model::{
    Currency, FirstCluster, Footprint, FootprintKind, HostsFootprint, MiB, Policy, Scenario, ServiceUse, StorageHosts,
    StoragePolicyChoice, Stretched, Term,
};
use groundwork::engine::outcome::{Blueprint, problem};
use groundwork::engine::placement::{Budget, PlaceKind, Plan, Problem, Refusal, Violation, check as check_plan};
use groundwork::engine::plan_scenario;
use groundwork::engine::progress::Silent;
use groundwork::engine::sizing::{HostsSize, hosts_size};

use crate::fixture::{NODES, estate, money};
use crate::systems::{bare, check, ledger, quoted, rented, shipped};

/// The same place with something changed.
fn with(mut place: Footprint, change: impl FnOnce(&mut HostsFootprint)) -> Footprint {
    let FootprintKind::Hosts(hosts) = &mut place.kind else { panic!("hosts are expected") };
    change(hosts);
    place
}

fn size(place: &Footprint, policy: &Policy) -> HostsSize {
    let FootprintKind::Hosts(chosen) = &place.kind else { panic!("hosts are expected") };
    let catalog = shipped(&[]);
    hosts_size(catalog.host(&chosen.offering).expect("in the catalogue"), chosen, policy)
}

#[test]
fn av64_of_generation_1_pays_its_first_cluster() {
    // AV64 in East US, indicative: 22.89 × 730 = 16,709.7; × 3 × 12 = 601,549.2. The first cluster is of AV36, the cheapest that is sold in the same zone:
    // 14.68 × 730 = 10,716.4; × 3 × 12 = 385,790.4. Together 987,339.6.
    let av64 = rented("avs/av64", "azure/eastus", Term::OnDemand);
    check(&ledger(&bare(av64.clone()), 2, 3), &[(LineKind::Hosts, "987339.6")]);
    // Where it is there already, it is paid for elsewhere.
    let there = with(av64.clone(), |hosts| hosts.first_cluster = FirstCluster::Exists);
    check(&ledger(&bare(there), 2, 3), &[(LineKind::Hosts, "601549.2")]);
    // 12 clusters and 96 hosts are those of the private cloud; the first cluster takes one and three of them, and carries the management machines.
    let limits = size(&av64, &Policy::default());
    assert_eq!((limits.min_hosts, limits.max_hosts, limits.max_clusters, limits.max_total), (3, 16, 11, 93));
    assert_eq!(limits.management, [0; 5]);
    let own = size(&rented("avs/av36p", "azure/eastus", Term::OnDemand), &Policy::default());
    assert_eq!((own.min_hosts, own.max_hosts, own.max_clusters, own.max_total), (3, 16, 12, 96));
}

#[test]
fn the_storage_policy_has_its_hosts_after_failures_too() {
    use StoragePolicyChoice::{Auto, Raid1Ftt1, Raid1Ftt2, Raid1Ftt3, Raid5Ftt1, Raid6Ftt2};
    let fewest = |place: &Footprint, storage_policy, host_failures| {
        size(place, &Policy { storage_policy, host_failures, ..Policy::default() }).min_hosts
    };
    // AV36P is OSA and sold from 3 hosts, AV48 is ESA. The documented fewest hosts of each policy, and as many more as may fail.
    let osa = rented("avs/av36p", "azure/eastus", Term::OnDemand);
    for (policy, hosts) in [(Raid1Ftt1, 3), (Raid5Ftt1, 4), (Raid1Ftt2, 5), (Raid6Ftt2, 6), (Raid1Ftt3, 7)] {
        for failures in 0..4 {
            assert_eq!(fewest(&osa, policy, failures), hosts + failures, "{policy:?}, {failures} fail");
        }
    }
    let esa = rented("avs/av48", "azure/eastus", Term::OnDemand);
    assert_eq!((fewest(&esa, Raid5Ftt1, 0), fewest(&esa, Raid5Ftt1, 1)), (3, 4));
    // What the service sets by itself comes with its replacement of hosts.
    assert_eq!(fewest(&osa, Auto, 1), 3);
    // Two hosts with storage only are left when one fails; and data beside the hosts is not lost with them.
    let storage = StorageHosts { hosts: 2, per_host_month: money("5000"), currency: Currency::Usd };
    let gcve = quoted("gcve/ve1-standard-72", "gcp/europe-west3", "9000", Currency::Usd);
    assert_eq!(fewest(&gcve, Raid5Ftt1, 1), 5);
    assert_eq!(fewest(&with(gcve, |hosts| hosts.storage_hosts = Some(storage)), Raid5Ftt1, 1), 4);
}

#[test]
fn a_plan_with_too_few_hosts_for_the_policy_after_a_failure_is_refused() {
    let place = quoted("avs/av36p", "azure/eastus", "9000", Currency::Usd);
    let mut scenario = bare(place);
    (scenario.policy.storage_policy, scenario.policy.host_failures) = (StoragePolicyChoice::Raid5Ftt1, 1);
    let (estate, catalog) = (estate(4), shipped(&scenario.footprints));
    let outcome = plan_scenario(&estate, &scenario, &catalog, Budget { steps: 20, seed: 1 }, &mut Silent);
    let problem = problem(&estate, &scenario, &catalog);
    assert_eq!(check_plan(&problem, &outcome.plan), Ok(()));
    // Four machines fit on one host; RAID-5 over four hosts and one that may fail are five.
    assert_eq!((outcome.plan.unplaced.len(), outcome.plan.places[0].clusters[0].hosts.len()), (0, 5));
    let mut four = outcome.plan;
    let hosts = &mut four.places[0].clusters[0].hosts;
    let empty = hosts.iter().rposition(|host| host.machines.is_empty()).expect("four of five are empty");
    hosts.remove(empty);
    let found = check_plan(&problem, &four).expect_err("RAID-5 would be left with three hosts");
    assert!(found.contains(&Violation::Count { place: 0 }), "{found:?}");
}

#[test]
fn a_stretched_cluster_pays_for_both_sites() {
    // A plan counts pairs: 3 + 3 hosts of VMware Cloud on AWS at 10,000: 6 × 10,000 × 12 = 720,000. The witness at 100: 1,200.
    let place = quoted("vmc-aws/i4i.metal", "aws/eu-central-1", "10000", Currency::Usd);
    let stretched =
        with(place.clone(), |hosts| hosts.stretched = Some(Stretched { witness_month: Some(money("100")) }));
    check(&ledger(&bare(stretched), 2, 3), &[(LineKind::Hosts, "720000"), (LineKind::Service, "1200")]);
    // A witness whose price is not known is not free: it is listed.
    let unknown = with(place, |hosts| hosts.stretched = Some(Stretched::default()));
    let found = ledger(&bare(unknown), 2, 3);
    check(&found, &[(LineKind::Hosts, "720000")]);
    assert!(found.not_priced.iter().any(|sentence| sentence.contains("witness")), "{:?}", found.not_priced);
}

#[test]
fn a_stretched_cluster_holds_what_one_site_holds() {
    // Azure VMware Solution: 6 to 16 hosts in multiples of two, so 3 to 8 pairs, and 96 hosts in all, so 48 pairs. AV36P has 19,200 GB = 18,310,546 MiB;
    // 3 hosts a site with RAID-1 within: 3 × 18,310,546 ÷ 2 × 75 % = 20,599,364 MiB.
    let stretch = |hosts: &mut HostsFootprint| hosts.stretched = Some(Stretched::default());
    let avs = with(rented("avs/av36p", "azure/uksouth", Term::OnDemand), stretch);
    let found = size(&avs, &Policy::default());
    assert_eq!((found.min_hosts, found.max_hosts, found.max_total), (3, 8, 48));
    assert_eq!(found.usable_storage[3], 20_599_364);
    assert_eq!((found.host_failures, found.stretched), (0, true));
    // VMware Cloud on AWS from 1 + 1; below 3 + 3 the other site has the only copy: 2 × 22,500 GB × 75 %, with 22,500 GB = 21,457,672 MiB.
    let vmc = with(rented("vmc-aws/i4i.metal-osa", "aws/eu-central-1", Term::OnDemand), stretch);
    let found = size(&vmc, &Policy::default());
    assert_eq!((found.min_hosts, found.max_hosts), (1, 8));
    assert_eq!(found.usable_storage[2], 32_186_508);
    // Google: 3 + 3 to 14 + 14. A policy that needs 6 hosts needs them on each site.
    let gcve = with(rented("gcve/ve1-standard-72", "gcp/europe-west3", Term::OnDemand), stretch);
    assert_eq!((size(&gcve, &Policy::default()).min_hosts, size(&gcve, &Policy::default()).max_hosts), (3, 14));
    let raid6 = Policy { storage_policy: StoragePolicyChoice::Raid6Ftt2, ..Policy::default() };
    assert_eq!(size(&gcve, &raid6).min_hosts, 6);
}

#[test]
fn half_of_a_stretched_cluster_carries_all_machines() {
    let stretch = |hosts: &mut HostsFootprint| hosts.stretched = Some(Stretched::default());
    let place = with(quoted("vmc-aws/i4i.metal", "aws/eu-central-1", "10000", Currency::Usd), stretch);
    let (scenario, estate) = (bare(place), estate(200));
    let catalog = shipped(&scenario.footprints);
    let outcome = plan_scenario(&estate, &scenario, &catalog, Budget { steps: 20, seed: 1 }, &mut Silent);
    let problem = problem(&estate, &scenario, &catalog);
    assert_eq!(check_plan(&problem, &outcome.plan), Ok(()));
    assert!(outcome.plan.unplaced.is_empty());
    // The hosts of one site alone: what they carry is at most what they give.
    let PlaceKind::Hosts { capacity, .. } = &problem.places()[0].kind else { panic!("hosts are expected") };
    let hosts: Vec<_> = outcome.plan.places[0].clusters.iter().flat_map(|cluster| &cluster.hosts).collect();
    assert!(hosts.iter().all(|host| host.used.iter().zip(capacity).take(2).all(|(used, given)| used <= given)));
    // Each of them is paid for twice.
    let line = outcome.ledger.lines.iter().find(|line| line.kind == LineKind::Hosts).expect("hosts are paid for");
    assert_eq!(line.quantity_milli, 2_000 * hosts.len().cast_signed() as i64);
}

#[test]
fn hosts_with_storage_only_hold_data_and_cost_money() {
    let add = |per_host_month: &str| {
        let storage = StorageHosts { hosts: 2, per_host_month: money(per_host_month), currency: Currency::Usd };
        let place = quoted("gcve/ve1-standard-72", "gcp/europe-west3", "9000", Currency::Usd);
        with(place, |hosts| hosts.storage_hosts = Some(storage))
    };
    // 3 × 9,000 × 12 = 324,000; 2 × 5,000 × 12 = 120,000.
    check(&ledger(&bare(add("5000")), 2, 3), &[(LineKind::Hosts, "444000")]);
    // 3 hosts and 2 with storage only are 5 for vSAN, RAID-5 over four parts: 5 × 18,310,546 × 3 ÷ 4 × 75 % = 51,498,410 MiB. One cluster of 28 at most.
    let found = size(&add("5000"), &Policy::default());
    assert_eq!((found.min_hosts, found.max_hosts, found.max_clusters), (3, 26, 1));
    assert_eq!(found.usable_storage[3], 51_498_410);
    assert_eq!(MiB::from_decimal_gb(19_200), MiB(18_310_546));
    // Without a price they are not free: the place takes no machine.
    let scenario = bare(add("0"));
    let (estate, catalog) = (estate(1), shipped(&scenario.footprints));
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    assert_eq!(blueprint.problem().options(0)[0], Err(Refusal::NeedsQuote));
}

#[test]
fn what_is_not_sold_in_a_region_takes_no_machine_there() {
    for place in [
        rented("avs/av52", "azure/koreacentral", Term::OnDemand),
        with(rented("avs/av36p", "azure/westus", Term::OnDemand), |hosts| hosts.stretched = Some(Stretched::default())),
    ] {
        let scenario = bare(place);
        let (estate, catalog) = (estate(1), shipped(&scenario.footprints));
        let blueprint = Blueprint::new(&estate, &scenario, &catalog);
        assert_eq!(blueprint.problem().options(0)[0], Err(Refusal::NotSold));
    }
}

/// Three hosts of OVHcloud and more, by quote in euros and reckoned in euros, with vSAN that survives one failure.
fn ovhcloud() -> Scenario {
    let mut scenario = bare(quoted("ovh/vsan-host", "ovh/eu-west-gra", "1900", Currency::Eur));
    scenario.assumptions.currency = Currency::Eur;
    (scenario.policy.storage_policy, scenario.policy.host_failures) = (StoragePolicyChoice::Raid1Ftt1, 1);
    scenario
}

#[test]
fn a_spare_host_of_ovhcloud_is_free_for_a_week_and_then_paid_by_the_hour() {
    // OVHcloud: https://docs.ovhcloud.com/en/guides/hosted-private-cloud/powered-by-vmware/spare-hosts: a host in the place of one that failed, free of
    // charge; by the hour from the 8th day where both are kept.
    // Hosts, by quote:  3 × 1,900 EUR × 12 months            = 68,400
    // Spare host, kept: 1 × 2.60 EUR an hour × 730 h × 12    = 22,776
    // Together                                               = 91,176
    let mut scenario = ovhcloud();
    let free = ledger(&scenario, 2, 3);
    check(&free, &[(LineKind::Hosts, "68400")]);
    let told = |ledger: &Ledger| ledger.not_priced.iter().filter(|text| text.contains("spare host")).count();
    let words = "A spare host takes the place of one that failed at OVHcloud Hosted Private Cloud, free of charge for 7 days and without machines in \
                 this plan; one that is kept longer is billed by the hour, which is not priced.";
    assert!(free.not_priced.iter().any(|text| text == words), "{:?}", free.not_priced);
    let keep = |quote: Option<&str>| ServiceUse {
        footprint: NODES,
        service: "OVHcloud Hosted Private Cloud".to_owned(),
        item: "spare host kept on".to_owned(),
        quantity: 1,
        quote: quote.map(money),
    };
    scenario.assumptions.finance.services = vec![keep(Some("2.60"))];
    let kept = ledger(&scenario, 2, 3);
    check(&kept, &[(LineKind::Hosts, "91176")]);
    let line = |label: &str| kept.lines.iter().find(|line| line.label == label).map(|line| line.total);
    assert_eq!(line("vSAN host as quoted, on demand"), Some(money("68400")));
    assert_eq!(line("OVHcloud Hosted Private Cloud: spare host kept on"), Some(money("22776")));
    assert_eq!(told(&kept), 0);
    // Without a price it is not free: that is told.
    scenario.assumptions.finance.services = vec![keep(None)];
    let asked = ledger(&scenario, 2, 3);
    check(&asked, &[(LineKind::Hosts, "68400")]);
    assert_eq!(told(&asked), 1, "{:?}", asked.not_priced);
}

#[test]
fn a_spare_host_spares_a_host_for_data_and_carries_no_machine() {
    use StoragePolicyChoice::{Raid1Ftt1, Raid5Ftt1};
    // vSAN from three hosts (https://docs.ovh.com/gb/en/private-cloud/vmware-vsan/): data is protected again on the spare host, not on a fourth one that is
    // paid all the time. RAID-5 of OSA needs four.
    let scenario = ovhcloud();
    for (storage_policy, hosts) in [(Raid1Ftt1, 3), (Raid5Ftt1, 4)] {
        let found = size(&scenario.footprints[0], &Policy { storage_policy, ..scenario.policy.clone() });
        assert_eq!((found.min_hosts, found.host_failures), (hosts, 1), "{storage_policy:?}");
    }
    // One machine more than two hosts carry, by processors or memory: with three hosts one may not fail, as the spare host is none of those that are left.
    // So it takes four of them.
    let PlaceKind::Hosts { capacity, .. } = problem(&estate(1), &scenario, &shipped(&[])).places()[0].kind.clone()
    else {
        panic!("hosts are expected")
    };
    let each = u32::try_from((capacity[0] / 2_000).min(capacity[1] / (8 << 10))).expect("some machines");
    let estate = estate(each * 2 + 1);
    let catalog = shipped(&scenario.footprints);
    let outcome = plan_scenario(&estate, &scenario, &catalog, Budget { steps: 20, seed: 1 }, &mut Silent);
    let problem = problem(&estate, &scenario, &catalog);
    assert_eq!(check_plan(&problem, &outcome.plan), Ok(()));
    assert_eq!((outcome.plan.unplaced.len(), outcome.plan.places[0].clusters[0].hosts.len()), (0, 4));
    // The checker takes no plan that reckons with the spare host: not three hosts for these machines, nor two for a few.
    let violations = |plan: &Plan, problem: &Problem| check_plan(problem, plan).expect_err("too few hosts");
    let without_one = |mut plan: Plan, problem: &Problem| {
        let PlaceKind::Hosts { capacity, usable_storage, .. } = &problem.places()[0].kind else { panic!("hosts") };
        let cluster = &mut plan.places[0].clusters[0];
        let empty = cluster.hosts.iter().rposition(|host| host.machines.is_empty()).expect("a host that stays free");
        cluster.hosts.remove(empty);
        for (usable, given) in cluster.usable.iter_mut().zip(capacity) {
            *usable -= given;
        }
        cluster.usable[2] = usable_storage[cluster.hosts.len()];
        plan
    };
    let found = violations(&without_one(outcome.plan, &problem), &problem);
    assert!(found.iter().any(|violation| matches!(violation, Violation::Failure { .. })), "{found:?}");
    let few = self::estate(2);
    let outcome = plan_scenario(&few, &scenario, &catalog, Budget { steps: 20, seed: 1 }, &mut Silent);
    assert_eq!(outcome.plan.places[0].clusters[0].hosts.len(), 3);
    let problem = self::problem(&few, &scenario, &catalog);
    let found = violations(&without_one(outcome.plan, &problem), &problem);
    assert!(found.contains(&Violation::Count { place: 0 }), "{found:?}");
}
