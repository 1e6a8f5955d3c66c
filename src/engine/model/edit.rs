//! What the user changed about machines, kept apart from the import so that importing again loses nothing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Criticality, Machine, MiB};

/// What the user changed about one machine; `None` keeps what was imported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MachineEdit {
    /// Plan it or leave it out, whatever the scope says.
    pub planned: Option<bool>,
    /// Virtual processors.
    pub vcpus: Option<u32>,
    /// Memory.
    pub memory: Option<MiB>,
    /// Storage that counts, in place of every measure.
    pub storage: Option<MiB>,
    /// Input and output operations per second.
    pub iops: Option<u32>,
    /// The application it belongs to.
    pub application: Option<String>,
    /// Tags in the place of those imported, as [`tags`] reads them; an empty list takes them all away.
    pub tags: Option<Vec<String>>,
    /// How much depends on it.
    pub criticality: Option<Criticality>,
    /// The class of storage that its owner calls its disks; an empty one takes it away. See [`Machine::storage_class`].
    pub storage_class: Option<String>,
}

impl MachineEdit {
    /// True where nothing is changed; such an edit is dropped.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether `machine` is planned under `scope`.
    pub fn plans(edit: Option<&Self>, machine: &Machine, scope: super::Scope) -> bool {
        edit.and_then(|edit| edit.planned).unwrap_or_else(|| scope.includes(machine.set_aside()))
    }

    /// The tags of `machine`.
    pub fn tags<'a>(edit: Option<&'a Self>, machine: &'a Machine) -> &'a [String] {
        edit.and_then(|edit| edit.tags.as_ref()).unwrap_or(&machine.tags)
    }

    /// How much depends on `machine`.
    pub fn criticality(edit: Option<&Self>, machine: &Machine) -> Criticality {
        edit.and_then(|edit| edit.criticality).unwrap_or(machine.criticality)
    }

    /// The class of storage of `machine`.
    pub fn storage_class<'a>(edit: Option<&'a Self>, machine: &'a Machine) -> Option<&'a str> {
        let class = edit.and_then(|edit| edit.storage_class.as_deref()).or(machine.storage_class.as_deref());
        class.filter(|class| !class.is_empty())
    }

    /// Gives `machine` these tags; `None` in the edit where they are those imported.
    pub fn set_tags(&mut self, machine: &Machine, tags: Vec<String>) {
        self.tags = Some(tags).filter(|tags| *tags != machine.tags);
    }

    /// Says how much depends on `machine`.
    pub fn set_criticality(&mut self, machine: &Machine, criticality: Criticality) {
        self.criticality = Some(criticality).filter(|it| *it != machine.criticality);
    }

    /// Says of which class the storage of `machine` is; of none where `class` is empty.
    pub fn set_storage_class(&mut self, machine: &Machine, class: &str) {
        let imported = machine.storage_class.as_deref().unwrap_or_default();
        self.storage_class = Some(class.trim().to_owned()).filter(|class| class != imported);
    }
}

/// The tags of a text in which commas, semicolons or ends of lines stand between them: in order, each once.
pub fn tags(text: &str) -> Vec<String> {
    let each = text.split([',', ';', '\n']).map(str::trim).filter(|tag| !tag.is_empty());
    let mut tags: Vec<String> = each.map(str::to_owned).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_stand_between_commas_in_order_and_once() {
        assert_eq!(tags(" web, prod;Backup/daily\nprod,, "), ["Backup/daily", "prod", "web"]);
        assert_eq!(tags(" ; "), Vec::<String>::new());
    }

    #[test]
    fn what_is_said_goes_before_what_was_imported_and_the_same_again_is_no_edit() {
        let machine = Machine {
            tags: tags("prod"),
            criticality: Criticality::High,
            storage_class: Some("gold".to_owned()),
            ..Machine::default()
        };
        let mut edit = MachineEdit::default();
        let said = |edit: &MachineEdit| {
            let edit = Some(edit);
            let class = MachineEdit::storage_class(edit, &machine).map(str::to_owned);
            (MachineEdit::tags(edit, &machine).join(","), MachineEdit::criticality(edit, &machine), class)
        };
        assert_eq!(said(&edit), ("prod".to_owned(), Criticality::High, Some("gold".to_owned())));
        edit.set_tags(&machine, Vec::new());
        edit.set_criticality(&machine, Criticality::Unknown);
        edit.set_storage_class(&machine, " ");
        assert_eq!(said(&edit), (String::new(), Criticality::Unknown, None));
        edit.set_tags(&machine, tags("prod"));
        edit.set_criticality(&machine, Criticality::High);
        edit.set_storage_class(&machine, "gold");
        assert!(edit.is_empty(), "{edit:?}");
        edit.set_storage_class(&Machine::default(), "");
        assert!(edit.is_empty(), "{edit:?}");
    }
}
