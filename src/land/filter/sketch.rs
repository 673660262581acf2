//! From coordinates in some system to a shape on the grid of every plane.

use crate::crs::{Between, Epsg, WorkingPlane};
use crate::geometry::{
    Defect, Envelope, LineString, MultiPolygon, Point, Polygon, Ring, Shape, repair,
};
use crate::land::City;
use crate::land::items::region;

/// A position: easting or longitude, northing or latitude.
type Position = [f64; 2];

/// A shape in coordinates of a system, easting or longitude first.
#[derive(Debug, Clone, PartialEq)]
pub enum Sketch {
    /// Points.
    Points(Vec<Position>),
    /// Lines of at least two positions.
    Lines(Vec<Vec<Position>>),
    /// Polygons: a shell and its holes, each closed by its first position or left open.
    Areas(Vec<Vec<Vec<Position>>>),
}

/// Why a sketch is no shape on the planes.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FigureError {
    /// The coordinate system is not one of the city's.
    #[error("`{asked}` is not a coordinate system of this city, expected one of {known}")]
    UnknownSystem {
        /// As asked for.
        asked: Epsg,
        /// The systems that are known.
        known: String,
    },
    /// The area is not valid.
    #[error("the area is not valid: {}", .0.kind.code())]
    NotValid(Defect),
    /// It is too detailed to be compared with many items.
    #[error("the shape needs more than {VERTICES_MAX} vertices on a plane")]
    TooDetailed,
}

/// Most vertices of a figure on one plane.
pub(super) const VERTICES_MAX: usize = 20_000;

/// A figure on one plane.
#[derive(Debug, Clone)]
pub(super) struct Drawing {
    pub(super) plane: Epsg,
    pub(super) envelope: Envelope,
    pub(super) shape: Shape,
}

/// A sketch on every plane on which it has a part.
pub(super) fn drawn(city: &City, crs: Epsg, sketch: &Sketch) -> Result<Vec<Drawing>, FigureError> {
    if let Sketch::Areas(areas) = sketch
        && let Some(defect) = defect(areas)
    {
        return Err(FigureError::NotValid(defect));
    }
    let unknown = || FigureError::UnknownSystem {
        asked: crs,
        known: region::known_systems(city),
    };
    let mut drawings = Vec::new();
    for plane in city.planes.iter() {
        let way = || -> Result<_, crate::crs::CrsError> {
            let transforms = &city.transforms;
            let degrees = transforms.is_geographic(crs)?;
            let to = transforms.between(crs, plane.epsg)?;
            Ok((to, transforms.between(plane.epsg, crs)?, degrees))
        };
        let (to, back, degrees) = way().map_err(|_| unknown())?;
        let Some(reach) = region::reach(plane, &back) else {
            continue;
        };
        let step = if crs == plane.epsg {
            f64::INFINITY
        } else {
            region::step(degrees)
        };
        let pen = Pen {
            plane,
            to: &to,
            reach,
            step,
        };
        let shape = pen.shape(sketch)?;
        drawings.extend(shape.envelope().map(|envelope| Drawing {
            plane: plane.epsg,
            envelope,
            shape,
        }));
    }
    Ok(drawings)
}

/// The first defect of areas in their own system, on a grid as fine as their size allows.
fn defect(areas: &[Vec<Vec<Position>>]) -> Option<Defect> {
    let all = || areas.iter().flatten().flatten();
    let least = all().fold([f64::MAX; 2], |l, p| [l[0].min(p[0]), l[1].min(p[1])]);
    let greatest = all().fold([f64::MIN; 2], |g, p| [g[0].max(p[0]), g[1].max(p[1])]);
    let size = (greatest[0] - least[0]).max(greatest[1] - least[1]);
    // In metres, of which the grid takes a thousand kilometres.
    let scale = 1_000_000.0 / size.max(f64::MIN_POSITIVE);
    let point = |p: &Position| {
        let (x, y) = ((p[0] - least[0]) * scale, (p[1] - least[1]) * scale);
        Point::from_metres(x, y).ok()
    };
    let ring = |ring: &Vec<Position>| open_ring(ring.iter().filter_map(point));
    let polygons = areas.iter().map(|rings| polygon(rings.iter().map(ring)));
    let area = MultiPolygon(polygons.collect());
    crate::geometry::validity::first_defect(&area)
}

/// Points as a ring: none twice in a row, the first not repeated at the end.
fn open_ring(points: impl Iterator<Item = Point>) -> Ring {
    let mut ring: Vec<Point> = points.collect();
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    Ring(ring)
}

/// Rings as a polygon, the shell first.
fn polygon(mut rings: impl Iterator<Item = Ring>) -> Polygon {
    Polygon {
        exterior: rings.next().unwrap_or_default(),
        interiors: rings.collect(),
    }
}

/// Draws on one plane.
struct Pen<'a> {
    plane: &'a WorkingPlane,
    to: &'a Between,
    /// Where the plane expects land: west, south, east, north in the sketch's system.
    reach: [f64; 4],
    /// Longest piece of an edge that is drawn as a straight line.
    step: f64,
}

impl Pen<'_> {
    fn shape(&self, sketch: &Sketch) -> Result<Shape, FigureError> {
        let mut left = VERTICES_MAX;
        match sketch {
            Sketch::Points(points) => {
                let near = points.iter().filter(|p| self.reaches(p));
                Ok(Shape::Points(near.filter_map(|p| self.point(p)).collect()))
            }
            Sketch::Lines(lines) => {
                let mut drawn = Vec::new();
                for piece in lines.iter().flat_map(|line| self.cut_line(line)) {
                    let mut points = self.followed(&piece, &mut left)?;
                    points.dedup();
                    if points.len() > 1 {
                        drawn.push(LineString(points));
                    }
                }
                Ok(Shape::Lines(drawn))
            }
            Sketch::Areas(areas) => {
                let mut polygons = Vec::new();
                for rings in areas {
                    let mut drawn = Vec::new();
                    for ring in rings {
                        let mut cut = self.cut_ring(ring);
                        cut.extend(cut.first().copied());
                        drawn.push(open_ring(self.followed(&cut, &mut left)?.into_iter()));
                    }
                    drawn.retain(|ring| ring.0.len() > 2);
                    polygons.push(polygon(drawn.into_iter()));
                }
                polygons.retain(|p| !p.exterior.0.is_empty());
                // Edges that were cut, or rounded to the grid, may meet now.
                Ok(Shape::Areas(repair(&MultiPolygon(polygons)).shape))
            }
        }
    }

    fn reaches(&self, [x, y]: &Position) -> bool {
        let [west, south, east, north] = self.reach;
        (west..=east).contains(x) && (south..=north).contains(y)
    }

    fn point(&self, [x, y]: &Position) -> Option<Point> {
        let (east_m, north_m) = self.to.convert(*x, *y).ok()?;
        self.plane.grid_point(east_m, north_m).ok()
    }

    /// The points of a chain of edges, each followed in pieces of at most a step.
    fn followed(&self, chain: &[Position], left: &mut usize) -> Result<Vec<Point>, FigureError> {
        let mut points = Vec::with_capacity(chain.len());
        points.extend(chain.first().and_then(|p| self.point(p)));
        for edge in chain.windows(2) {
            let [[x0, y0], [x1, y1]] = [edge[0], edge[1]];
            let long = (x1 - x0).abs().max((y1 - y0).abs());
            let pieces = ((long / self.step).ceil() as usize).max(1);
            *left = left.checked_sub(pieces).ok_or(FigureError::TooDetailed)?;
            for k in 1..=pieces {
                let part = k as f64 / pieces as f64;
                let at = [x0 + (x1 - x0) * part, y0 + (y1 - y0) * part];
                points.extend(self.point(&at));
            }
        }
        Ok(points)
    }

    /// The part of a ring within reach (after Sutherland and Hodgman): where it leaves and comes
    /// back it runs along the border, perhaps to and fro.
    fn cut_ring(&self, ring: &[Position]) -> Vec<Position> {
        let [west, south, east, north] = self.reach;
        let mut kept = ring.to_vec();
        for (axis, bound, above) in [
            (0, west, true),
            (0, east, false),
            (1, south, true),
            (1, north, false),
        ] {
            let inside = |p: &Position| {
                if above {
                    p[axis] >= bound
                } else {
                    p[axis] <= bound
                }
            };
            if kept.iter().all(inside) {
                continue;
            }
            let mut cut = Vec::with_capacity(kept.len() + 2);
            for (i, p) in kept.iter().enumerate() {
                let before = kept[(i + kept.len() - 1) % kept.len()];
                if inside(p) != inside(&before) {
                    cut.push(crossing(&before, p, axis, bound));
                }
                if inside(p) {
                    cut.push(*p);
                }
            }
            kept = cut;
        }
        kept
    }

    /// The pieces of a line within reach (after Liang and Barsky).
    fn cut_line(&self, line: &[Position]) -> Vec<Vec<Position>> {
        let mut pieces: Vec<Vec<Position>> = Vec::new();
        for edge in line.windows(2) {
            let Some([from, to]) = self.cut_edge(&edge[0], &edge[1]) else {
                continue;
            };
            match pieces.last_mut() {
                Some(piece) if piece.last() == Some(&from) => piece.push(to),
                _ => pieces.push(vec![from, to]),
            }
        }
        pieces
    }

    fn cut_edge(&self, a: &Position, b: &Position) -> Option<[Position; 2]> {
        let [west, south, east, north] = self.reach;
        let (mut from, mut to) = (0.0_f64, 1.0_f64);
        for (axis, low, high) in [(0, west, east), (1, south, north)] {
            let way = b[axis] - a[axis];
            if way == 0.0 {
                if !(low..=high).contains(&a[axis]) {
                    return None;
                }
                continue;
            }
            let (enter, leave) = ((low - a[axis]) / way, (high - a[axis]) / way);
            from = from.max(enter.min(leave));
            to = to.min(enter.max(leave));
        }
        let at = |t: f64| [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
        let start = if from == 0.0 { *a } else { at(from) };
        let end = if to == 1.0 { *b } else { at(to) };
        (from <= to).then_some([start, end])
    }
}

/// Where an edge crosses a bound.
fn crossing(a: &Position, b: &Position, axis: usize, bound: f64) -> Position {
    let part = (bound - a[axis]) / (b[axis] - a[axis]);
    let mut at = [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
    at[axis] = bound;
    at
}
