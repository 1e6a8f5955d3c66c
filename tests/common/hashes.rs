//! What the plans of the three estates hash to and cost: natively and in every browser.

/// Estate, SHA-256 of its plan, and totals of the plan's ledger and of the ledger of staying in millionths of the currency.
/// `cargo test --test plan_hashes` prints the lines to put here after a change that is meant to change plans.
pub const PLAN_HASHES: [(&str, &str, i64, i64); 3] = [
    ("office", "c56ea68fa3a52cc643fa954c1b586333dddefe5a74129753dac19e42fdab1fc3", 219_956_457_744, 328_679_017_812),
    (
        "two sites",
        "7bba907eabd62b939d3b00df3097c595f155d0dc950890d6c8d2bc2b4d61d2d3",
        2_407_377_110_484,
        1_391_458_791_456,
    ),
    (
        "campus",
        "4b0b946b104da02b349a0fc9e11f1b605155e5ae133d856e574675ebecda8ba6",
        2_773_850_929_332,
        3_041_085_612_600,
    ),
];
