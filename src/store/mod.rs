//! The state of the app and how it changes. Pure: no web types, tested natively.
//!
//! [`update()`] takes the state and an [`Action`] and gives the new state with the [`Effect`]s to carry out. The user interface is a function of the state;
//! the web layer carries out effects and answers with actions.

mod action;
mod certainty;
mod computed;
mod defaults;
mod history;
mod input_words;
mod shared;
mod state;
mod update;
mod work;

pub mod applications;
pub mod bulk;
pub mod commands;
pub mod compare;
pub mod embed;
pub mod filter;
pub mod format;
pub mod grouping;
pub mod host_stack;
pub mod latency;
pub mod listing;
pub mod loss;
pub mod moves;
pub mod near;
pub mod new_rule;
pub mod offered;
pub mod over_years;
pub mod own_discount;
mod own_list;
pub mod own_offering;
pub mod parse;
pub mod paste;
pub mod places;
pub mod policy_words;
pub mod select;
pub mod timeline;
pub mod words;

pub use action::{Action, Edit, Effect, JobKind, UiAction};
pub use certainty::Certainty;
pub use computed::{Computed, same_inputs};
pub use history::{Capture, History};
pub use shared::Shared;
pub use state::{
    AppState, Confirm, Density, JobState, Keeping, Language, Page, SaveState, Sheet, Theme, Toast, ToastKind, UiState,
};
pub use update::update;
pub use work::Work;
