//! Host types side by side.

use yew::prelude::*;

use crate::engine::catalog::Catalog;
use crate::engine::model::Term;
use crate::store::offered::{self, Cell, Head, Pick};
use crate::store::{AppState, Shared, words};
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::{EmptyState, Help, Icon, IconName};

/// Properties of [`SideBySide`].
#[derive(PartialEq, Properties)]
pub struct SideBySideProps {
    /// The catalogue.
    pub catalog: Shared<Catalog>,
    /// What is compared.
    pub picks: Vec<Pick>,
    /// The commitment that prices are for.
    pub term: Term,
    /// Takes one away.
    pub on_pick: Callback<Pick>,
}

/// A table with a column for each type.
#[component]
pub fn SideBySide(props: &SideBySideProps) -> Html {
    let project = use_selector(AppState::work);
    if props.picks.len() < 2 {
        return part!(<EmptyState title="Choose two to four host types" text="Compare at each of them puts it here, with what a month costs for each vCPU, each GiB of memory and each TiB of storage." />);
    }
    let scenario = project.scenario();
    let offers: Vec<_> =
        props.picks.iter().filter_map(|pick| offered::offer_at(&props.catalog, pick, props.term)).collect();
    let compared = offered::compare(&props.catalog, &offers, props.term, &scenario.policy, &scenario.assumptions);
    let heads =
        compared.heads.iter().zip(&props.picks).map(|(head, pick)| head_cell(head, pick.clone(), &props.on_pick));
    let rows = compared.rows.iter().map(|row| {
        html! {
            <tr key={row.name}>
                <th scope="row">{ row.name }if !row.help.is_empty() { { part!(<Help text={row.help} />) } }</th>
                { for row.cells.iter().map(cell) }
            </tr>
        }
    });
    html! {
        <>
            <p class="muted">{ "Prices by the term, the rules and the assumptions of this plan, in its currency:" }{ " " }<b>{ words::term(props.term) }</b></p>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Host types side by side">
                <table class="grid">
                    <thead><tr><td></td>{ for heads }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </>
    }
}

fn head_cell(head: &Head, pick: Pick, on_pick: &Callback<Pick>) -> Html {
    let onclick = on_pick.reform(move |_event: MouseEvent| pick.clone());
    html! {
        <th scope="col" key={head.key.clone()}>
            <span translate="no">{ &head.name }</span>
            <button type="button" class="icon-btn" title="Take away" aria-label={format!("Take {} away", head.name)} {onclick}>{ part!(<Icon name={IconName::Close} />) }</button>
            <span class="muted sub" translate="no">{ &head.of }</span>
        </th>
    }
}

fn cell(cell: &Cell) -> Html {
    let tag = if cell.text.is_empty() { "tag tag-warn" } else { "tag" };
    html! {
        <td>
            { &cell.text }
            if !cell.tag.is_empty() { { " " }<span class={tag}>{ cell.tag }</span> }
            if cell.is_least { { " " }<span class="tag tag-good">{ "least" }</span> }
        </td>
    }
}
