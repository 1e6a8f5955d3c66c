//! The messages between the page and its worker.
//!
//! A message is a JavaScript array: first the number of the request that it makes or answers, then the bytes of the [`Request`] or [`Reply`] as [`wire`] writes them, in a
//! transferred buffer, then whatever travels beside it as it is (files to read, a saved document). Both sides are built together and carry the same [`build_id`]; they refuse to talk across versions.

pub mod pieces;
pub mod wire;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::engine::catalog::Catalog;
use crate::engine::cost::{Confidence, Question};
use crate::engine::import::{HostClass, SizeClass, TypedTotals};
use crate::engine::model::{Estate, ImportReport, Project, Scenario};
use crate::engine::outcome::Outcome;
use crate::engine::placement::{Budget, Loss, RuleCost};
use crate::engine::prices::Proposal;
use crate::export::Format;

/// Identifies one build of both modules.
#[must_use]
pub const fn build_id() -> &'static str {
    match option_env!("GROUNDWORK_BUILD_ID") {
        Some(id) => id,
        None => "dev",
    }
}

/// What the page asks of the worker. Searches, which are [`Request::Plan`] and [`Request::RuleCosts`], are done in turns, and the worker hears the page between two of them:
/// other requests are answered meanwhile, and a newer search takes the place of the one that runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Request {
    /// The catalogue without instance prices.
    Catalog,
    /// Take as the current estate the one in the reply that travels beside, in the messages as which it came; an empty one where there are none.
    SetEstate,
    /// Read the files that travel beside as an inventory, and take it as the current estate; where a report is given, join it to the current estate, of which
    /// that is the report. One that is a workbook of ours is opened instead.
    Import(Option<Rc<ImportReport>>),
    /// Make an estate of what was typed in, and take it as the current one.
    Typed {
        /// What the user calls it.
        name: String,
        /// The machines.
        machines: TypedMachines,
        /// The hosts.
        hosts: Vec<HostClass>,
    },
    /// Read the project file that travels beside, and take its estate as the current one.
    Open,
    /// Read the two parts of a saved project that travel beside, inputs first, and take its estate as the current one.
    OpenParts,
    /// Give up the search that this request asked for, if it runs still.
    Stop(u32),
    /// End the search that this request asked for, if it runs still, with the best plan that it has found.
    Finish(u32),
    /// Write the current estate and this report as JSON.
    WriteEstate(Rc<ImportReport>),
    /// Write the inputs of a project as JSON.
    WriteInputs {
        /// What the user calls it.
        name: String,
        /// The inputs.
        scenarios: Vec<Scenario>,
    },
    /// Write the current estate with these inputs as a project file.
    WriteProject {
        /// What the user calls it.
        name: String,
        /// What the last import said.
        report: Rc<ImportReport>,
        /// The inputs.
        scenarios: Vec<Scenario>,
        /// Whether names are to be made up.
        anonymous: bool,
    },
    /// Size, place and cost the current estate under these inputs.
    Plan {
        /// The inputs.
        scenario: Box<Scenario>,
        /// How much work to do.
        budget: Budget,
        /// The plan before is kept, changed no more than it must be, where it costs at most this part more than the best one, in millionths.
        keep_ppm: u32,
        /// Whether it is only to see what these inputs would mean: nothing is told on the way, and later searches begin as if it had not been asked for.
        aside: bool,
    },
    /// Write the current estate under one of these inputs, with its result, as a file for other people or programs.
    Export {
        /// Which kind of file.
        format: Format,
        /// Whether only to tell how it would begin: the document is then an [`export::beginning::Beginning`](crate::export::beginning::Beginning) as [`wire`] writes it,
        /// so that only what shows one has to know how to read it.
        beginning: bool,
        /// What the user calls the project.
        name: String,
        /// What the last import said.
        report: Rc<ImportReport>,
        /// The inputs.
        scenarios: Vec<Scenario>,
        /// Which of them.
        shown: usize,
        /// The hash of the plan on screen, which is the one to write.
        plan_hash: String,
    },
    /// Find what each rule of these inputs, which were planned last, costs.
    RuleCosts {
        /// The inputs.
        scenario: Box<Scenario>,
        /// How much work to do for each rule.
        budget: Budget,
    },
    /// Play through that hosts of the plan on screen fail.
    Loss {
        /// The inputs.
        scenario: Box<Scenario>,
        /// The hash of the plan.
        plan_hash: String,
        /// Position of the place in the plan, and of the cluster in the place.
        cluster: (u32, u32),
        /// Positions of the hosts in the cluster.
        hosts: Vec<u32>,
    },
    /// Draw how sure the money of a result is. Of several that wait the last is done.
    Confidence(Box<Question>),
    /// The catalogue without instance prices, with these own prices before it.
    Priced {
        /// Own prices, as CSV.
        prices: String,
    },
    /// Read the files that travel beside as price lists, and say what they would change.
    Prices {
        /// The inputs, of which footprints and own prices count.
        scenario: Box<Scenario>,
    },
}

/// Machines that were typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TypedMachines {
    /// By a few sizes.
    Classes(Vec<SizeClass>),
    /// By their sums.
    Totals(TypedTotals),
}

/// What the worker answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Reply {
    /// It is loaded and listens; the first message of every worker.
    Ready {
        /// Its [`build_id`].
        build_id: String,
    },
    /// The current request is so far. Any number of them comes before the answer.
    Progress {
        /// What is being done.
        phase: String,
        /// Steps finished.
        done: u64,
        /// Steps in all, 0 where not known.
        total: u64,
    },
    /// Some elements of a list of the reply that comes next.
    Piece(pieces::Piece),
    /// To [`Request::SetEstate`], [`Request::Stop`] and [`Request::Finish`], and to a search that was given up.
    Done,
    /// To [`Request::Catalog`] and [`Request::Priced`].
    Catalog(Box<Catalog>),
    /// To [`Request::Import`] and [`Request::Typed`].
    Imported {
        /// What there is.
        estate: Rc<Estate>,
        /// What was understood.
        report: Rc<ImportReport>,
    },
    /// To [`Request::Open`] and [`Request::OpenParts`], and to [`Request::Import`] of a workbook that carries a project.
    Opened {
        /// The project.
        project: Box<Project>,
        /// What was mended on the way, as sentences.
        notes: Vec<String>,
    },
    /// To the requests to write: the document travels beside.
    Written,
    /// Before the answer to [`Request::Plan`]: a plan that is valid, while better ones are looked for.
    Better(Box<Outcome>),
    /// To [`Request::Plan`].
    Planned(Box<Outcome>),
    /// To [`Request::RuleCosts`].
    RuleCosts(Vec<RuleCost>),
    /// To [`Request::Loss`].
    Loss(Box<Loss>),
    /// To [`Request::Confidence`].
    Confidence(Box<Confidence>),
    /// To [`Request::Prices`].
    Prices(Box<Proposal>),
    /// The request could not be done; one or two sentences for the user.
    Failed(String),
}
