//! Makes an export of an invented company, of the shape of RVTools 4.7.1: `cargo run --example make_estate -- --machines 420 --seed 7 out.xlsx`.
//!
//! The same numbers give the same company for ever. It has two vCenters, five clusters and a branch without one, and what real inventories have:
//! templates, machines that are off, orphaned or idle, agents, placeholders, snapshots, raw and shared disks, old systems, guests that tell nothing.

#![expect(
    clippy::explicit_auto_deref,
    clippy::items_after_statements,
    clippy::match_same_arms,
    clippy::struct_excessive_bools,
    reason = "tables of columns and rows, in the order of an export"
)]

mod columns;
mod company;
mod random;
mod rows;

use std::path::PathBuf;

use clap::Parser;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use columns::TABS;
use company::{Company, Disk, Machine, SITES};
use rows::{Datastore, Value};

/// Makes an export of an invented company.
#[derive(Parser)]
struct Arguments {
    /// How many machines it has.
    #[arg(long, default_value_t = 420)]
    machines: u64,
    /// Which company it is.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Leave out of the other tabs what vInfo says already and what is the same everywhere, which makes the file half as large.
    #[arg(long)]
    compact: bool,
    /// Only these tabs; may be repeated.
    #[arg(long = "tab")]
    tabs: Vec<String>,
    /// The file to write.
    out: PathBuf,
}

/// Columns that a compact file leaves empty in all tabs but vInfo.
const REPEATED: [&str; 28] = [
    "SRM Placeholder",
    "Annotation",
    "Datacenter",
    "Cluster",
    "Host",
    "Folder",
    "OS according to the configuration file",
    "OS according to the VMware Tools",
    "VMRef",
    "VM UUID",
    "VI SDK Server",
    "Disk UUID",
    "Disk Mode",
    "Eagerly Scrub",
    "Split",
    "Write Through",
    "Level",
    "Shares",
    "Controller",
    "Label",
    "Unit #",
    "Shared Bus",
    "Path",
    "Limit",
    "Switch",
    "Mac Address",
    "VM Version",
    "Required Version",
];

fn main() -> Result<(), XlsxError> {
    let arguments = Arguments::parse();
    let company = Company::new(arguments.machines, arguments.seed);
    let mut workbook = Workbook::new();
    // The file must not tell when it was made, so that making it again gives the same bytes.
    let made = ExcelDateTime::from_ymd(2026, 9, 14)?;
    workbook.set_properties(&DocProperties::new().set_title("Invented company").set_creation_datetime(&made));
    let is_wanted = |tab: &str| arguments.tabs.is_empty() || arguments.tabs.iter().any(|wanted| wanted == tab);
    for (tab, columns) in TABS.into_iter().filter(|(tab, _)| is_wanted(tab)) {
        let sheet = workbook.add_worksheet().set_name(tab)?;
        for (column, header) in (0..).zip(columns) {
            sheet.write(0, column, *header)?;
        }
        let thinned = arguments.compact && columns.contains(&"VM") && tab != "vInfo";
        for (row, cells) in (1..).zip(rows_of(tab, columns, &company)) {
            for (column, (value, header)) in (0..).zip(cells.into_iter().zip(columns)) {
                match value {
                    Value::Blank => continue,
                    _ if thinned && REPEATED.contains(header) => continue,
                    Value::Number(number) => sheet.write(row, column, number)?,
                    Value::Text(text) => sheet.write(row, column, text)?,
                };
            }
        }
    }
    workbook.save(&arguments.out)
}

/// The rows of a tab.
fn rows_of<'c>(tab: &str, columns: &'c [&'c str], company: &'c Company) -> Box<dyn Iterator<Item = Vec<Value>> + 'c> {
    let machines = company.machines.iter();
    let disks = || {
        company.machines.iter().flat_map(|machine| machine.disks.iter().enumerate().map(move |disk| (machine, disk)))
    };
    let each = |value: fn(&Company, &Machine, &str) -> Value| {
        company.machines.iter().map(move |machine| rows::row(columns, |column| value(company, machine, column)))
    };
    type OfDisk = fn(&Company, &Machine, (usize, &Disk), &str) -> Value;
    let each_disk = |value: OfDisk, wanted: fn(&Disk) -> bool| {
        disks()
            .filter(move |(_, (_, disk))| wanted(disk))
            .map(move |(machine, disk)| rows::row(columns, |column| value(company, machine, disk, column)))
    };
    let device = move |wanted: fn(&Machine) -> bool, device: (&'static str, &'static str)| {
        machines
            .filter(move |machine| wanted(machine))
            .map(move |machine| rows::row(columns, |column| rows::device(company, machine, device, column)))
    };
    match tab {
        "vInfo" => Box::new(each(rows::info)),
        "vCPU" => Box::new(each(rows::cpu)),
        "vMemory" => Box::new(each(rows::memory)),
        "vDisk" => Box::new(each_disk(rows::disk, |_| true)),
        "vPartition" => Box::new(each_disk(rows::partition, |disk| disk.partition.is_some())),
        "vNetwork" => Box::new(each(rows::nic)),
        "vCD" => Box::new(device(|machine| machine.cd, ("CD/DVD drive 1", "Remote ATAPI"))),
        "vUSB" => Box::new(device(|machine| machine.usb, ("USB 1", "remoteHost"))),
        "vSnapshot" => Box::new(snapshots(columns, company)),
        "vTools" => Box::new(each(rows::tools)),
        "vSource" | "vMetaData" => {
            let mut vcenters: Vec<_> = SITES.iter().map(|site| (site.server, site.server_uuid)).collect();
            vcenters.dedup();
            Box::new(
                vcenters.into_iter().map(move |vcenter| rows::row(columns, |column| rows::vcenter(vcenter, column))),
            )
        }
        "vRP" => Box::new(
            SITES.iter().enumerate().map(move |site| rows::row(columns, |column| rows::pool(site, company, column))),
        ),
        "vCluster" => {
            let clusters = SITES.iter().enumerate().filter(|(_, site)| site.cluster.is_some());
            Box::new(clusters.map(move |site| rows::row(columns, |column| rows::cluster(company, site, column))))
        }
        "vHost" => Box::new(
            company
                .hosts
                .iter()
                .enumerate()
                .map(move |host| rows::row(columns, |column| rows::host(company, host, column))),
        ),
        "vDatastore" => Box::new(
            datastores(company)
                .into_iter()
                .map(move |store| rows::row(columns, |column| rows::datastore(&store, column))),
        ),
        "vHealth" => Box::new(company.machines.iter().filter(|machine| machine.cd).map(move |machine| {
            rows::row(columns, |column| rows::health(machine, "VM has a CDROM device connected!", column))
        })),
        _ => Box::new(std::iter::empty()),
    }
}

fn snapshots<'c>(columns: &'c [&'c str], company: &'c Company) -> impl Iterator<Item = Vec<Value>> + 'c {
    let all =
        company.machines.iter().flat_map(|machine| machine.snapshots.iter().map(move |snapshot| (machine, snapshot)));
    all.map(move |(machine, (name, size))| {
        rows::row(columns, |column| rows::snapshot(company, machine, (name, *size), column))
    })
}

/// One or several shared datastores for each site, and the local one of each host.
fn datastores(company: &Company) -> Vec<Datastore> {
    let mut all = Vec::new();
    for (site, at) in SITES.iter().enumerate() {
        let here = || company.machines.iter().filter(|machine| machine.site == site);
        let in_use: u64 = here().map(Machine::in_use_mib).sum();
        let provisioned: u64 = here().map(Machine::provisioned_mib).sum();
        let hosts: Vec<String> = company.hosts_of(site).map(|(_, host)| host.name.clone()).collect();
        let short = at.cluster.unwrap_or("LEE").to_lowercase();
        let shared = if at.vsan { 1 } else { in_use.div_ceil(16 * 1_048_576).max(2) };
        for number in 1..=shared {
            let capacity_mib = (in_use / shared * 10 / 7).max(4 * 1_048_576).next_multiple_of(1_048_576);
            all.push(Datastore {
                name: if at.vsan { format!("vsan-{short}") } else { format!("{short}-lun{number:02}") },
                kind: if at.vsan { "vsan" } else { "VMFS" },
                capacity_mib,
                in_use_mib: in_use / shared,
                provisioned_mib: provisioned / shared,
                hosts: hosts.clone(),
                site,
            });
        }
        for (_, host) in company.hosts_of(site) {
            all.push(Datastore {
                name: format!("local-{}", host.name.split('.').next().unwrap_or_default()),
                kind: "VMFS",
                capacity_mib: 222_976,
                in_use_mib: 1_460 + host.number as u64,
                provisioned_mib: 1_460,
                hosts: vec![host.name.clone()],
                site,
            });
        }
    }
    all
}
