//! Keys that come before what they are meant for.

use std::cell::Cell;
use std::rc::Rc;

use groundwork::web::typing;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

/// A piece of page, gone with the test.
struct Piece(Element);

impl Piece {
    fn new(inside: &str) -> Self {
        let document = groundwork::web::dom::document();
        let root = document.create_element("div").expect("an element");
        root.set_inner_html(inside);
        document.body().expect("a body").append_child(&root).expect("appended");
        Self(root)
    }

    fn find<E: JsCast>(&self, selector: &str) -> E {
        self.0
            .query_selector(selector)
            .expect("a selector")
            .expect("an element")
            .dyn_into()
            .unwrap_or_else(|_| panic!("another kind: {selector}"))
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// Presses a key where the focus is; whether it was kept.
fn press(key: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_key(key);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
    let target = groundwork::web::dom::document().active_element().expect("something has the focus");
    !target.dispatch_event(&event).expect("dispatched")
}

async fn wait(milliseconds: u64) {
    gloo::timers::future::sleep(std::time::Duration::from_millis(milliseconds)).await;
}

#[wasm_bindgen_test]
async fn keys_go_on_where_what_they_waited_for_does_not_come() {
    let _listener = typing::listen();
    let piece = Piece::new("<input>");
    let field: HtmlInputElement = piece.find("input");
    field.focus().expect("focused");
    let (first, second) = (typing::hold(), typing::hold());
    typing::give_up(first);
    assert!(press("a"), "something else is still waited for");
    typing::give_up(second);
    wait(100).await;
    assert_eq!(field.value(), "a");
    assert!(!press("b"), "nothing is waited for");
}

#[wasm_bindgen_test]
async fn keys_wait_for_the_focus_and_come_in_order() {
    let _listener = typing::listen();
    let piece = Piece::new("<input class=before><input class=then value=old>");
    let (before, then): (HtmlInputElement, HtmlInputElement) = (piece.find(".before"), piece.find(".then"));
    before.focus().expect("focused");
    assert!(!press("x"), "nothing is waited for");
    typing::hold();
    assert!(["a", "b", "Backspace", "ö"].into_iter().all(press));
    assert!(!press("Shift"), "a key that types nothing is left to the browser");
    wait(30).await;
    assert_eq!(then.value(), "old", "nothing has come yet");

    then.focus().expect("focused");
    then.select();
    typing::release();
    assert!(press("c"), "what is typed meanwhile comes after them");
    wait(100).await;
    assert_eq!((before.value(), then.value()), (String::new(), "aöc".to_owned()));
    assert!(!press("d"), "all are given: keys go their own way again");
}

#[wasm_bindgen_test]
async fn keys_after_one_that_opens_something_wait_for_that() {
    let _listener = typing::listen();
    let piece = Piece::new("<input class=before><button type=button>Open</button><input class=then>");
    let (button, then): (HtmlElement, HtmlInputElement) = (piece.find("button"), piece.find(".then"));
    let opens = gloo::events::EventListener::new(&button, "click", |_event| {
        typing::hold();
    });
    piece.find::<HtmlInputElement>(".before").focus().expect("focused");
    typing::hold();
    assert!(press("Enter") && press("1") && press("2"));
    button.focus().expect("focused");
    typing::release();
    wait(50).await;
    assert_eq!(then.value(), "", "the button was pressed, and what it opens is waited for");
    then.focus().expect("focused");
    typing::release();
    wait(50).await;
    assert_eq!(then.value(), "12");
    drop(opens);
}

#[wasm_bindgen_test]
async fn escape_asks_a_dialog_to_close() {
    let _listener = typing::listen();
    let piece = Piece::new("<dialog><input></dialog>");
    let dialog: HtmlDialogElement = piece.find("dialog");
    let asked = Rc::new(Cell::new(0));
    let told = asked.clone();
    let listener = gloo::events::EventListener::new(&dialog, "cancel", move |_event| told.set(told.get() + 1));
    typing::hold();
    assert!(press("Escape"));
    dialog.show_modal().expect("open");
    typing::release();
    wait(50).await;
    assert_eq!(asked.get(), 1);
    drop(listener);
}

#[wasm_bindgen_test]
async fn keys_for_what_never_comes_are_forgotten() {
    let _listener = typing::listen();
    let piece = Piece::new("<input>");
    let input: HtmlInputElement = piece.find("input");
    input.focus().expect("focused");
    typing::hold();
    assert!(press("a"));
    wait(u64::from(typing::PATIENCE_MS) + 100).await;
    assert!(!press("b"), "the keyboard is free again");
    typing::release();
    wait(30).await;
    assert_eq!(input.value(), "");
}
