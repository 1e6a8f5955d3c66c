//! The clusters, with what runs there against what is there.

use yew::prelude::*;

use crate::engine::model::Cluster;
use crate::engine::order::in_order;
use crate::engine::totals::{Totals, totals_by_cluster};
use crate::store::{Work, format};
use crate::ui::part::part;
use crate::ui::shared::Meter;

/// Properties of [`Clusters`].
#[derive(PartialEq, Properties)]
pub struct ClustersProps {
    /// The project.
    pub project: Work,
}

/// A table of clusters, the largest first.
#[component]
pub fn Clusters(props: &ClustersProps) -> Html {
    let rows = use_memo(props.project.clone(), |project| {
        let scenario = project.scenario();
        let sums = totals_by_cluster(&project.estate, scenario.policy.scope, &scenario.edits);
        let rows: Vec<(Cluster, Totals)> = project.estate.clusters.iter().cloned().zip(sums).collect();
        in_order(&rows, |(a, sums_a), (b, sums_b)| {
            sums_b.planned.cmp(&sums_a.planned).then_with(|| a.name.cmp(&b.name)).then(a.id.cmp(&b.id))
        })
    });
    html! {
        <div class="clusters scroll-x scroll-y-md" tabindex="0" role="region" aria-label="Clusters">
            <table class="grid">
                <thead><tr>
                    <th scope="col">{ "Cluster" }</th><th scope="col" class="num">{ "Machines" }</th>
                    <th scope="col" class="num">{ "vCPU" }</th><th scope="col" class="num">{ "Memory" }</th>
                    <th scope="col" class="num">{ "Hosts" }</th><th scope="col" class="num">{ "Cores" }</th>
                    <th scope="col">{ "Memory configured" }</th>
                </tr></thead>
                <tbody>{ for rows.iter().map(|(cluster, sums)| row(cluster, sums)) }</tbody>
            </table>
        </div>
    }
}

fn row(cluster: &Cluster, sums: &Totals) -> Html {
    let known = sums.host_memory.0 > 0;
    let share = if known { sums.memory.0 as f64 / sums.host_memory.0 as f64 } else { 0.0 };
    let share_text = format::percent(sums.memory.0 as f64, sums.host_memory.0 as f64);
    html! {
        <tr key={cluster.id.to_string()}>
            <th scope="row">
                { &cluster.name }
                if let Some(datacenter) = &cluster.datacenter { <span class="muted sub">{ datacenter }</span> }
            </th>
            <td class="num">{ format::count(sums.planned) }</td>
            <td class="num">{ format::count(sums.vcpus) }</td>
            <td class="num">{ format::size(sums.memory) }</td>
            <td class="num">{ format::count(sums.hosts) }</td>
            <td class="num">{ format::count(sums.cores) }</td>
            <td>
                if known {
                    <span class="with-meter">{ part!(<Meter value={share} label={format!("Memory configured: {share_text} of the hosts' memory")} />) }<span class="num">{ share_text }</span></span>
                } else {
                    <span class="muted">{ "hosts not in the files" }</span>
                }
            </td>
        </tr>
    }
}
