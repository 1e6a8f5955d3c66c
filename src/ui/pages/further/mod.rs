//! What pages show further down or when asked: a part of the app of its own, loaded after all others.

mod applications;
mod drawn;
mod embed;
mod latency;
mod more_files;
mod offered;
mod pictures;
mod preview;

use yew::prelude::*;

use crate::ui::lazy::Further;
use crate::ui::part::part;

/// What belongs into its place.
pub fn view(further: &Further) -> Html {
    match further {
        Further::Pictures => part!(<pictures::Pictures />),
        Further::MoreFiles => part!(<more_files::MoreFiles />),
        Further::Offered(on_close) => part!(<offered::Offered on_close={on_close.clone()} />),
        Further::Applications => part!(<applications::Applications />),
        Further::Sure(outcome, years) => super::cost::further(outcome, years),
        Further::Drawn(shown) => part!(<drawn::Drawn shown={shown.clone()} />),
        Further::Latency => part!(<latency::Latency />),
        Further::EmbedCode => part!(<embed::EmbedCode />),
        Further::Preview(format) => part!(<preview::Preview format={*format} />),
    }
}
