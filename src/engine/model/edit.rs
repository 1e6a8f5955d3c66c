//! What the user changed about machines, kept apart from the import so that importing again loses nothing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Machine, MiB};

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
}
