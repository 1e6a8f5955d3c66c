use yew::prelude::*;
use crate::store::Page;

#[derive(PartialEq, Properties)]
pub struct LazyPageProps { pub page: Page }

#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(pages))]
fn entry() -> fn(Page) -> Html { super::view }

#[component]
pub fn LazyPage(props: &LazyPageProps) -> Html {
    let loaded = use_state(|| None::<fn(Page) -> Html>);
    {
        let loaded = loaded.setter();
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                #[cfg(feature = "split")]
                let view = entry().await;
                #[cfg(not(feature = "split"))]
                let view = entry();
                loaded.set(Some(view));
            });
        });
    }
    match *loaded {
        Some(view) => view(props.page),
        None => html! { <p class="muted">{ "Loading…" }</p> },
    }
}
