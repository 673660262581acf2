//! What a land holds besides its parcels, and which parcels lie side by side.

use super::plans::Plans;
use super::snapshot::Land;
use super::wards::WardBook;
use crate::cadastre::{Day, ParcelId, ParcelVersion, Ward, WardCode, WardSuccession};
use crate::crs::Epsg;
use crate::evidence::ContentHash;
use crate::geometry::{Envelope, Shape, intersects};
use crate::planning::{Layer, LayerCode, PlanFeature};
use std::sync::Arc;

/// The state of wards and planning layers. Two are equal when nothing of them was written in
/// between.
#[derive(Debug, Clone)]
pub struct PlanState(Arc<Plans>, Arc<WardBook>);

impl PartialEq for PlanState {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) && Arc::ptr_eq(&self.1, &other.1)
    }
}

impl Land {
    /// Number of parcels that are valid on a day; a look at every version for a day that was not
    /// the last one asked for.
    pub fn parcels_on(&self, date: Day) -> usize {
        let valid = |row: &u32| self.base.columns.valid(*row).has(date);
        let base = self.base.count_on(date);
        let replaced = self.overlay.removed.iter().copied();
        let added = self.overlay.rows.iter().flatten();
        let added = added.filter(|version| version.lifespan.valid.has(date));
        base - replaced.filter(valid).count() + added.count()
    }

    /// Whether [`Land::parcels_on`] costs no more than a look at the edits.
    pub fn has_counted(&self, date: Day) -> bool {
        self.base.counted_on(date).is_some()
    }

    /// The wards of every day, in the order they were written.
    pub fn wards(&self) -> &[Ward] {
        self.wards.wards()
    }

    /// The crosswalk from the wards of before.
    pub fn successions(&self) -> &[WardSuccession] {
        self.wards.successions()
    }

    /// A ward's name with its kind on a day, such as `Phường Bến Thành`.
    pub fn ward_name(&self, code: WardCode, date: Day) -> Option<&str> {
        self.wards.name(code, date)
    }

    /// Full name of the commune in whose series sheets are numbered: as it was before a merger,
    /// if it has seen one.
    pub fn commune_name(&self, code: WardCode) -> Option<&str> {
        self.wards.commune_name(code)
    }

    /// The district in which the commune with a code lay before the merger that it has seen.
    pub fn commune_district(&self, code: WardCode) -> Option<&str> {
        self.wards.commune_district(code)
    }

    /// The heads of all planning layers.
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        self.plans.layers()
    }

    /// The hash of all that is held of a layer, of every day: see `layer_content.rs`.
    pub fn layer_content(&self, code: &LayerCode) -> Option<ContentHash> {
        self.plans.content(code)
    }

    /// The head of a layer.
    pub fn layer(&self, code: &LayerCode) -> Option<&Layer> {
        self.plans.layer(code)
    }

    /// All versions of planning features that the register holds.
    pub fn features(&self) -> impl Iterator<Item = &PlanFeature> {
        self.plans.features()
    }

    /// All versions of planning features that the register holds, to be kept by who draws them.
    pub fn shared_features(&self) -> impl Iterator<Item = &Arc<PlanFeature>> {
        self.plans.shared_features()
    }

    /// The state of wards and planning layers; it stays equal while parcels are edited.
    pub fn plan_state(&self) -> PlanState {
        PlanState(Arc::clone(&self.plans), Arc::clone(&self.wards))
    }

    /// The planning features of a day whose envelopes on a plane meet a window, each with its
    /// shape there; touching counts.
    pub fn features_in(
        &self,
        plane: Epsg,
        window: &Envelope,
        date: Day,
    ) -> Vec<(&PlanFeature, &Shape)> {
        self.plans.in_window(plane, window, date)
    }

    /// The parcels of a day whose envelopes on a plane meet a window; touching counts.
    pub fn parcels_in(&self, plane: Epsg, window: &Envelope, date: Day) -> Vec<ParcelVersion> {
        let rows = self.rows_at(plane, window, date);
        rows.into_iter().map(|row| self.version(row)).collect()
    }

    /// The parcels that share a piece of boundary, a corner or, by mistake, land with a parcel on
    /// a day; exact on its own plane, and those surveyed on another plane are not among them.
    pub fn neighbours(&self, id: ParcelId, date: Day) -> Vec<ParcelVersion> {
        let Some(parcel) = self.parcel(id, date).map(|v| v.parcel) else {
            return Vec::new();
        };
        let Some(envelope) = parcel.shape.envelope() else {
            return Vec::new();
        };
        let shape = Shape::Areas(parcel.shape);
        let around = self.rows_at(parcel.plane, &envelope, date).into_iter();
        let mut neighbours: Vec<ParcelVersion> = around
            .filter(|&row| intersects(&shape, &Shape::Areas(self.shape(row))))
            .map(|row| self.version(row))
            .filter(|v| v.parcel.id != id)
            .collect();
        neighbours.sort_by_key(|v| v.parcel.id);
        neighbours
    }
}
