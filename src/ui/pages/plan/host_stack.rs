//! What the hosts of a cluster hold, side by side, and how much of the chosen one each of its machines takes.

use std::rc::Rc;

use yew::prelude::*;

use super::hosts::At;
use crate::chart::picture;
use crate::engine::outcome::Outcome;
use crate::engine::placement::{ClusterPlan, Resource};
use crate::engine::sizing::host_failures;
use crate::store::host_stack::{host_stack, rack, racked};
use crate::store::{Shared, Work, format, words};
use crate::ui::charts::Chart;
use crate::ui::part::part;
use crate::ui::shared::{Help, Segmented};

/// Hosts that are drawn at most: more are too narrow to be told apart.
const MOST: usize = 160;

const HELP: &str = "A column for each host that is kept, and in it a block for each machine, the largest below; machines that are too small to be seen are one block. Hatched is what must stay free so that as many hosts may fail as the policy says: as much as the largest of them give, on hosts without machines first.";

/// Properties of [`HostStack`].
#[derive(Clone, PartialEq, Properties)]
pub struct HostStackProps {
    /// The result on screen.
    pub outcome: Shared<Outcome>,
    /// The project it was made from.
    pub project: Work,
    /// The cluster.
    pub at: At,
    /// The chosen host of it.
    pub host: Option<usize>,
}

/// The rack of the cluster, and of the chosen host a bar of each resource, stacked by machines.
#[component]
pub fn HostStack(props: &HostStackProps) -> Html {
    let shown = use_state(|| None::<Resource>);
    let (place, index) = props.at;
    let cluster = props.outcome.plan.places.get(place).and_then(|place| place.clusters.get(index));
    let resources = cluster.map(racked).unwrap_or_default();
    // What decides is what to look at first.
    let resource =
        shown.or_else(|| cluster?.limiting).filter(|of| resources.contains(of)).or_else(|| resources.first().copied());
    let charts = use_memo((props.clone(), resource), |(props, resource)| draw(props, (*resource)?));
    let Some((racks, failures)) = charts.as_ref() else { return html! { <div></div> } };
    let on_select = {
        let (shown, resources) = (shown.setter(), resources.clone());
        Callback::from(move |choice: usize| shown.set(resources.get(choice).copied()))
    };
    let selected = resources.iter().position(|of| Some(*of) == resource).unwrap_or_default();
    let options: Vec<&'static str> = resources.iter().map(|of| words::resource(*of)).collect();
    let count = cluster.map_or(0, |cluster| cluster.hosts.iter().filter(|host| !host.retired).count());
    html! {
        <div class="stack">
            <div class="toolbar">
                { part!(<Segmented label="Shown of the hosts" {options} {selected} {on_select} />) }
                <p class="muted">
                    if *failures > 0 { { format!("Hatched: kept free for {}", format::counted(u64::from(*failures), "host that may fail", "hosts that may fail")) } }
                    { part!(<Help label="What the columns show" text={HELP} />) }
                    if count > MOST { { " " }{ format!("first {MOST} drawn") } }
                </p>
            </div>
            { for racks.iter().map(|of| part!(<Chart of={Rc::clone(of)} />)) }
        </div>
    }
}

type Charts = (Vec<Rc<dyn picture::Chart>>, u32);

/// The rack, and the bars of the chosen host where there is one with machines; with the failures that are survived.
fn draw(props: &HostStackProps, resource: Resource) -> Option<Charts> {
    let HostStackProps { outcome, project, at: (place, index), host } = props;
    let place = outcome.plan.places.get(*place)?;
    let cluster: &ClusterPlan = place.clusters.get(*index)?;
    let (estate, scenario) = (&project.estate, project.scenario());
    let failures = host_failures(scenario.footprint(place.footprint)?, estate, &scenario.policy);
    let rack = rack((estate, scenario), cluster, resource, failures, (MOST, *host));
    let mut charts: Vec<Rc<dyn picture::Chart>> = vec![Rc::new(rack)];
    if let Some(host) = host.and_then(|host| cluster.hosts.get(host)).filter(|host| !host.machines.is_empty()) {
        charts.push(Rc::new(host_stack(estate, scenario, host)));
    }
    Some((charts, failures))
}
