//! The columns of machines.

use std::borrow::Cow;
use std::rc::Rc;

use super::{Column, Kind, Listed};
use crate::engine::model::{Criticality, Machine, MachineEdit};
use crate::store::select::{cluster_name, machines_by_name, storage_by};
use crate::store::{Work, words};

/// The column of names.
pub const NAME: usize = 0;
/// The column of clusters.
pub const CLUSTER: usize = 1;
/// The column of virtual processors.
pub const VCPUS: usize = 2;
/// The column of memory.
pub const MEMORY: usize = 3;
/// The column of the storage that counts.
pub const STORAGE: usize = 4;
/// The column of guest systems.
pub const SYSTEM: usize = 5;
/// The column of applications.
pub const APPLICATION: usize = 6;
/// The column of tags.
pub const TAGS: usize = 7;
/// The column of criticality.
pub const CRITICALITY: usize = 8;
/// The column of storage classes.
pub const STORAGE_CLASS: usize = 9;
/// The column of power states, or of why a machine is left out by default.
pub const POWER: usize = 10;
const PLANNED: usize = 11;
const FOLDER: usize = 12;
const POOL: usize = 13;

static COLUMNS: [Column; 15] = [
    Column::new("Name", &["name", "machine"], Kind::Text, 180).searched(),
    Column::new("Cluster", &["cluster"], Kind::Text, 140).searched(),
    Column::new("vCPU", &["vcpu", "vcpus", "cpu"], Kind::Count, 70).summed("vCPU"),
    Column::new("Memory", &["memory", "ram"], Kind::Size, 90).summed("memory"),
    // Its head is that of the measure.
    Column::new("Storage", &["storage", "disk"], Kind::Size, 110),
    Column::new("Guest system", &["os", "system"], Kind::Text, 190).wide().searched(),
    Column::new("Application", &["application", "app"], Kind::Text, 140).wide().searched(),
    Column::new("Tags", &["tag", "tags"], Kind::Text, 180).hidden().searched(),
    Column::new("Criticality", &["criticality"], Kind::Level, 110).hidden(),
    Column::new("Storage class", &["class"], Kind::Text, 130).hidden(),
    Column::new("Power", &["power"], Kind::Word, 110).wide(),
    Column::new("Planned", &["planned"], Kind::Word, 80).hidden(),
    Column::new("Folder", &["folder"], Kind::Text, 200).hidden(),
    Column::new("Resource pool", &["pool"], Kind::Text, 150).hidden(),
    Column::new("Address", &["address", "ip"], Kind::Text, 120).hidden().searched(),
];

/// Which machines a table shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// All.
    #[default]
    All,
    /// Those that are planned.
    Planned,
    /// Those that are left out.
    SetAside,
}

/// The machines of a project, with what the scenario on screen says of them.
#[derive(Clone, Debug)]
pub struct OfMachines {
    /// The project.
    pub work: Work,
    /// Which of them.
    pub show: Show,
}

impl OfMachines {
    /// The machine at a position, and what the user changed about it.
    pub fn at(&self, at: usize) -> (&Machine, Option<&MachineEdit>) {
        let machine = &self.work.estate.machines[at];
        (machine, self.work.scenario().edits.get(&machine.id))
    }

    /// Whether one is planned.
    pub fn is_planned(&self, at: usize) -> bool {
        let (machine, edit) = self.at(at);
        MachineEdit::plans(edit, machine, self.work.scenario().policy.scope)
    }
}

impl Listed for OfMachines {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn title(&self, column: usize) -> &'static str {
        if column == STORAGE {
            return words::storage_measure(self.work.scenario().policy.storage_measure);
        }
        COLUMNS[column].title
    }

    fn count(&self) -> usize {
        self.work.estate.machines.len()
    }

    fn id(&self, at: usize) -> u64 {
        self.at(at).0.id.0
    }

    fn text(&self, at: usize, column: usize) -> Option<Cow<'_, str>> {
        let (machine, edit) = self.at(at);
        let text = match column {
            NAME => Some(&*machine.name),
            CLUSTER => cluster_name(&self.work.estate, machine),
            SYSTEM => machine.os.as_deref(),
            APPLICATION => edit.and_then(|edit| edit.application.as_deref()),
            TAGS => {
                return match MachineEdit::tags(edit, machine) {
                    [] => None,
                    [tag] => Some(tag.into()),
                    tags => Some(tags.join(", ").into()),
                };
            }
            CRITICALITY => MachineEdit::criticality(edit, machine).word(),
            STORAGE_CLASS => MachineEdit::storage_class(edit, machine),
            POWER => {
                return Some(match machine.set_aside() {
                    Some(reason) => words::set_aside(reason).to_ascii_lowercase().into(),
                    None => words::power(machine.power).into(),
                });
            }
            PLANNED => Some(if self.is_planned(at) { "yes" } else { "no" }),
            FOLDER => machine.folder.as_deref(),
            POOL => machine.resource_pool.as_deref(),
            _ => machine.ip.as_deref(),
        };
        text.map(Cow::Borrowed)
    }

    fn number(&self, at: usize, column: usize) -> Option<u64> {
        let (machine, edit) = self.at(at);
        match column {
            VCPUS => Some(u64::from(edit.and_then(|edit| edit.vcpus).unwrap_or(machine.vcpus))),
            MEMORY => Some(edit.and_then(|edit| edit.memory).unwrap_or(machine.memory).0),
            STORAGE => {
                let measure = self.work.scenario().policy.storage_measure;
                edit.and_then(|edit| edit.storage).or_else(|| storage_by(machine, measure)).map(|size| size.0)
            }
            _ => {
                let level = MachineEdit::criticality(edit, machine);
                (level != Criticality::Unknown).then_some(level as u64)
            }
        }
    }

    fn by_name(&self) -> Rc<Vec<u32>> {
        machines_by_name(&self.work.estate)
    }

    fn is_wanted(&self, at: usize) -> bool {
        match self.show {
            Show::All => true,
            Show::Planned => self.is_planned(at),
            Show::SetAside => !self.is_planned(at),
        }
    }
}
