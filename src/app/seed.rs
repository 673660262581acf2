//! Tiles rendered ahead, as files.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::{App, AppOptions, Clock, Error, Reference, load};
use crate::crs::Transforms;
use crate::store::Store;
use crate::tile::{Coding, TileCoord, TileMatrixSet, TileSet};

/// What to render.
#[derive(Debug, Clone)]
pub struct SeedOrder {
    /// The set of layers.
    pub set: TileSet,
    /// Degrees west, south, east and north; all that the set shows when absent.
    pub bbox: Option<[f64; 4]>,
    /// How the map is cut into tiles.
    pub of: TileMatrixSet,
    /// First and last matrix; in WebMercatorQuad these are zooms.
    pub matrices: (u8, u8),
    /// Codings in which the tiles are kept.
    pub codings: Vec<Coding>,
}

/// What was rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seeded {
    /// Tiles looked at.
    pub tiles: u64,
    /// Files written; the others lay there already.
    pub files: u64,
    /// State of the register that they show.
    pub revision: u64,
}

/// Renders the tiles of today that lie on a box into the folder of tiles, on all cores. `each` is
/// told how many of how many are done. Running servers take them from there.
///
/// # Errors
/// What the store fails with; [`Error::Internal`] when a tile cannot be written.
pub fn seed(
    (options, reference, clock): (AppOptions, Arc<Reference>, Clock),
    store: &Store,
    order: &SeedOrder,
    each: &(dyn Fn(u64, u64) + Sync),
) -> Result<Seeded, Error> {
    let land = Arc::new(load::load(&options, store, &reference.city)?);
    let app = App::new(options, reference, clock);
    app.publish(Arc::clone(&land));
    app.advance_map();
    let view = app.view(None)?;
    let shown = view.tiled(order.set)?;
    let bbox = shown.and_then(|shown| order.bbox.map_or(Some(shown), |asked| common(asked, shown)));
    let tiles: Vec<TileCoord> = bbox.map_or_else(Vec::new, |bbox| {
        tiles_of(order, bbox, &view.city().transforms)
    });
    let (next, done, files) = (AtomicUsize::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let date = view.date();
    let work = || {
        while let Some(tile) = tiles.get(next.fetch_add(1, Ordering::Relaxed)) {
            let atlas = app.atlas();
            let put = atlas.put_on_shelf(&land, date, order.set, *tile, &order.codings)?;
            files.fetch_add(put as u64, Ordering::Relaxed);
            each(done.fetch_add(1, Ordering::Relaxed) + 1, tiles.len() as u64);
        }
        Ok(())
    };
    let ended: std::io::Result<()> = std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, std::io::Result<()>>| {
            let stopped = |_| Err(std::io::Error::other("the rendering stopped"));
            worker.join().unwrap_or_else(stopped)
        };
        workers.into_iter().try_for_each(join)
    });
    ended.map_err(|error| Error::internal("cannot write a tile", error))?;
    Ok(Seeded {
        tiles: tiles.len() as u64,
        files: files.into_inner(),
        revision: land.revision().0,
    })
}

fn common(a: [f64; 4], b: [f64; 4]) -> Option<[f64; 4]> {
    let common = [
        a[0].max(b[0]),
        a[1].max(b[1]),
        a[2].min(b[2]),
        a[3].min(b[3]),
    ];
    (common[0] <= common[2] && common[1] <= common[3]).then_some(common)
}

/// The tiles that draw anything in a box, of the matrices at which the set is drawn, the coarsest
/// first.
fn tiles_of(order: &SeedOrder, bbox: [f64; 4], transforms: &Transforms) -> Vec<TileCoord> {
    let (first, last) = order.of.matrices(order.set.zooms());
    let matrices = order.matrices.0.max(first)..=order.matrices.1.min(last);
    let mut tiles = Vec::new();
    for matrix in matrices {
        let (from, to) = TileCoord::that_draw(order.of, matrix, bbox, transforms);
        for x in from.col()..=to.col() {
            let column = (from.row()..=to.row()).filter_map(|y| {
                TileCoord::on(order.of, u64::from(matrix), u64::from(x), u64::from(y)).ok()
            });
            tiles.extend(column);
        }
    }
    tiles
}
