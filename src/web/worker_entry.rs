//! The worker's side: reads requests, runs the engine, answers.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent};

use super::file_reader::FileReader;
use super::{around, dom};
use crate::engine::catalog::{self, Catalog};
use crate::engine::import::{self, InputFile};
use crate::engine::model::{Estate, Footprint, Project, Scenario};
use crate::engine::placement::{Plan, Start};
use crate::engine::progress::Progress;
use crate::engine::{anonymous, cost, outcome, prices, schema};
use crate::protocol::{Reply, Request, TypedMachines, build_id, pieces, wire};

/// What the worker remembers between requests.
#[derive(Default)]
struct Session {
    estate: Rc<Estate>,
    catalog: Option<Catalog>,
    /// The last plan, where the next one begins.
    plan: Option<Plan>,
}

impl Session {
    /// Another project.
    fn begin(&mut self, estate: &Rc<Estate>) {
        self.estate = Rc::clone(estate);
        self.plan = None;
    }
}

/// An answer with the document that travels beside it.
type Answered = Result<(Reply, Option<Vec<u8>>), String>;

/// Answers the page's requests for as long as the worker lives.
pub fn serve() {
    let session = Rc::new(RefCell::new(Session::default()));
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let session = Rc::clone(&session);
        dom::spawn(async move {
            match answer(&session, &event.data()).await {
                Ok((reply, document)) => send(reply, document.as_deref()),
                Err(message) => post(&Reply::Failed(message), None),
            }
        });
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(&Reply::Ready { build_id: build_id().to_owned() }, None);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Posts a reply, large ones in pieces.
fn send(reply: Reply, mut document: Option<&[u8]>) {
    pieces::send(reply, pieces::PIECE, &mut |message| {
        let beside = if matches!(message, Reply::Piece(_)) { None } else { document.take() };
        post(message, beside);
    });
}

fn post(reply: &Reply, document: Option<&[u8]>) {
    let head = Uint8Array::from(wire::write(reply).as_slice());
    let (message, transfer) = (Array::of1(&head), Array::of1(&head.buffer()));
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

/// Tells the page how far the work is. Cancelling ends the whole worker, so it never asks to stop.
struct Tell;

impl Progress for Tell {
    fn tick(&mut self, phase: &'static str, done: u64, total: u64) -> ControlFlow<()> {
        post(&Reply::Progress { phase: phase.to_owned(), done, total }, None);
        ControlFlow::Continue(())
    }
}

async fn answer(session: &RefCell<Session>, message: &JsValue) -> Answered {
    let parts = Array::from(message);
    let head = Uint8Array::new(&parts.get(0)).to_vec();
    let request: Request = wire::read(&head).ok_or("The page's request cannot be read")?;
    let beside: Vec<JsValue> = parts.iter().skip(1).collect();
    match request {
        Request::Catalog => {
            let catalog = core_catalog(session).await?;
            Ok((Reply::Catalog(Box::new(catalog)), None))
        }
        Request::SetEstate => {
            let estate = estate_of(&beside)?;
            session.borrow_mut().begin(&estate);
            Ok((Reply::Done, None))
        }
        Request::Import => import_files(session, &beside),
        Request::Typed { name, machines, hosts } => {
            let estate = match machines {
                TypedMachines::Classes(classes) => import::estate_from_classes(&name, &classes, &hosts),
                TypedMachines::Totals(totals) => import::estate_from_totals(&name, &totals, &hosts),
            };
            let estate = Rc::new(estate);
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
            let project = if anonymous { anonymous::anonymous(&project) } else { project };
            Ok((Reply::Written, Some(schema::save(&project))))
        }
        Request::RuleCosts { scenario, budget } => {
            load_instances(session, &scenario.footprints).await?;
            let session = session.borrow();
            let catalog = session.catalog.as_ref().ok_or("The catalogue is not loaded")?;
            let again = || outcome::plan_scenario(&session.estate, &scenario, catalog, budget, &mut Tell).plan;
            let plan = session.plan.clone().unwrap_or_else(again);
            let costs = outcome::rule_costs(&session.estate, &scenario, catalog, &plan, budget, &mut Tell);
            Ok((Reply::RuleCosts(costs), None))
        }
        Request::Confidence { scenario, plan, staying, draws, seed } => {
            let candidate = cost::Candidate { name: "This plan", ledger: &plan, scenario: &scenario };
            let found = cost::confidence_beside(candidate, &staying, draws, seed, &mut Tell);
            Ok((Reply::Confidence(Box::new(found)), None))
        }
        Request::Priced { prices } => {
            let catalog = Catalog { instances: std::collections::BTreeMap::default(), ..core_catalog(session).await? };
            let scenario = Scenario { prices, ..Scenario::default() };
            let (priced, _) = prices::with_own(&catalog, &scenario);
            Ok((Reply::Catalog(Box::new(priced.into_owned())), None))
        }
        Request::Prices { scenario } => read_prices(session, &scenario, &beside).await,
        Request::Plan { scenario, budget, keep_ppm } => {
            load_instances(session, &scenario.footprints).await?;
            let before = session.borrow_mut().plan.take();
            let start = before.as_ref().map(|plan| Start { plan, keep_ppm });
            let session = &mut *session.borrow_mut();
            let catalog = session.catalog.as_ref().ok_or("The catalogue is not loaded")?;
            let mut better = |outcome| send(Reply::Better(Box::new(outcome)), None);
            let (estate, tell) = (&session.estate, &mut Tell);
            let outcome = outcome::plan_scenario_from(estate, &scenario, catalog, start, budget, tell, &mut better);
            session.plan = Some(outcome.plan.clone());
            Ok((Reply::Planned(Box::new(outcome)), None))
        }
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

fn import_files(session: &RefCell<Session>, beside: &[JsValue]) -> Answered {
    let files: Vec<(String, Vec<u8>)> = beside.iter().map(read).collect::<Result<_, _>>()?;
    let inputs: Vec<InputFile<'_>> = files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
    let imported = import::import(&inputs, &mut Tell);
    let (estate, report) = (Rc::new(imported.estate), Rc::new(imported.report));
    session.borrow_mut().estate = Rc::clone(&estate);
    Ok((Reply::Imported { estate, report }, None))
}

/// What price lists would change; a mistake is named with its file.
async fn read_prices(session: &RefCell<Session>, scenario: &Scenario, beside: &[JsValue]) -> Answered {
    load_instances(session, &scenario.footprints).await?;
    let mut all = prices::PriceList::default();
    let mut names = Vec::new();
    for file in beside {
        let file: &web_sys::File = file.dyn_ref().ok_or("What was given is not a file")?;
        let list = prices::read_list(&mut FileReader::new(file)?, file.size() as u64, &file.name(), &mut Tell);
        let mut list = list.map_err(|error| format!("{}: {error}", file.name()))?;
        all.rows.append(&mut list.rows);
        names.push(file.name());
    }
    let session = session.borrow();
    let catalog = session.catalog.as_ref().ok_or("The catalogue is not loaded")?;
    let proposal = prices::propose(all, scenario, catalog).map_err(|error| format!("{}: {error}", names.join(", ")))?;
    Ok((Reply::Prices(Box::new(proposal)), None))
}

fn opened(session: &RefCell<Session>, opened: Result<schema::Opened, schema::SchemaError>) -> Answered {
    let schema::Opened { project, notes } = opened.map_err(|error| error.to_string())?;
    session.borrow_mut().begin(&project.estate);
    Ok((Reply::Opened { project: Box::new(project), notes }, None))
}

/// Reads a file that the page handed over. Only workers can read at once; the page never holds the bytes.
fn read(file: &JsValue) -> Result<(String, Vec<u8>), String> {
    let file: &web_sys::File = file.dyn_ref().ok_or("What was given is not a file")?;
    let failed = |error: JsValue| format!("{} cannot be read: {}", file.name(), dom::message_of(&error));
    let buffer = FileReaderSync::new().and_then(|reader| reader.read_as_array_buffer(file)).map_err(failed)?;
    Ok((file.name(), Uint8Array::new(&buffer).to_vec()))
}

async fn core_catalog(session: &RefCell<Session>) -> Result<Catalog, String> {
    if let Some(catalog) = &session.borrow().catalog {
        return Ok(catalog.clone());
    }
    let bytes = fetch(catalog::CORE_FILE).await?;
    let catalog = catalog::load_core(&bytes).map_err(|error| error.to_string())?;
    session.borrow_mut().catalog = Some(catalog.clone());
    Ok(catalog)
}

/// Loads the instance prices that these footprints need, where they are not there yet.
async fn load_instances(session: &RefCell<Session>, footprints: &[Footprint]) -> Result<(), String> {
    let mut catalog = core_catalog(session).await?;
    let needed = catalog.needed_files(footprints);
    if needed.is_empty() {
        return Ok(());
    }
    for file in needed {
        let bytes = fetch(&file).await?;
        catalog.load_instances(&bytes).map_err(|error| error.to_string())?;
    }
    session.borrow_mut().catalog = Some(catalog);
    Ok(())
}

/// A file of the catalogue.
async fn fetch(file: &str) -> Result<Vec<u8>, String> {
    let content = around::bytes(&format!("catalog/{file}")).await;
    let content =
        content.map_err(|error| format!("The catalogue ({file}) cannot be loaded: {}", dom::message_of(&error)))?;
    Ok(Uint8Array::new(&content).to_vec())
}
