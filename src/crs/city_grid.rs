//! The city grid: where vertices lie on the city's first plane, in whole millimetres from a round
//! corner in the north-west, for tiles in the system of the land office.
//!
//! A vertex of that plane has its cell by a subtraction. Those of the other planes, and cells of
//! the world grid, come by a series (`series.rs`), so a place has one cell for every shape.

use super::pipeline::Pipeline;
use super::series::{SQUARE_BITS, Square, SquareAt, Squares};
use super::world::{Placing, Way, lonlat, mercator, metres, squares_of};
use super::{CrsError, Epsg, LonLat, WorkingPlane, WorldBox};
use crate::geometry::{Envelope, Point};

/// Cells of the grid in one direction are 2^29: 537 km.
pub const SIDE_BITS: u32 = 29;
/// The corner is a whole multiple of so many metres.
const ROUND_M: f64 = 100_000.0;
/// World cells a side of a square of their series are 2^19: 4.9 km.
const WORLD_SQUARE_BITS: u32 = 19;
/// Least and most millimetres of ground in a cell of the world grid, from the equator to 30°.
const WORLD_CELL_MM: [f64; 2] = [8.0, 10.0];

/// The grid on the city's first plane.
#[derive(Debug)]
pub struct CityGrid {
    plane: WorkingPlane,
    to_lonlat: Pipeline,
    from_lonlat: Pipeline,
    /// The corner, on the plane's own grid of millimetres.
    corner_mm: [i64; 2],
    others: Vec<OtherPlane>,
    of_world: Squares,
}

/// A plane whose vertices come by a series.
#[derive(Debug)]
struct OtherPlane {
    plane: WorkingPlane,
    to_lonlat: Pipeline,
    squares: Squares,
}

/// The way from a plane to the grid.
#[derive(Debug, Clone, Copy)]
pub(super) enum CityWay<'a> {
    Own(&'a CityGrid),
    Other(&'a CityGrid, usize),
}

impl CityWay<'_> {
    pub(super) fn square(self, at: SquareAt) -> Result<Square, CrsError> {
        let (city, other) = match self {
            Self::Other(city, other) => (city, &city.others[other]),
            Self::Own(_) => return Ok(Square::NONE),
        };
        other.squares.square(at, |x, y| {
            let (east, north) = metres(&other.plane, x, y);
            let (lon, lat) = other.to_lonlat.convert(east, north)?;
            city.position_of(LonLat { lon, lat })
        })
    }
}

impl CityGrid {
    /// The grid of a city's first plane, and the ways to it from the others; each plane with its
    /// ways to degrees and back.
    pub(super) fn new(planes: &[(WorkingPlane, Pipeline, Pipeline)]) -> Option<Self> {
        let (plane, to_lonlat, from_lonlat) = planes.first()?.clone();
        let [west, _, _, north] = plane.expected_m;
        let (west, north) = (
            (west / ROUND_M).floor() * ROUND_M,
            (north / ROUND_M).ceil() * ROUND_M,
        );
        let mm = |metres: f64, origin_m: i32| (metres as i64 - i64::from(origin_m)) * 1000;
        let others = planes
            .iter()
            .skip(1)
            .map(|(plane, to_lonlat, _)| OtherPlane {
                plane: plane.clone(),
                to_lonlat: *to_lonlat,
                squares: squares_of(plane),
            });
        let [w, s, e, n] = plane.expected_degrees;
        let square = |lon, lat| {
            let (x, y) = mercator(LonLat { lon, lat });
            let of = |v: f64| (v as i64 >> WORLD_SQUARE_BITS) as i32;
            (of(x), of(y))
        };
        Some(Self {
            corner_mm: [
                mm(west, plane.origin_east_m),
                mm(north, plane.origin_north_m),
            ],
            to_lonlat,
            from_lonlat,
            others: others.collect(),
            of_world: Squares::between(square(w, n), square(e, s)),
            plane,
        })
    }

    /// Its system.
    pub const fn epsg(&self) -> Epsg {
        self.plane.epsg
    }

    /// What people call its system.
    pub fn name(&self) -> &str {
        &self.plane.name
    }

    /// Its corner: easting and northing in metres.
    pub fn corner_m(&self) -> (f64, f64) {
        metres(&self.plane, self.corner_mm[0], self.corner_mm[1])
    }

    /// Begins to place vertices of a plane; nothing for one of another city.
    pub fn placing(&self, plane: Epsg) -> Option<Placing<'_>> {
        let way = if plane == self.plane.epsg {
            CityWay::Own(self)
        } else {
            let other = self.others.iter().position(|o| o.plane.epsg == plane)?;
            CityWay::Other(self, other)
        };
        Some(Placing::on(Way::City(way)))
    }

    /// Begins to place cells of the world grid.
    pub const fn placing_cells(&self) -> PlacingCells<'_> {
        PlacingCells {
            city: self,
            at: (i32::MIN, i32::MIN),
            square: Square::NONE,
        }
    }

    /// The cell of a vertex of its own plane.
    pub(super) fn cell_of_own(&self, [x, y]: [i32; 2]) -> [u32; 2] {
        let [west, north] = self.corner_mm;
        let within = |cell: i64| cell.clamp(0, i64::from(u32::MAX)) as u32;
        [within(i64::from(x) - west), within(north - i64::from(y))]
    }

    /// The vertices of its own plane whose cells lie in a box.
    pub fn envelope_of_own(&self, cells: &WorldBox) -> Option<Envelope> {
        let [west, north] = self.corner_mm;
        let limit = i64::from(crate::geometry::shape::COORDINATE_LIMIT);
        let point = |x: i64, y: i64| {
            let within = |v: i64| v.clamp(-limit, limit) as i32;
            Point::new(within(x + west), within(north - y)).ok()
        };
        Some(Envelope {
            min: point(cells.min[0], cells.max[1])?,
            max: point(cells.max[0], cells.min[1])?,
        })
    }

    /// A box of the world grid that has every place whose cell lies in a box of this grid.
    ///
    /// Generous: it has other places too.
    pub fn world_box(&self, cells: &WorldBox) -> Option<WorldBox> {
        let position = |x: f64, y: f64| {
            let [west, north] = self.corner_mm;
            let (east, north) = (x + west as f64, north as f64 - y);
            let metres = |mm: f64, origin_m: i32| mm / 1000.0 + f64::from(origin_m);
            let east = metres(east, self.plane.origin_east_m);
            let north = metres(north, self.plane.origin_north_m);
            let (lon, lat) = self.to_lonlat.convert(east, north).ok()?;
            Some(mercator(LonLat { lon, lat }))
        };
        around(nine(cells), position, WORLD_CELL_MM)
    }

    /// A box of this grid that has every place within degrees west, south, east and north.
    ///
    /// Generous, as [`CityGrid::world_box`].
    pub fn box_around(&self, [west, south, east, north]: [f64; 4]) -> Option<WorldBox> {
        let [low, high] =
            [(west, north), (east, south)].map(|(lon, lat)| mercator(LonLat { lon, lat }));
        self.box_of_world(&WorldBox {
            min: [low.0 as i64, low.1 as i64],
            max: [high.0 as i64, high.1 as i64],
        })
    }

    /// A box of this grid that has every place whose cell lies in a box of the world grid.
    ///
    /// Generous, as [`CityGrid::world_box`].
    pub fn box_of_world(&self, cells: &WorldBox) -> Option<WorldBox> {
        let position = |x: f64, y: f64| self.position_of(lonlat(x, y)).ok();
        around(nine(cells), position, [1.0, 1.0])
    }

    /// A position in cells, with fractions.
    fn position_of(&self, at: LonLat) -> Result<(f64, f64), CrsError> {
        let (east, north) = self.from_lonlat.convert(at.lon, at.lat)?;
        let mm = |metres: f64, origin_m: i32| (metres - f64::from(origin_m)) * 1000.0;
        Ok((
            mm(east, self.plane.origin_east_m) - self.corner_mm[0] as f64,
            self.corner_mm[1] as f64 - mm(north, self.plane.origin_north_m),
        ))
    }

    fn square_of_world(&self, at: SquareAt) -> Result<Square, CrsError> {
        // The series counts eighths of world cells, so that its square is as large as any.
        let cells =
            |eighths: i64| eighths as f64 / f64::from(1 << (SQUARE_BITS - WORLD_SQUARE_BITS));
        let value = |x: i64, y: i64| self.position_of(lonlat(cells(x), cells(y)));
        self.of_world.square(at, value)
    }
}

/// Places cells of the world grid on that of the city, quickly while they lie in one square.
#[derive(Debug)]
pub struct PlacingCells<'a> {
    city: &'a CityGrid,
    at: SquareAt,
    square: Square,
}

impl PlacingCells<'_> {
    /// The city cell of a world cell.
    ///
    /// # Errors
    /// [`CrsError::NotConvertible`] for a cell outside the domain of the plane's projection.
    pub fn place(&mut self, cell: [u32; 2]) -> Result<[u32; 2], CrsError> {
        let at = cell.map(|v| (v >> WORLD_SQUARE_BITS) as i32);
        let at = (at[0], at[1]);
        if at != self.at {
            self.square = self.city.square_of_world(at)?;
            self.at = at;
        }
        let eighths = |v: u32| {
            let from_corner = i64::from(v & ((1 << WORLD_SQUARE_BITS) - 1));
            from_corner << (SQUARE_BITS - WORLD_SQUARE_BITS)
        };
        Ok(self.square.cell(cell.map(eighths)))
    }
}

/// The corners of a box, the middles of its sides and its own.
fn nine(cells: &WorldBox) -> impl Iterator<Item = (f64, f64)> {
    let axis = |i: usize| {
        let (from, to) = (cells.min[i] as f64, cells.max[i] as f64);
        [from, (from + to) / 2.0, to]
    };
    let (xs, ys) = (axis(0), axis(1));
    xs.into_iter().flat_map(move |x| ys.map(|y| (x, y)))
}

/// How far the image of a side may be bent, with a metre for rounding, in millimetres: less than a
/// quarter of the side squared over the earth's radius.
fn bent_mm(side_mm: f64) -> f64 {
    1000.0 + side_mm * side_mm / (4.0 * 6.3e9)
}

/// A box around places with room for bent sides; a cell of it is so many millimetres of ground, at
/// least and at most.
fn around(
    places: impl Iterator<Item = (f64, f64)>,
    position: impl Fn(f64, f64) -> Option<(f64, f64)>,
    [least_mm, most_mm]: [f64; 2],
) -> Option<WorldBox> {
    let placed: Option<Vec<(f64, f64)>> = places.map(|(x, y)| position(x, y)).collect();
    let placed = placed?;
    let bound = |of: fn(&(f64, f64)) -> f64| {
        let values = placed.iter().map(of);
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
            (low.min(v), high.max(v))
        })
    };
    let (x, y) = (bound(|p| p.0), bound(|p| p.1));
    let more = bent_mm((x.1 - x.0).max(y.1 - y.0) * most_mm) / least_mm;
    let low = |v: f64| (v - more).floor() as i64;
    let high = |v: f64| (v + more).ceil() as i64;
    Some(WorldBox {
        min: [low(x.0), low(y.0)],
        max: [high(x.1), high(y.1)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::{Planes, Transforms};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static CITY: LazyLock<(Planes, Transforms)> = LazyLock::new(|| {
        let planes = Planes::load(include_str!("../../data/planes.toml")).expect("the city's file");
        let transforms = Transforms::new(&planes).expect("PROJ knows the systems");
        (planes, transforms)
    });

    /// A vertex somewhere in the region of one of the city's two planes.
    fn vertex(plane: usize, (x, y): (f64, f64)) -> (Epsg, Point) {
        let plane = CITY.0.iter().nth(plane).expect("a plane");
        let [west, south, east, north] = plane.expected_m;
        let point = plane.grid_point(west + x * (east - west), south + y * (north - south));
        (plane.epsg, point.expect("a region lies on its grid"))
    }

    /// Where PROJ has a vertex on the grid.
    fn exact(plane: Epsg, vertex: Point) -> (f64, f64) {
        let at = CITY.1.to_lonlat(plane, vertex).expect("in the region");
        CITY.1.city_grid().position_of(at).expect("in the region")
    }

    fn off(cell: [u32; 2], exact: (f64, f64)) -> f64 {
        let off = |cell: u32, exact: f64| (f64::from(cell) - exact).abs();
        off(cell[0], exact.0).max(off(cell[1], exact.1))
    }

    #[test]
    fn the_corner_is_round_and_all_land_of_the_city_lies_on_the_grid() {
        let grid = CITY.1.city_grid();
        assert_eq!(
            (grid.epsg(), grid.corner_m()),
            (Epsg(9210), (500_000.0, 1_300_000.0))
        );
        for plane in 0..2 {
            for corner in [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)] {
                let (plane, vertex) = vertex(plane, corner);
                let (x, y) = exact(plane, vertex);
                let side = f64::from(1 << SIDE_BITS);
                assert!(
                    (0.0..side).contains(&x) && (0.0..side).contains(&y),
                    "{plane} {x} {y}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn a_vertex_has_the_cell_where_proj_has_it_to_a_millimetre(
            plane in 0..2_usize, at in (0.0..1.0, 0.0..1.0),
        ) {
            let (plane, vertex) = vertex(plane, at);
            let mut placing = CITY.1.city_grid().placing(plane).expect("a plane of the city");
            let cell = placing.place([vertex.x(), vertex.y()]).expect("in the region");
            prop_assert!(off(cell, exact(plane, vertex)) < 1.5, "{cell:?} {:?}", exact(plane, vertex));
            if plane == CITY.1.city_grid().epsg() {
                // The way over WGS 84 and back loses heights, and with them fractions of this.
                prop_assert!(off(cell, exact(plane, vertex)) < 0.6);
            }
        }

        #[test]
        fn a_world_cell_has_the_city_cell_of_its_place(
            plane in 0..2_usize, at in (0.0..1.0, 0.0..1.0),
        ) {
            let (plane, vertex) = vertex(plane, at);
            let world = CITY.1.world(plane).expect("a plane of the city");
            let cell = world.placing().place([vertex.x(), vertex.y()]).expect("in the region");
            let mut placing = CITY.1.city_grid().placing_cells();
            let cell = placing.place(cell).expect("in the region");
            // A world cell is 9.2 mm, and turned a little.
            prop_assert!(off(cell, exact(plane, vertex)) < 8.0, "{cell:?}");
        }

        #[test]
        fn the_world_box_of_a_box_and_the_envelope_have_every_vertex_whose_cell_lies_in_it(
            plane in 0..2_usize, at in (0.0..1.0, 0.0..1.0), side_bits in 10..29_u32,
            shift in (0.0..1.0, 0.0..1.0),
        ) {
            let (plane, vertex) = vertex(plane, at);
            let grid = CITY.1.city_grid();
            let mut placing = grid.placing(plane).expect("a plane of the city");
            let cell = placing.place([vertex.x(), vertex.y()]).expect("in the region").map(i64::from);
            let side = f64::from(1 << side_bits);
            let min = [cell[0] - (shift.0 * side) as i64, cell[1] - (shift.1 * side) as i64];
            let window = WorldBox { min, max: min.map(|v| v + side as i64) };
            let world = CITY.1.world(plane).expect("a plane of the city");
            let cell = world.placing().place([vertex.x(), vertex.y()]).expect("in the region");
            let cell = cell.map(i64::from);
            let around = grid.world_box(&window).expect("in the domain");
            prop_assert!(around.intersects(&WorldBox { min: cell, max: cell }), "{around:?}");
            if plane == grid.epsg() {
                let envelope = grid.envelope_of_own(&window).expect("on the grid");
                let alone = Envelope { min: vertex, max: vertex };
                prop_assert!(envelope.intersects(&alone), "{vertex:?} {envelope:?}");
            }
        }

        #[test]
        fn the_box_around_degrees_has_every_vertex_within_them(
            plane in 0..2_usize, at in (0.0..1.0, 0.0..1.0), more in 0.0..2.0_f64,
        ) {
            let (plane, vertex) = vertex(plane, at);
            let LonLat { lon, lat } = CITY.1.to_lonlat(plane, vertex).expect("in the region");
            let grid = CITY.1.city_grid();
            let around = grid.box_around([lon, lat - more, lon + more, lat]).expect("in the domain");
            let mut placing = grid.placing(plane).expect("a plane of the city");
            let cell = placing.place([vertex.x(), vertex.y()]).expect("in the region").map(i64::from);
            prop_assert!(around.intersects(&WorldBox { min: cell, max: cell }), "{around:?} {cell:?}");
        }
    }
}
