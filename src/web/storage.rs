//! The project in the browser's own database, so that a reload or a crash loses nothing.
//!
//! An inventory is large and seldom changes, the inputs are small and change with every edit: they are stored apart. Two generations of inventory are kept.

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Query, TransactionMode};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

const DATABASE: &str = "groundwork";
const STORE: &str = "parts";
const CURRENT: &str = "current";
const PREVIOUS: &str = "previous";

/// An open database.
#[derive(Debug)]
pub struct Storage(Database);

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
    /// Opens the database; fails where the browser keeps storage closed, as in some private windows and embedded frames.
    pub async fn open() -> Result<Self, idb::Error> {
        let mut request = Factory::new()?.open(DATABASE, Some(1))?;
        request.on_upgrade_needed(|event| {
            let created =
                event.database().and_then(|database| database.create_object_store(STORE, ObjectStoreParams::new()));
            if let Err(error) = created {
                web_sys::console::warn_1(&JsValue::from_str(&error.to_string()));
            }
        });
        Ok(Self(request.await?))
    }

    /// The project that was stored last.
    pub async fn load(&self) -> Result<Option<Stored>, idb::Error> {
        let transaction = self.0.transaction(&[STORE], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(STORE)?;
        for name in [CURRENT, PREVIOUS] {
            let Some((inputs, estate_key)) = store.get(key(name))?.await?.and_then(|value| entry(&value)) else {
                continue;
            };
            let estate = store.get(key(&estate_key))?.await?.and_then(|value| value.dyn_into().ok());
            if let Some(estate) = estate {
                return Ok(Some(Stored { inputs, estate, estate_key }));
            }
        }
        Ok(None)
    }

    /// Stores an estate; it counts once inputs name it.
    pub async fn save_estate(&self, estate_key: &str, estate: &Uint8Array) -> Result<(), idb::Error> {
        let transaction = self.0.transaction(&[STORE], TransactionMode::ReadWrite)?;
        transaction.object_store(STORE)?.put(estate, Some(&JsValue::from_str(estate_key)))?;
        transaction.await?;
        Ok(())
    }

    /// Stores the inputs with the estate they belong to, in one step; forgets estates that no generation names.
    pub async fn save_inputs(&self, inputs: &[u8], estate_key: &str) -> Result<(), idb::Error> {
        let transaction = self.0.transaction(&[STORE], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(STORE)?;
        let before = store.get(key(CURRENT))?.await?;
        let before_key = before.as_ref().and_then(entry).map(|(_, estate)| estate);
        if let Some(before) = before.filter(|_| before_key.as_deref().is_some_and(|other| other != estate_key)) {
            store.put(&before, Some(&JsValue::from_str(PREVIOUS)))?;
        }
        let value = Array::of2(&Uint8Array::from(inputs), &JsValue::from_str(estate_key));
        store.put(&value, Some(&JsValue::from_str(CURRENT)))?;
        let previous_key = store.get(key(PREVIOUS))?.await?.as_ref().and_then(entry).map(|(_, estate)| estate);
        let kept = [CURRENT, PREVIOUS, estate_key, previous_key.as_deref().unwrap_or_default()];
        for name in store.get_all_keys(None, None)?.await? {
            if name.as_string().is_some_and(|name| !kept.contains(&name.as_str())) {
                store.delete(Query::Key(name))?;
            }
        }
        transaction.await?;
        Ok(())
    }
}

fn key(name: &str) -> Query {
    Query::Key(JsValue::from_str(name))
}

/// Reads `[inputs, key of the estate]`.
fn entry(value: &JsValue) -> Option<(Uint8Array, String)> {
    let parts: &Array = value.dyn_ref()?;
    Some((parts.get(0).dyn_into().ok()?, parts.get(1).as_string()?))
}
