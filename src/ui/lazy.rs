//! What is loaded after the frame: all pages, as one WebAssembly module of their own.
//!
//! Where parts are split off (`build.rs`), `entry::pages` alone reaches the module `ui::pages`, and `cargo xtask build` takes all that only it reaches out of the app
//! (<https://docs.rs/wasm_split_helpers>). Without, as under `cargo xtask serve` and in tests, the pages are part of the app and there at once.
//! So nothing of the frame may name anything of `ui::pages`: it would pull that back into the first load.

use std::cell::Cell;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::store::{Page, Sheet};
use crate::web::dom;

/// A place of the frame, for something that is loaded later.
#[derive(Clone, PartialEq)]
pub enum Place {
    /// The page itself.
    Page(Page),
    /// What lies over the page.
    Sheet(Sheet),
    /// What the tour says of the page.
    Tour(Page),
    /// The dialog to type in an estate, with what closes it.
    TypedTotals(Callback<()>),
}

/// What fills a place.
type View = fn(&Place) -> Html;

thread_local! {
    /// There once the pages are loaded.
    static VIEW: Cell<Option<View>> = const { Cell::new(None) };
}

#[cfg(all(split, feature = "app"))]
mod entry {
    #![expect(clippy::unnecessary_wraps, reason = "the macro puts errors of loading into the result")]

    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::View;

    #[wasm_split(pages, fallible)]
    pub fn pages() -> Result<View, SplitLoaderError> {
        Ok(crate::ui::pages::view)
    }
}

#[cfg(not(all(split, feature = "app")))]
mod entry {
    use super::View;

    #[expect(clippy::unused_async, reason = "the same as where the pages are loaded")]
    pub async fn pages() -> Result<View, std::convert::Infallible> {
        Ok(crate::ui::pages::view)
    }
}

/// Loads the pages, and keeps what fills places. Whether they are there.
pub async fn load() -> bool {
    if VIEW.get().is_none() {
        VIEW.set(entry::pages().await.ok());
    }
    VIEW.get().is_some()
}

/// What is to be seen of the loading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notice {
    /// Nothing yet: most often it takes less time than reading a word about it.
    None,
    Loading,
    Failed,
}

/// After this time, in milliseconds, a visitor wonders why nothing is there.
const PATIENCE_MS: u32 = 300;

/// Properties of [`Lazy`].
#[derive(PartialEq, Properties)]
pub struct LazyProps {
    /// What is to be shown.
    pub place: Place,
}

/// A part of the user interface that is loaded later, with a word about it where that takes long, and a way to try again where it fails.
#[component]
pub fn Lazy(props: &LazyProps) -> Html {
    let attempts = use_state(|| 0_u32);
    let notice = use_state(|| Notice::None);
    {
        let notice = notice.setter();
        let update = use_force_update();
        use_effect_with(*attempts, move |_attempts| {
            let is_there = VIEW.get().is_some();
            let timer = (!is_there).then(|| {
                let notice = notice.clone();
                Timeout::new(PATIENCE_MS, move || notice.set(Notice::Loading))
            });
            let work = async move { if load().await { update.force_update() } else { notice.set(Notice::Failed) } };
            if !is_there {
                dom::spawn(work);
            }
            move || drop(timer)
        });
    }
    if let Some(view) = VIEW.get() {
        return view(&props.place);
    }
    let on_retry = {
        let notice = notice.setter();
        Callback::from(move |_event: MouseEvent| {
            notice.set(Notice::None);
            attempts.set(*attempts + 1);
        })
    };
    match *notice {
        Notice::None => html! {},
        Notice::Loading => html! { <p class="page muted" role="status">{ "Loading this page…" }</p> },
        Notice::Failed => html! {
            <div class="page" role="alert">
                <p>{ "This page could not be loaded. Nothing is lost; is the network there?" }</p>
                <p><button type="button" class="btn btn-primary" onclick={on_retry}>{ "Try again" }</button></p>
            </div>
        },
    }
}
