use super::*;
use crate::engine::catalog::fixture::{catalog, packs};
use crate::engine::catalog::{CORE_FILE, load_core};
use crate::engine::model::{FootprintId, InstanceOs, InstancesFootprint, PolicyOverride};

fn ids(provider: Option<&str>, region: Option<&str>, host_type: Option<&str>) -> Vec<String> {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let filter = Filter { provider: owned(provider), region: owned(region), host_type: owned(host_type) };
    describe(&catalog(), &filter).into_iter().map(|description| description.id).collect()
}

fn footprint(id: u32, region: &str, enabled: bool) -> Footprint {
    let instances = InstancesFootprint {
        region: RegionId::from(region),
        families: Vec::new(),
        term: Term::OnDemand,
        os: InstanceOs::default(),
        max_machines: None,
        disks: Vec::new(),
        committed_pct: 100,
    };
    Footprint {
        id: FootprintId(id),
        name: String::new(),
        enabled,
        kind: FootprintKind::Instances(instances),
        policy: PolicyOverride::default(),
    }
}

#[test]
fn offerings_are_found_by_provider_region_and_type() {
    // What holds in every region of a provider holds in this one too.
    let in_two = ["metal/x", "a/m.large", "a/m.xlarge", "a/o.large", "a/oc.large"];
    let everywhere = ["a/traffic to the internet", "a/support, Gold", "a/Link: port"];
    assert_eq!(ids(None, Some("Two"), None), [&in_two[..], &everywhere[..]].concat());
    assert_eq!(ids(None, Some("One"), Some("m")), ["a/m of any size"]);
    assert_eq!(ids(None, Some("One"), Some("gp")), ["a/gp"]);
    assert_eq!(ids(Some("A"), Some("a/two"), Some("X.METAL")), ["metal/x"]);
    assert_eq!(ids(Some("site"), None, None), ["server/s"]);
    assert_eq!(ids(None, Some("two"), Some("m.large")), ["a/m.large"]);
    assert!(ids(None, Some("nowhere"), None).is_empty());
}

#[test]
fn a_price_is_described_with_source_date_and_status() {
    let filter = Filter { region: Some("one".to_owned()), host_type: Some("metal/x".to_owned()), provider: None };
    let described = describe(&catalog(), &filter);
    let json = serde_json::to_value(&described[0].prices[0]).expect("serialises");
    assert_eq!(
        json,
        serde_json::json!({
            "region": "a/one", "term": "on_demand", "os": "", "amount": "8.3681", "currency": "USD", "per": "hour", "status": "listed",
            "source": "Price list", "url": "https://example.com/list", "as_of": "2026-01-01", "note": "",
        })
    );
}

#[test]
fn only_files_that_are_not_loaded_are_needed_types_first() {
    let packs = packs();
    let mut catalog = load_core(&packs[CORE_FILE]).expect("loads");
    let footprints = [
        footprint(1, "a/two", true),
        footprint(2, "a/one", false),
        footprint(3, "a/two", true),
        footprint(4, "a/three", true),
    ];
    let needed = catalog.needed_files(&footprints);
    assert_eq!(needed, ["types-a.pack", "instances-a-one.pack", "instances-a-two.pack"]);
    for name in &needed[..2] {
        catalog.load_instances(&packs[name]).expect("loads");
    }
    assert_eq!(catalog.needed_files(&footprints), ["instances-a-two.pack"]);
}
