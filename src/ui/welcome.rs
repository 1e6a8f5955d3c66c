//! The first thing a visitor sees: what this is, and three ways to begin.

use yew::prelude::*;

use crate::store::commands::Command;
use crate::ui::hooks::use_services;
use crate::ui::lazy::{Form, Lazy, Place};
use crate::ui::part::part;
use crate::ui::shared::FileDrop;

/// The page without an estate.
#[component]
pub fn Welcome() -> Html {
    let services = use_services();
    let typing = use_state(|| false);
    let on_files = {
        let services = services.clone();
        Callback::from(move |files| services.open_files(files))
    };
    let on_sample = {
        let services = services.clone();
        Callback::from(move |_event: MouseEvent| services.load_sample())
    };
    let on_tour = {
        let services = services.clone();
        Callback::from(move |_event: MouseEvent| services.run(Command::Tour))
    };
    let open_classes = {
        let typing = typing.setter();
        Callback::from(move |_event: MouseEvent| typing.set(true))
    };
    let close_classes = {
        let typing = typing.setter();
        Callback::from(move |()| typing.set(false))
    };
    html! {
        <div class="page welcome">
            <h1>{ "See where your machines should run, and what that costs" }</h1>
            <p class="lead">
                { "Drop the inventory of your VMware estate. Groundwork compares staying, VMware clouds and native instances machine by machine, with reasons and sources. It computes in this tab: no account, no upload." }
            </p>
            { part!(<FileDrop {on_files} label="Drop RVTools files here" hint="xlsx of version 3 to 4.7, CSV tabs or a zip of them; several at once. Or a saved project"
                button="Choose files…" accept=".xlsx,.csv,.zip,.json" />) }
            <div class="welcome-ways">
                <button type="button" class="btn btn-primary" onclick={on_sample}>{ "Try the sample estate" }</button>
                <button type="button" class="btn" onclick={open_classes}>{ "Type in totals…" }</button>
                <button type="button" class="btn btn-quiet" onclick={on_tour}>{ "Take the tour" }</button>
            </div>
            <dl class="welcome-facts">
                <div><dt>{ "No inventory at hand?" }</dt><dd>{ "The sample is an invented company with several hundred machines in two vCenters. It shows the whole way in ten seconds." }</dd></div>
                <div><dt>{ "Where to get one" }</dt><dd>{ "RVTools, Export all to xlsx. A read-only account is enough. Only the tabs that matter for sizing are read." }</dd></div>
                <div><dt>{ "What happens to it" }</dt><dd>{ "It stays in this browser. You can cut the network now and go on working." }</dd></div>
            </dl>
            <div class="dialog-layer">
                if *typing { { part!(<Lazy place={Place::Form(Form::TypedTotals(close_classes))} />) } }
            </div>
        </div>
    }
}
