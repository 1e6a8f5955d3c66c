//! What hosts are counted in beside vCPU and memory: processor time, operations per second, network.

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::model::{CpuMeasure, Policy};
use crate::store::{Action, Capture, Edit, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, NumberField, Segmented};

const MEASURES: [CpuMeasure; 2] = [CpuMeasure::Vcpus, CpuMeasure::Clock];

/// The card.
#[component]
pub fn Measures() -> Html {
    let store = use_services().store().clone();
    let policy = use_selector(|state| Rc::new(state.scenario().policy.clone()));
    let change = move |key: &'static str, edit: fn(&mut Policy, f64)| {
        let store = store.clone();
        Callback::from(move |value: f64| {
            let mut policy = store.state().scenario().policy.clone();
            edit(&mut policy, value);
            store.dispatch(Action::Edit(Edit::Policy(policy), Capture::Coalesce(key.to_owned())));
        })
    };
    let selected = MEASURES.iter().position(|&measure| measure == policy.cpu_measure).unwrap_or(0);
    let on_measure = change("cpu_measure", |policy, choice| policy.cpu_measure = MEASURES[choice as usize])
        .reform(|at: usize| at as f64);
    let number = |label: &'static str, unit: &'static str, help: &'static str, value: u32, key, edit| part!(<NumberField {label} {unit} {help} value={f64::from(value)} max={1e8} on_change={change(key, edit)} />);
    part!(<Card title="Processor time, operations, network" note="where they are known">
            <div class="fields">
                <div class="field field-wide">
                    <span class="field-label">{ "CPU of hosts" }</span>
                    { part!(<Segmented label="CPU of hosts" options={MEASURES.map(words::cpu_measure).to_vec()} {selected} on_select={on_measure} />) }
                    <p class="field-hint">{ "Processor time: the GHz that machines use against cores × clock of the hosts, without overcommit. Machines without a measurement ask for what their vCPU stand for" }</p>
                </div>
                { number("IOPS of a machine that is not measured", "IOPS", "Counts on hosts with a limit, and in the disks of instances", policy.iops_per_machine,
                    "iops_per_machine", |policy, value| policy.iops_per_machine = value as u32) }
                { number("Network of a machine", "Mbit/s", "An assumption of yours: inventories hold the speed of adapters, not what is sent", policy.network_mbps_per_machine,
                    "network_per_machine", |policy, value| policy.network_mbps_per_machine = value as u32) }
                { number("IOPS of a host", "IOPS", "0: not limited. A footprint can have a limit of its own", policy.host_iops.unwrap_or(0),
                    "host_iops", |policy, value| policy.host_iops = some(value)) }
                { number("Network of a host", "Mbit/s", "0: what the catalogue prints of its type. A footprint can have a limit of its own", policy.host_network_mbps.unwrap_or(0),
                    "host_network", |policy, value| policy.host_network_mbps = some(value)) }
            </div>
        </Card>)
}

/// A limit; 0 stands for none, because a limit of nothing would close every place.
fn some(limit: f64) -> Option<u32> {
    Some(limit as u32).filter(|&limit| limit > 0)
}
