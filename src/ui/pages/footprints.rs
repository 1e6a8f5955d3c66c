//! Which places are there to choose from, what does each give and cost, and which still needs a price?

mod add;
mod beside;
mod discount;
mod edit;
mod limits;
mod own;
mod price;
mod prices;
mod rented;
mod site;

pub use self::add::AddFootprint;
pub use self::edit::EditFootprint;
pub use self::prices::PricesCard;

use yew::prelude::*;

use crate::engine::catalog::Catalog;
use crate::engine::model::{Assumptions, Estate, Footprint, FootprintKind, Term};
use crate::engine::outcome;
use crate::store::{Action, AppState, Capture, Edit, UiAction, format, words};
use crate::ui::hooks::{use_selector, use_services};
use crate::ui::lazy::{Form, Further, Lazy, Place};
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState, Help, Icon, IconName, Switch};

/// The footprints page.
#[component]
pub fn FootprintsPage() -> Html {
    let services = use_services();
    let store = services.store().clone();
    let project = use_selector(AppState::work);
    let catalog = use_selector(AppState::shown_catalog);
    use_effect_with(project.scenario().prices.clone(), move |_prices| services.find_own_prices());
    let editing = use_selector(|state| state.ui.footprint);
    let has_estate = use_selector(AppState::has_estate);
    let outcome = use_selector(|state| state.outcome.clone());
    let adding = use_state(|| false);
    let open = {
        let adding = adding.setter();
        Callback::from(move |_event: MouseEvent| adding.set(true))
    };
    let close = {
        let adding = adding.setter();
        Callback::from(move |()| adding.set(false))
    };
    let browsing = use_state(|| false);
    let browse = {
        let browsing = browsing.setter();
        Callback::from(move |_event: MouseEvent| browsing.set(true))
    };
    let leave = {
        let browsing = browsing.setter();
        Callback::from(move |()| browsing.set(false))
    };
    let close_edit = {
        let store = store.clone();
        Callback::from(move |()| store.dispatch(Action::Ui(UiAction::Footprint(None))))
    };
    let Some(catalog) = catalog else {
        return html! { <div class="page">{ part!(<EmptyState title="Loading the catalogue" text="Host types, regions and prices, from this site's own files." />) }</div> };
    };
    let scenario = project.scenario();
    let groups = [
        ("On premises", "Clusters that exist, and servers to buy"),
        ("Dedicated hosts", "VMware on rented bare metal: machines move without change"),
        ("Instances", "Native instances: machines are converted, each pays for itself"),
    ];
    let sections = groups.into_iter().enumerate().map(|(index, (title, note))| {
        let rows: Vec<&Footprint> =
            scenario.footprints.iter().filter(|footprint| group_of(footprint) == index).collect();
        let used = |footprint: &Footprint| {
            outcome.as_ref().and_then(|outcome| {
                let plan = &outcome.plan;
                let place = plan.places.iter().position(|place| place.footprint == footprint.id)?;
                let machines = plan.assignments.iter().filter(|machine| machine.place as usize == place).count();
                let hosts: usize = plan.places[place].clusters.iter().map(|cluster| cluster.hosts.iter().filter(|host| !host.retired).count()).sum();
                Some((machines, hosts * footprint.hosts_in_one() as usize))
            })
        };
        part!(key = title, <Card {title} {note}>
                if rows.is_empty() {
                    <p class="muted">{ if index == 0 && !has_estate { "Import an inventory: its clusters become footprints." } else { "None in this plan yet." } }</p>
                } else {
                    <div class="scroll-x" tabindex="0" role="region" aria-label={title}>
                        <table class="grid footprints">
                            <thead><tr>
                                <th scope="col">{ "Use" }</th><th scope="col">{ "Footprint" }</th><th scope="col">{ "What" }</th>
                                <th scope="col">{ "Price" }</th><th scope="col" class="num">{ "In the plan" }</th><th scope="col"><span class="visually-hidden">{ "Actions" }</span></th>
                            </tr></thead>
                            <tbody>{ for rows.into_iter().map(|footprint| part!(key = footprint.id.0, <Row footprint={footprint.clone()} what={what(footprint, &project.estate, &catalog)} doubt={doubt(footprint, &catalog, &scenario.assumptions)}
                                    price={price::of(footprint, &catalog, &scenario.assumptions)} used={used(footprint)} />)) }</tbody>
                        </table>
                    </div>
                }
            </Card>)
    });
    let edited = editing.filter(|id| scenario.footprint(*id).is_some());
    html! {
        <div class="page">
            <div class="toolbar">
                <h1>{ "Footprints" }</h1>
                <p class="muted">{ "Places that the plan may use; each with its own limits and price" }</p>
                <span class="grow"></span>
                <button type="button" class="btn" onclick={browse}>{ "Browse the catalogue…" }</button>
                <button type="button" class="btn btn-primary" onclick={open}>{ part!(<Icon name={IconName::Plus} />) }{ "Add footprint…" }</button>
            </div>
            { for sections }
            { part!(<Lazy place={Place::Form(Form::Prices)} />) }
            <p class="muted catalogue-note">{ format!("Catalogue of {}. Every price shows its status; open a footprint to see its source or to enter your own.", catalog.as_of) }</p>
            <div class="dialog-layer">
                if *adding { { part!(<Lazy place={Place::Form(Form::AddFootprint(close))} />) } }
                if *browsing { { part!(<Lazy place={Place::Further(Further::Offered(leave))} />) } }
                if let Some(footprint) = edited { { part!(<Lazy place={Place::Form(Form::EditFootprint(footprint, close_edit))} />) } }
            </div>
        </div>
    }
}

fn group_of(footprint: &Footprint) -> usize {
    match &footprint.kind {
        FootprintKind::Cluster(_) => 0,
        FootprintKind::Hosts(hosts) if hosts.region.as_str() == "site" => 0,
        FootprintKind::Hosts(_) => 1,
        FootprintKind::Instances(_) => 2,
    }
}

/// What a footprint is, in short: `6 hosts, 160 cores` or `i4i.metal · Frankfurt · 3 years`.
fn what(footprint: &Footprint, estate: &Estate, catalog: &Catalog) -> String {
    let region = |id| catalog.region(id).map_or_else(|| id.to_string(), |region| region.name.clone());
    match &footprint.kind {
        FootprintKind::Cluster(cluster) => {
            let (hosts, cores) = estate
                .hosts_of(cluster.cluster)
                .fold((0_u64, 0_u64), |(hosts, cores), host| (hosts + 1, cores + u64::from(host.cores)));
            format!("{}, {}", format::counted(hosts, "host", "hosts"), format::counted(cores, "core", "cores"))
        }
        FootprintKind::Hosts(hosts) => {
            let name = catalog
                .host(&hosts.offering)
                .map_or_else(|| hosts.offering.to_string(), |offering| offering.host_type.clone());
            if hosts.region.as_str() == "site" {
                format!("{name} · bought")
            } else {
                let sites = if hosts.stretched.is_some() { " · over two sites" } else { "" };
                format!("{name} · {} · {}{sites}", region(&hosts.region), words::term(hosts.term).to_ascii_lowercase())
            }
        }
        FootprintKind::Instances(instances) => {
            let families = if instances.families.is_empty() {
                "all current families".to_owned()
            } else {
                instances.families.join(", ")
            };
            let term = if instances.term == Term::OnDemand {
                String::new()
            } else {
                format!(" · {}", words::term(instances.term))
            };
            format!("{} · {families}{term}", region(&instances.region))
        }
    }
}

/// What stands against counting on its hosts, in short and as a sentence.
fn doubt(footprint: &Footprint, catalog: &Catalog, assumptions: &Assumptions) -> Option<(String, String)> {
    let found = outcome::concerns(footprint, catalog, assumptions);
    let &(host, concern) = found.first()?;
    Some((host.availability.clone(), outcome::sentence(host, concern, catalog, assumptions)))
}

/// Properties of [`Row`].
#[derive(PartialEq, Properties)]
struct RowProps {
    footprint: Footprint,
    what: String,
    doubt: Option<(String, String)>,
    price: price::Shown,
    used: Option<(usize, usize)>,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let store = use_services().store().clone();
    let footprint = &props.footprint;
    let id = footprint.id;
    let (toggle, edit, remove) = (store.clone(), store.clone(), store);
    let changed = footprint.clone();
    let on_change = Callback::from(move |enabled: bool| {
        let footprint = Footprint { enabled, ..changed.clone() };
        toggle.dispatch(Action::Edit(Edit::Footprint(Box::new(footprint)), Capture::Record));
    });
    let on_edit = Callback::from(move |_event: MouseEvent| edit.dispatch(Action::Ui(UiAction::Footprint(Some(id)))));
    let on_remove = Callback::from(move |_event: MouseEvent| {
        remove.dispatch(Action::Edit(Edit::RemoveFootprint(id), Capture::Record));
    });
    let in_plan = match props.used {
        Some((0, _)) | None => "–".to_owned(),
        Some((machines, 0)) => format::counted(machines as u64, "machine", "machines"),
        Some((machines, hosts)) => format!(
            "{} on {}",
            format::counted(machines as u64, "machine", "machines"),
            format::counted(hosts as u64, "host", "hosts")
        ),
    };
    html! {
        <tr class={(!footprint.enabled).then_some("is-off")}>
            <td>{ part!(<Switch label={format!("Use {}", footprint.name)} hide_label=true checked={footprint.enabled} {on_change} />) }</td>
            <th scope="row"><button type="button" class="link-btn" onclick={on_edit.clone()}>{ &footprint.name }</button></th>
            <td>{ &props.what }
                if let Some((doubt, sentence)) = &props.doubt {
                    <span class="sub"><span class="tag tag-warn">{ doubt }</span>{ part!(<Help text={sentence.clone()} label="Availability" />) }</span>
                }
            </td>
            <td><span class="num">{ &props.price.text }</span>{ " " }<span class={props.price.tag_class()}>{ props.price.status }</span>{ part!(<Help text={props.price.help.clone()} label={format!("What {} means", props.price.status)} />) }
                if props.price.asks { { " " }<button type="button" class="link-btn" onclick={on_edit.clone()}>{ "Enter a quote…" }</button> }
            </td>
            <td class="num">{ in_plan }</td>
            <td class="row-actions">
                <button type="button" class="icon-btn" title="Edit" aria-label={format!("Edit {}", footprint.name)} onclick={on_edit}>{ part!(<Icon name={IconName::Edit} />) }</button>
                <button type="button" class="icon-btn" title="Remove" aria-label={format!("Remove {}", footprint.name)} onclick={on_remove}>{ part!(<Icon name={IconName::Trash} />) }</button>
            </td>
        </tr>
    }
}
