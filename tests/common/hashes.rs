//! What the plans of the three estates hash to and cost: natively and in every browser.

/// Estate, SHA-256 of its plan, and totals of the plan's ledger and of the ledger of staying in millionths of the currency.
/// `cargo test --test plan_hashes` prints the lines to put here after a change that is meant to change plans.
pub const PLAN_HASHES: [(&str, &str, i64, i64); 3] = [
    ("office", "379553a45ebcfaf458b931afa3ff035d32575affe81ff6ba1badfd2a24c5cd00", 219_956_457_744, 328_679_017_812),
    (
        "two sites",
        "241b4bba87a1e34cb37e6d19536f80022335665ea912771212e11e72ca0d4821",
        1_009_622_871_396,
        1_391_458_791_456,
    ),
    (
        "campus",
        "47aa749e4b2dd0445164d47948080775ddc07e06b90f0ce26a9027f125feb02d",
        2_773_845_423_024,
        3_041_085_612_600,
    ),
];
