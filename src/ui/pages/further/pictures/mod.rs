//! What there is, in pictures: what is old, what is full, what is wasted.

mod clusters;
mod storage;
mod support;
mod wasted;

use yew::prelude::*;

use crate::store::{AppState, Work};
use crate::ui::hooks::{use_later, use_selector};
use crate::ui::part::part;

/// Properties of each picture.
#[derive(PartialEq, Properties)]
pub struct PictureProps {
    /// The project.
    pub project: Work,
}

/// The pictures of the estate, each when the one before it is there.
#[component]
pub fn Pictures() -> Html {
    let project = use_selector(AppState::work);
    let first = use_later(&project, true);
    let second = use_later(&project, first.as_ref() == Some(&project));
    html! {
        <div class="stack">
            <div class="halves">
                if let Some(project) = first {
                    { part!(<support::Support project={project.clone()} />) }
                    { part!(<storage::ByMeasure {project} />) }
                }
            </div>
            if let Some(project) = second {
                { part!(<clusters::Clusters project={project.clone()} />) }
                { part!(<wasted::Wasted {project} />) }
            }
        </div>
    }
}
