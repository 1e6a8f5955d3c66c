//! Raising a concave function that has corners: Shor's method of subgradients with space dilation along the difference of two of them in a row (the
//! r-algorithm), with the adaptive step of its variant ralgb5. Shor, "Minimization methods for non-differentiable functions" (1985); Stetsyuk,
//! "Theory and software implementations of Shor's r-algorithms" (2017).

/// How much space shrinks along a corner at each step.
const DILATION: f64 = 2.0;
/// The step shrinks by this where one step was already too far,
const SHORTER: f64 = 0.95;
/// and grows by this after every so many steps in the same direction.
const LONGER: (u32, f64) = (3, 1.2);

/// Where the climb is.
pub(super) struct Climb {
    point: Vec<f64>,
    step: f64,
    /// The dilated space, row by row.
    space: Vec<f64>,
}

impl Climb {
    /// Starts at a point; the first step is the part `reach` of its length.
    pub fn new(point: Vec<f64>, reach: f64) -> Self {
        let length = norm(&point).max(1e-6);
        let size = point.len();
        let mut space = vec![0.0; size * size];
        for index in 0..size {
            space[index * size + index] = 1.0;
        }
        Self { step: reach * length, point, space }
    }

    /// Climbs for at most `rounds` evaluations of `function`, which returns the value at a point, writes the slope there, and tells whether to stop.
    pub fn run(&mut self, rounds: u32, mut function: impl FnMut(&[f64], &mut [f64]) -> (f64, bool)) {
        let size = self.point.len();
        let (mut old, mut new) = (vec![0.0; size], vec![0.0; size]);
        if function(&self.point, &mut old).1 || size == 0 {
            return;
        }
        let (mut inner, mut direction) = (vec![0.0; size], vec![0.0; size]);
        let mut used = 1;
        while used < rounds {
            self.transposed(&old, &mut inner);
            let length = norm(&inner);
            if length <= 0.0 {
                return;
            }
            divide(&mut inner, length);
            self.times(&inner, &mut direction);
            let mut steps = 0;
            loop {
                for (point, direction) in self.point.iter_mut().zip(&direction) {
                    *point += self.step * direction;
                }
                used += 1;
                steps += 1;
                if function(&self.point, &mut new).1 {
                    return;
                }
                if steps % LONGER.0 == 0 {
                    self.step *= LONGER.1;
                }
                if used >= rounds || dot(&direction, &new) <= 0.0 {
                    break;
                }
            }
            if steps == 1 {
                self.step *= SHORTER;
            }
            for (old, new) in old.iter_mut().zip(&new) {
                *old = new - *old;
            }
            self.dilate(&old, &mut inner, &mut direction);
            std::mem::swap(&mut old, &mut new);
        }
    }

    /// Shrinks space along a difference of slopes. The other two are room for work.
    fn dilate(&mut self, difference: &[f64], inner: &mut [f64], image: &mut [f64]) {
        self.transposed(difference, inner);
        let length = norm(inner);
        if length <= 0.0 {
            return;
        }
        divide(inner, length);
        self.times(inner, image);
        let size = inner.len();
        let factor = 1.0 / DILATION - 1.0;
        for (row, image) in self.space.chunks_exact_mut(size).zip(&*image) {
            for (entry, inner) in row.iter_mut().zip(&*inner) {
                *entry += factor * image * inner;
            }
        }
    }

    /// The space times a vector.
    fn times(&self, vector: &[f64], result: &mut [f64]) {
        for (row, result) in self.space.chunks_exact(vector.len()).zip(result) {
            *result = dot(row, vector);
        }
    }

    /// The transposed space times a vector.
    fn transposed(&self, vector: &[f64], result: &mut [f64]) {
        result.fill(0.0);
        for (row, factor) in self.space.chunks_exact(vector.len()).zip(vector) {
            for (result, entry) in result.iter_mut().zip(row) {
                *result += factor * entry;
            }
        }
    }
}

fn divide(vector: &mut [f64], by: f64) {
    for entry in vector {
        *entry /= by;
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(vector: &[f64]) -> f64 {
    libm::sqrt(dot(vector, vector))
}
