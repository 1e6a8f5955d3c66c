//! Whether hosts of an offering can be had, and for how long.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::HostOffering;

/// Why hosts of an offering may not be there for a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// New customers cannot have it: it is for those who have it already.
    Closed,
    /// The seller takes it out of service.
    Retires {
        /// The month in which, as year × 12 + month − 1.
        month: u32,
    },
    /// Sold still, but not to everybody or not everywhere: whether it can be had is to be asked.
    Limited,
}

/// The word before the day on which a type retires, in [`HostOffering::availability`].
const RETIRES: &str = "retires ";

impl HostOffering {
    /// What stands against planning with it, whenever that matters.
    pub fn concern(&self) -> Option<Concern> {
        if !self.open_to_new {
            return Some(Concern::Closed);
        }
        if let Some(month) = self.availability.strip_prefix(RETIRES).and_then(month_of) {
            return Some(Concern::Retires { month });
        }
        (self.availability == "limited").then_some(Concern::Limited)
    }

    /// The same for a horizon of `months` from `first`, as year × 12 + month − 1: what retires after its end is no concern. Where the first month is not known,
    /// whatever retires is one.
    pub fn concern_within(&self, first: Option<u32>, months: u32) -> Option<Concern> {
        let in_time = |concern: &Concern| match (concern, first) {
            (Concern::Retires { month }, Some(first)) => *month < first.saturating_add(months),
            _ => true,
        };
        self.concern().filter(in_time)
    }
}

/// The month of a day `YYYY-MM-DD`, as year × 12 + month − 1.
fn month_of(day: &str) -> Option<u32> {
    let (year, rest) = day.split_once('-')?;
    let month: u32 = rest.get(..2)?.parse().ok()?;
    year.parse::<u32>().ok()?.checked_mul(12)?.checked_add(month.checked_sub(1).filter(|&month| month < 12)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(availability: &str, open_to_new: bool) -> HostOffering {
        HostOffering { availability: availability.to_owned(), open_to_new, ..HostOffering::default() }
    }

    const JUNE_2029: u32 = 2029 * 12 + 5;

    #[test]
    fn what_the_catalogue_says_is_understood() {
        for (availability, open_to_new, expected) in [
            ("sold", true, None),
            ("sold since 2026-04", true, None),
            ("for a hypervisor of one’s own", true, None),
            ("limited", true, Some(Concern::Limited)),
            ("end of sale", false, Some(Concern::Closed)),
            ("closed to new customers since 2025-10-31", false, Some(Concern::Closed)),
            ("retires 2029-06-30", true, Some(Concern::Retires { month: JUNE_2029 })),
            ("retires 2029-13-01", true, None),
            ("retires soon", true, None),
        ] {
            assert_eq!(host(availability, open_to_new).concern(), expected, "{availability}");
        }
    }

    #[test]
    fn what_retires_is_a_concern_of_plans_that_last_so_long() {
        let av36p = host("retires 2029-06-30", true);
        let retires = Some(Concern::Retires { month: JUNE_2029 });
        for (first, months, expected) in [
            (Some(2026 * 12 + 10), 36, retires),
            (Some(2026 * 12 + 10), 32, retires),
            // November 2026 to May 2029: one month less.
            (Some(2026 * 12 + 10), 31, None),
            (Some(JUNE_2029), 1, retires),
            (Some(JUNE_2029 + 12), 12, retires),
            (None, 12, retires),
        ] {
            assert_eq!(av36p.concern_within(first, months), expected, "{months} months from {first:?}");
        }
        assert_eq!(host("end of sale", false).concern_within(Some(0), 1), Some(Concern::Closed));
    }
}
