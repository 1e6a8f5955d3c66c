//! Discounts on single lines: each figure computed by hand, in the comments.

use groundwork::engine::catalog::{Extras, PriceStatus, SupportTier};
use groundwork::engine::model::{Money, SupportPlan};
use groundwork::engine::outcome::Blueprint;

use crate::examples::all_in;
use crate::fixture::{INSTANCES, NODES, estate, line, money, plan, price, scenario};

fn with(rows: &str) -> groundwork::engine::model::Scenario {
    let mut scenario = scenario();
    scenario.prices = format!("what,id,amount,per,item\n{rows}\n");
    scenario
}

#[test]
fn traffic_is_paid_less_its_discount_and_nothing_else_is() {
    // 3 machines × 100 GiB: 100 at 0.09, 200 at 0.05. Less 20 %: 0.072 and 0.04; × 36 months 100 × 0.072 × 36 = 259.2 and 200 × 0.04 × 36 = 288.
    let mut listed = scenario();
    listed.assumptions.finance.internet_gib_per_machine = 100;
    let mut agreed = with("discount,aws,20,traffic,internet");
    agreed.assumptions.finance.internet_gib_per_machine = 100;
    let (before, after) = (all_in(NODES, 3, 3, &listed).ledger, all_in(NODES, 3, 3, &agreed).ledger);
    let first = line(&after, Some(NODES), "Traffic to the internet, from 0 GiB a month");
    assert_eq!((first.unit_price, first.total, first.status), (money("0.072"), money("259.2"), PriceStatus::Derived));
    assert!(first.source.contains("list price 0.09 USD less your discount of 20 % = 0.072 USD"), "{}", first.source);
    assert_eq!(line(&after, Some(NODES), "Traffic to the internet, from 100 GiB a month").total, money("288"));
    // 324 + 360 without: 136.8 less.
    assert_eq!(before.total() - after.total(), money("136.8"));
}

#[test]
fn disks_of_a_kind_are_chosen_and_paid_at_what_is_left() {
    // 0.08 less 12 % = 0.0704 a GiB and month; 3 disks of 100 GiB × 36 = 10,800 GiB-months: 760.32, and 864 without.
    let disks = |rows: &str| {
        let ledger = all_in(INSTANCES, 0, 3, &with(rows)).ledger;
        line(&ledger, Some(INSTANCES), "gp3 disks").total
    };
    assert_eq!(disks("discount,aws,12,disks,gp3"), money("760.32"));
    assert_eq!(disks("discount,azure,12,disks,"), money("864"));
    // Two discounts come off one after the other: 0.0704 less 5 % = 0.06688.
    assert_eq!(disks("discount,aws,12,disks,gp3\ndiscount,*,5,disks,"), money("722.304"));
    assert_eq!(Money::from_micros(66_880).times(10_800), money("722.304"));
}

#[test]
fn the_fixed_charge_of_hosts_is_a_service() {
    // 0.50 less 40 % = 0.30 × 730 h × 36 = 7,884.
    let scenario = with("discount,*,40,services,");
    let fee = |scenario| line(&all_in(NODES, 3, 3, scenario).ledger, Some(NODES), "Fixed charge of Test Nodes").total;
    assert_eq!(fee(&scenario), money("7884"));
    assert_eq!(fee(&with("discount,azure,40,services,")), money("13140"));
}

/// The fixture's nodes with AWS Business support: 10 % from 0, at least 100 USD.
fn support(rows: &str, machines: u32) -> groundwork::engine::cost::Line {
    let mut scenario = with(rows);
    let chosen = SupportPlan { provider: "aws".to_owned(), plan: "Business".to_owned() };
    scenario.assumptions.finance.support_plans = vec![chosen];
    let mut catalog = crate::fixture::catalog();
    let tier = SupportTier {
        provider: "aws".to_owned(),
        plan: "Business".to_owned(),
        minimum: price("100"),
        from_spend: Money::ZERO,
        milli_pct: 10_000,
    };
    catalog.extras = Extras { support: vec![tier], ..(*catalog.extras).clone() }.into();
    let estate = estate(machines);
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let at = blueprint.problem().places().iter().position(|place| place.footprint == INSTANCES).expect("there");
    let plan = plan(blueprint.problem(), |_| at, |_| (Vec::new(), 0));
    let ledger = blueprint.outcome(plan).ledger;
    line(&ledger, None, "Support of Amazon Web Services: Business").clone()
}

#[test]
fn support_is_paid_less_a_discount_of_its_own() {
    // Machine 0 has Linux, machine 1 Windows, and so on: of 20 machines 10 × 0.1008 × 730 + 10 × 0.1928 × 730 = 735.84 + 1,407.44, and
    // 20 × 100 GiB × 0.08 = 160: 2,303.28 a month. 10 % are 230.328; less 15 % the share is 8.5 %: 195.7788.
    assert_eq!(support("", 20).unit_price, money("230.328"));
    let agreed = support("discount,aws,15,support,Business", 20);
    assert_eq!((agreed.unit_price, agreed.status), (money("195.7788"), PriceStatus::Derived));
    assert!(agreed.source.contains("8.5 % from 0"), "{}", agreed.source);
    assert!(agreed.source.contains("list price 100 USD less your discount of 15 % = 85 USD"), "{}", agreed.source);
    // Of 2 machines 230.328 a month are spent, and a tenth of that is less than the least charge: 100 less 15 %.
    assert_eq!(support("discount,aws,15,support,", 2).unit_price, money("85"));
    // A discount on services is not on it, nor one on another plan.
    assert_eq!(support("discount,aws,15,services,", 2).unit_price, money("100"));
}
