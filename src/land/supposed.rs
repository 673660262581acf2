//! A land as it would be with other planning features, and which parcels that can concern.

use super::change::Changes;
use super::frontage::FARTHEST_MM;
use super::items::Region;
use super::snapshot::Land;
use crate::cadastre::{Day, ParcelId, Revision, WardCode};
use crate::crs::Epsg;
use crate::geometry::{Envelope, Point, Shape};
use crate::planning::PlanFeature;

/// How far beyond its own envelope a parcel looks for planning features: as far as a red line may
/// be taken for an edge of it. What lies farther from all shapes of a feature than this, measured
/// along the axes of the plane, has the same extract with and without the feature.
pub const REACH_MM: i32 = FARTHEST_MM;

/// One planning feature that is supposed to be otherwise from a day on.
#[derive(Debug, Clone)]
pub struct Supposition {
    /// The version that holds on the day; nothing for a feature that is supposed to be added.
    pub before: Option<PlanFeature>,
    /// The feature as it is supposed to be; nothing for one that is supposed to be gone. Its days
    /// are those of the version in whose place it stands.
    pub after: Option<PlanFeature>,
}

/// A land as it would be, and where that can change an answer.
#[derive(Debug)]
pub struct Supposed {
    /// The land; it shares the base with the one it was made of.
    pub land: Land,
    /// Parcels whose envelopes meet none of these have the same extract.
    pub near: Near,
}

/// Where a supposed feature can change an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Near {
    /// Wherever an envelope of a parcel meets one of these.
    Windows(Vec<(Epsg, Envelope)>),
    /// Anywhere: the first day on which a layer knows anything becomes another one.
    Anywhere,
}

/// Which parcels are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Those that meet this region.
    pub region: Option<Region>,
    /// Those of this ward.
    pub ward: Option<WardCode>,
}

impl Land {
    /// The land as it would be on a day, each feature once at most. Nothing of this land changes.
    pub fn supposing(&self, suppositions: &[Supposition], date: Day) -> Supposed {
        let recorded_in = Revision(self.revision.0 + 1);
        let mut features = Vec::new();
        let mut windows = Vec::new();
        for supposition in suppositions {
            let mut valid = crate::cadastre::Interval::open(date);
            if let Some(before) = &supposition.before {
                windows.extend(windows_of(before));
                valid.to = before.lifespan.valid.to;
                let mut gone = before.clone();
                gone.lifespan.recorded.to = Some(gone.lifespan.recorded.from);
                features.push(gone);
                if before.lifespan.valid.from < date {
                    let mut earlier = before.clone();
                    earlier.lifespan.valid.to = Some(date);
                    earlier.recorded_in = recorded_in;
                    features.push(earlier);
                }
            }
            if let Some(after) = &supposition.after {
                windows.extend(windows_of(after));
                let mut now = after.clone();
                now.lifespan.valid = valid;
                now.lifespan.recorded.to = None;
                now.recorded_in = recorded_in;
                features.push(now);
            }
        }
        let land = self.apply(&Changes {
            to: self.revision,
            features,
            ..Changes::default()
        });
        let mut layers = self.plans.layers();
        let begins_otherwise =
            layers.any(|layer| self.plans.first_day(layer) != land.plans.first_day(layer));
        let near = if begins_otherwise {
            Near::Anywhere
        } else {
            Near::Windows(windows)
        };
        Supposed { land, near }
    }

    /// The parcels of a day that are wanted, and near, by growing key.
    pub fn parcels_wanted(&self, wanted: &Wanted, near: &Near, date: Day) -> Vec<ParcelId> {
        let is_wanted = |row: &u32| {
            self.valid(*row).has(date)
                && wanted
                    .ward
                    .is_none_or(|ward| self.ward_of(*row) == ward.number())
                && wanted
                    .region
                    .as_ref()
                    .is_none_or(|region| self.lies_in(region, *row))
        };
        let mut ids: Vec<ParcelId> = match near {
            Near::Anywhere => {
                let rows = self.rows_that_count().filter(is_wanted);
                rows.map(|row| self.id_of(row)).collect()
            }
            Near::Windows(windows) => {
                let mut rows = Vec::new();
                for (plane, window) in windows {
                    self.each_row_around(*plane, window, |row| rows.push(row));
                }
                rows.sort_unstable();
                rows.dedup();
                let rows = rows.into_iter().filter(is_wanted);
                rows.map(|row| self.id_of(row)).collect()
            }
        };
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn lies_in(&self, region: &Region, row: u32) -> bool {
        let envelope = self.envelope(row);
        envelope.is_some_and(|envelope| {
            let shape = || Shape::Areas(self.shape(row));
            region.meets(self.plane_of(row), &envelope, shape)
        })
    }
}

/// Around each shape of a feature, with the reach of a parcel on all sides.
pub(super) fn windows_of(feature: &PlanFeature) -> impl Iterator<Item = (Epsg, Envelope)> {
    let shapes = feature.shapes.iter();
    shapes.filter_map(|(plane, shape)| {
        let own = shape.envelope()?;
        let moved = |p: Point, by: i32| Point::new(p.x() + by, p.y() + by).unwrap_or(p);
        let window = Envelope {
            min: moved(own.min, -REACH_MM),
            max: moved(own.max, REACH_MM),
        };
        Some((*plane, window))
    })
}
