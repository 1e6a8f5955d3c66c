//! What if this host failed: where do its machines go, what is left of the reserve, which would not start and why?

use std::rc::Rc;

use yew::prelude::*;

use super::PlanProps;
use super::hosts::{At, machine_link};
use crate::engine::placement::{Loss, Resource};
use crate::store::{Shared, loss, words};
use crate::ui::charts::{HostBars, HostMark};
use crate::ui::hooks::use_services;
use crate::web::dom;

/// Machines without a new host that are listed; the others are counted.
const MOST_STRANDED: usize = 50;

/// Hosts that fail in the picture.
#[derive(Clone, PartialEq)]
pub struct Failed {
    /// The result whose hosts they are.
    pub outcome: Shared<crate::engine::outcome::Outcome>,
    /// Their cluster.
    pub at: At,
    /// Their positions in the cluster.
    pub hosts: Vec<u32>,
    /// What it means, once it is known.
    pub loss: Option<Rc<Loss>>,
}

/// Plays the failure of hosts of a cluster through, or ends it.
pub type Play = Callback<Option<(At, Vec<u32>)>>;

/// The failure that is played through, if any, and what plays another one or ends it.
#[hook]
pub fn use_failure(props: &PlanProps) -> (Option<Failed>, Play) {
    let services = use_services();
    let failed = use_state(|| None::<Failed>);
    let turns = use_mut_ref(|| 0_u32);
    // A failure of a plan that is gone means nothing any more.
    let now = failed.as_ref().filter(|failed| failed.outcome == props.outcome).cloned();
    let (outcome, failed) = (props.outcome.clone(), failed.setter());
    let play = Callback::from(move |wanted: Option<(At, Vec<u32>)>| {
        *turns.borrow_mut() += 1;
        let turn = *turns.borrow();
        let begun = wanted.map(|(at, hosts)| Failed { outcome: outcome.clone(), at, hosts, loss: None });
        failed.set(begun.clone());
        let Some(begun) = begun else { return };
        let (services, failed, turns) = (services.clone(), failed.clone(), turns.clone());
        dom::spawn(async move {
            let (place, cluster) = begun.at;
            let found = services.play_loss((place as u32, cluster as u32), begun.hosts.clone()).await;
            // Something else may be played by now.
            if *turns.borrow() == turn {
                failed.set(found.map(|loss| Failed { loss: Some(Rc::from(loss)), ..begun }));
            }
        });
    });
    (now, play)
}

/// The hosts of the cluster as they are after the loss.
pub fn after(mut hosts: Vec<HostBars>, failed: &Failed) -> Vec<HostBars> {
    let Some(loss) = &failed.loss else { return hosts };
    for (number, bars) in hosts.iter_mut().enumerate() {
        let number = number as u32;
        if failed.hosts.contains(&number) {
            (bars.bars, bars.mark) = ([None; 3], Some(HostMark::Lost));
            bars.title = format!("Host {}: failed", number + 1);
        } else if let Some((_, capacity, used)) = loss.left.iter().find(|(host, ..)| *host == number) {
            let more = loss.restarts.iter().filter(|(host, _)| *host == number).count() as u64;
            if more > 0 {
                let share = |of: Resource| match capacity[of as usize] {
                    0 => None,
                    all => Some(used[of as usize] as f64 / all as f64),
                };
                (bars.bars[0], bars.bars[1]) = (share(Resource::Cpu), share(Resource::Memory));
                (bars.spare, bars.mark) = (false, Some(HostMark::Gains));
                let more = crate::store::format::counted(more, "machine", "machines");
                bars.title = format!("Host {}: {more} more, {}", number + 1, filled(capacity, used));
            }
        }
    }
    hosts
}

/// `86 % memory, 40 % CPU`.
fn filled(capacity: &[u64; 5], used: &[u64; 5]) -> String {
    let told = [Resource::Memory, Resource::Cpu].map(|of| {
        let share = crate::store::format::percent(used[of as usize] as f64, capacity[of as usize] as f64);
        format!("{share} {}", if of == Resource::Cpu { "CPU" } else { "memory" })
    });
    told.join(", ")
}

/// What the failure means, in words and lists.
pub fn view(failed: Option<&Failed>, props: &PlanProps) -> Html {
    let Some(failed) = failed else { return html! { <div role="status"></div> } };
    let name = words::place_name(props.project.scenario(), &props.outcome.plan, failed.at.0 as u32);
    let Some(loss) = &failed.loss else {
        return html! { <div role="status"><p class="muted">{ "Playing the failure through…" }</p></div> };
    };
    let (is_safe, sentence) = loss::sentence(loss, &failed.hosts);
    html! {
        <div class="loss">
            <div role="status">
                <p class={if is_safe { "move-valid" } else { "move-invalid" }}><strong>{ format!("{name}: {sentence}") }</strong></p>
                <p class="muted">{ loss::reserve(loss) }{ " Storage belongs to the cluster and stays." }</p>
            </div>
            <div>{ stranded(loss, props) }</div>
            <ul class="loss-hosts">
                { for loss::restarts(loss).into_iter().map(|(host, machines)| {
                    let left = loss.left.iter().find(|(number, ..)| *number == host);
                    let filled = left.map(|(_, capacity, used)| filled(capacity, used)).unwrap_or_default();
                    let count = crate::store::format::counted(machines.len() as u64, "machine", "machines");
                    html! {
                        <li key={host}><details>
                            <summary class="opens">{ format!("Host {}", host + 1) }<span class="muted">{ format!("{count} more, {filled} then") }</span></summary>
                            <ul class="loss-machines">{ for machines.into_iter().map(|id| html! { <li key={id.to_string()}>{ machine_link(props, id) }</li> }) }</ul>
                        </details></li>
                    }
                }) }
            </ul>
        </div>
    }
}

/// The machines that do not start again, with what they miss.
fn stranded(loss: &Loss, props: &PlanProps) -> Html {
    if loss.stranded.is_empty() {
        return html! {};
    }
    let more = loss.stranded.len().saturating_sub(MOST_STRANDED) as u64;
    html! {
        <>
            <h4>{ "Do not start again" }</h4>
            <ul class="unplaced">
                { for loss.stranded.iter().take(MOST_STRANDED).map(|&(id, why)| html! {
                    <li key={id.to_string()}>{ machine_link(props, id) }<span class="muted">{ loss::why(why, &props.project.scenario().policy) }</span></li>
                }) }
            </ul>
            if more > 0 { <p class="muted">{ format!("and {} more", crate::store::format::count(more)) }</p> }
        </>
    }
}
