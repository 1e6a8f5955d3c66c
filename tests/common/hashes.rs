//! What the plans of the three estates hash to and cost: natively and in every browser.

/// Estate, SHA-256 of its plan, and totals of the plan's ledger and of the ledger of staying in millionths of the currency.
/// `cargo test --test plan_hashes` prints the lines to put here after a change that is meant to change plans.
pub const PLAN_HASHES: [(&str, &str, i64, i64); 3] = [
    ("office", "379553a45ebcfaf458b931afa3ff035d32575affe81ff6ba1badfd2a24c5cd00", 219_956_457_744, 328_679_017_812),
    (
        "two sites",
        "8bf5af2b0e392ff7b29ebab5ee51d398c02e66d81213fb2f98324aca01d9577a",
        1_009_622_871_396,
        1_391_458_791_456,
    ),
    (
        "campus",
        "154fbdf07227ee84783605f47cf52be575aa66826683fbdb944a2a177ce07ff9",
        2_773_845_423_024,
        3_041_085_612_600,
    ),
];
