//! Keeps projects in the browser: stores the one on screen as it changes, and puts others on screen.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

use super::Services;
use crate::engine::model::{Estate, Project};
use crate::protocol::{Reply, Request};
use crate::store::{Action, AppState, Confirm, Keeping, Page, SaveState, Shared, ToastKind, UiAction};
use crate::web::around::{self, OnTabs, Tabs};
use crate::web::storage::{ESTATES, Generation, Kept, Storage, Writing};
use crate::web::worker_host::{Answer, JobError, Ticket};
use crate::web::{choices, dom};

/// How long edits are gathered that cannot be stored at once, in milliseconds.
const SAVE_DELAY: u32 = 50;

/// What is known of storage.
#[derive(Default)]
pub(super) struct Keeper {
    storage: RefCell<Option<Rc<Storage>>>,
    tabs: RefCell<Option<Tabs>>,
    /// The id of the project on screen.
    id: RefCell<String>,
    /// The estate that is stored, with its key.
    estate: RefCell<Option<(Rc<Estate>, String)>>,
    /// The project was stored since it was put on screen.
    has_begun: Cell<bool>,
    timer: RefCell<Option<Timeout>>,
    saving: Cell<bool>,
}

impl Keeper {
    /// The key under which this very estate is stored, where it is.
    fn key_of(&self, estate: &Rc<Estate>) -> Option<String> {
        self.estate.borrow().as_ref().filter(|(known, _)| Rc::ptr_eq(known, estate)).map(|(_, key)| key.clone())
    }
}

impl Services {
    /// Opens the storage, and the project in it.
    pub(super) async fn begin_keeping(&self) {
        let keeper = &self.0.keeper;
        let storage = match Storage::open().await {
            Ok(storage) => Rc::new(storage),
            Err(reason) => {
                return self.storage_lost(reason.as_string().as_deref().unwrap_or(
                    "This browser keeps storage closed here, so nothing is kept after this tab. Save the project to a file",
                ));
            }
        };
        *keeper.storage.borrow_mut() = Some(Rc::clone(&storage));
        // Without it each tab takes itself for the only one.
        *keeper.tabs.borrow_mut() = around::tabs().await.ok();
        let kept = match storage.list().await {
            Ok(kept) => kept,
            Err(error) => {
                let reason = dom::message_of(&error);
                self.tell(ToastKind::Failed, format!("The stored projects cannot be read: {reason}"));
                Vec::new()
            }
        };
        let before = keeper.tabs.borrow().as_ref().and_then(Tabs::remembered);
        let found = kept.iter().find(|kept| Some(&kept.id) == before.as_ref()).or(kept.first());
        let Some(found) = found else { return self.take_id(new_id()) };
        self.take_id(found.id.clone());
        match self.read(&found.id, Generation::Last).await {
            Ok((project, notes)) => {
                self.dispatch(Action::Restored(project));
                self.tell_all(notes);
            }
            Err(message) => {
                // What comes next must not take its place.
                self.take_id(new_id());
                self.tell(ToastKind::Failed, message);
            }
        }
    }

    /// From now on the project on screen is the one of this id.
    fn take_id(&self, id: String) {
        let keeper = &self.0.keeper;
        keeper.has_begun.set(false);
        keeper.id.borrow_mut().clone_from(&id);
        let Some(tabs) = &*keeper.tabs.borrow() else { return self.dispatch(Action::Keeping(Keeping::Writes)) };
        // Until it is known who writes this one; what held for the one before does not.
        self.dispatch(Action::Keeping(Keeping::Nothing));
        let services = self.clone();
        let of = id.clone();
        let on_tabs = OnTabs::new(move |event: String| {
            if *services.0.keeper.id.borrow() == of {
                services.on_tabs(&event);
            }
        });
        tabs.join(&id, &on_tabs);
        on_tabs.forget();
    }

    fn on_tabs(&self, event: &str) {
        let follows = self.0.store.state().keeping == Keeping::Follows;
        match event {
            "follows" => self.dispatch(Action::Keeping(Keeping::Follows)),
            "yield" => {
                let services = self.clone();
                dom::spawn(async move {
                    services.flush().await;
                    if let Some(tabs) = &*services.0.keeper.tabs.borrow() {
                        tabs.give();
                    }
                });
            }
            "saved" if !follows => {}
            writes_or_saved => {
                let writes = writes_or_saved == "writes";
                let services = self.clone();
                dom::spawn(async move {
                    if follows {
                        services.follow().await;
                    }
                    if writes {
                        services.dispatch(Action::Keeping(Keeping::Writes));
                    }
                });
            }
        }
    }

    /// Shows what another tab has stored.
    async fn follow(&self) {
        let id = self.0.keeper.id.borrow().clone();
        // Nothing is stored yet of a project that was just begun there.
        if let Ok((project, _)) = self.read(&id, Generation::Last).await
            && *self.0.keeper.id.borrow() == id
        {
            self.dispatch(Action::Restored(project));
        }
    }

    /// Writes this project from now on, instead of the tab that does.
    pub fn take_over(&self) {
        if let Some(tabs) = &*self.0.keeper.tabs.borrow() {
            tabs.take();
        }
    }

    /// Reads a stored project. An error is one or two sentences for the user.
    async fn read(&self, id: &str, generation: Generation) -> Result<(Box<Project>, Vec<String>), String> {
        let unread = |reason: &str| format!("A stored project cannot be read: {reason}. It stays among your projects");
        let storage = self.storage()?;
        let stored = storage.load(id, generation).await.map_err(|error| unread(&dom::message_of(&error)))?;
        let stored = stored.ok_or_else(|| unread("a part of it is missing"))?;
        let parts = vec![stored.inputs.into(), stored.estate.into()];
        match self.0.worker.run(Request::OpenParts, parts, None, None).wait().await {
            Ok(Answer { reply: Reply::Opened { mut project, notes }, .. }) => {
                if !stored.name.is_empty() {
                    project.name = stored.name;
                }
                *self.0.keeper.estate.borrow_mut() = Some((Rc::clone(&project.estate), stored.estate_key));
                Ok((project, notes))
            }
            Ok(_) | Err(JobError::Cancelled) => Err(unread("reading was interrupted")),
            Err(JobError::Failed(message)) => Err(unread(message.trim_end_matches('.'))),
        }
    }

    fn tell_all(&self, notes: Vec<String>) {
        for note in notes {
            self.tell(ToastKind::Done, note);
        }
    }

    fn storage(&self) -> Result<Rc<Storage>, String> {
        self.0.keeper.storage.borrow().clone().ok_or_else(|| "Nothing is kept here".to_owned())
    }

    /// The id of the project on screen.
    pub fn project_id(&self) -> String {
        self.0.keeper.id.borrow().clone()
    }

    /// Puts another project on screen under an id; the one before stays stored.
    async fn switch(&self, id: String, project: Box<Project>) {
        self.flush().await;
        self.take_id(id);
        self.dispatch(Action::Switched(project));
        self.dispatch(Action::Saving(SaveState::Saved));
    }

    /// Begins a new project: at once where the one on screen is kept, else after a question.
    pub fn begin_anew(&self) {
        if self.storage().is_err() {
            return self.dispatch(Action::Ui(UiAction::Confirm(Some(Confirm::NewProject))));
        }
        let services = self.clone();
        dom::spawn(async move {
            let before = name_of(&services.0.store.state().project.name);
            services.switch(new_id(), Box::new(fresh())).await;
            services.dispatch(Action::Ui(UiAction::Go(Page::Estate, None)));
            services.tell(ToastKind::Done, format!("A new project. {before} stays among your projects"));
        });
    }

    /// Puts a project from a file on screen beside the one that is there, if both can be kept. Whether it did.
    pub(super) async fn keep_beside(&self, project: &Project) -> bool {
        let state = self.0.store.state();
        if !state.has_estate() || self.storage().is_err() {
            return false;
        }
        self.switch(new_id(), Box::new(project.clone())).await;
        self.store_soon();
        let (opened, before) = (name_of(&project.name), name_of(&state.project.name));
        self.tell(ToastKind::Done, format!("Opened {opened}. {before} stays among your projects"));
        true
    }

    /// All projects that are kept.
    pub async fn kept(&self) -> Result<Vec<Kept>, String> {
        self.storage()?.list().await.map_err(failed)
    }

    /// Puts a kept project on screen.
    pub async fn open_kept(&self, id: String) -> Result<(), String> {
        self.flush().await;
        let (project, notes) = self.read(&id, Generation::Last).await?;
        self.switch(id, project).await;
        self.tell_all(notes);
        Ok(())
    }

    /// Gives a kept project another name.
    pub async fn rename_kept(&self, id: &str, name: String) -> Result<(), String> {
        self.storage()?.rename(id, name).await.map_err(failed)
    }

    /// Makes a project of its own of a generation of another.
    pub async fn copy_kept(&self, id: &str, generation: Generation, name: String) -> Result<(), String> {
        self.flush().await;
        self.storage()?.copy(id, generation, &new_id(), name).await.map_err(failed)
    }

    /// Deletes a kept project. The one on screen gives way to a new one.
    pub async fn delete_kept(&self, id: &str) -> Result<(), String> {
        if self.project_id() == id {
            self.switch(new_id(), Box::new(fresh())).await;
        }
        self.storage()?.delete(id).await.map_err(failed)
    }

    /// Brings a deleted project back.
    pub async fn bring_back(&self, id: &str) -> Result<(), String> {
        self.storage()?.bring_back(id).await.map_err(failed)
    }

    /// Stores what is on screen although nothing of it was edited.
    fn store_soon(&self) {
        self.dispatch(Action::Saving(SaveState::Saving));
        self.save_soon();
    }

    /// Stores the project: at once where only its inputs are to be written, else after a short while, in which further edits may come. They do not put it off:
    /// what was edited first would wait for the last.
    pub(super) fn save_soon(&self) {
        let keeper = &self.0.keeper;
        if keeper.timer.borrow().is_some() {
            return;
        }
        let services = self.clone();
        if keeper.key_of(&self.0.store.state().project.estate).is_some() && !keeper.saving.get() {
            return dom::spawn(async move { services.save().await });
        }
        let timer = Timeout::new(SAVE_DELAY, move || {
            let saving = services.clone();
            dom::spawn(async move { saving.save().await });
        });
        *self.0.keeper.timer.borrow_mut() = Some(timer);
    }

    /// Stores at once what waits to be stored; called when the page is hidden.
    pub fn save_now(&self) {
        if self.0.keeper.timer.borrow_mut().take().is_some() {
            let services = self.clone();
            dom::spawn(async move { services.save().await });
        }
    }

    /// Stores what is not stored yet, and waits for it.
    async fn flush(&self) {
        let waits = self.0.keeper.timer.borrow_mut().take().is_some();
        if (waits || self.0.store.state().save == SaveState::Saving)
            && let Ok(storage) = self.storage()
        {
            // Beside one that is being written this one counts: it comes later.
            let result = self.save_parts(&storage).await;
            self.after_saving(result);
        }
    }

    async fn save(&self) {
        let keeper = &self.0.keeper;
        *keeper.timer.borrow_mut() = None;
        let Ok(storage) = self.storage() else { return };
        if keeper.saving.replace(true) {
            return self.save_soon();
        }
        let before = self.0.store.state().project.clone();
        let result = self.save_parts(&storage).await;
        keeper.saving.set(false);
        if result.is_err() || self.0.store.state().project == before {
            self.after_saving(result);
        }
    }

    fn after_saving(&self, result: Result<(), String>) {
        match result {
            Ok(()) => {
                self.dispatch(Action::Saving(SaveState::Saved));
                if let Some(tabs) = &*self.0.keeper.tabs.borrow() {
                    tabs.saved();
                }
            }
            Err(message) => self.storage_lost(&message),
        }
    }

    async fn save_parts(&self, storage: &Storage) -> Result<(), String> {
        let (state, keeper) = (self.0.store.state(), &self.0.keeper);
        if state.keeping == Keeping::Follows {
            return Ok(());
        }
        // While this is written, another project may come on screen.
        let (id, begins) = (self.project_id(), !keeper.has_begun.replace(true));
        let project: &Shared<Project> = &state.project;
        let mut estate = None;
        let estate_key = if let Some(key) = keeper.key_of(&project.estate) {
            key
        } else {
            let request = Request::WriteEstate(Rc::clone(&project.report));
            let ticket = self.0.worker.run(request, Vec::new(), Some(Rc::clone(&project.estate)), None);
            estate = Some(written(ticket).await?);
            [ESTATES, &new_id()].concat()
        };
        let request = Request::WriteInputs { name: project.name.clone(), scenarios: project.scenarios.clone() };
        let inputs = written(self.0.worker.run(request, Vec::new(), None, None)).await?;
        let machines = project.estate.machines.len() as f64;
        let writing = Writing { name: project.name.clone(), machines, inputs, estate_key, estate, begins };
        storage.save(&id, &writing).await.map_err(failed)?;
        *keeper.estate.borrow_mut() = Some((Rc::clone(&project.estate), writing.estate_key));
        Ok(())
    }

    fn storage_lost(&self, reason: &str) {
        self.dispatch(Action::Saving(SaveState::Unavailable(reason.to_owned())));
    }
}

/// What is told of an error of the storage.
fn failed(error: JsValue) -> String {
    let is_full = error.dyn_ref::<web_sys::DomException>().is_some_and(|error| error.name() == "QuotaExceededError");
    if is_full {
        return "The browser has no room for this project. Save it to a file, or delete projects that you no longer need"
            .to_owned();
    }
    format!("The browser cannot store the project ({}). Save it to a file", dom::message_of(&error))
}

/// A new project.
fn fresh() -> Project {
    Project::clone(&AppState::begun(choices::steps()).project)
}

/// A project's name in a sentence.
fn name_of(name: &str) -> String {
    if name.is_empty() { "The project before".to_owned() } else { format!("“{name}”") }
}

/// An id that no other project has, in any tab.
fn new_id() -> String {
    format!("{}-{}", js_sys::Date::now() as u64, (js_sys::Math::random() * 1e6) as u32)
}

/// The document of a request to write.
async fn written(ticket: Ticket) -> Result<Uint8Array, String> {
    match ticket.wait().await {
        Ok(Answer { document: Some(document), .. }) => Ok(document),
        Ok(_) | Err(JobError::Cancelled) => Err("Storing was interrupted; the next change stores it all".to_owned()),
        Err(JobError::Failed(message)) => Err(message),
    }
}
