//! What an estate is like as it stands, before anything is planned: what is old, what is full, what is wasted.

mod fill;
mod idle;
mod systems;

pub use fill::{Fill, Level, fills};
pub use idle::{IDLE_CLOCK, IDLE_MEMORY_PCT, OVERSIZED_PCT, Spare, USUAL_HEADROOM_PCT, Waste, waste};
pub use systems::{Standing, SystemCount, Systems, systems};

use super::model::Estate;

/// The month in which the inventory was taken, as year × 12 + month − 1: that of the newest export. `None` where no export tells it as a date that begins
/// with year and month.
pub fn taken_in(estate: &Estate) -> Option<u32> {
    estate.sources.iter().filter_map(|source| month_of(source.taken.as_deref()?)).max()
}

/// The month of a date such as `2026-03-14 08:00:00` or `2026/3/14`.
fn month_of(date: &str) -> Option<u32> {
    let mut parts = date.trim().split(['-', '/', '.', ' ', 'T']);
    let year: u32 = parts.next()?.parse().ok().filter(|year| (1990..=2200).contains(year))?;
    let month: u32 = parts.next()?.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(year * 12 + month - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::Source;

    #[test]
    fn the_newest_export_tells_the_month() {
        let source = |taken: &str| Source { taken: Some(taken.to_owned()), ..Source::default() };
        let of = |dates: &[&str]| {
            taken_in(&Estate { sources: dates.iter().map(|date| source(date)).collect(), ..Estate::default() })
        };
        for (dates, month) in [
            (&["2026-03-14 08:00:00"][..], Some((2026, 3))),
            (&["2025-12-31", "2026/1/2", "nonsense"], Some((2026, 1))),
            (&["14.03.2026"], None),
            (&["3/14/2026"], None),
            (&["2026-13-01"], None),
            (&[], None),
        ] {
            assert_eq!(of(dates), month.map(|(year, month): (u32, u32)| year * 12 + month - 1), "{dates:?}");
        }
    }
}
