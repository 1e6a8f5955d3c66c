//! What else does the money stand on? Licences by the machine, the way that data takes, and ranges of what is no price: a sheet, because few need it.

mod licences;
mod others;
mod transfer;

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::model::Finance;
use crate::store::{Action, Capture, Edit, UiAction, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::Dialog;

/// Changes what is assumed. Changes under the same name, one after the other, are one step of undo.
type Change = Rc<dyn Fn(&str, &dyn Fn(&mut Finance))>;

/// The sheet.
#[component]
pub fn MoneySheet() -> Html {
    let store = use_services().store().clone();
    let assumptions = use_selector(|state| Rc::new(state.scenario().assumptions.clone()));
    let clusters = use_selector(|state| state.project.estate.clusters.clone());
    let on_close = {
        let store = store.clone();
        Callback::from(move |()| store.dispatch(Action::Ui(UiAction::Sheet(None))))
    };
    let change: Change = Rc::new(move |key, change| {
        let mut assumptions = store.state().scenario().assumptions.clone();
        change(&mut assumptions.finance);
        store.dispatch(Action::Edit(Edit::Assumptions(assumptions), Capture::Coalesce(key.to_owned())));
    });
    let finance = &assumptions.finance;
    let sign = format::currency_sign(assumptions.currency).trim_end();
    part!(<Dialog title="Licences, moving data, and ranges" wide=true {on_close}>
            { licences::view(finance, assumptions.currency, sign, &change) }
            { transfer::view(finance, &clusters, sign, &change) }
            { others::view(finance, &change) }
        </Dialog>)
}
