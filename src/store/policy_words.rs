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

/// A setting with how it is told, and the sentence that a change of it is: `{0}` is how it is then, `{1}` how it is now.
type Setting = (&'static str, fn(&Policy) -> String, &'static str);

/// Every setting, in the order of the page. Which machines are planned is the user's choice and no tool's: it is left out.
const SETTINGS: [Setting; 17] = [
    (
        "Size of machines",
        |policy| right_sizing(policy.right_sizing),
        "The size of machines counts as “{0}” instead of “{1}”.",
    ),
    (
        "Storage that counts",
        |policy| words::storage_measure(policy.storage_measure).to_owned(),
        "Storage counts as “{0}” instead of “{1}”.",
    ),
    (
        "Operations of each TiB",
        |policy| format!("{} a second", policy.iops_per_tib),
        "Operations of each TiB are taken as {0} instead of {1}.",
    ),
    (
        "Throughput of each TiB",
        |policy| format!("{} MiB/s", policy.mibps_per_tib),
        "Throughput of each TiB is taken as {0} instead of {1}.",
    ),
    (
        "vCPU for each core",
        |policy| format::ratio(policy.vcpu_per_core_pct),
        "Each core carries {0} vCPU instead of {1}.",
    ),
    (
        "CPU of hosts is counted",
        |policy| words::cpu_measure(policy.cpu_measure).to_owned(),
        "The CPU of hosts is counted “{0}” instead of “{1}”.",
    ),
    (
        "Memory overcommit",
        |policy| format::ratio(policy.memory_overcommit_pct),
        "Memory is given out {0} times instead of {1} times.",
    ),
    (
        "CPU kept free",
        |policy| format!("{} %", policy.cpu_headroom_pct),
        "Of the CPU of hosts, {0} is kept free instead of {1}.",
    ),
    (
        "Memory kept free",
        |policy| format!("{} %", policy.memory_headroom_pct),
        "Of the memory of hosts, {0} is kept free instead of {1}.",
    ),
    (
        "Host failures to survive",
        |policy| policy.host_failures.to_string(),
        "Host failures that each cluster survives: {0} instead of {1}.",
    ),
    (
        "vSAN protection",
        |policy| words::storage_policy(policy.storage_policy).to_owned(),
        "vSAN protects data as “{0}” instead of “{1}”.",
    ),
    (
        "vSAN space kept free",
        |policy| format!("{} %", policy.slack_pct),
        "Of vSAN space, {0} is kept free instead of {1}.",
    ),
    (
        "Deduplication and compression",
        |policy| format!("{} ×", format::ratio(policy.dedup_pct)),
        "Deduplication and compression make room {0} instead of {1}.",
    ),
    (
        "IOPS of a machine that is not measured",
        |policy| policy.iops_per_machine.to_string(),
        "A machine that is not measured counts {0} IOPS instead of {1}.",
    ),
    (
        "Mbit/s of a machine",
        |policy| policy.network_mbps_per_machine.to_string(),
        "A machine counts {0} Mbit/s instead of {1}.",
    ),
    ("IOPS of a host", |policy| limit(policy.host_iops), "IOPS of a host: {0} instead of {1}."),
    ("Mbit/s of a host", |policy| limit(policy.host_network_mbps), "Mbit/s of a host: {0} instead of {1}."),
];

fn limit(limit: Option<u32>) -> String {
    limit.map_or_else(|| "as the catalogue says".to_owned(), |limit| format::count(limit.into()))
}

/// Every setting with its value.
pub fn settings(policy: &Policy) -> impl Iterator<Item = (&'static str, String)> {
    SETTINGS.into_iter().map(|(name, tell, _)| (name, tell(policy)))
}

/// Every setting in which `then` differs from `now`.
pub fn differences(now: &Policy, then: &Policy) -> Vec<Difference> {
    let told = SETTINGS.into_iter().map(|(name, tell, _)| Difference { name, now: tell(now), then: tell(then) });
    told.filter(|difference| difference.now != difference.then).collect()
}

/// A sentence for every setting in which `then` differs from `now`.
pub fn sentences(now: &Policy, then: &Policy) -> impl Iterator<Item = String> {
    let told = SETTINGS.into_iter().map(|(_, tell, sentence)| (sentence, tell(then), tell(now)));
    told.filter(|(_, then, now)| then != now).map(|(sentence, then, now)| filled(sentence, &then, &now))
}

/// A sentence with its two holes, `{0}` and `{1}`, filled in this order.
pub fn filled(sentence: &str, first: &str, second: &str) -> String {
    let (before, rest) = sentence.split_once("{0}").unwrap_or((sentence, ""));
    let (between, after) = rest.split_once("{1}").unwrap_or((rest, ""));
    [before, first, between, if rest.contains("{1}") { second } else { "" }, after].concat()
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

    #[test]
    fn what_differs_is_told_in_sentences() {
        let now = Policy::default();
        assert_eq!(sentences(&now, &now).count(), 0);
        let measured = RightSizing::Measured { cpu_headroom_pct: 30, memory_headroom_pct: 20 };
        let then = Policy { vcpu_per_core_pct: 300, host_failures: 2, right_sizing: measured, ..Policy::default() };
        assert_eq!(
            sentences(&now, &then).collect::<Vec<_>>(),
            [
                "The size of machines counts as “By measured use, CPU + 30 %, memory + 20 %” instead of “As configured”.",
                "Each core carries 3.0 vCPU instead of 4.0.",
                "Host failures that each cluster survives: 2 instead of 1.",
            ]
        );
        assert!(SETTINGS.iter().all(|(.., sentence)| filled(sentence, "", "").len() + 6 == sentence.len()));
        assert_eq!(filled("{0} and {1}.", "{1}", "{0}"), "{1} and {0}.", "what fills a hole has none");
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
