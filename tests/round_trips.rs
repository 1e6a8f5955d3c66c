//! A project that leaves Groundwork and comes back, as a project file or in a workbook, gives the same plan. Links and frames, which need a browser, go the
//! same way in `e2e/journeys/rounds.spec.js`.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/estates.rs"]
#[expect(dead_code, reason = "the estates alone are of interest here")]
mod estates;

use std::rc::Rc;

use groundwork::engine::catalog::Catalog;
use groundwork::engine::model::{Currency, Estate, ExchangeRate, Project, Scenario};
use groundwork::engine::schema;
use groundwork::export::{self, Format, Source};
use groundwork::store::over_years::OverYears;

/// The hash of the plan of the first scenario.
fn plan_hash(name: &'static str, project: &Project, catalog: &Catalog) -> String {
    let [scenario, ..] = project.scenarios.as_slice() else { panic!("a project has a scenario") };
    estates::Case { name, estate: Estate::clone(&project.estate), scenario: scenario.clone() }.plan(catalog).plan_hash
}

#[test]
fn the_plan_is_the_same_after_a_project_file_and_after_a_workbook() {
    let catalog = estates::catalog();
    for mut case in estates::cases() {
        // Totals in euros, at a rate with its day: prices in dollars have to be turned on the other side too.
        let assumptions = &mut case.scenario.assumptions;
        assumptions.currency = Currency::Eur;
        let as_of = "2026-11-26, ECB".to_owned();
        assumptions.set_rate(ExchangeRate { currency: Currency::Eur, usd_per_unit_nanos: 1_160_000_000, as_of });
        let outcome = case.plan(&catalog);
        let other = Scenario { name: "Another".to_owned(), ..Scenario::default() };
        let mut project = Project {
            name: case.name.to_owned(),
            estate: Rc::new(case.estate.clone()),
            scenarios: vec![case.scenario.clone(), other],
            ..Project::default()
        };
        // What the engine relies on is put right once, before anything leaves.
        schema::repair(&mut project);
        let years = OverYears::of(&outcome, &project.scenarios[0].assumptions.finance);
        let source = Source {
            project: &project,
            scenario: &project.scenarios[0],
            outcome: &outcome,
            years: &years,
            catalog_as_of: "2026-11-01",
        };
        let workbook = export::write(Format::Workbook, source).unwrap();
        let ways = [schema::open(&schema::save(&project)), schema::open_workbook(&workbook)];
        for opened in ways {
            let opened = opened.unwrap().project;
            assert_eq!(opened, project, "{}", case.name);
            assert_eq!(plan_hash(case.name, &opened, &catalog), outcome.plan_hash, "{}", case.name);
        }
    }
}
