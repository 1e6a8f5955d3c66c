//! Where may what is dragged be dropped, and what would that change? A tray of places, there while something is dragged.
//!
//! The same is done without dragging by the field “Run it in” beside the reasons, and for several machines by “Run them in…” above the list.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::move_to::validity;
use crate::engine::model::{FootprintId, MachineId, Money};
use crate::engine::outcome::Outcome;
use crate::store::moves::{self, Difference};
use crate::store::{Action, Capture, Shared, Work, format};
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::web::dom;

/// The machine that an event of a drag begins with: whatever carries its id can be dragged.
pub fn dragged(event: &DragEvent) -> Option<MachineId> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let carrier = target.closest("[data-machine]").ok()??;
    if let Some(data) = event.data_transfer() {
        // Some browsers drag nothing that carries no data.
        data.set_effect_allowed("move");
        drop(data.set_data("text/plain", &carrier.text_content().unwrap_or_default()));
    }
    carrier.get_attribute("data-machine")?.parse().ok()
}

/// Properties of [`Tray`].
#[derive(PartialEq, Properties)]
pub struct TrayProps {
    /// What is dragged.
    pub machines: Rc<Vec<MachineId>>,
    /// The result on screen.
    pub outcome: Shared<Outcome>,
    /// The project it was made from.
    pub project: Work,
    /// It was dropped.
    pub on_drop: Callback<()>,
}

/// The places.
#[component]
pub fn Tray(props: &TrayProps) -> Html {
    let footprints = props.project.scenario().footprints.iter().filter(|footprint| footprint.enabled);
    let places = footprints.map(|footprint| (Some(footprint.id), footprint.name.clone()));
    let places = std::iter::once((None, "Where it is cheapest".to_owned())).chain(places);
    let count = props.machines.len() as u64;
    html! {
        <div class="tray" aria-hidden="true">
            <p>{ format!("Drop {} on a place to run {} there", format::counted(count, "machine", "machines"), if count == 1 { "it" } else { "them" }) }</p>
            <div class="tray-places">
                { for places.map(|(to, name)| part!(key = to.map_or_else(String::new, |id| id.0.to_string()), <Target {to} {name} machines={Rc::clone(&props.machines)} outcome={props.outcome.clone()}
                    project={props.project.clone()} on_drop={props.on_drop.clone()} />)) }
            </div>
        </div>
    }
}

/// Properties of [`Target`].
#[derive(PartialEq, Properties)]
struct TargetProps {
    to: Option<FootprintId>,
    name: String,
    machines: Rc<Vec<MachineId>>,
    outcome: Shared<Outcome>,
    project: Work,
    on_drop: Callback<()>,
}

/// A place: says what it would change while something is held over it.
#[component]
fn Target(props: &TargetProps) -> Html {
    let services = use_services();
    let over = use_state(|| false);
    let found = use_state(|| None::<Difference>);
    let edit = moves::edit(props.project.scenario(), &props.machines, props.to);
    let ondragenter = {
        let (services, over, found, edit) = (services.clone(), over.setter(), found.clone(), edit.clone());
        let (outcome, project, machines) = (props.outcome.clone(), props.project.clone(), Rc::clone(&props.machines));
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
            let Some(edit) = edit.clone().filter(|_| found.is_none()) else { return };
            let (services, found, outcome) = (services.clone(), found.setter(), outcome.clone());
            let (after, machines) = (moves::after(project.scenario(), edit), Rc::clone(&machines));
            let project = project.clone();
            dom::spawn(async move {
                if let Some(then) = services.preview(after).await {
                    found.set(Some(moves::difference(&outcome, &then, &machines, project.scenario())));
                }
            });
        })
    };
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    let ondragleave = {
        let over = over.setter();
        Callback::from(move |_event: DragEvent| over.set(false))
    };
    let ondrop = {
        let (store, edit, on_drop) = (services.store().clone(), edit.clone(), props.on_drop.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            on_drop.emit(());
            if let Some(edit) = edit.clone() {
                store.dispatch(Action::Edit(edit, Capture::Record));
            }
        })
    };
    let (tone, text) = match (&edit, &*found) {
        (None, _) => ("muted", "as it is".to_owned()),
        (Some(_), Some(found)) => told(&props.project, found),
        (Some(_), None) => ("muted", if *over { "finding out…" } else { "hold over it to see" }.to_owned()),
    };
    html! {
        <div class={classes!("tray-place", over.then_some("tray-over"))} {ondragenter} {ondragover} {ondragleave} {ondrop}>
            <strong>{ &props.name }</strong>
            <span class={tone}>{ text }</span>
        </div>
    }
}

/// The difference in money and validity, in a few words.
fn told(project: &Work, found: &Difference) -> (&'static str, String) {
    let (is_valid, validity) = validity(project, found);
    let sign = if found.monthly > Money::ZERO { "+" } else { "" };
    let money = format::money(found.monthly, project.scenario().assumptions.currency);
    let word = if is_valid { "valid".to_owned() } else { validity };
    (if is_valid { "move-valid" } else { "move-invalid" }, format!("{sign}{money} a month, {word}"))
}
