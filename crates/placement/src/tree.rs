//! The tree of cases that proves the bound: each leaf has windows for the numbers of hosts, and prices.

use std::rc::Rc;

use super::bound::{self, Window};
use super::groups::Groups;
use super::prepared::Prepared;
use super::relaxation::{Ascent, Prices, Relaxation, State};
use super::search::TURN;
use super::{BoundNode, Certificate, Problem, Resources};
use basics::turns::pause;

/// Evaluations for each branch.
const BRANCH_ROUNDS: u32 = 40;
/// Fewest and most nodes that a tree may have: every leaf is evaluated on all machines at the end, which is to take no more than so many looks, or than this
/// part of all looks before it.
const MOST_NODES: (u64, u64) = (127, 511);
const LAST_LOOKS: u64 = 20_000_000;
const LAST_PART: u64 = 10;
/// Evaluations on all machines in one go.
const POLISH_ROUNDS: u32 = 10;

/// How far prices of a branch are from those of the leaf it comes from, as a part of them.
const NEAR: f64 = 0.02;
/// The same where prices are to be tried that are quite different.
const FAR: f64 = 0.2;

/// The tree, and the relaxation that it rests on.
#[derive(Clone)]
pub(super) struct Tree<'a> {
    /// The relaxation over groups of machines, for designs.
    pub relaxation: Relaxation<'a>,
    /// The same for the proof.
    proof: Relaxation<'a>,
    nodes: Vec<Node>,
    /// Looks that evaluating a leaf on all machines takes at most.
    leaf_looks: u64,
}

#[derive(Clone)]
enum Node {
    Split { place: usize, hosts: u32, fewer: usize, more: usize },
    Leaf(Leaf),
}

#[derive(Clone)]
struct Leaf {
    /// What each place may have, in the order of the groups' columns.
    states: Vec<State>,
    /// The same in hosts, for each place of the problem.
    windows: Vec<Window>,
    ascent: Ascent,
    /// Nothing is left to split.
    whole: bool,
}

/// Where to split a leaf: the column, the number of hosts, and what each part may have.
type Split = (usize, u32, State, State);

impl<'a> Tree<'a> {
    /// One leaf, with good prices.
    pub fn new(prepared: &'a Prepared, groups: Groups, rounds: u32) -> Self {
        let groups = Rc::new(groups);
        let relaxation = Relaxation::new(prepared, Rc::clone(&groups));
        let proof = Relaxation::exact(prepared, groups);
        let leaf_looks = (prepared.machines() * (prepared.sites.len() + 1)).max(1) as u64;
        let states = relaxation.initial_states();
        let start = relaxation.initial_prices(&states);
        let ascent = proof.ascend(&states, &start, f64::INFINITY, 0.3, rounds);
        let windows = vec![bound::ANY; ascent.prices.len()];
        Self { relaxation, proof, leaf_looks, nodes: vec![Node::Leaf(Leaf { states, windows, ascent, whole: false })] }
    }

    /// One leaf, with prices that are nearly good already.
    pub fn from_prices(prepared: &'a Prepared, groups: Groups, prices: &Prices, rounds: u32) -> Self {
        let mut tree = Self::new(prepared, groups, 0);
        if let Some(Node::Leaf(leaf)) = tree.nodes.first_mut() {
            leaf.ascent = tree.proof.ascend(&leaf.states, prices, f64::INFINITY, NEAR, rounds);
        }
        tree
    }

    /// The prices of the first leaf; those of the first branch once it is split.
    pub fn root_prices(&self) -> &Prices {
        self.prices(0)
    }

    /// The prices of a leaf.
    pub fn prices(&self, node: usize) -> &Prices {
        match &self.nodes[node] {
            Node::Leaf(leaf) => &leaf.ascent.prices,
            Node::Split { more, .. } => self.prices(*more),
        }
    }

    /// The bound of a leaf.
    pub fn value(&self, node: usize) -> f64 {
        match &self.nodes[node] {
            Node::Leaf(leaf) => leaf.ascent.value,
            Node::Split { .. } => f64::INFINITY,
        }
    }

    /// What a leaf wants, in whole bins.
    pub fn rounded(&self, node: usize) -> Vec<usize> {
        let Node::Leaf(leaf) = &self.nodes[node] else { return Vec::new() };
        let whole = |column: usize| {
            let hosts = self.relaxation.hosts(column);
            let bins = leaf.ascent.bins[column];
            let nearest = (bins + 0.5) as usize;
            match leaf.states[column] {
                State::Closed => 0,
                State::Open(low, high) => nearest.clamp(low, high),
                State::Free if bins < 0.5 * hosts.min_bins as f64 => 0,
                State::Free => nearest.clamp(hosts.min_bins, hosts.most_bins()),
            }
        };
        (0..leaf.states.len()).map(whole).collect()
    }

    fn weakest(&self) -> Option<(f64, usize)> {
        let open = self.nodes.iter().enumerate().filter_map(|(index, node)| match node {
            Node::Leaf(leaf) => Some((leaf.ascent.value, index)),
            Node::Split { .. } => None,
        });
        open.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
    }

    /// Whether another branch could raise the bound towards `target`, after so many looks of the whole search.
    pub fn can_branch(&self, target: f64, looks: u64) -> bool {
        let most_nodes = (LAST_LOOKS.max(looks / LAST_PART) / self.leaf_looks).clamp(MOST_NODES.0, MOST_NODES.1);
        (self.nodes.len() as u64) < most_nodes
            && self.weakest().is_some_and(|(value, index)| {
                value < target && matches!(&self.nodes[index], Node::Leaf(leaf) if !leaf.whole)
            })
    }

    /// Splits the leaf with the least bound; returns the looks that took and the new leaves.
    pub fn branch(&mut self, target: f64) -> (u64, Vec<usize>) {
        let Some((_, index)) = self.weakest() else { return (0, Vec::new()) };
        let Node::Leaf(leaf) = &self.nodes[index] else { return (0, Vec::new()) };
        let mut leaf = leaf.clone();
        let Some((column, hosts, fewer, more)) = self.split(&leaf) else {
            // Nothing is left to decide there but the prices, which may be far from the best still.
            let better = self.proof.ascend(&leaf.states, &leaf.ascent.prices, target, FAR, 2 * BRANCH_ROUNDS);
            leaf.whole = better.value <= leaf.ascent.value + 1e-4 * leaf.ascent.value.abs();
            if better.value > leaf.ascent.value {
                leaf.ascent = better;
            }
            let looks = self.proof.looks(&leaf.states) * u64::from(2 * BRANCH_ROUNDS);
            self.nodes[index] = Node::Leaf(leaf);
            return (looks, Vec::new());
        };
        let place = self.relaxation.groups.sites[column];
        let mut looks = 0;
        let mut children = Vec::new();
        for (side, state) in [fewer, more].into_iter().enumerate() {
            let mut child = leaf.clone();
            child.states[column] = state;
            let window = &mut child.windows[place];
            *window = if side == 0 { (window.0, window.1.min(hosts)) } else { (window.0.max(hosts + 1), window.1) };
            child.ascent = self.proof.ascend(&child.states, &leaf.ascent.prices, target, NEAR, BRANCH_ROUNDS);
            looks += self.relaxation.looks(&child.states) * u64::from(BRANCH_ROUNDS);
            children.push(self.nodes.len());
            self.nodes.push(Node::Leaf(child));
        }
        self.nodes[index] = Node::Split { place, hosts, fewer: children[0], more: children[1] };
        (looks, children)
    }

    /// Where a split would raise the bound most.
    fn split(&self, leaf: &Leaf) -> Option<Split> {
        let mut best: Option<(f64, Split)> = None;
        for (column, &state) in leaf.states.iter().enumerate() {
            let bins = leaf.ascent.bins[column];
            let hosts = self.relaxation.hosts(column);
            let (score, split) = match state {
                State::Free => {
                    // The part of the opening cost, and of the policy's minimum, that the straight line does not see.
                    let most = hosts.most_bins();
                    let real = hosts.totals(((bins + 0.999) as usize).max(hosts.min_bins)).0;
                    let seen = hosts.totals(most).0 * bins / most as f64;
                    let score = (real - seen).min(real * bins.min(1.0)).max(1e-4 * real);
                    (score, (column, 0, State::Closed, State::Open(hosts.min_bins, most)))
                }
                State::Open(low, high) if high > low && hosts.max_cells == 1 => {
                    let floor = (bins as usize).clamp(low, high - 1);
                    let part = (bins - floor as f64).clamp(0.0, 1.0);
                    let cost = hosts.totals(floor + 1).0 - hosts.totals(floor).0;
                    let split =
                        (column, (floor + hosts.spare) as u32, State::Open(low, floor), State::Open(floor + 1, high));
                    // A whole number of bins may still hide a mix of fewer and more.
                    (cost * (part * (1.0 - part)).max(1e-3), split)
                }
                State::Open(..) | State::Closed => continue,
            };
            if score > 0.0 && best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, split));
            }
        }
        best.map(|(_, split)| split)
    }

    /// Makes the prices of the weakest leaves better on all machines instead of groups, `goes` times.
    pub async fn polish(&mut self, prepared: &'a Prepared, target: f64, goes: usize) {
        let single = Relaxation::exact(prepared, Groups::single(prepared).into());
        let mut looks = 0;
        for node in &mut self.nodes {
            if let Node::Leaf(leaf) = node {
                let value = single.ascend(&leaf.states, &leaf.ascent.prices, target, NEAR, 1).value;
                leaf.ascent.value = value;
                looks += single.looks(&leaf.states);
            }
            if looks >= TURN {
                looks = 0;
                pause().await;
            }
        }
        for _ in 0..goes {
            let Some((value, index)) = self.weakest() else { return };
            let Node::Leaf(leaf) = &mut self.nodes[index] else { return };
            if value >= target {
                return;
            }
            let better = single.ascend(&leaf.states, &leaf.ascent.prices, target, 0.003, POLISH_ROUNDS);
            if better.value <= value {
                return;
            }
            leaf.ascent = better;
            pause().await;
        }
    }

    /// The certificate, and the bound that it proves for plans that place the machines for which `placed` is true, in micro-units of money.
    pub fn certificate(&self, problem: &Problem, prepared: &Prepared, placed: &[bool]) -> (Certificate, f64) {
        let mut least: Option<f64> = None;
        let mut nodes = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            nodes.push(match node {
                Node::Split { place, hosts, fewer, more } => {
                    BoundNode::Split { place: *place as u32, hosts: *hosts, fewer: *fewer as u32, more: *more as u32 }
                }
                Node::Leaf(leaf) => {
                    let prices: Vec<Resources> = bound::to_integers(&leaf.ascent.prices);
                    if let Some(value) = bound::bound(problem, prepared, placed, &prices, &leaf.windows) {
                        least = Some(least.map_or(value, |least| least.min(value)));
                    }
                    BoundNode::Leaf { prices }
                }
            });
        }
        (Certificate { nodes }, least.unwrap_or(f64::NEG_INFINITY))
    }
}
