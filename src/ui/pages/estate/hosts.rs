//! The table of hosts.

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::model::{Host, Project};
use crate::engine::order::sorted;
use crate::store::select::in_order_of_names;
use crate::store::{Work, format};
use crate::ui::part::part;
use crate::ui::shared::{Card, Column, VirtualTable};

/// Properties of [`Hosts`].
#[derive(PartialEq, Properties)]
pub struct HostsProps {
    /// The project.
    pub project: Work,
}

/// The table of hosts; nothing where there are none.
#[component]
pub fn Hosts(props: &HostsProps) -> Html {
    let sort = use_state(|| (0_usize, false));
    let project = &props.project;
    let rows = use_memo((project.clone(), *sort), |(project, (column, descending))| {
        let hosts = &project.estate.hosts;
        let by_name = in_order_of_names(hosts.len(), &|at| &hosts[at].name);
        let order = sorted(hosts.len(), &|position_a, position_b| {
            let (a, b) = (&hosts[by_name[position_a]], &hosts[by_name[position_b]]);
            let order = match column {
                1 => cluster(project, a).cmp(cluster(project, b)),
                2 => a.cores.cmp(&b.cores),
                3 => a.speed.cmp(&b.speed),
                4 => a.memory.cmp(&b.memory),
                5 => a.hardware.cmp(&b.hardware),
                6 => a.esx_version.cmp(&b.esx_version),
                _ => position_a.cmp(&position_b),
            };
            if *descending { order.reverse() } else { order }
        });
        order.into_iter().map(|position| by_name[position]).collect::<Vec<usize>>()
    });
    if rows.is_empty() {
        return html! { <div></div> };
    }
    let row_key = {
        let (project, rows) = (project.clone(), Rc::clone(&rows));
        Callback::from(move |row: usize| {
            AttrValue::from(rows.get(row).map_or_else(String::new, |&host| project.estate.hosts[host].id.to_string()))
        })
    };
    let cell = {
        let (project, rows) = (project.clone(), Rc::clone(&rows));
        Callback::from(move |(row, column): (usize, usize)| {
            rows.get(row)
                .map_or_else(Html::default, |&host| html! { text(&project, &project.estate.hosts[host], column) })
        })
    };
    let on_sort = {
        let (current, sort) = (*sort, sort.setter());
        Callback::from(move |column: usize| sort.set((column, current.0 == column && !current.1)))
    };
    let count = rows.len() as u64;
    let version = Rc::as_ptr(&rows) as usize as u64;
    part!(<Card title="Hosts" note={format::counted(count, "host", "hosts")}>
            { part!(<VirtualTable label="Hosts" columns={columns()} rows={rows.len()} {row_key} {cell} {version} sort={Some(*sort)} {on_sort} height_rows={8} />) }
        </Card>)
}

fn cluster<'a>(project: &'a Project, host: &Host) -> &'a str {
    project.estate.cluster(host.cluster).map_or("–", |cluster| cluster.name.as_str())
}

fn columns() -> Vec<Column> {
    let column =
        |title: &'static str, numeric: bool, width: u32| Column { title: title.into(), numeric, sortable: true, width };
    vec![
        column("Name", false, 220),
        column("Cluster", false, 180),
        column("Cores", true, 80),
        column("Clock", true, 100),
        column("Memory", true, 110),
        column("Hardware", false, 240),
        column("ESXi", false, 220),
    ]
}

fn text(project: &Work, host: &Host, column: usize) -> String {
    match column {
        1 => cluster(project, host).to_owned(),
        2 => format::count(u64::from(host.cores)),
        3 => format!("{} GHz", format::decimal(host.speed.ghz(), 2)),
        4 => format::size(host.memory),
        5 => host.hardware.clone().unwrap_or_else(|| "–".to_owned()),
        6 => host.esx_version.clone().unwrap_or_else(|| "–".to_owned()),
        _ => host.name.clone(),
    }
}
