use super::*;
use crate::engine::model::{Cluster, ClusterId, Power, Project};
use crate::store::listing::{self, OfMachines, Show};
use crate::store::{Shared, Work};

fn id(name: &str) -> MachineId {
    MachineId::of(&[name])
}

fn machine(key: &str, name: &str, cluster: ClusterId) -> Machine {
    let (vcpus, memory) = (2, MiB(1537));
    Machine { id: id(key), name: name.to_owned(), cluster, vcpus, memory, power: Power::On, ..Machine::default() }
}

fn estate() -> Estate {
    let cluster = |name: &str| Cluster { id: ClusterId::of(&[name]), name: name.to_owned(), ..Cluster::default() };
    let (a, b) = (cluster("A"), cluster("B"));
    let mut machines = vec![
        machine("web", "web", a.id),
        machine("=db", "=db", a.id),
        machine("x1", "twin", a.id),
        machine("x2", "twin", b.id),
    ];
    machines.sort_by_key(|machine| machine.id);
    let mut clusters = vec![a, b];
    clusters.sort_by_key(|cluster| cluster.id);
    Estate { clusters, machines, ..Estate::default() }
}

fn read_plain(text: &str) -> Pasted {
    read(text, &estate(), &Scenario::default())
}

#[test]
fn what_was_copied_out_changes_nothing_when_it_comes_back() {
    let (mut estate, mut scenario) = (estate(), Scenario::default());
    estate.machines[0].tags = tags("prod, web");
    estate.machines[0].criticality = Criticality::High;
    let edit = MachineEdit {
        application: Some("Shop".to_owned()),
        storage_class: Some("=gold".to_owned()),
        ..MachineEdit::default()
    };
    scenario.edits.insert(estate.machines[1].id, edit);
    let project = Project { estate: estate.into(), scenarios: vec![scenario], ..Project::default() };
    let work = Work::new(Shared::from(std::rc::Rc::new(project)), 0);
    let of = OfMachines { work: work.clone(), show: Show::All };
    let pasted = read(&listing::tsv(&of, &[0, 1, 2, 3]), &work.estate, work.scenario());
    assert_eq!((pasted.unchanged, pasted.edits.len(), pasted.problems), (4, 0, vec![]));
    assert_eq!(pasted.ignored, ["Guest system", "Power", "Folder", "Resource pool", "Address"]);
}

#[test]
fn cells_change_what_they_name_and_nothing_else() {
    let pasted = read_plain("Name\tvCPU\tMemory, GiB\tApplication\tPlanned\nweb\t4\t3,5\tShop\tno\n'=db\t\t\t\t\n");
    let shop = MachineEdit {
        vcpus: Some(4),
        memory: Some(MiB(3584)),
        application: Some("Shop".to_owned()),
        planned: Some(false),
        ..MachineEdit::default()
    };
    assert_eq!(pasted.edits, [(id("web"), shop)]);
    assert_eq!(pasted.unchanged, 1);
    let told: Vec<String> =
        pasted.changes.iter().map(|change| format!("{}: {} → {}", change.what, change.before, change.after)).collect();
    assert_eq!(told, ["vCPU: 2 → 4", "Memory: 1.501 GiB → 3.5 GiB", "Application: none → Shop", "Planned: yes → no"]);
}

#[test]
fn tags_criticality_and_storage_class_are_taken_and_taken_away() {
    let pasted = read_plain("Name\tTags\tCriticality\tStorage class\nweb\tprod, web\tHigh\tgold\n");
    let said = MachineEdit {
        tags: Some(tags("web, prod")),
        criticality: Some(Criticality::High),
        storage_class: Some("gold".to_owned()),
        ..MachineEdit::default()
    };
    assert_eq!(pasted.edits, [(id("web"), said.clone())]);
    let mut scenario = Scenario::default();
    scenario.edits.insert(id("web"), said);
    let pasted = read("Name\tTags\tCriticality\tStorage class\nweb\t-\t-\t-\n", &estate(), &scenario);
    assert_eq!(pasted.edits, [(id("web"), MachineEdit::default())]);
    let told: Vec<String> =
        pasted.changes.iter().map(|change| format!("{}: {} → {}", change.what, change.before, change.after)).collect();
    assert_eq!(told, ["Tags: prod, web → none", "Criticality: high → none", "Storage class: gold → none"]);
    let problems = read_plain("Name\tCriticality\nweb\tTier 1\n").problems;
    assert_eq!(problems, ["Row 2, Criticality: “Tier 1” is none of low, medium, high and critical"]);
}

#[test]
fn what_was_imported_needs_no_edit() {
    let mut scenario = Scenario::default();
    let edit = MachineEdit { vcpus: Some(8), application: Some("Shop".to_owned()), ..MachineEdit::default() };
    scenario.edits.insert(id("web"), edit);
    let pasted = read("name\tvcpu\tapplication\nweb\t2\t-\n", &estate(), &scenario);
    assert_eq!(pasted.edits, [(id("web"), MachineEdit::default())]);
}

#[test]
fn what_cannot_be_taken_is_named_by_row_and_column() {
    let check = |text: &str, expected: &str| {
        let pasted = read_plain(text);
        assert_eq!((pasted.problems.as_slice(), pasted.edits.len()), ([expected.to_owned()].as_slice(), 0), "{text}");
    };
    check("Name\tvCPU\nweb\tmany\n", "Row 2, vCPU: “many” is not a whole number above 0");
    check("Name\tMemory\n\nweb\t0\n", "Row 3, Memory: “0” is not a number of GiB above 0");
    check("Name\tPlanned\nweb\tmaybe\n", "Row 2, Planned: “maybe” is neither yes nor no");
    check("Name\tvCPU\nmail\t2\n", "Row 2, Name: no machine is called “mail”");
    check("Name\tvCPU\ntwin\t4\n", "Row 2, Cluster: 2 machines are called “twin”; the column Cluster tells them apart");
    let no_name = "Row 1: there is no column Name. The first row names the columns, as a copy of the table does";
    check("web\t4\n", no_name);
    let twice = read_plain("Name\tvCPU\nweb\t4\nweb\t8\n");
    assert_eq!((twice.edits.len(), twice.problems), (1, vec!["Row 3, Name: the same machine as in row 2".to_owned()]));
    let apart = read_plain("Name\tCluster\tvCPU\ntwin\tB\t4\n");
    assert_eq!(apart.edits.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [id("x2")]);
    assert_eq!(read_plain("\n  \n"), Pasted::default());
}
