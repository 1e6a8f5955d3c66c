//! Totals mode: an estate typed in as sums or as a few sizes, without any file.

use yew::prelude::*;

use crate::engine::import::{HostClass, SizeClass, TypedTotals};
use crate::engine::model::{MHz, MiB, OsFamily};
use crate::protocol::TypedMachines;
use crate::store::words;
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::ui::shared::{Dialog, Icon, IconName, NumberField, Segmented, SelectField, TextField};

const FAMILIES: [OsFamily; 5] =
    [OsFamily::WindowsServer, OsFamily::Linux, OsFamily::Rhel, OsFamily::Sles, OsFamily::Other];

/// Properties of [`ClassesDialog`].
#[derive(PartialEq, Properties)]
pub struct ClassesDialogProps {
    /// Closes the dialog.
    pub on_close: Callback<()>,
}

/// What has been typed so far.
#[derive(Clone, PartialEq)]
struct Typed {
    name: String,
    by_totals: bool,
    totals: TypedTotals,
    classes: Vec<SizeClass>,
    hosts: HostClass,
}

impl Default for Typed {
    fn default() -> Self {
        let class = |name: &str, count, vcpus, gib, storage| SizeClass {
            name: name.to_owned(),
            count,
            vcpus,
            memory: MiB::from_gib(gib),
            storage: MiB::from_gib(storage),
            os_family: OsFamily::WindowsServer,
        };
        Self {
            name: "Typed estate".to_owned(),
            by_totals: true,
            totals: TypedTotals {
                machines: 200,
                vcpus: 700,
                memory: MiB::from_gib(2400),
                storage: MiB::from_gib(40_960),
                os_family: OsFamily::WindowsServer,
            },
            classes: vec![
                class("small", 120, 2, 8, 100),
                class("medium", 60, 4, 16, 250),
                class("large", 20, 8, 64, 800),
            ],
            hosts: HostClass {
                name: "host".to_owned(),
                count: 8,
                sockets: 2,
                cores: 32,
                speed: MHz(2600),
                memory: MiB::from_gib(512),
            },
        }
    }
}

/// The dialog.
#[component]
pub fn ClassesDialog(props: &ClassesDialogProps) -> Html {
    let services = use_services();
    let typed = use_state(Typed::default);
    let change = {
        let typed = typed.clone();
        Callback::from(move |change: Box<dyn FnOnce(&mut Typed)>| {
            let mut next = (*typed).clone();
            change(&mut next);
            typed.set(next);
        })
    };
    let number = |set: fn(&mut Typed, f64)| {
        change.reform(move |value: f64| {
            Box::new(move |typed: &mut Typed| set(typed, value)) as Box<dyn FnOnce(&mut Typed)>
        })
    };
    let on_name = change
        .reform(|text: String| Box::new(move |typed: &mut Typed| typed.name = text) as Box<dyn FnOnce(&mut Typed)>);
    let on_mode = change.reform(|choice: usize| {
        Box::new(move |typed: &mut Typed| typed.by_totals = choice == 0) as Box<dyn FnOnce(&mut Typed)>
    });
    let on_family = change.reform(|choice: usize| {
        Box::new(move |typed: &mut Typed| typed.totals.os_family = FAMILIES[choice]) as Box<dyn FnOnce(&mut Typed)>
    });
    let on_use = {
        let (typed, on_close) = ((*typed).clone(), props.on_close.clone());
        Callback::from(move |_event: MouseEvent| {
            let machines = if typed.by_totals {
                TypedMachines::Totals(typed.totals.clone())
            } else {
                TypedMachines::Classes(typed.classes.clone())
            };
            services.use_typed(typed.name.clone(), machines, vec![typed.hosts.clone()]);
            on_close.emit(());
        })
    };
    let machines: u64 = if typed.by_totals {
        u64::from(typed.totals.machines)
    } else {
        typed.classes.iter().map(|class| u64::from(class.count)).sum()
    };
    let actions = html! {
        <>
            <button type="button" class="btn" onclick={props.on_close.reform(|_event: MouseEvent| ())}>{ "Cancel" }</button>
            <button type="button" class="btn btn-primary" disabled={machines == 0} onclick={on_use}>{ "Use this estate" }</button>
        </>
    };
    let (totals, hosts) = (&typed.totals, &typed.hosts);
    part!(<Dialog title="Type in an estate" on_close={props.on_close.clone()} {actions} wide=true>
            <div class="fields">
                { part!(<TextField label="Name" value={typed.name.clone()} on_change={on_name} max_length={60} />) }
                <div class="field">
                    <span class="field-label">{ "Machines" }</span>
                    { part!(<Segmented label="Machines" options={vec!["By totals", "By size classes"]} selected={usize::from(!typed.by_totals)} on_select={on_mode} />) }
                </div>
            </div>
            if typed.by_totals {
                <div class="fields">
                    { part!(<NumberField label="Machines" value={f64::from(totals.machines)} min={1.0} max={100_000.0} on_change={number(|typed, value| typed.totals.machines = value as u32)} />) }
                    { part!(<NumberField label="vCPU of all" value={f64::from(totals.vcpus)} min={1.0} max={10_000_000.0} on_change={number(|typed, value| typed.totals.vcpus = value as u32)} />) }
                    { part!(<NumberField label="Memory of all" unit="GiB" value={totals.memory.gib()} min={1.0} max={100_000_000.0} on_change={number(|typed, value| typed.totals.memory = gib(value))} />) }
                    { part!(<NumberField label="Storage of all" unit="GiB" value={totals.storage.gib()} max={1e9} on_change={number(|typed, value| typed.totals.storage = gib(value))} />) }
                    { part!(<SelectField label="Guest system" options={families()} selected={family(totals.os_family)} on_select={on_family} />) }
                </div>
            } else {
                { part!(<Classes classes={typed.classes.clone()} on_change={change.reform(|classes: Vec<SizeClass>| Box::new(move |typed: &mut Typed| typed.classes = classes) as Box<dyn FnOnce(&mut Typed)>)} />) }
            }
            <h3>{ "Hosts they run on" }</h3>
            <div class="fields">
                { part!(<NumberField label="Hosts" value={f64::from(hosts.count)} max={10_000.0} on_change={number(|typed, value| typed.hosts.count = value as u32)} help="0 where there are none" />) }
                { part!(<NumberField label="Processors of each" value={f64::from(hosts.sockets)} min={1.0} max={8.0} on_change={number(|typed, value| typed.hosts.sockets = value as u32)} />) }
                { part!(<NumberField label="Cores of each" value={f64::from(hosts.cores)} min={1.0} max={1024.0} on_change={number(|typed, value| typed.hosts.cores = value as u32)} />) }
                { part!(<NumberField label="Clock" unit="GHz" decimals={2} value={hosts.speed.ghz()} min={0.5} max={8.0} on_change={number(|typed, value| typed.hosts.speed = MHz((value * 1000.0).round() as u64))} />) }
                { part!(<NumberField label="Memory of each" unit="GiB" value={hosts.memory.gib()} min={1.0} max={65_536.0} on_change={number(|typed, value| typed.hosts.memory = gib(value))} />) }
            </div>
        </Dialog>)
}

fn gib(value: f64) -> MiB {
    MiB((value * 1024.0).round() as u64)
}

fn families() -> Vec<AttrValue> {
    FAMILIES.map(|family| AttrValue::from(words::os_family(family))).to_vec()
}

fn family(family: OsFamily) -> usize {
    FAMILIES.iter().position(|&other| other == family).unwrap_or(0)
}

/// Properties of [`Classes`].
#[derive(PartialEq, Properties)]
struct ClassesProps {
    classes: Vec<SizeClass>,
    on_change: Callback<Vec<SizeClass>>,
}

/// The rows of size classes.
#[component]
fn Classes(props: &ClassesProps) -> Html {
    let with = |index: usize, set: fn(&mut SizeClass, f64)| {
        let (classes, on_change) = (props.classes.clone(), props.on_change.clone());
        Callback::from(move |value: f64| {
            let mut classes = classes.clone();
            set(&mut classes[index], value);
            on_change.emit(classes);
        })
    };
    let add = {
        let (classes, on_change) = (props.classes.clone(), props.on_change.clone());
        Callback::from(move |_event: MouseEvent| {
            let mut classes = classes.clone();
            let name = format!("class-{}", classes.len() + 1);
            classes.push(SizeClass {
                name,
                count: 10,
                vcpus: 4,
                memory: MiB::from_gib(16),
                storage: MiB::from_gib(200),
                os_family: OsFamily::Linux,
            });
            on_change.emit(classes);
        })
    };
    html! {
        <>
            { for props.classes.iter().enumerate().map(|(index, class)| {
                let (classes, on_change) = (props.classes.clone(), props.on_change.clone());
                let rename = {
                    let (classes, on_change) = (classes.clone(), on_change.clone());
                    Callback::from(move |name: String| {
                        let mut classes = classes.clone();
                        classes[index].name = name;
                        on_change.emit(classes);
                    })
                };
                let choose = {
                    let (classes, on_change) = (classes.clone(), on_change.clone());
                    Callback::from(move |choice: usize| {
                        let mut classes = classes.clone();
                        classes[index].os_family = FAMILIES[choice];
                        on_change.emit(classes);
                    })
                };
                let remove = Callback::from(move |_event: MouseEvent| {
                    let mut classes = classes.clone();
                    classes.remove(index);
                    on_change.emit(classes);
                });
                html! {
                    <div class="fields class-row" key={index}>
                        { part!(<TextField label="Class" value={class.name.clone()} on_change={rename} max_length={40} />) }
                        { part!(<NumberField label="Machines" value={f64::from(class.count)} max={100_000.0} on_change={with(index, |class, value| class.count = value as u32)} />) }
                        { part!(<NumberField label="vCPU" value={f64::from(class.vcpus)} min={1.0} max={960.0} on_change={with(index, |class, value| class.vcpus = value as u32)} />) }
                        { part!(<NumberField label="Memory" unit="GiB" value={class.memory.gib()} max={65_536.0} on_change={with(index, |class, value| class.memory = gib(value))} />) }
                        { part!(<NumberField label="Storage" unit="GiB" value={class.storage.gib()} max={1_048_576.0} on_change={with(index, |class, value| class.storage = gib(value))} />) }
                        { part!(<SelectField label="Guest system" options={families()} selected={family(class.os_family)} on_select={choose} />) }
                        <button type="button" class="icon-btn" title="Remove" aria-label={format!("Remove {}", class.name)} onclick={remove}>{ part!(<Icon name={IconName::Trash} />) }</button>
                    </div>
                }
            }) }
            <button type="button" class="btn" onclick={add}>{ part!(<Icon name={IconName::Plus} />) }{ "Add a size class" }</button>
        </>
    }
}
