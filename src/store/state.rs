//! The state of the app.

use crate::chart::rows;
use crate::engine::catalog::Catalog;
use crate::engine::model::{FootprintId, MachineId, Project, Scenario};
use crate::engine::outcome::Outcome;
use crate::engine::placement::RuleCost;

use super::{Certainty, Computed, History, JobKind, Shared, Work};

/// The state of the app. Large parts are shared, so that a copy is cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct AppState {
    /// What the user works on.
    pub project: Shared<Project>,
    /// What undo and redo lead to.
    pub history: History<Project>,
    /// The last good result.
    pub outcome: Option<Shared<Outcome>>,
    /// What each rule costs beside that result; empty until it is asked for.
    pub rule_costs: Shared<Vec<RuleCost>>,
    /// How sure the money is; empty until it is asked for.
    pub certainty: Certainty,
    /// Whether the inputs changed since [`Self::outcome`] was computed.
    pub outcome_is_stale: bool,
    /// Final results, of all scenarios and of what they were a moment ago.
    pub computed: Shared<Computed>,
    /// What can be rented or bought; `None` until it is loaded.
    pub catalog: Option<Shared<Catalog>>,
    /// The catalogue with own prices before it, and those prices; `None` until it is asked for.
    pub priced: Option<(String, Shared<Catalog>)>,
    /// Long work in progress that the user waits for.
    pub job: Option<JobState>,
    /// Whether a plan is being computed.
    pub planning: bool,
    /// Whether all edits are stored.
    pub save: SaveState,
    /// What this tab has to do with what is stored.
    pub keeping: Keeping,
    /// What is shown, and how.
    pub ui: UiState,
}

impl Default for AppState {
    fn default() -> Self {
        Self::begun(None)
    }
}

impl AppState {
    /// The state of an app that begins, with a new project in which plans are looked for in so many steps.
    pub fn begun(steps: Option<u32>) -> Self {
        Self {
            project: Shared::new(super::defaults::new_project(steps)),
            history: History::default(),
            outcome: None,
            rule_costs: Shared::new(Vec::new()),
            certainty: Certainty::default(),
            outcome_is_stale: false,
            computed: Shared::default(),
            catalog: None,
            priced: None,
            job: None,
            planning: false,
            save: SaveState::Saved,
            keeping: Keeping::Nothing,
            ui: UiState::default(),
        }
    }

    /// The number of the scenario on screen.
    pub fn shown(&self) -> usize {
        self.ui.scenario.min(self.project.scenarios.len().saturating_sub(1))
    }

    /// The scenario on screen.
    pub fn scenario(&self) -> &Scenario {
        &self.project.scenarios[self.shown()]
    }

    /// The project and the scenario on screen, as pages want them.
    pub fn work(&self) -> Work {
        Work::new(self.project.clone(), self.shown())
    }

    /// The catalogue as its prices are shown: with own prices before it, where they are known already.
    pub fn shown_catalog(&self) -> Option<Shared<Catalog>> {
        let prices = &self.scenario().prices;
        let priced = self.priced.as_ref().filter(|(of, _)| of == prices && !prices.is_empty());
        priced.map(|(_, catalog)| catalog.clone()).or_else(|| self.catalog.clone())
    }

    /// Whether there is anything to plan.
    pub fn has_estate(&self) -> bool {
        !self.project.estate.is_empty()
    }
}

/// Long work in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobState {
    /// What it is.
    pub kind: JobKind,
    /// What is being done, in words.
    pub phase: String,
    /// Steps finished.
    pub done: u64,
    /// Steps in all, 0 where not known.
    pub total: u64,
}

/// Whether all edits are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Stored in the browser.
    Saved,
    /// About to be.
    Saving,
    /// The browser does not let us, and why, in words.
    Unavailable(String),
}

/// What a tab has to do with what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Nothing is kept here, or not yet.
    Nothing,
    /// It stores the project on screen, and others are kept beside it.
    Writes,
    /// Another tab stores this project: this one shows what is done there, and changes nothing.
    Follows,
}

/// What is shown, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UiState {
    /// The page on screen.
    pub page: Page,
    /// The number of the scenario on screen; past the end stands for the last one.
    pub scenario: usize,
    /// Light, dark or as the system has it.
    pub theme: Theme,
    /// How much room things have.
    pub density: Density,
    /// What the texts are shown in.
    pub language: Language,
    /// The machine whose reasons are shown.
    pub machine: Option<MachineId>,
    /// The footprint that is being edited.
    pub footprint: Option<FootprintId>,
    /// A question that waits for an answer.
    pub confirm: Option<Confirm>,
    /// What lies over the page.
    pub sheet: Option<Sheet>,
    /// Whether each page is explained by the tour.
    pub tour: bool,
    /// Messages, the oldest first.
    pub toasts: Vec<Toast>,
    /// The number of the next message.
    pub next_toast: u32,
}

/// A question that waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirm {
    /// Begin a new project.
    NewProject,
    /// Add inventories to the estate on screen, or put them in its place.
    Files,
}

/// What can be laid over any page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// All commands, to search in.
    Palette,
    /// All shortcuts.
    Shortcuts,
    /// The projects that are kept in this browser.
    Projects,
    /// Licences, moving data, and ranges of inputs that are no price.
    Money,
}

/// A message that goes away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Identity.
    pub id: u32,
    /// How it looks.
    pub kind: ToastKind,
    /// What it says.
    pub text: String,
    /// Whether it offers to undo.
    pub undo: bool,
}

/// Kinds of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    /// It worked.
    Done,
    /// It did not; stays until it is dismissed.
    Failed,
}

/// The pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// What there is.
    #[default]
    Estate,
    /// Where it could go.
    Footprints,
    /// How it is counted, and what must hold.
    Rules,
    /// Where everything goes.
    Plan,
    /// What that costs.
    Cost,
    /// How long that lasts.
    Timeline,
    /// How scenarios differ.
    Compare,
    /// How others get it.
    Share,
}

impl Page {
    /// Every page, in the order in which questions come.
    pub const ALL: [Self; 8] = [
        Self::Estate,
        Self::Footprints,
        Self::Rules,
        Self::Plan,
        Self::Cost,
        Self::Timeline,
        Self::Compare,
        Self::Share,
    ];

    /// Its name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Estate => "Estate",
            Self::Footprints => "Footprints",
            Self::Rules => "Rules",
            Self::Plan => "Plan",
            Self::Cost => "Cost",
            Self::Timeline => "Timeline",
            Self::Compare => "Compare",
            Self::Share => "Share",
        }
    }

    /// Its name in the address.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Estate => "estate",
            Self::Footprints => "footprints",
            Self::Rules => "rules",
            Self::Plan => "plan",
            Self::Cost => "cost",
            Self::Timeline => "timeline",
            Self::Compare => "compare",
            Self::Share => "share",
        }
    }

    /// The page of this name in the address.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.slug() == slug)
    }
}

/// Light, dark or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Its name in storage and in the page's `data-theme`.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of this name; the system's where there is none.
    pub fn from_slug(slug: &str) -> Self {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.slug() == slug).unwrap_or_default()
    }
}

/// How much room things have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Room around everything.
    #[default]
    Comfortable,
    /// More in view at a time.
    Dense,
}

impl Density {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Comfortable, Self::Dense];

    /// Its name in storage and in the page's `data-density`.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Dense => "dense",
        }
    }

    /// The density of this name; the usual one where there is none.
    pub fn from_slug(slug: &str) -> Self {
        Self::ALL.into_iter().find(|density| density.slug() == slug).unwrap_or_default()
    }

    /// The height of a row of a long table in px.
    pub const fn row(self) -> f64 {
        match self {
            Self::Comfortable => rows::COMFORTABLE,
            Self::Dense => rows::DENSE,
        }
    }
}

/// What the texts are shown in. They are written in English; the page looks up what it shows (`static/lazy/language.js`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// Japanese.
    Japanese,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::German, Self::Japanese];

    /// Its tag after BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Japanese => "ja",
        }
    }

    /// What it is called by those who speak it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Japanese => "日本語",
        }
    }

    /// The language of a tag, whatever its region: German for `de-CH`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let main = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| main.eq_ignore_ascii_case(language.tag()))
    }
}
