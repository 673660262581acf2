//! The turn of the day: which parcels and features begin or end between two days.

use super::snapshot::Land;
use crate::cadastre::{Day, Interval, ParcelId};
use crate::crs::Epsg;
use crate::geometry::Envelope;
use crate::planning::{FeatureId, LayerCode};
use rayon::prelude::*;

/// What changes when one day gives way to a later one, although nothing was committed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turning {
    /// Versions of parcels that begin or end.
    pub parcels: Vec<TurnedParcel>,
    /// Versions of planning features that begin or end.
    pub features: Vec<TurnedFeature>,
}

/// A parcel of which a version begins or ends: what was drawn there has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnedParcel {
    /// Which parcel.
    pub id: ParcelId,
    /// The plane of its shape.
    pub plane: Epsg,
    /// Where on that plane; nothing for an empty shape.
    pub envelope: Option<Envelope>,
}

/// A planning feature of which a version begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnedFeature {
    /// Its layer.
    pub layer: LayerCode,
    /// Which feature.
    pub id: FeatureId,
    /// Where, on each plane it reaches into.
    pub envelopes: Vec<(Epsg, Envelope)>,
}

impl Turning {
    /// Whether the later day looks like the earlier one.
    pub fn is_empty(&self) -> bool {
        self.parcels.is_empty() && self.features.is_empty()
    }
}

impl Land {
    /// What is valid on only one of two days, or began and ended between them. In no particular
    /// order, one entry per version. Costs one pass over all rows, on all cores.
    pub fn turning(&self, earlier: Day, later: Day) -> Turning {
        let turns = |valid: Interval<Day>| {
            let within = |day: Day| earlier < day && day <= later;
            within(valid.from) || valid.to.is_some_and(within)
        };
        let columns = &self.base.columns;
        let base = (0..self.base.len() as u32).into_par_iter();
        let base = base.filter(|&row| turns(columns.valid(row)));
        let base = base.filter(|row| !self.overlay.removed.contains(row));
        let place = |row: u32| TurnedParcel {
            id: columns.id(row),
            plane: columns.plane(row),
            envelope: columns.shapes.envelope(row),
        };
        let mut parcels: Vec<_> = base.map(place).collect();
        let added = self.overlay.rows.iter().flatten();
        let added = added.filter(|v| turns(v.lifespan.valid)).map(|v| &v.parcel);
        parcels.extend(added.map(|p| TurnedParcel {
            id: p.id,
            plane: p.plane,
            envelope: p.shape.envelope(),
        }));
        let features = self.plans.features();
        let features = features.filter(|f| turns(f.lifespan.valid));
        let features = features.map(|f| {
            let places = f.shapes.iter();
            let places = places.filter_map(|(plane, s)| Some((*plane, s.envelope()?)));
            TurnedFeature {
                layer: f.layer.clone(),
                id: f.id,
                envelopes: places.collect(),
            }
        });
        Turning {
            parcels,
            features: features.collect(),
        }
    }
}
