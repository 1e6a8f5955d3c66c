//! Every host of the plan as bars of what it uses; the tallest bar binds. Which host is full, what runs on it, and what if it failed?

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::PlanProps;
use super::failure::{self, Failed, Play, use_failure};
use super::host_stack::HostStack;
use crate::engine::model::{Machine, MachineId, Scenario};
use crate::engine::order::in_order;
use crate::engine::outcome::Outcome;
use crate::engine::placement::{ClusterPlan, HostPlan, Plan, Resource};
use crate::store::select::in_order_of_names;
use crate::store::{Action, Shared, UiAction, format, words};
use crate::ui::charts::{HostBars, HostRack, legend};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::Card;

/// A cluster: position of its place in the plan, and its own in the place.
pub type At = (usize, usize);

/// The resources that are drawn.
const DRAWN: [Resource; 3] = [Resource::Cpu, Resource::Memory, Resource::Storage];
/// Hosts of one cluster that are drawn; the words count them all.
const MOST_HOSTS: usize = 160;
/// Hosts that are drawn in one task: an estate of ten thousand machines has hundreds, and drawing all at once stops the page.
const AT_ONCE: usize = 40;

/// The racks of every place that is used.
#[component]
pub fn Hosts(props: &PlanProps) -> Html {
    let selected = use_state(|| None::<(usize, usize, usize)>);
    let (plan, scenario) = (&props.outcome.plan, props.project.scenario());
    let (failed, play) = use_failure(props);
    let drawn = use_drawn(&props.outcome);
    // The rack of the chosen host is open; before one is chosen, the first.
    let first = drawn.1.then(|| first_rack(plan)).flatten();
    let opened = selected.map(|(place, cluster, _)| (place, cluster)).or(first);
    let mut drawn = drawn.0.iter();
    let racks = plan.places.iter().enumerate().flat_map(|(place, found)| {
        let many = found.clusters.len() > 1;
        let (selected, failed) = (selected.clone(), failed.clone());
        let drawn: Vec<Vec<HostBars>> = drawn.by_ref().take(found.clusters.len()).cloned().collect();
        found.clusters.iter().zip(drawn).enumerate().map(move |(index, (cluster, hosts))| {
            let chosen = selected.filter(|&(a, b, _)| (a, b) == (place, index)).map(|(_, _, host)| host);
            let on_select = {
                let selected = selected.setter();
                Callback::from(move |host: usize| selected.set(Some((place, index, host))))
            };
            let hosts = match &failed {
                Some(failed) if failed.at == (place, index) => failure::after(hosts, failed),
                _ => hosts,
            };
            let name = words::place_name(scenario, plan, place as u32);
            let name = if many { format!("{name}, cluster {}", index + 1) } else { name };
            html! {
                <div class="rack" key={format!("{place}-{index}")}>
                    <div>
                        <h3>{ &name }</h3>
                        <p class="muted">{ about(cluster, scenario.hosts_in_one(plan.places[place].footprint)) }</p>
                    </div>
                    if !hosts.is_empty() { { part!(<HostRack label={name} {hosts} selected={chosen} {on_select} />) } }
                    if opened == Some((place, index)) {
                        <div class="rack-open">{ part!(<HostStack outcome={props.outcome.clone()} project={props.project.clone()} at={(place, index)} host={chosen} />) }</div>
                    }
                </div>
            }
        })
    });
    let racks: Vec<Html> = racks.collect();
    let chosen = selected.and_then(|(place, cluster, host)| {
        plan.places.get(place)?.clusters.get(cluster)?.hosts.get(host).map(|found| ((place, cluster), host, found))
    });
    part!(<Card title="Hosts" note="a bar each for CPU, memory and the share of storage; dashed hosts are free for failures">
            if racks.is_empty() {
                <p class="muted">{ "This plan uses no hosts: everything runs as instances." }</p>
            } else {
                { legend(["CPU", "Memory", "Storage of the cluster"].map(str::to_owned).into_iter().enumerate().collect()) }
                <div class="racks">{ racks }</div>
                { for props.outcome.storage_choices.iter().map(|choice| html! { <p class="muted">{ words::storage_choice(scenario, choice, props.outcome.ledger.horizon_months) }</p> }) }
                { failure::view(failed.as_ref(), props) }
                if let Some((at, number, host)) = chosen {
                    { part!(<HostMachines machines={machines_of(host, props)} title={title(number, host)} used={used(host)} retired={host.retired}
                        {at} {number} {failed} {play} />) }
                } else {
                    <p class="muted">{ "Choose a host to see what runs on it, and what happened if it failed." }</p>
                }
            }
        </Card>)
}

/// The first cluster that has hosts.
fn first_rack(plan: &Plan) -> Option<At> {
    plan.places.iter().enumerate().find_map(|(place, found)| {
        let is_up = |cluster: &ClusterPlan| cluster.hosts.iter().any(|host| !host.retired);
        found.clusters.iter().position(is_up).map(|cluster| (place, cluster))
    })
}

/// What is drawn of a plan, some more with each task; what stood there before stays until its turn comes.
#[derive(Default)]
struct Drawn {
    outcome: Option<Shared<Outcome>>,
    /// How many hosts are as they are in the plan.
    done: usize,
    /// Whether all hosts of a plan were ever drawn.
    is_whole: bool,
    /// Of each cluster, in the order of the plan.
    racks: Vec<Vec<HostBars>>,
}

/// The hosts of each cluster as they are drawn now, and whether all were there once, so that there is time for more.
#[hook]
fn use_drawn(outcome: &Shared<Outcome>) -> (Vec<Vec<HostBars>>, bool) {
    let drawn = use_mut_ref(Drawn::default);
    let update = use_force_update();
    let mut now = drawn.borrow_mut();
    if now.outcome.as_ref() != Some(outcome) {
        (now.outcome, now.done) = (Some(outcome.clone()), 0);
    }
    now.done += AT_ONCE;
    let (done, mut total) = (now.done, 0);
    let before = std::mem::take(&mut now.racks);
    for (rack, cluster) in outcome.plan.places.iter().flat_map(|place| &place.clusters).enumerate() {
        let mut hosts = Vec::new();
        // Of a cluster that is given up the words say it all.
        let given_up = cluster.hosts.iter().all(|host| host.retired);
        let most = if given_up { 0 } else { MOST_HOSTS };
        for (number, host) in cluster.hosts.iter().take(most).enumerate() {
            total += 1;
            if total <= done {
                hosts.push(bars(number, host, cluster));
            } else if let Some(before) = before.get(rack).and_then(|rack| rack.get(number)) {
                hosts.push(before.clone());
            }
        }
        now.racks.push(hosts);
    }
    use_effect_with((outcome.clone(), done.min(total)), move |_| {
        let timer = (done < total).then(|| Timeout::new(0, move || update.force_update()));
        move || drop(timer)
    });
    now.is_whole |= done >= total;
    (now.racks.clone(), now.is_whole)
}

/// `9 hosts, 2 free · memory decides · 1 host more than pooled`. Of a stretched cluster, where a host stands for two, one of each pair is drawn.
fn about(cluster: &ClusterPlan, in_one: u64) -> String {
    let kept = cluster.hosts.iter().filter(|host| !host.retired).count() as u64;
    let free = cluster.hosts.iter().filter(|host| !host.retired && host.machines.is_empty()).count() as u64;
    let retired = cluster.hosts.iter().filter(|host| host.retired).count() as u64;
    if kept == 0 {
        return format!("{} retired", format::counted(retired, "host", "hosts"));
    }
    let mut parts = vec![format::counted(kept * in_one, "host", "hosts")];
    if in_one > 1 {
        parts.push("half of them at each of two sites, drawn are those of one".to_owned());
    }
    if free > 0 {
        parts.push(format!("{} free", format::count(free)));
    }
    if retired > 0 {
        parts.push(format!("{} retired", format::count(retired)));
    }
    parts.push(
        cluster
            .limiting
            .map_or_else(|| "the smallest number allowed".to_owned(), |of| format!("{} decides", words::resource(of))),
    );
    if cluster.fragmentation_hosts > 0 {
        let more = format::counted(u64::from(cluster.fragmentation_hosts), "host", "hosts");
        parts.push(format!("{more} more than if capacity were one pool"));
    }
    if cluster.hosts.len() > MOST_HOSTS {
        parts.push(format!("first {MOST_HOSTS} drawn"));
    }
    parts.join(" · ")
}

fn title(number: usize, host: &HostPlan) -> String {
    let state = if host.retired {
        ", retired"
    } else if host.machines.is_empty() {
        ", free for failures"
    } else {
        ""
    };
    format!("Host {}{state}", number + 1)
}

fn share(used: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| used as f64 / of as f64)
}

fn bars(number: usize, host: &HostPlan, cluster: &ClusterPlan) -> HostBars {
    let storage = Resource::Storage as usize;
    let bars = DRAWN.map(|of| {
        let index = of as usize;
        if index == storage && host.capacity[storage] == 0 {
            // Storage is the cluster's: the same bar on every host that is kept.
            return if host.retired { None } else { share(cluster.used[storage], cluster.usable[storage]) };
        }
        share(host.used[index], host.capacity[index])
    });
    HostBars {
        title: format!("{}: {}", title(number, host), used(host)),
        bars,
        spare: !host.retired && host.machines.is_empty(),
        retired: host.retired,
        mark: None,
    }
}

/// `86 % memory, 40 % CPU, 23 machines`.
fn used(host: &HostPlan) -> String {
    let mut parts: Vec<String> = DRAWN
        .iter()
        .filter(|&&of| host.capacity[of as usize] > 0)
        .map(|&of| {
            let (used, capacity) = (host.used[of as usize] as f64, host.capacity[of as usize] as f64);
            format!("{} {}", format::percent(used, capacity), words::resource(of))
        })
        .collect();
    parts.push(format::counted(host.machines.len() as u64, "machine", "machines"));
    parts.join(", ")
}

fn machines_of(host: &HostPlan, props: &PlanProps) -> Vec<(MachineId, String, String)> {
    let scenario = props.project.scenario();
    let machines: Vec<&Machine> = host.machines.iter().filter_map(|&id| props.project.estate.machine(id)).collect();
    let by_name: Vec<&Machine> =
        in_order_of_names(machines.len(), &|at| &machines[at].name).into_iter().map(|at| machines[at]).collect();
    in_order(&by_name, |a, b| b.memory.cmp(&a.memory))
        .into_iter()
        .map(|machine| (machine.id, machine.name.clone(), size(machine, scenario)))
        .collect()
}

fn size(machine: &Machine, scenario: &Scenario) -> String {
    let edit = scenario.edits.get(&machine.id).cloned().unwrap_or_default();
    format!("{} vCPU · {}", edit.vcpus.unwrap_or(machine.vcpus), format::size(edit.memory.unwrap_or(machine.memory)))
}

/// Properties of [`HostMachines`].
#[derive(PartialEq, Properties)]
struct HostMachinesProps {
    machines: Vec<(MachineId, String, String)>,
    title: String,
    used: String,
    retired: bool,
    at: At,
    number: usize,
    failed: Option<Failed>,
    play: Play,
}

/// The machines of the host that was clicked, and the button that lets it fail.
#[component]
fn HostMachines(props: &HostMachinesProps) -> Html {
    let stale = use_selector(|state| state.outcome_is_stale);
    let number = props.number as u32;
    let here = props.failed.as_ref().filter(|failed| failed.at == props.at);
    let (label, wanted) = match here {
        Some(failed) if failed.hosts.contains(&number) => ("End simulation", None),
        Some(failed) => {
            let mut hosts = failed.hosts.clone();
            hosts.push(number);
            hosts.sort_unstable();
            ("Fail this one too", Some((props.at, hosts)))
        }
        None => ("Simulate failure", Some((props.at, vec![number]))),
    };
    let onclick = props.play.reform(move |_event: MouseEvent| wanted.clone());
    html! {
        <section class="host-machines" aria-label={props.title.clone()}>
            <div class="toolbar">
                <h3 class="grow">{ &props.title }<span class="muted">{ format!(" {}", props.used) }</span></h3>
                if !props.retired { <button type="button" class="btn btn-s" disabled={stale} {onclick}>{ label }</button> }
            </div>
            <ul>{ for props.machines.iter().map(|(id, name, size)| {
                html! { <li key={id.to_string()}>{ part!(<MachineLink id={*id} name={name.clone()} />) }<span class="muted num">{ size }</span></li> }
            }) }</ul>
        </section>
    }
}

/// A machine by its name, which shows its reasons.
pub fn machine_link(props: &PlanProps, id: MachineId) -> Html {
    let name = props.project.estate.machine(id).map_or_else(|| "–".to_owned(), |machine| machine.name.clone());
    part!(<MachineLink {id} {name} />)
}

/// Properties of [`MachineLink`].
#[derive(PartialEq, Properties)]
struct MachineLinkProps {
    id: MachineId,
    name: String,
}

/// The link; it can be dragged to another place.
#[component]
fn MachineLink(props: &MachineLinkProps) -> Html {
    let store = use_services().store().clone();
    let id = props.id;
    let onclick = Callback::from(move |_event: MouseEvent| store.dispatch(Action::Ui(UiAction::Machine(Some(id)))));
    html! { <button type="button" class="link-btn" translate="no" draggable="true" data-machine={id.to_string()} {onclick}>{ &props.name }</button> }
}
