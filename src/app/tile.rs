//! Tiles of the map: one tile, and where the map is.

use super::View;
use crate::crs::LonLat;
use crate::tile::{TileCoord, TileSet};

impl View {
    /// A tile, as Mapbox Vector Tile 2.1, with its tag: the same for as long as the tile is. Empty
    /// when there is nothing to draw.
    pub fn tile(&self, set: TileSet, at: TileCoord) -> (Vec<u8>, u64) {
        self.atlas.render_tagged(&self.land, self.date, set, at)
    }

    /// The tag of a tile, when it is known without rendering it.
    pub fn known_tile_tag(&self, set: TileSet, at: TileCoord) -> Option<u64> {
        let state = (self.land.revision(), self.date);
        self.atlas.known_tag(state, set, at)
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
