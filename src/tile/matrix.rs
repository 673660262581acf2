//! Tiles of WebMercatorQuad: which there are, and what part of the world grid each shows.

use crate::crs::world::mercator;
use crate::crs::{LonLat, WorldBox};

/// Bits of a tile's own grid: 4096 units a side.
pub const EXTENT_BITS: u32 = 12;
/// Units a side.
pub const EXTENT: i32 = 1 << EXTENT_BITS;
/// Units around a tile that it draws too, so that lines meet across its border.
pub const MARGIN: i32 = 64;
/// The finest zoom: there a unit is a cell of the world grid, 9.3 mm at the equator.
pub const ZOOM_MAX: u8 = 20;

/// A tile: zoom, and column and row from the north-west corner of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileCoord {
    matrix: u8,
    col: u32,
    row: u32,
}

/// A tile that the matrix set does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{matrix}/{col}/{row}` is no tile, expected zoom 0 to 20 and column and row below 2^zoom")]
pub struct OutOfMatrix {
    /// Zoom asked for.
    pub matrix: u64,
    /// Column asked for.
    pub col: u64,
    /// Row asked for.
    pub row: u64,
}

impl TileCoord {
    /// The tile with this zoom, column and row.
    ///
    /// # Errors
    /// [`OutOfMatrix`] when there is none.
    pub fn new(matrix: u64, col: u64, row: u64) -> Result<Self, OutOfMatrix> {
        let there = matrix <= u64::from(ZOOM_MAX) && (col | row) >> matrix == 0;
        if there {
            Ok(Self {
                matrix: matrix as u8,
                col: col as u32,
                row: row as u32,
            })
        } else {
            Err(OutOfMatrix { matrix, col, row })
        }
    }

    /// The tile of a zoom in which a place lies; beyond the edge of the world the nearest.
    pub fn around(zoom: u8, at: LonLat) -> Self {
        let (x, y) = mercator(at);
        let matrix = zoom.min(ZOOM_MAX);
        let bits = u32::from(ZOOM_MAX - matrix) + EXTENT_BITS;
        let last = (1_i64 << matrix) - 1;
        let tile = |v: f64| ((v as i64) >> bits).clamp(0, last) as u32;
        Self {
            matrix,
            col: tile(x),
            row: tile(y),
        }
    }

    /// The first and the last tile of a zoom that draw anything within degrees west, south, east
    /// and north, be it in their margin; beyond the edge of the world the nearest.
    pub fn that_draw(zoom: u8, [west, south, east, north]: [f64; 4]) -> (Self, Self) {
        let matrix = zoom.min(ZOOM_MAX);
        let coarser = u32::from(ZOOM_MAX - matrix);
        let last = (1_i64 << matrix) - 1;
        // One unit more, since what is drawn is rounded to units.
        let margin = i64::from(MARGIN + 1) << coarser;
        let tile = |v: f64, off: i64| {
            let cell = v as i64 + off;
            (cell >> (coarser + EXTENT_BITS)).clamp(0, last) as u32
        };
        let at = |lon, lat, off| {
            let (x, y) = mercator(LonLat { lon, lat });
            Self {
                matrix,
                col: tile(x, off),
                row: tile(y, off),
            }
        };
        (at(west, north, -margin), at(east, south, margin))
    }

    /// Zoom.
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
            shift: (ZOOM_MAX - self.matrix) as u32,
            origin: [
                (self.col as i64) << EXTENT_BITS,
                (self.row as i64) << EXTENT_BITS,
            ],
        }
    }

    /// The cells that come to lie on the tile or its margin.
    pub fn cells(self) -> WorldBox {
        self.grid().cells(MARGIN)
    }
}

/// The units of a tile on the world grid: a shift and a subtraction.
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
            let (from, to) = TileCoord::that_draw(zoom, [lon, lat, lon, lat]);
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
