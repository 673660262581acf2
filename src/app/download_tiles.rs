//! The tiles of the map as one file: a PMTiles archive, drawn from the land in memory.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Error, View};
use crate::tile::pmtiles::{Archive, Archived, number_of};
use crate::tile::{TileCoord, TileMatrixSet, TileSet};

/// The last zoom of an archive. Tiles are drawn to units of 15 cm there, and those who show more
/// enlarge them; each further zoom would be four times the file.
const ZOOM_LAST: u8 = 16;

/// First and last zoom of an archive of a set; nothing for a set that is drawn only beyond.
pub fn zooms_of_archive(set: TileSet) -> Option<(u8, u8)> {
    let (first, last) = set.zooms();
    (first <= ZOOM_LAST).then_some((first, last.min(ZOOM_LAST)))
}

impl View {
    /// How many tiles an archive of a set looks at, those with nothing on them too.
    pub(super) fn tiles_to_archive(&self, set: TileSet) -> Result<u64, Error> {
        let count = |(from, to): (TileCoord, TileCoord)| {
            let (columns, rows) = (to.col() - from.col(), to.row() - from.row());
            (u64::from(columns) + 1) * (u64::from(rows) + 1)
        };
        Ok(self.ranges(set)?.into_iter().map(count).sum())
    }

    /// Writes the tiles of the day into an archive; `written` counts those looked at.
    pub(super) fn archive_tiles(
        &self,
        set: TileSet,
        path: &Path,
        written: &AtomicU64,
    ) -> Result<(), Error> {
        let failed = |error| Error::internal("cannot write an archive of tiles", error);
        let mut archive = Archive::begin(path).map_err(failed)?;
        for (from, to) in self.ranges(set)? {
            for tile in in_order(from, to) {
                let bytes = self.atlas.render(&self.land, self.date, set, tile);
                archive.add(tile, &bytes).map_err(failed)?;
                written.fetch_add(1, Ordering::Relaxed);
            }
        }
        let about = Archived {
            set,
            zooms: zooms_of_archive(set).unwrap_or_default(),
            bounds: self.tiled(set)?.unwrap_or_default(),
            synthetic: self.is_synthetic(),
            description: format!("revision {}, {}", self.revision().0, self.date),
        };
        archive.finish(&about).map_err(failed)
    }

    /// First and last tile of each zoom that draws anything.
    fn ranges(&self, set: TileSet) -> Result<Vec<(TileCoord, TileCoord)>, Error> {
        let (Some((first, last)), Some(bounds)) = (zooms_of_archive(set), self.tiled(set)?) else {
            return Ok(Vec::new());
        };
        let transforms = &self.city().transforms;
        let web = TileMatrixSet::WebMercatorQuad;
        let ranges = (first..=last).map(|zoom| TileCoord::that_draw(web, zoom, bounds, transforms));
        Ok(ranges.collect())
    }
}

/// The tiles between two of a zoom, in the order of an archive.
fn in_order(from: TileCoord, to: TileCoord) -> Vec<TileCoord> {
    let zoom = u64::from(from.matrix());
    let columns = from.col()..=to.col();
    let tiles = columns.flat_map(|x| (from.row()..=to.row()).map(move |y| (x, y)));
    let tiles = tiles.filter_map(|(x, y)| TileCoord::new(zoom, x.into(), y.into()).ok());
    let mut tiles: Vec<TileCoord> = tiles.collect();
    tiles.sort_by_cached_key(|tile| number_of(*tile));
    tiles
}
