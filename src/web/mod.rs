//! The browser's side of the app: worker, files, storage. wasm32 only.

pub mod worker_entry;
