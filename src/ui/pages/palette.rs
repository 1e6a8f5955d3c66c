//! Which command was that, or where is this machine? Everything by its name, and by the keyboard alone.

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
    let query = use_state(String::new);
    let active = use_state(|| 0_usize);
    let results = {
        let query = (*query).clone();
        use_selector(move |state| found_as_shown(state, &query))
    };
    let active_now = (*active).min(results.len().saturating_sub(1));
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
        let (query, active) = (query.setter(), active.setter());
        Callback::from(move |event: InputEvent| {
            query.set(event.target_unchecked_into::<web_sys::HtmlInputElement>().value());
            active.set(0);
        })
    };
    let onkeydown = {
        let (active, run, store, shown) = (active.setter(), run.clone(), services.store().clone(), (*query).clone());
        let (last, chosen) = (results.len().saturating_sub(1), results.get(active_now).map(|found| found.command));
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowDown" => active.set(if active_now == last { 0 } else { active_now + 1 }),
                "ArrowUp" => active.set(active_now.checked_sub(1).unwrap_or(last)),
                "Enter" if !event.is_composing() => {
                    // Keys may come faster than results are drawn: what stands in the field counts.
                    let typed = event.target_unchecked_into::<web_sys::HtmlInputElement>().value();
                    let first = || found(&store.state(), &typed, around::said).into_iter().next();
                    if let Some(command) = if typed == shown { chosen } else { first() } {
                        run.emit(command);
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
                        placeholder="Command, page, scenario or machine" value={(*query).clone()} {oninput} {onkeydown} />
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
