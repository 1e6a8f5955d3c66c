//! Headers as they occur in exports: every spelling, order and accident leads to the same columns.

use crate::export::{cluster, finding, findings, host, import_text, machine, place};
use groundwork::engine::model::{FindingCode, MHz, MiB, Power};

#[track_caller]
fn check_storage(headers: &str, values: &str, provisioned: u64, in_use: u64) {
    let imported = import_text(&format!("## vInfo\nVM | CPUs | Memory | {headers}\na | 2 | 4096 | {values}"));
    let storage = machine(&imported, "a").storage;
    assert_eq!((storage.provisioned, storage.in_use), (Some(MiB(provisioned)), Some(MiB(in_use))), "{headers}");
}

#[test]
fn mb_and_mib_mean_the_same() {
    check_storage("Provisioned MB | In Use MB", "1000 | 500", 1000, 500);
    check_storage("Provisioned MiB | In Use MiB", "1000 | 500", 1000, 500);
    check_storage("Provisioned MiB | In use MiB", "1000 | 500", 1000, 500);
    check_storage("provisioned  mib | IN USE (MB)", "1000 | 500", 1000, 500);
}

#[test]
fn other_units_in_a_header_are_converted() {
    check_storage("Provisioned GB | In Use KiB", "2 | 2048", 2048, 2);
    check_storage("Provisioned TiB | In Use Bytes", "1 | 1048577", 1_048_576, 2);
}

#[test]
fn every_tab_takes_mb_for_mib() {
    for unit in ["MB", "MiB"] {
        let imported = import_text(&format!(
            "## vInfo
             VM | CPUs | Total disk capacity {unit}
             a  | 2    | 700
             b  | 2    | 900
             ## vMemory
             VM | Size {unit}
             a  | 4096
             ## vDisk
             VM | Disk | Capacity {unit}
             a  | Hard disk 1 | 600
             ## vPartition
             VM | Disk | Capacity {unit} | Consumed {unit} | Free {unit} | \"Free % \"
             a  | C:   | 590 | 200 | 390 | 66
             ## vSnapshot
             VM | Name | Size {unit} (vmsn) | Size {unit} (total)
             a  | s1   | 1 | 300
             ## vDatastore
             Name | Capacity {unit} | Provisioned {unit} | In Use {unit} | # Hosts
             ds   | 5000 | 4000 | 3000 | 2"
        ));
        let a = machine(&imported, "a");
        assert_eq!((a.memory, a.snapshot_size), (MiB(4096), MiB(300)), "{unit}");
        assert_eq!(a.storage.disk_capacity, Some(MiB(600)), "vDisk goes before vInfo");
        assert_eq!((a.storage.partition_capacity, a.storage.partition_consumed), (Some(MiB(590)), Some(MiB(200))));
        assert_eq!(machine(&imported, "b").storage.disk_capacity, Some(MiB(900)), "vInfo knows where vDisk does not");
        let datastore = &imported.estate.datastores[0];
        assert_eq!((datastore.capacity, datastore.provisioned, datastore.in_use), (MiB(5000), MiB(4000), MiB(3000)));
    }
}

#[test]
fn blanks_around_headers_do_not_matter() {
    let imported = import_text("## vInfo\n\" VM \" | \"CPUs \" | \"  Memory\"\na | 2 | 4096");
    assert_eq!((machine(&imported, "a").vcpus, machine(&imported, "a").memory), (2, MiB(4096)));
}

#[test]
fn a_vcenter_uuid_is_the_sdk_uuid() {
    let ids = ["VI SDK UUID", "vCenter UUID"].map(|header| {
        let imported = import_text(&format!("## vInfo\nVM | CPUs | VM ID | {header}\na | 2 | vm-1 | ABC-1"));
        assert!(findings(&imported, FindingCode::MissingId).is_empty());
        machine(&imported, "a").id
    });
    assert_eq!(ids[0], ids[1]);
}

#[test]
fn the_system_by_tools_goes_before_the_configured_one() {
    let imported = import_text(
        "## vInfo
         VM | CPUs | OS according to the configuration file | OS according to the VMware tools
         a  | 2    | Microsoft Windows Server 2012 (64-bit) | Microsoft Windows Server 2019 (64-bit)
         b  | 2    | Debian GNU/Linux 9 (64-bit)            |",
    );
    assert_eq!(machine(&imported, "a").os.as_deref(), Some("Microsoft Windows Server 2019 (64-bit)"));
    assert_eq!(machine(&imported, "b").os.as_deref(), Some("Debian GNU/Linux 9 (64-bit)"));
}

#[test]
fn the_prefixed_dialect_is_read() {
    let imported = import_text(
        "## vInfo
         vInfoVMName | vInfoPowerstate | vInfoCPUs | vInfoMemory | vInfoProvisioned | vInfoInUse | vInfoDataCenter | vInfoCluster | vInfoHost | vInfoOS | vInfoUUID
         a | poweredOff | 4 | 8192 | 9000 | 5000 | DC | C1 | esx1 | Ubuntu Linux (64-bit) | u-1
         ## vHost
         vHostName | vHostDatacenter | vHostCluster | vHostCpuMhz | vHostNumCpu | vHostCoresPerCPU | vHostNumCpuCores | vHostMemorySize
         esx1 | DC | C1 | 2600 | 2 | 14 | 28 | 262144
         ## vMemory
         vMemoryVMName | vMemoryUUID | vMemorySizeMiB
         a | u-1 | 8192
         ## vPartition
         vPartitionVMName | vPartitionUUID | vPartitionDisk | vPartitionCapacityMiB | vPartitionConsumedMiB
         a | u-1 | / | 4000 | 3000",
    );
    let a = machine(&imported, "a");
    assert_eq!((a.power, a.vcpus, a.memory, a.storage.in_use), (Power::Off, 4, MiB(8192), Some(MiB(5000))));
    assert_eq!(a.storage.partition_consumed, Some(MiB(3000)));
    let esx = host(&imported, "esx1");
    assert_eq!((esx.speed, esx.sockets, esx.cores, esx.memory), (MHz(2600), 2, 28, MiB(262_144)));
    assert_eq!((a.host, a.cluster), (Some(esx.id), esx.cluster));
}

#[test]
fn custom_attributes_between_columns_do_not_shift_them() {
    let imported = import_text(
        "## vInfo
         VM | CPUs | Memory | Annotation | owner | com.vmware.vdp2.protected | Last Backup | Datacenter | Cluster | Host
         a  | 2    | 4096   | note       | Ann   | x                        | never       | DC1        | C1      | esx1",
    );
    let found = cluster(&imported, "C1");
    assert_eq!((found.datacenter.as_deref(), machine(&imported, "a").cluster), (Some("DC1"), found.id));
    assert_eq!(imported.report.files[0].tabs[0].columns_ignored, 4, "Annotation and three custom attributes");
}

#[test]
fn a_column_that_stands_twice_is_read_once_and_said() {
    let imported = import_text(
        "## vInfo
         VM | CPUs | Datacenter | Datacenter | Cluster
         a  | 2    | DC1        | other      | C1
         b  | 2    |            | DC2        | C2",
    );
    assert_eq!(cluster(&imported, "C1").datacenter.as_deref(), Some("DC1"), "the first occurrence wins");
    assert_eq!(
        cluster(&imported, "C2").datacenter,
        None,
        "also where it is empty: the second may be an attribute of one's own"
    );
    assert_eq!(place(finding(&imported, FindingCode::DuplicateColumn)), "export.xlsx/vInfo/1/Datacenter/");
}

#[test]
fn a_custom_attribute_that_sounds_like_a_column_does_not_win() {
    let imported = import_text(
        "## vInfo
         VM | CPUs | Name | OS    | OS according to the configuration file
         a  | 2    | zzz  | maybe | Ubuntu Linux (64-bit)",
    );
    assert_eq!(machine(&imported, "a").os.as_deref(), Some("Ubuntu Linux (64-bit)"));
    assert!(findings(&imported, FindingCode::DuplicateColumn).is_empty());
}

#[test]
fn a_mangled_first_header_is_recognised_by_its_values() {
    let imported = import_text(
        "## vInfo
         VM | CPUs
         a  | 2
         b  | 2
         ## vPartition
         NEXT Data Center | Disk | Consumed MB
         a | C: | 100
         b | C: | 200",
    );
    assert_eq!(machine(&imported, "b").storage.partition_consumed, Some(MiB(200)));
    assert_eq!(place(finding(&imported, FindingCode::MangledHeader)), "export.xlsx/vPartition/1/NEXT Data Center/");
}

#[test]
fn a_first_column_of_other_things_is_not_taken_for_names() {
    let imported =
        import_text("## vInfo\nVM | CPUs\na | 2\n## vPartition\nSize class | Disk | Consumed MB\nlarge | C: | 100");
    assert_eq!(machine(&imported, "a").storage.partition_consumed, None);
    assert!(findings(&imported, FindingCode::MangledHeader).is_empty());
    assert!(
        findings(&imported, FindingCode::MissingColumn).iter().any(|finding| finding.message.contains("vPartition"))
    );
}

#[test]
fn columns_that_old_versions_lack_are_optional() {
    let imported = import_text(
        "## vInfo
         VM | Powerstate | Template | CPUs | Memory | Provisioned MB | In Use MB | Datacenter | Cluster | Host
         a  | poweredOn  | False    | 2    | 4096   | 1000           | 500       | DC         | C1      | esx1
         ## vHost
         Host | Datacenter | Cluster | CPU Model | Speed | # CPU | Cores per CPU | # Cores | # Memory | # VMs
         esx1 | DC         | C1      | Xeon      | 2600  | 2     | 14            | 28      | 196514   | 9",
    );
    assert_eq!(host(&imported, "esx1").memory, MiB(196_514));
    assert!(!host(&imported, "esx1").in_maintenance);
    assert!(findings(&imported, FindingCode::MissingColumn).is_empty(), "{:#?}", imported.report.findings);
}

#[test]
fn cores_follow_from_sockets_where_their_sum_is_missing() {
    let imported = import_text("## vHost\nHost | # CPU | Cores per CPU | # Memory\nesx1 | 2 | 14 | 1024");
    assert_eq!(host(&imported, "esx1").cores, 28);
}

#[test]
fn a_cluster_tab_may_call_its_name_cluster() {
    let imported =
        import_text("## vInfo\nVM | CPUs | Cluster\na | 2 | C1\n## vCluster\nCluster | HA enabled\nC1 | True");
    assert_eq!(cluster(&imported, "C1").ha_enabled, Some(true));
    assert_eq!(imported.estate.clusters.len(), 1);
}

#[test]
fn a_missing_column_is_said_with_its_effect() {
    let imported = import_text("## vInfo\nVM | CPUs | Memory | Powerstate\na | 2 | 4096 | poweredOn");
    let missing = finding(&imported, FindingCode::MissingColumn);
    assert_eq!(
        (place(missing), missing.effect.contains("Provisioned")),
        ("export.xlsx/vInfo/1/In Use MiB/".into(), true)
    );
}

#[test]
fn tabs_are_known_in_any_case_and_titles_above_the_header_are_passed_over() {
    let imported = import_text(
        "## VINFO
         Our inventory
         VM | CPUs
         a  | 2
         ## vCpu
         VM | Overall
         a  | 700
         ## tabvMemory
         VM | Active
         a  | 512",
    );
    let a = machine(&imported, "a");
    assert_eq!((a.cpu_used, a.memory_active), (Some(MHz(700)), Some(MiB(512))));
}

#[test]
fn a_tab_saved_under_another_name_is_recognised_by_its_columns() {
    let imported = import_text("## Sheet1\nVM | Powerstate | CPUs | Memory\na | poweredOn | 2 | 4096");
    assert_eq!(machine(&imported, "a").vcpus, 2);
}
