//! Points, rings, polygons and lines whose vertices lie on a grid of whole millimetres.

/// The largest absolute coordinate, in millimetres: 2^30, a little over 1 073 km.
///
/// Differences of two coordinates fit 32 bits and products of two differences fit 64, so
/// orientation is exact in `i64` and everything else in `i128`.
pub const COORDINATE_LIMIT: i32 = 1 << 30;

/// A coordinate beyond [`COORDINATE_LIMIT`], or not a number.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("coordinate `{east_mm}`, `{north_mm}` mm lies outside the grid of ±2^30 mm")]
pub struct OutOfGrid {
    /// Easting as given, in millimetres from the plane's origin.
    pub east_mm: f64,
    /// Northing as given, in millimetres from the plane's origin.
    pub north_mm: f64,
}

/// A vertex: whole millimetres from the origin of its plane, x to the east, y to the north.
///
/// Invariant: both coordinates lie within ±[`COORDINATE_LIMIT`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Point {
    x: i32,
    y: i32,
}

impl Point {
    /// A grid point from whole millimetres.
    ///
    /// # Errors
    /// [`OutOfGrid`] when a coordinate lies beyond [`COORDINATE_LIMIT`].
    pub fn new(x: i32, y: i32) -> Result<Self, OutOfGrid> {
        let inside = |v: i32| (-COORDINATE_LIMIT..=COORDINATE_LIMIT).contains(&v);
        if inside(x) && inside(y) {
            Ok(Self { x, y })
        } else {
            Err(OutOfGrid {
                east_mm: f64::from(x),
                north_mm: f64::from(y),
            })
        }
    }

    /// The grid point nearest to metres from the plane's origin; halves round away from zero.
    ///
    /// # Errors
    /// [`OutOfGrid`] when a coordinate is not finite or lies beyond [`COORDINATE_LIMIT`].
    pub fn from_metres(east_m: f64, north_m: f64) -> Result<Self, OutOfGrid> {
        let (x, y) = ((east_m * 1000.0).round(), (north_m * 1000.0).round());
        let limit = f64::from(COORDINATE_LIMIT);
        if x.abs() <= limit && y.abs() <= limit {
            Ok(Self {
                x: x as i32,
                y: y as i32,
            })
        } else {
            Err(OutOfGrid {
                east_mm: x,
                north_mm: y,
            })
        }
    }

    /// Millimetres to the east of the origin.
    pub const fn x(self) -> i32 {
        self.x
    }

    /// Millimetres to the north of the origin.
    pub const fn y(self) -> i32 {
        self.y
    }
}

/// A closed ring without its repeated last vertex; orientation is free, validity is not assumed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Ring(pub Vec<Point>);

impl Ring {
    /// Twice the signed area in mm², positive for a counter-clockwise ring; exact.
    pub fn twice_signed_area(&self) -> i128 {
        twice_signed_area(self.0.iter().copied())
    }

    /// The edges in order, the closing edge last.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.0
            .iter()
            .copied()
            .zip(self.0.iter().copied().cycle().skip(1))
    }
}

/// [`Ring::twice_signed_area`] of points that are made one by one.
pub fn twice_signed_area(mut ring: impl Iterator<Item = Point>) -> i128 {
    let Some(origin) = ring.next() else {
        return 0;
    };
    let (ox, oy) = (i64::from(origin.x), i64::from(origin.y));
    // The first and the last edge end at the origin and add nothing.
    let (mut ax, mut ay) = (0, 0);
    let mut sum = 0;
    for b in ring {
        let (bx, by) = (i64::from(b.x) - ox, i64::from(b.y) - oy);
        sum += i128::from(ax) * i128::from(by) - i128::from(bx) * i128::from(ay);
        (ax, ay) = (bx, by);
    }
    sum
}

/// A shell with holes. Validity is asked for separately and never assumed by the type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Polygon {
    /// The shell.
    pub exterior: Ring,
    /// The holes.
    pub interiors: Vec<Ring>,
}

impl Polygon {
    /// Shell first, then the holes.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.exterior).chain(&self.interiors)
    }
}

/// Several polygons, as a rule with disjoint interiors.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct MultiPolygon(pub Vec<Polygon>);

impl MultiPolygon {
    /// Twice the area in mm², holes taken off, whatever the orientation of the rings; exact.
    pub fn twice_area(&self) -> i128 {
        let of = |ring: &Ring| ring.twice_signed_area().abs();
        self.0
            .iter()
            .map(|p| of(&p.exterior) - p.interiors.iter().map(of).sum::<i128>())
            .sum()
    }

    /// All rings of all parts.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.0.iter().flat_map(Polygon::rings)
    }

    /// The smallest envelope around all vertices; nothing for an empty shape.
    pub fn envelope(&self) -> Option<Envelope> {
        Envelope::around(self.rings().flat_map(|r| r.0.iter().copied()))
    }
}

/// A chain of at least two vertices.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct LineString(pub Vec<Point>);

/// Any shape the register keeps.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Points.
    Points(Vec<Point>),
    /// Lines.
    Lines(Vec<LineString>),
    /// Areas.
    Areas(MultiPolygon),
}

impl Shape {
    /// The smallest envelope around all vertices; nothing for an empty shape.
    pub fn envelope(&self) -> Option<Envelope> {
        match self {
            Self::Points(points) => Envelope::around(points.iter().copied()),
            Self::Lines(lines) => Envelope::around(lines.iter().flat_map(|l| l.0.iter().copied())),
            Self::Areas(areas) => areas.envelope(),
        }
    }
}

/// A closed axis-parallel box of grid points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Envelope {
    /// South-west corner.
    pub min: Point,
    /// North-east corner.
    pub max: Point,
}

impl Envelope {
    /// The smallest envelope around points; nothing for none.
    pub fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        Some(points.fold(
            Self {
                min: first,
                max: first,
            },
            Self::including,
        ))
    }

    /// The smallest envelope around this one and a point.
    pub fn including(self, p: Point) -> Self {
        Self {
            min: Point {
                x: self.min.x.min(p.x),
                y: self.min.y.min(p.y),
            },
            max: Point {
                x: self.max.x.max(p.x),
                y: self.max.y.max(p.y),
            },
        }
    }

    /// Whether two closed boxes have a point in common; touching counts.
    pub const fn intersects(&self, other: &Self) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(i32, i32)]) -> Ring {
        Ring(
            points
                .iter()
                .map(|&(x, y)| Point::new(x, y).expect("on the grid"))
                .collect(),
        )
    }

    #[test]
    fn a_coordinate_one_millimetre_beyond_the_grid_is_refused() {
        assert!(Point::new(COORDINATE_LIMIT, -COORDINATE_LIMIT).is_ok());
        assert!(Point::new(COORDINATE_LIMIT + 1, 0).is_err());
        assert!(Point::from_metres(f64::NAN, 0.0).is_err());
    }

    #[test]
    fn the_largest_square_has_an_exact_area() {
        let l = COORDINATE_LIMIT;
        let square = ring(&[(-l, -l), (l, -l), (l, l), (-l, l)]);
        assert_eq!(square.twice_signed_area(), 2 * (1_i128 << 62));
    }
}
