//! Draws a chart: its shapes, the details of one mark at a time, or the same numbers as a table.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};
use yew::prelude::*;

use crate::chart::picture::{self as chart, Form, Shape, Table, Tip, fill};
use crate::chart::scale::px;
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::ui::shared::Styled;

/// Properties of [`Chart`].
#[derive(Clone, Properties)]
pub struct ChartProps {
    /// What to draw.
    pub of: Rc<dyn chart::Chart>,
}

impl PartialEq for ChartProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.of, &other.of)
    }
}

/// A picture as wide as its card.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let plot = use_node_ref();
    let (width, active, as_table) = (use_state(|| 0.0), use_state(|| None::<usize>), use_state(|| false));
    use_width(plot.clone(), width.setter());
    let picture = use_memo((props.clone(), *width), |(props, width)| props.of.picture(*width));
    let onkeydown = {
        let (setter, active, marks) = (active.setter(), *active, picture.tips.len());
        Callback::from(move |event: KeyboardEvent| {
            let next = marks.checked_sub(1).and_then(|last| moved(&event.key(), active, last));
            if next.is_some() || event.key() == "Escape" {
                event.prevent_default();
                setter.set(next);
            }
        })
    };
    let clear = {
        let active = active.setter();
        Callback::from(move |()| active.set(None))
    };
    let onpointerover = {
        let active = active.setter();
        Callback::from(move |event: PointerEvent| active.set(mark_of(&event)))
    };
    let toggle = {
        let (shown, as_table) = (*as_table, as_table.setter());
        Callback::from(move |_event: MouseEvent| as_table.set(!shown))
    };
    let services = use_services();
    let save = |format: &'static str| {
        let services = services.clone();
        Callback::from(move |event: MouseEvent| {
            let button = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(chart) = button.and_then(|button| button.closest(".chart").ok().flatten()) {
                services.save_picture(chart, format);
            }
        })
    };
    let tip = active.filter(|_| !*as_table).and_then(|mark| picture.tips.get(mark)).map(|tip| details(tip, *width));
    let summary = props.of.summary();
    html! {
        <div class="chart">
            <div class="chart-plot" ref={plot} onpointerleave={clear.reform(|_event: PointerEvent| ())}>
                if *as_table {
                    <div class="chart-table scroll-x" tabindex="0" role="region" aria-label={summary}>{ table(&props.of.table()) }</div>
                } else if *width > 0.0 {
                    <svg width={px(*width)} height={px(picture.height)} role="img" tabindex="0" aria-label={summary} {onkeydown} {onpointerover}
                        onblur={clear.reform(|_event: FocusEvent| ())}>
                        { for picture.shapes.iter().map(|shape| draw(shape, *active)) }
                    </svg>
                }
                <div aria-live="polite">{ for tip }</div>
            </div>
            <div class="chart-foot">
                { legend(props.of.legend()) }
                <span class="grow"></span>
                if !*as_table {
                    <button type="button" class="link-btn" onclick={save("svg")}>{ "Save as SVG" }</button>
                    <button type="button" class="link-btn" onclick={save("png")}>{ "Save as PNG" }</button>
                }
                <button type="button" class="link-btn" aria-pressed={as_table.to_string()} onclick={toggle}>
                    { if *as_table { "Show as picture" } else { "Show as table" } }
                </button>
            </div>
        </div>
    }
}

fn draw(shape: &Shape, active: Option<usize>) -> Html {
    let chosen = shape.mark.is_some() && shape.mark == active;
    let class = if chosen { [&shape.class, " on"].concat() } else { shape.class.to_string() };
    let mark = shape.mark.map(|mark| mark.to_string());
    match &shape.form {
        Form::Path(data) => html! { <path {class} d={data.clone()} data-mark={mark} /> },
        Form::Circle(x, y, radius) => {
            html! { <circle {class} cx={px(*x)} cy={px(*y)} r={px(*radius)} data-mark={mark} /> }
        }
        Form::Text(x, y, text) => html! { <text {class} x={px(*x)} y={px(*y)}>{ text }</text> },
    }
}

/// The mark under the pointer.
fn mark_of(event: &PointerEvent) -> Option<usize> {
    event.target()?.dyn_ref::<Element>()?.get_attribute("data-mark")?.parse().ok()
}

/// The details of a mark, kept inside of the plot: to the left of a mark that lies in the right half.
fn details(tip: &Tip, width: f64) -> Html {
    let shift = if tip.at.0 > width / 2.0 { "calc(-100% - 12px)" } else { "12px" };
    let vars = vec![
        ("--x", AttrValue::from(format!("calc({}px + {shift})", px(tip.at.0)))),
        ("--y", AttrValue::from(format!("{}px", px((tip.at.1 - 12.0).max(0.0))))),
    ];
    part!(<Styled class="tooltip" {vars}>
            <b>{ &tip.title }</b>
            <dl>{ for tip.rows.iter().map(|(series, name, value)| html! {
                <><dt>{ swatch(*series) }</dt><dt>{ name }</dt><dd class="num">{ value }</dd></>
            }) }</dl>
        </Styled>)
}

/// A table of texts.
fn table(table: &Table) -> Html {
    let first_number = table.heads.len() - table.numbers;
    let class = |column: usize| (column >= first_number).then_some("num");
    html! {
        <>
            <table class="grid">
                <thead><tr>{ for table.heads.iter().enumerate().map(|(column, head)| html! { <th scope="col" class={class(column)}>{ head }</th> }) }</tr></thead>
                <tbody>{ for table.rows.iter().map(|row| html! {
                    <tr>{ for row.iter().enumerate().map(|(column, text)| cell(column, class(column), text)) }</tr>
                }) }</tbody>
            </table>
            if !table.more.is_empty() { <p class="muted">{ &table.more }</p> }
        </>
    }
}

/// A cell; the first one names its row.
fn cell(column: usize, class: Option<&'static str>, text: &str) -> Html {
    if column == 0 {
        html! { <th scope="row">{ text }</th> }
    } else {
        html! { <td {class}>{ text }</td> }
    }
}

/// The mark that a key leads to; `None` for other keys.
fn moved(key: &str, active: Option<usize>, last: usize) -> Option<usize> {
    match key {
        "ArrowRight" | "ArrowDown" => Some(active.map_or(0, |mark| (mark + 1).min(last))),
        "ArrowLeft" | "ArrowUp" => Some(active.map_or(last, |mark| mark.saturating_sub(1))),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// A square in the colour of a series.
fn swatch(series: Option<usize>) -> Html {
    let Some(series) = series else { return html! { <span></span> } };
    html! { <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="2" class={fill(series)} /></svg> }
}

/// The legend of these series; nothing where there are none.
pub fn legend(names: Vec<(usize, String)>) -> Html {
    if names.is_empty() {
        return Html::default();
    }
    html! { <ul class="legend">{ for names.into_iter().map(|(series, name)| html! { <li key={series}>{ swatch(Some(series)) }{ name }</li> }) }</ul> }
}

/// Tells the width of an element now and whenever it changes.
#[hook]
fn use_width(node: NodeRef, width: UseStateSetter<f64>) {
    use_effect_with(node, move |node| {
        let closure = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            if let Some(entry) = entries.get(0).dyn_ref::<ResizeObserverEntry>() {
                width.set(entry.content_rect().width().floor());
            }
        });
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        let element = node.cast::<web_sys::Element>();
        if let (Some(observer), Some(element)) = (&observer, &element) {
            observer.observe(element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(closure);
        }
    });
}
