//! Support plans of providers, spend that was promised to them, and the month in which support of hosts ends.

use std::rc::Rc;

use yew::prelude::*;

use super::Change;
use crate::engine::catalog::{Beside, BesideKind, Catalog};
use crate::engine::model::{Assumptions, CommittedSpend, Money, SupportPlan};
use crate::store::{Shared, format};
use crate::ui::part::part;
use crate::ui::shared::{MoneyField, SelectField, months_field};

/// A choice of a plan for each provider that sells some.
pub fn plans(assumptions: &Assumptions, catalog: Option<&Shared<Catalog>>, change: &Change) -> Html {
    let Some(catalog) = catalog else { return Html::default() };
    let sold: Vec<&Beside> = catalog.beside.iter().filter(|one| one.kind == BesideKind::Support).collect();
    let mut providers: Vec<&str> = sold.iter().filter_map(|one| one.place.strip_suffix("/*")).collect();
    providers.dedup();
    let plan = |provider: &str| {
        let place = format!("{provider}/*");
        let plans: Vec<String> = sold.iter().filter(|one| one.place == place).map(|one| one.name.clone()).collect();
        let chosen = assumptions.finance.support_plans.iter().find(|plan| plan.provider == provider);
        let at = chosen.and_then(|chosen| plans.iter().position(|plan| plan.eq_ignore_ascii_case(&chosen.plan)));
        let options = std::iter::once(AttrValue::from("None")).chain(plans.iter().map(|plan| plan.clone().into()));
        let options: Vec<AttrValue> = options.collect();
        let name = catalog.providers.iter().find(|known| known.id == provider).map_or(provider, |known| &known.name);
        let label = format!("Support of {name}");
        let promised = promised(provider, name, assumptions, change);
        let (change, provider) = (Rc::clone(change), provider.to_owned());
        let on_select = Callback::from(move |choice: usize| {
            let plan = choice.checked_sub(1).and_then(|at| plans.get(at));
            change("support", &|assumptions| set_plan(assumptions, &provider, plan));
        });
        html! {
            <>
                { part!(<SelectField {label} {options} selected={at.map_or(0, |at| at + 1)} {on_select} help="A share of what a month costs there" />) }
                { promised }
            </>
        }
    };
    html! { <>{ for providers.into_iter().map(plan) }</> }
}

/// Spend that was promised to a provider.
fn promised(provider: &str, name: &str, assumptions: &Assumptions, change: &Change) -> Html {
    let committed = &assumptions.finance.committed_spend;
    let value = committed.iter().find(|committed| committed.provider == provider).map(|committed| committed.per_year);
    let unit = format!("{} a year", format::currency_sign(assumptions.currency).trim_end());
    let (change, provider) = (Rc::clone(change), provider.to_owned());
    let on_change = Callback::from(move |per_year: Option<Money>| {
        change("committed", &|assumptions| {
            let committed = &mut assumptions.finance.committed_spend;
            committed.retain(|committed| committed.provider != provider);
            if let Some(per_year) = per_year {
                let place = committed.partition_point(|committed| committed.provider < provider);
                committed.insert(place, CommittedSpend { provider: provider.clone(), per_year });
            }
        });
    });
    part!(<MoneyField label={format!("Spend promised to {name}")} {value} required=false {unit} {on_change}
        help="What of it is not used is paid all the same. Empty: none" />)
}

fn set_plan(assumptions: &mut Assumptions, provider: &str, plan: Option<&String>) {
    let plans = &mut assumptions.finance.support_plans;
    plans.retain(|plan| plan.provider != provider);
    plans.extend(plan.map(|plan| SupportPlan { provider: provider.to_owned(), plan: plan.clone() }));
    plans.sort_by(|a, b| a.provider.cmp(&b.provider));
}

/// When the support of all hosts that are there ends.
pub fn of_hosts(assumptions: &Assumptions, change: &Change) -> Html {
    let change = Rc::clone(change);
    let on_change = Callback::from(move |months: Option<u32>| {
        change("supported", &|assumptions| assumptions.on_premises.supported_months = months);
    });
    let help = "Then each is bought again at the price of its like, and until then its hardware is paid for. Empty: not known, and its share of that price is paid every month. Clusters can differ: page Footprints";
    months_field("Support of hosts ends after", assumptions.on_premises.supported_months, help, on_change)
}
