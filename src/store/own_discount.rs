//! Discounts, typed into a form: rows of the price list that the project keeps (`docs/prices.md`).

use super::own_list::{Row, cells, with_row};
use crate::engine::model::Money;

/// What a discount may be on, as lists write it and as people say it.
pub const ON: [(&str, &str); 7] = [
    ("", "Hosts, instances and disks"),
    ("hosts", "Hosts"),
    ("instances", "Instances"),
    ("disks", "Disks"),
    ("traffic", "Traffic out of a region"),
    ("services", "Links, snapshots and other services"),
    ("support", "Support plans"),
];

/// Commitments, as lists write them and as people say them.
pub const TERMS: [(&str, &str); 4] =
    [("", "All"), ("on_demand", "On demand"), ("one_year", "One year"), ("three_years", "Three years")];

/// What a provider takes off its prices, as it is typed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnDiscount {
    /// Such as `aws`; `*`: all.
    pub provider: String,
    /// Position in [`ON`].
    pub on: usize,
    /// Which of them alone, such as `gp3`; empty: all.
    pub item: String,
    /// Position in [`TERMS`].
    pub term: usize,
    /// Share that is taken off, in per cent.
    pub percent: Money,
    /// Where that was agreed.
    pub source: String,
}

/// Discounts are below this: nothing becomes free.
const ALL: Money = Money::from_units(100);

impl OwnDiscount {
    /// Whether it is one.
    pub fn is_whole(&self) -> bool {
        self.percent > Money::ZERO && self.percent < ALL
    }

    /// Whether something that it is on is sold by commitment: hosts and instances are.
    pub fn has_terms(&self) -> bool {
        ON.get(self.on).is_some_and(|(word, _)| matches!(*word, "" | "hosts" | "instances"))
    }

    /// A list with this discount in it, in the place of one on the same.
    pub fn added_to(&self, list: &str) -> String {
        let row: Row = vec![
            ("what", "discount".to_owned()),
            ("id", self.provider.clone()),
            ("term", TERMS.get(self.term).filter(|_| self.has_terms()).map_or("", |(word, _)| word).to_owned()),
            ("amount", self.percent.to_string()),
            ("per", ON.get(self.on).map_or("", |(word, _)| word).to_owned()),
            ("item", self.item.trim().to_owned()),
            ("source", self.source.trim().to_owned()),
        ];
        with_row(list, &row)
    }
}

/// The discounts of a list, each with its line, from 0.
pub fn discounts(list: &str) -> Vec<(usize, OwnDiscount)> {
    let mut lines = list.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    let columns = lines.next().map_or_else(Vec::new, |(_, line)| cells(line));
    let read = |(number, line): (usize, &str)| {
        let row = cells(line);
        let of = |name: &str| {
            let at = columns.iter().position(|column| column == name);
            at.and_then(|at| row.get(at)).map_or("", String::as_str)
        };
        let at = |words: &[(&str, &str)], word: &str| words.iter().position(|(known, _)| *known == word).unwrap_or(0);
        let discount = OwnDiscount {
            provider: of("id").to_owned(),
            on: at(&ON, of("per")),
            item: of("item").to_owned(),
            term: at(&TERMS, of("term")),
            percent: of("amount").trim_end_matches('%').trim_end().parse().unwrap_or_default(),
            source: of("source").to_owned(),
        };
        (of("what") == "discount").then_some((number, discount))
    };
    lines.filter_map(read).collect()
}

/// A list without a line of it; nothing where no row is left.
pub fn without(list: &str, line: usize) -> String {
    let kept = list.lines().enumerate().filter(|(number, _)| *number != line);
    let text: String = kept.map(|(_, line)| format!("{line}\n")).collect();
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).count();
    if rows > 1 { text } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::prices::read_own;

    fn disks() -> OwnDiscount {
        OwnDiscount {
            provider: "aws".to_owned(),
            on: 3,
            item: "gp3".to_owned(),
            percent: Money::from_units(12),
            source: "Agreement, 2026".to_owned(),
            ..OwnDiscount::default()
        }
    }

    #[test]
    fn what_is_typed_in_is_a_row_that_is_read_again() {
        let list = disks().added_to("# Ours\nwhat,id,region,amount,per\ndisk_price,gp3,aws/us-east-1,0.05,gib\n");
        assert_eq!(
            list,
            "# Ours\nwhat,id,region,amount,per,term,item,source\ndisk_price,gp3,aws/us-east-1,0.05,gib\ndiscount,aws,,12,disks,,gp3,\"Agreement, 2026\"\n"
        );
        assert_eq!(read_own(&list).map(|list| list.rows.len()), Ok(2));
        assert_eq!(discounts(&list), [(3, disks())]);
        // The same again takes its place; on another term, or on all disks, it is another one.
        let more = OwnDiscount { percent: Money::from_units(15), ..disks() }.added_to(&list);
        let more = OwnDiscount { item: String::new(), ..disks() }.added_to(&more);
        let all = discounts(&more).into_iter().map(|(_, discount)| (discount.item, discount.percent.to_string()));
        assert_eq!(all.collect::<Vec<_>>(), [("gp3".to_owned(), "15".to_owned()), (String::new(), "12".to_owned())]);
    }

    #[test]
    fn a_line_goes_and_the_list_with_its_last_one() {
        let list = disks().added_to("");
        let two = OwnDiscount { on: 4, item: String::new(), ..disks() }.added_to(&list);
        assert_eq!(without(&two, 2), list);
        assert_eq!(without(&list, 1), "");
    }

    #[test]
    fn commitments_are_of_hosts_and_instances_only() {
        let terms = (0..ON.len()).map(|on| {
            let list = OwnDiscount { on, term: 2, ..disks() }.added_to("");
            discounts(&list)[0].1.term
        });
        assert_eq!(terms.collect::<Vec<_>>(), [2, 2, 2, 0, 0, 0, 0]);
    }

    #[test]
    fn nothing_becomes_free() {
        assert!(disks().is_whole());
        assert!(!OwnDiscount { percent: ALL, ..disks() }.is_whole());
        assert!(!OwnDiscount { percent: Money::ZERO, ..disks() }.is_whole());
    }
}
