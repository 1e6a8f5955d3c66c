//! Putting an estate in order.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::{Notes, outside};
use crate::engine::model::{Cluster, ClusterId, Datastore, Estate, Host, HostId, Machine};
use crate::engine::order::arrange;
use crate::engine::schema::limits;

pub(super) fn repair(estate: &mut Estate, notes: &mut Notes) {
    sort(&mut estate.clusters, |cluster| cluster.id, "clusters", notes);
    sort(&mut estate.hosts, |host| host.id, "hosts", notes);
    sort(&mut estate.datastores, |datastore| datastore.id, "datastores", notes);
    sort(&mut estate.machines, |machine| machine.id, "machines", notes);
    for datastore in &mut estate.datastores {
        arrange(&mut datastore.clusters, ClusterId::cmp);
        datastore.clusters.dedup();
    }
    add_missing_clusters(estate, notes);
    forget_missing_hosts(estate, notes);
    let limited = estate.hosts.iter_mut().map(limit_host).filter(|&changed| changed).count()
        + estate.datastores.iter_mut().map(limit_datastore).filter(|&changed| changed).count()
        + estate.machines.iter_mut().map(limit_machine).filter(|&changed| changed).count();
    if limited > 0 {
        notes.add(format!("{limited} hosts, datastores or machines had sizes that nothing real has; they were cut."));
    }
}

/// Sorts by id and keeps the first of those that share one.
fn sort<T, K: Ord>(list: &mut Vec<T>, id: impl Fn(&T) -> K, what: &str, notes: &mut Notes) {
    let before = list.len();
    arrange(list, |a, b| id(a).cmp(&id(b)));
    list.dedup_by(|second, first| id(second) == id(first));
    if list.len() < before {
        notes.add(format!("{} {what} had the id of another one and were left out.", before - list.len()));
    }
}

fn add_missing_clusters(estate: &mut Estate, notes: &mut Notes) {
    let named =
        estate.hosts.iter().map(|host| host.cluster).chain(estate.machines.iter().map(|machine| machine.cluster));
    let missing: BTreeSet<ClusterId> = named.filter(|&id| estate.cluster(id).is_none()).collect();
    if missing.is_empty() {
        return;
    }
    notes.add(format!(
        "{} clusters are named by hosts or machines and were not in the file; they were added.",
        missing.len()
    ));
    estate.clusters.extend(missing.into_iter().map(|id| Cluster {
        id,
        name: format!("Cluster {id}"),
        ..Cluster::default()
    }));
    arrange(&mut estate.clusters, |a, b| a.id.cmp(&b.id));
}

fn forget_missing_hosts(estate: &mut Estate, notes: &mut Notes) {
    let hosts: Vec<HostId> = estate.hosts.iter().map(|host| host.id).collect();
    let mut count = 0;
    for machine in &mut estate.machines {
        if machine.host.is_some_and(|host| hosts.binary_search(&host).is_err()) {
            machine.host = None;
            count += 1;
        }
    }
    if count > 0 {
        notes.add(format!("{count} machines name a host that is not in the file; they count as on no host."));
    }
}

/// Brings what a host has into the limits; true where that changed it.
fn limit_host(host: &mut Host) -> bool {
    limit(&mut host.sockets, &limits::CPUS)
        | limit(&mut host.cores, &limits::CPUS)
        | limit(&mut host.speed, &limits::SPEED)
        | limit(&mut host.memory, &limits::MEMORY)
}

fn limit_datastore(datastore: &mut Datastore) -> bool {
    limit(&mut datastore.capacity, &limits::STORAGE)
        | limit(&mut datastore.provisioned, &limits::STORAGE)
        | limit(&mut datastore.in_use, &limits::STORAGE)
}

fn limit_machine(machine: &mut Machine) -> bool {
    let storage = &mut machine.storage;
    let measures = [
        &mut storage.provisioned,
        &mut storage.in_use,
        &mut storage.disk_capacity,
        &mut storage.partition_capacity,
        &mut storage.partition_consumed,
    ];
    let mut changed = limit(&mut machine.vcpus, &limits::CPUS)
        | limit(&mut machine.memory, &limits::MEMORY)
        | limit_some(&mut machine.cpu_used, &limits::SPEED)
        | limit_some(&mut machine.memory_active, &limits::MEMORY)
        | limit_some(&mut machine.memory_consumed, &limits::MEMORY)
        | limit_some(&mut machine.iops, &limits::IOPS)
        | limit(&mut machine.snapshot_size, &limits::STORAGE);
    for measure in measures {
        changed |= limit_some(measure, &limits::STORAGE);
    }
    for disk in &mut machine.disks {
        changed |= limit(&mut disk.capacity, &limits::STORAGE);
    }
    order_tags(&mut machine.tags);
    changed
}

/// Tags in order, each once; no news for anybody.
pub(super) fn order_tags(tags: &mut Vec<String>) {
    if !tags.is_sorted_by(|a, b| a < b) {
        tags.sort_unstable();
        tags.dedup();
    }
}

fn limit<T: Clone + Ord>(value: &mut T, range: &RangeInclusive<T>) -> bool {
    outside(value, range).is_some_and(|limited| {
        *value = limited;
        true
    })
}

fn limit_some<T: Clone + Ord>(value: &mut Option<T>, range: &RangeInclusive<T>) -> bool {
    value.as_mut().is_some_and(|value| limit(value, range))
}
