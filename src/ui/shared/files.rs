//! Files from the user: by a button, by dropping them on a zone, or anywhere on the window.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DragEvent, File, FileList, HtmlInputElement};
use yew::prelude::*;

use super::{Icon, IconName};
use crate::ui::part::part;
use crate::web::dom;

/// The files that a file input holds.
pub fn files_of(input: &HtmlInputElement) -> Vec<File> {
    to_vec(input.files())
}

fn to_vec(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|index| list.get(index)).collect()).unwrap_or_default()
}

fn dropped(event: &DragEvent) -> Vec<File> {
    to_vec(event.data_transfer().and_then(|data| data.files()))
}

/// Whether files are dragged, rather than text or a part of the page.
fn carries_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}

/// Properties of [`FileDrop`].
#[derive(PartialEq, Properties)]
pub struct FileDropProps {
    /// What to drop here.
    pub label: AttrValue,
    /// What is understood.
    #[prop_or_default]
    pub hint: AttrValue,
    /// The words on the button.
    #[prop_or(AttrValue::Static("Choose files…"))]
    pub button: AttrValue,
    /// Extensions that the browser's dialog offers: `.xlsx,.csv`.
    #[prop_or_default]
    pub accept: AttrValue,
    /// The files, at least one.
    pub on_files: Callback<Vec<File>>,
}

/// A zone that takes files, by dropping or by its button.
#[component]
pub fn FileDrop(props: &FileDropProps) -> Html {
    let input = use_node_ref();
    let over = use_state_eq(|| false);
    let onclick = {
        let input = input.clone();
        Callback::from(move |_event: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let onchange = {
        let on_files = props.on_files.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            give(&on_files, files_of(&input));
            // The same file can be chosen again.
            input.set_value("");
        })
    };
    let ondragover = {
        let over = over.setter();
        Callback::from(move |event: DragEvent| {
            if carries_files(&event) {
                event.prevent_default();
                over.set(true);
            }
        })
    };
    let ondragleave = {
        let over = over.setter();
        Callback::from(move |_event: DragEvent| over.set(false))
    };
    let ondrop = {
        let (over, on_files) = (over.setter(), props.on_files.clone());
        Callback::from(move |event: DragEvent| {
            over.set(false);
            if carries_files(&event) {
                // Also tells a `DropOverlay` that these files are taken.
                event.prevent_default();
                give(&on_files, dropped(&event));
            }
        })
    };
    html! {
        <div class="file-drop-frame">
            <div class={classes!("file-drop", over.then_some("file-drop-over"))} {onclick} {ondragover} {ondragleave} {ondrop}>
                { part!(<Icon name={IconName::Upload} />) }
                <p class="file-drop-title">{ &props.label }</p>
                if !props.hint.is_empty() { <p class="muted">{ &props.hint }</p> }
                // Its click reaches the zone, which opens the browser's dialog.
                <button type="button" class="btn">{ &props.button }</button>
            </div>
            <input ref={input} type="file" multiple=true class="visually-hidden" tabindex="-1" aria-hidden="true" accept={props.accept.clone()} {onchange} />
        </div>
    }
}

fn give(on_files: &Callback<Vec<File>>, files: Vec<File>) {
    if !files.is_empty() {
        on_files.emit(files);
    }
}

/// Properties of [`DropOverlay`].
#[derive(PartialEq, Properties)]
pub struct DropOverlayProps {
    /// What dropping does.
    pub label: AttrValue,
    /// The files, at least one.
    pub on_files: Callback<Vec<File>>,
}

/// Takes files dropped anywhere on the window, and says so while they are dragged over it.
#[component]
pub fn DropOverlay(props: &DropOverlayProps) -> Html {
    let over = use_state_eq(|| false);
    {
        let over = over.setter();
        use_effect_with(props.on_files.clone(), move |on_files| {
            let listeners = listen(&over, on_files);
            move || drop(listeners)
        });
    }
    html! {
        <div class="drop-layer" aria-hidden="true">
            if *over {
                <div class="drop-overlay">{ part!(<Icon name={IconName::Upload} />) }<span>{ &props.label }</span></div>
            }
        </div>
    }
}

fn listen(over: &UseStateSetter<bool>, on_files: &Callback<Vec<File>>) -> [EventListener; 3] {
    let window = dom::window();
    let listener = |name: &'static str, react: Box<dyn Fn(&DragEvent)>| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window, name, options, move |event| {
            if let Some(event) = event.dyn_ref::<DragEvent>() {
                react(event);
            }
        })
    };
    let (enter, leave, end, on_files) = (over.clone(), over.clone(), over.clone(), on_files.clone());
    [
        listener(
            "dragover",
            Box::new(move |event| {
                if carries_files(event) {
                    event.prevent_default();
                    enter.set(true);
                }
            }),
        ),
        listener(
            "dragleave",
            Box::new(move |event| {
                // No related target: the pointer left the window rather than an element of it.
                if event.related_target().is_none() {
                    leave.set(false);
                }
            }),
        ),
        listener(
            "drop",
            Box::new(move |event| {
                end.set(false);
                if carries_files(event) && !event.default_prevented() {
                    event.prevent_default();
                    give(&on_files, dropped(event));
                }
            }),
        ),
    ]
}
