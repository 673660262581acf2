//! GeoJSON of RFC 7946: longitude and latitude with nine decimals, so that every vertex comes back
//! to its grid point.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::items::Table;
use super::record::{Cell, Record};
use super::write::{ExportError, Ground, Ids};
use crate::geometry::wkb::{Geometry, Position};

/// Writes a FeatureCollection, one feature a line.
pub(super) fn write(
    table: Table,
    (records, ids): (impl Iterator<Item = Record>, Ids),
    ground: Ground<'_>,
    path: &Path,
) -> Result<u64, ExportError> {
    let unwritable = |cause| ExportError::Unwritable {
        path: path.to_owned(),
        cause,
    };
    let mut file = BufWriter::new(std::fs::File::create(path).map_err(unwritable)?);
    let name = table.collection.as_str();
    let head = format!("{{\"type\":\"FeatureCollection\",\"name\":\"{name}\",\"features\":[");
    file.write_all(head.as_bytes()).map_err(unwritable)?;
    let mut count = 0;
    for record in records {
        let separator = if count == 0 { "\n" } else { ",\n" };
        let text = feature(table, (&record, ids), &ground.lonlat(&record)?);
        file.write_all(separator.as_bytes()).map_err(unwritable)?;
        file.write_all(text.as_bytes()).map_err(unwritable)?;
        count += 1;
    }
    file.write_all(b"\n]}\n").map_err(unwritable)?;
    file.flush().map_err(unwritable)?;
    Ok(count)
}

/// The id of a record: no two of a file have the same.
fn id(record: &Record, ids: Ids) -> serde_json::Value {
    let mut name = record.id.to_string();
    if ids == Ids::Versions {
        name = format!("{name}/{}", record.valid_from);
    }
    if record.in_parts {
        name = format!("{name}/{}", record.plane);
    }
    match (ids, record.in_parts) {
        (Ids::Features, false) => record.id.into(),
        _ => name.into(),
    }
}

/// Puts a value where its name leads: below the objects that stand before its points.
fn put(
    properties: &mut serde_json::Map<String, serde_json::Value>,
    name: &str,
    value: serde_json::Value,
) {
    let Some((object, rest)) = name.split_once('.') else {
        properties.insert(name.to_owned(), value);
        return;
    };
    let inside = properties
        .entry(object)
        .or_insert_with(|| serde_json::json!({}));
    if let Some(inside) = inside.as_object_mut() {
        put(inside, rest, value);
    }
}

fn feature(table: Table, (record, ids): (&Record, Ids), geometry: &Geometry) -> String {
    let mut properties = serde_json::Map::new();
    for (name, cell) in table.columns().iter().zip(&record.cells) {
        let value = match cell {
            Cell::Text(text) => serde_json::Value::from(text.clone()),
            Cell::Integer(number) => serde_json::Value::from(*number),
            Cell::Real(number) => serde_json::Value::from(*number),
            Cell::Truth(truth) => serde_json::Value::from(*truth),
            Cell::Day(day) => serde_json::Value::from(day.map(|day| day.to_string())),
        };
        put(&mut properties, name, value);
    }
    let properties = serde_json::Value::Object(properties);
    let mut text = format!(
        "{{\"type\":\"Feature\",\"id\":{},\"properties\":{properties},\"geometry\":",
        id(record, ids)
    );
    match geometry {
        Geometry::MultiPoint(points) => {
            text.push_str("{\"type\":\"MultiPoint\",\"coordinates\":");
            positions(&mut text, points);
        }
        Geometry::MultiLineString(lines) => {
            text.push_str("{\"type\":\"MultiLineString\",\"coordinates\":");
            list(&mut text, lines, |text, line| positions(text, line));
        }
        Geometry::MultiPolygon(parts) => {
            text.push_str("{\"type\":\"MultiPolygon\",\"coordinates\":");
            list(&mut text, parts, |text, rings| {
                list(text, rings, |text, ring| positions(text, ring));
            });
        }
    }
    text.push_str("}}");
    text
}

fn list<T>(text: &mut String, items: &[T], each: impl Fn(&mut String, &T)) {
    text.push('[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        each(text, item);
    }
    text.push(']');
}

fn positions(text: &mut String, positions: &[Position]) {
    list(text, positions, |text, [lon, lat]| {
        // Writing to a String cannot fail.
        let _ = write!(text, "[{lon:.9},{lat:.9}]");
    });
}
