//! Putting a price list before the catalogue.

use super::PriceError;
use super::list::{DiskPart, Entry, ListPrice, OwnHost, OwnInstance, OwnPlace, PriceList, Row};
use crate::engine::catalog::{
    Catalog, DiskPrice, DiskScaling, HostPrice, InstanceTable, InstanceType, Price, PriceStatus, Provider, Region,
    SourceDoc,
};
use crate::engine::model::{Currency, Money, OfferingId, RegionId, Term};
use crate::engine::order::arrange;

/// One, in the unit of discounts.
const ONE: u32 = 1_000_000;

impl PriceList {
    /// The catalogue with this list before it. Discounts come off the catalogue's prices; prices of the list are taken as they are.
    ///
    /// Prices of instances in regions that are not loaded wait until they are; how many cannot be checked until then, [`PriceList::unchecked`] tells.
    ///
    /// # Errors
    ///
    /// Names the first row for something that the catalogue does not have.
    pub fn applied(&self, catalog: &Catalog) -> Result<Catalog, PriceError> {
        let mut own = Own { catalog: catalog.clone() };
        for row in &self.rows {
            if let Entry::Discount(discount) = &row.entry {
                discount.apply(&mut own.catalog, row.line)?;
            }
        }
        for row in &self.rows {
            match &row.entry {
                Entry::OwnHost(host) => own.host(host),
                Entry::OwnInstance(instance) => own.instance(instance),
                _ => {}
            }
        }
        for row in &self.rows {
            own.price(row)?;
        }
        own.commitments();
        arrange(&mut own.catalog.host_prices, |a, b| {
            (&a.offering, &a.region, a.term).cmp(&(&b.offering, &b.region, b.term))
        });
        Ok(own.catalog)
    }
}

struct Own {
    catalog: Catalog,
}

/// A price that has to be asked for.
fn ask(currency: Currency) -> Price {
    Price { amount: None, currency, status: PriceStatus::Ask, source: None, note: "not in your price list".to_owned() }
}

impl Own {
    /// The price as the catalogue keeps it, its source among the documents.
    fn kept(&mut self, price: &ListPrice) -> Price {
        let title = if price.source.is_empty() { "Your price list" } else { &price.source };
        let document = SourceDoc { title: title.to_owned(), as_of: price.as_of.clone(), ..SourceDoc::default() };
        let sources = &mut self.catalog.sources;
        let position = sources.iter().position(|known| *known == document).unwrap_or_else(|| {
            sources.push(document);
            sources.len() - 1
        });
        Price {
            amount: Some(price.amount),
            currency: price.currency,
            status: price.status,
            source: Some(position as u32),
            note: price.note.clone(),
        }
    }

    fn place(&mut self, region: &RegionId, place: &OwnPlace) {
        if let Err(position) = self.catalog.regions.binary_search_by(|known| known.id.cmp(region)) {
            let name = if place.name.is_empty() { region.to_string() } else { place.name.clone() };
            let (latitude_milli, longitude_milli) = place.position_milli;
            let country = place.country.clone();
            let known = Region { id: region.clone(), name, country, latitude_milli, longitude_milli };
            self.catalog.regions.insert(position, known);
        }
        let provider = Region::provider_of(region).to_owned();
        if region.as_str() != "site" && !self.catalog.providers.iter().any(|known| known.id == provider) {
            self.catalog.providers.push(Provider { name: provider.clone(), id: provider });
        }
    }

    fn host(&mut self, host: &OwnHost) {
        for region in &host.offering.regions {
            self.place(region, &host.place);
            let price = match &host.price {
                Some(price) => self.kept(price),
                None => ask(Currency::Usd),
            };
            self.host_price(HostPrice {
                offering: host.offering.id.clone(),
                region: region.clone(),
                term: host.term,
                price,
            });
        }
        let hosts = &mut self.catalog.hosts;
        match hosts.binary_search_by(|known| known.id.cmp(&host.offering.id)) {
            // The same host type in a further region, or on a further term.
            Ok(position) => {
                let mut regions = std::mem::take(&mut hosts[position].regions);
                regions.extend(host.offering.regions.iter().cloned());
                arrange(&mut regions, Ord::cmp);
                regions.dedup();
                hosts[position] = crate::engine::catalog::HostOffering { regions, ..host.offering.clone() };
            }
            Err(position) => hosts.insert(position, host.offering.clone()),
        }
    }

    fn host_price(&mut self, new: HostPrice) {
        let prices = &mut self.catalog.host_prices;
        let same =
            |old: &&mut HostPrice| (&old.offering, &old.region, old.term) == (&new.offering, &new.region, new.term);
        match prices.iter_mut().find(same) {
            Some(old) => old.price = new.price,
            None => prices.push(new),
        }
    }

    fn instance(&mut self, own: &OwnInstance) {
        self.place(&own.region, &own.place);
        let price = self.kept(&own.price);
        let regions = &mut self.catalog.instance_regions;
        if let Err(position) = regions.binary_search(&own.region) {
            regions.insert(position, own.region.clone());
        }
        let table = self.catalog.instances.entry(own.region.clone());
        let table = table.or_insert_with(|| InstanceTable { region: own.region.clone(), types: Vec::new() });
        let instance = type_in(table, &own.name, || {
            let nothing = || [(); 3].map(|()| ask(own.price.currency));
            InstanceType {
                name: own.name.clone(),
                family: "own".to_owned(),
                vcpus: own.vcpus,
                memory: own.memory,
                network_mbps: 0,
                arm: false,
                by_default: true,
                linux: nothing(),
                windows: nothing(),
            }
        });
        let prices = if own.windows { &mut instance.windows } else { &mut instance.linux };
        prices[own.term as usize] = price;
    }

    fn price(&mut self, row: &Row) -> Result<(), PriceError> {
        let missing = |problem: String| Err(PriceError::NotInCatalog { line: row.line, problem });
        match &row.entry {
            Entry::Host { offering, region, term, price } => {
                let known = self.catalog.host(offering).is_some_and(|host| host.regions.contains(region));
                if !known {
                    return missing(format!("{offering} is not sold in {region}"));
                }
                let price = self.kept(price);
                let (offering, region) = (offering.clone(), region.clone());
                self.host_price(HostPrice { offering, region, term: *term, price });
            }
            Entry::Instance { name, region, windows, term, price } => {
                if self.catalog.region(region).is_none() {
                    return missing(format!("there is no region {region}"));
                }
                let price = self.kept(price);
                return self.instance_price(row.line, (name, region), (*windows, *term), price);
            }
            Entry::Disk { kind, region, part, price } => {
                if self.catalog.region(region).is_none() {
                    return missing(format!("there is no region {region}"));
                }
                let price = self.kept(price);
                self.disk_price(kind, region, *part, price);
            }
            Entry::Discount(_) | Entry::OwnHost(_) | Entry::OwnInstance(_) => {}
        }
        Ok(())
    }

    /// Prices of terms that follow from one's own price on demand, where the provider publishes what a commitment takes off and no price. What is paid
    /// upfront takes off more; the months here are paid as they come.
    fn commitments(&mut self) {
        let Catalog { host_prices, extras, .. } = &mut self.catalog;
        let mut derived: Vec<(usize, Price)> = Vec::new();
        for (position, asked) in host_prices.iter().enumerate().filter(|(_, known)| known.price.amount.is_none()) {
            let of_service = |id: &OfferingId, service: &str| {
                id.as_str().split_once('/').is_some_and(|(prefix, _)| prefix == service)
            };
            let commitment = extras
                .commitments
                .iter()
                .find(|known| known.term == asked.term && of_service(&asked.offering, &known.service));
            let on_demand = host_prices.iter().find(|known| {
                (&known.offering, &known.region, known.term) == (&asked.offering, &asked.region, Term::OnDemand)
            });
            let (Some(commitment), Some(on_demand)) = (commitment, on_demand) else { continue };
            let Some(amount) = on_demand.price.amount else { continue };
            let off = commitment.off_millionths;
            let share = Money::from_micros(i64::from(off) * 100);
            let note = format!("{amount} on demand less {share} %. {}", commitment.note);
            let mut price = Price { note, source: Some(commitment.source), ..on_demand.price.clone() };
            price.amount = Some(amount.scale(i128::from(ONE - off), i128::from(ONE)));
            price.status = PriceStatus::Derived;
            derived.push((position, price));
        }
        for (position, price) in derived {
            host_prices[position].price = price;
        }
    }

    fn instance_price(
        &mut self,
        line: u64,
        (name, region): (&str, &RegionId),
        (windows, term): (bool, Term),
        price: Price,
    ) -> Result<(), PriceError> {
        let provider = Region::provider_of(region);
        let Catalog { instances, instance_specs, families, .. } = &mut self.catalog;
        let specs = instance_specs.get(provider);
        let spec = specs.and_then(|specs| specs.iter().find(|spec| spec.name == name));
        let table = instances.get_mut(region);
        let is_sold = table.as_ref().is_some_and(|table| table.types.iter().any(|known| known.name == name));
        // Types are those of the provider, whether the region is loaded or not.
        if spec.is_none() && !is_sold && (table.is_some() || specs.is_some()) {
            let problem = format!("{name} is not an instance type of {provider} in the catalogue");
            return Err(PriceError::NotInCatalog { line, problem });
        }
        let Some(table) = table else { return Ok(()) };
        let spec = spec.cloned().unwrap_or_default();
        let family = families.iter().find(|family| family.provider == provider && family.name == spec.family);
        let instance = type_in(table, name, || {
            let nothing = || [(); 3].map(|()| ask(price.currency));
            InstanceType {
                name: spec.name.clone(),
                family: spec.family.clone(),
                vcpus: spec.vcpus,
                memory: spec.memory,
                network_mbps: spec.network_mbps,
                arm: family.is_some_and(|family| family.arm),
                by_default: family.is_some_and(|family| family.by_default),
                linux: nothing(),
                windows: nothing(),
            }
        });
        let prices = if windows { &mut instance.windows } else { &mut instance.linux };
        prices[term as usize] = price;
        Ok(())
    }

    /// A kind of disk that the catalogue does not know has no limits and includes all of its performance.
    fn disk_price(&mut self, kind: &str, region: &RegionId, part: DiskPart, price: Price) {
        let disks = &mut self.catalog.disks;
        let key = |disk: &DiskPrice| (&disk.region, disk.kind.as_str()).cmp(&(region, kind));
        let position = disks.binary_search_by(key).unwrap_or_else(|position| {
            let new = DiskPrice {
                region: region.clone(),
                kind: kind.to_owned(),
                per_gib_month: ask(price.currency),
                included_iops: 1_000_000,
                per_iops_month: ask(price.currency),
                included_mibps: 1_000_000,
                per_mibps_month: ask(price.currency),
                min_gib: 1,
                max_gib: 65_536,
                max_iops: 1_000_000,
                max_mibps: 1_000_000,
                scaling: DiskScaling::default(),
            };
            disks.insert(position, new);
            position
        });
        let disk = &mut disks[position];
        match part {
            DiskPart::Gib => disk.per_gib_month = price,
            DiskPart::Iops => disk.per_iops_month = price,
            DiskPart::Mibps => disk.per_mibps_month = price,
        }
    }
}

/// The type of this name in a table, which keeps its order; made where it is not there.
fn type_in<'a>(table: &'a mut InstanceTable, name: &str, make: impl FnOnce() -> InstanceType) -> &'a mut InstanceType {
    let position = table.types.binary_search_by(|known| known.name.as_str().cmp(name)).unwrap_or_else(|position| {
        table.types.insert(position, make());
        position
    });
    &mut table.types[position]
}
