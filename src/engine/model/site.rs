//! Single sites of one's own: where they are, and what they cost otherwise than all of them.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Assumptions, ClusterFootprint, Footprint, FootprintKind, HostsFootprint, Money, OnPremises, RegionId};

/// Where servers to buy stand.
const SITE: &str = "site";

macro_rules! figures {
    ($($name:ident: $kind:ty),* $(,)?) => {
        /// Where a site is, and what it costs otherwise than all of them: each figure in the place of the one of the same name in [`OnPremises`], in its unit;
        /// `None`: as for all sites. When the support of hosts ends is a figure of clusters.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(default)]
        pub struct SiteFigures {
            /// The region of a provider that it is near to, whose position stands for its own on the map and where latencies are estimated by the distance. In
            /// which country it is, that does not say. `None`: not known.
            pub near: Option<RegionId>,
            $(
                #[doc = concat!("See `OnPremises::", stringify!($name), "`.")]
                pub $name: Option<$kind>,
            )*
        }

        impl SiteFigures {
            /// What is different in `here` from what there is in `all`; where it is, those do not say.
            pub fn between(all: &OnPremises, here: &OnPremises) -> Self {
                Self { near: None, $($name: (here.$name != all.$name).then_some(here.$name),)* }
            }

            /// How many figures are its own.
            pub fn count(&self) -> usize {
                [$(self.$name.is_some(),)*].into_iter().filter(|&is_own| is_own).count()
            }

            /// Takes the figures that are its own from `here`.
            pub fn take(&mut self, here: &OnPremises) {
                $(self.$name = self.$name.map(|_| here.$name);)*
            }
        }

        impl OnPremises {
            /// The same with what is different at a site.
            #[must_use]
            pub fn at(&self, site: &SiteFigures) -> Self {
                Self { supported_months: self.supported_months, $($name: site.$name.unwrap_or(self.$name),)* }
            }
        }
    };
}

figures! {
    server_per_core: Money,
    server_per_gib: Money,
    server_life_years: u32,
    server_maintenance_pct: u32,
    storage_per_gib: Money,
    storage_maintenance_pct: u32,
    network_pct: u32,
    network_life_years: u32,
    network_maintenance_pct: u32,
    milliwatts_per_core: u32,
    milliwatts_per_tib: u32,
    pue_pct: u32,
    per_kwh: Money,
    facilities_per_kw_month: Money,
    unused_power_pct: u32,
    machines_per_admin: u32,
    admin_year: Money,
    backup_per_machine_year: Money,
}

impl SiteFigures {
    /// The amounts, which are in the currency of the totals.
    pub(super) fn amounts(&mut self) -> impl Iterator<Item = &mut Money> {
        [
            &mut self.server_per_core,
            &mut self.server_per_gib,
            &mut self.storage_per_gib,
            &mut self.per_kwh,
            &mut self.facilities_per_kw_month,
            &mut self.admin_year,
            &mut self.backup_per_machine_year,
        ]
        .into_iter()
        .flatten()
    }
}

impl Footprint {
    /// Whether it is on a site of one's own.
    pub fn is_on_own_site(&self) -> bool {
        match &self.kind {
            FootprintKind::Cluster(_) => true,
            FootprintKind::Hosts(hosts) => hosts.region.as_str() == SITE,
            FootprintKind::Instances(_) => false,
        }
    }

    /// Where its site is and what that costs otherwise than all sites; `None` where neither is known, and where it is rented.
    pub fn site(&self) -> Option<&SiteFigures> {
        let site = match &self.kind {
            FootprintKind::Cluster(cluster) => &cluster.site,
            FootprintKind::Hosts(hosts) => &hosts.site,
            FootprintKind::Instances(_) => &None,
        };
        site.as_deref().filter(|_| self.is_on_own_site())
    }

    /// The same, to be changed.
    pub fn site_mut(&mut self) -> Option<&mut SiteFigures> {
        match &mut self.kind {
            FootprintKind::Cluster(ClusterFootprint { site, .. })
            | FootprintKind::Hosts(HostsFootprint { site, .. }) => site.as_deref_mut(),
            FootprintKind::Instances(_) => None,
        }
    }

    /// Says where its site is and what that costs otherwise than all sites.
    pub fn set_site(&mut self, figures: SiteFigures) {
        if let FootprintKind::Cluster(ClusterFootprint { site, .. })
        | FootprintKind::Hosts(HostsFootprint { site, .. }) = &mut self.kind
        {
            *site = (figures != SiteFigures::default()).then(|| Box::new(figures));
        }
    }
}

impl Assumptions {
    /// The assumptions as they are at a footprint: with the figures of its site in the place of those of all sites.
    pub fn at(&self, footprint: &Footprint) -> Cow<'_, Self> {
        match footprint.site() {
            Some(site) => Cow::Owned(Self { on_premises: self.on_premises.at(site), ..self.clone() }),
            None => Cow::Borrowed(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{ClusterId, FootprintId, PolicyOverride};

    #[test]
    fn what_is_different_is_kept_and_the_rest_follows_all_sites() {
        let all = OnPremises::default();
        let here = OnPremises { pue_pct: 130, per_kwh: Money::from_micros(240_000), ..all.clone() };
        let site = SiteFigures::between(&all, &here);
        assert_eq!((site.count(), site.pue_pct, site.per_kwh), (2, Some(130), Some(Money::from_micros(240_000))));
        assert_eq!(all.at(&site), here);
        // A figure that is changed for all sites reaches those that have none of their own.
        let dearer = OnPremises { admin_year: Money::from_units(120_000), pue_pct: 200, ..all };
        let both = dearer.at(&site);
        assert_eq!((both.admin_year, both.pue_pct), (Money::from_units(120_000), 130));
    }

    #[test]
    fn where_a_site_is_is_kept_although_it_costs_as_all_do() {
        let kind = FootprintKind::Cluster(ClusterFootprint::kept(ClusterId(1)));
        let (id, policy) = (FootprintId(1), PolicyOverride::default());
        let mut footprint = Footprint { id, name: String::new(), enabled: true, kind, policy };
        let near = Some(RegionId::from("aws/eu-central-1"));
        footprint.set_site(SiteFigures { near: near.clone(), ..SiteFigures::default() });
        assert_eq!(footprint.site().map(|site| (site.near.clone(), site.count())), Some((near, 0)));
        footprint.set_site(SiteFigures::default());
        assert_eq!(footprint.site(), None);
    }
}
