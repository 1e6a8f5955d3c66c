//! The sizing policy as a form; every change replans at once.

use std::ops::RangeInclusive;
use std::rc::Rc;

use yew::prelude::*;

use super::presets::Presets;
use crate::engine::model::{Policy, RightSizing, StorageMeasure, StoragePolicyChoice};
use crate::engine::schema::limits;
use crate::store::{Action, Capture, Edit, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, NumberField, Segmented, SelectField, SliderField};

const MEASURES: [StorageMeasure; 4] = [
    StorageMeasure::InUse,
    StorageMeasure::Provisioned,
    StorageMeasure::DiskCapacity,
    StorageMeasure::PartitionConsumed,
];
const POLICIES: [StoragePolicyChoice; 6] = [
    StoragePolicyChoice::Auto,
    StoragePolicyChoice::Raid1Ftt1,
    StoragePolicyChoice::Raid5Ftt1,
    StoragePolicyChoice::Raid1Ftt2,
    StoragePolicyChoice::Raid6Ftt2,
    StoragePolicyChoice::Raid1Ftt3,
];

/// A change of one field of the policy.
type Set = fn(&mut Policy, u32);

/// The sizing policy.
#[component]
pub fn PolicyCards() -> Html {
    let store = use_services().store().clone();
    let policy = use_selector(|state| Rc::new(state.scenario().policy.clone()));
    let change = {
        let store = store.clone();
        Rc::new(move |key: &'static str, change: &dyn Fn(&mut Policy)| {
            let mut policy = store.state().scenario().policy.clone();
            change(&mut policy);
            store.dispatch(Action::Edit(Edit::Policy(policy), Capture::Coalesce(key.to_owned())));
        })
    };
    // A ratio or share in per cent, shown and entered in `scale`-ths.
    let slider = |label: &'static str,
                  key: &'static str,
                  value: u32,
                  range: (f64, f64, f64),
                  scale: f64,
                  unit: &'static str,
                  help: &'static str,
                  set: Set| {
        let change = Rc::clone(&change);
        let on_change =
            Callback::from(move |value: f64| change(key, &|policy| set(policy, (value * scale).round() as u32)));
        let decimals = usize::from(range.2 < 1.0) + usize::from(range.2 < 0.1);
        part!(<SliderField {label} value={f64::from(value) / scale} min={range.0} max={range.1} step={range.2} {decimals} {unit} {help}
                on_change={on_change.clone()} on_preview={on_change} />)
    };
    let number = |label: &'static str,
                  key: &'static str,
                  value: u32,
                  range: &RangeInclusive<u32>,
                  unit: &'static str,
                  help: &'static str,
                  set: Set| {
        let change = Rc::clone(&change);
        let on_change = Callback::from(move |value: f64| change(key, &|policy| set(policy, value as u32)));
        part!(<NumberField {label} {unit} {help} value={f64::from(value)} max={f64::from(*range.end())} {on_change} />)
    };
    let measured = matches!(policy.right_sizing, RightSizing::Measured { .. });
    let on_sizing = {
        let change = Rc::clone(&change);
        Callback::from(move |choice: usize| {
            let sizing = if choice == 1 {
                RightSizing::Measured { cpu_headroom_pct: 30, memory_headroom_pct: 30 }
            } else {
                RightSizing::AsProvisioned
            };
            change("right_sizing", &|policy| policy.right_sizing = sizing);
        })
    };
    let on_measure = {
        let change = Rc::clone(&change);
        Callback::from(move |choice: usize| change("measure", &|policy| policy.storage_measure = MEASURES[choice]))
    };
    let on_policy = {
        let change = Rc::clone(&change);
        Callback::from(move |choice: usize| change("policy", &|policy| policy.storage_policy = POLICIES[choice]))
    };
    let on_failures = {
        let change = Rc::clone(&change);
        Callback::from(move |value: f64| change("failures", &|policy| policy.host_failures = value as u32))
    };
    let measure = MEASURES.iter().position(|&measure| measure == policy.storage_measure).unwrap_or(0);
    let storage_policy = POLICIES.iter().position(|&choice| choice == policy.storage_policy).unwrap_or(0);
    let headrooms = match policy.right_sizing {
        RightSizing::Measured { cpu_headroom_pct, memory_headroom_pct } => {
            Some((cpu_headroom_pct, memory_headroom_pct))
        }
        RightSizing::AsProvisioned => None,
    };
    html! {
        <>
            { part!(<Presets />) }
            { part!(<Card title="Machines" note="what each one asks for">
                <div class="fields">
                    <div class="field field-wide">
                        <span class="field-label">{ "Size" }</span>
                        { part!(<Segmented label="Size" options={vec!["As configured", "By measured use"]} selected={usize::from(measured)} on_select={on_sizing} />) }
                        <p class="field-hint">{ "Measured use is what the inventory saw at one moment; machines without it keep their size" }</p>
                    </div>
                    { part!(<SelectField label="Storage that counts" options={MEASURES.map(|measure| AttrValue::from(words::storage_measure(measure))).to_vec()}
                        selected={measure} on_select={on_measure} help="The measures of an inventory differ widely; the Estate page shows all of them" />) }
                    { number("Operations of each TiB", "iops_per_tib", policy.iops_per_tib, &limits::IOPS_PER_TIB, "IOPS",
                        "Asked of the disks of machines whose operations are not known; decides between kinds of disks of instances. 0: none", |policy, value| policy.iops_per_tib = value) }
                    { number("Throughput of each TiB", "mibps_per_tib", policy.mibps_per_tib, &limits::MIBPS_PER_TIB, "MiB/s",
                        "Asked of the disks of all machines, since no inventory holds it. 0: none", |policy, value| policy.mibps_per_tib = value) }
                    if let Some((cpu, memory)) = headrooms {
                        { slider("Added to CPU used", "cpu_use", cpu, (0.0, 200.0, 5.0), 1.0, "%", "For peaks that one look at the estate missed", set_cpu_use) }
                        { slider("Added to memory touched", "memory_use", memory, (0.0, 200.0, 5.0), 1.0, "%", "For caches and peaks", set_memory_use) }
                    }
                </div>
            </Card>) }
            { part!(<Card title="Hosts" note="what each one gives">
                <div class="fields">
                    { slider("vCPU for each core", "vcpu", policy.vcpu_per_core_pct, (1.0, 10.0, 0.1), 100.0, "",
                        "4 is the default of Azure Migrate and of the VMware Cloud sizer", |policy, value| policy.vcpu_per_core_pct = value) }
                    { slider("Memory overcommit", "memory", policy.memory_overcommit_pct, (0.5, 2.0, 0.05), 100.0, "",
                        "1 promises only memory that is there", |policy, value| policy.memory_overcommit_pct = value) }
                    { slider("CPU kept free", "cpu_headroom", policy.cpu_headroom_pct, (0.0, 60.0, 1.0), 1.0, "%",
                        "15 % is the default of the VMware Cloud sizer", |policy, value| policy.cpu_headroom_pct = value) }
                    { slider("Memory kept free", "memory_headroom", policy.memory_headroom_pct, (0.0, 60.0, 1.0), 1.0, "%",
                        "For the hypervisor and for peaks", |policy, value| policy.memory_headroom_pct = value) }
                    { part!(<NumberField label="Host failures to survive" value={f64::from(policy.host_failures)} min={0.0} max={4.0}
                        help="Every cluster must take all its machines when so many hosts fail; checked with the machines themselves" on_change={on_failures} />) }
                </div>
            </Card>) }
            { part!(<Card title="Storage on vSAN" note="where hosts bring the disks">
                <div class="fields">
                    { part!(<SelectField label="Protection" options={POLICIES.map(|choice| AttrValue::from(words::storage_policy(choice))).to_vec()}
                        selected={storage_policy} on_select={on_policy} help="The space a policy takes depends on the number of hosts, so it is worked out with them" />) }
                    { slider("Space kept free", "slack", policy.slack_pct, (0.0, 50.0, 1.0), 1.0, "%",
                        "25 % is what Azure asks for, 20 % what VMware Cloud on AWS asks for", |policy, value| policy.slack_pct = value) }
                    { slider("Deduplication and compression", "dedup", policy.dedup_pct, (1.0, 4.0, 0.05), 100.0, "×",
                        "1 claims no saving; vendors reckon with 1.5 to 1.9", |policy, value| policy.dedup_pct = value) }
                </div>
            </Card>) }
        </>
    }
}

fn set_cpu_use(policy: &mut Policy, value: u32) {
    if let RightSizing::Measured { cpu_headroom_pct, .. } = &mut policy.right_sizing {
        *cpu_headroom_pct = value;
    }
}

fn set_memory_use(policy: &mut Policy, value: u32) {
    if let RightSizing::Measured { memory_headroom_pct, .. } = &mut policy.right_sizing {
        *memory_headroom_pct = value;
    }
}
