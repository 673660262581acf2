//! Writing an edit: one transaction, one revision, two times.

use super::connection::AnyConnection;
use super::display::{self, Display};
use super::error::Error;
use super::features::{CorridorRow, FeatureRow, RestrictionRow, RoadRow, ZoneRow, takes};
use super::head::Sequence;
use super::parcels::ParcelRow;
use super::personal::Vault;
use super::rtree::LargeWrite;
use super::tables::VersionedTable;
use super::timeline::{Change, Versioned};
use super::wards::WardRow;
use super::writing::Writing;
use super::{catalogue, revisions};
use crate::cadastre::{Day, Instant, Parcel, Revision, VersionId};
use crate::crs::Epsg;
use crate::geometry::Shape;
use crate::land::{Edit, FeatureChange, ParcelChange};
use crate::planning::{FeatureKind, PlanFeature};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::mpsc::{SyncSender, sync_channel};

/// How many parcels are turned into rows, and written, at a time.
const PARCELS_AT_ONCE: usize = 4096;

/// Writes an edit inside a write transaction and gives the new revision.
pub(super) fn write_edit(
    connection: &mut AnyConnection,
    edit: &Edit,
    at: Instant,
    (display, vault): (&dyn Display, &Vault),
) -> Result<Revision, Error> {
    let mut writing = Writing::begin(connection, at)?;
    writing.check_basis(edit)?;
    writing.wards(edit, display)?;
    writing.catalogue(edit)?;
    writing.features(edit, display)?;
    writing.parcels(edit, display)?;
    writing.rights(edit, vault)?;
    writing.finish(edit)
}

impl Writing<'_> {
    /// An edit that was made on a revision goes in only while that is the newest one.
    fn check_basis(&self, edit: &Edit) -> Result<(), Error> {
        let newest = self.revision - 1;
        match edit.based_on {
            Some(Revision(number)) if i64::try_from(number) != Ok(newest) => Err(Error::Stale {
                what: "revision",
                key: number.to_string(),
            }),
            _ => Ok(()),
        }
    }

    fn wards(&mut self, edit: &Edit, display: &dyn Display) -> Result<(), Error> {
        let mut changes = Vec::with_capacity(edit.wards.len());
        for ward in &edit.wards {
            let border = Shape::Areas(ward.border.clone());
            let geom = one_blob(display, ward.plane, &border)?;
            changes.push((ward.code.to_string(), WardRow::new(ward, &border, geom)));
        }
        self.counts.others += changes.len() as i64;
        let changes = changes.into_iter().map(|(k, row)| (k, Change::Put(row)));
        self.settle(changes.collect())?;
        Ok(())
    }

    fn catalogue(&mut self, edit: &Edit) -> Result<(), Error> {
        for layer in &edit.layers {
            let stamp = (self.head.version(), self.at, self.revision);
            catalogue::write_layer(self.connection, layer, stamp)?;
        }
        for succession in &edit.successions {
            let stamp = (self.head.other(), self.revision);
            let new = catalogue::write_succession(self.connection, succession, stamp)?;
            self.counts.others += i64::from(new);
        }
        let count = u32::try_from(edit.lineage.len()).map_err(|_| Error::Refused {
            what: "edit",
            key: edit.dataset.clone(),
            reason: "fewer than 2^32 edges of lineage".to_owned(),
        })?;
        let first = self.head.reserve(Sequence::Others, count).start;
        catalogue::write_lineage(self.connection, &edit.lineage, (first, self.revision))?;
        self.counts.others += (edit.layers.len() + edit.lineage.len()) as i64;
        Ok(())
    }

    fn features(&mut self, edit: &Edit, display: &dyn Display) -> Result<(), Error> {
        for change in &edit.features {
            if let FeatureChange::Open(feature) = change {
                check_shapes(feature)?;
                self.head.pass(Sequence::Features, feature.id.0);
            }
        }
        let mut held = BTreeSet::new();
        held.extend(self.features_of::<ZoneRow>(edit, display)?);
        held.extend(self.features_of::<RoadRow>(edit, display)?);
        held.extend(self.features_of::<CorridorRow>(edit, display)?);
        held.extend(self.features_of::<RestrictionRow>(edit, display)?);
        let closed = edit.features.iter().filter_map(|change| match change {
            FeatureChange::Close { id, .. } => Some(id.0),
            FeatureChange::Open(_) => None,
        });
        match closed.into_iter().find(|id| !held.contains(id)) {
            Some(id) => Err(Error::Stale {
                what: "feature",
                key: id.to_string(),
            }),
            None => Ok(()),
        }
    }

    /// Writes the features of one kind, the changes of each in their order; the ids among them
    /// that its table holds.
    fn features_of<R>(&mut self, edit: &Edit, display: &dyn Display) -> Result<Vec<i64>, Error>
    where
        R: VersionedTable + Versioned<Key = i64> + FeatureRow,
    {
        let mentioned: BTreeSet<i64> = edit.features.iter().map(|c| c.feature().0.0).collect();
        let mentioned: Vec<i64> = mentioned.into_iter().collect();
        let held: BTreeMap<i64, String> = R::layers_held(self.connection, &mentioned)?
            .into_iter()
            .collect();
        let mut changes = Vec::new();
        for change in &edit.features {
            let (id, layer) = change.feature();
            if let Some(held) = held.get(&id.0).filter(|held| **held != *layer.0) {
                return Err(Error::Refused {
                    what: R::WHAT,
                    key: id.0.to_string(),
                    reason: format!("expected a feature of `{}`, it is one of `{held}`", layer.0),
                });
            }
            match change {
                FeatureChange::Open(feature) => {
                    if R::new(feature, Vec::new()).is_some() {
                        let (plane, shape) = &feature.shapes[0];
                        let geom = one_blob(display, *plane, shape)?;
                        let row = R::new(feature, geom);
                        changes.extend(row.map(|row| (row.key(), Change::Put(row))));
                    }
                }
                FeatureChange::Close { to, .. } if held.contains_key(&id.0) => {
                    changes.push((id.0, Change::CloseAll(to.to_string())));
                }
                FeatureChange::Close { .. } => {}
            }
        }
        let (written, closed) = self.settle(changes)?;
        self.counts.features_written += written;
        self.counts.features_closed += closed;
        Ok(held.into_keys().collect())
    }

    fn parcels(&mut self, edit: &Edit, display: &dyn Display) -> Result<(), Error> {
        let ordered = self.in_order_of_parcels(edit)?;
        let large = LargeWrite::begin(self.connection, ParcelRow::OPEN, ordered.len())?;
        self.extents.keep(large.table());
        let newest = ParcelRow::newest(self.connection)?;
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel(2);
            // One thread turns parcels into rows while this one writes them.
            let ordered = ordered.as_slice();
            let rows = scope.spawn(move || send_rows(ordered, display, &send));
            for chunk in receive {
                let (written, closed) = self.settle_held(chunk?, |id| Some(*id) <= newest)?;
                self.counts.parcels_written += written;
                self.counts.parcels_closed += closed;
            }
            rows.join().map_err(|_| Error::Refused {
                what: "edit",
                key: edit.dataset.clone(),
                reason: "a display that does not panic".to_owned(),
            })
        })?;
        large.finish(self.connection, self.extents.kept())
    }

    /// The changes with the ids of their parcels, all of one parcel together and in their order.
    fn in_order_of_parcels<'e>(
        &mut self,
        edit: &'e Edit,
    ) -> Result<Vec<(i64, &'e ParcelChange)>, Error> {
        let ended = edit.parcels.iter().filter_map(|change| match change {
            ParcelChange::Close { version, .. } => Some(version.0),
            _ => None,
        });
        let ended: Vec<i64> = ended.collect();
        let ids: HashMap<i64, i64> = ParcelRow::by_version(self.connection, &ended)?
            .iter()
            .map(|row| (row.version, row.parcel_id))
            .collect();
        let mut ordered = Vec::with_capacity(edit.parcels.len());
        for change in &edit.parcels {
            let id = match change {
                ParcelChange::Open { parcel, .. } | ParcelChange::Supersede { parcel, .. } => {
                    self.head.pass(Sequence::Parcels, parcel.id.get());
                    parcel.id.get()
                }
                ParcelChange::Close { version, .. } => {
                    *ids.get(&version.0).ok_or_else(|| Error::Stale {
                        what: "parcel version",
                        key: version.0.to_string(),
                    })?
                }
            };
            ordered.push((id, change));
        }
        ordered.sort_by_key(|(id, _)| *id);
        Ok(ordered)
    }

    fn finish(mut self, edit: &Edit) -> Result<Revision, Error> {
        revisions::write(&mut self, edit)?;
        self.release()
    }
}

type ParcelRows = Vec<(i64, Change<ParcelRow>)>;

/// Sends the changes as rows, never cutting the changes of one parcel apart; ends when nobody
/// listens any more.
fn send_rows(
    ordered: &[(i64, &ParcelChange)],
    display: &dyn Display,
    send: &SyncSender<Result<ParcelRows, Error>>,
) {
    let mut rest = ordered;
    while !rest.is_empty() {
        let mut end = rest.len().min(PARCELS_AT_ONCE);
        while end < rest.len() && rest[end].0 == rest[end - 1].0 {
            end += 1;
        }
        let (chunk, later) = rest.split_at(end);
        if send.send(parcel_rows(chunk, display)).is_err() {
            return;
        }
        rest = later;
    }
}

fn parcel_rows(chunk: &[(i64, &ParcelChange)], display: &dyn Display) -> Result<ParcelRows, Error> {
    let mut geoms = parcel_blobs(chunk, display)?;
    let mut row = |place: usize, parcel: &Parcel, from: Day, to: Option<Day>| {
        ParcelRow::new(parcel, from, to, geoms.remove(&place).unwrap_or_default())
    };
    Ok(chunk
        .iter()
        .enumerate()
        .map(|(place, (id, change))| {
            let change = match change {
                ParcelChange::Open { parcel, from, to } => {
                    Change::Open(row(place, parcel, *from, *to))
                }
                ParcelChange::Supersede {
                    version: VersionId(version),
                    parcel,
                    from,
                } => Change::Supersede(*version, row(place, parcel, *from, None)),
                ParcelChange::Close { version, to } => {
                    Change::CloseVersion(version.0, to.to_string())
                }
            };
            (*id, change)
        })
        .collect())
}

/// The display geometries of the parcels of a chunk, by their place in it; one transform a plane.
fn parcel_blobs(
    chunk: &[(i64, &ParcelChange)],
    display: &dyn Display,
) -> Result<HashMap<usize, Vec<u8>>, Error> {
    let mut by_plane: BTreeMap<Epsg, (Vec<usize>, Vec<Shape>)> = BTreeMap::new();
    for (place, (_, change)) in chunk.iter().enumerate() {
        let (ParcelChange::Open { parcel, .. } | ParcelChange::Supersede { parcel, .. }) = change
        else {
            continue;
        };
        let (places, shapes) = by_plane.entry(parcel.plane).or_default();
        places.push(place);
        shapes.push(Shape::Areas(parcel.shape.clone()));
    }
    let mut found = HashMap::with_capacity(chunk.len());
    for (plane, (places, shapes)) in by_plane {
        let shapes: Vec<&Shape> = shapes.iter().collect();
        let blobs = display::blobs(display, plane, &shapes)?;
        found.extend(places.into_iter().zip(blobs));
    }
    Ok(found)
}

fn one_blob(display: &dyn Display, plane: Epsg, shape: &Shape) -> Result<Vec<u8>, Error> {
    let blobs = display::blobs(display, plane, &[shape])?;
    Ok(blobs.into_iter().next().unwrap_or_default())
}

fn check_shapes(feature: &PlanFeature) -> Result<(), Error> {
    let fits = |shape: &Shape| takes(&feature.kind, shape) && shape.envelope().is_some();
    if feature.shapes.iter().all(|(_, shape)| fits(shape)) && !feature.shapes.is_empty() {
        return Ok(());
    }
    let reason = match feature.kind {
        FeatureKind::Restriction { .. } => "at least one shape, and none empty",
        _ => "at least one shape, none empty, and areas only",
    };
    Err(Error::Refused {
        what: "feature",
        key: feature.id.0.to_string(),
        reason: reason.to_owned(),
    })
}
