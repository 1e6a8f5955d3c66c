//! What the money for more hosts is made of: cluster by cluster, hosts times what one costs, and where that price comes from.

use yew::prelude::*;

use super::{spent, worded};
use crate::engine::model::{Currency, Money};
use crate::store::format;
use crate::store::timeline::HostMoney;
use crate::ui::shared::Dialog;

use crate::ui::part::part;

/// Hosts that are added to a cluster.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// The cluster.
    pub name: String,
    /// How many are bought or rented.
    pub hosts: u32,
    /// What one costs.
    pub each: Option<HostMoney>,
}

/// Properties of [`Lines`].
#[derive(PartialEq, Properties)]
pub struct LinesProps {
    /// A line for each cluster that needs more.
    pub lines: Vec<Line>,
    /// What they come to: once, and each month at the end.
    pub total: (Money, Money),
    /// The currency of the totals.
    pub currency: Currency,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// The lines over the page, and their sum.
#[component]
pub fn Lines(props: &LinesProps) -> Html {
    let currency = props.currency;
    let hosts: u32 = props.lines.iter().map(|line| line.hosts).sum();
    let actions = html! { <a class="btn" href="#/cost">{ "Go to Cost" }</a> };
    part!(<Dialog title="Money for more hosts" wide=true on_close={props.on_close.clone()} {actions}>
        <div class="scroll-x" tabindex="0" role="region" aria-label="Money for more hosts">
            <table class="grid">
                <thead><tr><th scope="col">{ "Cluster" }</th><th scope="col" class="num">{ "Hosts" }</th><th scope="col" class="num">{ "Each" }</th><th scope="col" class="num">{ "In all" }</th></tr></thead>
                <tbody>{ for props.lines.iter().enumerate().map(|(index, line)| view(index, line, currency)) }</tbody>
                <tfoot><tr><th scope="row">{ "Total" }</th><td class="num">{ format::count(u64::from(hosts)) }</td><td></td><td class="num">{ spent(props.total, currency) }</td></tr></tfoot>
            </table>
        </div>
    </Dialog>)
}

fn view(index: usize, line: &Line, currency: Currency) -> Html {
    let amount = |hosts: u32| line.each.map_or_else(|| "–".to_owned(), |each| worded(each, hosts, currency));
    let source = match line.each {
        Some(HostMoney::Once(_)) => "A server with its cores and its memory at the prices that Cost assumes",
        Some(HostMoney::Monthly(_)) => "What a host of this place costs on average in the lines of Cost",
        None => "No price is known, so it is in no total",
    };
    html! {
        <tr key={index}>
            <th scope="row">{ &line.name }<span class="muted sub">{ source }</span></th>
            <td class="num">{ format::count(u64::from(line.hosts)) }</td>
            <td class="num">{ amount(1) }</td>
            <td class="num">{ amount(line.hosts) }</td>
        </tr>
    }
}
