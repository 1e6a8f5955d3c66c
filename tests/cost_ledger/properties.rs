//! What must hold for every plan, whatever the figures.

use groundwork::engine::model::{
    Assumptions, Currency, Disk, ExchangeRate, Finance, Footprint, FootprintKind, Host, HostId, MachineEdit, MiB,
    Money, OnPremises, Quote, Scenario, SecurityUpdates,
};
use groundwork::engine::outcome::Blueprint;
use groundwork::engine::placement::{PlaceKind, Problem};
use proptest::prelude::*;

use crate::fixture::{HOME, catalog, check_arithmetic, estate, plan, scenario};

/// Amounts with all six decimals in use.
fn amount(most: i64) -> impl Strategy<Value = Money> {
    (0..most * 1_000_000).prop_map(Money::from_micros)
}

prop_compose! {
    fn on_premises()(
        server_per_core in amount(1_000), server_per_gib in amount(50), storage_per_gib in amount(10),
        per_kwh in amount(1), facilities_per_kw_month in amount(500), admin_year in amount(200_000), backup_per_machine_year in amount(1_000),
        supported_months in proptest::option::of(0_u32..90), shares in proptest::array::uniform8(0_u32..120), milliwatts_per_core in 0_u32..50_000, machines_per_admin in 0_u32..500,
    ) -> OnPremises {
        OnPremises {
            server_per_core, server_per_gib, storage_per_gib, per_kwh, facilities_per_kw_month, admin_year, backup_per_machine_year,
            milliwatts_per_core, machines_per_admin, supported_months,
            server_life_years: shares[0] % 10,
            server_maintenance_pct: shares[1],
            storage_maintenance_pct: shares[2],
            network_pct: shares[3],
            network_life_years: shares[4] % 10,
            network_maintenance_pct: shares[5],
            pue_pct: 100 + shares[6],
            unused_power_pct: shares[7],
            ..OnPremises::default()
        }
    }
}

fn euro(usd_per_unit_nanos: u64) -> Vec<ExchangeRate> {
    vec![ExchangeRate { currency: Currency::Eur, usd_per_unit_nanos, as_of: String::new() }]
}

prop_compose! {
    fn assumptions()(
        on_premises in on_premises(), horizon_months in 0_u32..90, relocate_per_machine in amount(1_000), convert_per_machine in amount(5_000),
        vmware_per_core_year in amount(1_000), admin_elsewhere_pct in 0_u32..150, euros: bool, rate in 500_000_000_u64..2_000_000_000,
    ) -> Assumptions {
        Assumptions {
            currency: if euros { Currency::Eur } else { Currency::Usd },
            horizon_months, rates: euro(rate), relocate_per_machine, convert_per_machine, vmware_per_core_year, admin_elsewhere_pct, on_premises,
            ..Assumptions::default()
        }
    }
}

/// What the solver would call the cost: the sum of the coefficients of the places, hosts and machines of the plan.
fn cost_by_coefficients(
    problem: &Problem,
    places: &[usize],
    kept: impl Fn(HostId) -> bool,
    new_hosts: &[u32],
) -> Money {
    let mut cost = Money::ZERO;
    for (position, place) in problem.places().iter().enumerate() {
        let new = new_hosts[position];
        let per_new = match &place.kind {
            PlaceKind::Existing { hosts, added_cost, .. } => {
                let paid = hosts.iter().filter(|own| kept(own.host) || !own.may_retire);
                cost += paid.map(|own| own.cost).sum();
                *added_cost
            }
            PlaceKind::Hosts { host_cost, .. } => *host_cost,
            PlaceKind::Instances { .. } => Money::ZERO,
        };
        cost += per_new.times(u64::from(new));
        if new > 0 {
            cost += place.fixed_cost;
        }
    }
    let machines = places.iter().enumerate().map(|(item, &place)| problem.options(item)[place].expect("admitted"));
    cost + machines.sum()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn the_cost_the_solver_minimises_is_the_total_of_the_ledger(
        assumptions in assumptions(),
        choices in proptest::collection::vec((0_usize..4, 1_u64..5_000, 0_u32..9_000), 1..12),
        retired: [bool; 2], may_retire: bool, new_hosts in proptest::array::uniform4(0_u32..20), quote in proptest::option::of(amount(20_000)),
        uneven: bool, slack_pct in 0_u32..110, per_tib in (0_u32..50_000, 0_u32..5_000), windows_per_core_year in proptest::option::of(amount(200)),
        first_month in 24_300_u32..24_400,
    ) {
        let (mut estate, catalog, mut scenario) = (estate(choices.len() as u32), catalog(), scenario());
        if uneven {
            estate.hosts[1] = Host { cores: 37, sockets: 0, memory: MiB(300_001), ..estate.hosts[1].clone() };
        }
        scenario.policy.slack_pct = slack_pct;
        (scenario.policy.iops_per_tib, scenario.policy.mibps_per_tib) = per_tib;
        for machine in &mut estate.machines {
            machine.os = Some("Microsoft Windows Server 2016 (64-bit)".to_owned());
            let disk = |gib| Disk { capacity: MiB::from_gib(gib), ..Disk::default() };
            machine.disks = vec![disk(30), disk(90)];
        }
        for (machine, &(_, gib, iops)) in estate.machines.iter().zip(&choices) {
            let edit = MachineEdit { storage: Some(MiB(gib * 1_000)), iops: Some(iops), ..MachineEdit::default() };
            scenario.edits.insert(machine.id, edit);
        }
        for Footprint { kind, .. } in &mut scenario.footprints {
            match kind {
                FootprintKind::Cluster(chosen) => chosen.may_retire = may_retire,
                FootprintKind::Hosts(chosen) => {
                    let currency = assumptions.currency;
                    chosen.quote = quote.map(|per_host_month| Quote { per_host_month, currency, note: String::new() });
                }
                FootprintKind::Instances(_) => {}
            }
        }
        scenario.assumptions = assumptions;
        scenario.assumptions.finance.updates.windows_per_core_year = windows_per_core_year;
        scenario.assumptions.finance.first_month = Some(first_month);
        scenario.assumptions.finance.windows_per_core_year = windows_per_core_year.map(|price| price.times(2));
        let blueprint = Blueprint::new(&estate, &scenario, &catalog);
        let problem = blueprint.problem().clone();
        let places: Vec<usize> = choices.iter().map(|&(place, ..)| place).collect();
        let is_retired = |host: HostId| may_retire && retired[usize::from(host == estate.hosts[1].id)];
        // A place of instances has no hosts.
        let new_hosts: Vec<u32> = problem.places().iter().zip(new_hosts).map(|(place, hosts)| {
            if matches!(place.kind, PlaceKind::Instances { .. }) { 0 } else { hosts }
        }).collect();
        let own = |at: usize| if problem.places()[at].footprint == HOME {
            estate.hosts.iter().map(|host| (host.id, is_retired(host.id))).collect()
        } else {
            Vec::new()
        };
        let plan = plan(&problem, |item| places[item], |at| (own(at), new_hosts[at]));
        let expected = cost_by_coefficients(&problem, &places, |host| !is_retired(host), &new_hosts);
        let outcome = blueprint.outcome(plan);
        check_arithmetic(&outcome.ledger);
        check_arithmetic(&outcome.staying);
        prop_assert_eq!(outcome.ledger.total(), expected);
        prop_assert_eq!(outcome.ledger.by_month().into_iter().sum::<Money>(), expected);
        prop_assert_eq!(outcome.ledger.by_kind().into_iter().map(|(_, sum)| sum).sum::<Money>(), expected);
        prop_assert_eq!(outcome.ledger.by_footprint().into_iter().map(|(_, sum)| sum).sum::<Money>(), expected);
    }

    #[test]
    fn absurd_figures_never_overflow(
        money: i64, share: u32, horizon: u32, rate: u64, vcpus: u32, memory: u64, storage: u64, iops: u32, cores: u32, installed: u64, place in 0_usize..4,
    ) {
        let amount = Money::from_micros(money);
        let on_premises = OnPremises {
            server_per_core: amount, server_per_gib: amount, storage_per_gib: amount, per_kwh: amount, facilities_per_kw_month: amount,
            admin_year: amount, backup_per_machine_year: amount, server_life_years: share, server_maintenance_pct: share,
            storage_maintenance_pct: share, network_pct: share, network_life_years: share, network_maintenance_pct: share,
            milliwatts_per_core: share, milliwatts_per_tib: share, pue_pct: share, unused_power_pct: share, machines_per_admin: share, supported_months: Some(share),
        };
        let assumptions = Assumptions {
            horizon_months: horizon, currency: Currency::Eur, rates: euro(rate), vmware_min_cores_per_cpu: share, vmware_min_order_cores: 0, relocate_per_machine: amount, convert_per_machine: amount,
            vmware_per_core_year: amount, admin_elsewhere_pct: share, egress_per_gib: Some(amount), on_premises,
            finance: Box::new(Finance {
                growth_permille_year: share, discount_permille_year: share, double_running_months: share, exit_per_host: amount, book_months: share,
                snapshot_pct: share, internet_gib_per_machine: share, first_month: Some(share), windows_per_core_year: Some(amount),
                updates: SecurityUpdates {
                    windows_per_core_year: Some(amount), sql_per_core_year: Some(amount), least_cores: share, ..SecurityUpdates::default()
                },
                ..Finance::default()
            }),
        };
        let mut estate = estate(3);
        estate.hosts[0].cores = cores;
        estate.hosts[0].sockets = cores;
        estate.hosts[0].memory = MiB(installed);
        let mut scenario = Scenario { assumptions, ..scenario() };
        let edit = MachineEdit {
            vcpus: Some(vcpus), memory: Some(MiB(memory)), storage: Some(MiB(storage)), iops: Some(iops), ..MachineEdit::default()
        };
        scenario.edits = estate.machines.iter().map(|machine| (machine.id, edit.clone())).collect();
        let catalog = catalog();
        let blueprint = Blueprint::new(&estate, &scenario, &catalog);
        let plan = plan(blueprint.problem(), |_| place, |_| (Vec::new(), u32::from(place == 1) * 5));
        let outcome = blueprint.outcome(plan);
        prop_assert!(outcome.ledger.total() >= Money::ZERO, "{}", outcome.ledger.total());
        prop_assert_eq!(outcome.ledger.by_month().len(), horizon.clamp(1, 120) as usize);
    }
}
