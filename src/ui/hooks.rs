//! How components reach the running app.

use yew::prelude::*;

use crate::store::AppState;
use crate::web::services::Services;

/// The running app.
///
/// # Panics
/// Outside of [`super::app::App`].
#[hook]
#[expect(clippy::expect_used, reason = "a component outside of the app is a mistake of ours, met at the first render")]
pub fn use_services() -> Services {
    use_context::<Services>().expect("components are inside of the app")
}

/// A part of the state; renders again when that part changes. Choose parts that are cheap to compare: numbers, ids, [`crate::store::Shared`].
#[hook]
pub fn use_selector<T, F>(select: F) -> T
where
    T: PartialEq + Clone + 'static,
    F: Fn(&AppState) -> T + 'static,
{
    let store = use_services().store().clone();
    let current = select(&store.state());
    // What was rendered last and how to select it, for the listener, which outlives this render.
    let last = use_mut_ref(|| None::<T>);
    let selector = use_mut_ref(|| None::<Box<dyn Fn(&AppState) -> T>>);
    *last.borrow_mut() = Some(current.clone());
    *selector.borrow_mut() = Some(Box::new(select));
    let update = use_force_update();
    use_effect_with(store, move |store| {
        let listening = store.clone();
        let subscription = store.subscribe(move || {
            let now = selector.borrow().as_ref().map(|select| select(&listening.state()));
            if now != *last.borrow() {
                update.force_update();
            }
        });
        move || drop(subscription)
    });
    current
}
