//! The words on screen for what the engine says with enums.

use super::format;
pub use super::input_words::{input, input_help, input_of, range_value};
use crate::engine::catalog::PriceStatus;
use crate::engine::cost::{LineKind, Nature, Unit, Weighed};
use crate::engine::model::{
    CpuMeasure, Currency, Footprint, FootprintId, FootprintKind, MiB, Money, OsFamily, Policy, Power, Rule, RuleId,
    RuleKind, RuleLevel, Scenario, Selector, SetAside, Severity, StorageMeasure, StoragePolicyChoice, Term,
};
use crate::engine::outcome::StorageChoice;
use crate::engine::placement::{Bind, Plan, Refusal, Remedy, Resource, RuleCost};

/// What is meant by the run rate.
pub const RUN_RATE: &str =
    "What a usual month of the first year costs: everything but what is paid once for moving and leaving.";
/// What is meant by machines without a place.
pub const UNPLACED: &str = "Planned machines that no place takes, for want of room or because of rules or limits. What they would cost is in no total.";

/// A resource as a heading.
pub const fn resource(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "CPU",
        Resource::Memory => "Memory",
        Resource::Storage => "Storage",
        Resource::Iops => "IOPS",
        Resource::Network => "Network",
    }
}

/// An amount of a resource with its unit.
pub fn amount(of: Resource, amount: u64) -> String {
    match of {
        Resource::Cpu => {
            let vcpus = amount as f64 / 1000.0;
            format!("{} vCPU", format::decimal(vcpus, usize::from(!amount.is_multiple_of(1000))))
        }
        Resource::Memory | Resource::Storage => format::size(MiB(amount)),
        Resource::Iops => format!("{} IOPS", format::count(amount)),
        Resource::Network => format!("{} Mbit/s", format::count(amount)),
    }
}

/// The same of what hosts give and machines ask them for, where processors are counted as this policy says.
pub fn host_amount(policy: &Policy, of: Resource, amount: u64) -> String {
    match (of, policy.cpu_measure) {
        (Resource::Cpu, CpuMeasure::Clock) => format!("{} GHz", format::decimal(amount as f64 / 1000.0, 1)),
        _ => self::amount(of, amount),
    }
}

/// What processors of hosts are counted in.
pub const fn cpu_measure(measure: CpuMeasure) -> &'static str {
    match measure {
        CpuMeasure::Vcpus => "By vCPU for each core",
        CpuMeasure::Clock => "By processor time",
    }
}

/// Why a place does not take a machine, as a clause that can follow the place's name.
pub fn refusal(scenario: &Scenario, refusal: Refusal) -> String {
    match refusal {
        Refusal::Rule(id) => format!("ruled out: {}", rule_by_id(scenario, id)),
        Refusal::NeedsQuote => "needs a quote: there is no public price".to_owned(),
        Refusal::LargerThanHost { resource: of, missing } => {
            format!(
                "no host is large enough: {} too little {}",
                host_amount(&scenario.policy, of, missing),
                resource(of).to_ascii_lowercase()
            )
        }
        Refusal::NoInstanceType => "no instance type is large enough".to_owned(),
        Refusal::NeedsRate(currency) => {
            format!("its prices cannot be turned into the currency of the totals: {} has no rate", currency.code())
        }
        Refusal::NotSold => "is not sold there as the footprint asks for it".to_owned(),
        Refusal::NoCapacity => "has no capacity under the policy and its limits".to_owned(),
        Refusal::Full { resource: of, missing } => {
            format!(
                "full: {} more {} needed on one host",
                host_amount(&scenario.policy, of, missing),
                resource(of).to_ascii_lowercase()
            )
        }
        Refusal::MachineLimit => "its limit on machines is reached".to_owned(),
        Refusal::TooLargeTogether { rule, resource: of, missing } => format!(
            "no host is large enough for all that must share one, {} too little {}: {}",
            host_amount(&scenario.policy, of, missing),
            resource(of).to_ascii_lowercase(),
            rule_by_id(scenario, rule)
        ),
        Refusal::Limit { rule, resource: of, missing } => {
            let over = of.map_or_else(
                || format::counted(missing, "machine", "machines"),
                |of| host_amount(&scenario.policy, of, missing),
            );
            format!("{over} over a limit: {}", rule_by_id(scenario, rule))
        }
    }
}

/// The smallest change that lets a machine in, as a sentence.
pub fn remedy(scenario: &Scenario, plan: &Plan, remedy: Remedy) -> String {
    let place = |place| place_name(scenario, plan, place);
    match remedy {
        Remedy::RaiseLimit { rule, resource: of, by } => {
            let by = of
                .map_or_else(|| format::counted(by, "machine", "machines"), |of| host_amount(&scenario.policy, of, by));
            format!("Raise a limit by {by}: {}", rule_by_id(scenario, rule))
        }
        Remedy::RaiseMachineLimit { place: of } => format!("Allow one more machine in {}", place(of)),
        Remedy::OneMoreHost { place: of } => format!("Allow one more host in {}", place(of)),
        Remedy::More { place: at, resource: of, by } => {
            format!(
                "{} more {} in {}",
                host_amount(&scenario.policy, of, by),
                resource(of).to_ascii_lowercase(),
                place(at)
            )
        }
        Remedy::DropRule(rule) => format!("Switch off: {}", rule_by_id(scenario, rule)),
        Remedy::EnterQuote { place: of } => format!("Enter a quote for {}", place(of)),
    }
}

/// What a rule costs, as a clause.
pub fn rule_cost(scenario: &Scenario, cost: &RuleCost) -> String {
    let months = i128::from(scenario.assumptions.horizon());
    match cost.saved {
        _ if cost.unplaced > cost.unplaced_without => {
            let kept = u64::from(cost.unplaced - cost.unplaced_without);
            format!("keeps {} without a place", format::counted(kept, "machine", "machines"))
        }
        Some(Money::ZERO) => "costs nothing".to_owned(),
        Some(saved) => {
            format!("costs {} a month", format::money(saved.scale(1, months), scenario.assumptions.currency))
        }
        None => "not comparable".to_owned(),
    }
}

/// What decided for a place, as a sentence.
pub fn bind(scenario: &Scenario, plan: &Plan, bind: Bind) -> String {
    match bind {
        Bind::Cheapest => "The cheapest place for a machine of this size".to_owned(),
        Bind::Rule(id) => format!("A rule asks for it: {}", rule_by_id(scenario, id)),
        Bind::OnlyPlace => "The only place that admits it".to_owned(),
        Bind::CheaperPlaceFull { place, resource: of } => format!(
            "{} would be cheaper, but has no {} left",
            place_name(scenario, plan, place),
            resource(of).to_ascii_lowercase()
        ),
        Bind::SharesHosts => "Its hosts are paid anyway: using them is cheaper than opening another place".to_owned(),
    }
}

/// The name of the footprint at a position of a plan.
pub fn place_name(scenario: &Scenario, plan: &Plan, place: u32) -> String {
    plan.places
        .get(place as usize)
        .and_then(|place| scenario.footprint(place.footprint))
        .map_or_else(|| "a footprint that is gone".to_owned(), |footprint| footprint.name.clone())
}

fn rule_by_id(scenario: &Scenario, id: RuleId) -> String {
    let found = scenario.rules.iter().find(|rule| rule.id == id);
    found.map_or_else(|| "a rule that is gone".to_owned(), |found| rule(scenario, found))
}

/// A rule as a sentence.
pub fn rule(scenario: &Scenario, rule: &Rule) -> String {
    let who = selector(rule.kind.selector());
    let others = rule.kind.others().map(selector).unwrap_or_default();
    let name = |id: &FootprintId| {
        scenario.footprint(*id).map_or("a footprint that is gone", |footprint| footprint.name.as_str())
    };
    let names = rule.kind.footprints().iter().map(name).collect::<Vec<_>>().join(" or ");
    match &rule.kind {
        RuleKind::Pin { .. } => format!("{who} must run in {names}"),
        RuleKind::Forbid { .. } => format!("{who} must not run in {names}"),
        RuleKind::Allow { .. } => format!("{who} may run in {names} only"),
        RuleKind::Residency { countries, own_sites, .. } => {
            let own = if *own_sites { " or on own sites" } else { "" };
            format!("{who} must stay in {}{own}", countries.join(" or "))
        }
        RuleKind::Together { level, .. } => format!("{who} share one {}", self::level(*level)),
        RuleKind::Apart { level, .. } => format!("{who} do not share a {}", self::level(*level)),
        RuleKind::Isolate { .. } => format!("{who} share no host with others"),
        RuleKind::Licence { per_core_year, per_host_year, .. } => {
            let currency = scenario.assumptions.currency;
            let price = |money: Money| format::money_short(money, currency);
            let (core, host) = (price(*per_core_year), price(*per_host_year));
            format!("{who} need licensed hosts, a year {core} for each core and {host} for each host")
        }
        RuleKind::Latency { most_micros, .. } => {
            format!("{who} and {others} are within {} ms", format::decimal(f64::from(*most_micros) / 1000.0, 1))
        }
        RuleKind::Traffic { gib_per_month, gib_per_month_back, .. } => format!(
            "{who} send {} GiB a month to {others} and get {} GiB",
            format::count(*gib_per_month),
            format::count(*gib_per_month_back)
        ),
        RuleKind::Quota { most, .. } => {
            let limits = [
                most.machines.map(|most| format::counted(u64::from(most), "machine", "machines")),
                most.vcpus.map(|most| amount(Resource::Cpu, 1000 * u64::from(most))),
                most.memory.map(|most| format!("{} of memory", format::size(most))),
                most.storage.map(|most| format!("{} of storage", format::size(most))),
            ];
            format!("At most {} in {names}: {who}", limits.into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
        RuleKind::MoveLimit { most, .. } => {
            format!(
                "At most {} may leave their cluster: {who}",
                format::counted(u64::from(*most), "machine", "machines")
            )
        }
        RuleKind::Lock { on_host, .. } => {
            format!("{who} stay on their {}", if *on_host { "host" } else { "cluster" })
        }
    }
}

/// Where machines meet.
pub const fn level(level: RuleLevel) -> &'static str {
    match level {
        RuleLevel::Host => "host",
        RuleLevel::Cluster => "cluster",
        RuleLevel::Footprint => "footprint",
        RuleLevel::Site => "site",
    }
}

/// Which machines a rule touches, as the subject of its sentence.
pub fn selector(selector: &Selector) -> String {
    match selector {
        Selector::Machines(ids) if ids.len() == 1 => "One machine".to_owned(),
        Selector::Machines(ids) => format!("{} machines", format::count(ids.len() as u64)),
        Selector::Cluster(_) => "All machines of a cluster".to_owned(),
        Selector::Name(pattern) => format!("Machines named “{pattern}”"),
        Selector::All => "All machines".to_owned(),
        Selector::Folder(pattern) => format!("Machines in folder “{pattern}”"),
        Selector::ResourcePool(pattern) => format!("Machines in resource pool “{pattern}”"),
        Selector::Os(family) => format!("Machines with {}", os_family(*family)),
        Selector::Application(name) => format!("Machines of {name}"),
        Selector::Tag(pattern) => format!("Machines with tag “{pattern}”"),
        Selector::Criticality(level) => format!("Machines of {} criticality", level.word().unwrap_or("unknown")),
        Selector::StorageClass(pattern) => format!("Machines of storage class “{pattern}”"),
    }
}

/// A commitment.
pub const fn term(term: Term) -> &'static str {
    match term {
        Term::OnDemand => "On demand",
        Term::OneYear => "1 year",
        Term::ThreeYears => "3 years",
    }
}

/// How far a price can be relied on, in one word.
pub const fn price_status(status: PriceStatus) -> &'static str {
    match status {
        PriceStatus::Quote => "your quote",
        PriceStatus::Listed => "listed",
        PriceStatus::Derived => "derived",
        PriceStatus::Indicative => "indicative",
        PriceStatus::Assumed => "assumed",
        PriceStatus::Ask => "needs a quote",
    }
}

/// How far a price can be relied on, in a sentence.
pub const fn price_status_help(status: PriceStatus) -> &'static str {
    match status {
        PriceStatus::Quote => "A price you entered",
        PriceStatus::Listed => "From a named public source",
        PriceStatus::Derived => "Computed from listed prices by a stated formula",
        PriceStatus::Indicative => "From a source that calls itself approximate",
        PriceStatus::Assumed => "An assumption that you can change",
        PriceStatus::Ask => "There is no public price: enter a quote to plan with it",
    }
}

/// What each status of a price means, as text.
pub fn price_statuses() -> String {
    let all = [
        PriceStatus::Listed,
        PriceStatus::Derived,
        PriceStatus::Indicative,
        PriceStatus::Assumed,
        PriceStatus::Quote,
        PriceStatus::Ask,
    ];
    all.map(|status| format!("{}: {}.", price_status(status), price_status_help(status))).join(" ")
}

/// What a line is paid for.
pub const fn line_kind(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Hosts => "Hosts",
        LineKind::Instances => "Instances",
        LineKind::Storage => "Storage",
        LineKind::Network => "Network",
        LineKind::Licences => "Licences",
        LineKind::Power => "Electricity",
        LineKind::Facilities => "Facilities",
        LineKind::People => "People",
        LineKind::Backup => "Backup",
        LineKind::Service => "Service",
        LineKind::Migration => "Moving",
    }
}

/// How a line is paid.
pub const fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Capital => "written off",
        Nature::Operating => "monthly",
        Nature::Migration => "once",
        Nature::Exit => "for leaving",
    }
}

/// What a line counts, one and many.
pub const fn unit(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::HostMonth | Unit::Host => ("host", "hosts"),
        Unit::InstanceMonth => ("instance", "instances"),
        Unit::GibMonth | Unit::TrafficGib => ("GiB", "GiB"),
        Unit::IopsMonth => ("IOPS", "IOPS"),
        Unit::MibpsMonth => ("MiB/s", "MiB/s"),
        Unit::CoreMonth => ("core", "cores"),
        Unit::VcpuMonth => ("vCPU", "vCPU"),
        Unit::KwhMonth => ("kWh", "kWh"),
        Unit::KwMonth => ("kW", "kW"),
        Unit::MachineMonth | Unit::Machine => ("machine", "machines"),
        Unit::DeploymentMonth => ("deployment", "deployments"),
        Unit::PairMonth => ("pair of machines", "pairs of machines"),
        Unit::Month => ("month", "months"),
    }
}

/// A storage measure.
pub const fn storage_measure(measure: StorageMeasure) -> &'static str {
    match measure {
        StorageMeasure::Provisioned => "Provisioned",
        StorageMeasure::InUse => "In use",
        StorageMeasure::DiskCapacity => "Disk sizes",
        StorageMeasure::PartitionConsumed => "Used in guests",
    }
}

/// A storage policy.
pub const fn storage_policy(policy: StoragePolicyChoice) -> &'static str {
    match policy {
        StoragePolicyChoice::Auto => "Automatic, by number of hosts",
        StoragePolicyChoice::Raid1Ftt1 => "RAID-1, one failure",
        StoragePolicyChoice::Raid5Ftt1 => "RAID-5, one failure",
        StoragePolicyChoice::Raid1Ftt2 => "RAID-1, two failures",
        StoragePolicyChoice::Raid6Ftt2 => "RAID-6, two failures",
        StoragePolicyChoice::Raid1Ftt3 => "RAID-1, three failures",
    }
}

/// Machines that are left out, by reason.
pub const fn set_aside(reason: SetAside) -> &'static str {
    match reason {
        SetAside::Template => "Templates",
        SetAside::SrmPlaceholder => "SRM placeholders",
        SetAside::Vcls => "vCLS agents",
        SetAside::Orphaned => "Orphaned",
        SetAside::PoweredOff => "Powered off",
    }
}

/// Why machines of a kind are left out.
pub const fn set_aside_help(reason: SetAside) -> &'static str {
    match reason {
        SetAside::Template => "Images that machines are made from; they do not run",
        SetAside::SrmPlaceholder => "Stand-ins of Site Recovery Manager; the machine itself is counted at its own site",
        SetAside::Vcls => "Agents of vSphere Cluster Services; every cluster makes its own",
        SetAside::Orphaned => "vCenter has lost their files or their host",
        SetAside::PoweredOff => "Not running when the inventory was taken; they need storage wherever they go",
    }
}

/// A power state.
pub const fn power(power: Power) -> &'static str {
    match power {
        Power::On => "on",
        Power::Off => "off",
        Power::Suspended => "suspended",
    }
}

/// What a plan is charged beside its money, as a sentence.
pub fn weighed(weighed: &Weighed, currency: Currency) -> String {
    let [carbon, moves] = [weighed.carbon, weighed.moves].map(|amount| format::money(amount, currency));
    format!("This plan counts {carbon} more for its carbon and {moves} more for its moves.")
}

/// How the disks of a footprint's hosts were chosen, as a sentence.
pub fn storage_choice(scenario: &Scenario, choice: &StorageChoice, months: u32) -> String {
    let name = scenario.footprint(choice.footprint).map_or("", |footprint| footprint.name.as_str());
    let beside = scenario.footprint(choice.footprint).and_then(|footprint| match &footprint.kind {
        FootprintKind::Hosts(hosts) => hosts.external_storage.as_ref().map(|storage| storage.name.as_str()),
        _ => None,
    });
    let beside = beside.unwrap_or("storage beside the hosts");
    let (taken, other) =
        if choice.beside { (beside, "the hosts’ own disks") } else { ("the hosts’ own disks", beside) };
    let why = match choice.saves {
        Some(saves) => {
            let saves = format::money_short(saves, scenario.assumptions.currency);
            let proof = if choice.proven { ", and no plan with it costs less" } else { " at a first look" };
            format!("with {other} it costs {saves} more over {months} months{proof}")
        }
        None => format!("with {other} other machines have no place"),
    };
    format!("{name} keeps data on {taken}: {why}.")
}

/// What every amount of a weighed comparison is about.
pub const NOBODY_PAYS: &str = "Nobody pays these amounts: they are in no total. The distance to the best possible and the differences between places are of money and these together.";

/// A family of guest systems.
pub const fn os_family(family: OsFamily) -> &'static str {
    match family {
        OsFamily::WindowsServer => "Windows Server",
        OsFamily::WindowsDesktop => "Windows desktop",
        OsFamily::Rhel => "Red Hat Enterprise Linux",
        OsFamily::Sles => "SUSE Linux Enterprise",
        OsFamily::Linux => "Other Linux",
        OsFamily::Other => "Other",
        OsFamily::Unknown => "Not said",
    }
}

/// How serious a finding is.
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Problem",
        Severity::Warning => "Check",
        Severity::Note => "Note",
    }
}

/// What kind of place a footprint is.
pub const fn footprint_kind(footprint: &Footprint) -> &'static str {
    match footprint.kind {
        FootprintKind::Cluster(_) => "Existing cluster",
        FootprintKind::Hosts(_) => "Dedicated hosts",
        FootprintKind::Instances(_) => "Instances",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::FootprintId;

    #[test]
    fn each_status_of_a_price_is_explained_once() {
        let text = price_statuses();
        assert!(text.starts_with("listed: From a named public source. derived: Computed"), "{text}");
        assert_eq!(text.matches(": ").count(), 7, "six statuses, and what to enter");
    }

    #[test]
    fn amounts_have_units() {
        assert_eq!(amount(Resource::Cpu, 4000), "4 vCPU");
        assert_eq!(amount(Resource::Cpu, 1500), "1.5 vCPU");
        assert_eq!(amount(Resource::Memory, 262_144), "256 GiB");
        assert_eq!(amount(Resource::Iops, 12_000), "12,000 IOPS");
    }

    #[test]
    fn rules_read_as_sentences_even_when_their_footprint_is_gone() {
        let scenario = Scenario::default();
        let pin = RuleKind::Pin { machines: Selector::Name("sql*".to_owned()), footprint: FootprintId(7) };
        let sentence = rule(&scenario, &Rule { id: RuleId(1), enabled: true, kind: pin });
        assert_eq!(sentence, "Machines named “sql*” must run in a footprint that is gone");
    }
}
