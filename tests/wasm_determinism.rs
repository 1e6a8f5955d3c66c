//! The same input gives the same plan, bit for bit: here in a browser, in `plan_hashes.rs` natively, with the same constants.
#![cfg(target_arch = "wasm32")]

#[path = "common/estates.rs"]
mod estates;
#[path = "common/hashes.rs"]
mod hashes;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
fn plans_have_the_hashes_they_have_natively() {
    let catalog = estates::catalog();
    let hashes = estates::cases().map(|case| (case.name, case.plan(&catalog).plan_hash));
    let expected = hashes::PLAN_HASHES.map(|(name, hash)| (name, hash.to_owned()));
    assert_eq!(hashes, expected, "`cargo test --test plan_hashes` tells which side changed");
}
