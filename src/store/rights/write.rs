//! Writing what an edit says of rights, in the transaction of the edit.

use super::rows::{OneTable, RrrRow, UnitRows};
use crate::cadastre::{Day, Rrr};
use crate::land::{Edit, ParcelChange, VersionChange};
use crate::store::connection::on_both;
use crate::store::error::Error;
use crate::store::head::Sequence;
use crate::store::personal::{self, Vault};
use crate::store::schema::{ba_units, parcels, parcels_closed};
use crate::store::tables::KEYS_AT_ONCE;
use crate::store::timeline::{self, Change};
use crate::store::writing::Writing;
use diesel::prelude::*;
use std::collections::BTreeSet;

impl Writing<'_> {
    /// Writes parties, units and rights; what they refer to is in the edit or in the store.
    pub fn rights(&mut self, edit: &Edit, vault: &Vault) -> Result<(), Error> {
        let rights = &edit.rights;
        if rights.is_empty() {
            return Ok(());
        }
        personal::record(self, &rights.parties, vault)?;
        self.check_parcels(edit)?;
        let units = self.changes(&rights.units, UnitRows::new)?;
        self.settle_in_one(units)?;
        for unit in rights.units.iter().filter_map(record) {
            self.head.pass(Sequence::Others, unit.id.0);
        }
        self.check_rights(&rights.rights)?;
        let changes = self.changes(&rights.rights, RrrRow::new)?;
        self.settle_in_one(changes)?;
        for right in rights.rights.iter().filter_map(record) {
            self.head.pass(Sequence::Others, right.id.0);
        }
        let parts = [
            rights.parties.len(),
            rights.units.len(),
            rights.rights.len(),
        ];
        self.counts.others += parts.iter().sum::<usize>() as i64;
        Ok(())
    }

    /// Every parcel of a unit is opened by the edit, or held.
    fn check_parcels(&mut self, edit: &Edit) -> Result<(), Error> {
        let units = edit.rights.units.iter().filter_map(record);
        let mut named: BTreeSet<i64> = BTreeSet::new();
        for unit in units {
            named.extend(unit.parcels.iter().map(|parcel| parcel.get()));
        }
        for change in &edit.parcels {
            if let ParcelChange::Open { parcel, .. } = change {
                named.remove(&parcel.id.get());
            }
        }
        let found = held(&named, |ids| {
            on_both!(&mut *self.connection, c => {
                let mut found: Vec<i64> = parcels::table
                    .filter(parcels::parcel_id.eq_any(ids))
                    .select(parcels::parcel_id)
                    .load(c)?;
                found.extend(parcels_closed::table
                    .filter(parcels_closed::parcel_id.eq_any(ids))
                    .select(parcels_closed::parcel_id)
                    .load::<i64>(c)?);
                Ok(found)
            })
        })?;
        refuse_unknown(
            "unit of parcel",
            "a parcel that the register holds",
            &named,
            &found,
        )
    }

    /// Every right is one of a unit and a party that the register holds.
    fn check_rights(&mut self, rights: &[VersionChange<Rrr>]) -> Result<(), Error> {
        let records = || rights.iter().filter_map(record);
        let named: BTreeSet<i64> = records().map(|right| right.ba_unit.0).collect();
        let found = held(&named, |ids| {
            on_both!(&mut *self.connection, c => Ok(ba_units::table
                .filter(ba_units::ba_unit_id.eq_any(ids))
                .select(ba_units::ba_unit_id)
                .load(c)?))
        })?;
        refuse_unknown(
            "right in unit",
            "a unit that the register holds",
            &named,
            &found,
        )?;
        let named: BTreeSet<i64> = records().map(|right| right.party.0).collect();
        let found = personal::held_parties(self.connection, &named)?;
        refuse_unknown(
            "right of party",
            "a party that the register holds",
            &named,
            &found,
        )
    }

    /// Changes as those of rows, each with the key of its thing.
    fn changes<T, R: OneTable<Key = i64>>(
        &mut self,
        changes: &[VersionChange<T>],
        row: impl Fn(&T, Day, Option<Day>) -> R,
    ) -> Result<Vec<(i64, Change<R>)>, Error> {
        let ended = changes.iter().filter_map(|change| match change {
            VersionChange::Close { version, .. } => Some(version.0),
            _ => None,
        });
        let keys = R::keys_of(self.connection, &ended.collect::<Vec<_>>())?;
        let as_row = |change: &VersionChange<T>| match change {
            VersionChange::Open { record, from, to } => {
                let row = row(record, *from, *to);
                Ok((row.key(), Change::Open(row)))
            }
            VersionChange::Supersede {
                version,
                record,
                from,
            } => {
                let row = row(record, *from, None);
                Ok((row.key(), Change::Supersede(version.0, row)))
            }
            VersionChange::Close { version, to } => {
                let key = keys.get(&version.0).copied();
                let key = key.ok_or_else(|| Error::Stale {
                    what: R::WHAT,
                    key: format!("version {}", version.0),
                })?;
                Ok((key, Change::CloseVersion(version.0, to.to_string())))
            }
        };
        changes.iter().map(as_row).collect()
    }

    /// Applies changes to the versions of their things, which stay in one table.
    fn settle_in_one<R: OneTable<Key = i64>>(
        &mut self,
        changes: Vec<(i64, Change<R>)>,
    ) -> Result<(), Error> {
        let changes = timeline::by_key(changes);
        let keys: Vec<i64> = changes.keys().copied().collect();
        let current = R::current(self.connection, &keys)?;
        let (mut written, closed) = timeline::settled(changes, current)?;
        let ended: Vec<i64> = closed.iter().map(R::version).collect();
        let count = R::close_all(self.connection, &ended, self.at, self.revision)?;
        if count != ended.len() {
            return Err(Error::Stale {
                what: R::WHAT,
                key: format!("{} versions", ended.len()),
            });
        }
        for row in &mut written {
            row.record(self.head.version(), self.at, self.revision);
        }
        R::insert(self.connection, &written)
    }
}

/// What a change states; an end states nothing.
fn record<T>(change: &VersionChange<T>) -> Option<&T> {
    match change {
        VersionChange::Open { record, .. } | VersionChange::Supersede { record, .. } => {
            Some(record)
        }
        VersionChange::Close { .. } => None,
    }
}

/// Those of some ids that a query finds, asked in parts.
fn held(
    ids: &BTreeSet<i64>,
    mut find: impl FnMut(&[i64]) -> Result<Vec<i64>, Error>,
) -> Result<BTreeSet<i64>, Error> {
    let ids: Vec<i64> = ids.iter().copied().collect();
    let mut found = BTreeSet::new();
    for part in ids.chunks(KEYS_AT_ONCE) {
        found.extend(find(part)?);
    }
    Ok(found)
}

fn refuse_unknown(
    what: &'static str,
    expected: &str,
    named: &BTreeSet<i64>,
    found: &BTreeSet<i64>,
) -> Result<(), Error> {
    match named.difference(found).next() {
        Some(unknown) => Err(Error::Refused {
            what,
            key: unknown.to_string(),
            reason: format!("expected {expected}"),
        }),
        None => Ok(()),
    }
}
