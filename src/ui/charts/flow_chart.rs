//! Who goes where, as ribbons between two rows of nodes.

use yew::prelude::*;

use super::fill;
use super::frame::{Frame, Tip};
use crate::chart::flow::{Bar, layout};
use crate::chart::scale::{fit, px, within};
use crate::ui::part::part;

/// A node with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowNode {
    /// Identity among its side.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What stands below its name.
    pub note: String,
    /// Its colour: 0 neutral, 255 bad, else a series from 1.
    pub tone: u8,
}

/// A ribbon from a left node to a right node, by their positions.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowLink {
    /// Where it begins.
    pub left: usize,
    /// Where it ends.
    pub right: usize,
    /// Its width.
    pub value: f64,
    /// What it carries, in words.
    pub label: String,
}

/// Properties of [`FlowChart`].
#[derive(PartialEq, Properties)]
pub struct FlowChartProps {
    /// Nodes on the left, from the top.
    pub left: Vec<FlowNode>,
    /// Nodes on the right, from the top.
    pub right: Vec<FlowNode>,
    /// Ribbons.
    pub links: Vec<FlowLink>,
}

/// Width of a node.
const NODE: f64 = 6.0;

/// The picture.
#[component]
pub fn FlowChart(props: &FlowChartProps) -> Html {
    let width = use_state(|| 0.0);
    let active = use_state(|| None::<usize>);
    let on_width = {
        let width = width.setter();
        Callback::from(move |value: f64| width.set(value))
    };
    let on_active = {
        let active = active.setter();
        Callback::from(move |mark: Option<usize>| active.set(mark))
    };
    let links: Vec<(usize, usize, f64)> = props.links.iter().map(|link| (link.left, link.right, link.value)).collect();
    let flow = layout(props.left.len(), props.right.len(), &links);
    // Labels take what the ribbons can spare.
    let (before, after) = (within(*width * 0.26, 84.0, 190.0), within(*width * 0.36, 110.0, 290.0));
    let (x0, x1) = (before, (*width - after).max(before + 40.0));
    let tip = active.and_then(|mark| {
        let (link, ribbon) = (props.links.get(mark)?, flow.ribbons.get(mark)?);
        let title = format!("{} → {}", props.left.get(link.left)?.title, props.right.get(link.right)?.title);
        let at = (f64::midpoint(x0, x1), f64::midpoint(ribbon.from, ribbon.to));
        Some(Tip { at, title, rows: vec![(None, String::new(), link.label.clone())] })
    });
    let summary =
        format!("{} ribbons from {} clusters to {} places", props.links.len(), props.left.len(), props.right.len());
    part!(<Frame {summary} {on_width} width={*width} height={flow.height + 8.0} marks={props.links.len()} active={*active} on_active={on_active.clone()} {tip} table={table(props)}>
            <g transform="translate(0 4)">
                { for props.links.iter().zip(&flow.ribbons).enumerate().map(|(mark, (link, ribbon))| {
                    let enter = on_active.reform(move |_event: PointerEvent| Some(mark));
                    let tone = props.right.get(link.right).map_or(0, |node| node.tone);
                    let class = classes!("mark", "ribbon", class_of(tone), (*active == Some(mark)).then_some("ribbon-active"));
                    html! { <path key={format!("r{mark}")} {class} d={ribbon.path(x0, x1)} onpointerenter={enter} /> }
                }) }
                { for props.left.iter().zip(&flow.left).map(|(node, bar)| left_node(node, bar, x0)) }
                { for props.right.iter().zip(&flow.right).map(|(node, bar)| right_node(node, bar, x1, after)) }
            </g>
        </Frame>)
}

fn class_of(tone: u8) -> &'static str {
    match tone {
        0 => "fill-rest",
        u8::MAX => "fill-bad",
        series => fill(usize::from(series) - 1),
    }
}

fn left_node(node: &FlowNode, bar: &Bar, x0: f64) -> Html {
    let x = px(x0 - NODE - 8.0);
    html! {
        <g key={format!("l{}", node.id)}>
            <rect class="fill-rest" x={px(x0 - NODE)} y={px(bar.y)} width={px(NODE)} height={px(bar.height)} rx="1.5" />
            <text class="end" x={x.clone()} y={px(bar.middle - 2.0)}>{ fit(&node.title, x0 - NODE - 8.0) }</text>
            <text class="label-muted end" {x} y={px(bar.middle + 13.0)}>{ fit(&node.note, x0 - NODE - 8.0) }</text>
        </g>
    }
}

fn right_node(node: &FlowNode, bar: &Bar, x1: f64, room: f64) -> Html {
    let x = px(x1 + NODE + 8.0);
    html! {
        <g key={format!("p{}", node.id)}>
            <rect class={class_of(node.tone)} x={px(x1)} y={px(bar.y)} width={px(NODE)} height={px(bar.height)} rx="1.5" />
            <text x={x.clone()} y={px(bar.middle - 2.0)}>{ fit(&node.title, room - NODE - 8.0) }</text>
            <text class="label-muted" {x} y={px(bar.middle + 13.0)}>{ fit(&node.note, room - NODE - 8.0) }</text>
        </g>
    }
}

fn table(props: &FlowChartProps) -> Html {
    html! {
        <table class="grid">
            <thead><tr><th scope="col">{ "From" }</th><th scope="col">{ "To" }</th><th scope="col">{ "What" }</th></tr></thead>
            <tbody>{ for props.links.iter().enumerate().map(|(index, link)| html! {
                <tr key={index}>
                    <td>{ props.left.get(link.left).map_or("", |node| node.title.as_str()) }</td>
                    <td>{ props.right.get(link.right).map_or("", |node| node.title.as_str()) }</td>
                    <td>{ &link.label }</td>
                </tr>
            }) }</tbody>
        </table>
    }
}
