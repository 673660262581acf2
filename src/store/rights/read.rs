//! Which units and rights hold: of a parcel, of a party, and all of them.

use super::rows::{RrrRow, UnitRow, UnitRows, with_parcels};
use crate::cadastre::{
    BaUnitVersion, Day, Instant, ParcelId, Party, PartyId, PartyKind, RrrVersion,
};
use crate::store::codes::Words as _;
use crate::store::connection::{AnyConnection, on_both, stream};
use crate::store::error::Error;
use crate::store::schema::{ba_unit_parcels, ba_units, parties, rrrs};
use crate::store::store::Store;
use crate::store::tables::KEYS_AT_ONCE;
use diesel::prelude::*;
use std::collections::BTreeMap;

diesel::allow_tables_to_appear_in_same_query!(ba_units, ba_unit_parcels);

/// A unit on a day, with rights in it that hold on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitWithRights {
    /// The unit.
    pub unit: BaUnitVersion,
    /// The rights, in the order of their keys.
    pub rights: Vec<RrrVersion>,
}

/// Who reads everything the register knows of rights, one record after the other.
///
/// The order is fixed: parties, units, then rights. Of units and rights come the versions that are
/// the current knowledge; of parties only that there are some, not who they are.
pub trait RightsReader {
    /// A party, and whether its key was destroyed.
    fn party(&mut self, party: Party, erased: bool);
    /// A version of a unit.
    fn unit(&mut self, unit: BaUnitVersion);
    /// A version of a right, restriction or responsibility.
    fn right(&mut self, right: RrrVersion);
}

/// Whether a version of a table holds on a day, as the register knew it at a moment.
macro_rules! holds {
    ($table:ident, $on:expr) => {
        $table::valid_from
            .le(&$on.day)
            .and($table::valid_to.is_null().or($table::valid_to.gt(&$on.day)))
            .and($table::recorded_from.le($on.known))
            .and(
                $table::recorded_to
                    .is_null()
                    .or($table::recorded_to.gt($on.known)),
            )
    };
}

/// A day, and until when the register's knowledge is asked for, as the tables have them.
struct On {
    day: String,
    known: i64,
}

impl On {
    fn new(day: Day, known_at: Option<Instant>) -> Self {
        Self {
            day: day.to_string(),
            known: known_at.map_or(i64::MAX, |at| at.0),
        }
    }
}

impl Store {
    /// The units that hold a parcel on a day, with all rights in them; as the register knows it
    /// now, or as it knew it at a moment.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn units_of_parcel(
        &self,
        parcel: ParcelId,
        day: Day,
        known_at: Option<Instant>,
    ) -> Result<Vec<UnitWithRights>, Error> {
        let on = On::new(day, known_at);
        self.read(|c| {
            let units: Vec<UnitRow> = on_both!(&mut *c, c => ba_units::table
                .filter(ba_units::version.eq_any(
                    ba_unit_parcels::table
                        .filter(ba_unit_parcels::parcel_id.eq(parcel.get()))
                        .select(ba_unit_parcels::version)
                ))
                .filter(holds!(ba_units, on))
                .order(ba_units::ba_unit_id)
                .load(c))?;
            let ids: Vec<i64> = units.iter().map(|row| row.ba_unit_id).collect();
            let mut rights = Vec::new();
            for ids in ids.chunks(KEYS_AT_ONCE) {
                rights.extend(on_both!(&mut *c, c => rrrs::table
                    .filter(rrrs::ba_unit_id.eq_any(ids))
                    .filter(holds!(rrrs, on))
                    .order(rrrs::rrr_id)
                    .load::<RrrRow>(c))?);
            }
            together(c, units, rights)
        })
    }

    /// The units in which a party has rights on a day, with these rights only; as the register
    /// knows it now, or as it knew it at a moment.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn rights_of_party(
        &self,
        party: PartyId,
        day: Day,
        known_at: Option<Instant>,
    ) -> Result<Vec<UnitWithRights>, Error> {
        let on = On::new(day, known_at);
        self.read(|c| {
            let rights: Vec<RrrRow> = on_both!(&mut *c, c => rrrs::table
                .filter(rrrs::party_id.eq(party.0))
                .filter(holds!(rrrs, on))
                .order(rrrs::rrr_id)
                .load(c))?;
            let mut ids: Vec<i64> = rights.iter().map(|row| row.ba_unit_id).collect();
            ids.sort_unstable();
            ids.dedup();
            let mut units = Vec::new();
            for ids in ids.chunks(KEYS_AT_ONCE) {
                units.extend(on_both!(&mut *c, c => ba_units::table
                    .filter(ba_units::ba_unit_id.eq_any(ids))
                    .filter(holds!(ba_units, on))
                    .order(ba_units::ba_unit_id)
                    .load::<UnitRow>(c))?);
            }
            together(c, units, rights)
        })
    }

    /// Streams all parties, units and rights, in one read transaction.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn visit_rights(&self, reader: &mut dyn RightsReader) -> Result<(), Error> {
        self.read(|c| {
            visit_parties(c, reader)?;
            visit_units(c, reader)?;
            stream!(
                &mut *c,
                rrrs::table
                    .filter(rrrs::closed_in.is_null())
                    .order(rrrs::version),
                RrrRow,
                |row: RrrRow| -> Result<(), Error> {
                    reader.right(row.into_version()?);
                    Ok(())
                }
            );
            Ok(())
        })
    }
}

/// Units, each with its rights.
fn together(
    connection: &mut AnyConnection,
    units: Vec<UnitRow>,
    rights: Vec<RrrRow>,
) -> Result<Vec<UnitWithRights>, Error> {
    let mut by_unit: BTreeMap<i64, Vec<RrrVersion>> = BTreeMap::new();
    for row in rights {
        let of_unit = by_unit.entry(row.ba_unit_id).or_default();
        of_unit.push(row.into_version()?);
    }
    let whole = |rows: UnitRows| {
        Ok(UnitWithRights {
            rights: by_unit.remove(&rows.row.ba_unit_id).unwrap_or_default(),
            unit: rows.into_version()?,
        })
    };
    let units = with_parcels(connection, units)?;
    units.into_iter().map(whole).collect()
}

fn visit_parties(
    connection: &mut AnyConnection,
    reader: &mut dyn RightsReader,
) -> Result<(), Error> {
    stream!(
        connection,
        parties::table
            .select((parties::party_id, parties::kind, parties::erased_at))
            .order(parties::party_id),
        (i64, String, Option<i64>),
        |(id, kind, erased): (i64, String, Option<i64>)| -> Result<(), Error> {
            let party = Party {
                id: PartyId(id),
                kind: PartyKind::read(&kind)?,
            };
            reader.party(party, erased.is_some());
            Ok(())
        }
    );
    Ok(())
}

fn visit_units(connection: &mut AnyConnection, reader: &mut dyn RightsReader) -> Result<(), Error> {
    type Joined = (UnitRow, Option<i64>);
    let mut waiting: Option<UnitRows> = None;
    let mut hand_over = |next: Option<UnitRows>, waiting: &mut Option<UnitRows>| {
        if let Some(whole) = std::mem::replace(waiting, next) {
            reader.unit(whole.into_version()?);
        }
        Ok::<(), Error>(())
    };
    stream!(
        connection,
        ba_units::table
            .left_join(ba_unit_parcels::table.on(ba_unit_parcels::version.eq(ba_units::version)))
            .filter(ba_units::closed_in.is_null())
            .select((ba_units::all_columns, ba_unit_parcels::parcel_id.nullable()))
            .order((ba_units::version, ba_unit_parcels::parcel_id)),
        Joined,
        |(row, parcel): Joined| -> Result<(), Error> {
            match &mut waiting {
                Some(unit) if unit.row.version == row.version => unit.parcels.extend(parcel),
                _ => {
                    let parcels = parcel.into_iter().collect();
                    hand_over(Some(UnitRows { row, parcels }), &mut waiting)?;
                }
            }
            Ok(())
        }
    );
    hand_over(None, &mut waiting)
}
