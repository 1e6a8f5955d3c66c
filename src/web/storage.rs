//! The project in the browser's own database, so that a reload or a crash loses nothing.
//!
//! An inventory is large and seldom changes, the inputs are small and change with every edit: they are stored apart. Two generations of inventory are kept.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use super::{around, dom};

const STORE: &str = "parts";
const CURRENT: &str = "current";
const PREVIOUS: &str = "previous";

/// An open database.
#[derive(Debug)]
pub struct Storage(IdbDatabase);

/// A stored project: its inputs and its estate, as the documents that the engine wrote.
#[derive(Debug)]
pub struct Stored {
    /// The inputs.
    pub inputs: Uint8Array,
    /// The estate and what its import said.
    pub estate: Uint8Array,
    /// The key of the estate.
    pub estate_key: String,
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
        Ok(Self(done(request.unchecked_into()).await?.unchecked_into()))
    }

    /// The project that was stored last.
    pub async fn load(&self) -> Result<Option<Stored>, JsValue> {
        let store = self.0.transaction_with_str(STORE)?.object_store(STORE)?;
        for name in [CURRENT, PREVIOUS] {
            let Some((inputs, estate_key)) = entry(&get(&store, name).await?) else {
                continue;
            };
            if let Ok(estate) = get(&store, &estate_key).await?.dyn_into() {
                return Ok(Some(Stored { inputs, estate, estate_key }));
            }
        }
        Ok(None)
    }

    /// Stores an estate; it counts once inputs name it.
    pub async fn save_estate(&self, estate_key: &str, estate: &Uint8Array) -> Result<(), JsValue> {
        let (transaction, store) = self.write()?;
        let end = end_of(&transaction);
        store.put_with_key(estate, &JsValue::from_str(estate_key))?;
        end.await
    }

    /// Stores the inputs with the estate they belong to, in one step; forgets estates that no generation names.
    pub async fn save_inputs(&self, inputs: &Uint8Array, estate_key: &str) -> Result<(), JsValue> {
        let (transaction, store) = self.write()?;
        let end = end_of(&transaction);
        let before = get(&store, CURRENT).await?;
        if entry(&before).is_some_and(|(_, other)| other != estate_key) {
            store.put_with_key(&before, &JsValue::from_str(PREVIOUS))?;
        }
        let value = Array::of2(inputs, &JsValue::from_str(estate_key));
        store.put_with_key(&value, &JsValue::from_str(CURRENT))?;
        let previous_key = entry(&get(&store, PREVIOUS).await?).map(|(_, estate)| estate);
        let kept = [CURRENT, PREVIOUS, estate_key, previous_key.as_deref().unwrap_or_default()];
        for name in Array::from(&done(store.get_all_keys()?).await?) {
            if name.as_string().is_some_and(|name| !kept.contains(&name.as_str())) {
                store.delete(&name)?;
            }
        }
        end.await
    }

    /// Begins to write.
    fn write(&self) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
        let transaction = self.0.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readwrite)?;
        let store = transaction.object_store(STORE)?;
        Ok((transaction, store))
    }
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
fn entry(value: &JsValue) -> Option<(Uint8Array, String)> {
    let parts: &Array = value.dyn_ref()?;
    Some((parts.get(0).dyn_into().ok()?, parts.get(1).as_string()?))
}
