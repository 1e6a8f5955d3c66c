//! What a host holds: how much of it each of its machines takes.

use std::rc::Rc;

use yew::prelude::*;

use crate::chart::picture;
use crate::store::AppState;
use crate::store::host_stack::host_stack;
use crate::ui::charts::Chart;
use crate::ui::hooks::use_selector;
use crate::ui::part::part;

/// Properties of [`HostStack`].
#[derive(PartialEq, Properties)]
pub struct HostStackProps {
    /// The numbers of its place in the plan, of its cluster there, and its own.
    pub at: [usize; 3],
}

/// A bar of each resource, stacked by machines.
#[component]
pub fn HostStack(props: &HostStackProps) -> Html {
    let outcome = use_selector(|state| state.outcome.clone());
    let project = use_selector(AppState::work);
    let chart = use_memo((outcome, project, props.at), |(outcome, project, [place, cluster, host])| {
        let place = outcome.as_ref()?.plan.places.get(*place)?;
        let host = place.clusters.get(*cluster)?.hosts.get(*host)?;
        let chart: Rc<dyn picture::Chart> = Rc::new(host_stack(&project.estate, project.scenario(), host));
        Some(chart)
    });
    html! { <>{ for chart.as_ref().clone().map(|of| part!(<Chart {of} />)) }</> }
}
