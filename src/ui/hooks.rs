//! How components reach the running app.

use std::any::Any;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::store::{AppState, Density, Language};
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

/// What texts are shown in and numbers are typed in; English outside of the app.
#[hook]
pub fn use_language() -> Language {
    use_context::<Language>().unwrap_or_default()
}

/// A part of the state; renders again when that part changes. Choose parts that are cheap to compare: numbers, ids, [`crate::store::Shared`].
///
/// # Panics
/// Never: what was selected is of the type that the selection has.
#[hook]
#[expect(clippy::expect_used, reason = "what was selected is of the type that the selection has")]
pub fn use_selector<T, F>(select: F) -> T
where
    T: PartialEq + Clone + 'static,
    F: Fn(&AppState) -> T + 'static,
{
    let selected = use_selection(Rc::new(Of(select)));
    selected.downcast_ref::<T>().expect("the selection's own type").clone()
}

/// How much room things have; as usual outside of the app, where widgets are tested.
#[hook]
pub fn use_density() -> Density {
    use_context::<Density>().unwrap_or_default()
}

/// A value a moment later: `None` at first, and after that each of its changes in a task of its own, once `is_turn`.
///
/// Yew renders all that a change touches without a break, a whole page when one is opened. Parts that take their values so, each when the one before it has
/// (`let second = use_later(value, first.as_ref() == Some(value))`), are rendered one after the other, and the page can answer between them.
///
/// # Panics
/// Never: what is shown is of the type that was given.
#[hook]
#[expect(clippy::expect_used, reason = "what is shown is of the type that was given")]
pub fn use_later<T>(value: &T, is_turn: bool) -> Option<T>
where
    T: PartialEq + Clone + 'static,
{
    let shown = use_shown_later(Rc::new(Given(value.clone())), is_turn);
    shown.map(|shown| shown.as_any().downcast_ref::<Given<T>>().expect("the value's own type").0.clone())
}

/// A number that changes whenever `of` does: for what is told once that something changed, and not what.
#[hook]
pub fn use_version<T: PartialEq + 'static>(of: T) -> u64 {
    let count = use_mut_ref(|| 0_u64);
    let version = use_memo(of, move |_| {
        *count.borrow_mut() += 1;
        *count.borrow()
    });
    *version
}

/// A value of any type: what shows it later is compiled once for all of them.
trait Shown {
    fn as_any(&self) -> &dyn Any;
    fn is(&self, other: &dyn Any) -> bool;
}

struct Given<T>(T);

impl<T: PartialEq + 'static> Shown for Given<T> {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| self.0 == other.0)
    }
}

/// A value in a comparison of what an effect depends on.
#[derive(Clone)]
struct Compared(Rc<dyn Shown>, bool);

impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        self.1 == other.1 && self.0.is(other.0.as_any())
    }
}

#[hook]
fn use_shown_later(value: Rc<dyn Shown>, is_turn: bool) -> Option<Rc<dyn Shown>> {
    let shown = use_mut_ref(|| None::<Rc<dyn Shown>>);
    let update = use_force_update();
    let current = shown.borrow().clone();
    use_effect_with(Compared(value, is_turn), move |Compared(value, is_turn)| {
        let is_new = shown.borrow().as_ref().is_none_or(|shown| !value.is(shown.as_any()));
        let timer = (is_new && *is_turn).then(|| {
            let value = Rc::clone(value);
            Timeout::new(0, move || {
                *shown.borrow_mut() = Some(value);
                update.force_update();
            })
        });
        move || drop(timer)
    });
    current
}

/// A selection of any type: what follows is compiled once for all of them.
trait Selection {
    fn select(&self, state: &AppState) -> Rc<dyn Any>;

    /// Whether this is still what is selected.
    fn is_still(&self, selected: &dyn Any, state: &AppState) -> bool;
}

struct Of<F>(F);

impl<T: PartialEq + 'static, F: Fn(&AppState) -> T> Selection for Of<F> {
    fn select(&self, state: &AppState) -> Rc<dyn Any> {
        Rc::new((self.0)(state))
    }

    fn is_still(&self, selected: &dyn Any, state: &AppState) -> bool {
        selected.downcast_ref::<T>().is_some_and(|selected| *selected == (self.0)(state))
    }
}

/// What was rendered last and how to select it, for the listener, which outlives a render.
type Last = Option<(Rc<dyn Selection>, Rc<dyn Any>)>;

#[hook]
fn use_selection(selection: Rc<dyn Selection>) -> Rc<dyn Any> {
    let store = use_services().store().clone();
    let last = use_mut_ref(|| Last::None);
    let selected = selection.select(&store.state());
    *last.borrow_mut() = Some((selection, Rc::clone(&selected)));
    let update = use_force_update();
    use_effect_with(store, move |store| {
        let listening = store.clone();
        let subscription = store.subscribe(move || {
            let last = last.borrow().clone();
            if last.is_some_and(|(selection, selected)| !selection.is_still(&*selected, &listening.state())) {
                update.force_update();
            }
        });
        move || drop(subscription)
    });
    selected
}
