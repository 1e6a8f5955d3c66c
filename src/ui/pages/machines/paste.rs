//! What would these rows of a spreadsheet change? Shown before anything is changed.

use yew::prelude::*;

use crate::store::paste::{Pasted, read};
use crate::store::{Action, Capture, Edit, Work, format};
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::ui::shared::{Dialog, use_id};

/// Changes and problems that are listed; the others are counted.
const MOST_LISTED: usize = 100;
/// What rows look like.
const SHAPE: &str = "The first row names the columns: Name, and any of Cluster, vCPU, Memory, Storage (both in GiB), IOPS, Application, Tags, Criticality, Storage class and Planned. Copy gives such rows. Empty cells leave things as they are; “-” takes a machine out of its application, and takes tags, criticality and storage class away.";

/// Properties of [`PasteDialog`].
#[derive(PartialEq, Properties)]
pub struct PasteDialogProps {
    /// The project.
    pub project: Work,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// Takes rows, and applies all that can be taken in one step.
#[component]
pub fn PasteDialog(props: &PasteDialogProps) -> Html {
    let store = use_services().store().clone();
    let id = use_id();
    let text = use_state(String::new);
    let pasted = use_memo(((*text).clone(), props.project.clone()), |(text, project)| {
        read(text, &project.estate, project.scenario())
    });
    let oninput = {
        let text = text.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<web_sys::HtmlTextAreaElement>() {
                text.set(area.value());
            }
        })
    };
    let on_apply = {
        let (edits, on_close) = (pasted.edits.clone(), props.on_close.clone());
        Callback::from(move |_event: MouseEvent| {
            on_close.emit(());
            store.dispatch(Action::Edit(Edit::Machines(edits.clone()), Capture::Record));
        })
    };
    let count = format::counted(pasted.edits.len() as u64, "machine", "machines");
    let actions = html! {
        <>
            <button type="button" class="btn" onclick={props.on_close.reform(|_event: MouseEvent| ())}>{ "Cancel" }</button>
            <button type="button" class="btn btn-primary" disabled={pasted.edits.is_empty()} onclick={on_apply}>{ format!("Change {count}") }</button>
        </>
    };
    part!(<Dialog title="Paste rows from a spreadsheet" on_close={props.on_close.clone()} {actions} wide={true}>
        <div class="field">
            <label class="field-label" for={id.clone()}>{ "Rows, with the names of their columns" }</label>
            <textarea id={id.clone()} class="paste" rows="7" spellcheck="false" wrap="off" aria-describedby={format!("{id}-help")} value={(*text).clone()} {oninput} />
            <p class="muted" id={format!("{id}-help")}>{ SHAPE }</p>
        </div>
        <p role="status">{ summary(&text, &pasted) }</p>
        { problems(&pasted) }
        { changes(&pasted) }
    </Dialog>)
}

/// What the rows come to, in a sentence.
fn summary(text: &str, pasted: &Pasted) -> String {
    if text.trim().is_empty() {
        return "Nothing is pasted yet.".to_owned();
    }
    let mut parts = vec![format!("{} to change", format::counted(pasted.edits.len() as u64, "machine", "machines"))];
    if pasted.unchanged > 0 {
        parts.push(format!("{} as they are already", format::count(pasted.unchanged)));
    }
    if !pasted.problems.is_empty() {
        parts.push(format!("{} that cannot be taken", format::counted(pasted.problems.len() as u64, "row", "rows")));
    }
    let mut text = parts.join(", ");
    if !pasted.ignored.is_empty() {
        text.push_str(&format!(". Not taken: {}", pasted.ignored.join(", ")));
    }
    text
}

/// The rows that cannot be taken.
fn problems(pasted: &Pasted) -> Html {
    html! {
        <ul class="paste-problems">
            { for pasted.problems.iter().take(MOST_LISTED).enumerate().map(|(index, problem)| html! { <li key={index}>{ problem }</li> }) }
            { more(pasted.problems.len()) }
        </ul>
    }
}

fn more(count: usize) -> Html {
    let rest = count.saturating_sub(MOST_LISTED) as u64;
    if rest == 0 {
        return html! {};
    }
    html! { <li key="more" class="muted">{ format!("and {} more", format::count(rest)) }</li> }
}

/// What changes, cell by cell.
fn changes(pasted: &Pasted) -> Html {
    if pasted.changes.is_empty() {
        return html! { <div></div> };
    }
    let rest = pasted.changes.len().saturating_sub(MOST_LISTED) as u64;
    html! {
        <div>
            <div class="scroll-x paste-changes" tabindex="0" role="region" aria-label="What changes">
                <table class="grid">
                    <thead><tr><th scope="col">{ "Machine" }</th><th scope="col">{ "What" }</th><th scope="col">{ "Now" }</th><th scope="col">{ "Then" }</th></tr></thead>
                    <tbody>{ for pasted.changes.iter().take(MOST_LISTED).enumerate().map(|(index, change)| html! {
                        <tr key={index}>
                            <th scope="row">{ &change.machine }</th><td>{ change.what }</td><td class="muted">{ &change.before }</td><td>{ &change.after }</td>
                        </tr>
                    }) }</tbody>
                </table>
            </div>
            if rest > 0 { <p class="muted">{ format!("and {} changes more", format::count(rest)) }</p> }
        </div>
    }
}
