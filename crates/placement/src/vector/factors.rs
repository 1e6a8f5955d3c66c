//! Sparse triangular factors of a basis, kept up to date while columns are exchanged.

/// A pivot smaller than this is taken for 0.
const TINY: f64 = 1e-11;

/// Among the entries of a column at least so large a part of the largest, the sparsest row becomes the pivot.
const THRESHOLD: f64 = 0.1;

/// So many of the shortest columns and rows are compared for a pivot.
const CANDIDATES: usize = 4;

/// A list of sparse vectors, one behind the other.
#[derive(Clone, Debug, Default)]
struct Sparse {
    start: Vec<u32>,
    index: Vec<u32>,
    value: Vec<f64>,
}

impl Sparse {
    fn clear(&mut self) {
        self.start.clear();
        self.start.push(0);
        self.index.clear();
        self.value.clear();
    }

    fn push(&mut self, index: usize, value: f64) {
        self.index.push(index as u32);
        self.value.push(value);
    }

    fn close(&mut self) {
        self.start.push(self.index.len() as u32);
    }

    fn len(&self) -> usize {
        self.start.len() - 1
    }

    fn get(&self, at: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.start[at] as usize..self.start[at + 1] as usize;
        self.index[range.clone()].iter().map(|&index| index as usize).zip(self.value[range].iter().copied())
    }
}

/// Factors of a square matrix `B` whose columns are given by position: solves with `B` and its transpose.
///
/// The factors are those of Gaussian elimination column by column, the triangular part of the matrix first; each exchange of a column adds one factor (the
/// product form of the inverse, Dantzig and Orchard-Hays, 1954).
#[derive(Clone, Debug, Default)]
pub(super) struct Factors {
    lower: Sparse,
    lower_pivot: Vec<u32>,
    upper: Sparse,
    pivot_row: Vec<u32>,
    pivot_position: Vec<u32>,
    pivot_value: Vec<f64>,
    eta: Sparse,
    eta_position: Vec<u32>,
    eta_value: Vec<f64>,
    work: Vec<f64>,
}

impl Factors {
    /// Exchanges since the matrix was factored.
    pub fn updates(&self) -> usize {
        self.eta_position.len()
    }

    /// Numbers in the factors: what one solve costs.
    pub fn entries(&self) -> usize {
        self.lower.index.len() + self.upper.index.len() + self.eta.index.len() + self.pivot_row.len()
    }

    /// Factors the matrix with these columns, given as rows and values. Returns the positions that depend on the others, with the rows left for them.
    pub fn factor(&mut self, size: usize, columns: &[(&[u32], &[f64])]) -> Vec<(usize, usize)> {
        self.lower.clear();
        self.upper.clear();
        self.eta.clear();
        self.lower_pivot.clear();
        self.pivot_row.clear();
        self.pivot_position.clear();
        self.pivot_value.clear();
        self.eta_position.clear();
        self.eta_value.clear();
        self.work.clear();
        self.work.resize(size, 0.0);
        let mut rest = Elimination::new(size, columns);
        while let Some((row, position)) = rest.alone().or_else(|| rest.sparsest()) {
            self.eliminate(&mut rest, row, position);
        }
        let rows = (0..size).filter(|&row| !rest.row_done[row]);
        let positions = (0..size).filter(|&position| !rest.column_done[position]);
        let dependent: Vec<(usize, usize)> = positions.zip(rows).collect();
        for &(position, row) in &dependent {
            self.upper.close();
            self.pivot_row.push(row as u32);
            self.pivot_position.push(position as u32);
            self.pivot_value.push(1.0);
        }
        dependent
    }

    /// Eliminates a column with a row, and stores the factors.
    fn eliminate(&mut self, rest: &mut Elimination, row: usize, position: usize) {
        let column = std::mem::take(&mut rest.columns[position]);
        let value = column.iter().find(|entry| entry.0 as usize == row).map_or(1.0, |entry| entry.1);
        for &(other, entry) in &rest.upper[position] {
            self.upper.push(other as usize, entry);
        }
        self.upper.close();
        self.pivot_row.push(row as u32);
        self.pivot_position.push(position as u32);
        self.pivot_value.push(value);
        let below: Vec<(u32, f64)> = column
            .iter()
            .filter(|entry| entry.0 as usize != row)
            .map(|&(other, entry)| (other, entry / value))
            .collect();
        if !below.is_empty() {
            for &(other, factor) in &below {
                self.lower.push(other as usize, factor);
            }
            self.lower.close();
            self.lower_pivot.push(row as u32);
        }
        rest.remove(row, position, &column, &below, &mut self.work);
    }

    /// Solves `B x = a`: `vector` holds `a` by row, and `x` by position afterwards.
    pub fn forward(&mut self, vector: &mut [f64]) {
        for at in 0..self.lower_pivot.len() {
            let factor = vector[self.lower_pivot[at] as usize];
            if factor != 0.0 {
                for (row, value) in self.lower.get(at) {
                    vector[row] -= value * factor;
                }
            }
        }
        for step in (0..self.pivot_row.len()).rev() {
            let mut solved = vector[self.pivot_row[step] as usize];
            if solved != 0.0 {
                solved /= self.pivot_value[step];
                for (row, value) in self.upper.get(step) {
                    vector[row] -= value * solved;
                }
            }
            self.work[self.pivot_position[step] as usize] = solved;
        }
        vector.copy_from_slice(&self.work);
        for at in 0..self.eta_position.len() {
            let position = self.eta_position[at] as usize;
            if vector[position] != 0.0 {
                let solved = vector[position] / self.eta_value[at];
                vector[position] = solved;
                for (other, value) in self.eta.get(at) {
                    vector[other] -= value * solved;
                }
            }
        }
        self.work.fill(0.0);
    }

    /// Solves `Bᵀ y = c`: `vector` holds `c` by position, and `y` by row afterwards.
    pub fn backward(&mut self, vector: &mut [f64]) {
        for at in (0..self.eta_position.len()).rev() {
            let position = self.eta_position[at] as usize;
            let known: f64 = self.eta.get(at).map(|(other, value)| value * vector[other]).sum();
            vector[position] = (vector[position] - known) / self.eta_value[at];
        }
        for step in 0..self.pivot_row.len() {
            let known: f64 = self.upper.get(step).map(|(row, value)| value * self.work[row]).sum();
            let wanted = vector[self.pivot_position[step] as usize] - known;
            self.work[self.pivot_row[step] as usize] = wanted / self.pivot_value[step];
        }
        for at in (0..self.lower_pivot.len()).rev() {
            let known: f64 = self.lower.get(at).map(|(row, value)| value * self.work[row]).sum();
            self.work[self.lower_pivot[at] as usize] -= known;
        }
        vector.copy_from_slice(&self.work);
        self.work.fill(0.0);
    }

    /// Exchanges the column at a position for the one whose solution by [`Self::forward`] is `column`.
    pub fn exchange(&mut self, position: usize, column: &[f64]) {
        for (other, &value) in column.iter().enumerate() {
            if other != position && value.abs() > TINY {
                self.eta.push(other, value);
            }
        }
        self.eta.close();
        self.eta_position.push(position as u32);
        self.eta_value.push(column[position]);
        debug_assert_eq!(self.eta.len(), self.eta_position.len());
    }
}

/// What is left of a matrix during elimination.
struct Elimination {
    columns: Vec<Vec<(u32, f64)>>,
    upper: Vec<Vec<(u32, f64)>>,
    /// The columns of each row; some may have lost their entry.
    rows: Vec<Vec<u32>>,
    row_count: Vec<u32>,
    row_done: Vec<bool>,
    column_done: Vec<bool>,
    columns_alone: Vec<u32>,
    rows_alone: Vec<u32>,
    /// Columns and rows that may be left, in order.
    open_columns: Vec<u32>,
    open_rows: Vec<u32>,
}

impl Elimination {
    fn new(size: usize, columns: &[(&[u32], &[f64])]) -> Self {
        let mut rows: Vec<Vec<u32>> = vec![Vec::new(); size];
        for (position, (indices, _)) in columns.iter().enumerate() {
            for &row in *indices {
                rows[row as usize].push(position as u32);
            }
        }
        let row_count: Vec<u32> = rows.iter().map(|row| row.len() as u32).collect();
        let columns: Vec<Vec<(u32, f64)>> =
            columns.iter().map(|(rows, values)| rows.iter().copied().zip(values.iter().copied()).collect()).collect();
        Self {
            columns_alone: (0..size as u32).filter(|&position| columns[position as usize].len() == 1).collect(),
            rows_alone: (0..size as u32).filter(|&row| row_count[row as usize] == 1).collect(),
            columns,
            upper: vec![Vec::new(); size],
            rows,
            row_count,
            row_done: vec![false; size],
            column_done: vec![false; size],
            open_columns: (0..size as u32).collect(),
            open_rows: (0..size as u32).collect(),
        }
    }

    /// A pivot that stands alone in its column or row.
    fn alone(&mut self) -> Option<(usize, usize)> {
        while let Some(position) = self.columns_alone.pop() {
            let column = &self.columns[position as usize];
            if !self.column_done[position as usize] && column.len() == 1 && column[0].1.abs() >= TINY {
                return Some((column[0].0 as usize, position as usize));
            }
        }
        while let Some(row) = self.rows_alone.pop() {
            if !self.row_done[row as usize] && self.row_count[row as usize] == 1 {
                let found = self.rows[row as usize].iter().copied().find(|&position| self.good(row, position));
                if let Some(position) = found {
                    return Some((row as usize, position as usize));
                }
            }
        }
        None
    }

    /// Whether a column has an entry in this row that is large enough to be its pivot.
    fn good(&self, row: u32, position: u32) -> bool {
        if self.column_done[position as usize] {
            return false;
        }
        let column = &self.columns[position as usize];
        let largest = column.iter().map(|entry| entry.1.abs()).fold(0.0, f64::max);
        largest >= TINY && column.iter().any(|entry| entry.0 == row && entry.1.abs() >= THRESHOLD * largest)
    }

    /// A pivot that causes few new entries (Markowitz, 1957): of some of the shortest columns and rows, the one with the least product of the lengths.
    fn sparsest(&mut self) -> Option<(usize, usize)> {
        let (column_done, row_done) = (&self.column_done, &self.row_done);
        self.open_columns.retain(|&position| !column_done[position as usize]);
        self.open_rows.retain(|&row| !row_done[row as usize]);
        let length = |position: u32| self.columns[position as usize].len();
        let mut best: Option<(usize, u32, u32)> = None;
        let shortest = self.open_columns.iter().map(|&position| length(position)).filter(|&length| length > 0).min()?;
        for &position in self.open_columns.iter().filter(|&&position| length(position) == shortest).take(CANDIDATES) {
            for &(row, _) in &self.columns[position as usize] {
                let cost = (shortest - 1) * (self.row_count[row as usize] as usize - 1);
                if best.is_none_or(|(least, ..)| cost < least) && self.good(row, position) {
                    best = Some((cost, row, position));
                }
            }
        }
        let count = |row: u32| self.row_count[row as usize];
        let fewest = self.open_rows.iter().map(|&row| count(row)).filter(|&count| count > 0).min().unwrap_or(0);
        for &row in self.open_rows.iter().filter(|&&row| count(row) == fewest).take(CANDIDATES) {
            for &position in &self.rows[row as usize] {
                let cost = (length(position).saturating_sub(1)) * (fewest as usize).saturating_sub(1);
                if best.is_none_or(|(least, ..)| cost < least) && self.good(row, position) {
                    best = Some((cost, row, position));
                }
            }
        }
        // Where all pivots of the short ones are too small, any will do.
        let any = || {
            self.open_columns.iter().find_map(|&position| {
                let row = self.columns[position as usize].iter().find(|entry| self.good(entry.0, position))?.0;
                Some((0, row, position))
            })
        };
        best.or_else(any).map(|(_, row, position)| (row as usize, position as usize))
    }

    /// Takes the pivot out, and what it adds to other columns in.
    fn remove(&mut self, row: usize, position: usize, column: &[(u32, f64)], below: &[(u32, f64)], work: &mut [f64]) {
        self.row_done[row] = true;
        self.column_done[position] = true;
        for &(other, _) in column {
            self.row_count[other as usize] -= 1;
            if self.row_count[other as usize] == 1 {
                self.rows_alone.push(other);
            }
        }
        let others = std::mem::take(&mut self.rows[row]);
        for other in others {
            if self.column_done[other as usize] {
                continue;
            }
            let entries = &mut self.columns[other as usize];
            let Some(at) = entries.iter().position(|entry| entry.0 as usize == row) else { continue };
            let factor = entries.swap_remove(at).1;
            self.upper[other as usize].push((row as u32, factor));
            for &(below, change) in below {
                work[below as usize] = change * factor;
            }
            for entry in entries.iter_mut() {
                entry.1 -= std::mem::take(&mut work[entry.0 as usize]);
            }
            for &(below, _) in below {
                let change = std::mem::take(&mut work[below as usize]);
                if change != 0.0 {
                    entries.push((below, -change));
                    self.rows[below as usize].push(other);
                    self.row_count[below as usize] += 1;
                }
            }
            let row_count = &mut self.row_count;
            let rows_alone = &mut self.rows_alone;
            entries.retain(|entry| {
                let stays = entry.1.abs() >= TINY;
                if !stays {
                    row_count[entry.0 as usize] -= 1;
                    if row_count[entry.0 as usize] == 1 {
                        rows_alone.push(entry.0);
                    }
                }
                stays
            });
            if entries.len() == 1 {
                self.columns_alone.push(other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn multiply(columns: &[(&[u32], &[f64])], x: &[f64]) -> Vec<f64> {
        let mut result = vec![0.0; x.len()];
        for ((rows, values), factor) in columns.iter().zip(x) {
            for (&row, value) in rows.iter().zip(*values) {
                result[row as usize] += value * factor;
            }
        }
        result
    }

    #[test]
    fn solves_forward_and_backward_also_after_an_exchange() {
        let columns: [(&[u32], &[f64]); 4] =
            [(&[0, 1], &[1.0, 2.0]), (&[1, 2, 3], &[1.0, 1.0, 3.0]), (&[0, 2], &[4.0, 1.0]), (&[3], &[2.0])];
        let mut factors = Factors::default();
        assert!(factors.factor(4, &columns).is_empty());
        let wanted = [1.0, 2.0, 3.0, 4.0];
        let mut x = wanted;
        factors.forward(&mut x);
        for (found, wanted) in multiply(&columns, &x).iter().zip(&wanted) {
            assert!((found - wanted).abs() < 1e-12);
        }
        let entering: (&[u32], &[f64]) = (&[0, 3], &[1.0, 1.0]);
        let mut column = [1.0, 0.0, 0.0, 1.0];
        factors.forward(&mut column);
        factors.exchange(1, &column);
        let exchanged = [columns[0], entering, columns[2], columns[3]];
        let mut x = wanted;
        factors.forward(&mut x);
        for (found, wanted) in multiply(&exchanged, &x).iter().zip(&wanted) {
            assert!((found - wanted).abs() < 1e-12);
        }
        let mut y = wanted;
        factors.backward(&mut y);
        for ((rows, values), wanted) in exchanged.iter().zip(&wanted) {
            let found: f64 = rows.iter().zip(*values).map(|(&row, value)| value * y[row as usize]).sum();
            assert!((found - wanted).abs() < 1e-12);
        }
    }

    #[test]
    fn names_columns_that_depend_on_others() {
        let columns: [(&[u32], &[f64]); 3] = [(&[0, 1], &[1.0, 2.0]), (&[0, 1], &[2.0, 4.0]), (&[0], &[1.0])];
        let dependent = Factors::default().factor(3, &columns);
        assert_eq!(dependent.len(), 1);
        assert_eq!(dependent[0].1, 2);
    }
}
