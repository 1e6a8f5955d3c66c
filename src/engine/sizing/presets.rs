//! The published rules of other tools as policies, so that a person can see why two tools differ. Only what is published is here.

use crate::engine::model::{Policy, StorageMeasure};

/// A policy that counts as another tool does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Such as `azure-migrate-avs`.
    pub id: &'static str,
    /// What the tool is called.
    pub name: &'static str,
    /// Where its rules are published.
    pub source: &'static str,
    /// What of the tool is not reproduced, and why.
    pub differs: &'static str,
    /// How demand and capacity are counted.
    pub policy: Policy,
}

/// All of them.
pub fn presets() -> Vec<Preset> {
    vec![
        Preset {
            id: "azure-migrate-avs",
            name: "Azure Migrate, assessment of Azure VMware Solution",
            source: "https://github.com/MicrosoftDocs/azure-docs/blob/main/articles/migrate/concepts-azure-vmware-solution-assessment-calculation.md, 2024-08-07; \
                     deduplication 1.5 of Azure Migrate Explore, 2025-05-14",
            differs: "The document names no reserve for a host that fails, so none is kept; its comfort factor is 1 here.",
            policy: Policy {
                vcpu_per_core_pct: 400,
                memory_overcommit_pct: 100,
                cpu_headroom_pct: 20,
                memory_headroom_pct: 0,
                storage_measure: StorageMeasure::Provisioned,
                slack_pct: 25,
                dedup_pct: 150,
                host_failures: 0,
                ..Policy::default()
            },
        },
        Preset {
            id: "vmware-cloud-sizer",
            name: "VMware Cloud sizer",
            source: "https://developer.broadcom.com/xapis/vmware-cloud-sizer-api/latest and vmware-samples/vmware-cloud-sizer-companion-cli, 2023-10-23",
            differs: "Its hyper-threading factor of 1.25 and CPU utilisation of 30 % are left out: how it applies them is not published. \
                      Deduplication 1.5 × compression 1.25 = 1.87.",
            policy: Policy {
                vcpu_per_core_pct: 400,
                memory_overcommit_pct: 125,
                cpu_headroom_pct: 15,
                memory_headroom_pct: 0,
                storage_measure: StorageMeasure::InUse,
                slack_pct: 20,
                dedup_pct: 187,
                ..Policy::default()
            },
        },
        Preset {
            id: "kubev2v",
            name: "kubev2v migration planner",
            source: "https://github.com/kubev2v/migration-planner, internal/service/sizer.go, read 2026-11-22",
            differs: "It keeps the larger of two hosts and a tenth for failures, here two; it sizes Kubernetes workers of at most 200 machines, which is left out.",
            policy: Policy {
                vcpu_per_core_pct: 400,
                memory_overcommit_pct: 100,
                cpu_headroom_pct: 20,
                memory_headroom_pct: 20,
                host_failures: 2,
                ..Policy::default()
            },
        },
    ]
}

/// The preset with this id.
pub fn preset(id: &str) -> Option<Preset> {
    presets().into_iter().find(|preset| preset.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{MHz, MiB};
    use crate::engine::sizing::{CPU, MEMORY, host_capacity};

    #[test]
    fn the_published_formulas_come_out() {
        // VMware: memory hosts = RAM × 100 % ÷ 1.25 ÷ RAM per host: a host of 1,024 GiB takes 1,280 GiB. CPU: 64 × 4 × 0.85 = 217.6 vCPU.
        let vmware = preset("vmware-cloud-sizer").expect("there").policy;
        let host = host_capacity(64, MHz(0), MiB::from_gib(1024), 0, &vmware);
        assert_eq!((host[MEMORY], host[CPU]), (1280 * 1024, 217_600));
        // Azure Migrate: 36 cores × 4 × 80 % = 115.2 vCPU and all of 576 GiB on an AV36.
        let azure = preset("azure-migrate-avs").expect("there").policy;
        let host = host_capacity(36, MHz(0), MiB::from_gib(576), 0, &azure);
        assert_eq!((host[MEMORY], host[CPU]), (576 * 1024, 115_200));
        assert!(preset("no such tool").is_none());
        assert!(presets().iter().all(|preset| preset.source.starts_with("https://") && !preset.differs.is_empty()));
    }
}
