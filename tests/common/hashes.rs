//! What the plans of the three estates hash to and cost: natively and in every browser.

/// Estate, SHA-256 of its plan, and totals of the plan's ledger and of the ledger of staying in millionths of the currency.
/// `cargo test --test plan_hashes` prints the lines to put here after a change that is meant to change plans.
pub const PLAN_HASHES: [(&str, &str, i64, i64); 3] = [
    ("office", "379553a45ebcfaf458b931afa3ff035d32575affe81ff6ba1badfd2a24c5cd00", 219_956_457_744, 328_679_017_812),
    (
        "two sites",
        "f9be4d2af71a7c6a2cf46052e3b3c15162ecef45a668b159bd094790d2f71107",
        1_009_622_871_396,
        1_391_458_791_456,
    ),
    (
        "campus",
        "ecab8ff14d4914e24c9a4dd20aab2a12c7e45ab057b7335fc7e9032a9b0990f3",
        2_782_323_202_572,
        3_041_085_612_600,
    ),
];
