//! The world grid: where vertices of a plane lie on Web Mercator, in whole cells, for drawing only.
//!
//! The world is 2^32 cells wide and high, counted from the north-west corner; a cell is 9.3 mm at
//! the equator. Within a square of 4.2 km the way from a plane to the grid is a series in whole
//! numbers (`series.rs`), made when a vertex of the square is first drawn. A vertex therefore has one cell, always and for every shape that has it, and finding it
//! takes ten multiplications and no floating point.

use super::city_grid::CityWay;
use super::pipeline::Pipeline;
use super::series::{SQUARE_BITS, Square, SquareAt, Squares};
use super::{CrsError, LonLat, WorkingPlane};
use crate::geometry::shape::COORDINATE_LIMIT;
use crate::geometry::{Envelope, Point};

/// Cells of the world in one direction.
const WORLD: f64 = 4_294_967_296.0;
/// Greatest latitude of Web Mercator, where the map is a square.
const LAT_LIMIT: f64 = 85.051_128_779_806_59;

/// A closed box of cells; it may reach beyond the world, as the margin of a tile at its edge does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorldBox {
    /// West and north, in cells.
    pub min: [i64; 2],
    /// East and south, in cells.
    pub max: [i64; 2],
}

impl WorldBox {
    /// Whether two closed boxes have a cell in common.
    pub fn intersects(&self, other: &Self) -> bool {
        (0..2).all(|i| self.min[i] <= other.max[i] && other.min[i] <= self.max[i])
    }
}

/// The way from one plane to the world grid.
#[derive(Debug)]
pub struct WorldPlane {
    plane: WorkingPlane,
    to_lonlat: Pipeline,
    from_lonlat: Pipeline,
    /// A square has 4.2 km a side: the third-order term, which is left out, is then below 1 mm.
    squares: Squares,
}

impl WorldPlane {
    pub(super) fn new(plane: &WorkingPlane, to_lonlat: Pipeline, from_lonlat: Pipeline) -> Self {
        Self {
            plane: plane.clone(),
            to_lonlat,
            from_lonlat,
            squares: squares_of(plane),
        }
    }

    /// Begins to place vertices.
    pub fn placing(&self) -> Placing<'_> {
        Placing::on(Way::World(self))
    }

    /// An envelope on the plane that has every vertex whose cell lies in a box; nothing when the
    /// box is not where the plane expects land.
    ///
    /// Generous: it may have other vertices too.
    pub fn envelope_of(&self, window: &WorldBox) -> Option<Envelope> {
        let [west, south, east, north] = self.plane.expected_degrees;
        let low = mercator(LonLat {
            lon: west,
            lat: north,
        });
        let high = mercator(LonLat {
            lon: east,
            lat: south,
        });
        let axis = |i: usize| {
            let bounds = [(low.0, high.0), (low.1, high.1)][i];
            let from = (window.min[i] as f64).max(bounds.0);
            let to = (window.max[i] as f64).min(bounds.1);
            (from <= to).then_some([from, (from + to) / 2.0, to])
        };
        let (xs, ys) = (axis(0)?, axis(1)?);
        let mut points = Vec::with_capacity(9);
        for x in xs {
            for y in ys {
                points.push(self.nearest_vertex(lonlat(x, y)).ok()?);
            }
        }
        let around = Envelope::around(points)?;
        // Sides of the box are bent on the plane, by less than a quarter of a side squared over
        // the earth's radius; one metre more for rounding.
        let side = |a: i32, b: i32| (i64::from(b) - i64::from(a)) as f64;
        let side = side(around.min.x(), around.max.x()).max(side(around.min.y(), around.max.y()));
        let more = 1000.0 + side * side / (4.0 * 6.3e9);
        let moved = |p: Point, by: f64| {
            let limit = f64::from(COORDINATE_LIMIT);
            let axis = |v: i32| (f64::from(v) + by).clamp(-limit, limit) as i32;
            Point::new(axis(p.x()), axis(p.y())).ok()
        };
        Some(Envelope {
            min: moved(around.min, -more)?,
            max: moved(around.max, more)?,
        })
    }

    /// The vertex nearest to a position, on the border of the grid for one beyond it: the corner of
    /// a box may lie there while vertices of its side do not.
    fn nearest_vertex(&self, at: LonLat) -> Result<Point, CrsError> {
        let (east, north) = self.from_lonlat.convert(at.lon, at.lat)?;
        let limit = f64::from(COORDINATE_LIMIT) / 1000.0;
        let within = |metres: f64, origin_m: i32| {
            let origin = f64::from(origin_m);
            origin + (metres - origin).clamp(-limit, limit)
        };
        let east = within(east, self.plane.origin_east_m);
        let north = within(north, self.plane.origin_north_m);
        Ok(self.plane.grid_point(east, north)?)
    }

    fn square(&self, at: SquareAt) -> Result<Square, CrsError> {
        self.squares.square(at, |x, y| {
            let (east, north) = metres(&self.plane, x, y);
            let (lon, lat) = self.to_lonlat.convert(east, north)?;
            Ok(mercator(LonLat { lon, lat }))
        })
    }
}

/// The squares of the region in which a plane expects land.
pub(super) fn squares_of(plane: &WorkingPlane) -> Squares {
    let [west, south, east, north] = plane.expected_m;
    let square = |metres: f64, origin_m: i32| {
        ((metres - f64::from(origin_m)) * 1000.0) as i32 >> SQUARE_BITS
    };
    let corner = |east: f64, north: f64| {
        let column = square(east, plane.origin_east_m);
        (column, square(north, plane.origin_north_m))
    };
    Squares::between(corner(west, south), corner(east, north))
}

/// Easting and northing of a place on the grid of a plane.
pub(super) fn metres(plane: &WorkingPlane, x_mm: i64, y_mm: i64) -> (f64, f64) {
    let of = |mm: i64, origin_m: i32| (mm + 1000 * i64::from(origin_m)) as f64 / 1000.0;
    (
        of(x_mm, plane.origin_east_m),
        of(y_mm, plane.origin_north_m),
    )
}

/// Places vertices of one plane on the world grid or on that of the city, quickly while they lie in
/// one square.
#[derive(Debug)]
pub struct Placing<'a> {
    way: Way<'a>,
    at: SquareAt,
    square: Square,
}

/// Where vertices are placed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way<'a> {
    World(&'a WorldPlane),
    City(CityWay<'a>),
}

impl<'a> Placing<'a> {
    pub(super) const fn on(way: Way<'a>) -> Self {
        Self {
            way,
            at: (i32::MIN, i32::MIN),
            square: Square::NONE,
        }
    }

    /// The cell in which a vertex lies: to the east, to the south.
    ///
    /// # Errors
    /// [`CrsError::NotConvertible`] for a vertex outside the domain of the plane's projection.
    pub fn place(&mut self, [x, y]: [i32; 2]) -> Result<[u32; 2], CrsError> {
        if let Way::City(CityWay::Own(city)) = self.way {
            return Ok(city.cell_of_own([x, y]));
        }
        let at = (x >> SQUARE_BITS, y >> SQUARE_BITS);
        if at != self.at {
            self.square = match self.way {
                Way::World(world) => world.square(at)?,
                Way::City(way) => way.square(at)?,
            };
            self.at = at;
        }
        let from_corner = |v: i32| i64::from(v & ((1 << SQUARE_BITS) - 1));
        Ok(self.square.cell([from_corner(x), from_corner(y)]))
    }
}

/// A position in cells, with fractions.
pub fn mercator(at: LonLat) -> (f64, f64) {
    let lat = at.lat.clamp(-LAT_LIMIT, LAT_LIMIT).to_radians();
    let x = (at.lon + 180.0) / 360.0;
    let y = 0.5 - lat.tan().asinh() / std::f64::consts::TAU;
    (x * WORLD, y * WORLD)
}

/// The position of a place in cells.
pub fn lonlat(x: f64, y: f64) -> LonLat {
    LonLat {
        lon: x / WORLD * 360.0 - 180.0,
        lat: ((0.5 - y / WORLD) * std::f64::consts::TAU)
            .sinh()
            .atan()
            .to_degrees(),
    }
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

    /// A vertex somewhere in the region of a plane, by shares of its sides.
    fn vertex(plane: &WorkingPlane, (x, y): (f64, f64)) -> Point {
        let [west, south, east, north] = plane.expected_m;
        plane
            .grid_point(west + x * (east - west), south + y * (north - south))
            .expect("a region lies on its grid")
    }

    proptest! {
        #[test]
        fn a_vertex_lies_in_the_cell_where_proj_has_it_or_beside_it(
            plane in 0..3_usize, at in (0.0..1.0, 0.0..1.0),
        ) {
            let (planes, transforms) = &*CITY;
            let plane = planes.iter().nth(plane).expect("three planes");
            let vertex = vertex(plane, at);
            let world = transforms.world(plane.epsg).expect("a plane of the city");
            let cell = world.placing().place([vertex.x(), vertex.y()]).expect("in the region");
            let exact = mercator(transforms.to_lonlat(plane.epsg, vertex).expect("in the region"));
            // Half a cell for rounding, and a millimetre on the ground for the series.
            let off = |cell: u32, exact: f64| (f64::from(cell) - exact).abs();
            prop_assert!(off(cell[0], exact.0).max(off(cell[1], exact.1)) < 0.7, "{cell:?} {exact:?}");
        }

        #[test]
        fn the_envelope_of_a_box_of_cells_has_every_vertex_whose_cell_lies_in_it(
            plane in 0..3_usize, at in (0.0..1.0, 0.0..1.0), side_bits in 10..25_u32,
            shift in (0.0..1.0, 0.0..1.0),
        ) {
            let (planes, transforms) = &*CITY;
            let plane = planes.iter().nth(plane).expect("three planes");
            let vertex = vertex(plane, at);
            let world = transforms.world(plane.epsg).expect("a plane of the city");
            let cell = world.placing().place([vertex.x(), vertex.y()]).expect("in the region");
            let side = f64::from(1 << side_bits);
            let min = [i64::from(cell[0]) - (shift.0 * side) as i64, i64::from(cell[1]) - (shift.1 * side) as i64];
            let window = WorldBox { min, max: min.map(|v| v + side as i64) };
            if plane.expects_at(transforms.to_lonlat(plane.epsg, vertex).expect("in the region")) {
                let envelope = world.envelope_of(&window).expect("the plane expects land there");
                let alone = Envelope { min: vertex, max: vertex };
                prop_assert!(envelope.intersects(&alone), "{vertex:?} {envelope:?}");
            }
        }
    }

    #[test]
    fn a_box_with_a_corner_beyond_the_grid_has_an_envelope() {
        let (planes, transforms) = &*CITY;
        let plane = planes.iter().nth(2).expect("three planes");
        let vertex = vertex(plane, (0.0, 0.177_185_935_420_475_03));
        let world = transforms.world(plane.epsg).expect("a plane of the city");
        let [x, y] = world
            .placing()
            .place([vertex.x(), vertex.y()])
            .expect("in the region")
            .map(i64::from);
        let window = WorldBox {
            min: [x, y],
            max: [x + (1 << 24), y + (1 << 24)],
        };
        let envelope = world.envelope_of(&window).expect("land is expected there");
        assert!(envelope.intersects(&Envelope {
            min: vertex,
            max: vertex
        }));
    }

    #[test]
    fn a_box_where_a_plane_expects_no_land_has_no_envelope_on_it() {
        let (_, transforms) = &*CITY;
        let at = mercator(LonLat {
            lon: 106.7,
            lat: 10.8,
        });
        let min = [at.0 as i64, at.1 as i64];
        let window = WorldBox {
            min,
            max: min.map(|v| v + 1000),
        };
        let envelope = |epsg| {
            transforms
                .world(crate::crs::Epsg(epsg))
                .expect("a plane")
                .envelope_of(&window)
        };
        assert!(envelope(9210).is_some());
        assert_eq!(envelope(2154), None);
    }

    #[test]
    fn a_position_comes_back_from_its_place() {
        for (lon, lat) in [(106.7, 10.8), (-179.0, -84.0), (0.0, 0.0)] {
            let (x, y) = mercator(LonLat { lon, lat });
            let back = lonlat(x, y);
            assert!((back.lon - lon).abs() < 1e-12 && (back.lat - lat).abs() < 1e-12);
        }
    }
}
