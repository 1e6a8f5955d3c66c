//! How long does this plan last, and how long what is there today? When each cluster is full, what is added when and for how much.

mod lines;

use std::rc::Rc;

use yew::prelude::*;

use crate::chart::filling::{Filling, Line};
use crate::chart::picture;
use crate::engine::catalog::Catalog;
use crate::engine::growth::{Addition, growth, staying};
use crate::engine::model::{Currency, FootprintKind, Money};
use crate::engine::order::in_order;
use crate::engine::outcome::Outcome;
use crate::engine::placement::Plan;
use crate::store::timeline::{
    CalendarMonth, HostMoney, Named, added, answer, host_money, money_of_added, named, room_permille, stuck_because,
    when,
};
use crate::store::{Action, AppState, Capture, Edit, Shared, Work, format, words};
use crate::ui::charts::Chart;
use crate::ui::hooks::{use_later, use_selector, use_services};
use crate::ui::part::part;
use crate::ui::shared::{Card, EmptyState, Help, Kpi, KpiStrip, Segmented, SliderField, bring};

/// Growth that the slider reaches, in per cent a year; the Cost page takes more.
const MOST_GROWTH: f64 = 50.0;
/// What this page counts and what it leaves out.
const METHOD: &str = "Everything that machines ask for grows by the same share a year, evenly over its months. A cluster is full when its hosts, less those whose failure it must survive, no longer hold that; capacity counts as one pool, so whole machines may need a host a little earlier. Hosts that the plan switches off stay on before any is bought. The Cost page counts the same growth in steps of a year.";

/// What it means that a cluster is full first.
const FULL: &str = "The first month in which the hosts that a cluster has at first, less those whose failure it must survive, no longer hold what its machines ask for at this growth.";

/// The page.
#[component]
pub fn TimelinePage() -> Html {
    let outcome = use_selector(|state| state.outcome.clone());
    let work = use_selector(AppState::work);
    let stale = use_selector(|state| state.outcome_is_stale);
    let busy = use_selector(|state| state.outcome_is_stale || state.planning);
    let has_estate = use_selector(AppState::has_estate);
    match outcome {
        Some(outcome) => html! {
            <div class={classes!("page", stale.then_some("stale"))} aria-busy={busy.to_string()}>
                <h1 class="visually-hidden">{ "Timeline" }</h1>
                { part!(<Growth {outcome} {work} />) }
            </div>
        },
        None if has_estate => {
            html! { <div class="page"><h1 class="visually-hidden">{ "Timeline" }</h1>{ part!(<EmptyState title="Computing the first plan" text="When it fills appears with it." />) }</div> }
        }
        None => html! {
            <div class="page">
                <h1 class="visually-hidden">{ "Timeline" }</h1>
                { part!(<EmptyState title="No estate yet" text="Import an inventory, or try the sample, to see how long its places last.">
                    <a class="btn btn-primary" href="#/estate">{ "Go to Estate" }</a>
                </EmptyState>) }
            </div>
        },
    }
}

/// Properties of [`Growth`].
#[derive(Clone, PartialEq, Properties)]
struct GrowthProps {
    outcome: Shared<Outcome>,
    work: Work,
}

/// The growth that is assumed, and what follows from it at once while it is changed.
#[component]
fn Growth(props: &GrowthProps) -> Html {
    let store = use_services().store().clone();
    let catalog = use_selector(AppState::shown_catalog);
    let preview = use_state_eq(|| None::<u32>);
    let assumptions = &props.work.scenario().assumptions;
    let months = assumptions.horizon();
    let assumed = assumptions.finance.growth_permille_year;
    let permille = preview.unwrap_or(assumed);
    let today = this_month();
    let side = use_state(|| 0_usize);
    let asked: Asked = (props.clone(), catalog.clone(), permille, months);
    // What is only compared with comes in a task of its own.
    let compared = use_later(&asked, true);
    let work_of_today =
        if *side == 0 { compared.as_ref().map(|(props, ..)| props.work.clone()) } else { Some(props.work.clone()) };
    let today_plan = use_memo(work_of_today, |work| work.as_ref().map(|work| staying(&work.estate, work.scenario())));
    let clusters = use_memo((asked, *side), |(asked, side)| grown(asked, *side, (*today_plan).as_ref()));
    let others = use_memo((compared, *side), |(asked, side)| {
        asked.as_ref().map(|asked| grown(asked, 1 - *side, (*today_plan).as_ref()))
    });
    let plan = if *side == 0 { &props.outcome.plan } else { (*today_plan).as_ref().unwrap_or(&props.outcome.plan) };
    let money = |one: &Named| money_of(one, plan, props, catalog.as_deref());
    let is_open = use_state(|| false);
    let on_money = {
        let is_open = is_open.setter();
        Callback::from(move |_event: MouseEvent| is_open.set(true))
    };
    let on_close = {
        let is_open = is_open.setter();
        Callback::from(move |()| is_open.set(false))
    };
    let clusters_at = use_node_ref();
    let on_clusters = use_callback(clusters_at.clone(), |_event: MouseEvent, clusters| bring(clusters));
    let on_other = {
        let (side, other, clusters_at) = (side.setter(), 1 - *side, clusters_at.clone());
        Callback::from(move |_event: MouseEvent| {
            side.set(other);
            bring(&clusters_at);
        })
    };
    let on_side = {
        let side = side.setter();
        Callback::from(move |choice: usize| side.set(choice))
    };
    let chart = use_memo(
        (Rc::clone(&clusters), today.year, today.month, months),
        move |(clusters, ..)| -> Rc<dyn picture::Chart> { Rc::new(filling(clusters, today, months)) },
    );
    let on_preview = {
        let preview = preview.setter();
        Callback::from(move |percent: f64| preview.set(Some(to_permille(percent))))
    };
    let on_change = {
        let preview = preview.setter();
        Callback::from(move |percent: f64| {
            preview.set(None);
            let mut assumptions = store.state().scenario().assumptions.clone();
            assumptions.finance.growth_permille_year = to_permille(percent);
            store.dispatch(Action::Edit(Edit::Assumptions(assumptions), Capture::Coalesce("growth".to_owned())));
        })
    };
    html! {
        <>
            { part!(<Card title="How long it lasts" note={format!("over {months} months from {}", today.after(0))}
                actions={part!(<Segmented label="Where machines run" options={SIDES.to_vec()} selected={*side} on_select={on_side} />)}>
                <p class="answer" role="status">{ answer(&clusters, permille, today, months) }{ part!(<Help text={METHOD} label="How this is counted" />) }</p>
                <div class="timeline-growth">
                    { part!(<SliderField label="Growth of everything" value={f64::from(assumed) / 10.0} min={0.0} max={MOST_GROWTH.max(f64::from(assumed) / 10.0)} step={0.5}
                        decimals={1} unit="% a year" {on_preview} {on_change} />) }
                    <p class="muted">{ otherwise(&props.work) }</p>
                </div>
            </Card>) }
            { figures(&clusters, others.as_deref(), *side, (today, months), &money, (props, Opens { money: on_money, clusters: on_clusters, other: on_other })) }
            <div class="dialog-layer">
                if *is_open {
                    { part!(<lines::Lines lines={lines_of(&clusters, &money)} total={money_of_all(&clusters, &money)} currency={assumptions.currency} {on_close} />) }
                }
            </div>
            if !clusters.is_empty() {
                { part!(<Card title="How full each cluster becomes" note="the fullest resource of each, with hosts added as they are needed; a dot is a month in which some are">
                    { part!(<Chart of={Rc::clone(&*chart)} />) }
                </Card>) }
                <div class="halves">
                    { part!(<Card title="What is added when" note="what to order, and by which month">{ schedule(&clusters, &props.work, plan, today, &money) }</Card>) }
                    <div class="stack" tabindex="-1" ref={clusters_at}>
                        { part!(<Card title="Clusters" note="the first to be full comes first">{ table(&clusters, today) }</Card>) }
                    </div>
                </div>
            }
        </>
    }
}

fn to_permille(percent: f64) -> u32 {
    (percent * 10.0).round() as u32
}

/// What growth is asked about: in which catalogue, by how many permille a year, over how many months.
type Asked = (GrowthProps, Option<Shared<Catalog>>, u32, u32);

/// How the clusters of a side fill.
fn grown((props, catalog, permille, months): &Asked, side: usize, today: Option<&Plan>) -> Vec<Named> {
    let scenario = props.work.scenario();
    let (Some(plan), Some(catalog)) = (if side == 0 { Some(&props.outcome.plan) } else { today }, catalog) else {
        return Vec::new();
    };
    let clusters = growth(plan, &props.work.estate, scenario, catalog, *permille, *months);
    named(clusters, plan, scenario)
}

/// The plans that can be looked at.
const SIDES: [&str; 2] = ["This plan", "Nothing moved"];

/// What one more host of a cluster costs.
fn money_of(one: &Named, plan: &Plan, props: &GrowthProps, catalog: Option<&Catalog>) -> Option<HostMoney> {
    let scenario = props.work.scenario();
    let place = plan.places.get(one.growth.place as usize)?;
    let hosts = place.clusters.iter().flat_map(|cluster| &cluster.hosts).filter(|host| !host.retired).count() as u32;
    host_money(scenario.footprint(place.footprint)?, hosts, &props.outcome.ledger, scenario, catalog?)
}

/// Which applications grow otherwise than the slider says.
fn otherwise(work: &Work) -> Html {
    let own = &work.scenario().assumptions.finance.application_growth;
    if own.is_empty() {
        return html! { <>{ "Applications can grow at rates of their own: " }<a href="#/cost">{ "Cost, growth of applications" }</a></> };
    }
    let names = own.iter().take(3).map(|own| format!("{} {}", own.application, format::permille(own.permille_year)));
    let more = own.len().saturating_sub(3) as u64;
    let more = if more > 0 { format!(" and {} more", format::count(more)) } else { String::new() };
    let count = format::counted(own.len() as u64, "application grows", "applications grow");
    html! { <>{ format!("{count} otherwise: {}{more}. ", names.collect::<Vec<_>>().join(", ")) }<a href="#/cost">{ "Change on Cost" }</a></> }
}

/// The month in which this is looked at: the plan begins now.
fn this_month() -> CalendarMonth {
    let now = js_sys::Date::new_0();
    CalendarMonth { year: now.get_full_year(), month: now.get_month() }
}

/// The cluster that is full first, and when.
fn first_full(clusters: &[Named], today: CalendarMonth, months: u32) -> (String, String) {
    match clusters.iter().find_map(|one| Some((one.growth.full?, one))) {
        Some((0, one)) => ("Now".to_owned(), one.name.clone()),
        Some((month, one)) => (today.after(month), one.name.clone()),
        None => ("Not in this time".to_owned(), format!("within {months} months")),
    }
}

/// What figures open to.
struct Opens {
    /// The money line by line.
    money: Callback<MouseEvent>,
    /// The clusters, of which each says when it is full and how many hosts it has.
    clusters: Callback<MouseEvent>,
    /// Those of the other side.
    other: Callback<MouseEvent>,
}

fn figures(
    clusters: &[Named],
    others: Option<&[Named]>,
    side: usize,
    (today, months): (CalendarMonth, u32),
    money: &dyn Fn(&Named) -> Option<HostMoney>,
    (props, opens): (&GrowthProps, Opens),
) -> Html {
    let (value, note) = first_full(clusters, today, months);
    let (other, other_note) = others.map(|others| first_full(others, today, months)).unwrap_or_default();
    let currency = props.work.scenario().assumptions.currency;
    let spent = spent(money_of_all(clusters, money), currency);
    let hosts: u32 = clusters.iter().map(|one| one.growth.hosts).sum();
    let (bought, kept) = clusters.iter().map(|one| added(&one.growth)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let Opens { money, clusters: on_clusters, other: on_other } = opens;
    let on_open = (bought > 0).then_some(money);
    let on_clusters = (!clusters.is_empty()).then_some(on_clusters);
    let note_of_more = if kept > 0 {
        format!("and {kept} that the plan would switch off")
    } else {
        "beside those of today".to_owned()
    };
    let stuck = clusters.iter().filter(|one| one.growth.stuck.is_some()).count() as u64;
    let (stuck_note, tone) = if stuck > 0 {
        ("raise their limits, or move machines", "warn")
    } else {
        ("every cluster can grow as far", "good")
    };
    part!(<KpiStrip label="Growth in figures">
        { part!(<Kpi label="First full" {value} {note} help={FULL} on_open={on_clusters.clone()} />) }
        { part!(<Kpi label={if side == 0 { "First full, nothing moved" } else { "First full, this plan" }} value={other} note={other_note} help={FULL} on_open={on_clusters.is_some().then_some(on_other)} />) }
        { part!(<Kpi label="Hosts today" value={format::count(u64::from(hosts))} note={format::counted(clusters.len() as u64, "cluster", "clusters")} on_open={on_clusters.clone()}
            help="Hosts that are up in the first month, in all clusters on which machines run. Those that the plan switches off are not among them." />) }
        { part!(<Kpi label="Hosts more" value={format::count(u64::from(bought))} note={note_of_more} on_open={on_open.clone()}
            help="Hosts that are rented or bought within the horizon because clusters become full. Hosts that the plan would switch off stay on before that, and are told beside it." />) }
        { part!(<Kpi label="Money for them" value={spent} note="hosts only, in today's prices" {on_open}
            help="Servers that are bought cost what the assumptions say, once. Rented hosts cost each month what those of the plan cost on average. Power, licences and support come on top; Cost counts growth with all of them." />) }
        { part!(<Kpi label="Cannot grow on" value={format::count(stuck)} note={stuck_note} tone={Some(tone)} on_open={on_clusters.filter(|_| stuck > 0)}
            help="Clusters that become full within the horizon and may have no more hosts, or none that would help." />) }
    </KpiStrip>)
}

/// What all hosts that are added cost: once, and each month at the end.
fn money_of_all(clusters: &[Named], money: &dyn Fn(&Named) -> Option<HostMoney>) -> (Money, Money) {
    let costs: Vec<_> = clusters.iter().map(|one| (&one.growth, money(one))).collect();
    money_of_added(&costs)
}

/// The clusters to which hosts are added, with what one costs.
fn lines_of(clusters: &[Named], money: &dyn Fn(&Named) -> Option<HostMoney>) -> Vec<lines::Line> {
    let line = |one: &Named| lines::Line { name: one.name.clone(), hosts: added(&one.growth).0, each: money(one) };
    clusters.iter().map(line).filter(|line| line.hosts > 0).collect()
}

/// `$40,000 + $1,400 a month`.
fn spent((once, monthly): (Money, Money), currency: Currency) -> String {
    let (paid, each_month) = (format::money_short(once, currency), format::money_short(monthly, currency));
    match (once > Money::ZERO, monthly > Money::ZERO) {
        (false, false) => "nothing".to_owned(),
        (true, false) => paid,
        (false, true) => format!("{each_month} a month"),
        (true, true) => format!("{paid} + {each_month} a month"),
    }
}

/// What so many hosts cost: `$40,000 once`.
fn worded(each: HostMoney, hosts: u32, currency: Currency) -> String {
    let all = |each: Money| format::money_short(each.times(u64::from(hosts)), currency);
    match each {
        HostMoney::Once(each) => format!("{} once", all(each)),
        HostMoney::Monthly(each) => format!("{} a month", all(each)),
    }
}

/// All additions in the order in which they come.
fn schedule(
    clusters: &[Named],
    work: &Work,
    plan: &Plan,
    today: CalendarMonth,
    money: &dyn Fn(&Named) -> Option<HostMoney>,
) -> Html {
    let all: Vec<(&Named, &Addition)> =
        clusters.iter().flat_map(|one| one.growth.additions.iter().map(move |addition| (one, addition))).collect();
    let all = in_order(&all, |(_, a), (_, b)| a.month.cmp(&b.month));
    if all.is_empty() {
        let is_stuck = clusters.iter().any(|one| one.growth.stuck.is_some());
        let why = if is_stuck {
            "Nothing: no host would help what becomes full."
        } else {
            "Nothing: the hosts of today are enough for this growth."
        };
        return html! { <p class="muted">{ why }</p> };
    }
    let is_rented = |one: &Named| {
        let footprint = plan.places.get(one.growth.place as usize).map(|place| place.footprint);
        let footprint = footprint.and_then(|id| work.scenario().footprint(id));
        footprint.is_some_and(|footprint| matches!(footprint.kind, FootprintKind::Hosts(_)))
    };
    let what = |one: &Named, addition: &Addition| match (addition.is_kept, is_rented(one)) {
        (true, _) => "kept on",
        (_, true) => "more of the same",
        _ => "bought",
    };
    let currency = work.scenario().assumptions.currency;
    let cost = |one: &Named, addition: &Addition| match money(one).filter(|_| !addition.is_kept) {
        Some(each) => worded(each, addition.hosts, currency),
        None => "–".to_owned(),
    };
    html! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="What is added when">
            <table class="grid">
                <thead><tr><th scope="col">{ "Month" }</th><th scope="col">{ "Cluster" }</th><th scope="col" class="num">{ "Hosts" }</th><th scope="col">{ "Money" }</th><th scope="col">{ "Because of" }</th></tr></thead>
                <tbody>{ for all.into_iter().enumerate().map(|(index, (one, addition))| html! {
                    <tr key={index}>
                        <th scope="row">{ today.after(addition.month) }</th><td>{ &one.name }</td>
                        <td class="num">{ format!("+{}", addition.hosts) }<span class="muted">{ format!(" {}", what(one, addition)) }</span></td>
                        <td>{ cost(one, addition) }</td><td>{ words::resource(addition.resource) }</td>
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}

/// Every cluster with how it stands today and where it ends.
fn table(clusters: &[Named], today: CalendarMonth) -> Html {
    html! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Clusters and when they are full">
            <table class="grid">
                <thead><tr>
                    <th scope="col">{ "Cluster" }</th><th scope="col" class="num">{ "Hosts" }</th><th scope="col" class="num">{ "Room for" }</th>
                    <th scope="col">{ "Full first" }</th><th scope="col">{ "Full" }</th>
                </tr></thead>
                <tbody>{ for clusters.iter().map(|one| {
                    let Named { name, growth } = one;
                    let full = growth.full.map_or_else(|| "not in this time".to_owned(), |month| when(month, today));
                    let stuck = growth.stuck.map(|month| html! {
                        <span class="sub warn">{ format!("{} from {} on", stuck_because(growth), today.after(month)) }</span>
                    });
                    html! {
                        <tr key={format!("{}-{}", growth.place, growth.cluster)}>
                            <th scope="row">{ name }</th>
                            <td class="num">{ hosts_over_time(std::slice::from_ref(one)) }</td>
                            <td class="num">{ format!("{} more", format::permille(room_permille(growth))) }</td>
                            <td>{ growth.limiting.map_or("–", words::resource) }</td>
                            <td class="timeline-full">{ full }{ for stuck }</td>
                        </tr>
                    }
                }) }</tbody>
                <tfoot><tr>
                    <th scope="row">{ "Total" }</th><td class="num">{ hosts_over_time(clusters) }</td><td></td><td></td><td></td>
                </tr></tfoot>
            </table>
        </div>
    }
}

/// Hosts of clusters, and what they become: `9 → 11`.
fn hosts_over_time(clusters: &[Named]) -> String {
    let (mut today, mut end) = (0, 0);
    for Named { growth, .. } in clusters {
        let (bought, kept) = added(growth);
        today += growth.hosts;
        end += growth.hosts + bought + kept;
    }
    if end > today { format!("{today} → {end}") } else { today.to_string() }
}

fn filling(clusters: &[Named], today: CalendarMonth, months: u32) -> Filling {
    let line = |Named { name, growth }: &Named| {
        let mut added: Vec<(usize, String)> = Vec::new();
        for addition in &growth.additions {
            let hosts = format!("+{}", format::counted(u64::from(addition.hosts), "host", "hosts"));
            match added.last_mut() {
                Some((month, words)) if *month == addition.month as usize => words.push_str(&format!(", {hosts}")),
                _ => added.push((addition.month as usize, hosts)),
            }
        }
        Line { name: name.clone(), filled: growth.filled.clone(), added }
    };
    Filling {
        months: (0..=months).map(|month| today.after(month)).collect(),
        lines: clusters.iter().map(line).collect(),
    }
}
