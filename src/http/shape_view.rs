//! Shapes on the wire: wound as RFC 7946 says, in degrees with 9 decimals and metres with 3.

use super::view::{GeometryView, PlaneView, Position};
use crate::app;
use crate::crs::{Epsg, Transforms, WorkingPlane};
use crate::geometry::{MultiPolygon, Point, Polygon, Ring};

/// The shape in longitude and latitude.
///
/// # Errors
/// [`app::Error::Internal`] when the plane is none of the city's, which the import refuses.
pub fn geometry(
    transforms: &Transforms,
    plane: Epsg,
    shape: &MultiPolygon,
) -> Result<GeometryView, app::Error> {
    let position = |point: Point| {
        let at = transforms
            .to_lonlat_fast(plane, point)
            .map_err(|error| app::Error::internal("cannot transform a shape", error))?;
        Ok(Position([rounded(at.lon, 1e9), rounded(at.lat, 1e9)]))
    };
    let ring = |points: Vec<Point>| -> Result<Vec<Position>, app::Error> {
        points.into_iter().map(position).collect()
    };
    let part = |polygon: &Polygon| wound(polygon).map(ring).collect::<Result<Vec<_>, _>>();
    let mut parts = shape.0.iter().map(part).collect::<Result<Vec<_>, _>>()?;
    Ok(if parts.len() == 1 {
        GeometryView::Polygon(parts.swap_remove(0))
    } else {
        GeometryView::MultiPolygon(parts)
    })
}

/// The shape in metres of its plane.
pub fn polygons(plane: &WorkingPlane, shape: &MultiPolygon) -> Vec<Vec<Vec<Position>>> {
    let position = |point: Point| {
        let (east_m, north_m) = plane.metres(point);
        Position([east_m, north_m])
    };
    let ring = |points: Vec<Point>| points.into_iter().map(position).collect();
    shape
        .0
        .iter()
        .map(|polygon| wound(polygon).map(ring).collect())
        .collect()
}

/// The shape as it is measured: plane, operation, metres, edge lengths.
pub fn plane_view(
    transforms: &Transforms,
    plane: &WorkingPlane,
    shape: &MultiPolygon,
) -> PlaneView {
    let lengths = |points: Vec<Point>| {
        let edges = points.windows(2).map(|edge| match edge {
            [a, b] => length_m(*a, *b),
            _ => 0.0,
        });
        edges.collect()
    };
    PlaneView {
        epsg: plane.epsg.0,
        operation: transforms.operation_name(plane.epsg).to_owned(),
        polygons: polygons(plane, shape),
        edge_lengths: shape
            .0
            .iter()
            .map(|polygon| wound(polygon).map(lengths).collect())
            .collect(),
    }
}

/// Length of an edge in metres, rounded to the millimetre.
fn length_m(a: Point, b: Point) -> f64 {
    let east = i64::from(b.x()) - i64::from(a.x());
    let north = i64::from(b.y()) - i64::from(a.y());
    let square = (east * east + north * north) as f64;
    square.sqrt().round() / 1000.0
}

/// A number rounded to a fraction of one.
pub fn rounded(number: f64, per_one: f64) -> f64 {
    (number * per_one).round() / per_one
}

/// The rings of a polygon, closed; the shell counter-clockwise, holes clockwise.
fn wound(polygon: &Polygon) -> impl Iterator<Item = Vec<Point>> + '_ {
    let shell = std::iter::once(closed(&polygon.exterior, 1));
    shell.chain(polygon.interiors.iter().map(|hole| closed(hole, -1)))
}

fn closed(ring: &Ring, direction: i128) -> Vec<Point> {
    let mut points = ring.0.clone();
    if ring.twice_signed_area().signum() == -direction {
        points.reverse();
    }
    points.extend(points.first().copied());
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(i32, i32)]) -> Ring {
        let point = |&(x, y): &(i32, i32)| Point::new(x, y).expect("on the grid");
        Ring(points.iter().map(point).collect())
    }

    #[test]
    fn shells_go_counter_clockwise_and_holes_clockwise_whatever_the_source_does() {
        let clockwise = [(0, 0), (0, 9), (9, 9), (9, 0)];
        let hole = [(3, 3), (6, 3), (6, 6), (3, 6)];
        let polygon = Polygon {
            exterior: ring(&clockwise),
            interiors: vec![ring(&hole)],
        };
        let rings: Vec<Vec<Point>> = wound(&polygon).collect();
        let area = |points: &[Point]| Ring(points.to_vec()).twice_signed_area();
        assert_eq!(
            rings.iter().map(|r| area(r)).collect::<Vec<_>>(),
            [162, -18]
        );
        assert!(rings.iter().all(|r| r.first() == r.last() && r.len() == 5));
    }

    #[test]
    fn an_edge_is_measured_to_the_millimetre() {
        let at = |x, y| Point::new(x, y).expect("on the grid");
        assert_eq!(length_m(at(0, 0), at(3000, 4000)), 5.0);
        assert_eq!(length_m(at(0, 0), at(1, 1)), 0.001);
        assert_eq!(length_m(at(-(1 << 30), 0), at(1 << 30, 0)), 2_147_483.648);
    }
}
