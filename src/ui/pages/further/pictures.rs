//! What there is, in pictures.

use yew::prelude::*;

/// The pictures of the estate.
#[component]
pub fn Pictures() -> Html {
    html! {}
}
