//! The size of an element, as it changes.

use wasm_bindgen::prelude::*;
use yew::prelude::*;

/// The inner width and height of the element behind `node` in px, as it changes; `None` until it is known. The element must be there for as long as the
/// component.
#[hook]
pub fn use_size(node: &NodeRef) -> Option<(f64, f64)> {
    let size = use_state_eq(|| None::<(f64, f64)>);
    {
        let (node, size) = (node.clone(), size.setter());
        use_effect_with((), move |()| {
            let watch = node.cast::<web_sys::Element>().and_then(|element| watch(element, size));
            move || drop(watch)
        });
    }
    *size
}

/// Ends the watch when dropped.
struct Watch {
    observer: web_sys::ResizeObserver,
    _on_resize: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn watch(element: web_sys::Element, size: UseStateSetter<Option<(f64, f64)>>) -> Option<Watch> {
    let watched = element.clone();
    let on_resize = Closure::<dyn FnMut()>::new(move || {
        size.set(Some((f64::from(watched.client_width()), f64::from(watched.client_height()))));
    });
    let observer = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
    // Tells of the present size at once.
    observer.observe(&element);
    Some(Watch { observer, _on_resize: on_resize })
}
