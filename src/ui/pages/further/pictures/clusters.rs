//! What is full: clusters with what is used and what must stay free.

use std::rc::Rc;

use yew::prelude::*;

use super::PictureProps;
use crate::chart::levels::{Group, LevelBar, Levels};
use crate::chart::picture;
use crate::engine::condition::{Fill, Level, fills};
use crate::engine::model::Policy;
use crate::engine::placement::Resource;
use crate::store::{Work, format, words};
use crate::ui::charts::Chart;
use crate::ui::part::part;
use crate::ui::shared::{Card, Help};

/// Clusters that are drawn; all others are in the table.
const MOST: usize = 8;

/// What is said of clusters that are over.
const TOO_MUCH: &str = "more than may be used, so that a failure would leave machines without a host";

const HELP: &str = "Used is what machines that are powered on ask for as the policy counts it, and what datastores say is in use. To stay free are the headroom of the policy, as many of the largest hosts as may fail, and the slack of vSAN. All there is are cores with the vCPU that the policy puts on each, memory of the hosts, and datastores. A shared datastore is divided by what the machines of each cluster take. Reservations of single machines are not in an inventory that is read here.";

/// Three bars for each cluster, the fullest first.
#[component]
pub fn Clusters(props: &PictureProps) -> Html {
    let of = use_memo(props.project.clone(), |project| chart(project, &fills(&project.estate, project.scenario())));
    if of.groups.is_empty() {
        return html! { <div></div> };
    }
    let sentence = of.summary.clone();
    let note = match of.more.len() {
        0 => "the fullest first".to_owned(),
        more => format!("the fullest {MOST}; {} in the table", format::counted(more as u64, "other", "others")),
    };
    part!(<Card title="How full clusters are" {note}>
        <p>{ sentence }{ " " }{ part!(<Help text={HELP} />) }</p>
        { part!(<Chart of={of as Rc<dyn picture::Chart>} />) }
    </Card>)
}

fn chart(project: &Work, fills: &[Fill]) -> Levels {
    let policy = &project.scenario().policy;
    let group = |fill: &Fill| Group {
        name: project.estate.cluster(fill.cluster).map(|cluster| cluster.name.clone()).unwrap_or_default(),
        bars: bars(fill, policy),
    };
    let groups: Vec<Group> = fills.iter().map(group).collect();
    let (shown, more) = groups.split_at(groups.len().min(MOST));
    Levels { summary: sentence(fills), groups: shown.to_vec(), more: more.to_vec(), things: "Cluster" }
}

fn sentence(fills: &[Fill]) -> String {
    let is_over = |fill: &&Fill| fill.levels().into_iter().flatten().any(|level| level.over() > 0);
    let over = fills.iter().filter(is_over).count() as u64;
    let all = format::counted(fills.len() as u64, "cluster", "clusters");
    match over {
        0 => format!("None of {all} uses what must stay free"),
        1 => format!("1 of {all} uses {TOO_MUCH}"),
        over => format!("{} of {all} use {TOO_MUCH}", format::count(over)),
    }
}

fn bars(fill: &Fill, policy: &Policy) -> Vec<LevelBar> {
    let measures = ["CPU", "Memory", "Storage"].into_iter().zip([Resource::Cpu, Resource::Memory, Resource::Storage]);
    let bars = measures.zip(fill.levels()).filter_map(|((measure, resource), level)| {
        let level: Level = level?;
        let percent = |part: u64| level.share(part) as f64 / 10_000.0;
        let amounts = [level.used, level.reserved, level.free(), level.capacity];
        let amounts = amounts.map(|amount| words::host_amount(policy, resource, amount));
        Some(LevelBar { measure, used: percent(level.used), reserved: percent(level.reserved), amounts })
    });
    bars.collect()
}
