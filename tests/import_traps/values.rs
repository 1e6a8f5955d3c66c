//! Cells that do not hold what their column promises.

use crate::export::{Export, finding, findings, host, import_files, import_text, machine, place};
use groundwork::engine::model::{FindingCode, MHz, MiB, Power, SetAside};

#[test]
fn text_in_a_number_cell_is_missing_and_the_row_goes_on() {
    let imported = import_text("## vInfo\nVM | CPUs | Memory | NICs\na | 2 | 4096 | 1\nb | two | 8192 | 1");
    let b = machine(&imported, "b");
    assert_eq!((b.vcpus, b.memory), (0, MiB(8192)));
    assert_eq!(place(finding(&imported, FindingCode::BadValue)), "export.xlsx/vInfo/3/CPUs/two");
    let missing = findings(&imported, FindingCode::MissingMeasure);
    assert!(missing.iter().any(|finding| finding.message.contains("1 machine without a number of vCPU")));
}

#[test]
fn numbers_written_as_text_are_numbers() {
    let imported = import_text("## vInfo\nVM | CPUs | Memory | In Use MiB\na | '2 | '4,096 | '1 234.5");
    let a = machine(&imported, "a");
    assert_eq!((a.vcpus, a.memory, a.storage.in_use), (2, MiB(4096), Some(MiB(1235))), "a part of a MiB counts whole");
}

#[test]
fn negative_and_absurd_values_are_missing() {
    let imported = import_text(
        "## vInfo
         VM | CPUs | Memory | In Use MiB
         a  | -2   | 4096   | 500
         b  | 2    | -1     | 500
         c  | 9999 | 4096   | 99999999999999
         d  | 0    | 4096   | 500",
    );
    assert_eq!((machine(&imported, "a").vcpus, machine(&imported, "b").memory), (0, MiB(0)));
    assert_eq!((machine(&imported, "c").vcpus, machine(&imported, "c").storage.in_use), (0, None));
    let absurd = findings(&imported, FindingCode::AbsurdValue);
    let by_column: Vec<_> = absurd.iter().map(|finding| (finding.count, place(finding))).collect();
    assert_eq!(
        by_column,
        [
            (1, "export.xlsx/vInfo/4/In Use MiB/99999999999999".to_owned()),
            (1, "export.xlsx/vInfo/3/Memory/-1".to_owned()),
            (3, "export.xlsx/vInfo/2/CPUs/-2".to_owned()),
        ]
    );
}

#[test]
fn other_tabs_fill_in_what_vinfo_lacks() {
    let imported = import_text(
        "## vInfo\nVM | CPUs\na |\n## vCPU\nVM | CPUs | Overall\na | 6 | 900\n## vMemory\nVM | Size MiB | Active | Consumed\na | 2048 | 300 | 2000",
    );
    let a = machine(&imported, "a");
    assert_eq!((a.vcpus, a.memory), (6, MiB(2048)));
    assert_eq!((a.cpu_used, a.memory_active, a.memory_consumed), (Some(MHz(900)), Some(MiB(300)), Some(MiB(2000))));
}

#[test]
fn a_machine_that_is_off_has_no_measured_use() {
    let imported = import_text(
        "## vInfo\nVM | Powerstate | CPUs\na | poweredOff | 2\n## vCPU\nVM | Overall\na | 0\n## vMemory\nVM | Active\na | 0",
    );
    assert_eq!((machine(&imported, "a").cpu_used, machine(&imported, "a").memory_active), (None, None));
}

#[test]
fn truth_is_written_in_many_ways() {
    let imported = import_text(
        "## vInfo
         VM | CPUs | Template
         a  | 1    | True
         b  | 1    | FALSE
         c  | 1    | 1
         d  | 1    | wahr
         e  | 1    | perhaps",
    );
    let templates: Vec<bool> = ["a", "b", "c", "d", "e"].iter().map(|name| machine(&imported, name).template).collect();
    assert_eq!(templates, [true, false, true, true, false]);
    assert_eq!(place(finding(&imported, FindingCode::BadValue)), "export.xlsx/vInfo/6/Template/perhaps");
}

#[test]
fn boolean_cells_are_truth_values() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("vInfo").expect("a name");
    for (column, header) in (0..).zip(["VM", "CPUs", "Template"]) {
        sheet.write(0, column, header).expect("a cell");
    }
    sheet.write(1, 0, 4711).expect("a cell");
    sheet.write(1, 1, 2).expect("a cell");
    sheet.write(1, 2, true).expect("a cell");
    let imported = import_files(&[("b.xlsx", &workbook.save_to_buffer().expect("a workbook"))]);
    assert!(machine(&imported, "4711").template, "and a name made of digits is a name");
}

#[test]
fn power_states_are_known_in_their_spellings() {
    let imported = import_text(
        "## vInfo
         VM | CPUs | Powerstate
         a  | 1    | poweredOn
         b  | 1    | Powered Off
         c  | 1    | suspended
         d  | 1    |
         e  | 1    | melted",
    );
    let states: Vec<Power> = ["a", "b", "c", "d", "e"].iter().map(|name| machine(&imported, name).power).collect();
    assert_eq!(
        states,
        [Power::On, Power::Off, Power::Suspended, Power::On, Power::On],
        "what is not known is not forgotten"
    );
    assert_eq!(place(finding(&imported, FindingCode::BadValue)), "export.xlsx/vInfo/6/Powerstate/melted");
}

#[test]
fn dates_of_1969_do_no_harm() {
    let imported =
        import_text("## vInfo\nVM | CPUs | Creation date\na | 1 | 1969/12/31 16:00:00\nb | 1 | 2018/10/05 12:22:47");
    assert_eq!(imported.estate.machines.len(), 2);
    assert!(findings(&imported, FindingCode::BadValue).is_empty());
}

#[test]
fn dates_may_be_text_or_serial_numbers() {
    for (cell, taken) in [("2026/09/14 06:02:11", "2026/09/14 06:02:11"), ("45563.5", "2024-09-28 12:00:00")] {
        let imported = import_text(&format!(
            "## vInfo\nVM | CPUs\na | 1\n## vMetaData\nRVTools version | xlsx creation datetime | Server\n4.7.1.4 | {cell} | vc"
        ));
        let source = &imported.estate.sources[0];
        assert_eq!((source.taken.as_deref(), source.tool_version.as_deref()), (Some(taken), Some("4.7.1.4")));
    }
}

#[test]
fn host_memory_in_kib_or_bytes_is_recognised() {
    let imported = import_text(
        "## vHost
         Host | # Cores | # Memory
         mib  | 32      | 523900
         kib  | 32      | 536473600
         byte | 32      | 549348966400
         more | 32      | 1e30",
    );
    assert_eq!(host(&imported, "mib").memory, MiB(523_900));
    assert_eq!(host(&imported, "kib").memory, MiB(523_900));
    assert_eq!(host(&imported, "byte").memory, MiB(523_900));
    assert_eq!(host(&imported, "more").memory, MiB(0));
    assert_eq!(finding(&imported, FindingCode::SuspectUnit).count, 2);
    assert_eq!(finding(&imported, FindingCode::AbsurdValue).count, 1);
}

#[test]
fn a_host_may_have_64_tib_and_no_more() {
    let imported = import_text("## vHost\nHost | # Cores | # Memory\na | 128 | 67108864\nb | 128 | 67108865");
    assert_eq!(host(&imported, "b").memory, MiB(65_536), "64 GiB in KiB");
    assert_eq!(host(&imported, "a").memory, MiB(65_536), "of the same tab, so KiB too");
    let alone = import_text("## vHost\nHost | # Cores | # Memory\na | 128 | 67108864");
    assert_eq!(host(&alone, "a").memory, MiB(67_108_864));
}

#[test]
fn small_hosts_in_kib_are_recognised_by_their_cores_and_by_the_others_of_the_tab() {
    // 32 GiB in KiB is 32 TiB if it were MiB: 2 TiB for each of 16 cores no host has; for each of 64 cores it could be, were it not for the other host.
    let imported = import_text("## vHost\nHost | # Cores | # Memory\nsmall | 16 | 33554432\nmany | 64 | 33554432");
    assert_eq!(host(&imported, "small").memory, MiB(32_768));
    assert_eq!(host(&imported, "many").memory, MiB(32_768));
    assert_eq!(finding(&imported, FindingCode::SuspectUnit).count, 2);
    let example = &finding(&imported, FindingCode::SuspectUnit).examples[1];
    assert_eq!((example.row, example.column.as_deref()), (Some(3), Some("# Memory")));
}

#[test]
fn machines_are_set_aside_for_one_reason_each_and_counted() {
    let imported = import_text(
        "## vInfo
         VM       | Powerstate | Template | SRM Placeholder | Connection state | CPUs | Memory | In Use MiB
         run      | poweredOn  | False    | False           | connected        | 2    | 1024   | 100
         tmpl     | poweredOff | True     | False           | connected        | 2    | 1024   | 100
         srm      | poweredOff | False    | True            | connected        | 2    | 1024   | 100
         vCLS-1f  | poweredOn  | False    | False           | connected        | 1    | 128    | 100
         vCLS (1) | poweredOn  | False    | False           | connected        | 1    | 128    | 100
         lost     | poweredOn  | False    | False           | orphaned         | 2    | 1024   | 100
         gone     | poweredOn  | False    | False           | inaccessible     | 2    | 1024   | 100
         off      | poweredOff | False    | False           | connected        | 2    | 1024   | 100
         sleep    | suspended  | False    | False           | connected        | 2    | 1024   | 100",
    );
    let reason = |name: &str| machine(&imported, name).set_aside();
    assert_eq!(reason("run"), None);
    assert_eq!(reason("tmpl"), Some(SetAside::Template));
    assert_eq!(reason("vCLS (1)"), Some(SetAside::Vcls));
    let set_aside = findings(&imported, FindingCode::SetAside);
    let counts: Vec<(u64, &str)> = set_aside.iter().map(|finding| (finding.count, finding.message.as_str())).collect();
    assert_eq!(
        counts,
        [
            (1, "1 machine is left out: placeholders of Site Recovery."),
            (1, "1 machine is left out: templates."),
            (2, "2 machines are left out: agents of vSphere Cluster Services (vCLS)."),
            (2, "2 machines are left out: orphaned, inaccessible, invalid or disconnected."),
            (2, "2 machines are left out: powered off or suspended."),
        ]
    );
    assert!(set_aside[4].effect.starts_with("−4 vCPU, −2.0 GiB memory, −200 MiB in use."), "{}", set_aside[4].effect);
}

#[test]
fn missing_partition_data_is_said_with_its_effect() {
    let imported = import_text(
        "## vInfo
         VM | CPUs | Memory | In Use MiB
         a  | 1    | 1      | 1048576
         b  | 1    | 1      | 2202010
         c  | 1    | 1      | 1048576
         ## vPartition
         VM | Disk | Consumed MiB
         a  | C:   | 700",
    );
    let missing = findings(&imported, FindingCode::MissingMeasure);
    let partition = missing.iter().find(|finding| finding.message.contains("partition")).expect("is said");
    assert_eq!(partition.message, "2 machines without partition data.");
    assert!(partition.effect.ends_with("+3.1 TiB."), "{}", partition.effect);
    assert_eq!((partition.count, partition.examples.len()), (2, 2));
}

#[test]
fn devices_disks_and_snapshots_that_need_care_are_said() {
    let imported = import_text(
        "## vInfo
         VM | CPUs | Memory
         a  | 1    | 1
         b  | 1    | 1
         ## vDisk
         VM | Disk        | Capacity MiB | Raw   | Sharing mode       | Shared Bus      | Thin
         a  | Hard disk 1 | 100          | True  | sharingNone        | noSharing       | True
         a  | Hard disk 2 | 200          | False | sharingMultiWriter | noSharing       | False
         b  | Hard disk 1 | 300          | False | sharingNone        | physicalSharing |
         ## vSnapshot
         VM | Name | Size MiB (vmsn) | Size MiB (total)
         a  | s1   | 1               | 2048
         a  | s2   | 1               | 1024
         ## vUSB
         VM | Device Node | Device Type | Connected
         a  | USB 1       | remoteHost  | True
         b  | USB 1       | controller  | False
         ## vCD
         VM | Connected
         b  | True
         ## vNetwork
         VM | NIC label | IPv4 Address
         a  | NIC 1     | 10.0.0.1
         a  | NIC 2     | 10.0.0.2
         ## vTools
         VM | Tools
         a  | toolsOld",
    );
    let (a, b) = (machine(&imported, "a"), machine(&imported, "b"));
    assert_eq!((a.raw_disk, a.shared_disk, b.raw_disk, b.shared_disk), (true, true, false, true));
    assert_eq!((a.snapshots, a.snapshot_size, a.usb, b.usb, b.cd_connected), (2, MiB(3072), true, false, true));
    assert_eq!((a.nics, a.ip.as_deref(), a.tools.as_deref()), (2, Some("10.0.0.1"), Some("toolsOld")));
    let disks: Vec<_> = a.disks.iter().map(|disk| (disk.label.as_str(), disk.capacity.0, disk.thin)).collect();
    assert_eq!(disks, [("Hard disk 1", 100, Some(true)), ("Hard disk 2", 200, Some(false))]);
    assert_eq!(findings(&imported, FindingCode::NeedsCare).len(), 5);
}

#[test]
fn datastores_that_one_host_sees_are_local() {
    let imported = import_text(
        "## vHost
         Host | Cluster | # Cores | # Memory
         esx1 | C1      | 8       | 1024
         esx2 | C1      | 8       | 1024
         ## vDatastore
         Name   | Type | Capacity MiB | In Use MiB | # Hosts | Hosts
         shared | VMFS | 1000         | 500        | 2       | esx1, esx2
         local1 | VMFS | 100          | 50         | 1       | esx1
         local2 | VMFS | 100          | 50         |         | esx2",
    );
    let local = finding(&imported, FindingCode::LocalDatastore);
    assert_eq!((local.count, local.message.as_str()), (2, "2 datastores are seen by one host only."));
    let shared = imported.estate.datastores.iter().find(|datastore| datastore.name == "shared").expect("is there");
    assert_eq!((shared.host_count, shared.clusters.len()), (2, 1));
}

#[test]
fn machines_and_hosts_in_no_cluster_form_one_for_each_datacenter() {
    let imported = import_text(
        "## vInfo
         VM | CPUs | Datacenter | Cluster | Host
         a  | 1    | DC1        |         | esx1
         b  | 1    | DC2        |         | esx2
         c  | 1    | DC1        | C1      | esx3
         d  | 1    | DC1        |         | esx3
         ## vHost
         Host | Datacenter | Cluster | # Cores | # Memory
         esx1 | DC1        |         | 8       | 1024
         esx2 | DC2        |         | 8       | 1024
         esx3 | DC1        | C1      | 8       | 1024",
    );
    let mut names: Vec<_> =
        imported.estate.clusters.iter().map(|cluster| (cluster.name.as_str(), cluster.standalone)).collect();
    names.sort_unstable();
    assert_eq!(names, [("C1", false), ("Stand-alone hosts in DC1", true), ("Stand-alone hosts in DC2", true)]);
    assert_eq!(machine(&imported, "a").cluster, host(&imported, "esx1").cluster);
    assert_eq!(machine(&imported, "d").cluster, machine(&imported, "c").cluster, "its host knows the cluster");
    assert_eq!(finding(&imported, FindingCode::NoCluster).message, "2 machines and 2 hosts are in no cluster.");
}

#[test]
fn a_decimal_comma_is_read_in_files_that_have_one() {
    let export = Export::new(
        "## vInfo\nVM | CPUs | Memory | In Use MiB\na | 2 | 4.096 | 1234,5\n## vHost\nHost | # Cores | # Memory\nh | 8 | 196.514",
    );
    let files = export.csv(';');
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let imported = import_files(&files);
    let a = machine(&imported, "a");
    assert_eq!((a.memory, a.storage.in_use, host(&imported, "h").memory), (MiB(4096), Some(MiB(1235)), MiB(196_514)));
}
