//! The columns of clusters: what runs there against what is there.

use std::borrow::Cow;
use std::rc::Rc;

use super::{Column, Kind, Listed, order_of, share};
use crate::engine::totals::{Totals, totals_by_cluster};
use crate::store::Work;

static COLUMNS: [Column; 11] = [
    Column::new("Cluster", &["name", "cluster"], Kind::Text, 130).searched(),
    Column::new("Machines", &["machines", "machine"], Kind::Count, 80).summed("machines"),
    Column::new("vCPU", &["vcpu", "vcpus", "cpu"], Kind::Count, 64).summed("vCPU"),
    Column::new("Memory", &["memory", "ram"], Kind::Size, 84).summed("memory"),
    Column::new("Hosts", &["hosts", "host"], Kind::Count, 64).summed("hosts"),
    Column::new("Cores", &["cores", "core"], Kind::Count, 64),
    Column::new("Memory configured", &["configured"], Kind::Share, 140),
    Column::new("Memory of the hosts", &["installed"], Kind::Size, 150).hidden(),
    Column::new("Storage in use", &["storage"], Kind::Size, 120).hidden(),
    Column::new("Datacenter", &["datacenter"], Kind::Text, 140).hidden().searched(),
    Column::new("vCenter", &["vcenter"], Kind::Text, 180).hidden().searched(),
];

/// The clusters of an estate, with sums over what is planned.
#[derive(Clone, Debug)]
pub struct OfClusters {
    work: Work,
    sums: Vec<Totals>,
}

impl OfClusters {
    /// The column of the share of memory that is configured.
    pub const CONFIGURED: usize = 6;
    /// The column of machines, the most of which come first at first.
    pub const MACHINES: usize = 1;

    /// The clusters of a project.
    pub fn new(work: Work) -> Self {
        let scenario = work.scenario();
        let sums = totals_by_cluster(&work.estate, scenario.policy.scope, &scenario.edits);
        Self { work, sums }
    }
}

impl Listed for OfClusters {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn count(&self) -> usize {
        self.work.estate.clusters.len()
    }

    fn id(&self, at: usize) -> u64 {
        self.work.estate.clusters[at].id.0
    }

    fn text(&self, at: usize, column: usize) -> Option<Cow<'_, str>> {
        let cluster = &self.work.estate.clusters[at];
        let text = match column {
            0 => Some(&*cluster.name),
            9 => cluster.datacenter.as_deref(),
            _ => cluster.vcenter.as_deref(),
        };
        text.map(Cow::Borrowed)
    }

    fn number(&self, at: usize, column: usize) -> Option<u64> {
        let sums = self.sums.get(at)?;
        match column {
            Self::MACHINES => Some(sums.planned),
            2 => Some(sums.vcpus),
            3 => Some(sums.memory.0),
            4 => Some(sums.hosts),
            5 => Some(sums.cores),
            Self::CONFIGURED => share(sums.memory, sums.host_memory),
            7 => Some(sums.host_memory.0),
            _ => Some(sums.in_use.0),
        }
    }

    fn by_name(&self) -> Rc<Vec<u32>> {
        order_of(self.count(), &|at| &self.work.estate.clusters[at].name)
    }
}
