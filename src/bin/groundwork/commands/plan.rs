//! `groundwork plan`: where everything goes, what that costs and why.

mod text;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use groundwork::engine::cost::{self, Candidate, Confidence, Emissions, Outlook};
use groundwork::engine::model::{
    ClusterId, Footprint, FootprintId, HostId, ImportReport, MachineId, Money, Project, Scenario,
};
use groundwork::engine::placement::{Budget, RuleCost};
use groundwork::engine::prices;
use groundwork::engine::progress::Silent;
use groundwork::engine::schema;
use groundwork::engine::sizing;
use groundwork::engine::turns::to_end;
use groundwork::engine::{Outcome, outcome, plan_scenario};
use groundwork::store::compare::drawn;
use groundwork::store::format;
use groundwork::store::over_years::OverYears;
use schemars::JsonSchema;
use serde::Serialize;

use super::import::{first_error, fresh_project};
use super::{Done, findings_in_short, json};
use crate::args::PlanArguments;
use crate::embedded;
use crate::files::{self, Failure};

/// What `plan --json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Output of groundwork plan --json")]
pub(super) struct PlanOutput<'a> {
    /// The name of the project.
    project: &'a str,
    /// The name of the scenario.
    scenario: &'a str,
    /// The day of the catalogue that prices come from.
    catalog_as_of: &'a str,
    /// How much work the plan was given; the same budget gives the same plan.
    budget: Budget,
    /// Plan, ledger, and everything else that was computed. Its ledgers are over time, with growth and changes of prices: each total is the sum of their lines.
    outcome: &'a Outcome,
    /// What the plan costs over the horizon: the sum of the lines of its ledger.
    total: Money,
    /// What staying as is costs over the same time: the sum of the lines of its ledger.
    staying_total: Money,
    /// Money over the years, beside staying.
    outlook: &'a Outlook,
    /// How sure the money is; `null` unless asked for by `--confidence`.
    confidence: Option<&'a Confidence>,
    /// How sure the totals of all scenarios are, drawn together; `null` unless asked for by `--all-scenarios`.
    among: Option<&'a Confidence>,
    /// Energy and carbon of the plan, as in the outcome.
    emissions: &'a Emissions,
    /// What each rule costs; `null` unless asked for by `--rule-costs`.
    rule_costs: Option<&'a [RuleCost]>,
    /// What the ids in the plan are called.
    names: Names<'a>,
}

/// What ids are called.
#[derive(Serialize, JsonSchema)]
struct Names<'a> {
    /// Machines that were planned or could not be placed.
    machines: BTreeMap<MachineId, &'a str>,
    /// Clusters.
    clusters: BTreeMap<ClusterId, &'a str>,
    /// Existing hosts.
    hosts: BTreeMap<HostId, &'a str>,
    /// Footprints of the scenario.
    footprints: BTreeMap<FootprintId, &'a str>,
}

pub(super) fn run(arguments: &PlanArguments) -> Result<Done, Failure> {
    let (project, mut remarks) = load(&arguments.files)?;
    let mut scenario = choose(&project, &arguments.scenario)?.clone();
    if let Some(id) = &arguments.preset {
        let preset = preset(id)?;
        remarks.push(format!("counted as {} does. {} Source: {}", preset.name, preset.differs, preset.source));
        scenario.policy = preset.policy;
    }
    let scenario = &scenario;
    let mut catalog = embedded::core()?;
    embedded::load_instances(&mut catalog, &scenario.footprints)?;
    let usual = outcome::budget(scenario);
    let budget = Budget { steps: arguments.steps.unwrap_or(usual.steps), seed: arguments.seed.unwrap_or(usual.seed) };
    let outcome = plan_scenario(&project.estate, scenario, &catalog, budget, &mut Silent);
    let years = OverYears::of(&outcome, &scenario.assumptions.finance);
    let candidate = Candidate { name: scenario.name.as_str(), ledger: &outcome.ledger, scenario };
    let ask = |draws| cost::question_beside(candidate, &outcome.staying, draws, budget.seed);
    let confidence = arguments.confidence.map(|draws| ask(draws).answer(&mut Silent));
    let draws = arguments.confidence.filter(|_| arguments.all_scenarios);
    let among = draws.map(|draws| among(&project, (scenario, &outcome), budget, draws)).transpose()?;
    let costs = arguments.rule_costs.then(|| {
        let priced = prices::with_own(&catalog, scenario);
        to_end(outcome::rule_costs(&project.estate, scenario, priced, &outcome.plan, budget, &mut Silent))
    });
    let output = if arguments.json {
        json(&PlanOutput {
            project: &project.name,
            scenario: &scenario.name,
            catalog_as_of: &catalog.as_of,
            budget,
            outcome: &years.result(&outcome),
            total: years.outlook.plan.total,
            staying_total: years.outlook.staying.total,
            outlook: &years.outlook,
            confidence: confidence.as_ref(),
            among: among.as_ref(),
            emissions: &outcome.emissions,
            rule_costs: costs.as_deref(),
            names: names(&project, scenario, &outcome),
        })?
    } else {
        let options = text::Options {
            list_machines: arguments.machines,
            rule_costs: costs.as_deref(),
            years: &years,
            catalog: &catalog,
            confidence: confidence.as_ref(),
            among: among.as_ref(),
        };
        text::text(&project.estate, scenario, &outcome, &catalog.as_of, options)
    };
    let conflicts = outcome.conflicts.len() as u64;
    if conflicts > 0 {
        remarks.push(format!("rules contradict each other: {}", format::counted(conflicts, "time", "times")));
    }
    let unplaced = outcome.plan.unplaced.len() as u64;
    if unplaced > 0 {
        remarks.push(format!("{} could not be placed", format::counted(unplaced, "machine", "machines")));
    }
    let strict = arguments.strict && (unplaced > 0 || project.report.has_errors());
    Ok(Done { output, remarks, failure: strict.then(|| "failed, because --strict was given".to_owned()) })
}

/// How sure the totals of all scenarios are, drawn together: the others are planned with the same budget.
fn among(
    project: &Project,
    (scenario, outcome): (&Scenario, &Outcome),
    budget: Budget,
    draws: u32,
) -> Result<Confidence, Failure> {
    let mut results = Vec::new();
    for other in project.scenarios.iter().filter(|other| other.name != scenario.name) {
        let mut catalog = embedded::core()?;
        embedded::load_instances(&mut catalog, &other.footprints)?;
        results.push((other, plan_scenario(&project.estate, other, &catalog, budget, &mut Silent)));
    }
    let others = results.iter().map(|(scenario, outcome)| (*scenario, outcome));
    let all: Vec<(&Scenario, &Outcome)> = std::iter::once((scenario, outcome)).chain(others).collect();
    let question = drawn::question(&all, draws, budget.seed).ok_or_else(|| {
        let problem = "there is no other scenario, or they are in other currencies or over other times";
        Failure::Other(format!("scenarios cannot be drawn together: {problem}"))
    })?;
    Ok(question.answer(&mut Silent))
}

/// The rules of another tool.
fn preset(id: &str) -> Result<sizing::Preset, Failure> {
    sizing::preset(id).ok_or_else(|| {
        let known: Vec<&str> = sizing::presets().iter().map(|preset| preset.id).collect();
        Failure::Other(format!("there are no rules of {id}; there are: {}", known.join(", ")))
    })
}

/// The project to plan, with remarks about it: an opened one, or a new one around an import.
pub(super) fn load(paths: &[PathBuf]) -> Result<(Project, Vec<String>), Failure> {
    if let [path] = paths {
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let opened = if is_json { Some(files::open(path)?) } else { files::open_workbook(path)? };
        if let Some(schema::Opened { project, notes }) = opened {
            return Ok((project, notes));
        }
    }
    let imported = files::import(paths)?;
    if imported.estate.is_empty() {
        return Err(Failure::Other(format!("nothing could be read{}", first_error(&imported.report))));
    }
    let mut project = fresh_project(&imported.estate)?;
    let remarks = remarks(&imported.report);
    project.estate = Rc::new(imported.estate);
    project.report = Rc::new(imported.report);
    Ok((project, remarks))
}

fn remarks(report: &ImportReport) -> Vec<String> {
    findings_in_short(report)
        .map(|count| format!("{count} in the import: see `groundwork import`"))
        .into_iter()
        .collect()
}

/// The scenario of this name, or of this number from 1.
pub(super) fn choose<'a>(project: &'a Project, wanted: &str) -> Result<&'a Scenario, Failure> {
    let by_name = project.scenarios.iter().find(|scenario| scenario.name == wanted);
    let by_number = || wanted.parse::<usize>().ok().and_then(|number| project.scenarios.get(number.checked_sub(1)?));
    by_name.or_else(by_number).ok_or_else(|| {
        let names: Vec<&str> = project.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
        Failure::Other(format!("there is no scenario {wanted}; there are: {}", names.join(", ")))
    })
}

fn names<'a>(project: &'a Project, scenario: &'a Scenario, outcome: &Outcome) -> Names<'a> {
    let estate = &project.estate;
    let placed = outcome.plan.assignments.iter().map(|assignment| assignment.machine);
    let unplaced = outcome.plan.unplaced.iter().map(|unplaced| unplaced.machine);
    let machine_name = |id| estate.machine(id).map(|machine| (id, machine.name.as_str()));
    Names {
        machines: placed.chain(unplaced).filter_map(machine_name).collect(),
        clusters: estate.clusters.iter().map(|cluster| (cluster.id, cluster.name.as_str())).collect(),
        hosts: estate.hosts.iter().map(|host| (host.id, host.name.as_str())).collect(),
        footprints: scenario.footprints.iter().map(|Footprint { id, name, .. }| (*id, name.as_str())).collect(),
    }
}
