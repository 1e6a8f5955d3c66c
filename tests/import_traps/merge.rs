//! Which rows are about the same machine: within an export, between tabs, and between exports.

use std::collections::BTreeSet;

use crate::export::{Export, finding, findings, import_files, import_text, machine, place};
use groundwork::engine::model::{FindingCode, MachineId, MiB, SetAside};

fn capacity(imported: &groundwork::engine::import::Imported, name: &str) -> Option<u64> {
    machine(imported, name).storage.disk_capacity.map(|capacity| capacity.0)
}

#[test]
fn rows_find_their_machine_by_id_although_names_are_shared() {
    let imported = import_text(
        "## vInfo
         VM  | CPUs | Folder | VM ID | VI SDK UUID
         dup | 1    | f1     | vm-1  | vc1
         dup | 2    | f2     | vm-2  | vc1
         dup | 3    | f3     | vm-1  | vc2
         ## vDisk
         VM  | Disk        | Capacity MiB | VM ID | VI SDK UUID
         dup | Hard disk 1 | 100          | vm-1  | vc1
         dup | Hard disk 1 | 200          | vm-2  | VC1
         dup | Hard disk 1 | 300          | vm-1  | vc2",
    );
    let sizes: BTreeSet<(u32, Option<MiB>)> =
        imported.estate.machines.iter().map(|machine| (machine.vcpus, machine.storage.disk_capacity)).collect();
    assert_eq!(sizes, BTreeSet::from([(1, Some(MiB(100))), (2, Some(MiB(200))), (3, Some(MiB(300)))]));
    assert_eq!(finding(&imported, FindingCode::DuplicateName).count, 3);
    assert!(findings(&imported, FindingCode::MissingId).is_empty());
}

#[test]
fn rows_find_their_machine_by_uuid() {
    let imported = import_text(
        "## vInfo\nVM | CPUs | VM UUID\ndup | 1 | AA-1\ndup | 2 | aa-2\n## vDisk\nVM | Disk | Capacity MiB | VM UUID\nrenamed | d | 100 | aa-1",
    );
    let with_disk: Vec<u32> = imported
        .estate
        .machines
        .iter()
        .filter(|machine| !machine.disks.is_empty())
        .map(|machine| machine.vcpus)
        .collect();
    assert_eq!(with_disk, [1]);
}

#[test]
fn rows_find_their_machine_by_name_and_host() {
    let imported = import_text(
        "## vInfo\nVM | CPUs | Host\ndup | 1 | esx1\ndup | 2 | esx2\nsolo | 3 | esx1
         ## vDisk\nVM | Disk | Capacity MiB | Host\ndup | d | 100 | esx2\nsolo | d | 300 | moved-elsewhere",
    );
    let of =
        |vcpus| imported.estate.machines.iter().find(|machine| machine.vcpus == vcpus).expect("is there").disks.len();
    assert_eq!((of(1), of(2), of(3)), (0, 1, 1), "a name that is not shared is enough");
}

#[test]
fn a_row_that_fits_several_machines_belongs_to_none() {
    let imported =
        import_text("## vInfo\nVM | CPUs\ndup | 1\ndup | 2\n## vDisk\nVM | Disk | Capacity MiB\ndup | d | 100");
    assert_eq!(imported.estate.machines.len(), 2, "kept apart");
    assert!(imported.estate.machines.iter().all(|machine| machine.disks.is_empty()));
    assert_eq!(place(finding(&imported, FindingCode::UnmatchedRow)), "export.xlsx/vDisk/2//dup");
    assert_eq!(finding(&imported, FindingCode::DuplicateName).count, 2);
    assert_eq!(finding(&imported, FindingCode::MissingId).count, 2);
}

#[test]
fn ids_of_old_exports_without_a_vcenter_are_used_too() {
    // RVTools 3 writes a VM ID in vInfo, and a blank where the vCenter should stand.
    let imported = import_text(
        "## vInfo\nVM | CPUs | Host | VM ID\na | 1 | esx1 | vm-7\na | 2 | esx1 | vm-8
         ## vDisk\nVM | Disk | Capacity MiB | VM ID | VI SDK Server | VI SDK UUID\na | d | 100 | vm-8 | ' | '",
    );
    let with_disk: Vec<u32> = imported
        .estate
        .machines
        .iter()
        .filter(|machine| !machine.disks.is_empty())
        .map(|machine| machine.vcpus)
        .collect();
    assert_eq!(with_disk, [2]);
    assert!(findings(&imported, FindingCode::MissingId).is_empty());
}

#[test]
fn a_machine_keeps_its_identity_when_everything_but_its_id_changes() {
    let before =
        import_text("## vInfo\nVM | CPUs | Host | Cluster | VM ID | VI SDK UUID\na | 1 | esx1 | C1 | vm-7 | vc1");
    let after =
        import_text("## vInfo\nVM | CPUs | Host | Cluster | VM ID | VI SDK UUID\nb | 8 | esx9 | C2 | vm-7 | vc1");
    assert_eq!(machine(&before, "a").id, machine(&after, "b").id);
    assert_eq!(machine(&before, "a").id, MachineId::of(&["vc1", "vm-7"]));
}

#[test]
fn a_row_that_stands_twice_counts_once() {
    let imported = import_text(
        "## vInfo
         VM | CPUs | VM ID | VI SDK UUID
         a  | 2    | vm-1  | vc1
         a  | 2    | vm-1  | vc1
         ## vDisk
         VM | Disk        | Capacity MiB | VM ID | VI SDK UUID
         a  | Hard disk 1 | 100          | vm-1  | vc1
         a  | Hard disk 1 | 100          | vm-1  | vc1
         a  | Hard disk 2 | 100          | vm-1  | vc1
         ## vPartition
         VM | Disk | Consumed MiB | VM ID | VI SDK UUID
         a  | C:   | 60           | vm-1  | vc1
         a  | C:   | 60           | vm-1  | vc1
         a  | D:   | 60           | vm-1  | vc1",
    );
    assert_eq!(imported.estate.machines.len(), 1);
    assert_eq!((capacity(&imported, "a"), machine(&imported, "a").partitions), (Some(200), 2));
    assert_eq!(findings(&imported, FindingCode::DuplicateRow).len(), 3, "one for each tab");
}

#[test]
fn of_two_exports_of_one_vcenter_the_newer_one_is_believed() {
    let export = |vcpus: u32, disks: &str, taken: &str| {
        Export::new(&format!(
            "## vInfo\nVM | CPUs | VM ID | VI SDK UUID\na | {vcpus} | vm-1 | vc1
             ## vDisk\nVM | Disk | Capacity MiB | VM ID | VI SDK UUID\n{disks}
             ## vHost\nHost | # Cores | # Memory | VI SDK UUID\nesx1 | {vcpus} | 1024 | vc1
             ## vMetaData\nRVTools version | xlsx creation datetime\n4.7.1 | {taken}"
        ))
        .xlsx()
    };
    let old = export(2, "a | Hard disk 1 | 100 | vm-1 | vc1", "2025/01/01 00:00:00");
    let new = export(8, "a | Hard disk 1 | 150 | vm-1 | vc1\na | Hard disk 2 | 50 | vm-1 | vc1", "2026/01/01 00:00:00");
    for files in [[("a.xlsx", &old), ("b.xlsx", &new)], [("a.xlsx", &new), ("b.xlsx", &old)]] {
        let files: Vec<(&str, &[u8])> = files.iter().map(|&(name, bytes)| (name, bytes.as_slice())).collect();
        let imported = import_files(&files);
        assert_eq!(imported.estate.machines.len(), 1);
        assert_eq!((machine(&imported, "a").vcpus, capacity(&imported, "a")), (8, Some(200)));
        assert_eq!((imported.estate.hosts.len(), imported.estate.hosts[0].cores), (1, 8));
        let repeats = findings(&imported, FindingCode::DuplicateRow);
        assert_eq!(repeats.len(), 2, "vInfo and vHost");
        let newer = files.iter().find(|(_, bytes)| *bytes == new.as_slice()).expect("one of them").0;
        for repeat in repeats {
            let [row] = repeat.examples.as_slice() else { panic!("one row each: {repeat:?}") };
            let counts = row.counts.as_ref().expect("the one that counts");
            assert_eq!((counts.file.as_str(), counts.row, &counts.value), (newer, Some(2), &row.value));
            assert_ne!(row.file, newer);
        }
    }
}

#[test]
fn exports_of_two_vcenters_are_merged() {
    let export = |server: &str| {
        Export::new(&format!(
            "## vInfo\nVM | CPUs | Datacenter | Cluster | Host | VM ID | VI SDK Server | VI SDK UUID\na | 2 | DC | C1 | esx1 | vm-1 | {server} | id-{server}
             ## vHost\nHost | Datacenter | Cluster | # Cores | # Memory | VI SDK Server | VI SDK UUID\nesx1 | DC | C1 | 8 | 1024 | {server} | id-{server}
             ## vDatastore\nName | Capacity MiB | # Hosts | VI SDK Server | VI SDK UUID\nds | 5 | 2 | {server} | id-{server}"
        ))
        .xlsx()
    };
    let (first, second) = (export("vc1"), export("vc2"));
    let imported = import_files(&[("1.xlsx", &first), ("2.xlsx", &second)]);
    let estate = &imported.estate;
    assert_eq!(
        (estate.machines.len(), estate.hosts.len(), estate.clusters.len(), estate.datastores.len()),
        (2, 2, 2, 2)
    );
    let vcenters: Vec<_> = estate.sources.iter().flat_map(|source| source.vcenters.clone()).collect();
    assert_eq!(vcenters, ["vc1", "vc2"]);
    for machine in &estate.machines {
        let cluster = estate.cluster(machine.cluster).expect("is there");
        let host = estate.hosts.iter().find(|host| Some(host.id) == machine.host).expect("is there");
        assert_eq!(host.cluster, cluster.id);
    }
}

#[test]
fn tabs_that_do_not_name_the_vcenter_belong_to_the_one_of_their_export() {
    let imported = import_text(
        "## vInfo\nVM | CPUs | Datacenter | Cluster | Host | VM ID\na | 2 | DC | C1 | esx1 | vm-1
         ## vHost\nHost | Datacenter | Cluster | # Cores | # Memory | VI SDK Server | VI SDK UUID\nesx1 | DC | C1 | 8 | 1024 | vc1 | id-1
         ## vCluster\nName | HA enabled | VI SDK Server\nC1 | False | vc1",
    );
    let [cluster] = imported.estate.clusters.as_slice() else { panic!("one cluster: {:#?}", imported.estate.clusters) };
    assert_eq!((cluster.ha_enabled, cluster.vcenter.as_deref()), (Some(false), Some("vc1")));
    assert_eq!(machine(&imported, "a").host, Some(imported.estate.hosts[0].id));
}

#[test]
fn tabs_may_lie_in_different_workbooks() {
    let info = Export::new("## vInfo\nVM | CPUs\na | 2").xlsx();
    let disk = Export::new("## vDisk\nVM | Disk | Capacity MiB\na | d | 100").xlsx();
    let imported = import_files(&[("disk.xlsx", &disk), ("info.xlsx", &info)]);
    assert_eq!(capacity(&imported, "a"), Some(100));
}

#[test]
fn clusters_without_machines_or_hosts_are_kept() {
    let imported =
        import_text("## vInfo\nVM | CPUs | Cluster\na | 2 | C1\n## vCluster\nName | HA enabled\nC1 | True\nC2 | False");
    let names: BTreeSet<&str> = imported.estate.clusters.iter().map(|cluster| cluster.name.as_str()).collect();
    assert_eq!(names, BTreeSet::from(["C1", "C2"]));
}

#[test]
fn datastores_of_one_name_in_two_datacenters_are_two() {
    let imported = import_text(
        "## vDatastore\nName | Capacity MiB | # Hosts | URL\nds | 5 | 2 | u1\nds | 6 | 2 | u2\nds | 5 | 2 | u1",
    );
    assert_eq!(imported.estate.datastores.len(), 2);
    assert_eq!(finding(&imported, FindingCode::DuplicateRow).count, 1);
}

#[test]
fn set_aside_machines_stay_in_the_estate() {
    let imported = import_text("## vInfo\nVM | CPUs | Template\nt | 2 | True");
    assert_eq!(machine(&imported, "t").set_aside(), Some(SetAside::Template));
}
