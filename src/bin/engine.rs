//! The worker: answers the jobs of the page. Built for wasm32 only; natively it does nothing.

#[cfg(target_arch = "wasm32")]
fn main() {
    groundwork::web::worker_entry::serve();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
