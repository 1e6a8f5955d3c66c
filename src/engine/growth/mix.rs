//! Applications that grow at different rates, as one.

use std::collections::BTreeMap;

use crate::engine::model::{MachineId, Scenario};

/// How much of what grows at which rate: virtual processors by per thousand a year. Nothing in it grows as the rest does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mix {
    weights: BTreeMap<u32, u64>,
}

impl Mix {
    /// All of it grows at one rate.
    pub fn alike(permille_year: u32) -> Self {
        Self { weights: [(permille_year, 1)].into() }
    }

    /// Adds a machine that counts `weight`.
    pub fn add(&mut self, permille_year: u32, weight: u64) {
        let sum = self.weights.entry(permille_year).or_default();
        *sum = sum.saturating_add(weight.max(1));
    }

    /// What there is after so many months, in millionths of what there is today.
    pub fn ppm(&self, month: u32) -> u64 {
        let all: u128 = self.weights.values().map(|&weight| u128::from(weight)).sum();
        let grown = |(&rate, &weight): (&u32, &u64)| u128::from(weight) * u128::from(factor_ppm(rate, month));
        let sum: u128 = self.weights.iter().map(grown).sum();
        (sum + all / 2).checked_div(all).map_or(1_000_000, |ppm| ppm as u64)
    }
}

/// How much more of everything comes after so many months, in millionths of what there is today.
pub(super) fn factor_ppm(growth_permille_year: u32, month: u32) -> u64 {
    let rate = 1.0 + f64::from(growth_permille_year) / 1000.0;
    // `libm` gives the same bits everywhere.
    libm::round(libm::pow(rate, f64::from(month) / 12.0) * 1e6) as u64
}

/// The growth of a machine, per thousand a year: that of its application, else `overall`.
pub fn growth_of(machine: MachineId, scenario: &Scenario, overall: u32) -> u32 {
    let application = scenario.edits.get(&machine).and_then(|edit| edit.application.as_ref());
    let own = &scenario.assumptions.finance.application_growth;
    let found = application.and_then(|name| own.iter().find(|growth| growth.application == *name));
    found.map_or(overall, |growth| growth.permille_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parts: &[(u32, u64)], month: u32, expected: u64) {
        let mut mix = Mix::default();
        for &(rate, weight) in parts {
            mix.add(rate, weight);
        }
        assert_eq!(mix.ppm(month), expected, "{parts:?} after {month} months");
    }

    #[test]
    fn what_grows_faster_is_more_of_it_later() {
        check(&[], 24, 1_000_000);
        check(&[(50, 7)], 24, 1_102_500);
        // (3 × 1 + 1 × 1.5) ÷ 4 after a year, (3 × 1 + 1 × 2.25) ÷ 4 after two: more than 1.125² = 1.265625.
        check(&[(0, 3), (500, 1)], 12, 1_125_000);
        check(&[(0, 3), (500, 1)], 24, 1_312_500);
    }
}
