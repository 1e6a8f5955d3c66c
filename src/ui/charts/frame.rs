//! What all pictures share: width, summary, details of a mark, table.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{ResizeObserver, ResizeObserverEntry};
use yew::prelude::*;

use crate::chart::scale::px;
use crate::ui::part::part;
use crate::ui::shared::Styled;

/// Details of a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Tip {
    /// Where the mark is, in px from the top left of the plot.
    pub at: (f64, f64),
    /// What it is.
    pub title: String,
    /// Its numbers: the series for the swatch where it has one, name, value.
    pub rows: Vec<(Option<usize>, String, String)>,
}

/// Properties of [`Frame`].
#[derive(PartialEq, Properties)]
pub struct FrameProps {
    /// What the picture shows, in a sentence.
    pub summary: AttrValue,
    /// How wide the plot is, told by the frame.
    pub on_width: Callback<f64>,
    /// The width that was told.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// How many marks have details.
    pub marks: usize,
    /// The mark whose details are shown.
    pub active: Option<usize>,
    /// Shows the details of a mark, or none.
    pub on_active: Callback<Option<usize>>,
    /// The details that are shown.
    pub tip: Option<Tip>,
    /// Names of the series; empty for none.
    #[prop_or_default]
    pub legend: Html,
    /// The same numbers as a table.
    pub table: Html,
    /// The drawing.
    pub children: Html,
}

/// The frame of a picture.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let plot = use_node_ref();
    let as_table = use_state(|| false);
    use_width(plot.clone(), props.on_width.clone());
    let onkeydown = {
        let (on_active, active, marks) = (props.on_active.clone(), props.active, props.marks);
        Callback::from(move |event: KeyboardEvent| {
            let next = marks.checked_sub(1).and_then(|last| moved(&event.key(), active, last));
            if next.is_some() || event.key() == "Escape" {
                event.prevent_default();
                on_active.emit(next);
            }
        })
    };
    let leave = props.on_active.reform(|_event: PointerEvent| None);
    let blur = props.on_active.reform(|_event: FocusEvent| None);
    let toggle = {
        let (shown, as_table) = (*as_table, as_table.setter());
        Callback::from(move |_event: MouseEvent| as_table.set(!shown))
    };
    let tip = props.tip.as_ref().filter(|_| !*as_table).map(|tip| {
        // Kept inside of the plot: to the left of a mark that lies in the right half.
        let right = tip.at.0 > props.width / 2.0;
        let shift = if right { "calc(-100% - 12px)" } else { "12px" };
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
    });
    html! {
        <div class="chart">
            <div class="chart-plot" ref={plot} onpointerleave={leave}>
                if *as_table {
                    <div class="chart-table scroll-x" tabindex="0" role="region" aria-label={props.summary.clone()}>{ props.table.clone() }</div>
                } else if props.width > 0.0 {
                    <svg width={px(props.width)} height={px(props.height)} role="img" tabindex="0"
                        aria-label={props.summary.clone()} {onkeydown} onblur={blur}>
                        { props.children.clone() }
                    </svg>
                }
                <div aria-live="polite">{ for tip }</div>
            </div>
            <div class="chart-foot">
                { props.legend.clone() }
                <span class="grow"></span>
                <button type="button" class="link-btn" aria-pressed={as_table.to_string()} onclick={toggle}>
                    { if *as_table { "Show as picture" } else { "Show as table" } }
                </button>
            </div>
        </div>
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
pub fn swatch(series: Option<usize>) -> Html {
    let Some(series) = series else { return html! { <span></span> } };
    html! { <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="2" class={super::fill(series)} /></svg> }
}

/// The legend of these series.
pub fn legend<'a>(names: impl Iterator<Item = &'a str>) -> Html {
    html! { <ul class="legend">{ for names.enumerate().map(|(index, name)| html! { <li key={index}>{ swatch(Some(index)) }{ name.to_owned() }</li> }) }</ul> }
}

/// Tells the width of an element now and whenever it changes.
#[hook]
fn use_width(node: NodeRef, on_width: Callback<f64>) {
    use_effect_with(node, move |node| {
        let told = on_width.clone();
        let closure = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            if let Some(entry) = entries.get(0).dyn_ref::<ResizeObserverEntry>() {
                told.emit(entry.content_rect().width().floor());
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
