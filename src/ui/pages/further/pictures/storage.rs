//! How much storage that is, by each measure that an inventory has of it.

use std::rc::Rc;

use yew::prelude::*;

use super::PictureProps;
use crate::chart::marked_bars::{Mark, MarkedBar, MarkedBars};
use crate::chart::picture;
use crate::engine::model::{MachineEdit, MiB, StorageMeasure};
use crate::store::select::storage_by;
use crate::store::{Work, format};
use crate::ui::charts::Chart;
use crate::ui::part::part;
use crate::ui::shared::{Card, Help};

const HELP: &str = "Provisioned is what machines were promised, swap and snapshots included. Disk sizes are the sum of virtual disks. In use is what they take on the datastores. Used in guests is what file systems hold. A machine without the measure that the plan counts falls back to the next one that it has, so that the plan may count a little more than the bar shows.";

/// The measures, the largest first as they usually stand, with their names.
const MEASURES: [(StorageMeasure, &str); 4] = [
    (StorageMeasure::Provisioned, "Provisioned"),
    (StorageMeasure::DiskCapacity, "By disk sizes"),
    (StorageMeasure::InUse, "In use"),
    (StorageMeasure::PartitionConsumed, "Used in guests"),
];

/// Sums of storage over the planned machines.
#[component]
pub fn ByMeasure(props: &PictureProps) -> Html {
    let of = use_memo(props.project.clone(), chart);
    if of.bars.iter().all(|bar| bar.value <= 0.0) {
        return html! { <div></div> };
    }
    let sentence = of.summary.clone();
    part!(<Card title="Storage by measure" note="of the machines that are planned">
        <p>{ sentence }{ " " }{ part!(<Help text={HELP} />) }</p>
        { part!(<Chart of={of as Rc<dyn picture::Chart>} />) }
    </Card>)
}

fn chart(project: &Work) -> MarkedBars {
    let wanted = project.scenario().policy.storage_measure;
    let sums = MEASURES.map(|(measure, name)| (measure, name, sum(project, measure)));
    let known = || sums.iter().map(|(_, _, (size, _))| size.tib()).filter(|tib| *tib > 0.0);
    let (least, most) = (known().fold(f64::MAX, f64::min), known().fold(0.0, f64::max));
    let summary = if known().count() > 1 {
        let times = format::decimal(most / least, 1);
        format!(
            "The largest measure is {times} times the smallest; which of them counts decides how much storage a plan buys"
        )
    } else {
        "The inventory has one measure of storage".to_owned()
    };
    let bar = |(measure, name, (size, without)): (StorageMeasure, &str, (MiB, u64))| {
        let is_wanted = measure == wanted;
        let mut notes = Vec::new();
        if is_wanted {
            notes.push("The plan counts this one".to_owned());
        }
        if without > 0 {
            notes.push(format!("not known for {}", format::counted(without, "machine", "machines")));
        }
        let mark = if is_wanted { Mark::Chosen } else { Mark::Open };
        let words = format::size(size);
        MarkedBar { name: name.to_owned(), value: size.tib(), words, mark, note: notes.join("; ") }
    };
    MarkedBars {
        summary,
        bars: sums.map(bar).to_vec(),
        more: Vec::new(),
        heads: ["Measure", "Storage", "Remark"],
        format: Box::new(|value| format!("{} TiB", format::decimal(value, usize::from(value < 10.0 && value > 0.0)))),
    }
}

/// The sum by a measure, and the machines that do not have it.
fn sum(project: &Work, measure: StorageMeasure) -> (MiB, u64) {
    let scenario = project.scenario();
    let planned = project
        .estate
        .machines
        .iter()
        .filter(|machine| MachineEdit::plans(scenario.edits.get(&machine.id), machine, scenario.policy.scope));
    planned.fold((MiB::ZERO, 0), |(sum, without), machine| match storage_by(machine, measure) {
        Some(size) => (sum + size, without),
        None => (sum, without + 1),
    })
}
