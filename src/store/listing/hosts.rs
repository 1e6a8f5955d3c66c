//! The columns of hosts.

use std::borrow::Cow;
use std::rc::Rc;

use super::{Column, Kind, Listed, order_of};
use crate::engine::model::Estate;

static COLUMNS: [Column; 11] = [
    Column::new("Name", &["name", "host"], Kind::Text, 220).searched(),
    Column::new("Cluster", &["cluster"], Kind::Text, 180).searched(),
    Column::new("Cores", &["cores", "core"], Kind::Count, 80).summed("cores"),
    Column::new("Clock", &["clock", "speed"], Kind::Clock, 100),
    Column::new("Memory", &["memory", "ram"], Kind::Size, 110).summed("memory"),
    Column::new("Hardware", &["hardware", "model"], Kind::Text, 220).wide().searched(),
    Column::new("ESXi", &["esxi", "version"], Kind::Text, 160).wide().searched(),
    Column::new("Sockets", &["sockets", "socket"], Kind::Count, 80).hidden(),
    Column::new("Processor", &["processor", "cpu"], Kind::Text, 240).hidden().searched(),
    Column::new("CPU used when seen", &["used"], Kind::Share, 150).hidden(),
    Column::new("Memory used when seen", &["usage"], Kind::Share, 170).hidden(),
];

/// The hosts of an estate.
#[derive(Clone, Debug)]
pub struct OfHosts(pub Rc<Estate>);

impl Listed for OfHosts {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn count(&self) -> usize {
        self.0.hosts.len()
    }

    fn id(&self, at: usize) -> u64 {
        self.0.hosts[at].id.0
    }

    fn text(&self, at: usize, column: usize) -> Option<Cow<'_, str>> {
        let host = &self.0.hosts[at];
        let text = match column {
            0 => Some(&*host.name),
            1 => self.0.cluster(host.cluster).map(|cluster| &*cluster.name),
            5 => host.hardware.as_deref(),
            6 => host.esx_version.as_deref(),
            _ => host.cpu_model.as_deref(),
        };
        text.map(Cow::Borrowed)
    }

    fn number(&self, at: usize, column: usize) -> Option<u64> {
        let host = &self.0.hosts[at];
        let share = |percent: Option<u32>| percent.map(|percent| u64::from(percent) * 10_000);
        match column {
            2 => Some(u64::from(host.cores)),
            3 => Some(host.speed.0),
            4 => Some(host.memory.0),
            7 => Some(u64::from(host.sockets)),
            9 => share(host.cpu_usage_pct),
            _ => share(host.memory_usage_pct),
        }
    }

    fn by_name(&self) -> Rc<Vec<u32>> {
        order_of(self.count(), &|at| &self.0.hosts[at].name)
    }
}
