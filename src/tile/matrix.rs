//! Tiles of both tile matrix sets: which there are, and what part of its grid each shows.

use crate::crs::city_grid::SIDE_BITS;
use crate::crs::world::mercator;
use crate::crs::{LonLat, Transforms, WorldBox};

/// Bits of a tile's own grid: 4096 units a side.
pub const EXTENT_BITS: u32 = 12;
/// Units a side.
pub const EXTENT: i32 = 1 << EXTENT_BITS;
/// Units around a tile that it draws too, so that lines meet across its border.
pub const MARGIN: i32 = 64;
/// The finest zoom: there a unit is a cell of the world grid, 9.3 mm at the equator.
pub const ZOOM_MAX: u8 = 20;

/// How a part of the world is cut into tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TileMatrixSet {
    /// The world on Web Mercator, as map clients share it: zooms 0 to 20 on the world grid.
    WebMercatorQuad,
    /// The city on its first plane: matrices 0 to 14 on the city grid, whose finest unit is 8 mm.
    Vn2000,
}

/// All cells that a grid may have.
const EVERYWHERE: WorldBox = WorldBox {
    min: [i64::MIN >> 1; 2],
    max: [i64::MAX >> 1; 2],
};

/// Bits of the finest unit of the city's set, in millimetres.
const FINEST_BITS: u32 = 3;
/// The finest matrix of the city's set.
const VN2000_MAX: u8 = (SIDE_BITS - FINEST_BITS - EXTENT_BITS) as u8;
/// A unit of the city's set lies between those of two zooms: this much more, and one more.
const VN2000_ZOOM: u8 = 6;

/// The zoom whose vertices all tiles before it draw too.
const ZOOM_OF_LEAST_VERTICES: u8 = 9;

impl TileMatrixSet {
    /// All sets.
    pub const ALL: [Self; 2] = [Self::WebMercatorQuad, Self::Vn2000];

    /// Its name in paths.
    pub const fn id(self) -> &'static str {
        match self {
            Self::WebMercatorQuad => "WebMercatorQuad",
            Self::Vn2000 => "VN2000TM3Quad",
        }
    }

    /// The set of a name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.id() == id)
    }

    /// Its finest matrix.
    pub const fn finest(self) -> u8 {
        match self {
            Self::WebMercatorQuad => ZOOM_MAX,
            Self::Vn2000 => VN2000_MAX,
        }
    }

    /// The matrices at which what is drawn from one zoom to another is drawn.
    pub const fn matrices(self, (first, last): (u8, u8)) -> (u8, u8) {
        match self {
            Self::WebMercatorQuad => (first, last),
            Self::Vn2000 => {
                let last = last.saturating_sub(VN2000_ZOOM);
                let last = if last > VN2000_MAX { VN2000_MAX } else { last };
                (first.saturating_sub(VN2000_ZOOM), last)
            }
        }
    }

    /// A box of the set's grid that has every place whose cell lies in a box of the world grid.
    pub(super) fn cells_around(self, world: &WorldBox, transforms: &Transforms) -> WorldBox {
        match self {
            Self::WebMercatorQuad => *world,
            // What the plane does not reach is anywhere.
            Self::Vn2000 => transforms
                .city_grid()
                .box_of_world(world)
                .unwrap_or(EVERYWHERE),
        }
    }

    /// Bits of a unit of a matrix, in cells of the set's grid.
    pub(super) const fn unit_bits(self, matrix: u8) -> u32 {
        match self {
            Self::WebMercatorQuad => (ZOOM_MAX - matrix) as u32,
            Self::Vn2000 => (VN2000_MAX - matrix) as u32 + FINEST_BITS,
        }
    }
}

/// A tile: the set it is of, its matrix, and column and row from the north-west corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileCoord {
    of: TileMatrixSet,
    matrix: u8,
    col: u32,
    row: u32,
}

/// A tile that the matrix set does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{matrix}/{col}/{row}` is no tile of {}, expected column and row below 2^matrix", .of.id())]
pub struct OutOfMatrix {
    /// The set.
    pub of: TileMatrixSet,
    /// Matrix asked for.
    pub matrix: u64,
    /// Column asked for.
    pub col: u64,
    /// Row asked for.
    pub row: u64,
}

impl TileCoord {
    /// The tile of WebMercatorQuad with this zoom, column and row.
    ///
    /// # Errors
    /// [`OutOfMatrix`] when there is none.
    pub fn new(matrix: u64, col: u64, row: u64) -> Result<Self, OutOfMatrix> {
        Self::on(TileMatrixSet::WebMercatorQuad, matrix, col, row)
    }

    /// The tile of a set with this matrix, column and row.
    ///
    /// # Errors
    /// [`OutOfMatrix`] when there is none.
    pub fn on(of: TileMatrixSet, matrix: u64, col: u64, row: u64) -> Result<Self, OutOfMatrix> {
        let there = matrix <= u64::from(of.finest()) && (col | row) >> matrix == 0;
        if there {
            Ok(Self {
                of,
                matrix: matrix as u8,
                col: col as u32,
                row: row as u32,
            })
        } else {
            Err(OutOfMatrix {
                of,
                matrix,
                col,
                row,
            })
        }
    }

    /// The tile of a zoom of WebMercatorQuad in which a place lies; beyond the edge of the world the nearest.
    pub fn around(zoom: u8, at: LonLat) -> Self {
        let (x, y) = mercator(at);
        let matrix = zoom.min(ZOOM_MAX);
        let bits = u32::from(ZOOM_MAX - matrix) + EXTENT_BITS;
        let last = (1_i64 << matrix) - 1;
        let tile = |v: f64| ((v as i64) >> bits).clamp(0, last) as u32;
        Self {
            of: TileMatrixSet::WebMercatorQuad,
            matrix,
            col: tile(x),
            row: tile(y),
        }
    }

    /// The first and the last tile of a matrix that draw anything within degrees west, south, east
    /// and north, be it in their margin; beyond the edge of the world the nearest.
    pub fn that_draw(
        of: TileMatrixSet,
        matrix: u8,
        [west, south, east, north]: [f64; 4],
        transforms: &Transforms,
    ) -> (Self, Self) {
        let matrix = matrix.min(of.finest());
        let cells = match of {
            TileMatrixSet::WebMercatorQuad => {
                let at = |lon, lat| mercator(LonLat { lon, lat });
                let (low, high) = (at(west, north), at(east, south));
                Some(WorldBox {
                    min: [low.0 as i64, low.1 as i64],
                    max: [high.0 as i64, high.1 as i64],
                })
            }
            TileMatrixSet::Vn2000 => transforms
                .city_grid()
                .box_around([west, south, east, north]),
        };
        // Degrees that the plane does not reach are all of it.
        Self::that_draw_cells(of, matrix, &cells.unwrap_or(EVERYWHERE))
    }

    /// The first and the last tile of a matrix that draw anything in a box of cells of its grid.
    fn that_draw_cells(of: TileMatrixSet, matrix: u8, cells: &WorldBox) -> (Self, Self) {
        let unit = of.unit_bits(matrix);
        let last = (1_i64 << matrix) - 1;
        // One unit more, since what is drawn is rounded to units.
        let margin = i64::from(MARGIN + 1) << unit;
        let tile = |cell: i64| (cell >> (unit + EXTENT_BITS)).clamp(0, last) as u32;
        let at = |[x, y]: [i64; 2], off: i64| Self {
            of,
            matrix,
            col: tile(x + off),
            row: tile(y + off),
        };
        (at(cells.min, -margin), at(cells.max, margin))
    }

    /// The set it is of.
    pub const fn of(self) -> TileMatrixSet {
        self.of
    }

    /// The zoom whose layers it draws; its unit is not larger than that of this zoom.
    pub const fn zoom(self) -> u8 {
        match self.of {
            TileMatrixSet::WebMercatorQuad => self.matrix,
            TileMatrixSet::Vn2000 => self.matrix + VN2000_ZOOM,
        }
    }

    /// The zoom whose vertices it draws; its unit is not smaller than that of this zoom, except
    /// that there is none finer than the finest.
    ///
    /// Where a ward or zone is of some units, a vertex less is a share of its ground that can be
    /// seen, and where it is of less than one it is all of it. Rounding takes as much ground as it
    /// gives, losing vertices does not: so the first tiles draw those of a zoom further on.
    pub const fn zoom_of_vertices(self) -> u8 {
        let zoom = match self.of {
            TileMatrixSet::WebMercatorQuad => self.matrix,
            TileMatrixSet::Vn2000 if self.zoom() < ZOOM_MAX => self.zoom() + 1,
            TileMatrixSet::Vn2000 => ZOOM_MAX,
        };
        if zoom < ZOOM_OF_LEAST_VERTICES {
            ZOOM_OF_LEAST_VERTICES
        } else {
            zoom
        }
    }

    /// A box of the world grid that has all that it shows, and of its own cells for a tile of the
    /// world grid.
    pub fn on_world(self, transforms: &Transforms) -> WorldBox {
        let world = match self.of {
            TileMatrixSet::WebMercatorQuad => Some(self.cells()),
            TileMatrixSet::Vn2000 => transforms.city_grid().world_box(&self.cells()),
        };
        // What the plane does not reach is anywhere.
        world.unwrap_or(WorldBox {
            min: [0; 2],
            max: [i64::from(u32::MAX); 2],
        })
    }

    /// Matrix; for a tile of WebMercatorQuad its zoom.
    pub const fn matrix(self) -> u8 {
        self.matrix
    }

    /// Column, from the west.
    pub const fn col(self) -> u32 {
        self.col
    }

    /// Row, from the north.
    pub const fn row(self) -> u32 {
        self.row
    }

    /// How cells become units of this tile.
    pub const fn grid(self) -> TileGrid {
        TileGrid {
            shift: self.of.unit_bits(self.matrix),
            origin: [
                (self.col as i64) << EXTENT_BITS,
                (self.row as i64) << EXTENT_BITS,
            ],
        }
    }

    /// The cells of its grid that come to lie on the tile or its margin.
    pub fn cells(self) -> WorldBox {
        self.grid().cells(MARGIN)
    }
}

/// The units of a tile on its grid: a shift and a subtraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileGrid {
    shift: u32,
    origin: [i64; 2],
}

impl TileGrid {
    /// The unit nearest to a cell, which may lie outside the tile; halves go east and south, in
    /// every tile alike.
    #[inline]
    pub fn unit(self, cell: [u32; 2]) -> [i32; 2] {
        let half = (1_i64 << self.shift) >> 1;
        let unit = |i: usize| (((i64::from(cell[i]) + half) >> self.shift) - self.origin[i]) as i32;
        [unit(0), unit(1)]
    }

    /// Whether a unit lies on the tile itself, which it does in one tile only.
    pub fn is_on(self, unit: [i32; 2]) -> bool {
        unit.iter().all(|v| (0..EXTENT).contains(v))
    }

    /// The cells whose units lie within so many units of the tile.
    fn cells(self, margin: i32) -> WorldBox {
        let half = (1_i64 << self.shift) >> 1;
        let low = |i: usize| ((self.origin[i] - i64::from(margin)) << self.shift) - half;
        let high =
            |i: usize| ((self.origin[i] + i64::from(EXTENT + margin) + 1) << self.shift) - half - 1;
        WorldBox {
            min: [low(0), low(1)],
            max: [high(0), high(1)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_tile_beyond_the_last_column_row_or_zoom_is_refused() {
        assert!(TileCoord::new(0, 0, 0).is_ok());
        assert!(TileCoord::new(20, (1 << 20) - 1, (1 << 20) - 1).is_ok());
        for (matrix, col, row) in [
            (0, 1, 0),
            (0, 0, 1),
            (20, 1 << 20, 0),
            (21, 0, 0),
            (3, u64::MAX, 0),
        ] {
            assert!(
                TileCoord::new(matrix, col, row).is_err(),
                "{matrix}/{col}/{row}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_tile_between_the_first_and_the_last_that_draw_a_place_is_one_that_draws_it(
            lon in -179.0..179.0_f64, lat in -80.0..80.0_f64, zoom in 0..=20_u8,
        ) {
            let (x, y) = mercator(LonLat { lon, lat });
            let at = [x as i64, y as i64];
            let set = TileMatrixSet::WebMercatorQuad;
            let (from, to) = TileCoord::that_draw_cells(set, zoom, &WorldBox { min: at, max: at });
            let (x, y) = mercator(LonLat { lon, lat });
            let at = [x as i64, y as i64];
            let place = WorldBox { min: at, max: at };
            let around = TileCoord::around(zoom, LonLat { lon, lat });
            prop_assert!(from <= around && around <= to);
            for (d_col, d_row) in [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)] {
                let col = i64::from(around.col) + d_col;
                let row = i64::from(around.row) + d_row;
                let tile = TileCoord::new(u64::from(zoom), col as u64, row as u64);
                // A negative number is beyond the last.
                let Ok(tile) = tile else { continue };
                let within = (from.col..=to.col).contains(&tile.col)
                    && (from.row..=to.row).contains(&tile.row);
                prop_assert!(within || !tile.cells().intersects(&place));
            }
        }

        #[test]
        fn a_cell_lies_in_the_box_of_a_tile_exactly_when_its_unit_lies_on_tile_or_margin(
            x: u32, y: u32, matrix in 0..=20_u64, off_x in -3..=3_i64, off_y in -3..=3_i64,
        ) {
            let near = |cell: u32, off: i64| {
                let tile = i64::from(cell) >> (32 - matrix);
                (tile + off).clamp(0, (1 << matrix) - 1) as u64
            };
            let tile = TileCoord::new(matrix, near(x, off_x), near(y, off_y)).expect("a tile");
            let unit = tile.grid().unit([x, y]);
            let on = unit.iter().all(|u| (-MARGIN..=EXTENT + MARGIN).contains(u));
            let at = [i64::from(x), i64::from(y)];
            prop_assert_eq!(on, tile.cells().intersects(&WorldBox { min: at, max: at }));
        }

        #[test]
        fn neighbouring_tiles_agree_on_every_cell(x: u32, y: u32, matrix in 1..=20_u64) {
            let tile = |off: u64| {
                let col = (u64::from(x) >> (32 - matrix)).min((1 << matrix) - 2) + off;
                TileCoord::new(matrix, col, u64::from(y) >> (32 - matrix)).expect("a tile")
            };
            let (here, east) = (tile(0).grid().unit([x, y]), tile(1).grid().unit([x, y]));
            prop_assert_eq!(here, [east[0] + EXTENT, east[1]]);
        }
    }
}
