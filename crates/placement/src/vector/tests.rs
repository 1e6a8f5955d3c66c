use super::*;
use basics::progress::Silent;
use basics::random::Random;

/// Solves and has the checker accept it.
fn solved(instance: &Instance, steps: u32) -> Packing {
    let packing = solve(instance, Effort { steps, seed: 1 }, &mut Silent).expect("packs");
    let verdict = check(instance, &packing);
    assert_eq!(verdict, Ok(()), "{:?} of {} items", instance.bins(), instance.total());
    assert!(packing.lower_bound <= packing.cost);
    packing
}

fn items(sizes: &[(&[u64], u32)]) -> Vec<ItemType> {
    sizes.iter().map(|&(size, count)| ItemType { size: size.to_vec(), count }).collect()
}

/// A random instance of some kind: few or many dimensions, one or more types of bin, with or without limits.
fn random_instance(random: &mut Random, most_items: usize) -> Instance {
    let dimensions = 1 + random.below(4);
    let largest = 4 + random.below(60) as u64;
    let types = 1 + random.below(3);
    let mut bins: Vec<BinType> = (0..types)
        .map(|_| BinType {
            capacity: (0..dimensions).map(|_| largest / 2 + random.below(largest as usize) as u64).collect(),
            cost: 1 + random.below(9) as u64,
            limit: (random.below(4) == 0).then(|| random.below(3) as u32),
        })
        .collect();
    // So that every item fits somewhere.
    bins.push(BinType { capacity: vec![largest; dimensions], cost: 5 + random.below(5) as u64, limit: None });
    let part = 1 + random.below(3) as u64;
    let items = (0..random.below(most_items + 1))
        .map(|_| ItemType {
            size: (0..dimensions).map(|_| random.below((largest / part) as usize + 1) as u64).collect(),
            count: 1,
        })
        .collect();
    Instance::new(dimensions, bins, items).expect("valid")
}

/// The least cost, by trying every first bin for every set of items that is left. Limits are kept by counting each type.
fn least_cost(instance: &Instance) -> u64 {
    let count = instance.items().len();
    let limits: Vec<usize> =
        instance.bins().iter().map(|bin| bin.limit.map_or(count, |limit| (limit as usize).min(count))).collect();
    let mut known = std::collections::BTreeMap::new();
    cheapest(instance, (1 << count) - 1, limits, &mut known).expect("the last type of bin has no limit")
}

fn cheapest(
    instance: &Instance,
    left: usize,
    limits: Vec<usize>,
    known: &mut std::collections::BTreeMap<(usize, Vec<usize>), Option<u64>>,
) -> Option<u64> {
    if left == 0 {
        return Some(0);
    }
    if let Some(&cost) = known.get(&(left, limits.clone())) {
        return cost;
    }
    let first = left & left.wrapping_neg();
    let rest = left ^ first;
    let mut best: Option<u64> = None;
    let mut subset = rest;
    loop {
        let chosen = subset | first;
        for (index, bin) in instance.bins().iter().enumerate() {
            let fits = |dimension: usize| {
                let load: u64 = (0..instance.items().len())
                    .filter(|item| chosen >> item & 1 == 1)
                    .map(|item| instance.items()[item].size[dimension])
                    .sum();
                load <= bin.capacity[dimension]
            };
            if limits[index] > 0 && (0..instance.dimensions()).all(fits) {
                let mut limits = limits.clone();
                // Only where the limit matters, so that fewer cases differ.
                if bin.limit.is_some() {
                    limits[index] -= 1;
                }
                let cost = cheapest(instance, left ^ chosen, limits, known).map(|cost| cost + bin.cost);
                best = [best, cost].into_iter().flatten().min();
            }
        }
        if subset == 0 {
            break;
        }
        subset = (subset - 1) & rest;
    }
    known.insert((left, limits), best);
    best
}

#[test]
fn small_instances_are_packed_as_well_as_can_be() {
    let mut random = Random::new(7);
    let mut worse = 0;
    for case in 0..2000 {
        let instance = random_instance(&mut random, 6);
        let packing = solved(&instance, 4);
        let least = least_cost(&instance);
        assert!(packing.lower_bound <= least, "case {case}: bound {} of {least}\n{instance:?}", packing.lower_bound);
        assert!(packing.cost >= least, "case {case}: {} is less than {least}", packing.cost);
        worse += usize::from(packing.cost > least);
    }
    assert!(worse <= 20, "{worse} of 2000 are not the best");
}

#[test]
fn larger_instances_are_valid_and_the_order_of_the_input_does_not_matter() {
    let mut random = Random::new(8);
    for _ in 0..60 {
        let instance = random_instance(&mut random, 120);
        let packing = solved(&instance, 15);
        let mut shuffled = instance.items().to_vec();
        greedy::shuffle(&mut random, &mut shuffled);
        let mut bins = instance.bins().to_vec();
        bins.reverse();
        let other = Instance::new(instance.dimensions(), bins, shuffled).expect("valid");
        let again = solved(&other, 15);
        assert_eq!((packing.cost, packing.lower_bound), (again.cost, again.lower_bound));
    }
}

#[test]
fn the_same_seed_gives_the_same_packing_and_more_work_never_a_worse_one() {
    let mut random = Random::new(9);
    for _ in 0..20 {
        let instance = random_instance(&mut random, 100);
        assert_eq!(solved(&instance, 10), solved(&instance, 10));
        assert!(solved(&instance, 40).cost <= solved(&instance, 10).cost);
        assert!(solved(&instance, 10).cost <= solved(&instance, 0).cost);
    }
}

/// Three items of which two fill a bin: the amounts prove two bins for three items, and the program over patterns three for five.
#[test]
fn proves_more_than_the_amounts_do() {
    let instance = Instance::of_equal_bins(vec![10, 10], items(&[(&[6, 1], 7), (&[1, 6], 2)])).expect("valid");
    let packing = solved(&instance, 50);
    assert_eq!((packing.cost, packing.lower_bound), (7, 7));
    assert!(matches!(packing.proof, Proof::Values { .. }));
}

/// Big and cheap bins are few; the others cost more for their size.
#[test]
fn keeps_limits_and_proves_with_them() {
    let bins = vec![
        BinType { capacity: vec![100], cost: 10, limit: Some(2) },
        BinType { capacity: vec![50], cost: 9, limit: None },
    ];
    let instance = Instance::new(1, bins, items(&[(&[50], 8)])).expect("valid");
    let packing = solved(&instance, 50);
    assert_eq!((packing.cost, packing.lower_bound), (56, 56));
}

#[test]
fn says_when_limits_leave_no_room() {
    let bins = vec![BinType { capacity: vec![10], cost: 1, limit: Some(1) }];
    let instance = Instance::new(1, bins, items(&[(&[6], 2)])).expect("valid");
    assert_eq!(solve(&instance, Effort { steps: 5, seed: 1 }, &mut Silent), Err(NoPacking));
}

#[test]
fn packs_nothing_one_item_and_very_many_equal_ones() {
    assert_eq!(solved(&Instance::of_equal_bins(vec![5], Vec::new()).expect("valid"), 5).cost, 0);
    assert_eq!(solved(&Instance::of_equal_bins(vec![5], items(&[(&[3], 1)])).expect("valid"), 5).cost, 1);
    let equal = Instance::of_equal_bins(vec![10, 7], items(&[(&[3, 1], 100_000)])).expect("valid");
    assert_eq!(solved(&equal, 5).cost, 33_334);
    // Items that take nothing still need one bin.
    assert_eq!(solved(&Instance::of_equal_bins(vec![5], items(&[(&[0], 9)])).expect("valid"), 5).cost, 1);
    assert_eq!(solved(&Instance::of_equal_bins(vec![0], items(&[(&[0], 9)])).expect("valid"), 5).cost, 1);
}

#[test]
fn names_what_cannot_be_packed() {
    let error = |dimensions, bins: &[&[u64]], list: &[(&[u64], u32)]| {
        let bins = bins.iter().map(|bin| BinType { capacity: bin.to_vec(), cost: 1, limit: None }).collect();
        Instance::new(dimensions, bins, items(list)).expect_err("refused").to_string()
    };
    let too_large = error(2, &[&[9, 9]], &[(&[1, 1], 1), (&[3, 12], 1)]);
    assert!(too_large.starts_with("item type 2 does not fit into any empty bin: 12 in dimension 2"), "{too_large}");
    assert!(error(2, &[&[9, 9]], &[(&[1], 1)]).starts_with("item type 1 has 1 amounts"));
    assert!(error(1, &[], &[(&[1], 1)]).starts_with("item type 1 does not fit"));
    assert!(error(1, &[&[u64::MAX]], &[]).starts_with("bin type 1 has an amount or cost above"));
    assert_eq!(error(1, &[&[9]], &[(&[1], u32::MAX)]), "4294967295 items; at most 2000000 can be packed");
    let free = vec![BinType { capacity: vec![1], cost: 0, limit: None }];
    assert_eq!(Instance::new(1, free, Vec::new()), Err(InstanceError::Free { number: 1 }));
}

#[test]
fn the_checker_refuses_what_is_wrong() {
    let instance = Instance::of_equal_bins(vec![10, 10], items(&[(&[6, 1], 7), (&[1, 6], 2)])).expect("valid");
    let good = solved(&instance, 50);
    let refused = |change: &dyn Fn(&mut Packing)| {
        let mut packing = good.clone();
        change(&mut packing);
        check(&instance, &packing).expect_err("refused")
    };
    assert!(refused(&|packing| packing.cost -= 1).contains(&Violation::Cost { found: 7, told: 6 }));
    assert!(matches!(refused(&|packing| packing.lower_bound = 8)[..], [Violation::Bound { told: 8, .. }]));
    assert!(matches!(refused(&|packing| packing.bins[0].bin = 9)[..], [Violation::Unknown { group: 1 }]));
    let overfull =
        refused(&|packing| packing.bins = vec![PackedBins { bin: 0, times: 1, items: vec![(0, 7), (1, 2)] }]);
    assert!(overfull.contains(&Violation::Overfull { group: 1, dimension: 1, load: 44, capacity: 10 }));
    let missing = refused(&|packing| {
        packing.bins.pop();
    });
    assert!(missing.iter().any(|violation| matches!(violation, Violation::Count { .. })));
    let dearer = refused(&|packing| {
        if let Proof::Values { items, .. } = &mut packing.proof {
            items[0] *= 2;
        }
    });
    assert!(matches!(dearer[..], [Violation::Bound { .. }]));
    let short =
        refused(&|packing| packing.proof = Proof::Values { parts: 1, items: vec![], limits: vec![], rooms: vec![] });
    assert_eq!(short, [Violation::Proof]);
    assert!(matches!(refused(&|packing| packing.proof = Proof::None)[..], [Violation::Bound { .. }]));
}
