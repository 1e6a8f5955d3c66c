//! Support plans of providers, and the month in which support of hosts ends.

use std::rc::Rc;

use yew::prelude::*;

use super::Change;
use crate::engine::catalog::{Beside, BesideKind, Catalog};
use crate::engine::model::{Assumptions, SupportPlan};
use crate::store::Shared;
use crate::ui::part::part;
use crate::ui::shared::{SelectField, months_field};

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
        let (change, provider) = (Rc::clone(change), provider.to_owned());
        let on_select = Callback::from(move |choice: usize| {
            let plan = choice.checked_sub(1).and_then(|at| plans.get(at));
            change("support", &|assumptions| set_plan(assumptions, &provider, plan));
        });
        part!(<SelectField {label} {options} selected={at.map_or(0, |at| at + 1)} {on_select} help="A share of what a month costs there" />)
    };
    html! { <>{ for providers.into_iter().map(plan) }</> }
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
