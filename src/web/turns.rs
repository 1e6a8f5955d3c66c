//! Time for others: the engine's worker does long work in [`crate::engine::turns`], and hears between two of them what the page asks meanwhile.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::mem::replace;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageChannel, MessagePort};

use crate::engine::turns;

/// Those who wait for the end of a break, in the order of their messages.
type Waiting = VecDeque<Waker>;

/// Lets everything else that waits have its turn first. By messages to oneself: timers would wait four milliseconds each.
pub struct Break {
    port: MessagePort,
    waiting: Rc<RefCell<Waiting>>,
}

impl Break {
    /// To be made once.
    pub fn new() -> Result<Self, JsValue> {
        let channel = MessageChannel::new()?;
        let waiting: Rc<RefCell<Waiting>> = Rc::default();
        let over = Rc::clone(&waiting);
        let on_message = Closure::<dyn Fn()>::new(move || {
            let next = over.borrow_mut().pop_front();
            if let Some(next) = next {
                next.wake();
            }
        });
        channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        Ok(Self { port: channel.port2(), waiting })
    }

    /// Ends when all that was waiting has been heard.
    pub async fn take(&self) {
        let mut has_waited = false;
        poll_fn(|context| {
            if replace(&mut has_waited, true) || self.port.post_message(&JsValue::NULL).is_err() {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push_back(context.waker().clone());
            Poll::Pending
        })
        .await;
    }

    /// Does work in turns with breaks between them, for as long as it `goes_on`; nothing where it was given up.
    pub async fn between<T>(&self, work: impl Future<Output = T>, goes_on: impl Fn() -> bool) -> Option<T> {
        let mut work = pin!(work);
        while goes_on() {
            if let Poll::Ready(done) = turns::turn(work.as_mut()) {
                return Some(done);
            }
            self.take().await;
        }
        None
    }
}
