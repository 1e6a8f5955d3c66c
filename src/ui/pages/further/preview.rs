//! What an export would say.

use yew::prelude::*;

use crate::export::Format;

/// Properties of [`Preview`].
#[derive(PartialEq, Properties)]
pub struct PreviewProps {
    /// The export.
    pub format: Format,
}

/// The beginning of an export.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let _ = props;
    html! {}
}
