//! Geometries of planning features from GeoJSON to the grid of every plane they reach; nothing is
//! mended.

use serde::Deserialize;
use serde_json::Value;

use super::unprocessable;
use crate::app::{self, View};
use crate::crs::{AxisOrder, Epsg, LonLat, WorkingPlane};
use crate::geometry::{LineString, MultiPolygon, Point, Polygon, Ring, Shape, validity};
use crate::http::features::system::System;
use crate::http::problem::Problem;
use crate::land::items::Collection;

type Positions = Vec<Vec<f64>>;

/// GeoJSON of what planning features are (RFC 7946, 3.1).
#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Point { coordinates: Vec<f64> },
    MultiPoint { coordinates: Positions },
    LineString { coordinates: Positions },
    MultiLineString { coordinates: Vec<Positions> },
    Polygon { coordinates: Vec<Positions> },
    MultiPolygon { coordinates: Vec<Vec<Positions>> },
}

/// Vertices of a geometry, at most.
const VERTICES: usize = 10_000;
/// Corners of a ring, at least, with the first repeated as the last.
const CORNERS: usize = 4;

/// The shapes of a feature on every plane it reaches.
///
/// # Errors
/// `invalid_proposal` with the place: not GeoJSON of such a feature, too many vertices, not on the
/// ground of any plane, not valid.
pub(super) fn shapes(
    place: &str,
    geometry: &Value,
    system: System,
    collection: Collection,
    view: &View,
) -> Result<Vec<(Epsg, Shape)>, Problem> {
    let place = format!("{place}.geometry");
    let expected = match collection {
        Collection::Restrictions => "geometry",
        _ => "area",
    };
    let unread = |reason: String| {
        let reason = vec![("reason", reason)];
        unprocessable(&place, "not_a_geometry", reason, expected)
    };
    let read: Geometry =
        serde_json::from_value(geometry.clone()).map_err(|error| unread(error.to_string()))?;
    let is_area = matches!(
        read,
        Geometry::Polygon { .. } | Geometry::MultiPolygon { .. }
    );
    if collection != Collection::Restrictions && !is_area {
        return Err(unread(String::new()));
    }
    let all = read.positions();
    if all.len() > VERTICES {
        let count = vec![("value", all.len().to_string())];
        return Err(unprocessable(
            &place,
            "vertices_of_feature",
            count,
            "vertices",
        ));
    }
    let Some(&first) = all.first() else {
        return Err(unread(String::new()));
    };
    let plane = plane(first, system, view, &place)?;
    let drawn = Drawn {
        view,
        system,
        plane,
    };
    let shape = drawn.shape(read, &place)?;
    Ok(view.on_every_plane(plane.epsg, shape)?)
}

impl Geometry {
    fn positions(&self) -> Vec<&[f64]> {
        fn of(lists: &[Positions]) -> impl Iterator<Item = &[f64]> {
            lists.iter().flatten().map(Vec::as_slice)
        }
        match self {
            Self::Point { coordinates } => vec![coordinates],
            Self::MultiPoint { coordinates } | Self::LineString { coordinates } => {
                coordinates.iter().map(Vec::as_slice).collect()
            }
            Self::MultiLineString { coordinates } | Self::Polygon { coordinates } => {
                of(coordinates).collect()
            }
            Self::MultiPolygon { coordinates } => {
                coordinates.iter().flat_map(|polygon| of(polygon)).collect()
            }
        }
    }
}

/// The plane on which a geometry is drawn: its own, or that of the land at its first position.
fn plane<'v>(
    first: &[f64],
    system: System,
    view: &'v View,
    place: &str,
) -> Result<&'v WorkingPlane, Problem> {
    if let System::Epsg(epsg) = system
        && let Some(own) = view.city().planes.get(epsg)
    {
        return Ok(own);
    }
    let (lon, lat) = degrees(first, system, view, place)?;
    let epsg = view.plane_at(LonLat { lon, lat })?;
    let plane = epsg.and_then(|epsg| view.city().planes.get(epsg));
    plane.ok_or_else(|| outside(first, place))
}

fn outside(position: &[f64], place: &str) -> Problem {
    let value = vec![("value", format!("{position:?}"))];
    unprocessable(place, "position_outside", value, "position_in_city")
}

/// Longitude and latitude of a position in a geographic system.
fn degrees(
    position: &[f64],
    system: System,
    view: &View,
    place: &str,
) -> Result<(f64, f64), Problem> {
    let (order, is_degrees) = system.axes(view)?;
    if !is_degrees {
        let value = vec![("value", system.uri())];
        return Err(unprocessable(
            "crs",
            "crs_not_of_parcel",
            value,
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
        _ => {
            let none = Vec::new();
            Err(unprocessable(place, "not_a_position", none, "position"))
        }
    }
}

/// A geometry as it comes to lie on a plane.
struct Drawn<'v> {
    view: &'v View,
    system: System,
    plane: &'v WorkingPlane,
}

impl Drawn<'_> {
    fn shape(&self, geometry: Geometry, place: &str) -> Result<Shape, Problem> {
        match geometry {
            Geometry::Point { coordinates } => self.points(&[coordinates], place),
            Geometry::MultiPoint { coordinates } => self.points(&coordinates, place),
            Geometry::LineString { coordinates } => self.lines(&[coordinates], place),
            Geometry::MultiLineString { coordinates } => self.lines(&coordinates, place),
            Geometry::Polygon { coordinates } => self.areas(&[coordinates], place),
            Geometry::MultiPolygon { coordinates } => self.areas(&coordinates, place),
        }
    }

    fn points(&self, positions: &[Vec<f64>], place: &str) -> Result<Shape, Problem> {
        Ok(Shape::Points(self.row(positions, place)?))
    }

    fn lines(&self, lines: &[Positions], place: &str) -> Result<Shape, Problem> {
        let mut drawn = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            let place = format!("{place}[{i}]");
            let line = LineString(self.row(line, &place)?);
            if line.length_mm() <= 0.0 {
                let none = Vec::new();
                return Err(unprocessable(
                    &place,
                    "line_without_length",
                    none,
                    "geometry",
                ));
            }
            drawn.push(line);
        }
        Ok(Shape::Lines(drawn))
    }

    fn areas(&self, polygons: &[Vec<Positions>], place: &str) -> Result<Shape, Problem> {
        let mut areas = Vec::new();
        for (i, rings) in polygons.iter().enumerate() {
            let each = rings.iter().enumerate();
            let read = each.map(|(k, ring)| self.ring(ring, &format!("{place}[{i}][{k}]")));
            let mut rings: Vec<Ring> = read.collect::<Result<_, _>>()?;
            if rings.is_empty() {
                let place = format!("{place}[{i}]");
                return Err(unprocessable(&place, "ring_missing", Vec::new(), "ring"));
            }
            areas.push(Polygon {
                exterior: rings.remove(0),
                interiors: rings,
            });
        }
        let areas = MultiPolygon(areas);
        match validity::first_defect(&areas) {
            None => Ok(Shape::Areas(areas)),
            Some(defect) => {
                let at = self.plane.metres(defect.at);
                let arguments = vec![
                    ("defect", defect.kind.code().to_owned()),
                    ("place", format!("{:.3} {:.3}", at.0, at.1)),
                ];
                Err(unprocessable(
                    place,
                    "geometry_defect",
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
        Ok(Ring(self.row(&ring[..ring.len() - 1], place)?))
    }

    fn row(&self, positions: &[Vec<f64>], place: &str) -> Result<Vec<Point>, Problem> {
        let each = positions.iter().enumerate();
        let each = each.map(|(i, position)| self.point(position, &format!("{place}[{i}]")));
        each.collect()
    }

    fn point(&self, position: &[f64], place: &str) -> Result<Point, Problem> {
        let outside = || outside(position, place);
        if self.system == System::Epsg(self.plane.epsg) {
            let axes: Result<_, app::Error> = self.system.axes(self.view);
            let (east, north) = east_first(position, axes?.0, place)?;
            return self.plane.grid_point(east, north).map_err(|_| outside());
        }
        let (lon, lat) = degrees(position, self.system, self.view, place)?;
        let transforms = &self.view.city().transforms;
        let point = transforms.to_plane(self.plane, LonLat { lon, lat });
        point.map_err(|_| outside())
    }
}
