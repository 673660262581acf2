//! The display geometry that GIS clients see: longitude and latitude on the city's own datum.

use super::error::Error;
use crate::crs::Epsg;
use crate::geometry::wkb::{Geometry, Position, encode_geopackage};
use crate::geometry::{Point, Ring, Shape};

/// Code of the geographic system in which the files show shapes.
pub(super) const DISPLAY_SRS: i32 = 4756;

/// A plane without a way to EPSG:4756.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no position in EPSG:4756 for a vertex in `{plane}`: {reason}")]
pub struct NoPosition {
    /// The plane.
    pub plane: Epsg,
    /// What was expected.
    pub reason: String,
}

/// Turns grid points into what GIS clients draw.
pub trait Display: Sync {
    /// Longitude and latitude, in degrees of EPSG:4756, of grid points of a plane, in order.
    ///
    /// # Errors
    /// [`NoPosition`] when the plane is not known or a point has no position.
    fn lonlat_4756(&self, plane: Epsg, vertices: &[Point]) -> Result<Vec<[f64; 2]>, NoPosition>;
}

/// The GeoPackage blobs of shapes; all vertices of one plane are transformed together.
pub(super) fn blobs(
    display: &dyn Display,
    plane: Epsg,
    shapes: &[&Shape],
) -> Result<Vec<Vec<u8>>, Error> {
    let mut vertices = Vec::new();
    for shape in shapes {
        add_vertices(shape, &mut vertices);
    }
    let positions = display
        .lonlat_4756(plane, &vertices)
        .map_err(|e| refused(plane, e.to_string()))?;
    if positions.len() != vertices.len() {
        return Err(refused(plane, "as many positions as vertices".to_owned()));
    }
    let mut positions = positions.into_iter();
    Ok(shapes
        .iter()
        .map(|shape| encode_geopackage(DISPLAY_SRS, &drawn(shape, &mut positions)))
        .collect())
}

/// Every vertex in the order in which the shape holds them; rings are not closed.
fn add_vertices(shape: &Shape, vertices: &mut Vec<Point>) {
    match shape {
        Shape::Points(points) => vertices.extend(points),
        Shape::Lines(lines) => lines.iter().for_each(|line| vertices.extend(&line.0)),
        Shape::Areas(areas) => areas.rings().for_each(|ring| vertices.extend(&ring.0)),
    }
}

/// The geometry of a shape whose vertices come next in `positions`; rings are closed.
fn drawn(shape: &Shape, positions: &mut impl Iterator<Item = Position>) -> Geometry {
    let mut chain = |count: usize| -> Vec<Position> { positions.take(count).collect() };
    match shape {
        Shape::Points(points) => Geometry::MultiPoint(chain(points.len())),
        Shape::Lines(lines) => {
            Geometry::MultiLineString(lines.iter().map(|line| chain(line.0.len())).collect())
        }
        Shape::Areas(areas) => {
            let mut closed = |ring: &Ring| {
                let mut chain = chain(ring.0.len());
                chain.extend(chain.first().copied());
                chain
            };
            Geometry::MultiPolygon(
                areas
                    .0
                    .iter()
                    .map(|polygon| polygon.rings().map(&mut closed).collect())
                    .collect(),
            )
        }
    }
}

fn refused(plane: Epsg, reason: String) -> Error {
    Error::Refused {
        what: "shape on",
        key: plane.to_string(),
        reason,
    }
}
