//! Machines that must share a host, taken as one: merging them loses no plan.

use super::Problem;
use super::constraint::{ConstraintKind, Level};

/// Machines of a problem merged into blocks; most blocks are one machine. Blocks are in the order of their first machines.
pub(super) struct Blocks {
    starts: Vec<u32>,
    /// Machines of the problem, block by block.
    items: Vec<u32>,
    /// The block of each machine.
    of: Vec<u32>,
}

impl Blocks {
    /// The blocks of a problem.
    pub fn new(problem: &Problem) -> Self {
        let mut sets = Sets::new(problem.items().len());
        for constraint in problem.constraints() {
            if let ConstraintKind::Together { machines, level: Level::Host } = &constraint.kind {
                sets.unite(machines.iter().filter_map(|&machine| problem.item_of(machine)));
            }
        }
        let (mut of, mut count) = (vec![0; problem.items().len()], 0_u32);
        for item in 0..of.len() {
            let first = sets.first(item);
            of[item] = if first == item {
                count += 1;
                count - 1
            } else {
                of[first]
            };
        }
        let mut starts = vec![0; count as usize + 1];
        for &block in &of {
            starts[block as usize + 1] += 1;
        }
        for block in 0..count as usize {
            starts[block + 1] += starts[block];
        }
        let mut next = starts.clone();
        let mut items = vec![0; of.len()];
        for (item, &block) in of.iter().enumerate() {
            let at = &mut next[block as usize];
            items[*at as usize] = item as u32;
            *at += 1;
        }
        Self { starts, items, of }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The machines of a block, in the order of the problem.
    pub fn items(&self, block: usize) -> &[u32] {
        &self.items[self.starts[block] as usize..self.starts[block + 1] as usize]
    }

    /// The block of a machine.
    pub fn of(&self, item: usize) -> usize {
        self.of[item] as usize
    }
}

/// Sets that are united bit by bit; each is known by its first member.
pub(super) struct Sets(Vec<usize>);

impl Sets {
    /// Every member by itself.
    pub fn new(members: usize) -> Self {
        Self((0..members).collect())
    }

    /// The first member of the set that `member` is in.
    pub fn first(&mut self, member: usize) -> usize {
        let mut first = member;
        while self.0[first] != first {
            first = self.0[first];
        }
        let mut at = member;
        while at != first {
            at = std::mem::replace(&mut self.0[at], first);
        }
        first
    }

    /// Makes one set of those that these members are in.
    pub fn unite(&mut self, members: impl IntoIterator<Item = usize>) {
        let mut members = members.into_iter();
        let Some(one) = members.next() else { return };
        for other in members {
            let (one, other) = (self.first(one), self.first(other));
            self.0[one.max(other)] = one.min(other);
        }
    }
}
