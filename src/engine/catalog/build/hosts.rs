//! Host types with their prices in every region in which they are sold.

use std::collections::BTreeMap;

use super::table::{BuildError, Row, Table};
use super::{Context, RATIO_ONE, check_status};
use crate::engine::catalog::types::{
    Billing, HostOffering, HostPrice, ManagementReserve, Price, PriceStatus, Region, SpareHost, VsanArchitecture,
};
use crate::engine::model::{MHz, MiB, OfferingId, RegionId, Term};

/// vCPU counted for each core that a reservation of processor time takes: the default overcommit, at which the whole core is then set aside.
const VCPUS_PER_RESERVED_CORE: u64 = 4;

const TERMS: [Term; 3] = [Term::OnDemand, Term::OneYear, Term::ThreeYears];

/// Reads the host types and their prices, both sorted.
pub(super) fn read(
    tables: &BTreeMap<String, String>,
    context: &Context,
) -> Result<(Vec<HostOffering>, Vec<HostPrice>), BuildError> {
    let mut services = services(tables, context)?;
    spare_hosts(tables, context, &mut services)?;
    let mut hosts = Vec::new();
    for row in Table::read(tables, "hosts")?.rows() {
        hosts.push(host(&row, context, &services)?);
    }
    hosts.sort_by(|a, b| a.id.cmp(&b.id));
    let book = PriceBook::read(tables, context, &hosts)?;
    let mut prices = Vec::new();
    for row in Table::read(tables, "host_regions")?.rows() {
        let (offering, region) = (known_host(&row, &hosts)?, context.region(&row, "region")?);
        let provider = &hosts[offering].provider;
        if !provider.is_empty() && Region::provider_of(&region) != provider {
            return Err(row.fail("region", "belongs to another provider"));
        }
        context.source(&row, "source")?;
        let id = hosts[offering].id.clone();
        for term in TERMS {
            if let Some(mut price) = book.price(&id, &region, term) {
                add_note(&mut price.note, row.text("note")?);
                prices.push(HostPrice { offering: id.clone(), region: region.clone(), term, price });
            }
        }
        if hosts[offering].regions.contains(&region) {
            return Err(row.fail("region", "this host type stands here twice"));
        }
        let host = &mut hosts[offering];
        let zones = row.text("zones")?;
        if !zones.is_empty() {
            host.zones.push((region.clone(), zones.to_owned()));
        }
        if row.flag("stretched")? {
            if host.stretched_hosts.1 == 0 {
                return Err(row.fail("stretched", "its service has no stretched clusters"));
            }
            host.stretched_regions.push(region.clone());
        }
        host.regions.push(region);
    }
    let ids: Vec<OfferingId> = hosts.iter().map(|host| host.id.clone()).collect();
    for host in &mut hosts {
        host.regions.sort();
        host.zones.sort();
        host.stretched_regions.sort();
        if let Some(unknown) = host.behind.iter().find(|first| ids.binary_search(first).is_err()) {
            return Err(BuildError {
                table: "hosts".to_owned(),
                row: 0,
                column: "behind".to_owned(),
                problem: format!("{} stands behind {unknown}, which is not there", host.id),
            });
        }
    }
    prices.sort_by(|a, b| (&a.offering, &a.region, a.term).cmp(&(&b.offering, &b.region, b.term)));
    Ok((hosts, prices))
}

/// What the host types of a service have in common.
struct Service {
    shared: HostOffering,
    /// Processor time reserved for the management machines; the vCPU then depend on the clock of the host.
    management_mhz: Option<u64>,
}

fn services(tables: &BTreeMap<String, String>, context: &Context) -> Result<BTreeMap<String, Service>, BuildError> {
    let mut services = BTreeMap::new();
    for row in Table::read(tables, "services")?.rows() {
        let billing = match row.text("billing")? {
            "hourly" => Billing::Hourly,
            "purchase" => Billing::Purchase,
            other => return Err(row.fail("billing", format!("neither hourly nor purchase: {other:?}"))),
        };
        let management_mhz = row.number_if_any("management_mhz")?;
        let management_vcpus = row.number_if_any("management_vcpus")?;
        if management_mhz.is_some() == management_vcpus.is_some() {
            return Err(row.fail("management_vcpus", "one of management_mhz and management_vcpus must be given"));
        }
        let shared = HostOffering {
            service: row.filled("name")?.to_owned(),
            provider: row.text("provider")?.to_owned(),
            min_hosts: row.number("min_hosts")?,
            max_hosts: row.number("max_hosts")?,
            max_clusters: row.number("max_clusters")?,
            max_hosts_total: row.number("max_hosts_total")?,
            management: ManagementReserve {
                vcpus: management_vcpus.unwrap_or(0),
                memory: MiB::from_gib(row.number("management_memory_gib")?),
                storage: MiB::from_gib(row.number("management_storage_gib")?),
            },
            billing,
            vmware_included: row.flag("vmware_included")?,
            deployment_fee: deployment_fee(&row, context)?,
            stretched_hosts: (
                row.number_if_any("stretched_min")?.unwrap_or(0),
                row.number_if_any("stretched_max")?.unwrap_or(0),
            ),
            sources: context.sources(&row, "sources")?,
            note: row.text("note")?.to_owned(),
            ..HostOffering::default()
        };
        services.insert(row.filled("id")?.to_owned(), Service { shared, management_mhz });
    }
    Ok(services)
}

/// How services replace hosts that failed; the document goes to the sources of all their host types.
fn spare_hosts(
    tables: &BTreeMap<String, String>,
    context: &Context,
    services: &mut BTreeMap<String, Service>,
) -> Result<(), BuildError> {
    for row in Table::read(tables, "spare_hosts")?.rows() {
        let found = services.get_mut(row.filled("service")?);
        let Service { shared, .. } = found.ok_or_else(|| row.fail("service", "not in services.csv"))?;
        if shared.spare.is_some() {
            return Err(row.fail("service", "this service stands here twice"));
        }
        shared.spare = Some(SpareHost { free_days: row.number("free_days")? });
        shared.sources.push(context.source(&row, "source")?);
        add_note(&mut shared.note, row.text("note")?);
    }
    Ok(())
}

/// The charge of a deployment; all of them have to be asked for so far, so that the table has no column for an amount.
fn deployment_fee(row: &Row<'_>, context: &Context) -> Result<Option<Price>, BuildError> {
    if row.text("fee_status")?.is_empty() {
        return Ok(None);
    }
    let price = Price {
        amount: None,
        currency: row.currency("fee_currency")?,
        status: row.status("fee_status")?,
        source: Some(context.source(row, "fee_source")?),
        note: row.text("fee_note")?.to_owned(),
    };
    check_status(row, &price)?;
    Ok(Some(price))
}

fn host(row: &Row<'_>, context: &Context, services: &BTreeMap<String, Service>) -> Result<HostOffering, BuildError> {
    let service = services.get(row.filled("service")?).ok_or_else(|| row.fail("service", "not in services.csv"))?;
    let id = row.filled("id")?;
    if !id.starts_with(&format!("{}/", row.text("service")?)) {
        return Err(row.fail("id", "does not start with the service"));
    }
    let mut host = HostOffering {
        id: OfferingId::from(id),
        host_type: row.filled("host_type")?.to_owned(),
        availability: row.filled("availability")?.to_owned(),
        open_to_new: row.flag("open_to_new")?,
        cpu_model: row.filled("cpu_model")?.to_owned(),
        sockets: row.number("sockets")?,
        cores: row.number("cores")?,
        speed: MHz(row.number("mhz")?),
        memory: MiB::from_gib(row.number("memory_gib")?),
        raw_storage: row.capacity("raw_storage")?,
        vsan: vsan(row)?,
        network_mbps: row.number("network_mbps")?,
        behind: row.text("behind")?.split(';').filter(|id| !id.is_empty()).map(OfferingId::from).collect(),
        storage_host_type: row.text("storage_host_type")?.to_owned(),
        ..service.shared.clone()
    };
    if host.cores == 0 || host.speed == MHz::ZERO || host.memory == MiB::ZERO {
        return Err(row.fail("cores", "a host has cores, a clock and memory"));
    }
    if host.vsan.is_empty() != (host.raw_storage == MiB::ZERO) {
        return Err(row.fail("vsan", "a host has vSAN exactly where it has disks of its own"));
    }
    if let Some(mhz) = service.management_mhz {
        host.management.vcpus = (mhz.div_ceil(host.speed.0) * VCPUS_PER_RESERVED_CORE) as u32;
    }
    host.sources.extend(context.sources(row, "sources")?);
    host.sources.sort_unstable();
    host.sources.dedup();
    let mut note = row.text("note")?.to_owned();
    add_note(&mut note, &host.note);
    host.note = note;
    Ok(host)
}

fn vsan(row: &Row<'_>) -> Result<Vec<VsanArchitecture>, BuildError> {
    let architecture = |word: &str| match word {
        "osa" => Ok(VsanArchitecture::Osa),
        "esa" => Ok(VsanArchitecture::Esa),
        other => Err(row.fail("vsan", format!("neither osa nor esa: {other:?}"))),
    };
    row.text("vsan")?.split(';').filter(|word| !word.is_empty()).map(architecture).collect()
}

fn add_note(note: &mut String, more: &str) {
    if !note.is_empty() && !more.is_empty() {
        note.push_str("; ");
    }
    note.push_str(more);
}

fn known_host(row: &Row<'_>, hosts: &[HostOffering]) -> Result<usize, BuildError> {
    let id = OfferingId::from(row.filled("offering")?);
    hosts.binary_search_by(|host| host.id.cmp(&id)).map_err(|_position| row.fail("offering", "not in hosts.csv"))
}

/// The prices as the tables have them: figures, rules that derive further ones, and what holds everywhere else.
struct PriceBook<'context> {
    context: &'context Context,
    figures: BTreeMap<(OfferingId, RegionId, Term), Price>,
    elsewhere: BTreeMap<(OfferingId, Term), Price>,
    rules: Vec<Rule>,
}

/// How a price is derived from another.
struct Rule {
    offering: OfferingId,
    term: Term,
    /// `None`: the region itself.
    from_region: Option<RegionId>,
    from_term: Term,
    /// In millionths.
    factor: Option<i64>,
    /// The family whose ratio of prices between the regions is applied.
    ratio_of: Option<String>,
    status: PriceStatus,
    source: u32,
    note: String,
}

impl<'context> PriceBook<'context> {
    fn read(
        tables: &BTreeMap<String, String>,
        context: &'context Context,
        hosts: &[HostOffering],
    ) -> Result<Self, BuildError> {
        let mut book = Self { context, figures: BTreeMap::new(), elsewhere: BTreeMap::new(), rules: Vec::new() };
        for row in Table::read(tables, "host_prices")?.rows() {
            let offering = hosts[known_host(&row, hosts)?].id.clone();
            let (term, price) = (row.term("term")?, context.price(&row)?);
            let twice = if row.text("region")? == "*" {
                if price.amount.is_some() {
                    return Err(row.fail("region", "an amount holds in a named region only"));
                }
                book.elsewhere.insert((offering, term), price).is_some()
            } else {
                book.figures.insert((offering, context.region(&row, "region")?, term), price).is_some()
            };
            if twice {
                return Err(row.fail("term", "this price stands twice"));
            }
        }
        for row in Table::read(tables, "host_price_rules")?.rows() {
            book.rules.push(Rule::read(&row, context, hosts)?);
        }
        Ok(book)
    }

    /// The price in a region: a figure, else the first rule that applies, else what holds elsewhere, else none.
    fn price(&self, offering: &OfferingId, region: &RegionId, term: Term) -> Option<Price> {
        let key = (offering.clone(), region.clone(), term);
        if let Some(figure) = self.figures.get(&key) {
            return Some(figure.clone());
        }
        let derived = self
            .rules
            .iter()
            .filter(|rule| rule.offering == *offering && rule.term == term)
            .find_map(|rule| self.derive(rule, region));
        derived.or_else(|| self.elsewhere.get(&(offering.clone(), term)).cloned())
    }

    fn derive(&self, rule: &Rule, region: &RegionId) -> Option<Price> {
        let base = match &rule.from_region {
            Some(from) => self.figures.get(&(rule.offering.clone(), from.clone(), rule.from_term)).cloned()?,
            None => self.price(&rule.offering, region, rule.from_term)?,
        };
        let mut amount = base.amount?;
        let mut note = rule.note.clone();
        if let Some(factor) = rule.factor {
            amount = amount.scale(i128::from(factor), RATIO_ONE);
        }
        if let Some(family) = &rule.ratio_of {
            let ratio = self.context.ratio(Region::provider_of(region), family, region)?;
            if rule.from_region.as_ref() != Some(&ratio.base_region) {
                return None;
            }
            amount = ratio.apply(amount);
            note = note.replace("{ratio}", &ratio.text);
        }
        Some(Price {
            amount: Some(amount),
            currency: base.currency,
            status: rule.status,
            source: Some(rule.source),
            note,
        })
    }
}

impl Rule {
    fn read(row: &Row<'_>, context: &Context, hosts: &[HostOffering]) -> Result<Self, BuildError> {
        let (term, from_term) = (row.term("term")?, row.term("from_term")?);
        let from_region =
            if row.text("from_region")? == "=" { None } else { Some(context.region(row, "from_region")?) };
        if from_region.is_none() && from_term >= term {
            return Err(row.fail("from_term", "must be a shorter term, so that rules do not go in circles"));
        }
        if row.text("region")? != "*" {
            return Err(row.fail("region", "a rule holds in every region: `*`"));
        }
        let factor = if row.text("factor")?.is_empty() { None } else { Some(row.decimal("factor", 6)?) };
        let ratio_of = Some(row.text("ratio_of")?.to_owned()).filter(|family| !family.is_empty());
        if factor.is_none() && ratio_of.is_none() {
            return Err(row.fail("factor", "neither a factor nor a ratio"));
        }
        let status = row.status("status")?;
        if !matches!(status, PriceStatus::Derived | PriceStatus::Indicative) {
            return Err(row.fail("status", "a rule gives `derived` or `indicative` prices"));
        }
        Ok(Self {
            offering: hosts[known_host(row, hosts)?].id.clone(),
            term,
            from_region,
            from_term,
            factor,
            ratio_of,
            status,
            source: context.source(row, "source")?,
            note: row.filled("note")?.to_owned(),
        })
    }
}
