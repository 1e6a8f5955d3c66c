//! Hosts side by side, each with a bar for what it uses of every resource.

use crate::chart::picture::fill;
use crate::chart::scale::{px, within};
use crate::ui::part::part;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// A host.
#[derive(Clone, Debug, PartialEq)]
pub struct HostBars {
    /// What it is and uses, in words.
    pub title: String,
    /// Shares of CPU, memory and storage in use, from 0 to 1; `None` for nothing to draw.
    pub bars: [Option<f64>; 3],
    /// Whether it is kept free for failures.
    pub spare: bool,
    /// Whether it is switched off.
    pub retired: bool,
}

/// Properties of [`HostRack`].
#[derive(PartialEq, Properties)]
pub struct HostRackProps {
    /// What they are the hosts of.
    pub label: AttrValue,
    /// The hosts.
    pub hosts: Vec<HostBars>,
    /// The one that was chosen.
    pub selected: Option<usize>,
    /// Chooses one.
    pub on_select: Callback<usize>,
}

/// The rack: one tab stop, arrow keys within.
#[component]
pub fn HostRack(props: &HostRackProps) -> Html {
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        let Some(button) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => button.next_element_sibling(),
            "ArrowLeft" | "ArrowUp" => button.previous_element_sibling(),
            _ => return,
        };
        event.prevent_default();
        if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
            drop(next.focus());
        }
    });
    let stop = props.selected.unwrap_or(0);
    html! {
        <div class="hosts" role="group" aria-label={props.label.clone()} {onkeydown}>
            { for props.hosts.iter().enumerate().map(|(index, host)| part!(key = index, <Host host={host.clone()} {index} selected={props.selected == Some(index)} stop={index == stop} on_select={props.on_select.clone()} />)) }
        </div>
    }
}

/// Properties of [`Host`].
#[derive(PartialEq, Properties)]
struct HostProps {
    host: HostBars,
    index: usize,
    selected: bool,
    stop: bool,
    on_select: Callback<usize>,
}

#[component]
fn Host(props: &HostProps) -> Html {
    let host = &props.host;
    let index = props.index;
    let onclick = props.on_select.reform(move |_event: MouseEvent| index);
    let frame = if host.spare || host.retired { "host-frame host-spare" } else { "host-frame" };
    html! {
        <button type="button" class={classes!("host", props.selected.then_some("mark-selected"))} title={host.title.clone()} aria-label={host.title.clone()}
            aria-pressed={props.selected.to_string()} tabindex={if props.stop { "0" } else { "-1" }} {onclick}>
            <svg viewBox="0 0 30 44" width="30" height="44" aria-hidden="true">
                <rect class={frame} x="0.5" y="0.5" width="29" height="43" rx="3" />
                { for host.bars.iter().enumerate().filter_map(|(bar, share)| share.map(|share| {
                    let height = within(share, 0.0, 1.0) * 38.0;
                    html! { <rect key={bar} class={fill(bar)} x={(4 + bar * 8).to_string()} width="6" y={px(41.0 - height)} height={px(height)} rx="1" /> }
                })) }
                if host.retired { <path class="axis-line" d="M5 39L25 5" /> }
            </svg>
        </button>
    }
}
