//! Licences that are counted by the machine.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Money, Selector};

/// Licences that are counted by the virtual processors of machines: SQL Server wherever it runs, and Windows Server that is brought along to instances.
///
/// The other way, all cores of the hosts, is a rule ([`RuleKind::Licence`](super::RuleKind::Licence)) for SQL Server, and
/// [`Finance::windows_per_core_year`](super::Finance::windows_per_core_year) for Windows Server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Licences {
    /// Which machines have a licence of SQL Server of their own, in the order of the editions. A machine that two of them name counts with the first.
    pub sql: Vec<SqlLicence>,
    /// What goes on being paid for Windows Server where instances are without its licence ([`InstanceOs::BringYourOwn`](super::InstanceOs::BringYourOwn)),
    /// such as Software Assurance: for one core and year, in the scenario's currency. Counted are the virtual processors of the instance, 8 at least
    /// (<https://learn.microsoft.com/en-us/windows-server/get-started/azure-hybrid-benefit>, 2025-09-03), in packs of 2. `None`: not known, and then listed as
    /// not priced.
    pub windows_brought_per_core_year: Option<Money>,
}

/// The machines with a licence of an edition of SQL Server each, and what it costs.
///
/// Counted are the virtual processors of the machine, or of the instance that it becomes, 4 at least, in packs of 2
/// (<https://dustindorsey.com/licensing-minimums/>, read 2026-11-27; by virtual processor in clouds with shared hosts:
/// <https://docs.aws.amazon.com/prescriptive-guidance/latest/optimize-costs-microsoft-workloads/byol-ded-hosts.html>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SqlLicence {
    /// The edition.
    pub edition: SqlEdition,
    /// Which machines.
    pub machines: Selector,
    /// For one core and year on one's own sites, in the scenario's currency: a subscription, or Software Assurance of what was bought. 0 where nothing is paid
    /// any more. `None`: the list price of a subscription, [`SqlEdition::list_per_core_year`].
    pub per_core_year: Option<Money>,
    /// The same where hosts or instances are rented, which takes Software Assurance or a subscription. `None`: as on one's own sites.
    pub elsewhere_per_core_year: Option<Money>,
}

/// Editions of SQL Server that are licensed by the core.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SqlEdition {
    /// Standard.
    #[default]
    Standard,
    /// Enterprise.
    Enterprise,
}

impl SqlEdition {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Enterprise];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "SQL Server Standard",
            Self::Enterprise => "SQL Server Enterprise",
        }
    }

    /// What a subscription of SQL Server 2022 costs by its list, in US dollars for one core and year: half of 1,418 and 5,434 for a pack of two
    /// (<https://redresscompliance.com/sql-server-2022-licensing-a-comprehensive-guide.html>, which gives them as approximate, 2026).
    pub const fn list_per_core_year(self) -> Money {
        match self {
            Self::Standard => Money::from_units(709),
            Self::Enterprise => Money::from_units(2_717),
        }
    }
}

impl Default for SqlLicence {
    fn default() -> Self {
        Self {
            edition: SqlEdition::default(),
            machines: Selector::Name(String::new()),
            per_core_year: None,
            elsewhere_per_core_year: None,
        }
    }
}
