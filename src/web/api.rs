//! The engine for pages that other people build: the calls that `static/npm/engine.js` makes. They take and give plain JavaScript values, and trust none.
//!
//! A call is read here and names the prices that it needs; the worker loads those and has it answered. All of it is in the part [`super::extras`],
//! but what reads inventories, which it is given.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Reflect, Uint8Array};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

use super::intake::Intake;
use super::worker_entry;
use crate::engine::catalog::Catalog;
use crate::engine::cost::{self, Candidate, Confidence, Emissions, Ledger, Outlook};
use crate::engine::import::{Imported, InputFile};
use crate::engine::model::{Currency, Footprint, Money, Project, Scenario};
use crate::engine::outcome::{self, Outcome, budget, default_footprints, plan_scenario};
use crate::engine::placement::{self, Budget};
use crate::engine::progress::Silent;
use crate::engine::schema::{self, Opened};
use crate::protocol::build_id;
use crate::store::over_years::OverYears;

/// The most steps of a search, and the most draws: both take minutes.
const MOST: u32 = 100_000;

/// A call that was read, and is good as far as that can be known without the catalogue.
pub trait Call {
    /// The places whose prices it needs.
    fn footprints(&self) -> &[Footprint];

    /// Carries it out.
    fn answer(self: Box<Self>, catalog: &Catalog) -> Result<JsValue, String>;
}

/// Reads a call: its name, the build that calls, and what the call is about.
pub fn read(name: &str, message: &Array, intake: &Intake) -> Result<Box<dyn Call>, String> {
    let [caller, first, second] = [2, 3, 4].map(|index| message.get(index));
    if caller.as_string().as_deref() != Some(build_id()) {
        return Err(format!(
            "The script and the engine beside it are of different builds: this engine is of {}. Copy both from the same package",
            build_id()
        ));
    }
    match name {
        "import" => Import::read(&first, intake).map(|call| Box::new(call) as Box<dyn Call>),
        "plan" => Search::read(&first, &second).map(|search| Box::new(Plan(search)) as Box<dyn Call>),
        "cost" => {
            let draws = option(&second, "draws")?.unwrap_or(0);
            Search::read(&first, &second).map(|search| Box::new(Cost { search, draws }) as Box<dyn Call>)
        }
        "check" => Check::read(&first, &second).map(|call| Box::new(call) as Box<dyn Call>),
        other => Err(format!("The engine has no function {other}")),
    }
}

/// An option of a call; a wrong one is named.
fn option<T: DeserializeOwned + Into<u64> + Copy>(options: &JsValue, name: &str) -> Result<Option<T>, String> {
    let number: Option<T> = value(options, name)?;
    if number.is_some_and(|number| number.into() > u64::from(MOST)) {
        return Err(format!("options.{name}: at most {MOST}"));
    }
    Ok(number)
}

fn value<T: DeserializeOwned>(options: &JsValue, name: &str) -> Result<Option<T>, String> {
    if options.is_undefined() || options.is_null() {
        return Ok(None);
    }
    let value = Reflect::get(options, &name.into()).map_err(|_error| "options: not an object".to_owned())?;
    serde_wasm_bindgen::from_value(value).map_err(|error| format!("options.{name}: {error}"))
}

/// A plain JavaScript value. Numbers of 64 bits that a double does not hold, such as billions of yen in millionths, make all of them `BigInt`s.
fn to_js<T: Serialize>(value: &T) -> Result<JsValue, String> {
    let write = |large| value.serialize(&Serializer::json_compatible().serialize_large_number_types_as_bigints(large));
    write(false).or_else(|_error| write(true)).map_err(|error| error.to_string())
}

/// Files that are to be a project.
enum Import {
    /// They were one.
    Opened(Opened),
    /// They were an inventory, with the name of the first.
    Imported(Imported, String),
}

impl Import {
    fn read(files: &JsValue, intake: &Intake) -> Result<Self, String> {
        let files: &Array = files.dyn_ref().ok_or("The files are not a list")?;
        let files: Vec<(String, Vec<u8>)> =
            files.iter().map(|file| worker_entry::read(&file)).collect::<Result<_, _>>()?;
        let name = files.first().map(|(name, _)| name.as_str()).ok_or("There is no file")?;
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        if let [(file, bytes)] = files.as_slice() {
            let opened = if (intake.carries_project)(bytes) {
                Some((intake.open_workbook)(bytes))
            } else {
                bytes.trim_ascii_start().starts_with(b"{").then(|| schema::open(bytes))
            };
            if let Some(opened) = opened {
                return opened.map(Self::Opened).map_err(|error| format!("{file}: {error}"));
            }
        }
        let inputs: Vec<InputFile<'_>> = files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
        let imported = (intake.import)(&inputs, &mut Silent);
        if imported.estate.is_empty() {
            let reasons: Vec<&str> =
                imported.report.findings.iter().map(|finding| finding.message.as_str()).take(3).collect();
            return Err(format!("Nothing could be imported. {}", reasons.join(". ")));
        }
        Ok(Self::Imported(imported, name))
    }
}

impl Call for Import {
    fn footprints(&self) -> &[Footprint] {
        &[]
    }

    /// The project file, and notes about it.
    fn answer(self: Box<Self>, catalog: &Catalog) -> Result<JsValue, String> {
        let Opened { project, notes } = match *self {
            Self::Opened(opened) => opened,
            Self::Imported(Imported { estate, report, .. }, name) => {
                let footprints = default_footprints(&estate, catalog);
                let scenario = Scenario { name: "Plan A".to_owned(), footprints, ..Scenario::default() };
                let (estate, report) = (Rc::new(estate), Rc::new(report));
                let mut project = Project { name, estate, report, scenarios: vec![scenario] };
                schema::repair(&mut project);
                Opened { project, notes: Vec::new() }
            }
        };
        let file = Uint8Array::from(schema::save(&project).as_slice());
        Ok(Array::of2(&file, &to_js(&notes)?).into())
    }
}

/// What is to be planned, and how hard.
struct Search {
    project: Project,
    /// Which scenario of it.
    chosen: usize,
    budget: Budget,
}

/// The last search and what it found: who asks for the plan asks for the money next.
type Last = Option<(Rc<Project>, usize, Budget, Rc<Outcome>)>;

thread_local! {
    static LAST: RefCell<Last> = const { RefCell::new(None) };
}

impl Search {
    fn read(file: &JsValue, options: &JsValue) -> Result<Self, String> {
        let file: &Uint8Array = file.dyn_ref().ok_or("The project is not the content of a project file")?;
        let project = schema::open(&file.to_vec()).map_err(|error| format!("The project: {error}"))?.project;
        let wanted: Option<String> = value(options, "scenario")?;
        let chosen = chosen(&project.scenarios, wanted.as_deref())?;
        let usual = budget(&project.scenarios[chosen]);
        let steps = option(options, "steps")?.unwrap_or(usual.steps);
        let seed = value(options, "seed")?.unwrap_or(usual.seed);
        Ok(Self { project, chosen, budget: Budget { steps, seed } })
    }

    fn scenario(&self) -> &Scenario {
        &self.project.scenarios[self.chosen]
    }

    fn outcome(&self, catalog: &Catalog) -> Rc<Outcome> {
        let is_same = |(project, chosen, budget, _): &(Rc<Project>, usize, Budget, Rc<Outcome>)| {
            **project == self.project && *chosen == self.chosen && *budget == self.budget
        };
        let known = LAST.with_borrow(|last| last.as_ref().filter(|last| is_same(last)).map(|last| Rc::clone(&last.3)));
        known.unwrap_or_else(|| {
            let found = plan_scenario(&self.project.estate, self.scenario(), catalog, self.budget, &mut Silent);
            let (project, found) = (Rc::new(self.project.clone()), Rc::new(found));
            LAST.set(Some((project, self.chosen, self.budget, Rc::clone(&found))));
            found
        })
    }
}

/// The scenario of this name, or of this number from 1; the first one where none is asked for.
fn chosen(scenarios: &[Scenario], wanted: Option<&str>) -> Result<usize, String> {
    let Some(wanted) = wanted else { return Ok(0) };
    let by_name = scenarios.iter().position(|scenario| scenario.name == wanted);
    let by_number = || wanted.parse::<usize>().ok()?.checked_sub(1).filter(|&index| index < scenarios.len());
    by_name.or_else(by_number).ok_or_else(|| {
        let names: Vec<&str> = scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
        format!("options.scenario: there is no {wanted}; there are: {}", names.join(", "))
    })
}

/// Where everything goes.
struct Plan(Search);

/// What a plan is given as; `static/npm/engine.d.ts` describes it.
#[derive(Serialize)]
struct Planned<'a> {
    project: &'a str,
    scenario: &'a str,
    catalog_as_of: &'a str,
    budget: Budget,
    outcome: Outcome,
}

impl Call for Plan {
    fn footprints(&self) -> &[Footprint] {
        &self.0.scenario().footprints
    }

    fn answer(self: Box<Self>, catalog: &Catalog) -> Result<JsValue, String> {
        let Self(search) = *self;
        let outcome = search.outcome(catalog);
        to_js(&Planned {
            project: &search.project.name,
            scenario: &search.scenario().name,
            catalog_as_of: &catalog.as_of,
            budget: search.budget,
            outcome: OverYears::of(&outcome, &search.scenario().assumptions.finance).result(&outcome),
        })
    }
}

/// What everything costs.
struct Cost {
    search: Search,
    /// How many draws tell how sure that is; none where 0.
    draws: u32,
}

/// What the money is given as; `static/npm/engine.d.ts` describes it.
#[derive(Serialize)]
struct Costed<'a> {
    project: &'a str,
    scenario: &'a str,
    catalog_as_of: &'a str,
    plan_hash: &'a str,
    currency: Currency,
    total: Money,
    staying_total: Money,
    monthly: Money,
    staying_monthly: Money,
    ledger: &'a Ledger,
    staying: &'a Ledger,
    outlook: &'a Outlook,
    confidence: Option<Confidence>,
    emissions: &'a Emissions,
    staying_emissions: &'a Emissions,
}

impl Call for Cost {
    fn footprints(&self) -> &[Footprint] {
        &self.search.scenario().footprints
    }

    fn answer(self: Box<Self>, catalog: &Catalog) -> Result<JsValue, String> {
        let (search, scenario) = (&self.search, self.search.scenario());
        let outcome = search.outcome(catalog);
        let Outcome { ledger, staying, .. } = &*outcome;
        let years = OverYears::of(&outcome, &scenario.assumptions.finance);
        let candidate = Candidate { name: &scenario.name, ledger, scenario };
        let draw = || cost::question_beside(candidate, staying, self.draws, search.budget.seed).answer(&mut Silent);
        to_js(&Costed {
            project: &search.project.name,
            scenario: &scenario.name,
            catalog_as_of: &catalog.as_of,
            plan_hash: &outcome.plan_hash,
            currency: scenario.assumptions.currency,
            total: years.outlook.plan.total,
            staying_total: years.outlook.staying.total,
            monthly: years.outlook.plan.run_rate,
            staying_monthly: years.outlook.staying.run_rate,
            ledger: &years.plan,
            staying: &years.staying,
            outlook: &years.outlook,
            confidence: (self.draws > 0).then(draw),
            emissions: &outcome.emissions,
            staying_emissions: &outcome.staying_emissions,
        })
    }
}

/// A plan that was kept, and the project that it is to be one of.
struct Check {
    search: Search,
    plan: placement::Plan,
}

/// As much as is read of what [`Planned`] or `groundwork plan --json` wrote.
#[derive(Deserialize)]
struct Kept {
    outcome: KeptOutcome,
}

#[derive(Deserialize)]
struct KeptOutcome {
    plan: placement::Plan,
}

/// What the checker says; `static/npm/engine.d.ts` describes it.
#[derive(Serialize)]
struct Checked<'a> {
    project: &'a str,
    scenario: &'a str,
    catalog_as_of: &'a str,
    accepted: bool,
    violations: Vec<String>,
    plan_hash: String,
    cost: Money,
    lower_bound: Money,
    gap_ppm: u32,
    unplaced: usize,
}

impl Check {
    fn read(file: &JsValue, options: &JsValue) -> Result<Self, String> {
        let kept: String = value(options, "plan")?.ok_or("The plan is missing")?;
        let Kept { outcome } = serde_json::from_str(&kept).map_err(|error| format!("The plan: {error}"))?;
        Ok(Self { search: Search::read(file, options)?, plan: outcome.plan })
    }
}

impl Call for Check {
    fn footprints(&self) -> &[Footprint] {
        &self.search.scenario().footprints
    }

    fn answer(self: Box<Self>, catalog: &Catalog) -> Result<JsValue, String> {
        let Self { search, plan } = *self;
        let problem = outcome::problem(&search.project.estate, search.scenario(), catalog);
        let violations = placement::check(&problem, &plan).err().unwrap_or_default();
        to_js(&Checked {
            project: &search.project.name,
            scenario: &search.scenario().name,
            catalog_as_of: &catalog.as_of,
            accepted: violations.is_empty(),
            violations: violations.iter().map(ToString::to_string).collect(),
            plan_hash: outcome::plan_hash(&plan),
            cost: plan.cost,
            lower_bound: plan.lower_bound,
            gap_ppm: plan.gap_ppm(),
            unplaced: plan.unplaced.len(),
        })
    }
}
