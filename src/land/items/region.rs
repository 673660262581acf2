//! A part of the earth, drawn on every plane of the city, where it is compared exactly.

use crate::crs::{Between, Epsg, WorkingPlane};
use crate::geometry::{
    Envelope, LineString, MultiPolygon, Point, Polygon, Ring, Shape, intersects,
};
use crate::land::City;

/// A part of the earth on each plane of a city.
#[derive(Debug, Clone, Default)]
pub struct Region {
    windows: Vec<Window>,
}

/// Why a box is no part of the earth.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RegionError {
    /// The coordinate system is not one of the city's.
    #[error("`{asked}` is not a coordinate system of this city, expected one of {known}")]
    UnknownSystem {
        /// As asked for.
        asked: Epsg,
        /// The systems that are known.
        known: String,
    },
}

/// The part of a region on one plane.
#[derive(Debug, Clone)]
struct Window {
    plane: Epsg,
    /// Around all of it.
    outer: Envelope,
    /// Wholly within it: what meets this needs no closer look.
    inner: Option<Envelope>,
    shape: Shape,
}

/// Longest piece of an edge that is drawn as a straight line on another plane, in units of the
/// box's system. A parallel bends by less than 1 mm between two such points.
const STEP_DEGREES: f64 = 0.004;
const STEP_METRES: f64 = 400.0;
/// A box that is narrower than this on a plane is taken for a line: its bent edges, rounded to the
/// grid, could meet.
const THIN_MM: u32 = 10;
/// Most pieces of one edge; the part of a box that a plane expects land in needs fewer.
const PIECES_MAX: usize = 2000;

impl Region {
    /// The boxes `[west, south, east, north]` of a system, in metres or degrees, easting or
    /// longitude first, borders included. Where they reach beyond what a plane expects, they are
    /// cut, since no land is there.
    ///
    /// # Errors
    /// [`RegionError::UnknownSystem`] for a system that the city does not list.
    pub fn of_boxes(city: &City, crs: Epsg, boxes: &[[f64; 4]]) -> Result<Self, RegionError> {
        let unknown = || RegionError::UnknownSystem {
            asked: crs,
            known: known_systems(city),
        };
        let mut windows = Vec::new();
        for plane in city.planes.iter() {
            let to = city.transforms.between(crs, plane.epsg);
            let back = city.transforms.between(plane.epsg, crs);
            let (to, back) = to.and_then(|to| Ok((to, back?))).map_err(|_| unknown())?;
            let geographic = city.transforms.is_geographic(crs).map_err(|_| unknown())?;
            let step = step(geographic);
            let reach = reach(plane, &back);
            let cut = boxes.iter().filter_map(|sides| cut(sides, reach?));
            let straight = crs == plane.epsg;
            windows.extend(cut.filter_map(|sides| {
                let pieces = if straight { f64::INFINITY } else { step };
                Window::drawn(plane, &to, sides, pieces)
            }));
        }
        Ok(Self { windows })
    }

    /// The planes on which it has a part, each with a box around that part.
    pub(in crate::land) fn windows(&self) -> impl Iterator<Item = (Epsg, &Envelope)> {
        self.windows.iter().map(|w| (w.plane, &w.outer))
    }

    /// Whether a shape on a plane has a point in common with the region; touching counts.
    pub(in crate::land) fn meets(
        &self,
        plane: Epsg,
        envelope: &Envelope,
        shape: impl Fn() -> Shape,
    ) -> bool {
        let mut windows = self.windows.iter().filter(|w| w.plane == plane);
        windows.any(|window| {
            window.outer.intersects(envelope)
                && (window.inner.is_some_and(|inner| holds(&inner, envelope))
                    || intersects(&window.shape, &shape()))
        })
    }
}

/// The codes of all systems that a city lists.
pub(in crate::land) fn known_systems(city: &City) -> String {
    city.planes.offered()
}

/// The longest piece of an edge that is drawn as a straight line on another plane.
pub(in crate::land) const fn step(degrees: bool) -> f64 {
    if degrees { STEP_DEGREES } else { STEP_METRES }
}

fn holds(outer: &Envelope, inner: &Envelope) -> bool {
    outer.min.x() <= inner.min.x()
        && outer.min.y() <= inner.min.y()
        && inner.max.x() <= outer.max.x()
        && inner.max.y() <= outer.max.y()
}

/// Around where a plane expects land, in the units of a system; nothing when they do not meet.
pub(in crate::land) fn reach(plane: &WorkingPlane, back: &Between) -> Option<[f64; 4]> {
    const PIECES: u32 = 8;
    let [west, south, east, north] = plane.expected_m;
    let along = |low: f64, high: f64, i: u32| low + (high - low) * f64::from(i) / f64::from(PIECES);
    let border = (0..=PIECES).flat_map(|i| {
        let (x, y) = (along(west, east, i), along(south, north, i));
        [(x, south), (x, north), (west, y), (east, y)]
    });
    let around = border.filter_map(|(x, y)| back.convert(x, y).ok()).fold(
        None,
        |around: Option<[f64; 4]>, (x, y)| {
            let [w, s, e, n] = around.unwrap_or([x, y, x, y]);
            Some([w.min(x), s.min(y), e.max(x), n.max(y)])
        },
    )?;
    // Between two points of the border the true one bends outward a little.
    let (wide, high) = (around[2] - around[0], around[3] - around[1]);
    let (dx, dy) = (wide / 50.0, high / 50.0);
    Some([
        around[0] - dx,
        around[1] - dy,
        around[2] + dx,
        around[3] + dy,
    ])
}

fn cut(sides: &[f64; 4], reach: [f64; 4]) -> Option<[f64; 4]> {
    let [west, south] = [sides[0].max(reach[0]), sides[1].max(reach[1])];
    let [east, north] = [sides[2].min(reach[2]), sides[3].min(reach[3])];
    (west <= east && south <= north).then_some([west, south, east, north])
}

impl Window {
    /// A box, its edges followed in pieces of at most `step`.
    fn drawn(plane: &WorkingPlane, to: &Between, sides: [f64; 4], step: f64) -> Option<Self> {
        let [west, south, east, north] = sides;
        let corners = [(west, south), (east, south), (east, north), (west, north)];
        let mut edges: Vec<Vec<Point>> = Vec::with_capacity(4);
        for (i, &(x, y)) in corners.iter().enumerate() {
            let (next_x, next_y) = corners[(i + 1) % 4];
            let long = (next_x - x).abs().max((next_y - y).abs());
            let pieces = ((long / step).ceil() as usize).clamp(1, PIECES_MAX);
            let point = |k: usize| {
                let part = k as f64 / pieces as f64;
                let (x, y) = (x + (next_x - x) * part, y + (next_y - y) * part);
                let (east_m, north_m) = to.convert(x, y).ok()?;
                plane.grid_point(east_m, north_m).ok()
            };
            edges.push((0..=pieces).map(point).collect::<Option<_>>()?);
        }
        let shape = shape_of(&edges);
        Some(Self {
            plane: plane.epsg,
            inner: inner(&edges),
            outer: shape.envelope()?,
            shape,
        })
    }
}

/// The largest box within four bent edges: south, east, north, west.
fn inner(edges: &[Vec<Point>]) -> Option<Envelope> {
    let [south, east, north, west] = edges else {
        return None;
    };
    let min_x = west.iter().map(|p| p.x()).max()?;
    let max_x = east.iter().map(|p| p.x()).min()?;
    let min_y = south.iter().map(|p| p.y()).max()?;
    let max_y = north.iter().map(|p| p.y()).min()?;
    let (min, max) = (
        Point::new(min_x, min_y).ok()?,
        Point::new(max_x, max_y).ok()?,
    );
    (min_x < max_x && min_y < max_y).then_some(Envelope { min, max })
}

/// The area within four edges, or the line or point that a thin one is taken for.
fn shape_of(edges: &[Vec<Point>]) -> Shape {
    let edge = |i: usize| edges.get(i).map(Vec::as_slice).unwrap_or_default();
    let thin = |edge: &[Point]| match (edge.first(), edge.last()) {
        (Some(a), Some(b)) => a.x().abs_diff(b.x()) < THIN_MM && a.y().abs_diff(b.y()) < THIN_MM,
        _ => true,
    };
    let (south, east) = (edge(0), edge(1));
    match (thin(south), thin(east)) {
        (true, true) => Shape::Points(south.iter().take(1).copied().collect()),
        (true, false) => Shape::Lines(vec![LineString(east.to_vec())]),
        (false, true) => Shape::Lines(vec![LineString(south.to_vec())]),
        (false, false) => {
            let mut ring: Vec<Point> = edges.iter().flatten().copied().collect();
            ring.dedup();
            // Closed, where the last edge comes back to the first corner.
            ring.pop();
            Shape::Areas(MultiPolygon(vec![Polygon {
                exterior: Ring(ring),
                interiors: Vec::new(),
            }]))
        }
    }
}
