//! What is found in the catalogue that is delivered.

use super::*;
use crate::engine::model::{
    Assumptions, ClusterFootprint, ClusterId, Footprint, FootprintId, FootprintKind, Policy, PolicyOverride,
    SiteFigures,
};

fn catalog() -> Catalog {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/static/catalog/core.pack"));
    crate::engine::catalog::load_core(&bytes.expect("the core is there")).expect("the core loads")
}

fn keys(catalog: &Catalog, filter: &Filter) -> Vec<String> {
    offers(catalog, filter, Order::Name).iter().map(Offer::key).collect()
}

fn only(set: impl FnOnce(&mut Filter)) -> Filter {
    let mut filter = Filter::default();
    set(&mut filter);
    filter
}

#[test]
fn without_a_filter_everything_is_there_once() {
    let catalog = catalog();
    let mut all = keys(&catalog, &Filter::default());
    assert_eq!(all.len(), catalog.hosts.len() + catalog.families.len());
    all.sort();
    all.dedup();
    assert_eq!(all.len(), catalog.hosts.len() + catalog.families.len());
}

/// What holds for all that a condition leaves.
type Holds = fn(&Offer<'_>) -> bool;

#[test]
fn each_condition_leaves_what_it_names() {
    let catalog = catalog();
    let is_host: Holds = |offer| matches!(offer, Offer::Host { .. });
    let cases: [(&str, Filter, Holds); 9] = [
        ("hosts", only(|filter| filter.hosts = Some(true)), is_host),
        ("instances", only(|filter| filter.hosts = Some(false)), |offer| matches!(offer, Offer::Family { .. })),
        ("words", only(|filter| filter.text = "vmware i4i".to_owned()), |offer| offer.name() == "i4i.metal"),
        ("azure", only(|filter| filter.provider = Some("azure".to_owned())), |offer| {
            offer.region().as_str().starts_with("azure/")
        }),
        ("to buy", only(|filter| filter.provider = Some(OWN.to_owned())), |offer| offer.isolation() == Isolation::Own),
        (
            "vSAN",
            only(|filter| filter.vsan = Some(true)),
            |offer| matches!(offer, Offer::Host { host, .. } if host.raw_storage.0 > 0),
        ),
        ("bare metal", only(|filter| filter.isolation = Some(Isolation::BareMetal)), |offer| {
            offer.key().starts_with("ec2-metal/")
        }),
        ("derived", only(|filter| filter.status = Some(PriceStatus::Derived)), |offer| {
            offer.status() == Some(PriceStatus::Derived)
        }),
        (
            "open",
            only(|filter| filter.open = true),
            |offer| !matches!(offer, Offer::Host { host, .. } if !host.open_to_new),
        ),
    ];
    let all = offers(&catalog, &Filter::default(), Order::Name).len();
    for (name, filter, holds) in cases {
        let found = offers(&catalog, &filter, Order::Name);
        assert!(!found.is_empty() && found.len() < all, "{name}: {} of {all}", found.len());
        let wrong: Vec<String> = found.iter().filter(|offer| !holds(offer)).map(Offer::key).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
    }
}

#[test]
fn a_row_is_looked_at_where_the_filter_looks_else_where_its_price_is_known_best() {
    let catalog = catalog();
    let region = |filter: &Filter| {
        let found = offers(&catalog, filter, Order::Name);
        found
            .iter()
            .find(|offer| offer.key() == "vmc-aws/i4i.metal")
            .map(|offer| (offer.region().to_string(), offer.status()))
    };
    let (_, status) = region(&Filter::default()).expect("it is offered");
    let best = catalog
        .host_prices
        .iter()
        .filter(|price| price.offering.as_str() == "vmc-aws/i4i.metal" && price.term == Term::OnDemand);
    assert_eq!(status, best.map(|price| price.price.status).min());
    let frankfurt = region(&only(|filter| filter.regions = vec!["aws/eu-central-1".into()]));
    assert_eq!(frankfurt.map(|(region, _)| region).as_deref(), Some("aws/eu-central-1"));
    let germany = region(&only(|filter| filter.country = Some("DE".to_owned())));
    assert_eq!(germany.map(|(region, _)| region).as_deref(), Some("aws/eu-central-1"));
    assert_eq!(region(&only(|filter| filter.country = Some("XX".to_owned()))), None);
}

#[test]
fn servers_have_their_price_on_every_term() {
    let catalog = catalog();
    for term in [Term::OnDemand, Term::OneYear, Term::ThreeYears] {
        let filter = only(|filter| (filter.provider, filter.term) = (Some(OWN.to_owned()), term));
        let found = offers(&catalog, &filter, Order::Name);
        assert!(found.iter().all(|offer| offer.status() == Some(PriceStatus::Assumed)), "{term:?}");
    }
}

#[test]
fn orders_put_the_first_first_and_what_has_no_price_last() {
    let catalog = catalog();
    let filter = only(|filter| filter.hosts = Some(true));
    let cores: Vec<u32> = offers(&catalog, &filter, Order::Cores).iter().map(|offer| offer.size().0).collect();
    assert!(cores.is_sorted_by(|a, b| a >= b), "{cores:?}");
    let memory: Vec<u64> = offers(&catalog, &filter, Order::Memory).iter().map(|offer| offer.size().1).collect();
    assert!(memory.is_sorted_by(|a, b| a >= b), "{memory:?}");
    let prices: Vec<_> = offers(&catalog, &filter, Order::PricePerCore).iter().map(Offer::per_core).collect();
    assert!(prices.is_sorted(), "{prices:?}");
    assert!(prices.last().is_some_and(|last| last.0), "what has to be asked for comes last");
}

#[test]
fn a_row_becomes_a_place_in_its_region_on_the_term() {
    let catalog = catalog();
    let filter = only(|filter| filter.regions = vec!["aws/eu-central-1".into()]);
    let found = offers(&catalog, &filter, Order::Name);
    let place = |key: &str| {
        let offer = found.iter().find(|offer| offer.key() == key).expect("it is offered");
        footprint(&catalog, offer, Term::ThreeYears)
    };
    let hosts = place("vmc-aws/i4i.metal");
    assert_eq!(hosts.name, "VMware Cloud on AWS i4i.metal, Frankfurt");
    assert!(
        matches!(&hosts.kind, FootprintKind::Hosts(hosts) if hosts.region.as_str() == "aws/eu-central-1" && hosts.term == Term::ThreeYears)
    );
    let instances = place("aws m7i");
    assert_eq!(instances.name, "Amazon Web Services m7i instances, Frankfurt");
    assert!(matches!(&instances.kind, FootprintKind::Instances(instances) if instances.families == ["m7i"]));
    let server = offers(&catalog, &only(|filter| filter.provider = Some(OWN.to_owned())), Order::Name);
    let server = footprint(&catalog, &server[0], Term::ThreeYears);
    assert!(
        matches!(&server.kind, FootprintKind::Hosts(hosts) if hosts.term == Term::OnDemand && hosts.region.as_str() == OWN)
    );
}

#[test]
fn the_map_has_what_is_offered_and_marks_the_plan() {
    let catalog = catalog();
    let plan =
        [hosts(&catalog, catalog.host(&"avs/av48".into()).expect("a type"), "azure/uksouth".into(), Term::OnDemand)];
    let filter = only(|filter| filter.hosts = Some(true));
    let Mapped { map, regions } = mapped(&catalog, &filter, &plan);
    assert_eq!(map.spots.len(), regions.len());
    assert!(regions.iter().all(|region| region.as_str() != OWN));
    let planned: Vec<&str> = map.spots.iter().filter(|spot| spot.in_plan).map(|spot| spot.name.as_str()).collect();
    assert_eq!(planned, ["London, GB"]);
    // A place that the filter names is marked, and hides none of the others.
    let narrow = Filter { regions: vec!["aws/eu-central-1".into()], ..filter };
    let chosen = mapped(&catalog, &narrow, &plan);
    assert_eq!(chosen.regions, regions);
    let marked: Vec<&str> =
        chosen.map.spots.iter().filter(|spot| spot.is_chosen).map(|spot| spot.name.as_str()).collect();
    assert_eq!(marked, ["Frankfurt, DE"]);
}

#[test]
fn sites_of_ones_own_are_on_the_map_where_it_is_known_what_they_are_near_to() {
    let catalog = catalog();
    let cluster = |id: u32, name: &str, near: Option<&str>| {
        let kind = FootprintKind::Cluster(ClusterFootprint::kept(ClusterId(id.into())));
        let policy = PolicyOverride::default();
        let mut place = Footprint { id: FootprintId(id), name: name.to_owned(), enabled: id != 3, kind, policy };
        place.set_site(SiteFigures { near: near.map(RegionId::from), ..SiteFigures::default() });
        place
    };
    let frankfurt = Some("aws/eu-central-1");
    let plan = [
        cluster(1, "Production", frankfurt),
        cluster(2, "Nowhere", None),
        cluster(3, "Old", Some("aws/eu-west-2")),
        cluster(4, "Test", frankfurt),
        cluster(5, "Lost", Some("nobody/knows")),
    ];
    let filter = only(|filter| filter.hosts = Some(true));
    let Mapped { map, regions } = mapped(&catalog, &filter, &plan);
    let sites: Vec<(&str, bool, &str)> = map
        .spots
        .iter()
        .zip(&regions)
        .filter(|(spot, _)| spot.is_site)
        .map(|(spot, region)| (spot.name.as_str(), spot.in_plan, region.as_str()))
        .collect();
    // What is bought for one's own sites is found by choosing one.
    assert_eq!(sites, [("Production, Test", true, OWN), ("Old", false, OWN)]);
    let at = |name: &str| {
        let spot = map.spots.iter().find(|spot| spot.name == name).expect("it is on the map");
        (spot.latitude_milli, spot.longitude_milli)
    };
    assert_eq!(at("Production, Test"), at("Frankfurt, DE"));
}

#[test]
fn types_are_compared_by_what_they_give_and_what_is_missing_says_so() {
    let catalog = catalog();
    let found = offers(&catalog, &only(|filter| filter.hosts = Some(true)), Order::Name);
    let chosen: Vec<Offer<'_>> = ["evs/i4i.metal", "avs/av48", "ibm-vcf/2x-8474c", "ec2-metal/r7i.metal-24xl"]
        .into_iter()
        .filter_map(|key| found.iter().find(|offer| offer.key() == key).copied())
        .collect();
    let comparison = compare(&catalog, &chosen, Term::OnDemand, &Policy::default(), &Assumptions::default());
    assert_eq!(comparison.heads.len(), 4);
    let row = |name: &str| comparison.rows.iter().find(|row| row.name == name).expect("a row");
    assert!(comparison.rows.iter().all(|row| row.cells.len() == 4));
    for name in ["Host, a month", "Together, a month", "For each vCPU", "For each GiB of memory"] {
        let tags: Vec<&str> = row(name).cells.iter().map(|cell| cell.tag).collect();
        assert_eq!(tags[2], "needs a quote", "{name}");
        assert!(row(name).cells[2].text.is_empty() && !row(name).cells[0].text.is_empty(), "{name}");
    }
    assert_eq!(row("For each TiB of usable storage").cells[3].tag, "no storage of its own");
    assert_eq!(row("For each vCPU").cells.iter().filter(|cell| cell.is_least).count(), 1);
    // 64 cores × 4 vCPU less the headroom, of 1 TiB less that of memory.
    let policy = Policy::default();
    let vcpus = 64 * u64::from(policy.vcpu_per_core_pct) * u64::from(100 - policy.cpu_headroom_pct) / 10_000;
    assert_eq!(row("vCPU of a host").cells[0].text, vcpus.to_string());
    assert_eq!(row("Hosts").cells[0].text, "4–16 in a cluster, 1 cluster, 16 in all");
}

#[test]
fn no_more_are_compared_than_fit() {
    let catalog = catalog();
    let all = offers(&catalog, &Filter::default(), Order::Name);
    let comparison = compare(&catalog, &all, Term::OneYear, &Policy::default(), &Assumptions::default());
    assert_eq!(comparison.heads.len(), MOST_COMPARED);
}
