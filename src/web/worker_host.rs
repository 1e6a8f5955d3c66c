//! The page's side of the worker: one search and one other job at a time, respawned after a crash or a cancel.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::{around, dom};
use crate::engine::model::Estate;
use crate::engine::outcome::Outcome;
use crate::protocol::pieces::Pieces;
use crate::protocol::{Reply, Request, build_id, wire};

/// How long a search may take to hear that it is to stop, in milliseconds; then the worker is ended.
const PATIENCE: u32 = 5_000;

/// What a job gave.
#[derive(Debug)]
pub struct Answer {
    /// The reply; never [`Reply::Better`], [`Reply::Progress`], [`Reply::Ready`] or [`Reply::Failed`].
    pub reply: Reply,
    /// The document that travelled beside it.
    pub document: Option<Uint8Array>,
}

/// Why a job gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobError {
    /// It was cancelled, or a newer one took its place.
    Cancelled,
    /// It could not be done, and why, in words.
    Failed(String),
}

/// How far a job is: phase, steps finished, steps in all.
pub type OnProgress = Rc<dyn Fn(String, u64, u64)>;

/// A plan before the last one.
pub type OnBetter = Rc<dyn Fn(Box<Outcome>)>;

struct Job {
    id: u32,
    request: Request,
    beside: Vec<JsValue>,
    estate: Option<Rc<Estate>>,
    on_progress: Option<OnProgress>,
    on_better: Option<OnBetter>,
    answer: oneshot::Sender<Result<Answer, JobError>>,
}

impl Job {
    /// Whether the worker does it in turns, and other jobs between them.
    fn is_search(&self) -> bool {
        matches!(self.request, Request::Plan { .. } | Request::RuleCosts { .. })
    }
}

struct Live {
    worker: Worker,
    ready: bool,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
}

#[derive(Default)]
struct Inner {
    live: Option<Live>,
    queue: VecDeque<Job>,
    running: Vec<Job>,
    /// The estate that the worker has.
    estate: Option<Rc<Estate>>,
    /// The number of the job whose reply is coming, and its pieces, read and as they came.
    coming: u32,
    pieces: Pieces,
    messages: Vec<JsValue>,
    /// Estates that are still about, in the messages as which they came: for a worker that does not have them (any more). Writing one anew would stop the page.
    estates: Vec<(Weak<Estate>, Vec<JsValue>)>,
    next_id: u32,
    /// The jobs that were lost in a row to a worker that died; stops a loop of respawns.
    deaths: u32,
}

impl Inner {
    fn has_estate(&self, job: &Job) -> bool {
        let is_it = |wanted: &Rc<Estate>| self.estate.as_ref().is_some_and(|has| Rc::ptr_eq(has, wanted));
        job.estate.as_ref().is_none_or(is_it)
    }

    /// Whether the worker is free for this job: an estate is given to it as another job.
    fn may_begin(&self, job: &Job) -> bool {
        let is_free = |search: bool| self.running.iter().all(|running| running.is_search() != search);
        is_free(job.is_search()) && (self.has_estate(job) || is_free(false))
    }

    /// Takes a job out of those that run.
    fn take(&mut self, id: u32) -> Option<Job> {
        let position = self.running.iter().position(|job| job.id == id)?;
        Some(self.running.remove(position))
    }
}

/// The page's side of the worker. Clones are the same host.
#[derive(Clone, Default)]
pub struct WorkerHost(Rc<RefCell<Inner>>);

/// A job that has been asked for.
pub struct Ticket {
    /// Its number, to cancel it.
    pub id: u32,
    /// Its answer.
    pub answer: oneshot::Receiver<Result<Answer, JobError>>,
}

impl Ticket {
    /// Waits for the answer.
    pub async fn wait(self) -> Result<Answer, JobError> {
        self.answer.await.unwrap_or(Err(JobError::Cancelled))
    }
}

impl WorkerHost {
    /// Loads the worker ahead of the first job.
    pub fn warm_up(&self) {
        self.pump();
        let needed = self.0.borrow().live.is_none();
        if needed {
            self.spawn();
        }
    }

    /// Asks for a job. `estate` is given to the worker first, where it has another.
    #[must_use]
    pub fn run(
        &self,
        request: Request,
        beside: Vec<JsValue>,
        estate: Option<Rc<Estate>>,
        on_progress: Option<OnProgress>,
    ) -> Ticket {
        self.run_telling(request, beside, estate, on_progress, None)
    }

    /// The same, and tells of plans before the last one.
    #[must_use]
    pub fn run_telling(
        &self,
        request: Request,
        beside: Vec<JsValue>,
        estate: Option<Rc<Estate>>,
        on_progress: Option<OnProgress>,
        on_better: Option<OnBetter>,
    ) -> Ticket {
        let (answer, receiver) = oneshot::channel();
        let mut inner = self.0.borrow_mut();
        inner.queue.retain(|job| !is_replaced(&job.request, &request));
        if matches!(request, Request::Plan { .. }) {
            // Whoever waits for another plan hears that it was cancelled, and the worker gives it up when it hears of this one.
            inner.running.retain(|job| !job.is_search());
        }
        inner.next_id += 1;
        let id = inner.next_id;
        inner.queue.push_back(Job { id, request, beside, estate, on_progress, on_better, answer });
        drop(inner);
        self.pump();
        Ticket { id, answer: receiver }
    }

    /// Ends a job that waits or runs. A running search is told to stop; any other job ends with its worker, and the next gets a new one.
    pub fn cancel(&self, id: u32) {
        let mut inner = self.0.borrow_mut();
        inner.queue.retain(|job| job.id != id);
        let cancelled = inner.take(id);
        drop(inner);
        match cancelled {
            Some(job) if job.is_search() => self.tell_search(id, Request::Stop(id)),
            Some(_) => self.restart(),
            None => {}
        }
    }

    /// Lets a search end with the best that it has found, which is its answer then; false where it does not run, or not yet.
    pub fn finish_search(&self, search: u32) -> bool {
        let runs = self.0.borrow().running.iter().any(|job| job.id == search && job.is_search());
        if runs {
            self.tell_search(search, Request::Finish(search));
        }
        runs
    }

    /// Tells a search to end. One that does not hear it ends with its worker.
    fn tell_search(&self, search: u32, how: Request) {
        let host = self.clone();
        let stop = self.run(how, Vec::new(), None, None).id;
        let on_deaf = move || {
            let is_deaf = host.0.borrow_mut().take(stop).is_some();
            if is_deaf {
                // A new worker is not to begin it again.
                drop(host.0.borrow_mut().take(search));
                host.restart();
            }
        };
        Timeout::new(PATIENCE, on_deaf).forget();
    }

    /// Ends the worker. What it had to do besides is done by a new one.
    fn restart(&self) {
        self.kill();
        let mut inner = self.0.borrow_mut();
        let lost = std::mem::take(&mut inner.running);
        for job in lost.into_iter().rev().filter(|job| job.id > 0) {
            inner.queue.push_front(job);
        }
        drop(inner);
        self.pump();
    }

    fn kill(&self) {
        let mut inner = self.0.borrow_mut();
        inner.estate = None;
        inner.pieces = Pieces::default();
        inner.messages.clear();
        if let Some(live) = inner.live.take() {
            live.worker.set_onmessage(None);
            live.worker.set_onerror(None);
            live.worker.terminate();
        }
    }

    /// Sends the jobs for which the worker is free.
    fn pump(&self) {
        while self.send_next() {}
    }

    /// Sends the first of those jobs; false where there is none.
    fn send_next(&self) -> bool {
        let mut inner = self.0.borrow_mut();
        let Some(next) = inner.queue.iter().position(|job| inner.may_begin(job)) else { return false };
        let Some(live) = &inner.live else {
            drop(inner);
            self.spawn();
            return false;
        };
        if !live.ready {
            return false;
        }
        let worker = live.worker.clone();
        let Some(mut job) = inner.queue.remove(next) else { return false };
        let missing = if inner.has_estate(&job) { None } else { job.estate.clone() };
        if let Some(estate) = missing {
            let is_it = |(known, _): &&(Weak<Estate>, Vec<JsValue>)| Weak::as_ptr(known) == Rc::as_ptr(&estate);
            let messages = inner.estates.iter().find(is_it).map(|(_, messages)| messages.clone());
            if messages.is_none() && !estate.is_empty() {
                drop(inner);
                // Every estate but the empty one came from a worker. Were one not known all the same, nothing must be planned in its place.
                give(job, Err(JobError::Failed("The estate is lost; open the project again".to_owned())));
                return true;
            }
            inner.queue.push_front(job);
            let (answer, _nobody) = oneshot::channel();
            inner.estate = Some(estate);
            job = Job {
                id: 0,
                request: Request::SetEstate,
                beside: messages.unwrap_or_default(),
                estate: None,
                on_progress: None,
                on_better: None,
                answer,
            };
        }
        let (id, sent) = (job.id, send(&worker, &job));
        inner.running.push(job);
        drop(inner);
        if let Err(message) = sent {
            self.finish(id, Err(JobError::Failed(message)));
        }
        true
    }

    fn spawn(&self) {
        let host = self.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| host.receive(&event));
        let host = self.clone();
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            host.died(&event.message());
        });
        match around::worker(build_id()) {
            Ok(worker) => {
                worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
                worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
                self.0.borrow_mut().live =
                    Some(Live { worker, ready: false, _on_message: on_message, _on_error: on_error });
            }
            Err(error) => self.died(&dom::message_of(&error)),
        }
    }

    /// The worker crashed or could not be loaded: its jobs fail, the next gets a new worker.
    fn died(&self, message: &str) {
        self.kill();
        let mut inner = self.0.borrow_mut();
        inner.deaths += 1;
        let mut lost = std::mem::take(&mut inner.running);
        if inner.deaths > 2 {
            lost.extend(std::mem::take(&mut inner.queue));
        }
        drop(inner);
        let reason = if message.is_empty() { "it could not be loaded" } else { message };
        for job in lost {
            give(job, Err(JobError::Failed(format!("The engine stopped: {reason}. Nothing you entered is lost"))));
        }
        self.pump();
    }

    fn receive(&self, event: &MessageEvent) {
        if !Array::is_array(&event.data()) {
            // The script around the engine could not load it.
            let message = js_sys::Reflect::get(&event.data(), &JsValue::from_str("message")).ok();
            return self.died(&message.and_then(|message| message.as_string()).unwrap_or_default());
        }
        let parts = Array::from(&event.data());
        let id = parts.get(0).as_f64().unwrap_or_default() as u32;
        if !self.expects(id) {
            return;
        }
        let message = parts.get(1);
        let bytes = message.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default();
        let document = parts.get(2).dyn_into::<Uint8Array>().ok();
        match wire::read::<Reply>(&bytes) {
            Some(Reply::Piece(piece)) => {
                let mut inner = self.0.borrow_mut();
                inner.pieces.take(piece);
                inner.messages.push(message);
            }
            Some(Reply::Ready { build_id: theirs }) if theirs == build_id() => {
                if let Some(live) = &mut self.0.borrow_mut().live {
                    live.ready = true;
                }
                self.pump();
            }
            Some(Reply::Ready { .. }) => {
                self.died("a newer version of Groundwork is on the server; reload the page to use it");
            }
            Some(Reply::Progress { phase, done, total }) => {
                let listener = self.listener(id, |job| job.on_progress.clone());
                if let Some(listener) = listener {
                    listener(phase, done, total);
                }
            }
            Some(mut reply @ Reply::Better(_)) => {
                self.complete(&mut reply, message);
                let listener = self.listener(id, |job| job.on_better.clone());
                if let (Some(listener), Reply::Better(outcome)) = (listener, reply) {
                    listener(outcome);
                }
            }
            Some(Reply::Failed(message)) => self.finish(id, Err(JobError::Failed(message))),
            Some(mut reply) => {
                self.complete(&mut reply, message);
                self.finish(id, Ok(Answer { reply, document }));
            }
            None => self.finish(id, Err(JobError::Failed("The engine's answer cannot be read".to_owned()))),
        }
    }

    /// Whether a message belongs to a job that runs, or comes before all jobs. What came for another job is complete by now, or of no use any more.
    fn expects(&self, id: u32) -> bool {
        let mut inner = self.0.borrow_mut();
        if inner.coming != id {
            inner.coming = id;
            inner.pieces = Pieces::default();
            inner.messages.clear();
        }
        id == 0 || inner.running.iter().any(|job| job.id == id)
    }

    fn listener<T>(&self, id: u32, listener: impl Fn(&Job) -> Option<T>) -> Option<T> {
        self.0.borrow().running.iter().find(|job| job.id == id).and_then(listener)
    }

    /// Puts the pieces of a reply back into it. What the worker itself read is its current estate: it need not be sent there.
    fn complete(&self, reply: &mut Reply, message: JsValue) {
        let mut inner = self.0.borrow_mut();
        let mut messages = std::mem::take(&mut inner.messages);
        if let Some(estate) = inner.pieces.put_back(reply) {
            messages.push(message);
            inner.estates.retain(|(known, _)| known.strong_count() > 0);
            inner.estates.push((Rc::downgrade(&estate), messages));
            inner.estate = Some(estate);
        }
    }

    fn finish(&self, id: u32, result: Result<Answer, JobError>) {
        let job = {
            let mut inner = self.0.borrow_mut();
            inner.deaths = 0;
            inner.take(id)
        };
        if let Some(job) = job {
            give(job, result);
        }
        self.pump();
    }
}

/// Whether a request that waits is of no use any more beside a newer one.
fn is_replaced(waiting: &Request, newer: &Request) -> bool {
    matches!(
        (waiting, newer),
        (Request::Plan { .. }, Request::Plan { .. })
            | (Request::Loss { .. }, Request::Loss { .. })
            | (Request::Confidence(_), Request::Confidence(_))
    )
}

fn give(job: Job, result: Result<Answer, JobError>) {
    // The one who asked may have gone; then nobody misses the answer.
    drop(job.answer.send(result));
}

fn send(worker: &Worker, job: &Job) -> Result<(), String> {
    let bytes = wire::write(&job.request);
    let array = Uint8Array::from(bytes.as_slice());
    let message = Array::of2(&job.id.into(), &array);
    let transfer = Array::of1(&array.buffer());
    for value in &job.beside {
        message.push(value);
    }
    worker.post_message_with_transfer(&message, &transfer).map_err(|error| dom::message_of(&error))
}
