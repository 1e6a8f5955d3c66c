//! Which command was that, or where is this machine? Everything by its name, and by the keyboard alone.

use std::rc::Rc;

use yew::prelude::*;

use crate::store::commands::{Command, found};
use crate::store::{Action, AppState, UiAction};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Dialog, Icon, IconName};
use crate::web::{around, dom};

/// The list of results, as the field names it.
const LIST: &str = "palette-list";

fn option_id(index: usize) -> String {
    format!("palette-{index}")
}

/// A field to search in, and what it finds. The focus stays in the field; arrows move through the results.
#[component]
pub fn Palette() -> Html {
    let services = use_services();
    // Keys may come before what the last one did is drawn, so handlers read what is, and not what was drawn.
    let query = use_mut_ref(String::new);
    let active = use_mut_ref(|| 0_usize);
    let update = use_force_update();
    let results = {
        let query = query.borrow().clone();
        use_selector(move |state| found_as_shown(state, &query))
    };
    let active_now = (*active.borrow()).min(results.len().saturating_sub(1));
    let close = {
        let store = services.store().clone();
        Callback::from(move |()| store.dispatch(Action::Ui(UiAction::Sheet(None))))
    };
    let run = {
        let (close, services) = (close.clone(), services.clone());
        Callback::from(move |command: Command| {
            // First away with the dialog: what the command does may open another one.
            close.emit(());
            services.run(command);
        })
    };
    use_effect_with((active_now, results.clone()), |(active, _)| {
        if let Some(option) = dom::document().get_element_by_id(&option_id(*active)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let oninput = {
        let (query, active, update) = (Rc::clone(&query), Rc::clone(&active), update.clone());
        Callback::from(move |event: InputEvent| {
            query.replace(event.target_unchecked_into::<web_sys::HtmlInputElement>().value());
            active.replace(0);
            update.force_update();
        })
    };
    let onkeydown = {
        let (query, active, run, store) = (Rc::clone(&query), active, run.clone(), services.store().clone());
        Callback::from(move |event: KeyboardEvent| {
            let commands = || found(&store.state(), &query.borrow(), around::said);
            match event.key().as_str() {
                key @ ("ArrowDown" | "ArrowUp") => {
                    let count = commands().len().max(1);
                    let step = if key == "ArrowDown" { 1 } else { count - 1 };
                    let now = (*active.borrow()).min(count - 1);
                    active.replace((now + step) % count);
                    update.force_update();
                }
                "Enter" if !event.is_composing() => {
                    let commands = commands();
                    let now = (*active.borrow()).min(commands.len().saturating_sub(1));
                    if let Some(command) = commands.get(now) {
                        run.emit(*command);
                    }
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let is_any = !results.is_empty();
    part!(<Dialog title="Search or run a command" on_close={close}>
            <div class="palette">
                <div class="input palette-field">
                    { part!(<Icon name={IconName::Search} />) }
                    <input type="text" role="combobox" aria-label="Command, page, scenario or machine" autocomplete="off" spellcheck="false" autofocus=true
                        aria-autocomplete="list" aria-expanded={is_any.to_string()} aria-controls={LIST} aria-activedescendant={is_any.then(|| option_id(active_now))}
                        placeholder="Command, page, scenario or machine" value={query.borrow().clone()} {oninput} {onkeydown} />
                </div>
                <div class="palette-list" id={LIST} role="listbox" aria-label="What is found">{ groups(&results, active_now, &run) }</div>
                <p class={if is_any { "visually-hidden" } else { "muted" }} role="status">
                    { if is_any { format!("{} found", results.len()) } else { "Nothing is called so. Machines are found by name once there is a plan".to_owned() } }
                </p>
            </div>
        </Dialog>)
}

/// A result as it is shown.
#[derive(Clone, PartialEq)]
struct Found {
    command: Command,
    title: String,
}

fn found_as_shown(state: &AppState, query: &str) -> Vec<Found> {
    found(state, query, around::said)
        .into_iter()
        .map(|command| Found { command, title: command.title(state) })
        .collect()
}

/// The results below their headings.
fn groups(results: &[Found], active: usize, run: &Callback<Command>) -> Html {
    let mut first = 0;
    let groups = results.chunk_by(|a, b| a.command.group() == b.command.group()).map(|group| {
        let start = first;
        first += group.len();
        let heading = group[0].command.group();
        let id = format!("palette-of-{start}");
        html! {
            <div key={heading} role="group" aria-labelledby={id.clone()}>
                <div class="palette-head" role="presentation" {id}>{ heading }</div>
                { for group.iter().enumerate().map(|(offset, found)| option(start + offset, found, active, run)) }
            </div>
        }
    });
    groups.collect()
}

fn option(index: usize, found: &Found, active: usize, run: &Callback<Command>) -> Html {
    let command = found.command;
    let onclick = run.reform(move |_event: MouseEvent| command);
    let is_data = matches!(command, Command::Machine(_) | Command::Scenario(_));
    let keys = command.chord().map(|chord| html! { <kbd>{ chord.name(dom::is_apple()) }</kbd> });
    html! {
        <div key={index} class="palette-option" role="option" id={option_id(index)} aria-selected={(index == active).to_string()} {onclick}>
            <span translate={is_data.then_some("no")}>{ &found.title }</span>{ for keys }
        </div>
    }
}
