//! Which download is made next: each of three lanes makes one at a time, so that a small file never
//! waits for a large one, nor a collection for the map.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::downloads::{Download, DownloadState};

/// How long nothing is tried again after a file could not be made.
const PAUSE: Duration = Duration::from_secs(30);
/// Features of a collection that is written within seconds.
const FEW_FEATURES: u64 = 100_000;

/// What makes one file after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// Collections of few features.
    Small,
    /// Collections of many.
    Large,
    /// Archives of tiles.
    Tiles,
}

impl Lane {
    /// Where a file is made that holds so many features or tiles.
    const fn of(download: Download, size: u64) -> Self {
        match download {
            Download::Tiles(_) => Self::Tiles,
            Download::Collection(..) if size <= FEW_FEATURES => Self::Small,
            Download::Collection(..) => Self::Large,
        }
    }
}

#[derive(Debug)]
enum Job {
    Waiting { of: u64 },
    Making { written: Arc<AtomicU64>, of: u64 },
    Failed(Instant),
}

/// Files that wait, in the order in which they were asked for, and whether one is being made.
#[derive(Debug, Default)]
struct Line {
    waiting: VecDeque<Download>,
    is_busy: bool,
}

/// A download that is being made, with what counts how far it is.
pub(super) type Begun = (Download, Arc<AtomicU64>);

/// Files that are to be made.
#[derive(Debug, Default)]
pub(super) struct Queue {
    jobs: HashMap<Download, Job>,
    lines: [Line; 3],
}

impl Queue {
    /// How a download is that waits or is being made, or could not be made a moment ago.
    pub(super) fn state(&self, download: Download) -> Option<DownloadState> {
        match self.jobs.get(&download)? {
            Job::Waiting { of } => {
                let line = &self.lines[Lane::of(download, *of) as usize];
                let place = line.waiting.iter().position(|one| *one == download);
                let ahead = place.unwrap_or_default() as u64 + u64::from(line.is_busy);
                Some(DownloadState::Waiting { ahead, of: *of })
            }
            Job::Making { written, of } => Some(DownloadState::Making {
                // An edit that comes meanwhile may bring more.
                written: written.load(Ordering::Relaxed).min(*of),
                of: *of,
            }),
            Job::Failed(at) => (at.elapsed() < PAUSE).then_some(DownloadState::Failed),
        }
    }

    /// Puts a download at the end of its lane, and answers the lane when nobody works there.
    pub(super) fn add(&mut self, download: Download, of: u64) -> Option<Lane> {
        let lane = Lane::of(download, of);
        let line = &mut self.lines[lane as usize];
        line.waiting.push_back(download);
        self.jobs.insert(download, Job::Waiting { of });
        let is_idle = !line.is_busy;
        line.is_busy = true;
        is_idle.then_some(lane)
    }

    /// Begins the next download of a lane; without one nobody works there any more.
    pub(super) fn next(&mut self, lane: Lane) -> Option<Begun> {
        let line = &mut self.lines[lane as usize];
        let Some(download) = line.waiting.pop_front() else {
            line.is_busy = false;
            return None;
        };
        let of = match self.jobs.get(&download) {
            Some(Job::Waiting { of } | Job::Making { of, .. }) => *of,
            Some(Job::Failed(_)) | None => 0,
        };
        let written = Arc::new(AtomicU64::new(0));
        let counting = Arc::clone(&written);
        self.jobs.insert(download, Job::Making { written, of });
        Some((download, counting))
    }

    /// Notes what became of a download.
    pub(super) fn end(&mut self, download: Download, is_made: bool) {
        if is_made {
            self.jobs.remove(&download);
        } else {
            self.jobs.insert(download, Job::Failed(Instant::now()));
        }
    }

    /// Lets go of what waits in a lane, when nobody can work there.
    pub(super) fn give_up(&mut self, lane: Lane) {
        let line = std::mem::take(&mut self.lines[lane as usize]);
        for download in line.waiting {
            self.jobs.remove(&download);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::export::{Collection, ExportFormat};
    use crate::exchange::profile::Target;
    use crate::tile::TileSet;

    #[test]
    fn a_small_collection_waits_neither_for_a_large_one_nor_for_tiles() {
        let mut queue = Queue::default();
        let wards = Download::Collection(Collection::Wards, ExportFormat::Csv);
        let parcels = |format| Download::Collection(Collection::Of(Target::Parcels), format);
        let tiles = Download::Tiles(TileSet::from_name("parcels").expect("a set"));
        for (download, of, lane) in [
            (parcels(ExportFormat::Csv), 4_300_000, Lane::Large),
            (tiles, 90_000, Lane::Tiles),
            (wards, 168, Lane::Small),
        ] {
            assert_eq!(queue.add(download, of), Some(lane));
            assert_eq!(queue.next(lane).map(|(next, _)| next), Some(download));
        }
        // The second of a lane waits, and is told so.
        assert_eq!(queue.add(parcels(ExportFormat::GeoJson), 4_300_000), None);
        assert_eq!(
            queue.add(parcels(ExportFormat::GeoParquet), 4_300_000),
            None
        );
        let state = queue.state(parcels(ExportFormat::GeoParquet));
        let of = 4_300_000;
        assert_eq!(state, Some(DownloadState::Waiting { ahead: 2, of }));
        queue.end(parcels(ExportFormat::Csv), true);
        let next = queue.next(Lane::Large).map(|(next, _)| next);
        assert_eq!(next, Some(parcels(ExportFormat::GeoJson)), "who came first");
        let making = queue.state(parcels(ExportFormat::GeoJson));
        assert_eq!(making, Some(DownloadState::Making { written: 0, of }));
        queue.end(parcels(ExportFormat::GeoJson), false);
        let failed = queue.state(parcels(ExportFormat::GeoJson));
        assert_eq!(failed, Some(DownloadState::Failed));
        assert!(queue.next(Lane::Large).is_some() && queue.next(Lane::Large).is_none());
        // Nobody works there any more, so somebody has to begin.
        assert_eq!(queue.add(parcels(ExportFormat::Csv), of), Some(Lane::Large));
    }
}
