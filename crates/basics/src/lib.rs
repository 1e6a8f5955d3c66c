//! What every part of the engine counts with, names with and works with: money, ids that stay, the order of things, random numbers that can be repeated,
//! progress, and long work in turns.
//!
//! A crate below [`placement`](../placement/index.html) and the engine, for both need it. Nothing here knows of estates, prices or browsers.

mod ids;
mod money;
pub mod order;
pub mod progress;
pub mod random;
pub mod turns;

pub use ids::{
    ClusterId, DatastoreId, FootprintId, HostId, MachineId, OfferingId, RegionId, RuleId, hash_bytes, hash_start,
    stable_hash,
};
pub use money::{Currency, Money, MoneyError};
