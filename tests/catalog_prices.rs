//! The catalogue that is shipped: every price has a source, a date and a status, and the figures are those of their sources.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use groundwork::engine::catalog::{
    Catalog, Destination, InstanceType, Price, PriceStatus, VsanArchitecture, load_core,
};
use groundwork::engine::model::{MiB, Money, OfferingId, RegionId, Term};

const TERMS: [Term; 3] = [Term::OnDemand, Term::OneYear, Term::ThreeYears];

/// The shipped files, all loaded.
fn catalog() -> Catalog {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("static/catalog");
    let read = |name: &str| fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut catalog = load_core(&read("core.pack")).expect("the core loads");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("static/catalog exists")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name != "core.pack")
        .collect();
    names.sort_by_key(|name| (!name.starts_with("types-"), name.clone()));
    for name in names {
        catalog.load_instances(&read(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    catalog
}

fn host_price(catalog: &Catalog, offering: &str, region: &str, term: Term) -> (Option<String>, PriceStatus) {
    let price = catalog.host_price(&OfferingId::from(offering), &RegionId::from(region), term);
    let price = price.unwrap_or_else(|| panic!("{offering} is not sold in {region}"));
    (price.amount.map(|amount| amount.to_string()), price.status)
}

fn instance<'catalog>(catalog: &'catalog Catalog, region: &str, name: &str) -> &'catalog InstanceType {
    let table = &catalog.instances[&RegionId::from(region)];
    table
        .types
        .iter()
        .find(|instance| instance.name == name)
        .unwrap_or_else(|| panic!("{name} is not sold in {region}"))
}

fn all_prices(catalog: &Catalog) -> Vec<(String, &Price)> {
    let hosts = catalog
        .host_prices
        .iter()
        .map(|price| (format!("{} in {} for {:?}", price.offering, price.region, price.term), &price.price));
    let disks = catalog.disks.iter().flat_map(|disk| {
        let name = format!("{} in {}", disk.kind, disk.region);
        [&disk.per_gib_month, &disk.per_iops_month, &disk.per_mibps_month].map(|price| (name.clone(), price))
    });
    let fees = catalog
        .hosts
        .iter()
        .filter_map(|host| Some((format!("deployment of {}", host.id), host.deployment_fee.as_ref()?)));
    let instances =
        catalog.instances.values().flat_map(|table| table.types.iter().map(move |instance| (table, instance)));
    let instances = instances.flat_map(|(table, instance)| {
        let name = format!("{} in {}", instance.name, table.region);
        instance.linux.iter().chain(&instance.windows).map(move |price| (name.clone(), price))
    });
    hosts.chain(disks).chain(fees).chain(instances).collect()
}

#[test]
fn every_price_has_a_source_a_date_and_a_status() {
    let catalog = catalog();
    let prices = all_prices(&catalog);
    assert!(prices.len() > 30_000, "{}", prices.len());
    for (name, price) in prices {
        let source = catalog.source(price.source).unwrap_or_else(|| panic!("{name} has no source"));
        assert!(!source.title.is_empty() && !source.as_of.is_empty(), "{name}: {source:?}");
        assert_eq!(price.amount.is_none(), price.status == PriceStatus::Ask, "{name}: {price:?}");
        assert!(price.amount.is_none_or(|amount| amount > Money::ZERO), "{name}: {price:?}");
        let explained = !price.note.is_empty();
        assert!(explained || price.status == PriceStatus::Listed, "{name} is {:?} without saying how", price.status);
    }
}

#[test]
fn regions_are_those_that_people_know_with_country_and_place() {
    let catalog = catalog();
    for region in catalog.regions.iter().filter(|region| region.id.as_str() != "site") {
        assert_eq!(region.country.len(), 2, "{region:?}");
        assert!(region.latitude_milli.abs() < 75_000 && region.longitude_milli.abs() <= 180_000, "{region:?}");
        assert!(region.latitude_milli != 0 && region.longitude_milli != 0, "{region:?}");
    }
    // The four regions of VMware Cloud on AWS in 2018 and four more have instances and hosts.
    for code in [
        "us-east-1",
        "us-west-2",
        "eu-central-1",
        "eu-west-2",
        "eu-west-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-northeast-1",
    ] {
        let id = RegionId(format!("aws/{code}"));
        assert!(catalog.instances.contains_key(&id) && catalog.instance_regions.contains(&id), "{code}");
        for offering in ["vmc-aws/i4i.metal", "evs/i4i.metal"] {
            let host = catalog.host(&OfferingId::from(offering)).expect("there");
            assert!(host.regions.contains(&id), "{offering} in {code}");
        }
        assert!(catalog.disk(&id).is_some_and(|disk| disk.per_gib_month.amount.is_some()), "{code}");
    }
    for host in &catalog.hosts {
        for region in &host.regions {
            assert!(catalog.region(region).is_some(), "{} in {region}", host.id);
            assert!(catalog.host_price(&host.id, region, Term::OnDemand).is_some(), "{} in {region}", host.id);
        }
    }
}

#[test]
fn host_types_are_those_of_their_documents() {
    let catalog = catalog();
    let host = |id: &str| {
        let host = catalog.host(&OfferingId::from(id)).unwrap_or_else(|| panic!("{id}"));
        (host.cores, host.memory.0 / 1024, host.raw_storage.0 / 1024, host.min_hosts, host.max_hosts)
    };
    // https://nxgcloud.com/2022/03/06/vmc-design/: 36 cores, 512 GiB, 10.37 TiB (6 × 1.9 TB); 48 cores, 768 GiB, 45.84 TiB
    assert_eq!(host("vmc-aws/i3.metal"), (36, 512, 10_617, 2, 16));
    assert_eq!(host("vmc-aws/i3en.metal"), (48, 768, 46_940, 2, 16));
    // EC2: 8 × 3,750 GB = 27,939 GiB. Four hosts have 109.1 TiB, for which EVS wants a key of 110 TiB:
    // https://docs.aws.amazon.com/evs/latest/userguide/vcf-license-mgmt.html
    assert_eq!(host("evs/i4i.metal"), (64, 1024, 27_939, 4, 16));
    // https://learn.microsoft.com/en-us/azure/azure-vmware/architecture-private-clouds#hosts: 52 cores, 1,536 GB, 38.40 TB
    assert_eq!(host("avs/av52"), (52, 1536, 35_762, 3, 16));
    // https://cloud.google.com/vmware-engine/docs/concepts-node-types: 128 vCPU, 2,048 GiB, 51.2 TB
    assert_eq!(host("gcve/ve2-mega-128"), (64, 2048, 47_683, 3, 28));
    let avs = catalog.host(&OfferingId::from("avs/av36p")).expect("there");
    assert_eq!((avs.max_clusters, avs.max_hosts_total), (12, 96));
    assert_eq!(avs.availability, "retires 2029-06-30"); // https://azure.microsoft.com/updates?id=557094
    assert_eq!(avs.vsan, [VsanArchitecture::Osa]);
    let i3 = catalog.host(&OfferingId::from("vmc-aws/i3.metal")).expect("there");
    assert!(!i3.open_to_new && i3.availability == "end of sale");
    assert_eq!((i3.management.vcpus, i3.management.memory), (16, MiB::from_gib(212)));
}

#[test]
fn host_prices_are_those_of_their_sources() {
    let catalog = catalog();
    let check = |offering: &str, region: &str, term: Term, amount: &str, status: PriceStatus| {
        let found = host_price(&catalog, offering, region, term);
        assert_eq!(found, (Some(amount.to_owned()).filter(|text| !text.is_empty()), status), "{offering} in {region}");
    };
    // https://developer.broadcom.com/xapis/vmc-on-aws-general/latest/data-structures/OnDemandOfferInstance
    check("vmc-aws/i3.metal", "aws/us-west-2", Term::OnDemand, "8.3681", PriceStatus::Listed);
    check("vmc-aws/i3.metal", "aws/eu-central-1", Term::OnDemand, "", PriceStatus::Ask);
    check("vmc-aws/i4i.metal", "aws/us-west-2", Term::OneYear, "", PriceStatus::Ask);
    // karpenter-provider-aws, 2026-07-20; × 1.19233 in Frankfurt (apache-libcloud 3.9.1): 10.982 × 1.19233 = 13.09416806
    check("evs/i4i.metal", "aws/us-east-1", Term::OnDemand, "10.982", PriceStatus::Listed);
    check("evs/i4i.metal", "aws/eu-central-1", Term::OnDemand, "13.094168", PriceStatus::Derived);
    check("evs/i7i.metal-24xl", "aws/us-east-1", Term::OnDemand, "9.0605", PriceStatus::Derived);
    // ec2-instances-info, 2025-05-28
    check("evs/i4i.metal", "aws/us-east-1", Term::OneYear, "6.651484", PriceStatus::Listed);
    check("evs/i4i.metal", "aws/us-east-1", Term::ThreeYears, "", PriceStatus::Ask);
    // avs-migration-planner, 2026-03-31: AV36P 17.62; 0.70 and 0.50 of it; Dsv5 costs 0.115 ÷ 0.096 in Frankfurt: 17.62 × 1.19792 = 21.1073504
    check("avs/av36p", "azure/eastus", Term::OnDemand, "17.62", PriceStatus::Indicative);
    check("avs/av36p", "azure/eastus", Term::OneYear, "12.334", PriceStatus::Indicative);
    check("avs/av36p", "azure/eastus", Term::ThreeYears, "8.81", PriceStatus::Indicative);
    check("avs/av36p", "azure/germanywestcentral", Term::OnDemand, "21.10735", PriceStatus::Indicative);
    check("avs/av36p", "azure/qatarcentral", Term::OnDemand, "", PriceStatus::Ask);
    check("gcve/ve1-standard-72", "gcp/europe-west3", Term::ThreeYears, "", PriceStatus::Ask);
    check("server/2s-64c-1024", "site", Term::OnDemand, "25600", PriceStatus::Assumed);
    let commitment = catalog.host_price(
        &OfferingId::from("gcve/ve1-standard-72"),
        &RegionId::from("gcp/europe-west3"),
        Term::OneYear,
    );
    assert!(commitment.is_some_and(|price| price.note.contains("24.4 %")), "the discount of a commitment is told");
}

#[test]
fn instance_prices_are_those_of_their_sources() {
    let catalog = catalog();
    let check = |region: &str, name: &str, windows: bool, term: Term, amount: &str, status: PriceStatus| {
        let price = instance(&catalog, region, name).price(windows, term);
        let found = price.amount.map_or_else(String::new, |amount| amount.to_string());
        assert_eq!((found.as_str(), price.status), (amount, status), "{name} in {region}: {}", price.note);
    };
    // karpenter-provider-aws, 2026-07-20, and ec2-instances-info, 2025-05-28
    check("aws/us-east-1", "m7i.large", false, Term::OnDemand, "0.1008", PriceStatus::Listed);
    check("aws/us-east-1", "m7i.large", true, Term::OnDemand, "0.1928", PriceStatus::Listed);
    check("aws/us-east-1", "m7i.large", false, Term::OneYear, "0.062215", PriceStatus::Listed);
    // With Windows: 0.062215 + 2 × 0.046 = 0.154215
    check("aws/us-east-1", "m7i.large", true, Term::OneYear, "0.154215", PriceStatus::Derived);
    check("aws/us-east-1", "m7i.large", false, Term::ThreeYears, "", PriceStatus::Ask);
    // × 1.19792 in Frankfurt = 0.120750; one year 0.12075 × 0.062215 ÷ 0.1008 = 0.0745284…
    check("aws/eu-central-1", "m7i.large", false, Term::OnDemand, "0.12075", PriceStatus::Derived);
    check("aws/eu-central-1", "m7i.large", true, Term::OnDemand, "0.21275", PriceStatus::Derived);
    check("aws/eu-central-1", "m7i.large", false, Term::OneYear, "0.074528", PriceStatus::Derived);
    // Burstable types: Windows costs 0.06 − 0.0416 = 0.0184 on top of t3.medium.
    check("aws/us-east-1", "t3.medium", true, Term::OnDemand, "0.06", PriceStatus::Listed);
    check("aws/eu-west-1", "t3.medium", true, Term::OnDemand, "0.064", PriceStatus::Derived); // 0.0416 × 1.09615 = 0.0455998… + 0.0184
    // c7i has no listed reservation: 0.1785 × 0.6174 = 0.1102059
    check("aws/us-east-1", "c7i.xlarge", false, Term::OneYear, "0.110206", PriceStatus::Derived);
    check("aws/us-east-1", "m7g.large", true, Term::OnDemand, "", PriceStatus::Ask);
    let arm: BTreeSet<&str> =
        catalog.families.iter().filter(|family| family.arm).map(|family| family.name.as_str()).collect();
    assert!(arm.contains("m7g") && arm.contains("t4g") && !arm.contains("m7i"));
    assert!(
        catalog.families.iter().all(|family| !(family.by_default && (family.arm || family.purpose == "burstable")))
    );
}

#[test]
fn disk_prices_are_those_of_their_sources() {
    let catalog = catalog();
    let monthly = |region: &str, gib: u64, iops: u32| {
        let disk = catalog.disk(&RegionId::from(region)).unwrap_or_else(|| panic!("{region}"));
        disk.monthly(MiB::from_gib(gib), iops, 0).map(|money| money.to_string())
    };
    // infracost test data, 2024-07-01: 0.08 USD a GiB and 0.005 USD for each operation beyond 3,000
    assert_eq!(monthly("aws/us-east-1", 1000, 5000), Some("90".to_owned()));
    // https://aws.amazon.com/ebs/pricing/ as of 2021-07-14: 0.0952 and 0.006 in Frankfurt, 0.096 in Tokyo
    assert_eq!(monthly("aws/eu-central-1", 1000, 5000), Some("107.2".to_owned()));
    assert_eq!(monthly("aws/ap-northeast-1", 1000, 3000), Some("96".to_owned()));
    assert_eq!(monthly("aws/il-central-1", 1000, 3000), None);
}

/// A table of the facts that the catalogue was made from, or `None` with a message where they are not at hand.
#[expect(clippy::print_stdout, reason = "a skipped comparison must not look like a passed one")]
fn facts(name: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/catalog").join(name);
    let path = if path.exists() {
        path
    } else {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog").join(name)
    };
    if !path.exists() {
        println!("skipped: ../shared/catalog/{name} is not here");
        return None;
    }
    let mut reader = csv::Reader::from_path(path).expect("readable");
    Some(reader.deserialize().map(|row| row.expect("a row of text")).collect())
}

#[test]
fn forty_instance_types_in_three_regions_equal_the_facts() {
    let (Some(base), Some(ratios)) = (facts("native_aws_us_east_1.csv"), facts("native_aws_region_multipliers.csv"))
    else {
        return;
    };
    let catalog = catalog();
    let families = ["m6i", "m7i", "c6i", "c7i", "r6i", "r7i", "m6a", "c6a", "t3"];
    let rows: Vec<_> = base
        .iter()
        .filter(|row| {
            let (family, size) = row["instance_type"].split_once('.').expect("family.size");
            families.contains(&family)
                && ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "medium", "small"].contains(&size)
        })
        .collect();
    assert!(rows.len() >= 40, "{}", rows.len());
    let mut compared = 0;
    for region in ["us-east-1", "eu-central-1", "ap-northeast-1"] {
        for row in &rows {
            let (name, family) = (&row["instance_type"], row["instance_type"].split('.').next().expect("a family"));
            let ratio =
                ratios.iter().find(|ratio| ratio["family"] == family && ratio["region"] == region).expect("a ratio");
            let exact = row["linux_od_usd_h"].parse::<f64>().expect("a number")
                * ratio["multiplier_vs_us_east_1"].parse::<f64>().expect("a number");
            let found = instance(&catalog, &format!("aws/{region}"), name);
            let amount = found.price(false, Term::OnDemand).amount.expect("priced").as_f64();
            assert!((amount - exact).abs() < 1e-6, "{name} in {region}: {amount} instead of {exact}");
            assert_eq!(found.vcpus.to_string(), row["vcpu"], "{name}");
            assert_eq!(found.memory, MiB((row["mem_gib"].parse::<f64>().expect("a number") * 1024.0) as u64), "{name}");
            let windows = found.price(true, Term::OnDemand).amount.expect("priced").as_f64() - amount;
            if family != "t3" {
                assert!(
                    (windows - 0.046 * f64::from(found.vcpus)).abs() < 1e-6,
                    "{name} in {region}: Windows {windows}"
                );
            }
            compared += 1;
        }
    }
    assert!(compared >= 3 * 40, "{compared}");
}

#[test]
fn every_region_has_a_choice_for_every_usual_machine() {
    let catalog = catalog();
    for table in catalog.instances.values() {
        let provider = table.region.as_str().split('/').next().expect("a provider");
        if provider == "oci" {
            // Sold by the processor and the GiB, not by type.
            assert!(table.types.is_empty() && catalog.extras.shapes.iter().any(|shape| shape.region == table.region));
            continue;
        }
        let choices = table.choices(&[], false, Term::OnDemand);
        let (vcpus, memory) = choices.largest();
        // The smallest regions of Azure and Google Cloud sell nothing larger.
        let least = if provider == "aws" { 96 } else { 48 };
        assert!(vcpus >= least && memory >= MiB::from_gib(384), "{}: {vcpus} vCPU, {} GiB", table.region, memory.gib());
        let small = choices.cheapest(2, MiB::from_gib(8)).expect("found");
        assert!(
            small.1.amount.is_some_and(|amount| amount < "0.3".parse().expect("a number")),
            "{}: {small:?}",
            table.region
        );
        assert!(!small.0.arm && small.0.by_default);
        for (windows, term) in [false, true].into_iter().flat_map(|windows| TERMS.map(|term| (windows, term))) {
            let found = table.cheapest(4, MiB::from_gib(16), windows, &[], term);
            let priced = term != Term::ThreeYears || provider != "aws";
            assert_eq!(found.is_some(), priced, "{} {term:?}", table.region);
        }
    }
}

/// Rows of a compressed table of facts, or `None` with a message where they are not at hand.
#[expect(clippy::print_stdout, reason = "a skipped comparison must not look like a passed one")]
fn packed_facts(name: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let beside = ["../shared/catalog", "../../shared/catalog"];
    let paths = beside.map(|folder| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder).join(name));
    let Some(path) = paths.iter().find(|path| path.exists()) else {
        println!("skipped: ../shared/catalog/{name} is not here");
        return None;
    };
    let file = fs::File::open(path).expect("readable");
    let mut reader = csv::Reader::from_reader(flate2::read::GzDecoder::new(file));
    Some(reader.deserialize().map(|row| row.expect("a row of text")).collect())
}

/// Compares prices on demand with Linux in some regions with the facts; gives how many types were compared in each region at least.
fn compare_on_demand(
    provider: &str,
    regions: [&str; 3],
    rows: &[BTreeMap<String, String>],
    type_column: &str,
    price_column: &str,
) -> usize {
    let catalog = catalog();
    let counts = regions.map(|region| {
        let table = &catalog.instances[&RegionId(format!("{provider}/{region}"))];
        let mut compared = 0;
        for row in rows.iter().filter(|row| row["region"] == region) {
            let Some(found) = table.types.iter().find(|sold| sold.name == row[type_column]) else { continue };
            let exact: f64 = row[price_column].parse().expect("a number");
            let amount = found.price(false, Term::OnDemand).amount.expect("priced").as_f64();
            assert!((amount - exact).abs() < 1e-6, "{} in {region}: {amount} instead of {exact}", found.name);
            assert_eq!(found.price(false, Term::OnDemand).status, PriceStatus::Listed, "{}", found.name);
            compared += 1;
        }
        compared
    });
    counts.into_iter().min().unwrap_or_default()
}

#[test]
fn azure_types_in_three_regions_equal_the_facts() {
    let (Some(rows), Some(specs)) = (packed_facts("native_azure_linux_payg.csv.gz"), facts("native_azure_specs.csv"))
    else {
        return;
    };
    let compared = compare_on_demand("azure", ["eastus", "westeurope", "japaneast"], &rows, "sku", "linux_payg_usd_h");
    assert!(compared >= 20, "{compared}");
    let catalog = catalog();
    for spec in &catalog.instance_specs["azure"] {
        let row = specs.iter().find(|row| row["sku"] == spec.name).expect("a size of the facts");
        assert_eq!(spec.vcpus.to_string(), row["vcpu"], "{}", spec.name);
        assert_eq!(
            spec.memory,
            MiB((row["mem_gib"].parse::<f64>().expect("a number") * 1024.0) as u64),
            "{}",
            spec.name
        );
    }
}

#[test]
fn azure_reservations_and_windows_equal_the_facts() {
    let Some(rows) = facts("native_azure_reserved_dsv5_esv5.csv") else { return };
    let catalog = catalog();
    let mut compared = 0;
    for row in &rows {
        let Some(table) = catalog.instances.get(&RegionId(format!("azure/{}", row["region"]))) else { continue };
        let Some(found) = table.types.iter().find(|sold| sold.name == row["sku"]) else { continue };
        for (column, windows, term) in [
            ("windows_payg_usd_h", true, Term::OnDemand),
            ("linux_ri1y_usd_h", false, Term::OneYear),
            ("linux_ri3y_usd_h", false, Term::ThreeYears),
        ] {
            let exact: f64 = row[column].parse().unwrap_or_default();
            if exact > 0.0 {
                let amount = found.price(windows, term).amount.expect("priced").as_f64();
                assert!(
                    (amount - exact).abs() < 1e-6,
                    "{} in {}: {amount} instead of {exact}",
                    found.name,
                    row["region"]
                );
                compared += 1;
            }
        }
    }
    assert!(compared >= 1_500, "{compared}");
}

#[test]
fn google_types_in_three_regions_equal_the_facts() {
    let Some(rows) = packed_facts("native_gcp_on_demand.csv.gz") else { return };
    let regions = ["us-central1", "europe-west3", "asia-southeast1"];
    let compared = compare_on_demand("gcp", regions, &rows, "machine_type", "on_demand_usd_h");
    assert!(compared >= 20, "{compared}");
}

#[test]
fn traffic_equals_the_facts() {
    let Some(rows) = facts("aws_egress.csv") else { return };
    let catalog = catalog();
    let mut compared = 0;
    for row in rows.iter().filter(|row| row["kind"] == "internet") {
        let region = format!("aws/{}", row["region"]);
        let tiers =
            catalog.extras.egress.iter().filter(|tier| tier.region == region && tier.to == Destination::Internet);
        let from: u64 = row["tier_from_gb"].parse().expect("a number");
        let found = tiers.clone().find(|tier| tier.from_gib == from);
        if let Some(tier) = found {
            assert_eq!(tier.per_gib.amount, row["usd_per_gb"].parse().ok(), "{region} from {from}");
            compared += 1;
        }
    }
    assert!(compared >= 100, "{compared}");
}

#[test]
fn what_has_to_be_asked_for_has_no_amount_anywhere() {
    let catalog = catalog();
    let mut extras = 0;
    let prices = catalog.extras.services.iter().map(|service| (&service.service, &service.price));
    for (name, price) in prices.chain(catalog.extras.egress.iter().map(|tier| (&tier.region, &tier.per_gib))) {
        assert_eq!(price.amount.is_none(), price.status == PriceStatus::Ask, "{name}: {price:?}");
        assert!(catalog.source(price.source).is_some_and(|source| !source.as_of.is_empty()), "{name}");
        extras += 1;
    }
    assert!(extras > 150, "{extras}");
}

#[test]
fn the_regions_are_those_that_the_facts_have_figures_for() {
    let catalog = catalog();
    let sold = |provider: &str| -> BTreeSet<String> {
        let codes = catalog.instance_regions.iter().filter_map(|region| region.as_str().split_once('/'));
        codes.filter(|(known, _)| *known == provider).map(|(_, code)| code.to_owned()).collect()
    };
    let named = |rows: Vec<BTreeMap<String, String>>| -> BTreeSet<String> {
        rows.into_iter().filter_map(|mut row| row.remove("region")).collect()
    };
    if let Some(rows) = facts("native_aws_region_multipliers.csv") {
        // The ratios are to N. Virginia, and have a local zone too, which is no region.
        let mut expected = named(rows);
        expected.insert("us-east-1".to_owned());
        expected.retain(|code| !code.contains("-lax-"));
        assert_eq!(sold("aws"), expected);
    }
    for (provider, file) in [("azure", "native_azure_linux_payg.csv.gz"), ("gcp", "native_gcp_on_demand.csv.gz")] {
        if let Some(rows) = packed_facts(file) {
            let mut expected = named(rows);
            expected.remove("");
            assert_eq!(sold(provider), expected, "{provider}");
        }
    }
    if let Some(rows) = facts("avs_region_az.csv") {
        let expected: BTreeSet<String> =
            named(rows).into_iter().map(|name| format!("azure/{}", name.replace(' ', "").to_lowercase())).collect();
        let hosts = catalog.hosts.iter().filter(|host| host.id.as_str().starts_with("avs/"));
        let found: BTreeSet<String> = hosts.flat_map(|host| &host.regions).map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }
}
