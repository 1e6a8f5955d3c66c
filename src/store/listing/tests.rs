use super::*;
use crate::engine::model::{
    Cluster, ClusterId, Criticality, Datastore, DatastoreId, Estate, Host, HostId, Machine, MachineEdit, MachineId,
    Power, Project, Scenario, tags,
};
use crate::store::{Shared, Work};

fn machine(name: &str, vcpus: u32, power: Power) -> Machine {
    Machine {
        id: MachineId::of(&[name]),
        name: name.to_owned(),
        cluster: ClusterId(1),
        vcpus,
        memory: MiB(1536),
        power,
        os: Some(format!("Microsoft Windows {vcpus}")),
        ..Machine::default()
    }
}

fn estate() -> Rc<Estate> {
    let host = |id, name: &str, speed| Host {
        id: HostId(id),
        name: name.to_owned(),
        cluster: ClusterId(1),
        cores: 32,
        speed: MHz(speed),
        memory: MiB::from_gib(512),
        cpu_usage_pct: (id == 1).then_some(20),
        ..Host::default()
    };
    let datastore = |id, name: &str, capacity, in_use| Datastore {
        id: DatastoreId(id),
        name: name.to_owned(),
        capacity: MiB::from_gib(capacity),
        in_use: MiB::from_gib(in_use),
        ..Datastore::default()
    };
    let mut estate = Estate {
        clusters: vec![Cluster { id: ClusterId(1), name: "Prod".to_owned(), ..Cluster::default() }],
        hosts: vec![host(1, "esx-9", 2400), host(2, "esx-10", 2600)],
        datastores: vec![datastore(1, "lun-1", 100, 81), datastore(2, "lun-2", 1000, 500), datastore(3, "lun-3", 0, 0)],
        machines: vec![machine("sql-2", 8, Power::On), machine("sql-10", 4, Power::On), machine("old", 2, Power::Off)],
        ..Estate::default()
    };
    estate.sort();
    Rc::new(estate)
}

fn work(edits: &[(&str, MachineEdit)]) -> Work {
    let edits = edits.iter().map(|(name, edit)| (MachineId::of(&[name]), edit.clone())).collect();
    let scenario = Scenario { edits, ..Scenario::default() };
    let project = Project { estate: estate(), scenarios: vec![scenario], ..Project::default() };
    Work::new(Shared::from(Rc::new(project)), 0)
}

#[track_caller]
fn check(of: &dyn Listed, query: &str, sort: Sort, expected: &[&str]) {
    let rows = rows(of, query, sort);
    assert_eq!(rows.iter().map(|&at| shown(of, at as usize, 0)).collect::<Vec<_>>(), expected, "{query}");
}

#[test]
fn rows_match_every_word_and_are_in_order() {
    let of = |show| OfMachines { work: work(&[]), show };
    let vcpus = Sort::default().clicked(machines::VCPUS);
    check(&of(Show::All), "", Sort::default(), &["old", "sql-2", "sql-10"]);
    check(&of(Show::All), "", Sort::default().clicked(machines::NAME), &["sql-10", "sql-2", "old"]);
    check(&of(Show::All), "SQL windows", Sort::default(), &["sql-2", "sql-10"]);
    check(&of(Show::All), "sql linux", Sort::default(), &[]);
    check(&of(Show::Planned), "", vcpus, &["sql-10", "sql-2"]);
    check(&of(Show::All), "", vcpus.clicked(machines::VCPUS), &["sql-2", "sql-10", "old"]);
    check(&of(Show::SetAside), "", Sort::default(), &["old"]);
    // Words of ours are sorted as they read: "on" comes before "powered off", and the other way round in the other direction.
    let power = Sort::default().clicked(machines::POWER);
    check(&of(Show::All), "", power, &["sql-2", "sql-10", "old"]);
    check(&of(Show::All), "", power.clicked(machines::POWER), &["old", "sql-2", "sql-10"]);
}

#[test]
fn levels_sort_by_what_they_mean_and_what_is_not_said_comes_first() {
    let level = |criticality| MachineEdit { criticality: Some(criticality), ..MachineEdit::default() };
    let edits = [("sql-2", level(Criticality::Critical)), ("sql-10", level(Criticality::Low))];
    let of = OfMachines { work: work(&edits), show: Show::All };
    let sort = Sort::default().clicked(machines::CRITICALITY);
    check(&of, "", sort, &["old", "sql-10", "sql-2"]);
    check(&of, "", sort.clicked(machines::CRITICALITY), &["sql-2", "sql-10", "old"]);
    check(&of, "criticality: low", sort, &["sql-10"]);
}

#[test]
fn hosts_and_datastores_are_found_by_their_own_columns_and_units() {
    let hosts = OfHosts(estate());
    check(&hosts, "", Sort::default(), &["esx-9", "esx-10"]);
    check(&hosts, "clock > 2.5", Sort::default(), &["esx-10"]);
    check(&hosts, "clock >= 2400 MHz, cluster: prod", Sort::default(), &["esx-9", "esx-10"]);
    check(&hosts, "used: 20 %", Sort::default(), &["esx-9"]);
    let datastores = OfDatastores(estate());
    check(&datastores, "used > 80%", Sort::default(), &["lun-1"]);
    check(&datastores, "used > 80", Sort::default(), &["lun-1"]);
    check(&datastores, "capacity < 1 TiB", Sort::default().clicked(4), &["lun-3", "lun-2", "lun-1"]);
    let problem = Filter::read("used > much", datastores.columns()).parts.remove(0).problem;
    assert_eq!(problem.as_deref(), Some("“used” is a number: write “used > 80 %”"));
}

#[test]
fn clusters_tell_what_runs_there_against_what_is_there() {
    let of = OfClusters::new(work(&[]));
    let cells: Vec<String> = (0..7).map(|column| shown(&of, 0, column)).collect();
    assert_eq!(cells, ["Prod", "2", "12", "3 GiB", "2", "64", "0.3 %"]);
    check(&of, "machines > 1, configured < 1 %", Sort::default(), &["Prod"]);
}

#[test]
fn rows_are_cells_of_a_spreadsheet_and_never_formulas() {
    let edit = MachineEdit {
        application: Some("=cmd|\t1".to_owned()),
        tags: Some(tags("web, prod")),
        ..MachineEdit::default()
    };
    let of = OfMachines { work: work(&[("old", edit)]), show: Show::All };
    let text = tsv(&of, &rows(&of, "", Sort::default()));
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0][..5], ["Name", "Cluster", "vCPU", "Memory, GiB", "In use, GiB"]);
    assert_eq!(lines[1][..8], ["old", "Prod", "2", "1.5", "", "Microsoft Windows 2", "'=cmd| 1", "prod, web"]);
    assert!(lines.iter().all(|line| line.len() == of.columns().len()), "{text}");
    let hosts = OfHosts(estate());
    assert!(tsv(&hosts, &[0]).contains("esx-9\tProd\t32\t2400\t512\t"));
    let datastores = OfDatastores(estate());
    assert!(tsv(&datastores, &[0, 2]).contains("\t81.0\t"), "{}", tsv(&datastores, &[0, 2]));
}

#[test]
fn what_is_selected_comes_to_a_sum() {
    let of = OfMachines { work: work(&[]), show: Show::All };
    assert_eq!(sums(&of, &rows(&of, "sql", Sort::default())), " · 12 vCPU · 3 GiB memory");
    assert_eq!(sums(&OfHosts(estate()), &[0, 1]), " · 64 cores · 1.00 TiB memory");
}

/// A name that means two columns would find in one of them only.
#[test]
fn columns_are_those_that_have_room_unless_somebody_chose() {
    use super::machines::{APPLICATION, CLUSTER, MEMORY, NAME, POWER, STORAGE, SYSTEM, TAGS, VCPUS};
    let of = OfMachines { work: work(&[]), show: Show::All };
    let check = |chosen: &[(usize, bool)], width: Option<f64>, expected: &[usize]| {
        assert_eq!(fitting(of.columns(), chosen, width), expected, "{chosen:?} {width:?}");
    };
    let sure = [NAME, CLUSTER, VCPUS, MEMORY, STORAGE];
    let all = [NAME, CLUSTER, VCPUS, MEMORY, STORAGE, SYSTEM, APPLICATION, POWER];
    let least: f64 = sure.iter().map(|&at| f64::from(of.columns()[at].width)).sum();
    check(&[], None, &all);
    check(&[], Some(100.0), &sure);
    check(&[], Some(least + 189.0), &[sure.as_slice(), &[APPLICATION]].concat());
    check(&[], Some(least + 190.0), &[sure.as_slice(), &[SYSTEM]].concat());
    check(&[], Some(least + 300.0), &[sure.as_slice(), &[SYSTEM, POWER]].concat());
    check(&[], Some(2000.0), &all);
    // What somebody chose is there whatever the width, and takes room from the others.
    check(&[(SYSTEM, true)], Some(100.0), &[sure.as_slice(), &[SYSTEM]].concat());
    check(&[(TAGS, true), (CLUSTER, false)], Some(least + 189.0), &[NAME, VCPUS, MEMORY, STORAGE, APPLICATION, TAGS]);
    check(&[(POWER, false)], Some(2000.0), &all[..7]);
}

#[test]
fn no_name_means_two_columns() {
    let all: [&dyn Listed; 4] = [
        &OfMachines { work: work(&[]), show: Show::All },
        &OfHosts(estate()),
        &OfDatastores(estate()),
        &OfClusters::new(work(&[])),
    ];
    for of in all {
        let mut names: Vec<&str> = of.columns().iter().flat_map(|column| column.names).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{names:?}");
        assert!(of.columns()[0].shown && of.columns()[0].kind == Kind::Text);
    }
}
