//! What money depends on besides prices; every figure can be changed.

use std::rc::Rc;

use yew::prelude::*;

use crate::engine::model::{Assumptions, Money};
use crate::store::{Action, Capture, Edit, format};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, MoneyField, NumberField};

/// One number of the assumptions: what it is called, what it means, and how it is read and written.
struct Number {
    key: &'static str,
    label: &'static str,
    unit: &'static str,
    help: &'static str,
    range: (f64, f64),
    scale: f64,
    get: fn(&mut Assumptions) -> &mut u32,
}

/// One amount of the assumptions.
struct Amount {
    key: &'static str,
    label: &'static str,
    per: &'static str,
    help: &'static str,
    get: fn(&mut Assumptions) -> &mut Money,
}

const HORIZON: Number = Number {
    key: "horizon",
    label: "Compare over",
    unit: "months",
    help: "From one to seven years",
    range: (12.0, 84.0),
    scale: 1.0,
    get: |a| &mut a.horizon_months,
};

const GENERAL: [Amount; 3] = [
    Amount {
        key: "relocate",
        label: "Relocate one machine",
        per: "once",
        help: "Work to move a machine to another VMware place, with its tests",
        get: |a| &mut a.relocate_per_machine,
    },
    Amount {
        key: "convert",
        label: "Convert one machine",
        per: "once",
        help: "Work to turn a machine into an instance, with its tests",
        get: |a| &mut a.convert_per_machine,
    },
    Amount {
        key: "vmware",
        label: "VMware subscription",
        per: "a core and year",
        help: "Where a place does not include it; at least 16 cores a processor are paid",
        get: |a| &mut a.vmware_per_core_year,
    },
];

const SITE_AMOUNTS: [Amount; 7] = [
    Amount {
        key: "server",
        label: "Servers",
        per: "a core",
        help: "Price of a server like those in use, by its cores",
        get: |a| &mut a.on_premises.server_per_core,
    },
    Amount {
        key: "server_gib",
        label: "Memory of servers",
        per: "a GiB",
        help: "Added to the price of a server for its memory",
        get: |a| &mut a.on_premises.server_per_gib,
    },
    Amount {
        key: "storage",
        label: "Storage",
        per: "a GiB",
        help: "Price of usable space on an array",
        get: |a| &mut a.on_premises.storage_per_gib,
    },
    Amount {
        key: "kwh",
        label: "Electricity",
        per: "a kWh",
        help: "Your tariff, with charges and taxes",
        get: |a| &mut a.on_premises.per_kwh,
    },
    Amount {
        key: "room",
        label: "Room and cooling",
        per: "a kW and month",
        help: "Racks, cooling plant and space",
        get: |a| &mut a.on_premises.facilities_per_kw_month,
    },
    Amount {
        key: "admin",
        label: "One administrator",
        per: "a year",
        help: "With all charges",
        get: |a| &mut a.on_premises.admin_year,
    },
    Amount {
        key: "backup",
        label: "Backup",
        per: "a machine and year",
        help: "Software and space",
        get: |a| &mut a.on_premises.backup_per_machine_year,
    },
];

const SITE_NUMBERS: [Number; 12] = [
    Number {
        key: "life",
        label: "Servers and storage last",
        unit: "years",
        help: "Over which they are written off",
        range: (1.0, 10.0),
        scale: 1.0,
        get: |a| &mut a.on_premises.server_life_years,
    },
    Number {
        key: "server_upkeep",
        label: "Maintenance of servers",
        unit: "% a year",
        help: "Of their price",
        range: (0.0, 50.0),
        scale: 1.0,
        get: |a| &mut a.on_premises.server_maintenance_pct,
    },
    Number {
        key: "storage_upkeep",
        label: "Maintenance of storage",
        unit: "% a year",
        help: "Of its price",
        range: (0.0, 50.0),
        scale: 1.0,
        get: |a| &mut a.on_premises.storage_maintenance_pct,
    },
    Number {
        key: "network",
        label: "Network gear",
        unit: "%",
        help: "Of the price of servers and storage",
        range: (0.0, 100.0),
        scale: 1.0,
        get: |a| &mut a.on_premises.network_pct,
    },
    Number {
        key: "network_life",
        label: "Network gear lasts",
        unit: "years",
        help: "Over which it is written off",
        range: (1.0, 15.0),
        scale: 1.0,
        get: |a| &mut a.on_premises.network_life_years,
    },
    Number {
        key: "network_upkeep",
        label: "Maintenance of network gear",
        unit: "% a year",
        help: "Of its price",
        range: (0.0, 50.0),
        scale: 1.0,
        get: |a| &mut a.on_premises.network_maintenance_pct,
    },
    Number {
        key: "watts",
        label: "Power of a core",
        unit: "W",
        help: "With its share of the server",
        range: (0.0, 100.0),
        scale: 1000.0,
        get: |a| &mut a.on_premises.milliwatts_per_core,
    },
    Number {
        key: "watts_tib",
        label: "Power of a TiB",
        unit: "W",
        help: "Of storage",
        range: (0.0, 100.0),
        scale: 1000.0,
        get: |a| &mut a.on_premises.milliwatts_per_tib,
    },
    Number {
        key: "pue",
        label: "PUE",
        unit: "",
        help: "Power of the room for each unit of power of the gear",
        range: (1.0, 4.0),
        scale: 100.0,
        get: |a| &mut a.on_premises.pue_pct,
    },
    Number {
        key: "unused",
        label: "Power capacity unused",
        unit: "%",
        help: "Paid for as room, but not drawn",
        range: (0.0, 90.0),
        scale: 1.0,
        get: |a| &mut a.on_premises.unused_power_pct,
    },
    Number {
        key: "elsewhere",
        label: "Administration elsewhere",
        unit: "%",
        help: "Of what a machine takes on premises, on rented hosts and as an instance",
        range: (0.0, 200.0),
        scale: 1.0,
        get: |a| &mut a.admin_elsewhere_pct,
    },
    Number {
        key: "admins",
        label: "Machines for one administrator",
        unit: "",
        help: "How many one looks after",
        range: (1.0, 5000.0),
        scale: 1.0,
        get: |a| &mut a.on_premises.machines_per_admin,
    },
];

type Change = Rc<dyn Fn(&'static str, &dyn Fn(&mut Assumptions))>;

/// The form.
#[component]
pub fn AssumptionsCard() -> Html {
    let store = use_services().store().clone();
    let assumptions = use_selector(|state| Rc::new(state.scenario().assumptions.clone()));
    let change: Change = Rc::new(move |key, change| {
        let mut assumptions = store.state().scenario().assumptions.clone();
        change(&mut assumptions);
        store.dispatch(Action::Edit(Edit::Assumptions(assumptions), Capture::Coalesce(key.to_owned())));
    });
    part!(<Card title="What this stands on" note="every figure is yours to change; the comparison follows at once">
            <h3>{ "In general" }</h3>
            <div class="fields">
                { number(&HORIZON, &assumptions, &change) }
                { for GENERAL.iter().map(|field| amount(field, &assumptions, &change)) }
            </div>
            <h3>{ "Your own data centre" }</h3>
            <div class="fields">
                { for SITE_AMOUNTS.iter().map(|field| amount(field, &assumptions, &change)) }
                { for SITE_NUMBERS.iter().map(|field| number(field, &assumptions, &change)) }
            </div>
        </Card>)
}

fn number(field: &'static Number, assumptions: &Assumptions, change: &Change) -> Html {
    let mut current = assumptions.clone();
    let value = f64::from(*(field.get)(&mut current)) / field.scale;
    let change = Rc::clone(change);
    let on_change = Callback::from(move |value: f64| {
        change(field.key, &|assumptions| *(field.get)(assumptions) = (value * field.scale).round() as u32);
    });
    let decimals = usize::from(field.scale > 1.0) + usize::from(field.scale < 1000.0 && field.scale > 1.0);
    part!(key = field.key, <NumberField label={field.label} unit={field.unit} help={field.help} {value} min={field.range.0} max={field.range.1} {decimals} {on_change} />)
}

fn amount(field: &'static Amount, assumptions: &Assumptions, change: &Change) -> Html {
    let mut current = assumptions.clone();
    let value = *(field.get)(&mut current);
    let change = Rc::clone(change);
    let on_change = Callback::from(move |value: Option<Money>| {
        if let Some(value) = value {
            change(field.key, &|assumptions| *(field.get)(assumptions) = value);
        }
    });
    let unit = format!("{} {}", format::currency_sign(assumptions.currency), field.per);
    part!(key = field.key, <MoneyField label={field.label} {unit} help={field.help} value={Some(value)} {on_change} />)
}
