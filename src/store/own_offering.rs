//! Offerings of a provider of the user's own, typed into a form: rows of the price list that the project keeps (`docs/prices.md`).

use super::own_list::{Row, with_row};
use crate::engine::model::Money;

/// Hosts or instances of a provider of the user's own, as they are typed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnOffering {
    /// Whether they are instances, and not hosts.
    pub instances: bool,
    /// Who sells them.
    pub provider: String,
    /// Where, such as `Berlin`.
    pub place: String,
    /// The country, ISO 3166-1 alpha-2.
    pub country: String,
    /// What the type is called.
    pub name: String,
    /// Cores of a host, or virtual processors of an instance.
    pub cores: u32,
    /// Memory.
    pub memory_gib: u32,
    /// Disks of a host, in GB; 0: none.
    pub storage_gb: u32,
    /// How vSAN uses them: `osa`, `esa` or empty.
    pub vsan: &'static str,
    /// Fewest hosts of a cluster.
    pub min_hosts: u32,
    /// Most hosts of a cluster.
    pub max_hosts: u32,
    /// Whether the price includes VMware.
    pub vmware_included: bool,
    /// For one hour; `None`: to be asked for.
    pub price: Option<Money>,
    /// Disks beside instances, for one GiB and month.
    pub disk_price: Option<Money>,
    /// The currency of both.
    pub currency: &'static str,
    /// Where the prices come from.
    pub source: String,
}

impl OwnOffering {
    /// What is still missing, in words; `None` where all is there.
    pub fn missing(&self) -> Option<&'static str> {
        let words = [(&self.provider, "a provider"), (&self.place, "a place"), (&self.name, "a type")];
        let empty = words.into_iter().find(|(text, _)| slug(text).is_empty()).map(|(_, what)| what);
        empty.or(match self {
            Self { cores: 0, .. } => Some("cores"),
            Self { memory_gib: 0, .. } => Some("memory"),
            // A list knows instances by their price, and gives no disk away.
            Self { instances: true, price: None, .. } => Some("a price"),
            Self { instances: true, disk_price: None, .. } => Some("a price of disks"),
            _ => None,
        })
    }

    /// A list with this offering in it, in the place of one of the same name and region.
    pub fn added_to(&self, list: &str) -> String {
        self.rows().iter().fold(list.to_owned(), |list, row| with_row(&list, row))
    }

    fn region(&self) -> String {
        format!("{}/{}", slug(&self.provider), slug(&self.place))
    }

    fn rows(&self) -> Vec<Row> {
        let text = |text: &str| text.trim().to_owned();
        let amount = |price: Option<Money>| price.map_or_else(String::new, |price| price.to_string());
        let place = vec![("region_name", text(&self.place)), ("country", text(&self.country).to_ascii_uppercase())];
        let priced = |price| {
            let currency = self.currency.to_owned();
            vec![("amount", amount(price)), ("currency", currency), ("source", text(&self.source))]
        };
        let row = |what: &str, id: String, more: Vec<Row>| -> Row {
            let named = vec![("what", what.to_owned()), ("id", id), ("region", self.region())];
            named.into_iter().chain(more.into_iter().flatten()).collect()
        };
        let memory = ("memory_gib", self.memory_gib.to_string());
        if self.instances {
            let size = vec![("vcpus", self.cores.to_string()), memory];
            let disk = vec![("per", "gib".to_owned())];
            return vec![
                row("instance", slug(&self.name), vec![place, size, priced(self.price)]),
                row("disk_price", "disk".to_owned(), vec![disk, priced(self.disk_price)]),
            ];
        }
        let vmware = if self.vmware_included { "yes" } else { "" };
        let size = vec![
            ("service", text(&self.provider)),
            ("cores", self.cores.to_string()),
            memory,
            ("raw_storage_gb", if self.storage_gb > 0 { self.storage_gb.to_string() } else { String::new() }),
            ("vsan", self.vsan.to_owned()),
            ("min_hosts", self.min_hosts.to_string()),
            ("max_hosts", self.max_hosts.to_string()),
            ("vmware_included", vmware.to_owned()),
        ];
        let id = format!("{}/{}", slug(&self.provider), slug(&self.name));
        vec![row("host", id, vec![place, size, priced(self.price)])]
    }
}

/// A name as ids have it: small letters, digits and hyphens.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.trim().chars() {
        if letter.is_ascii_alphanumeric() || letter == '.' {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::prices::read_own;

    fn host() -> OwnOffering {
        OwnOffering {
            provider: "Our cloud".to_owned(),
            place: "Berlin".to_owned(),
            country: "de".to_owned(),
            name: "Large, 64 cores".to_owned(),
            cores: 64,
            memory_gib: 1024,
            storage_gb: 30_000,
            vsan: "esa",
            min_hosts: 3,
            max_hosts: 16,
            vmware_included: true,
            price: Some(Money::from_micros(3_250_000)),
            currency: "EUR",
            source: "Offer 7, of \"today\"".to_owned(),
            ..OwnOffering::default()
        }
    }

    #[test]
    fn what_is_typed_in_is_a_list_that_is_understood() {
        let list = host().added_to("");
        assert_eq!(
            list,
            "what,id,region,region_name,country,service,cores,memory_gib,raw_storage_gb,vsan,min_hosts,max_hosts,vmware_included,amount,currency,source\n\
             host,our-cloud/large-64-cores,our-cloud/berlin,Berlin,DE,Our cloud,64,1024,30000,esa,3,16,yes,3.25,EUR,\"Offer 7, of \"\"today\"\"\"\n"
        );
        assert_eq!(read_own(&list).map(|list| list.rows.len()), Ok(1));
        // Without a price the offering asks for a quote.
        let without = OwnOffering { price: None, ..host() }.added_to("");
        assert_eq!(read_own(&without).map(|list| list.rows.len()), Ok(1), "{without}");
    }

    #[test]
    fn it_is_added_to_what_there_is_and_takes_the_place_of_itself() {
        let before = "# Ours\nwhat,id,region,amount,per\ndisk_price,gp3,aws/us-east-1,0.05,gib\n";
        let once = host().added_to(before);
        let again = OwnOffering { cores: 32, ..host() }.added_to(&once);
        assert!(again.starts_with("# Ours\nwhat,id,region,amount,per,region_name,"), "{again}");
        assert_eq!(read_own(&again).map(|list| list.rows.len()), Ok(2), "{again}");
        assert!(again.contains(",32,1024,") && !again.contains(",64,1024,"), "{again}");
    }

    #[test]
    fn instances_bring_the_price_of_their_disks() {
        let instance = OwnOffering { instances: true, disk_price: Some(Money::from_micros(60_000)), ..host() };
        let list = instance.added_to(&host().added_to(""));
        assert_eq!(read_own(&list).map(|list| list.rows.len()), Ok(3), "{list}");
        assert_eq!(instance.missing(), None);
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(host().missing(), None);
        assert_eq!(OwnOffering { provider: " – ".to_owned(), ..host() }.missing(), Some("a provider"));
        assert_eq!(OwnOffering { memory_gib: 0, ..host() }.missing(), Some("memory"));
        assert_eq!(OwnOffering { price: None, ..host() }.missing(), None);
        assert_eq!(OwnOffering { instances: true, price: None, ..host() }.missing(), Some("a price"));
    }
}
