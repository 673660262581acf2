//! One tile as it is drawn: what part of the world grid it shows, and where things come to lie.

use super::chains::Cell;
use super::matrix::{TileCoord, TileGrid, TileMatrixSet};
use super::outline::Outline;
use super::sketch::window;
use crate::cadastre::Day;
use crate::crs::city_grid::PlacingCells;
use crate::crs::{Epsg, Placing, Transforms, WorldBox};
use crate::geometry::Envelope;
use crate::land::{Land, Lot};

/// A tile with what it takes to draw it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Canvas<'a> {
    pub(super) tile: TileCoord,
    /// What it shows of the world grid; for a tile of another grid, and around that.
    shown: WorldBox,
    transforms: &'a Transforms,
}

impl<'a> Canvas<'a> {
    /// For a tile of a city.
    pub(super) fn of(tile: TileCoord, transforms: &'a Transforms) -> Self {
        Self {
            tile,
            shown: tile.on_world(transforms),
            transforms,
        }
    }

    /// What it shows, on the grid of the index of sketches.
    pub(super) fn window(&self) -> Option<Envelope> {
        window(&self.shown)
    }

    /// Begins to bring cells of the world grid to the tile's units.
    pub(super) fn pen(&self) -> Pen<'a> {
        let city = (self.tile.of() == TileMatrixSet::Vn2000)
            .then(|| self.transforms.city_grid().placing_cells());
        Pen {
            grid: self.tile.grid(),
            city,
        }
    }

    /// Goes through the parcels of a day around it, each with the way to the cells of its grid.
    pub(super) fn each_lot(
        &self,
        land: &Land,
        date: Day,
        mut draw: impl FnMut(&Lot<'_>, &mut Placing<'_>),
    ) {
        for plane in land.city().planes.iter() {
            if let Some((window, mut placing)) = self.lots_of(plane.epsg) {
                land.lots_in(plane.epsg, &window, date, |lot| draw(lot, &mut placing));
            }
        }
    }

    /// Where a plane has parcels that it shows, and the way of their vertices.
    fn lots_of(&self, plane: Epsg) -> Option<(Envelope, Placing<'a>)> {
        let world = self.transforms.world(plane)?;
        let city = self.transforms.city_grid();
        match self.tile.of() {
            TileMatrixSet::WebMercatorQuad => {
                Some((world.envelope_of(&self.shown)?, world.placing()))
            }
            TileMatrixSet::Vn2000 if plane == city.epsg() => {
                let window = city.envelope_of_own(&self.tile.cells())?;
                Some((window, city.placing(plane)?))
            }
            TileMatrixSet::Vn2000 => Some((world.envelope_of(&self.shown)?, city.placing(plane)?)),
        }
    }
}

/// Shapes one after the other on a canvas; buffers are kept.
#[derive(Debug)]
pub(super) struct Drawing<'a> {
    pub(super) canvas: &'a Canvas<'a>,
    pub(super) outline: Outline,
    pub(super) pen: Pen<'a>,
}

impl<'a> Drawing<'a> {
    /// Begins with nothing.
    pub(super) fn on(canvas: &'a Canvas<'a>) -> Self {
        Self {
            canvas,
            outline: Outline::default(),
            pen: canvas.pen(),
        }
    }
}

/// Brings cells of the world grid to the units of a tile.
#[derive(Debug)]
pub(super) struct Pen<'a> {
    grid: TileGrid,
    city: Option<PlacingCells<'a>>,
}

impl Pen<'_> {
    /// The unit of a cell; nothing for a cell that the tile's plane does not reach.
    pub(super) fn unit(&mut self, cell: Cell) -> Option<[i32; 2]> {
        match &mut self.city {
            Some(city) => Some(self.grid.unit(city.place(cell).ok()?)),
            None => Some(self.grid.unit(cell)),
        }
    }
}
