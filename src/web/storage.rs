//! The projects in the browser's own database, so that a reload or a crash loses nothing.
//!
//! An inventory is large and seldom changes, the inputs are small and change with every edit: they are stored apart, and copies of a project share their
//! inventory. Of each project two generations are kept. `static/lazy/crash.js` reads the same, without the app.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use super::{around, dom};

const STORE: &str = "parts";
/// Where the records of projects are, followed by their ids.
const PROJECTS: &str = "project/";
/// Where the records of deleted projects are, until nobody can want them back.
const DELETED: &str = "deleted/";
/// Where estates are.
pub const ESTATES: &str = "estate/";
/// The one project of versions that kept no other: `[inputs, key of the estate]`.
const ONLY: &str = "current";
/// The id that it gets.
const ONLY_ID: &str = "1";
/// How long a deleted project can come back, in milliseconds.
const REGRET: f64 = 600_000.0;

/// An open database.
#[derive(Debug)]
pub struct Storage(IdbDatabase);

/// A stored project: its inputs and its estate, as the documents that the engine wrote.
#[derive(Debug)]
pub struct Stored {
    /// What it is called; the inputs may say what it was called before.
    pub name: String,
    /// The inputs.
    pub inputs: Uint8Array,
    /// The estate and what its import said.
    pub estate: Uint8Array,
    /// The key of the estate.
    pub estate_key: String,
}

/// A project in the list of those that are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When it was stored last, in milliseconds since 1970.
    pub changed: f64,
    /// How many machines it has.
    pub machines: f64,
    /// Since when it is as the generation before has it.
    pub before: Option<f64>,
}

/// One of the two generations of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    /// As it was stored last.
    Last,
    /// As it was before it was opened the last time, or before the last import.
    Before,
}

/// What is written of a project.
#[derive(Debug)]
pub struct Writing {
    /// What it is called.
    pub name: String,
    /// How many machines it has.
    pub machines: f64,
    /// The inputs.
    pub inputs: Uint8Array,
    /// The key of its estate.
    pub estate_key: String,
    /// The estate, where it is not stored yet.
    pub estate: Option<Uint8Array>,
    /// What was there becomes the generation before, as it does with another estate.
    pub begins: bool,
}

impl Storage {
    /// Opens the database; fails where the browser keeps storage closed, as in some private windows and embedded frames, and, with a text as the error,
    /// where this page must not keep anything.
    pub async fn open() -> Result<Self, JsValue> {
        let name = around::database()?;
        let request = dom::window().indexed_db()?.ok_or(JsValue::UNDEFINED)?.open_with_u32(&name, 1)?;
        let opening = request.clone();
        let on_upgrade = Closure::once_into_js(move || {
            let database: IdbDatabase = opening.result()?.unchecked_into();
            database.create_object_store(STORE).map(|_store| ())
        });
        request.set_onupgradeneeded(Some(on_upgrade.unchecked_ref()));
        let storage = Self(done(request.unchecked_into()).await?.unchecked_into());
        storage.tidy().await?;
        Ok(storage)
    }

    /// All projects, the one that was stored last first.
    pub async fn list(&self) -> Result<Vec<Kept>, JsValue> {
        let store = self.0.transaction_with_str(STORE)?.object_store(STORE)?;
        let mut list = Vec::new();
        for key in keys(&store).await? {
            if let Some(id) = key.strip_prefix(PROJECTS)
                && let Some(record) = Record::read(&get(&store, &key).await?)
            {
                let before = record.before.map(|(_, when)| when);
                list.push(Kept {
                    id: id.to_owned(),
                    name: record.name,
                    changed: record.changed,
                    machines: record.machines,
                    before,
                });
            }
        }
        list.sort_by(|a, b| b.changed.total_cmp(&a.changed).then_with(|| a.id.cmp(&b.id)));
        Ok(list)
    }

    /// A generation of a project.
    pub async fn load(&self, id: &str, generation: Generation) -> Result<Option<Stored>, JsValue> {
        let store = self.0.transaction_with_str(STORE)?.object_store(STORE)?;
        let Some(record) = Record::read(&get(&store, &[PROJECTS, id].concat()).await?) else { return Ok(None) };
        let estate_key = match generation {
            Generation::Last => record.estate_key,
            Generation::Before => record.before.map(|(key, _)| key).unwrap_or_default(),
        };
        let inputs = get(&store, &inputs_of(id, generation)).await?.dyn_into();
        let (Ok(inputs), Ok(estate)) = (inputs, get(&store, &estate_key).await?.dyn_into()) else { return Ok(None) };
        Ok(Some(Stored { name: record.name, inputs, estate, estate_key }))
    }

    /// Stores a project in one step.
    pub async fn save(&self, id: &str, writing: &Writing) -> Result<(), JsValue> {
        let (transaction, store) = self.write()?;
        let end = end_of(&transaction);
        let key = [PROJECTS, id].concat();
        let was = Record::read(&get(&store, &key).await?);
        if let Some(estate) = &writing.estate {
            put(&store, &writing.estate_key, estate)?;
        }
        let mut before = was.as_ref().and_then(|was| was.before.clone());
        if let Some(was) = was
            && (writing.begins || was.estate_key != writing.estate_key)
        {
            let inputs = get(&store, &inputs_of(id, Generation::Last)).await?;
            put(&store, &inputs_of(id, Generation::Before), &inputs)?;
            before = Some((was.estate_key, was.changed));
        }
        put(&store, &inputs_of(id, Generation::Last), &writing.inputs)?;
        let record = Record {
            name: writing.name.clone(),
            changed: js_sys::Date::now(),
            machines: writing.machines,
            estate_key: writing.estate_key.clone(),
            before,
        };
        put(&store, &key, &record.write())?;
        forget(&store).await?;
        end.await
    }

    /// Gives a project another name.
    pub async fn rename(&self, id: &str, name: String) -> Result<(), JsValue> {
        let (transaction, store) = self.write()?;
        let end = end_of(&transaction);
        let key = [PROJECTS, id].concat();
        if let Some(record) = Record::read(&get(&store, &key).await?) {
            put(&store, &key, &Record { name, ..record }.write())?;
        }
        end.await
    }

    /// Makes a project of its own of a generation of another.
    pub async fn copy(&self, id: &str, generation: Generation, to: &str, name: String) -> Result<(), JsValue> {
        let (transaction, store) = self.write()?;
        let end = end_of(&transaction);
        if let Some(record) = Record::read(&get(&store, &[PROJECTS, id].concat()).await?) {
            let inputs = get(&store, &inputs_of(id, generation)).await?;
            put(&store, &inputs_of(to, Generation::Last), &inputs)?;
            let estate_key = match (generation, record.before) {
                (Generation::Before, Some((key, _))) => key,
                _ => record.estate_key,
            };
            let machines = record.machines;
            let copy = Record { name, changed: js_sys::Date::now(), machines, estate_key, before: None };
            put(&store, &[PROJECTS, to].concat(), &copy.write())?;
        }
        end.await
    }

    /// Deletes a project; for a while it can come back.
    pub async fn delete(&self, id: &str) -> Result<(), JsValue> {
        self.rename_record(&[PROJECTS, id].concat(), &[DELETED, id].concat(), js_sys::Date::now()).await
    }

    /// Brings a deleted project back.
    pub async fn bring_back(&self, id: &str) -> Result<(), JsValue> {
        self.rename_record(&[DELETED, id].concat(), &[PROJECTS, id].concat(), 0.0).await
    }

    /// Puts a record elsewhere, with the time of that.
    async fn rename_record(&self, from: &str, to: &str, when: f64) -> Result<(), JsValue> {
        let (transaction, store) = self.write()?;
        let end = end_of(&transaction);
        if let Ok(record) = get(&store, from).await?.dyn_into::<Array>() {
            record.set(DELETED_AT, when.into());
            put(&store, to, &record)?;
            store.delete(&from.into())?;
        }
        end.await
    }

    /// Makes the one project of older versions one of several, and forgets what was deleted a while ago.
    async fn tidy(&self) -> Result<(), JsValue> {
        let (transaction, store) = self.write()?;
        let end = end_of(&transaction);
        if let Some((inputs, estate_key)) = only(&get(&store, ONLY).await?) {
            let record =
                Record { name: String::new(), changed: js_sys::Date::now(), machines: 0.0, estate_key, before: None };
            put(&store, &inputs_of(ONLY_ID, Generation::Last), &inputs)?;
            put(&store, &[PROJECTS, ONLY_ID].concat(), &record.write())?;
            store.delete(&ONLY.into())?;
        }
        for key in keys(&store).await? {
            let Some(id) = key.strip_prefix(DELETED) else { continue };
            let record = get(&store, &key).await?;
            let when = record.dyn_ref::<Array>().and_then(|record| record.get(DELETED_AT).as_f64());
            if js_sys::Date::now() - when.unwrap_or_default() > REGRET {
                for key in [key.clone(), inputs_of(id, Generation::Last), inputs_of(id, Generation::Before)] {
                    store.delete(&key.into())?;
                }
            }
        }
        forget(&store).await?;
        end.await
    }

    /// Begins to write.
    fn write(&self) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
        let transaction = self.0.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readwrite)?;
        let store = transaction.object_store(STORE)?;
        Ok((transaction, store))
    }
}

/// Where in a record stands when it was deleted.
const DELETED_AT: u32 = 6;

/// What is known of a project without reading it.
#[derive(Debug)]
struct Record {
    name: String,
    changed: f64,
    machines: f64,
    estate_key: String,
    /// The estate of the generation before, and when that was stored.
    before: Option<(String, f64)>,
}

impl Record {
    fn read(value: &JsValue) -> Option<Self> {
        let parts: &Array = value.dyn_ref()?;
        let before = parts.get(4).as_string().zip(parts.get(5).as_f64());
        Some(Self {
            name: parts.get(0).as_string()?,
            changed: parts.get(1).as_f64()?,
            machines: parts.get(2).as_f64()?,
            estate_key: parts.get(3).as_string()?,
            before,
        })
    }

    fn write(&self) -> JsValue {
        let parts = Array::of4(
            &self.name.as_str().into(),
            &self.changed.into(),
            &self.machines.into(),
            &self.estate_key.as_str().into(),
        );
        if let Some((key, when)) = &self.before {
            parts.set(4, key.as_str().into());
            parts.set(5, (*when).into());
        }
        parts.into()
    }
}

/// The key of the inputs of a project.
fn inputs_of(id: &str, generation: Generation) -> String {
    let of = match generation {
        Generation::Last => "inputs/",
        Generation::Before => "inputs-before/",
    };
    [of, id].concat()
}

/// Forgets estates that no project names.
async fn forget(store: &IdbObjectStore) -> Result<(), JsValue> {
    let (mut estates, mut used) = (Vec::new(), Vec::new());
    for key in keys(store).await? {
        if key.starts_with(ESTATES) {
            estates.push(key);
        } else if (key.starts_with(PROJECTS) || key.starts_with(DELETED))
            && let Some(record) = Record::read(&get(store, &key).await?)
        {
            used.push(record.estate_key);
            used.extend(record.before.map(|(key, _)| key));
        }
    }
    for key in estates {
        if !used.contains(&key) {
            store.delete(&key.into())?;
        }
    }
    Ok(())
}

/// All keys.
async fn keys(store: &IdbObjectStore) -> Result<Vec<String>, JsValue> {
    let keys = Array::from(&done(store.get_all_keys()?).await?);
    Ok(keys.iter().filter_map(|key| key.as_string()).collect())
}

fn put(store: &IdbObjectStore, key: &str, value: &JsValue) -> Result<(), JsValue> {
    store.put_with_key(value, &key.into()).map(|_request| ())
}

/// The value with this key; `undefined` where there is none.
async fn get(store: &IdbObjectStore, key: &str) -> Result<JsValue, JsValue> {
    done(store.get(&JsValue::from_str(key))?).await
}

/// The result of a request.
async fn done(request: IdbRequest) -> Result<JsValue, JsValue> {
    let (succeeded, failed, end) = signals();
    request.set_onsuccess(Some(succeeded.unchecked_ref()));
    request.set_onerror(Some(failed.unchecked_ref()));
    if end.await == Ok(true) {
        request.result()
    } else {
        Err(request.error()?.map_or(JsValue::UNDEFINED, JsValue::from))
    }
}

/// Waits until everything is written. To be asked for before the last request, for the end may come right after it.
fn end_of(transaction: &IdbTransaction) -> impl Future<Output = Result<(), JsValue>> + use<> {
    let (completed, failed, end) = signals();
    transaction.set_oncomplete(Some(completed.unchecked_ref()));
    transaction.set_onabort(Some(failed.unchecked_ref()));
    let transaction = transaction.clone();
    async move {
        if end.await == Ok(true) {
            return Ok(());
        }
        Err(transaction.error().map_or(JsValue::UNDEFINED, JsValue::from))
    }
}

/// Two functions for events, of which the first that is called decides: it went well, or it did not.
fn signals() -> (JsValue, JsValue, oneshot::Receiver<bool>) {
    let (sender, receiver) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let signal = |went_well: bool| {
        let sender = Rc::clone(&sender);
        Closure::<dyn FnMut()>::new(move || {
            // Whoever asked may not wait any more.
            let _told = sender.borrow_mut().take().map(|sender| sender.send(went_well));
        })
        .into_js_value()
    };
    (signal(true), signal(false), receiver)
}

/// Reads `[inputs, key of the estate]`.
fn only(value: &JsValue) -> Option<(Uint8Array, String)> {
    let parts: &Array = value.dyn_ref()?;
    Some((parts.get(0).dyn_into().ok()?, parts.get(1).as_string()?))
}
