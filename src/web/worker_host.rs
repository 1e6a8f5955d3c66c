//! The page's side of the worker: one job at a time, respawned after a crash or a cancel.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::{around, dom};
use crate::engine::model::Estate;
use crate::engine::outcome::Outcome;
use crate::protocol::pieces::Pieces;
use crate::protocol::{Reply, Request, build_id, wire};

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
    running: Option<Job>,
    /// The estate that the worker has.
    estate: Option<Rc<Estate>>,
    /// The pieces of the reply that is coming, read and as they came.
    pieces: Pieces,
    messages: Vec<JsValue>,
    /// Estates that are still about, in the messages as which they came: for a worker that does not have them (any more). Writing one anew would stop the page.
    estates: Vec<(Weak<Estate>, Vec<JsValue>)>,
    next_id: u32,
    /// The jobs that were lost in a row to a worker that died; stops a loop of respawns.
    deaths: u32,
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
        inner.next_id += 1;
        let id = inner.next_id;
        inner.queue.push_back(Job { id, request, beside, estate, on_progress, on_better, answer });
        drop(inner);
        self.pump();
        Ticket { id, answer: receiver }
    }

    /// Ends a job that waits or runs. A running one ends with its worker; the next job gets a new one.
    pub fn cancel(&self, id: u32) {
        let mut inner = self.0.borrow_mut();
        inner.queue.retain(|job| job.id != id);
        let cancelled = inner.running.take_if(|job| job.id == id);
        drop(inner);
        if let Some(job) = cancelled {
            self.kill();
            give(job, Err(JobError::Cancelled));
        }
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

    /// Sends the next job where the worker is free.
    fn pump(&self) {
        let mut inner = self.0.borrow_mut();
        if inner.running.is_some() || inner.queue.is_empty() {
            return;
        }
        let Some(live) = &inner.live else {
            drop(inner);
            self.spawn();
            return;
        };
        if !live.ready {
            return;
        }
        let worker = live.worker.clone();
        let Some(mut job) = inner.queue.pop_front() else { return };
        let missing =
            job.estate.clone().filter(|wanted| !inner.estate.as_ref().is_some_and(|has| Rc::ptr_eq(has, wanted)));
        if let Some(estate) = missing {
            let is_it = |(known, _): &&(Weak<Estate>, Vec<JsValue>)| Weak::as_ptr(known) == Rc::as_ptr(&estate);
            let messages = inner.estates.iter().find(is_it).map(|(_, messages)| messages.clone());
            if messages.is_none() && !estate.is_empty() {
                drop(inner);
                // Every estate but the empty one came from a worker. Were one not known all the same, nothing must be planned in its place.
                return give(job, Err(JobError::Failed("The estate is lost; open the project again".to_owned())));
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
        let sent = send(&worker, &job);
        inner.running = Some(job);
        drop(inner);
        if let Err(message) = sent {
            self.finish(Err(JobError::Failed(message)));
        }
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

    /// The worker crashed or could not be loaded: its job fails, the next gets a new worker.
    fn died(&self, message: &str) {
        self.kill();
        let mut inner = self.0.borrow_mut();
        inner.deaths += 1;
        let lost: Vec<Job> = if inner.deaths > 2 {
            let queued: Vec<Job> = inner.queue.drain(..).collect();
            inner.running.take().into_iter().chain(queued).collect()
        } else {
            inner.running.take().into_iter().collect()
        };
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
        let message = parts.get(0);
        let bytes = message.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default();
        let document = parts.get(1).dyn_into::<Uint8Array>().ok();
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
                let listener = self.0.borrow().running.as_ref().and_then(|job| job.on_progress.clone());
                if let Some(listener) = listener {
                    listener(phase, done, total);
                }
            }
            Some(mut reply @ Reply::Better(_)) => {
                self.complete(&mut reply, message);
                let listener = self.0.borrow().running.as_ref().and_then(|job| job.on_better.clone());
                if let (Some(listener), Reply::Better(outcome)) = (listener, reply) {
                    listener(outcome);
                }
            }
            Some(Reply::Failed(message)) => self.finish(Err(JobError::Failed(message))),
            Some(mut reply) => {
                self.complete(&mut reply, message);
                self.finish(Ok(Answer { reply, document }));
            }
            None => self.finish(Err(JobError::Failed("The engine's answer cannot be read".to_owned()))),
        }
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

    fn finish(&self, result: Result<Answer, JobError>) {
        let job = {
            let mut inner = self.0.borrow_mut();
            inner.deaths = 0;
            inner.running.take()
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
        (Request::Plan { .. }, Request::Plan { .. }) | (Request::Confidence { .. }, Request::Confidence { .. })
    )
}

fn give(job: Job, result: Result<Answer, JobError>) {
    // The one who asked may have gone; then nobody misses the answer.
    drop(job.answer.send(result));
}

fn send(worker: &Worker, job: &Job) -> Result<(), String> {
    let bytes = wire::write(&job.request);
    let array = Uint8Array::from(bytes.as_slice());
    let message = Array::of1(&array);
    let transfer = Array::of1(&array.buffer());
    for value in &job.beside {
        message.push(value);
    }
    worker.post_message_with_transfer(&message, &transfer).map_err(|error| dom::message_of(&error))
}
