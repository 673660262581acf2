//! Parcels that stand where some boxes are: by the R-tree of SQLite, in PostgreSQL by the boxes that
//! stand in the headers of the display geometries.

use std::collections::{BTreeSet, HashMap};

use super::connection::{AnyConnection, on_both};
use super::error::Error;
use super::geopackage::bound;
use super::parcels::{StoredParcel, stored_parcel};
use super::schema::parcels;
use crate::cadastre::{ParcelId, ParcelVersion};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Integer, Text};

/// West, south, east and north, in degrees of EPSG:4756.
type LonLatBox = [f64; 4];

/// Boxes, and versions, that go into one statement.
const AT_ONCE: usize = 500;

/// The bytes of a blob that hold its envelope.
const HEADER: i32 = 40;

#[diesel::declare_sql_function]
extern "SQL" {
    /// A part of a blob, counted from 1.
    fn substr(blob: Binary, from: Integer, length: Integer) -> Binary;
}

#[derive(Queryable, QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    version: i64,
    #[diesel(sql_type = BigInt)]
    parcel_id: i64,
}

/// Streams the open versions of parcels whose display geometry has a box that meets one of some
/// others, but for those of some parcels.
pub(super) fn parcels_standing_in(
    connection: &mut AnyConnection,
    boxes: &[LonLatBox],
    except: &BTreeSet<ParcelId>,
    visit: &mut dyn FnMut(ParcelVersion),
) -> Result<(), Error> {
    let there: Option<i64> = on_both!(&mut *connection, c => parcels::table
        .select(parcels::version)
        .first(c)
        .optional())?;
    if there.is_none() || boxes.is_empty() {
        return Ok(());
    }
    let found = match connection {
        AnyConnection::Sqlite(c) => by_tree(c, boxes)?,
        AnyConnection::Postgres(c) => by_headers(c, boxes)?,
    };
    let except: BTreeSet<i64> = except.iter().map(|id| id.get()).collect();
    let found = found.into_iter();
    let found = found.filter(|found| !except.contains(&found.parcel_id));
    let versions: BTreeSet<i64> = found.map(|found| found.version).collect();
    let versions: Vec<i64> = versions.into_iter().collect();
    for versions in versions.chunks(AT_ONCE) {
        let rows: Vec<StoredParcel> = on_both!(&mut *connection, c => parcels::table
            .filter(parcels::version.eq_any(versions))
            .select(stored_parcel!(parcels))
            .order(parcels::version)
            .load(c))?;
        for row in rows {
            visit(row.into_version()?);
        }
    }
    Ok(())
}

fn by_tree(c: &mut SqliteConnection, boxes: &[LonLatBox]) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    for boxes in boxes.chunks(AT_ONCE) {
        let asked = diesel::sql_query(include_str!("standing.sql"))
            .bind::<Text, _>(serde_json::json!(boxes).to_string());
        found.extend(asked.load::<Found>(c)?);
    }
    Ok(found)
}

fn by_headers(c: &mut PgConnection, boxes: &[LonLatBox]) -> Result<Vec<Found>, Error> {
    let asked = Cells::of(boxes);
    let rows = parcels::table
        .select((
            parcels::version,
            parcels::parcel_id,
            substr(parcels::geom, 1, HEADER),
        ))
        .load_iter::<(i64, i64, Vec<u8>), diesel::pg::PgRowByRowLoadingMode>(c)?;
    let mut found = Vec::new();
    for row in rows {
        let (version, parcel_id, header) = row?;
        if let [Some(west), Some(east), Some(south), Some(north)] =
            [0, 1, 2, 3].map(|which| bound(Some(&header), which))
            && asked.meet([west, south, east, north])
        {
            found.push(Found { version, parcel_id });
        }
    }
    Ok(found)
}

/// Boxes by the cells that they meet.
struct Cells(HashMap<(i64, i64), Vec<LonLatBox>>);

impl Cells {
    /// About a hundred metres.
    const DEGREES: f64 = 0.001;

    fn of(boxes: &[LonLatBox]) -> Self {
        let mut cells: HashMap<_, Vec<LonLatBox>> = HashMap::new();
        for one in boxes {
            Self::under(*one).for_each(|cell| cells.entry(cell).or_default().push(*one));
        }
        Self(cells)
    }

    fn under([west, south, east, north]: LonLatBox) -> impl Iterator<Item = (i64, i64)> {
        let cell = |degrees: f64| (degrees / Self::DEGREES).floor() as i64;
        let rows = cell(south)..=cell(north);
        (cell(west)..=cell(east)).flat_map(move |x| rows.clone().map(move |y| (x, y)))
    }

    fn meet(&self, held: LonLatBox) -> bool {
        let meets = |one: &LonLatBox| {
            one[0] <= held[2] && held[0] <= one[2] && one[1] <= held[3] && held[1] <= one[3]
        };
        let mut under = Self::under(held).filter_map(|cell| self.0.get(&cell));
        under.any(|boxes| boxes.iter().any(meets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_meets_one_in_another_cell_and_none_beside_it() {
        let asked = Cells::of(&[[106.6995, 10.7, 106.7005, 10.7001]]);
        assert!(asked.meet([106.7005, 10.7001, 106.7006, 10.7002]));
        assert!(asked.meet([106.6, 10.6, 106.8, 10.8]));
        assert!(!asked.meet([106.70051, 10.7, 106.7006, 10.7001]));
        assert!(!Cells::of(&[]).meet([106.6, 10.6, 106.8, 10.8]));
    }
}
