//! Real exports, where they are at hand: the totals that other tools found in them.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::collections::BTreeMap;
use std::path::Path;

use groundwork::engine::import::{Imported, InputFile, import};
use groundwork::engine::model::{Criticality, FindingCode, Scope, SetAside};
use groundwork::engine::progress::Silent;
use groundwork::engine::totals::{Totals, totals};

/// Imports a sample beside the repository; `None`, with a message, where it is not there.
fn sample(name: &str) -> Option<Imported> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples").join(name);
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    Some(import(&[InputFile { name, bytes: &bytes }], &mut Silent))
}

fn cluster_totals(imported: &Imported, name: &str) -> Totals {
    let cluster = imported.estate.clusters.iter().find(|cluster| cluster.name == name).expect("the cluster is there");
    totals(&imported.estate, Scope::default(), &BTreeMap::new(), Some(cluster.id))
}

fn hundredths(value: f64) -> u64 {
    (value * 100.0).round() as u64
}

#[test]
fn the_export_of_131_machines_has_its_known_totals() {
    let Some(imported) = sample("rvtools-3x-131vms.xlsx") else { return };
    let all = totals(&imported.estate, Scope::default(), &BTreeMap::new(), None);
    assert_eq!((all.machines, all.planned, all.vcpus), (131, 109, 359));
    assert_eq!(hundredths(all.memory.gib()), 81_799, "699.99 and 118.00 GiB, which people quote as 818.0");
    assert_eq!(hundredths(all.provisioned.tib()), 3485);
    assert_eq!(hundredths(all.in_use.tib()), 3457);
    assert_eq!((hundredths(all.disk_capacity.tib()), all.disks), (3409, 209));
    assert_eq!((hundredths(all.partition_consumed.tib()), all.partitions), (1757, 282));
    assert_eq!((all.hosts, all.cores), (8, 192));
    assert!(all.host_memory.0.abs_diff(524_196 + 1_179_182) <= 2, "vCluster says the same, each cluster rounded");
    assert_eq!(hundredths(all.host_memory.gib()) / 10, 16_634);
    assert_eq!(all.host_cpu.0, 513_568);
    let reasons: BTreeMap<_, _> =
        SetAside::ALL.into_iter().zip(all.set_aside).filter(|(_, count)| *count > 0).collect();
    assert_eq!(reasons, BTreeMap::from([(SetAside::Template, 2), (SetAside::PoweredOff, 20)]));
}

#[test]
fn the_clusters_of_131_machines_have_their_known_totals() {
    let Some(imported) = sample("rvtools-3x-131vms.xlsx") else { return };
    let production = cluster_totals(&imported, "Production Cluster");
    assert_eq!((production.planned, production.vcpus, hundredths(production.memory.gib())), (92, 292, 69_999));
    assert_eq!((production.hosts, production.cores), (6, 160));
    let avaya = cluster_totals(&imported, "Avaya Cluster");
    assert_eq!((avaya.planned, avaya.vcpus, hundredths(avaya.memory.gib())), (17, 67, 11_800));
    assert_eq!((avaya.hosts, avaya.cores), (2, 32));
}

#[test]
fn the_export_of_131_machines_has_a_mangled_header() {
    let Some(imported) = sample("rvtools-3x-131vms.xlsx") else { return };
    let mangled = imported.report.findings.iter().find(|finding| finding.code == FindingCode::MangledHeader);
    let example = &mangled.expect("vPartition has no VM column").examples[0];
    assert_eq!(example.tab.as_deref(), Some("vPartition"));
    assert_eq!(example.column.as_deref(), Some("NEXT Data Center"));
    assert!(!imported.report.has_errors(), "{:#?}", imported.report.findings);
}

#[test]
fn a_sheet_that_claims_a_million_rows_is_read_at_once() {
    let Some(imported) = sample("rvtools-row-dimension-trap.xlsx") else { return };
    assert_eq!(imported.estate.machines.len(), 9);
    assert_eq!(imported.estate.hosts.len(), 7);
    // Reading the claimed range of 1,048,576 rows × 90 columns would take minutes and gigabytes: it would not go unnoticed.
    let info = imported.report.files[0].tabs.iter().find(|tab| tab.name == "vInfo").expect("vInfo was read");
    assert_eq!(info.rows, 9);
}

#[test]
fn the_small_export_gives_three_machines() {
    let Some(imported) = sample("rvtools-small-3vms.xlsx") else { return };
    let all = totals(&imported.estate, Scope::default(), &BTreeMap::new(), None);
    assert_eq!((all.machines, all.planned, all.vcpus, all.memory.gib() as u64), (3, 2, 6, 24));
    assert_eq!((all.hosts, all.cores, all.disks), (2, 32, 4));
    assert_eq!(
        imported.estate.clusters.len(),
        2,
        "the one cluster, and stand-alone hosts: vHost has no Cluster column"
    );
}

/// Custom attributes stand among the columns of RVTools, under names that everybody chooses.
#[test]
fn tags_criticality_and_storage_class_come_from_custom_attributes() {
    let csv = "VM,Powerstate,CPUs,Memory,Annotation,Business Criticality,vm-tags,Storage Class,Datacenter\n\
        a,poweredOn,2,1024,,Mission critical,\"prod; web,prod\",Gold,D\n\
        b,poweredOn,2,1024,,Tier 1,,,D\n";
    let files = [InputFile { name: "RVTools_tabvInfo.csv", bytes: csv.as_bytes() }];
    let imported = import(&files, &mut Silent);
    let machine = |name: &str| imported.estate.machines.iter().find(|machine| machine.name == name).expect("is there");
    let a = machine("a");
    assert_eq!((a.tags.join("|"), a.criticality), ("prod|web".to_owned(), Criticality::Critical));
    assert_eq!(a.storage_class.as_deref(), Some("Gold"));
    let b = machine("b");
    assert_eq!((b.tags.len(), b.criticality, b.storage_class.as_ref()), (0, Criticality::Unknown, None));
    let bad: Vec<_> = imported.report.findings.iter().filter(|it| it.code == FindingCode::BadValue).collect();
    assert_eq!(bad.len(), 1, "{bad:?}");
    assert_eq!(bad[0].examples[0].value.as_deref(), Some("Tier 1"));
}

#[test]
fn no_host_of_the_built_in_sample_does_more_than_it_can() {
    let name = "groundwork-sample.xlsx";
    let bytes = include_bytes!("../static/sample/groundwork-sample.xlsx");
    let imported = import(&[InputFile { name, bytes }], &mut Silent);
    assert_eq!((imported.estate.machines.len(), imported.estate.hosts.len()), (340, 24));
    for host in &imported.estate.hosts {
        // What is above 100 % is not believed, and missing.
        assert!(host.cpu_usage_pct.is_some() && host.memory_usage_pct.is_some(), "{}", host.name);
    }
    let absurd = imported.report.findings.iter().any(|finding| finding.code == FindingCode::AbsurdValue);
    assert!(!absurd, "{:#?}", imported.report.findings);
}
