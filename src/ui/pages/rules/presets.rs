//! The published rules of other tools, to count as they do: what would change is shown before it does.

use yew::prelude::*;

use crate::engine::model::Policy;
use crate::engine::sizing::{Preset, presets};
use crate::store::policy_words::{Difference, differences};
use crate::store::{Action, Capture, Edit};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, Dialog, Help, Tag};

/// What to go back to.
fn own() -> Preset {
    Preset {
        id: "groundwork",
        name: "Groundwork, as it begins",
        source: "docs/method.md of the project",
        differs: "",
        policy: Policy::default(),
    }
}

/// The rules to choose from, each with what it would change.
#[component]
pub fn Presets() -> Html {
    let store = use_services().store().clone();
    let policy = use_selector(|state| state.scenario().policy.clone());
    let chosen = use_state(|| None::<usize>);
    let all = use_memo((), |()| std::iter::once(own()).chain(presets()).collect::<Vec<_>>());
    let choose = |choice: Option<usize>| {
        let chosen = chosen.setter();
        Callback::from(move |_event: MouseEvent| chosen.set(choice))
    };
    let close = {
        let chosen = chosen.setter();
        Callback::from(move |()| chosen.set(None))
    };
    let shown = chosen.and_then(|choice| all.get(choice)).cloned();
    let on_apply = {
        let close = close.clone();
        Callback::from(move |then: Policy| {
            close.emit(());
            store.dispatch(Action::Edit(Edit::Policy(then), Capture::Record));
        })
    };
    let help = part!(<Help label="Why count as another tool" text="Two tools size the same estate differently mostly because they count differently. With the rules of the other one the rest of the difference shows. Only rules that are published are here." />);
    part!(<Card title="Count as another tool does" note="see what would change before it does" actions={help}>
            <ul class="presets">
                { for all.iter().enumerate().map(|(index, preset)| row(preset, &policy, choose(Some(index)))) }
            </ul>
            <div class="dialog-layer">
                if let Some(preset) = shown { { part!(<PresetDialog {preset} {policy} {on_apply} on_close={close} />) } }
            </div>
        </Card>)
}

fn row(preset: &Preset, policy: &Policy, onclick: Callback<MouseEvent>) -> Html {
    let count = differences(policy, &preset.policy).len();
    let text = match count {
        0 => String::new(),
        1 => "1 setting differs".to_owned(),
        some => format!("{some} settings differ"),
    };
    html! {
        <li key={preset.id}>
            <span>{ preset.name }</span>
            if count == 0 { { part!(<Tag text="counted so now" tone="accent" />) } } else { <span class="muted">{ text }</span> }
            <button type="button" class="btn btn-s" aria-label={format!("Compare with {}", preset.name)} {onclick}>{ "Compare…" }</button>
        </li>
    }
}

/// Properties of [`PresetDialog`].
#[derive(PartialEq, Properties)]
struct PresetDialogProps {
    preset: Preset,
    policy: Policy,
    on_apply: Callback<Policy>,
    on_close: Callback<()>,
}

/// What a preset would change, where it comes from, and what of the tool is not reproduced.
#[component]
fn PresetDialog(props: &PresetDialogProps) -> Html {
    let preset = &props.preset;
    let changes = differences(&props.policy, &preset.policy);
    // Which machines are planned is the user's choice, and stays.
    let then = Policy { scope: props.policy.scope, ..preset.policy.clone() };
    let actions = html! {
        <>
            <button type="button" class="btn" onclick={props.on_close.reform(|_event: MouseEvent| ())}>{ "Cancel" }</button>
            <button type="button" class="btn btn-primary" disabled={changes.is_empty()} onclick={props.on_apply.reform(move |_event: MouseEvent| then.clone())}>{ "Count like this" }</button>
        </>
    };
    part!(<Dialog title={preset.name} on_close={props.on_close.clone()} {actions}>
            if changes.is_empty() { <p>{ "Everything is counted like this already" }</p> } else { { table(&changes) } }
            <p class="muted">{ preset.differs }</p>
            <p class="muted source">{ "Source: " }{ preset.source }</p>
            <p class="muted">{ "Footprints with settings of their own keep them. Undo brings back what is counted now." }</p>
        </Dialog>)
}

fn table(changes: &[Difference]) -> Html {
    html! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="What would change">
            <table class="grid">
                <thead><tr><th scope="col">{ "Setting" }</th><th scope="col" class="num">{ "Now" }</th><th scope="col" class="num">{ "Then" }</th></tr></thead>
                <tbody>{ for changes.iter().map(|change| html! {
                    <tr key={change.name}><th scope="row">{ change.name }</th><td class="num">{ &change.now }</td><td class="num">{ &change.then }</td></tr>
                }) }</tbody>
            </table>
        </div>
    }
}
