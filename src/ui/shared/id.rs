//! Ids of elements, for labels and descriptions.

use std::cell::Cell;

use yew::prelude::*;

/// An id that no other element of the page has; the same for as long as the component lives.
#[hook]
pub fn use_id() -> AttrValue {
    (*use_memo((), |()| AttrValue::from(format!("w{}", next())))).clone()
}

fn next() -> u32 {
    thread_local! {
        static NEXT: Cell<u32> = const { Cell::new(1) };
    }
    NEXT.with(|next| next.replace(next.get() + 1))
}
