//! Parcels by what names them, their keys on the map and national identifiers, through the indexes
//! of these: what a file of a few parcels asks of a city.

use std::collections::{BTreeMap, BTreeSet};

use super::connection::{AnyConnection, on_both};
use super::error::Error;
use super::parcels::{StoredParcel, stored_parcel};
use super::schema::{parcels, revisions};
use super::store::Store;
use super::tables::KEYS_AT_ONCE;
use crate::cadastre::{ParcelKey, ParcelVersion};
use diesel::prelude::*;

/// Names of parcels.
#[derive(Debug, Clone, Copy)]
pub struct ParcelNames<'a> {
    /// Keys on the map.
    pub keys: &'a [ParcelKey],
    /// National identifiers.
    pub identifiers: &'a [String],
}

impl Store {
    /// Streams the current knowledge of the parcels that have, or had, one of some names.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn parcels_named(
        &self,
        names: ParcelNames<'_>,
        visit: &mut dyn FnMut(ParcelVersion),
    ) -> Result<(), Error> {
        self.read(|c| parcels_named(c, names, visit))
    }

    /// How many parcels stand, as open versions, as a dataset recorded them.
    ///
    /// # Errors
    /// Any failure of the database.
    pub fn count_standing(&self, dataset: &str) -> Result<u64, Error> {
        self.read(|c| count_standing(c, dataset))
    }
}

/// Visits all versions, as far as they are the current knowledge, of the parcels of which one
/// version has one of some names.
fn parcels_named(
    connection: &mut AnyConnection,
    names: ParcelNames<'_>,
    visit: &mut dyn FnMut(ParcelVersion),
) -> Result<(), Error> {
    let mut ids = BTreeSet::new();
    let mut sheets: BTreeMap<(String, &str), BTreeSet<&str>> = BTreeMap::new();
    for key in names.keys {
        let sheet = (key.commune.to_string(), key.sheet.as_str());
        sheets.entry(sheet).or_default().insert(key.number.as_str());
    }
    for ((commune, sheet), numbers) in &sheets {
        let numbers: Vec<&str> = numbers.iter().copied().collect();
        for numbers in numbers.chunks(KEYS_AT_ONCE) {
            ids.extend(with_keys(connection, (commune, sheet), numbers)?);
        }
    }
    for identifiers in names.identifiers.chunks(KEYS_AT_ONCE) {
        ids.extend(with_identifiers(connection, identifiers)?);
    }
    let ids: Vec<i64> = ids.into_iter().collect();
    for ids in ids.chunks(KEYS_AT_ONCE) {
        for row in with_ids(connection, ids)? {
            let version = row.into_version()?;
            // Asked of the database, this would be what it goes by, through all that ever ended.
            if version.lifespan.recorded.to.is_none() {
                visit(version);
            }
        }
    }
    Ok(())
}

/// How many parcels stand as a dataset recorded them.
fn count_standing(connection: &mut AnyConnection, dataset: &str) -> Result<u64, Error> {
    let count: i64 = on_both!(connection, c => parcels::table
        .filter(parcels::recorded_in.eq_any(
            revisions::table
                .filter(revisions::dataset.eq(dataset))
                .select(revisions::number)
        ))
        .count()
        .get_result(c))?;
    super::codes::narrow(count, "a count")
}

/// The rows of a query over parcels as they stand and as they ended: the query names the table by
/// a name of its own.
macro_rules! of_both_tables {
    ($connection:ident, $table:ident => $query:expr) => {{
        let mut rows = Vec::new();
        {
            use super::schema::parcels as $table;
            let mut found = on_both!(&mut *$connection, c => $query.load(c))?;
            rows.append(&mut found);
        }
        {
            use super::schema::parcels_closed as $table;
            let mut found = on_both!(&mut *$connection, c => $query.load(c))?;
            rows.append(&mut found);
        }
        Ok(rows)
    }};
}

fn with_keys(
    connection: &mut AnyConnection,
    (commune, sheet): (&str, &str),
    numbers: &[&str],
) -> Result<Vec<i64>, Error> {
    of_both_tables!(connection, table => table::table
        .filter(table::map_commune.eq(commune))
        .filter(table::map_sheet.eq(sheet))
        .filter(table::map_number.eq_any(numbers))
        .select(table::parcel_id))
}

fn with_identifiers(
    connection: &mut AnyConnection,
    identifiers: &[String],
) -> Result<Vec<i64>, Error> {
    of_both_tables!(connection, table => table::table
        .filter(table::national_identifier.eq_any(identifiers))
        .select(table::parcel_id))
}

fn with_ids(connection: &mut AnyConnection, ids: &[i64]) -> Result<Vec<StoredParcel>, Error> {
    of_both_tables!(connection, table => table::table
        .filter(table::parcel_id.eq_any(ids))
        .select(stored_parcel!(table)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadastre::{ParcelNumber, SheetNumber, WardCode};
    use crate::store::tests::walks;

    #[test]
    fn parcels_are_found_by_their_names_and_no_table_is_walked_through() {
        let key = ParcelKey {
            commune: WardCode::parse("26743").expect("a code"),
            sheet: SheetNumber::parse("5").expect("a sheet"),
            number: ParcelNumber::parse("12").expect("a number"),
        };
        let (asked, through) = walks(|connection| {
            let names = ParcelNames {
                keys: &[key.clone(), key],
                identifiers: &["a".to_owned(), "b".to_owned()],
            };
            parcels_named(connection, names, &mut |_| ()).expect("an empty register");
            with_ids(connection, &[1, 2, 3]).expect("an empty register");
        });
        assert_eq!((asked, through), (6, Vec::new()));
        let (asked, through) = walks(|connection| {
            count_standing(connection, "test").expect("an empty register");
        });
        assert_eq!((asked, through), (1, Vec::new()));
    }
}
