//! The land itself: an immutable base of parcel versions, the edits since, wards, plans, lineage.

use super::bulk::Bulk;
use super::entry::Entry;
use super::overlay::Overlay;
use super::plans::Plans;
use super::succession::LineageBook;
use super::wards::WardBook;
use crate::cadastre::{
    Day, Instant, Interval, Lineage, NationalParcelIdentifier, ParcelId, ParcelVersion, Revision,
    VersionId, WardCode,
};
use crate::crs::{Epsg, Planes, Transforms};
use crate::geometry::{Envelope, MultiPolygon};
use crate::index::Tree;
use std::collections::BTreeSet;
use std::sync::Arc;

/// All parcels and planning layers of a city at one revision. It never changes: an edit makes
/// another land that shares the base with this one.
#[derive(Debug, Clone)]
pub struct Land {
    pub(super) revision: Revision,
    pub(super) recorded_at: Option<Instant>,
    pub(super) base: Arc<Bulk>,
    pub(super) overlay: Overlay,
    pub(super) grounds: Vec<Ground>,
    pub(super) wards: Arc<WardBook>,
    pub(super) plans: Arc<Plans>,
    pub(super) lineage: LineageBook,
    pub(super) city: City,
}

/// The coordinate systems of a city.
#[derive(Debug, Clone)]
pub struct City {
    /// The planes in which parcels are measured.
    pub planes: Arc<Planes>,
    /// The ways between them and longitude and latitude.
    pub transforms: Arc<Transforms>,
}

/// The trees of one plane.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    pub(super) plane: Epsg,
    /// Versions whose valid time is not closed, future beginnings included.
    pub(super) open: Tree,
    /// Versions whose valid time is closed, future ends included.
    pub(super) closed: Tree,
}

/// What a land holds, for metrics and for deciding on a new base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LandSize {
    /// Parcel versions.
    pub versions: usize,
    /// Rows added and removed since the base was made: what a further edit has to copy.
    pub edits: usize,
    /// Bytes of the base: columns, geometry, key orders, trees; pools and planning not counted.
    pub base_bytes: usize,
}

impl Land {
    /// The state of the register it shows.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// When that state was recorded; nothing for an empty register.
    pub fn recorded_at(&self) -> Option<Instant> {
        self.recorded_at
    }

    /// Whether it holds the same base in memory as another land.
    pub fn shares_base_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.base, &other.base)
    }

    /// The coordinate systems it was built with.
    pub fn city(&self) -> &City {
        &self.city
    }

    /// The version of a parcel that is valid on a day; nothing when there is none.
    pub fn parcel(&self, id: ParcelId, date: Day) -> Option<ParcelVersion> {
        let row = self.rows_of_id(id).find(|&row| self.valid(row).has(date))?;
        Some(self.version(row))
    }

    /// As [`Land::parcel`], without a copy of it.
    pub fn entry_on(&self, id: ParcelId, date: Day) -> Option<Entry<'_>> {
        let row = self.rows_of_id(id).find(|&row| self.valid(row).has(date))?;
        Some(self.entry(row))
    }

    /// All versions of a parcel that the register holds today, by their first day.
    pub fn history(&self, id: ParcelId) -> Vec<ParcelVersion> {
        let mut versions: Vec<ParcelVersion> =
            self.rows_of_id(id).map(|row| self.version(row)).collect();
        versions.sort_by_key(|v| (v.lifespan.valid.from, v.version));
        versions
    }

    /// What a parcel came out of and what came out of it, by day.
    pub fn lineage(&self, id: ParcelId) -> Vec<Lineage> {
        self.lineage.of(id)
    }

    /// What it holds.
    pub fn size(&self) -> LandSize {
        let trees = self
            .grounds
            .iter()
            .map(|g| g.open.base_bytes() + g.closed.base_bytes());
        let added = self.overlay.rows.iter().flatten().count();
        LandSize {
            versions: self.base.len() + added - self.overlay.removed.len(),
            edits: self.overlay.len(),
            base_bytes: self.base.bytes() + trees.sum::<usize>(),
        }
    }

    /// An envelope on each plane around all parcels of any day; it may be wider than need be.
    pub fn extents(&self) -> Vec<(Epsg, Envelope)> {
        let extents = self.grounds.iter().flat_map(|ground| {
            let trees = [&ground.open, &ground.closed].into_iter();
            trees.filter_map(|tree| Some((ground.plane, tree.envelope()?)))
        });
        extents.collect()
    }

    pub(super) fn version(&self, row: u32) -> ParcelVersion {
        match self.overlay_version(row) {
            Some(version) => version.clone(),
            None => self.base.columns.version(row),
        }
    }

    pub(super) fn shape(&self, row: u32) -> MultiPolygon {
        match self.overlay_version(row) {
            Some(version) => version.parcel.shape.clone(),
            None => self.base.columns.shapes.shape(row),
        }
    }

    pub(super) fn valid(&self, row: u32) -> Interval<Day> {
        match self.overlay_version(row) {
            Some(version) => version.lifespan.valid,
            None => self.base.columns.valid(row),
        }
    }

    pub(super) fn id_of(&self, row: u32) -> ParcelId {
        match self.overlay_version(row) {
            Some(version) => version.parcel.id,
            None => self.base.columns.id(row),
        }
    }

    pub(super) fn version_id(&self, row: u32) -> VersionId {
        match self.overlay_version(row) {
            Some(version) => version.version,
            None => self.base.columns.version_id(row),
        }
    }

    pub(super) fn plane_of(&self, row: u32) -> Epsg {
        match self.overlay_version(row) {
            Some(version) => version.parcel.plane,
            None => self.base.columns.plane(row),
        }
    }

    pub(super) fn envelope(&self, row: u32) -> Option<Envelope> {
        match self.overlay_version(row) {
            Some(version) => version.parcel.shape.envelope(),
            None => self.base.columns.shapes.envelope(row),
        }
    }

    /// The smallest key above another, of all versions that were ever held by base or overlay.
    pub(super) fn id_after(&self, after: i64) -> Option<ParcelId> {
        let base = self.base.id_after(after);
        let added = self.overlay.id_after(after);
        match (base, added) {
            (Some(base), Some(added)) => Some(base.min(added)),
            (base, added) => base.or(added),
        }
    }

    pub(super) fn ward_of(&self, row: u32) -> u32 {
        match self.overlay_version(row) {
            Some(version) => version.parcel.ward.number(),
            None => self.base.columns.rows[row as usize].facts.ward(),
        }
    }

    /// The version of a row that does not stand in the base; rows handed out are never empty.
    pub(super) fn overlay_version(&self, row: u32) -> Option<&ParcelVersion> {
        let place = (row as usize).checked_sub(self.base.len())?;
        self.overlay.rows.get(place)?.as_deref()
    }

    /// The rows of base and overlay that still count.
    pub(super) fn counting<'a>(
        &'a self,
        base: &'a [u32],
        overlay: &'a [u32],
    ) -> impl Iterator<Item = u32> + 'a {
        let first = self.base.len() as u32;
        let base = base.iter().copied();
        let removed = &self.overlay.removed;
        let base = base.filter(|row| removed.is_empty() || !removed.contains(row));
        let held = |row: &&u32| self.overlay.rows[**row as usize].is_some();
        base.chain(overlay.iter().filter(held).map(move |row| first + row))
    }

    /// All rows that still count.
    pub(super) fn rows_that_count(&self) -> impl Iterator<Item = u32> + '_ {
        let first = self.base.len() as u32;
        let base = (0..first).filter(|row| !self.overlay.removed.contains(row));
        let added = self.overlay.rows.iter().enumerate();
        let added = added.filter(|(_, row)| row.is_some());
        base.chain(added.map(move |(row, _)| first + row as u32))
    }

    pub(super) fn rows_of_id(&self, id: ParcelId) -> impl Iterator<Item = u32> + '_ {
        self.counting(self.base.rows_of_id(id), self.overlay.rows_of_id(id))
    }

    pub(super) fn rows_of_identifier(
        &self,
        identifier: &NationalParcelIdentifier,
    ) -> impl Iterator<Item = u32> + '_ {
        self.counting(
            self.base.rows_of_identifier(identifier),
            self.overlay.rows_of_identifier(identifier),
        )
    }

    /// The rows valid on a day whose envelopes meet a window of a plane; touching counts.
    pub(super) fn rows_at(&self, plane: Epsg, window: &Envelope, date: Day) -> Vec<u32> {
        let mut rows = Vec::new();
        self.each_row_around(plane, window, |row| {
            if self.valid(row).has(date) {
                rows.push(row);
            }
        });
        rows
    }

    /// Hands over the rows of any day whose envelopes meet a window of a plane.
    pub(super) fn each_row_around(
        &self,
        plane: Epsg,
        window: &Envelope,
        mut each: impl FnMut(u32),
    ) {
        for ground in self.grounds.iter().filter(|g| g.plane == plane) {
            for tree in [&ground.open, &ground.closed] {
                tree.search(window, &mut each);
            }
        }
    }

    /// The communes in whose series parcels of a ward are numbered.
    pub(super) fn communes_of(&self, ward: WardCode) -> BTreeSet<WardCode> {
        let base = self.base.communes.get(&ward).into_iter().flatten().copied();
        base.chain(self.overlay.communes_of(ward)).collect()
    }
}
