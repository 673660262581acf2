//! Building a land from the whole register, record by record.

use super::bulk::Bulk;
use super::change::RegisterReader;
use super::columns::Columns;
use super::overlay::Overlay;
use super::plans::Plans;
use super::snapshot::{City, Ground, Land};
use super::succession::LineageBook;
use super::wards::WardBook;
use crate::cadastre::{Instant, Lineage, ParcelVersion, Revision, Ward, WardSuccession};
use crate::index::Tree;
use crate::planning::{Layer, PlanFeature};
use std::sync::Arc;

/// Receives the register and becomes a land. Parcels go straight into columns, so that a city
/// needs little more memory while it is read than afterwards.
///
/// Records whose recorded time is over are no part of a land and are passed over.
#[derive(Debug, Default)]
pub struct LandBuilder {
    columns: Columns,
    wards: Vec<Ward>,
    successions: Vec<WardSuccession>,
    layers: Vec<Layer>,
    features: Vec<PlanFeature>,
    lineage: Vec<Lineage>,
}

impl RegisterReader for LandBuilder {
    fn ward(&mut self, ward: Ward) {
        self.wards.push(ward);
    }

    fn succession(&mut self, succession: WardSuccession) {
        self.successions.push(succession);
    }

    fn layer(&mut self, layer: Layer) {
        self.layers.push(layer);
    }

    fn feature(&mut self, feature: PlanFeature) {
        if feature.lifespan.recorded.to.is_none() {
            self.features.push(feature);
        }
    }

    fn lineage(&mut self, lineage: Lineage) {
        self.lineage.push(lineage);
    }

    fn parcel(&mut self, parcel: ParcelVersion) {
        if parcel.lifespan.recorded.to.is_none() {
            self.columns.push(&parcel);
        }
    }
}

impl LandBuilder {
    /// Orders what was received and builds trees and key orders, on all cores.
    pub fn build(self, revision: Revision, recorded_at: Option<Instant>, city: City) -> Land {
        let base = Bulk::build(&self.columns);
        drop(self.columns);
        let grounds = grounds(&base);
        Land {
            revision,
            recorded_at,
            base: Arc::new(base),
            overlay: Overlay::default(),
            grounds,
            wards: Arc::new(WardBook::new(self.wards, self.successions)),
            plans: Arc::new(Plans::new(self.layers, self.features)),
            lineage: LineageBook::new(self.lineage),
            city,
        }
    }
}

/// The trees over every plane of a base.
pub(super) fn grounds(base: &Bulk) -> Vec<Ground> {
    let ground = |section: &super::bulk::Section| {
        let (open, closed) = base.pack(*section);
        Ground {
            plane: section.plane,
            open: Tree::new(open, section.first_open),
            closed: Tree::new(closed, section.first_closed),
        }
    };
    base.sections.iter().map(ground).collect()
}
