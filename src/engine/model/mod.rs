//! The vocabulary of the product as types: what there is, where it can go, and under which rules.
//!
//! Units are in types ([`MiB`], [`MHz`], [`Money`]) or in names (`_pct`, `_months`). Enums are tagged from the outside and no field is skipped, because
//! the same types travel as JSON (files) and in the compact form of the messages to the worker.

mod assumptions;
mod criticality;
mod edit;
mod estate;
mod exchange;
mod finance;
mod footprint;
mod licences;
mod link;
mod objective;
mod policy;
mod project;
mod report;
mod rule;
mod site;
mod transfer;
mod units;

pub use assumptions::{Assumptions, OnPremises};
pub use basics::{
    ClusterId, Currency, DatastoreId, FootprintId, HostId, MachineId, Money, MoneyError, OfferingId, RegionId, RuleId,
    hash_bytes, hash_start, stable_hash,
};
pub use criticality::Criticality;
pub use edit::{MachineEdit, tags};
pub use estate::{
    Cluster, Datastore, Disk, Estate, Host, Machine, OsFamily, Power, SetAside, Source, SourceKind, Storage,
};
pub use exchange::ExchangeRate;
pub use finance::{
    ApplicationGrowth, CommittedSpend, Finance, Input, InputRange, PriceChanges, ProviderRange, SecurityUpdates,
    ServiceUse, SqlServers, SupportPlan,
};
pub use footprint::{
    BookValue, ClusterFootprint, ExternalUse, FirstCluster, Footprint, FootprintKind, HostsFootprint, InstanceOs,
    InstancesFootprint, MeasuredPower, Quote, StorageHosts, StorageQuote, Stretched, Term,
};
pub use licences::{Licences, SqlEdition, SqlLicence};
pub use link::Link;
pub use objective::{Objective, Search};
pub use policy::{CpuMeasure, Policy, PolicyOverride, RightSizing, Scope, StorageMeasure, StoragePolicyChoice};
pub use project::{Project, Scenario};
pub use report::{FileReport, Finding, FindingCode, ImportReport, Location, Severity, TabReport};
pub use rule::{QuotaLimits, Rule, RuleKind, RuleLevel, Selector, matches};
pub use site::SiteFigures;
pub use transfer::{Leaving, LeavingCharge, Transfer};
pub use units::{MHz, MiB};
