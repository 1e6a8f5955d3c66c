//! What comes out of a scenario, in the figures by which scenarios are compared.

use crate::engine::cost::LineKind;
use crate::engine::model::{Currency, Estate, FootprintKind, Money, Scenario};
use crate::engine::outcome::Outcome;
use crate::engine::placement::{HostPlan, PlacePlan};
use crate::store::format;
use crate::store::over_years::OverYears;

/// The figures of one scenario. Money is in the scenario's currency, over its horizon, with growth and changes of prices.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// The currency of all money.
    pub currency: Currency,
    /// Months over which cost is counted.
    pub months: u32,
    /// All lines of the plan's ledger.
    pub total: Money,
    /// All lines of staying's ledger.
    pub staying: Money,
    /// A usual month.
    pub run_rate: Money,
    /// Moving and leaving, once.
    pub once: Money,
    /// What the plan saves, in today's money, with growth and changes of prices; negative where it costs more.
    pub saved_present_value: Money,
    /// The first month from which on the plan has cost less in all than staying.
    pub break_even_month: Option<u32>,
    /// Machines with a place.
    pub placed: u64,
    /// Machines without one.
    pub unplaced: u64,
    /// Machines with another place than today.
    pub moved: u64,
    /// Hosts in use that exist.
    pub hosts_kept: u64,
    /// Hosts that are rented or bought.
    pub hosts_new: u64,
    /// Hosts that are switched off.
    pub hosts_retired: u64,
    /// Machines that run as instances.
    pub instances: u64,
    /// How far the total may be from the best possible, in millionths.
    pub gap_ppm: u32,
    /// Emissions of a month, in grams; `None` where a grid is not known.
    pub grams: Option<u64>,
    /// What the plan has cost up to the end of each month.
    pub so_far: Vec<Money>,
    /// Exceeded in nine, and in one, of ten draws; `None` where they were not made.
    pub range: Option<(Money, Money)>,
    /// Money by kind of cost, in the order of kinds.
    pub by_kind: Vec<(LineKind, Money)>,
}

/// The figures of `scenario`, whose result is `outcome`.
pub fn figures(estate: &Estate, scenario: &Scenario, outcome: &Outcome) -> Figures {
    let plan = &outcome.plan;
    let years = OverYears::of(outcome, &scenario.assumptions.finance);
    let money = &years.outlook;
    let hosts = |place: &PlacePlan, is_wanted: &dyn Fn(&HostPlan) -> bool| {
        let wanted = place.clusters.iter().flat_map(|cluster| &cluster.hosts).filter(|host| is_wanted(host));
        wanted.count() as u64 * scenario.hosts_in_one(place.footprint)
    };
    let count = |is_wanted: &dyn Fn(&HostPlan) -> bool| plan.places.iter().map(|place| hosts(place, is_wanted)).sum();
    Figures {
        currency: scenario.assumptions.currency,
        months: years.plan.horizon_months,
        total: money.plan.total,
        staying: money.staying.total,
        run_rate: money.plan.run_rate,
        once: money.plan.once,
        saved_present_value: money.saved_present_value,
        break_even_month: money.break_even_month,
        placed: plan.assignments.len() as u64,
        unplaced: plan.unplaced.len() as u64,
        moved: moved(estate, scenario, outcome),
        hosts_kept: count(&|host| host.existing.is_some() && !host.retired),
        hosts_new: count(&|host| host.existing.is_none()),
        hosts_retired: count(&|host| host.retired),
        instances: plan.places.iter().map(|place| u64::from(place.instances)).sum(),
        gap_ppm: plan.gap_ppm(),
        grams: outcome.emissions.places.iter().map(|place| place.grams).sum(),
        so_far: money.months.iter().map(|month| month.plan_so_far).collect(),
        range: None,
        by_kind: years.plan.by_kind(),
    }
}

/// Machines whose place is not the cluster that they are in.
fn moved(estate: &Estate, scenario: &Scenario, outcome: &Outcome) -> u64 {
    let cluster_of = |place: u32| {
        let footprint = scenario.footprint(outcome.plan.places.get(place as usize)?.footprint)?;
        match &footprint.kind {
            FootprintKind::Cluster(cluster) => Some(cluster.cluster),
            FootprintKind::Hosts(_) | FootprintKind::Instances(_) => None,
        }
    };
    let moves = |assignment: &&crate::engine::placement::Assignment| {
        let today = estate.machine(assignment.machine).map(|machine| machine.cluster);
        today.is_none() || cluster_of(assignment.place) != today
    };
    outcome.plan.assignments.iter().filter(moves).count() as u64
}

/// A figure as it stands in the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The figure.
    pub text: String,
    /// How it differs from the one of the scenario compared with; empty where it does not.
    pub difference: String,
    /// Whether the difference is for the better; `None` where neither is.
    pub is_better: Option<bool>,
}

/// A row of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is compared.
    pub label: &'static str,
    /// What that means.
    pub help: &'static str,
    /// One for each scenario; `None` where it has no result yet.
    pub cells: Vec<Option<Cell>>,
}

/// What is better of a figure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Good {
    Less,
    More,
    Neither,
}

/// A figure: label, help, value, and what is better. Values are money in millionths or counts.
struct Measure {
    label: &'static str,
    help: &'static str,
    kind: Kind,
    good: Good,
    value: fn(&Figures) -> Option<i64>,
}

#[derive(Clone, Copy)]
enum Kind {
    Money,
    Count,
    Month,
    Share,
    Carbon,
}

const MEASURES: [Measure; 18] = [
    Measure {
        label: "Total",
        help: "All lines of the ledger over the horizon, with growth, changes of prices, and what is paid once for moving and leaving",
        kind: Kind::Money,
        good: Good::Less,
        value: |f| Some(f.total.micros()),
    },
    Measure {
        label: "Staying as is",
        help: "The same machines where they are, under the same assumptions",
        kind: Kind::Money,
        good: Good::Neither,
        value: |f| Some(f.staying.micros()),
    },
    Measure {
        label: "Run rate, a month",
        help: "A usual month of the first year, without what is paid once for moving and leaving",
        kind: Kind::Money,
        good: Good::Less,
        value: |f| Some(f.run_rate.micros()),
    },
    Measure {
        label: "Moving and leaving, once",
        help: "What is paid once for moving machines and for leaving hosts; it is in the total",
        kind: Kind::Money,
        good: Good::Less,
        value: |f| Some(f.once.micros()),
    },
    Measure {
        label: "Saved in today's money",
        help: "Against staying, with growth and changes of prices, discounted; negative where the plan costs more",
        kind: Kind::Money,
        good: Good::More,
        value: |f| Some(f.saved_present_value.micros()),
    },
    Measure {
        label: "Break-even",
        help: "The month from which on the plan has cost less in all than staying",
        kind: Kind::Month,
        good: Good::Less,
        value: |f| f.break_even_month.map(i64::from),
    },
    Measure {
        label: "Machines placed",
        help: "Planned machines that have a place",
        kind: Kind::Count,
        good: Good::More,
        value: |f| Some(whole(f.placed)),
    },
    Measure {
        label: "Machines without a place",
        help: "They are not in the total",
        kind: Kind::Count,
        good: Good::Less,
        value: |f| Some(whole(f.unplaced)),
    },
    Measure {
        label: "Machines that move",
        help: "To another cluster, to rented hosts or to instances",
        kind: Kind::Count,
        good: Good::Less,
        value: |f| Some(whole(f.moved)),
    },
    Measure {
        label: "Hosts kept",
        help: "Existing hosts that stay in use",
        kind: Kind::Count,
        good: Good::Neither,
        value: |f| Some(whole(f.hosts_kept)),
    },
    Measure {
        label: "Hosts rented or bought",
        help: "Hosts that are not there today; over two sites, those of both are counted",
        kind: Kind::Count,
        good: Good::Neither,
        value: |f| Some(whole(f.hosts_new)),
    },
    Measure {
        label: "Hosts switched off",
        help: "Existing hosts that the plan does not need",
        kind: Kind::Count,
        good: Good::Neither,
        value: |f| Some(whole(f.hosts_retired)),
    },
    Measure {
        label: "Machines as instances",
        help: "They leave VMware",
        kind: Kind::Count,
        good: Good::Neither,
        value: |f| Some(whole(f.instances)),
    },
    Measure {
        label: "Carbon, a month",
        help: "Emissions of the electricity, with cooling; how it is reckoned stands on Cost",
        kind: Kind::Carbon,
        good: Good::Less,
        value: |f| f.grams.map(whole),
    },
    Measure {
        label: "Exceeded in 9 of 10 draws",
        help: "The total that chance rarely stays below (P10). Drawn on Cost, for the plan on screen",
        kind: Kind::Money,
        good: Good::Less,
        value: |f| f.range.map(|range| range.0.micros()),
    },
    Measure {
        label: "Exceeded in 1 of 10 draws",
        help: "The total that chance rarely goes beyond (P90). Drawn on Cost, for the plan on screen",
        kind: Kind::Money,
        good: Good::Less,
        value: |f| f.range.map(|range| range.1.micros()),
    },
    Measure {
        label: "Horizon",
        help: "Totals of different horizons are not comparable",
        kind: Kind::Month,
        good: Good::Neither,
        value: |f| Some(i64::from(f.months)),
    },
    Measure {
        label: "At most from the best",
        help: "How far the total may be above the best possible one",
        kind: Kind::Share,
        good: Good::Less,
        value: |f| Some(i64::from(f.gap_ppm)),
    },
];

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The comparison, each scenario with the one at `base`. Where currencies differ, money is not subtracted.
pub fn rows(of: &[Option<Figures>], base: usize) -> Vec<Row> {
    let base = of.get(base).and_then(Option::as_ref);
    MEASURES
        .iter()
        .map(|measure| Row {
            label: measure.label,
            help: measure.help,
            cells: of.iter().map(|figures| figures.as_ref().map(|figures| cell(measure, figures, base))).collect(),
        })
        .collect()
}

fn cell(measure: &Measure, figures: &Figures, base: Option<&Figures>) -> Cell {
    let value = (measure.value)(figures);
    let absent = match measure.kind {
        Kind::Money => "not drawn",
        Kind::Carbon => "not known",
        Kind::Count | Kind::Month | Kind::Share => "not within the horizon",
    };
    let text = value.map_or_else(|| absent.to_owned(), |value| show(measure.kind, value, figures.currency));
    let is_money = matches!(measure.kind, Kind::Money);
    let comparable =
        base.filter(|base| !is_money || (base.currency, base.months) == (figures.currency, figures.months));
    let before = comparable.and_then(|base| (measure.value)(base));
    let Some((value, before)) = value.zip(before).filter(|(value, before)| value != before) else {
        return Cell { text, difference: String::new(), is_better: None };
    };
    let sign = if value > before { "+" } else { "−" };
    let difference = format!("{sign}{}", show(measure.kind, (value - before).abs(), figures.currency));
    let is_better = match measure.good {
        Good::Less => Some(value < before),
        Good::More => Some(value > before),
        Good::Neither => None,
    };
    Cell { text, difference, is_better }
}

fn show(kind: Kind, value: i64, currency: Currency) -> String {
    match kind {
        Kind::Money => format::money_short(Money::from_micros(value), currency),
        Kind::Count => format::count(value.unsigned_abs()),
        Kind::Carbon => format::emissions(value.unsigned_abs()),
        Kind::Month => format::counted(value.unsigned_abs(), "month", "months"),
        Kind::Share => format!("{} %", format::decimal(value as f64 / 1e4, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(total: i64) -> Figures {
        Figures {
            total: Money::from_units(total),
            months: 36,
            ..super::figures(&Estate::default(), &Scenario::default(), &Outcome::default())
        }
    }

    #[test]
    fn differences_have_a_sign_and_say_whether_they_are_good() {
        let two = [Some(figures(2_000_000)), Some(figures(1_500_000)), None];
        let total = &rows(&two, 0)[0];
        let cells: Vec<_> =
            total.cells.iter().flatten().map(|cell| (cell.text.as_str(), cell.difference.as_str())).collect();
        assert_eq!(cells, [("$2.00 M", ""), ("$1.50 M", "−$500 k")]);
        assert_eq!(total.cells[1].as_ref().and_then(|cell| cell.is_better), Some(true));
        assert_eq!(total.cells[2], None, "a scenario without a result");
    }

    #[test]
    fn money_in_other_currencies_or_over_other_times_is_not_subtracted() {
        let (one, two) = (figures(10), Figures { currency: Currency::Eur, ..figures(20) });
        assert_eq!(rows(&[Some(one.clone()), Some(two)], 0)[0].cells[1].as_ref().unwrap().difference, "");
        let longer = Figures { months: 60, ..figures(20) };
        assert_eq!(rows(&[Some(one), Some(longer)], 0)[0].cells[1].as_ref().unwrap().difference, "");
    }

    #[test]
    fn what_is_not_known_is_said_in_words() {
        let one = Figures { grams: None, ..figures(1) };
        let of = |label: &str| {
            let rows = rows(&[Some(one.clone())], 0);
            let row = rows.into_iter().find(|row| row.label == label).expect(label);
            row.cells[0].clone().expect("a cell").text
        };
        assert_eq!(of("Carbon, a month"), "not known");
        assert_eq!(of("Exceeded in 1 of 10 draws"), "not drawn");
        assert_eq!(of("Break-even"), "not within the horizon");
    }
}
