//! The browser's side of the app: worker, files, storage, address, theme. wasm32 only.

pub mod api;
pub mod around;
pub mod choices;
pub mod dom;
mod extras;
pub mod file_reader;
pub mod files;
pub mod intake;
pub mod language;
mod parts;
mod rehearsal;
pub mod route;
pub mod runtime;
pub mod services;
pub mod storage;
pub mod theme;
pub mod turns;
pub mod typing;
pub mod worker_entry;
pub mod worker_host;
