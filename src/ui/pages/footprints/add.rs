//! The dialog that adds a place from the catalogue.

use yew::prelude::*;

use super::price;
use crate::engine::catalog::{Catalog, HostOffering};
use crate::engine::model::{RegionId, Term};
use crate::engine::order::in_order;
use crate::store::offered::{self, region_name};
use crate::store::{Action, AppState, Capture, Edit, format, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Dialog, Help, Segmented, SelectField};

/// Properties of [`AddFootprint`].
#[derive(PartialEq, Properties)]
pub struct AddFootprintProps {
    /// Closes the dialog.
    pub on_close: Callback<()>,
}

/// The dialog: what kind of place, which service, where, which type.
#[component]
pub fn AddFootprint(props: &AddFootprintProps) -> Html {
    let store = use_services().store().clone();
    let kind = use_state(|| 0_usize);
    let (service, region) = (use_state(|| 0_usize), use_state(|| 0_usize));
    let chosen = use_state(|| 0_usize);
    let catalog = use_selector(AppState::shown_catalog);
    let Some(catalog) = catalog.as_deref() else { return Html::default() };
    let reset = {
        let (service, region, chosen) = (service.setter(), region.setter(), chosen.setter());
        move || {
            service.set(0);
            region.set(0);
            chosen.set(0);
        }
    };
    let on_kind = {
        let kind = kind.setter();
        Callback::from(move |choice: usize| {
            kind.set(choice);
            reset();
        })
    };
    let choose = |state: &UseStateHandle<usize>, others: Vec<UseStateSetter<usize>>| {
        let state = state.setter();
        Callback::from(move |choice: usize| {
            state.set(choice);
            for other in &others {
                other.set(0);
            }
        })
    };
    let services = services(catalog, *kind);
    let service_name = services.get(*service).cloned().unwrap_or_default();
    let regions = if *kind == 2 { instance_regions(catalog) } else { regions_of(catalog, &service_name) };
    let region_id = regions.get(*region).cloned();
    let of_service = catalog.hosts.iter().filter(|host| host.service == service_name);
    let (hosts, elsewhere): (Vec<&HostOffering>, Vec<&HostOffering>) =
        of_service.partition(|host| region_id.as_ref().is_some_and(|region| host.regions.contains(region)));
    let footprint = match (*kind, region_id.clone()) {
        (2, Some(region)) => Some(offered::instances(catalog, region, Vec::new(), Term::OnDemand)),
        (_, Some(region)) => {
            hosts.get(*chosen).map(|offering| offered::hosts(catalog, offering, region, Term::OnDemand))
        }
        (_, None) => None,
    };
    let on_add = {
        let on_close = props.on_close.clone();
        let footprint = footprint.clone();
        Callback::from(move |_event: MouseEvent| {
            if let Some(footprint) = footprint.clone() {
                store.dispatch(Action::Edit(Edit::AddFootprint(Box::new(footprint)), Capture::Record));
            }
            on_close.emit(());
        })
    };
    let actions = html! {
        <>
            <button type="button" class="btn" onclick={props.on_close.reform(|_event: MouseEvent| ())}>{ "Cancel" }</button>
            <button type="button" class="btn btn-primary" disabled={footprint.is_none()} onclick={on_add}>{ "Add" }</button>
        </>
    };
    let rows = hosts.iter().enumerate().map(|(index, offering)| {
        offering_row(catalog, offering, region_id.as_ref(), index == *chosen, {
            let chosen = chosen.setter();
            Callback::from(move |()| chosen.set(index))
        })
    });
    let here = region_id.as_ref().map(|id| region_name(catalog, id)).unwrap_or_default();
    let others = elsewhere.iter().map(|offering| elsewhere_row(offering, &here));
    part!(<Dialog title="Add a footprint" on_close={props.on_close.clone()} {actions} wide=true>
            { part!(<Segmented label="Kind of place" options={vec!["Dedicated hosts", "Servers to buy", "Instances"]} selected={*kind} on_select={on_kind} />) }
            <div class="fields">
                if *kind != 2 {
                    { part!(<SelectField label="Service" options={services.iter().cloned().map(AttrValue::from).collect::<Vec<_>>()} selected={*service}
                        on_select={choose(&service, vec![region.setter(), chosen.setter()])} />) }
                }
                if *kind != 1 {
                    { part!(<SelectField label="Region" options={regions.iter().map(|id| AttrValue::from(region_name(catalog, id))).collect::<Vec<_>>()} selected={*region}
                        on_select={choose(&region, vec![chosen.setter()])} />) }
                }
            </div>
            if *kind == 2 {
                <p class="muted">{ "Every machine gets the cheapest instance type that is large enough, and its disks. Families, commitment and licences can be changed after adding." }</p>
            } else {
                <div class="scroll-x" tabindex="0" role="region" aria-label="Host types">
                    <table class="grid">
                        <thead><tr>
                            <th scope="col">{ "Type" }</th><th scope="col" class="num">{ "Cores" }</th><th scope="col" class="num">{ "Memory" }</th>
                            <th scope="col" class="num">{ "Raw storage" }</th><th scope="col">{ "Hosts" }</th><th scope="col">{ "Price on demand" }{ part!(<Help text={words::price_statuses()} label="What the status of a price means" />) }</th>
                        </tr></thead>
                        <tbody>{ for rows }{ for others }</tbody>
                    </table>
                </div>
            }
        </Dialog>)
}

/// Services that sell hosts (`kind` 0), or servers to buy (`kind` 1).
fn services(catalog: &Catalog, kind: usize) -> Vec<String> {
    let names: Vec<&String> = catalog
        .hosts
        .iter()
        .filter(|host| host.regions.iter().any(|region| region.as_str() == "site") == (kind == 1))
        .map(|host| &host.service)
        .collect();
    let mut names = in_order(&names, Ord::cmp);
    names.dedup();
    names.into_iter().cloned().collect()
}

fn regions_of(catalog: &Catalog, service: &str) -> Vec<RegionId> {
    let regions: Vec<RegionId> =
        catalog.hosts.iter().filter(|host| host.service == service).flat_map(|host| host.regions.clone()).collect();
    let mut regions = sorted_by_name(catalog, &regions);
    regions.dedup();
    regions
}

fn instance_regions(catalog: &Catalog) -> Vec<RegionId> {
    sorted_by_name(catalog, &catalog.instance_regions)
}

fn sorted_by_name(catalog: &Catalog, regions: &[RegionId]) -> Vec<RegionId> {
    let named: Vec<(String, &RegionId)> = regions.iter().map(|id| (region_name(catalog, id), id)).collect();
    in_order(&named, Ord::cmp).into_iter().map(|(_, id)| id.clone()).collect()
}

fn offering_row(
    catalog: &Catalog,
    offering: &HostOffering,
    region: Option<&RegionId>,
    selected: bool,
    on_choose: Callback<()>,
) -> Html {
    let bought = region.is_some_and(|region| region.as_str() == "site");
    let found = region.and_then(|region| catalog.host_price(&offering.id, region, Term::OnDemand));
    let shown = found.map(|found| price::shown(found, if bought { "once" } else { "an hour" }, catalog));
    let onchange = on_choose.reform(|_event: Event| ());
    html! {
        <tr key={offering.id.to_string()} class={selected.then_some("sel")}>
            <th scope="row"><label class="radio-row"><input type="radio" name="offering" checked={selected} {onchange} />{ &offering.host_type }</label>
                if !offering.open_to_new { <span class="tag tag-warn sub">{ &offering.availability }</span> }
            </th>
            <td class="num">{ format::count(u64::from(offering.cores)) }</td>
            <td class="num">{ format::size(offering.memory) }</td>
            <td class="num">{ if offering.raw_storage.0 == 0 { "external".to_owned() } else { format::size(offering.raw_storage) } }</td>
            <td>{ format!("{}–{}", offering.min_hosts, offering.max_hosts) }</td>
            <td>
                if let Some(shown) = shown {
                    { shown.text.clone() }{ " " }<span class={shown.tag_class()} title={shown.help.clone()}>{ shown.status }</span>
                } else {
                    <span class="tag tag-warn">{ "needs a quote" }</span>
                }
            </td>
        </tr>
    }
}

/// A host type that cannot be chosen, with the reason.
fn elsewhere_row(offering: &HostOffering, region: &str) -> Html {
    html! {
        <tr key={offering.id.to_string()} class="muted">
            // Below the name, where a narrow screen shows it without being moved sideways.
            <th scope="row"><label class="radio-row"><input type="radio" name="offering" disabled=true />{ &offering.host_type }</label>
                <span class="sub">{ format!("not sold in {region}") }</span>
            </th>
            <td class="num">{ format::count(u64::from(offering.cores)) }</td>
            <td class="num">{ format::size(offering.memory) }</td>
            <td colspan="3"></td>
        </tr>
    }
}
