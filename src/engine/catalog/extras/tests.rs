use super::*;
use crate::engine::catalog::PriceStatus;
use crate::engine::model::Currency;

fn price(text: &str) -> Price {
    let amount = text.parse().ok();
    let status = if amount.is_some() { PriceStatus::Listed } else { PriceStatus::Ask };
    Price { amount, currency: Currency::Usd, status, source: Some(0), note: String::new() }
}

fn egress(tiers: &[(u64, &str)]) -> Vec<EgressTier> {
    let tier = |&(from_gib, text): &(u64, &str)| EgressTier {
        region: "aws/eu-west-1".to_owned(),
        to: Destination::Internet,
        from_gib,
        per_gib: price(text),
    };
    tiers.iter().map(tier).collect()
}

#[track_caller]
fn check_egress(tiers: &[(u64, &str)], gib: u64, expected: Option<&str>) {
    let cost = egress_cost(&egress(tiers), gib).map(|cost| cost.to_string());
    assert_eq!(cost.as_deref(), expected, "{gib} GiB");
}

#[test]
fn each_tier_charges_the_volume_within_it() {
    let tiers = [(0, "0.09"), (10_240, "0.085"), (51_200, "0.07"), (153_600, "0.05")];
    check_egress(&tiers, 0, Some("0"));
    check_egress(&tiers, 100, Some("9"));
    check_egress(&tiers, 10_240, Some("921.6"));
    // 921.60 + 9,760 × 0.085 = 829.60
    check_egress(&tiers, 20_000, Some("1751.2"));
    // 921.60 + 40,960 × 0.085 = 3,481.60; + 102,400 × 0.07 = 7,168.00; + 46,400 × 0.05 = 2,320.00
    check_egress(&tiers, 200_000, Some("13891.2"));
}

#[test]
fn traffic_without_a_price_is_not_free() {
    check_egress(&[], 1, None);
    check_egress(&[(0, "0.09"), (10, "")], 11, None);
    check_egress(&[(0, "0.09"), (10, "")], 10, Some("0.9"));
}

fn support(minimum: &str, tiers: &[(i64, u32)]) -> Vec<SupportTier> {
    let tier = |&(from, pct): &(i64, u32)| SupportTier {
        provider: "aws".to_owned(),
        plan: "Enterprise".to_owned(),
        minimum: price(minimum),
        from_spend: Money::from_units(from),
        milli_pct: pct * 1000,
    };
    tiers.iter().map(tier).collect()
}

#[track_caller]
fn check_support(tiers: &[SupportTier], spend: i64, expected: i64) {
    assert_eq!(support_cost(tiers, Money::from_units(spend)), Some(Money::from_units(expected)), "{spend}");
}

#[test]
fn support_costs_its_shares_and_at_least_its_minimum() {
    let enterprise = support("15000", &[(0, 10), (150_000, 7), (500_000, 5), (1_000_000, 3)]);
    check_support(&enterprise, 0, 15_000);
    check_support(&enterprise, 150_000, 15_000);
    // 15,000 + 7 % of 50,000
    check_support(&enterprise, 200_000, 18_500);
    // 15,000 + 24,500 + 25,000 + 30,000: the example of the source
    check_support(&enterprise, 2_000_000, 94_500);
    let flat = support("1000", &[(0, 0)]);
    check_support(&flat, 5_000_000, 1000);
    assert_eq!(support_cost(&[], Money::from_units(1)), None);
}

fn shape() -> FlexibleShape {
    FlexibleShape {
        region: RegionId::from("gcp/us-central1"),
        family: "n2".to_owned(),
        vcpu_step: 2,
        min_vcpus: 2,
        max_vcpus: 80,
        min_memory_per_vcpu: MiB(512),
        max_memory_per_vcpu: MiB(8192),
        memory_step: MiB(256),
        per_vcpu_hour: ["0.03", "", ""].map(price),
        per_gib_hour: ["0.004", "", ""].map(price),
        windows_per_vcpu_hour: price("0.046"),
    }
}

#[test]
fn a_flexible_shape_grows_in_its_steps() {
    let check = |vcpus, mib, expected: Option<(u32, u64)>| {
        assert_eq!(
            shape().fit(vcpus, MiB(mib)).map(|(vcpus, memory)| (vcpus, memory.0)),
            expected,
            "{vcpus}, {mib} MiB"
        );
    };
    check(1, 1, Some((2, 1024))); // half a GiB for each vCPU
    check(3, 5000, Some((4, 5120))); // the next even number, the next quarter of a GiB
    check(2, 20_000, Some((4, 20_224))); // 8 GiB for each vCPU at most: three would do, four is even
    check(81, 1, None);
    check(1, 80 * 8192 + 1, None);
    check(u32::MAX, u64::MAX, None);
    assert_eq!(shape().name_of(4, MiB(5120)), "n2-custom-4-5120");
}
