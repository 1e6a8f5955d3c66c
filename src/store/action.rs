//! What can happen, and what is to be done about it.

use std::rc::Rc;

use crate::engine::catalog::Catalog;
use crate::engine::cost::Confidence;
use crate::engine::model::{
    Assumptions, Currency, Estate, Footprint, FootprintId, ImportReport, MachineEdit, MachineId, Objective, Policy,
    Project, Rule, RuleId, Scenario, Search,
};
use crate::engine::outcome::Outcome;
use crate::engine::placement::RuleCost;

use super::{Capture, Confirm, Density, Keeping, Language, Page, SaveState, Shared, Sheet, Theme, ToastKind};

/// What can happen.
#[derive(Clone, Debug)]
pub enum Action {
    /// The user changes the project.
    Edit(Edit, Capture),
    /// Take the last change back.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// A stored or opened project takes the place of the present one, with nothing to undo.
    Restored(Box<Project>),
    /// Another project is put on screen; the one before is kept elsewhere, so there is nothing to undo.
    Switched(Box<Project>),
    /// What this tab has to do with what is stored.
    Keeping(Keeping),
    /// The catalogue is loaded.
    CatalogLoaded(Box<Catalog>),
    /// The catalogue with these own prices before it is known.
    Priced(String, Box<Catalog>),
    /// Long work begins.
    JobStarted(JobKind),
    /// Long work goes on.
    JobProgress {
        /// What is being done.
        phase: String,
        /// Steps finished.
        done: u64,
        /// Steps in all, 0 where not known.
        total: u64,
    },
    /// Long work ended, one way or another.
    JobEnded,
    /// A plan is being computed.
    PlanStarted,
    /// A plan is there, made from this project.
    Planned(Box<Outcome>),
    /// A plan is there already, while a better one is looked for.
    Better(Box<Outcome>),
    /// No better plan is looked for any more: the one that is there stays.
    PlanStopped,
    /// The engine gave the plan up for another search, and so there is none.
    PlanLost,
    /// The same of a scenario that is not on screen.
    OtherLost,
    /// The final plan of a scenario that may not be on screen, with the inputs it was made from.
    Computed(Rc<Estate>, Box<Scenario>, Box<Outcome>),
    /// What each rule costs is known.
    RuleCosts(Vec<RuleCost>),
    /// How sure the money is, is being drawn: draws made, and draws in all.
    Drawing(u64, u64),
    /// How sure the money of a result is; nothing where that could not be drawn.
    Drawn(Option<(Shared<Outcome>, Box<Confidence>)>),
    /// No plan could be made.
    PlanFailed(String),
    /// How storing goes.
    Saving(SaveState),
    /// Something that changes only what is shown.
    Ui(UiAction),
}

/// Changes of the project, each of which can be undone.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Another estate, from an import; edits and rules stay, as ids do.
    Estate {
        /// What there is.
        estate: Rc<Estate>,
        /// What was understood.
        report: Rc<ImportReport>,
        /// The project's name if it had none.
        name: String,
    },
    /// A whole project from a file.
    Project(Box<Project>),
    /// A new, empty project.
    Clear,
    /// The project's name.
    Rename(String),
    /// How demand and capacity are counted.
    Policy(Policy),
    /// One more footprint; its id is given by the store.
    AddFootprint(Box<Footprint>),
    /// A changed footprint.
    Footprint(Box<Footprint>),
    /// One footprint less.
    RemoveFootprint(FootprintId),
    /// One more rule; its id is given by the store.
    AddRule(Rule),
    /// A changed rule.
    Rule(Rule),
    /// One rule less.
    RemoveRule(RuleId),
    /// Machines run where the user wants them, by rules that name them.
    Run(super::moves::Wanted),
    /// What the user says of machines.
    Machines(Vec<(MachineId, MachineEdit)>),
    /// What money depends on.
    Assumptions(Assumptions),
    /// What counts beside money.
    Objective(Objective),
    /// How plans are looked for.
    Search(Search),
    /// The currency of the totals; nothing changes where its rate is not known.
    Currency(Currency),
    /// One more scenario, like the one of this number, which is then on screen.
    CopyScenario(usize),
    /// The name of the scenario of this number.
    RenameScenario(usize, String),
    /// One scenario less; the last one stays.
    RemoveScenario(usize),
    /// How long an answer takes between two footprints, there and back, in microseconds, as it was measured; `None`: it was not.
    Latency(FootprintId, FootprintId, Option<u32>),
    /// Prices of the user's own, as CSV; empty for none.
    Prices(String),
}

impl Edit {
    /// What it is called in "Undo …".
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Estate { .. } => "import",
            Self::Project(_) => "opening a project",
            Self::Clear => "new project",
            Self::Rename(_) => "renaming",
            Self::Policy(_) => "policy change",
            Self::AddFootprint(_) => "adding a footprint",
            Self::Footprint(_) => "footprint change",
            Self::RemoveFootprint(_) => "removing a footprint",
            Self::AddRule(_) => "adding a rule",
            Self::Rule(_) => "rule change",
            Self::RemoveRule(_) => "removing a rule",
            Self::Run(_) => "move",
            Self::Machines(_) => "machine change",
            Self::Assumptions(_) => "cost assumption",
            Self::Objective(_) => "what counts",
            Self::Search(_) => "search",
            Self::Currency(_) => "currency of the totals",
            Self::CopyScenario(_) => "adding a scenario",
            Self::RenameScenario(..) => "renaming a scenario",
            Self::RemoveScenario(_) => "removing a scenario",
            Self::Latency(..) => "measured latency",
            Self::Prices(_) => "price list",
        }
    }
}

/// Changes of what is shown.
#[derive(Clone, Debug)]
pub enum UiAction {
    /// Go to a page, and to the scenario of a number where one is given.
    Go(Page, Option<usize>),
    /// Show the scenario of this number; past the end stands for the last one.
    Scenario(usize),
    /// Change the theme.
    Theme(Theme),
    /// Change how much room things have.
    Density(Density),
    /// Change the language.
    Language(Language),
    /// Show the reasons of a machine, or none.
    Machine(Option<MachineId>),
    /// Edit a footprint, or none.
    Footprint(Option<FootprintId>),
    /// Ask, or stop asking.
    Confirm(Option<Confirm>),
    /// Lay something over the page, or take it away.
    Sheet(Option<Sheet>),
    /// Begin or end the tour.
    Tour(bool),
    /// Tell something.
    Toast(ToastKind, String),
    /// Stop telling it.
    Dismiss(u32),
}

/// Long work that the user waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// Reading an inventory.
    Import,
    /// Opening a project file.
    Open,
    /// Writing a project file.
    Save,
    /// Writing a file for other people or programs.
    Export,
    /// Planning without each rule in turn.
    RuleCosts,
    /// Reading price lists.
    Prices,
}

/// What is to be done about an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Compute the plan of the present inputs; earlier requests that wait are dropped.
    Plan,
    /// Compute no plan any more: the result is known.
    StopPlanning,
    /// Compute the final plan of the scenario of this number, which is not on screen.
    PlanOther(usize),
    /// Store the project.
    Persist,
    /// Show the page in the address, and the scenario by its number where there are several.
    ShowInAddress(Page, Option<usize>),
    /// Show and remember the theme.
    ApplyTheme(Theme),
    /// Show and remember how much room things have.
    ApplyDensity(Density),
    /// Show the page in the language, and remember it.
    ApplyLanguage(Language),
    /// Dismiss the message after a while.
    DismissLater(u32),
}
