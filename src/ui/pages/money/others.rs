//! Ranges of inputs that are no price.

use std::rc::Rc;

use yew::prelude::*;

use super::Change;
use crate::engine::cost::assumed_permille;
use crate::engine::model::{Finance, Input, InputRange};
use crate::store::words;
use crate::ui::part::part;
use crate::ui::shared::NumberField;

/// The table, and what has no range.
pub fn view(finance: &Finance, change: &Change) -> Html {
    html! {
        <>
            <h3>{ "Ranges of inputs that are no price" }</h3>
            <p class="muted">{ "Drawn with the ranges of prices in how sure the money is. Without a range they are as assumed. Machines for one administrator, power of the gear, PUE, years of writing off and double running are in the ranges of the prices that they multiply." }</p>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Ranges of inputs that are no price">
                <table class="grid ranges-table">
                    <thead><tr>
                        <th scope="col">{ "Input" }</th><th scope="col">{ "Lowest" }</th><th scope="col" class="num">{ "Assumed" }</th><th scope="col">{ "Highest" }</th>
                        <th scope="col"><span class="visually-hidden">{ "Actions" }</span></th>
                    </tr></thead>
                    <tbody>{ for Input::OTHERS.into_iter().map(|input| row(input, finance, change)) }</tbody>
                </table>
            </div>
            <p class="muted">{ "No range is possible for what decides where machines go, because each value takes a plan of its own: vCPU for each core, memory overcommit, right-sizing, headroom, space kept free, deduplication, host failures, and what each machine asks for. Copy the scenario, change them on the page Rules, and compare." }</p>
        </>
    }
}

fn row(input: Input, finance: &Finance, change: &Change) -> Html {
    let name = words::input(input);
    let own = finance.ranges.iter().find(|range| range.input == input);
    let assumed = assumed_permille(input, finance);
    let (low, high) = own.map_or((assumed, assumed), |own| (own.low_permille, own.high_permille));
    // Changes from year to year are shown as changes, the rest as shares of what is assumed.
    let (unit, base, least, most) = match input {
        Input::Growth => ("% a year", 1000.0, 0.0, 100.0),
        Input::AdminElsewhere => ("%", 0.0, 0.0, 1000.0),
        _ => ("% a year", 1000.0, -50.0, 100.0),
    };
    let shown = |permille: u32| (f64::from(permille) - base) / 10.0;
    let set = |with: fn(u32, (u32, u32)) -> (u32, u32)| {
        let change = Rc::clone(change);
        Callback::from(move |value: f64| {
            let (low, high) = with((value * 10.0 + base).round() as u32, (low, high));
            change(name, &|finance| set_range(finance, input, Some((low, high))));
        })
    };
    let (least_high, most_low) = if input.is_yearly() { (least, most) } else { (100.0, 100.0) };
    let on_low = set(|low, (_, high)| (low, high.max(low)));
    let on_high = set(|high, (low, _)| (low.min(high), high));
    let on_reset = {
        let change = Rc::clone(change);
        Callback::from(move |_event: MouseEvent| change(name, &|finance| set_range(finance, input, None)))
    };
    html! {
        <tr key={name}>
            <th scope="row">{ name }<span class="muted sub">{ words::input_help(input) }</span></th>
            <td>{ part!(<NumberField label={format!("{name}, lowest")} {unit} decimals=1 value={shown(low)} min={least} max={most_low} bare=true on_change={on_low} />) }</td>
            <td class="num">{ words::range_value(input, assumed) }</td>
            <td>{ part!(<NumberField label={format!("{name}, highest")} {unit} decimals=1 value={shown(high)} min={least_high} max={most} bare=true on_change={on_high} />) }</td>
            <td class="row-actions">
                <button type="button" class="btn btn-s" disabled={own.is_none()} aria-label={format!("No range of {name}")} onclick={on_reset}>{ "As assumed" }</button>
            </td>
        </tr>
    }
}

fn set_range(finance: &mut Finance, input: Input, range: Option<(u32, u32)>) {
    finance.ranges.retain(|own| own.input != input);
    finance.ranges.extend(range.map(|(low_permille, high_permille)| InputRange { input, low_permille, high_permille }));
    // In order, so that the same ranges are the same project.
    finance.ranges.sort_by_key(|own| own.input);
}
