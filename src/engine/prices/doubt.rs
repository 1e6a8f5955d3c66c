//! Prices that look like a mistake: a point in the wrong place, cents for dollars, a month for an hour, one thing for another.
//!
//! They are not refused, since nobody knows all prices of the world, but whoever applies a list has to see them first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::catalog::Price;
use crate::engine::model::{Currency, Money};

/// Why a price looks like a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// More than 20 times the price before.
    FarAbove,
    /// Less than a 20th of the price before.
    FarBelow,
    /// Above all that such a thing costs.
    Dear,
    /// Below all that such a thing costs.
    Cheap,
}

/// How many times the price before is too much. No list price of a year ago and no discount is that far away; the usual mistakes are: cents (100 times), a
/// month for an hour (730 times), a thousand for one.
pub const TIMES: u32 = 20;

/// What a thing costs at least and at most, in millionths of a US dollar: wider than all prices of the catalogue, by a factor of ten or more.
const fn usual(what: &str, part: &str, bought: bool) -> (i64, i64) {
    match (what.as_bytes(), part.as_bytes()) {
        // A server, once.
        (b"host", _) if bought => (100_000_000, 5_000_000_000_000),
        // A host for an hour.
        (b"host", _) => (50_000, 2_000_000_000),
        // An instance for an hour: from a tenth of a cent to the largest machines for databases.
        (b"instance", _) => (500, 5_000_000_000),
        // A GiB for a month.
        (b"disk", b"GiB") => (500, 20_000_000),
        // What has no price in a list, and changes by discounts alone.
        (b"service" | b"traffic" | b"support", _) => (0, i64::MAX),
        // An operation or a MiB per second for a month, which may be included.
        _ => (0, 100_000_000),
    }
}

/// About how many of a currency make a US dollar: to the order of magnitude, which is all that is asked for here.
const fn for_a_dollar(currency: Currency) -> i64 {
    match currency {
        Currency::Jpy => 150,
        Currency::Inr => 85,
        Currency::Sek => 10,
        _ => 1,
    }
}

/// Whether a price looks like a mistake beside the one before, or for what it is of: see [`super::Change::what`], and of which part.
pub(super) fn doubt(what: &str, part: &str, bought: bool, old: Option<&Price>, new: &Price) -> Option<Doubt> {
    let amount = new.amount?;
    let before = old.filter(|old| old.currency == new.currency).and_then(|old| old.amount);
    if let Some(before) = before.filter(|&before| before > Money::ZERO) {
        if amount > before.times(TIMES.into()) {
            return Some(Doubt::FarAbove);
        }
        if amount.times(TIMES.into()) < before {
            return Some(Doubt::FarBelow);
        }
    }
    let (least, most) = usual(what, part, bought);
    let dollar = for_a_dollar(new.currency);
    if amount.micros() / dollar > most {
        Some(Doubt::Dear)
    } else if amount.micros() / dollar < least {
        Some(Doubt::Cheap)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::PriceStatus;

    fn price(text: &str, currency: Currency) -> Price {
        let amount = text.parse().ok();
        Price { amount, currency, status: PriceStatus::Quote, source: None, note: String::new() }
    }

    #[test]
    fn what_is_out_of_all_proportion_is_doubtful() {
        let check = |what, part, old: &str, new: &str, expected| {
            let (old, new) = (price(old, Currency::Usd), price(new, Currency::Usd));
            assert_eq!(doubt(what, part, false, Some(&old), &new), expected, "{what} {part}: {new:?}");
        };
        check("instance", "on demand, Linux", "0.1008", "999999999", Some(Doubt::FarAbove));
        check("instance", "on demand, Linux", "0.1008", "73.584", Some(Doubt::FarAbove));
        check("instance", "on demand, Linux", "0.1008", "0.0010", Some(Doubt::FarBelow));
        check("instance", "on demand, Linux", "0.1008", "2.016", None);
        check("instance", "on demand, Linux", "0.1008", "0.03", None);
        check("instance", "on demand, Linux", "", "100000", Some(Doubt::Dear));
        check("host", "on demand", "", "5000", Some(Doubt::Dear));
        check("host", "on demand", "", "0.0054", Some(Doubt::Cheap));
        check("host", "three years", "", "5.4", None);
        check("disk", "GiB", "", "80", Some(Doubt::Dear));
        check("disk", "GiB", "", "0.00008", Some(Doubt::Cheap));
        check("disk", "IOPS", "", "0", None);
    }

    #[test]
    fn other_currencies_and_servers_have_other_sizes() {
        let doubtful = |bought, currency, text: &str| doubt("host", "on demand", bought, None, &price(text, currency));
        assert_eq!(doubtful(false, Currency::Jpy, "2500"), None);
        assert_eq!(doubtful(false, Currency::Jpy, "2"), Some(Doubt::Cheap));
        assert_eq!(doubtful(true, Currency::Eur, "30000"), None);
        assert_eq!(doubtful(true, Currency::Eur, "30"), Some(Doubt::Cheap));
        // Prices in two currencies are not compared.
        let (old, new) = (price("10", Currency::Usd), price("1500", Currency::Jpy));
        assert_eq!(doubt("host", "on demand", false, Some(&old), &new), None);
    }
}
