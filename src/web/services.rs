//! What the app does in the world: carries out effects, reads and writes files, stores the project.

mod commands;
mod keeping;
mod loss;
mod money;
mod preview;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, File};

use super::runtime::Store;
use super::worker_host::{Answer, JobError, OnBetter, OnProgress, WorkerHost};
use super::{around, dom, files, language, route, theme};
use crate::engine::import::HostClass;
use crate::engine::model::{Estate, ImportReport, Project};
use crate::engine::outcome;
use crate::export::Format;
use crate::protocol::{Reply, Request, TypedMachines};
use crate::store::{Action, Capture, Confirm, Edit, Effect, JobKind, ToastKind, UiAction};

use keeping::Keeper;

pub use commands::FILE_INPUT;

/// How long a message of success is shown, in milliseconds.
const TOAST_TIME: u32 = 6_000;
/// What project files are.
const JSON: &str = "application/json";
/// The built-in sample, beside `index.html`.
const SAMPLE: &str = "sample/groundwork-sample.xlsx";

/// The running app. Clones are the same app.
#[derive(Clone)]
pub struct Services(Rc<Inner>);

struct Inner {
    store: Store,
    worker: WorkerHost,
    keeper: Keeper,
    job: Cell<Option<u32>>,
    plan: Cell<u32>,
    /// The last plan of a scenario that is not on screen.
    other: Cell<u32>,
    /// The search that the user has stopped.
    finishing: Cell<u32>,
    /// Inventories that wait for the answer to what becomes of the estate on screen.
    waiting: RefCell<Vec<File>>,
}

impl PartialEq for Services {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Services {
    /// Connects the app to `store` and begins: theme, stored project, engine.
    #[must_use]
    pub fn start(store: Store) -> Self {
        let services = Self(Rc::new(Inner {
            store: store.clone(),
            worker: WorkerHost::default(),
            keeper: Keeper::default(),
            job: Cell::default(),
            plan: Cell::default(),
            other: Cell::default(),
            finishing: Cell::default(),
            waiting: RefCell::default(),
        }));
        let effects = services.clone();
        store.set_effects(move |effect| effects.carry_out(effect));
        store.dispatch(Action::Ui(UiAction::Theme(theme::remembered())));
        store.dispatch(Action::Ui(UiAction::Density(theme::remembered_density())));
        store.dispatch(Action::Ui(UiAction::Language(language::wanted())));
        let (page, scenario) = route::current();
        store.dispatch(Action::Ui(UiAction::Go(page, scenario)));
        route::show(page, scenario);
        let commands = services.clone();
        let on_command = around::OnCommand::new(move |name: String, argument| commands.command(&name, &argument));
        around::connect(&on_command);
        on_command.forget();
        let begin = services.clone();
        dom::spawn(async move { begin.begin().await });
        services
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    fn dispatch(&self, action: Action) {
        self.0.store.dispatch(action);
    }

    fn tell(&self, kind: ToastKind, text: impl Into<String>) {
        let text = text.into();
        if kind == ToastKind::Failed {
            around::tell("error", &text);
        }
        self.dispatch(Action::Ui(UiAction::Toast(kind, text)));
    }

    async fn begin(&self) {
        self.0.worker.warm_up();
        self.begin_keeping().await;
        match self.0.worker.run(Request::Catalog, Vec::new(), None, None).wait().await {
            Ok(Answer { reply: Reply::Catalog(catalog), .. }) => self.dispatch(Action::CatalogLoaded(catalog)),
            Ok(_) | Err(JobError::Cancelled) => {}
            Err(JobError::Failed(message)) => self.tell(ToastKind::Failed, message),
        }
    }

    fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Plan => {
                let services = self.clone();
                dom::spawn(async move { services.plan().await });
            }
            Effect::Persist => {
                around::tell("change", "");
                self.save_soon();
            }
            Effect::StopPlanning => self.0.worker.cancel(self.0.plan.get()),
            Effect::PlanOther(index) => {
                let services = self.clone();
                dom::spawn(async move { services.plan_other(index).await });
            }
            Effect::ShowInAddress(page, scenario) => route::show(page, scenario),
            Effect::ApplyTheme(theme) => theme::apply(theme),
            Effect::ApplyDensity(density) => theme::apply_density(density),
            Effect::ApplyLanguage(language) => language::apply(language),
            Effect::DismissLater(id) => {
                let services = self.clone();
                Timeout::new(TOAST_TIME, move || services.dispatch(Action::Ui(UiAction::Dismiss(id)))).forget();
            }
        }
    }

    /// Plans the present inputs. Of several requests that wait the last is done.
    async fn plan(&self) {
        let state = self.0.store.state();
        if state.catalog.is_none() {
            return;
        }
        let scenario = Box::new(state.scenario().clone());
        let (budget, keep_ppm) = (outcome::budget(&scenario), scenario.search.keep_ppm);
        let request = Request::Plan { scenario, budget, keep_ppm, aside: false };
        let services = self.clone();
        // What was planned from other inputs than those on screen is of no use any more.
        let inputs = state.work();
        let on_better: OnBetter = Rc::new(move |outcome| {
            if services.0.store.state().work() == inputs {
                services.dispatch(Action::Better(outcome));
            }
        });
        let estate = Some(Rc::clone(&state.project.estate));
        let ticket = self.0.worker.run_telling(request, Vec::new(), estate, None, Some(on_better));
        let id = ticket.id;
        self.0.plan.set(id);
        self.dispatch(Action::PlanStarted);
        let result = ticket.wait().await;
        if self.0.plan.get() != id {
            return;
        }
        if self.0.finishing.get() == id {
            // The best that was found by the stop is not the plan that these inputs end with, as which it would be kept.
            if let Ok(Answer { reply: Reply::Planned(outcome), .. }) = result {
                self.dispatch(Action::Better(outcome));
            }
            return self.dispatch(Action::PlanStopped);
        }
        match result {
            Ok(Answer { reply: Reply::Planned(outcome), .. }) => self.dispatch(Action::Planned(outcome)),
            Ok(_) => self.dispatch(Action::PlanLost),
            // Who cancelled it goes on.
            Err(JobError::Cancelled) => {}
            Err(JobError::Failed(message)) => self.dispatch(Action::PlanFailed(message)),
        }
    }

    /// Plans a scenario that is not on screen, for a comparison. It gives way to any plan of the one on screen, which is then followed by it again.
    async fn plan_other(&self, index: usize) {
        let state = self.0.store.state();
        let Some(scenario) = state.project.scenarios.get(index) else { return };
        let inputs = Box::new(scenario.clone());
        let budget = outcome::budget(scenario);
        let request = Request::Plan { scenario: inputs, budget, keep_ppm: 0, aside: false };
        let estate = Rc::clone(&state.project.estate);
        let ticket = self.0.worker.run(request, Vec::new(), Some(Rc::clone(&estate)), None);
        let id = ticket.id;
        self.0.other.set(id);
        match ticket.wait().await {
            Ok(Answer { reply: Reply::Planned(outcome), .. }) => {
                self.dispatch(Action::Computed(estate, Box::new(scenario.clone()), outcome));
            }
            Ok(_) | Err(JobError::Cancelled) if self.0.other.get() == id => self.dispatch(Action::OtherLost),
            // A newer one took its place.
            Ok(_) | Err(JobError::Cancelled) => {}
            Err(JobError::Failed(message)) => self.tell(ToastKind::Failed, message),
        }
    }

    /// Finds what each rule costs.
    pub fn find_rule_costs(&self) {
        let services = self.clone();
        dom::spawn(async move {
            let state = services.0.store.state();
            let scenario = Box::new(state.scenario().clone());
            let request = Request::RuleCosts { budget: outcome::budget(&scenario), scenario };
            let estate = Some(Rc::clone(&state.project.estate));
            let answer = services.job(JobKind::RuleCosts, request, Vec::new(), estate).await;
            // Costs of other inputs than those on screen are of no use any more.
            if let Some(Answer { reply: Reply::RuleCosts(costs), .. }) = answer
                && services.0.store.state().work() == state.work()
            {
                services.dispatch(Action::RuleCosts(costs));
            }
        });
    }

    /// Looks for no better plan than the best that was found by now.
    pub fn stop_planning(&self) {
        let search = self.0.plan.get();
        if self.0.worker.finish_search(search) {
            self.0.finishing.set(search);
        } else {
            self.0.worker.cancel(search);
            self.dispatch(Action::PlanStopped);
        }
    }

    /// Runs a job that the user waits for, with progress and cancel.
    async fn job(
        &self,
        kind: JobKind,
        request: Request,
        beside: Vec<JsValue>,
        estate: Option<Rc<Estate>>,
    ) -> Option<Answer> {
        if let Some(running) = self.0.job.get() {
            self.0.worker.cancel(running);
        }
        // A plan that is being computed is of no use beside another estate, and would have to be waited for.
        let planning = self.0.store.state().planning && matches!(kind, JobKind::Import | JobKind::Open);
        if planning {
            self.0.worker.cancel(self.0.plan.get());
        }
        let services = self.clone();
        let on_progress: OnProgress =
            Rc::new(move |phase, done, total| services.dispatch(Action::JobProgress { phase, done, total }));
        self.dispatch(Action::JobStarted(kind));
        let ticket = self.0.worker.run(request, beside, estate, Some(on_progress));
        let id = ticket.id;
        self.0.job.set(Some(id));
        let result = ticket.wait().await;
        if self.0.job.get() == Some(id) {
            self.0.job.set(None);
            self.dispatch(Action::JobEnded);
        }
        if planning && result.is_err() {
            // The estate stays, and so is to be planned after all.
            self.carry_out(Effect::Plan);
        }
        match result {
            Ok(answer) => Some(answer),
            Err(JobError::Cancelled) => None,
            Err(JobError::Failed(message)) => {
                self.tell(ToastKind::Failed, message);
                None
            }
        }
    }

    /// Stops the work the user waits for; everything stays as it was before it.
    pub fn cancel_job(&self) {
        if let Some(id) = self.0.job.get() {
            self.0.worker.cancel(id);
        }
    }

    /// Reads what the user dropped: a project file, or inventories. Where an estate is on screen, it asks what becomes of it first.
    pub fn open_files(&self, files: Vec<File>) {
        let is_project = |file: &File| file.name().to_ascii_lowercase().ends_with(".json");
        if files.is_empty() {
            return;
        }
        let is_project = matches!(files.as_slice(), [file] if is_project(file));
        if !is_project && self.0.store.state().has_estate() {
            self.0.waiting.replace(files);
            return self.dispatch(Action::Ui(UiAction::Confirm(Some(Confirm::Files))));
        }
        let services = self.clone();
        dom::spawn(async move {
            match files.as_slice() {
                [file] if is_project => services.open_project(file).await,
                _ => services.import(files, false).await,
            }
        });
    }

    /// The names of the inventories that wait for an answer.
    pub fn waiting_files(&self) -> Vec<String> {
        self.0.waiting.borrow().iter().map(File::name).collect()
    }

    /// Reads the inventories that wait, and adds them to the estate on screen or puts them in its place; `None` forgets them.
    pub fn take_waiting(&self, adds: Option<bool>) {
        let files = self.0.waiting.take();
        self.dispatch(Action::Ui(UiAction::Confirm(None)));
        if let Some(adds) = adds.filter(|_| !files.is_empty()) {
            let services = self.clone();
            dom::spawn(async move { services.import(files, adds).await });
        }
    }

    /// Reads inventories. They are added to the estate on screen where `adds`.
    async fn import(&self, files: Vec<File>, adds: bool) {
        let name = files.first().map(File::name).unwrap_or_default();
        let name = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
        let beside = files.into_iter().map(JsValue::from).collect();
        let project = self.0.store.state().project.clone();
        let (request, estate) = if adds {
            (Request::Import(Some(Rc::clone(&project.report))), Some(Rc::clone(&project.estate)))
        } else {
            (Request::Import(None), None)
        };
        let answer = self.job(JobKind::Import, request, beside, estate).await;
        match answer.map(|answer| answer.reply) {
            Some(Reply::Imported { estate, report }) => self.take_estate(estate, report, name),
            // A workbook of ours carries a project.
            Some(Reply::Opened { project, notes }) => self.take_project(project, notes).await,
            _ => {}
        }
    }

    /// Takes an imported estate; where nothing was understood, or nothing to plan would take the place of machines, the one that is there stays and the reasons
    /// are told.
    fn take_estate(&self, estate: Rc<Estate>, report: Rc<ImportReport>, name: String) {
        let loses = estate.machines.is_empty() && !self.0.store.state().project.estate.machines.is_empty();
        if estate.is_empty() || loses {
            let reasons: Vec<&str> = report.findings.iter().map(|finding| finding.message.as_str()).take(3).collect();
            let remedies = report.findings.first().map(|finding| finding.effect.as_str()).unwrap_or_default();
            return self.tell(ToastKind::Failed, format!("Nothing was imported. {}. {remedies}", reasons.join(". ")));
        }
        self.dispatch(Action::Edit(Edit::Estate { estate, report, name }, Capture::Record));
    }

    async fn open_project(&self, file: &File) {
        let answer = self.job(JobKind::Open, Request::Open, vec![file.into()], None).await;
        if let Some(Answer { reply: Reply::Opened { project, notes }, .. }) = answer {
            self.take_project(project, notes).await;
        }
    }

    async fn take_project(&self, project: Box<Project>, notes: Vec<String>) {
        if !self.keep_beside(&project).await {
            self.dispatch(Action::Edit(Edit::Project(project), Capture::Record));
        }
        around::tell("opened", "");
        for note in notes {
            self.tell(ToastKind::Done, note);
        }
    }

    /// Loads the built-in sample estate.
    pub fn load_sample(&self) {
        let services = self.clone();
        dom::spawn(async move {
            match around::file(SAMPLE, "Sample estate.xlsx").await {
                Ok(file) => services.import(vec![file.unchecked_into()], false).await,
                Err(error) => {
                    services
                        .tell(ToastKind::Failed, format!("The sample cannot be loaded: {}", dom::message_of(&error)));
                }
            }
        });
    }

    /// Makes an estate of what was typed in.
    pub fn use_typed(&self, name: String, machines: TypedMachines, hosts: Vec<HostClass>) {
        let services = self.clone();
        dom::spawn(async move {
            let request = Request::Typed { name: name.clone(), machines, hosts };
            let answer = services.job(JobKind::Import, request, Vec::new(), None).await;
            if let Some(Answer { reply: Reply::Imported { estate, report }, .. }) = answer {
                services.take_estate(estate, report, name);
            }
        });
    }

    /// Writes the project to a file of the user's.
    pub fn save_to_file(&self) {
        let services = self.clone();
        dom::spawn(async move {
            let (request, name) = services.write_request(false);
            let estate = Rc::clone(&services.0.store.state().project.estate);
            let answer = services.job(JobKind::Save, request, Vec::new(), Some(estate)).await;
            if let Some(Answer { document: Some(document), .. }) = answer {
                services.hand(&name, JSON, &document);
            }
        });
    }

    /// Writes the scenario on screen with its result as a file for other people or programs.
    pub fn export(&self, format: Format) {
        let services = self.clone();
        dom::spawn(async move {
            let state = services.0.store.state();
            let Some(request) = services.export_request(format, false) else { return };
            let estate = Some(Rc::clone(&state.project.estate));
            let answer = services.job(JobKind::Export, request, Vec::new(), estate).await;
            if let Some(Answer { document: Some(document), .. }) = answer {
                let name = files::file_name(&state.project.name, format.file_ending());
                services.hand(&name, format.mime(), &document);
            }
        });
    }

    /// The request that writes the scenario on screen, or how that begins; `None` where there is no result.
    fn export_request(&self, format: Format, beginning: bool) -> Option<Request> {
        let state = self.0.store.state();
        Some(Request::Export {
            format,
            beginning,
            name: state.project.name.clone(),
            report: Rc::clone(&state.project.report),
            scenarios: state.project.scenarios.clone(),
            shown: state.shown(),
            plan_hash: state.outcome.as_ref()?.plan_hash.clone(),
        })
    }

    /// Saves the chart that is shown in this element, as `svg` or `png`.
    pub fn save_picture(&self, chart: Element, format: &'static str) {
        let services = self.clone();
        dom::spawn(async move {
            match around::picture(&chart, format).await {
                Ok(picture) => {
                    let name = [&services.0.store.state().project.name, " ", &picture.title()].concat();
                    services.hand(&files::file_name(&name, format), &picture.mime(), &picture.bytes());
                }
                Err(error) => services.tell(ToastKind::Failed, dom::message_of(&error)),
            }
        });
    }

    /// The request that writes the project to a file, and the name of that file.
    fn write_request(&self, anonymous: bool) -> (Request, String) {
        let project = &self.0.store.state().project;
        let name = files::file_name(&project.name, "groundwork.json");
        let request = Request::WriteProject {
            name: project.name.clone(),
            report: Rc::clone(&project.report),
            scenarios: project.scenarios.clone(),
            anonymous,
        };
        (request, name)
    }

    fn hand(&self, name: &str, mime: &str, document: &Uint8Array) {
        match around::hand(name, mime, document) {
            Ok(true) => self.tell(ToastKind::Done, format!("Saved as {name}")),
            Ok(false) => {}
            Err(error) => self.tell(ToastKind::Failed, dom::message_of(&error)),
        }
    }

    /// A command from outside. What it writes is not what the user waits for: it shows no progress and disturbs no import.
    fn command(&self, name: &str, argument: &JsValue) {
        if name == "open" {
            return self.open_files(argument.dyn_ref::<File>().cloned().into_iter().collect());
        }
        let services = self.clone();
        let (request, name) = self.write_request(argument.is_truthy());
        let estate = Rc::clone(&self.0.store.state().project.estate);
        dom::spawn(async move {
            match services.0.worker.run(request, Vec::new(), Some(estate), None).wait().await {
                Ok(Answer { document: Some(document), .. }) => services.hand(&name, JSON, &document),
                Ok(_) | Err(JobError::Cancelled) => around::tell("error", "Writing the project was interrupted"),
                Err(JobError::Failed(message)) => services.tell(ToastKind::Failed, message),
            }
        });
    }
}
