use super::*;
use crate::engine::catalog::fixture::{catalog, packs, tables};
use crate::engine::catalog::{Billing, SpareHost, VsanArchitecture};
use crate::engine::model::{MHz, OfferingId, Term};

/// Changes one table and expects the error `message`.
#[track_caller]
fn refuses(table: &str, old: &str, new: &str, message: &str) {
    let mut tables = tables();
    let text = tables.get_mut(table).expect("a table");
    assert!(text.contains(old), "{table} has no {old:?}");
    *text = text.replacen(old, new, 1);
    assert_eq!(build(&tables).expect_err("refused").to_string(), message);
}

fn host_price(region: &str, term: Term) -> Option<(String, PriceStatus, String)> {
    let catalog = catalog();
    let price = catalog.host_price(&OfferingId::from("metal/x"), &RegionId::from(region), term)?;
    let amount = price.amount.map_or_else(String::new, |amount| amount.to_string());
    Some((amount, price.status, price.note.clone()))
}

#[track_caller]
fn check_host(region: &str, term: Term, amount: &str, status: PriceStatus, note: &str) {
    assert_eq!(host_price(region, term), Some((amount.to_owned(), status, note.to_owned())), "{region} for {term:?}");
}

/// Linux and Windows prices on demand, for one and for three years, blank where they have to be asked for.
fn instance_prices(region: &str, name: &str) -> [String; 6] {
    let catalog = catalog();
    let types = &catalog.instances[&RegionId::from(region)].types;
    let instance = types.iter().find(|instance| instance.name == name).expect("sold here");
    let prices: Vec<String> = instance
        .linux
        .iter()
        .chain(&instance.windows)
        .map(|price| price.amount.map_or_else(String::new, |amount| amount.to_string()))
        .collect();
    prices.try_into().expect("six prices")
}

#[test]
fn a_mistake_is_named_by_table_row_and_column() {
    refuses("hosts", "2,36,", "2,many,", "hosts.csv, row 2, column cores: not a number that fits: \"many\"");
    refuses(
        "hosts",
        "11400 GB",
        "11400",
        "hosts.csv, row 2, column raw_storage: neither a number of GB nor of TiB: \"11400\"",
    );
    refuses(
        "hosts",
        "0 GB,,",
        "9 GB,,",
        "hosts.csv, row 3, column vsan: a host has vSAN exactly where it has disks of its own",
    );
    refuses("spare_hosts", "metal", "wood", "spare_hosts.csv, row 2, column service: not in services.csv");
    refuses("hosts", "old list", "new", "hosts.csv, row 2, column sources: not in sources.csv: \"new\"");
    refuses(
        "host_regions",
        "a/two",
        "a/four",
        "host_regions.csv, row 3, column region: not in regions.csv: \"a/four\"",
    );
    refuses(
        "host_regions",
        "a/two",
        "a/one",
        "host_regions.csv, row 3, column region: this host type stands here twice",
    );
    refuses("host_regions", "a/two", "site", "host_regions.csv, row 3, column region: belongs to another provider");
    refuses(
        "instance_prices",
        "a/one,m.large,linux,one_year",
        "a/one,m.tiny,linux,one_year",
        "instance_prices.csv, row 3, column type: not in instance_types.csv",
    );
    refuses(
        "instance_prices",
        "a/one,m.large,linux,one_year",
        "a/one,m.large,linux,on_demand",
        "instance_prices.csv, row 3, column term: this price stands twice",
    );
    refuses(
        "instance_types",
        "m.large,m,",
        "m.large,q,",
        "instance_types.csv, row 2, column family: not in instance_families.csv",
    );
    refuses("price_ratios", "1.25", "0", "price_ratios.csv, row 2, column ratio: must be above zero");
    refuses(
        "host_price_rules",
        "=,on_demand",
        "=,one_year",
        "host_price_rules.csv, row 3, column from_term: must be a shorter term, so that rules do not go in circles",
    );
    refuses("meta", "as_of", "until", "meta.csv, row 0, column key: no row `as_of`");
    let mut tables = tables();
    tables.remove("regions");
    assert_eq!(build(&tables).expect_err("refused").to_string(), "regions.csv, row 0, column : the table is missing");
}

#[test]
fn a_price_has_no_amount_exactly_where_it_must_be_asked_for() {
    refuses(
        "host_prices",
        "8.3681,USD,listed",
        ",USD,listed",
        "host_prices.csv, row 2, column amount: missing; the status of a price without amount is `ask`",
    );
    refuses(
        "host_prices",
        "8.3681,USD,listed",
        "8.3681,USD,ask",
        "host_prices.csv, row 2, column amount: a price to ask for has no amount",
    );
    refuses(
        "host_prices",
        "8.3681,USD,listed",
        "0,USD,listed",
        "host_prices.csv, row 2, column amount: nothing is free",
    );
    refuses(
        "host_prices",
        "8.3681,USD,listed",
        "-1,USD,listed",
        "host_prices.csv, row 2, column amount: a price below zero",
    );
    refuses(
        "host_prices",
        "8.3681,USD,listed",
        "8.3681,USD,quote",
        "host_prices.csv, row 2, column status: a quote is the user's own and has no place in the catalogue",
    );
    refuses(
        "host_prices",
        "8.3681,USD,listed,list",
        "8.3681,USD,listed,",
        "host_prices.csv, row 2, column source: must not be empty",
    );
    refuses(
        "host_prices",
        "400 USD for each core",
        "",
        "host_prices.csv, row 5, column note: must say where the figure comes from",
    );
    refuses(
        "host_prices",
        "8.3681,USD",
        "8.3681,XAU",
        "host_prices.csv, row 2, column currency: not a currency: \"XAU\"",
    );
}

#[test]
fn the_same_tables_give_the_same_bytes_and_others_another_edition() {
    assert_eq!(packs(), packs());
    let mut other = tables();
    other.insert("meta".to_owned(), "key,value\nas_of,2026-02-01\n".to_owned());
    assert_ne!(fingerprint(&tables()), fingerprint(&other));
}

#[test]
fn a_host_type_takes_what_its_service_says() {
    let catalog = catalog();
    let host = catalog.host(&OfferingId::from("metal/x")).expect("there");
    assert_eq!((host.service.as_str(), host.provider.as_str(), host.billing), ("Metal service", "a", Billing::Hourly));
    assert_eq!((host.min_hosts, host.max_hosts, host.max_clusters, host.max_hosts_total), (3, 16, 2, 30));
    assert_eq!((host.speed, host.memory), (MHz(2300), MiB::from_gib(512)));
    assert_eq!(host.raw_storage, MiB(10_871_887)); // 11,400 × 10⁹ ÷ 2²⁰, rounded down
    assert_eq!(host.vsan, [VsanArchitecture::Osa, VsanArchitecture::Esa]);
    // 9 GHz need 4 cores of 2.3 GHz, each of which counts as 4 vCPU.
    assert_eq!((host.management.vcpus, host.management.memory), (16, MiB::from_gib(212)));
    assert_eq!(host.deployment_fee.as_ref().map(|fee| (fee.amount, fee.status)), Some((None, PriceStatus::Ask)));
    assert_eq!(host.note, "Of the host; Of the service; Replaced");
    assert_eq!(host.spare, Some(SpareHost { free_days: 7 }));
    let titles: Vec<&str> = host.sources.iter().map(|&at| catalog.sources[at as usize].title.as_str()).collect();
    assert_eq!(titles, ["Price list", "Old list"]);
}

#[test]
fn prices_of_hosts_come_from_figures_then_rules_then_what_holds_elsewhere() {
    check_host("a/one", Term::OnDemand, "8.3681", PriceStatus::Listed, "");
    // 8.3681 × 1.25 = 10.460125
    check_host("a/two", Term::OnDemand, "10.460125", PriceStatus::Derived, "One × 1.25; few left");
    // 10.460125 × 0.7 = 7.3220875, half to even
    check_host("a/two", Term::OneYear, "7.322088", PriceStatus::Indicative, "0.7 × on demand; few left");
    check_host("a/three", Term::OnDemand, "", PriceStatus::Ask, "Ask");
    assert_eq!(host_price("a/three", Term::OneYear), None);
    check_host("a/three", Term::ThreeYears, "", PriceStatus::Ask, "Ask");
    assert_eq!(host_price("site", Term::OnDemand), None);
}

#[test]
fn prices_of_instances_are_derived_by_the_formulas() {
    // Windows: 2 vCPU × 0.046 = 0.092 on top. One year of m.large has a figure, that of m.xlarge is 0.6 × 0.2016.
    assert_eq!(instance_prices("a/one", "m.large"), ["0.1008", "0.0504", "", "0.1928", "0.1424", ""]);
    assert_eq!(instance_prices("a/one", "m.xlarge"), ["0.2016", "0.12096", "", "0.3856", "0.30496", ""]);
    // × 1.19792 = 0.120750336; half of it, as in region one, rounded to even.
    assert_eq!(instance_prices("a/two", "m.large"), ["0.12075", "0.060375", "", "0.21275", "0.152375", ""]);
    // A burstable type costs less on top with Windows than the rule says, which its figure shows; nothing is known of commitments.
    // Its price for three years stands in a matrix; Windows is 0.0138 on top of it, as it is on demand.
    assert_eq!(instance_prices("a/one", "t.small"), ["0.02", "", "0.01", "0.0338", "", "0.0238"]);
    assert_eq!(instance_prices("a/one", "g.large"), ["0.08", "", "", "", "", ""]);
    let catalog = catalog();
    let names = |region: &str| {
        catalog.instances[&RegionId::from(region)]
            .types
            .iter()
            .map(|instance| instance.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("a/one"), ["g.large", "m.large", "m.xlarge", "t.small"]);
    assert_eq!(names("a/two"), ["m.large", "m.xlarge", "o.large", "oc.large"]);
    let in_two = &catalog.instances[&RegionId::from("a/two")].types;
    let derived = &in_two[0].linux[0];
    assert_eq!(derived.note, "Price of One of 2026-01-01 × 1.19792, the ratio of m in this region");
    assert_eq!(catalog.source(derived.source).map(|source| source.title.as_str()), Some("Old list"));
}

#[test]
fn an_earlier_generation_stands_in_where_its_purpose_has_no_current_one() {
    let catalog = catalog();
    let chosen = |name: &str| {
        let types = &catalog.instances[&RegionId::from("a/two")].types;
        types.iter().find(|instance| instance.name == name).map(|instance| instance.by_default)
    };
    assert_eq!([chosen("m.large"), chosen("o.large"), chosen("oc.large")], [Some(true), Some(false), Some(true)]);
}

#[test]
fn files_are_named_by_provider_and_region() {
    let packs = packs();
    let names: Vec<&str> = packs.keys().map(String::as_str).collect();
    assert_eq!(names, ["core.pack", "instances-a-one.pack", "instances-a-two.pack", "types-a.pack"]);
}
