//! What the policy makes of the estate, live beside the form.

use yew::prelude::*;

use crate::engine::model::CpuMeasure;
use crate::engine::placement::{RESOURCES, Resource};
use crate::store::{AppState, format, places, words};
use crate::ui::hooks::use_selector;
use crate::ui::part::part;
use crate::ui::shared::{Card, Kpi, KpiStrip};

/// Demand, hosts and money under the present policy.
#[component]
pub fn Effect() -> Html {
    let outcome = use_selector(|state| state.outcome.clone());
    let stale = use_selector(|state| state.outcome_is_stale);
    let currency = use_selector(|state| state.scenario().assumptions.currency);
    let project = use_selector(AppState::work);
    let Some(outcome) = outcome else {
        return part!(<Card title="Effect"><p class="muted">{ "Computing the first plan" }</p></Card>);
    };
    let sizing = &outcome.sizing;
    let scenario = project.scenario();
    let known: Vec<Resource> =
        (0..RESOURCES).map(|index| Resource::ALL[index]).filter(|&of| sizing.demand[of as usize] > 0).collect();
    let (hosts, _) = places::hosts_in_use(&outcome.plan, scenario);
    html! {
        <div class={classes!("stack", stale.then_some("stale"))} aria-live="polite" aria-busy={stale.to_string()}>
            { part!(<Card title="Effect" note="of the policy, as you change it">
                { part!(<KpiStrip label="Effect of the policy">
                    { part!(<Kpi label="Run rate, per month" value={format::money_short(outcome.ledger.run_rate(), currency)} note={format!("{} hosts", format::count(hosts))} help={words::RUN_RATE} />) }
                    { part!(<Kpi label="No place" value={format::count(outcome.plan.unplaced.len() as u64)} note={format!("of {} machines", format::count(sizing.machines))} help={words::UNPLACED} />) }
                </KpiStrip>) }
                <h3>{ "Asked for" }</h3>
                <dl class="facts">
                    { for known.iter().map(|&of| html! { <><dt>{ words::resource(of) }</dt><dd>{ words::amount(of, sizing.demand[of as usize]) }</dd></> }) }
                    if scenario.policy.cpu_measure == CpuMeasure::Clock {
                        <dt>{ "Processor time on hosts" }</dt><dd>{ words::host_amount(&scenario.policy, Resource::Cpu, sizing.host_cpu) }</dd>
                    }
                    { for sizing.fallbacks.iter().map(|(measure, count)| html! {
                        <><dt>{ format!("counted by {}", words::storage_measure(*measure).to_ascii_lowercase()) }</dt><dd>{ format::counted(*count, "machine", "machines") }</dd></>
                    }) }
                    if sizing.unmeasured > 0 { <dt>{ "kept their size, not measured" }</dt><dd>{ format::counted(sizing.unmeasured, "machine", "machines") }</dd> }
                </dl>
            </Card>) }
            { part!(<Card title="What places give" note="after policy: one host, or an existing cluster as a whole">
                <div class="scroll-x" tabindex="0" role="region" aria-label="What places give">
                    <table class="grid">
                        <thead><tr><th scope="col">{ "Footprint" }</th><th scope="col" class="num">{ "CPU" }</th><th scope="col" class="num">{ "Memory" }</th></tr></thead>
                        <tbody>{ for sizing.capacities.iter().map(|capacity| html! {
                            <tr key={capacity.footprint.0}>
                                <th scope="row">{ scenario.footprint(capacity.footprint).map_or("", |footprint| footprint.name.as_str()) }<span class="muted sub">{ &capacity.storage_policy }</span></th>
                                <td class="num">{ words::host_amount(&scenario.policy, Resource::Cpu, capacity.per_host[Resource::Cpu as usize]) }</td>
                                <td class="num">{ words::amount(Resource::Memory, capacity.per_host[Resource::Memory as usize]) }</td>
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
            </Card>) }
        </div>
    }
}
