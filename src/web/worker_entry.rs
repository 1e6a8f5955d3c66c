//! The worker's side: reads requests, runs the engine, answers.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent};

use super::turns::Break;
use super::{around, dom, parts, rehearsal};
use crate::engine::catalog::{self, Catalog};
use crate::engine::import::InputFile;
use crate::engine::model::{Estate, Footprint, ImportReport, Project, Scenario};
use crate::engine::placement::{Budget, Plan, RuleCost, Start};
use crate::engine::prices::Priced;
use crate::engine::progress::Progress;
use crate::engine::{Outcome, outcome, schema};
use crate::export::Source;
use crate::protocol::{Reply, Request, build_id, pieces, wire};
use crate::store::over_years::OverYears;

/// What the worker remembers between requests.
#[derive(Default)]
struct Session {
    estate: Rc<Estate>,
    catalog: Option<Rc<Catalog>>,
    /// The number of the request that asked for the search that runs.
    search: u32,
    /// The number of the last one that is to end with the best that it has found.
    finishing: u32,
    /// The last plan that a search ended with,
    plan: Option<Plan>,
    /// and the last one that was told since, by a search that runs or was given up.
    told: Option<Plan>,
    /// The last results that were told, the newest last: one of them is on screen.
    outcomes: Vec<Rc<Outcome>>,
}

/// Results that are kept: as many as scenarios are compared.
const OUTCOMES: usize = 4;

impl Session {
    /// Another project.
    fn begin(&mut self, estate: &Rc<Estate>) {
        self.estate = Rc::clone(estate);
        (self.plan, self.told) = (None, None);
        self.outcomes.clear();
    }

    fn keep(&mut self, outcome: &Outcome) {
        if self.outcomes.len() == OUTCOMES {
            self.outcomes.remove(0);
        }
        self.outcomes.push(Rc::new(outcome.clone()));
    }

    fn stop(&mut self, search: u32) {
        if self.search == search {
            self.search = 0;
            // What stays on screen is what the user may want to keep.
            self.plan = self.told.take().or(self.plan.take());
        }
    }

    /// Where the next search begins: with what is on screen, unless a plan is to be kept, which is one that a search ended with.
    fn start(&self, keeps: bool) -> Option<Plan> {
        if keeps { self.plan.as_ref().or(self.told.as_ref()) } else { self.told.as_ref().or(self.plan.as_ref()) }
            .cloned()
    }
}

/// What every request is answered with.
struct Worker {
    session: RefCell<Session>,
    pause: Break,
}

/// An answer with the document that travels beside it.
type Answered = Result<(Reply, Option<Vec<u8>>), String>;

/// Answers the page's requests for as long as the worker lives.
pub fn serve() {
    let pause = Break::new().unwrap_or_else(|error| wasm_bindgen::throw_val(error));
    let worker = Rc::new(Worker { session: RefCell::default(), pause });
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let worker = Rc::clone(&worker);
        let message = Array::from(&event.data());
        dom::spawn(async move {
            let id = message.get(0).as_f64().unwrap_or_default() as u32;
            if let Some(call) = message.get(1).as_string() {
                return give(id, called(&worker, &call, &message).await);
            }
            match answer(&worker, id, &message).await {
                Ok((reply, document)) => send(id, reply, document.as_deref()),
                Err(message) => post(id, &Reply::Failed(message), None),
            }
        });
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(0, &Reply::Ready { build_id: build_id().to_owned() }, None);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Posts a reply, large ones in pieces.
fn send(id: u32, reply: Reply, mut document: Option<&[u8]>) {
    pieces::send(reply, pieces::PIECE, &mut |message| {
        let beside = if matches!(message, Reply::Piece(_)) { None } else { document.take() };
        post(id, message, beside);
    });
}

fn post(id: u32, reply: &Reply, document: Option<&[u8]>) {
    let head = Uint8Array::from(wire::write(reply).as_slice());
    let (message, transfer) = (Array::of2(&id.into(), &head), Array::of1(&head.buffer()));
    if let Some(document) = document {
        let body = Uint8Array::from(document);
        message.push(&body);
        transfer.push(&body.buffer());
    }
    if let Err(error) = scope().post_message_with_transfer(&message, &transfer) {
        // Without an answer the page would wait for ever: end as a crash, which it handles.
        wasm_bindgen::throw_str(&dom::message_of(&error));
    }
}

/// Carries out a call of a page that is not ours, which has a name where ours has bytes.
async fn called(worker: &Worker, name: &str, message: &Array) -> Result<JsValue, String> {
    let call = (parts::extras().await?.read_call)(name, message, parts::intake().await?)?;
    let catalog = load_instances(&worker.session, call.footprints()).await?;
    call.answer(&catalog)
}

/// Posts the answer of a call in a list, or why there is none as a text.
fn give(id: u32, answer: Result<JsValue, String>) {
    let answer = answer.map_or_else(JsValue::from, |value| Array::of1(&value).into());
    if let Err(error) = scope().post_message(&Array::of2(&id.into(), &answer)) {
        wasm_bindgen::throw_str(&dom::message_of(&error));
    }
}

/// Tells the page how far the work of a request is. It never asks to stop: what it tells of is given up between turns, or ends with the worker.
struct Tell(u32);

impl Progress for Tell {
    fn tick(&mut self, phase: &'static str, done: u64, total: u64) -> ControlFlow<()> {
        post(self.0, &Reply::Progress { phase: phase.to_owned(), done, total }, None);
        ControlFlow::Continue(())
    }
}

/// Hears whether a search is to end with the best that it has found.
struct Heard<'a>(&'a RefCell<Session>, u32);

impl Progress for Heard<'_> {
    fn tick(&mut self, _phase: &'static str, _done: u64, _total: u64) -> ControlFlow<()> {
        if self.0.borrow().finishing == self.1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

async fn answer(worker: &Rc<Worker>, id: u32, message: &Array) -> Answered {
    let session = &worker.session;
    let head = Uint8Array::new(&message.get(1)).to_vec();
    let request: Request = wire::read(&head).ok_or("The page's request cannot be read")?;
    let beside: Vec<JsValue> = message.iter().skip(2).collect();
    match request {
        Request::Catalog => {
            let catalog = core_catalog(session).await?;
            if session.borrow().estate.is_empty() {
                expect_files(Rc::clone(worker), Rc::clone(&catalog));
            }
            Ok((Reply::Catalog(Box::new(Catalog::clone(&catalog))), None))
        }
        Request::SetEstate => {
            let estate = estate_of(&beside)?;
            session.borrow_mut().begin(&estate);
            Ok((Reply::Done, None))
        }
        Request::Import(joins) => import_files(session, id, &beside, joins).await,
        Request::Typed { name, machines, hosts } => {
            let estate = Rc::new((parts::extras().await?.typed)(&name, &machines, &hosts));
            session.borrow_mut().estate = Rc::clone(&estate);
            Ok((Reply::Imported { estate, report: Rc::default() }, None))
        }
        Request::Open => {
            let (_, bytes) = beside.first().map(read).transpose()?.ok_or("No file was given")?;
            opened(session, schema::open(&bytes))
        }
        Request::OpenParts => {
            let parts: Vec<Vec<u8>> = beside.iter().map(|part| Uint8Array::new(part).to_vec()).collect();
            let [inputs, estate] = parts.as_slice() else { return Err("A saved project has two parts".to_owned()) };
            opened(session, schema::open_parts(inputs, estate))
        }
        Request::Stop(search) => {
            session.borrow_mut().stop(search);
            Ok((Reply::Done, None))
        }
        Request::Finish(search) => {
            session.borrow_mut().finishing = search;
            Ok((Reply::Done, None))
        }
        Request::WriteEstate(report) => {
            let document = schema::save_estate(&session.borrow().estate, &report);
            Ok((Reply::Written, Some(document)))
        }
        Request::WriteInputs { name, scenarios } => {
            let project = Project { name, scenarios, ..Project::default() };
            Ok((Reply::Written, Some(schema::save_inputs(&project))))
        }
        Request::WriteProject { name, report, scenarios, anonymous } => {
            let project = Project { name, estate: Rc::clone(&session.borrow().estate), report, scenarios };
            let project = if anonymous { (parts::extras().await?.anonymous)(&project) } else { project };
            Ok((Reply::Written, Some(schema::save(&project))))
        }
        Request::Export { format, beginning, name, report, scenarios, shown, plan_hash } => {
            let estate = Rc::clone(&session.borrow().estate);
            let project = Project { name, estate, report, scenarios };
            let scenario = project.scenarios.get(shown).ok_or("There is no such scenario")?;
            let outcome = worker.outcome(id, scenario, &plan_hash).await?;
            let catalog = core_catalog(session).await?;
            let years = OverYears::of(&outcome, &scenario.assumptions.finance);
            let catalog_as_of = &catalog.as_of;
            let source = Source { project: &project, scenario, outcome: &outcome, years: &years, catalog_as_of };
            let extras = parts::extras().await?;
            let write = if beginning { extras.begin } else { extras.write };
            let document = write(format, source).map_err(|error| error.to_string())?;
            Ok((Reply::Written, Some(document)))
        }
        Request::RuleCosts { scenario, budget } => {
            let search = Search::begin(worker, id, scenario).await?;
            Ok((search.rule_costs(budget).await.map_or(Reply::Done, Reply::RuleCosts), None))
        }
        Request::Loss { scenario, plan_hash, cluster, hosts } => {
            let estate = Rc::clone(&session.borrow().estate);
            let outcome = worker.outcome(id, &scenario, &plan_hash).await?;
            let catalog = load_instances(session, &scenario.footprints).await?;
            let found = outcome::loss(&estate, &scenario, &catalog, &outcome.plan, cluster, &hosts);
            Ok((Reply::Loss(Box::new(found.ok_or("The plan has no such hosts any more")?)), None))
        }
        Request::Confidence(question) => {
            let found = question.answer(&mut Tell(id));
            Ok((Reply::Confidence(Box::new(found)), None))
        }
        Request::Priced { prices } => {
            let core = core_catalog(session).await?;
            let catalog = Catalog { instances: std::collections::BTreeMap::default(), ..Catalog::clone(&core) };
            let scenario = Scenario { prices, ..Scenario::default() };
            let priced = (parts::extras().await?.with_own)(&catalog, &scenario);
            Ok((Reply::Catalog(Box::new(priced.catalog.into_owned())), None))
        }
        Request::Prices { scenario } => {
            let catalog = load_instances(session, &scenario.footprints).await?;
            let proposal = (parts::extras().await?.read_prices)(&beside, &scenario, &catalog, &mut Tell(id))?;
            Ok((Reply::Prices(Box::new(proposal)), None))
        }
        Request::Plan { scenario, budget, keep_ppm, aside } => {
            let search = Search::begin(worker, id, scenario).await?;
            let outcome = search.plan(budget, keep_ppm, aside).await;
            Ok((outcome.map_or(Reply::Done, |outcome| Reply::Planned(Box::new(outcome))), None))
        }
    }
}

impl Worker {
    /// The result whose plan has this hash: one that was told, or one that is found again, since the same inputs give the same plan.
    async fn outcome(&self, id: u32, scenario: &Scenario, plan_hash: &str) -> Result<Rc<Outcome>, String> {
        let is_wanted = |outcome: &&Rc<Outcome>| outcome.plan_hash == plan_hash;
        if let Some(known) = self.session.borrow().outcomes.iter().rev().find(is_wanted) {
            return Ok(Rc::clone(known));
        }
        let search = Search::begin(self, id, Box::new(scenario.clone())).await?;
        let outcome = search
            .plan(outcome::budget(scenario), 0, false)
            .await
            .ok_or("Another plan was asked for meanwhile: try again")?;
        Ok(Rc::new(outcome))
    }
}

/// A search, done in turns between which others are answered. It ends without a result once a newer one takes its place, or it is to stop.
struct Search<'a> {
    worker: &'a Worker,
    id: u32,
    scenario: Box<Scenario>,
    /// As it was when the search was asked for: others may come.
    estate: Rc<Estate>,
    /// With the scenario's own prices before it, where they can be applied.
    catalog: Rc<Catalog>,
    /// What kept those prices from being applied.
    price_problem: Option<String>,
}

impl<'a> Search<'a> {
    /// Takes the place of the search that runs.
    async fn begin(worker: &'a Worker, id: u32, scenario: Box<Scenario>) -> Result<Self, String> {
        worker.session.borrow_mut().search = id;
        let estate = Rc::clone(&worker.session.borrow().estate);
        let catalog = load_instances(&worker.session, &scenario.footprints).await?;
        if !Priced::is_needed(&scenario) {
            return Ok(Self { worker, id, scenario, estate, catalog, price_problem: None });
        }
        let Priced { catalog: priced, problem: price_problem } = (parts::extras().await?.with_own)(&catalog, &scenario);
        let catalog = if let Cow::Owned(priced) = priced { Rc::new(priced) } else { Rc::clone(&catalog) };
        Ok(Self { worker, id, scenario, estate, catalog, price_problem })
    }

    fn priced(&self) -> Priced<'_> {
        Priced { catalog: Cow::Borrowed(&self.catalog), problem: self.price_problem.clone() }
    }

    async fn in_turns<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        self.worker.pause.between(work, || self.worker.session.borrow().search == self.id).await
    }

    async fn plan(&self, budget: Budget, keep_ppm: u32, aside: bool) -> Option<Outcome> {
        let session = &self.worker.session;
        let before = session.borrow().start(keep_ppm > 0 && !aside);
        let start = before.as_ref().map(|plan| Start { plan, keep_ppm });
        let mut better = |outcome: Outcome| {
            if aside {
                return;
            }
            let mut session = session.borrow_mut();
            if Rc::ptr_eq(&session.estate, &self.estate) {
                session.told = Some(outcome.plan.clone());
                session.keep(&outcome);
            }
            send(self.id, Reply::Better(Box::new(outcome)), None);
        };
        let (estate, scenario, priced) = (&*self.estate, &*self.scenario, self.priced());
        let mut heard = Heard(session, self.id);
        let search = outcome::plan_scenario_from(estate, scenario, priced, start, budget, &mut heard, &mut better);
        let outcome = self.in_turns(search).await?;
        let mut session = session.borrow_mut();
        if !aside && Rc::ptr_eq(&session.estate, &self.estate) {
            (session.plan, session.told) = (Some(outcome.plan.clone()), None);
            session.keep(&outcome);
        }
        Some(outcome)
    }

    async fn rule_costs(&self, budget: Budget) -> Option<Vec<RuleCost>> {
        let (estate, scenario, priced) = (&*self.estate, &*self.scenario, self.priced());
        let planned = self.worker.session.borrow().plan.clone();
        let plan = match planned {
            Some(plan) => plan,
            None => self.plan(budget, 0, false).await?.plan,
        };
        let mut tell = Tell(self.id);
        self.in_turns(outcome::rule_costs(estate, scenario, priced, &plan, budget, &mut tell)).await
    }
}

/// The estate of a reply that the page had before, in the messages as which it was sent.
fn estate_of(messages: &[JsValue]) -> Result<Rc<Estate>, String> {
    let mut pieces = pieces::Pieces::default();
    for message in messages {
        match wire::read(&Uint8Array::new(message).to_vec()) {
            Some(Reply::Piece(piece)) => pieces.take(piece),
            Some(mut reply) => {
                return pieces.put_back(&mut reply).ok_or_else(|| "The reply holds no estate".to_owned());
            }
            None => return Err("The estate cannot be read".to_owned()),
        }
    }
    Ok(Rc::default())
}

/// Gets ready while there is nothing to do: whoever begins without a project drops a file next. What cannot be loaded is asked for again by the import, which
/// says why it does not come.
fn expect_files(worker: Rc<Worker>, catalog: Rc<Catalog>) {
    dom::spawn(async move {
        let Ok(intake) = parts::intake().await else { return };
        let practice = async {
            rehearsal::read(intake).await;
            rehearsal::plan(&catalog).await;
        };
        worker.pause.between(practice, || worker.session.borrow().estate.is_empty()).await;
    });
}

async fn import_files(
    session: &RefCell<Session>,
    id: u32,
    beside: &[JsValue],
    joins: Option<Rc<ImportReport>>,
) -> Answered {
    let files: Vec<(String, Vec<u8>)> = beside.iter().map(read).collect::<Result<_, _>>()?;
    let intake = parts::intake().await?;
    if let [(_, bytes)] = files.as_slice()
        && (intake.carries_project)(bytes)
    {
        return opened(session, (intake.open_workbook)(bytes));
    }
    let inputs: Vec<InputFile<'_>> = files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
    let mut imported = (intake.import)(&inputs, &mut Tell(id));
    if let Some(report) = joins {
        let present = Rc::clone(&session.borrow().estate);
        imported = (intake.join)(&present, &report, imported);
    }
    let (estate, report) = (Rc::new(imported.estate), Rc::new(imported.report));
    session.borrow_mut().estate = Rc::clone(&estate);
    Ok((Reply::Imported { estate, report }, None))
}

/// Takes an opened project as the current one.
fn opened(session: &RefCell<Session>, opened: Result<schema::Opened, schema::SchemaError>) -> Answered {
    let schema::Opened { project, notes } = opened.map_err(|error| error.to_string())?;
    session.borrow_mut().begin(&project.estate);
    Ok((Reply::Opened { project: Box::new(project), notes }, None))
}

/// Reads a file that the page handed over. Only workers can read at once; the page never holds the bytes.
pub fn read(file: &JsValue) -> Result<(String, Vec<u8>), String> {
    let file: &web_sys::File = file.dyn_ref().ok_or("What was given is not a file")?;
    let failed = |error: JsValue| format!("{} cannot be read: {}", file.name(), dom::message_of(&error));
    let buffer = FileReaderSync::new().and_then(|reader| reader.read_as_array_buffer(file)).map_err(failed)?;
    Ok((file.name(), Uint8Array::new(&buffer).to_vec()))
}

async fn core_catalog(session: &RefCell<Session>) -> Result<Rc<Catalog>, String> {
    if let Some(catalog) = &session.borrow().catalog {
        return Ok(Rc::clone(catalog));
    }
    let files = fetch(&[catalog::CORE_FILE.to_owned()]).await?;
    let bytes = files.first().map_or(&[][..], Vec::as_slice);
    let catalog = Rc::new(catalog::load_core(bytes).map_err(|error| error.to_string())?);
    session.borrow_mut().catalog = Some(Rc::clone(&catalog));
    Ok(catalog)
}

/// The catalogue with the instance prices that these footprints need, which are loaded where they are not there yet.
async fn load_instances(session: &RefCell<Session>, footprints: &[Footprint]) -> Result<Rc<Catalog>, String> {
    let needed = core_catalog(session).await?.needed_files(footprints);
    if !needed.is_empty() {
        let files = fetch(&needed).await?;
        if let Some(catalog) = &mut session.borrow_mut().catalog {
            // A search that runs goes on with the catalogue that it has.
            let catalog = Rc::make_mut(catalog);
            files.iter().try_for_each(|bytes| catalog.load_instances(bytes)).map_err(|error| error.to_string())?;
        }
    }
    core_catalog(session).await
}

/// Files of the catalogue, in this order; asked for all at once, for each is a way there and back.
async fn fetch(files: &[String]) -> Result<Vec<Vec<u8>>, String> {
    let ask = |file: &String| {
        let file = file.clone();
        future_to_promise(async move {
            let content = around::bytes(&format!("catalog/{file}")).await;
            content.map_err(|error| {
                JsValue::from(format!("The catalogue ({file}) cannot be loaded: {}", dom::message_of(&error)))
            })
        })
    };
    let asked: Array = files.iter().map(ask).collect();
    let contents = JsFuture::from(Promise::all(&asked)).await.map_err(|error| dom::message_of(&error))?;
    Ok(Array::from(&contents).iter().map(|content| Uint8Array::new(&content).to_vec()).collect())
}
