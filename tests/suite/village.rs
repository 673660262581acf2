//! A small land for the tests of lookups: rows of houses in both zones, before and after the merger.

use diachinh::cadastre::{
    Day, Instant, Interval, Lifespan, MapScale, Parcel, ParcelId, ParcelKey, ParcelNumber,
    ParcelStatus, ParcelVersion, RegisteredArea, Revision, SheetNumber, VersionId, Ward, WardCode,
    WardKind, WardSuccession, ward_successions,
};
use diachinh::crs::{Epsg, Planes, Transforms};
use diachinh::geometry::{MultiPolygon, Point, Polygon, Ring};
use diachinh::land::{City, Land, LandBuilder, RegisterReader};
use std::sync::{Arc, OnceLock};

/// Ho Chi Minh City's first zone, and that of Vũng Tàu.
pub const WEST: Epsg = Epsg(9210);
/// The zone of former Bà Rịa-Vũng Tàu.
pub const EAST: Epsg = Epsg(5899);

/// The first day of the merged city.
pub fn merger() -> Day {
    day("2025-07-01")
}

/// A day by its date.
pub fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

/// The city's planes and transforms, made once.
pub fn city() -> City {
    static CITY: OnceLock<City> = OnceLock::new();
    CITY.get_or_init(|| {
        let text = include_str!("../../data/planes.toml");
        let planes = Planes::load(text).expect("the file of the city");
        let transforms = Transforms::new(&planes).expect("PROJ's database");
        City {
            planes: Arc::new(planes),
            transforms: Arc::new(transforms),
        }
    })
    .clone()
}

/// The real crosswalk.
pub fn successions() -> Vec<WardSuccession> {
    let csv = include_str!("../../data/wards/ward-crosswalk-2025.csv");
    ward_successions(csv, merger()).expect("the file of the city")
}

/// Today's wards: those that the crosswalk leads to, named from its last column, without borders.
pub fn wards() -> Vec<Ward> {
    let csv = include_str!("../../data/wards/ward-crosswalk-2025.csv");
    let mut wards: Vec<Ward> = Vec::new();
    for line in csv.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let code = code(fields[7]);
        let kinds = [
            ("Phường ", WardKind::Ward),
            ("Xã ", WardKind::Commune),
            ("Đặc khu ", WardKind::SpecialZone),
        ];
        let name = fields[8];
        let named = kinds
            .iter()
            .find_map(|(prefix, kind)| Some((name.strip_prefix(prefix)?, *kind)));
        let (name, kind) = named.expect("every ward of today has a kind");
        if wards.iter().all(|w| w.code != code) {
            let east = (26506..=26732).contains(&code.number());
            wards.push(Ward {
                code,
                name: name.to_owned(),
                kind,
                plane: if east { EAST } else { WEST },
                border: MultiPolygon::default(),
                valid: Interval::open(merger()),
            });
        }
    }
    wards
}

/// A ward's code.
pub fn code(text: &str) -> WardCode {
    WardCode::parse(text).expect("five digits")
}

/// A key from commune, sheet and number.
pub fn key(commune: &str, sheet: &str, number: &str) -> ParcelKey {
    ParcelKey {
        commune: code(commune),
        sheet: SheetNumber::parse(sheet).expect("a sheet"),
        number: ParcelNumber::parse(number).expect("a number"),
    }
}

/// A grid point from metres of a plane.
pub fn point(plane: Epsg, east_m: f64, north_m: f64) -> Point {
    let city = city();
    let plane = city.planes.get(plane).expect("a plane of the city");
    plane.grid_point(east_m, north_m).expect("on the grid")
}

/// A rectangle from its south-western corner, width and depth in metres.
pub fn rectangle(plane: Epsg, east_m: f64, north_m: f64, w: f64, d: f64) -> MultiPolygon {
    let corners = [(0.0, 0.0), (w, 0.0), (w, d), (0.0, d)];
    let corner = |(x, y)| point(plane, east_m + x, north_m + y);
    MultiPolygon(vec![Polygon {
        exterior: Ring(corners.map(corner).to_vec()),
        interiors: Vec::new(),
    }])
}

/// A parcel version with an open lifespan from the merger on; the rest is for the test to change.
pub fn version(
    id: i64,
    ward: &str,
    as_map: ParcelKey,
    plane: Epsg,
    shape: MultiPolygon,
) -> ParcelVersion {
    ParcelVersion {
        version: VersionId(id * 10),
        parcel: Parcel {
            id: ParcelId::new(id).expect("an id"),
            national_identifier: None,
            ward: code(ward),
            as_map,
            as_certificate: None,
            plane,
            shape,
            registered_area: RegisteredArea::from_m2(100.0).ok(),
            scale: MapScale::S500,
            land_use: Vec::new(),
            status: ParcelStatus::InUse,
        },
        lifespan: Lifespan {
            valid: Interval::open(merger()),
            recorded: Interval::open(Instant(0)),
        },
        recorded_in: Revision(1),
    }
}

/// A land of these versions, with the real wards and crosswalk.
pub fn land_of(versions: impl IntoIterator<Item = ParcelVersion>) -> Land {
    let mut builder = LandBuilder::default();
    wards().into_iter().for_each(|w| builder.ward(w));
    let rows = successions().into_iter();
    rows.for_each(|s| builder.succession(s));
    versions.into_iter().for_each(|v| builder.parcel(v));
    builder.build(Revision(1), Some(Instant(0)), city())
}
