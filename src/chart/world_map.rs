//! Regions of providers, and sites of one's own, on a map of the world: the map is as wide as a full turn, so that a degree is the same length everywhere (equirectangular).

use super::outlines::{Corner, LAND, WATER};
use super::picture::{Chart, Form, Picture, Table, Tip, fill, line};
use super::scale::px;
use crate::store::format;

/// Latitudes at the lower and upper edge: all that people live in.
const EDGES: (f64, f64) = (-57.0, 78.0);
/// Spots nearer than this, in px, are one mark with a count.
const CLOSE: f64 = 15.0;
/// The radius of a spot, and of a mark that stands for several.
const SPOT: f64 = 5.0;
const MANY: f64 = 9.0;
/// Rows of the details of a mark; the rest is counted.
const TIP_ROWS: usize = 10;
/// Height of a row of the legend, and about how wide a letter of it is.
const LEGEND_ROW: f64 = 20.0;
const LETTER: f64 = 6.6;
/// What sites of one's own are called.
const OWN: &str = "Your own sites";

/// A region, or a site of one's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spot {
    /// Its name with the country; of a site, the names of the footprints there.
    pub name: String,
    /// Whether it is a site of one's own.
    pub is_site: bool,
    /// The provider of a region, as position in [`WorldMap::providers`].
    pub series: usize,
    /// North of the equator, in thousandths of a degree.
    pub latitude_milli: i32,
    /// East of Greenwich, in thousandths of a degree.
    pub longitude_milli: i32,
    /// How much is offered there.
    pub offers: u32,
    /// Whether a footprint of the plan is there.
    pub in_plan: bool,
    /// Whether it is among those looked at.
    pub is_chosen: bool,
}

/// The map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorldMap {
    /// Regions and sites, in the order of the table.
    pub spots: Vec<Spot>,
    /// Names of the providers.
    pub providers: Vec<String>,
}

/// From degrees to px.
#[derive(Clone, Copy)]
struct Projection {
    per_degree: f64,
}

impl Projection {
    fn at(self, longitude: f64, latitude: f64) -> (f64, f64) {
        ((longitude + 180.0) * self.per_degree, (EDGES.1 - latitude) * self.per_degree)
    }

    fn spot(self, spot: &Spot) -> (f64, f64) {
        self.at(f64::from(spot.longitude_milli) / 1000.0, f64::from(spot.latitude_milli) / 1000.0)
    }

    /// Land, cut off at the upper edge.
    fn outline(self, corners: &[Corner]) -> Form {
        let points: Vec<(f64, f64)> =
            corners.iter().map(|&(x, y)| self.at(x.into(), f64::from(y).min(EDGES.1))).collect();
        match line(&points) {
            Form::Path(data) => Form::Path(data + "z"),
            other => other,
        }
    }
}

impl WorldMap {
    fn projection(width: f64) -> Projection {
        Projection { per_degree: width.max(240.0) / 360.0 }
    }

    /// The spots of each mark at `width` px, as positions: a mark stands for those that lie too close to be told apart. Marks go from west to east, as the keys
    /// lead through them.
    pub fn marks(&self, width: f64) -> Vec<Vec<usize>> {
        let projection = Self::projection(width);
        let mut order: Vec<usize> = (0..self.spots.len()).collect();
        order.sort_by_key(|&at| (self.spots[at].longitude_milli, self.spots[at].latitude_milli, at));
        let mut marks: Vec<Vec<usize>> = Vec::new();
        for at in order {
            let (x, y) = projection.spot(&self.spots[at]);
            let near = |mark: &&mut Vec<usize>| {
                let (mark_x, mark_y) = self.centre(projection, mark);
                self.has_sites(mark) == self.spots[at].is_site && libm::hypot(mark_x - x, mark_y - y) < CLOSE
            };
            match marks.iter_mut().find(near) {
                Some(mark) => mark.push(at),
                None => marks.push(vec![at]),
            }
        }
        marks
    }

    /// Whether a mark stands for sites: those and regions never share one.
    fn has_sites(&self, mark: &[usize]) -> bool {
        mark.iter().any(|&at| self.spots[at].is_site)
    }

    /// The middle of the spots of a mark.
    fn centre(&self, projection: Projection, mark: &[usize]) -> (f64, f64) {
        let count = mark.len().max(1) as f64;
        let places = mark.iter().map(|&at| projection.spot(&self.spots[at]));
        let (x, y) = places.fold((0.0, 0.0), |(x, y), place| (x + place.0, y + place.1));
        (x / count, y / count)
    }

    fn provider(&self, spot: &Spot) -> &str {
        if spot.is_site { OWN } else { self.providers.get(spot.series).map_or("", String::as_str) }
    }

    fn tip(&self, at: (f64, f64), mark: &[usize]) -> Tip {
        let spots = || mark.iter().map(|&spot| &self.spots[spot]);
        let many = mark.len() as u64;
        let title = match mark {
            [one] => self.spots[*one].name.clone(),
            _ if self.has_sites(mark) => format::counted(many, "site of your own", "sites of your own"),
            _ => format::counted(many, "region", "regions"),
        };
        let row = |spot: &Spot| {
            let name = if mark.len() == 1 { self.provider(spot).to_owned() } else { spot.name.clone() };
            let plan = if spot.in_plan { "in the plan" } else { "" };
            if spot.is_site {
                return (None, name, plan.to_owned());
            }
            let offers = format!("{} offered", format::count(spot.offers.into()));
            (Some(spot.series), name, if spot.in_plan { [&offers, ", ", plan].concat() } else { offers })
        };
        let mut rows: Vec<_> = spots().take(TIP_ROWS).map(row).collect();
        if mark.len() > TIP_ROWS {
            rows.push((None, format!("and {} more", mark.len() - TIP_ROWS), String::new()));
        }
        Tip { at, title, rows }
    }

    fn draw_mark(&self, picture: &mut Picture, number: usize, at: (f64, f64), mark: &[usize]) {
        let spots = || mark.iter().map(|&spot| &self.spots[spot]);
        if self.has_sites(mark) {
            return picture.add_mark(number, "map-site", pin(at));
        }
        let radius = if mark.len() > 1 { MANY } else { SPOT };
        if spots().any(|spot| spot.is_chosen) {
            picture.add("map-chosen", Form::Circle(at.0, at.1, radius + 6.0));
        }
        if spots().any(|spot| spot.in_plan) {
            picture.add("map-plan", Form::Circle(at.0, at.1, radius + 3.0));
        }
        if let [one] = mark {
            let series = self.spots[*one].series;
            picture.add_mark(number, format!("map-spot {}", fill(series)), shape(series, at, SPOT));
        } else {
            picture.add_mark(number, "map-many", Form::Circle(at.0, at.1, MANY));
            picture.add("map-count middle", Form::Text(at.0, at.1 + 4.0, mark.len().to_string()));
        }
    }

    /// The providers with their shapes, below the map, and the other signs on it. Its height.
    fn draw_legend(&self, picture: &mut Picture, top: f64, width: f64) -> f64 {
        let (mut x, mut y) = (8.0, top + LEGEND_ROW);
        let providers = self.providers.iter().enumerate().map(|(series, name)| (Sign::Of(series), name.as_str()));
        let sites = self.spots.iter().any(|spot| spot.is_site).then_some((Sign::Site, OWN));
        for (sign, name) in providers.chain(sites).chain([(Sign::InPlan, "In the plan")]) {
            let takes = name.chars().count() as f64 * LETTER + 30.0;
            if x + takes > width && x > 8.0 {
                (x, y) = (8.0, y + LEGEND_ROW);
            }
            match sign {
                Sign::Of(series) => {
                    picture.add(format!("map-spot {}", fill(series)), shape(series, (x, y - 4.0), SPOT));
                }
                Sign::Site => picture.add("map-site", pin((x, y))),
                Sign::InPlan => picture.add("map-plan", Form::Circle(x, y - 4.0, SPOT + 1.0)),
            }
            picture.add("label-muted", Form::Text(x + 12.0, y, name.to_owned()));
            x += takes;
        }
        y + 8.0 - top
    }
}

/// What the legend explains.
enum Sign {
    /// Regions of the provider at this position.
    Of(usize),
    /// Sites of one's own.
    Site,
    /// What a footprint of the plan is in.
    InPlan,
}

/// A pin with its tip at a point: it stands above the regions that are there, too.
fn pin((x, y): (f64, f64)) -> Form {
    let corners = [(0.0, 0.0), (-4.5, -7.0), (-4.5, -12.0), (4.5, -12.0), (4.5, -7.0)];
    let to = |(dx, dy): (f64, f64)| [px(x + dx), px(y + dy)].join(" ");
    Form::Path(["M", &corners.map(to).join("L"), "z"].concat())
}

/// A series by its shape, so that it is known without its colour: circle, square, triangle, diamond, triangle on its head, plus.
fn shape(series: usize, (x, y): (f64, f64), r: f64) -> Form {
    let corners: &[(f64, f64)] = match series % 6 {
        0 => return Form::Circle(x, y, r),
        1 => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        2 => &[(0.0, -1.2), (1.15, 0.9), (-1.15, 0.9)],
        3 => &[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
        4 => &[(-1.15, -0.9), (1.15, -0.9), (0.0, 1.2)],
        _ => &[
            (-0.4, -1.2),
            (0.4, -1.2),
            (0.4, -0.4),
            (1.2, -0.4),
            (1.2, 0.4),
            (0.4, 0.4),
            (0.4, 1.2),
            (-0.4, 1.2),
            (-0.4, 0.4),
            (-1.2, 0.4),
            (-1.2, -0.4),
            (-0.4, -0.4),
        ],
    };
    let to = |&(dx, dy): &(f64, f64)| [px(x + dx * r), px(y + dy * r)].join(" ");
    let points: Vec<String> = corners.iter().map(to).collect();
    Form::Path(["M", &points.join("L"), "z"].concat())
}

impl Chart for WorldMap {
    fn summary(&self) -> String {
        let of_providers = || self.spots.iter().filter(|spot| !spot.is_site);
        let regions = format::counted(of_providers().count() as u64, "region", "regions");
        let planned = of_providers().filter(|spot| spot.in_plan).count() as u64;
        format!("World map of {regions}, {} with a footprint of the plan", format::count(planned))
    }

    fn picture(&self, width: f64) -> Picture {
        let projection = Self::projection(width);
        let mut picture = Picture::default();
        let bottom = (EDGES.1 - EDGES.0) * projection.per_degree;
        for outline in LAND {
            picture.add("map-land", projection.outline(outline));
        }
        for outline in WATER {
            picture.add("map-water", projection.outline(outline));
        }
        for meridian in (-150..=150).step_by(30).map(f64::from) {
            let x = projection.at(meridian, 0.0).0;
            picture.add("grid-line", line(&[(x, 0.0), (x, bottom)]));
        }
        for parallel in [-30.0, 0.0, 30.0, 60.0] {
            let y = projection.at(0.0, parallel).1;
            picture.add("grid-line", line(&[(0.0, y), (360.0 * projection.per_degree, y)]));
        }
        let marks = self.marks(width);
        picture.tips = marks.iter().map(|mark| self.tip(self.centre(projection, mark), mark)).collect();
        // Pins above the rest.
        for is_site in [false, true] {
            for (number, mark) in marks.iter().enumerate().filter(|(_, mark)| self.has_sites(mark) == is_site) {
                self.draw_mark(&mut picture, number, self.centre(projection, mark), mark);
            }
        }
        picture.height = bottom + self.draw_legend(&mut picture, bottom, width);
        picture
    }

    fn table(&self) -> Table {
        let row = |spot: &Spot| {
            let plan = if spot.in_plan { "yes" } else { "–" };
            let offers = if spot.is_site { "–".to_owned() } else { format::count(spot.offers.into()) };
            vec![spot.name.clone(), self.provider(spot).to_owned(), plan.to_owned(), offers]
        };
        Table {
            heads: ["Region", "Provider", "In the plan", "Offers"].map(str::to_owned).to_vec(),
            numbers: 1,
            rows: self.spots.iter().map(row).collect(),
            more: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(name: &str, series: usize, latitude: f64, longitude: f64) -> Spot {
        let milli = |degrees: f64| (degrees * 1000.0).round() as i32;
        Spot {
            name: name.to_owned(),
            series,
            latitude_milli: milli(latitude),
            longitude_milli: milli(longitude),
            offers: 2,
            ..Spot::default()
        }
    }

    fn map() -> WorldMap {
        WorldMap {
            spots: vec![
                spot("Sydney, AU", 0, -33.9, 151.2),
                spot("Frankfurt, DE", 0, 50.1, 8.7),
                spot("Frankfurt, DE", 1, 50.0, 8.6),
                Spot { in_plan: true, ..spot("Iowa, US", 1, 41.6, -93.6) },
            ],
            providers: vec!["One".to_owned(), "Two".to_owned()],
        }
    }

    #[test]
    fn degrees_are_of_one_length_everywhere() {
        let projection = WorldMap::projection(720.0);
        for ((longitude, latitude), expected) in
            [((-180.0, 78.0), (0.0, 0.0)), ((0.0, 0.0), (360.0, 156.0)), ((180.0, -57.0), (720.0, 270.0))]
        {
            let (x, y) = projection.at(longitude, latitude);
            assert!(
                (x - expected.0).abs() < 1e-9 && (y - expected.1).abs() < 1e-9,
                "{longitude}, {latitude}: {x}, {y}"
            );
        }
    }

    #[test]
    fn what_lies_close_is_one_mark_from_west_to_east() {
        assert_eq!(map().marks(900.0), [vec![3], vec![2, 1], vec![0]]);
        // So wide that a tenth of a degree is told apart.
        assert_eq!(map().marks(72_000.0), [vec![3], vec![2], vec![1], vec![0]]);
        assert!(WorldMap::default().marks(900.0).is_empty());
    }

    #[test]
    fn every_mark_has_its_details_and_every_region_a_row() {
        let picture = map().picture(900.0);
        let titles: Vec<&str> = picture.tips.iter().map(|tip| tip.title.as_str()).collect();
        assert_eq!(titles, ["Iowa, US", "2 regions", "Sydney, AU"]);
        assert_eq!(picture.tips[0].rows, [(Some(1), "Two".to_owned(), "2 offered, in the plan".to_owned())]);
        assert_eq!(map().table().rows.len(), 4);
        assert_eq!(map().summary(), "World map of 4 regions, 1 with a footprint of the plan");
    }

    #[test]
    fn a_site_has_a_pin_of_its_own_beside_the_regions_that_are_there() {
        let mut map = map();
        let site = Spot { is_site: true, in_plan: true, offers: 0, ..spot("Production, Test", 0, 50.1, 8.7) };
        map.spots.push(site);
        assert_eq!(map.marks(900.0), [vec![3], vec![2, 1], vec![4], vec![0]]);
        let picture = map.picture(900.0);
        let tip = &picture.tips[2];
        assert_eq!(
            (tip.title.as_str(), &tip.rows[..]),
            ("Production, Test", &[(None, "Your own sites".to_owned(), "in the plan".to_owned())][..])
        );
        assert_eq!(map.table().rows[4], ["Production, Test", "Your own sites", "yes", "–"]);
        // It is no region.
        assert_eq!(map.summary(), "World map of 4 regions, 1 with a footprint of the plan");
    }

    #[test]
    fn a_mark_of_many_names_the_first_and_counts_the_rest() {
        let map = WorldMap { spots: vec![spot("Here, XX", 0, 1.0, 1.0); 14], providers: vec!["One".to_owned()] };
        let rows = &map.picture(900.0).tips[0].rows;
        assert_eq!((rows.len(), rows[10].1.as_str()), (11, "and 4 more"));
    }

    #[test]
    fn each_series_has_a_shape_of_its_own() {
        let shapes: Vec<Form> = (0..6).map(|series| shape(series, (0.0, 0.0), 5.0)).collect();
        for (at, form) in shapes.iter().enumerate() {
            assert!(!shapes[..at].contains(form), "series {at}");
        }
    }

    /// Whether a point lies inside of an outline, or nearer to a corner or edge of it than so many degrees.
    fn is_near(outline: &[Corner], (x, y): (f64, f64), degrees: f64) -> bool {
        let corner = |at: usize| (f64::from(outline[at % outline.len()].0), f64::from(outline[at % outline.len()].1));
        let mut inside = false;
        let mut nearest = f64::MAX;
        for at in 0..outline.len() {
            let ((ax, ay), (bx, by)) = (corner(at), corner(at + 1));
            if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                inside = !inside;
            }
            let length = (bx - ax).powi(2) + (by - ay).powi(2);
            let along = (((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length).clamp(0.0, 1.0);
            nearest = nearest.min((ax + along * (bx - ax) - x).hypot(ay + along * (by - ay) - y));
        }
        inside || nearest < degrees
    }

    #[test]
    fn every_region_of_the_catalogue_is_on_land() {
        let regions = include_str!("../../catalog/regions.csv").lines().skip(1);
        let mut at_sea = Vec::new();
        for region in regions {
            let mut fields = region.rsplit(',');
            let (Some(longitude), Some(latitude)) = (fields.next(), fields.next()) else { continue };
            let (Ok(longitude), Ok(latitude)) = (longitude.parse(), latitude.parse()) else { continue };
            if !LAND.iter().any(|outline| is_near(outline, (longitude, latitude), 1.5)) {
                at_sea.push(region);
            }
        }
        assert!(at_sea.is_empty(), "{at_sea:?}");
        // The Atlantic, the Pacific and the Indian Ocean are water.
        for sea in [(-40.0, 30.0), (-140.0, 0.0), (80.0, -20.0)] {
            assert!(!LAND.iter().any(|outline| is_near(outline, sea, 1.5)), "{sea:?}");
        }
    }
}
