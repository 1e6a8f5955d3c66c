//! An estate that is there, and more files about it or about others: one estate.

use super::Imported;
use super::columns::Tab;
use super::findings::{Findings, counted};
use super::inventory::on_estate;
use crate::engine::model::{
    ClusterId, Estate, FileReport, Finding, FindingCode, ImportReport, Location, Machine, Severity, Source,
};
use crate::engine::order::arrange;

/// What was imported, joined to the estate that is there.
///
/// Machines, hosts, clusters and datastores are the same where their ids are, as they would be had all files been given at once. Of two that are the same the
/// one of the newer export is believed, by the dates of the exports of its vCenter; where a date is missing, the one that was imported now. What the new files
/// do not have stays: they may be about another vCenter, or about a part of it.
///
/// Findings about the estate as a whole are made anew, those about files are of both. Where nothing was imported, that is given back as it is.
pub fn join(present: &Estate, report: &ImportReport, new: Imported) -> Imported {
    if new.cancelled || new.estate.is_empty() {
        return new;
    }
    let mut findings = Findings::default();
    let estate = join_estates(present, &new.estate, &mut findings);
    let files = join_files(&report.files, new.report.files);
    for finding in report.findings.iter().chain(&new.report.findings) {
        if !is_of_estate(finding.code) {
            findings.push(finding.clone());
        }
    }
    let tabs = files.iter().flat_map(|file| &file.tabs).filter_map(|tab| Tab::of(&tab.name)).collect();
    on_estate(&estate, &tabs, &mut findings);
    let mut findings = findings.finish();
    findings.dedup();
    Imported { estate, report: ImportReport { files, findings }, cancelled: false }
}

/// Whether a finding is about the estate as a whole.
const fn is_of_estate(code: FindingCode) -> bool {
    use FindingCode as C;
    matches!(
        code,
        C::MissingOptionalTab
            | C::MissingMeasure
            | C::DuplicateName
            | C::NeedsCare
            | C::NoCluster
            | C::LocalDatastore
            | C::SetAside
    )
}

fn join_estates(present: &Estate, new: &Estate, findings: &mut Findings) -> Estate {
    let is_older = |cluster: ClusterId| is_older(present, new, cluster);
    remark(present, new, findings);
    let mut sources = [present.sources.clone(), new.sources.clone()].concat();
    arrange(&mut sources, |a, b| (&a.name, &a.taken).cmp(&(&b.name, &b.taken)));
    sources.dedup();
    Estate {
        sources,
        clusters: joined(&present.clusters, &new.clusters, |it| it.id, |it| is_older(it.id)),
        hosts: joined(&present.hosts, &new.hosts, |it| it.id, |it| is_older(it.cluster)),
        datastores: joined(
            &present.datastores,
            &new.datastores,
            |it| it.id,
            |it| it.clusters.first().is_some_and(|cluster| is_older(*cluster)),
        ),
        machines: joined(&present.machines, &new.machines, |it| it.id, |it| is_older(it.cluster)),
    }
}

/// Both lists as one in the order of ids. Of two with the same id the new one, but where that is older.
fn joined<T: Clone, I: Ord>(present: &[T], new: &[T], id: impl Fn(&T) -> I, is_older: impl Fn(&T) -> bool) -> Vec<T> {
    let mut all = Vec::with_capacity(present.len() + new.len());
    // Both are in that order.
    let mut before = present.iter().peekable();
    for it in new {
        while let Some(smaller) = before.next_if(|there| id(there) < id(it)) {
            all.push(smaller.clone());
        }
        let same = before.next_if(|there| id(there) == id(it));
        all.push(same.filter(|_| is_older(it)).unwrap_or(it).clone());
    }
    all.extend(before.cloned());
    all
}

/// When the newest export of the vCenter of a cluster was taken; of all exports, where the vCenter has no name.
fn taken(estate: &Estate, cluster: ClusterId) -> Option<&str> {
    source(estate, cluster)?.taken.as_deref()
}

/// Whether the new files know less of what is in a cluster than those before.
fn is_older(present: &Estate, new: &Estate, cluster: ClusterId) -> bool {
    match (taken(present, cluster), taken(new, cluster)) {
        (Some(before), Some(now)) => now < before,
        _ => false,
    }
}

/// The newest export of the vCenter of a cluster.
fn source(estate: &Estate, cluster: ClusterId) -> Option<&Source> {
    let vcenter = estate.cluster(cluster).and_then(|cluster| cluster.vcenter.as_deref());
    let names = |vcenters: &[String]| vcenter.is_none_or(|name| vcenters.iter().any(|other| other == name));
    estate.sources.iter().filter(|source| names(&source.vcenters)).max_by_key(|source| &source.taken)
}

/// Says how many machines were there already.
fn remark(present: &Estate, new: &Estate, findings: &mut Findings) {
    let known: Vec<&Machine> = new.machines.iter().filter(|machine| present.machine(machine.id).is_some()).collect();
    let place = |estate: &Estate, machine: &Machine| Location {
        file: source(estate, machine.cluster).map(|source| source.name.clone()).unwrap_or_default(),
        value: Some(machine.name.clone()),
        ..Location::default()
    };
    let repeat = |machine: &&Machine| {
        let places = (place(present, machine), place(new, machine));
        let (row, counts) = if is_older(present, new, machine.cluster) { (places.1, places.0) } else { places };
        Location { counts: Some(Box::new(counts)), ..row }
    };
    let count = known.len() as u64;
    let were = if count == 1 { "was" } else { "were" };
    findings.push(Finding {
        code: FindingCode::DuplicateRow,
        severity: Severity::Note,
        message: format!("{} of the files that were added {were} there already.", counted(count, "machine")),
        effect: "Each is counted once, as the newer export has it. What you entered for it stays.".into(),
        count,
        examples: known.iter().map(repeat).collect(),
    });
}

/// The files of both, each once: a file that was read again as it was read now.
fn join_files(before: &[FileReport], now: Vec<FileReport>) -> Vec<FileReport> {
    let is_read_again =
        |file: &FileReport| now.iter().any(|other| (&other.name, other.bytes) == (&file.name, file.bytes));
    let kept = before.iter().filter(|file| !is_read_again(file)).cloned();
    kept.chain(now.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{InputFile, import};
    use super::*;
    use crate::engine::progress::Silent;

    /// The machines of a vCenter at a day, with so many vCPU each, as an export of that day.
    fn read(vcenter: &str, day: u32, machines: &[(&str, u32)]) -> Imported {
        let source = format!("Name,VI SDK UUID,Timestamp\n{vcenter},{vcenter}-uuid,2026-01-{day:02}\n");
        let head = "VM,Powerstate,CPUs,Memory,Host,Cluster,Datacenter,VM ID,VI SDK Server,VI SDK UUID\n";
        let row = |(name, vcpus): &(&str, u32)| {
            format!("{name},poweredOn,{vcpus},4096,esx-{vcenter},C,dc,vm-{name},{vcenter},{vcenter}-uuid\n")
        };
        let info = head.to_owned() + &machines.iter().map(row).collect::<String>();
        let meta = format!("RVTools version,xlsx creation datetime\n4.7,2026-01-{day:02} 08:00:00\n");
        let names = ["vInfo", "vMetaData", "vSource"].map(|tab| format!("{vcenter}-{day}_tab{tab}.csv"));
        let texts = [info, meta, source];
        let files: Vec<InputFile<'_>> =
            names.iter().zip(&texts).map(|(name, text)| InputFile { name, bytes: text.as_bytes() }).collect();
        import(&files, &mut Silent)
    }

    fn sizes(imported: &Imported) -> Vec<(&str, u32)> {
        let mut sizes: Vec<_> =
            imported.estate.machines.iter().map(|machine| (&*machine.name, machine.vcpus)).collect();
        sizes.sort_unstable();
        sizes
    }

    fn joined_to(first: &Imported, then: Imported) -> Imported {
        join(&first.estate, &first.report, then)
    }

    #[test]
    fn another_vcenter_is_added_whatever_its_machines_are_called() {
        let north = read("north", 1, &[("a", 2), ("b", 2)]);
        let both = joined_to(&north, read("south", 1, &[("a", 4)]));
        assert_eq!(sizes(&both), [("a", 2), ("a", 4), ("b", 2)]);
        assert_eq!((both.estate.clusters.len(), both.estate.sources.len()), (2, 2));
        assert!(both.report.findings.iter().any(|finding| finding.code == FindingCode::DuplicateName));
    }

    #[test]
    fn a_machine_that_is_there_is_updated_by_the_newer_export_only() {
        let first = read("north", 10, &[("a", 2), ("b", 2)]);
        let newer = joined_to(&first, read("north", 20, &[("a", 8), ("c", 1)]));
        assert_eq!(sizes(&newer), [("a", 8), ("b", 2), ("c", 1)]);
        let older = joined_to(&first, read("north", 5, &[("a", 8), ("c", 1)]));
        assert_eq!(sizes(&older), [("a", 2), ("b", 2), ("c", 1)]);
        let told = newer.report.findings.iter().find(|finding| finding.code == FindingCode::DuplicateRow);
        let told = told.expect("a machine that is in both is told");
        let counts = told.examples[0].counts.as_ref().expect("the one that counts");
        let files = (counts.file.as_str(), told.examples[0].file.as_str());
        assert_eq!((told.count, files), (1, ("north-20_tabvInfo.csv", "north-10_tabvInfo.csv")));
    }

    #[test]
    fn ids_are_those_of_files_that_were_read_together() {
        let ids = |imported: &Imported| imported.estate.machines.iter().map(|machine| machine.id).collect::<Vec<_>>();
        let north = read("north", 1, &[("a", 2)]);
        let south = read("south", 1, &[("a", 4)]);
        let (one, other) = (joined_to(&north, south.clone()), joined_to(&south, north.clone()));
        assert_eq!(ids(&one), ids(&other));
        assert_eq!(ids(&one).len(), 2);
    }

    #[test]
    fn the_same_files_again_change_nothing_and_nothing_stays_nothing() {
        let first = read("north", 1, &[("a", 2), ("b", 2)]);
        let again = joined_to(&first, first.clone());
        assert_eq!((&again.estate, again.report.files.len()), (&first.estate, first.report.files.len()));
        let nothing = joined_to(&first, Imported::default());
        assert!(nothing.estate.is_empty());
    }
}
