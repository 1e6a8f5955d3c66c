//! What all fields share: label, help and error around a control, and the text box with a draft of its own.

use std::rc::Rc;

use yew::prelude::*;

use super::use_id;
use crate::chart::scale::plain;

/// The frame of a field: label above, help or error below. The control takes `id` and [`described_by`].
pub(super) fn frame(
    id: &AttrValue,
    label: &AttrValue,
    help: Option<&AttrValue>,
    error: Option<&AttrValue>,
    control: Html,
) -> Html {
    html! {
        <div class="field">
            <label class="field-label" for={id.clone()}>{ label }</label>
            <div class="field-control">{ control }</div>
            <div class="field-notes" id={format!("{id}-notes")}>
                if let Some(error) = error { <p class="field-error" role="alert">{ error }</p> }
                if let Some(help) = help { <p class="field-hint">{ help }</p> }
            </div>
        </div>
    }
}

/// The id of what stands below the control, where anything does.
pub(super) fn described_by(id: &AttrValue, help: Option<&AttrValue>, error: Option<&AttrValue>) -> Option<String> {
    (help.is_some() || error.is_some()).then(|| format!("{id}-notes"))
}

/// What a screen reader says of a number that can be stepped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spin {
    pub min: f64,
    pub max: f64,
    pub now: f64,
}

/// Properties of [`DraftField`].
#[derive(PartialEq, Properties)]
pub(super) struct DraftFieldProps {
    pub label: AttrValue,
    /// The text of the present value.
    pub text: AttrValue,
    /// Takes the text as typed, or says what is wrong with it.
    pub commit: Callback<String, Result<(), AttrValue>>,
    /// Takes the text as typed and the number of steps to go from there.
    #[prop_or_default]
    pub step: Option<Callback<(String, f64)>>,
    #[prop_or_default]
    pub spin: Option<Spin>,
    #[prop_or(AttrValue::Static("text"))]
    pub input_mode: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    #[prop_or_default]
    pub unit: AttrValue,
    #[prop_or_default]
    pub placeholder: AttrValue,
    #[prop_or_default]
    pub help: Option<AttrValue>,
    #[prop_or_default]
    pub max_length: Option<u32>,
    #[prop_or_default]
    pub disabled: bool,
    /// Only the text box, for a frame that others draw; `label` becomes its name.
    #[prop_or_default]
    pub bare: bool,
}

/// What is typed and not yet taken.
#[derive(Clone)]
struct Draft {
    /// The value that it is to replace.
    of: AttrValue,
    text: String,
    /// Why it was not taken.
    error: Option<AttrValue>,
}

/// A text box whose text is its own until it is committed by Enter or by leaving it. Escape goes back to the present value. What cannot be taken stays, with
/// the reason below, and the present value stays as it is.
#[component]
pub(super) fn DraftField(props: &DraftFieldProps) -> Html {
    let id = use_id();
    // Keys may come before what the last one did is drawn, so handlers read what is, and not what was drawn.
    let draft = use_mut_ref(|| None::<Draft>);
    let update = use_force_update();
    let put = {
        let draft = Rc::clone(&draft);
        Rc::new(move |next: Option<Draft>| {
            draft.replace(next);
            update.force_update();
        })
    };
    let commit = {
        let (draft, put, commit, of) = (Rc::clone(&draft), Rc::clone(&put), props.commit.clone(), props.text.clone());
        Callback::from(move |text: String| {
            if draft.borrow().is_some() {
                let refused = commit.emit(text.clone()).err();
                put(refused.map(|reason| Draft { of: of.clone(), text, error: Some(reason) }));
            }
        })
    };
    let oninput = {
        let (put, of) = (Rc::clone(&put), props.text.clone());
        Callback::from(move |event: InputEvent| {
            put(Some(Draft { of: of.clone(), text: input_of(&event).value(), error: None }));
        })
    };
    let onchange = commit.reform(|event: Event| input_of(&event).value());
    let onkeydown = {
        let (draft, step) = (Rc::clone(&draft), props.step.clone());
        Callback::from(move |event: KeyboardEvent| match (event.key().as_str(), &step) {
            ("Enter", _) => commit.emit(input_of(&event).value()),
            ("Escape", _) if draft.borrow().is_some() => {
                put(None);
                // Only the text goes back: a dialog around the field stays open.
                event.prevent_default();
                event.stop_propagation();
            }
            (key, Some(step)) => {
                if let Some(steps) = steps_of(key, event.shift_key()) {
                    event.prevent_default();
                    let text = input_of(&event).value();
                    put(None);
                    step.emit((text, steps));
                }
            }
            _ => {}
        })
    };
    // A value that changes elsewhere, by undo for example, wins over what is half typed.
    draft.borrow_mut().take_if(|draft| draft.of != props.text);
    let (draft, error) = draft.borrow().clone().map_or((None, None), |draft| (Some(draft.text), draft.error));
    let value = draft.map_or_else(|| props.text.clone(), AttrValue::from);
    let (help, problem) = (props.help.as_ref(), error.as_ref());
    let number = |of: fn(&Spin) -> f64| props.spin.as_ref().map(|spin| plain(of(spin)));
    let control = html! {
        <div class={classes!("input", props.class.clone())}>
            <input id={id.clone()} type="text" inputmode={props.input_mode.clone()} autocomplete="off" spellcheck="false"
                role={props.spin.map(|_| "spinbutton")} aria-valuenow={number(|spin| spin.now)} aria-valuemin={number(|spin| spin.min)}
                aria-valuemax={number(|spin| spin.max)} aria-label={props.bare.then(|| props.label.clone())}
                aria-invalid={problem.map(|_| "true")} aria-describedby={described_by(&id, help, problem)}
                maxlength={props.max_length.map(|most| most.to_string())} placeholder={props.placeholder.clone()} disabled={props.disabled}
                {value} {oninput} {onchange} {onkeydown} />
            if !props.unit.is_empty() { <span class="input-unit">{ &props.unit }</span> }
        </div>
    };
    if props.bare {
        return html! {
            <div class="field-bare">
                { control }
                <div class="field-notes" id={format!("{id}-notes")}>
                    if let Some(problem) = problem { <p class="field-error" role="alert">{ problem }</p> }
                </div>
            </div>
        };
    }
    frame(&id, &props.label, help, problem, control)
}

/// The steps that a key asks for.
fn steps_of(key: &str, shift: bool) -> Option<f64> {
    match key {
        "ArrowUp" => Some(if shift { 10.0 } else { 1.0 }),
        "ArrowDown" => Some(if shift { -10.0 } else { -1.0 }),
        "PageUp" => Some(10.0),
        "PageDown" => Some(-10.0),
        _ => None,
    }
}

/// The text box that an event comes from.
pub(super) fn input_of<E: TargetCast>(event: &E) -> web_sys::HtmlInputElement {
    event.target_unchecked_into()
}
