//! In which inputs two scenarios differ, in words.

use std::collections::BTreeSet;

use crate::engine::model::{
    Assumptions, Currency, ExchangeRate, Footprint, Money, Objective, Rule, Scenario, Scope, Search, SetAside,
};
use crate::store::{format, policy_words, words};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: "Host failures to survive".
    pub what: String,
    /// How it is in the one.
    pub before: String,
    /// How it is in the other.
    pub after: String,
}

impl Difference {
    fn new(what: impl Into<String>, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { what: what.into(), before: before.into(), after: after.into() }
    }

    /// As a sentence: "Host failures to survive: 1 → 2".
    pub fn sentence(&self) -> String {
        format!("{}: {} → {}", self.what, self.before, self.after)
    }
}

/// In what `after` differs from `before`, in the order of the pages. Names of scenarios are no difference.
pub fn differences(before: &Scenario, after: &Scenario) -> Vec<Difference> {
    let of_policy = policy_words::differences(&before.policy, &after.policy).into_iter();
    let mut found: Vec<Difference> = of_policy.map(|it| Difference::new(it.name, it.now, it.then)).collect();
    found.extend(of_scope(before.policy.scope, after.policy.scope));
    found.extend(of_footprints(before, after));
    found.extend(of_rules(before, after));
    found.extend(of_machines(before, after));
    found.extend(of_assumptions(&before.assumptions, &after.assumptions));
    found.extend(of_other_assumptions(&before.assumptions, &after.assumptions));
    let weights = objective(before).into_iter().zip(objective(after));
    found.extend(weights.filter(|(old, new)| old.1 != new.1).map(|(old, new)| Difference::new(old.0, old.1, new.1)));
    let searches = search(before).into_iter().zip(search(after));
    found.extend(searches.filter(|(old, new)| old.1 != new.1).map(|(old, new)| Difference::new(old.0, old.1, new.1)));
    if before.links != after.links {
        found.push(Difference::new("Ways between places", count(before.links.len()), count(after.links.len())));
    }
    if before.prices != after.prices {
        let lines = |text: &str| format::counted(text.lines().skip(1).count() as u64, "line", "lines");
        found.push(Difference::new("Prices of your own", lines(&before.prices), lines(&after.prices)));
    }
    found
}

/// How machines and hosts are counted and what money depends on besides prices: what each input is called, and its value.
pub fn values(scenario: &Scenario) -> Vec<(&'static str, String)> {
    let currency = scenario.assumptions.currency;
    let assumptions = ASSUMPTIONS.iter().map(|(what, show)| (*what, show(&scenario.assumptions, currency)));
    policy_words::settings(&scenario.policy)
        .chain(assumptions)
        .chain(objective(scenario))
        .chain(search(scenario))
        .collect()
}

/// What an assumption is called and how its value reads.
type Field = (&'static str, fn(&Assumptions, Currency) -> String);

fn of_assumptions(before: &Assumptions, after: &Assumptions) -> impl Iterator<Item = Difference> {
    ASSUMPTIONS.iter().filter_map(|(what, show)| {
        let (before, after) = (show(before, before.currency), show(after, after.currency));
        (before != after).then(|| Difference::new(*what, before, after))
    })
}

fn percent(number: u32) -> String {
    format!("{number} %")
}

fn count(number: usize) -> String {
    format::count(number as u64)
}

fn of_scope(before: Scope, after: Scope) -> Vec<Difference> {
    let reasons =
        [SetAside::PoweredOff, SetAside::Template, SetAside::SrmPlaceholder, SetAside::Vcls, SetAside::Orphaned];
    let word = |is_planned| if is_planned { "planned" } else { "left out" };
    reasons
        .into_iter()
        .map(|reason| (reason, before.includes(Some(reason)), after.includes(Some(reason))))
        .filter(|(_, before, after)| before != after)
        .map(|(reason, before, after)| Difference::new(words::set_aside(reason), word(before), word(after)))
        .collect()
}

const ABSENT: &str = "not there";

fn of_footprints(before: &Scenario, after: &Scenario) -> Vec<Difference> {
    let word = |footprint: &Footprint| if footprint.enabled { "may be used" } else { "switched off" };
    let mut found = Vec::new();
    let ids: BTreeSet<_> = before.footprints.iter().chain(&after.footprints).map(|footprint| footprint.id).collect();
    for id in ids {
        match (before.footprint(id), after.footprint(id)) {
            (Some(old), Some(new)) if old.enabled != new.enabled => {
                found.push(Difference::new(&new.name, word(old), word(new)));
            }
            (Some(old), Some(new)) if (&old.kind, &old.policy) != (&new.kind, &new.policy) => {
                found.push(Difference::new(&new.name, "as it was", "other limits or prices"));
            }
            (Some(old), Some(new)) if old.name != new.name => {
                found.push(Difference::new("Name of a footprint", &old.name, &new.name));
            }
            (Some(old), None) => found.push(Difference::new(&old.name, word(old), ABSENT)),
            (None, Some(new)) => found.push(Difference::new(&new.name, ABSENT, word(new))),
            _ => {}
        }
    }
    found
}

fn of_rules(before: &Scenario, after: &Scenario) -> Vec<Difference> {
    let word = |rule: &Rule| if rule.enabled { "holds" } else { "switched off" };
    let mut found = Vec::new();
    let ids: BTreeSet<_> = before.rules.iter().chain(&after.rules).map(|rule| rule.id).collect();
    let in_scenario = |scenario: &Scenario, id| scenario.rules.iter().find(|rule| rule.id == id).cloned();
    for id in ids {
        match (in_scenario(before, id), in_scenario(after, id)) {
            (Some(old), Some(new)) if old.kind != new.kind => {
                found.push(Difference::new("Rule", words::rule(before, &old), words::rule(after, &new)));
            }
            (Some(old), Some(new)) if old.enabled != new.enabled => {
                found.push(Difference::new(words::rule(after, &new), word(&old), word(&new)));
            }
            (Some(old), None) => found.push(Difference::new(words::rule(before, &old), word(&old), ABSENT)),
            (None, Some(new)) => found.push(Difference::new(words::rule(after, &new), ABSENT, word(&new))),
            _ => {}
        }
    }
    found
}

fn of_machines(before: &Scenario, after: &Scenario) -> Option<Difference> {
    let ids: BTreeSet<_> = before.edits.keys().chain(after.edits.keys()).collect();
    let changed = ids.into_iter().filter(|id| before.edits.get(id) != after.edits.get(id)).count();
    let machines = format::counted(changed as u64, "machine", "machines");
    (changed > 0).then(|| Difference::new("Machines edited by hand", "as they were", format!("{machines} otherwise")))
}

/// What counts beside money.
fn objective(scenario: &Scenario) -> [(&'static str, String); 2] {
    let amount = |amount| format::price(amount, scenario.assumptions.currency);
    let Objective { per_tonne, per_machine_moved } = scenario.objective;
    [("A tonne of carbon counts", amount(per_tonne)), ("A machine that moves counts", amount(per_machine_moved))]
}

/// How plans are looked for.
fn search(scenario: &Scenario) -> [(&'static str, String); 3] {
    let Search { steps, seed, keep_ppm } = scenario.search;
    let kept = format!("{} %", format::decimal(f64::from(keep_ppm) / 10_000.0, 1));
    [
        ("Steps of the search", steps.to_string()),
        ("Seed of the search", seed.to_string()),
        ("Keeping a plan may cost", kept),
    ]
}

const ASSUMPTIONS: [Field; 30] = [
    ("Compared over", |a, _| format!("{} months", a.horizon_months)),
    ("Currency", |a, _| format::currency_sign(a.currency).to_owned()),
    ("Relocating one machine", |a, c| format::price(a.relocate_per_machine, c)),
    ("Converting one machine", |a, c| format::price(a.convert_per_machine, c)),
    ("VMware subscription, a core and year", |a, c| format::price(a.vmware_per_core_year, c)),
    ("Administration elsewhere", |a, _| percent(a.admin_elsewhere_pct)),
    ("Traffic that leaves a cloud, a GiB", |a, c| by_catalogue(a.egress_per_gib, c)),
    ("Servers, a core", |a, c| format::price(a.on_premises.server_per_core, c)),
    ("Memory of servers, a GiB", |a, c| format::price(a.on_premises.server_per_gib, c)),
    ("Servers and storage last", |a, _| format!("{} years", a.on_premises.server_life_years)),
    ("Maintenance of servers", |a, _| percent(a.on_premises.server_maintenance_pct)),
    ("Storage, a GiB", |a, c| format::price(a.on_premises.storage_per_gib, c)),
    ("Maintenance of storage", |a, _| percent(a.on_premises.storage_maintenance_pct)),
    ("Network gear", |a, _| percent(a.on_premises.network_pct)),
    ("Network gear lasts", |a, _| format!("{} years", a.on_premises.network_life_years)),
    ("Maintenance of network gear", |a, _| percent(a.on_premises.network_maintenance_pct)),
    ("Power of a core", |a, _| watts(a.on_premises.milliwatts_per_core)),
    ("Power of a TiB", |a, _| watts(a.on_premises.milliwatts_per_tib)),
    ("PUE", |a, _| format::decimal(f64::from(a.on_premises.pue_pct) / 100.0, 2)),
    ("Electricity, a kWh", |a, c| format::price(a.on_premises.per_kwh, c)),
    ("Room and cooling, a kW and month", |a, c| format::price(a.on_premises.facilities_per_kw_month, c)),
    ("Power capacity unused", |a, _| percent(a.on_premises.unused_power_pct)),
    ("Machines for one administrator", |a, _| a.on_premises.machines_per_admin.to_string()),
    ("One administrator, a year", |a, c| format::price(a.on_premises.admin_year, c)),
    ("Backup, a machine and year", |a, c| format::price(a.on_premises.backup_per_machine_year, c)),
    ("Rates of exchange", |a, _| rates(a)),
    ("VMware: fewest cores of a processor", |a, _| a.vmware_min_cores_per_cpu.to_string()),
    ("VMware: fewest cores of an order", |a, _| a.vmware_min_order_cores.to_string()),
    ("Support of hosts ends after", |a, _| {
        a.on_premises.supported_months.map_or_else(|| "not known".to_owned(), |months| format!("{months} months"))
    }),
    ("Discount rate", |a, _| format!("{} %", format::decimal(f64::from(a.finance.discount_permille_year) / 10.0, 1))),
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

/// What has no line of its own above, as one.
fn of_other_assumptions(before: &Assumptions, after: &Assumptions) -> Option<Difference> {
    let mut same = (*after.finance).clone();
    same.discount_permille_year = before.finance.discount_permille_year;
    (*before.finance != same).then(|| Difference::new("Growth, terms and costs of a move", "as they were", "otherwise"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{ClusterFootprint, ClusterId, FootprintId, FootprintKind, RuleId, RuleKind, Selector};

    fn footprint(id: u32, name: &str) -> Footprint {
        Footprint {
            id: FootprintId(id),
            name: name.to_owned(),
            enabled: true,
            kind: FootprintKind::Cluster(ClusterFootprint {
                cluster: ClusterId::of(&[name]),
                may_retire: true,
                add: None,
                max_added: 0,
                supported_months: None,
            }),
            policy: crate::engine::model::PolicyOverride::default(),
        }
    }

    fn sentences(change: impl FnOnce(&mut Scenario)) -> Vec<String> {
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
        differences(&before, &after).iter().map(Difference::sentence).collect()
    }

    #[test]
    fn every_kind_of_input_has_its_sentence() {
        assert_eq!(sentences(|_| {}), [""; 0]);
        assert_eq!(sentences(|s| s.name = "Other".to_owned()), [""; 0]);
        assert_eq!(sentences(|s| s.policy.host_failures = 2), ["Host failures to survive: 1 → 2"]);
        assert_eq!(sentences(|s| s.policy.scope.vcls = true), ["vCLS agents: left out → planned"]);
        assert_eq!(sentences(|s| s.footprints[1].enabled = false), ["Ireland: may be used → switched off"]);
        assert_eq!(sentences(|s| s.footprints.truncate(1)), ["Ireland: may be used → not there"]);
        assert_eq!(sentences(|s| s.footprints.push(footprint(3, "Ohio"))), ["Ohio: not there → may be used"]);
        assert_eq!(
            sentences(|s| s.rules[0].enabled = false),
            ["All machines must run in Frankfurt: holds → switched off"]
        );
        assert_eq!(sentences(|s| s.rules.clear()), ["All machines must run in Frankfurt: holds → not there"]);
        assert_eq!(
            sentences(|s| s.assumptions.on_premises.per_kwh = Money::from_micros(250_000)),
            ["Electricity, a kWh: $0.19 → $0.25"]
        );
        assert_eq!(sentences(|s| s.prices = "head\nline".to_owned()), ["Prices of your own: 0 lines → 1 line"]);
    }

    #[test]
    fn nothing_that_a_result_depends_on_is_passed_over() {
        // Whatever makes another result is told, if only in general words.
        let changes: [fn(&mut Scenario); 9] = [
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
