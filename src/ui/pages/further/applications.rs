//! Applications and the traffic between them.

use yew::prelude::*;

/// The matrix of traffic, and the grouping of machines.
#[component]
pub fn Applications() -> Html {
    html! {}
}
