//! More inventories come while an estate is on screen: are they added to it, or do they take its place?

use yew::prelude::*;

use crate::store::{AppState, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::Dialog;

/// The question. Escape and Cancel leave all as it is.
#[component]
pub fn MoreFiles() -> Html {
    let services = use_services();
    let machines = use_selector(|state: &AppState| state.project.estate.machines.len() as u64);
    let answer = |adds: Option<bool>| {
        let services = services.clone();
        Callback::from(move |_event: MouseEvent| services.take_waiting(adds))
    };
    let on_close = {
        let services = services.clone();
        Callback::from(move |()| services.take_waiting(None))
    };
    let actions = html! {
        <>
            <button type="button" class="btn" onclick={answer(None)}>{ "Cancel" }</button>
            <button type="button" class="btn" onclick={answer(Some(false))}>{ "Replace it" }</button>
            <button type="button" class="btn btn-primary" autofocus=true onclick={answer(Some(true))}>{ "Add to this estate" }</button>
        </>
    };
    part!(<Dialog title="Add these files to the estate?" {on_close} {actions} is_question=true>
        <ul class="places" translate="no">{ for services.waiting_files().into_iter().map(|name| html! { <li key={name.clone()}>{ name.clone() }</li> }) }</ul>
        <p>{ format!("The estate on screen has {}.", format::counted(machines, "machine", "machines")) }</p>
        <p>{ "Added, another vCenter stands beside it; machines that are there already are updated by the newer export, and those that the files do not have stay." }</p>
        <p>{ "What you entered for machines stays either way, and you can undo it." }</p>
    </Dialog>)
}
