//! The linear program over the patterns known so far: a sparse revised simplex, primal and dual.
//!
//! Rows are covers, `Σ a·x ≥ b`: one for each type of item, with its number as `b`, and one for each limited type of bin, with its negative limit. So every
//! dual price is at least 0.

use super::factors::Factors;

/// Smaller than this, a reduced cost counts as 0.
const OPTIMAL: f64 = 1e-9;
/// Smaller than this, a value below 0 counts as 0.
const FEASIBLE: f64 = 1e-9;
/// Smaller than this, an entry is no pivot.
const PIVOT: f64 = 1e-7;
/// After so many exchanges the basis is factored anew.
const REFACTOR: usize = 50;
/// So many columns are compared for one exchange.
const CHUNK: usize = 4000;

/// The linear program, with an optimal or at least feasible basis.
#[derive(Clone, Debug)]
pub(super) struct Master {
    rows: usize,
    start: Vec<u32>,
    row: Vec<u32>,
    value: Vec<f64>,
    cost: Vec<f64>,
    /// What is to be covered, as asked for.
    demand: Vec<f64>,
    /// The same with small differences, so that no two bases are equally good by chance.
    perturbed: Vec<f64>,
    jitter: Vec<f64>,
    basis: Vec<u32>,
    basic: Vec<bool>,
    solution: Vec<f64>,
    prices: Vec<f64>,
    factors: Factors,
    cursor: usize,
    work: u64,
}

impl Master {
    /// A program without patterns: `surplus` and `outside` columns only. `outside` is the cost of leaving one unit of a row uncovered.
    pub fn new(demand: Vec<f64>, outside: f64) -> Self {
        let rows = demand.len();
        let mut master = Self {
            rows,
            start: vec![0],
            row: Vec::new(),
            value: Vec::new(),
            cost: Vec::new(),
            perturbed: demand.clone(),
            jitter: (0..rows).map(jitter).collect(),
            demand,
            basis: Vec::new(),
            basic: Vec::new(),
            solution: Vec::new(),
            prices: vec![0.0; rows],
            factors: Factors::default(),
            cursor: 0,
            work: 0,
        };
        for row in 0..rows {
            master.add(&[(row as u32, -1.0)], 0.0);
        }
        for row in 0..rows {
            master.add(&[(row as u32, 1.0)], outside);
        }
        for row in 0..rows {
            let column = if master.demand[row] < 0.0 { row } else { rows + row };
            master.basis.push(column as u32);
            master.basic[column] = true;
        }
        master.perturb();
        master.refactor();
        master
    }

    fn perturb(&mut self) {
        for row in 0..self.rows {
            let demand = self.demand[row];
            // Limits are loosened too, so that what was feasible stays so.
            self.perturbed[row] = if demand > 0.0 { demand + self.jitter[row] } else { demand - self.jitter[row] };
        }
    }

    /// Adds a column. It must not be the same as one that is there.
    pub fn add(&mut self, entries: &[(u32, f64)], cost: f64) -> usize {
        for &(row, value) in entries {
            self.row.push(row);
            self.value.push(value);
        }
        self.start.push(self.row.len() as u32);
        self.cost.push(cost);
        self.basic.push(false);
        self.cost.len() - 1
    }

    /// Makes a column as dear as leaving its rows uncovered.
    pub fn forbid(&mut self, column: usize) {
        let dearest = self.cost[self.rows];
        self.cost[column] = dearest * self.entries(column).0.len() as f64;
    }

    /// How many columns come before the first pattern.
    pub const fn first(&self) -> usize {
        2 * self.rows
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.cost.len()
    }

    /// The entries of a column.
    pub fn entries(&self, column: usize) -> (&[u32], &[f64]) {
        let range = self.start[column] as usize..self.start[column + 1] as usize;
        (&self.row[range.clone()], &self.value[range])
    }

    /// The dual prices, by row.
    pub fn prices(&self) -> &[f64] {
        &self.prices
    }

    /// Columns with a value above 0, with it, by column.
    pub fn solution(&self) -> Vec<(usize, f64)> {
        let mut found: Vec<(usize, f64)> = self
            .basis
            .iter()
            .zip(&self.solution)
            .filter(|(column, value)| **column as usize >= self.rows && **value > 1e-7)
            .map(|(&column, &value)| (column as usize, value))
            .collect();
        found.sort_unstable_by_key(|&(column, _)| column);
        found
    }

    /// What the prices say the demand costs, which at the optimum is the value of the program.
    pub fn value(&self) -> f64 {
        self.prices.iter().zip(&self.demand).map(|(price, demand)| price * demand).sum()
    }

    /// What a column costs beyond what the prices pay for it.
    pub fn reduced_cost(&self, column: usize) -> f64 {
        self.cost[column] - self.dot(column, &self.prices)
    }

    /// Looks at numbers since the last call: the measure of work.
    pub fn take_work(&mut self) -> u64 {
        std::mem::take(&mut self.work)
    }

    fn dot(&self, column: usize, vector: &[f64]) -> f64 {
        let (rows, values) = self.entries(column);
        rows.iter().zip(values).map(|(&row, value)| vector[row as usize] * value).sum()
    }

    fn scatter(&self, column: usize, vector: &mut [f64]) {
        vector.fill(0.0);
        let (rows, values) = self.entries(column);
        for (&row, &value) in rows.iter().zip(values) {
            vector[row as usize] += value;
        }
    }

    /// Factors the basis, and computes the solution from it.
    fn refactor(&mut self) {
        let mut factors = std::mem::take(&mut self.factors);
        let columns: Vec<(&[u32], &[f64])> = self.basis.iter().map(|&column| self.entries(column as usize)).collect();
        let dependent = factors.factor(self.rows, &columns);
        for (position, row) in dependent {
            // The column that stands in is the one of the row itself.
            let column = if self.basic[self.rows + row] { row } else { self.rows + row };
            self.basic[self.basis[position] as usize] = false;
            self.basis[position] = column as u32;
            self.basic[column] = true;
        }
        self.work += 20 * factors.entries() as u64;
        self.factors = factors;
        self.solve();
    }

    fn solve(&mut self) {
        let mut solution = self.perturbed.clone();
        self.factors.forward(&mut solution);
        self.solution = solution;
    }

    fn compute_prices(&mut self) {
        let mut prices: Vec<f64> = self.basis.iter().map(|&column| self.cost[column as usize]).collect();
        self.factors.backward(&mut prices);
        self.prices = prices;
        self.work += self.factors.entries() as u64;
    }

    fn exchange(&mut self, position: usize, entering: usize, column: &[f64], step: f64) {
        for (value, change) in self.solution.iter_mut().zip(column) {
            *value -= step * change;
        }
        self.solution[position] = step;
        self.basic[self.basis[position] as usize] = false;
        self.basic[entering] = true;
        self.basis[position] = entering as u32;
        self.factors.exchange(position, column);
        if self.factors.updates() >= REFACTOR {
            self.refactor();
        }
    }

    /// Improves a feasible basis until no column is worth entering; returns whether it got there within so many exchanges.
    pub fn primal(&mut self, exchanges: usize) -> bool {
        let mut column = vec![0.0; self.rows];
        for _ in 0..exchanges {
            self.compute_prices();
            let Some(entering) = self.entering() else { return true };
            self.scatter(entering, &mut column);
            self.factors.forward(&mut column);
            self.work += 2 * self.factors.entries() as u64;
            let Some((position, step)) = self.leaving(&column) else { return true };
            self.exchange(position, entering, &column, step);
        }
        self.compute_prices();
        false
    }

    /// The best column of the first part of the list that has one worth entering.
    fn entering(&mut self) -> Option<usize> {
        let count = self.columns();
        let mut looked = 0;
        while looked < count {
            let end = (self.cursor + CHUNK).min(count);
            let mut best = (0.0, None);
            for column in self.cursor..end {
                if !self.basic[column] {
                    let reduced = self.reduced_cost(column);
                    if reduced < -OPTIMAL {
                        // Per length, so that long columns do not win by their length alone.
                        let reduced = reduced / (1.0 + f64::from(self.start[column + 1] - self.start[column])).sqrt();
                        if reduced < best.0 {
                            best = (reduced, Some(column));
                        }
                    }
                }
            }
            self.work += u64::from(self.start[end] - self.start[self.cursor]) + (end - self.cursor) as u64;
            looked += end - self.cursor;
            if best.1.is_some() {
                return best.1;
            }
            self.cursor = if end == count { 0 } else { end };
        }
        None
    }

    fn leaving(&self, column: &[f64]) -> Option<(usize, f64)> {
        let mut bound = f64::INFINITY;
        for (&value, &change) in self.solution.iter().zip(column) {
            if change > PIVOT {
                bound = bound.min((value.max(0.0) + FEASIBLE) / change);
            }
        }
        let mut best: Option<(usize, f64)> = None;
        for (position, (&value, &change)) in self.solution.iter().zip(column).enumerate() {
            if change > PIVOT
                && value.max(0.0) / change <= bound
                && best.is_none_or(|(found, _)| change > column[found])
            {
                best = Some((position, value.max(0.0) / change));
            }
        }
        best
    }

    /// Sets what is to be covered, and makes the optimal basis feasible again; returns whether it got there within so many exchanges.
    pub fn cover(&mut self, demand: &[f64], exchanges: usize) -> bool {
        self.demand.copy_from_slice(demand);
        self.perturb();
        self.solve();
        self.compute_prices();
        let count = self.columns();
        let mut reduced: Vec<f64> = (0..count).map(|column| self.reduced_cost(column).max(0.0)).collect();
        let (mut row, mut column) = (vec![0.0; self.rows], vec![0.0; self.rows]);
        let mut along = vec![0.0; count];
        for _ in 0..exchanges {
            let mut worst = (-1e-7, None);
            for (position, &value) in self.solution.iter().enumerate() {
                if value < worst.0 {
                    worst = (value, Some(position));
                }
            }
            let Some(position) = worst.1 else { return true };
            row.fill(0.0);
            row[position] = 1.0;
            self.factors.backward(&mut row);
            self.work += 3 * self.factors.entries() as u64 + u64::from(self.start[count]);
            let Some((entering, ratio)) = self.dual_entering(&row, &reduced, &mut along) else { break };
            let leaving = self.basis[position] as usize;
            for (reduced, along) in reduced.iter_mut().zip(&along) {
                *reduced = (*reduced + ratio * along).max(0.0);
            }
            reduced[leaving] = ratio;
            self.scatter(entering, &mut column);
            self.factors.forward(&mut column);
            if column[position].abs() < PIVOT {
                self.refactor();
                self.compute_prices();
                for (at, reduced) in reduced.iter_mut().enumerate() {
                    *reduced = self.reduced_cost(at).max(0.0);
                }
                continue;
            }
            let step = self.solution[position] / column[position];
            self.exchange(position, entering, &column, step);
        }
        self.compute_prices();
        false
    }

    /// The column that may enter for a row of the inverse, with its ratio, and every column's entry in that row.
    fn dual_entering(&self, row: &[f64], reduced: &[f64], along: &mut [f64]) -> Option<(usize, f64)> {
        let mut bound = f64::INFINITY;
        for column in 0..self.columns() {
            along[column] = 0.0;
            if !self.basic[column] {
                let entry = self.dot(column, row);
                along[column] = entry;
                if entry < -PIVOT {
                    bound = bound.min((reduced[column] + OPTIMAL) / -entry);
                }
            }
        }
        let mut best: Option<usize> = None;
        for column in 0..self.columns() {
            let entry = along[column];
            if entry < -PIVOT && reduced[column] / -entry <= bound && best.is_none_or(|found| entry < along[found]) {
                best = Some(column);
            }
        }
        best.map(|column| (column, reduced[column] / -along[column]))
    }

    /// The columns of the basis.
    pub fn basis(&self) -> &[u32] {
        &self.basis
    }

    /// Starts from these columns, one for each row, whose solution must be feasible.
    pub fn start_from(&mut self, columns: &[usize]) {
        for &column in &self.basis {
            self.basic[column as usize] = false;
        }
        self.basis = columns.iter().map(|&column| column as u32).collect();
        for &column in columns {
            self.basic[column] = true;
        }
        self.refactor();
    }

    /// Keeps the patterns for which `keep` holds, and those in the basis; returns the old numbers of the patterns that are left, in order.
    pub fn retain(&mut self, mut keep: impl FnMut(usize) -> bool) -> Vec<usize> {
        let first = self.first();
        let kept: Vec<usize> = (first..self.columns()).filter(|&column| self.basic[column] || keep(column)).collect();
        let mut renamed: Vec<u32> = (0..self.columns() as u32).collect();
        let (mut start, mut row, mut value, mut cost) =
            (self.start[..=first].to_vec(), Vec::new(), Vec::new(), self.cost[..first].to_vec());
        row.extend_from_slice(&self.row[..self.start[first] as usize]);
        value.extend_from_slice(&self.value[..self.start[first] as usize]);
        let mut basic = self.basic[..first].to_vec();
        for (position, &column) in kept.iter().enumerate() {
            renamed[column] = (first + position) as u32;
            let (rows, values) = self.entries(column);
            row.extend_from_slice(rows);
            value.extend_from_slice(values);
            start.push(row.len() as u32);
            cost.push(self.cost[column]);
            basic.push(self.basic[column]);
        }
        for column in &mut self.basis {
            *column = renamed[*column as usize];
        }
        (self.start, self.row, self.value, self.cost, self.basic) = (start, row, value, cost, basic);
        self.cursor = 0;
        kept
    }
}

/// A small number that differs from row to row.
fn jitter(row: usize) -> f64 {
    let mixed = (row as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 44;
    (1.0 + mixed as f64 / f64::from(1 << 20)) * 1e-5
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three items of which any two fit in a bin: one and a half bins.
    #[test]
    fn finds_the_optimum_of_a_triangle_and_of_what_is_left_of_it() {
        let mut master = Master::new(vec![1.0; 3], 10.0);
        for pair in [[0, 1], [1, 2], [0, 2]] {
            master.add(&pair.map(|row| (row, 1.0)), 1.0);
        }
        assert!(master.primal(100));
        assert!((master.value() - 1.5).abs() < 1e-6);
        assert!(master.cover(&[0.0, 1.0, 1.0], 100));
        assert!((master.value() - 1.0).abs() < 1e-6);
        assert!(master.prices().iter().all(|&price| price >= -1e-9));
    }

    /// Of the cheap column only one may be taken, and covers two; the others cost five each.
    #[test]
    fn keeps_limits() {
        let mut master = Master::new(vec![4.0, -1.0], 100.0);
        master.add(&[(0, 2.0), (1, -1.0)], 1.0);
        master.add(&[(0, 1.0)], 5.0);
        assert!(master.primal(100));
        assert!((master.value() - 11.0).abs() < 1e-3);
    }
}
