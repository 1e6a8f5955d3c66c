//! What the script around a module does for it: `static/boot.js` for the page, `static/engine-worker.js` for the engine.
//!
//! How a worker is started, where our own files lie and who takes a finished document differ between a static host, a single file and a frame in
//! somebody's documentation. The scripts know; the modules ask.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Worker};

/// Carries out a command from outside, which has a name and one argument.
pub type OnCommand = Closure<dyn Fn(String, JsValue)>;

/// Hears what other tabs do.
pub type OnTabs = Closure<dyn Fn(String)>;

#[wasm_bindgen]
extern "C" {
    /// A new worker with the engine of this build.
    #[wasm_bindgen(js_namespace = groundwork, catch)]
    pub fn worker(build_id: &str) -> Result<Worker, JsValue>;

    /// One of our own files, as a file called `name`.
    #[wasm_bindgen(js_namespace = groundwork, catch)]
    pub async fn file(path: &str, name: &str) -> Result<JsValue, JsValue>;

    /// The content of one of our own files, as an `ArrayBuffer`; in the worker.
    #[wasm_bindgen(js_namespace = groundwork, catch)]
    pub async fn bytes(path: &str) -> Result<JsValue, JsValue>;

    /// The name of the database in which this page keeps its project. Where it must not keep any, an error that says so to the user.
    #[wasm_bindgen(js_namespace = groundwork, catch)]
    pub fn database() -> Result<String, JsValue>;

    /// Gives a finished document to whoever asked for it. True where that is the user, who gets it as a download.
    #[wasm_bindgen(js_namespace = groundwork, catch)]
    pub fn hand(name: &str, mime: &str, document: &Uint8Array) -> Result<bool, JsValue>;

    /// Tells what happened: `change`, `opened`, `share` or `error`, the last with a message.
    #[wasm_bindgen(js_namespace = groundwork)]
    pub fn tell(event: &str, message: &str);

    /// Shows the page in the language of a tag. What is missing of it is told on the console: the page stays as readable as it was.
    #[wasm_bindgen(js_namespace = groundwork)]
    pub fn language(tag: &str);

    /// A text in the language that the page is shown in.
    #[wasm_bindgen(js_namespace = groundwork)]
    pub fn said(english: &str) -> String;

    /// Loads a script that is needed now and then.
    #[wasm_bindgen(js_namespace = groundwork, catch)]
    async fn load(name: &str) -> Result<JsValue, JsValue>;

    /// The script `picture`.
    type Pictures;

    #[wasm_bindgen(method, catch)]
    async fn picture(this: &Pictures, chart: &Element, format: &str) -> Result<JsValue, JsValue>;

    /// The script `tabs`: which tab writes a project.
    #[derive(Debug)]
    pub type Tabs;

    /// The project that this tab had open before it was loaded again.
    #[wasm_bindgen(method)]
    pub fn remembered(this: &Tabs) -> Option<String>;

    /// Takes part in a project; hears `writes`, `follows`, `saved` and `yield`.
    #[wasm_bindgen(method)]
    pub fn join(this: &Tabs, project: &str, tell: &OnTabs);

    /// Asks to write instead of the tab that does.
    #[wasm_bindgen(method)]
    pub fn take(this: &Tabs);

    /// Lets another tab write.
    #[wasm_bindgen(method)]
    pub fn give(this: &Tabs);

    /// Tells the others that something was stored.
    #[wasm_bindgen(method)]
    pub fn saved(this: &Tabs);

    /// A chart as a file.
    #[derive(Debug)]
    pub type Picture;

    /// What the chart is called.
    #[wasm_bindgen(method, getter)]
    pub fn title(this: &Picture) -> String;

    /// Its media type.
    #[wasm_bindgen(method, getter, js_name = type)]
    pub fn mime(this: &Picture) -> String;

    /// Its content.
    #[wasm_bindgen(method, getter)]
    pub fn bytes(this: &Picture) -> Uint8Array;

    /// Takes commands from now on: `open` with a file, `write` with whether names are to be made up.
    #[wasm_bindgen(js_namespace = groundwork)]
    pub fn connect(on_command: &OnCommand);
}

/// The script that knows of other tabs.
pub async fn tabs() -> Result<Tabs, JsValue> {
    Ok(load("tabs").await?.unchecked_into())
}

/// The chart that is shown in this element, as `svg` or `png`.
pub async fn picture(chart: &Element, format: &str) -> Result<Picture, JsValue> {
    let pictures: Pictures = load("picture").await?.unchecked_into();
    Ok(pictures.picture(chart, format).await?.unchecked_into())
}
