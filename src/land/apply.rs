//! Applying a difference to a land, and making a new base of what has gathered.

use super::build::grounds;
use super::bulk::Bulk;
use super::change::Changes;
use super::columns::Columns;
use super::overlay::Overlay;
use super::snapshot::{Ground, Land};
use super::succession::LineageBook;
use super::wards::WardBook;
use crate::cadastre::{ParcelVersion, Ward, WardSuccession};
use crate::crs::Epsg;
use crate::index::Tree;
use std::sync::Arc;

impl Land {
    /// The land after a difference. The base is shared, so the cost is that of the edits since
    /// the base was made; see [`Land::compact`].
    pub fn apply(&self, changes: &Changes) -> Self {
        let mut land = self.clone();
        land.revision = changes.to;
        land.recorded_at = changes.recorded_at.or(self.recorded_at);
        for version in &changes.parcels {
            land.replace_parcel(version);
        }
        land.lineage.add(&changes.lineage);
        if !changes.layers.is_empty() || !changes.features.is_empty() {
            let plans = Arc::make_mut(&mut land.plans);
            plans.replace_layers(changes.layers.iter().cloned());
            changes.features.iter().for_each(|f| plans.replace(f));
            plans.settle();
        }
        if !changes.wards.is_empty() || !changes.successions.is_empty() {
            land.wards = Arc::new(self.wards.with(&changes.wards, &changes.successions));
        }
        land
    }

    /// The same land on a new base without edits. Costs in proportion to the city; to be done
    /// beside the running land when [`super::LandSize::edits`] has grown.
    pub fn compact(&self) -> Self {
        let mut columns = Columns::default();
        let base_rows = 0..self.base.len() as u32;
        for row in base_rows.filter(|row| !self.overlay.removed.contains(row)) {
            columns.push(&self.base.columns.version(row));
        }
        for version in self.overlay.rows.iter().flatten() {
            columns.push(version);
        }
        let base = Bulk::build(&columns);
        drop(columns);
        Self {
            grounds: grounds(&base),
            base: Arc::new(base),
            overlay: Overlay::default(),
            lineage: LineageBook::new(self.lineage.iter().copied().collect()),
            ..self.clone()
        }
    }

    /// Takes a version as it now stands: out, when the register no longer holds it; else in.
    fn replace_parcel(&mut self, version: &ParcelVersion) {
        let id = version.parcel.id;
        let same = |row: &u32| self.version(*row).version == version.version;
        let held: Option<u32> = self.rows_of_id(id).find(same);
        if let Some(row) = held {
            self.remove_row(row);
        }
        if version.lifespan.recorded.to.is_none() {
            self.add_row(version);
        }
    }

    fn remove_row(&mut self, row: u32) {
        let version = self.version(row);
        if let Some(envelope) = version.parcel.shape.envelope() {
            let closed = version.lifespan.valid.to.is_some();
            self.tree(version.parcel.plane, closed)
                .remove(row, &envelope);
        }
        match (row as usize).checked_sub(self.base.len()) {
            Some(place) => self.overlay.rows[place] = None,
            None => {
                self.overlay.removed.insert(row);
            }
        }
    }

    fn add_row(&mut self, version: &ParcelVersion) {
        let row = self.base.len() as u32 + self.overlay.push(Arc::new(version.clone()));
        if let Some(envelope) = version.parcel.shape.envelope() {
            let closed = version.lifespan.valid.to.is_some();
            self.tree(version.parcel.plane, closed)
                .insert(row, &envelope);
        }
    }

    fn tree(&mut self, plane: Epsg, closed: bool) -> &mut Tree {
        let place = self.grounds.iter().position(|g| g.plane == plane);
        let place = place.unwrap_or_else(|| {
            self.grounds.push(Ground {
                plane,
                open: Tree::default(),
                closed: Tree::default(),
            });
            self.grounds.len() - 1
        });
        let ground = &mut self.grounds[place];
        if closed {
            &mut ground.closed
        } else {
            &mut ground.open
        }
    }
}

impl WardBook {
    /// The book after wards and crosswalk rows were written: one with the same key is replaced.
    fn with(&self, wards: &[Ward], successions: &[WardSuccession]) -> Self {
        let mut all_wards = self.wards().to_vec();
        for ward in wards {
            all_wards.retain(|w| (w.code, w.valid.from) != (ward.code, ward.valid.from));
            all_wards.push(ward.clone());
        }
        let mut all = self.successions().to_vec();
        for succession in successions {
            all.retain(|s| (&s.former, s.ward) != (&succession.former, succession.ward));
            all.push(succession.clone());
        }
        Self::new(all_wards, all)
    }
}
