//! The versions of the tools that build and test Groundwork: the one place where they are named.
//!
//! `tests/tidy.rs` fails when `Trunk.toml` or `Cargo.lock` say otherwise. Rust itself is named in `rust-toolchain.toml`, where rustup reads it, and
//! the packages of the browser tests in `tests/e2e/package.json`, where npm reads them.

/// Trunk bundles the site. Later releases need a newer Rust than `rust-toolchain.toml` names.
pub const TRUNK: &str = "0.21.14";

/// wasm-bindgen-cli writes the JavaScript beside the modules. It works only with the very same version of the crate `wasm-bindgen`.
pub const WASM_BINDGEN: &str = "0.2.130";

/// The npm package `binaryen`, which brings wasm-opt.
pub const BINARYEN: &str = "132.0.0";

/// The npm package `esbuild`.
pub const ESBUILD: &str = "0.28.2";

/// mdBook, in which the journeys embed a plan.
pub const MDBOOK: &str = "0.5.4";

/// The npm package `lighthouse`, for the benchmarks.
pub const LIGHTHOUSE: &str = "13.5.0";

/// The npm package `highs`, a solver that runs in browsers as ours does, for the benchmarks.
pub const HIGHS: &str = "1.15.3";

/// The oldest Node.js that Playwright and binaryen run on.
pub const NODE_MIN_MAJOR: u32 = 20;

/// The oldest Chromium the tests are known to pass in. A package manager decides which newer one there is.
pub const CHROMIUM_MIN_MAJOR: u32 = 130;

/// The target both modules of the site are compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
