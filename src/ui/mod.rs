//! The user interface, in Yew. wasm32 only.
//!
//! [`app`] puts the running app into a context, [`shell`] frames the pages, `pages` holds one module a page, [`shared`] the widgets and [`charts`] the
//! pictures. The pages are loaded after the frame ([`lazy`]), but for [`welcome`], which is there at once. Components read the state through [`hooks::use_selector`] and change it by dispatching actions, never otherwise.

pub mod app;
pub mod charts;
pub mod hooks;
pub mod language_choice;
pub mod lazy;
mod pages;
mod part;
pub mod scenario_switch;
pub mod shared;
pub mod shell;
pub mod welcome;

use gloo::timers::callback::Timeout;

use crate::web::dom;

/// Mounts the app on the element `#app` of the page.
pub fn mount() {
    if let Some(root) = dom::document().get_element_by_id("app") {
        while let Some(child) = root.first_child() {
            if root.remove_child(&child).is_err() {
                break;
            }
        }
        // In a task of its own: getting the module ready was one already.
        Timeout::new(0, || {
            yew::Renderer::<app::App>::with_root(root).render();
        })
        .forget();
    }
}
