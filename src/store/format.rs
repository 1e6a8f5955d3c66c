//! Numbers as people read them.

use crate::engine::model::{Currency, MHz, MiB, Money};

/// A count with its thousands apart: `2,418`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 machine`, `2,418 machines`.
pub fn counted(number: u64, singular: &str, plural: &str) -> String {
    format!("{} {}", count(number), if number == 1 { singular } else { plural })
}

/// So many months, in years where they are whole: `5 years`, `18 months`.
pub fn duration(months: u32) -> String {
    let is_years = months > 0 && months.is_multiple_of(12);
    if is_years {
        counted(u64::from(months / 12), "year", "years")
    } else {
        counted(u64::from(months), "month", "months")
    }
}

/// A number with so many decimals, its thousands apart.
pub fn decimal(number: f64, decimals: usize) -> String {
    // In integers: the formatting of floating-point numbers in the standard library weighs more than this page's charts.
    let scale = 10_u64.pow(decimals.min(9) as u32);
    let scaled = (number.abs() * scale as f64).round_ties_even() as u64;
    let sign = if number < 0.0 && scaled > 0 { "−" } else { "" };
    let whole = count(scaled / scale);
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{:0decimals$}", scaled % scale) }
}

/// Storage or memory in the unit that keeps it short: `512 MiB`, `38.2 GiB`, `4.1 TiB`, `1.20 PiB`.
pub fn size(size: MiB) -> String {
    let mib = size.0 as f64;
    if mib < 1024.0 {
        format!("{} MiB", count(size.0))
    } else if mib < 1024.0 * 1024.0 {
        let gib = mib / 1024.0;
        format!("{} GiB", decimal(gib, usize::from(gib < 100.0 && !size.0.is_multiple_of(1024))))
    } else if mib < 1024.0 * 1024.0 * 1024.0 {
        let tib = size.tib();
        format!("{} TiB", decimal(tib, if tib < 100.0 { 2 } else { 1 }))
    } else {
        format!("{} PiB", decimal(size.tib() / 1024.0, 2))
    }
}

/// Processor time: `513.6 GHz`.
pub fn clock(clock: MHz) -> String {
    format!("{} GHz", decimal(clock.ghz(), 1))
}

/// Electrical energy: `850 kWh`, `12.3 MWh`.
pub fn energy(watt_hours: u64) -> String {
    let kilowatt_hours = watt_hours as f64 / 1000.0;
    if kilowatt_hours < 9999.5 {
        format!("{} kWh", decimal(kilowatt_hours, 0))
    } else {
        let mwh = kilowatt_hours / 1000.0;
        format!("{} MWh", decimal(mwh, usize::from(mwh < 99.95)))
    }
}

/// Emissions in kilograms and tonnes of CO₂ equivalent: `850 kg`, `41.2 t`.
pub fn emissions(grams: u64) -> String {
    let kilograms = grams as f64 / 1000.0;
    if kilograms < 999.5 {
        format!("{} kg", decimal(kilograms, 0))
    } else {
        let tonnes = kilograms / 1000.0;
        format!("{} t", decimal(tonnes, usize::from(tonnes < 99.95)))
    }
}

/// A share kept per thousand, as per cent: `87 %`, `7.5 %`.
pub fn permille(share: u32) -> String {
    format!("{} %", decimal(f64::from(share) / 10.0, usize::from(!share.is_multiple_of(10))))
}

/// The sign of a currency.
pub const fn currency_sign(currency: Currency) -> &'static str {
    match currency {
        Currency::Usd => "$",
        Currency::Eur => "€",
        Currency::Gbp => "£",
        Currency::Jpy => "¥",
        Currency::Chf => "CHF\u{a0}",
        Currency::Cad => "CA$",
        Currency::Aud => "A$",
        Currency::Sek => "SEK\u{a0}",
        Currency::Inr => "₹",
    }
}

/// Money to the unit: `$412,380`.
pub fn money(amount: Money, currency: Currency) -> String {
    let units = amount.scale(1, 1_000_000).micros();
    let sign = if units < 0 { "−" } else { "" };
    format!("{sign}{}{}", currency_sign(currency), count(units.unsigned_abs()))
}

/// Money with so many decimals, for unit prices: `$8.3681`.
pub fn price(amount: Money, currency: Currency) -> String {
    let decimals = if amount.micros() % 10_000 == 0 { 2 } else { 4 };
    let sign = if amount.micros() < 0 { "−" } else { "" };
    format!("{sign}{}{}", currency_sign(currency), decimal(amount.as_f64().abs(), decimals))
}

/// Money in short, for headlines and axes: `$15.9 M`, `$412 k`, `$950`.
pub fn money_short(amount: Money, currency: Currency) -> String {
    let units = amount.as_f64();
    let (value, suffix) = match units.abs() {
        magnitude if magnitude >= 999_500_000.0 => (units / 1e9, " bn"),
        magnitude if magnitude >= 999_500.0 => (units / 1e6, " M"),
        magnitude if magnitude >= 9_999.5 => (units / 1e3, " k"),
        _ => (units, ""),
    };
    let decimals = if suffix.is_empty() || value.abs() >= 99.95 {
        0
    } else {
        usize::from(value.abs() >= 9.995) + 2 * usize::from(value.abs() < 9.995)
    };
    let sign = if value < 0.0 { "−" } else { "" };
    format!("{sign}{}{}{suffix}", currency_sign(currency), decimal(value.abs(), decimals))
}

/// Money in short without decimals that say nothing, for axes: `$50 k`, `$1.5 M`.
pub fn money_axis(amount: Money, currency: Currency) -> String {
    money_short(amount, currency).replace(".00 ", " ").replace(".0 ", " ")
}

/// A share: `31 %`, `0.6 %`.
pub fn percent(part: f64, whole: f64) -> String {
    if whole <= 0.0 {
        return "–".to_owned();
    }
    let share = part / whole * 100.0;
    format!("{} %", decimal(share, usize::from(share.abs() < 9.95 && share != 0.0)))
}

/// A ratio kept in per cent: `4.0`.
pub fn ratio(pct: u32) -> String {
    let text = format!("{}.{:02}", pct / 100, pct % 100);
    text.strip_suffix('0').map_or_else(|| text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(count(number), text);
        }
        assert_eq!(
            (counted(1, "host", "hosts"), counted(2, "host", "hosts")),
            ("1 host".to_owned(), "2 hosts".to_owned())
        );
    }

    #[test]
    fn sizes_keep_short() {
        for (mib, text) in [
            (0, "0 MiB"),
            (512, "512 MiB"),
            (1024, "1 GiB"),
            (1536, "1.5 GiB"),
            (837_632, "818 GiB"),
            (36_543_000, "34.85 TiB"),
            (1_073_741_824, "1.00 PiB"),
        ] {
            assert_eq!(size(MiB(mib)), text);
        }
    }

    #[test]
    fn money_is_short_on_axes_and_whole_in_tables() {
        let units = |units| Money::from_units(units);
        for (amount, short, long) in [
            (units(950), "$950", "$950"),
            (units(412_380), "$412 k", "$412,380"),
            (units(15_909_512), "$15.9 M", "$15,909,512"),
            (units(-1_204_000), "−$1.20 M", "−$1,204,000"),
            (Money::from_micros(-400_000), "−$0", "$0"),
            (units(999_700), "$1.00 M", "$999,700"),
        ] {
            assert_eq!(
                (money_short(amount, Currency::Usd).as_str(), money(amount, Currency::Usd).as_str()),
                (short, long)
            );
        }
        assert_eq!(price(Money::from_micros(8_368_100), Currency::Usd), "$8.3681");
        assert_eq!(price(Money::from_units(3), Currency::Eur), "€3.00");
    }

    #[test]
    fn energy_and_emissions_keep_short() {
        let energies = [850_400, 12_340_000, 123_400_000].map(energy);
        assert_eq!(energies, ["850 kWh", "12.3 MWh", "123 MWh"]);
        assert_eq!([850_400, 41_200_000, 412_000_000].map(emissions), ["850 kg", "41.2 t", "412 t"]);
        assert_eq!([870, 75, 1000].map(permille), ["87 %", "7.5 %", "100 %"]);
    }

    #[test]
    fn shares_and_ratios() {
        assert_eq!(
            (percent(31.0, 100.0), percent(0.6, 100.0), percent(1.0, 0.0)),
            ("31 %".into(), "0.6 %".into(), "–".into())
        );
        assert_eq!((ratio(400), ratio(125), ratio(50)), ("4.0".into(), "1.25".into(), "0.5".into()));
    }
}
