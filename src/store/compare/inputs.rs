//! In which inputs two scenarios differ, in sentences.

use std::collections::BTreeSet;

use crate::engine::model::{
    Assumptions, Currency, ExchangeRate, Finance, Money, Objective, Scenario, Scope, Search, SetAside,
};
use crate::store::policy_words::{self, filled};
use crate::store::{format, words};

/// In what `after` differs from `before`, a sentence for each, in the order of the pages. Names of scenarios are no difference.
pub fn differences(before: &Scenario, after: &Scenario) -> Vec<String> {
    let mut found: Vec<String> = policy_words::sentences(&before.policy, &after.policy).collect();
    found.extend(of_scope(before.policy.scope, after.policy.scope));
    found.extend(of_footprints(before, after));
    found.extend(of_rules(before, after));
    found.extend(of_machines(before, after));
    found.extend(of_assumptions(&before.assumptions, &after.assumptions));
    found.extend(of_finance(&before.assumptions.finance, &after.assumptions.finance));
    let weights = objective(before).into_iter().zip(objective(after));
    let searches = search(before).into_iter().zip(search(after));
    let plain = weights.chain(searches).filter(|(old, new)| old.1 != new.1);
    found.extend(plain.map(|((_, old, sentence), (_, new, _))| filled(sentence, &new, &old)));
    if before.links != after.links {
        let [old, new] = [before, after].map(|scenario| count(scenario.links.len()));
        found.push(number_or(
            "Ways between places that are known",
            &old,
            &new,
            "What is known of ways between places differs.",
        ));
    }
    if before.prices != after.prices {
        let lines = |text: &str| format::counted(text.lines().skip(1).count() as u64, "line", "lines");
        let (old, new) = (lines(&before.prices), lines(&after.prices));
        found.push(number_or("Prices of your own", &old, &new, "Prices of your own differ."));
    }
    found
}

/// How many there are, or, where that is the same, that they differ.
fn number_or(what: &str, before: &str, after: &str, same: &str) -> String {
    if before == after { same.to_owned() } else { format!("{what}: {after} instead of {before}.") }
}

/// How machines and hosts are counted and what money depends on besides prices: what each input is called, and its value.
pub fn values(scenario: &Scenario) -> Vec<(&'static str, String)> {
    let currency = scenario.assumptions.currency;
    let assumptions = ASSUMPTIONS.iter().map(|(what, show, _)| (*what, show(&scenario.assumptions, currency)));
    policy_words::settings(&scenario.policy)
        .chain(assumptions)
        .chain(objective(scenario).map(|(what, value, _)| (what, value)))
        .chain(search(scenario).map(|(what, value, _)| (what, value)))
        .collect()
}

/// What an assumption is called, how its value reads, and the sentence that a difference is: `{0}` is how it is, `{1}` how it is in the other.
type Field = (&'static str, fn(&Assumptions, Currency) -> String, &'static str);

fn of_assumptions(before: &Assumptions, after: &Assumptions) -> impl Iterator<Item = String> {
    ASSUMPTIONS.iter().filter_map(|(_, show, sentence)| {
        let (before, after) = (show(before, before.currency), show(after, after.currency));
        (before != after).then(|| filled(sentence, &after, &before))
    })
}

fn percent(number: u32) -> String {
    format!("{number} %")
}

fn count(number: usize) -> String {
    format::count(number as u64)
}

fn of_scope(before: Scope, after: Scope) -> Vec<String> {
    let reasons =
        [SetAside::PoweredOff, SetAside::Template, SetAside::SrmPlaceholder, SetAside::Vcls, SetAside::Orphaned];
    let word = |is_planned| if is_planned { "planned" } else { "left out" };
    reasons
        .into_iter()
        .map(|reason| (reason, before.includes(Some(reason)), after.includes(Some(reason))))
        .filter(|(_, before, after)| before != after)
        .map(|(reason, before, after)| {
            format!("{}: {} instead of {}.", words::set_aside(reason), word(after), word(before))
        })
        .collect()
}

fn of_footprints(before: &Scenario, after: &Scenario) -> Vec<String> {
    let ids: BTreeSet<_> = before.footprints.iter().chain(&after.footprints).map(|footprint| footprint.id).collect();
    let tell = |id| match (before.footprint(id), after.footprint(id)) {
        (Some(old), Some(new)) if old.enabled != new.enabled && new.enabled => {
            Some(format!("Footprint {} may be used, and is switched off in the other.", new.name))
        }
        (Some(old), Some(new)) if old.enabled != new.enabled => {
            Some(format!("Footprint {} is switched off, and may be used in the other.", new.name))
        }
        (Some(old), Some(new)) if (&old.kind, &old.policy) != (&new.kind, &new.policy) => {
            Some(format!("Footprint {} has other limits or prices.", new.name))
        }
        (Some(old), Some(new)) if old.name != new.name => {
            Some(format!("Footprint {} is called {}.", old.name, new.name))
        }
        (Some(old), None) => Some(format!("Footprint {} is not there.", old.name)),
        (None, Some(new)) if new.enabled => Some(format!("Footprint {} is there in addition.", new.name)),
        (None, Some(new)) => Some(format!("Footprint {} is there in addition, switched off.", new.name)),
        _ => None,
    };
    ids.into_iter().filter_map(tell).collect()
}

fn of_rules(before: &Scenario, after: &Scenario) -> Vec<String> {
    let ids: BTreeSet<_> = before.rules.iter().chain(&after.rules).map(|rule| rule.id).collect();
    let in_scenario = |scenario: &Scenario, id| scenario.rules.iter().find(|rule| rule.id == id).cloned();
    let tell = |id| match (in_scenario(before, id), in_scenario(after, id)) {
        (Some(old), Some(new)) if old.kind != new.kind => {
            Some(format!("A rule says “{}” instead of “{}”.", words::rule(after, &new), words::rule(before, &old)))
        }
        (Some(old), Some(new)) if old.enabled != new.enabled && new.enabled => {
            Some(format!("The rule “{}” holds, and is switched off in the other.", words::rule(after, &new)))
        }
        (Some(old), Some(new)) if old.enabled != new.enabled => {
            Some(format!("The rule “{}” is switched off, and holds in the other.", words::rule(after, &new)))
        }
        (Some(old), None) => Some(format!("The rule “{}” is not there.", words::rule(before, &old))),
        (None, Some(new)) if new.enabled => Some(format!("The rule “{}” holds in addition.", words::rule(after, &new))),
        (None, Some(new)) => {
            Some(format!("The rule “{}” is there in addition, switched off.", words::rule(after, &new)))
        }
        _ => None,
    };
    ids.into_iter().filter_map(tell).collect()
}

fn of_machines(before: &Scenario, after: &Scenario) -> Option<String> {
    let ids: BTreeSet<_> = before.edits.keys().chain(after.edits.keys()).collect();
    let changed = ids.into_iter().filter(|id| before.edits.get(id) != after.edits.get(id)).count();
    let machines = format::counted(changed as u64, "machine has", "machines have");
    (changed > 0).then(|| format!("{machines} other values that were set by hand."))
}

/// What an input is called, its value, and the sentence that a difference is.
type Told = (&'static str, String, &'static str);

/// What counts beside money.
fn objective(scenario: &Scenario) -> [Told; 2] {
    let amount = |amount| format::price(amount, scenario.assumptions.currency);
    let Objective { per_tonne, per_machine_moved } = scenario.objective;
    [
        ("A tonne of carbon counts", amount(per_tonne), "A tonne of carbon counts {0} instead of {1}."),
        ("A machine that moves counts", amount(per_machine_moved), "A machine that moves counts {0} instead of {1}."),
    ]
}

/// How plans are looked for.
fn search(scenario: &Scenario) -> [Told; 3] {
    let Search { steps, seed, keep_ppm } = scenario.search;
    let kept = format!("{} %", format::decimal(f64::from(keep_ppm) / 10_000.0, 1));
    [
        ("Steps of the search", steps.to_string(), "The search takes {0} steps instead of {1}."),
        ("Seed of the search", seed.to_string(), "The search begins with the seed {0} instead of {1}."),
        ("Keeping a plan may cost", kept, "Keeping a plan may cost {0} instead of {1}."),
    ]
}

const ASSUMPTIONS: [Field; 30] = [
    ("Compared over", |a, _| format::duration(a.horizon_months), "Cost is counted over {0} instead of {1}."),
    ("Currency", |a, _| format::currency_sign(a.currency).to_owned(), "Money is in {0} instead of {1}."),
    (
        "Relocating one machine",
        |a, c| format::price(a.relocate_per_machine, c),
        "Relocating a machine costs {0} instead of {1}.",
    ),
    (
        "Converting one machine",
        |a, c| format::price(a.convert_per_machine, c),
        "Converting a machine to an instance costs {0} instead of {1}.",
    ),
    (
        "VMware subscription, a core and year",
        |a, c| format::price(a.vmware_per_core_year, c),
        "The VMware subscription of a core costs {0} a year instead of {1}.",
    ),
    (
        "Administration elsewhere",
        |a, _| percent(a.admin_elsewhere_pct),
        "Elsewhere, {0} of the administration of a machine is left instead of {1}.",
    ),
    (
        "Traffic that leaves a cloud, a GiB",
        |a, c| by_catalogue(a.egress_per_gib, c),
        "A GiB that leaves a cloud is charged {0} instead of {1}.",
    ),
    (
        "Servers, a core",
        |a, c| format::price(a.on_premises.server_per_core, c),
        "A core of a server costs {0} instead of {1}.",
    ),
    (
        "Memory of servers, a GiB",
        |a, c| format::price(a.on_premises.server_per_gib, c),
        "A GiB of memory of a server costs {0} instead of {1}.",
    ),
    (
        "Servers and storage last",
        |a, _| years(a.on_premises.server_life_years),
        "Servers and storage last {0} instead of {1}.",
    ),
    (
        "Maintenance of servers",
        |a, _| percent(a.on_premises.server_maintenance_pct),
        "Maintenance of servers is {0} of their price a year instead of {1}.",
    ),
    (
        "Storage, a GiB",
        |a, c| format::price(a.on_premises.storage_per_gib, c),
        "A GiB of storage costs {0} instead of {1}.",
    ),
    (
        "Maintenance of storage",
        |a, _| percent(a.on_premises.storage_maintenance_pct),
        "Maintenance of storage is {0} of its price a year instead of {1}.",
    ),
    (
        "Network gear",
        |a, _| percent(a.on_premises.network_pct),
        "Network gear is {0} of the price of servers and storage instead of {1}.",
    ),
    ("Network gear lasts", |a, _| years(a.on_premises.network_life_years), "Network gear lasts {0} instead of {1}."),
    (
        "Maintenance of network gear",
        |a, _| percent(a.on_premises.network_maintenance_pct),
        "Maintenance of network gear is {0} of its price a year instead of {1}.",
    ),
    ("Power of a core", |a, _| watts(a.on_premises.milliwatts_per_core), "A core draws {0} instead of {1}."),
    ("Power of a TiB", |a, _| watts(a.on_premises.milliwatts_per_tib), "A TiB of storage draws {0} instead of {1}."),
    ("PUE", |a, _| format::decimal(f64::from(a.on_premises.pue_pct) / 100.0, 2), "The PUE is {0} instead of {1}."),
    ("Electricity, a kWh", |a, c| format::price(a.on_premises.per_kwh, c), "A kilowatt-hour costs {0} instead of {1}."),
    (
        "Room and cooling, a kW and month",
        |a, c| format::price(a.on_premises.facilities_per_kw_month, c),
        "Room and cooling cost {0} a kW and month instead of {1}.",
    ),
    (
        "Power capacity unused",
        |a, _| percent(a.on_premises.unused_power_pct),
        "Of the power capacity, {0} stays unused instead of {1}.",
    ),
    (
        "Machines for one administrator",
        |a, _| a.on_premises.machines_per_admin.to_string(),
        "One administrator looks after {0} machines instead of {1}.",
    ),
    (
        "One administrator, a year",
        |a, c| format::price(a.on_premises.admin_year, c),
        "One administrator costs {0} a year instead of {1}.",
    ),
    (
        "Backup, a machine and year",
        |a, c| format::price(a.on_premises.backup_per_machine_year, c),
        "Backup of a machine costs {0} a year instead of {1}.",
    ),
    ("Rates of exchange", |a, _| rates(a), "Rates of exchange: {0} instead of {1}."),
    (
        "VMware: fewest cores of a processor",
        |a, _| a.vmware_min_cores_per_cpu.to_string(),
        "VMware counts at least {0} cores of a processor instead of {1}.",
    ),
    (
        "VMware: fewest cores of an order",
        |a, _| a.vmware_min_order_cores.to_string(),
        "VMware counts at least {0} cores of an order instead of {1}.",
    ),
    (
        "Support of hosts ends after",
        |a, _| a.on_premises.supported_months.map_or_else(|| "not known".to_owned(), format::duration),
        "The support of hosts ends after: {0} instead of {1}.",
    ),
    (
        "Discount rate",
        |a, _| format!("{} %", format::decimal(f64::from(a.finance.discount_permille_year) / 10.0, 1)),
        "Later payments are discounted by {0} a year instead of {1}.",
    ),
];

fn by_catalogue(price: Option<Money>, currency: Currency) -> String {
    price.map_or_else(|| "by the tiers of the catalogue".to_owned(), |price| format::price(price, currency))
}

fn rates(assumptions: &Assumptions) -> String {
    let words: Vec<String> = assumptions.rates.iter().map(ExchangeRate::in_words).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

fn watts(milliwatts: u32) -> String {
    format!("{} W", format::decimal(f64::from(milliwatts) / 1000.0, 1))
}

fn years(count: u32) -> String {
    format::counted(u64::from(count), "year", "years")
}

/// Growth and what is paid twice; what has no sentence of its own, as one.
fn of_finance(before: &Finance, after: &Finance) -> Vec<String> {
    let mut found = Vec::new();
    let mut same = after.clone();
    same.discount_permille_year = before.discount_permille_year;
    same.growth_permille_year = before.growth_permille_year;
    if after.growth_permille_year != before.growth_permille_year {
        let [new, old] = [after, before].map(|finance| format::permille(finance.growth_permille_year));
        found.push(format!("Everything grows by {new} a year instead of {old}."));
    }
    same.double_running_months = before.double_running_months;
    if after.double_running_months != before.double_running_months {
        let [new, old] = [after, before].map(|finance| format::duration(finance.double_running_months));
        found.push(format!("What moves is paid for in both places for {new} instead of {old}."));
    }
    same.price_changes = before.price_changes;
    if after.price_changes != before.price_changes {
        found.push("Prices change otherwise over the years.".to_owned());
    }
    if *before != same {
        found.push("Growth of applications, terms, licences or costs of a move differ.".to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{
        ClusterFootprint, ClusterId, Footprint, FootprintId, FootprintKind, Rule, RuleId, RuleKind, Selector,
    };

    fn footprint(id: u32, name: &str) -> Footprint {
        Footprint {
            id: FootprintId(id),
            name: name.to_owned(),
            enabled: true,
            kind: FootprintKind::Cluster(ClusterFootprint {
                may_retire: true,
                ..ClusterFootprint::kept(ClusterId::of(&[name]))
            }),
            policy: crate::engine::model::PolicyOverride::default(),
        }
    }

    fn sentences(change: impl FnOnce(&mut Scenario)) -> Vec<String> {
        let (before, after) = two(change);
        differences(&before, &after)
    }

    /// What is told of the one without the change.
    fn back(change: impl FnOnce(&mut Scenario)) -> Vec<String> {
        let (before, after) = two(change);
        differences(&after, &before)
    }

    fn two(change: impl FnOnce(&mut Scenario)) -> (Scenario, Scenario) {
        let rule = Rule {
            id: RuleId(1),
            enabled: true,
            kind: RuleKind::Pin { machines: Selector::All, footprint: FootprintId(1) },
        };
        let before = Scenario {
            footprints: vec![footprint(1, "Frankfurt"), footprint(2, "Ireland")],
            rules: vec![rule],
            ..Scenario::default()
        };
        let mut after = before.clone();
        change(&mut after);
        (before, after)
    }

    #[test]
    fn every_kind_of_input_has_its_sentence() {
        type Change = fn(&mut Scenario);
        let cases: [(Change, &str, &str); 13] = [
            (
                |s| s.assumptions.horizon_months = 60,
                "Cost is counted over 5 years instead of 3 years.",
                "Cost is counted over 3 years instead of 5 years.",
            ),
            (
                |s| s.policy.vcpu_per_core_pct = 300,
                "Each core carries 3.0 vCPU instead of 4.0.",
                "Each core carries 4.0 vCPU instead of 3.0.",
            ),
            (
                |s| s.policy.scope.vcls = true,
                "vCLS agents: planned instead of left out.",
                "vCLS agents: left out instead of planned.",
            ),
            (
                |s| s.footprints[1].enabled = false,
                "Footprint Ireland is switched off, and may be used in the other.",
                "Footprint Ireland may be used, and is switched off in the other.",
            ),
            (
                |s| s.footprints.truncate(1),
                "Footprint Ireland is not there.",
                "Footprint Ireland is there in addition.",
            ),
            (
                |s| s.footprints[1].name = "Dublin".to_owned(),
                "Footprint Ireland is called Dublin.",
                "Footprint Dublin is called Ireland.",
            ),
            (
                |s| s.rules[0].enabled = false,
                "The rule “All machines must run in Frankfurt” is switched off, and holds in the other.",
                "The rule “All machines must run in Frankfurt” holds, and is switched off in the other.",
            ),
            (
                |s| s.rules.clear(),
                "The rule “All machines must run in Frankfurt” is not there.",
                "The rule “All machines must run in Frankfurt” holds in addition.",
            ),
            (
                |s| s.rules[0].kind = RuleKind::Pin { machines: Selector::All, footprint: FootprintId(2) },
                "A rule says “All machines must run in Ireland” instead of “All machines must run in Frankfurt”.",
                "A rule says “All machines must run in Frankfurt” instead of “All machines must run in Ireland”.",
            ),
            (
                |s| s.assumptions.on_premises.per_kwh = Money::from_micros(250_000),
                "A kilowatt-hour costs $0.25 instead of $0.19.",
                "A kilowatt-hour costs $0.19 instead of $0.25.",
            ),
            (
                |s| s.assumptions.finance.growth_permille_year = 35,
                "Everything grows by 3.5 % a year instead of 0 %.",
                "Everything grows by 0 % a year instead of 3.5 %.",
            ),
            (
                |s| s.search.seed = 9,
                "The search begins with the seed 9 instead of 1.",
                "The search begins with the seed 1 instead of 9.",
            ),
            (
                |s| s.prices = "head\nline".to_owned(),
                "Prices of your own: 1 line instead of 0 lines.",
                "Prices of your own: 0 lines instead of 1 line.",
            ),
        ];
        for (change, there, and_back) in cases {
            assert_eq!(sentences(change), [there]);
            assert_eq!(back(change), [and_back]);
        }
        assert_eq!(sentences(|_| {}), [""; 0]);
        assert_eq!(sentences(|s| s.name = "Other".to_owned()), [""; 0]);
        assert!(ASSUMPTIONS.iter().all(|(.., sentence)| filled(sentence, "", "").len() + 6 == sentence.len()));
    }

    #[test]
    fn nothing_that_a_result_depends_on_is_passed_over() {
        // Whatever makes another result is told, if only in general words.
        let changes: [fn(&mut Scenario); 11] = [
            |s| s.assumptions.finance.price_changes.power = 20,
            |s| s.assumptions.finance.double_running_months = 2,
            |s| s.assumptions.finance.discount_permille_year += 1,
            |s| s.assumptions.finance.updates.least_cores = 4,
            |s| s.assumptions.finance.windows_per_core_year = Some(Money::from_units(9)),
            |s| s.assumptions.finance.machine_licences = Some(crate::engine::model::Licences::default()),
            |s| s.assumptions.finance.transfer = Some(crate::engine::model::Transfer::default()),
            |s| s.assumptions.on_premises.supported_months = Some(9),
            |s| s.links.push(crate::engine::model::Link::default()),
            |s| s.footprints[0].policy.slack_pct = Some(10),
            |s| {
                s.edits
                    .insert(crate::engine::model::MachineId::of(&["a"]), crate::engine::model::MachineEdit::default());
            },
        ];
        for change in changes {
            assert_eq!(sentences(change).len(), 1);
        }
    }
}
