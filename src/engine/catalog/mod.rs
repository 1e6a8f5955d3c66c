//! What can be rented or bought, with a source, a date and a status for every price.
//!
//! The catalogue is made by [`build()`] from the source tables in `catalog/` and loaded as packed files:
//!
//! | file | holds | loaded |
//! |---|---|---|
//! | `core.pack` | everything but instance types and their prices | always, by [`load_core`] |
//! | `types-<provider>.pack` | what the provider's instance types are | when a footprint names one of its regions |
//! | `instances-<provider>-<region>.pack` | prices of those types in one region | when a footprint names the region |
//!
//! [`Catalog::needed_files`] says which files a scenario needs. `docs/catalogue.md` describes the source tables.

mod availability;
mod beside;
mod build;
mod describe;
mod disks;
mod extras;
#[cfg(test)]
mod fixture;
mod instances;
mod offered;
mod pack;
mod types;

pub use availability::Concern;
pub use beside::{Beside, BesideKind};
pub use build::{BuildError, CORE_FILE, Packs, build, instances_file, types_file};
pub use describe::{Description, Filter, PriceDescription, describe};
pub use disks::DiskUnits;
pub use extras::{
    Commitment, Destination, DiskKind, EgressTier, Extras, FlexibleShape, Grid, ProviderCarbon, ServicePrice,
    SupportTier, Sustained, egress_cost, support_cost,
};
pub use instances::Choices;
pub use pack::{CatalogError, load_core};
pub use types::{
    Billing, Catalog, DiskPrice, DiskScaling, HostOffering, HostPrice, InstanceFamily, InstanceSpec, InstanceTable,
    InstanceType, ManagementReserve, Price, PriceStatus, Provider, Region, SourceDoc, SpareHost, VsanArchitecture,
};
