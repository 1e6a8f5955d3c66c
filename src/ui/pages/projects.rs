//! What do I have here? The projects that are kept in this browser, and what can be done with them.

use std::rc::Rc;

use js_sys::{Date, Object, Reflect};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::store::commands::Command;
use crate::store::{Action, SaveState, UiAction, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Dialog, Icon, IconName};
use crate::web::services::Services;
use crate::web::storage::{Generation, Kept};
use crate::web::{dom, language};

/// What is listed: kept projects, and those that were deleted since this was opened, in their places.
#[derive(Clone, PartialEq)]
struct Row {
    kept: Kept,
    is_deleted: bool,
}

/// What can be done with a kept project.
#[derive(Clone, PartialEq)]
enum Deed {
    Open,
    Rename(String),
    Copy(Generation),
    Delete,
    BringBack,
}

/// The sheet.
#[component]
pub fn Projects() -> Html {
    let services = use_services();
    let rows = use_state(|| None::<Rc<Vec<Row>>>);
    let error = use_state(String::new);
    let turn = use_state(|| 0_u32);
    let save = use_selector(|state| state.save.clone());
    let name = use_selector(|state| state.project.name.clone());
    let locale = language::locale(use_selector(|state| state.ui.language));
    {
        let (services, rows, error) = (services.clone(), rows.clone(), error.setter());
        // Again when the project on screen is stored, which changes what is listed.
        use_effect_with((*turn, save == SaveState::Saved), move |_| {
            dom::spawn(async move {
                match services.kept().await {
                    Ok(kept) => rows.set(Some(Rc::new(with_deleted(kept, rows.as_deref())))),
                    Err(message) => {
                        error.set(message);
                        rows.set(Some(Rc::default()));
                    }
                }
            });
        });
    }
    let close = {
        let store = services.store().clone();
        Callback::from(move |()| store.dispatch(Action::Ui(UiAction::Sheet(None))))
    };
    let act = {
        let (services, close, error) = (services.clone(), close.clone(), error.setter());
        let (rows, turn) = (rows.clone(), turn.clone());
        Callback::from(move |(kept, deed): (Kept, Deed)| {
            let (services, close, error) = (services.clone(), close.clone(), error.clone());
            let (rows, turn) = (rows.clone(), turn.clone());
            dom::spawn(async move {
                let marks = matches!(deed, Deed::Delete | Deed::BringBack);
                let (opens, is_deleted) = (deed == Deed::Open, deed == Deed::Delete);
                match carry_out(&services, &kept, deed).await {
                    Ok(()) if opens => return close.emit(()),
                    Ok(()) => error.set(String::new()),
                    Err(message) => return error.set(message),
                }
                if marks {
                    let mut next = rows.as_deref().cloned().unwrap_or_default();
                    next.iter_mut().filter(|row| row.kept.id == kept.id).for_each(|row| row.is_deleted = is_deleted);
                    rows.set(Some(Rc::new(next)));
                } else {
                    turn.set(*turn + 1);
                }
            });
        })
    };
    let command = |command: Command| {
        let (services, close) = (services.clone(), close.clone());
        Callback::from(move |_event: MouseEvent| {
            close.emit(());
            services.run(command);
        })
    };
    let open = services.project_id();
    let is_kept = rows.as_ref().is_some_and(|rows| !rows.is_empty());
    let actions = html! {
        <>
            <button type="button" class="btn" onclick={command(Command::Open)}>{ "Open files…" }</button>
            <button type="button" class="btn btn-primary" onclick={command(Command::New)}>{ "New project" }</button>
        </>
    };
    html! {
        <>
            { part!(<Dialog title="Projects" wide=true on_close={close.clone()} {actions}>
                <div class="projects-note">
                    if let SaveState::Unavailable(reason) = &save {
                        <div class="callout callout-warn">
                            { part!(<Icon name={IconName::Warning} />) }
                            <p>{ format!("{}.", reason.trim_end_matches('.')) }</p>
                            <button type="button" class="btn" onclick={command(Command::Save)}>{ "Save file" }</button>
                        </div>
                    } else {
                        <p class="muted">{ "Kept in this browser only, and stored as you work. Clearing the data of this site deletes them: save a file of what must last." }</p>
                    }
                </div>
                <p role="alert" class="projects-error">{ if error.is_empty() || matches!(save, SaveState::Unavailable(_)) { "" } else { error.as_str() } }</p>
                <ul class="projects" aria-label="Projects">
                    { for rows.iter().flat_map(|rows| rows.iter()).map(|row| view(row, row.kept.id == open, &name, &locale, &act)) }
                </ul>
                <div>
                    if !is_kept && rows.is_some() && save == SaveState::Saved { <p class="muted">{ "No project is kept yet. The first is stored as soon as there is an estate." }</p> }
                </div>
            </Dialog>) }
        </>
    }
}

/// The list with what was deleted since it was opened, in its place.
fn with_deleted(kept: Vec<Kept>, before: Option<&Vec<Row>>) -> Vec<Row> {
    let mut rows: Vec<Row> = kept.into_iter().map(|kept| Row { kept, is_deleted: false }).collect();
    for (index, gone) in before.into_iter().flatten().enumerate().filter(|(_, row)| row.is_deleted) {
        rows.insert(index.min(rows.len()), gone.clone());
    }
    rows
}

async fn carry_out(services: &Services, kept: &Kept, deed: Deed) -> Result<(), String> {
    let id = &kept.id;
    match deed {
        Deed::Open => services.open_kept(id.clone()).await,
        Deed::Rename(name) if services.project_id() == *id => {
            let edit = crate::store::Edit::Rename(name);
            services.store().dispatch(Action::Edit(edit, crate::store::Capture::Record));
            Ok(())
        }
        Deed::Rename(name) => services.rename_kept(id, name).await,
        Deed::Copy(Generation::Last) => {
            services.copy_kept(id, Generation::Last, [&named(&kept.name), ", copy"].concat()).await
        }
        Deed::Copy(Generation::Before) => {
            services.copy_kept(id, Generation::Before, [&named(&kept.name), ", earlier"].concat()).await
        }
        Deed::Delete => services.delete_kept(id).await,
        Deed::BringBack => services.bring_back(id).await,
    }
}

fn named(name: &str) -> String {
    if name.is_empty() { "Untitled project".to_owned() } else { name.to_owned() }
}

fn view(row: &Row, is_open: bool, name: &str, locale: &str, act: &Callback<(Kept, Deed)>) -> Html {
    let when = |time: f64| when(time, locale);
    let kept = &row.kept;
    let name = if is_open { name } else { &kept.name };
    let title = named(name);
    let does = |deed: Deed| {
        let kept = kept.clone();
        act.reform(move |_event: MouseEvent| (kept.clone(), deed.clone()))
    };
    if row.is_deleted {
        return html! {
            <li key={kept.id.clone()} class="project">
                <p class="project-about"><span>{ format!("“{title}” is deleted") }</span></p>
                <button type="button" class="btn btn-s" aria-label={format!("Bring back {title}")} onclick={does(Deed::BringBack)}>{ "Undo" }</button>
            </li>
        };
    }
    let on_name = {
        let kept = kept.clone();
        act.reform(move |name: String| (kept.clone(), Deed::Rename(name)))
    };
    let button = |label: &'static str, icon: IconName, deed: Deed| {
        let what = format!("{label} {title}");
        html! { <button type="button" class="icon-btn" title={label} aria-label={what} onclick={does(deed)}>{ part!(<Icon name={icon} />) }</button> }
    };
    let machines = format::counted(kept.machines as u64, "machine", "machines");
    let earlier = kept.before.map(|before| {
        html! {
            <button type="button" class="link-btn" aria-label={format!("Copy {title} as it was {}", when(before))} onclick={does(Deed::Copy(Generation::Before))}>
                { format!("Copy as it was {}", when(before)) }
            </button>
        }
    });
    html! {
        <li key={kept.id.clone()} class="project" aria-current={is_open.then_some("true")}>
            <div class="project-about">
                { part!(<Name label={format!("Name of {title}")} name={name.to_owned()} {on_name} />) }
                <p class="muted"><span>{ format!("{machines} · stored {}", when(kept.changed)) }</span>{ for earlier }</p>
            </div>
            if is_open {
                <span class="tag">{ "On screen" }</span>
            } else {
                <button type="button" class="btn btn-s" aria-label={format!("Open {title}")} onclick={does(Deed::Open)}>{ "Open" }</button>
            }
            { button("Duplicate", IconName::Copy, Deed::Copy(Generation::Last)) }
            { button("Delete", IconName::Trash, Deed::Delete) }
        </li>
    }
}

/// Properties of [`Name`].
#[derive(PartialEq, Properties)]
struct NameProps {
    label: AttrValue,
    name: AttrValue,
    on_name: Callback<String>,
}

/// The name of a project, to be typed over.
#[component]
fn Name(props: &NameProps) -> Html {
    let node = use_node_ref();
    // When the name changes, and not as an attribute: the list is drawn again whenever the project is stored, and would take back what is half typed.
    use_effect_with((node.clone(), props.name.clone()), |(node, name)| {
        if let Some(input) = node.cast::<HtmlInputElement>() {
            input.set_value(name);
        }
    });
    let onchange = props.on_name.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        input.set_value(input.value().trim());
        input.value()
    });
    let onkeydown = {
        let before = props.name.clone();
        Callback::from(move |event: KeyboardEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            // Escape takes back what is half typed before it closes the dialog.
            if event.key() == "Escape" && input.value() != before.as_str() {
                event.prevent_default();
                event.stop_propagation();
                input.set_value(&before);
            }
        })
    };
    html! { <input ref={node} class="project-name" aria-label={props.label.clone()} placeholder="Untitled project" maxlength="80" {onchange} {onkeydown} /> }
}

/// `today, 14:02`, or the day and the time, as the language of the page has it.
fn when(time: f64, locale: &str) -> String {
    let date = Date::new(&time.into());
    let is_today = date.to_date_string() == Date::new_0().to_date_string();
    let options = Object::new();
    let style = |key: &str, value: &str| {
        // On a new object this cannot fail.
        let _is_set = Reflect::set(&options, &key.into(), &value.into());
    };
    style("timeStyle", "short");
    if !is_today {
        style("dateStyle", "medium");
    }
    let text = String::from(date.to_locale_string(locale, &options));
    if is_today { ["today, ", &text].concat() } else { text }
}
