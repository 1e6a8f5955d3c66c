//! The last step: from what the tabs said to an estate, sorted and with references resolved.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::model::{Cluster, ClusterId, Datastore, DatastoreId, Estate, Host, HostId, Location};

use super::super::findings::Findings;
use super::hosts::{self, DatastoreDraft, HostDraft};
use super::{Inventory, remarks};
use crate::engine::order::{arrange, arrange_by_keys};

/// The clusters found so far, and the rows without one.
#[derive(Default)]
struct Clusters {
    found: BTreeMap<ClusterId, Cluster>,
    /// By vCenter and name.
    named: BTreeMap<(String, String), BTreeSet<ClusterId>>,
}

impl Clusters {
    /// The cluster of a row; rows without one belong to the stand-alone hosts of their datacenter.
    fn of(&mut self, vcenter: &str, shown: Option<&str>, datacenter: Option<&str>, name: Option<&str>) -> ClusterId {
        let id = ClusterId::of(&[vcenter, datacenter.unwrap_or_default(), name.unwrap_or_default()]);
        self.found.entry(id).or_insert_with(|| {
            let standalone = || match datacenter {
                Some(datacenter) => format!("Stand-alone hosts in {datacenter}"),
                None => "Stand-alone hosts".to_owned(),
            };
            Cluster {
                id,
                name: name.map_or_else(standalone, str::to_owned),
                datacenter: datacenter.map(str::to_owned),
                vcenter: shown.map(str::to_owned),
                standalone: name.is_none(),
                ha_enabled: None,
            }
        });
        if let Some(name) = name {
            self.named.entry((vcenter.to_owned(), name.to_owned())).or_default().insert(id);
        }
        id
    }
}

impl Inventory {
    /// The estate. Called once, when every tab is read.
    pub(in super::super) fn finish(mut self, findings: &mut Findings) -> Estate {
        let mut clusters = Clusters::default();
        let hosts = self.finish_hosts(&mut clusters, findings);
        self.finish_machines(&mut clusters, &hosts);
        self.finish_clusters(&mut clusters);
        let datastores = self.finish_datastores(&hosts, findings);
        let present = self.groups.iter().flat_map(|group| group.tabs.iter().copied()).collect();
        let mut estate = Estate {
            sources: self.sources(),
            clusters: clusters.found.into_values().collect(),
            hosts: hosts.into_values().collect(),
            datastores,
            machines: self.machines.into_iter().map(|known| known.machine).collect(),
        };
        estate.sort();
        remarks::on_estate(&estate, &present, findings);
        estate
    }

    fn finish_hosts(&mut self, clusters: &mut Clusters, findings: &mut Findings) -> BTreeMap<HostId, Host> {
        let mut drafts = std::mem::take(&mut self.hosts);
        hosts::settle_units(&mut drafts, findings);
        arrange_by_keys(&mut drafts, |draft| (std::cmp::Reverse(self.taken(draft.group)), content(draft), draft.group));
        let mut hosts = BTreeMap::new();
        let mut counts = BTreeMap::new();
        for draft in drafts {
            let HostDraft { mut host, group, vcenter, datacenter, cluster, at, .. } = draft;
            let vcenter = self.vcenter_key(group, &vcenter);
            host.id = HostId::of(&[&vcenter, &host.name]);
            if let Some(counts) = counts.get(&host.id) {
                let what = "the same host stands in two rows; the newest one is believed";
                findings.repeated("vHost", what, at, Location::clone(counts));
                continue;
            }
            counts.insert(host.id, at);
            let shown = self.vcenter_name(&vcenter);
            host.cluster = clusters.of(&vcenter, shown.as_deref(), datacenter.as_deref(), cluster.as_deref());
            hosts.insert(host.id, host);
        }
        hosts
    }

    fn finish_machines(&mut self, clusters: &mut Clusters, hosts: &BTreeMap<HostId, Host>) {
        let mut machines = std::mem::take(&mut self.machines);
        // In runs of machines in the same cluster the answer is the same, and there are far more machines than clusters.
        let mut last: Option<([Option<String>; 2], String, ClusterId)> = None;
        for known in &mut machines {
            let host = known.host.as_deref().and_then(|name| hosts.get(&HostId::of(&[&known.vcenter, name])));
            let place = [known.datacenter.take(), known.cluster.take()];
            let machine = &mut known.machine;
            machine.host = host.map(|host| host.id);
            machine.cluster = match (&last, host) {
                // The host knows where it is when the machine's row does not say.
                (_, Some(host)) if place[1].is_none() => host.cluster,
                (Some((same, vcenter, id)), _) if *same == place && *vcenter == known.vcenter => *id,
                _ => {
                    let shown = self.vcenter_name(&known.vcenter);
                    let id = clusters.of(&known.vcenter, shown.as_deref(), place[0].as_deref(), place[1].as_deref());
                    last = Some((place, known.vcenter.clone(), id));
                    id
                }
            };
            arrange(&mut machine.disks, |a, b| (&a.label, a.capacity, a.thin).cmp(&(&b.label, b.capacity, b.thin)));
            if machine.nics == 0 {
                machine.nics = known.nics_seen;
            }
            if machine.storage.disk_capacity.is_none() {
                machine.storage.disk_capacity = known.disk_total;
            }
        }
        self.machines = machines;
    }

    fn finish_clusters(&mut self, clusters: &mut Clusters) {
        let mut drafts = std::mem::take(&mut self.clusters);
        // The newest export is applied last.
        arrange_by_keys(&mut drafts, |draft| (self.taken(draft.group), draft.ha_enabled, draft.group));
        for draft in drafts {
            let vcenter = self.vcenter_key(draft.group, &draft.vcenter);
            let named = clusters.named.get(&(vcenter.clone(), draft.name.clone())).cloned();
            // vCluster does not name the datacenter: a cluster that nothing else mentions is empty.
            let ids = named.unwrap_or_else(|| {
                let shown = self.vcenter_name(&vcenter);
                BTreeSet::from([clusters.of(
                    &vcenter,
                    shown.as_deref(),
                    draft.datacenter.as_deref(),
                    Some(&draft.name),
                )])
            });
            for id in ids {
                if let Some(cluster) = clusters.found.get_mut(&id) {
                    cluster.ha_enabled = draft.ha_enabled.or(cluster.ha_enabled);
                }
            }
        }
    }

    fn finish_datastores(&mut self, hosts: &BTreeMap<HostId, Host>, findings: &mut Findings) -> Vec<Datastore> {
        let mut drafts = std::mem::take(&mut self.datastores);
        let order = |draft: &DatastoreDraft| postcard::to_stdvec(&draft.datastore).unwrap_or_default();
        arrange_by_keys(&mut drafts, |draft| {
            (std::cmp::Reverse(self.taken(draft.group)), draft.url.clone(), order(draft), draft.group)
        });
        let mut found: BTreeMap<DatastoreId, (Datastore, String, super::GroupId, Location)> = BTreeMap::new();
        for draft in drafts {
            let DatastoreDraft { mut datastore, group, vcenter, hosts: names, url, at } = draft;
            let vcenter = self.vcenter_key(group, &vcenter);
            datastore.id = DatastoreId::of(&[&vcenter, &datastore.name]);
            // Names are unique in a datacenter only: within one export another address is another datastore.
            if found.get(&datastore.id).is_some_and(|(_, other_url, other, _)| *other == group && *other_url != url) {
                datastore.id = DatastoreId::of(&[&vcenter, &datastore.name, &url]);
            }
            if let Some((.., counts)) = found.get(&datastore.id) {
                let what = "the same datastore stands in two rows; the newest one is believed";
                findings.repeated("vDatastore", what, at, counts.clone());
                continue;
            }
            let clusters =
                names.iter().filter_map(|name| hosts.get(&HostId::of(&[&vcenter, name]))).map(|host| host.cluster);
            let clusters: BTreeSet<ClusterId> = clusters.collect();
            datastore.clusters = clusters.into_iter().collect();
            found.insert(datastore.id, (datastore, url, group, at));
        }
        found.into_values().map(|(datastore, ..)| datastore).collect()
    }

    /// When the export of a group was taken, as text that sorts.
    fn taken(&self, group: super::GroupId) -> Option<String> {
        self.groups[usize::from(group.0)].taken.clone()
    }
}

/// A host's row as bytes that can be compared.
fn content(draft: &HostDraft) -> Vec<u8> {
    postcard::to_stdvec(&(&draft.host, &draft.datacenter, &draft.cluster)).unwrap_or_default()
}
