//! Column generation from small to large: prices found for one half of the items are nearly right for the other, so that the linear program of the whole
//! starts from those of its halves, which are solved in a fraction of the time.

use super::generation::{Generator, Goal};
use super::meter::Meter;
use super::prepared::{Pattern, Prepared};

/// So many kinds of item are not split any more.
const SMALL: usize = 70;
/// More kinds of item are not worth a program of their own on the way to the whole.
const LARGE: usize = 140;

/// A generator with the patterns and the basis of its halves, or a new one where it is small or bins are limited.
pub(super) fn from_halves(prepared: &Prepared, meter: &mut Meter<'_>) -> Generator {
    let mut generator = Generator::new(prepared);
    if prepared.kinds() > SMALL && prepared.unlimited() {
        let mut basis = Vec::new();
        for side in 0..2 {
            let left: Vec<u32> =
                (0..prepared.kinds()).map(|kind| if kind % 2 == side { prepared.counts[kind] } else { 0 }).collect();
            let (part, kinds) = prepared.part(&left, &vec![0; prepared.bins.len()]);
            let mut half = from_halves(&part, meter);
            if part.kinds() <= LARGE {
                let goal = Goal {
                    rounds: 8,
                    exchanges: 200,
                    each: 1_000,
                    longest: 16_000,
                    whole: false,
                    enough: f64::INFINITY,
                };
                half.generate(&part, &part.counts, goal, meter);
            }
            for column in half.master.first()..half.master.columns() {
                let whole = half.pattern(column).map(|pattern| renamed(pattern, &kinds));
                if let Some(pattern) = whole {
                    generator.add(prepared, pattern);
                }
            }
            for &column in half.master.basis() {
                let known = half.pattern(column as usize).map(|pattern| renamed(pattern, &kinds));
                let known = known.and_then(|pattern| generator.column(&pattern));
                let rows = part.kinds();
                let row = kinds[column as usize % rows] as usize;
                let slack = if (column as usize) < rows { row } else { prepared.kinds() + row };
                basis.push(known.unwrap_or(slack));
            }
        }
        generator.master.start_from(&basis);
    }
    generator
}

fn renamed(pattern: &Pattern, kinds: &[u32]) -> Pattern {
    let items = pattern.items.iter().map(|&(kind, count)| (kinds[kind as usize], count)).collect();
    Pattern { bin: pattern.bin, items }
}
