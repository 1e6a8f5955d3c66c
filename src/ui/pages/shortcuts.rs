//! Which keys do what? Those of the registry of commands, and those of tables, pictures and fields.

use yew::prelude::*;

use crate::store::commands::{Command, IN_PLACE, SHORTCUTS};
use crate::store::{Action, UiAction};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::Dialog;
use crate::web::dom;

/// The sheet.
#[component]
pub fn Shortcuts() -> Html {
    let services = use_services();
    let store = services.store().clone();
    let commands = use_selector(|state| {
        SHORTCUTS.map(|(chord, command)| (chord.name(dom::is_apple()), command.title(state))).to_vec()
    });
    let on_close = Callback::from(move |()| store.dispatch(Action::Ui(UiAction::Sheet(None))));
    let on_tour = {
        let on_close = on_close.clone();
        Callback::from(move |_event: MouseEvent| {
            on_close.emit(());
            services.run(Command::Tour);
        })
    };
    let actions = html! { <button type="button" class="btn" onclick={on_tour}>{ "Take the tour" }</button> };
    part!(<Dialog title="Keyboard shortcuts" {on_close} {actions}>
            <div class="shortcuts">
                { section("Anywhere in the app", &commands) }
                { for IN_PLACE.iter().map(|(place, keys)| section(place, keys)) }
            </div>
        </Dialog>)
}

fn section<K: AsRef<str>, T: AsRef<str>>(place: &'static str, keys: &[(K, T)]) -> Html {
    html! {
        <section key={place}>
            <h3>{ place }</h3>
            <dl>{ for keys.iter().map(|(keys, does)| html! {
                <div key={keys.as_ref()}><dt><kbd>{ keys.as_ref() }</kbd></dt><dd>{ does.as_ref() }</dd></div>
            }) }</dl>
        </section>
    }
}
