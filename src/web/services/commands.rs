//! Carries out what the registry of commands names.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Services;
use crate::store::commands::Command;
use crate::store::{Action, Capture, Edit, Page, ToastKind, UiAction};
use crate::web::{around, dom};

/// The id of the element that opens the browser's dialog for files.
pub const FILE_INPUT: &str = "open-files";

impl Services {
    /// Puts a text into the clipboard, and says so.
    pub fn copy(&self, text: String, done: String) {
        let clipboard = dom::window().navigator().clipboard();
        // Without TLS there is none, whatever the bindings say.
        if clipboard.is_undefined() {
            let text =
                "The browser has no clipboard for pages that come without TLS. Share has the same tables as files";
            return self.tell(ToastKind::Failed, text);
        }
        let services = self.clone();
        let written = clipboard.write_text(&text);
        dom::spawn(async move {
            match wasm_bindgen_futures::JsFuture::from(written).await {
                Ok(_) => services.tell(ToastKind::Done, done),
                Err(error) => {
                    let reason = dom::message_of(&error);
                    services.tell(
                        ToastKind::Failed,
                        format!("The browser does not let us copy ({reason}). Share has the same tables as files"),
                    );
                }
            }
        });
    }

    /// Carries out a command that is possible now.
    pub fn run(&self, command: Command) {
        let ui = |action| self.dispatch(Action::Ui(action));
        let state = self.store().state();
        match command {
            // The same keys close what they opened.
            Command::Sheet(sheet) => ui(UiAction::Sheet((state.ui.sheet != Some(sheet)).then_some(sheet))),
            Command::Go(page) => ui(UiAction::Go(page, None)),
            Command::Scenario(index) => ui(UiAction::Scenario(index)),
            Command::Machine(id) => {
                ui(UiAction::Go(Page::Plan, None));
                ui(UiAction::Machine(Some(id)));
            }
            Command::CopyScenario => self.dispatch(Action::Edit(Edit::CopyScenario(state.shown()), Capture::Record)),
            Command::Undo => self.dispatch(Action::Undo),
            Command::Redo => self.dispatch(Action::Redo),
            Command::StopPlan => self.stop_planning(),
            Command::Open => {
                let input = dom::document().get_element_by_id(FILE_INPUT);
                if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
                    input.click();
                }
            }
            Command::Save => self.save_to_file(),
            Command::Sample => self.load_sample(),
            Command::New => self.begin_anew(),
            Command::Link => around::tell("share", ""),
            Command::Export(format) => self.export(format),
            Command::Tour => {
                ui(UiAction::Tour(true));
                ui(UiAction::Go(Page::ALL[0], None));
                // Pages without an estate have nothing to explain.
                if !state.has_estate() {
                    self.load_sample();
                }
            }
            Command::Theme(theme) => ui(UiAction::Theme(theme)),
            Command::Density(density) => ui(UiAction::Density(density)),
            Command::Language(language) => ui(UiAction::Language(language)),
        }
    }
}
