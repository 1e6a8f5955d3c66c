//! What is rented beside hosts and instances, as fields: storage, disks, shares on commitment, links and gateways.

use yew::prelude::*;

use crate::engine::catalog::{Beside, BesideKind, Catalog};
use crate::engine::model::{Assumptions, FootprintId, InstancesFootprint, Money, RegionId, ServiceUse, Term};
use crate::engine::schema::limits;
use crate::store::{Action, Capture, Edit, Shared};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{MoneyField, NumberField, TextField};

/// The share that is on commitment; nothing where there is none.
pub fn committed(term: Term, value: u32, on_change: Callback<f64>) -> Html {
    if term == Term::OnDemand {
        return Html::default();
    }
    part!(<NumberField label="Of it on commitment" unit="%" value={f64::from(value)} max=100.0 {on_change}
        help="The rest is paid on demand" />)
}

/// The kinds of disks of instances.
pub fn disks(instances: &InstancesFootprint, catalog: &Catalog, change: &Callback<InstancesFootprint>) -> Html {
    let sold: Vec<String> =
        catalog.beside_in(BesideKind::Disk, &instances.region).into_iter().map(|disk| disk.name.clone()).collect();
    let help = format!(
        "Each disk gets the cheapest that gives what it asks for; empty takes those for any use. Sold: {}",
        sold.join(", ")
    );
    let (change, of) = (change.clone(), instances.clone());
    let on_change = Callback::from(move |text: String| {
        let named = text.split([',', ' ']).filter(|kind| !kind.is_empty());
        // As the catalogue writes them, whatever was typed; others may be of the user's own.
        let kinds = named.map(|kind| {
            sold.iter().find(|sold| sold.eq_ignore_ascii_case(kind)).cloned().unwrap_or_else(|| kind.to_owned())
        });
        change.emit(InstancesFootprint { disks: kinds.collect(), ..of.clone() });
    });
    part!(<TextField label="Kinds of disks" value={instances.disks.join(", ")} placeholder="those for any use" {help} {on_change} />)
}

/// Properties of [`Services`].
#[derive(PartialEq, Properties)]
pub struct ServicesProps {
    /// The catalogue.
    pub catalog: Shared<Catalog>,
    /// The footprint that they belong to.
    pub footprint: FootprintId,
    /// Its region.
    pub region: RegionId,
}

/// Links, gateways and the like, closed until they are asked for.
#[component]
pub fn Services(props: &ServicesProps) -> Html {
    let store = use_services().store().clone();
    let assumptions = use_selector(|state| state.scenario().assumptions.clone());
    let sold = props.catalog.beside_in(BesideKind::Service, &props.region);
    if sold.is_empty() {
        return Html::default();
    }
    let set = Callback::from(move |used: ServiceUse| {
        let mut assumptions = store.state().scenario().assumptions.clone();
        let services = &mut assumptions.finance.services;
        services.retain(|other| !is_same(other, &used));
        if used.quantity > 0 {
            services.push(used);
        }
        services.sort_by(|a, b| (a.footprint, &a.service, &a.item).cmp(&(b.footprint, &b.service, &b.item)));
        store.dispatch(Action::Edit(Edit::Assumptions(assumptions), Capture::Record));
    });
    let own = assumptions.finance.services.iter().filter(|used| used.footprint == props.footprint).count();
    let in_short = if own == 0 { "none".to_owned() } else { format!("{own} chosen") };
    html! {
        <details class="more-fields" data-testid="services">
            <summary class="opens">{ "Links, gateways and services" }<span class="muted">{ in_short }</span></summary>
            <p class="muted">{ "Paid every month while the place is used. What has no public price needs yours." }</p>
            <div class="fields">{ for sold.into_iter().map(|one| service(one, props.footprint, &assumptions, &set)) }</div>
        </details>
    }
}

fn is_same(one: &ServiceUse, other: &ServiceUse) -> bool {
    (one.footprint, &one.service, &one.item) == (other.footprint, &other.service, &other.item)
}

fn service(sold: &Beside, footprint: FootprintId, assumptions: &Assumptions, set: &Callback<ServiceUse>) -> Html {
    let none = ServiceUse { footprint, service: sold.name.clone(), item: sold.item.clone(), ..ServiceUse::default() };
    let used = assumptions.finance.services.iter().find(|used| is_same(used, &none)).cloned().unwrap_or(none);
    let unit = match sold.per.as_str() {
        "gib" => "GiB a month",
        "gib_month" => "GiB",
        "mibps_month" => "MiB/s",
        _ => "",
    };
    let per = match sold.per.as_str() {
        "hour" => "an hour",
        "gib" => "a GiB",
        "gib_month" => "a GiB and month",
        "mibps_month" => "a MiB/s and month",
        _ => "a month",
    };
    let name = format!("{}: {}", sold.name, sold.item);
    let help = if sold.price.is_empty() { "No public price".to_owned() } else { sold.price.clone() };
    let (on_count, on_quote) = (set.clone(), set.clone());
    let (counted, quoted) = (used.clone(), used.clone());
    html! {
        <>
            { part!(key = name.clone(), <NumberField label={name.clone()} {unit} {help} value={f64::from(used.quantity)} max={f64::from(*limits::SERVICE_UNITS.end())}
                on_change={Callback::from(move |value: f64| on_count.emit(ServiceUse { quantity: value as u32, ..counted.clone() }))} />) }
            if used.quantity > 0 {
                { part!(<MoneyField label={format!("Your price of {name}")} quoted=true value={used.quote} required=false unit={format!("{} {per}", assumptions.currency.code())}
                    help="Empty: that of the catalogue" on_change={Callback::from(move |quote: Option<Money>| on_quote.emit(ServiceUse { quote, ..quoted.clone() }))} />) }
            }
        </>
    }
}
