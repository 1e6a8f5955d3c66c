//! What is wasted: machines that do next to nothing, and machines that would do with half.

use std::rc::Rc;

use yew::prelude::*;

use super::PictureProps;
use crate::engine::condition::{Spare, Waste, waste};
use crate::engine::model::MiB;
use crate::store::select::cluster_name;
use crate::store::{Work, format};
use crate::ui::hooks::use_version;
use crate::ui::part::part;
use crate::ui::shared::{Card, Column, EmptyState, Help, Kpi, KpiStrip, VirtualTable};

const HELP: &str = "Idle: uses at most 100 MHz, the limit that vRealize Operations comes with, and touches at most 10 % of its memory. Oversized: would do with half or less of its vCPU or memory, by what it uses with the headroom of right-sizing, 30 % where that is off, never less than one vCPU and a quarter of its memory. Sizes that you entered are not looked at.";

const IDLE: &str =
    "Machines that run, use at most 100 MHz and touch at most 10 % of their memory. Freed is all that they have.";
const OVERSIZED: &str = "Machines that are not idle and would do with half or less of their vCPU or memory. Freed is what they have beyond that.";

/// Why nobody should act on this alone.
const ONE_LOOK: &str = "An inventory is a single look, not a month of measurements: what rests today may be busy at the end of the quarter. Ask the owners before anything is taken away";

/// The machines that would free something.
#[component]
pub fn Wasted(props: &PictureProps) -> Html {
    let found = use_memo(props.project.clone(), |project| waste(&project.estate, project.scenario()));
    let unmeasured = format!(
        "{} measured, {} without a measurement, of which nothing can be said",
        format::counted(found.measured, "machine", "machines"),
        format::count(found.unmeasured)
    );
    part!(<Card title="Idle and oversized machines" note={unmeasured}>
        if found.measured == 0 {
            { part!(<EmptyState title="Nothing was measured" text="The inventory has no processor time and no memory in use. RVTools writes both into the tabs vCPU and vMemory." />) }
        } else {
            <p>{ ONE_LOOK }{ " " }{ part!(<Help text={HELP} />) }</p>
            { figures(&found) }
            if found.spares.is_empty() {
                <p class="muted">{ "No machine is idle or oversized" }</p>
            } else {
                { part!(<Spares project={props.project.clone()} found={found} />) }
            }
        }
    </Card>)
}

fn figures(found: &Waste) -> Html {
    let figure = |idle: bool, label: &'static str, help: &'static str| {
        let (machines, vcpus, memory) = found.freed(idle);
        let note = format!("would free {} vCPU and {}", format::count(vcpus), format::size(memory));
        part!(<Kpi {label} value={format::count(machines)} {note} {help} />)
    };
    part!(<KpiStrip label="Idle and oversized machines">
        { figure(true, "Idle", IDLE) }
        { figure(false, "Oversized", OVERSIZED) }
    </KpiStrip>)
}

/// Properties of [`Spares`].
#[derive(Properties)]
struct SparesProps {
    project: Work,
    found: Rc<Waste>,
}

impl PartialEq for SparesProps {
    fn eq(&self, other: &Self) -> bool {
        self.project == other.project
    }
}

/// The table, those first that would free the most.
#[component]
fn Spares(props: &SparesProps) -> Html {
    let version = use_version(props.project.clone());
    let columns = [
        ("Machine", false, 180),
        ("Cluster", false, 150),
        ("Why", false, 90),
        ("vCPU", true, 64),
        ("Enough vCPU", true, 110),
        ("Memory", true, 90),
        ("Enough memory", true, 110),
        ("vCPU freed", true, 90),
        ("Memory freed", true, 110),
    ];
    let columns: Vec<Column> = columns
        .into_iter()
        .map(|(title, numeric, width)| Column { title: title.into(), numeric, sortable: false, data: false, width })
        .collect();
    let found = props.found.clone();
    let row_key = {
        let found = found.clone();
        Callback::from(move |row: usize| {
            found.spares.get(row).map_or_else(AttrValue::default, |spare| spare.machine.0.to_string().into())
        })
    };
    let cell = {
        let (found, project) = (found.clone(), props.project.clone());
        Callback::from(move |(row, column): (usize, usize)| {
            found.spares.get(row).map_or_else(Html::default, |spare| view(&project, spare, column))
        })
    };
    part!(<VirtualTable label="Idle and oversized machines" {columns} rows={found.spares.len()} {row_key} {cell} {version} height_rows={10} />)
}

fn view(project: &Work, spare: &Spare, column: usize) -> Html {
    let machine = project.estate.machine(spare.machine);
    let data = |text: &str| html! { <span translate="no">{ text }</span> };
    match column {
        0 => data(machine.map_or("", |machine| &machine.name)),
        1 => data(machine.and_then(|machine| cluster_name(&project.estate, machine)).unwrap_or_default()),
        2 => html! { { if spare.is_idle { "idle" } else { "oversized" } } },
        3 => html! { { format::count(u64::from(spare.vcpus.0)) } },
        4 => html! { { enough(u64::from(spare.vcpus.1), spare.vcpus.0 == spare.vcpus.1, &format::count) } },
        5 => html! { { format::size(spare.memory.0) } },
        6 => html! { { enough(spare.memory.1.0, spare.memory.0 == spare.memory.1, &|size| format::size(MiB(size))) } },
        7 => html! { { format::count(u64::from(spare.freed_vcpus())) } },
        _ => html! { { format::size(spare.freed_memory()) } },
    }
}

/// What it would do with; a dash where that is what it has.
fn enough(amount: u64, is_same: bool, words: &dyn Fn(u64) -> String) -> String {
    if is_same { "–".to_owned() } else { words(amount) }
}
