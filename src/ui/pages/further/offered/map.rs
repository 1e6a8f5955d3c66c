//! The map of what is offered, and what is chosen on it.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::chart::picture;
use crate::engine::catalog::Catalog;
use crate::engine::model::RegionId;
use crate::store::offered::{self, Filter, Mapped};
use crate::store::{AppState, Shared};
use crate::ui::charts::Chart;
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::Help;

/// Properties of [`OnMap`].
#[derive(PartialEq, Properties)]
pub struct OnMapProps {
    /// The catalogue.
    pub catalog: Shared<Catalog>,
    /// What is looked for.
    pub filter: Rc<Filter>,
    /// The regions that were chosen; none for everywhere.
    pub on_regions: Callback<Vec<RegionId>>,
}

/// The map: a click on a mark, or Enter on the one that the arrow keys led to, looks there only.
#[component]
pub fn OnMap(props: &OnMapProps) -> Html {
    let frame = use_node_ref();
    let project = use_selector(AppState::work);
    let mapped = use_memo((props.catalog.clone(), Rc::clone(&props.filter), project), |(catalog, filter, project)| {
        let Mapped { map, regions } = offered::mapped(catalog, filter, &project.scenario().footprints);
        (Rc::new(map), regions)
    });
    let choose = {
        let (mapped, on_regions) = (Rc::clone(&mapped), props.on_regions.clone());
        Callback::from(move |(mark, width): (usize, f64)| {
            let (map, regions) = &*mapped;
            let marks = map.marks(width);
            let spots = marks.get(mark).map(Vec::as_slice).unwrap_or_default();
            on_regions.emit(spots.iter().filter_map(|&spot| regions.get(spot)).cloned().collect());
        })
    };
    let onclick = {
        let choose = choose.clone();
        Callback::from(move |event: MouseEvent| {
            let hit = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(found) = hit.as_ref().and_then(mark_of) {
                choose.emit(found);
            }
        })
    };
    let onkeydown = {
        let frame = frame.clone();
        Callback::from(move |event: KeyboardEvent| {
            let on_picture = event.target().is_some_and(|target| target.has_type::<web_sys::SvgElement>());
            if !on_picture || !matches!(event.key().as_str(), "Enter" | " ") {
                return;
            }
            // The mark that the arrow keys led to.
            let active =
                frame.cast::<Element>().and_then(|frame| frame.query_selector("[data-mark].on").ok().flatten());
            if let Some(found) = active.as_ref().and_then(mark_of) {
                event.prevent_default();
                choose.emit(found);
            }
        })
    };
    let everywhere = props.on_regions.reform(|_event: MouseEvent| Vec::new());
    let chosen: Vec<String> =
        props.filter.regions.iter().take(3).map(|id| offered::region_name(&props.catalog, id)).collect();
    let more = props.filter.regions.len().saturating_sub(chosen.len());
    let (map, _) = &*mapped;
    let of: Rc<dyn picture::Chart> = Rc::<crate::chart::world_map::WorldMap>::clone(map);
    html! {
        <section class="offered-map" aria-label="Where it is offered">
            <h3>{ "Where it is offered" }</h3>
            <p class="muted">{ "Choose a mark to look there only: with a click, or with the arrow keys and Enter." }
                { part!(<Help label="What the map shows" text="Regions of providers in which something is offered that the conditions let through. A circle with a number stands for so many regions that lie close together. A ring is around those that footprints of the plan are in. A pin is a site of your own, where its form says what it is near to: an inventory does not." />) }
            </p>
            <div ref={frame} {onclick} {onkeydown}>{ part!(<Chart {of} />) }</div>
            <p role="status" data-testid="chosen-regions">
                if !chosen.is_empty() {
                    { "Chosen:" }{ " " }<b translate="no">{ chosen.join("; ") }</b>
                    if more > 0 { { " " }{ format!("and {more} more") } }
                    { " " }<button type="button" class="btn btn-s" onclick={everywhere}>{ "Look everywhere" }</button>
                }
            </p>
        </section>
    }
}

/// The mark that an element belongs to, and the width that its picture was laid out for: whole pixels.
fn mark_of(element: &Element) -> Option<(usize, f64)> {
    let mark = element.get_attribute("data-mark")?.parse().ok()?;
    let width: u32 = element.closest("svg").ok().flatten()?.get_attribute("width")?.parse().ok()?;
    Some((mark, f64::from(width)))
}
