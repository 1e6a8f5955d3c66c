//! What differs between two sizing policies, in words: shown before one takes the place of the other.

use super::{format, words};
use crate::engine::model::{Policy, RightSizing};

/// A setting in which two policies differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is called on the page Rules.
    pub name: &'static str,
    /// As it is.
    pub now: String,
    /// As it would be.
    pub then: String,
}

/// A setting with how it is told.
type Setting = (&'static str, fn(&Policy) -> String);

/// Every setting, in the order of the page. Which machines are planned is the user's choice and no tool's: it is left out.
const SETTINGS: [Setting; 17] = [
    ("Size of machines", |policy| right_sizing(policy.right_sizing)),
    ("Storage that counts", |policy| words::storage_measure(policy.storage_measure).to_owned()),
    ("Operations of each TiB", |policy| format!("{} a second", policy.iops_per_tib)),
    ("Throughput of each TiB", |policy| format!("{} MiB/s", policy.mibps_per_tib)),
    ("vCPU for each core", |policy| format::ratio(policy.vcpu_per_core_pct)),
    ("CPU of hosts is counted", |policy| words::cpu_measure(policy.cpu_measure).to_owned()),
    ("Memory overcommit", |policy| format::ratio(policy.memory_overcommit_pct)),
    ("CPU kept free", |policy| format!("{} %", policy.cpu_headroom_pct)),
    ("Memory kept free", |policy| format!("{} %", policy.memory_headroom_pct)),
    ("Host failures to survive", |policy| policy.host_failures.to_string()),
    ("vSAN protection", |policy| words::storage_policy(policy.storage_policy).to_owned()),
    ("vSAN space kept free", |policy| format!("{} %", policy.slack_pct)),
    ("Deduplication and compression", |policy| format!("{} ×", format::ratio(policy.dedup_pct))),
    ("IOPS of a machine that is not measured", |policy| policy.iops_per_machine.to_string()),
    ("Mbit/s of a machine", |policy| policy.network_mbps_per_machine.to_string()),
    ("IOPS of a host", |policy| limit(policy.host_iops)),
    ("Mbit/s of a host", |policy| limit(policy.host_network_mbps)),
];

fn limit(limit: Option<u32>) -> String {
    limit.map_or_else(|| "as the catalogue says".to_owned(), |limit| format::count(limit.into()))
}

/// Every setting with its value.
pub fn settings(policy: &Policy) -> impl Iterator<Item = (&'static str, String)> {
    SETTINGS.into_iter().map(|(name, tell)| (name, tell(policy)))
}

/// Every setting in which `then` differs from `now`.
pub fn differences(now: &Policy, then: &Policy) -> Vec<Difference> {
    let told = SETTINGS.into_iter().map(|(name, tell)| Difference { name, now: tell(now), then: tell(then) });
    told.filter(|difference| difference.now != difference.then).collect()
}

fn right_sizing(sizing: RightSizing) -> String {
    match sizing {
        RightSizing::AsProvisioned => "As configured".to_owned(),
        RightSizing::Measured { cpu_headroom_pct, memory_headroom_pct } => {
            format!("By measured use, CPU + {cpu_headroom_pct} %, memory + {memory_headroom_pct} %")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::sizing::{preset, presets};

    #[test]
    fn only_what_differs_is_told() {
        let now = Policy::default();
        assert_eq!(differences(&now, &now), []);
        let then = preset("vmware-cloud-sizer").expect("there").policy;
        let told = differences(&now, &then);
        let short: Vec<(&str, &str, &str)> =
            told.iter().map(|one| (one.name, one.now.as_str(), one.then.as_str())).collect();
        assert_eq!(
            short,
            [
                ("Memory overcommit", "1.0", "1.25"),
                ("Memory kept free", "10 %", "0 %"),
                ("vSAN space kept free", "25 %", "20 %"),
                ("Deduplication and compression", "1.0 ×", "1.87 ×"),
            ]
        );
    }

    /// A setting that is not listed would change unseen.
    #[test]
    fn a_policy_that_differs_has_differences() {
        for preset in presets() {
            assert!(!differences(&Policy::default(), &preset.policy).is_empty(), "{}", preset.id);
        }
        let measured = RightSizing::Measured { cpu_headroom_pct: 30, memory_headroom_pct: 20 };
        let then = Policy { right_sizing: measured, ..Policy::default() };
        assert_eq!(differences(&Policy::default(), &then)[0].then, "By measured use, CPU + 30 %, memory + 20 %");
    }
}
