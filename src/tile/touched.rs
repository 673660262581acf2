//! What an edit touches, in cells of the world grid.

use crate::cadastre::{ParcelVersion, Revision};
use crate::crs::{Epsg, Transforms, WorldBox};
use crate::geometry::{Envelope, Point};
use crate::land::{Changes, Land, Turning};
use std::collections::VecDeque;

/// Steps that are kept.
const STEPS_KEPT: usize = 1 << 10;
/// Boxes of one step; more are put together.
const BOXES_MAX: usize = 1 << 12;
/// Room around the corners of an envelope for what is bent between them, in cells: 0.6 m.
const BENT: i64 = 64;

/// From one revision to the next: where parcels came or went.
#[derive(Debug)]
struct Step {
    from: Revision,
    to: Revision,
    parcels: Vec<WorldBox>,
}

/// The last edits, the newest last.
#[derive(Debug, Default)]
pub(super) struct Steps(VecDeque<Step>);

impl Steps {
    /// Notes what makes one land of another; what leads to no newer revision is known already.
    pub(super) fn note(&mut self, before: &Land, changes: &Changes) {
        if self.0.back().is_some_and(|step| step.to >= changes.to) {
            return;
        }
        let transforms = &before.city().transforms;
        let parcels = changes.parcels.iter();
        let boxes = parcels.filter_map(|version| box_of(version, transforms));
        self.0.push_back(Step {
            from: before.revision(),
            to: changes.to,
            parcels: put_together(boxes.collect(), BOXES_MAX),
        });
        if self.0.len() > STEPS_KEPT {
            self.0.pop_front();
        }
    }

    /// Where parcels differ between two revisions, whichever is the later; nothing when that is
    /// not known any more.
    pub(super) fn between(&self, one: Revision, other: Revision) -> Option<Vec<WorldBox>> {
        let (mut at, last) = (one.min(other), one.max(other));
        let mut boxes = Vec::new();
        for step in &self.0 {
            if at < last && step.from <= at && at < step.to {
                boxes.extend(&step.parcels);
                at = step.to;
            }
        }
        (at == last).then_some(boxes)
    }
}

/// Where parcels differ between two days.
pub(super) fn of_turning(turning: &Turning, transforms: &Transforms) -> Vec<WorldBox> {
    let parcels = turning.parcels.iter();
    let placed = parcels.filter_map(|p| box_around(p.plane, &p.envelope?, transforms));
    placed.collect()
}

fn box_of(version: &ParcelVersion, transforms: &Transforms) -> Option<WorldBox> {
    let parcel = &version.parcel;
    let mut placing = transforms.world(parcel.plane)?.placing();
    let polygons = parcel.shape.0.iter();
    let points = polygons.flat_map(|polygon| polygon.rings().flat_map(|ring| ring.0.iter()));
    around(points.filter_map(|p| placing.place([p.x(), p.y()]).ok()))
}

/// A box of cells around an envelope on a plane.
fn box_around(plane: Epsg, e: &Envelope, transforms: &Transforms) -> Option<WorldBox> {
    let mut placing = transforms.world(plane)?.placing();
    let Envelope { min, max } = *e;
    let corners = [(min, min), (min, max), (max, min), (max, max)];
    let corner = |(x, y): (Point, Point)| [x.x(), y.y()];
    let cells = corners.map(corner).into_iter();
    let tight = around(cells.filter_map(|corner| placing.place(corner).ok()))?;
    Some(WorldBox {
        min: tight.min.map(|v| v - BENT),
        max: tight.max.map(|v| v + BENT),
    })
}

fn around(cells: impl Iterator<Item = [u32; 2]>) -> Option<WorldBox> {
    cells.fold(None, |around: Option<WorldBox>, cell| {
        let cell = cell.map(i64::from);
        let one = WorldBox {
            min: cell,
            max: cell,
        };
        Some(around.map_or(one, |all| united(&all, &one)))
    })
}

fn united(a: &WorldBox, b: &WorldBox) -> WorldBox {
    WorldBox {
        min: [a.min[0].min(b.min[0]), a.min[1].min(b.min[1])],
        max: [a.max[0].max(b.max[0]), a.max[1].max(b.max[1])],
    }
}

/// No more boxes than that: those whose corners lie in one square become one, in squares as small
/// as will do.
pub(super) fn put_together(mut boxes: Vec<WorldBox>, most: usize) -> Vec<WorldBox> {
    let mut bits = 10;
    loop {
        let square = |b: &WorldBox| b.min.map(|v| v >> bits);
        boxes.sort_unstable_by_key(|b| (square(b), b.min, b.max));
        boxes.dedup();
        if boxes.len() <= most {
            return boxes;
        }
        boxes.dedup_by(|b, kept| {
            let same = square(b) == square(kept);
            if same {
                // Both corners lie in one square, and so does the least of them.
                *kept = united(kept, b);
            }
            same
        });
        bits += 1;
    }
}
