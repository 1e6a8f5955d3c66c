//! Measured latency between footprints.

use crate::engine::model::{FootprintId, Link};

/// The longest latency that can be entered, in microseconds.
pub const MOST_MICROS: u32 = 10_000_000;

/// Whether a link is between these two, in either direction.
fn is_between(link: &Link, (one, other): (FootprintId, FootprintId)) -> bool {
    (link.from, link.to) == (one, other) || (link.from, link.to) == (other, one)
}

/// What was measured between two footprints.
pub fn measured(links: &[Link], ends: (FootprintId, FootprintId)) -> Option<u32> {
    links.iter().filter(|link| is_between(link, ends)).find_map(|link| link.latency_micros)
}

/// Sets what was measured between two footprints; it is the same in both directions. What is known of the price of traffic between them stays.
pub(super) fn set(links: &mut Vec<Link>, ends: (FootprintId, FootprintId), micros: Option<u32>) {
    if ends.0 == ends.1 {
        return;
    }
    for link in links.iter_mut().filter(|link| is_between(link, ends)) {
        link.latency_micros = None;
    }
    if let Some(micros) = micros {
        let micros = Some(micros.min(MOST_MICROS));
        match links.iter_mut().find(|link| is_between(link, ends)) {
            Some(link) => link.latency_micros = micros,
            None => links.push(Link { from: ends.0, to: ends.1, latency_micros: micros, per_gib: None }),
        }
    }
    links.retain(|link| link.latency_micros.is_some() || link.per_gib.is_some());
    crate::engine::order::arrange(links, |a, b| (a.from, a.to).cmp(&(b.from, b.to)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::Money;

    #[test]
    fn what_was_measured_holds_both_ways_and_can_be_taken_back() {
        let (site, cloud, other) = (FootprintId(1), FootprintId(2), FootprintId(3));
        let mut links = vec![Link { from: cloud, to: site, latency_micros: None, per_gib: Some(Money::from_units(1)) }];
        set(&mut links, (site, cloud), Some(8_000));
        assert_eq!((links.len(), links[0].per_gib), (1, Some(Money::from_units(1))), "the price of traffic stays");
        assert_eq!([(site, cloud), (cloud, site)].map(|ends| measured(&links, ends)), [Some(8_000); 2]);
        set(&mut links, (other, site), Some(u32::MAX));
        assert_eq!((measured(&links, (site, other)), links[0].from), (Some(MOST_MICROS), cloud));
        set(&mut links, (cloud, site), None);
        set(&mut links, (site, other), None);
        assert_eq!((links.len(), measured(&links, (site, cloud))), (1, None));
        set(&mut links, (site, site), Some(1));
        assert_eq!(links.len(), 1, "a place has no way to itself");
    }
}
