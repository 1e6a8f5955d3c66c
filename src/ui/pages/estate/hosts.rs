//! The table of hosts.

use std::cmp::Ordering;
use std::rc::Rc;

use yew::prelude::*;

use super::listing::{Listed, Listing};
use crate::engine::model::{Estate, Host};
use crate::store::{Work, format};
use crate::ui::part::part;

/// Properties of [`Hosts`].
#[derive(PartialEq, Properties)]
pub struct HostsProps {
    /// The project.
    pub project: Work,
}

const COLUMNS: [(&str, bool, u32); 7] = [
    ("Name", false, 220),
    ("Cluster", false, 180),
    ("Cores", true, 80),
    ("Clock", true, 100),
    ("Memory", true, 110),
    ("Hardware", false, 240),
    ("ESXi", false, 220),
];

/// The table of hosts; nothing where there are none.
#[component]
pub fn Hosts(props: &HostsProps) -> Html {
    let of = use_memo(props.project.clone(), |project| OfHosts(Rc::clone(&project.estate)));
    part!(<Listing of={of as Rc<dyn Listed>} title="Hosts" words={("host", "hosts")} columns={&COLUMNS[..]} />)
}

/// The hosts of an estate.
struct OfHosts(Rc<Estate>);

impl OfHosts {
    fn cluster(&self, host: &Host) -> Option<&str> {
        self.0.cluster(host.cluster).map(|cluster| cluster.name.as_str())
    }
}

impl Listed for OfHosts {
    fn count(&self) -> usize {
        self.0.hosts.len()
    }

    fn name(&self, at: usize) -> &str {
        &self.0.hosts[at].name
    }

    fn id(&self, at: usize) -> String {
        self.0.hosts[at].id.to_string()
    }

    fn text(&self, at: usize, column: usize) -> String {
        let host = &self.0.hosts[at];
        let or_dash = |text: Option<&str>| text.unwrap_or("–").to_owned();
        match column {
            1 => or_dash(self.cluster(host)),
            2 => format::count(u64::from(host.cores)),
            3 => format!("{} GHz", format::decimal(host.speed.ghz(), 2)),
            4 => format::size(host.memory),
            5 => or_dash(host.hardware.as_deref()),
            _ => or_dash(host.esx_version.as_deref()),
        }
    }

    fn compare(&self, a: usize, b: usize, column: usize) -> Ordering {
        let (a, b) = (&self.0.hosts[a], &self.0.hosts[b]);
        match column {
            1 => self.cluster(a).cmp(&self.cluster(b)),
            2 => a.cores.cmp(&b.cores),
            3 => a.speed.cmp(&b.speed),
            4 => a.memory.cmp(&b.memory),
            5 => a.hardware.cmp(&b.hardware),
            _ => a.esx_version.cmp(&b.esx_version),
        }
    }
}
