//! The page: mounts the user interface. Built for wasm32 only; natively it does nothing.

#[cfg(target_arch = "wasm32")]
fn main() {
    groundwork::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
