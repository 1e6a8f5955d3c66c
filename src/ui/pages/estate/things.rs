//! The tables of hosts, datastores and clusters, in which nothing is changed.

use std::rc::Rc;

use yew::prelude::*;

use super::listing::Listing;
use crate::store::Work;
use crate::store::listing::{self, Listed, OfClusters, OfDatastores, OfHosts, Sort};
use crate::ui::part::part;
use crate::ui::shared::Meter;

/// Properties of [`Hosts`], [`Datastores`] and [`Clusters`].
#[derive(PartialEq, Properties)]
pub struct ThingsProps {
    /// The project.
    pub project: Work,
}

/// The table of hosts; nothing where there are none.
#[component]
pub fn Hosts(props: &ThingsProps) -> Html {
    let of = use_memo(props.project.clone(), |project| OfHosts(Rc::clone(&project.estate)));
    part!(<Listing of={of as Rc<dyn Listed>} title="Hosts" words={("host", "hosts")} placeholder="esx, cluster: prod, cores >= 32" />)
}

/// The table of datastores; nothing where there are none.
#[component]
pub fn Datastores(props: &ThingsProps) -> Html {
    let of = use_memo(props.project.clone(), |project| OfDatastores(Rc::clone(&project.estate)));
    part!(<Listing of={of as Rc<dyn Listed>} title="Datastores" words={("datastore", "datastores")} placeholder="lun, type: nfs, used > 80 %" />)
}

/// The table of clusters, the largest first.
#[component]
pub fn Clusters(props: &ThingsProps) -> Html {
    let of = use_memo(props.project.clone(), |project| OfClusters::new(project.clone()));
    let cell = {
        let of = Rc::clone(&of);
        Callback::from(move |(at, column): (usize, usize)| {
            let text = listing::shown(&*of, at, column);
            let share = of.number(at, column).filter(|_| column == OfClusters::CONFIGURED);
            let Some(share) = share else { return html! { text } };
            let label = format!("Memory configured: {text} of the hosts' memory");
            html! { <span class="with-meter">{ part!(<Meter value={share as f64 / 1e6} {label} />) }<span class="num">{ text }</span></span> }
        })
    };
    let sort = Sort { column: OfClusters::MACHINES, descending: true };
    part!(<Listing of={of as Rc<dyn Listed>} title="Clusters" words={("cluster", "clusters")} placeholder="prod, configured > 80 %" {sort} cell={Some(cell)} />)
}
