//! The frame around the pages: navigation, project, undo, storage, theme.

use yew::prelude::*;

use super::hooks::{use_selector, use_services};
use super::language_choice::LanguageChoice;
use super::lazy::{self, Further, Lazy, Place};
use super::scenario_switch::ScenarioSwitch;
use super::shared::{ConfirmDialog, DropOverlay, Icon, IconName, ProgressCard, Toasts};
use super::welcome::Welcome;
use crate::store::commands::Command;
use crate::store::{
    Action, AppState, Capture, Confirm, Density, Edit, JobKind, Keeping, Language, Page, SaveState, Sheet, Theme,
    UiAction, format,
};
use crate::ui::part::part;
use crate::web::services::FILE_INPUT;
use crate::web::{around, dom};

/// The frame around the pages.
#[component]
pub fn Shell() -> Html {
    let services = use_services();
    let page = use_selector(|state| state.ui.page);
    let welcomes = use_selector(|state| state.ui.page == Page::Estate && !state.has_estate());
    let on_files = {
        let services = services.clone();
        Callback::from(move |files| services.open_files(files))
    };
    // The frame is there; whatever the visitor does next needs the pages.
    use_effect_with((), |()| {
        dom::spawn(lazy::load());
    });
    {
        // A page begins at its top, however far down one was on the page before. The first stays where the browser put it.
        let before = use_mut_ref(|| page);
        use_effect_with(page, move |page| {
            if before.replace(*page) != *page {
                dom::window().scroll_to_with_x_and_y(0.0, 0.0);
            }
        });
    }
    let (language, density) = use_selector(|state| (state.ui.language, state.ui.density));
    html! {
        <ContextProvider<Language> context={language}>
        <ContextProvider<Density> context={density}>
        <div class="app">
            <a class="skip-link" href="#main">{ "Skip to the page" }</a>
            { part!(<Rail {page} />) }
            <div class="frame">
                { part!(<TopBar />) }
                { part!(<Following />) }
                <main id="main" class="main" tabindex="-1" key={page.slug()}>
                    { if welcomes { part!(<Welcome />) } else { part!(<Lazy place={Place::Page(page)} />) } }
                </main>
            </div>
            { part!(<Job />) }
            { part!(<Questions />) }
            { part!(<Sheets />) }
            { part!(<Guide {page} />) }
            { part!(<Messages />) }
            { part!(<DropOverlay {on_files} label="Drop inventory files or a project to open them" />) }
        </div>
        </ContextProvider<Density>>
        </ContextProvider<Language>>
    }
}

/// Properties of [`Rail`] and [`Guide`].
#[derive(PartialEq, Properties)]
struct RailProps {
    page: Page,
}

/// The list of pages, each with the number that says most about it.
#[component]
fn Rail(props: &RailProps) -> Html {
    let badges = use_selector(badges);
    let items = Page::ALL.into_iter().zip(badges).map(|(page, badge)| {
        let current = (page == props.page).then_some("page");
        html! {
            <li key={page.slug()}>
                <a class="nav" href={format!("#/{}", page.slug())} aria-current={current}>
                    <span>{ page.title() }</span>
                    if let Some(badge) = badge { <span class="nav-badge">{ badge }</span> }
                </a>
            </li>
        }
    });
    html! {
        <nav class="rail" aria-label="Pages">
            <a class="brand" href="#/estate" aria-label="Groundwork">{ part!(<Icon name={IconName::Logo} />) }<span>{ "Groundwork" }</span></a>
            <ul class="nav-list">{ for items }</ul>
            { part!(<LanguageChoice />) }
            <p class="rail-note">{ "Nothing leaves this tab." }<br />{ "No account, no upload." }</p>
        </nav>
    }
}

/// What stands behind each page's name.
fn badges(state: &AppState) -> [Option<String>; 8] {
    let estate = &state.project.estate;
    let scenario = state.scenario();
    let some = |number: usize| (number > 0).then(|| format::count(number as u64));
    let unplaced = state.outcome.as_ref().map_or(0, |outcome| outcome.plan.unplaced.len());
    let plan = (unplaced > 0).then(|| format!("{} open", format::count(unplaced as u64)));
    let enabled = scenario.footprints.iter().filter(|footprint| footprint.enabled).count();
    let scenarios = state.project.scenarios.len();
    let several = (scenarios > 1).then(|| scenarios.to_string());
    [some(estate.machines.len()), some(enabled), some(scenario.rules.len()), plan, None, None, several, None]
}

/// Project, storage, undo and redo, file, theme.
#[component]
fn TopBar() -> Html {
    let services = use_services();
    let name = use_selector(|state| state.project.name.clone());
    let undo = use_selector(|state| state.history.undo_name());
    let redo = use_selector(|state| state.history.redo_name());
    let has_estate = use_selector(AppState::has_estate);
    let store = services.store().clone();
    let dispatch = move |action: fn() -> Action| {
        let store = store.clone();
        Callback::from(move |_event: MouseEvent| store.dispatch(action()))
    };
    let on_save = {
        let services = services.clone();
        Callback::from(move |_event: MouseEvent| services.save_to_file())
    };
    let on_new = {
        let services = services.clone();
        Callback::from(move |_event: MouseEvent| services.begin_anew())
    };
    let on_share = Callback::from(|_event: MouseEvent| around::tell("share", ""));
    let on_projects = dispatch(|| Action::Ui(UiAction::Sheet(Some(Sheet::Projects))));
    let undo_title =
        undo.map_or_else(|| "Nothing to undo".to_owned(), |name| format!("Undo {name} ({})", keys(Command::Undo)));
    let redo_title =
        redo.map_or_else(|| "Nothing to redo".to_owned(), |name| format!("Redo {name} ({})", keys(Command::Redo)));
    let on_search = dispatch(|| Action::Ui(UiAction::Sheet(Some(Sheet::Palette))));
    html! {
        <header class="topbar">
            <button type="button" class="icon-btn" title="Projects…" aria-label="Projects…" aria-haspopup="dialog" onclick={on_projects.clone()}>{ part!(<Icon name={IconName::Folder} />) }</button>
            { part!(<ProjectName {name} />) }
            { part!(<ScenarioSwitch />) }
            { part!(<Saved on_click={on_projects} />) }
            { part!(<Improving />) }
            <span class="grow"></span>
            <button type="button" class="btn btn-quiet search-btn" aria-haspopup="dialog" onclick={on_search}>
                { part!(<Icon name={IconName::Search} />) }<span>{ "Search or run a command" }</span><kbd>{ keys(Command::Sheet(Sheet::Palette)) }</kbd>
            </button>
            <button type="button" class="icon-btn" title={undo_title.clone()} aria-label={undo_title} disabled={undo.is_none()}
                onclick={dispatch(|| Action::Undo)}>{ part!(<Icon name={IconName::Undo} />) }</button>
            <button type="button" class="icon-btn" title={redo_title.clone()} aria-label={redo_title} disabled={redo.is_none()}
                onclick={dispatch(|| Action::Redo)}>{ part!(<Icon name={IconName::Redo} />) }</button>
            { part!(<ThemeButton />) }
            <button type="button" class="btn btn-quiet" disabled={!has_estate}
                onclick={on_new}>{ "New" }</button>
            { part!(<OpenButton />) }
            <button type="button" class="btn btn-quiet" disabled={!has_estate} onclick={on_share}>{ "Share…" }</button>
            <button type="button" class="btn btn-primary" title={format!("Save the project to a file ({})", keys(Command::Save))} disabled={!has_estate}
                onclick={on_save}>{ "Save file" }</button>
        </header>
    }
}

/// The keys of a command, as they stand on this keyboard.
fn keys(command: Command) -> String {
    command.chord().map_or_else(String::new, |chord| chord.name(dom::is_apple()))
}

/// What lies over the page.
#[component]
fn Sheets() -> Html {
    let sheet = use_selector(|state| state.ui.sheet);
    html! { <div class="dialog-layer">{ for sheet.map(|sheet| part!(<Lazy place={Place::Sheet(sheet)} />)) }</div> }
}

/// What the tour says of the page, while it is on.
#[component]
fn Guide(props: &RailProps) -> Html {
    let tour = use_selector(|state| state.ui.tour && state.has_estate());
    html! { <div>if tour { { part!(<Lazy place={Place::Tour(props.page)} />) } }</div> }
}

/// That a better plan is looked for than the one on screen, and a way to be content with it.
#[component]
fn Improving() -> Html {
    let services = use_services();
    let improving = use_selector(|state| state.planning && state.outcome.is_some() && !state.outcome_is_stale);
    let on_stop = Callback::from(move |_event: MouseEvent| services.stop_planning());
    html! {
        <span class="improving">
            if improving {
                <span class="improving-text">{ "Looking for a better plan…" }</span>
                <button type="button" class="btn btn-quiet btn-s" title="Keep the plan on screen" onclick={on_stop}>{ "Stop" }</button>
            }
        </span>
    }
}

/// Properties of [`ProjectName`].
#[derive(PartialEq, Properties)]
struct ProjectNameProps {
    name: String,
}

/// The project's name, edited in place.
#[component]
fn ProjectName(props: &ProjectNameProps) -> Html {
    let store = use_services().store().clone();
    let on_change = Callback::from(move |event: Event| {
        let name = event.target_unchecked_into::<web_sys::HtmlInputElement>().value().trim().to_owned();
        store.dispatch(Action::Edit(Edit::Rename(name), Capture::Record));
    });
    html! {
        <input class="project-name" aria-label="Project name" placeholder="Untitled project" maxlength="80"
            value={props.name.clone()} onchange={on_change} />
    }
}

/// Properties of [`Saved`].
#[derive(PartialEq, Properties)]
struct SavedProps {
    on_click: Callback<MouseEvent>,
}

/// Whether all edits are stored; opens the list of what is.
#[component]
fn Saved(props: &SavedProps) -> Html {
    let save = use_selector(|state| state.save.clone());
    let has_estate = use_selector(AppState::has_estate);
    let keeping = use_selector(|state| state.keeping);
    let (class, text, title) = match save {
        SaveState::Unavailable(reason) => ("pill pill-warn", "Not stored", reason),
        _ if keeping == Keeping::Follows => {
            ("pill", "Follows", "Another tab stores this project; this one shows what is done there".to_owned())
        }
        SaveState::Saving => ("pill", "Saving…", "Stored in this browser in a moment".to_owned()),
        SaveState::Saved if has_estate => {
            ("pill", "Saved", "Stored in this browser only; it never leaves it".to_owned())
        }
        SaveState::Saved => return html! { <span role="status"></span> },
    };
    html! {
        <span role="status">
            <button type="button" {class} {title} aria-haspopup="dialog" onclick={props.on_click.clone()}><i class="dot" aria-hidden="true"></i>{ text }</button>
        </span>
    }
}

/// That another tab writes this project, and a way to write it here.
#[component]
fn Following() -> Html {
    let services = use_services();
    let follows = use_selector(|state| state.keeping == Keeping::Follows);
    let on_take = Callback::from(move |_event: MouseEvent| services.take_over());
    html! {
        <div class="following" role="status">
            if follows {
                <div class="following-bar">
                    { part!(<Icon name={IconName::Lock} />) }
                    <span class="grow">{ "This project is open in another tab, which stores it. Here it can be read, and shows what is done there." }</span>
                    <button type="button" class="btn btn-s" onclick={on_take}>{ "Take over" }</button>
                </div>
            }
        </div>
    }
}

/// Light, dark, or as the system has it; a click goes to the next.
#[component]
fn ThemeButton() -> Html {
    let store = use_services().store().clone();
    let theme = use_selector(|state| state.ui.theme);
    let (next, icon, title) = match theme {
        Theme::System => (Theme::Light, IconName::ThemeSystem, "Theme: as the system has it. Change to light"),
        Theme::Light => (Theme::Dark, IconName::ThemeLight, "Theme: light. Change to dark"),
        Theme::Dark => (Theme::System, IconName::ThemeDark, "Theme: dark. Change to the system's"),
    };
    let onclick = Callback::from(move |_event: MouseEvent| store.dispatch(Action::Ui(UiAction::Theme(next))));
    html! { <button type="button" class="icon-btn" {title} aria-label={title} {onclick}>{ part!(<Icon name={icon} />) }</button> }
}

/// Opens files by the browser's dialog.
#[component]
fn OpenButton() -> Html {
    let services = use_services();
    let input = use_node_ref();
    let on_click = {
        let input = input.clone();
        Callback::from(move |_event: MouseEvent| {
            if let Some(input) = input.cast::<web_sys::HtmlInputElement>() {
                input.click();
            }
        })
    };
    let on_change = Callback::from(move |event: Event| {
        let input: web_sys::HtmlInputElement = event.target_unchecked_into();
        services.open_files(super::shared::files_of(&input));
        input.set_value("");
    });
    html! {
        <>
            <button type="button" class="btn btn-quiet" onclick={on_click}>{ "Open…" }</button>
            <input ref={input} id={FILE_INPUT} type="file" multiple=true class="visually-hidden" tabindex="-1" aria-hidden="true"
                accept=".xlsx,.csv,.zip,.json" onchange={on_change} />
        </>
    }
}

/// Long work in progress, with its cancel button.
#[component]
fn Job() -> Html {
    let services = use_services();
    let job = use_selector(|state| state.job.clone());
    let on_cancel = Callback::from(move |()| services.cancel_job());
    let view = job.map(|job| {
        let title = match job.kind {
            JobKind::Import => "Reading the inventory",
            JobKind::Open => "Opening the project",
            JobKind::Save => "Writing the project",
            JobKind::Export => "Writing the file",
            JobKind::RuleCosts => "Planning without each rule in turn",
            JobKind::Prices => "Reading prices",
        };
        part!(<ProgressCard {title} phase={job.phase} done={job.done} total={job.total} {on_cancel} />)
    });
    html! { <div class="job-layer">{ for view }</div> }
}

/// The question that waits for an answer.
#[component]
fn Questions() -> Html {
    let store = use_services().store().clone();
    let confirm = use_selector(|state| state.ui.confirm);
    let answer = move |yes: bool| {
        let store = store.clone();
        Callback::from(move |()| {
            store.dispatch(Action::Ui(UiAction::Confirm(None)));
            if yes {
                store.dispatch(Action::Edit(Edit::Clear, Capture::Record));
                store.dispatch(Action::Ui(UiAction::Go(Page::Estate, None)));
            }
        })
    };
    html! {
        <div class="dialog-layer">
            if confirm == Some(Confirm::NewProject) {
                { part!(<ConfirmDialog title="Begin a new project?" confirm="Begin anew" on_confirm={answer(true)} on_cancel={answer(false)}>
                    <p>{ "The estate and all that you entered leave the screen. You can undo it, and a project file that you saved stays as it is." }</p>
                </ConfirmDialog>) }
            }
            if confirm == Some(Confirm::Files) { { part!(<Lazy place={Place::Further(Further::MoreFiles)} />) } }
        </div>
    }
}

/// Messages.
#[component]
fn Messages() -> Html {
    let store = use_services().store().clone();
    let toasts = use_selector(|state| state.ui.toasts.clone());
    let undo = store.clone();
    let on_undo = Callback::from(move |id| {
        undo.dispatch(Action::Undo);
        undo.dispatch(Action::Ui(UiAction::Dismiss(id)));
    });
    let on_dismiss = Callback::from(move |id| store.dispatch(Action::Ui(UiAction::Dismiss(id))));
    part!(<Toasts {toasts} {on_undo} {on_dismiss} />)
}
