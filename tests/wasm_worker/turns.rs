//! Work in turns, in a real browser: what comes meanwhile is heard between two of them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use groundwork::engine::turns::pause;
use groundwork::web::dom;
use groundwork::web::turns::Break;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::MessageChannel;

/// More turns than work has that ends when it hears a message.
const MANY: u32 = 10_000;

/// Sends a message, as the page does; true once it is heard.
fn sent() -> Rc<Cell<bool>> {
    let heard = Rc::new(Cell::new(false));
    let channel = MessageChannel::new().expect("a channel");
    let hear = Rc::clone(&heard);
    let on_message = Closure::<dyn Fn()>::new(move || hear.set(true));
    channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    channel.port2().post_message(&JsValue::NULL).expect("sent");
    heard
}

#[wasm_bindgen_test]
async fn a_message_is_heard_while_the_work_goes_on() {
    let heard = sent();
    let work = async {
        for turn in 0..MANY {
            if heard.get() {
                return turn;
            }
            pause().await;
        }
        MANY
    };
    let turns = Break::new().expect("a channel").between(work, || true).await;
    assert!(turns.is_some_and(|turns| turns < MANY), "{turns:?}");
}

#[wasm_bindgen_test]
async fn work_is_given_up_when_a_message_says_so() {
    let heard = sent();
    let turns = Cell::new(0);
    let work = async {
        for _ in 0..MANY {
            turns.set(turns.get() + 1);
            pause().await;
        }
    };
    assert_eq!(Break::new().expect("a channel").between(work, || !heard.get()).await, None);
    assert!(turns.get() < MANY, "{} turns", turns.get());
}

#[wasm_bindgen_test]
async fn works_that_are_done_at_once_take_turns() {
    let taken = Rc::new(Break::new().expect("a channel"));
    let log = Rc::new(RefCell::new(Vec::new()));
    for name in ["a", "b"] {
        let (taken, log) = (Rc::clone(&taken), Rc::clone(&log));
        dom::spawn(async move {
            let work = async {
                for _ in 0..3 {
                    log.borrow_mut().push(name);
                    pause().await;
                }
            };
            assert!(taken.between(work, || true).await.is_some());
        });
    }
    while log.borrow().len() < 6 {
        taken.take().await;
    }
    assert_eq!(*log.borrow(), ["a", "b", "a", "b", "a", "b"]);
}
