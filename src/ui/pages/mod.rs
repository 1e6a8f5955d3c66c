//! One module a page. They are four parts of the app, which are loaded after its frame (`ui::lazy`): the pages that are asked for first, what is filled in on
//! them ([`forms`]), what comes later, and what is further down on a page ([`further`]). Nothing of the one may name anything of the other: what several need
//! belongs to `ui::shared`.

mod compare;
mod cost;
mod estate;
mod footprints;
mod further;
mod machines;
mod money;
mod palette;
mod plan;
mod projects;
mod rules;
mod share;
mod shortcuts;
mod timeline;
mod tour;

use yew::prelude::*;

use crate::store::{Page, Sheet};
use crate::ui::lazy::{Form, Place};
use crate::ui::part::part;

/// What belongs into a place of the frame, for the pages that are asked for first.
pub fn view(place: &Place) -> Html {
    match place {
        Place::Page(Page::Estate) => part!(<estate::EstatePage />),
        Place::Page(Page::Footprints) => part!(<footprints::FootprintsPage />),
        Place::Page(Page::Plan) => part!(<plan::PlanPage />),
        Place::Page(Page::Cost) => part!(<cost::CostPage />),
        Place::Page(Page::Rules | Page::Timeline | Page::Compare | Page::Share)
        | Place::Sheet(_)
        | Place::Tour(_)
        | Place::Form(_)
        | Place::Machines(..)
        | Place::Further(_) => html! {},
    }
}

/// The same for what is filled in on them.
pub fn forms(place: &Place) -> Html {
    match place {
        Place::Form(Form::TypedTotals(on_close)) => part!(<estate::ClassesDialog {on_close} />),
        Place::Form(Form::AddFootprint(on_close)) => part!(<footprints::AddFootprint {on_close} />),
        Place::Form(Form::EditFootprint(footprint, on_close)) => {
            part!(<footprints::EditFootprint footprint={*footprint} {on_close} />)
        }
        Place::Form(Form::Prices) => part!(<footprints::PricesCard />),
        Place::Form(Form::Assumptions) => part!(<cost::assumptions::AssumptionsCard />),
        _ => html! {},
    }
}

/// The same for what comes later.
pub fn later(place: &Place) -> Html {
    match place {
        Place::Page(Page::Rules) => part!(<rules::RulesPage />),
        Place::Page(Page::Timeline) => part!(<timeline::TimelinePage />),
        Place::Page(Page::Compare) => part!(<compare::ComparePage />),
        Place::Page(Page::Share) => part!(<share::SharePage />),
        Place::Sheet(Sheet::Palette) => part!(<palette::Palette />),
        Place::Sheet(Sheet::Shortcuts) => part!(<shortcuts::Shortcuts />),
        Place::Sheet(Sheet::Money) => part!(<money::MoneySheet />),
        Place::Sheet(Sheet::Projects) => part!(<projects::Projects />),
        Place::Tour(page) => part!(<tour::Tour page={*page} />),
        Place::Page(_) | Place::Form(_) | Place::Machines(..) | Place::Further(_) => html! {},
    }
}

/// The same for what is further down on a page, or shown when asked.
pub fn further(place: &Place) -> Html {
    match place {
        Place::Machines(dialog, on_close) => part!(<machines::Dialogs dialog={dialog.clone()} {on_close} />),
        Place::Further(further) => further::view(further),
        _ => html! {},
    }
}
