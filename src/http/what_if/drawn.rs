//! Geometries of planning features from GeoJSON to the grid of every plane they reach; nothing is
//! mended.

use serde::Deserialize;
use serde_json::Value;

use crate::app::View;
use crate::crs::{Epsg, WorkingPlane};
use crate::geometry::{LineString, Shape};
use crate::http::asked::unprocessable;
use crate::http::drawn::{Drawn, Positions, degrees, outside};
use crate::http::features::system::System;
use crate::http::problem::Problem;
use crate::land::items::Collection;

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
        defect: "geometry_defect",
    };
    let shape = shape(&drawn, read, &place)?;
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
    let epsg = view.plane_at(degrees(first, system, view, place)?)?;
    let plane = epsg.and_then(|epsg| view.city().planes.get(epsg));
    plane.ok_or_else(|| outside(first, place))
}

/// A geometry on its plane.
fn shape(drawn: &Drawn<'_>, geometry: Geometry, place: &str) -> Result<Shape, Problem> {
    match geometry {
        Geometry::Point { coordinates } => points(drawn, &[coordinates], place),
        Geometry::MultiPoint { coordinates } => points(drawn, &coordinates, place),
        Geometry::LineString { coordinates } => lines(drawn, &[coordinates], place),
        Geometry::MultiLineString { coordinates } => lines(drawn, &coordinates, place),
        Geometry::Polygon { coordinates } => areas(drawn, &[coordinates], place),
        Geometry::MultiPolygon { coordinates } => areas(drawn, &coordinates, place),
    }
}

fn points(drawn: &Drawn<'_>, positions: &[Vec<f64>], place: &str) -> Result<Shape, Problem> {
    Ok(Shape::Points(drawn.row(positions, place)?))
}

fn lines(drawn: &Drawn<'_>, lines: &[Positions], place: &str) -> Result<Shape, Problem> {
    let mut read = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let place = format!("{place}[{i}]");
        let line = LineString(drawn.row(line, &place)?);
        if line.length_mm() <= 0.0 {
            let (detail, expected) = ("line_without_length", "geometry");
            return Err(unprocessable(&place, detail, Vec::new(), expected));
        }
        read.push(line);
    }
    Ok(Shape::Lines(read))
}

fn areas(drawn: &Drawn<'_>, polygons: &[Vec<Positions>], place: &str) -> Result<Shape, Problem> {
    Ok(Shape::Areas(drawn.areas(polygons, place)?))
}
