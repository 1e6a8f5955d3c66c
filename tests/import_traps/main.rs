//! The accidents that happen in exports, each with a test of its own: data in, data out.

#![cfg(not(target_arch = "wasm32"))]

mod columns;
mod export;
mod files;
mod merge;
mod robust;
mod values;
