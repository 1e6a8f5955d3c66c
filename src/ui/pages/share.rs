//! How do I give this to others, and in which form do they want it?

use yew::prelude::*;

use crate::export::Format;
use crate::store::AppState;
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::lazy::{Further, Lazy, Place};
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState};
use crate::web::around;

/// The page.
#[component]
pub fn SharePage() -> Html {
    let services = use_services();
    let has_estate = use_selector(AppState::has_estate);
    let planned = use_selector(|state| state.outcome.is_some() && !state.outcome_is_stale);
    let scenario = use_selector(|state| state.scenario().name.clone());
    let previewed = use_state(|| None::<Format>);
    if !has_estate {
        return html! {
            <div class="page">
                <h1 class="visually-hidden">{ "Share" }</h1>
                { part!(<EmptyState title="No estate yet" text="Import an inventory, or try the sample, to have something to share.">
                    <a class="btn btn-primary" href="#/estate">{ "Go to Estate" }</a>
                </EmptyState>) }
            </div>
        };
    }
    let on_save = {
        let services = services.clone();
        Callback::from(move |_event: MouseEvent| services.save_to_file())
    };
    let on_link = Callback::from(|_event: MouseEvent| around::tell("share", ""));
    let export = |format: Format| {
        let services = services.clone();
        let onclick = Callback::from(move |_event: MouseEvent| services.export(format));
        let is_open = *previewed == Some(format);
        let toggled = {
            let previewed = previewed.setter();
            Callback::from(move |_event: MouseEvent| previewed.set((!is_open).then_some(format)))
        };
        let preview = html! {
            <button type="button" class="btn btn-quiet" disabled={!planned} aria-expanded={is_open.to_string()}
                aria-label={["Preview: ", format.title()].concat()} onclick={toggled}>{ "Preview" }</button>
        };
        let below = if is_open && planned {
            part!(<Lazy place={Place::Further(Further::Preview(format))} />)
        } else {
            html! {}
        };
        way(format.title(), format.describe(), format.file_ending(), planned, onclick, preview, below)
    };
    let note = if planned { format!("scenario {scenario}, as on screen") } else { "once there is a plan".to_owned() };
    html! {
        <div class="page">
            <h1 class="visually-hidden">{ "Share" }</h1>
            { part!(<Card title="The project" note="all scenarios, to go on working">
                <ul class="ways">
                    { way("Project file", "Everything that is entered, with the estate. Open it here, on any copy of Groundwork, or with the command line.", "groundwork.json", true, on_save, html! {}, html! {}) }
                    { way("Link", "The project inside of an address, with made-up names if you like. Nothing is uploaded.", "address", true, on_link, html! {}, html! {}) }
                </ul>
            </Card>) }
            { part!(<Card title="The result" {note}>
                <ul class="ways">{ for Format::ALL.into_iter().map(export) }</ul>
                <p class="muted">{ "Files are made in this tab and go nowhere but where you put them. Names of machines that begin like a formula are written so that no spreadsheet runs them." }</p>
            </Card>) }
            { part!(<Lazy place={Place::Further(Further::EmbedCode)} />) }
        </div>
    }
}

/// One form in which others get it, with a further button and what that opens.
fn way(
    title: &'static str,
    text: &'static str,
    ending: &'static str,
    enabled: bool,
    onclick: Callback<MouseEvent>,
    further: Html,
    below: Html,
) -> Html {
    let shown = if ending == "address" { "Make a link…".to_owned() } else { format!("Get …{ending}") };
    html! {
        <li key={title} class="way">
            <div>
                <h3>{ title }</h3>
                <p>{ text }</p>
            </div>
            <div class="way-buttons">
                <button type="button" class="btn" disabled={!enabled} aria-label={format!("{title}: {shown}")} {onclick}>
                    { &shown }
                </button>
                <span>{ further }</span>
            </div>
            <div class="way-below">{ below }</div>
        </li>
    }
}
