//! Keys that are typed before what they are meant for is there.
//!
//! Yew renders, and runs effects such as taking the focus, in tasks after the one of the event; on a slow machine, or beside much work, the next keys come in
//! between. They went to what had the focus before: the first letters of a search were lost, and a number typed into a grid lost its first digits. So whoever
//! opens something that takes the focus says so ([`hold`]), keys are kept from then on, and are given to what has the focus once it is there ([`release`]).

use std::cell::RefCell;
use std::collections::VecDeque;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, KeyboardEvent, KeyboardEventInit};

use super::dom;

/// What does not come within this time, in milliseconds, does not come; keys that were meant for it are forgotten, because elsewhere they would do what nobody meant.
pub const PATIENCE_MS: u32 = 5_000;

/// Keys on their way.
#[derive(Default)]
struct Kept {
    /// Whether what they are meant for is still to come.
    is_held: bool,
    /// Counts what was waited for.
    turn: u32,
    keys: VecDeque<KeyboardEvent>,
    /// Whether keys are being given: those typed meanwhile come after them.
    is_giving: bool,
    /// The one that is being given at this moment is not to be kept again.
    is_given: bool,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// Keeps keys where that is asked for, for as long as the listener lives.
pub fn listen() -> EventListener {
    let first = EventListenerOptions { passive: false, ..EventListenerOptions::run_in_capture_phase() };
    EventListener::new_with_options(&dom::window(), "keydown", first, |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if KEPT.with_borrow_mut(|kept| kept.takes(key)) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    })
}

impl Kept {
    /// Whether a key is kept.
    fn takes(&mut self, key: &KeyboardEvent) -> bool {
        let name = key.key();
        let is_other = matches!(
            name.as_str(),
            "Shift" | "Control" | "Alt" | "AltGraph" | "Meta" | "CapsLock" | "Dead" | "Process" | "Unidentified"
        );
        if self.is_given || is_other || key.is_composing() || !(self.is_held || self.is_giving) {
            return false;
        }
        // A key that is held down waits once.
        if !(key.repeat() && self.keys.back().is_some_and(|last| last.key() == name)) {
            self.keys.push_back(key.clone());
        }
        true
    }
}

/// Something that takes the focus is about to come: keys wait for it. The number is for [`give_up`].
pub fn hold() -> u32 {
    let turn = KEPT.with_borrow_mut(|kept| {
        kept.is_held = true;
        kept.turn = kept.turn.wrapping_add(1);
        kept.turn
    });
    let forget = move || {
        KEPT.with_borrow_mut(|kept| {
            if kept.is_held && kept.turn == turn {
                kept.is_held = false;
                kept.keys.clear();
            }
        });
    };
    Timeout::new(PATIENCE_MS, forget).forget();
    turn
}

/// What keys were held for does not come any more: they go on, where nothing else is waited for.
pub fn give_up(turn: u32) {
    if KEPT.with_borrow(|kept| kept.is_held && kept.turn == turn) {
        release();
    }
}

/// It has come and has the focus: what was typed for it is given to it.
pub fn release() {
    let begins = KEPT.with_borrow_mut(|kept| {
        kept.is_held = false;
        let begins = !kept.is_giving && !kept.keys.is_empty();
        kept.is_giving |= begins;
        begins
    });
    if begins {
        Timeout::new(0, give_next).forget();
    }
}

/// Gives one key, and the others in tasks of their own: what it changes is drawn by then.
fn give_next() {
    let next = KEPT.with_borrow_mut(|kept| {
        let next = if kept.is_held { None } else { kept.keys.pop_front() };
        // Where something else is waited for, its release goes on.
        kept.is_giving = next.is_some();
        kept.is_given = kept.is_giving;
        next
    });
    let Some(key) = next else { return };
    give(&key);
    KEPT.with_borrow_mut(|kept| kept.is_given = false);
    Timeout::new(0, give_next).forget();
}

/// Does what the key would have done to what has the focus now.
fn give(key: &KeyboardEvent) {
    let document = dom::document();
    let body = || document.body().map(Element::from);
    let Some(target) = document.active_element().or_else(body) else { return };
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_composed(true);
    init.set_key(&key.key());
    init.set_code(&key.code());
    init.set_ctrl_key(key.ctrl_key());
    init.set_meta_key(key.meta_key());
    init.set_alt_key(key.alt_key());
    init.set_shift_key(key.shift_key());
    let Ok(again) = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init) else { return };
    if target.dispatch_event(&again) == Ok(true) {
        do_as_browsers_do(key, &target);
    }
}

/// What a browser does by itself with a key that a page leaves to it, of what is likely to be typed that early.
fn do_as_browsers_do(key: &KeyboardEvent, target: &Element) {
    let is_field = target.matches("input, textarea").unwrap_or(false);
    let is_command = (key.ctrl_key() || key.meta_key() || key.alt_key()) && !key.get_modifier_state("AltGraph");
    match key.key().as_str() {
        "Backspace" if is_field => edit("delete", ""),
        "Delete" if is_field => edit("forwardDelete", ""),
        "Enter" | " " if target.matches("button, a[href], summary").unwrap_or(false) => {
            if let Some(target) = target.dyn_ref::<HtmlElement>() {
                target.click();
            }
        }
        "Escape" => {
            if let Ok(Some(dialog)) = target.closest("dialog[open]") {
                let init = EventInit::new();
                init.set_cancelable(true);
                if let Ok(cancel) = Event::new_with_event_init_dict("cancel", &init) {
                    dialog.dispatch_event(&cancel).ok();
                }
            }
        }
        text if is_field && !is_command && text.chars().count() == 1 => edit("insertText", text),
        _ => {}
    }
}

/// Edits at the cursor, as typing does: with an input event, and so that the browser can take it back.
fn edit(command: &str, text: &str) {
    if let Some(document) = dom::document().dyn_ref::<web_sys::HtmlDocument>() {
        // Old, and the only way to do so in every browser.
        document.exec_command_with_show_ui_and_value(command, false, text).ok();
    }
}
