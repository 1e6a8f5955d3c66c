//! What the user should know about the estate as a whole, with its effect on the answer in figures.

use std::collections::BTreeSet;

use crate::engine::model::{
    Datastore, Estate, Finding, FindingCode, Location, Machine, MiB, Power, SetAside, Severity,
};

use super::super::columns::Tab;
use super::super::findings::{Findings, counted};

/// Remarks on machines without the ids that would make them certain to be recognised again.
pub(super) fn missing_ids(count: u64, examples: Vec<Location>, findings: &mut Findings) {
    findings.push(Finding {
        code: FindingCode::MissingId,
        severity: Severity::Note,
        message: format!("{} without VM ID and VM UUID.", counted(count, "machine")),
        effect: "They are recognised by name and host: what you change about one is lost when it is renamed or moved and imported again.".into(),
        count,
        examples,
    });
}

/// All remarks that need the whole estate.
pub(in super::super) fn on_estate(estate: &Estate, present: &BTreeSet<Tab>, findings: &mut Findings) {
    let planned: Vec<&Machine> = estate.machines.iter().filter(|machine| machine.set_aside().is_none()).collect();
    set_aside(estate, findings);
    if present.contains(&Tab::Info) {
        missing_tabs(&planned, present, findings);
        missing_sizes(&planned, findings);
        missing_storage(&planned, present, findings);
        missing_use(&planned, present, findings);
        shared_names(estate, findings);
        needs_care(&planned, findings);
    }
    no_cluster(estate, findings);
    local_datastores(&estate.datastores, findings);
}

/// A finding about some machines, with a few of them as examples; nothing where there are none.
fn about(
    machines: &[&Machine],
    (code, severity): (FindingCode, Severity),
    message: impl FnOnce(&str) -> String,
    effect: String,
    findings: &mut Findings,
) {
    let count = machines.len() as u64;
    let mut names: Vec<&str> = machines.iter().map(|machine| machine.name.as_str()).collect();
    names.sort_unstable();
    let example = |name: &&str| Location { value: Some((*name).to_owned()), ..Location::default() };
    let examples = names.iter().take(5).map(example).collect();
    findings.push(Finding { code, severity, message: message(&counted(count, "machine")), effect, count, examples });
}

fn those<'m>(machines: &[&'m Machine], test: impl Fn(&Machine) -> bool) -> Vec<&'m Machine> {
    machines.iter().copied().filter(|machine| test(machine)).collect()
}

/// `3.1 TiB`, `818.0 GiB`, `512 MiB`.
fn size(mib: MiB) -> String {
    match mib.0 {
        0..1024 => format!("{} MiB", mib.0),
        1024..1_048_576 => format!("{:.1} GiB", mib.gib()),
        _ => format!("{:.1} TiB", mib.tib()),
    }
}

fn set_aside(estate: &Estate, findings: &mut Findings) {
    for reason in SetAside::ALL {
        let machines: Vec<&Machine> =
            estate.machines.iter().filter(|machine| machine.set_aside() == Some(reason)).collect();
        let vcpus: u64 = machines.iter().map(|machine| u64::from(machine.vcpus)).sum();
        let memory: MiB = machines.iter().map(|machine| machine.memory).sum();
        let storage: MiB = machines.iter().filter_map(|machine| machine.storage.in_use).sum();
        let what = match reason {
            SetAside::Template => "templates",
            SetAside::SrmPlaceholder => "placeholders of Site Recovery",
            SetAside::Vcls => "agents of vSphere Cluster Services (vCLS)",
            SetAside::Orphaned => "orphaned, inaccessible, invalid or disconnected",
            SetAside::PoweredOff => "powered off or suspended",
        };
        let are = if machines.len() == 1 { "is" } else { "are" };
        about(
            &machines,
            (FindingCode::SetAside, Severity::Note),
            |count| format!("{count} {are} left out: {what}."),
            format!(
                "−{vcpus} vCPU, −{} memory, −{} in use. A switch of the policy includes them.",
                size(memory),
                size(storage)
            ),
            findings,
        );
    }
}

fn missing_tabs(planned: &[&Machine], present: &BTreeSet<Tab>, findings: &mut Findings) {
    let tabs = [
        (
            Tab::Host,
            Severity::Warning,
            "Hosts are not known: existing clusters have no capacity, and staying cannot be costed by host.",
        ),
        (
            Tab::Partition,
            Severity::Note,
            "What guests hold is not known: where that measure is chosen, the in-use size is used.",
        ),
        (
            Tab::Disk,
            Severity::Note,
            "Virtual disks are not known one by one: their sum is taken from vInfo where it is there.",
        ),
        (
            Tab::Cpu,
            Severity::Note,
            "The processor time in use is not known: machines keep their size when right-sized.",
        ),
        (Tab::Memory, Severity::Note, "The memory in use is not known: machines keep their size when right-sized."),
        (Tab::Datastore, Severity::Note, "Datastores are not known."),
        (Tab::Cluster, Severity::Note, "Clusters are taken from the names in vInfo and vHost."),
    ];
    for (tab, severity, effect) in tabs {
        let known_otherwise = tab == Tab::Memory && planned.iter().any(|machine| machine.memory_active.is_some());
        if !present.contains(&tab) && !known_otherwise {
            findings.push(Finding {
                code: FindingCode::MissingOptionalTab,
                severity,
                message: format!("There is no {} tab.", tab.name()),
                effect: effect.to_owned(),
                count: 1,
                examples: Vec::new(),
            });
        }
    }
}

fn missing_sizes(planned: &[&Machine], findings: &mut Findings) {
    let code = (FindingCode::MissingMeasure, Severity::Warning);
    let without = those(planned, |machine| machine.vcpus == 0);
    let effect = "They count 0 vCPU until you enter how many they have.".to_owned();
    about(&without, code, |count| format!("{count} without a number of vCPU."), effect, findings);
    let without = those(planned, |machine| machine.memory == MiB::ZERO);
    let effect = "They count no memory until you enter how much they have.".to_owned();
    about(&without, code, |count| format!("{count} without a memory size."), effect, findings);
}

fn missing_storage(planned: &[&Machine], present: &BTreeSet<Tab>, findings: &mut Findings) {
    let note = (FindingCode::MissingMeasure, Severity::Note);
    let sum = |machines: &[&Machine], of: fn(&Machine) -> Option<MiB>| {
        size(machines.iter().filter_map(|machine| of(machine)).sum())
    };
    if present.contains(&Tab::Partition) {
        let without = those(planned, |machine| machine.storage.partition_consumed.is_none());
        let effect = format!(
            "Where that measure is chosen, their in-use size is used: +{}.",
            sum(&without, |machine| machine.storage.in_use)
        );
        about(&without, note, |count| format!("{count} without partition data."), effect, findings);
    }
    if present.contains(&Tab::Disk) {
        let without = those(planned, |machine| machine.storage.disk_capacity.is_none());
        let effect = format!(
            "Where that measure is chosen, their provisioned size is used: +{}.",
            sum(&without, |machine| machine.storage.provisioned)
        );
        about(&without, note, |count| format!("{count} without virtual disks."), effect, findings);
    }
    let without = those(planned, |machine| machine.storage.in_use.is_none());
    let next = |machine: &Machine| machine.storage.disk_capacity.or(machine.storage.provisioned);
    let effect =
        format!("Their virtual disks, else their provisioned size, are used in its place: +{}.", sum(&without, next));
    about(
        &without,
        (FindingCode::MissingMeasure, Severity::Warning),
        |count| format!("{count} without an in-use size."),
        effect,
        findings,
    );
}

fn missing_use(planned: &[&Machine], present: &BTreeSet<Tab>, findings: &mut Findings) {
    if !present.contains(&Tab::Cpu) && !present.contains(&Tab::Memory) {
        return;
    }
    let without = those(planned, |machine| {
        machine.power == Power::On && (machine.cpu_used.is_none() || machine.memory_active.is_none())
    });
    let effect = "They keep their size when machines are right-sized.".to_owned();
    let code = (FindingCode::MissingMeasure, Severity::Note);
    about(
        &without,
        code,
        |count| format!("{count} without a measurement of processor or memory use."),
        effect,
        findings,
    );
}

fn shared_names(estate: &Estate, findings: &mut Findings) {
    let mut machines: Vec<&Machine> = estate.machines.iter().collect();
    machines.sort_by_key(|machine| &machine.name);
    let shared: Vec<&Machine> =
        machines.chunk_by(|a, b| a.name == b.name).filter(|same| same.len() > 1).flatten().copied().collect();
    about(
        &shared,
        (FindingCode::DuplicateName, Severity::Note),
        |count| format!("{count} share their name with another."),
        "Each is planned on its own. Rows of other tabs that name no id cannot be told apart and are not counted."
            .into(),
        findings,
    );
}

fn needs_care(planned: &[&Machine], findings: &mut Findings) {
    type Test = fn(&Machine) -> bool;
    let kinds: [(Test, &str, &str); 5] = [
        (
            |machine| machine.raw_disk,
            "with a raw device mapping",
            "Raw devices do not move with vMotion to most clouds: turn them into virtual disks first.",
        ),
        (
            |machine| machine.shared_disk,
            "with a disk shared with another machine",
            "Machines that share a disk must move together, to a place that allows it.",
        ),
        (
            |machine| machine.usb,
            "with a USB device connected",
            "The device stays behind, or must be reached over the network.",
        ),
        (
            |machine| machine.snapshots > 0,
            "with snapshots",
            "Snapshots slow a move down and are part of the in-use size: delete them first.",
        ),
        (|machine| machine.cd_connected, "with a CD connected", "Disconnect it before the move."),
    ];
    for (test, what, effect) in kinds {
        let machines = those(planned, test);
        let held: MiB = if what == "with snapshots" {
            machines.iter().map(|machine| machine.snapshot_size).sum()
        } else {
            MiB::ZERO
        };
        let effect = if held == MiB::ZERO { effect.to_owned() } else { format!("{effect} They hold {}.", size(held)) };
        about(
            &machines,
            (FindingCode::NeedsCare, Severity::Note),
            |count| format!("{count} {what}."),
            effect,
            findings,
        );
    }
}

fn no_cluster(estate: &Estate, findings: &mut Findings) {
    let standalone: BTreeSet<_> =
        estate.clusters.iter().filter(|cluster| cluster.standalone).map(|cluster| cluster.id).collect();
    let hosts = estate.hosts.iter().filter(|host| standalone.contains(&host.cluster)).count() as u64;
    let machines: Vec<&Machine> =
        estate.machines.iter().filter(|machine| standalone.contains(&machine.cluster)).collect();
    if machines.is_empty() && hosts == 0 {
        return;
    }
    let names = machines.iter().map(|machine| &machine.name);
    let names =
        names.chain(estate.hosts.iter().filter(|host| standalone.contains(&host.cluster)).map(|host| &host.name));
    let examples = names.take(5).map(|name| Location { value: Some(name.clone()), ..Location::default() }).collect();
    let count = machines.len() as u64;
    findings.push(Finding {
        code: FindingCode::NoCluster,
        severity: Severity::Note,
        message: format!("{} and {} are in no cluster.", counted(count, "machine"), counted(hosts, "host")),
        effect:
            "They are shown as one group of stand-alone hosts for each datacenter, which has no failover of its own."
                .into(),
        count: count + hosts,
        examples,
    });
}

fn local_datastores(datastores: &[Datastore], findings: &mut Findings) {
    let local: Vec<&Datastore> = datastores.iter().filter(|datastore| datastore.host_count == 1).collect();
    let in_use: MiB = local.iter().map(|datastore| datastore.in_use).sum();
    let example = |datastore: &&Datastore| Location { value: Some(datastore.name.clone()), ..Location::default() };
    let are = if local.len() == 1 { "is" } else { "are" };
    findings.push(Finding {
        code: FindingCode::LocalDatastore,
        severity: Severity::Note,
        message: format!("{} {are} seen by one host only.", counted(local.len() as u64, "datastore")),
        effect: format!("Machines on them do not fail over to another host. {} are in use there.", size(in_use)),
        count: local.len() as u64,
        examples: local.iter().take(5).map(example).collect(),
    });
}
