//! Where parts are to be taken out of the modules (`xtask/src/split.rs`), asks the linker for what that needs, and tells the sources by `cfg(split)`.

use std::env;

/// Set by `cargo xtask build`. Not a feature of Cargo: Trunk takes either those of `index.html` or those of its command line.
const VARIABLE: &str = "GROUNDWORK_SPLIT";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    println!("cargo::rustc-check-cfg=cfg(split)");
    let is_wasm = env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm");
    if is_wasm && env::var_os(VARIABLE).is_some() {
        println!("cargo::rustc-cfg=split");
        for module in ["app", "engine"] {
            println!("cargo::rustc-link-arg-bin={module}=--emit-relocs");
        }
    }
}
