//! What a GeoPackage keeps beside its tables: the R-tree filled in bulk, and the extents.

use super::connection::AnyConnection;
use super::error::Error;
use super::geopackage::bound;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Double, Nullable, Text};
use packed::{Entry, Packed, along_the_curve, outward, pack};
use std::collections::BTreeMap;

/// An R-tree as its tables hold it, packed in one go.
mod packed;

/// From how many rows on the R-tree is filled after the rows.
const LARGE: usize = 5_000;

/// The R-tree is packed anew when it held at most this many times as many rows as are new:
/// packing one costs about a tenth of inserting one.
const REPACKED: usize = 8;

/// Nodes, and rows of the other two tables, that go into one statement.
const NODES_AT_ONCE: usize = 500;
const ROWS_AT_ONCE: usize = 20_000;

#[derive(QueryableByName)]
struct Trigger {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

#[derive(QueryableByName)]
struct Size {
    #[diesel(sql_type = BigInt)]
    held: i64,
    #[diesel(sql_type = BigInt)]
    node_bytes: i64,
}

#[derive(QueryableByName)]
struct HeldBox {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Double)]
    west: f64,
    #[diesel(sql_type = Double)]
    east: f64,
    #[diesel(sql_type = Double)]
    south: f64,
    #[diesel(sql_type = Double)]
    north: f64,
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

    /// The table whose trigger rests.
    pub fn table(&self) -> Option<&'static str> {
        self.resting.as_ref().map(|(table, _)| *table)
    }

    /// Brings the rows written meanwhile into the R-tree and sets the trigger again.
    pub fn finish(self, connection: &mut AnyConnection, new: Vec<Entry>) -> Result<(), Error> {
        let (Some((table, trigger)), AnyConnection::Sqlite(c)) = (self.resting, connection) else {
            return Ok(());
        };
        let of_table = |sql: &str| sql.replace("{table}", table);
        let size: Size =
            diesel::sql_query(of_table(include_str!("rtree/size.sql"))).get_result(c)?;
        let node_bytes = super::codes::narrow::<usize>(size.node_bytes, "a size of a node")?;
        if super::codes::narrow::<usize>(size.held, "a count")? <= REPACKED * new.len() {
            let held = diesel::sql_query(of_table(include_str!("rtree/held.sql")));
            let held: Vec<HeldBox> = held.load(c)?;
            let held = held.into_iter().map(HeldBox::entry);
            write_packed(c, &of_table, &pack(held.chain(new).collect(), node_bytes))?;
        } else {
            insert(c, &of_table, new)?;
        }
        c.batch_execute(&trigger.sql)?;
        Ok(())
    }
}

impl HeldBox {
    /// The very numbers that the tree held.
    fn entry(self) -> Entry {
        let sides = [self.west, self.east, self.south, self.north];
        (self.id, sides.map(|side| side as f32))
    }
}

/// Puts a packed tree in the place of the one that is there. The module keeps no node of a tree
/// that nobody reads, and nobody reads it inside this transaction.
fn write_packed(
    c: &mut SqliteConnection,
    of_table: &dyn Fn(&str) -> String,
    packed: &Packed,
) -> Result<(), Error> {
    c.batch_execute(&of_table(include_str!("rtree/empty.sql")))?;
    for nodes in packed.nodes.chunks(NODES_AT_ONCE) {
        let Some((first, one)) = nodes.first() else {
            continue;
        };
        let bytes: Vec<u8> = nodes.iter().flat_map(|(_, bytes)| bytes).copied().collect();
        let places: Vec<usize> = (0..nodes.len()).collect();
        diesel::sql_query(of_table(include_str!("rtree/nodes.sql")))
            .bind::<BigInt, _>(*first)
            .bind::<Binary, _>(bytes)
            .bind::<BigInt, _>(one.len() as i64)
            .bind::<Text, _>(serde_json::json!(places).to_string())
            .execute(c)?;
    }
    let mut leaf_of = packed.leaf_of.clone();
    leaf_of.sort_unstable();
    let leaves = of_table(include_str!("rtree/leaves.sql"));
    let parents = of_table(include_str!("rtree/parents.sql"));
    for (sql, pairs) in [(leaves, &leaf_of), (parents, &packed.parent_of)] {
        for pairs in pairs.chunks(ROWS_AT_ONCE) {
            diesel::sql_query(&sql)
                .bind::<Text, _>(object_of(pairs))
                .execute(c)?;
        }
    }
    Ok(())
}

/// Inserts boxes one by one, neighbours after each other.
fn insert(
    c: &mut SqliteConnection,
    of_table: &dyn Fn(&str) -> String,
    mut new: Vec<Entry>,
) -> Result<(), Error> {
    along_the_curve(&mut new);
    for entries in new.chunks(ROWS_AT_ONCE) {
        let list: Vec<serde_json::Value> = entries
            .iter()
            .map(|(key, sides)| serde_json::json!([key, sides[0], sides[1], sides[2], sides[3]]))
            .collect();
        diesel::sql_query(of_table(include_str!("rtree/insert.sql")))
            .bind::<Text, _>(serde_json::Value::from(list).to_string())
            .execute(c)?;
    }
    Ok(())
}

/// Pairs of numbers as a JSON object.
fn object_of(pairs: &[(i64, i64)]) -> String {
    let members: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("\"{key}\":{value}"))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// The extents of what was written, by table: west, east, south, north.
#[derive(Debug, Default)]
pub(super) struct Extents {
    by_table: BTreeMap<&'static str, Option<[f64; 4]>>,
    /// A table of which every box is kept.
    kept_of: Option<&'static str>,
    kept: Vec<Entry>,
}

impl Extents {
    /// Keeps every box written into a table from now on.
    pub const fn keep(&mut self, table: Option<&'static str>) {
        self.kept_of = table;
    }

    /// Hands out the boxes that were kept, and keeps no more.
    pub fn kept(&mut self) -> Vec<Entry> {
        self.kept_of = None;
        std::mem::take(&mut self.kept)
    }

    /// Adds rows written into a table: keys and blobs.
    pub fn add<'g>(&mut self, table: &'static str, rows: impl Iterator<Item = (i64, &'g [u8])>) {
        for (key, blob) in rows {
            let extent = self.by_table.entry(table).or_default();
            let [Some(w), Some(e), Some(s), Some(n)] = [0, 1, 2, 3].map(|i| bound(Some(blob), i))
            else {
                continue;
            };
            if self.kept_of == Some(table) {
                self.kept.push((key, outward([w, e, s, n])));
            }
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
        for (table, extent) in &self.by_table {
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
