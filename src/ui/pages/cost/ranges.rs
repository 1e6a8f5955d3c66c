//! The ranges of the inputs: lowest, likely and highest, each with where it comes from.

use yew::prelude::*;

use super::provider_ranges::ProviderRanges;
use crate::engine::cost::{RANGES, ranges};
use crate::engine::model::{Finance, Input, InputRange};
use crate::store::{Action, Capture, Edit, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{NumberField, Tag};

/// What changes a range: which input, its lowest and its highest, in thousandths; `None` for the default one.
type Set = Callback<(Input, Option<(u32, u32)>)>;

/// The ranges as a table that opens.
#[component]
pub fn Ranges() -> Html {
    let store = use_services().store().clone();
    let finance = use_selector(|state| state.scenario().assumptions.finance.clone());
    let on_more = super::on_more(&store);
    let set: Set = Callback::from(move |(input, range): (Input, Option<(u32, u32)>)| {
        let mut assumptions = store.state().scenario().assumptions.clone();
        let own = &mut assumptions.finance.ranges;
        own.retain(|own| own.input != input);
        own.extend(range.map(|(low_permille, high_permille)| InputRange { input, low_permille, high_permille }));
        // In order, so that the same ranges are the same project.
        own.sort_by_key(|own| own.input);
        store.dispatch(Action::Edit(
            Edit::Assumptions(assumptions),
            Capture::Coalesce(format!("range {}", words::input(input))),
        ));
    });
    let own = finance.ranges.len() + finance.provider_ranges.len();
    html! {
        <details class="card ranges">
            <summary class="card-head opens"><h2>{ "Ranges of the inputs" }</h2>
                <p class="card-note">{ if own == 0 { "all as Groundwork has them; open to change them".to_owned() } else { format!("{own} of your own, the rest as Groundwork has them") } }</p></summary>
            <div class="card-body">
                <p class="muted">{ "Likely is always what is assumed: the price, quote or assumption itself, to be changed where it stands. Lowest and highest are in per cent of it; a draw is as often below it as above. Undo takes a change back." }</p>
                <div class="scroll-x" tabindex="0" role="region" aria-label="Ranges of the inputs">
                    <table class="grid ranges-table">
                        <thead><tr>
                            <th scope="col">{ "Input" }</th><th scope="col">{ "Lowest" }</th><th scope="col" class="num">{ "Likely" }</th><th scope="col">{ "Highest" }</th>
                            <th scope="col">{ "Where the range comes from" }</th><th scope="col"><span class="visually-hidden">{ "Actions" }</span></th>
                        </tr></thead>
                        <tbody>{ for rows(&finance, &set) }</tbody>
                    </table>
                </div>
                <p><button type="button" class="btn" onclick={on_more}>{ "Growth and other inputs that are no price…" }</button></p>
                { part!(<ProviderRanges />) }
            </div>
        </details>
    }
}

fn rows(finance: &Finance, set: &Set) -> Vec<Html> {
    ranges(finance)
        .into_iter()
        .zip(RANGES)
        .map(|(range, (_, low, high, source))| row(range, (low, high), source, set))
        .collect()
}

fn row(range: InputRange, default: (u32, u32), source: &'static str, set: &Set) -> Html {
    let InputRange { input, low_permille, high_permille } = range;
    let name = words::input(input);
    let is_own = (low_permille, high_permille) != default;
    let on_low = set.reform(move |low: f64| (input, Some((permille(low), high_permille))));
    let on_high = set.reform(move |high: f64| (input, Some((low_permille, permille(high)))));
    let on_reset = set.reform(move |_event: MouseEvent| (input, None));
    html! {
        <tr key={name}>
            <th scope="row">{ name }<span class="muted sub">{ words::input_help(input) }</span></th>
            <td>{ part!(<NumberField label={format!("{name}, lowest")} unit="%" decimals=1 value={f64::from(low_permille) / 10.0} max={100.0} bare=true on_change={on_low} />) }</td>
            <td class="num">{ "100 %" }</td>
            <td>{ part!(<NumberField label={format!("{name}, highest")} unit="%" decimals=1 value={f64::from(high_permille) / 10.0} min={100.0} max={1000.0} bare=true on_change={on_high} />) }</td>
            <td class="range-source">
                if is_own { { part!(<Tag text="your range" tone="accent" />) } } else { <span class="muted">{ source }</span> }
            </td>
            <td class="row-actions">
                <button type="button" class="btn btn-s" disabled={!is_own} aria-label={format!("Default range of {name}")} onclick={on_reset}>{ "Default" }</button>
            </td>
        </tr>
    }
}

fn permille(percent: f64) -> u32 {
    (percent * 10.0).round() as u32
}
