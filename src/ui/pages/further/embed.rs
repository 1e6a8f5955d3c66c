//! The project inside of another page.

use yew::prelude::*;

use crate::store::Page;
use crate::store::embed::{Embed, home_of};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, Segmented, SelectField};
use crate::web::{dom, files};

/// What the element may be made to look like: its word, and the value of the attribute.
const THEMES: [(&str, Option<&str>); 3] =
    [("As the page around", None), ("Light", Some("light")), ("Dark", Some("dark"))];

/// The element with its attributes, ready to copy.
#[component]
pub fn EmbedCode() -> Html {
    let services = use_services();
    let name = use_selector(|state| state.project.name.clone());
    let page = use_state(|| Page::Cost);
    let edit = use_state(|| false);
    let theme = use_state(|| 0_usize);
    let address = dom::window().location().href().unwrap_or_default();
    // A single file from disk has no script beside it.
    let home = if address.starts_with("http") { home_of(&address) } else { "https://planner.example/".to_owned() };
    let embed = Embed {
        home,
        file: files::file_name(&name, "groundwork.json"),
        page: *page,
        edit: *edit,
        theme: THEMES.get(*theme).and_then(|&(_, value)| value),
    };
    let code = embed.code();
    let on_copy = {
        let code = code.clone();
        Callback::from(move |_event: MouseEvent| services.copy(code.clone(), "Copied the code".to_owned()))
    };
    let copy = html! { <button type="button" class="btn" onclick={on_copy}>{ "Copy code" }</button> };
    let pages: Vec<AttrValue> = Page::ALL.iter().map(|page| AttrValue::from(page.title())).collect();
    let shown = Page::ALL.iter().position(|it| it == &*page).unwrap_or_default();
    let on_page = Callback::from(move |index: usize| page.set(Page::ALL.get(index).copied().unwrap_or_default()));
    let themes = THEMES.map(|(word, _)| word).to_vec();
    let (on_edit, on_theme) = (edit.setter(), theme.setter());
    html! {
        { part!(<Card title="In another page" note="documentation, a wiki, a portal" actions={copy}>
            <p>{ "Save the project file beside that page, and put this where Groundwork is to stand. Everything is computed in the reader’s browser." }</p>
            <div class="fields">
                { part!(<SelectField label="Shows first" options={pages} selected={shown} on_select={on_page} />) }
                <div class="field">
                    <span class="field-label">{ "Readers may" }</span>
                    { part!(<Segmented label="Readers may" options={vec!["Look", "Change"]} selected={usize::from(*edit)} on_select={Callback::from(move |index: usize| on_edit.set(index == 1))} />) }
                </div>
                <div class="field">
                    <span class="field-label">{ "Colours" }</span>
                    { part!(<Segmented label="Colours" options={themes} selected={*theme} on_select={Callback::from(move |index: usize| on_theme.set(index))} />) }
                </div>
            </div>
            <pre class="preview-lines" tabindex="0" translate="no" data-testid="embed-code">{ code }</pre>
        </Card>) }
    }
}
