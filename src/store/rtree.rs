//! What a GeoPackage keeps beside its tables: the R-tree filled in bulk, and the extents.

use super::connection::AnyConnection;
use super::error::Error;
use super::geopackage::bound;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{Double, Nullable, Text};
use std::collections::BTreeMap;

/// From how many rows on the R-tree is filled after the rows, in one statement.
const LARGE: usize = 5_000;

#[derive(QueryableByName)]
struct Trigger {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

/// A large write into a table: its insert trigger rests until the write is finished, inside the
/// same transaction, so that no reader ever sees the table without it.
pub(super) struct LargeWrite {
    resting: Option<(&'static str, Trigger)>,
}

impl LargeWrite {
    /// Lets the insert trigger of a table rest when so many rows are to come; PostgreSQL has none.
    pub fn begin(
        connection: &mut AnyConnection,
        table: &'static str,
        rows: usize,
    ) -> Result<Self, Error> {
        let AnyConnection::Sqlite(c) = connection else {
            return Ok(Self { resting: None });
        };
        if rows < LARGE {
            return Ok(Self { resting: None });
        }
        let trigger: Trigger = diesel::sql_query(include_str!("rtree/insert_trigger.sql"))
            .bind::<Text, _>(format!("rtree_{table}_geom_insert"))
            .get_result(c)?;
        c.batch_execute(&format!("DROP TRIGGER {}", trigger.name))?;
        Ok(Self {
            resting: Some((table, trigger)),
        })
    }

    /// Fills the R-tree with the rows of a revision and sets the trigger again.
    pub fn finish(self, connection: &mut AnyConnection, revision: i64) -> Result<(), Error> {
        let (Some((table, trigger)), AnyConnection::Sqlite(c)) = (self.resting, connection) else {
            return Ok(());
        };
        let fill = include_str!("rtree/fill.sql").replace("{table}", table);
        diesel::sql_query(fill)
            .bind::<diesel::sql_types::BigInt, _>(revision)
            .execute(c)?;
        c.batch_execute(&trigger.sql)?;
        Ok(())
    }
}

/// The extents of what was written, by table: west, east, south, north.
#[derive(Debug, Default)]
pub(super) struct Extents(BTreeMap<&'static str, Option<[f64; 4]>>);

impl Extents {
    /// Adds blobs written into a table.
    pub fn add<'g>(&mut self, table: &'static str, blobs: impl Iterator<Item = &'g [u8]>) {
        for blob in blobs {
            let extent = self.0.entry(table).or_default();
            let [Some(w), Some(e), Some(s), Some(n)] = [0, 1, 2, 3].map(|i| bound(Some(blob), i))
            else {
                continue;
            };
            *extent = Some(extent.map_or([w, e, s, n], |[w0, e0, s0, n0]| {
                [w0.min(w), e0.max(e), s0.min(s), n0.max(n)]
            }));
        }
    }

    /// Widens the extents in `gpkg_contents`, which are informative and never shrink.
    pub fn write(&self, connection: &mut AnyConnection) -> Result<(), Error> {
        let AnyConnection::Sqlite(c) = connection else {
            return Ok(());
        };
        for (table, extent) in &self.0 {
            let side = |i: usize| extent.map(|e| e[i]);
            diesel::sql_query(include_str!("rtree/widen_extent.sql"))
                .bind::<Nullable<Double>, _>(side(0))
                .bind::<Nullable<Double>, _>(side(2))
                .bind::<Nullable<Double>, _>(side(1))
                .bind::<Nullable<Double>, _>(side(3))
                .bind::<Text, _>(*table)
                .execute(c)?;
        }
        Ok(())
    }
}
