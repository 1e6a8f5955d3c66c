//! From file bytes to an estate and a report of what was understood.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct SizeClass {}
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct HostClass {}
