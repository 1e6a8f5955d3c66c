//! The project's own price list: CSV with named columns, explained in `docs/prices.md`.

use std::collections::BTreeMap;
use std::io::Read;

use super::PriceError;
use super::amount::amount;
use super::list::{Discount, DiskPart, Entry, ListPrice, OwnHost, OwnInstance, OwnPlace, PriceList, Row, Sort};
use crate::engine::catalog::{HostOffering, PriceStatus, VsanArchitecture};
use crate::engine::model::{Currency, MHz, MiB, Money, OfferingId, RegionId, Term};

/// Every column that a list may have. Only `what` and `id` must be there.
const COLUMNS: [&str; 29] = [
    "what",
    "id",
    "region",
    "term",
    "os",
    "amount",
    "currency",
    "per",
    "item",
    "status",
    "source",
    "as_of",
    "note",
    "region_name",
    "country",
    "latitude",
    "longitude",
    "service",
    "vcpus",
    "sockets",
    "cores",
    "mhz",
    "memory_gib",
    "raw_storage_gb",
    "vsan",
    "min_hosts",
    "max_hosts",
    "max_clusters",
    "vmware_included",
];

/// A price list with one of everything, to begin with.
pub const TEMPLATE: &str = "\
# A price list for Groundwork. docs/prices.md explains the columns. Lines that begin with # and columns that are not needed can go.
what,id,region,term,os,amount,currency,per,item,source,as_of,note
host_price,vmc-aws/i4i.metal,aws/eu-central-1,three_years,,5.40,USD,hour,,Offer 4711,2026-11-12,
host_price,gcve/ve1-standard-72,gcp/europe-west3,one_year,,8.10,USD,hour,,Offer 4712,2026-11-12,
instance_price,m7i.large,aws/eu-central-1,on_demand,linux,0.1100,USD,hour,,Agreement of 2026,2026-01-01,
instance_price,m7i.large,aws/eu-central-1,three_years,linux,0.0500,USD,hour,,Agreement of 2026,2026-01-01,
disk_price,gp3,aws/eu-central-1,,,0.0900,USD,gib,,Agreement of 2026,2026-01-01,
discount,aws,,three_years,,7.5,,instances,,Agreement of 2026,2026-01-01,
discount,aws,,,,20,,traffic,internet,Agreement of 2026,2026-01-01,
discount,aws,,,,15,,support,Business,Agreement of 2026,2026-01-01,
";

/// Reads the project's own price list. The error names the first mistake with line and column; then nothing of the list holds.
pub fn read_own(text: &str) -> Result<PriceList, PriceError> {
    // Remarks before the header are cut off here, those between rows are passed over below: the reader would count their lines wrongly.
    let remarks: usize = text.split_inclusive('\n').take_while(|line| line.starts_with('#')).map(str::len).sum();
    let above = text[..remarks].lines().count() as u64;
    let mut table = &text.as_bytes()[remarks..];
    // As a stream, as offer files are: so the reader is compiled once.
    let table: &mut dyn Read = &mut table;
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(table);
    let damaged = |error: csv::Error| PriceError::Damaged(error.to_string());
    let headers = reader.headers().map_err(damaged)?.clone();
    let mut columns = BTreeMap::new();
    for (index, header) in headers.iter().enumerate() {
        let header = header.trim_start_matches('\u{feff}');
        if !COLUMNS.contains(&header) {
            return Err(PriceError::Row {
                line: above + 1,
                column: header.to_owned(),
                problem: format!("there is no such column; there are {}", COLUMNS.join(", ")),
            });
        }
        columns.insert(header.to_owned(), index);
    }
    let mut list = PriceList::default();
    for record in reader.into_records() {
        let record = record.map_err(damaged)?;
        if record.get(0).is_some_and(|first| first.starts_with('#')) {
            continue;
        }
        let line = above + record.position().map_or(0, csv::Position::line);
        let cells = Cells { columns: &columns, record: &record, line };
        let entry = cells.entry()?;
        let kept = if entry.is_price() { Vec::new() } else { cells.filled_ones() };
        list.rows.push(Row { line, entry, cells: kept });
    }
    Ok(list)
}

struct Cells<'a> {
    columns: &'a BTreeMap<String, usize>,
    record: &'a csv::StringRecord,
    line: u64,
}

impl<'a> Cells<'a> {
    fn text(&self, column: &str) -> &'a str {
        self.columns.get(column).and_then(|&index| self.record.get(index)).unwrap_or_default()
    }

    fn filled_ones(&self) -> Vec<(String, String)> {
        let cells = self
            .columns
            .iter()
            .filter_map(|(column, &index)| Some((column.clone(), self.record.get(index)?.to_owned())));
        cells.filter(|(_, text)| !text.is_empty()).collect()
    }

    fn fail(&self, column: &str, problem: impl Into<String>) -> PriceError {
        PriceError::Row { line: self.line, column: column.to_owned(), problem: problem.into() }
    }

    fn filled(&self, column: &str) -> Result<&'a str, PriceError> {
        let text = self.text(column);
        if text.is_empty() { Err(self.fail(column, "must not be empty here")) } else { Ok(text) }
    }

    fn entry(&self) -> Result<Entry, PriceError> {
        match self.text("what") {
            "host_price" => Ok(Entry::Host {
                offering: OfferingId::from(self.filled("id")?),
                region: self.region()?,
                term: self.term()?,
                price: self.price("hour")?,
            }),
            "instance_price" => Ok(Entry::Instance {
                name: self.filled("id")?.to_owned(),
                region: self.region()?,
                windows: self.windows()?,
                term: self.term()?,
                price: self.price("hour")?,
            }),
            "disk_price" => {
                let part = match self.text("per") {
                    "" | "gib" => DiskPart::Gib,
                    "iops" => DiskPart::Iops,
                    "mibps" => DiskPart::Mibps,
                    other => return Err(self.fail("per", format!("neither gib nor iops nor mibps: {other:?}"))),
                };
                let (kind, region) = (self.filled("id")?.to_owned(), self.region()?);
                Ok(Entry::Disk { kind, region, part, price: self.any_price()? })
            }
            "discount" => self.discount().map(Entry::Discount),
            "host" => self.host().map(|host| Entry::OwnHost(Box::new(host))),
            "instance" => Ok(Entry::OwnInstance(OwnInstance {
                name: self.filled("id")?.to_owned(),
                region: self.region()?,
                place: self.place()?,
                vcpus: self.number("vcpus", 1, 65_536)?,
                memory: MiB::from_gib(self.number("memory_gib", 1, 1 << 20)?.into()),
                windows: self.windows()?,
                term: self.term()?,
                price: self.price("hour")?,
            })),
            other => Err(self.fail(
                "what",
                format!("{other:?} is none of host_price, instance_price, disk_price, discount, host, instance"),
            )),
        }
    }

    fn region(&self) -> Result<RegionId, PriceError> {
        let region = self.filled("region")?;
        if region.contains('/') || region == "site" {
            return Ok(RegionId::from(region));
        }
        Err(self.fail("region", format!("{region:?} is not like provider/region, such as aws/eu-central-1")))
    }

    fn term_if_any(&self) -> Result<Option<Term>, PriceError> {
        match self.text("term") {
            "" | "*" => Ok(None),
            "on_demand" => Ok(Some(Term::OnDemand)),
            "one_year" => Ok(Some(Term::OneYear)),
            "three_years" => Ok(Some(Term::ThreeYears)),
            other => Err(self.fail("term", format!("neither on_demand nor one_year nor three_years: {other:?}"))),
        }
    }

    fn term(&self) -> Result<Term, PriceError> {
        Ok(self.term_if_any()?.unwrap_or_default())
    }

    fn windows(&self) -> Result<bool, PriceError> {
        match self.text("os") {
            "" | "linux" => Ok(false),
            "windows" => Ok(true),
            other => Err(self.fail("os", format!("neither linux nor windows: {other:?}"))),
        }
    }

    fn price(&self, per: &str) -> Result<ListPrice, PriceError> {
        match self.text("per") {
            "" => {}
            given if given == per || given == "once" => {}
            other => return Err(self.fail("per", format!("prices here are for one {per}, not {other:?}"))),
        }
        self.any_price()
    }

    fn any_price(&self) -> Result<ListPrice, PriceError> {
        let text = self.filled("amount")?;
        let amount = amount(text).filter(|&amount| amount > Money::ZERO).ok_or_else(|| {
            self.fail("amount", format!("not a price above zero and below a thousand million: {text:?}"))
        })?;
        let code = self.text("currency");
        let currency =
            Currency::of_code(if code.is_empty() { Currency::Usd.code() } else { code }).ok_or_else(|| {
                let known = Currency::ALL.map(Currency::code).join(", ");
                self.fail("currency", format!("{code:?} is none of {known}"))
            })?;
        let status = match self.text("status") {
            "" | "quote" => PriceStatus::Quote,
            "listed" => PriceStatus::Listed,
            "indicative" => PriceStatus::Indicative,
            other => return Err(self.fail("status", format!("neither quote nor listed nor indicative: {other:?}"))),
        };
        let owned = |column| self.text(column).to_owned();
        Ok(ListPrice { amount, currency, status, source: owned("source"), as_of: owned("as_of"), note: owned("note") })
    }

    fn discount(&self) -> Result<Discount, PriceError> {
        let text = self.filled("amount")?;
        let share = amount(text.trim_end_matches('%')).filter(|&share| share < Money::from_units(100));
        // What has a price is never free.
        let problem = || self.fail("amount", format!("not a share from 0 to less than 100: {text:?}"));
        let share = share.ok_or_else(problem)?;
        let on = match self.text("per") {
            "" | "*" => None,
            "hosts" => Some(Sort::Hosts),
            "instances" => Some(Sort::Instances),
            "disks" => Some(Sort::Disks),
            "traffic" => Some(Sort::Traffic),
            "services" => Some(Sort::Services),
            "support" => Some(Sort::Support),
            other => {
                let problem = format!("{other:?} is none of hosts, instances, disks, traffic, services, support");
                return Err(self.fail("per", problem));
            }
        };
        let provider = self.filled("id")?.to_owned();
        let item = self.text("item").to_owned();
        Ok(Discount { provider, term: self.term_if_any()?, on, item, millionths: (share.micros() / 100) as u32 })
    }

    fn number(&self, column: &str, least: u32, most: u32) -> Result<u32, PriceError> {
        let text = self.filled(column)?;
        text.parse()
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| self.fail(column, format!("not a whole number from {least} to {most}: {text:?}")))
    }

    fn number_or(&self, column: &str, default: u32, most: u32) -> Result<u32, PriceError> {
        if self.text(column).is_empty() { Ok(default) } else { self.number(column, 0, most) }
    }

    fn place(&self) -> Result<OwnPlace, PriceError> {
        let degrees = |column: &str, most: i64| {
            let text = self.text(column);
            let negative = text.starts_with('-');
            let milli =
                if text.is_empty() { Some(0) } else { amount(text.trim_start_matches('-')).map(|m| m.micros() / 1000) };
            let milli = milli.filter(|milli| *milli <= most * 1000);
            let milli = milli.ok_or_else(|| self.fail(column, format!("not degrees up to {most}: {text:?}")))?;
            Ok(if negative { -milli } else { milli } as i32)
        };
        let country = self.text("country");
        if !country.is_empty() && (country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase())) {
            return Err(self.fail("country", format!("not two capital letters, such as DE: {country:?}")));
        }
        Ok(OwnPlace {
            name: self.text("region_name").to_owned(),
            country: country.to_owned(),
            position_milli: (degrees("latitude", 90)?, degrees("longitude", 180)?),
        })
    }

    fn host(&self) -> Result<OwnHost, PriceError> {
        let (id, region) = (self.filled("id")?, self.region()?);
        let (maker, host_type) =
            id.split_once('/').ok_or_else(|| self.fail("id", format!("{id:?} is not like service/host-type")))?;
        let architecture = |word: &str| match word {
            "osa" => Ok(VsanArchitecture::Osa),
            "esa" => Ok(VsanArchitecture::Esa),
            other => Err(self.fail("vsan", format!("neither osa nor esa: {other:?}"))),
        };
        let vsan: Vec<VsanArchitecture> =
            self.text("vsan").split(';').filter(|word| !word.is_empty()).map(architecture).collect::<Result<_, _>>()?;
        let raw_storage = MiB::from_decimal_gb(self.number_or("raw_storage_gb", 0, 10_000_000)?.into());
        if vsan.is_empty() != (raw_storage == MiB::ZERO) {
            return Err(self.fail("vsan", "a host has vSAN exactly where it has disks of its own (raw_storage_gb)"));
        }
        let provider = region.as_str().split('/').next().unwrap_or_default().to_owned();
        let service = self.text("service");
        let min_hosts = self.number_or("min_hosts", 1, 10_000)?.max(1);
        let max_hosts = self.number_or("max_hosts", 64, 10_000)?.max(min_hosts);
        let max_clusters = self.number_or("max_clusters", 10, 10_000)?.max(1);
        let offering = HostOffering {
            id: OfferingId::from(id),
            service: if service.is_empty() { maker.to_owned() } else { service.to_owned() },
            host_type: host_type.to_owned(),
            provider,
            availability: "sold".to_owned(),
            open_to_new: true,
            cpu_model: "your own figures".to_owned(),
            sockets: self.number_or("sockets", 2, 64)?.max(1),
            cores: self.number("cores", 1, 65_536)?,
            speed: MHz(self.number_or("mhz", 2500, 100_000)?.max(1).into()),
            memory: MiB::from_gib(self.number("memory_gib", 1, 1 << 20)?.into()),
            raw_storage,
            vsan,
            min_hosts,
            max_hosts,
            max_clusters,
            max_hosts_total: max_hosts.saturating_mul(max_clusters),
            vmware_included: matches!(self.text("vmware_included"), "yes" | "true"),
            regions: vec![region],
            note: self.text("note").to_owned(),
            ..HostOffering::default()
        };
        let price = if self.text("amount").is_empty() { None } else { Some(self.price("hour")?) };
        Ok(OwnHost { offering, place: self.place()?, term: self.term()?, price })
    }
}

/// The columns of every list that is written.
const WRITTEN: [&str; 12] =
    ["what", "id", "region", "term", "os", "amount", "currency", "per", "status", "source", "as_of", "note"];

/// Writes a list as one of one's own: prices as imports give them, discounts and offerings as they were written, with the columns that they need.
pub fn write_own(list: &PriceList) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let is_needed = |column: &&str| list.rows.iter().any(|row| row.cells.iter().any(|(name, _)| name == column));
    let more: Vec<&str> = COLUMNS.into_iter().filter(|column| !WRITTEN.contains(column) && is_needed(column)).collect();
    let mut rows = vec![WRITTEN.iter().chain(&more).map(|&column| column.to_owned()).collect::<Vec<String>>()];
    let term_word = |term: Term| match term {
        Term::OnDemand => "on_demand",
        Term::OneYear => "one_year",
        Term::ThreeYears => "three_years",
    };
    for row in &list.rows {
        let (what, id, region, term, os, per, price) = match &row.entry {
            Entry::Host { offering, region, term, price } => {
                ("host_price", offering.to_string(), region, term_word(*term), "", "hour", price)
            }
            Entry::Instance { name, region, windows, term, price } => {
                let os = if *windows { "windows" } else { "linux" };
                ("instance_price", name.clone(), region, term_word(*term), os, "hour", price)
            }
            Entry::Disk { kind, region, part, price } => {
                let per = match part {
                    DiskPart::Gib => "gib",
                    DiskPart::Iops => "iops",
                    DiskPart::Mibps => "mibps",
                };
                ("disk_price", kind.clone(), region, "", "", per, price)
            }
            Entry::Discount(_) | Entry::OwnHost(_) | Entry::OwnInstance(_) => {
                let cell = |column: &&str| row.cells.iter().find(|(name, _)| name == column);
                let cells =
                    WRITTEN.iter().chain(&more).map(|column| cell(column).map_or("", |(_, text)| text).to_owned());
                rows.push(cells.collect());
                continue;
            }
        };
        let price = [
            what.to_owned(),
            id,
            region.to_string(),
            term.to_owned(),
            os.to_owned(),
            price.amount.to_string(),
            price.currency.code().to_owned(),
            per.to_owned(),
            price.status.word().to_owned(),
            price.source.clone(),
            price.as_of.clone(),
            price.note.clone(),
        ];
        rows.push(price.into_iter().chain(more.iter().map(|_| String::new())).collect());
    }
    let written = rows.iter().try_for_each(|row| writer.write_record(row));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A list with prices written after its rows, in its own columns; columns that it lacks are added.
pub(super) fn appended(own: &str, list: &PriceList) -> Result<String, PriceError> {
    let damaged = |error: csv::Error| PriceError::Damaged(error.to_string());
    let remarks: usize = own.split_inclusive('\n').take_while(|line| line.starts_with('#')).map(str::len).sum();
    let (mut table, added) = (&own.as_bytes()[remarks..], write_own(list));
    let table: &mut dyn Read = &mut table;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table);
    let mut headers: Vec<String> =
        reader.headers().map_err(damaged)?.iter().map(|cell| cell.trim().to_owned()).collect();
    let mut added = added.as_bytes();
    let added: &mut dyn Read = &mut added;
    let mut prices = csv::Reader::from_reader(added);
    let columns: Vec<String> = prices.headers().map_err(damaged)?.iter().map(str::to_owned).collect();
    headers.extend(columns.iter().filter(|column| !headers.contains(column)).cloned().collect::<Vec<_>>());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(own.as_bytes()[..remarks].to_vec());
    writer.write_record(&headers).map_err(damaged)?;
    for record in reader.records() {
        writer.write_record(&record.map_err(damaged)?).map_err(damaged)?;
    }
    for record in prices.records() {
        let record = record.map_err(damaged)?;
        let cell = |header: &String| {
            let position = columns.iter().position(|column| column == header);
            position.and_then(|position| record.get(position)).unwrap_or_default()
        };
        writer.write_record(headers.iter().map(cell)).map_err(damaged)?;
    }
    let bytes = writer.into_inner().map_err(|error| PriceError::Damaged(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| PriceError::Damaged(error.to_string()))
}

/// Columns that hold words of the user's.
const WORDS: [&str; 4] = ["source", "note", "region_name", "service"];

/// A list without remarks, sources and notes, for sharing; the same prices. Ids of offerings of one's own stay, since footprints name them. Nothing is left
/// of a list that cannot be read, which is not applied either.
pub fn without_words(text: &str) -> String {
    if text.trim().is_empty() || read_own(text).is_err() {
        return String::new();
    }
    let rows = text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    let mut rows = rows.as_bytes();
    let rows: &mut dyn Read = &mut rows;
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(rows);
    let headers = reader.headers().cloned().unwrap_or_default();
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let blanked = reader.records().flatten().map(|record| {
        let cells = record.iter().enumerate();
        let is_word = |index: usize| headers.get(index).is_some_and(|header| WORDS.contains(&header));
        cells.map(|(index, cell)| if is_word(index) { "" } else { cell }.to_owned()).collect::<csv::StringRecord>()
    });
    let written = std::iter::once(headers.clone()).chain(blanked).try_for_each(|record| writer.write_record(&record));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
