//! What the tests of plan imports write: profiles with a layer, and files of plan units and roads.

use std::path::PathBuf;

use diachinh::app::ImportOrder;
use diachinh::cadastre::{Day, Interval, Ward, WardCode, WardKind};
use diachinh::crs::Epsg;
use diachinh::exchange::crossing::Crossing;
use diachinh::exchange::report::Report;
use diachinh::geometry::{MultiPolygon, Polygon, Ring, Shape};
use diachinh::land::Edit;
use diachinh::planning::PlanFeature;
use diachinh::store::CityDisplay;

use super::desk::{Desk, NOW};

/// The ward west of the line where the zones meet, surveyed on EPSG:9210.
pub const WEST: u32 = 26_743;
/// The ward east of it, surveyed on EPSG:5899.
pub const EAST: u32 = 26_506;
/// South-west corner of the western ward, a square kilometre, in metres of EPSG:9210; the eastern
/// one follows at once.
pub const CORNER: (f64, f64) = (635_000.0, 1_170_000.0);

/// A register with two wards that meet where the zones of the city meet: revision 2.
pub fn open() -> Desk {
    with_wards(Desk::open())
}

/// Gives the wards of a desk their borders.
pub fn with_wards(desk: Desk) -> Desk {
    let city = &desk.reference.city;
    let crossing = Crossing::new(&city.planes, &city.transforms).expect("every way");
    let plane = city.planes.get(Epsg(9210)).expect("a plane of the city");
    let square = |west: f64| {
        let corners = [(0.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0), (0.0, 1000.0)];
        let corner = |(x, y): (f64, f64)| plane.grid_point(CORNER.0 + west + x, CORNER.1 + y);
        MultiPolygon(vec![Polygon {
            exterior: Ring(corners.map(|at| corner(at).expect("on the grid")).to_vec()),
            interiors: Vec::new(),
        }])
    };
    let east = Shape::Areas(square(1000.0));
    let Some(Shape::Areas(east)) = crossing.shape(Epsg(9210), Epsg(5899), &east) else {
        unreachable!("both planes expect land there");
    };
    let ward = |code, name: &str, plane, border| Ward {
        code: WardCode::from_number(code).expect("a ward code"),
        name: name.to_owned(),
        kind: WardKind::Ward,
        plane: Epsg(plane),
        border,
        valid: Interval::open(Day(0)),
    };
    let edit = Edit {
        dataset: "wards".to_owned(),
        wards: vec![
            ward(WEST, "Tây", 9210, square(0.0)),
            ward(EAST, "Đông", 5899, east),
        ],
        ..Edit::default()
    };
    let display = CityDisplay::new(&city.planes, &city.transforms).expect("ways to EPSG:4756");
    let at = diachinh::cadastre::Instant(NOW.0 - 500_000);
    desk.store.commit(&edit, at, &display).expect("wards");
    desk
}

/// A profile of a target whose only layer is `layer`, in TOML; `coverage` as it stands there.
pub fn profile(target: &str, layer: &str, coverage: &str) -> String {
    let fields = match target {
        "zones" => {
            "code = [\"code\"]\nfunction = [\"function\"]\nstoreys_max = [\"storeys\"]\n\
             coverage_max = [\"coverage\"]\nact = [\"act\"]\n"
        }
        "roads" => "street = [\"street\"]\nwidth = [\"width\"]\nact = [\"act\"]\n",
        "corridors" => "kind = [\"kind\"]\nname = [\"name\"]\n",
        _ => "kind = [\"kind\"]\nlegend_vi = [\"legend\"]\n",
    };
    format!(
        "title_vi = \"x\"\ntitle_en = \"x\"\ntarget = \"{target}\"\n[fields]\nkey = [\"key\"]\n\
         {fields}valid_from = [\"from\"]\nvalid_to = [\"to\"]\n[[planning_layer]]\n\
         code = \"{layer}\"\ntheme = \"{layer}\"\ntitle_vi = \"Lớp thử\"\ntitle_en = \"Test\"\n\
         coverage = {coverage}\nas_of = \"2026-06-30\"\naccuracy_mm = 500\n\
         law_status = \"in_force\"\nsynthetic = true\n\
         office = {{ code = \"SQHKT\", name_vi = \"Sở\", name_en = \"Department\" }}\n\
         [[planning_layer.provisions]]\nact = \"12/QĐ-UBND\"\ndated = \"2020-01-01\"\n"
    )
}

/// Coverage by both wards.
pub const BOTH_WARDS: &str = r#"{ wards = ["26743", "26506"] }"#;

/// A feature of a file: a rectangle 20 m deep between two distances, in metres, east of the
/// western ward's corner and 100 m north of it.
#[derive(Clone)]
pub struct Item {
    geometry: String,
    attributes: Vec<(&'static str, String)>,
}

/// A feature with a key and a rectangle.
pub fn item(key: &str, west: f64, east: f64) -> Item {
    let ring = [(west, 0.0), (east, 0.0), (east, 20.0), (west, 20.0)];
    Item {
        geometry: String::new(),
        attributes: vec![("key", key.to_owned())],
    }
    .ring(&ring)
}

/// A plan unit: its key is its code too.
pub fn unit(key: &str, west: f64, east: f64) -> Item {
    item(key, west, east).with("code", key)
}

impl Item {
    /// The same with an attribute, or without it when the text is empty.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.retain(|(held, _)| *held != name);
        self.attributes.push((name, value.to_owned()));
        self
    }

    /// Whether it states its first day.
    pub fn is_dated(&self) -> bool {
        self.attributes.iter().any(|(name, _)| *name == "from")
    }

    /// The same with another ring.
    pub fn ring(self, ring: &[(f64, f64)]) -> Self {
        let closed: Vec<_> = ring.iter().chain(ring.first()).copied().collect();
        let ring = positions(&closed);
        self.shaped(&format!(r#""Polygon","coordinates":[{ring}]"#))
    }

    /// The same as a line.
    pub fn line(self, line: &[(f64, f64)]) -> Self {
        let line = positions(line);
        self.shaped(&format!(r#""LineString","coordinates":{line}"#))
    }

    /// The same as a point.
    pub fn point(self, x: f64, y: f64) -> Self {
        let line = positions(&[(x, y)]);
        self.shaped(&format!(r#""MultiPoint","coordinates":{line}"#))
    }

    fn shaped(mut self, geometry: &str) -> Self {
        self.geometry = format!(r#"{{"type":{geometry}}}"#);
        self
    }

    fn feature(&self) -> String {
        let stated = self.attributes.iter().filter(|(_, v)| !v.is_empty());
        let stated: Vec<String> = stated.map(|(n, v)| format!("{n:?}:{v:?}")).collect();
        format!(
            r#"{{"type":"Feature","properties":{{{}}},"geometry":{}}}"#,
            stated.join(","),
            self.geometry
        )
    }
}

fn positions(places: &[(f64, f64)]) -> String {
    let place = |(x, y): &(f64, f64)| format!("[{:.3},{:.3}]", CORNER.0 + x, CORNER.1 + 100.0 + y);
    let places: Vec<String> = places.iter().map(place).collect();
    format!("[{}]", places.join(","))
}

impl Desk {
    /// A GeoJSON file of planning features in EPSG:9210.
    pub fn items(&self, name: &str, items: &[Item]) -> PathBuf {
        let features: Vec<String> = items.iter().map(Item::feature).collect();
        let crs = r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9210"}}"#;
        let text = format!(
            r#"{{"type":"FeatureCollection","crs":{crs},"features":[{}]}}"#,
            features.join(",")
        );
        self.folder.file(name, &text)
    }

    /// The order to import items by the text of a profile.
    pub fn plan_order(&self, items: &[Item], profile: &str) -> ImportOrder {
        let profile = self.folder.file("profile.toml", profile);
        let file = self.items("plan.geojson", items);
        self.order(&file, &profile.to_string_lossy())
    }

    /// Imports items by the text of a profile.
    pub fn import_plan(&self, items: &[Item], profile: &str) -> Report {
        self.imported(&self.plan_order(items, profile))
    }

    /// What the register holds of planning features as current knowledge, by key and day.
    pub fn features(&self) -> Vec<PlanFeature> {
        let (_, layers) = self.store.layers().expect("the register's layers");
        let codes: Vec<_> = layers.into_iter().map(|layer| layer.code).collect();
        let mut features = Vec::new();
        self.store
            .features_of(&codes, &mut |feature| features.push(feature))
            .expect("the register's features");
        features.sort_by_key(|f| (f.layer.clone(), f.key.clone(), f.lifespan.valid.from));
        features
    }
}
