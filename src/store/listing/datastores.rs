//! The columns of datastores: how full is each, how much more is promised than there is, and who sees it?

use std::borrow::Cow;
use std::rc::Rc;

use super::{Column, Kind, Listed, order_of, share};
use crate::engine::model::Estate;

static COLUMNS: [Column; 10] = [
    Column::new("Name", &["name", "datastore"], Kind::Text, 220).searched(),
    Column::new("Type", &["type"], Kind::Text, 80).searched(),
    Column::new("Capacity", &["capacity", "size"], Kind::Size, 110).summed("capacity"),
    Column::new("In use", &["use"], Kind::Size, 110).summed("in use"),
    Column::new("Used", &["used"], Kind::Share, 80),
    Column::new("Promised", &["promised", "provisioned"], Kind::Size, 110).wide().summed("promised"),
    Column::new("Hosts", &["hosts", "host"], Kind::Count, 80).wide(),
    Column::new("Clusters", &["cluster", "clusters"], Kind::Text, 200).wide().searched(),
    Column::new("Free", &["free"], Kind::Size, 110).hidden(),
    Column::new("Promised of capacity", &["overcommit"], Kind::Share, 160).hidden(),
];

/// The datastores of an estate.
#[derive(Clone, Debug)]
pub struct OfDatastores(pub Rc<Estate>);

impl Listed for OfDatastores {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn count(&self) -> usize {
        self.0.datastores.len()
    }

    fn id(&self, at: usize) -> u64 {
        self.0.datastores[at].id.0
    }

    fn text(&self, at: usize, column: usize) -> Option<Cow<'_, str>> {
        let datastore = &self.0.datastores[at];
        match column {
            0 => Some(Cow::Borrowed(&datastore.name)),
            1 => Some(Cow::Borrowed(&*datastore.kind)).filter(|kind| !kind.is_empty()),
            _ => {
                let names = datastore.clusters.iter().filter_map(|&id| self.0.cluster(id));
                let names: Vec<&str> = names.map(|cluster| cluster.name.as_str()).collect();
                (!names.is_empty()).then(|| Cow::Owned(names.join(", ")))
            }
        }
    }

    fn number(&self, at: usize, column: usize) -> Option<u64> {
        let datastore = &self.0.datastores[at];
        match column {
            2 => Some(datastore.capacity.0),
            3 => Some(datastore.in_use.0),
            4 => share(datastore.in_use, datastore.capacity),
            5 => Some(datastore.provisioned.0),
            6 => Some(u64::from(datastore.host_count)),
            8 => Some(datastore.capacity.0.saturating_sub(datastore.in_use.0)),
            _ => share(datastore.provisioned, datastore.capacity),
        }
    }

    fn by_name(&self) -> Rc<Vec<u32>> {
        order_of(self.count(), &|at| &self.0.datastores[at].name)
    }
}
