//! Shapes on the wire: wound as RFC 7946 says, in degrees with 9 decimals and metres with 3.

use super::json::Json;
use super::view::GeometryView;
use crate::app;
use crate::crs::{Epsg, Transforms, WorkingPlane};
use crate::geometry::{MultiPolygon, Point, Polygon, Ring};

/// The shape in longitude and latitude.
///
/// # Errors
/// [`app::Error::Internal`] when the plane is none of the city's, which the import refuses.
pub fn geometry(
    json: &mut Json,
    transforms: &Transforms,
    plane: Epsg,
    shape: &MultiPolygon,
) -> Result<(), app::Error> {
    let mut written = Ok(());
    let mut position = |json: &mut Json, point: Point| {
        match transforms.to_lonlat_fast(plane, point) {
            Ok(at) => json.array(|position| {
                position.rounded::<9>(at.lon);
                position.rounded::<9>(at.lat);
            }),
            Err(error) => written = Err(app::Error::internal("cannot transform a shape", error)),
        };
    };
    json.object(|geometry| match shape.0.as_slice() {
        [polygon] => {
            geometry.name("type").text("Polygon");
            rings(geometry.name("coordinates"), polygon, &mut position);
        }
        polygons => {
            geometry.name("type").text("MultiPolygon");
            geometry.name("coordinates").array(|parts| {
                for polygon in polygons {
                    rings(parts, polygon, &mut position);
                }
            });
        }
    });
    written
}

/// The shape in longitude and latitude, read back for those who draw it themselves; nothing when
/// the plane is none of the city's.
pub fn outline(transforms: &Transforms, plane: Epsg, shape: &MultiPolygon) -> Option<GeometryView> {
    let mut json = Json::with_capacity(512);
    geometry(&mut json, transforms, plane, shape).ok()?;
    serde_json::from_slice(&json.into_bytes()).ok()
}

/// The shape in metres of its plane: its polygons, each a list of rings.
pub fn polygons(json: &mut Json, plane: &WorkingPlane, shape: &MultiPolygon) {
    let mut position = |json: &mut Json, point: Point| {
        let millimetres = |mm: i32, origin_m: i32| i64::from(mm) + 1000 * i64::from(origin_m);
        json.array(|position| {
            position.fixed::<3>(millimetres(point.x(), plane.origin_east_m));
            position.fixed::<3>(millimetres(point.y(), plane.origin_north_m));
        });
    };
    json.array(|parts| {
        for polygon in &shape.0 {
            rings(parts, polygon, &mut position);
        }
    });
}

/// The shape as it is measured: plane, operation, metres, edge lengths.
pub fn plane(json: &mut Json, transforms: &Transforms, plane: &WorkingPlane, shape: &MultiPolygon) {
    json.object(|measured| {
        head(measured, transforms, plane);
        polygons(measured.name("polygons"), plane, shape);
        measured.name("edgeLengths").array(|parts| {
            for polygon in &shape.0 {
                parts.array(|rings| {
                    for ring in wound(polygon) {
                        rings.array(|lengths| edge_lengths(lengths, ring));
                    }
                });
            }
        });
    });
}

/// The plane and operation of a shape that is not measured here.
pub fn plane_name(json: &mut Json, transforms: &Transforms, plane: &WorkingPlane) {
    json.object(|measured| head(measured, transforms, plane));
}

fn head(measured: &mut Json, transforms: &Transforms, plane: &WorkingPlane) {
    measured.name("epsg").integer(i64::from(plane.epsg.0));
    let operation = transforms.operation_name(plane.epsg);
    measured.name("operation").text(operation);
}

fn edge_lengths(json: &mut Json, ring: impl Iterator<Item = Point> + Clone) {
    for (a, b) in ring.clone().zip(ring.skip(1)) {
        json.fixed::<3>(length_mm(a, b));
    }
}

/// Length of an edge, rounded to the millimetre.
fn length_mm(a: Point, b: Point) -> i64 {
    let east = i64::from(b.x()) - i64::from(a.x());
    let north = i64::from(b.y()) - i64::from(a.y());
    let square = (east * east + north * north) as f64;
    square.sqrt().round() as i64
}

/// The rings of a polygon, each a list of positions.
fn rings(json: &mut Json, polygon: &Polygon, position: &mut impl FnMut(&mut Json, Point)) {
    json.array(|rings| {
        for ring in wound(polygon) {
            rings.array(|positions| ring.for_each(|point| position(positions, point)));
        }
    });
}

/// The rings of a polygon, closed; the shell counter-clockwise, holes clockwise.
fn wound(polygon: &Polygon) -> impl Iterator<Item = impl Iterator<Item = Point> + Clone + '_> {
    let holes = polygon.interiors.iter().map(|hole| closed(hole, -1));
    std::iter::once(closed(&polygon.exterior, 1)).chain(holes)
}

fn closed(ring: &Ring, direction: i128) -> impl Iterator<Item = Point> + Clone + '_ {
    let points = ring.0.as_slice();
    let backwards = ring.twice_signed_area().signum() == -direction;
    let count = points.len();
    let places = (0..count).chain((count > 0).then_some(0));
    places.map(move |place| points[if backwards { count - 1 - place } else { place }])
}

#[cfg(test)]
mod tests {
    use super::super::view::GeometryView;
    use super::*;
    use crate::crs::Planes;

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
        let rings: Vec<Vec<Point>> = wound(&polygon).map(Iterator::collect).collect();
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
        assert_eq!(length_mm(at(0, 0), at(3000, 4000)), 5000);
        assert_eq!(length_mm(at(0, 0), at(1, 1)), 1);
        assert_eq!(length_mm(at(-(1 << 30), 0), at(1 << 30, 0)), 2_147_483_648);
    }

    #[test]
    fn a_shape_of_one_part_is_a_polygon_and_others_are_multi_polygons() {
        let planes = Planes::load(include_str!("../../data/planes.toml")).expect("planes");
        let transforms = Transforms::new(&planes).expect("PROJ's database");
        let plane = planes.get(Epsg(9210)).expect("listed");
        let metres = |x, y| plane.grid_point(x, y).expect("on the grid");
        let (x, y) = (603_000.0, 1_191_000.0);
        let corners = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)];
        let square = |dx: f64, by: f64| {
            let corner = |&(u, v): &(f64, f64)| metres(x + dx + u * by, y + v * by);
            Ring(corners.iter().map(corner).collect())
        };
        let part = |dx, holes| Polygon {
            exterior: square(dx, 2.0),
            interiors: holes,
        };
        let one = MultiPolygon(vec![part(0.0, vec![square(1.0, 1.0)])]);
        let two = MultiPolygon(vec![part(0.0, vec![]), part(50.0, vec![square(51.0, 1.0)])]);
        for (shape, kind) in [(one, "Polygon"), (two, "MultiPolygon")] {
            let mut json = Json::with_capacity(0);
            geometry(&mut json, &transforms, plane.epsg, &shape).expect("a plane of the city");
            let view: GeometryView = serde_json::from_slice(&json.into_bytes()).expect("JSON");
            let (written, rings) = match view {
                GeometryView::Polygon(rings) => ("Polygon", vec![rings.len()]),
                GeometryView::MultiPolygon(parts) => {
                    ("MultiPolygon", parts.iter().map(Vec::len).collect())
                }
            };
            assert_eq!(written, kind);
            let expected = shape.0.iter().map(|p| p.rings().count());
            assert_eq!(rings, expected.collect::<Vec<_>>());
            let mut json = Json::with_capacity(0);
            polygons(&mut json, plane, &shape);
            let parts: Vec<Vec<Vec<[f64; 2]>>> =
                serde_json::from_slice(&json.into_bytes()).expect("JSON");
            assert_eq!(parts[0][0][1], [603_018.0, 1_191_000.0]);
            assert_eq!(parts.len(), shape.0.len());
        }
        let mut json = Json::with_capacity(0);
        let elsewhere = geometry(&mut json, &transforms, Epsg(1), &two_points());
        assert!(elsewhere.is_err());
    }

    fn two_points() -> MultiPolygon {
        MultiPolygon(vec![Polygon {
            exterior: ring(&[(0, 0), (1, 1)]),
            interiors: Vec::new(),
        }])
    }
}
