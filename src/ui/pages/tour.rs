//! What is this page for, and what does one do on it? Page by page, beside the page itself.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::store::{Action, Page, UiAction};
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::ui::shared::{Icon, IconName};
use crate::web::dom;

/// The question that a page answers, and how.
const fn told(page: Page) -> (&'static str, &'static str) {
    match page {
        Page::Estate => (
            "What is there?",
            "All that the files told, and what they did not: “What to know about the files” says what each gap changes. Machines that should not move along are left out on this page, and any figure of a machine can be corrected.",
        ),
        Page::Footprints => (
            "Where could it go?",
            "Today's clusters, hosts to rent or buy, and regions with instances. Switch off what is out of the question. Every price says how sure it is; where one needs a quote, enter yours and the place takes part.",
        ),
        Page::Rules => (
            "How is it counted, and what must hold?",
            "Overcommit, headroom and storage at the top, with their effect beside them. Below are the rules: what stays, what must be apart, what a licence binds. Rules that contradict each other are named.",
        ),
        Page::Plan => (
            "Where does everything go?",
            "Choose a machine to read why it is there. “Run it in” says what another place would change, in money and in what is valid, before you move it. Choose a host to see what runs on it.",
        ),
        Page::Cost => (
            "What does that cost?",
            "Beside staying as it is. Every total opens to its lines, and every line to its arithmetic. The assumptions are yours to change: growth, discounts, people, power, and how sure each is.",
        ),
        Page::Timeline => (
            "How long does that last?",
            "When each cluster is full at the growth you expect, and which hosts are added when.",
        ),
        Page::Compare => (
            "And if it were otherwise?",
            "“+ Scenario” at the top copies all inputs. Change one thing in the copy: this page then says what that does, in figures and in words.",
        ),
        Page::Share => (
            "How do others get it?",
            "As a workbook with formulas, a report, tables, or a link that carries the project itself. Nothing is uploaded. What you do here is kept in this browser: the folder at the top lists your projects.",
        ),
    }
}

/// Properties of [`Tour`].
#[derive(PartialEq, Properties)]
pub struct TourProps {
    /// The page on screen.
    pub page: Page,
}

/// The card of the tour. Whoever goes to a page by other ways is told of that one.
#[component]
pub fn Tour(props: &TourProps) -> Html {
    let store = use_services().store().clone();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let heading = node.get().and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(heading) = heading {
                drop(heading.focus());
            }
        });
    }
    // What is told begins at the top of a page, wherever the one before was left.
    use_effect_with(props.page, |_page| dom::window().scroll_to_with_x_and_y(0.0, 0.0));
    let at = Page::ALL.iter().position(|page| *page == props.page).unwrap_or(0);
    let ui = |action: UiAction| {
        let store = store.clone();
        Callback::from(move |_event: MouseEvent| store.dispatch(Action::Ui(action.clone())))
    };
    let go = |to: Option<usize>| to.and_then(|to| Page::ALL.get(to)).map(|page| (*page, ui(UiAction::Go(*page, None))));
    let (before, next) = (go(at.checked_sub(1)), go(Some(at + 1)));
    let end = ui(UiAction::Tour(false));
    let onkeydown = {
        let store = store.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                store.dispatch(Action::Ui(UiAction::Tour(false)));
            }
        })
    };
    let (question, text) = told(props.page);
    html! {
        <aside class="tour" aria-label="Tour" {onkeydown}>
            <div class="tour-foot">
                <span class="muted grow">{ format!("{}, page {} of {}", props.page.title(), at + 1, Page::ALL.len()) }</span>
                <button type="button" class="icon-btn icon-btn-s" aria-label="End the tour" title="End the tour" onclick={end.clone()}>{ part!(<Icon name={IconName::Close} />) }</button>
            </div>
            <h2 ref={node} tabindex="-1">{ question }</h2>
            <p aria-live="polite">{ text }</p>
            <div class="tour-foot">
                <span class="grow"></span>
                if let Some((_, onclick)) = before { <button type="button" class="btn btn-s" {onclick}>{ "Back" }</button> }
                if let Some((page, onclick)) = next {
                    <button type="button" class="btn btn-s btn-primary" {onclick}>{ format!("Next: {}", page.title()) }</button>
                } else {
                    <button type="button" class="btn btn-s btn-primary" onclick={end}>{ "End the tour" }</button>
                }
            </div>
            if at + 1 == Page::ALL.len() { <p class="muted">{ "The tour is found again in the search at the top and in the sheet of shortcuts." }</p> }
        </aside>
    }
}
