//! A plan for people at a terminal.

use groundwork::engine::Outcome;
use groundwork::engine::catalog::Catalog;
use groundwork::engine::cost::{Confidence, Emissions, Ledger, Line};
use groundwork::engine::model::{Currency, Estate, FootprintId, Input, MachineId, MiB, Money, RuleId, Scenario};
use groundwork::engine::placement::{
    Alternative, ClusterPlan, PlacePlan, Rejection, Remedy, Resource, Resources, RuleCost,
};
use groundwork::store::compare::drawn;
use groundwork::store::format;
use groundwork::store::over_years::OverYears;
use groundwork::store::words;

use crate::table::Table;

/// Machines without a place that are listed, unless all machines are.
const MAX_UNPLACED: usize = 20;

/// What a plan is to tell besides.
#[derive(Clone, Copy)]
pub(super) struct Options<'a> {
    /// Every machine with its place.
    pub list_machines: bool,
    /// What each rule costs, where that was asked for.
    pub rule_costs: Option<&'a [RuleCost]>,
    /// Money over the years.
    pub years: &'a OverYears,
    /// What providers are called.
    pub catalog: &'a Catalog,
    /// How sure it is, where that was asked for.
    pub confidence: Option<&'a Confidence>,
    /// The same of all scenarios together.
    pub among: Option<&'a Confidence>,
}

pub(super) fn text(
    estate: &Estate,
    scenario: &Scenario,
    outcome: &Outcome,
    catalog_as_of: &str,
    options: Options<'_>,
) -> String {
    let report = Report { estate, scenario, outcome, years: options.years, catalog: options.catalog };
    let mut parts = vec![report.demand(), report.places(), report.money(), report.outlook()];
    parts.extend(options.confidence.map(|confidence| report.confidence(confidence)));
    parts.extend(options.among.map(|among| report.among(among)));
    parts.push(report.emissions(&outcome.emissions));
    parts.push(report.conflicts());
    parts.push(report.unplaced(options.list_machines));
    parts.extend(options.rule_costs.map(|costs| report.rule_costs(costs)));
    if options.list_machines {
        parts.push(report.machines());
    }
    parts.push(report.not_priced());
    parts.push(format!("Catalogue of {catalog_as_of}. Plan {}\n", outcome.plan_hash));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

struct Report<'a> {
    estate: &'a Estate,
    scenario: &'a Scenario,
    outcome: &'a Outcome,
    years: &'a OverYears,
    catalog: &'a Catalog,
}

impl Report<'_> {
    fn currency(&self) -> Currency {
        self.scenario.assumptions.currency
    }

    fn demand(&self) -> String {
        let sizing = &self.outcome.sizing;
        let amount = |resource: Resource| sizing.demand[resource as usize];
        format!(
            "{}: {} with {} vCPU, {} of memory, {} of storage\n",
            self.scenario.name,
            format::counted(sizing.machines, "machine", "machines"),
            format::count(amount(Resource::Cpu) / 1000),
            format::size(MiB(amount(Resource::Memory))),
            format::size(MiB(amount(Resource::Storage))),
        )
    }

    fn places(&self) -> String {
        let headings = ["Place", "limited by", "machines", "hosts", "CPU", "memory", "storage", "a month", "in all"];
        let mut table = Table::new(headings, 2);
        for (position, place) in self.outcome.plan.places.iter().enumerate() {
            let machines = self.outcome.plan.assignments.iter().filter(|one| one.place as usize == position).count();
            let lines = || self.years.plan.of(Some(place.footprint));
            let (used, usable) = sums(place);
            let fill = |resource| fill(&used, &usable, resource);
            table.row([
                self.place(position as u32),
                limiting(place),
                format::count(machines as u64),
                hosts(place, self.scenario.hosts_in_one(place.footprint)),
                fill(Resource::Cpu),
                fill(Resource::Memory),
                fill(Resource::Storage),
                format::money(lines().map(Line::usual_month).sum(), self.currency()),
                format::money(lines().map(|line| line.total).sum(), self.currency()),
            ]);
        }
        table.text("")
    }

    fn money(&self) -> String {
        let (Outcome { plan, .. }, OverYears { plan: ledger, staying, is_steady, .. }) = (self.outcome, self.years);
        let mut table = Table::new(["Cost", "a month", &format!("{} months", ledger.horizon_months)], 1);
        for (name, ledger) in [("This plan", ledger), ("Staying as is", staying)] {
            table.row([
                name.to_owned(),
                format::money(ledger.run_rate(), self.currency()),
                format::money(ledger.total(), self.currency()),
            ]);
        }
        table.row([
            "Saved".to_owned(),
            format::money(staying.run_rate() - ledger.run_rate(), self.currency()),
            format::money(staying.total() - ledger.total(), self.currency()),
        ]);
        let gap = f64::from(plan.gap_ppm()) / 10_000.0;
        let bound = format::money(plan.lower_bound, self.currency());
        let shared = shared_lines(ledger, self.currency());
        let (weighed, measure) = if self.scenario.objective.is_weighed() {
            (format!("{}\n", words::weighed(&self.outcome.weighed, self.currency())), ", carbon and moves counted")
        } else {
            (String::new(), "")
        };
        let measure =
            if *is_steady { measure.to_owned() } else { format!("{measure}, without growth and changes of prices") };
        let choices = self.outcome.storage_choices.iter();
        let months = ledger.horizon_months;
        let disks: String =
            choices.map(|choice| format!("{}\n", words::storage_choice(self.scenario, choice, months))).collect();
        format!(
            "{}{shared}{weighed}{disks}No plan costs less than {bound}{measure}: this one is within {} % of the best.\n",
            table.text(""),
            format::decimal(gap, 2)
        )
    }

    fn outlook(&self) -> String {
        let outlook = &self.years.outlook;
        let money = |amount| format::money(amount, self.currency());
        let after = outlook
            .break_even_month
            .map_or_else(|| "not within the horizon".to_owned(), |month| format!("from month {month} on"));
        let payback = outlook.payback_months.map_or_else(
            || "never".to_owned(),
            |months| format!("after {}", format::counted(u64::from(months), "month", "months")),
        );
        let discount = f64::from(self.scenario.assumptions.finance.discount_permille_year) / 10.0;
        format!(
            "In today’s money at {} % a year: {} instead of {}, {} saved. Cheaper than staying {after}; {} once, paid back {payback}.\n",
            format::decimal(discount, 1),
            money(outlook.plan.present_value),
            money(outlook.staying.present_value),
            money(outlook.saved_present_value),
            money(outlook.plan.once),
        )
    }

    fn confidence(&self, confidence: &Confidence) -> String {
        let money = |amount| format::money(amount, self.currency());
        let table = self.spreads("How sure", confidence);
        let mut bars = Table::new(["What matters most", "saved at lowest", "at highest", "turns at"], 1);
        for bar in &confidence.tornado {
            bars.row([
                format!(
                    "{} {} to {}",
                    words::input_of(bar.input, self.catalog.provider_name(&bar.provider)),
                    value_of(bar.input, bar.low_permille),
                    value_of(bar.input, bar.high_permille).trim_start_matches("× ")
                ),
                money(bar.saved_at_low),
                money(bar.saved_at_high),
                bar.break_even_permille.map_or_else(|| "-".to_owned(), |at| value_of(bar.input, at)),
            ]);
        }
        format!("{table}\n{}", bars.text(""))
    }

    fn among(&self, among: &Confidence) -> String {
        let verdict = drawn::verdict(among, self.currency()).unwrap_or_default();
        format!("{}{verdict}\n", self.spreads("All scenarios together", among))
    }

    fn spreads(&self, title: &str, confidence: &Confidence) -> String {
        let money = |amount| format::money(amount, self.currency());
        let mut table = Table::new([title, "as assumed", "P10", "P50", "P90", "cheapest"], 1);
        for spread in &confidence.candidates {
            table.row([
                spread.name.clone(),
                money(spread.assumed),
                money(spread.p10),
                money(spread.p50),
                money(spread.p90),
                format!("{} %", format::decimal(f64::from(spread.cheapest_permille) / 10.0, 1)),
            ]);
        }
        table.text("")
    }

    fn emissions(&self, emissions: &Emissions) -> String {
        let mut table = Table::new(["Energy a month", "kWh", "kg CO₂e"], 1);
        for place in &emissions.places {
            let name =
                place.footprint.and_then(|id| self.scenario.footprint(id)).map_or("Own site", |found| &found.name);
            table.row([
                name.to_owned(),
                format::count(place.watt_hours / 1000),
                place.grams.map_or_else(|| "not known".to_owned(), |grams| format::count(grams / 1000)),
            ]);
        }
        table.text("")
    }

    fn unplaced(&self, all: bool) -> String {
        let unplaced = &self.outcome.plan.unplaced;
        if unplaced.is_empty() {
            return String::new();
        }
        let heading = format!("Without a place: {}\n", format::counted(unplaced.len() as u64, "machine", "machines"));
        let listed = if all { unplaced.len() } else { unplaced.len().min(MAX_UNPLACED) };
        let lines = unplaced[..listed].iter().map(|one| {
            let reasons: Vec<String> = one.rejections.iter().map(|&rejection| self.rejection(rejection)).collect();
            let remedy = one.remedy.map(|remedy| format!("; what would help: {}", self.remedy(remedy)));
            format!("  {}: {}{}\n", self.machine(one.machine), reasons.join("; "), remedy.unwrap_or_default())
        });
        let more = if listed < unplaced.len() { "  … all of them with --machines\n" } else { "" };
        std::iter::once(heading).chain(lines).chain([more.to_owned()]).collect()
    }

    fn remedy(&self, remedy: Remedy) -> String {
        let place = |place: u32| self.place(place);
        match remedy {
            Remedy::RaiseLimit { rule, resource, by } => {
                let by =
                    resource.map_or_else(|| format::count(by), |of| words::host_amount(&self.scenario.policy, of, by));
                format!("raise the limit of rule {} by {by}", rule.0)
            }
            Remedy::RaiseMachineLimit { place: at } => format!("allow one more machine in {}", place(at)),
            Remedy::OneMoreHost { place: at } => format!("one more host in {}", place(at)),
            Remedy::More { place: at, resource, by } => {
                let of = words::resource(resource).to_ascii_lowercase();
                format!("{} more {of} in {}", words::host_amount(&self.scenario.policy, resource, by), place(at))
            }
            Remedy::DropRule(rule) => format!("drop rule {}: {}", rule.0, self.rule(rule)),
            Remedy::EnterQuote { place: at } => format!("a quote for {}", place(at)),
        }
    }

    fn rule(&self, id: RuleId) -> String {
        let found = self.scenario.rules.iter().find(|rule| rule.id == id);
        found.map_or_else(String::new, |rule| words::rule(self.scenario, rule))
    }

    fn conflicts(&self) -> String {
        let lines = self.outcome.conflicts.iter().map(|conflict| {
            let rules: Vec<String> =
                conflict.rules.iter().map(|&rule| format!("  rule {}: {}\n", rule.0, self.rule(rule))).collect();
            let machines = format::counted(conflict.machines.len() as u64, "machine", "machines");
            format!("These rules cannot all be kept, for {machines}:\n{}", rules.concat())
        });
        lines.collect()
    }

    fn rule_costs(&self, costs: &[RuleCost]) -> String {
        let mut table = Table::new(["Rule", "says", "costs", "at most", "itself"], 2);
        for cost in costs {
            let money = |money: Option<Money>| {
                money.map_or_else(|| "-".to_owned(), |money| format::money(money, self.currency()))
            };
            let more = cost.unplaced.saturating_sub(cost.unplaced_without);
            let costs = match more {
                0 => money(cost.saved),
                more => format!("{} without a place", format::counted(u64::from(more), "machine", "machines")),
            };
            table.row([
                cost.rule.0.to_string(),
                self.rule(cost.rule),
                costs,
                money(cost.at_most),
                money(Some(cost.charged)),
            ]);
        }
        table.text("")
    }

    fn machines(&self) -> String {
        let mut table = Table::new(["Machine", "place", "why", "next best", "in all"], 4);
        for assignment in &self.outcome.plan.assignments {
            table.row([
                self.machine(assignment.machine).to_owned(),
                self.place(assignment.place) + &self.instance_type(assignment.machine),
                words::bind(self.scenario, &self.outcome.plan, assignment.bind),
                assignment.next_best.map_or_else(String::new, |next| self.alternative(next)),
                format::money(assignment.cost, self.currency()),
            ]);
        }
        table.text("")
    }

    fn not_priced(&self) -> String {
        let missing = &self.years.plan.not_priced;
        if missing.is_empty() { String::new() } else { format!("Not in the price:\n  {}\n", missing.join("\n  ")) }
    }

    /// ` (m7i.large, gp3 100 GiB)` for a machine that runs as an instance.
    fn instance_type(&self, machine: MachineId) -> String {
        let choices = &self.outcome.instance_choices;
        let found = choices.binary_search_by_key(&machine, |choice| choice.machine);
        found.map_or_else(
            |_absent| String::new(),
            |index| format!(" ({}, {})", choices[index].type_name, choices[index].disks),
        )
    }

    fn place(&self, position: u32) -> String {
        words::place_name(self.scenario, &self.outcome.plan, position)
    }

    /// `AVS Frankfurt: no instance type is large enough`.
    fn rejection(&self, rejection: Rejection) -> String {
        format!("{}: {}", self.place(rejection.place), words::refusal(self.scenario, rejection.refusal))
    }

    /// `AVS Frankfurt, $1,204 more`.
    fn alternative(&self, next: Alternative) -> String {
        let (extra, word) = if next.extra < Money::ZERO { (-next.extra, "less") } else { (next.extra, "more") };
        format!("{}, {} {word}", self.place(next.place), format::money(extra, self.currency()))
    }

    fn machine(&self, id: MachineId) -> &str {
        self.estate.machine(id).map_or("?", |machine| &machine.name)
    }
}

/// What belongs to no single place, such as the network, as one more line.
fn shared_lines(ledger: &Ledger, currency: Currency) -> String {
    let shared: Money = ledger.of(None::<FootprintId>).map(|line| line.total).sum();
    if shared == Money::ZERO {
        String::new()
    } else {
        format!("{} of it belong to no single place.\n", format::money(shared, currency))
    }
}

/// How much of a place is used and usable, over its clusters.
fn sums(place: &PlacePlan) -> (Resources, Resources) {
    let sum = |of: fn(&ClusterPlan) -> &Resources| {
        let mut sum = Resources::default();
        for cluster in &place.clusters {
            for (sum, amount) in sum.iter_mut().zip(of(cluster)) {
                *sum += amount;
            }
        }
        sum
    };
    (sum(|cluster| &cluster.used), sum(|cluster| &cluster.usable))
}

/// How much of a resource is used, rounded down so that only what is full says so.
fn fill(used: &Resources, usable: &Resources, resource: Resource) -> String {
    let (used, usable) = (u128::from(used[resource as usize]), u128::from(usable[resource as usize]));
    (used * 100).checked_div(usable).map_or_else(String::new, |pct| format!("{pct} %"))
}

/// The resources that decide how many hosts there are.
fn limiting(place: &PlacePlan) -> String {
    let mut names: Vec<&str> =
        place.clusters.iter().filter_map(|cluster| cluster.limiting).map(words::resource).collect();
    names.dedup();
    names.join(", ")
}

/// Hosts in use, and those switched off: `6 − 2`.
fn hosts(place: &PlacePlan, in_one: u64) -> String {
    let all = place.clusters.iter().flat_map(|cluster| &cluster.hosts);
    let retired = all.clone().filter(|host| host.retired).count() as u64 * in_one;
    let kept = all.count() as u64 * in_one - retired;
    match (kept, retired) {
        (0, 0) => String::new(),
        (kept, 0) => format::count(kept),
        (kept, retired) => format!("{} (−{})", format::count(kept), format::count(retired)),
    }
}

/// A value of an input as a factor, or as a change from year to year.
fn value_of(input: Input, value: u32) -> String {
    if input.is_yearly() { words::range_value(input, value) } else { format!("× {}", permille(value)) }
}

/// Per thousand as a factor.
fn permille(permille: u32) -> String {
    format::decimal(f64::from(permille) / 1000.0, 2)
}
