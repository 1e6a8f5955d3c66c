//! Ledgers whose every line was computed by hand, in the comments.

use groundwork::engine::catalog::PriceStatus;
use groundwork::engine::cost::{Ledger, LineKind, Nature, Unit};
use groundwork::engine::model::{
    Currency, ExchangeRate, Footprint, FootprintId, FootprintKind, InstanceOs, MachineEdit, Money, Quote, Scenario,
    Term,
};
use groundwork::engine::outcome::{Blueprint, Outcome};
use groundwork::engine::placement::Refusal;

use crate::fixture::{
    HOME, INSTANCES, NODES, SERVERS, catalog, check_arithmetic, estate, hosts, line, money, plan, scenario,
};

/// The outcome with all machines in one place and so many new hosts there; hosts of the home cluster are retired unless the machines stay.
pub fn all_in(place: FootprintId, new_hosts: u32, machines: u32, scenario: &Scenario) -> Outcome {
    let (estate, catalog) = (estate(machines), catalog());
    let blueprint = Blueprint::new(&estate, scenario, &catalog);
    let position = blueprint.problem().places().iter().position(|known| known.footprint == place).expect("a place");
    let home = blueprint.problem().places().iter().position(|known| known.footprint == HOME);
    let plan = plan(
        blueprint.problem(),
        |_| position,
        |at| {
            let own = if Some(at) == home {
                estate.hosts.iter().map(|host| (host.id, place != HOME)).collect()
            } else {
                Vec::new()
            };
            (own, if at == position { new_hosts } else { 0 })
        },
    );
    let outcome = blueprint.outcome(plan);
    check_arithmetic(&outcome.ledger);
    check_arithmetic(&outcome.staying);
    outcome
}

#[track_caller]
pub fn check(ledger: &Ledger, footprint: FootprintId, lines: &[(&str, i64, &str, &str)]) {
    for &(label, quantity_milli, unit_price, total) in lines {
        let line = line(ledger, Some(footprint), label);
        assert_eq!(
            (line.quantity_milli, line.unit_price.to_string().as_str(), line.total.to_string().as_str()),
            (quantity_milli, unit_price, total),
            "{label}: {}",
            line.source
        );
    }
    assert_eq!(
        ledger.of(Some(footprint)).count(),
        lines.len(),
        "{:#?}",
        ledger.of(Some(footprint)).collect::<Vec<_>>()
    );
}

#[test]
fn a_cluster_of_ones_own() {
    // One host: 20 cores × 227.74 + 256 GiB × 16.232 = 4,554.80 + 4,155.392 = 8,710.192 USD.
    //   hardware             8,710.192 ÷ 48             = 181.462333; × 2 × 36 = 13,065.287976
    //   maintenance          8,710.192 × 10 % ÷ 12      =  72.584933; × 2 × 36 =  5,226.115176
    //   network gear           871.0192 ÷ 60            =  14.516987; × 2 × 36 =  1,045.223064
    //   network maintenance    871.0192 × 15 % ÷ 12     =  10.88774;  × 2 × 36 =    783.91728
    //   electricity          20 × 18 W × 1.8 × 730 h = 473.04, so 473 kWh; 946 × 0.19 × 36 = 6,470.64
    //   room                 20 × 18 W ÷ (1 − 40 %) = 600 W; 1.2 kW × 180 × 36 = 7,776
    //   VMware               2 sockets × 16 cores = 32 (of 20); 64 × 350 ÷ 12 = 29.166667; × 64 × 36 = 67,200.000768
    // One machine of 100 GiB: 100 ÷ 75 % = 133.3, so 134 GiB; 3 machines 402 GiB; × 36 months = 14,472 GiB-months.
    //   arrays               2 ÷ 48 = 0.041667;          × 14,472 = 603.004824
    //   maintenance          2 × 10 % ÷ 12 = 0.016667;   × 14,472 = 241.204824
    //   network gear         0.20 ÷ 60 = 0.003333;       × 14,472 =  48.235176
    //   network maintenance  0.20 × 15 % ÷ 12 = 0.0025;  × 14,472 =  36.18
    //   electricity          2 W × 730 h × 1.8 = 2.628 kWh a TiB; × 0.19 ÷ 1,024 = 0.000488; × 14,472 = 7.062336
    //   room                 2 W ÷ 60 % × 180 a kW ÷ 1,024 = 0.000586; × 14,472 = 8.480592
    //   people               100,000 ÷ 150 ÷ 12 = 55.555556; × 3 × 36 = 6,000.000048
    //   backup               580 ÷ 12 = 48.333333;           × 3 × 36 = 5,219.999964
    let outcome = all_in(HOME, 0, 3, &scenario());
    let servers = "servers of 20 cores and 256 GiB";
    let named = |what: &str| format!("{what}: {servers}");
    check(
        &outcome.ledger,
        HOME,
        &[
            (&named("Hardware"), 2_000, "181.462333", "13065.287976"),
            (&named("Maintenance"), 2_000, "72.584933", "5226.115176"),
            (&named("Network gear"), 2_000, "14.516987", "1045.223064"),
            (&named("Network maintenance"), 2_000, "10.88774", "783.91728"),
            (&named("Electricity"), 946_000, "0.19", "6470.64"),
            (&named("Room and cooling"), 1_200, "180", "7776"),
            ("VMware subscription", 64_000, "29.166667", "67200.000768"),
            ("Storage arrays", 402_000, "0.041667", "603.004824"),
            ("Maintenance of storage arrays", 402_000, "0.016667", "241.204824"),
            ("Network gear of storage arrays", 402_000, "0.003333", "48.235176"),
            ("Network maintenance of storage arrays", 402_000, "0.0025", "36.18"),
            ("Electricity of storage arrays", 402_000, "0.000488", "7.062336"),
            ("Room and cooling of storage arrays", 402_000, "0.000586", "8.480592"),
            ("Administrators", 3_000, "55.555556", "6000.000048"),
            ("Backup", 3_000, "48.333333", "5219.999964"),
        ],
    );
    // Nothing moved: the plan costs what staying costs, line by line.
    assert_eq!(outcome.ledger.lines, outcome.staying.lines);
    assert_eq!(outcome.ledger.total().to_string(), "113731.352028");
    assert_eq!(outcome.ledger.total(), outcome.ledger.run_rate().times(36));
}

#[test]
fn rented_hosts_with_vmware_brought_along() {
    // 10.982 USD × 730 h = 8,016.86; 4 hosts × 36 = 1,154,427.84. Fee 0.50 × 730 = 365 × 36 = 13,140.
    // VMware 4 × 64 = 256 cores × 29.166667 × 36 = 268,800.003072.
    // 10 machines: people at half of 55.555556 = 27.777778 × 10 × 36 = 10,000.00008; backup 48.333333 × 360 = 17,399.99988; moving 10 × 150 = 1,500.
    let outcome = all_in(NODES, 4, 10, &scenario());
    check(
        &outcome.ledger,
        NODES,
        &[
            ("node.metal, on demand", 4_000, "8016.86", "1154427.84"),
            ("VMware subscription", 256_000, "29.166667", "268800.003072"),
            ("Fixed charge of Test Nodes", 1_000, "365", "13140"),
            ("Administrators", 10_000, "27.777778", "10000.00008"),
            ("Backup", 10_000, "48.333333", "17399.99988"),
            ("Data of machines that move", 1_000_000, "0", "0"),
            ("Moving machines to another VMware place", 10_000, "150", "1500"),
        ],
    );
    let host = line(&outcome.ledger, Some(NODES), "node.metal, on demand");
    assert_eq!((host.kind, host.nature, host.unit), (LineKind::Hosts, Nature::Operating, Unit::HostMonth));
    assert_eq!(host.status, PriceStatus::Listed);
    assert_eq!(host.source, "Price list; 2026-07-20; https://example.com/prices; 10.982 USD an hour × 730 h");
    let moving = line(&outcome.ledger, Some(NODES), "Moving machines to another VMware place");
    assert_eq!((moving.nature, moving.from_month, moving.to_month), (Nature::Migration, 0, 1));
    assert!(outcome.ledger.of(Some(HOME)).next().is_none(), "both hosts of the cluster are retired");
    assert!(outcome.ledger.not_priced.iter().any(|sentence| sentence.contains("retired hosts")));
}

#[test]
fn instances_with_disks_and_operations() {
    // Two machines of 2 vCPU, 8 GiB, 100 GiB; the Linux one also asks for 4,000 operations per second.
    //   m7i.large            0.1008 × 730 = 73.584;  × 36 = 2,649.024
    //   m7i.large, Windows   0.1928 × 730 = 140.744; × 36 = 5,066.784
    //   gp3                  2 × 100 GiB × 0.08 × 36 = 576
    //   operations           1,000 × 0.005 × 36 = 180
    //   people 27.777778 × 2 × 36 = 2,000.000016; backup 48.333333 × 72 = 3,479.999976; converting 2 × 900 = 1,800
    let mut scenario = scenario();
    let linux = estate(2).machines.iter().find(|machine| machine.name == "vm-000").expect("a machine").id;
    scenario.edits.insert(linux, MachineEdit { iops: Some(4_000), ..MachineEdit::default() });
    let outcome = all_in(INSTANCES, 0, 2, &scenario);
    check(
        &outcome.ledger,
        INSTANCES,
        &[
            ("m7i.large, on demand", 1_000, "73.584", "2649.024"),
            ("m7i.large with Windows, on demand", 1_000, "140.744", "5066.784"),
            ("gp3 disks", 200_000, "0.08", "576"),
            ("gp3 operations per second beyond 3000 a disk", 1_000_000, "0.005", "180"),
            ("Administrators", 2_000, "27.777778", "2000.000016"),
            ("Backup", 2_000, "48.333333", "3479.999976"),
            ("Data of machines that move", 200_000, "0", "0"),
            ("Converting machines to instances", 2_000, "900", "1800"),
        ],
    );
    // The Linux machine: 73.584 + 8 + 5 = 86.584 a month; the Windows machine: 140.744 + 8 = 148.744.
    let monthly = |id| {
        let choice = outcome.instance_choices.iter().find(|choice| choice.machine == id).expect("an instance");
        (choice.type_name.clone(), choice.footprint, choice.monthly.to_string())
    };
    assert_eq!(outcome.instance_choices.len(), 2);
    assert_eq!(monthly(linux), ("m7i.large".to_owned(), INSTANCES, "86.584".to_owned()));
    let windows = outcome.instance_choices.iter().map(|choice| choice.machine).find(|&id| id != linux).expect("two");
    assert_eq!(monthly(windows), ("m7i.large".to_owned(), INSTANCES, "148.744".to_owned()));
}

#[test]
fn windows_brought_along_pays_the_linux_price() {
    let mut scenario = scenario();
    for footprint in &mut scenario.footprints {
        if let FootprintKind::Instances(chosen) = &mut footprint.kind {
            chosen.os = InstanceOs::BringYourOwn;
        }
    }
    let outcome = all_in(INSTANCES, 0, 2, &scenario);
    assert_eq!(line(&outcome.ledger, Some(INSTANCES), "m7i.large, on demand").quantity_milli, 2_000);
    assert!(outcome.ledger.not_priced.iter().any(|sentence| sentence.contains("Windows licences brought along")));
}

#[test]
fn bought_servers_without_disks_have_arrays_beside_them() {
    // 25,600 USD: ÷ 48 = 533.333333; × 3 × 36 = 57,599.999964. Maintenance 25,600 × 10 % ÷ 12 = 213.333333 × 108 = 23,039.999964.
    // Network 2,560 ÷ 60 = 42.666667 × 108 = 4,608.000036; 2,560 × 15 % ÷ 12 = 32 × 108 = 3,456.
    // 64 × 18 W × 1.8 × 730 = 1,513.728, so 1,514 kWh × 3 × 0.19 × 36 = 31,067.28; 64 × 18 ÷ 0.6 = 1,920 W × 3 = 5.76 kW × 180 × 36 = 37,324.8.
    // VMware 192 cores × 29.166667 × 36 = 201,600.002304. People are those of one's own site: 55.555556 × 36 = 2,000.000016.
    let outcome = all_in(SERVERS, 3, 1, &scenario());
    let named = |what: &str| format!("{what}: bought servers, 2 × 32 cores");
    check(
        &outcome.ledger,
        SERVERS,
        &[
            (&named("Hardware"), 3_000, "533.333333", "57599.999964"),
            (&named("Maintenance"), 3_000, "213.333333", "23039.999964"),
            (&named("Network gear"), 3_000, "42.666667", "4608.000036"),
            (&named("Network maintenance"), 3_000, "32", "3456"),
            (&named("Electricity"), 4_542_000, "0.19", "31067.28"),
            (&named("Room and cooling"), 5_760, "180", "37324.8"),
            ("VMware subscription", 192_000, "29.166667", "201600.002304"),
            ("Storage arrays", 134_000, "0.041667", "201.001608"),
            ("Maintenance of storage arrays", 134_000, "0.016667", "80.401608"),
            ("Network gear of storage arrays", 134_000, "0.003333", "16.078392"),
            ("Network maintenance of storage arrays", 134_000, "0.0025", "12.06"),
            ("Electricity of storage arrays", 134_000, "0.000488", "2.354112"),
            ("Room and cooling of storage arrays", 134_000, "0.000586", "2.826864"),
            ("Administrators", 1_000, "55.555556", "2000.000016"),
            ("Backup", 1_000, "48.333333", "1739.999988"),
            ("Data of machines that move", 100_000, "0", "0"),
            ("Moving machines to another VMware place", 1_000, "150", "150"),
        ],
    );
}

#[test]
fn a_cluster_that_is_grown() {
    // The cluster of `a_cluster_of_ones_own`, and one bought server of 64 cores at 25,600 USD beside its two hosts:
    //   hardware             25,600 ÷ 48          = 533.333333; × 36 = 19,199.999988
    //   maintenance          25,600 × 10 % ÷ 12   = 213.333333; × 36 =  7,679.999988
    //   network gear          2,560 ÷ 60          =  42.666667; × 36 =  1,536.000012
    //   network maintenance   2,560 × 15 % ÷ 12   =  32;        × 36 =  1,152
    //   electricity          64 × 18 W × 1.8 × 730 h = 1,513.7, so 1,514 kWh × 0.19 × 36 = 10,355.76
    //   room                 64 × 18 W ÷ 60 % = 1.92 kW × 180 × 36 = 12,441.6
    //   VMware               64 cores of the two and 64 of the third: 128 × 29.166667 × 36 = 134,400.001536
    let outcome = all_in(HOME, 1, 3, &scenario());
    let (kept, grown) = ("servers of 20 cores and 256 GiB", "bought servers, 2 × 32 cores");
    for (label, quantity, total) in [
        (format!("Hardware: {kept}"), 2_000, "13065.287976"),
        (format!("Hardware: {grown}"), 1_000, "19199.999988"),
        (format!("Maintenance: {grown}"), 1_000, "7679.999988"),
        (format!("Network gear: {grown}"), 1_000, "1536.000012"),
        (format!("Network maintenance: {grown}"), 1_000, "1152"),
        (format!("Electricity: {grown}"), 1_514_000, "10355.76"),
        (format!("Room and cooling: {grown}"), 1_920, "12441.6"),
        ("VMware subscription".to_owned(), 128_000, "134400.001536"),
    ] {
        let found = line(&outcome.ledger, Some(HOME), &label);
        assert_eq!((found.quantity_milli, found.total.to_string()), (quantity, total.to_owned()), "{label}");
    }
    assert!(outcome.ledger.lines.iter().all(|line| line.nature.is_running()), "nobody moves, nothing is left");
}

#[test]
fn leaving_costs_what_is_not_yet_written_off() {
    // Both hosts retired: taking them out at 500 each is 1,000; their hardware at 181.462333 a month for 12 months more: × 2 × 12 = 4,355.095992.
    let mut scenario = scenario();
    let finance = &mut scenario.assumptions.finance;
    (finance.exit_per_host, finance.book_months) = (money("500"), 12);
    let outcome = all_in(NODES, 4, 10, &scenario);
    let out = line(&outcome.ledger, None, "Taking hosts out of service");
    assert_eq!((out.nature, out.quantity_milli, out.total), (Nature::Exit, 2_000, money("1000")));
    let book = line(&outcome.ledger, Some(HOME), "Still written off: Hardware: servers of 20 cores and 256 GiB");
    assert_eq!((book.nature, book.quantity_milli, book.months()), (Nature::Exit, 2_000, 12));
    assert_eq!((book.unit_price, book.total), (money("181.462333"), money("4355.095992")));
    assert!(!outcome.ledger.not_priced.iter().any(|told| told.contains("still worth")), "it is priced");
    // Months beyond the horizon are not paid in it.
    scenario.assumptions.finance.book_months = 84;
    let book = all_in(NODES, 4, 10, &scenario);
    let book = line(&book.ledger, Some(HOME), "Still written off: Hardware: servers of 20 cores and 256 GiB");
    assert_eq!((book.months(), book.total), (36, money("13065.287976")));
}

fn with_quote(amount: &str, currency: Currency) -> Footprint {
    let mut footprint = hosts(NODES, "test/node", "aws/us-east-1");
    if let FootprintKind::Hosts(chosen) = &mut footprint.kind {
        chosen.quote = Some(Quote { per_host_month: money(amount), currency, note: "Offer 4711".to_owned() });
    }
    footprint
}

/// What the nodes say to a machine, with the catalogue's price emptied.
fn answer_without_price(footprint: Footprint) -> Result<Money, Refusal> {
    let mut catalog = catalog();
    for price in &mut catalog.host_prices {
        price.price.amount = None;
    }
    let scenario = Scenario { footprints: vec![footprint], ..Scenario::default() };
    let estate = estate(1);
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    blueprint.problem().options(0)[0]
}

#[test]
fn without_a_price_a_quote_is_needed_and_nothing_is_free() {
    assert_eq!(answer_without_price(hosts(NODES, "test/node", "aws/us-east-1")), Err(Refusal::NeedsQuote));
    assert_eq!(answer_without_price(hosts(SERVERS, "server/big", "site")), Err(Refusal::NeedsQuote));
    assert!(answer_without_price(with_quote("7000", Currency::Usd)).is_ok());
    assert_eq!(answer_without_price(with_quote("0", Currency::Usd)), Err(Refusal::NeedsQuote), "nothing is free");
    assert_eq!(answer_without_price(with_quote("-7000", Currency::Usd)), Err(Refusal::NeedsQuote), "negative");
    assert_eq!(answer_without_price(with_quote("7000", Currency::Gbp)), Err(Refusal::NeedsRate(Currency::Gbp)));
    assert_eq!(answer_without_price(hosts(NODES, "test/none", "aws/us-east-1")), Err(Refusal::NoCapacity));
}

#[test]
fn a_quote_stands_for_all_that_its_supplier_charges() {
    // 7,000 × 4 × 36 = 1,008,000; no fee beside it. The VMware subscription is bought from someone else.
    let mut scenario = scenario();
    scenario.footprints[1] = with_quote("7000", Currency::Usd);
    let outcome = all_in(NODES, 4, 1, &scenario);
    let host = line(&outcome.ledger, Some(NODES), "node.metal, on demand");
    assert_eq!((host.total.to_string().as_str(), host.status), ("1008000", PriceStatus::Quote));
    assert_eq!(host.source, "your quote: Offer 4711");
    assert!(outcome.ledger.of(Some(NODES)).all(|line| line.kind != LineKind::Service));
    assert!(outcome.ledger.of(Some(NODES)).any(|line| line.kind == LineKind::Licences));
}

#[test]
fn prices_are_exchanged_once() {
    // 10.982 × 730 = 8,016.86 USD; ÷ 1.10 USD a euro = 7,288.054545 EUR.
    let mut scenario = scenario();
    scenario.assumptions.currency = Currency::Eur;
    scenario.assumptions.rates = vec![ExchangeRate {
        currency: Currency::Eur,
        usd_per_unit_nanos: 1_100_000_000,
        as_of: "2026-11-26".to_owned(),
    }];
    let outcome = all_in(NODES, 4, 1, &scenario);
    let hosts = line(&outcome.ledger, Some(NODES), "node.metal, on demand");
    assert_eq!(hosts.unit_price, money("7288.054545"));
    assert!(hosts.source.ends_with("; 1 EUR = 1.1 USD (2026-11-26)"), "{}", hosts.source);
    // Without a rate there is no price.
    scenario.assumptions.rates.clear();
    let (estate, catalog) = (estate(1), catalog());
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let answers = blueprint.problem().options(0);
    assert!(answers[0].is_ok(), "one's own cluster is priced in one's own currency");
    assert_eq!(answers[1..], [Err(Refusal::NeedsRate(Currency::Eur)); 3]);
    // The report says which rate is missing, and for which place.
    let ledger = blueprint.outcome(plan(blueprint.problem(), |_| 0, |_| (Vec::new(), 0))).ledger;
    let told = ledger.not_priced.iter().filter(|sentence| sentence.ends_with("for EUR has no rate.")).count();
    assert_eq!(told, 3, "{:?}", ledger.not_priced);
}

#[test]
fn a_fee_without_a_price_is_named_not_forgotten() {
    let mut catalog = catalog();
    for host in &mut catalog.hosts {
        if let Some(fee) = &mut host.deployment_fee {
            (fee.amount, fee.note) = (None, "Hourly charge of the control plane".to_owned());
        }
    }
    let (estate, scenario) = (estate(1), scenario());
    let blueprint = Blueprint::new(&estate, &scenario, &catalog);
    let plan = plan(blueprint.problem(), |_| 1, |at| (Vec::new(), if at == 1 { 3 } else { 0 }));
    let outcome = blueprint.outcome(plan);
    let expected = "The fixed charge of Test Nodes has no public price: Hourly charge of the control plane.";
    assert!(outcome.ledger.not_priced.iter().any(|sentence| sentence == expected), "{:?}", outcome.ledger.not_priced);
}

#[test]
fn a_commitment_longer_than_the_horizon_is_named() {
    let mut catalog = catalog();
    for price in &mut catalog.host_prices {
        price.term = Term::ThreeYears;
    }
    let mut nodes = hosts(NODES, "test/node", "aws/us-east-1");
    if let FootprintKind::Hosts(chosen) = &mut nodes.kind {
        chosen.term = Term::ThreeYears;
    }
    let mut scenario = Scenario { footprints: vec![nodes], ..Scenario::default() };
    let estate = estate(1);
    for (months, named) in [(24, true), (36, false)] {
        scenario.assumptions.horizon_months = months;
        let blueprint = Blueprint::new(&estate, &scenario, &catalog);
        let plan = plan(blueprint.problem(), |_| 0, |_| (Vec::new(), 3));
        let not_priced = blueprint.outcome(plan).ledger.not_priced;
        assert_eq!(not_priced.iter().any(|sentence| sentence.contains("outlasts the horizon")), named, "{months}");
    }
}

#[test]
fn months_and_kinds_add_up_to_the_total() {
    let outcome = all_in(INSTANCES, 0, 2, &scenario());
    let ledger = &outcome.ledger;
    let months = ledger.by_month();
    assert_eq!(months.len(), 36);
    assert_eq!(months.iter().copied().sum::<Money>(), ledger.total());
    assert_eq!(months[0], months[1] + money("1800"), "moving is paid in the first month");
    assert_eq!(ledger.by_kind().into_iter().map(|(_, sum)| sum).sum::<Money>(), ledger.total());
    assert_eq!(ledger.by_footprint(), [(Some(INSTANCES), ledger.total())]);
}
