//! Reads the wards of today with their borders from a GeoPackage in longitude and latitude.

use crate::cadastre::{Day, Interval, InvalidKey, Ward, WardCode, WardKind, names};
use crate::crs::{CrsError, Epsg, Planes, Transforms, WorkingPlane};
use crate::geometry::wkb::{self, Geometry, Position, WkbError};
use crate::geometry::{MultiPolygon, Polygon, Ring, repair};
use gdal::vector::LayerAccess;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags, vsi};
use serde::Deserialize;
use std::sync::atomic::{AtomicU64, Ordering};

/// The system of the borders.
const WGS_84: Epsg = Epsg(4326);

/// Since when the wards are in force, and in which plane each is surveyed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct WardsFile {
    day: String,
    plane: Epsg,
    #[serde(default)]
    elsewhere: Vec<Elsewhere>,
}

/// Codes that are surveyed in another plane than the rest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Elsewhere {
    plane: Epsg,
    from: u32,
    to: u32,
}

/// A file of wards that cannot be read; both files are the program's own.
#[derive(Debug, thiserror::Error)]
pub enum WardsError {
    /// The file that says day and planes.
    #[error("the file of the wards' planes is not valid: {0}")]
    InvalidFile(String),
    /// GDAL cannot read the GeoPackage.
    #[error("the wards cannot be read: {0}")]
    Unreadable(#[from] gdal::errors::GdalError),
    /// A feature without one of its fields, or whose border is not an area.
    #[error("ward feature `{feature}` has no {what}")]
    Missing {
        /// Number of the feature.
        feature: u64,
        /// What it lacks.
        what: &'static str,
    },
    /// A code that is not a ward's.
    #[error(transparent)]
    Code(#[from] InvalidKey),
    /// A border that GDAL hands out in a form that is not read here.
    #[error(transparent)]
    Border(#[from] WkbError),
    /// A plane that is not the city's, or a border that cannot be converted into it.
    #[error(transparent)]
    Crs(#[from] CrsError),
}

/// The wards of a GeoPackage with layer `wards` and fields `code`, `name`, `fullName`, in the order
/// of their codes; `file` is the text of the `wards.toml` beside it.
///
/// A border that is not valid on the grid of its plane is mended: it is drawn for display.
///
/// # Errors
/// [`WardsError`] with the feature and what is wrong.
pub fn read_wards(
    geopackage: &[u8],
    file: &str,
    planes: &Planes,
    transforms: &Transforms,
) -> Result<Vec<Ward>, WardsError> {
    static OPENED: AtomicU64 = AtomicU64::new(0);
    let invalid = |e: &dyn std::error::Error| WardsError::InvalidFile(e.to_string());
    let file: WardsFile = toml::from_str(file).map_err(|e| invalid(&e))?;
    let day = Day::parse(&file.day).map_err(|e| invalid(&e))?;
    let path = format!(
        "/vsimem/wards-{}.gpkg",
        OPENED.fetch_add(1, Ordering::Relaxed)
    );
    let mut bytes = geopackage.to_vec();
    let _in_memory = vsi::create_mem_file_from_ref(&path, &mut bytes)?;
    let options = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_READONLY,
        allowed_drivers: Some(&["GPKG"]),
        ..DatasetOptions::default()
    };
    let dataset = Dataset::open_ex(&path, options)?;
    let mut layer = dataset.layer_by_name("wards")?;
    let mut wards = Vec::new();
    for (number, feature) in (1..).zip(layer.features()) {
        let missing = |what| WardsError::Missing {
            feature: number,
            what,
        };
        let field = |name: &'static str| -> Result<String, WardsError> {
            let text = feature.field_as_string(feature.field_index(name)?)?;
            Ok(names::nfc(&text.ok_or(missing(name))?))
        };
        let code = WardCode::parse(&field("code")?)?;
        let epsg = file.plane_of(code);
        let plane = planes
            .get(epsg)
            .ok_or_else(|| WardsError::InvalidFile(epsg.to_string()))?;
        let border = feature.geometry().ok_or(missing("geometry"))?.wkb()?;
        let Geometry::MultiPolygon(border) = wkb::decode_wkb(&border)? else {
            return Err(missing("area"));
        };
        wards.push(Ward {
            code,
            name: field("name")?,
            kind: kind_of(&field("fullName")?).ok_or(missing("kind"))?,
            plane: epsg,
            border: repair(&on_plane(&border, plane, transforms)?).shape,
            valid: Interval::open(day),
        });
    }
    wards.sort_by_key(|ward| ward.code);
    Ok(wards)
}

impl WardsFile {
    fn plane_of(&self, code: WardCode) -> Epsg {
        let number = code.number();
        let held = |e: &&Elsewhere| (e.from..=e.to).contains(&number);
        self.elsewhere
            .iter()
            .find(held)
            .map_or(self.plane, |e| e.plane)
    }
}

/// The kind by the first word of the full name.
fn kind_of(full_name: &str) -> Option<WardKind> {
    let kinds = [
        ("Phường ", WardKind::Ward),
        ("Xã ", WardKind::Commune),
        ("Đặc khu ", WardKind::SpecialZone),
        ("Thị trấn ", WardKind::Township),
    ];
    let found = kinds.iter().find(|(word, _)| full_name.starts_with(word));
    found.map(|&(_, kind)| kind)
}

/// A border on the grid of a plane; vertices that fall together become one.
fn on_plane(
    border: &[Vec<Vec<Position>>],
    plane: &WorkingPlane,
    transforms: &Transforms,
) -> Result<MultiPolygon, CrsError> {
    let there = transforms.between(WGS_84, plane.epsg)?;
    let ring = |positions: &Vec<Position>| -> Result<Ring, CrsError> {
        let mut points = Vec::with_capacity(positions.len());
        for &[lon, lat] in positions {
            let (east_m, north_m) = there.convert(lon, lat)?;
            points.push(plane.grid_point(east_m, north_m)?);
        }
        points.dedup();
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        Ok(Ring(points))
    };
    let polygon = |rings: &Vec<Vec<Position>>| -> Result<Polygon, CrsError> {
        let mut rings = rings
            .iter()
            .map(ring)
            .collect::<Result<Vec<_>, _>>()?
            .into_iter();
        Ok(Polygon {
            exterior: rings.next().unwrap_or_default(),
            interiors: rings.collect(),
        })
    };
    border
        .iter()
        .map(polygon)
        .collect::<Result<_, _>>()
        .map(MultiPolygon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::validity;

    fn city() -> Vec<Ward> {
        let planes = Planes::load(include_str!("../../data/planes.toml")).expect("the planes");
        let transforms = Transforms::new(&planes).expect("PROJ knows them");
        let geopackage = include_bytes!("../../data/wards/wards.gpkg");
        let file = include_str!("../../data/wards/wards.toml");
        read_wards(geopackage, file, &planes, &transforms).expect("readable")
    }

    #[test]
    fn the_168_wards_lie_in_their_two_zones_with_valid_borders() {
        let wards = city();
        let of = |kind| wards.iter().filter(|w| w.kind == kind).count();
        let kinds = [WardKind::Ward, WardKind::Commune, WardKind::SpecialZone];
        assert_eq!(kinds.map(of), [113, 54, 1]);
        let in_east = wards.iter().filter(|w| w.plane == Epsg(5899)).count();
        assert_eq!((wards.len(), in_east), (168, 30));
        assert!(wards.iter().all(|w| validity::is_valid(&w.border)));
        let ben_thanh = wards
            .iter()
            .find(|w| w.name == "Bến Thành")
            .expect("in the file");
        assert_eq!(
            (ben_thanh.code.number(), ben_thanh.plane),
            (26743, Epsg(9210))
        );
    }

    #[test]
    fn the_wards_together_are_as_large_as_the_city_within_two_per_cent() {
        let wards = city();
        let km2 = |w: &Ward| w.border.twice_area() as f64 / 2e12;
        let whole: f64 = wards.iter().map(km2).sum();
        let official = 6_772.0;
        assert!((whole - official).abs() < official * 0.02, "{whole}");
    }

    #[test]
    fn a_file_that_is_not_a_geopackage_is_refused() {
        let planes = Planes::load(include_str!("../../data/planes.toml")).expect("the planes");
        let transforms = Transforms::new(&planes).expect("PROJ knows them");
        let file = include_str!("../../data/wards/wards.toml");
        let refused = read_wards(b"not a geopackage", file, &planes, &transforms);
        assert!(matches!(refused, Err(WardsError::Unreadable(_))));
    }
}
