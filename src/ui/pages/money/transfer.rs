//! The way that the data of machines takes which move.

use std::rc::Rc;

use yew::prelude::*;

use super::Change;
use crate::engine::model::{Cluster, ClusterId, Finance, Leaving, LeavingCharge, Money, RegionId, Transfer};
use crate::engine::schema::limits;
use crate::ui::part::part;
use crate::ui::shared::{MoneyField, NumberField, TextField};

/// The fields.
pub fn view(finance: &Finance, clusters: &[Cluster], sign: &str, change: &Change) -> Html {
    let transfer = finance.transfer.clone().unwrap_or_default();
    let number = |label: &'static str,
                  unit: &'static str,
                  help: &'static str,
                  value: u32,
                  (min, max): (u32, u32),
                  set: fn(&mut Transfer, u32)| {
        let change = Rc::clone(change);
        let on_change = Callback::from(move |value: f64| {
            change(label, &|finance| edit(finance, |transfer| set(transfer, value as u32)));
        });
        part!(<NumberField {label} {unit} {help} value={f64::from(value)} min={f64::from(min)} max={f64::from(max)} {on_change} />)
    };
    let on_month = {
        let change = Rc::clone(change);
        Callback::from(move |value: Option<Money>| {
            change("link_month", &|finance| {
                edit(finance, |transfer| transfer.link_month = value.unwrap_or(Money::ZERO));
            });
        })
    };
    let most = *limits::MBPS.end();
    html! {
        <>
            <h3>{ "Moving data" }</h3>
            <p class="muted">{ "Data of machines that move is in the ledger by place. The link is paid for the whole months that all of it takes. What leaves your own sites costs nothing; where a cluster of today is in a cloud, say what leaving costs, or which region it is in." }</p>
            <div class="fields">
                { number("Link to move data over", "Mbit/s", "0: not known, and listed as not priced", transfer.link_mbps, (0, most), |transfer, value| transfer.link_mbps = value) }
                { number("Share of the link for data", "%", "80: an assumption of ours", transfer.link_use_pct, (1, 100), |transfer, value| transfer.link_use_pct = value) }
                { part!(<MoneyField label="Price of the link" unit={format!("{sign} a month")} value={Some(transfer.link_month)} help="0 where it is there anyway" on_change={on_month} />) }
            </div>
            <div class="fields">{ for clusters.iter().map(|cluster| leaving(cluster, &transfer, sign, change)) }</div>
        </>
    }
}

/// What data costs that leaves a cluster: a price, or a region whose tiers count.
fn leaving(cluster: &Cluster, transfer: &Transfer, sign: &str, change: &Change) -> Html {
    let (id, name) = (cluster.id, &cluster.name);
    let charge = transfer.leaving.iter().find(|leaving| leaving.cluster == id).map(|leaving| leaving.charge.clone());
    let (price, region) = match charge {
        Some(LeavingCharge::PerGib(price)) => (Some(price), String::new()),
        Some(LeavingCharge::Region(region)) => (None, region.to_string()),
        None => (None, String::new()),
    };
    let on_price = {
        let change = Rc::clone(change);
        Callback::from(move |value: Option<Money>| {
            change("leaving", &|finance| set_leaving(finance, id, value.map(LeavingCharge::PerGib)));
        })
    };
    let on_region = {
        let change = Rc::clone(change);
        Callback::from(move |text: String| {
            let region = Some(text.trim()).filter(|text| !text.is_empty()).map(RegionId::from);
            change("leaving", &|finance| set_leaving(finance, id, region.clone().map(LeavingCharge::Region)));
        })
    };
    html! {
        <>
            { part!(key = format!("{name} price"), <MoneyField label={format!("Data that leaves {name}")} unit={format!("{sign} a GiB")} value={price} required=false placeholder="nothing" on_change={on_price} />) }
            { part!(key = format!("{name} region"), <TextField label={format!("{name} is in the region")} value={region} placeholder="your own site" help="Such as aws/eu-central-1: then its tiers count" on_change={on_region} />) }
        </>
    }
}

/// Changes what is known; where it is as it comes, nothing of it is kept.
fn edit(finance: &mut Finance, change: impl FnOnce(&mut Transfer)) {
    let mut transfer = finance.transfer.take().unwrap_or_default();
    change(&mut transfer);
    finance.transfer = Some(transfer).filter(|transfer| *transfer != Transfer::default());
}

fn set_leaving(finance: &mut Finance, cluster: ClusterId, charge: Option<LeavingCharge>) {
    edit(finance, |transfer| {
        transfer.leaving.retain(|leaving| leaving.cluster != cluster);
        if let Some(charge) = charge {
            let at = transfer.leaving.partition_point(|leaving| leaving.cluster < cluster);
            transfer.leaving.insert(at, Leaving { cluster, charge });
        }
    });
}
