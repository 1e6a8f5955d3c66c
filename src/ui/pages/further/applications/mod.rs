//! Applications: which machines belong to one, and the traffic between them.

mod group;
mod matrix;

use yew::prelude::*;

use crate::ui::part::part;

/// The grouping of machines, and the matrix of traffic.
#[component]
pub fn Applications() -> Html {
    html! {
        <>
            { part!(<group::GroupMachines />) }
            { part!(<matrix::TrafficMatrix />) }
        </>
    }
}
