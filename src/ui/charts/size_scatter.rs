//! Machines by size: vCPU across, memory upwards, both doubling.

use std::rc::Rc;

use yew::prelude::*;

use super::frame::{Frame, Tip};
use crate::chart::scale::px;
use crate::chart::scatter::{Room, Scatter, layout};
use crate::engine::model::MiB;
use crate::engine::order::in_order;
use crate::store::format;
use crate::ui::part::part;

const HEIGHT: f64 = 280.0;
/// Rows of the table; the rest is counted.
const TABLE_ROWS: usize = 200;

/// Properties of [`SizeScatter`].
#[derive(PartialEq, Properties)]
pub struct SizeScatterProps {
    /// Sizes: vCPU, GiB, and how many machines have them.
    pub sizes: Rc<Vec<(u32, f64, u32)>>,
}

/// The picture.
#[component]
pub fn SizeScatter(props: &SizeScatterProps) -> Html {
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
    let room = Room { left: 56.0, right: (*width - 26.0).max(80.0), top: 22.0, bottom: HEIGHT - 44.0 };
    let picture = use_memo((Rc::clone(&props.sizes), *width as u32), |(sizes, _)| layout(sizes, room));
    let tip = active.and_then(|mark| {
        let &(index, x, y, _) = picture.dots.get(mark)?;
        let (vcpus, gib, count) = *props.sizes.get(index)?;
        let title = format!("{vcpus} vCPU, {}", memory(gib));
        Some(Tip { at: (x, y), title, rows: vec![(None, "Machines".to_owned(), format::count(u64::from(count)))] })
    });
    let machines: u64 = props.sizes.iter().map(|size| u64::from(size.2)).sum();
    let summary = format!(
        "{} of {} sizes by vCPU and memory",
        format::counted(machines, "machine", "machines"),
        props.sizes.len()
    );
    part!(<Frame {summary} {on_width} width={*width} height={HEIGHT} marks={picture.dots.len()} active={*active} on_active={on_active.clone()} {tip} table={table(&props.sizes)}>
            { drawing(&picture, room, *active, &on_active) }
        </Frame>)
}

fn memory(gib: f64) -> String {
    format::size(MiB((gib * 1024.0).round() as u64))
}

fn drawing(picture: &Scatter, room: Room, active: Option<usize>, on_active: &Callback<Option<usize>>) -> Html {
    let bottom = room.bottom + 18.0;
    html! {
        <>
            <g>{ for picture.upwards.iter().enumerate().map(|(index, &(gib, y))| html! {
                <g key={index}>
                    <line class="grid-line" x1={px(room.left - 8.0)} x2={px(room.right + 16.0)} y1={px(y)} y2={px(y)} />
                    <text class="label-muted end" x={px(room.left - 14.0)} y={px(y + 4.0)}>{ format::decimal(gib, usize::from(gib < 1.0)) }</text>
                </g>
            }) }</g>
            <text class="label-muted" x="0" y="10">{ "GiB" }</text>
            <g>{ for picture.across.iter().map(|&(vcpus, x)| html! {
                <text key={vcpus} class="label-muted middle" x={px(x)} y={px(bottom)}>{ vcpus.to_string() }</text>
            }) }</g>
            <text class="label-muted end" x={px(room.right + 16.0)} y={px(bottom + 18.0)}>{ "vCPU" }</text>
            <g>{ for picture.dots.iter().enumerate().map(|(mark, &(index, x, y, radius))| {
                let enter = on_active.reform(move |_event: PointerEvent| Some(mark));
                let class = if active == Some(mark) { "bubble bubble-accent fill-3" } else { "bubble fill-1" };
                html! { <circle key={index} {class} cx={px(x)} cy={px(y)} r={px(radius)} onpointerenter={enter} /> }
            }) }</g>
        </>
    }
}

fn table(sizes: &[(u32, f64, u32)]) -> Html {
    let mut rows = in_order(sizes, |a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)).then(a.1.total_cmp(&b.1)));
    let more = rows.len().saturating_sub(TABLE_ROWS);
    rows.truncate(TABLE_ROWS);
    html! {
        <>
            <table class="grid">
                <thead><tr><th scope="col" class="num">{ "vCPU" }</th><th scope="col" class="num">{ "Memory" }</th><th scope="col" class="num">{ "Machines" }</th></tr></thead>
                <tbody>{ for rows.iter().enumerate().map(|(index, &(vcpus, gib, count))| html! {
                    <tr key={index}><td class="num">{ vcpus }</td><td class="num">{ memory(gib) }</td><td class="num">{ format::count(u64::from(count)) }</td></tr>
                }) }</tbody>
            </table>
            if more > 0 { <p class="muted">{ format!("and {more} rarer sizes") }</p> }
        </>
    }
}
