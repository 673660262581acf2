//! What an import of certificates has to know: parcels by their keys, and the units that its file
//! may be about.

use super::rows::{RrrRow, UnitRow, with_parcels};
use crate::cadastre::{Day, Interval, ParcelId, ParcelKey, WardCode};
use crate::exchange::certificates::HeldCertificate;
use crate::store::codes;
use crate::store::connection::{AnyConnection, on_both, stream};
use crate::store::error::Error;
use crate::store::parcels::key;
use crate::store::schema::{ba_unit_parcels, ba_units, parcels, parcels_closed, revisions, rrrs};
use crate::store::store::Store;
use crate::store::tables::KEYS_AT_ONCE;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

diesel::allow_tables_to_appear_in_same_query!(ba_units, revisions);

/// The keys of a parcel on the days of one of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelKeys {
    /// Parcel.
    pub id: ParcelId,
    /// Key on the map.
    pub as_map: ParcelKey,
    /// Key on the certificate.
    pub as_certificate: Option<ParcelKey>,
    /// When it had them.
    pub valid: Interval<Day>,
}

#[derive(Queryable)]
struct KeysRow {
    parcel_id: i64,
    map_commune: String,
    map_sheet: String,
    map_number: String,
    certificate_commune: Option<String>,
    certificate_sheet: Option<String>,
    certificate_number: Option<String>,
    valid_from: String,
    valid_to: Option<String>,
}

impl KeysRow {
    fn into_keys(self) -> Result<ParcelKeys, Error> {
        let as_certificate = match (
            &self.certificate_commune,
            &self.certificate_sheet,
            &self.certificate_number,
        ) {
            (Some(commune), Some(sheet), Some(number)) => Some(key(commune, sheet, number)?),
            _ => None,
        };
        Ok(ParcelKeys {
            id: ParcelId::new(self.parcel_id)?,
            as_map: key(&self.map_commune, &self.map_sheet, &self.map_number)?,
            as_certificate,
            valid: Interval {
                from: Day::parse(&self.valid_from)?,
                to: codes::optional_day(self.valid_to.as_deref())?,
            },
        })
    }
}

/// Visits the keys of the parcels of a table with a key of some communes.
macro_rules! visit_keys {
    ($connection:expr, $table:ident, $first:expr, $last:expr, $visit:expr) => {
        stream!(
            &mut *$connection,
            $table::table
                .filter($table::closed_in.is_null())
                .filter(
                    $table::map_commune
                        .between($first, $last)
                        .or($table::certificate_commune
                            .is_not_null()
                            .and($table::certificate_commune.between($first, $last)))
                )
                .select((
                    $table::parcel_id,
                    $table::map_commune,
                    $table::map_sheet,
                    $table::map_number,
                    $table::certificate_commune,
                    $table::certificate_sheet,
                    $table::certificate_number,
                    $table::valid_from,
                    $table::valid_to,
                ))
                .order($table::version),
            KeysRow,
            |row: KeysRow| -> Result<(), Error> {
                $visit(row.into_keys()?);
                Ok(())
            }
        )
    };
}

impl Store {
    /// Streams the keys of all parcels that have a key of a commune from `first` to `last`, both
    /// included, as the register knows them now for all days.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn parcel_keys(
        &self,
        (first, last): (WardCode, WardCode),
        visit: &mut dyn FnMut(ParcelKeys),
    ) -> Result<(), Error> {
        let (first, last) = (first.to_string(), last.to_string());
        self.read(|c| {
            visit_keys!(c, parcels, &first, &last, visit);
            visit_keys!(c, parcels_closed, &first, &last, visit);
            Ok(())
        })
    }

    /// The units that a file of certificates may be about: those of its dataset, those with one of
    /// these serials, those that hold one of these parcels; as the register knows them now.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn certificates_in_scope(
        &self,
        dataset: &str,
        serials: &[String],
        parcels: &[ParcelId],
    ) -> Result<Vec<HeldCertificate>, Error> {
        self.read(|c| {
            let own = units_of_dataset(c, dataset)?;
            let mut ids: BTreeSet<i64> = own.clone();
            for serials in serials.chunks(KEYS_AT_ONCE) {
                let found: Vec<i64> = on_both!(&mut *c, c => ba_units::table
                    .filter(ba_units::certificate_serial.eq_any(serials))
                    .filter(ba_units::closed_in.is_null())
                    .select(ba_units::ba_unit_id)
                    .load(c))?;
                ids.extend(found);
            }
            for parcels in parcels.chunks(KEYS_AT_ONCE) {
                let wanted: Vec<i64> = parcels.iter().map(|parcel| parcel.get()).collect();
                let found: Vec<i64> = on_both!(&mut *c, c => ba_units::table
                    .filter(ba_units::version.eq_any(
                        ba_unit_parcels::table
                            .filter(ba_unit_parcels::parcel_id.eq_any(&wanted))
                            .select(ba_unit_parcels::version)
                    ))
                    .filter(ba_units::closed_in.is_null())
                    .select(ba_units::ba_unit_id)
                    .load(c))?;
                ids.extend(found);
            }
            held(c, &ids, &own)
        })
    }
}

fn units_of_dataset(connection: &mut AnyConnection, dataset: &str) -> Result<BTreeSet<i64>, Error> {
    let found: Vec<i64> = on_both!(connection, c => ba_units::table
        .filter(ba_units::closed_in.is_null())
        .filter(ba_units::recorded_in.eq_any(
            revisions::table
                .filter(revisions::dataset.eq(dataset))
                .select(revisions::number)
        ))
        .select(ba_units::ba_unit_id)
        .load(c))?;
    Ok(found.into_iter().collect())
}

/// The current knowledge of some units.
fn held(
    connection: &mut AnyConnection,
    ids: &BTreeSet<i64>,
    own: &BTreeSet<i64>,
) -> Result<Vec<HeldCertificate>, Error> {
    let mut found: BTreeMap<i64, HeldCertificate> = BTreeMap::new();
    let ids: Vec<i64> = ids.iter().copied().collect();
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let rows: Vec<UnitRow> = on_both!(&mut *connection, c => ba_units::table
            .filter(ba_units::ba_unit_id.eq_any(ids))
            .filter(ba_units::closed_in.is_null())
            .order((ba_units::valid_from, ba_units::version))
            .load(c))?;
        for rows in with_parcels(connection, rows)? {
            let id = rows.row.ba_unit_id;
            let unit = found.entry(id).or_insert_with(|| HeldCertificate {
                versions: Vec::new(),
                rights: Vec::new(),
                own: own.contains(&id),
            });
            unit.versions.push(rows.into_version()?);
        }
        let rights: Vec<RrrRow> = on_both!(&mut *connection, c => rrrs::table
            .filter(rrrs::ba_unit_id.eq_any(ids))
            .filter(rrrs::closed_in.is_null())
            .order((rrrs::valid_from, rrrs::version))
            .load(c))?;
        for row in rights {
            if let Some(unit) = found.get_mut(&row.ba_unit_id) {
                unit.rights.push(row.into_version()?);
            }
        }
    }
    Ok(found.into_values().collect())
}
