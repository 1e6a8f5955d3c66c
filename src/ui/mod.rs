//! The user interface, in Yew. wasm32 only.

/// Mounts the app on the element `#app` of the page.
pub fn mount() {
    yew::Renderer::<App>::new().render();
}

/// The root component.
#[yew::component]
fn App() -> yew::Html {
    yew::html! { <h1>{ "Groundwork" }</h1> }
}
