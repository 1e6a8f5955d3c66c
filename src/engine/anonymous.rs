//! A project without the names of its owner, for sharing: pseudonyms that are consistent, and the same plan and cost. Regions stay, also those that sites are
//! said to be near to: latencies depend on them.
//!
//! Ids are hashes of names, and a guess of a name could be checked against them: they are replaced too, by their ranks. Ranks keep the order of ids,
//! which decides ties, so that the plan stays the same. Words are numbered by the ranks of their hashes, which tell nothing of the alphabet.

use std::rc::Rc;

use super::model::{
    Assumptions, ClusterId, DatastoreId, Estate, Footprint, FootprintKind, HostId, Machine, MachineId, Project, Rule,
    RuleKind, Scenario, Selector, SetAside, stable_hash,
};
use super::order::arrange;
use super::prices;

/// `project` with pseudonyms in the place of names, and without addresses, notes and what the import said.
#[must_use]
pub fn anonymous(project: &Project) -> Project {
    let old = &*project.estate;
    let names = Names::of(project);
    let mut scenarios = project.scenarios.clone();
    for (index, scenario) in scenarios.iter_mut().enumerate() {
        let before = &project.scenarios[index];
        scenario.name = numbered("Scenario", index);
        scenario.prices = prices::without_words(&scenario.prices);
        for footprint in &mut scenario.footprints {
            names.footprint(footprint);
        }
        for rule in &mut scenario.rules {
            names.rule(rule, before, old);
        }
        names.assumptions(&mut scenario.assumptions);
        for servers in &mut scenario.assumptions.finance.updates.sql {
            names.selector(&mut servers.machines, before, old);
        }
        let finance = &mut scenario.assumptions.finance;
        for leaving in finance.transfer.iter_mut().flat_map(|transfer| &mut transfer.leaving) {
            names.cluster(&mut leaving.cluster);
        }
        for licence in finance.machine_licences.iter_mut().flat_map(|licences| &mut licences.sql) {
            names.selector(&mut licence.machines, before, old);
        }
        scenario.edits.clear();
        for (machine, edit) in &before.edits {
            let rank = names.machines.rank(machine.0);
            // What was changed of a machine that is not there any more changes nothing.
            if rank > 0 {
                let mut edit = edit.clone();
                edit.application = names.applications.instead(edit.application.as_deref());
                edit.tags = edit.tags.as_deref().map(|tags| names.tags(tags));
                edit.storage_class = names.storage_class(edit.storage_class.as_deref());
                scenario.edits.insert(MachineId(rank), edit);
            }
        }
    }
    let mut estate = old.clone();
    names.estate(&mut estate);
    Project { name: "Anonymous project".to_owned(), estate: Rc::new(estate), report: Rc::default(), scenarios }
}

/// Numbers in ascending order.
struct Ranks(Vec<u64>);

impl Ranks {
    fn of(numbers: &mut dyn Iterator<Item = u64>) -> Self {
        let mut numbers: Vec<u64> = numbers.collect();
        numbers.sort_unstable();
        numbers.dedup();
        Self(numbers)
    }

    /// Which one `number` is, from 1; 0 where it is none of them.
    fn rank(&self, number: u64) -> u64 {
        self.0.binary_search(&number).map_or(0, |index| index as u64 + 1)
    }
}

/// The words of one kind.
struct Words(&'static str, Ranks);

impl Words {
    fn of(kind: &'static str, words: &mut dyn Iterator<Item = &String>) -> Self {
        Self(kind, Ranks::of(&mut words.map(|word| stable_hash(&[word]))))
    }

    fn instead(&self, word: Option<&str>) -> Option<String> {
        word.map(|word| format!("{} {}", self.0, self.1.rank(stable_hash(&[word]))))
    }
}

/// Every name of a project, to tell which one a name is.
struct Names {
    clusters: Ranks,
    hosts: Ranks,
    datastores: Ranks,
    machines: Ranks,
    vcenters: Words,
    datacenters: Words,
    folders: Words,
    pools: Words,
    applications: Words,
    tags: Words,
    storage_classes: Words,
}

impl Names {
    fn of(project: &Project) -> Self {
        let estate = &*project.estate;
        // Machines may name a cluster or a host that the estate does not list.
        let clusters = estate.clusters.iter().map(|cluster| cluster.id.0);
        let clusters = clusters.chain(estate.hosts.iter().map(|host| host.cluster.0));
        let clusters = clusters.chain(estate.datastores.iter().flat_map(|it| it.clusters.iter().map(|id| id.0)));
        let mut clusters = clusters.chain(estate.machines.iter().map(|machine| machine.cluster.0));
        let hosts = estate.hosts.iter().map(|host| host.id.0);
        let mut hosts = hosts.chain(estate.machines.iter().filter_map(|machine| machine.host.map(|host| host.0)));
        let vcenters = estate.sources.iter().flat_map(|source| &source.vcenters);
        let mut vcenters = vcenters.chain(estate.clusters.iter().filter_map(|cluster| cluster.vcenter.as_ref()));
        let edits = || project.scenarios.iter().flat_map(|scenario| scenario.edits.values());
        let machines_in = &estate.machines;
        let tags = machines_in.iter().flat_map(|machine| &machine.tags);
        let mut tags = tags.chain(edits().filter_map(|edit| edit.tags.as_ref()).flatten());
        let classes = machines_in.iter().filter_map(|machine| machine.storage_class.as_ref());
        let mut classes = classes.chain(edits().filter_map(|edit| edit.storage_class.as_ref()));
        let rules = project.scenarios.iter().flat_map(|scenario| &scenario.rules);
        let selectors = rules.flat_map(|rule| [Some(rule.kind.selector()), rule.kind.others()]).flatten();
        let finances = || project.scenarios.iter().map(|scenario| &scenario.assumptions.finance);
        let with_sql = finances().flat_map(|finance| &finance.updates.sql).map(|servers| &servers.machines);
        let licensed = finances()
            .flat_map(|finance| &finance.machine_licences)
            .flat_map(|licences| &licences.sql)
            .map(|licence| &licence.machines);
        let in_rules = selectors.chain(with_sql).chain(licensed).filter_map(|selector| match selector {
            Selector::Application(name) => Some(name),
            _ => None,
        });
        let growths = project.scenarios.iter().flat_map(|scenario| &scenario.assumptions.finance.application_growth);
        let growing = growths.map(|growth| &growth.application);
        Self {
            clusters: Ranks::of(&mut clusters),
            hosts: Ranks::of(&mut hosts),
            datastores: Ranks::of(&mut estate.datastores.iter().map(|datastore| datastore.id.0)),
            machines: Ranks::of(&mut estate.machines.iter().map(|machine| machine.id.0)),
            vcenters: Words::of("vCenter", &mut vcenters),
            datacenters: Words::of("Datacenter", &mut estate.clusters.iter().filter_map(|it| it.datacenter.as_ref())),
            folders: Words::of("Folder", &mut estate.machines.iter().filter_map(|it| it.folder.as_ref())),
            pools: Words::of("Pool", &mut estate.machines.iter().filter_map(|it| it.resource_pool.as_ref())),
            applications: Words::of(
                "Application",
                &mut edits().filter_map(|edit| edit.application.as_ref()).chain(in_rules).chain(growing),
            ),
            tags: Words::of("Tag", &mut tags),
            storage_classes: Words::of("Storage class", &mut classes),
        }
    }

    fn assumptions(&self, assumptions: &mut Assumptions) {
        for rate in &mut assumptions.rates {
            // The day stays, words go.
            rate.as_of.retain(|letter| letter.is_ascii_digit() || letter == '-');
        }
        let growths = &mut assumptions.finance.application_growth;
        for growth in growths.iter_mut() {
            growth.application = self.applications.instead(Some(&growth.application)).unwrap_or_default();
        }
        arrange(growths, |a, b| a.application.cmp(&b.application));
    }

    /// In order, as tags always are.
    fn tags(&self, tags: &[String]) -> Vec<String> {
        let mut tags: Vec<String> = tags.iter().filter_map(|tag| self.tags.instead(Some(tag))).collect();
        tags.sort_unstable();
        tags
    }

    /// An empty one, which takes the class away, stays empty.
    fn storage_class(&self, class: Option<&str>) -> Option<String> {
        if class.is_some_and(str::is_empty) { Some(String::new()) } else { self.storage_classes.instead(class) }
    }

    fn cluster(&self, id: &mut ClusterId) {
        *id = ClusterId(self.clusters.rank(id.0));
    }

    fn estate(&self, estate: &mut Estate) {
        for (index, source) in estate.sources.iter_mut().enumerate() {
            source.name = numbered("File", index);
            source.taken = None;
            for vcenter in &mut source.vcenters {
                *vcenter = self.vcenters.instead(Some(vcenter)).unwrap_or_default();
            }
        }
        for cluster in &mut estate.clusters {
            self.cluster(&mut cluster.id);
            cluster.name = cluster_name(cluster.id);
            cluster.datacenter = self.datacenters.instead(cluster.datacenter.as_deref());
            cluster.vcenter = self.vcenters.instead(cluster.vcenter.as_deref());
        }
        for host in &mut estate.hosts {
            host.id = HostId(self.hosts.rank(host.id.0));
            host.name = format!("host-{}", host.id.0);
            self.cluster(&mut host.cluster);
        }
        for datastore in &mut estate.datastores {
            datastore.id = DatastoreId(self.datastores.rank(datastore.id.0));
            datastore.name = format!("datastore-{}", datastore.id.0);
            for cluster in &mut datastore.clusters {
                self.cluster(cluster);
            }
        }
        for machine in &mut estate.machines {
            self.machine(machine);
        }
    }

    fn machine(&self, machine: &mut Machine) {
        // The prefix says that it is an agent of vSphere, which is left out of plans.
        let is_agent = machine.set_aside() == Some(SetAside::Vcls);
        machine.id = MachineId(self.machines.rank(machine.id.0));
        machine.name = format!("{}{}", if is_agent { "vCLS-" } else { "machine-" }, machine.id.0);
        self.cluster(&mut machine.cluster);
        machine.host = machine.host.map(|host| HostId(self.hosts.rank(host.0)));
        machine.folder = self.folders.instead(machine.folder.as_deref());
        machine.resource_pool = self.pools.instead(machine.resource_pool.as_deref());
        machine.tags = self.tags(&machine.tags);
        machine.storage_class = self.storage_class(machine.storage_class.as_deref());
        machine.dns_name = None;
        machine.ip = None;
        for (index, disk) in machine.disks.iter_mut().enumerate() {
            disk.label = numbered("Hard disk", index);
        }
    }

    /// Named after what it is; a name of the user's may say whose it is.
    fn footprint(&self, footprint: &mut Footprint) {
        footprint.name = match &mut footprint.kind {
            FootprintKind::Cluster(kind) => {
                self.cluster(&mut kind.cluster);
                cluster_name(kind.cluster)
            }
            FootprintKind::Hosts(kind) => {
                if let Some(quote) = &mut kind.quote {
                    quote.note.clear();
                }
                if let Some(storage) = &mut kind.external_storage {
                    "Storage beside hosts".clone_into(&mut storage.name);
                }
                format!("{} in {}", kind.offering, kind.region)
            }
            FootprintKind::Instances(kind) => format!("Instances in {}", kind.region),
        };
    }

    fn rule(&self, rule: &mut Rule, scenario: &Scenario, estate: &Estate) {
        match &mut rule.kind {
            RuleKind::Latency { machines, others, .. } | RuleKind::Traffic { machines, others, .. } => {
                self.selector(machines, scenario, estate);
                self.selector(others, scenario, estate);
            }
            RuleKind::Pin { machines, .. }
            | RuleKind::Forbid { machines, .. }
            | RuleKind::Allow { machines, .. }
            | RuleKind::Residency { machines, .. }
            | RuleKind::Together { machines, .. }
            | RuleKind::Apart { machines, .. }
            | RuleKind::Isolate { machines }
            | RuleKind::Licence { machines, .. }
            | RuleKind::Quota { machines, .. }
            | RuleKind::MoveLimit { machines, .. }
            | RuleKind::Lock { machines, .. } => self.selector(machines, scenario, estate),
        }
    }

    /// A pattern of names would tell them: it becomes the list of the machines that match it now.
    fn selector(&self, selector: &mut Selector, scenario: &Scenario, estate: &Estate) {
        match selector {
            Selector::Cluster(cluster) => self.cluster(cluster),
            Selector::Application(name) => *name = self.applications.instead(Some(name)).unwrap_or_default(),
            Selector::All | Selector::Os(_) | Selector::Criticality(_) => {}
            Selector::Machines(_)
            | Selector::Name(_)
            | Selector::Folder(_)
            | Selector::ResourcePool(_)
            | Selector::Tag(_)
            | Selector::StorageClass(_) => {
                let mut selected = Vec::new();
                for (machine, rank) in estate.machines.iter().zip(1..) {
                    if selector.selects(machine, scenario.edits.get(&machine.id)) {
                        selected.push(MachineId(rank));
                    }
                }
                *selector = Selector::Machines(selected);
            }
        }
    }
}

fn numbered(what: &str, index: usize) -> String {
    format!("{what} {}", index + 1)
}

fn cluster_name(id: ClusterId) -> String {
    format!("Cluster {}", id.0)
}
