//! All that the catalogue offers.

use yew::prelude::*;

/// Properties of [`Offered`].
#[derive(PartialEq, Properties)]
pub struct OfferedProps {
    /// Closes it.
    pub on_close: Callback<()>,
}

/// The catalogue, on a map, in a table, side by side.
#[component]
pub fn Offered(props: &OfferedProps) -> Html {
    let _ = props;
    html! {}
}
