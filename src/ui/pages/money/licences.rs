//! SQL Server by the machine, and Windows Server that is brought along.

use std::rc::Rc;

use yew::prelude::*;

use super::Change;
use crate::engine::model::{Currency, Finance, Licences, Money, Selector, SqlEdition, SqlLicence};
use crate::store::format;
use crate::ui::part::part;
use crate::ui::shared::{MoneyField, TextField};

/// The fields.
pub fn view(finance: &Finance, currency: Currency, sign: &str, change: &Change) -> Html {
    let brought = finance.machine_licences.as_ref().and_then(|licences| licences.windows_brought_per_core_year);
    let on_brought = {
        let change = Rc::clone(change);
        Callback::from(move |value: Option<Money>| {
            change("windows_brought", &|finance| {
                edit(finance, |licences| licences.windows_brought_per_core_year = value);
            });
        })
    };
    html! {
        <>
            <h3>{ "Licences by the machine" }</h3>
            <p class="muted">{ "Virtual processors of each machine, or of the instance that it becomes: 4 at least, in packs of 2. For all cores of the hosts that carry them make a rule of the kind licence instead; both together count twice." }</p>
            <div class="fields">
                { for SqlEdition::ALL.into_iter().map(|edition| sql(edition, finance, currency, sign, change)) }
                { part!(<MoneyField label="Windows Server brought along" value={brought} required=false unit={format!("{sign} a core and year")}
                    help="Beside instances whose price is without it: what goes on being paid, such as Software Assurance. 8 cores of each instance at least. Empty: not priced" on_change={on_brought} />) }
            </div>
        </>
    }
}

fn sql(edition: SqlEdition, finance: &Finance, currency: Currency, sign: &str, change: &Change) -> Html {
    let name = edition.name();
    let own = finance.machine_licences.iter().flat_map(|licences| &licences.sql).find(|own| own.edition == edition);
    let value = match own.map(|own| &own.machines) {
        Some(Selector::Name(names)) => names.clone(),
        Some(_) => "chosen otherwise".to_owned(),
        None => String::new(),
    };
    let on_names = {
        let change = Rc::clone(change);
        Callback::from(move |names: String| change(name, &|finance| set_machines(finance, edition, names.trim())))
    };
    let price = |label: String,
                 value: Option<Money>,
                 placeholder: String,
                 help: &'static str,
                 set: fn(&mut SqlLicence, Option<Money>)| {
        let change = Rc::clone(change);
        let on_change = Callback::from(move |value: Option<Money>| {
            change(name, &|finance| {
                edit(finance, |licences| {
                    licences.sql.iter_mut().filter(|own| own.edition == edition).for_each(|own| set(own, value));
                });
            });
        });
        part!(<MoneyField {label} {value} required=false {placeholder} unit={format!("{sign} a core and year")} {help} disabled={own.is_none()} {on_change} />)
    };
    let list = match currency {
        Currency::Usd => format!("{} by list", format::money(edition.list_per_core_year(), currency)),
        _ => "list, in dollars".to_owned(),
    };
    html! {
        <>
            { part!(<TextField label={format!("Machines with {name}")} {value} placeholder="none" help="By name: * stands for any text" on_change={on_names} />) }
            { price(format!("{name} on your sites"), own.and_then(|own| own.per_core_year), list,
                "A subscription, or Software Assurance; 0 where nothing is paid any more. Empty: an approximate list price of a subscription", |own, value| own.per_core_year = value) }
            { price(format!("{name} elsewhere"), own.and_then(|own| own.elsewhere_per_core_year), "the same".to_owned(),
                "On rented hosts and instances, which takes Software Assurance or a subscription", |own, value| own.elsewhere_per_core_year = value) }
        </>
    }
}

/// Changes the licences; where there are none any more, nothing of them is kept.
fn edit(finance: &mut Finance, change: impl FnOnce(&mut Licences)) {
    let mut licences = finance.machine_licences.take().unwrap_or_default();
    change(&mut licences);
    finance.machine_licences = Some(licences).filter(|licences| *licences != Licences::default());
}

fn set_machines(finance: &mut Finance, edition: SqlEdition, names: &str) {
    edit(finance, |licences| {
        let before = licences.sql.iter().position(|own| own.edition == edition).map(|at| licences.sql.remove(at));
        if !names.is_empty() {
            let machines = Selector::Name(names.to_owned());
            let at = licences.sql.partition_point(|own| own.edition < edition);
            licences.sql.insert(at, SqlLicence { edition, machines, ..before.unwrap_or_default() });
        }
    });
}
