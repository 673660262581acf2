//! Footprints from GeoJSON to the grid of the parcels' plane; nothing is mended.

use serde::Deserialize;
use serde_json::Value;

use super::unprocessable;
use crate::app::{self, View};
use crate::cadastre::ParcelId;
use crate::crs::{AxisOrder, Epsg, LonLat, WorkingPlane};
use crate::geometry::{MultiPolygon, Point, Polygon, Ring, validity};
use crate::http::features::system::System;
use crate::http::problem::Problem;

/// GeoJSON of an area (RFC 7946, 3.1.6 and 3.1.7).
#[derive(Deserialize)]
#[serde(tag = "type")]
enum Area {
    Polygon {
        coordinates: Vec<Vec<Vec<f64>>>,
    },
    MultiPolygon {
        coordinates: Vec<Vec<Vec<Vec<f64>>>>,
    },
}

/// Vertices of a footprint, at most.
const VERTICES: usize = 10_000;
/// Corners of a ring, at least, with the first repeated as the last.
const CORNERS: usize = 4;

/// The footprint on the plane of its parcels.
///
/// # Errors
/// `invalid_proposal` with the place: not GeoJSON, too many vertices, not on the ground of any
/// plane, not valid.
pub(super) fn read(
    value: &Value,
    system: System,
    parcels: &[ParcelId],
    view: &View,
) -> Result<(Epsg, MultiPolygon), Problem> {
    let area: Area = serde_json::from_value(value.clone()).map_err(|error| {
        let arguments = vec![("reason", error.to_string())];
        unprocessable("footprint", "not_an_area", arguments, "area")
    })?;
    let polygons = match area {
        Area::Polygon { coordinates } => vec![coordinates],
        Area::MultiPolygon { coordinates } => coordinates,
    };
    let count: usize = polygons.iter().flatten().map(Vec::len).sum();
    if count > VERTICES {
        let arguments = vec![("value", count.to_string())];
        return Err(unprocessable(
            "footprint",
            "too_many_vertices",
            arguments,
            "vertices",
        ));
    }
    let mut refused = None;
    for plane in planes(&polygons, system, parcels, view)? {
        let drawn = Drawn {
            view,
            system,
            plane,
        };
        match drawn.area(&polygons) {
            Ok(area) if !parcels.is_empty() || view.has_parcel_under(plane.epsg, &area) => {
                return Ok((plane.epsg, area));
            }
            Ok(_) => {}
            Err(problem) => refused = Some(problem),
        }
    }
    Err(refused.unwrap_or_else(|| {
        unprocessable(
            "footprint",
            "no_parcel_under",
            Vec::new(),
            "footprint_on_parcel",
        )
    }))
}

/// The planes on which the footprint may lie.
fn planes<'v>(
    polygons: &[Vec<Vec<Vec<f64>>>],
    system: System,
    parcels: &[ParcelId],
    view: &'v View,
) -> Result<Vec<&'v WorkingPlane>, Problem> {
    let planes = &view.city().planes;
    if let Some(&first) = parcels.first() {
        let epsg = view.parcel(first)?.plane;
        return Ok(planes.iter().filter(|plane| plane.epsg == epsg).collect());
    }
    if let System::Epsg(epsg) = system
        && planes.iter().any(|plane| plane.epsg == epsg)
    {
        return Ok(planes.iter().filter(|plane| plane.epsg == epsg).collect());
    }
    let first = polygons.iter().flatten().flatten().next();
    let first = first.ok_or_else(|| {
        unprocessable(
            "footprint",
            "not_an_area",
            vec![("reason", String::new())],
            "area",
        )
    })?;
    let (lon, lat) = degrees(first, system, view, "footprint")?;
    Ok(planes.for_lonlat(LonLat { lon, lat }))
}

/// Longitude and latitude of a position in a geographic system.
fn degrees(
    position: &[f64],
    system: System,
    view: &View,
    place: &str,
) -> Result<(f64, f64), Problem> {
    let (order, is_degrees) = axes(system, view)?;
    if !is_degrees {
        let arguments = vec![("value", system.uri())];
        return Err(unprocessable(
            "crs",
            "crs_not_of_parcel",
            arguments,
            "plane_of_parcel",
        ));
    }
    east_first(position, order, place)
}

/// A position as easting and northing, or longitude and latitude.
fn east_first(position: &[f64], order: AxisOrder, place: &str) -> Result<(f64, f64), Problem> {
    match (position, order) {
        ([a, b, ..], AxisOrder::EastNorth) => Ok((*a, *b)),
        ([a, b, ..], AxisOrder::NorthEast) => Ok((*b, *a)),
        _ => Err(unprocessable(
            place,
            "not_a_position",
            Vec::new(),
            "position",
        )),
    }
}

fn axes(system: System, view: &View) -> Result<(AxisOrder, bool), app::Error> {
    match system {
        System::LonLat => Ok((AxisOrder::EastNorth, true)),
        System::Epsg(_) => system.axes(view),
    }
}

/// A footprint as it comes to lie on a plane.
struct Drawn<'v> {
    view: &'v View,
    system: System,
    plane: &'v WorkingPlane,
}

impl Drawn<'_> {
    fn area(&self, polygons: &[Vec<Vec<Vec<f64>>>]) -> Result<MultiPolygon, Problem> {
        let mut area = Vec::new();
        for (i, rings) in polygons.iter().enumerate() {
            let each = rings.iter().enumerate();
            let read = each.map(|(k, ring)| self.ring(ring, &format!("footprint[{i}][{k}]")));
            let mut rings: Vec<Ring> = read.collect::<Result<_, _>>()?;
            if rings.is_empty() {
                let place = format!("footprint[{i}]");
                return Err(unprocessable(&place, "ring_missing", Vec::new(), "ring"));
            }
            area.push(Polygon {
                exterior: rings.remove(0),
                interiors: rings,
            });
        }
        let area = MultiPolygon(area);
        if area.0.is_empty() {
            return Err(unprocessable(
                "footprint",
                "ring_missing",
                Vec::new(),
                "ring",
            ));
        }
        match validity::first_defect(&area) {
            None => Ok(area),
            Some(defect) => {
                let at = self.plane.metres(defect.at);
                let arguments = vec![
                    ("defect", defect.kind.code().to_owned()),
                    ("place", format!("{:.3} {:.3}", at.0, at.1)),
                ];
                Err(unprocessable(
                    "footprint",
                    "footprint_defect",
                    arguments,
                    "valid_area",
                ))
            }
        }
    }

    fn ring(&self, ring: &[Vec<f64>], place: &str) -> Result<Ring, Problem> {
        if ring.len() < CORNERS || ring.first() != ring.last() {
            return Err(unprocessable(place, "ring_open", Vec::new(), "ring"));
        }
        let corners = ring[..ring.len() - 1].iter().enumerate();
        let points = corners.map(|(i, position)| self.point(position, &format!("{place}[{i}]")));
        Ok(Ring(points.collect::<Result<_, _>>()?))
    }

    fn point(&self, position: &[f64], place: &str) -> Result<Point, Problem> {
        let outside = || {
            let arguments = vec![("value", format!("{position:?}"))];
            unprocessable(place, "position_outside", arguments, "position_in_city")
        };
        if self.system == System::Epsg(self.plane.epsg) {
            let (order, _) = axes(self.system, self.view)?;
            let (east, north) = east_first(position, order, place)?;
            return self.plane.grid_point(east, north).map_err(|_| outside());
        }
        let (lon, lat) = degrees(position, self.system, self.view, place)?;
        let transforms = &self.view.city().transforms;
        let point = transforms.to_plane(self.plane, LonLat { lon, lat });
        point.map_err(|_| outside())
    }
}
