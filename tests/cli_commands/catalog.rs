//! `groundwork catalog`: what is sold, with sources and limits.

use serde_json::{Value, json};

use crate::run::groundwork;

#[test]
fn the_catalogue_names_the_source_of_each_price() {
    let output = groundwork(&["catalog", "--type", "m7i.large", "--region", "Frankfurt", "--json"]).json();
    let [offering] = output.as_array().expect("a list").as_slice() else { panic!("one type: {output}") };
    assert_eq!(offering["id"], "aws/m7i.large");
    let prices = offering["prices"].as_array().expect("a list");
    assert!(!prices.is_empty());
    for price in prices {
        assert_eq!(price["region"], "aws/eu-central-1");
        assert!(price["source"].as_str().is_some_and(|source| !source.is_empty()), "{price}");
    }
    groundwork(&["catalog", "--type", "no-such-type"]).failed_with(1, &["nothing like that"]);
}

#[test]
fn the_catalogue_tells_all_limits_of_hosts() {
    let described = |name: &str| {
        let output = groundwork(&["catalog", "--type", name, "--json"]).json();
        let [offering] = output.as_array().expect("a list").as_slice() else { panic!("one type: {output}") };
        offering.clone()
    };
    // Azure VMware Solution: 3 to 16 hosts, 12 clusters, 96 hosts in all, 6 to 16 over two sites; AV36P is taken out of service in June 2029.
    let av36p = described("avs/av36p");
    let limits = &av36p["limits"];
    for (name, value) in
        [("min_hosts", 3), ("max_hosts", 16), ("max_clusters", 12), ("max_hosts_total", 96), ("step", 1)]
    {
        assert_eq!(limits[name], value, "{name}");
    }
    let stretched = &limits["stretched"];
    assert_eq!(
        (&stretched["min_hosts"], &stretched["max_hosts"], &stretched["step"]),
        (&json!(6), &json!(16), &json!(2))
    );
    assert!(stretched["regions"].as_array().is_some_and(|regions| regions.contains(&json!("azure/uksouth"))));
    assert_eq!(limits["management"], json!({ "vcpus": 63, "memory": 237 * 1024, "storage": 2221 * 1024 }));
    assert_eq!((&limits["vsan"], &limits["spare"]), (&json!(["osa"]), &Value::Null));
    assert_eq!((&av36p["availability"], &av36p["open_to_new"]), (&json!("retires 2029-06-30"), &json!(true)));
    assert_eq!(av36p["concern"], json!({ "retires": { "month": 2029 * 12 + 5 } }));
    // What stands behind another type, what is closed to new customers, what is replaced by the provider, what gives storage only.
    assert!(described("avs/av64")["limits"]["behind"].as_array().is_some_and(|first| !first.is_empty()));
    let ibm = described("ibm-vcf/2x-gold-6248");
    assert_eq!(
        (&ibm["open_to_new"], &ibm["concern"], &ibm["limits"]["min_hosts"]),
        (&json!(false), &json!("closed"), &json!(4))
    );
    assert_eq!(described("ovh/vsan-host")["limits"]["spare"], json!({ "free_days": 7 }));
    assert_eq!(described("gcve/ve1-standard-72")["limits"]["storage_host_type"], "ve1-standard-so");
    let server = described("server/2s-32c-512");
    assert_eq!(server["limits"]["vsan"], json!([]));
    // In words.
    let told = groundwork(&["catalog", "--type", "avs/av36p", "--region", "uksouth"]).succeeded().out;
    for words in [
        "How many hosts there may be",
        "3 to 16",
        "6 to 16 in steps of 2",
        "63 vCPU, 237 GiB",
        "OSA",
        "retires 2029-06-30",
    ] {
        assert!(told.contains(words), "{words:?} is not in: {told}");
    }
    let told = groundwork(&["catalog", "--type", "m7i.large", "--region", "Frankfurt"]).succeeded().out;
    assert!(!told.contains("How many hosts"), "instances have none: {told}");
}
