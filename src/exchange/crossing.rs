//! Shapes of one plane on another: a planning feature that reaches into the land of another zone
//! is held on both.

use std::collections::BTreeMap;

use crate::crs::{Between, CrsError, Epsg, LonLat, Planes, Transforms, WorkingPlane};
use crate::geometry::{
    Envelope, LineString, MultiPolygon, Point, Polygon, Ring, Shape, clip, repair, validity,
};

/// A straight edge of one plane bends on the other: over 1 km by less than 0.7 mm between the
/// zones of this city. Longer edges are cut.
const LONGEST_EDGE_MM: f64 = 1_000_000.0;

/// The ways between the planes of a city.
pub struct Crossing<'a> {
    planes: &'a Planes,
    transforms: &'a Transforms,
    ways: BTreeMap<(Epsg, Epsg), Between>,
}

impl<'a> Crossing<'a> {
    /// Sets up every way.
    ///
    /// # Errors
    /// [`CrsError`] when PROJ cannot set one up.
    pub fn new(planes: &'a Planes, transforms: &'a Transforms) -> Result<Self, CrsError> {
        let mut ways = BTreeMap::new();
        for (from, to) in planes
            .iter()
            .flat_map(|a| planes.iter().map(move |b| (a, b)))
        {
            if from.epsg != to.epsg {
                let way = transforms.between(from.epsg, to.epsg)?;
                ways.insert((from.epsg, to.epsg), way);
            }
        }
        Ok(Self {
            planes,
            transforms,
            ways,
        })
    }

    /// The planes of the city.
    pub const fn planes(&self) -> &'a Planes {
        self.planes
    }

    /// The grid point of a position; nothing far away from the plane.
    pub fn place(&self, at: LonLat, plane: &WorkingPlane) -> Option<Point> {
        self.transforms.to_plane(plane, at).ok()
    }

    /// A point of one plane on another; nothing far away from it.
    pub fn point(&self, from: Epsg, to: Epsg, point: Point) -> Option<Point> {
        if from == to {
            return Some(point);
        }
        let (east, north) = self.planes.get(from)?.metres(point);
        let (east, north) = self.ways.get(&(from, to))?.convert(east, north).ok()?;
        self.planes.get(to)?.grid_point(east, north).ok()
    }

    /// Where an envelope of one plane lies on another, with a margin for bent edges.
    pub fn envelope(&self, from: Epsg, to: Epsg, envelope: &Envelope) -> Option<Envelope> {
        let (min, max) = (envelope.min, envelope.max);
        let middle = |a: i32, b: i32| ((i64::from(a) + i64::from(b)) / 2) as i32;
        let xs = [min.x(), middle(min.x(), max.x()), max.x()];
        let ys = [min.y(), middle(min.y(), max.y()), max.y()];
        let places = xs.iter().flat_map(|&x| ys.iter().map(move |&y| (x, y)));
        let points: Option<Vec<Point>> = places
            .map(|(x, y)| self.point(from, to, Point::new(x, y).ok()?))
            .collect();
        Some(grown(Envelope::around(points?)?, 1_000))
    }

    /// The part of a shape that lies where the other plane expects land; nothing when there is
    /// none. Long edges are cut, vertices rounded to the grid; an area stays valid.
    pub fn shape(&self, from: Epsg, to: Epsg, shape: &Shape) -> Option<Shape> {
        let put = |points: &[Point], closed: bool| -> Option<Vec<Point>> {
            let cut = with_short_edges(points, closed);
            let mut moved: Vec<Point> = Vec::with_capacity(cut.len());
            for point in cut {
                let point = self.point(from, to, point)?;
                if moved.last() != Some(&point) {
                    moved.push(point);
                }
            }
            if closed && moved.len() > 1 && moved.first() == moved.last() {
                moved.pop();
            }
            Some(moved)
        };
        let moved = match shape {
            Shape::Points(points) => Shape::Points(put(points, false)?),
            Shape::Lines(lines) => {
                let lines = lines.iter().map(|l| put(&l.0, false).map(LineString));
                Shape::Lines(lines.collect::<Option<_>>()?)
            }
            Shape::Areas(areas) => {
                let ring = |ring: &Ring| put(&ring.0, true).map(Ring);
                let polygon = |polygon: &Polygon| {
                    Some(Polygon {
                        exterior: ring(&polygon.exterior)?,
                        interiors: polygon.interiors.iter().map(ring).collect::<Option<_>>()?,
                    })
                };
                let areas = areas.0.iter().map(polygon).collect::<Option<_>>()?;
                Shape::Areas(valid(MultiPolygon(areas)))
            }
        };
        let clipped = clip(&moved, &expected(self.planes.get(to)?)?);
        clipped.envelope().is_some().then_some(clipped)
    }
}

/// Rounding to the other grid can fold what is narrower than a millimetre.
fn valid(areas: MultiPolygon) -> MultiPolygon {
    if validity::is_valid(&areas) {
        areas
    } else {
        repair(&areas).shape
    }
}

/// Where a plane expects land, one metre within, so that what was written to a file and read again
/// is still expected.
fn expected(plane: &WorkingPlane) -> Option<Envelope> {
    let [west, south, east, north] = plane.expected_m;
    Some(Envelope {
        min: plane.grid_point(west + 1.0, south + 1.0).ok()?,
        max: plane.grid_point(east - 1.0, north - 1.0).ok()?,
    })
}

/// An envelope with a margin on each side, as far as the grid goes.
pub fn grown(envelope: Envelope, by_mm: i32) -> Envelope {
    let moved = |p: Point, by: i32| {
        Point::new(p.x().saturating_add(by), p.y().saturating_add(by)).unwrap_or(p)
    };
    Envelope {
        min: moved(envelope.min, -by_mm),
        max: moved(envelope.max, by_mm),
    }
}

/// The vertices with as many more between them as make every edge short.
fn with_short_edges(points: &[Point], closed: bool) -> Vec<Point> {
    let mut cut = Vec::with_capacity(points.len());
    let after = points.iter().skip(1).copied();
    let closing = closed.then(|| points.first().copied()).flatten();
    for (&from, to) in points.iter().zip(after.map(Some).chain([closing])) {
        cut.push(from);
        let Some(to) = to else { continue };
        let (dx, dy) = (
            f64::from(to.x()) - f64::from(from.x()),
            f64::from(to.y()) - f64::from(from.y()),
        );
        let pieces = (dx.hypot(dy) / LONGEST_EDGE_MM).ceil();
        for i in 1..pieces as i32 {
            let share = f64::from(i) / pieces;
            let between = |from: i32, d: f64| (f64::from(from) + d * share).round() as i32;
            cut.extend(Point::new(between(from.x(), dx), between(from.y(), dy)));
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEST: Epsg = Epsg(9210);
    const EAST: Epsg = Epsg(5899);

    fn city() -> (Planes, Transforms) {
        let planes = Planes::load(include_str!("../../data/planes.toml")).expect("planes");
        let transforms = Transforms::new(&planes).expect("PROJ's database");
        (planes, transforms)
    }

    /// A square in the east of the city, where the zones meet.
    fn square(planes: &Planes, side_m: f64) -> MultiPolygon {
        let plane = planes.get(WEST).expect("a plane of the city");
        let at = |x: f64, y: f64| {
            plane
                .grid_point(630_000.0 + x, 1_170_000.0 + y)
                .expect("on the grid")
        };
        MultiPolygon(vec![Polygon {
            exterior: Ring(vec![
                at(0.0, 0.0),
                at(side_m, 0.0),
                at(side_m, side_m),
                at(0.0, side_m),
            ]),
            interiors: Vec::new(),
        }])
    }

    #[test]
    fn a_shape_on_the_other_plane_comes_back_within_two_millimetres() {
        let (planes, transforms) = city();
        let crossing = Crossing::new(&planes, &transforms).expect("every way");
        for side_m in [20.0, 900.0, 4_000.0] {
            let was = square(&planes, side_m);
            let there = crossing.shape(WEST, EAST, &Shape::Areas(was.clone()));
            let there = there.expect("both planes expect land there");
            let Some(Shape::Areas(back)) = crossing.shape(EAST, WEST, &there) else {
                unreachable!("{there:?}");
            };
            assert!(validity::is_valid(&back));
            let edges = was.0[0].exterior.0.len() as f64 * side_m;
            let off = crate::geometry::overlay::symmetric_difference(&was, &back);
            assert!(
                off.area_m2() < edges * 0.002,
                "{side_m}: {} m²",
                off.area_m2()
            );
        }
    }

    #[test]
    fn edges_longer_than_a_kilometre_are_cut_and_no_other() {
        let (planes, transforms) = city();
        let crossing = Crossing::new(&planes, &transforms).expect("every way");
        let vertices = |side_m: f64| {
            let shape = Shape::Areas(square(&planes, side_m));
            match crossing.shape(WEST, EAST, &shape) {
                Some(Shape::Areas(areas)) => areas.0[0].exterior.0.len(),
                other => unreachable!("{other:?}"),
            }
        };
        assert_eq!((vertices(1_000.0), vertices(1_001.0)), (4, 8));
    }

    #[test]
    fn what_lies_outside_the_other_planes_land_is_cut_off() {
        let (planes, transforms) = city();
        let crossing = Crossing::new(&planes, &transforms).expect("every way");
        let plane = planes.get(WEST).expect("a plane of the city");
        let far = plane
            .grid_point(530_000.0, 1_270_000.0)
            .expect("on the grid");
        assert_eq!(
            crossing.shape(WEST, EAST, &Shape::Points(vec![far])),
            None,
            "the north-west of the city is no land of the other zone"
        );
        assert_eq!(crossing.point(WEST, WEST, far), Some(far));
    }
}
