//! `groundwork catalog`: what can be rented or bought.

use std::collections::BTreeMap;
use std::path::Path;

use groundwork::engine::catalog::{self, Catalog, Description, Filter, VsanArchitecture};
use groundwork::engine::model::{
    Footprint, FootprintId, FootprintKind, InstanceOs, InstancesFootprint, PolicyOverride, RegionId, Term,
};
use groundwork::store::{format, words};

use super::{Done, json};
use crate::args::{CatalogArguments, CatalogCommand, ListArguments};
use crate::embedded;
use crate::files::{self, Failure};
use crate::table::Table;

pub(super) fn run(arguments: CatalogArguments) -> Result<Done, Failure> {
    match arguments.command {
        Some(CatalogCommand::Build { from, to }) => build(&from, &to),
        None => list(arguments.list),
    }
}

/// Makes the packed files from the source tables, and removes packed files that no longer belong there.
fn build(from: &Path, to: &Path) -> Result<Done, Failure> {
    let mut tables = BTreeMap::new();
    for path in files::with_extension(from, "csv")? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = String::from_utf8(files::read(&path)?)
            .map_err(|error| Failure::Other(format!("{} is not UTF-8: {error}", path.display())))?;
        tables.insert(name, text);
    }
    let packs = catalog::build(&tables).map_err(|error| Failure::Other(format!("{}: {error}", from.display())))?;
    files::create_folder(to)?;
    for old in files::with_extension(to, "pack")? {
        if old.file_name().is_some_and(|name| !packs.contains_key(name.to_string_lossy().as_ref())) {
            files::remove(&old)?;
        }
    }
    let mut table = Table::new(["file", "bytes"], 1);
    for (name, bytes) in &packs {
        files::write(&to.join(name), bytes)?;
        table.row([name.clone(), format::count(bytes.len() as u64)]);
    }
    Ok(Done::output(table.text("")))
}

fn list(arguments: ListArguments) -> Result<Done, Failure> {
    let mut catalog = embedded::core()?;
    let everywhere = instances_everywhere(&catalog);
    embedded::load_instances(&mut catalog, &everywhere)?;
    let filter = Filter { provider: arguments.provider, region: arguments.region, host_type: arguments.host_type };
    let found = catalog::describe(&catalog, &filter);
    if found.is_empty() {
        return Err(Failure::Other("the catalogue has nothing like that; leave options out to see more".to_owned()));
    }
    Ok(Done::output(if arguments.json { json(&found)? } else { text(&catalog, &found) }))
}

/// Footprints that make every instance table load.
pub(super) fn instances_everywhere(catalog: &Catalog) -> Vec<Footprint> {
    let footprint = |region: &RegionId| Footprint {
        id: FootprintId(1),
        name: String::new(),
        enabled: false,
        kind: FootprintKind::Instances(InstancesFootprint {
            region: region.clone(),
            families: Vec::new(),
            term: Term::OnDemand,
            os: InstanceOs::default(),
            max_machines: None,
            disks: Vec::new(),
            committed_pct: 100,
        }),
        policy: PolicyOverride::default(),
    };
    catalog.instance_regions.iter().map(footprint).collect()
}

fn text(catalog: &Catalog, found: &[Description]) -> String {
    let mut table = Table::new(["type", "region", "for", "price", "per", "status", "cores", "memory", "source"], 3);
    for offering in found {
        for price in &offering.prices {
            table.row([
                offering.id.clone(),
                price.region.to_string(),
                [words::term(price.term), price.os.as_str()].join(" ").trim_end().to_owned(),
                price.amount.as_ref().map_or("ask".to_owned(), |amount| format!("{amount} {}", price.currency)),
                price.per.clone(),
                words::price_status(price.status).to_owned(),
                format::count(offering.processors.into()),
                format::size(offering.memory),
                format!("{} {}", price.as_of, price.source),
            ]);
        }
    }
    let limits = limits(found).text("");
    let limits = if limits.is_empty() { limits } else { format!("\nHow many hosts there may be\n\n{limits}") };
    format!(
        "Catalogue of {}. --json gives every price with the address of its source.\n\n{}{limits}",
        catalog.as_of,
        table.text("")
    )
}

/// What the catalogue knows of the numbers of hosts, of storage and of how long a type is sold.
fn limits(found: &[Description]) -> Table {
    let headings =
        ["type", "a cluster", "clusters", "in all", "over two sites", "management", "vSAN", "spare host", "sold"];
    let mut table = Table::new(headings, headings.len());
    for (offering, limits) in found.iter().filter_map(|one| Some((one, one.limits.as_ref()?))) {
        let reserve = limits.management;
        let taken = [u64::from(reserve.vcpus), reserve.memory.0, reserve.storage.0];
        table.row([
            offering.id.clone(),
            format!("{} to {}", limits.min_hosts, limits.max_hosts),
            limits.max_clusters.to_string(),
            limits.max_hosts_total.to_string(),
            limits.stretched.as_ref().map_or("none".to_owned(), |stretched| {
                format!("{} to {} in steps of {}", stretched.min_hosts, stretched.max_hosts, stretched.step)
            }),
            if taken == [0; 3] {
                "none".to_owned()
            } else {
                let (memory, storage) = (format::size(reserve.memory), format::size(reserve.storage));
                format!("{} vCPU, {memory}, {storage}", reserve.vcpus)
            },
            if limits.vsan.is_empty() {
                "none, storage outside".to_owned()
            } else {
                limits.vsan.iter().map(|&vsan| architecture(vsan)).collect::<Vec<_>>().join(" or ")
            },
            limits.spare.map_or("none documented".to_owned(), |spare| format!("{} days free", spare.free_days)),
            offering.availability.clone(),
        ]);
    }
    table
}

const fn architecture(vsan: VsanArchitecture) -> &'static str {
    match vsan {
        VsanArchitecture::Osa => "OSA",
        VsanArchitecture::Esa => "ESA",
    }
}
