//! What the plans of the three estates hash to and cost: natively and in every browser.

/// Estate, SHA-256 of its plan, and totals of the plan's ledger and of the ledger of staying in millionths of the currency.
/// `cargo test --test plan_hashes` prints the lines to put here after a change that is meant to change plans.
pub const PLAN_HASHES: [(&str, &str, i64, i64); 3] = [
    ("office", "379553a45ebcfaf458b931afa3ff035d32575affe81ff6ba1badfd2a24c5cd00", 219_956_457_744, 328_679_017_812),
    (
        "two sites",
        "49e8e491cd3fd2fe2f3ef52d664a337e2b7ef686ba20cb14705cfc3ad0e551a7",
        1_009_622_871_396,
        1_391_458_791_456,
    ),
    (
        "campus",
        "aef9d89e8ace8a02235f110974977d5b7beeb3771dd1a27354ff94186c0c9d93",
        2_773_845_423_024,
        3_041_085_612_600,
    ),
];
