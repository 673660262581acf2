//! The content hash of a collection: the same for the same records, in whatever order they come.

use serde_json::{Value, json};

use super::record::{Cell, Collection, Record};
use crate::evidence::{ContentHash, ContentHasher, canonical_bytes};
use crate::exchange::profile::Target;
use crate::geometry::blob;

/// Hashes the records of one collection as they come by; 32 bytes of memory for each.
#[derive(Debug, Clone)]
pub struct CollectionHasher {
    collection: Target,
    records: Vec<ContentHash>,
}

impl CollectionHasher {
    /// No record yet.
    pub const fn new(collection: Target) -> Self {
        Self {
            collection,
            records: Vec::new(),
        }
    }

    /// The collection.
    pub const fn collection(&self) -> Target {
        self.collection
    }

    /// How many records were added.
    pub const fn count(&self) -> usize {
        self.records.len()
    }

    /// Adds a record: its cells under their names and its exact shape. Its surrogate key is left
    /// out, which another register assigns differently.
    pub fn add(&mut self, record: &Record) {
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => json!(text),
            // As text, since JSON's numbers end at 2^53.
            Cell::Integer(number) => json!(number.map(|n| n.to_string())),
            Cell::Real(number) => json!(number),
            Cell::Truth(truth) => json!(truth),
            Cell::Day(day) => json!(day.map(|day| day.to_string())),
        };
        let names = Collection::Of(self.collection)
            .columns()
            .iter()
            .map(|name| (*name).to_owned());
        let cells: serde_json::Map<String, Value> =
            names.zip(record.cells.iter().map(cell)).collect();
        let shape = ContentHash::of(&blob::encode_shape(record.plane.0, &record.shape));
        let bytes = canonical_bytes(&(cells, shape.to_string()))
            .expect("texts and double numbers have a canonical form");
        self.records.push(ContentHash::of(&bytes));
    }

    /// The hash over all records added, in the order of their own hashes.
    pub fn finish(mut self) -> ContentHash {
        self.records.sort_unstable();
        let mut hasher = ContentHasher::new();
        hasher.update(b"diachinh collection\0");
        hasher.update(self.collection.as_str().as_bytes());
        for record in &self.records {
            hasher.update(&record.0);
        }
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadastre::Day;
    use crate::crs::Epsg;
    use crate::geometry::{Point, Shape};

    fn record(id: i64, number: &str, x: i32) -> Record {
        let mut cells = vec![Cell::Text(None); Collection::Of(Target::Parcels).columns().len()];
        cells[2] = Cell::Text(Some(number.to_owned()));
        cells[8] = Cell::Real(Some(60.25));
        cells[10] = Cell::Integer(Some(500));
        let point = Point::new(x, 0).expect("on the grid");
        Record {
            id,
            valid_from: Day(0),
            in_parts: false,
            cells,
            plane: Epsg(9210),
            shape: Shape::Points(vec![point]),
        }
    }

    fn hash(records: &[Record]) -> ContentHash {
        let mut hasher = CollectionHasher::new(Target::Parcels);
        records.iter().for_each(|record| hasher.add(record));
        assert_eq!(hasher.count(), records.len());
        hasher.finish()
    }

    #[test]
    fn order_and_surrogate_keys_do_not_change_the_hash() {
        let one = hash(&[record(1, "12", 0), record(2, "13", 5)]);
        let other = hash(&[record(70, "13", 5), record(9, "12", 0)]);
        assert_eq!(one, other);
    }

    #[test]
    fn a_cell_a_millimetre_a_plane_a_missing_or_doubled_record_changes_the_hash() {
        let both = [record(1, "12", 0), record(2, "13", 5)];
        let whole = hash(&both);
        let mut plane = both.clone();
        plane[0].plane = Epsg(5899);
        let mut area = both.clone();
        area[0].cells[8] = Cell::Real(Some(60.26));
        let doubled = [both[0].clone(), both[0].clone(), both[1].clone()];
        for other in [
            hash(&[record(1, "12A", 0), record(2, "13", 5)]),
            hash(&[record(1, "12", 1), record(2, "13", 5)]),
            hash(&plane),
            hash(&area),
            hash(&both[..1]),
            hash(&doubled),
            hash(&[]),
            CollectionHasher::new(Target::Zones).finish(),
        ] {
            assert_ne!(other, whole);
        }
        assert_ne!(
            hash(&[]),
            CollectionHasher::new(Target::Zones).finish(),
            "an empty collection is still that collection"
        );
    }
}
