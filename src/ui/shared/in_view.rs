//! Whether an element is in view, and what brings it there.

use wasm_bindgen::prelude::*;
use web_sys::{IntersectionObserver, IntersectionObserverEntry};
use yew::prelude::*;

/// Whether any part of the element behind `node` is in view. The element must be there for as long as the component.
#[hook]
pub fn use_in_view(node: &NodeRef) -> bool {
    let in_view = use_state_eq(|| false);
    {
        let (node, in_view) = (node.clone(), in_view.setter());
        use_effect_with((), move |()| {
            let watch = node.cast::<web_sys::Element>().and_then(|element| watch(&element, in_view));
            move || drop(watch)
        });
    }
    *in_view
}

/// Brings a part of the page into view, and the focus to it: it has a `tabindex`.
pub fn bring(part: &NodeRef) {
    if let Some(element) = part.cast::<web_sys::HtmlElement>() {
        element.scroll_into_view();
        drop(element.focus());
    }
}

/// Ends the watch when dropped.
struct Watch {
    observer: IntersectionObserver,
    _on_change: Closure<dyn FnMut(js_sys::Array)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn watch(element: &web_sys::Element, in_view: UseStateSetter<bool>) -> Option<Watch> {
    let on_change = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        // Of several changes the last is how it is.
        if let Some(entry) = entries.pop().dyn_ref::<IntersectionObserverEntry>() {
            in_view.set(entry.is_intersecting());
        }
    });
    let observer = IntersectionObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
    // Tells at once how it is.
    observer.observe(element);
    Some(Watch { observer, _on_change: on_change })
}
