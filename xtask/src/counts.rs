//! Reads the numbers of passed and failed tests from what test programs print.

use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that ran and passed.
    pub passed: u32,
    /// Tests that ran and failed.
    pub failed: u32,
}

impl Counts {
    /// Counts what one line says: the summary of cargo's or wasm-bindgen's test runner, or that of Playwright.
    pub fn of_line(line: &str) -> Self {
        match line.trim().strip_prefix("test result: ") {
            Some(summary) => {
                Self { passed: number_before(summary, "passed;"), failed: number_before(summary, "failed;") }
            }
            None => Self::of_playwright(line),
        }
    }

    /// Playwright ends with `  1 failed` and `  12 passed (3.4s)`, each on a line of its own.
    fn of_playwright(line: &str) -> Self {
        let words: Vec<_> = line.split_whitespace().collect();
        match words[..] {
            [number, "passed", time] if time.starts_with('(') => {
                Self { passed: number.parse().unwrap_or(0), failed: 0 }
            }
            [number, "failed"] => Self { passed: 0, failed: number.parse().unwrap_or(0) },
            _ => Self::default(),
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The number before `word`, such as 12 in `ok. 12 passed; 0 failed;`.
fn number_before(text: &str, word: &str) -> u32 {
    let mut previous = "";
    for current in text.split_whitespace() {
        if current == word {
            return previous.parse().unwrap_or(0);
        }
        previous = current;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_counted_and_nothing_else() {
        let cases = [
            ("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s", (12, 0)),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out", (3, 2)),
            ("  7 passed (2.3s)", (7, 0)),
            ("  2 failed", (0, 2)),
            ("test estate::the_import_of_3_failed ... ok", (0, 0)),
            ("running 12 tests", (0, 0)),
        ];
        for (line, (passed, failed)) in cases {
            assert_eq!(Counts::of_line(line), Counts { passed, failed }, "{line}");
        }
    }
}
