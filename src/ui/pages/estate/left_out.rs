//! Which machines are not planned, and the switches that plan them.

use yew::prelude::*;

use crate::engine::model::{Policy, Scope, SetAside};
use crate::engine::totals::Totals;
use crate::store::{Action, AppState, Capture, Edit, format, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Help, Switch};

/// Properties of [`LeftOut`].
#[derive(PartialEq, Properties)]
pub struct LeftOutProps {
    /// Sums over the estate.
    pub sums: Totals,
}

/// One switch for each reason to leave machines out.
#[component]
pub fn LeftOut(props: &LeftOutProps) -> Html {
    let store = use_services().store().clone();
    let project = use_selector(AppState::work);
    let counts = use_memo(project.clone(), |project| {
        let mut counts = [0_u64; SetAside::ALL.len()];
        for reason in project.estate.machines.iter().filter_map(crate::engine::model::Machine::set_aside) {
            counts[SetAside::ALL.iter().position(|&other| other == reason).unwrap_or_default()] += 1;
        }
        counts
    });
    let scope = project.scenario().policy.scope;
    let rows = SetAside::ALL.into_iter().zip(*counts).map(|(reason, count)| {
        let store = store.clone();
        let on_change = Callback::from(move |on: bool| {
            let policy = &store.state().scenario().policy.clone();
            let policy = Policy { scope: switched(policy.scope, reason, on), ..policy.clone() };
            store.dispatch(Action::Edit(Edit::Policy(policy), Capture::Record));
        });
        html! {
            <li key={words::set_aside(reason)}>
                { part!(<Switch label={words::set_aside(reason)} checked={scope.includes(Some(reason))} disabled={count == 0} {on_change} />) }
                { part!(<Help text={words::set_aside_help(reason)} />) }
                <span class="grow"></span>
                <span class="num">{ format::count(count) }</span>
            </li>
        }
    });
    html! {
        <>
            <ul class="switches">{ for rows }</ul>
            <p class="muted">{ format!("{} of {} machines are planned", format::count(props.sums.planned), format::count(props.sums.machines)) }</p>
        </>
    }
}

fn switched(mut scope: Scope, reason: SetAside, on: bool) -> Scope {
    match reason {
        SetAside::Template => scope.templates = on,
        SetAside::SrmPlaceholder => scope.srm_placeholders = on,
        SetAside::Vcls => scope.vcls = on,
        SetAside::Orphaned => scope.orphaned = on,
        SetAside::PoweredOff => scope.powered_off = on,
    }
    scope
}
