//! Money by month, stacked by what it is for, with a line to compare.

use yew::prelude::*;

use super::fill;
use super::frame::{Frame, Tip, legend};
use crate::chart::columns::{Columns, Room, layout};
use crate::chart::scale::px;
use crate::ui::part::part;

const HEIGHT: f64 = 260.0;

/// Values of one kind, by month.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is called.
    pub label: String,
    /// One value for each month.
    pub values: Vec<f64>,
}

/// Properties of [`StackedColumns`].
#[derive(PartialEq, Properties)]
pub struct StackedColumnsProps {
    /// What is stacked, from the bottom up.
    pub series: Vec<Series>,
    /// The line to compare; empty for none.
    pub line: Vec<f64>,
    /// What the line is called.
    pub line_label: AttrValue,
    /// How a value reads.
    pub format: Callback<f64, String>,
}

/// The picture.
#[component]
pub fn StackedColumns(props: &StackedColumnsProps) -> Html {
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
    let room = Room { left: 58.0, width: (*width - 4.0).max(60.0), top: 10.0, bottom: HEIGHT - 24.0 };
    let values: Vec<&[f64]> = props.series.iter().map(|series| series.values.as_slice()).collect();
    let picture = layout(&values, &props.line, room);
    let tip = active.and_then(|month| tip(props, &picture, month));
    let months = picture.columns.len();
    let total: f64 = picture.columns.iter().map(|column| column.total).sum();
    let summary =
        format!("Columns of {months} months: {} in all, beside {}", props.format.emit(total), props.line_label);
    part!(<Frame {summary} {on_width} width={*width} height={HEIGHT} marks={months} active={*active} on_active={on_active.clone()} {tip}
            legend={legend(props.series.iter().map(|series| series.label.as_str()))} table={table(props, months)}>
            { drawing(props, &picture, room, *active, &on_active) }
        </Frame>)
}

fn drawing(
    props: &StackedColumnsProps,
    picture: &Columns,
    room: Room,
    active: Option<usize>,
    on_active: &Callback<Option<usize>>,
) -> Html {
    let line: Vec<String> = picture.line.iter().map(|(x, y)| format!("{},{}", px(*x), px(*y))).collect();
    html! {
        <>
            <g>{ for picture.ticks.iter().enumerate().map(|(index, &(value, y))| html! {
                <g key={index}>
                    <line class={if index == 0 { "axis-line" } else { "grid-line" }} x1={px(room.left)} x2={px(room.width)} y1={px(y)} y2={px(y)} />
                    <text class="label-muted end" x={px(room.left - 8.0)} y={px(y + 4.0)}>{ props.format.emit(value) }</text>
                </g>
            }) }</g>
            <g>{ for picture.columns.iter().enumerate().map(|(month, column)| {
                let enter = on_active.reform(move |_event: PointerEvent| Some(month));
                let class = if active == Some(month) { "mark mark-selected" } else { "mark" };
                html! {
                    <g key={month} {class} onpointerenter={enter}>
                        { for column.parts.iter().map(|&(series, y, height)| html! {
                            <rect key={series} class={fill(series)} x={px(column.x)} width={px(column.width)} y={px(y)} height={px(height)} />
                        }) }
                        <rect class="mark-hit" x={px(column.x - 2.0)} width={px(column.width + 4.0)} y={px(room.top)} height={px(room.bottom - room.top)} />
                    </g>
                }
            }) }</g>
            <polyline class="compare-line" points={line.join(" ")} />
            <g>{ for picture.years.iter().map(|&(x, year)| html! {
                <text key={year} class="label-muted" x={px(x)} y={px(HEIGHT - 6.0)}>{ format!("Year {year}") }</text>
            }) }</g>
            if let Some(&(x, y)) = picture.line.last() {
                <text class="label-strong end" x={px(x)} y={px((y - 8.0).max(12.0))}>{ props.line_label.clone() }</text>
            }
        </>
    }
}

fn tip(props: &StackedColumnsProps, picture: &Columns, month: usize) -> Option<Tip> {
    let column = picture.columns.get(month)?;
    let mut rows: Vec<_> = props
        .series
        .iter()
        .enumerate()
        .filter_map(|(index, series)| {
            let value = *series.values.get(month)?;
            (value > 0.0).then(|| (Some(index), series.label.clone(), props.format.emit(value)))
        })
        .collect();
    rows.push((None, "Together".to_owned(), props.format.emit(column.total)));
    rows.extend(props.line.get(month).map(|&value| (None, props.line_label.to_string(), props.format.emit(value))));
    let top = column.parts.last().map_or(0.0, |part| part.1);
    Some(Tip { at: (column.x + column.width / 2.0, top.min(HEIGHT / 2.0)), title: month_name(month), rows })
}

fn month_name(month: usize) -> String {
    format!("Year {}, month {}", month / 12 + 1, month % 12 + 1)
}

fn table(props: &StackedColumnsProps, months: usize) -> Html {
    html! {
        <table class="grid">
            <thead><tr>
                <th scope="col">{ "Month" }</th>
                { for props.series.iter().map(|series| html! { <th key={series.label.clone()} scope="col" class="num">{ &series.label }</th> }) }
                <th key="line" scope="col" class="num">{ props.line_label.clone() }</th>
            </tr></thead>
            <tbody>{ for (0..months).map(|month| html! {
                <tr key={month}>
                    <th scope="row">{ month_name(month) }</th>
                    { for props.series.iter().enumerate().map(|(index, series)| html! {
                        <td key={index} class="num">{ props.format.emit(series.values.get(month).copied().unwrap_or(0.0)) }</td>
                    }) }
                    <td key="line" class="num">{ props.line.get(month).map_or_else(String::new, |&value| props.format.emit(value)) }</td>
                </tr>
            }) }</tbody>
        </table>
    }
}
