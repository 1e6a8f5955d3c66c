//! The table of datastores: how full is each, how much more is promised than there is, and who sees it?

use std::cmp::Ordering;
use std::rc::Rc;

use yew::prelude::*;

use super::listing::{Listed, Listing};
use crate::engine::model::{Datastore, Estate};
use crate::store::{Work, format};
use crate::ui::part::part;

/// Properties of [`Datastores`].
#[derive(PartialEq, Properties)]
pub struct DatastoresProps {
    /// The project.
    pub project: Work,
}

const COLUMNS: [(&str, bool, u32); 8] = [
    ("Name", false, 220),
    ("Type", false, 80),
    ("Capacity", true, 110),
    ("In use", true, 110),
    ("Used", true, 80),
    ("Promised", true, 110),
    ("Hosts", true, 80),
    ("Clusters", false, 240),
];

/// The table of datastores; nothing where there are none.
#[component]
pub fn Datastores(props: &DatastoresProps) -> Html {
    let of = use_memo(props.project.clone(), |project| OfDatastores(Rc::clone(&project.estate)));
    let words = ("datastore", "datastores");
    part!(<Listing of={of as Rc<dyn Listed>} title="Datastores" {words} columns={&COLUMNS[..]} />)
}

/// The datastores of an estate.
struct OfDatastores(Rc<Estate>);

impl OfDatastores {
    /// The clusters whose hosts see it.
    fn clusters(&self, datastore: &Datastore) -> String {
        let names = datastore.clusters.iter().filter_map(|&id| self.0.cluster(id));
        let names: Vec<&str> = names.map(|cluster| cluster.name.as_str()).collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    }
}

/// In use of what there is, as two products that compare without a division.
fn fuller(a: &Datastore, b: &Datastore) -> Ordering {
    let cross = |used: &Datastore, of: &Datastore| u128::from(used.in_use.0) * u128::from(of.capacity.0);
    cross(a, b).cmp(&cross(b, a))
}

impl Listed for OfDatastores {
    fn count(&self) -> usize {
        self.0.datastores.len()
    }

    fn name(&self, at: usize) -> &str {
        &self.0.datastores[at].name
    }

    fn id(&self, at: usize) -> String {
        self.0.datastores[at].id.to_string()
    }

    fn text(&self, at: usize, column: usize) -> String {
        let datastore = &self.0.datastores[at];
        match column {
            1 if datastore.kind.is_empty() => "–".to_owned(),
            1 => datastore.kind.clone(),
            2 => format::size(datastore.capacity),
            3 => format::size(datastore.in_use),
            4 if datastore.capacity.0 == 0 => "–".to_owned(),
            4 => format::percent(datastore.in_use.0 as f64, datastore.capacity.0 as f64),
            5 => format::size(datastore.provisioned),
            6 => format::count(u64::from(datastore.host_count)),
            _ => self.clusters(datastore),
        }
    }

    fn compare(&self, a: usize, b: usize, column: usize) -> Ordering {
        let (a, b) = (&self.0.datastores[a], &self.0.datastores[b]);
        match column {
            1 => a.kind.cmp(&b.kind),
            2 => a.capacity.cmp(&b.capacity),
            3 => a.in_use.cmp(&b.in_use),
            4 => fuller(a, b),
            5 => a.provisioned.cmp(&b.provisioned),
            6 => a.host_count.cmp(&b.host_count),
            _ => self.clusters(a).cmp(&self.clusters(b)),
        }
    }
}
