//! Numbers as text for formulas that people read. Integers only, so that the text is the same on every machine.

use crate::engine::model::{CpuMeasure, MiB, Money};

/// `value` ÷ `per` with `decimals` decimals, rounded half up, thousands grouped by commas.
pub(in crate::engine) fn decimal(value: u64, per: u64, decimals: u32) -> String {
    let scale = 10_u128.pow(decimals);
    let per = u128::from(per.max(1));
    let scaled = (u128::from(value) * scale * 2 + per) / (per * 2);
    let whole = grouped(scaled / scale);
    if decimals == 0 { whole } else { format!("{whole}.{:0width$}", scaled % scale, width = decimals as usize) }
}

/// Per cent as a ratio: 400 is `4.00`.
pub(in crate::engine) fn ratio(pct: u32) -> String {
    decimal(u64::from(pct), 100, 2)
}

/// Gibibytes with one decimal.
pub(in crate::engine) fn gib(amount: MiB) -> String {
    format!("{} GiB", decimal(amount.0, 1 << 10, 1))
}

/// Tebibytes with two decimals.
pub(in crate::engine) fn tib(amount: MiB) -> String {
    format!("{} TiB", decimal(amount.0, 1 << 20, 2))
}

/// Processors in what they are counted in, with one decimal: thousandths of a vCPU, or MHz.
pub(in crate::engine) fn cpu(measure: CpuMeasure, amount: u64) -> String {
    let unit = match measure {
        CpuMeasure::Vcpus => "vCPU",
        CpuMeasure::Clock => "GHz",
    };
    format!("{} {unit}", decimal(amount, 1000, 1))
}

/// Money with two decimals, without its currency.
pub(in crate::engine) fn money(amount: Money) -> String {
    let sign = if amount < Money::ZERO { "-" } else { "" };
    format!("{sign}{}", decimal(amount.micros().unsigned_abs(), 1_000_000, 2))
}

/// `one` after a count of 1, `many` after any other.
pub(in crate::engine) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", decimal(number, 1, 0), if number == 1 { one } else { many })
}

fn grouped(mut number: u128) -> String {
    let mut groups = Vec::new();
    while number >= 1000 {
        groups.push(format!("{:03}", number % 1000));
        number /= 1000;
    }
    groups.push(number.to_string());
    groups.reverse();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_half_up_and_grouped() {
        for (value, per, decimals, expected) in [
            (0, 1, 0, "0"),
            (999, 1, 0, "999"),
            (1_234_567, 1, 0, "1,234,567"),
            (1_000_005, 1, 0, "1,000,005"),
            (1_536, 1_024, 1, "1.5"),
            (125, 100, 1, "1.3"),
            (999_999, 1_000, 1, "1,000.0"),
            (u64::MAX, 1, 2, "18,446,744,073,709,551,615.00"),
            (7, 0, 0, "7"),
        ] {
            assert_eq!(decimal(value, per, decimals), expected, "{value} / {per}");
        }
        assert_eq!(money(Money::from_micros(-1_005_000)), "-1.01");
        assert_eq!(count(1, "host", "hosts"), "1 host");
        assert_eq!(count(2, "host", "hosts"), "2 hosts");
    }
}
