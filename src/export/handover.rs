//! Files for the assessment tools of others. Only what they know by name: columns without a value stay empty.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::csv::{guarded, row};
use super::table::milli;
use super::{ExportError, Source};
use crate::engine::model::{MHz, Machine, MachineEdit, MiB, Power};
use crate::engine::sizing::demand;
use crate::store::words;

/// Servers that one import of Azure Migrate takes.
const AZURE_SERVERS: usize = 20_000;
/// Disks that its format has columns for.
const AZURE_DISKS: usize = 8;

/// The planned machines: those with a place and those without.
fn planned(source: Source<'_>) -> Vec<&Machine> {
    let plan = &source.outcome.plan;
    let ids = plan.assignments.iter().map(|it| it.machine).chain(plan.unplaced.iter().map(|it| it.machine));
    let mut machines: Vec<&Machine> = ids.filter_map(|id| source.project.estate.machine(id)).collect();
    machines.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    machines
}

/// vCPU, memory and storage as they are planned.
fn sizes(source: Source<'_>, machine: &Machine) -> (u64, MiB, MiB) {
    let speed = host_speed(source, machine);
    let [cpu, memory, storage, ..] =
        demand(machine, source.scenario.edits.get(&machine.id), &source.scenario.policy, speed).resources;
    (cpu.div_ceil(1000), MiB(memory), MiB(storage))
}

fn host_speed(source: Source<'_>, machine: &Machine) -> Option<MHz> {
    let hosts = &source.project.estate.hosts;
    // Hosts are sorted by their ids.
    let index = hosts.binary_search_by_key(&machine.host?, |host| host.id).ok()?;
    Some(hosts[index].speed)
}

fn gib(size: MiB) -> String {
    milli(i64::try_from(u128::from(size.0) * 1000 / 1024).unwrap_or(i64::MAX))
}

/// The CSV import of Azure Migrate (<https://learn.microsoft.com/azure/migrate/tutorial-discover-import>): four columns are needed, the rest helps.
pub fn azure_migrate(source: Source<'_>) -> Result<Vec<u8>, ExportError> {
    let machines = planned(source);
    if machines.len() > AZURE_SERVERS {
        return Err(ExportError::TooLarge(format!(
            "Azure Migrate takes at most {AZURE_SERVERS} servers in one file, this plan has {}: plan fewer machines, by a rule or by cluster",
            machines.len()
        )));
    }
    let mut out = String::new();
    let fixed = [
        "*Server Name",
        "IP addresses",
        "*Cores",
        "*Memory (In MB)",
        "*OS name",
        "OS version",
        "OS architecture",
        "Server type",
        "Hypervisor",
        "CPU utilization percentage",
        "Memory utilization percentage",
        "Network adapters",
        "Network In throughput",
        "Network Out throughput",
        "Boot type",
        "Number of disks",
        "Storage in use (In GB)",
    ];
    let disks = (1..=AZURE_DISKS).flat_map(|disk| {
        [
            "size (In GB)",
            "read throughput (MB per second)",
            "write throughput (MB per second)",
            "read ops (operations per second)",
            "write ops (operations per second)",
        ]
        .map(|what| format!("Disk {disk} {what}"))
    });
    row(&mut out, fixed.iter().map(|title| (*title).to_owned()).chain(disks));
    for machine in machines {
        row(&mut out, azure_row(source, machine));
    }
    Ok(out.into_bytes())
}

fn azure_row(source: Source<'_>, machine: &Machine) -> Vec<String> {
    let (vcpus, memory, storage) = sizes(source, machine);
    let speed = host_speed(source, machine);
    let share = |part: u64, whole: u64| {
        let share = (part * 100).checked_div(whole);
        share.map_or_else(String::new, |share| share.min(100).to_string())
    };
    let cpu_whole = speed.map_or(0, |speed| speed.0 * u64::from(machine.vcpus));
    let mut cells = vec![
        guarded(&machine.name),
        machine.ip.clone().unwrap_or_default(),
        vcpus.to_string(),
        memory.0.to_string(),
        guarded(machine.os.as_deref().unwrap_or_else(|| words::os_family(machine.os_family))),
        String::new(),
        "x64".to_owned(),
        "Virtual".to_owned(),
        "VMware".to_owned(),
        machine.cpu_used.map_or_else(String::new, |used| share(used.0, cpu_whole)),
        machine.memory_active.map_or_else(String::new, |active| share(active.0, machine.memory.0)),
        machine.nics.to_string(),
        String::new(),
        String::new(),
        String::new(),
        machine.disks.len().to_string(),
        gib(storage),
    ];
    for disk in 0..AZURE_DISKS {
        // What does not fit into the columns is on the last disk, so that nothing is lost.
        let size = match machine.disks.get(disk) {
            Some(_) if disk == AZURE_DISKS - 1 => {
                Some(MiB(machine.disks[disk..].iter().map(|disk| disk.capacity.0).sum()))
            }
            Some(one) => Some(one.capacity),
            None => None,
        };
        cells.push(size.map_or_else(String::new, gib));
        cells.extend([const { String::new() }; 4]);
    }
    cells
}

/// The CSV import of Migration Center (<https://cloud.google.com/migration-center/docs/import-data-formats>), as a zip of three files: machines, disks, tags.
pub fn migration_center(source: Source<'_>) -> Result<Vec<u8>, ExportError> {
    zipped(&migration_center_files(source))
}

/// The files in it, by their names.
pub(super) fn migration_center_files(source: Source<'_>) -> [(&'static str, String); 3] {
    let (mut machines, mut disks, mut tags) = (String::new(), String::new(), String::new());
    let titles = |out: &mut String, titles: &[&str]| row(out, titles.iter().map(|title| (*title).to_owned()));
    titles(
        &mut machines,
        &[
            "MachineId",
            "MachineName",
            "PrimaryIPAddress",
            "TotalDiskAllocatedGiB",
            "TotalDiskUsedGiB",
            "AllocatedProcessorCoreCount",
            "MemoryGiB",
            "HostingLocation",
            "OsName",
            "MachineStatus",
            "IsPhysical",
        ],
    );
    titles(&mut disks, &["MachineId", "DiskLabel", "SizeInGib", "UsedInGib", "StorageTypeLabel"]);
    titles(&mut tags, &["MachineId", "Key", "Value"]);
    let clusters = &source.project.estate.clusters;
    for machine in planned(source) {
        let id = machine.id.to_string();
        let (vcpus, memory, storage) = sizes(source, machine);
        let cluster = clusters.iter().find(|cluster| cluster.id == machine.cluster).map_or("", |cluster| &cluster.name);
        row(
            &mut machines,
            [
                id.clone(),
                guarded(&machine.name),
                machine.ip.clone().unwrap_or_default(),
                gib(machine.storage.provisioned.unwrap_or(storage)),
                gib(machine.storage.in_use.unwrap_or(storage)),
                vcpus.to_string(),
                gib(memory),
                guarded(cluster),
                guarded(machine.os.as_deref().unwrap_or_else(|| words::os_family(machine.os_family))),
                if machine.power == Power::On { "Running" } else { "Stopped" }.to_owned(),
                "false".to_owned(),
            ],
        );
        for disk in &machine.disks {
            let label = guarded(&disk.label);
            row(&mut disks, [id.clone(), label, gib(disk.capacity), String::new(), String::new()]);
        }
        if let Some(assignment) = source.outcome.plan.assignment(machine.id) {
            let place = words::place_name(source.scenario, &source.outcome.plan, assignment.place);
            row(&mut tags, [id.clone(), "groundwork-place".to_owned(), guarded(&place)]);
        }
        let edit = source.scenario.edits.get(&machine.id);
        let mut tag = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                row(&mut tags, [id.clone(), key.to_owned(), guarded(value)]);
            }
        };
        tag("application", edit.and_then(|edit| edit.application.as_deref()));
        tag("criticality", MachineEdit::criticality(edit, machine).word());
        tag("storage-class", MachineEdit::storage_class(edit, machine));
        for (index, name) in MachineEdit::tags(edit, machine).iter().enumerate() {
            // A key stands once for each machine.
            tag(&if index == 0 { "tag".to_owned() } else { format!("tag-{}", index + 1) }, Some(name));
        }
    }
    [("vmInfo.csv", machines), ("diskInfo.csv", disks), ("tagInfo.csv", tags)]
}

/// Files in a zip, without the day on which it was made.
fn zipped(files: &[(&str, String)]) -> Result<Vec<u8>, ExportError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let failed = |error: &dyn std::fmt::Display| ExportError::Zip(error.to_string());
    for (name, content) in files {
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        zip.start_file(*name, options).map_err(|error| failed(&error))?;
        zip.write_all(content.as_bytes()).map_err(|error| failed(&error))?;
    }
    Ok(zip.finish().map_err(|error| failed(&error))?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture::Fixture;

    fn lines(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn azure_migrate_gets_the_four_needed_columns_and_all_disks() {
        let fixture = Fixture::new();
        let rows = lines(&azure_migrate(fixture.source()).unwrap());
        assert_eq!(rows.len(), 1 + fixture.outcome.plan.assignments.len());
        assert_eq!(rows[0].len(), 17 + 5 * 8);
        for row in &rows[1..] {
            assert!([0, 2, 3, 4].iter().all(|&needed| !row[needed].is_empty()), "{row:?}");
        }
        // The machine with ten disks of 10 GiB: seven have columns of their own, three are on the last.
        let big = rows.iter().find(|row| row[0] == "many-disks").unwrap();
        let sizes: Vec<&str> = (0..8).map(|disk| big[17 + 5 * disk].as_str()).collect();
        assert_eq!(sizes, ["10", "10", "10", "10", "10", "10", "10", "30"]);
    }

    fn rows_of(fixture: &Fixture, name: &str) -> Vec<Vec<String>> {
        let bytes = migration_center(fixture.source()).unwrap();
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = Vec::new();
        std::io::copy(&mut zip.by_name(name).unwrap(), &mut text).unwrap();
        lines(&text)
    }

    #[test]
    fn migration_center_gets_what_is_said_of_machines_as_tags_whose_keys_stand_once() {
        let mut fixture = Fixture::new();
        let machine = &mut std::rc::Rc::make_mut(&mut fixture.project.estate).machines[0];
        machine.tags = vec!["=prod".to_owned(), "web".to_owned()];
        machine.criticality = crate::engine::model::Criticality::High;
        machine.storage_class = Some("gold".to_owned());
        let id = machine.id.to_string();
        let rows = rows_of(&fixture, "tagInfo.csv");
        let told = rows.iter().filter(|row| row[0] == id).map(|row| [&*row[1], &*row[2]].join(": "));
        let told: Vec<String> = told.filter(|it| !it.starts_with("groundwork")).collect();
        assert_eq!(told, ["criticality: high", "storage-class: gold", "tag: '=prod", "tag-2: web"]);
    }

    #[test]
    fn migration_center_gets_machines_disks_and_places() {
        let fixture = Fixture::new();
        let rows = |name: &str| rows_of(&fixture, name);
        let (machines, disks, tags) = (rows("vmInfo.csv"), rows("diskInfo.csv"), rows("tagInfo.csv"));
        assert_eq!(machines.len() - 1, fixture.outcome.plan.assignments.len());
        assert_eq!(
            disks.len() - 1,
            fixture.project.estate.machines.iter().map(|machine| machine.disks.len()).sum::<usize>()
        );
        assert!(tags.iter().skip(1).all(|row| row[1] == "groundwork-place" && !row[2].is_empty()), "{tags:?}");
    }
}
