//! What is loaded after the frame: the pages, after them their forms and what comes later, and at last what is further down on pages, as WebAssembly modules of
//! their own.
//!
//! Where parts are split off (`build.rs`), `entry` alone reaches the module `ui::pages`, and `cargo xtask build` takes all that only it reaches out of the app
//! (<https://docs.rs/wasm_split_helpers>); what both parts reach is a module too, which is loaded before either. Without, as under `cargo xtask serve` and in
//! tests, the pages are part of the app and there at once.
//! So nothing of the frame may name anything of `ui::pages`: it would pull that back into the first load.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::engine::model::{FootprintId, MachineId};
use crate::engine::outcome::Outcome;
use crate::export::Format;
use crate::store::over_years::OverYears;
use crate::store::{Page, Shared, Sheet};
use crate::web::dom;

/// A place of the frame, for something that is loaded later.
#[derive(Clone, PartialEq)]
pub enum Place {
    /// The page itself.
    Page(Page),
    /// What lies over the page.
    Sheet(Sheet),
    /// What the tour says of the page.
    Tour(Page),
    /// Where something is filled in.
    Form(Form),
    /// A dialog about machines, with what closes it.
    Machines(MachinesDialog, Callback<()>),
    /// What a page shows further down or when asked.
    Further(Further),
}

/// Where something is filled in that few fill in at once.
#[derive(Clone, PartialEq)]
pub enum Form {
    /// The dialog to type in an estate, with what closes it.
    TypedTotals(Callback<()>),
    /// Footprints: the dialog that adds one, with what closes it.
    AddFootprint(Callback<()>),
    /// Footprints: the dialog that changes one, with what closes it.
    EditFootprint(FootprintId, Callback<()>),
    /// Footprints: prices of the user's own, with their dialogs.
    Prices,
    /// Cost: what the money stands on.
    Assumptions,
}

/// What pages show further down or when asked, each a part of one page.
#[derive(Clone, PartialEq)]
pub enum Further {
    /// Estate: what there is in pictures.
    Pictures,
    /// The question what becomes of the estate on screen when more files come.
    MoreFiles,
    /// Footprints: all that is offered, on a map, in a table, side by side; with what closes it.
    Offered(Callback<()>),
    /// Rules: traffic between applications as a matrix, and machines grouped to applications.
    Applications,
    /// Cost: how sure a plan's money is, which is that of these years, and what it emits.
    Sure(Shared<Outcome>, Shared<OverYears>),
    /// Compare: how sure the totals are, of the scenarios of these numbers drawn together.
    Drawn(Rc<Vec<usize>>),
    /// Rules: latency between places, as it was measured.
    Latency,
    /// Share: the element that shows the project inside of another page.
    EmbedCode,
    /// Share: what an export would say.
    Preview(Format),
}

/// A dialog about machines of the estate.
#[derive(Clone, PartialEq)]
pub enum MachinesDialog {
    /// What was imported of one, and what the user says instead.
    One(MachineId),
    /// A change to all of several, by the numbers of their ids.
    Several(Rc<BTreeSet<u64>>),
    /// What rows of a spreadsheet would change.
    Paste,
}

/// What fills a place.
type View = fn(&Place) -> Html;

/// What is loaded at a time.
#[derive(Clone, Copy)]
enum Part {
    /// The pages that are asked for first: what there is, where it may go, where it goes, and what that costs.
    Pages,
    /// What is filled in on those.
    Forms,
    /// The pages that go deeper, and what lies over a page.
    Later,
    /// What is further down on a page, or shown when asked.
    Further,
}

impl Part {
    fn of(place: &Place) -> Self {
        match place {
            Place::Form(_) => Self::Forms,
            Place::Machines(..) | Place::Further(_) => Self::Further,
            Place::Page(Page::Rules | Page::Timeline | Page::Compare | Page::Share)
            | Place::Sheet(_)
            | Place::Tour(_) => Self::Later,
            Place::Page(_) => Self::Pages,
        }
    }

    /// What fills its places, once it is loaded.
    fn view(self) -> Option<View> {
        VIEWS.with(|views| views[self as usize].get())
    }

    /// Loads it, and keeps what fills its places. Whether it is there.
    async fn load(self) -> bool {
        if self.view().is_none() {
            let view = match self {
                Self::Pages => entry::pages().await.ok(),
                Self::Forms => entry::forms().await.ok(),
                Self::Later => entry::later().await.ok(),
                Self::Further => entry::further().await.ok(),
            };
            VIEWS.with(|views| views[self as usize].set(view));
        }
        self.view().is_some()
    }
}

thread_local! {
    static VIEWS: [Cell<Option<View>>; 4] = const { [const { Cell::new(None) }; 4] };
}

#[cfg(all(split, feature = "app"))]
mod entry {
    #![expect(clippy::unnecessary_wraps, reason = "the macro puts errors of loading into the result")]

    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::View;

    #[wasm_split(pages, fallible)]
    pub fn pages() -> Result<View, SplitLoaderError> {
        Ok(crate::ui::pages::view)
    }

    #[wasm_split(forms, fallible)]
    pub fn forms() -> Result<View, SplitLoaderError> {
        Ok(crate::ui::pages::forms)
    }

    #[wasm_split(later, fallible)]
    pub fn later() -> Result<View, SplitLoaderError> {
        Ok(crate::ui::pages::later)
    }

    #[wasm_split(further, fallible)]
    pub fn further() -> Result<View, SplitLoaderError> {
        Ok(crate::ui::pages::further)
    }
}

#[cfg(not(all(split, feature = "app")))]
mod entry {
    use super::View;

    #[expect(clippy::unused_async, reason = "the same as where the pages are loaded")]
    pub async fn pages() -> Result<View, std::convert::Infallible> {
        Ok(crate::ui::pages::view)
    }

    #[expect(clippy::unused_async, reason = "the same as where they are loaded")]
    pub async fn forms() -> Result<View, std::convert::Infallible> {
        Ok(crate::ui::pages::forms)
    }

    #[expect(clippy::unused_async, reason = "the same as where it is loaded")]
    pub async fn later() -> Result<View, std::convert::Infallible> {
        Ok(crate::ui::pages::later)
    }

    #[expect(clippy::unused_async, reason = "the same as where it is loaded")]
    pub async fn further() -> Result<View, std::convert::Infallible> {
        Ok(crate::ui::pages::further)
    }
}

/// Loads everything, what is needed first at first: whatever the visitor does next is there then.
pub async fn load() {
    for part in [Part::Pages, Part::Forms, Part::Later, Part::Further] {
        if !part.load().await {
            return;
        }
    }
}

/// What is to be seen of the loading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notice {
    /// Nothing yet: most often it takes less time than reading a word about it.
    None,
    Loading,
    Failed,
}

/// After this time, in milliseconds, a visitor wonders why nothing is there.
const PATIENCE_MS: u32 = 300;

/// Properties of [`Lazy`].
#[derive(PartialEq, Properties)]
pub struct LazyProps {
    /// What is to be shown.
    pub place: Place,
}

/// A part of the user interface that is loaded later, with a word about it where that takes long, and a way to try again where it fails.
#[component]
pub fn Lazy(props: &LazyProps) -> Html {
    let attempts = use_state(|| 0_u32);
    let notice = use_state(|| Notice::None);
    let part = Part::of(&props.place);
    {
        let notice = notice.setter();
        let update = use_force_update();
        use_effect_with(*attempts, move |_attempts| {
            let is_there = part.view().is_some();
            let timer = (!is_there).then(|| {
                let notice = notice.clone();
                Timeout::new(PATIENCE_MS, move || notice.set(Notice::Loading))
            });
            let work =
                async move { if part.load().await { update.force_update() } else { notice.set(Notice::Failed) } };
            if !is_there {
                dom::spawn(work);
            }
            move || drop(timer)
        });
    }
    if let Some(view) = part.view() {
        return view(&props.place);
    }
    let on_retry = {
        let notice = notice.setter();
        Callback::from(move |_event: MouseEvent| {
            notice.set(Notice::None);
            attempts.set(*attempts + 1);
        })
    };
    match *notice {
        Notice::None => html! {},
        Notice::Loading => html! { <p class="page muted" role="status">{ "Loading this page…" }</p> },
        Notice::Failed => html! {
            <div class="page" role="alert">
                <p>{ "This page could not be loaded. Nothing is lost; is the network there?" }</p>
                <p><button type="button" class="btn btn-primary" onclick={on_retry}>{ "Try again" }</button></p>
            </div>
        },
    }
}
