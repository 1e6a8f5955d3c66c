//! What a host of a footprint gives beside processors and memory, where that is known.

use yew::prelude::*;

use crate::engine::model::{Footprint, Money};
use crate::store::{Action, Capture, Edit};
use crate::ui::hooks::use_services;
use crate::ui::part::part;
use crate::ui::shared::MoneyField;

/// Properties of [`HostLimits`].
#[derive(PartialEq, Properties)]
pub struct HostLimitsProps {
    /// The footprint.
    pub footprint: Footprint,
}

/// Operations per second and network of one host.
#[component]
pub fn HostLimits(props: &HostLimitsProps) -> Html {
    let store = use_services().store().clone();
    let field = |label: &'static str, help: &'static str, of: Option<u32>, set: fn(&mut Footprint, Option<u32>)| {
        let (store, footprint) = (store.clone(), props.footprint.clone());
        let on_change = Callback::from(move |amount: Option<Money>| {
            let mut footprint = footprint.clone();
            set(&mut footprint, amount.map(whole));
            store.dispatch(Action::Edit(Edit::Footprint(Box::new(footprint)), Capture::Record));
        });
        // The field of amounts is the one that may be empty: what is not known is not nothing.
        let value = of.map(|limit| Money::from_units(limit.into()));
        part!(<MoneyField {label} required=false placeholder="as in Rules" {value} {help} {on_change} />)
    };
    html! {
        <div class="field-row">
            { field("IOPS of one host", "What its disks or its share of an array sustain", props.footprint.policy.host_iops,
                |footprint, limit| footprint.policy.host_iops = limit) }
            { field("Mbit/s of one host", "For machines; what the catalogue prints, unless you know better", props.footprint.policy.host_network_mbps,
                |footprint, limit| footprint.policy.host_network_mbps = limit) }
        </div>
    }
}

/// More than any host has.
const MOST: i64 = 100_000_000;

/// A whole number of what is typed as an amount.
pub fn whole(amount: Money) -> u32 {
    amount.scale(1, 1_000_000).micros().clamp(0, MOST) as u32
}
