//! Parts of a page that come a moment later, in a real browser.

use std::cell::RefCell;
use std::rc::Rc;

use groundwork::ui::hooks::use_later;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
struct PageProps {
    /// Changes the value from outside.
    setter: Rc<RefCell<Option<UseStateSetter<u32>>>>,
}

#[component]
fn Page(props: &PageProps) -> Html {
    let value = use_state(|| 1_u32);
    *props.setter.borrow_mut() = Some(value.setter());
    let first = use_later(&*value, true);
    let second = use_later(&*value, first == Some(*value));
    let shown = |later: Option<u32>| later.map_or_else(|| "-".to_owned(), |value| value.to_string());
    html! { <p id="later">{ format!("{} {} {}", *value, shown(first), shown(second)) }</p> }
}

/// What is on screen when all that is to be rendered now is.
async fn text() -> String {
    yew::scheduler::flush().await;
    let found = groundwork::web::dom::document().get_element_by_id("later").expect("is mounted");
    found.text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_part_comes_after_the_page_and_follows_its_changes() {
    let document = groundwork::web::dom::document();
    let root = document.create_element("div").expect("an element");
    document.body().expect("a body").append_child(&root).expect("appended");
    let setter = Rc::new(RefCell::new(None));
    let props = PageProps { setter: Rc::clone(&setter) };
    let handle = yew::Renderer::<Page>::with_root_and_props(root.clone(), props).render();
    assert_eq!(text().await, "1 - -", "the page first");
    gloo::timers::future::sleep(std::time::Duration::from_millis(50)).await;
    assert_eq!(text().await, "1 1 1", "then its parts");
    let change = |value: u32| setter.borrow().as_ref().expect("was rendered").set(value);
    change(2);
    assert_eq!(text().await, "2 1 1");
    change(3);
    gloo::timers::future::sleep(std::time::Duration::from_millis(50)).await;
    assert_eq!(text().await, "3 3 3", "of two changes in a row the last");
    change(4);
    handle.destroy();
    // A timer that outlived its part would set what is gone.
    gloo::timers::future::sleep(std::time::Duration::from_millis(50)).await;
    root.remove();
}
