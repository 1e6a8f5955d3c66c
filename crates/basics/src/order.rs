//! Orders and sums, compiled once for all types: for code that is loaded with the page, where the sorts and maps of the standard library would each be
//! compiled anew for every type that they hold.

use std::cmp::Ordering;

/// The positions `0..count` in order; equal ones keep theirs.
pub fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_by(|&a, &b| compare(a, b));
    positions
}

/// `items` in order; equal ones keep theirs.
pub fn in_order<T: Clone>(items: &[T], compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    sorted(items.len(), &|a, b| compare(&items[a], &items[b]))
        .into_iter()
        .map(|position| items[position].clone())
        .collect()
}

/// Puts `items` in order where they are; equal ones keep their order. For lists that are sorted now and then: a sort of the standard library is compiled anew
/// for each type, in kilobytes.
pub fn arrange<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let positions = sorted(items.len(), &|a, b| compare(&items[a], &items[b]));
    put(items, positions);
}

/// The same by a key that is worth making only once for each of them.
pub fn arrange_by_keys<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    put(items, sorted(items.len(), &|a, b| keys[a].cmp(&keys[b])));
}

/// Puts at each place the item that stands at its position, one cycle after the other.
fn put<T>(items: &mut [T], mut positions: Vec<usize>) {
    for start in 0..positions.len() {
        let mut at = start;
        while positions[at] != start {
            let from = std::mem::replace(&mut positions[at], at);
            items.swap(at, from);
            at = from;
        }
        positions[at] = at;
    }
}

/// Puts `items` in order and keeps the first of those that are the same by `key`.
pub fn tidy_by<T: Clone + Ord, K: PartialEq>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    *items = in_order(items, T::cmp);
    items.dedup_by(|later, earlier| key(later) == key(earlier));
}

/// A value for each key, in the order of the keys. For few keys: a new one moves those behind it.
#[derive(Clone, Debug)]
pub struct Tally<K, V>(pub Vec<(K, V)>);

impl<K, V> Default for Tally<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V: Default> Tally<K, V> {
    /// The value of `key`.
    pub fn at(&mut self, key: K) -> &mut V {
        let position = self.0.partition_point(|(other, _)| *other < key);
        if self.0.get(position).is_none_or(|(other, _)| *other != key) {
            self.0.insert(position, (key, V::default()));
        }
        &mut self.0[position].1
    }

    /// The value of `key`, if there is one.
    pub fn get(&self, key: &K) -> Option<&V> {
        let position = self.0.partition_point(|(other, _)| other < key);
        self.0.get(position).filter(|(other, _)| other == key).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_keep_their_order() {
        assert_eq!(
            in_order(&[(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')], |a, b| a.0.cmp(&b.0)),
            [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]
        );
    }

    #[test]
    fn items_are_put_in_order_where_they_are() {
        // Every order of six, two of them equal: cycles of every length.
        let mut numbers = vec![0_usize; 6];
        for order in 0..720 {
            let (mut left, mut rest) = (vec![1, 2, 3, 3, 4, 5], order);
            for (at, number) in numbers.iter_mut().enumerate() {
                *number = left.remove(rest % (6 - at));
                rest /= 6 - at;
            }
            let mut items: Vec<(usize, usize)> = numbers.iter().copied().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            let mut by_keys = items.clone();
            arrange(&mut items, |a, b| a.0.cmp(&b.0));
            arrange_by_keys(&mut by_keys, |item| item.0);
            assert_eq!([&items, &by_keys], [&expected, &expected], "{numbers:?}");
        }
    }

    #[test]
    fn a_tally_adds_up_by_key() {
        let mut tally = Tally::<u32, u32>::default();
        for (key, value) in [(7, 1), (3, 2), (7, 4), (5, 8)] {
            *tally.at(key) += value;
        }
        assert_eq!(tally.0, [(3, 2), (5, 8), (7, 5)]);
        assert_eq!((tally.get(&5), tally.get(&6)), (Some(&8), None));
    }

    #[test]
    fn of_items_with_the_same_key_the_first_in_order_is_kept() {
        let mut items = vec![(2, 'b'), (1, 'c'), (2, 'a'), (1, 'c')];
        tidy_by(&mut items, |item| item.0);
        assert_eq!(items, [(1, 'c'), (2, 'a')]);
    }
}
