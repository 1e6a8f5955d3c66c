//! What the page Timeline says: months by their names, and the answer in a sentence.

use super::{format, words};
use crate::engine::catalog::Catalog;
use crate::engine::cost::{Ledger, LineKind, Unit};
use crate::engine::growth::{Addition, ClusterGrowth};
use crate::engine::model::{Footprint, FootprintKind, Money, Scenario};
use crate::engine::order::in_order;
use crate::engine::placement::{Plan, Resource};

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarMonth {
    /// Such as 2027.
    pub year: u32,
    /// From 0 for January to 11.
    pub month: u32,
}

const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl CalendarMonth {
    /// The name of the month that comes so many months later.
    pub fn after(self, months: u32) -> String {
        let month = self.month + months;
        format!("{} {}", NAMES[(month % 12) as usize], self.year + month / 12)
    }
}

/// A cluster that grows, with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What the place is called, with the number of the cluster where it has several.
    pub name: String,
    /// How it grows.
    pub growth: ClusterGrowth,
}

/// Names the clusters, and puts those that are full first first; among those that never are, the fullest first.
pub fn named(clusters: Vec<ClusterGrowth>, plan: &Plan, scenario: &Scenario) -> Vec<Named> {
    let name = |growth: ClusterGrowth| {
        let place = words::place_name(scenario, plan, growth.place);
        let many = plan.places.get(growth.place as usize).is_some_and(|place| place.clusters.len() > 1);
        Named { name: if many { format!("{place}, cluster {}", growth.cluster + 1) } else { place }, growth }
    };
    let named: Vec<Named> = clusters.into_iter().map(name).collect();
    let urgency = |one: &Named| {
        let today = one.growth.filled.first().copied().unwrap_or_default();
        (one.growth.full.unwrap_or(u32::MAX), u32::MAX - today, one.growth.place, one.growth.cluster)
    };
    in_order(&named, |a, b| urgency(a).cmp(&urgency(b)))
}

/// How much more of everything a cluster takes with the hosts of today, per thousand.
pub fn room_permille(growth: &ClusterGrowth) -> u32 {
    let today = growth.filled.first().copied().unwrap_or_default().max(1);
    (1_000_000 / today).saturating_sub(1000)
}

/// Hosts that are added to a cluster: those that are bought or rented, and those that the plan would switch off.
pub fn added(growth: &ClusterGrowth) -> (u32, u32) {
    let sum = |kept: bool| growth.additions.iter().filter(|it| it.is_kept == kept).map(|it| it.hosts).sum();
    (sum(false), sum(true))
}

/// The answer: what is full first and when, what is added then, and what that comes to.
pub fn answer(clusters: &[Named], growth_permille_year: u32, today: CalendarMonth, months: u32) -> String {
    let Some(first) = clusters.first() else {
        return "This plan uses no hosts: everything runs as instances, of which there can always be more".to_owned();
    };
    let name = &first.name;
    let room = format!("{name} has room for {} more", format::permille(room_permille(&first.growth)));
    if growth_permille_year == 0 {
        return format!("Without growth nothing fills. The fullest, {room}");
    }
    let rate = format::permille(growth_permille_year);
    let Some(full) = first.growth.full else {
        return format!("At {rate} a year nothing is full within {months} months. The fullest, {room}");
    };
    let mut text = format!("At {rate} a year, {name} is full {}", when(full, today));
    if let Some(next) = first.growth.additions.first() {
        let (one, many) = if next.is_kept { ("host stays on", "hosts stay on") } else { ("host more", "hosts more") };
        text.push_str(&format!("; {} then", format::counted(u64::from(next.hosts), one, many)));
    }
    let stuck = clusters.iter().filter_map(|one| Some((one.growth.stuck?, one)));
    if let Some((month, one)) = stuck.reduce(|first, other| if other.0 < first.0 { other } else { first }) {
        text.push_str(&format!(". From {} on {} {}", today.after(month), one.name, stuck_because(&one.growth)));
    }
    // Hosts that stay on are there already: the figures tell them beside these.
    let bought: u32 = clusters.iter().map(|one| added(&one.growth).0).sum();
    if bought > 0 {
        let all = format::counted(u64::from(bought), "host more is", "hosts more are");
        text.push_str(&format!(". In all {all} bought or rented within {months} months"));
    }
    text
}

/// What one more host costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostMoney {
    /// When it is bought.
    Once(Money),
    /// For as long as it is there.
    Monthly(Money),
}

/// What one more host of a footprint costs: rented ones what those of the plan cost on average, a server what the assumptions say. `None` where that is not
/// known.
pub fn host_money(
    footprint: &Footprint,
    hosts: u32,
    ledger: &Ledger,
    scenario: &Scenario,
    catalog: &Catalog,
) -> Option<HostMoney> {
    match &footprint.kind {
        FootprintKind::Cluster(chosen) => {
            let server = catalog.host(chosen.add.as_ref()?)?;
            let prices = &scenario.assumptions.at(footprint).on_premises;
            let gib = server.memory.0 / 1024;
            let money = prices.server_per_core.times(u64::from(server.cores)) + prices.server_per_gib.times(gib);
            Some(HostMoney::Once(money))
        }
        FootprintKind::Hosts(_) => {
            let is_its = |line: &&crate::engine::cost::Line| {
                line.footprint == Some(footprint.id) && line.kind == LineKind::Hosts && line.unit == Unit::HostMonth
            };
            let all: Money = ledger.lines.iter().filter(is_its).map(|line| line.total).sum();
            let one = ledger.a_month_of(all).scale(1, i128::from(hosts.max(1)));
            (one > Money::ZERO).then_some(HostMoney::Monthly(one))
        }
        FootprintKind::Instances(_) => None,
    }
}

/// What hosts that are added cost in all: once, and each month at the end. Each cluster comes with what one host of it costs.
pub fn money_of_added(clusters: &[(&ClusterGrowth, Option<HostMoney>)]) -> (Money, Money) {
    let is_new = |addition: &&Addition| !addition.is_kept;
    clusters.iter().fold((Money::ZERO, Money::ZERO), |(once, monthly), (growth, money)| {
        let hosts: u64 = growth.additions.iter().filter(is_new).map(|addition| u64::from(addition.hosts)).sum();
        match money {
            Some(HostMoney::Once(one)) => (once + one.times(hosts), monthly),
            Some(HostMoney::Monthly(one)) => (once, monthly + one.times(hosts)),
            None => (once, monthly),
        }
    })
}

/// Why a cluster that is full cannot be helped by hosts, behind its name.
pub fn stuck_because(growth: &ClusterGrowth) -> &'static str {
    match growth.short_of {
        Some(Resource::Storage) => "needs more storage, or fewer machines: hosts bring no more",
        Some(_) => "needs larger hosts, or fewer machines: more of the same do not help",
        None => "may have no more hosts",
    }
}

/// `in 14 months, January 2028`.
pub fn when(month: u32, today: CalendarMonth) -> String {
    match month {
        0 => "already".to_owned(),
        _ => format!("in {}, {}", format::counted(u64::from(month), "month", "months"), today.after(month)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::growth::Addition;

    const TODAY: CalendarMonth = CalendarMonth { year: 2026, month: 10 };

    fn cluster(name: &str, full: Option<u32>, stuck: Option<u32>) -> Named {
        let addition = |month| Addition { month, hosts: 2, is_kept: false, resource: Resource::Memory };
        let additions = full.filter(|_| stuck.is_none()).map(addition).into_iter().collect();
        let growth = ClusterGrowth {
            place: 0,
            cluster: 0,
            hosts: 4,
            filled: vec![800],
            limiting: None,
            full,
            additions,
            stuck,
            short_of: None,
        };
        Named { name: name.to_owned(), growth }
    }

    #[test]
    fn months_have_names() {
        assert_eq!(
            [TODAY.after(0), TODAY.after(2), TODAY.after(14)],
            ["November 2026", "January 2027", "January 2028"]
        );
    }

    #[test]
    fn the_answer_is_a_sentence() {
        let check =
            |clusters: &[Named], growth, expected: &str| assert_eq!(answer(clusters, growth, TODAY, 36), expected);
        let (a, b) = (|| cluster("A", Some(14), None), || cluster("B", Some(20), Some(20)));
        check(&[], 50, "This plan uses no hosts: everything runs as instances, of which there can always be more");
        check(&[cluster("A", None, None)], 0, "Without growth nothing fills. The fullest, A has room for 25 % more");
        check(
            &[cluster("A", None, None)],
            50,
            "At 5 % a year nothing is full within 36 months. The fullest, A has room for 25 % more",
        );
        check(
            &[a()],
            100,
            "At 10 % a year, A is full in 14 months, January 2028; 2 hosts more then. In all 2 hosts more are bought or rented within 36 months",
        );
        check(
            &[a(), b()],
            100,
            "At 10 % a year, A is full in 14 months, January 2028; 2 hosts more then. From July 2028 on B may have no more hosts. In all 2 hosts more are bought or rented within 36 months",
        );
        let mut kept = a();
        kept.growth.additions.iter_mut().for_each(|addition| addition.is_kept = true);
        check(&[kept], 100, "At 10 % a year, A is full in 14 months, January 2028; 2 hosts stay on then");
        let mut short = b();
        short.growth.short_of = Some(Resource::Storage);
        check(
            &[short],
            100,
            "At 10 % a year, B is full in 20 months, July 2028. From July 2028 on B needs more storage, or fewer machines: hosts bring no more",
        );
    }

    #[test]
    fn hosts_that_are_added_cost_once_or_each_month() {
        let (a, b) = (cluster("A", Some(3), None).growth, cluster("B", Some(5), None).growth);
        let mut kept = cluster("C", Some(5), None).growth;
        kept.additions.iter_mut().for_each(|addition| addition.is_kept = true);
        let units = Money::from_units;
        let once = Some(HostMoney::Once(units(20_000)));
        let monthly = Some(HostMoney::Monthly(units(700)));
        let found = money_of_added(&[(&a, once), (&b, monthly), (&kept, once), (&a, None)]);
        assert_eq!(found, (units(40_000), units(1400)));
    }

    #[test]
    fn what_is_full_first_comes_first() {
        let growth =
            |full, filled, place| ClusterGrowth { filled: vec![filled], place, ..cluster("", full, None).growth };
        let all = vec![growth(None, 700, 0), growth(None, 900, 1), growth(Some(3), 800, 2)];
        let order: Vec<u32> =
            named(all, &Plan::default(), &Scenario::default()).iter().map(|one| one.growth.place).collect();
        assert_eq!(order, [2, 1, 0]);
    }
}
