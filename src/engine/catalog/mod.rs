//! What can be rented or bought, with a source, a date and a status for every price.
//!
//! The catalogue is made by `cargo xtask catalog` from the source tables in `catalog/` and loaded as packed files: `core.pack` with everything but
//! instance prices, and one `instances-<provider>-<region>.pack` for each region with instances, loaded when a footprint names it.

mod types;

pub use types::{
    Billing, Catalog, DiskPrice, HostOffering, HostPrice, InstanceTable, InstanceType, ManagementReserve, Price,
    PriceStatus, Provider, Region, SourceDoc, VsanArchitecture,
};
