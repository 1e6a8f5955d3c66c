//! Yew renders in a real browser: the ground under every other `wasm_*` test.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use yew::{Html, component, html};

wasm_bindgen_test_configure!(run_in_browser);

#[component]
fn Probe() -> Html {
    html! { <p>{ "rendered" }</p> }
}

#[wasm_bindgen_test]
async fn a_component_appears_in_the_document_and_leaves_it() {
    let document = gloo::utils::document();
    let root = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    let app = yew::Renderer::<Probe>::with_root(root.clone()).render();
    yew::scheduler::flush().await;
    assert_eq!(root.inner_html(), "<p>rendered</p>");
    app.destroy();
    yew::scheduler::flush().await;
    assert_eq!(root.inner_html(), "");
}
