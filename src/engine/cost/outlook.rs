//! Money over the years: growth, changes of prices, cash flow, present value, break-even and payback.
//!
//! Everything here is a sum over the lines of ledgers; [`over_time`] is the one place where growth and changes of prices make new lines.

use schemars::JsonSchema;
use serde::Serialize;

use super::committed_spend::add_shortfalls;
use super::inputs::change_of;
use super::rate::line_total;
use super::{Basis, GrowthPrice, Ledger, Line, Unit};
use crate::engine::model::{Finance, Money, PriceChanges};

/// A plan beside staying, month by month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Outlook {
    /// What each month costs, from 0 to the end of the horizon.
    pub months: Vec<Month>,
    /// The plan.
    pub plan: Sums,
    /// Staying as is.
    pub staying: Sums,
    /// What the plan saves over the horizon; negative where it costs more.
    pub saved: Money,
    /// The same in today's money.
    pub saved_present_value: Money,
    /// The first month from which on the plan has cost less in all than staying, counted from 1; `null` where that does not happen.
    pub break_even_month: Option<u32>,
    /// Months until what is saved in a usual month has paid for moving and leaving; `null` where nothing is saved, 0 where nothing is paid.
    pub payback_months: Option<u32>,
}

/// One month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Month {
    /// What the plan costs.
    pub plan: Money,
    /// What staying costs.
    pub staying: Money,
    /// What the plan has cost up to its end.
    pub plan_so_far: Money,
    /// What staying has cost up to its end.
    pub staying_so_far: Money,
}

/// A ledger in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sums {
    /// A usual month of the first year.
    pub run_rate: Money,
    /// Moving and leaving.
    pub once: Money,
    /// Everything over the horizon.
    pub total: Money,
    /// The same in today's money.
    pub present_value: Money,
}

/// A plan beside staying, with growth and changes of prices. The ledgers are those of a plan, over the same horizon.
pub fn outlook(plan: &Ledger, staying: &Ledger, finance: &Finance) -> Outlook {
    let (grown_plan, grown_staying) = (over_time(plan, finance), over_time(staying, finance));
    let (plan_months, staying_months) = (grown_plan.by_month(), grown_staying.by_month());
    let mut so_far = (Money::ZERO, Money::ZERO);
    let months: Vec<Month> = plan_months
        .iter()
        .zip(&staying_months)
        .map(|(&plan, &staying)| {
            so_far = (so_far.0 + plan, so_far.1 + staying);
            Month { plan, staying, plan_so_far: so_far.0, staying_so_far: so_far.1 }
        })
        .collect();
    let sums = |grown: &Ledger, months: &[Money]| Sums {
        run_rate: grown.run_rate(),
        once: grown.once(),
        total: grown.total(),
        present_value: present_value(months, finance.discount_permille_year),
    };
    let plan = sums(&grown_plan, &plan_months);
    let staying = sums(&grown_staying, &staying_months);
    Outlook {
        break_even_month: break_even(&months),
        payback_months: payback(plan.once, staying.run_rate - plan.run_rate),
        saved: staying.total - plan.total,
        saved_present_value: staying.present_value - plan.present_value,
        months,
        plan,
        staying,
    }
}

/// What is said of a ledger without growth and changes of prices.
pub(super) const STEADY: &str = "Growth, and changes of prices over time, are not counted.";

/// A ledger with growth and changes of prices: each line that runs for more than a year has one line for each year, with that year's quantity and price.
/// Without growth and changes it is the ledger as it was. Hosts grow by whole hosts.
pub fn over_time(ledger: &Ledger, finance: &Finance) -> Ledger {
    let grows = finance.growth_permille_year > 0 || !ledger.growth.is_empty();
    let is_steady = is_steady(ledger, finance);
    let mut lines = Vec::new();
    // What is left of promises follows from what is spent in each year.
    for line in ledger.lines.iter().filter(|line| is_steady || line.basis != Basis::Promise) {
        let change = change_of(line.kind, finance);
        let follows = line.nature.is_running() && matches!(line.basis, Basis::Use | Basis::SmallestOrder);
        if !follows || (!grows && change == 0) {
            lines.push(line.clone());
            continue;
        }
        let growth = Growth::of(line, ledger, finance);
        let is_its = |price: &&GrowthPrice| price.footprint == line.footprint && price.of == line.label;
        let on_demand = ledger.on_demand.iter().find(is_its);
        let mut from = line.from_month;
        while from < line.to_month {
            let year = from / 12;
            let until = ((year + 1) * 12).min(line.to_month);
            lines.extend(year_of(line, year, (from, until), &growth, (i64::from(change), on_demand)));
            from = until;
        }
    }
    let still_true = |text: &&String| is_steady || text.as_str() != STEADY;
    let not_priced = ledger.not_priced.iter().filter(still_true).cloned().collect();
    let mut grown = Ledger { lines, horizon_months: ledger.horizon_months, not_priced, ..Ledger::default() };
    if !is_steady {
        add_shortfalls(&mut grown, &ledger.promised);
    }
    grown
}

/// Whether nothing grows and no price changes, so that the ledger is the same over time.
pub fn is_steady(ledger: &Ledger, finance: &Finance) -> bool {
    finance.growth_permille_year == 0 && ledger.growth.is_empty() && finance.price_changes == PriceChanges::default()
}

/// How the quantity of a line grows.
enum Growth<'a> {
    /// By so much per thousand a year.
    Alike(i64),
    /// As the applications of its place do: in millionths of today, by year.
    Mixed(&'a [u64]),
}

impl<'a> Growth<'a> {
    fn of(line: &Line, ledger: &'a Ledger, finance: &Finance) -> Self {
        if line.basis == Basis::SmallestOrder {
            return Self::Alike(0);
        }
        let place = ledger.growth.iter().find(|growth| growth.footprint == line.footprint);
        let alike = Self::Alike(i64::from(finance.growth_permille_year.min(1_000_000)));
        place.map_or(alike, |place| Self::Mixed(&place.by_year_ppm))
    }

    fn quantity(&self, milli: i64, year: u32) -> i64 {
        let today = Money::from_micros(milli);
        let grown = match *self {
            Self::Alike(permille) => compound(today, permille, year),
            Self::Mixed(years) => today.scale(i128::from(factor(years, year).micros()), 1_000_000),
        };
        grown.micros().max(0)
    }

    fn in_words(&self, year: u32) -> String {
        match *self {
            Self::Alike(permille) => power(permille, year),
            Self::Mixed(years) => format!("{}, as its applications grow", factor(years, year)),
        }
    }
}

/// What there is in a year for one of today, to the millionth; after the last year that is known as in it.
fn factor(years_ppm: &[u64], year: u32) -> Money {
    let ppm = years_ppm.get(year as usize).or(years_ppm.last()).copied().unwrap_or(1_000_000);
    Money::from_micros(i64::try_from(ppm).unwrap_or(i64::MAX))
}

/// The part of a line that falls into a year, counted from 0. Where what there is today is on a term, what comes by growth is a line of its own, on demand.
fn year_of(
    line: &Line,
    year: u32,
    (from_month, to_month): (u32, u32),
    growth: &Growth<'_>,
    (change, on_demand): (i64, Option<&GrowthPrice>),
) -> impl Iterator<Item = Line> {
    let grown = growth.quantity(line.quantity_milli, year);
    // A part of a host cannot be rented.
    let quantity_milli = if matches!(line.unit, Unit::HostMonth | Unit::Host) { whole_hosts(grown) } else { grown };
    let on_demand = on_demand.filter(|_| quantity_milli > line.quantity_milli);
    let (quantity_milli, more) = match on_demand {
        Some(_) => (line.quantity_milli, quantity_milli - line.quantity_milli),
        None => (quantity_milli, 0),
    };
    let unit_price = compound(line.unit_price, change, year);
    let label = if year == 0 { line.label.clone() } else { format!("{}, year {}", line.label, year + 1) };
    let source = if year == 0 {
        line.source.clone()
    } else {
        let times = if on_demand.is_some() { "1, growth being on demand".to_owned() } else { growth.in_words(year) };
        format!("{}; quantity × {times}, price × {}", line.source, power(change, year))
    };
    let months = to_month - from_month;
    let total = line_total(quantity_milli as u64, unit_price, months);
    let base = Line { label, quantity_milli, unit_price, source, from_month, to_month, total, ..line.clone() };
    let added = on_demand.map(|price| {
        let unit_price = compound(price.unit_price, change, year);
        let (times, power) = (growth.in_words(year), power(change, year));
        Line {
            label: format!("{}, growth, year {}", price.label, year + 1),
            quantity_milli: more,
            unit_price,
            status: price.status,
            source: format!("{}; what quantity × {times} is more than today, price × {power}", price.source),
            total: line_total(more as u64, unit_price, months),
            ..base.clone()
        }
    });
    std::iter::once(base).chain(added)
}

fn whole_hosts(quantity_milli: i64) -> i64 {
    quantity_milli.saturating_add(999) / 1000 * 1000
}

/// `value` after so many years, rounded each year.
fn compound(value: Money, permille: i64, years: u32) -> Money {
    (0..years).fold(value, |value, _year| value.scale(i128::from(1000 + permille.max(-1000)), 1000))
}

/// A factor as text, such as `1.05^2`.
fn power(permille: i64, years: u32) -> String {
    format!("{}^{years}", Money::from_micros((1000 + permille) * 1000))
}

/// Thousand millionths in one: the unit of discount factors.
const NANO: f64 = 1e9;

/// What payments of coming months are worth today: month `m`, from 0, is divided by (1 + rate)^(m ÷ 12).
pub fn present_value(months: &[Money], discount_permille_year: u32) -> Money {
    let rate = 1.0 + f64::from(discount_permille_year) / 1000.0;
    let discounted = months.iter().zip(0_u32..).map(|(&amount, month)| {
        // `libm` gives the same bits everywhere, and the factor is made whole before money is touched.
        let factor = libm::round(libm::pow(rate, -f64::from(month) / 12.0) * NANO) as i128;
        amount.scale(factor, NANO as i128)
    });
    discounted.sum()
}

fn break_even(months: &[Month]) -> Option<u32> {
    let cheaper = |month: &Month| month.plan_so_far <= month.staying_so_far;
    let last_dearer = months.iter().rposition(|month| !cheaper(month));
    let first = last_dearer.map_or(0, |position| position + 1);
    (first < months.len()).then_some(first as u32 + 1)
}

fn payback(once: Money, saved_each_month: Money) -> Option<u32> {
    if once <= Money::ZERO {
        return Some(0);
    }
    if saved_each_month <= Money::ZERO {
        return None;
    }
    let months = (once.micros() as u64).div_ceil(saved_each_month.micros() as u64);
    u32::try_from(months).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::PriceStatus;
    use crate::engine::cost::{LineKind, Nature, PlaceGrowth};

    fn line(kind: LineKind, nature: Nature, unit: Unit, quantity: i64, price: i64, months: u32) -> Line {
        let (quantity_milli, unit_price) = (quantity * 1000, Money::from_units(price));
        Line {
            footprint: None,
            kind,
            nature,
            label: "line".to_owned(),
            quantity_milli,
            unit,
            unit_price,
            status: PriceStatus::Assumed,
            source: "test".to_owned(),
            from_month: 0,
            to_month: months,
            total: line_total(quantity_milli as u64, unit_price, months),
            basis: Basis::Use,
        }
    }

    fn ledger(lines: Vec<Line>, horizon_months: u32) -> Ledger {
        Ledger { lines, horizon_months, ..Ledger::default() }
    }

    #[test]
    fn each_place_grows_as_its_applications_do() {
        let mut grown = ledger(vec![running(5, 24)], 24);
        grown.growth = vec![PlaceGrowth { footprint: None, by_year_ppm: vec![1_000_000, 1_125_000] }];
        let grown = over_time(&grown, &Finance { growth_permille_year: 500, ..Finance::default() });
        // 10 × 5 × 12 = 600, then 11.25 × 5 × 12 = 675: the growth of all does not count beside that of applications.
        let totals: Vec<String> = grown.lines.iter().map(|line| line.total.to_string()).collect();
        assert_eq!(totals, ["600", "675"]);
        assert!(grown.lines[1].source.ends_with("quantity × 1.125, as its applications grow, price × 1^1"));
    }

    fn running(price: i64, months: u32) -> Line {
        line(LineKind::People, Nature::Operating, Unit::MachineMonth, 10, price, months)
    }

    #[test]
    fn without_growth_and_changes_the_ledger_stays_as_it_is() {
        let ledger = ledger(vec![running(5, 36)], 36);
        assert_eq!(over_time(&ledger, &Finance::default()), ledger);
    }

    #[test]
    fn growth_and_changes_make_a_line_for_each_year() {
        let changes = PriceChanges { people: 100, ..PriceChanges::default() };
        let finance = Finance { growth_permille_year: 50, price_changes: changes, ..Finance::default() };
        let mut steady = ledger(vec![running(5, 30)], 30);
        steady.not_priced = vec![STEADY.to_owned(), "Training is not priced.".to_owned()];
        let grown = over_time(&steady, &finance);
        assert_eq!(grown.not_priced, ["Training is not priced."]);
        // Year 1: 10 × 5 × 12 = 600. Year 2: 10.5 × 5.5 × 12 = 693. Half of year 3: 11.025 × 6.05 × 6 = 400.2075.
        let totals: Vec<String> = grown.lines.iter().map(|line| line.total.to_string()).collect();
        assert_eq!(totals, ["600", "693", "400.2075"]);
        assert_eq!(grown.by_month().into_iter().sum::<Money>(), grown.total());
        assert_eq!(grown.lines[2].label, "line, year 3");
        assert!(grown.lines[2].source.ends_with("quantity × 1.05^2, price × 1.1^2"), "{}", grown.lines[2].source);
    }

    #[test]
    fn hosts_grow_by_whole_hosts_and_what_is_paid_once_does_not_grow() {
        let finance = Finance { growth_permille_year: 100, ..Finance::default() };
        let hosts = line(LineKind::Hosts, Nature::Operating, Unit::HostMonth, 4, 100, 24);
        let moving = line(LineKind::Migration, Nature::Migration, Unit::Machine, 3, 900, 1);
        let grown = over_time(&ledger(vec![hosts, moving], 24), &finance);
        // 4 hosts for a year, then 4.4, which is 5: 4,800 + 6,000; and 2,700 once.
        let totals: Vec<String> = grown.lines.iter().map(|line| line.total.to_string()).collect();
        assert_eq!(totals, ["4800", "6000", "2700"]);
    }

    #[test]
    fn growth_beyond_a_term_is_on_demand() {
        let finance = Finance { growth_permille_year: 100, ..Finance::default() };
        let term = Line {
            label: "node, 3-year term".to_owned(),
            ..line(LineKind::Hosts, Nature::Operating, Unit::HostMonth, 10, 60, 30)
        };
        let mut ledger = ledger(vec![term], 30);
        ledger.on_demand = vec![GrowthPrice {
            footprint: None,
            of: "node, 3-year term".to_owned(),
            label: "node, on demand".to_owned(),
            unit_price: Money::from_units(100),
            status: PriceStatus::Listed,
            source: "list".to_owned(),
        }];
        let grown = over_time(&ledger, &finance);
        // Year 1: 10 × 60 × 12 = 7,200. Year 2: the same, and 1 × 100 × 12 = 1,200. Half of year 3: 10 × 60 × 6 = 3,600, and 12.1 are 13 hosts: 3 × 100 × 6 = 1,800.
        let lines: Vec<(&str, i64, String)> = grown
            .lines
            .iter()
            .map(|line| (line.label.as_str(), line.quantity_milli / 1000, line.total.to_string()))
            .collect();
        let expected = [
            ("node, 3-year term", 10, "7200"),
            ("node, 3-year term, year 2", 10, "7200"),
            ("node, on demand, growth, year 2", 1, "1200"),
            ("node, 3-year term, year 3", 10, "3600"),
            ("node, on demand, growth, year 3", 3, "1800"),
        ];
        assert_eq!(lines, expected.map(|(label, quantity, total)| (label, quantity, total.to_owned())));
        assert_eq!(grown.lines[2].source, "list; what quantity × 1.1^1 is more than today, price × 1^1");
        assert_eq!(over_time(&ledger, &Finance::default()).lines, ledger.lines, "without growth nothing is on demand");
    }

    #[test]
    fn money_of_later_months_is_worth_less() {
        let hundred = Money::from_units(100);
        let mut months = vec![Money::ZERO; 25];
        (months[0], months[12], months[24]) = (hundred, hundred, hundred);
        // 100 + 100 ÷ 1.07 + 100 ÷ 1.07² = 100 + 93.457944 + 87.343873
        assert_eq!(present_value(&months, 70).to_string(), "280.801817");
        assert_eq!(present_value(&months, 0), Money::from_units(300));
    }

    #[test]
    fn break_even_and_payback_count_months() {
        // Staying: 100 a month. The plan: 250 once, then 50 a month: after month 5 both have cost 500.
        let staying = ledger(vec![running(10, 12)], 12);
        let once = line(LineKind::Migration, Nature::Migration, Unit::Machine, 1, 250, 1);
        let plan = ledger(vec![running(5, 12), once], 12);
        let outlook = outlook(&plan, &staying, &Finance::default());
        assert_eq!((outlook.break_even_month, outlook.payback_months), (Some(5), Some(5)));
        assert_eq!(outlook.saved, Money::from_units(1200 - 850));
        assert_eq!((outlook.plan.run_rate, outlook.plan.once), (Money::from_units(50), Money::from_units(250)));
        assert_eq!(outlook.months[0].plan, Money::from_units(300));
        let worse = super::outlook(&staying, &plan, &Finance::default());
        assert_eq!((worse.break_even_month, worse.payback_months), (None, Some(0)));
        let dearer = ledger(vec![running(20, 12), running(1, 1)], 12);
        assert_eq!(super::outlook(&dearer, &staying, &Finance::default()).break_even_month, None);
    }
}
