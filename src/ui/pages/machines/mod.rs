//! The dialogs about machines of the estate, which are loaded after its page.

mod change;
mod machine;
mod paste;

use yew::prelude::*;

use crate::store::AppState;
use crate::ui::hooks::use_selector;
use crate::ui::lazy::MachinesDialog;
use crate::ui::part::part;

/// Properties of [`Dialogs`].
#[derive(PartialEq, Properties)]
pub struct DialogsProps {
    /// Which of them.
    pub dialog: MachinesDialog,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// One of the dialogs. What is typed into it is shown there at once, in the table a moment later.
#[component]
pub fn Dialogs(props: &DialogsProps) -> Html {
    let project = use_selector(AppState::work);
    let on_close = props.on_close.clone();
    match &props.dialog {
        MachinesDialog::One(machine) if project.estate.machine(*machine).is_some() => {
            part!(<machine::MachineDialog {project} machine={*machine} {on_close} />)
        }
        MachinesDialog::One(_) => html! { <div></div> },
        MachinesDialog::Several(selected) => {
            part!(<change::ChangeDialog {project} selected={selected.clone()} {on_close} />)
        }
        MachinesDialog::Paste => part!(<paste::PasteDialog {project} {on_close} />),
    }
}
