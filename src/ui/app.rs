//! The root component.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::shell::Shell;
use crate::store::{Action, AppState, UiAction, commands};
use crate::ui::part::part;
use crate::web::runtime::Store;
use crate::web::services::Services;
use crate::web::{choices, dom, route, typing};

/// The root component: starts the app once and gives it to all others.
#[component]
pub fn App() -> Html {
    // They listen before anything is on screen: an effect may come after the first key.
    let started = use_memo((), |()| {
        let services = Services::start(Store::new(AppState::begun(choices::steps())));
        let listeners = listen(&services);
        (services, listeners)
    });
    let services = started.0.clone();
    html! {
        <ContextProvider<Services> context={services}>
            { part!(<Shell />) }
        </ContextProvider<Services>>
    }
}

/// The address, the end of the page, and the shortcuts.
fn listen(services: &Services) -> [EventListener; 4] {
    let on_hash = services.clone();
    let on_hide = services.clone();
    let on_key = services.clone();
    let active = EventListenerOptions { passive: false, ..EventListenerOptions::default() };
    [
        typing::listen(),
        EventListener::new(&dom::window(), "hashchange", move |_event| {
            let (page, scenario) = route::current();
            on_hash.store().dispatch(Action::Ui(UiAction::Go(page, scenario)));
        }),
        EventListener::new(&dom::document(), "visibilitychange", move |_event| on_hide.save_now()),
        EventListener::new_with_options(&dom::window(), "keydown", active, move |event| {
            if let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() {
                shortcut(&on_key, event);
            }
        }),
    ]
}

/// Carries out the command of the keys, if they are those of one (`store::commands`).
fn shortcut(services: &Services, event: &web_sys::KeyboardEvent) {
    if event.alt_key() || event.is_composing() {
        return;
    }
    let in_text = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()).is_some_and(|element| {
        element.matches("input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea").unwrap_or(false)
    });
    let ctrl = event.ctrl_key() || event.meta_key();
    let Some(command) = commands::pressed(ctrl, event.shift_key(), &event.key().to_ascii_lowercase(), in_text) else {
        return;
    };
    // What the browser does with these keys is never what was meant, even where the command has nothing to do.
    event.prevent_default();
    if command.is_possible(&services.store().state()) {
        let has_sheet = || services.store().state().ui.sheet.is_some();
        let had_sheet = has_sheet();
        services.run(command);
        if has_sheet() && !had_sheet {
            // It is loaded and drawn in tasks to come, and who searches types on.
            typing::hold();
        }
    }
}
