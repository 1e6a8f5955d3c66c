//! The same input gives the same plan, bit for bit: here in a browser, in `plan_hashes.rs` natively, with the same constants.

use crate::{estates, hashes};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn plans_have_the_hashes_they_have_natively() {
    let expected = hashes::PLAN_HASHES.map(|(name, hash, plan, staying)| (name, hash.to_owned(), plan, staying));
    assert_eq!(estates::results(), expected, "`cargo test --test plan_hashes` tells which side changed");
}
