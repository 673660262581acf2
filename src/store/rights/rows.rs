//! Versions of units and rights as rows of one table each.

use crate::cadastre::{
    BaUnit, BaUnitId, BaUnitVersion, Day, Instant, Interval, Lifespan, ParcelId, PartyId, Revision,
    Rrr, RrrId, RrrType, RrrVersion, Share, VersionId,
};
use crate::store::codes::{self, Words as _};
use crate::store::connection::{AnyConnection, on_both};
use crate::store::error::Error;
use crate::store::schema::{ba_unit_parcels, ba_units, rrrs};
use crate::store::tables::{KEYS_AT_ONCE, insert_rows, versioned_row};
use crate::store::timeline::Versioned;
use diesel::prelude::*;
use std::collections::HashMap;

/// Rows of a table that holds all versions, whether they have ended or not.
pub(super) trait OneTable: Versioned {
    /// The versions of these things that are the current knowledge.
    fn current(connection: &mut AnyConnection, keys: &[i64]) -> Result<Vec<Self>, Error>;
    /// The keys of the things of these versions.
    fn keys_of(
        connection: &mut AnyConnection,
        versions: &[i64],
    ) -> Result<HashMap<i64, i64>, Error>;
    /// Writes rows.
    fn insert(connection: &mut AnyConnection, rows: &[Self]) -> Result<(), Error>;
    /// Ends the recorded time of versions; how many were still current.
    fn close_all(
        connection: &mut AnyConnection,
        versions: &[i64],
        at: i64,
        revision: i64,
    ) -> Result<usize, Error>;
}

/// A row of `ba_units`.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = ba_units)]
#[diesel(treat_none_as_default_value = false)]
pub(super) struct UnitRow {
    pub version: i64,
    pub ba_unit_id: i64,
    certificate_serial: Option<String>,
    registry_number: Option<String>,
    valid_from: String,
    valid_to: Option<String>,
    recorded_from: i64,
    recorded_to: Option<i64>,
    recorded_in: i64,
    closed_in: Option<i64>,
}

versioned_row!(UnitRow, "unit", ba_unit_id: i64);

/// A version of a unit with its parcels, which are rows of another table.
#[derive(Debug, Clone)]
pub(super) struct UnitRows {
    pub row: UnitRow,
    pub parcels: Vec<i64>,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = ba_unit_parcels)]
#[diesel(treat_none_as_default_value = false)]
struct UnitParcelRow {
    version: i64,
    parcel_id: i64,
}

/// A row of `rrrs`.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = rrrs)]
#[diesel(treat_none_as_default_value = false)]
pub(super) struct RrrRow {
    version: i64,
    rrr_id: i64,
    pub ba_unit_id: i64,
    party_id: i64,
    kind: String,
    what: String,
    share_numerator: Option<i64>,
    share_denominator: Option<i64>,
    valid_from: String,
    valid_to: Option<String>,
    recorded_from: i64,
    recorded_to: Option<i64>,
    recorded_in: i64,
    closed_in: Option<i64>,
}

versioned_row!(RrrRow, "right", rrr_id: i64);

impl UnitRows {
    /// A version not yet recorded.
    pub fn new(unit: &BaUnit, from: Day, to: Option<Day>) -> Self {
        let mut parcels: Vec<i64> = unit.parcels.iter().map(|parcel| parcel.get()).collect();
        parcels.sort_unstable();
        parcels.dedup();
        let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
        Self {
            row: UnitRow {
                version: 0,
                ba_unit_id: unit.id.0,
                certificate_serial: text(&unit.certificate_serial),
                registry_number: text(&unit.registry_number),
                valid_from: from.to_string(),
                valid_to: to.map(|day| day.to_string()),
                recorded_from: 0,
                recorded_to: None,
                recorded_in: 0,
                closed_in: None,
            },
            parcels,
        }
    }

    /// The version it states.
    pub fn into_version(self) -> Result<BaUnitVersion, Error> {
        let Self { row, parcels } = self;
        let parcels: Result<_, _> = parcels.into_iter().map(ParcelId::new).collect();
        Ok(BaUnitVersion {
            version: VersionId(row.version),
            lifespan: lifespan(
                (&row.valid_from, row.valid_to.as_deref()),
                (row.recorded_from, row.recorded_to),
            )?,
            recorded_in: Revision(codes::narrow(row.recorded_in, "a revision")?),
            unit: BaUnit {
                id: BaUnitId(row.ba_unit_id),
                certificate_serial: row.certificate_serial.map(String::into_boxed_str),
                registry_number: row.registry_number.map(String::into_boxed_str),
                parcels: parcels?,
            },
        })
    }
}

impl RrrRow {
    /// A version not yet recorded.
    pub fn new(rrr: &Rrr, from: Day, to: Option<Day>) -> Self {
        Self {
            version: 0,
            rrr_id: rrr.id.0,
            ba_unit_id: rrr.ba_unit.0,
            party_id: rrr.party.0,
            kind: rrr.what.kind().word().to_owned(),
            what: rrr.what.word().to_owned(),
            share_numerator: rrr.share.map(|share| share.numerator().into()),
            share_denominator: rrr.share.map(|share| share.denominator().into()),
            valid_from: from.to_string(),
            valid_to: to.map(|day| day.to_string()),
            recorded_from: 0,
            recorded_to: None,
            recorded_in: 0,
            closed_in: None,
        }
    }

    /// The version it states.
    pub fn into_version(self) -> Result<RrrVersion, Error> {
        let share = match (self.share_numerator, self.share_denominator) {
            (Some(numerator), Some(denominator)) => {
                let part = |number| codes::narrow(number, "a part of a share");
                let share = Share::new(part(numerator)?, part(denominator)?);
                let impossible = || Error::corrupt(&self.version, "a right with a share up to one");
                Some(share.ok_or_else(impossible)?)
            }
            _ => None,
        };
        Ok(RrrVersion {
            version: VersionId(self.version),
            lifespan: lifespan(
                (&self.valid_from, self.valid_to.as_deref()),
                (self.recorded_from, self.recorded_to),
            )?,
            recorded_in: Revision(codes::narrow(self.recorded_in, "a revision")?),
            rrr: Rrr {
                id: RrrId(self.rrr_id),
                ba_unit: BaUnitId(self.ba_unit_id),
                party: PartyId(self.party_id),
                what: RrrType::read(&self.what)?,
                share,
            },
        })
    }
}

fn lifespan(
    (valid_from, valid_to): (&str, Option<&str>),
    (recorded_from, recorded_to): (i64, Option<i64>),
) -> Result<Lifespan, Error> {
    Ok(Lifespan {
        valid: Interval {
            from: Day::parse(valid_from)?,
            to: codes::optional_day(valid_to)?,
        },
        recorded: Interval {
            from: Instant(recorded_from),
            to: recorded_to.map(Instant),
        },
    })
}

impl Versioned for UnitRows {
    const WHAT: &'static str = UnitRow::WHAT;
    type Key = i64;

    fn key(&self) -> i64 {
        self.row.key()
    }

    fn version(&self) -> i64 {
        self.row.version
    }

    fn valid_from(&self) -> &str {
        self.row.valid_from()
    }

    fn valid_to(&self) -> Option<&str> {
        self.row.valid_to()
    }

    fn on(&self, from: &str, to: Option<&str>) -> Self {
        Self {
            row: self.row.on(from, to),
            parcels: self.parcels.clone(),
        }
    }

    fn record(&mut self, version: i64, at: i64, revision: i64) {
        self.row.record(version, at, revision);
    }

    fn close(&mut self, at: i64, revision: i64) {
        self.row.close(at, revision);
    }
}

/// The queries of [`OneTable`] over a table.
macro_rules! one_table_queries {
    ($table:ident, $key:ident, $row:ty) => {
        fn keys_of(
            connection: &mut AnyConnection,
            versions: &[i64],
        ) -> Result<HashMap<i64, i64>, Error> {
            let mut found = HashMap::with_capacity(versions.len());
            for versions in versions.chunks(KEYS_AT_ONCE) {
                let rows: Vec<(i64, i64)> = on_both!(&mut *connection, c => $table::table
                    .filter($table::version.eq_any(versions))
                    .select(($table::version, $table::$key))
                    .load(c))?;
                found.extend(rows);
            }
            Ok(found)
        }

        fn close_all(
            connection: &mut AnyConnection,
            versions: &[i64],
            at: i64,
            revision: i64,
        ) -> Result<usize, Error> {
            let mut closed = 0;
            for versions in versions.chunks(KEYS_AT_ONCE) {
                closed += on_both!(&mut *connection, c => diesel::update($table::table
                    .filter($table::version.eq_any(versions))
                    .filter($table::closed_in.is_null()))
                .set((
                    $table::recorded_to.eq(Some(at)),
                    $table::closed_in.eq(Some(revision)),
                ))
                .execute(c))?;
            }
            Ok(closed)
        }
    };
}

/// The rows of a table that are the current knowledge of some things.
macro_rules! current_rows {
    ($connection:expr, $table:ident, $key:ident, $row:ty, $keys:expr) => {{
        let mut found: Vec<$row> = Vec::new();
        for keys in $keys.chunks(KEYS_AT_ONCE) {
            found.extend(on_both!(&mut *$connection, c => $table::table
                .filter($table::$key.eq_any(keys))
                .filter($table::closed_in.is_null())
                .load::<$row>(c))?);
        }
        found
    }};
}

impl OneTable for UnitRows {
    one_table_queries!(ba_units, ba_unit_id, UnitRow);

    fn current(connection: &mut AnyConnection, keys: &[i64]) -> Result<Vec<Self>, Error> {
        let rows = current_rows!(connection, ba_units, ba_unit_id, UnitRow, keys);
        with_parcels(connection, rows)
    }

    fn insert(connection: &mut AnyConnection, rows: &[Self]) -> Result<(), Error> {
        let units: Vec<&UnitRow> = rows.iter().map(|unit| &unit.row).collect();
        insert_rows!(&mut *connection, ba_units, units)?;
        let parcels: Vec<UnitParcelRow> = rows
            .iter()
            .flat_map(|unit| {
                let version = unit.row.version;
                unit.parcels
                    .iter()
                    .map(move |&parcel_id| UnitParcelRow { version, parcel_id })
            })
            .collect();
        insert_rows!(connection, ba_unit_parcels, parcels.as_slice())
    }
}

impl OneTable for RrrRow {
    one_table_queries!(rrrs, rrr_id, RrrRow);

    fn current(connection: &mut AnyConnection, keys: &[i64]) -> Result<Vec<Self>, Error> {
        Ok(current_rows!(connection, rrrs, rrr_id, RrrRow, keys))
    }

    fn insert(connection: &mut AnyConnection, rows: &[Self]) -> Result<(), Error> {
        insert_rows!(connection, rrrs, rows)
    }
}

/// Versions of units with their parcels, each in the order of their ids.
pub(super) fn with_parcels(
    connection: &mut AnyConnection,
    rows: Vec<UnitRow>,
) -> Result<Vec<UnitRows>, Error> {
    let mut parcels: HashMap<i64, Vec<i64>> = HashMap::with_capacity(rows.len());
    for rows in rows.chunks(KEYS_AT_ONCE) {
        let versions: Vec<i64> = rows.iter().map(|row| row.version).collect();
        let found: Vec<(i64, i64)> = on_both!(&mut *connection, c => ba_unit_parcels::table
            .filter(ba_unit_parcels::version.eq_any(&versions))
            .order((ba_unit_parcels::version, ba_unit_parcels::parcel_id))
            .load(c))?;
        for (version, parcel) in found {
            parcels.entry(version).or_default().push(parcel);
        }
    }
    let whole = |row: UnitRow| UnitRows {
        parcels: parcels.remove(&row.version).unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(whole).collect())
}
