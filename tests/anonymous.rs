//! A project whose names were made up: it gives the same plan and the same cost, and tells no name.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/estates.rs"]
#[expect(dead_code, reason = "the estates alone are of interest here")]
mod estates;

use std::rc::Rc;

use groundwork::engine::anonymous::anonymous;
use groundwork::engine::model::{
    Criticality, Currency, Estate, ExternalUse, FootprintId, FootprintKind, ImportReport, MachineEdit, Money, Project,
    Rule, RuleId, RuleKind, RuleLevel, Selector, StorageQuote,
};
use groundwork::engine::outcome::Outcome;
use groundwork::engine::schema;

/// The project of a case, with rules and edits that name things in every way.
fn project(case: &estates::Case) -> Project {
    let mut estate = case.estate.clone();
    for (index, machine) in estate.machines.iter_mut().enumerate() {
        machine.folder = Some(format!("Secretfolder/{}", index % 3));
        machine.resource_pool = Some("Secretpool".to_owned());
        machine.dns_name = Some(format!("secretdns{index}"));
        machine.ip = Some("192.0.2.7".to_owned());
        for disk in &mut machine.disks {
            disk.label.push_str("Secretdisk");
        }
    }
    let mut scenario = case.scenario.clone();
    scenario.name.push_str("Secretscenario");
    scenario.prices.push_str("# Secretremark\nwhat,id,region,term,amount,per,source,as_of,note\n");
    scenario.prices.push_str("discount,aws,,,7.5,instances,Secretsource,2026-01-01,\"Secret, note\"\n");
    for footprint in &mut scenario.footprints {
        if let FootprintKind::Hosts(hosts) = &mut footprint.kind {
            hosts.external_storage = Some(Box::new(StorageQuote {
                name: "Secretarray".to_owned(),
                per_gib_month: Money::from_micros(80_000),
                currency: Currency::Usd,
                used: ExternalUse::Always,
            }));
        }
    }
    let kinds = [
        RuleKind::Forbid { machines: Selector::Folder("Secretfolder/1".to_owned()), footprint: FootprintId(1) },
        RuleKind::Apart { machines: Selector::Application("Secretapp".to_owned()), level: RuleLevel::Host },
        RuleKind::Apart { machines: Selector::Tag("Secrettag/?".to_owned()), level: RuleLevel::Host },
        RuleKind::Forbid { machines: Selector::StorageClass("Secretc*".to_owned()), footprint: FootprintId(1) },
        RuleKind::Together {
            machines: Selector::Machines(estate.machines[..2].iter().map(|machine| machine.id).collect()),
            level: RuleLevel::Host,
        },
    ];
    scenario.rules.extend((100..).zip(kinds).map(|(id, kind)| Rule { id: RuleId(id), enabled: true, kind }));
    for machine in &estate.machines[4..7] {
        let edit = MachineEdit {
            application: Some("Secretapp".to_owned()),
            tags: Some(vec!["Secrettag".to_owned(), "Secrettag/2".to_owned()]),
            storage_class: Some("Secretclass".to_owned()),
            criticality: Some(Criticality::High),
            ..MachineEdit::default()
        };
        scenario.edits.insert(machine.id, edit);
    }
    Project {
        name: "Secretproject".to_owned(),
        estate: Rc::new(estate),
        report: Rc::new(ImportReport::default()),
        scenarios: vec![scenario],
    }
}

fn plan(project: &Project) -> Outcome {
    let case =
        estates::Case { name: "", estate: Estate::clone(&project.estate), scenario: project.scenarios[0].clone() };
    case.plan(&estates::catalog())
}

#[test]
fn plan_and_cost_stay_the_same() {
    for case in estates::cases() {
        let project = project(&case);
        let shared = schema::save(&anonymous(&project));
        let opened = schema::open(&shared).expect("opens").project;
        let (before, after) = (plan(&project), plan(&opened));
        let places = |outcome: &Outcome, estate: &Estate| -> Vec<_> {
            let rank = |id| estate.machines.binary_search_by_key(&id, |machine| machine.id).expect("is there");
            let plan = &outcome.plan;
            plan.assignments
                .iter()
                .map(|assignment| (rank(assignment.machine), assignment.place, assignment.slot))
                .collect()
        };
        assert_eq!(places(&before, &project.estate), places(&after, &opened.estate), "{}", case.name);
        assert!(before.plan.assignments.len() >= 20, "{}", case.name);
        assert_eq!(before.ledger.total(), after.ledger.total(), "{}", case.name);
        assert_eq!(before.staying.total(), after.staying.total(), "{}", case.name);
    }
}

#[test]
fn no_name_is_left() {
    for case in estates::cases() {
        let project = project(&case);
        let text = String::from_utf8(schema::save(&anonymous(&project))).expect("is text");
        let estate = &project.estate;
        let names = estate.machines.iter().map(|machine| machine.name.clone());
        let names = names.chain(estate.hosts.iter().map(|host| host.name.clone()));
        let names = names.chain(estate.clusters.iter().map(|cluster| cluster.name.clone()));
        let names = names.chain(estate.machines.iter().map(|machine| machine.id.to_string()));
        let names = names.chain(estate.hosts.iter().map(|host| host.id.to_string()));
        let found: Vec<_> = names.filter(|name| text.contains(&format!("\"{name}\""))).collect();
        assert_eq!(found, Vec::<String>::new(), "{}", case.name);
        assert!(!text.contains("ecret") && !text.contains("192.0.2"), "{}: {text}", case.name);
    }
}
