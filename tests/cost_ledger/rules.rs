//! Rules in the words of people, all the way to a plan and its ledger.

use groundwork::engine::cost::LineKind;
use groundwork::engine::model::{
    Cluster, ClusterFootprint, ClusterId, Footprint, FootprintId, FootprintKind, Link, MachineEdit, Money, OsFamily,
    QuotaLimits, Rule, RuleId, RuleKind, RuleLevel, Scenario, Selector,
};
use groundwork::engine::outcome::{Blueprint, problem, rule_costs};
use groundwork::engine::placement::{Budget, ConstraintKind, Level, Refusal};
use groundwork::engine::prices::with_own;
use groundwork::engine::progress::Silent;
use groundwork::engine::turns::to_end;

use crate::fixture::{HOME, INSTANCES, NODES, SERVERS, catalog, estate, machine, scenario};
use crate::planned::planned;

fn with(kinds: Vec<RuleKind>) -> Scenario {
    let rule = |(kind, id)| Rule { id: RuleId(id), enabled: true, kind };
    Scenario { rules: kinds.into_iter().zip(1..).map(rule).collect(), ..scenario() }
}

fn constraints(scenario: &Scenario) -> Vec<ConstraintKind> {
    let (estate, catalog) = (estate(4), catalog());
    let problem = problem(&estate, scenario, &catalog);
    problem.constraints().iter().map(|constraint| constraint.kind.clone()).collect()
}

/// Where the machine named `vm-000` may go under a rule.
fn open(kind: RuleKind) -> Vec<FootprintId> {
    let (estate, catalog, scenario) = (estate(2), catalog(), with(vec![kind]));
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let problem = blueprint.problem();
    let item = problem.item_of(machine(0).id).expect("planned");
    let open = problem.options(item).iter().zip(problem.places()).filter(|(option, _)| match option {
        Ok(_) => true,
        Err(refusal) => {
            assert_eq!(*refusal, Refusal::Rule(RuleId(1)));
            false
        }
    });
    open.map(|(_, place)| place.footprint).collect()
}

#[test]
fn rules_about_places_open_the_right_ones() {
    let all = || Selector::All;
    let residency = |countries: &[&str], own_sites| RuleKind::Residency {
        machines: Selector::All,
        countries: countries.iter().map(|&country| country.to_owned()).collect(),
        own_sites,
    };
    assert_eq!(open(RuleKind::Allow { machines: all(), footprints: vec![NODES, HOME] }), [HOME, NODES]);
    assert_eq!(open(RuleKind::Allow { machines: all(), footprints: Vec::new() }), []);
    assert_eq!(
        open(residency(&["us"], false)),
        [NODES, INSTANCES],
        "the region of the fixture is in the United States"
    );
    assert_eq!(open(residency(&["DE"], true)), [HOME, SERVERS]);
    assert_eq!(open(RuleKind::Lock { machines: all(), on_host: false }), [HOME]);
    assert_eq!(open(RuleKind::Isolate { machines: all() }), [HOME, NODES, SERVERS]);
    assert_eq!(open(RuleKind::Allow { machines: Selector::Os(OsFamily::WindowsServer), footprints: vec![] }).len(), 4);
}

#[test]
fn rules_without_machines_say_nothing() {
    let nobody = || Selector::Name("nobody".to_owned());
    let rules = vec![
        RuleKind::Together { machines: nobody(), level: RuleLevel::Host },
        RuleKind::Traffic { machines: Selector::All, others: nobody(), gib_per_month: 9, gib_per_month_back: 9 },
        RuleKind::Pin { machines: Selector::Machines(Vec::new()), footprint: HOME },
    ];
    assert_eq!(constraints(&with(rules)), []);
}

#[test]
fn latency_is_known_estimated_or_too_long() {
    let latency = |most_micros| RuleKind::Latency { machines: Selector::All, others: Selector::All, most_micros };
    let far = |scenario: &Scenario| match constraints(scenario).as_slice() {
        [ConstraintKind::Near { far, .. }] => far.clone(),
        other => panic!("{other:?}"),
    };
    // Nodes and instances are in one region; nothing is known of the way there from one's own sites, nor between them.
    let unknown = [(HOME, NODES), (HOME, INSTANCES), (HOME, SERVERS), (NODES, SERVERS), (INSTANCES, SERVERS)];
    assert_eq!(far(&with(vec![latency(1_000)])), unknown);
    assert_eq!(far(&with(vec![latency(999)])).len(), 6);
    let mut known = with(vec![latency(8_000)]);
    known.links = vec![
        Link { from: NODES, to: HOME, latency_micros: Some(8_000), per_gib: None },
        Link { from: HOME, to: INSTANCES, latency_micros: Some(8_001), per_gib: None },
    ];
    assert_eq!(far(&known), unknown[1..]);
}

#[test]
fn traffic_costs_what_leaves_a_cloud() {
    let name = |name: &str| Selector::Name(name.to_owned());
    let pin = |machines, footprint| RuleKind::Pin { machines, footprint };
    let rules = |gib_per_month, gib_per_month_back| {
        vec![
            pin(name("vm-000"), HOME),
            pin(name("vm-001"), INSTANCES),
            RuleKind::Traffic { machines: name("vm-000"), others: name("vm-00?"), gib_per_month, gib_per_month_back },
        ]
    };
    let traffic = |scenario: &Scenario| -> Money {
        let ledger = planned(&estate(2), scenario).ledger;
        ledger.lines.iter().filter(|line| line.label.starts_with("Traffic")).map(|line| line.total).sum()
    };
    // 200 GiB a month between one machine and two, of which the one elsewhere has half. What leaves the cloud costs 0.09 for each of the first 100 GiB and
    // 0.05 for each further one: 9 + 5 = 14, half of that 7; 36 months.
    assert_eq!(traffic(&with(rules(0, 200))), Money::from_units(7 * 36));
    let mut entered = with(rules(0, 200));
    entered.assumptions.egress_per_gib = Some(Money::from_micros(30_000));
    assert_eq!(traffic(&entered), Money::from_units(3 * 36), "a figure of the user's own has no tiers");
    assert_eq!(traffic(&with(rules(200, 0))), Money::ZERO, "what leaves one's own site is free");
    let mut known = with(rules(200, 0));
    known.links = vec![Link { from: HOME, to: INSTANCES, latency_micros: None, per_gib: Some(Money::from_units(1)) }];
    assert_eq!(traffic(&known), Money::from_units(100 * 36));
}

#[test]
fn licences_are_lines_of_the_ledger() {
    let licence = |core, host| RuleKind::Licence {
        machines: Selector::Os(OsFamily::WindowsServer),
        per_core_year: Money::from_units(core),
        per_host_year: Money::from_units(host),
    };
    let pin = |footprint| RuleKind::Pin { machines: Selector::All, footprint };
    let licences = |footprint, core, host| -> Money {
        let outcome = planned(&estate(8), &with(vec![pin(footprint), licence(core, host)]));
        assert!(outcome.plan.unplaced.is_empty());
        let lines = outcome.ledger.lines.iter();
        lines
            .filter(|line| line.kind == LineKind::Licences && line.label.contains("rule 2"))
            .map(|line| line.total)
            .sum()
    };
    // One of the two hosts of 20 cores carries all; each of the four Windows machines as an instance counts its two vCPU.
    assert_eq!(licences(HOME, 120, 0), Money::from_units(3 * 20 * 120));
    assert_eq!(licences(HOME, 0, 1_200), Money::from_units(3 * 1_200));
    assert_eq!(licences(NODES, 120, 0), Money::from_units(3 * 64 * 120));
    assert_eq!(licences(INSTANCES, 120, 60), Money::from_units(3 * 4 * (2 * 120 + 60)));
}

#[test]
fn the_other_rules_reach_the_solver() {
    let applications = |scenario: &mut Scenario| {
        for number in [0, 2] {
            let edit = MachineEdit { application: Some("shop".to_owned()), ..MachineEdit::default() };
            scenario.edits.insert(machine(number).id, edit);
        }
    };
    let mut shop = [machine(0).id, machine(2).id];
    shop.sort_unstable();
    let selected = || Selector::Application("shop".to_owned());
    let cases = [
        (
            RuleKind::Together { machines: selected(), level: RuleLevel::Footprint },
            ConstraintKind::Together { machines: shop.to_vec(), level: Level::Place },
        ),
        (
            RuleKind::Apart { machines: selected(), level: RuleLevel::Cluster },
            ConstraintKind::Apart { machines: shop.to_vec(), level: Level::Cluster },
        ),
        (
            RuleKind::Apart { machines: selected(), level: RuleLevel::Site },
            ConstraintKind::Apart { machines: shop.to_vec(), level: Level::Site },
        ),
        (
            RuleKind::Quota {
                machines: selected(),
                footprint: NODES,
                most: QuotaLimits { machines: Some(1), vcpus: Some(3), ..QuotaLimits::default() },
            },
            ConstraintKind::Quota {
                machines: shop.to_vec(),
                place: NODES,
                most_machines: Some(1),
                most: [Some(3_000), None, None, None, None],
            },
        ),
        (
            RuleKind::MoveLimit { machines: selected(), most: 1 },
            ConstraintKind::Moves { homes: shop.iter().map(|&id| (id, Some(HOME))).collect(), most: 1 },
        ),
    ];
    for (kind, expected) in cases {
        let mut scenario = with(vec![kind]);
        applications(&mut scenario);
        assert_eq!(constraints(&scenario), [expected]);
        planned(&estate(4), &scenario);
    }
}

#[test]
fn sites_are_regions_and_datacenters() {
    let sites = |datacenters: &[Option<&str>]| -> Vec<u32> {
        let mut estate = estate(2);
        let first = estate.clusters[0].clone();
        let named = |(datacenter, number): (Option<&str>, u64)| Cluster {
            id: ClusterId(first.id.0 + number),
            vcenter: Some("vc".to_owned()),
            datacenter: datacenter.map(str::to_owned),
            ..first.clone()
        };
        estate.clusters = datacenters.iter().copied().zip(0..).map(named).collect();
        let mut scenario = scenario();
        for (index, cluster) in estate.clusters.iter().enumerate().skip(1) {
            let own = ClusterFootprint { may_retire: true, ..ClusterFootprint::kept(cluster.id) };
            let id = FootprintId(10 + index as u32);
            scenario.footprints.push(Footprint {
                id,
                kind: FootprintKind::Cluster(own),
                ..scenario.footprints[0].clone()
            });
        }
        problem(&estate, &scenario, &catalog()).places().iter().map(|place| place.site).collect()
    };
    // Home, nodes and instances of one region, servers to buy, and the further clusters.
    assert_eq!(sites(&[Some("Berlin")]), [1, 2, 2, 1], "servers are in the only datacenter");
    assert_eq!(sites(&[Some("Berlin"), Some("Berlin")]), [1, 2, 2, 1, 1]);
    assert_eq!(sites(&[Some("Berlin"), Some("Bonn")]), [1, 2, 2, 4, 11], "servers may be in either");
    assert_eq!(sites(&[None, Some("Bonn"), None]), [1, 2, 2, 4, 11, 1]);
}

#[test]
fn contradictions_and_costs_of_rules_are_told() {
    let pin = |footprint| RuleKind::Pin { machines: Selector::Name("vm-000".to_owned()), footprint };
    let scenario =
        with(vec![pin(HOME), RuleKind::Apart { machines: Selector::All, level: RuleLevel::Host }, pin(NODES)]);
    let (estate, catalog) = (estate(3), catalog());
    let outcome = planned(&estate, &scenario);
    assert_eq!(outcome.conflicts.len(), 1);
    assert_eq!(outcome.conflicts[0].rules, [RuleId(1), RuleId(3)]);
    assert_eq!(outcome.conflicts[0].machines, [machine(0).id]);
    let budget = Budget { steps: 20, seed: 1 };
    let costs =
        to_end(rule_costs(&estate, &scenario, with_own(&catalog, &scenario), &outcome.plan, budget, &mut Silent));
    let told: Vec<(u32, u32)> = costs.iter().map(|cost| (cost.rule.0, cost.unplaced_without)).collect();
    assert_eq!(told, [(1, 0), (2, 1), (3, 0)]);
    assert!(costs[1].saved >= Some(Money::ZERO) && costs[1].saved <= costs[1].at_most, "{costs:?}");
}
