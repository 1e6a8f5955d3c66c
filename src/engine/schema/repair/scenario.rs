//! Putting a scenario in order.

use std::collections::BTreeSet;

use super::Notes;
use crate::engine::model::{
    Assumptions, Currency, Estate, Finance, Footprint, FootprintId, FootprintKind, Input, LeavingCharge, Licences,
    MachineEdit, MeasuredPower, Objective, OnPremises, Policy, PolicyOverride, PriceChanges, RightSizing, RuleId,
    RuleKind, Scenario, Search, SecurityUpdates, Stretched, Transfer,
};
use crate::engine::order::arrange;
use crate::engine::schema::limits::{self, MAX_COUNTED_ID};

pub(super) fn repair(scenario: &mut Scenario, estate: &Estate, notes: &mut Notes) {
    let scenario_name = scenario.name.clone();
    let what = |what: &str| format!("{scenario_name}: {what}");
    number_footprints(scenario, &what, notes);
    for footprint in &mut scenario.footprints {
        self::footprint(footprint, estate, &what, notes);
    }
    rules(scenario, &what, notes);
    links(scenario, &what, notes);
    policy(&mut scenario.policy, &what, notes);
    assumptions(&mut scenario.assumptions, &what, notes);
    objective(&mut scenario.objective, &what, notes);
    search(&mut scenario.search, &what, notes);
    for edit in scenario.edits.values_mut() {
        self::edit(edit, &what, notes);
    }
    scenario.edits.retain(|_machine, edit| !edit.is_empty());
}

/// Sorts footprints by id, and gives those a new id whose id is taken or leaves no room to count on. Rules follow the first of equal ids.
fn number_footprints(scenario: &mut Scenario, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    arrange(&mut scenario.footprints, |a, b| a.id.cmp(&b.id));
    let mut taken = BTreeSet::new();
    let (kept, strays): (Vec<Footprint>, Vec<Footprint>) = std::mem::take(&mut scenario.footprints)
        .into_iter()
        .partition(|footprint| footprint.id.0 < MAX_COUNTED_ID && taken.insert(footprint.id));
    scenario.footprints = kept;
    for mut stray in strays {
        notes.add(format!("{} had an id that cannot be used and got another one.", what(&stray.name)));
        // Rules are not asked for their ids here: those that name a footprint which is not there are about to go.
        stray.id = FootprintId(scenario.footprints.last().map_or(1, |last| last.id.0 + 1));
        scenario.footprints.push(stray);
    }
}

fn footprint(footprint: &mut Footprint, estate: &Estate, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let name = what(&footprint.name);
    match &mut footprint.kind {
        FootprintKind::Cluster(cluster) => {
            notes.clamp(&mut cluster.max_added, &limits::HOSTS, &format!("{name}: max_added"));
            notes.clamp_some(&mut cluster.supported_months, &limits::MONTHS, &format!("{name}: supported_months"));
            if let Some(MeasuredPower::PerHost(watts) | MeasuredPower::Cluster(watts)) = &mut cluster.measured_power {
                notes.clamp(watts, &limits::WATTS, &format!("{name}: measured_power"));
            }
            if let Some(book) = &mut cluster.book {
                notes.clamp(&mut book.amount, &limits::PRICE, &format!("{name}: amount of the book value"));
                notes.clamp(&mut book.months, &limits::BOOK_MONTHS, &format!("{name}: months of the book value"));
            }
            if !estate.is_empty() && estate.cluster(cluster.cluster).is_none() {
                notes.add(format!("{name} is a cluster that the estate does not have; it takes no machine."));
            }
        }
        FootprintKind::Hosts(hosts) => {
            notes.clamp_some(&mut hosts.min_hosts, &limits::HOSTS, &format!("{name}: min_hosts"));
            notes.clamp_some(&mut hosts.max_hosts, &limits::HOSTS, &format!("{name}: max_hosts"));
            if let (Some(min), Some(max)) = (hosts.min_hosts, hosts.max_hosts)
                && min > max
            {
                notes.add(format!("{name}: min_hosts {min} is more than max_hosts {max}; both are {min} now."));
                hosts.max_hosts = Some(min);
            }
            notes.clamp(&mut hosts.committed_pct, &limits::SHARE_PCT, &format!("{name}: committed_pct"));
            if let Some(storage) = &mut hosts.external_storage {
                notes.clamp(&mut storage.per_gib_month, &limits::PRICE, &format!("{name}: per_gib_month"));
            }
            if let Some(Stretched { witness_month: Some(witness) }) = &mut hosts.stretched {
                notes.clamp(witness, &limits::PRICE, &format!("{name}: witness_month"));
            }
            if let Some(storage) = &mut hosts.storage_hosts {
                notes.clamp(&mut storage.hosts, &limits::HOSTS, &format!("{name}: storage_hosts"));
                notes.clamp(&mut storage.per_host_month, &limits::PRICE, &format!("{name}: per_host_month"));
            }
            if let Some(quote) = &mut hosts.quote {
                notes.clamp(&mut quote.per_host_month, &limits::PRICE, &format!("{name}: per_host_month"));
            }
        }
        FootprintKind::Instances(instances) => {
            notes.clamp(&mut instances.committed_pct, &limits::SHARE_PCT, &format!("{name}: committed_pct"));
        }
    }
    if let Some(site) = footprint.site_mut() {
        let mut here = OnPremises::default().at(site);
        on_premises(&mut here, &|field| format!("{name}: {field}"), notes);
        site.take(&here);
    }
    policy_override(&mut footprint.policy, &|field| format!("{name}: {field}"), notes);
}

/// Sorts rules by id, renumbers those whose id is taken, takes out footprints that are not there, and drops rules that mean nothing without them.
fn rules(scenario: &mut Scenario, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let footprints: BTreeSet<FootprintId> = scenario.footprints.iter().map(|footprint| footprint.id).collect();
    let rules = std::mem::take(&mut scenario.rules).into_iter().filter_map(|mut rule| {
        let name = what(&format!("rule {}", rule.id.0));
        let named = rule.kind.footprints().to_vec();
        for gone in named.into_iter().filter(|footprint| !footprints.contains(footprint)) {
            let kept = rule.kind.without_footprint(gone);
            let fate = if kept.is_some() { "it was taken out" } else { "the rule was dropped" };
            notes.add(format!("{name} names footprint {}, which is not there; {fate}.", gone.0));
            rule.kind = kept?;
        }
        if let RuleKind::Licence { per_core_year, per_host_year, .. } = &mut rule.kind {
            notes.clamp(per_core_year, &limits::PRICE, &format!("{name}: per_core_year"));
            notes.clamp(per_host_year, &limits::PRICE, &format!("{name}: per_host_year"));
        }
        if let RuleKind::Traffic { gib_per_month, gib_per_month_back, .. } = &mut rule.kind {
            notes.clamp(gib_per_month, &limits::GIB_PER_MONTH, &format!("{name}: gib_per_month"));
            notes.clamp(gib_per_month_back, &limits::GIB_PER_MONTH, &format!("{name}: gib_per_month_back"));
        }
        Some(rule)
    });
    scenario.rules = rules.collect();
    arrange(&mut scenario.rules, |a, b| a.id.cmp(&b.id));
    let ids_usable = scenario.rules.windows(2).all(|pair| pair[0].id < pair[1].id)
        && scenario.rules.last().is_none_or(|last| last.id.0 < MAX_COUNTED_ID);
    if !ids_usable {
        notes.add(what("rules shared ids and were numbered anew."));
        for (rule, id) in scenario.rules.iter_mut().zip(1..) {
            rule.id = RuleId(id);
        }
    }
}

/// Sorts links by their ends and drops those whose ends are not there, the same or taken.
fn links(scenario: &mut Scenario, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let footprints: BTreeSet<FootprintId> = scenario.footprints.iter().map(|footprint| footprint.id).collect();
    arrange(&mut scenario.links, |a, b| (a.from, a.to).cmp(&(b.from, b.to)));
    let before = scenario.links.len();
    scenario
        .links
        .retain(|link| link.from != link.to && footprints.contains(&link.from) && footprints.contains(&link.to));
    scenario.links.dedup_by_key(|link| (link.from, link.to));
    if scenario.links.len() < before {
        notes.add(what("links whose ends are the same, named twice or not there were dropped."));
    }
    for link in &mut scenario.links {
        let name = what(&format!("link from {} to {}", link.from.0, link.to.0));
        notes.clamp_some(&mut link.per_gib, &limits::PRICE, &format!("{name}: per_gib"));
    }
}

// From here on, values are taken apart field by field, so that the compiler asks about every new one.

fn policy(policy: &mut Policy, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let Policy {
        scope: _,
        right_sizing,
        vcpu_per_core_pct,
        cpu_measure: _,
        memory_overcommit_pct,
        cpu_headroom_pct,
        memory_headroom_pct,
        storage_measure: _,
        storage_policy: _,
        slack_pct,
        dedup_pct,
        host_failures,
        iops_per_tib,
        mibps_per_tib,
        iops_per_machine,
        network_mbps_per_machine,
        host_iops,
        host_network_mbps,
    } = policy;
    notes.clamp(vcpu_per_core_pct, &limits::OVERCOMMIT_PCT, &what("vcpu_per_core_pct"));
    notes.clamp(memory_overcommit_pct, &limits::OVERCOMMIT_PCT, &what("memory_overcommit_pct"));
    notes.clamp(cpu_headroom_pct, &limits::FREE_PCT, &what("cpu_headroom_pct"));
    notes.clamp(memory_headroom_pct, &limits::FREE_PCT, &what("memory_headroom_pct"));
    notes.clamp(slack_pct, &limits::FREE_PCT, &what("slack_pct"));
    notes.clamp(dedup_pct, &limits::DEDUP_PCT, &what("dedup_pct"));
    notes.clamp(host_failures, &limits::HOST_FAILURES, &what("host_failures"));
    notes.clamp(iops_per_tib, &limits::IOPS_PER_TIB, &what("iops_per_tib"));
    notes.clamp(mibps_per_tib, &limits::MIBPS_PER_TIB, &what("mibps_per_tib"));
    notes.clamp(iops_per_machine, &limits::IOPS, &what("iops_per_machine"));
    notes.clamp(network_mbps_per_machine, &limits::MBPS, &what("network_mbps_per_machine"));
    notes.clamp_some(host_iops, &limits::IOPS, &what("host_iops"));
    notes.clamp_some(host_network_mbps, &limits::MBPS, &what("host_network_mbps"));
    if let RightSizing::Measured { cpu_headroom_pct, memory_headroom_pct } = right_sizing {
        notes.clamp(cpu_headroom_pct, &limits::MEASURED_HEADROOM_PCT, &what("measured.cpu_headroom_pct"));
        notes.clamp(memory_headroom_pct, &limits::MEASURED_HEADROOM_PCT, &what("measured.memory_headroom_pct"));
    }
}

fn policy_override(policy: &mut PolicyOverride, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let PolicyOverride {
        vcpu_per_core_pct,
        memory_overcommit_pct,
        storage_policy: _,
        slack_pct,
        dedup_pct,
        host_failures,
        host_iops,
        host_network_mbps,
    } = policy;
    notes.clamp_some(vcpu_per_core_pct, &limits::OVERCOMMIT_PCT, &what("vcpu_per_core_pct"));
    notes.clamp_some(memory_overcommit_pct, &limits::OVERCOMMIT_PCT, &what("memory_overcommit_pct"));
    notes.clamp_some(slack_pct, &limits::FREE_PCT, &what("slack_pct"));
    notes.clamp_some(dedup_pct, &limits::DEDUP_PCT, &what("dedup_pct"));
    notes.clamp_some(host_failures, &limits::HOST_FAILURES, &what("host_failures"));
    notes.clamp_some(host_iops, &limits::IOPS, &what("host_iops"));
    notes.clamp_some(host_network_mbps, &limits::MBPS, &what("host_network_mbps"));
}

fn objective(objective: &mut Objective, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let Objective { per_tonne, per_machine_moved } = objective;
    notes.clamp(per_tonne, &limits::WEIGHT, &what("per_tonne"));
    notes.clamp(per_machine_moved, &limits::WEIGHT, &what("per_machine_moved"));
}

fn search(search: &mut Search, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let Search { steps, seed: _, keep_ppm } = search;
    notes.clamp(steps, &limits::STEPS, &what("steps"));
    notes.clamp(keep_ppm, &limits::KEEP_PPM, &what("keep_ppm"));
}

fn assumptions(assumptions: &mut Assumptions, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let Assumptions {
        horizon_months,
        currency: _,
        rates,
        relocate_per_machine,
        convert_per_machine,
        vmware_per_core_year,
        vmware_min_cores_per_cpu,
        vmware_min_order_cores,
        admin_elsewhere_pct,
        egress_per_gib,
        on_premises,
        finance,
    } = assumptions;
    notes.clamp_some(egress_per_gib, &limits::PRICE, &what("egress_per_gib"));
    notes.clamp(horizon_months, &limits::HORIZON_MONTHS, &what("horizon_months"));
    arrange(rates, |a, b| a.currency.cmp(&b.currency));
    rates.dedup_by_key(|rate| rate.currency);
    rates.retain(|rate| rate.currency != Currency::Usd);
    for rate in rates {
        notes.clamp(&mut rate.usd_per_unit_nanos, &limits::USD_PER_UNIT_NANOS, &what("usd_per_unit_nanos"));
    }
    notes.clamp(vmware_min_cores_per_cpu, &limits::LEAST_CORES, &what("vmware_min_cores_per_cpu"));
    notes.clamp(vmware_min_order_cores, &limits::LEAST_CORES, &what("vmware_min_order_cores"));
    notes.clamp(relocate_per_machine, &limits::PRICE, &what("relocate_per_machine"));
    notes.clamp(convert_per_machine, &limits::PRICE, &what("convert_per_machine"));
    notes.clamp(vmware_per_core_year, &limits::PRICE, &what("vmware_per_core_year"));
    notes.clamp(admin_elsewhere_pct, &limits::YEARLY_PCT, &what("admin_elsewhere_pct"));
    self::on_premises(on_premises, what, notes);
    self::finance(finance, what, notes);
}

fn finance(finance: &mut Finance, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let Finance {
        growth_permille_year,
        application_growth,
        discount_permille_year,
        price_changes,
        double_running_months,
        exit_per_host,
        book_months,
        snapshot_pct,
        internet_gib_per_machine,
        support_plans: _,
        services,
        own_grams_per_kwh,
        ranges,
        provider_ranges,
        committed_spend,
        windows_per_core_year,
        first_month,
        updates,
        machine_licences,
        transfer,
    } = finance;
    let PriceChanges { compute, storage, network, licences, power, people, other } = price_changes;
    for (number, range, field) in [
        (growth_permille_year, limits::PERMILLE_YEAR, "growth_permille_year"),
        (discount_permille_year, limits::PERMILLE_YEAR, "discount_permille_year"),
        (double_running_months, limits::MONTHS, "double_running_months"),
        (book_months, limits::MONTHS, "book_months"),
        (snapshot_pct, limits::SNAPSHOT_PCT, "snapshot_pct"),
        (internet_gib_per_machine, limits::INTERNET_GIB, "internet_gib_per_machine"),
    ] {
        notes.clamp(number, &range, &what(field));
    }
    for change in [compute, storage, network, licences, power, people, other] {
        notes.clamp(change, &limits::PRICE_CHANGE, &what("price_changes"));
    }
    notes.clamp(exit_per_host, &limits::PRICE, &what("exit_per_host"));
    notes.clamp_some(own_grams_per_kwh, &limits::GRAMS_PER_KWH, &what("own_grams_per_kwh"));
    arrange(application_growth, |a, b| a.application.cmp(&b.application));
    application_growth.dedup_by(|later, first| later.application == first.application);
    for growth in application_growth {
        notes.clamp(&mut growth.permille_year, &limits::PERMILLE_YEAR, &what("growth of an application"));
    }
    for service in services {
        notes.clamp(&mut service.quantity, &limits::SERVICE_UNITS, &what("quantity of a service"));
        notes.clamp_some(&mut service.quote, &limits::PRICE, &what("quote of a service"));
    }
    ranges.retain_mut(|range| {
        notes.clamp(&mut range.high_permille, &limits::RANGE_PERMILLE, &what("high_permille of a range"));
        if range.input.is_yearly() {
            let least = if range.input == Input::Growth { 1000 } else { *limits::YEARLY_PERMILLE.start() };
            let allowed = least..=*limits::YEARLY_PERMILLE.end();
            notes.clamp(&mut range.high_permille, &allowed, &what("high_permille of a change from year to year"));
            range.low_permille = range.low_permille.clamp(least, range.high_permille);
        } else {
            range.low_permille = range.low_permille.min(1000);
            range.high_permille = range.high_permille.max(1000);
        }
        true
    });
    arrange(provider_ranges, |a, b| a.provider.cmp(&b.provider));
    provider_ranges.dedup_by(|later, first| later.provider == first.provider);
    for range in provider_ranges {
        notes.clamp(&mut range.low_permille, &limits::RANGE_PERMILLE, &what("low_permille of a provider"));
        notes.clamp(&mut range.high_permille, &limits::RANGE_PERMILLE, &what("high_permille of a provider"));
        range.high_permille = range.high_permille.max(range.low_permille);
    }
    arrange(committed_spend, |a, b| a.provider.cmp(&b.provider));
    committed_spend.dedup_by(|later, first| later.provider == first.provider);
    for committed in committed_spend {
        notes.clamp(&mut committed.per_year, &limits::PRICE, &what("per_year of a committed spend"));
    }
    notes.clamp_some(windows_per_core_year, &limits::PRICE, &what("windows_per_core_year of hosts"));
    notes.clamp_some(first_month, &limits::FIRST_MONTH, &what("first_month"));
    self::updates(updates, what, notes);
    if let Some(licences) = machine_licences {
        self::licences(licences, what, notes);
    }
    if let Some(transfer) = transfer {
        self::transfer(transfer, what, notes);
    }
}

fn transfer(transfer: &mut Transfer, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let Transfer { leaving, link_mbps, link_use_pct, link_month } = transfer;
    notes.clamp(link_mbps, &limits::MBPS, &what("link_mbps"));
    notes.clamp(link_use_pct, &limits::LINK_USE_PCT, &what("link_use_pct"));
    notes.clamp(link_month, &limits::PRICE, &what("link_month"));
    arrange(leaving, |a, b| a.cluster.cmp(&b.cluster));
    leaving.dedup_by_key(|leaving| leaving.cluster);
    for leaving in leaving {
        if let LeavingCharge::PerGib(price) = &mut leaving.charge {
            notes.clamp(price, &limits::PRICE, &what("price of data that leaves a cluster"));
        }
    }
}

fn licences(licences: &mut Licences, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let Licences { sql, windows_brought_per_core_year } = licences;
    notes.clamp_some(windows_brought_per_core_year, &limits::PRICE, &what("windows_brought_per_core_year"));
    arrange(sql, |a, b| a.edition.cmp(&b.edition));
    sql.dedup_by_key(|licence| licence.edition);
    for licence in sql {
        notes.clamp_some(&mut licence.per_core_year, &limits::PRICE, &what("per_core_year of SQL Server"));
        notes.clamp_some(&mut licence.elsewhere_per_core_year, &limits::PRICE, &what("elsewhere_per_core_year"));
    }
}

fn updates(updates: &mut SecurityUpdates, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let SecurityUpdates { windows_per_core_year, sql_per_core_year, least_cores, sql } = updates;
    notes.clamp_some(windows_per_core_year, &limits::PRICE, &what("windows_per_core_year"));
    notes.clamp_some(sql_per_core_year, &limits::PRICE, &what("sql_per_core_year"));
    notes.clamp(least_cores, &limits::LEAST_CORES, &what("least_cores"));
    arrange(sql, |a, b| a.version.cmp(&b.version));
    sql.dedup_by_key(|servers| servers.version);
}

fn on_premises(site: &mut OnPremises, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let OnPremises {
        server_per_core,
        server_per_gib,
        server_life_years,
        supported_months,
        server_maintenance_pct,
        storage_per_gib,
        storage_maintenance_pct,
        network_pct,
        network_life_years,
        network_maintenance_pct,
        milliwatts_per_core,
        milliwatts_per_tib,
        pue_pct,
        per_kwh,
        facilities_per_kw_month,
        unused_power_pct,
        machines_per_admin,
        admin_year,
        backup_per_machine_year,
    } = site;
    for (price, field) in [
        (server_per_core, "server_per_core"),
        (server_per_gib, "server_per_gib"),
        (storage_per_gib, "storage_per_gib"),
        (per_kwh, "per_kwh"),
        (facilities_per_kw_month, "facilities_per_kw_month"),
        (admin_year, "admin_year"),
        (backup_per_machine_year, "backup_per_machine_year"),
    ] {
        notes.clamp(price, &limits::PRICE, &what(field));
    }
    notes.clamp_some(supported_months, &limits::MONTHS, &what("supported_months"));
    for (number, range, field) in [
        (server_life_years, limits::LIFE_YEARS, "server_life_years"),
        (server_maintenance_pct, limits::YEARLY_PCT, "server_maintenance_pct"),
        (storage_maintenance_pct, limits::YEARLY_PCT, "storage_maintenance_pct"),
        (network_pct, limits::YEARLY_PCT, "network_pct"),
        (network_life_years, limits::LIFE_YEARS, "network_life_years"),
        (network_maintenance_pct, limits::YEARLY_PCT, "network_maintenance_pct"),
        (milliwatts_per_core, limits::MILLIWATTS, "milliwatts_per_core"),
        (milliwatts_per_tib, limits::MILLIWATTS, "milliwatts_per_tib"),
        (pue_pct, limits::PUE_PCT, "pue_pct"),
        (unused_power_pct, limits::FREE_PCT, "unused_power_pct"),
        (machines_per_admin, limits::MACHINES_PER_ADMIN, "machines_per_admin"),
    ] {
        notes.clamp(number, &range, &what(field));
    }
}

fn edit(edit: &mut MachineEdit, what: &impl Fn(&str) -> String, notes: &mut Notes) {
    let MachineEdit {
        planned: _,
        vcpus,
        memory,
        storage,
        iops,
        application: _,
        tags,
        criticality: _,
        storage_class: _,
    } = edit;
    if let Some(tags) = tags {
        super::estate::order_tags(tags);
    }
    notes.clamp_some(vcpus, &limits::CPUS, &what("vcpus of an edited machine"));
    notes.clamp_some(iops, &limits::IOPS, &what("iops of an edited machine"));
    for (size, range, field) in [
        (memory, limits::MEMORY, "memory of an edited machine"),
        (storage, limits::STORAGE, "storage of an edited machine"),
    ] {
        if let Some(limited) = size.and_then(|size| super::outside(&size, &range)) {
            notes.add(format!("{} was out of range and is {} MiB now.", what(field), limited.0));
            *size = Some(limited);
        }
    }
}
