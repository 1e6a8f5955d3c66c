//! Windows Server on hosts, security updates of systems whose support has ended, and the first month.

use std::rc::Rc;

use yew::prelude::*;

use super::Change;
use crate::engine::cost::sql_versions;
use crate::engine::model::{Assumptions, Money, Selector, SqlServers};
use crate::engine::schema::limits;
use crate::store::format;
use crate::ui::part::part;
use crate::ui::shared::{MoneyField, NumberField, TextField};

/// The fields, closed until they are asked for.
pub fn view(assumptions: &Assumptions, change: &Change, on_more: Callback<MouseEvent>) -> Html {
    let updates = &assumptions.finance.updates;
    let unit = format!("{} a core and year", format::currency_sign(assumptions.currency).trim_end());
    let help = "Outside of Azure, from the end of support on, for three years. Microsoft asks for 75, 100 and 125 % of a licence in the first, second and third. Empty: not known, and listed as not priced";
    let price = |label: &'static str, value: Option<Money>, set: fn(&mut Assumptions, Option<Money>)| {
        let change = Rc::clone(change);
        let on_change =
            Callback::from(move |value: Option<Money>| change(label, &|assumptions| set(assumptions, value)));
        part!(<MoneyField {label} {value} required=false unit={unit.clone()} {help} {on_change} />)
    };
    let on_least = {
        let change = Rc::clone(change);
        Callback::from(move |value: f64| {
            change("least_cores", &|assumptions| assumptions.finance.updates.least_cores = value as u32);
        })
    };
    let on_windows = {
        let change = Rc::clone(change);
        Callback::from(move |value: Option<Money>| {
            change("windows", &|assumptions| assumptions.finance.windows_per_core_year = value);
        })
    };
    html! {
        <details class="more-fields" data-testid="updates">
            <summary class="opens">{ "Windows and SQL Server" }<span class="muted">{ in_short(assumptions) }</span></summary>
            <p class="muted">{ "Windows Server is known from the inventory; which machines run SQL Server is not. On Azure, and on Azure VMware Solution, the updates are free of charge." }</p>
            <div class="fields">
                { part!(<MoneyField label="Windows Server on hosts" value={assumptions.finance.windows_per_core_year} required=false unit={unit.clone()}
                    help="For all cores of every host, 8 of a processor and 16 of a host at least. Empty: not priced" on_change={on_windows} />) }
                { first_month(assumptions, change) }
                { price("Updates of Windows Server", updates.windows_per_core_year, |a, value| a.finance.updates.windows_per_core_year = value) }
                { price("Updates of SQL Server", updates.sql_per_core_year, |a, value| a.finance.updates.sql_per_core_year = value) }
                { part!(<NumberField label="Fewest cores of a machine" unit="cores" value={f64::from(updates.least_cores)} max={f64::from(*limits::LEAST_CORES.end())}
                    help="That are paid for; 8 by virtual core" on_change={on_least} />) }
            </div>
            <div class="fields">{ for sql_versions().map(|version| sql(version, assumptions, change)) }</div>
            <p><button type="button" class="btn" onclick={on_more}>{ "SQL Server by the machine, Windows brought along…" }</button></p>
        </details>
    }
}

fn in_short(assumptions: &Assumptions) -> &'static str {
    let updates = &assumptions.finance.updates;
    match (updates.windows_per_core_year, updates.sql_per_core_year) {
        (None, None) => "no price for their updates",
        _ => "with a price for their updates",
    }
}

fn first_month(assumptions: &Assumptions, change: &Change) -> Html {
    let value = assumptions
        .finance
        .first_month
        .map_or_else(String::new, |month| format!("{}-{:02}", month / 12, month % 12 + 1));
    let change = Rc::clone(change);
    let on_change = Callback::from(move |text: String| {
        let month = month_of(&text);
        if month.is_some() || text.trim().is_empty() {
            change("first_month", &|assumptions| assumptions.finance.first_month = month);
        }
    });
    part!(<TextField label="First month" {value} placeholder="that of the catalogue" max_length={7} {on_change}
        help="Such as 2027-01: from it on support and its end are counted" />)
}

/// A month such as `2027-01`, within the limits.
fn month_of(text: &str) -> Option<u32> {
    let (year, month) = text.trim().split_once('-')?;
    let month: u32 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    let months = year.parse::<u32>().ok()?.checked_mul(12)? + month - 1;
    limits::FIRST_MONTH.contains(&months).then_some(months)
}

/// The machines that run a version of SQL Server, by a pattern of their names.
fn sql(version: u32, assumptions: &Assumptions, change: &Change) -> Html {
    let own = assumptions.finance.updates.sql.iter().find(|servers| servers.version == version);
    let value = match own.map(|servers| &servers.machines) {
        Some(Selector::Name(names)) => names.clone(),
        Some(_) => "chosen otherwise".to_owned(),
        None => String::new(),
    };
    let change = Rc::clone(change);
    let on_change = Callback::from(move |names: String| {
        change("sql_servers", &|assumptions| set_sql(assumptions, version, names.trim()));
    });
    part!(key = version.to_string(), <TextField label={format!("Machines with SQL Server {version}")} {value} placeholder="none" {on_change}
        help="By name: * stands for any text" />)
}

fn set_sql(assumptions: &mut Assumptions, version: u32, names: &str) {
    let sql = &mut assumptions.finance.updates.sql;
    sql.retain(|servers| servers.version != version);
    if !names.is_empty() {
        let place = sql.partition_point(|servers| servers.version < version);
        sql.insert(place, SqlServers { version, machines: Selector::Name(names.to_owned()) });
    }
}
