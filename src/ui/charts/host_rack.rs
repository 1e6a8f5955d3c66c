//! Hosts side by side, each with a bar for what it uses of every resource.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::chart::scale::within;
use crate::ui::part::part;
use crate::ui::shared::use_css_vars;

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
    /// What a failure that is played through means for it.
    pub mark: Option<HostMark>,
}

/// What a failure means for a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostMark {
    /// It failed.
    Lost,
    /// Machines of one that failed start again on it.
    Gains,
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

/// A host is one element, and its bars are backgrounds of it: a plan of ten thousand machines has hundreds of hosts, and browsers spend time on every element
/// of a page, whatever changes.
#[component]
fn Host(props: &HostProps) -> Html {
    let host = &props.host;
    let index = props.index;
    let onclick = props.on_select.reform(move |_event: MouseEvent| index);
    let node = use_node_ref();
    use_css_vars(node.clone(), NAMES.into_iter().zip(host.bars.map(height)).collect());
    let class = classes!(
        "host",
        (host.spare || host.retired).then_some("host-spare"),
        host.retired.then_some("host-retired"),
        host.mark.map(|mark| if mark == HostMark::Lost { "host-lost" } else { "host-gains" }),
        props.selected.then_some("host-selected"),
    );
    html! {
        <button ref={node} type="button" {class} title={host.title.clone()} aria-label={host.title.clone()}
            aria-pressed={props.selected.to_string()} tabindex={if props.stop { "0" } else { "-1" }} {onclick}></button>
    }
}

/// The properties that the style sheet takes the heights of the bars from.
const NAMES: [&str; 3] = ["--cpu", "--memory", "--storage"];

/// The height of a bar.
fn height(share: Option<f64>) -> AttrValue {
    format!("{}%", (within(share.unwrap_or_default(), 0.0, 1.0) * 100.0).round()).into()
}
