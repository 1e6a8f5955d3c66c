use std::ops::ControlFlow;

use proptest::prelude::*;

use super::*;
use crate::engine::catalog::{
    Catalog, Commitment, DiskPrice, DiskScaling, Extras, HostOffering, HostPrice, InstanceSpec, InstanceTable,
    InstanceType, Price, PriceStatus, Region,
};
use crate::engine::model::{Currency, MiB, Money, OfferingId, RegionId, Term};
use crate::engine::progress::{Progress, Silent};

const REGION: &str = "aws/us-east-1";

fn price(text: &str) -> Price {
    let amount = text.parse().ok();
    let status = if amount.is_some() { PriceStatus::Listed } else { PriceStatus::Ask };
    Price { amount, currency: Currency::Usd, status, source: None, note: String::new() }
}

fn catalog() -> Catalog {
    let region = RegionId::from(REGION);
    let host =
        HostOffering { id: OfferingId::from("metal/x"), regions: vec![region.clone()], ..HostOffering::default() };
    let host_price =
        HostPrice { offering: host.id.clone(), region: region.clone(), term: Term::OnDemand, price: price("10") };
    let instance = InstanceType {
        name: "m.large".to_owned(),
        family: "m".to_owned(),
        vcpus: 2,
        memory: MiB::from_gib(8),
        network_mbps: 0,
        arm: false,
        by_default: true,
        linux: ["0.1", "", ""].map(price),
        windows: ["0.192", "", ""].map(price),
    };
    let disk = DiskPrice {
        region: region.clone(),
        kind: "gp3".to_owned(),
        per_gib_month: price("0.08"),
        included_iops: 3000,
        per_iops_month: price("0.005"),
        included_mibps: 125,
        per_mibps_month: price("0.04"),
        min_gib: 1,
        max_gib: 16_384,
        max_iops: 16_000,
        max_mibps: 1000,
        scaling: DiskScaling::default(),
    };
    Catalog {
        regions: vec![Region { id: region.clone(), ..Region::default() }],
        hosts: vec![host],
        host_prices: vec![host_price],
        disks: vec![disk],
        instance_regions: vec![region.clone()],
        instances: [(region.clone(), InstanceTable { region, types: vec![instance] })].into(),
        ..Catalog::default()
    }
}

/// What a list changes, a line for each.
fn changed(list: &PriceList) -> Result<Vec<String>, PriceError> {
    let line = |change: Change| {
        let amount = |amount: Option<Money>| amount.map_or("-".to_owned(), |amount| amount.to_string());
        format!(
            "{} {} {}: {} > {} {}",
            change.what,
            change.id,
            change.of,
            amount(change.old),
            amount(change.new),
            change.currency.code()
        )
    };
    changes(list, &catalog()).map(|changes| changes.into_iter().map(line).collect())
}

#[track_caller]
fn check_own(rows: &str, expected: &[&str]) {
    let text = format!("what,id,region,term,os,amount,currency,per,item\n{rows}");
    let list = read_own(&text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(changed(&list), Ok(expected.iter().map(|&line| line.to_owned()).collect()), "{rows}");
}

#[test]
fn prices_of_ones_own_go_before_those_of_the_catalogue() {
    check_own("host_price,metal/x,aws/us-east-1,on_demand,,9.5,USD,hour", &["host metal/x on demand: 10 > 9.5 USD"]);
    check_own("host_price,metal/x,aws/us-east-1,three_years,,5,EUR,", &["host metal/x three years: - > 5 EUR"]);
    check_own(
        "instance_price,m.large,aws/us-east-1,one_year,linux,0.06,USD,hour",
        &["instance m.large one year, Linux: - > 0.06 USD"],
    );
    check_own("disk_price,gp3,aws/us-east-1,,,0.07,USD,gib", &["disk gp3 GiB: 0.08 > 0.07 USD"]);
    check_own("disk_price,gp3,aws/us-east-1,,,0.08,USD,gib", &[]);
}

#[test]
fn discounts_come_off_the_catalogue_and_leave_ones_own_prices() {
    check_own("discount,aws,,on_demand,,10,,hosts", &["host metal/x on demand: 10 > 9 USD"]);
    check_own(
        "discount,aws,,on_demand,,10%,,\nhost_price,metal/x,aws/us-east-1,on_demand,,8,USD,hour",
        &[
            "disk gp3 GiB: 0.08 > 0.072 USD",
            "disk gp3 IOPS: 0.005 > 0.0045 USD",
            "disk gp3 MiB/s: 0.04 > 0.036 USD",
            "host metal/x on demand: 10 > 8 USD",
            "instance m.large on demand, Linux: 0.1 > 0.09 USD",
            "instance m.large on demand, Windows: 0.192 > 0.1728 USD",
        ],
    );
    check_own("discount,azure,,,,10,,", &[]);
    let discounted = read_own("what,id,amount\ndiscount,*,7.5\n").expect("reads").applied(&catalog()).expect("applies");
    let price = &discounted.host_prices[0].price;
    assert_eq!(
        (price.status, price.note.as_str()),
        (PriceStatus::Derived, "list price 10 USD less your discount of 7.5 % = 9.25 USD")
    );
}

#[test]
fn a_discount_may_be_on_one_thing_alone() {
    check_own(
        "discount,aws,,,,12,,disks,gp3",
        &["disk gp3 GiB: 0.08 > 0.0704 USD", "disk gp3 IOPS: 0.005 > 0.0044 USD", "disk gp3 MiB/s: 0.04 > 0.0352 USD"],
    );
    check_own("discount,aws,,,,10,,hosts,metal", &["host metal/x on demand: 10 > 9 USD"]);
    check_own(
        "discount,aws,,on_demand,,10,,instances,M",
        &[
            "instance m.large on demand, Linux: 0.1 > 0.09 USD",
            "instance m.large on demand, Windows: 0.192 > 0.1728 USD",
        ],
    );
    // Instances of regions that are not loaded cannot be asked for; what else is not there is a mistake.
    check_own("discount,aws,,,,10,,instances,z9", &[]);
    check_refused(
        "what,id,amount,per,item\ndiscount,aws,12,disks,gp9\n",
        "line 2: aws sells nothing called \"gp9\" that this discount is on; nothing was taken from the list",
    );
}

#[test]
fn no_discount_makes_anything_free() {
    let all = "what,id,amount\ndiscount,*,99.9999\ndiscount,aws,99.9999\n";
    let discounted = read_own(all).expect("reads").applied(&catalog()).expect("applies");
    assert_eq!(discounted.host_prices[0].price.amount, Some(Money::from_micros(1)));
    let disk = &discounted.disks[0];
    assert!([&disk.per_gib_month, &disk.per_iops_month].iter().all(|price| price.amount > Some(Money::ZERO)));
}

#[test]
fn a_commitment_comes_off_ones_own_price_on_demand() {
    let mut catalog = catalog();
    let ask = |term| HostPrice { term, price: price(""), ..catalog.host_prices[0].clone() };
    let (one, three) = (ask(Term::OneYear), ask(Term::ThreeYears));
    catalog.host_prices[0].price = price("");
    catalog.host_prices.extend([one, three]);
    let commitment = |term, off_millionths| Commitment {
        service: "metal".to_owned(),
        term,
        off_millionths,
        source: 0,
        note: "Paid monthly".to_owned(),
    };
    let commitments = vec![commitment(Term::OneYear, 244_000), commitment(Term::ThreeYears, 425_000)];
    catalog.extras = Extras { commitments, ..Extras::default() }.into();
    let applied = |rows: &str| {
        let list = read_own(&format!("what,id,region,term,amount\n{rows}")).expect("reads");
        let prices = list.applied(&catalog).expect("applies").host_prices;
        prices
            .into_iter()
            .map(|known| (known.price.amount.map(|amount| amount.to_string()), known.price.status))
            .collect()
    };
    // 10 × (1 − 0.244) = 7.56; 10 × (1 − 0.425) = 5.75.
    let derived: Vec<_> = applied("host_price,metal/x,aws/us-east-1,on_demand,10\n");
    let amount = |text: &str| Some(text.to_owned());
    let expected = [("10", PriceStatus::Quote), ("7.56", PriceStatus::Derived), ("5.75", PriceStatus::Derived)];
    assert_eq!(derived, expected.map(|(text, status)| (amount(text), status)));
    // A price of the term itself is taken as it is, and without one on demand nothing follows.
    let quoted: Vec<_> = applied("host_price,metal/x,aws/us-east-1,one_year,7\n");
    let expected = [(None, PriceStatus::Ask), (amount("7"), PriceStatus::Quote), (None, PriceStatus::Ask)];
    assert_eq!(quoted, expected);
}

#[test]
fn a_provider_of_ones_own_is_a_row_and_can_be_planned_with() {
    let text = "what,id,region,region_name,country,latitude,longitude,service,cores,memory_gib,raw_storage_gb,vsan,min_hosts,amount,currency,note\n\
                host,own/large,own/berlin,Berlin,DE,52.5,13.4,Our cloud,64,1024,30000,esa,3,3.25,EUR,Offer 7\n";
    let catalog = read_own(text).expect("reads").applied(&catalog()).expect("applies");
    let host = catalog.host(&OfferingId::from("own/large")).expect("there");
    assert_eq!(
        (host.cores, host.memory, host.min_hosts, host.service.as_str()),
        (64, MiB::from_gib(1024), 3, "Our cloud")
    );
    let berlin = RegionId::from("own/berlin");
    let price = catalog.host_price(&host.id, &berlin, Term::OnDemand).expect("priced");
    assert_eq!(
        (price.amount.map(|amount| amount.to_string()), price.currency),
        (Some("3.25".to_owned()), Currency::Eur)
    );
    assert_eq!(price.status, PriceStatus::Quote);
    let region = catalog.region(&berlin).expect("there");
    assert_eq!((region.country.as_str(), region.latitude_milli), ("DE", 52_500));
    assert!(catalog.providers.iter().any(|provider| provider.id == "own"));

    let text = "what,id,region,vcpus,memory_gib,amount\ninstance,small,own/berlin,2,4,0.05\ninstance,small,own/berlin,2,4,0.05\n";
    let catalog = read_own(text).expect("reads").applied(&catalog).expect("applies");
    let types = &catalog.instances[&berlin].types;
    assert_eq!((types.len(), types[0].linux[0].amount.map(|amount| amount.to_string())), (1, Some("0.05".to_owned())));
    assert!(catalog.instance_regions.contains(&berlin));
}

#[test]
fn an_offering_without_a_price_asks_for_one() {
    let text = "what,id,region,cores,memory_gib\nhost,own/x,own/here,8,64\n";
    let catalog = read_own(text).expect("reads").applied(&catalog()).expect("applies");
    let price = catalog.host_price(&OfferingId::from("own/x"), &RegionId::from("own/here"), Term::OnDemand);
    assert_eq!(price.map(|price| (price.amount, price.status)), Some((None, PriceStatus::Ask)));
}

#[track_caller]
fn check_refused(text: &str, expected: &str) {
    let result = read_own(text).and_then(|list| list.applied(&catalog()).map(|_catalog| ()));
    assert_eq!(result.map_err(|error| error.to_string()), Err(expected.to_owned()), "{text}");
}

#[test]
fn a_mistake_is_named_with_its_place_and_nothing_is_applied() {
    let row = |row: &str| format!("what,id,region,term,os,amount,currency,per\n# remark\n{row}\n");
    let of = "nothing was taken from the list";
    check_refused(
        &row("host_price,metal/x,aws/us-east-1,on_demand,,-1,USD,hour"),
        &format!("line 3, column amount: not a price above zero and below a thousand million: \"-1\"; {of}"),
    );
    check_refused(
        &row("host_price,metal/x,aws/us-east-1,on_demand,,0,USD,hour"),
        &format!("line 3, column amount: not a price above zero and below a thousand million: \"0\"; {of}"),
    );
    check_refused(
        &row("host_price,metal/x,aws/us-east-1,on_demand,,1,DOGE,hour"),
        &format!("line 3, column currency: \"DOGE\" is none of USD, EUR, GBP, JPY, CHF, CAD, AUD, SEK, INR; {of}"),
    );
    check_refused(
        &row("host_price,metal/y,aws/us-east-1,on_demand,,1,USD,hour"),
        &format!("line 3: metal/y is not sold in aws/us-east-1; {of}"),
    );
    check_refused(
        &row("instance_price,m.huge,aws/us-east-1,,,1,USD,hour"),
        &format!("line 3: m.huge is not an instance type of aws in the catalogue; {of}"),
    );
    check_refused(
        &row("prise,x,,,,,,"),
        &format!(
            "line 3, column what: \"prise\" is none of host_price, instance_price, disk_price, discount, host, instance; {of}"
        ),
    );
    check_refused(
        &row("discount,aws,,,,101,,"),
        &format!("line 3, column amount: not a share from 0 to less than 100: \"101\"; {of}"),
    );
    check_refused(
        &row("discount,*,,,,100 %,,"),
        &format!("line 3, column amount: not a share from 0 to less than 100: \"100 %\"; {of}"),
    );
    check_refused(
        &row("host_price,metal/x,aws/us-east-1,on_demand,,0.0000001,USD,hour"),
        &format!("line 3, column amount: not a price above zero and below a thousand million: \"0.0000001\"; {of}"),
    );
    assert!(
        read_own("what,id,prize\n")
            .is_err_and(|error| error.to_string().contains("column prize: there is no such column"))
    );
}

#[test]
fn the_template_is_a_list() {
    assert_eq!(read_own(TEMPLATE).map(|list| list.rows.len()), Ok(8));
}

const AWS_CSV: &str = "\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"x\"\n\"Publication Date\",\"2026-11-20T10:00:00Z\"\n\"Version\",\"1\"\n\"OfferCode\",\"AmazonEC2\"\n\
\"SKU\",\"TermType\",\"Unit\",\"PricePerUnit\",\"Currency\",\"LeaseContractLength\",\"PurchaseOption\",\"OfferingClass\",\"Instance Type\",\"Tenancy\",\"Operating System\",\"Region Code\",\"Pre Installed S/W\",\"CapacityStatus\"\n\
\"A\",\"OnDemand\",\"Hrs\",\"0.0960000000\",\"USD\",\"\",\"\",\"\",\"m.large\",\"Shared\",\"Linux\",\"us-east-1\",\"NA\",\"Used\"\n\
\"A\",\"Reserved\",\"Quantity\",\"438\",\"USD\",\"1yr\",\"All Upfront\",\"standard\",\"m.large\",\"Shared\",\"Linux\",\"us-east-1\",\"NA\",\"Used\"\n\
\"A\",\"Reserved\",\"Hrs\",\"0.0000000000\",\"USD\",\"1yr\",\"All Upfront\",\"standard\",\"m.large\",\"Shared\",\"Linux\",\"us-east-1\",\"NA\",\"Used\"\n\
\"A\",\"Reserved\",\"Hrs\",\"0.07\",\"USD\",\"1yr\",\"No Upfront\",\"standard\",\"m.large\",\"Shared\",\"Linux\",\"us-east-1\",\"NA\",\"Used\"\n\
\"B\",\"OnDemand\",\"Hrs\",\"0.2\",\"USD\",\"\",\"\",\"\",\"m.large\",\"Dedicated\",\"Linux\",\"us-east-1\",\"NA\",\"Used\"\n\
\"C\",\"OnDemand\",\"Hrs\",\"9\",\"USD\",\"\",\"\",\"\",\"m.large\",\"Shared\",\"Linux\",\"us-east-1\",\"SQL Ent\",\"Used\"\n";

const AWS_JSON: &str = r#"{"formatVersion":"v1.0","offerCode":"AmazonEC2","publicationDate":"2026-11-20T10:00:00Z",
"products":{"A":{"sku":"A","productFamily":"Compute Instance","attributes":{"instanceType":"m.large","regionCode":"us-east-1","tenancy":"Shared","operatingSystem":"Linux","preInstalledSw":"NA","capacitystatus":"Used"}},
"B":{"sku":"B","attributes":{"group":"EC2"}}},
"terms":{"OnDemand":{"A":{"A.1":{"priceDimensions":{"A.1.1":{"unit":"Hrs","pricePerUnit":{"USD":"0.0960000000"}}},"termAttributes":{}}},"B":{"B.1":{"odd":[1,2]}}},
"Reserved":{"A":{"A.2":{"priceDimensions":{"x":{"unit":"Quantity","pricePerUnit":{"USD":"438"}},"y":{"unit":"Hrs","pricePerUnit":{"USD":"0"}}},"termAttributes":{"LeaseContractLength":"1yr","OfferingClass":"standard","PurchaseOption":"All Upfront"}}}}}}"#;

const AZURE: &str = r#"{"BillingCurrency":"USD","Items":[
{"currencyCode":"USD","retailPrice":0.096,"armRegionName":"us-east-1","effectiveStartDate":"2026-06-01T00:00:00Z","productName":"Virtual Machines Dsv5 Series","skuName":"D2s v5","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Consumption","armSkuName":"m.large"},
{"currencyCode":"USD","retailPrice":0.188,"armRegionName":"us-east-1","productName":"Virtual Machines Dsv5 Series Windows","skuName":"D2s v5","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Consumption","armSkuName":"m.large"},
{"currencyCode":"USD","retailPrice":997.764,"armRegionName":"us-east-1","productName":"Virtual Machines Dsv5 Series","skuName":"D2s v5","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Reservation","reservationTerm":"3 Years","armSkuName":"m.large"},
{"currencyCode":"USD","retailPrice":0.02,"armRegionName":"us-east-1","productName":"Virtual Machines Dsv5 Series","skuName":"D2s v5 Spot","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Consumption","armSkuName":"m.large"}],"NextPageLink":null,"Count":4}"#;

fn read(text: &str) -> Result<PriceList, PriceError> {
    read_list(&mut text.as_bytes(), text.len() as u64, "list", &mut Silent)
}

/// Rows in short.
fn rows(text: &str) -> Vec<String> {
    let row = |row: Row| match row.entry {
        Entry::Instance { name, region, windows, term, price } => {
            format!("{name} {region} {windows} {term:?} {} {} {}", price.amount, price.status.word(), price.as_of)
        }
        other => format!("{other:?}"),
    };
    let list = read(text).unwrap_or_else(|error| panic!("{error}"));
    list.rows.into_iter().map(row).collect()
}

#[test]
fn the_aws_offer_file_gives_shared_instances_at_their_usual_terms() {
    let expected = [
        "m.large aws/us-east-1 false OnDemand 0.096 listed 2026-11-20",
        "m.large aws/us-east-1 false OneYear 0.05 listed 2026-11-20", // 438 ÷ 8,760
    ];
    assert_eq!(rows(AWS_CSV), expected);
    assert_eq!(rows(AWS_JSON), expected);
    assert_eq!(
        changed(&read(AWS_CSV).expect("reads")),
        Ok(vec![
            "instance m.large on demand, Linux: 0.1 > 0.096 USD".to_owned(),
            "instance m.large one year, Linux: - > 0.05 USD".to_owned(),
        ])
    );
}

#[test]
fn azure_pages_give_machines_with_linux_and_windows_and_reservations() {
    let expected = [
        "m.large azure/us-east-1 false OnDemand 0.096 listed 2026-06-01",
        "m.large azure/us-east-1 true OnDemand 0.188 listed ",
        "m.large azure/us-east-1 false ThreeYears 0.037967 listed ", // 997.764 ÷ 26,280 = 0.0379667…
    ];
    assert_eq!(rows(AZURE), expected);
    assert_eq!(rows(&format!("[{AZURE},{AZURE}]")).len(), 6);
    assert_eq!(rows(&format!("{AZURE}\n{AZURE}")).len(), 6);
}

#[test]
fn lists_of_others_and_files_cut_off_are_refused_whole() {
    for whole in [AWS_JSON, AZURE] {
        let cut = &whole[..whole.len() - 30];
        assert!(matches!(read(cut), Err(PriceError::Damaged(_))), "{:?}", read(cut));
    }
    assert_eq!(read(&AWS_JSON.replace("AmazonEC2", "AmazonS3")), Err(PriceError::OtherOffer("AmazonS3".to_owned())));
    assert_eq!(read(&AWS_CSV.replace("AmazonEC2", "AmazonS3")), Err(PriceError::OtherOffer("AmazonS3".to_owned())));
    assert!(matches!(read(&AWS_CSV[..120]), Err(PriceError::Damaged(_))));
    assert!(matches!(
        read(&AZURE.replace("\"currencyCode\":\"USD\"", "\"currencyCode\":\"XAU\"")),
        Err(PriceError::Damaged(_))
    ));
    for nonsense in ["", "hello", "{}", "a,b\n1,2\n"] {
        assert_eq!(read(nonsense), Err(PriceError::Unknown), "{nonsense}");
    }
    assert_eq!(read("{\"Items\":[]}"), Err(PriceError::Empty));
}

#[test]
fn what_is_imported_is_written_as_a_list_of_ones_own() {
    let imported = read(AWS_CSV).expect("reads");
    let written = read_own(&write_own(&imported)).expect("reads");
    assert_eq!(changed(&written), changed(&imported));
}

#[test]
fn a_list_for_sharing_has_the_same_prices_and_none_of_the_words() {
    let text = "# for Contoso\nwhat,id,region,term,amount,source,note\n\
                host_price,metal/x,aws/us-east-1,on_demand,9.5,Offer to Contoso,\"call, Bob\"\n# more\n";
    let bare = without_words(text);
    assert!(!bare.contains("Contoso") && !bare.contains("Bob"), "{bare}");
    let both = [text, &bare].map(|text| changed(&read_own(text).expect("reads")));
    assert_eq!(both[0], both[1]);
    assert_eq!(without_words("what,id\nnonsense,Contoso\n"), "");
    assert_eq!(without_words(""), "");
}

struct Stop(u64);

impl Progress for Stop {
    fn tick(&mut self, _phase: &'static str, done: u64, _total: u64) -> ControlFlow<()> {
        if done >= self.0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn a_long_file_is_streamed_and_can_be_stopped() {
    let line = AWS_CSV.lines().nth(6).expect("a row");
    let long = format!("{AWS_CSV}{}", format!("{line}\n").repeat(40_000));
    assert!(long.len() > 3 << 20);
    assert_eq!(read(&long).map(|list| list.rows.len()), Ok(40_002));
    let stopped = read_list(&mut long.as_bytes(), long.len() as u64, "list", &mut Stop(2 << 20));
    assert_eq!(stopped, Err(PriceError::Stopped));
}

proptest! {
    #[test]
    fn any_bytes_are_refused_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in 0_usize..4) {
        let head = [AWS_CSV, AWS_JSON, AZURE, TEMPLATE][kind];
        let hostile = [&head.as_bytes()[..head.len() / 2], &bytes].concat();
        let _any = read_list(&mut hostile.as_slice(), 0, "list", &mut Silent);
    }
}

fn proposed(own: &str, csv: &str) -> Result<Proposal, PriceError> {
    let scenario = Scenario { prices: own.to_owned(), ..Scenario::default() };
    propose(read_own(csv).expect("a list"), &scenario, &catalog())
}

#[test]
fn a_proposal_tells_what_changes_beside_the_own_prices_so_far() {
    let first = proposed("", "what,id,region,amount\nhost_price,metal/x,aws/us-east-1,8\n").expect("fits");
    let short = |proposal: &Proposal| {
        let told = |change: &Change| {
            (change.id.clone(), change.old.map(|old| old.to_string()), change.new.map(|new| new.to_string()))
        };
        proposal.changes.iter().map(told).collect::<Vec<_>>()
    };
    let text = |amount: &str| Some(amount.to_owned());
    assert_eq!(short(&first), [("metal/x".to_owned(), text("10"), text("8"))]);
    assert_eq!((first.count, first.taken, first.left_out), (1, 1, 0));
    let second = proposed(&first.csv, "what,id,region,amount\nhost_price,metal/x,aws/us-east-1,7\n").expect("fits");
    assert_eq!(short(&second), [("metal/x".to_owned(), text("8"), text("7"))]);
    let same = proposed(&second.csv, "what,id,region,amount\nhost_price,metal/x,aws/us-east-1,7\n").expect("fits");
    assert_eq!((same.count, same.csv), (0, second.csv));
}

#[test]
fn doubtful_prices_are_told_first() {
    let list =
        "what,id,region,amount\ninstance_price,m.large,aws/us-east-1,999999999\nhost_price,metal/x,aws/us-east-1,8\n";
    let proposal = proposed("", list).expect("fits");
    assert_eq!((proposal.count, proposal.doubtful, proposal.unchecked), (2, 1, 0));
    let told: Vec<(&str, Option<Doubt>)> =
        proposal.changes.iter().map(|change| (change.id.as_str(), change.doubt)).collect();
    assert_eq!(told, [("m.large", Some(Doubt::FarAbove)), ("metal/x", None)]);
}

#[test]
fn types_of_regions_that_are_not_loaded_are_checked_or_told() {
    let mut catalog = catalog();
    let far = RegionId::from("aws/eu-west-1");
    catalog.regions.insert(0, Region { id: far.clone(), ..Region::default() });
    let list = "what,id,region,amount\ninstance_price,m.huge,aws/eu-west-1,1\n";
    let propose = |catalog: &Catalog| propose(read_own(list).expect("a list"), &Scenario::default(), catalog);
    // Nothing of the provider's types is known: nobody can say whether there is such a type.
    assert_eq!(propose(&catalog).map(|proposal| (proposal.taken, proposal.unchecked)), Ok((1, 1)));
    let spec = |name: &str| InstanceSpec { name: name.to_owned(), ..InstanceSpec::default() };
    catalog.instance_specs.insert("aws".to_owned(), vec![spec("m.large")]);
    let error = propose(&catalog).expect_err("it is no type").to_string();
    assert_eq!(
        error,
        "line 2: m.huge is not an instance type of aws in the catalogue; nothing was taken from the list"
    );
    catalog.instance_specs.insert("aws".to_owned(), vec![spec("m.huge")]);
    assert_eq!(propose(&catalog).map(|proposal| (proposal.taken, proposal.unchecked)), Ok((1, 0)));
}

#[test]
fn published_prices_of_regions_without_a_footprint_are_left_out() {
    let listed = "what,id,region,amount,status\ninstance_price,m.large,aws/us-east-1,0.2,listed\n";
    assert_eq!(proposed("", listed), Err(PriceError::Empty));
    let both = format!("{listed}instance_price,m.large,aws/us-east-1,0.3,quote\n");
    let proposal = proposed("", &both).expect("the quote fits");
    assert_eq!((proposal.taken, proposal.left_out), (1, 1));
}

#[test]
fn a_mistake_is_named_by_its_line_in_the_file() {
    let own = "what,id,region,amount\nhost_price,metal/x,aws/us-east-1,8\nhost_price,metal/x,aws/us-east-1,9\n";
    let wrong = "what,id,region,amount\nhost_price,metal/y,aws/us-east-1,8\n";
    let error = proposed(own, wrong).expect_err("no such host");
    assert_eq!(error.to_string(), "line 2: metal/y is not sold in aws/us-east-1; nothing was taken from the list");
}

#[test]
fn discounts_and_offerings_are_put_into_a_scenario_as_they_were_written() {
    let offering = "\
# Mine
what,id,region,region_name,country,service,cores,memory_gib,raw_storage_gb,vsan,amount,currency,source
host,our-cloud/large,our-cloud/berlin,\"Berlin, north\",DE,Our cloud,64,1024,30000,esa,3.25,USD,Offer 1
discount,aws,,,,,,,,,7.5,,
";
    let read = read_own(offering).expect("it is a list");
    let put = merged("", &read).expect("it is put in");
    let entries =
        |text: &str| read_own(text).map(|list| list.rows.into_iter().map(|row| row.entry).collect::<Vec<_>>());
    assert_eq!(entries(&put), entries(offering));
    assert_eq!(merged(&put, &read).as_deref(), Ok(put.as_str()), "the same once more changes nothing");
    // Another price of the same, and a price of something else.
    let dearer = read_own(&offering.replace("3.25", "4.50")).expect("it is a list");
    let put = merged(&put, &dearer).expect("it is put in");
    assert_eq!(entries(&put), entries(&offering.replace("3.25", "4.50")));
    let price = read_own("what,id,region,amount,currency\ndisk_price,gp3,aws/us-east-1,0.05,USD\n").expect("a list");
    assert_eq!(entries(&merged(&put, &price).expect("it is put in")).map(|entries| entries.len()), Ok(3));
    assert_eq!(entries(&merged("", &read_own(TEMPLATE).expect("a list")).expect("it is put in")), entries(TEMPLATE));
}
