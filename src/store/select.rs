//! What pages derive from an estate: names in order, and what a machine is said to hold.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use crate::engine::letters::fold;
use crate::engine::model::{Estate, Machine, MiB, StorageMeasure};
use crate::engine::order::sorted;

thread_local! {
    /// The last order of names, and the estate it is of.
    static BY_NAME: RefCell<(Weak<Estate>, Rc<Vec<u32>>)> = RefCell::default();
}

/// Positions in `estate.machines` in the order of the names. It costs more than any other order, and names never change while the estate stays: it is made
/// once, for all tables.
pub fn machines_by_name(estate: &Rc<Estate>) -> Rc<Vec<u32>> {
    BY_NAME.with_borrow_mut(|(known, order)| {
        if Weak::as_ptr(known) != Rc::as_ptr(estate) {
            let positions = in_order_of_names(estate.machines.len(), &|at| &estate.machines[at].name);
            *order = Rc::new(positions.into_iter().map(|at| at as u32).collect());
            // As long as it is remembered, no other estate gets the address.
            *known = Rc::downgrade(estate);
        }
        Rc::clone(order)
    })
}

/// The name of a machine's cluster.
pub fn cluster_name<'a>(estate: &'a Estate, machine: &Machine) -> Option<&'a str> {
    estate.cluster(machine.cluster).map(|cluster| cluster.name.as_str())
}

/// The storage of a machine by one measure, as imported; `None` where the file did not say.
pub fn storage_by(machine: &Machine, measure: StorageMeasure) -> Option<MiB> {
    match measure {
        StorageMeasure::Provisioned => machine.storage.provisioned,
        StorageMeasure::InUse => machine.storage.in_use,
        StorageMeasure::DiskCapacity => machine.storage.disk_capacity,
        StorageMeasure::PartitionConsumed => machine.storage.partition_consumed,
    }
}

/// The positions `0..count` in the order in which people expect names: case does not matter, and `web-9` comes before `web-10`.
pub fn in_order_of_names<'n>(count: usize, name: &dyn Fn(usize) -> &'n str) -> Vec<usize> {
    // Keys that compare as bytes, and of each the first sixteen as a number: there are as many comparisons as names times fourteen for ten thousand of them.
    let (mut keys, mut ends, mut firsts) = (Vec::new(), vec![0], Vec::new());
    for at in 0..count {
        let start = keys.len();
        push_key(name(at), &mut keys);
        ends.push(keys.len());
        firsts.push(first_bytes(&keys[start..]));
    }
    let key = |at: usize| &keys[ends[at]..ends[at + 1]];
    sorted(count, &|a, b| firsts[a].cmp(&firsts[b]).then_with(|| key(a).cmp(key(b))).then_with(|| name(a).cmp(name(b))))
}

/// The first bytes of a key as a number that compares as they do.
fn first_bytes(key: &[u8]) -> u128 {
    let mut bytes = [0; size_of::<u128>()];
    let length = key.len().min(bytes.len());
    bytes[..length].copy_from_slice(&key[..length]);
    u128::from_be_bytes(bytes)
}

/// Adds the key of a name: letters folded, and before the digits of each number how many they are, zeros at its start left out.
fn push_key(name: &str, keys: &mut Vec<u8>) {
    let mut rest = name;
    // Nearly all names are of ASCII: their letters need no decoding.
    while let Some(&byte) = rest.as_bytes().first()
        && byte.is_ascii()
        && !byte.is_ascii_digit()
    {
        keys.push(byte.to_ascii_lowercase());
        rest = &rest[1..];
    }
    while let Some(next) = rest.chars().next() {
        if next.is_ascii_digit() {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            let digits = rest[..length].trim_start_matches('0');
            // Any digit stands where all of them do among other letters.
            keys.extend([b'0', u8::try_from(digits.len()).unwrap_or(u8::MAX)]);
            keys.extend(digits.bytes());
            rest = &rest[length..];
        } else {
            keys.extend(fold(next).encode_utf8(&mut [0; 4]).bytes());
            rest = &rest[next.len_utf8()..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_names(names: &[&str], expected: &[&str]) {
        let order = in_order_of_names(names.len(), &|at| names[at]);
        assert_eq!(order.into_iter().map(|at| names[at]).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn names_sort_as_people_expect() {
        check_names(
            &["web-10", "Web-9", "web-09", "db", "web", "web-9a"],
            &["db", "web", "Web-9", "web-09", "web-9a", "web-10"],
        );
        check_names(
            &["srv-100", "srv-10", "srv-1é", "srv-1è", "srv-1", "srv-099", "srv-", "srv-2-é", "srv-2-è10", "srv-2-è9"],
            &["srv-", "srv-1", "srv-1è", "srv-1é", "srv-2-è9", "srv-2-è10", "srv-2-é", "srv-10", "srv-099", "srv-100"],
        );
        check_names(&["a0", "a", "a-", "a9", "aa", "a000", "a10"], &["a", "a-", "a0", "a000", "a9", "a10", "aa"]);
    }

    #[test]
    fn the_order_of_names_is_that_of_the_estate_asked_for() {
        let of = |names: &[&str]| {
            let machine = |name: &&str| Machine { name: (*name).to_owned(), ..Machine::default() };
            Rc::new(Estate { machines: names.iter().map(machine).collect(), ..Estate::default() })
        };
        let (a, b) = (of(&["b", "a"]), of(&["c", "d", "a"]));
        for _ in 0..2 {
            assert_eq!(*machines_by_name(&a), [1, 0]);
            assert_eq!(*machines_by_name(&b), [2, 0, 1]);
        }
        drop(b);
        // Another estate in its place in memory is another estate.
        assert_eq!(*machines_by_name(&of(&["a", "b", "c"])), [0, 1, 2]);
    }
}
