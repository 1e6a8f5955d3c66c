use super::*;
use crate::engine::sizing::{CPU, MEMORY};

fn host(cpu: u64, memory: u64) -> Resources {
    let mut capacity = [UNLIMITED; RESOURCES];
    (capacity[CPU], capacity[MEMORY], capacity[STORAGE]) = (cpu, memory, 0);
    capacity
}

/// Four hosts of 100 and 1000, one of which may fail, that carry 240 of 300 and 1500 of 3000.
fn growing(source: &Source) -> Growing<'_> {
    let mut used = [0; RESOURCES];
    (used[CPU], used[MEMORY], used[STORAGE]) = (240, 1500, 50);
    Growing { source, used, up: vec![host(100, 1000); 4], retired: Vec::new(), storage: 1000, added: 0 }
}

fn source(most: u32) -> Source {
    Source { capacity: host(100, 1000), most, usable_storage: Vec::new(), failures: 1 }
}

#[test]
fn without_growth_nothing_fills() {
    let grown = growing(&source(9)).over(&Mix::alike(0), 24);
    assert_eq!((grown.full, grown.additions.as_slice(), grown.stuck), (None, [].as_slice(), None));
    assert_eq!((grown.hosts, grown.limiting, grown.filled.len()), (4, Some(Resource::Cpu), 25));
    assert!(grown.filled.iter().all(|&filled| filled == 800), "{:?}", grown.filled);
}

#[test]
fn a_host_is_added_in_the_month_in_which_the_others_are_full() {
    // 240 × 1.25 = 300 fills three hosts exactly after a year at 25 %; the month after it does not fit.
    let grown = growing(&source(9)).over(&Mix::alike(250), 24);
    assert_eq!(grown.filled[12], 1000);
    assert_eq!(grown.full, Some(13));
    assert_eq!(grown.additions, [Addition { month: 13, hosts: 1, is_kept: false, resource: Resource::Cpu }]);
    // 240 × 1.25 × 1.25 = 375 of 400.
    assert_eq!((grown.filled[24], grown.stuck), (938, None));
}

#[test]
fn hosts_that_would_be_switched_off_stay_before_any_is_bought() {
    let source = source(9);
    let mut cluster = growing(&source);
    cluster.retired = vec![host(100, 1000)];
    // 240 × 2 = 480 after a year: two more hosts.
    let grown = cluster.over(&Mix::alike(1000), 12);
    let kinds: Vec<(u32, bool)> = grown.additions.iter().map(|it| (it.hosts, it.is_kept)).collect();
    assert_eq!(kinds, [(1, true), (1, false)]);
    assert!(grown.additions[0].month < grown.additions[1].month);
}

#[test]
fn a_limit_on_hosts_and_storage_that_no_host_brings_end_it() {
    let grown = growing(&source(1)).over(&Mix::alike(1000), 12);
    assert_eq!((grown.additions.len(), grown.stuck), (1, Some(9)), "400 are asked for after nine months");
    assert!(grown.filled[12] > 1000, "it stays too full: {:?}", grown.filled);

    let source = source(9);
    let mut cluster = growing(&source);
    cluster.used[STORAGE] = 990;
    let grown = cluster.over(&Mix::alike(100), 12);
    assert_eq!((grown.limiting, grown.additions.len()), (Some(Resource::Storage), 0));
    assert_eq!((grown.full, grown.stuck), (Some(2), Some(2)));
}

#[test]
fn what_ends_it_need_not_be_what_was_full_first() {
    let source = source(9);
    let mut cluster = growing(&source);
    cluster.used[STORAGE] = 780;
    // At 25 % the processors are full after twelve months, and the storage after thirteen: 780 × 1.25^(14 ÷ 12) = 1012.
    let grown = cluster.over(&Mix::alike(250), 24);
    assert_eq!((grown.limiting, grown.full, grown.additions.len()), (Some(Resource::Cpu), Some(13), 1));
    assert_eq!((grown.stuck, grown.short_of), (Some(14), Some(Resource::Storage)));
}

#[test]
fn storage_of_rented_hosts_grows_with_them_up_to_the_largest_cluster() {
    let source = Source { usable_storage: (0..=5).map(|hosts| hosts * 100).collect(), ..source(9) };
    let mut cluster = growing(&source);
    cluster.used[STORAGE] = 390;
    let grown = cluster.over(&Mix::alike(100), 12);
    assert_eq!(grown.additions, [Addition { month: 4, hosts: 1, is_kept: false, resource: Resource::Storage }]);
    assert_eq!(grown.hosts, 4);
    let grown = Growing { used: grown_used(600), ..growing(&source) }.over(&Mix::alike(1000), 12);
    assert_eq!(grown.stuck, Some(0), "six hosts would be needed, and five are the most");
    assert_eq!(grown.short_of, None, "hosts would bring storage, but there may be no more of them");
}

fn grown_used(storage: u64) -> Resources {
    let mut used = [0; RESOURCES];
    used[STORAGE] = storage;
    used
}

#[test]
fn machines_larger_than_what_is_left_after_a_failure_fill_it_at_once() {
    let source = source(0);
    let cluster = Growing { up: vec![host(100, 1000)], ..growing(&source) };
    let grown = cluster.over(&Mix::alike(100), 1);
    assert_eq!((grown.full, grown.stuck), (Some(0), Some(0)));
    assert_eq!(grown.filled, [9_999, 9_999]);
}
