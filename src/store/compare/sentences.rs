//! Why one scenario is better than another, in sentences: one for each figure in which they differ.

use super::figures::Figures;
use crate::engine::cost::LineKind;
use crate::engine::model::Money;
use crate::store::{format, words};

/// Why one scenario costs less or more than another, as a sentence with the kinds of cost that differ most.
pub fn explanation(name: &str, figures: &Figures, base_name: &str, base: &Figures) -> String {
    if !are_comparable(figures, base) {
        return format!(
            "{name} and {base_name} are in other currencies or over other times: their totals are not comparable."
        );
    }
    let gap = figures.total - base.total;
    if gap == Money::ZERO {
        return format!("{name} costs as much as {base_name}.");
    }
    let amount = |money: Money| format::money_short(absolute(money), figures.currency);
    let mut kinds = by_kind(figures, base);
    kinds.sort_by_key(|&(kind, money)| (std::cmp::Reverse(money.micros().unsigned_abs()), kind));
    let reasons: Vec<String> = kinds
        .iter()
        .take(3)
        .map(|&(kind, money)| {
            format!("{} {} for {}", amount(money), less_or_more(money), words::line_kind(kind).to_lowercase())
        })
        .collect();
    format!("{name} costs {} {} than {base_name}: {}.", amount(gap), less_or_more(gap), reasons.join(", "))
}

/// A sentence for each difference to another scenario beside the total, in the order of the rows of the comparison.
pub fn sentences(figures: &Figures, base: &Figures) -> Vec<String> {
    SENTENCES.iter().filter_map(|(_, tell)| tell(figures, base)).collect()
}

/// The rows of the comparison that a sentence is about, and the sentence, where scenarios differ in them.
type Sentence = (&'static [&'static str], fn(&Figures, &Figures) -> Option<String>);

const SENTENCES: [Sentence; 16] = [
    (&["Staying as is"], |one, other| money("Staying as is costs", "", one, other, |f| f.staying)),
    (&["Run rate, a month"], |one, other| money("A usual month costs", "", one, other, |f| f.run_rate)),
    (&["Moving and leaving, once"], |one, other| money("Moving and leaving costs", " once", one, other, |f| f.once)),
    (&["Saved in today's money"], saved),
    (&["Break-even"], break_even),
    (&["Machines placed"], |one, other| {
        count(["machine has a place", "machines have a place"], one, other, |f| f.placed)
    }),
    (&["Machines without a place"], |one, other| {
        count(["machine has no place", "machines have no place"], one, other, |f| f.unplaced)
    }),
    (&["Machines that move"], |one, other| count(["machine moves", "machines move"], one, other, |f| f.moved)),
    (&["Hosts kept"], |one, other| {
        count(["existing host stays in use", "existing hosts stay in use"], one, other, |f| f.hosts_kept)
    }),
    (&["Hosts rented or bought"], |one, other| {
        count(["host is rented or bought", "hosts are rented or bought"], one, other, |f| f.hosts_new)
    }),
    (&["Hosts switched off"], |one, other| {
        count(["host is switched off", "hosts are switched off"], one, other, |f| f.hosts_retired)
    }),
    (&["Machines as instances"], |one, other| {
        count(["machine runs as an instance", "machines run as instances"], one, other, |f| f.instances)
    }),
    (&["Carbon, a month"], carbon),
    (&["Exceeded in 9 of 10 draws", "Exceeded in 1 of 10 draws"], risk),
    (&["Horizon"], |one, other| {
        let (months, before) = (format::duration(one.months), format::duration(other.months));
        (one.months != other.months).then(|| format!("Cost is counted over {months} instead of {before}."))
    }),
    (&["At most from the best"], gap),
];

/// Whether money of the two can be subtracted.
fn are_comparable(figures: &Figures, base: &Figures) -> bool {
    (figures.currency, figures.months) == (base.currency, base.months)
}

fn absolute(money: Money) -> Money {
    if money < Money::ZERO { -money } else { money }
}

fn less_or_more(gap: Money) -> &'static str {
    if gap < Money::ZERO { "less" } else { "more" }
}

/// Two amounts and what is between them, in short, or to the unit where they would read the same.
fn money(what: &str, after: &str, one: &Figures, other: &Figures, of: fn(&Figures) -> Money) -> Option<String> {
    let (value, before) = (of(one), of(other));
    let gap = value - before;
    if !are_comparable(one, other) {
        let texts = [format::money_short(value, one.currency), format::money_short(before, other.currency)];
        return (texts[0] != texts[1]).then(|| format!("{what} {}{after} instead of {}.", texts[0], texts[1]));
    }
    let tell = |show: fn(Money, crate::engine::model::Currency) -> String| {
        let texts = [value, before, absolute(gap)].map(|amount| show(amount, one.currency));
        let word = less_or_more(gap);
        (texts[0] != texts[1])
            .then(|| format!("{what} {}{after} instead of {}: {} {word}.", texts[0], texts[1], texts[2]))
    };
    tell(format::money_short).or_else(|| tell(format::money))
}

fn count([single, several]: [&str; 2], one: &Figures, other: &Figures, of: fn(&Figures) -> u64) -> Option<String> {
    let (value, before) = (of(one), of(other));
    let words = if value == 1 { single } else { several };
    (value != before).then(|| format!("{} {words} instead of {}.", format::count(value), format::count(before)))
}

fn saved(one: &Figures, other: &Figures) -> Option<String> {
    let words = |of: &Figures| {
        let amount = format::money_short(absolute(of.saved_present_value), of.currency);
        if of.saved_present_value < Money::ZERO { format!("costs {amount} more") } else { format!("saves {amount}") }
    };
    let (value, before) = (words(one), words(other));
    (value != before).then(|| format!("Against staying it {value} in today's money, the other {before}."))
}

fn break_even(one: &Figures, other: &Figures) -> Option<String> {
    match (one.break_even_month, other.break_even_month) {
        (value, before) if value == before => None,
        (Some(month), Some(before)) => {
            Some(format!("It has cost less than staying from month {month} on, the other in month {before}."))
        }
        (Some(month), None) => Some(format!("It has cost less than staying from month {month} on, the other never.")),
        (None, Some(before)) => {
            Some(format!("It has cost more than staying up to the end, the other less from month {before} on."))
        }
        (None, None) => None,
    }
}

fn carbon(one: &Figures, other: &Figures) -> Option<String> {
    match (one.grams, other.grams) {
        (value, before) if value == before => None,
        (Some(grams), Some(before)) => {
            let word = if grams < before { "less" } else { "more" };
            Some(format!("{} {word} carbon a month.", format::emissions(grams.abs_diff(before))))
        }
        (Some(grams), None) => {
            Some(format!("{} carbon a month; that of the other is not known.", format::emissions(grams)))
        }
        (None, before) => before.map(|grams| {
            format!("Its carbon is not known; that of the other is {} a month.", format::emissions(grams))
        }),
    }
}

/// How far chance takes the total, where that was drawn.
fn risk(one: &Figures, other: &Figures) -> Option<String> {
    let words = |of: &Figures| {
        of.range.map(|(low, high)| {
            format!("{} to {}", format::money_short(low, of.currency), format::money_short(high, of.currency))
        })
    };
    match (words(one), words(other)) {
        (value, before) if value == before => None,
        (Some(value), Some(before)) => Some(format!("In eight of ten draws it costs {value}, the other {before}.")),
        (Some(value), None) => Some(format!("In eight of ten draws it costs {value}; the other is not drawn.")),
        (None, before) => {
            before.map(|before| format!("In eight of ten draws the other costs {before}; this one is not drawn."))
        }
    }
}

/// How far from the best possible it may be.
fn gap(one: &Figures, other: &Figures) -> Option<String> {
    let [value, before] = [one, other].map(|of| format!("{} %", format::decimal(f64::from(of.gap_ppm) / 1e4, 1)));
    (value != before).then(|| format!("The best possible total is at most {value} below it, for the other {before}."))
}

/// By how much each kind of cost differs, where it does.
fn by_kind(figures: &Figures, base: &Figures) -> Vec<(LineKind, Money)> {
    let of = |figures: &Figures, kind| {
        figures.by_kind.iter().find(|(other, _)| *other == kind).map_or(Money::ZERO, |(_, money)| *money)
    };
    let mut kinds: Vec<LineKind> = figures.by_kind.iter().chain(&base.by_kind).map(|(kind, _)| *kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
        .into_iter()
        .map(|kind| (kind, of(figures, kind) - of(base, kind)))
        .filter(|(_, gap)| *gap != Money::ZERO)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::engine::model::{Currency, Estate, Scenario};
    use crate::engine::outcome::Outcome;
    use crate::store::compare::figures::{figures, rows};

    fn units(number: i64) -> Money {
        Money::from_units(number)
    }

    fn plain() -> Figures {
        let months = 36;
        Figures { months, gap_ppm: 0, ..figures(&Estate::default(), &Scenario::default(), &Outcome::default()) }
    }

    fn told(change: impl Fn(&mut Figures), change_base: impl Fn(&mut Figures)) -> Vec<String> {
        let (mut one, mut other) = (plain(), plain());
        change(&mut one);
        change_base(&mut other);
        sentences(&one, &other)
    }

    #[test]
    fn every_row_that_differs_has_its_sentence() {
        type Change = fn(&mut Figures);
        let cases: [(&str, Change, Change, &str); 23] = [
            (
                "Staying as is",
                |f| f.staying = units(900_000),
                |f| f.staying = units(1_000_000),
                "Staying as is costs $900 k instead of $1.00 M: $100 k less.",
            ),
            (
                "Run rate, a month",
                |f| f.run_rate = units(41_000),
                |f| f.run_rate = units(38_500),
                "A usual month costs $41.0 k instead of $38.5 k: $2,500 more.",
            ),
            (
                "Run rate, a month",
                |f| f.run_rate = units(41_001),
                |f| f.run_rate = units(41_000),
                "A usual month costs $41,001 instead of $41,000: $1 more.",
            ),
            (
                "Moving and leaving, once",
                |f| f.once = units(5_000),
                |f| f.once = units(20_000),
                "Moving and leaving costs $5,000 once instead of $20.0 k: $15.0 k less.",
            ),
            (
                "Saved in today's money",
                |f| f.saved_present_value = units(500_000),
                |f| f.saved_present_value = units(-20_000),
                "Against staying it saves $500 k in today's money, the other costs $20.0 k more.",
            ),
            (
                "Break-even",
                |f| f.break_even_month = Some(7),
                |f| f.break_even_month = Some(9),
                "It has cost less than staying from month 7 on, the other in month 9.",
            ),
            (
                "Break-even",
                |f| f.break_even_month = Some(7),
                |_| {},
                "It has cost less than staying from month 7 on, the other never.",
            ),
            (
                "Break-even",
                |_| {},
                |f| f.break_even_month = Some(9),
                "It has cost more than staying up to the end, the other less from month 9 on.",
            ),
            ("Machines placed", |f| f.placed = 1, |f| f.placed = 12, "1 machine has a place instead of 12."),
            ("Machines without a place", |f| f.unplaced = 3, |_| {}, "3 machines have no place instead of 0."),
            ("Machines that move", |f| f.moved = 1, |f| f.moved = 12, "1 machine moves instead of 12."),
            ("Hosts kept", |f| f.hosts_kept = 6, |f| f.hosts_kept = 9, "6 existing hosts stay in use instead of 9."),
            ("Hosts rented or bought", |f| f.hosts_new = 4, |_| {}, "4 hosts are rented or bought instead of 0."),
            ("Hosts switched off", |f| f.hosts_retired = 1, |_| {}, "1 host is switched off instead of 0."),
            ("Machines as instances", |f| f.instances = 30, |_| {}, "30 machines run as instances instead of 0."),
            (
                "Carbon, a month",
                |f| f.grams = Some(500_000),
                |f| f.grams = Some(2_000_000),
                "1.5 t less carbon a month.",
            ),
            (
                "Carbon, a month",
                |f| f.grams = None,
                |f| f.grams = Some(2_000_000),
                "Its carbon is not known; that of the other is 2.0 t a month.",
            ),
            (
                "Carbon, a month",
                |f| f.grams = Some(2_000_000),
                |f| f.grams = None,
                "2.0 t carbon a month; that of the other is not known.",
            ),
            (
                "Exceeded in 9 of 10 draws",
                |f| f.range = Some((units(900_000), units(1_500_000))),
                |f| f.range = Some((units(800_000), units(1_500_000))),
                "In eight of ten draws it costs $900 k to $1.50 M, the other $800 k to $1.50 M.",
            ),
            (
                "Exceeded in 1 of 10 draws",
                |f| f.range = Some((units(900_000), units(1_500_000))),
                |_| {},
                "In eight of ten draws it costs $900 k to $1.50 M; the other is not drawn.",
            ),
            (
                "Exceeded in 1 of 10 draws",
                |_| {},
                |f| f.range = Some((units(900_000), units(1_500_000))),
                "In eight of ten draws the other costs $900 k to $1.50 M; this one is not drawn.",
            ),
            ("Horizon", |f| f.months = 60, |_| {}, "Cost is counted over 5 years instead of 3 years."),
            (
                "At most from the best",
                |f| f.gap_ppm = 31_000,
                |f| f.gap_ppm = 4_000,
                "The best possible total is at most 3.1 % below it, for the other 0.4 %.",
            ),
        ];
        for (row, change, change_base, sentence) in cases {
            assert_eq!(told(change, change_base), [sentence], "{row}");
        }
        // And every row of the comparison is among them; the total has the explanation.
        let tried: BTreeSet<&str> = cases.iter().map(|(row, ..)| *row).chain(["Total"]).collect();
        let rows: BTreeSet<&str> = rows(&[], 0).iter().map(|row| row.label).collect();
        assert_eq!(tried, rows);
        let about: BTreeSet<&str> =
            SENTENCES.iter().flat_map(|(rows, _)| rows.iter().copied()).chain(["Total"]).collect();
        assert_eq!(about, rows);
        assert!(sentences(&plain(), &plain()).is_empty());
    }

    #[test]
    fn money_in_other_currencies_is_told_and_not_subtracted() {
        let euro = |f: &mut Figures| (f.currency, f.run_rate) = (Currency::Eur, units(38_500));
        let told = told(euro, |f| f.run_rate = units(41_000));
        assert!(told.contains(&"A usual month costs €38.5 k instead of $41.0 k.".to_owned()), "{told:?}");
        let longer = Figures { months: 60, ..plain() };
        assert!(explanation("B", &longer, "A", &plain()).ends_with("not comparable."));
    }

    #[test]
    fn the_explanation_names_what_differs_most() {
        let figures = |total, by_kind: &[(LineKind, i64)]| {
            let by_kind = by_kind.iter().map(|&(kind, number)| (kind, units(number))).collect();
            Figures { by_kind, total: units(total), ..plain() }
        };
        let base = figures(1000, &[(LineKind::Hosts, 600), (LineKind::Licences, 200), (LineKind::Power, 200)]);
        let other = figures(700, &[(LineKind::Hosts, 100), (LineKind::Licences, 200), (LineKind::Instances, 400)]);
        assert_eq!(
            explanation("B", &other, "A", &base),
            "B costs $300 less than A: $500 less for hosts, $400 more for instances, $200 less for electricity."
        );
        assert_eq!(explanation("B", &base, "A", &base), "B costs as much as A.");
    }
}
