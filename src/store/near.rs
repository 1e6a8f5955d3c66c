//! What a site of one's own may be said to be near to.

use crate::engine::catalog::Catalog;
use crate::engine::model::RegionId;
use crate::store::offered::{OWN, region_name};

/// The places in which any provider has a region, by name, each with the first region there.
pub fn places(catalog: &Catalog) -> Vec<(String, RegionId)> {
    let regions = catalog.regions.iter().filter(|region| region.id.as_str() != OWN);
    let mut places: Vec<(String, RegionId)> =
        regions.map(|region| (region_name(catalog, &region.id), region.id.clone())).collect();
    places.sort();
    places.dedup_by(|later, first| later.0 == first.0);
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::Region;

    #[test]
    fn places_are_named_once_and_in_order() {
        let region = |id: &str, name: &str, country: &str| Region {
            id: RegionId::from(id),
            name: name.to_owned(),
            country: country.to_owned(),
            ..Region::default()
        };
        let regions = vec![
            region("a/f", "Frankfurt", "DE"),
            region("b/c", "Canberra", "AU"),
            region("b/f", "Frankfurt", "DE"),
            region(OWN, "Your own site", ""),
        ];
        let catalog = Catalog { regions, ..Catalog::default() };
        let expected = [("Canberra, AU", "b/c"), ("Frankfurt, DE", "a/f")];
        assert_eq!(places(&catalog), expected.map(|(name, id)| (name.to_owned(), RegionId::from(id))));
    }
}
