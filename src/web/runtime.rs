//! The running store: one state, a queue of actions, listeners.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use crate::store::{Action, AppState, Effect, update};

/// Called after every action.
type Listener = Rc<dyn Fn()>;
/// Carries out one effect.
type RunEffect = Rc<dyn Fn(Effect)>;

/// A running store. Clones are the same store.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

struct Inner {
    state: RefCell<Rc<AppState>>,
    queue: RefCell<VecDeque<Action>>,
    draining: Cell<bool>,
    listeners: RefCell<Vec<(u32, Listener)>>,
    next_listener: Cell<u32>,
    run_effect: RefCell<Option<RunEffect>>,
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Store {
    /// A store that begins with `state`.
    #[must_use]
    pub fn new(state: AppState) -> Self {
        Self(Rc::new(Inner {
            state: RefCell::new(Rc::new(state)),
            queue: RefCell::default(),
            draining: Cell::new(false),
            listeners: RefCell::default(),
            next_listener: Cell::new(0),
            run_effect: RefCell::new(None),
        }))
    }

    /// Who carries out effects.
    pub fn set_effects(&self, run: impl Fn(Effect) + 'static) {
        *self.0.run_effect.borrow_mut() = Some(Rc::new(run));
    }

    /// The state as it is now.
    #[must_use]
    pub fn state(&self) -> Rc<AppState> {
        Rc::clone(&self.0.state.borrow())
    }

    /// Lets `action` happen. Actions that come up meanwhile wait in a queue, so an effect or a listener may dispatch too.
    pub fn dispatch(&self, action: Action) {
        self.0.queue.borrow_mut().push_back(action);
        if self.0.draining.replace(true) {
            return;
        }
        loop {
            let next = self.0.queue.borrow_mut().pop_front();
            let Some(action) = next else { break };
            let (state, effects) = update(&self.state(), action);
            *self.0.state.borrow_mut() = Rc::new(state);
            let run = self.0.run_effect.borrow().clone();
            if let Some(run) = run {
                for effect in effects {
                    run(effect);
                }
            }
            let listeners: Vec<Listener> =
                self.0.listeners.borrow().iter().map(|(_, listener)| Rc::clone(listener)).collect();
            for listener in listeners {
                listener();
            }
        }
        self.0.draining.set(false);
    }

    /// Calls `listener` after every action, until the subscription is dropped.
    #[must_use]
    pub fn subscribe(&self, listener: impl Fn() + 'static) -> Subscription {
        let id = self.0.next_listener.get();
        self.0.next_listener.set(id + 1);
        self.0.listeners.borrow_mut().push((id, Rc::new(listener)));
        Subscription { store: self.clone(), id }
    }
}

/// Ends the calls to a listener when dropped.
pub struct Subscription {
    store: Store,
    id: u32,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.store.0.listeners.borrow_mut().retain(|(id, _)| *id != self.id);
    }
}
