//! Tiles of the map: one tile, and where the map is.

use super::{Error, View};
use crate::crs::LonLat;
use crate::land::items::Collection;
use crate::tile::{Coding, Tile, TileCoord, TileLayer, TileSet};

impl View {
    /// A tile in a coding. Rendered when no kept one is the same.
    pub fn tile(&self, set: TileSet, at: TileCoord, coding: Coding) -> Tile {
        self.atlas.tile(&self.land, self.date, set, at, coding)
    }

    /// A tile that is kept, by the tag that [`View::known_tile_tag`] gives.
    pub fn cached_tile(
        &self,
        set: TileSet,
        at: TileCoord,
        tag: u64,
        coding: Coding,
    ) -> Option<Tile> {
        self.atlas.cached_tile(set, at, tag, coding)
    }

    /// The tag of a tile, when it is known without rendering it.
    pub fn known_tile_tag(&self, set: TileSet, at: TileCoord) -> Option<u64> {
        self.atlas.known_tag(&self.land, self.date, set, at)
    }

    /// Degrees west, south, east and north around all that a set shows on any day.
    ///
    /// # Errors
    /// [`Error::Internal`] when a plane is none of the city's, which the import refuses.
    pub fn tiled(&self, set: TileSet) -> Result<Option<[f64; 4]>, Error> {
        let mut around: Option<[f64; 4]> = None;
        for layer in set.layers() {
            if let Some([west, south, east, north]) = self.extent(collection(*layer))? {
                let [w, s, e, n] = around.unwrap_or([west, south, east, north]);
                around = Some([w.min(west), s.min(south), e.max(east), n.max(north)]);
            }
        }
        Ok(around)
    }

    /// Degrees west, south, east and north around all parcels; nothing for an empty register.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let transforms = &self.city().transforms;
        let corners = self.land.extents().into_iter().flat_map(|(plane, e)| {
            let [west, south, east, north] = [e.min.x(), e.min.y(), e.max.x(), e.max.y()];
            let at = [(west, south), (west, north), (east, south), (east, north)];
            at.map(|(x, y)| (plane, x, y))
        });
        let positions = corners.filter_map(|(plane, x, y)| {
            let corner = crate::geometry::Point::new(x, y).ok()?;
            transforms.to_lonlat(plane, corner).ok()
        });
        positions.fold(None, |bounds, LonLat { lon, lat }| {
            let [west, south, east, north] = bounds.unwrap_or([lon, lat, lon, lat]);
            Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)])
        })
    }
}

/// What a layer is drawn from.
const fn collection(layer: TileLayer) -> Collection {
    match layer {
        TileLayer::Parcels | TileLayer::Labels | TileLayer::Blocks => Collection::Parcels,
        TileLayer::Zones => Collection::Zones,
        TileLayer::Restrictions => Collection::Restrictions,
        TileLayer::Roads => Collection::Roads,
        TileLayer::Wards => Collection::Wards,
    }
}
