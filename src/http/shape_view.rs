//! Shapes on the wire: wound as RFC 7946 says, in degrees with 9 decimals and metres with 3.

use super::json::Json;
use super::positions::Positions;
use super::view::GeometryView;
use crate::app;
use crate::crs::{Epsg, Transforms, WorkingPlane};
use crate::geometry::{MultiPolygon, Point, Shape, twice_signed_area};
use crate::land::Rings;
use std::ops::Range;

/// A shape as it is written: closed rings, shells counter-clockwise, holes clockwise.
pub struct Wound {
    points: Vec<Point>,
    rings: Vec<WoundRing>,
}

struct WoundRing {
    /// Whether it is a shell, which opens a polygon.
    opens: bool,
    points: Range<usize>,
}

impl Wound {
    /// Winds the rings of a parcel.
    pub fn of(rings: Rings<'_>) -> Self {
        let mut wound = Self {
            points: Vec::with_capacity(16),
            rings: Vec::with_capacity(1),
        };
        for (opens, ring) in rings.iter() {
            wound.push(opens, Rings::points(ring));
        }
        wound
    }

    /// Winds a shape that is not held in columns.
    pub fn of_shape(shape: &MultiPolygon) -> Self {
        let mut wound = Self {
            points: Vec::new(),
            rings: Vec::new(),
        };
        for polygon in &shape.0 {
            for (i, ring) in polygon.rings().enumerate() {
                wound.push(i == 0, ring.0.iter().copied());
            }
        }
        wound
    }

    fn push(&mut self, opens: bool, ring: impl DoubleEndedIterator<Item = Point> + Clone) {
        let direction = if opens { 1 } else { -1 };
        let start = self.points.len();
        if twice_signed_area(ring.clone()).signum() == -direction {
            self.points.extend(ring.rev());
        } else {
            self.points.extend(ring);
        }
        let first = self.points.get(start).copied();
        self.points.extend(first);
        let points = start..self.points.len();
        self.rings.push(WoundRing { opens, points });
    }

    /// The rings of each polygon, shell first.
    fn polygons(&self) -> impl Iterator<Item = &[WoundRing]> {
        self.rings.chunk_by(|_, next| !next.opens)
    }

    /// Writes the rings of a polygon as an array; the closure writes what each is made of.
    fn rings(
        &self,
        json: &mut Json,
        polygon: &[WoundRing],
        mut ring: impl FnMut(&mut Json, &[Point]),
    ) {
        json.array(|rings| {
            for one in polygon {
                rings.array(|items| ring(items, &self.points[one.points.clone()]));
            }
        });
    }
}

/// A shape of areas as GeoJSON has it.
///
/// # Errors
/// [`app::Error::Internal`] when the plane is none of the city's, which the import refuses.
pub fn geometry(
    json: &mut Json,
    transforms: &Transforms,
    positions: &Positions,
    plane: Epsg,
    shape: &Wound,
) -> Result<(), app::Error> {
    positioned(transforms, positions, plane, |write| {
        areas(json, shape, write);
    })
}

/// Any shape as GeoJSON has it.
///
/// # Errors
/// As [`geometry`].
pub fn shape(
    json: &mut Json,
    transforms: &Transforms,
    positions: &Positions,
    plane: Epsg,
    shape: &Shape,
) -> Result<(), app::Error> {
    positioned(transforms, positions, plane, |write| match shape {
        Shape::Areas(held) => areas(json, &Wound::of_shape(held), write),
        Shape::Lines(lines) => json.object(|geometry| {
            geometry.name("type").word("MultiLineString");
            geometry.name("coordinates").array(|parts| {
                for line in lines {
                    parts.array(|items| write(items, &line.0));
                }
            });
        }),
        Shape::Points(points) => json.object(|geometry| {
            geometry.name("type").word("MultiPoint");
            let items = geometry.name("coordinates");
            items.array(|items| write(items, points));
        }),
    })
}

/// Areas on several planes as one GeoJSON geometry; what is none is left out.
///
/// # Errors
/// As [`geometry`].
pub fn areas_of_planes(
    json: &mut Json,
    transforms: &Transforms,
    positions: &Positions,
    parts: &[(Epsg, &Shape)],
) -> Result<(), app::Error> {
    json.object(|geometry| {
        geometry.name("type").word("MultiPolygon");
        geometry.name("coordinates").array(|polygons| {
            parts.iter().try_for_each(|(plane, shape)| {
                let Shape::Areas(held) = shape else {
                    return Ok(());
                };
                let wound = Wound::of_shape(held);
                positioned(transforms, positions, *plane, |write| {
                    for polygon in wound.polygons() {
                        wound.rings(polygons, polygon, |items, points| write(items, points));
                    }
                })
            })
        })
    })
}

/// Hands over what writes the positions of grid points.
fn positioned(
    transforms: &Transforms,
    positions: &Positions,
    plane: Epsg,
    shape: impl FnOnce(&mut dyn FnMut(&mut Json, &[Point])),
) -> Result<(), app::Error> {
    let mut written = Ok(());
    shape(&mut |json: &mut Json, points: &[Point]| {
        if let Err(error) = positions.write(json, transforms, plane, points) {
            written = Err(app::Error::internal("cannot transform a shape", error));
        }
    });
    written
}

fn areas(json: &mut Json, shape: &Wound, positions: &mut dyn FnMut(&mut Json, &[Point])) {
    json.object(|geometry| {
        let mut polygons = shape.polygons();
        match (polygons.next(), polygons.next()) {
            (Some(polygon), None) => {
                geometry.name("type").word("Polygon");
                shape.rings(geometry.name("coordinates"), polygon, &mut *positions);
            }
            _ => {
                geometry.name("type").word("MultiPolygon");
                geometry.name("coordinates").array(|parts| {
                    for polygon in shape.polygons() {
                        shape.rings(parts, polygon, &mut *positions);
                    }
                });
            }
        }
    });
}

/// The shape in longitude and latitude, read back for those who draw it themselves; nothing when
/// the plane is none of the city's.
pub fn outline(transforms: &Transforms, plane: Epsg, shape: &MultiPolygon) -> Option<GeometryView> {
    let mut json = Json::with_capacity(512);
    let wound = Wound::of_shape(shape);
    geometry(&mut json, transforms, &Positions::LonLat, plane, &wound).ok()?;
    serde_json::from_slice(&json.into_bytes()).ok()
}

/// The shape in metres of its plane: its polygons, each a list of rings.
pub fn polygons(json: &mut Json, plane: &WorkingPlane, shape: &Wound) {
    let millimetres = |mm: i32, origin_m: i32| i64::from(mm) + 1000 * i64::from(origin_m);
    json.array(|parts| {
        for polygon in shape.polygons() {
            shape.rings(parts, polygon, |positions, points| {
                for point in points {
                    positions.pair::<3>(
                        millimetres(point.x(), plane.origin_east_m),
                        millimetres(point.y(), plane.origin_north_m),
                    );
                }
            });
        }
    });
}

/// The shape as it is measured: plane, operation, metres, edge lengths.
pub fn plane(json: &mut Json, transforms: &Transforms, plane: &WorkingPlane, shape: &Wound) {
    json.object(|measured| {
        head(measured, transforms, plane);
        polygons(measured.name("polygons"), plane, shape);
        measured.name("edgeLengths").array(|parts| {
            for polygon in shape.polygons() {
                shape.rings(parts, polygon, |lengths, points| {
                    for edge in points.windows(2) {
                        lengths.fixed::<3>(length_mm(edge[0], edge[1]));
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

/// Length of an edge, rounded to the millimetre.
fn length_mm(a: Point, b: Point) -> i64 {
    let east = i64::from(b.x()) - i64::from(a.x());
    let north = i64::from(b.y()) - i64::from(a.y());
    let square = (east * east + north * north) as f64;
    square.sqrt().round() as i64
}

#[cfg(test)]
mod tests {
    use super::super::view::GeometryView;
    use super::*;
    use crate::crs::Planes;
    use crate::geometry::{Polygon, Ring};

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
        let wound = Wound::of_shape(&MultiPolygon(vec![polygon]));
        let rings = wound
            .rings
            .iter()
            .map(|ring| &wound.points[ring.points.clone()]);
        let area = |points: &[Point]| twice_signed_area(points.iter().copied());
        assert_eq!(rings.clone().map(area).collect::<Vec<_>>(), [162, -18]);
        assert!(rings.clone().all(|r| r.first() == r.last() && r.len() == 5));
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
            let wound = Wound::of_shape(&shape);
            geometry(
                &mut json,
                &transforms,
                &Positions::LonLat,
                plane.epsg,
                &wound,
            )
            .expect("a plane of the city");
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
            polygons(&mut json, plane, &Wound::of_shape(&shape));
            let parts: Vec<Vec<Vec<[f64; 2]>>> =
                serde_json::from_slice(&json.into_bytes()).expect("JSON");
            assert_eq!(parts[0][0][1], [603_018.0, 1_191_000.0]);
            assert_eq!(parts.len(), shape.0.len());
        }
        let mut json = Json::with_capacity(0);
        let elsewhere = geometry(
            &mut json,
            &transforms,
            &Positions::LonLat,
            Epsg(1),
            &Wound::of_shape(&two_points()),
        );
        assert!(elsewhere.is_err());
    }

    fn two_points() -> MultiPolygon {
        MultiPolygon(vec![Polygon {
            exterior: ring(&[(0, 0), (1, 1)]),
            interiors: Vec::new(),
        }])
    }
}
