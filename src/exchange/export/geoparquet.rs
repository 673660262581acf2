//! GeoParquet 1.1 with longitude and latitude of WGS 84 as WKB, written in groups of rows, so that a
//! city takes no more memory than a village.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;
use serde_json::json;

use super::items::Table;
use super::record::{Cell, Record};
use super::write::{ExportError, Ground};
use crate::cadastre::Day;
use crate::geometry::wkb::{Geometry, encode_wkb};

/// Rows of a group: few enough to hold, many enough to be passed over as a whole.
const ROWS_MAX: usize = 32_768;
/// Bytes of geometry of a group, whichever comes first.
const BYTES_MAX: usize = 16 << 20;
/// What costs little time.
const ZSTD_LEVEL: i32 = 3;
/// The box of a row, in the order of its fields.
const BOX: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

/// Writes the rows, then what they are together.
pub(super) fn write(
    table: Table,
    records: impl Iterator<Item = Record>,
    ground: Ground<'_>,
    path: &Path,
) -> Result<u64, ExportError> {
    let refused = |error: ParquetError| ExportError::Refused {
        path: path.to_owned(),
        said: error.to_string(),
    };
    let file = File::create(path).map_err(|cause| ExportError::Unwritable {
        path: path.to_owned(),
        cause,
    })?;
    let mut records = records.peekable();
    let mut rows = Rows::of(table, records.peek());
    let mut writer = begun(file, &rows).map_err(refused)?;
    for record in records {
        rows.push(&record, &ground.lonlat(&record)?);
        if rows.is_full() {
            rows.write(&mut writer).map_err(refused)?;
        }
    }
    rows.write(&mut writer).map_err(refused)?;
    let about = KeyValue::new("geo".to_owned(), rows.about().to_string());
    writer.append_key_value_metadata(about);
    writer.close().map_err(refused)?;
    Ok(rows.count)
}

fn begun(file: File, rows: &Rows) -> Result<SerializedFileWriter<File>, ParquetError> {
    let schema = parse_message_type(&rows.schema())?;
    let geometry = ColumnPath::from("geometry");
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_column_statistics_enabled(geometry.clone(), EnabledStatistics::None)
        .set_column_dictionary_enabled(geometry, false);
    SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties.build()))
}

/// The values of a column that are there.
#[derive(Debug)]
enum Values {
    Truths(Vec<bool>),
    Bytes(Vec<ByteArray>),
    /// Days since 1970-01-01.
    Days(Vec<i32>),
    Integers(Vec<i64>),
    Reals(Vec<f64>),
}

/// A column of a group of rows.
#[derive(Debug)]
struct Column {
    /// How the schema declares it.
    declared: String,
    values: Values,
    /// For each row, whether it has a value; nothing where all must have one.
    levels: Option<Vec<i16>>,
}

impl Column {
    fn required(declared: &str, values: Values) -> Self {
        Self {
            declared: declared.to_owned(),
            values,
            levels: None,
        }
    }

    fn optional(declared: String, values: Values) -> Self {
        Self {
            declared,
            values,
            levels: Some(Vec::new()),
        }
    }

    /// A column for cells like this one.
    fn of_cell(name: &str, cell: Option<&Cell>) -> Self {
        let (kind, values) = match cell {
            Some(Cell::Integer(_)) => (("int64", ""), Values::Integers(Vec::new())),
            Some(Cell::Real(_)) => (("double", ""), Values::Reals(Vec::new())),
            Some(Cell::Truth(_)) => (("boolean", ""), Values::Truths(Vec::new())),
            Some(Cell::Day(_)) => (("int32", " (DATE)"), Values::Days(Vec::new())),
            Some(Cell::Text(_)) | None => (("binary", " (STRING)"), Values::Bytes(Vec::new())),
        };
        let (kind, meaning) = kind;
        Self::optional(format!("optional {kind} {name}{meaning};"), values)
    }

    fn note(&mut self, is_there: bool) {
        if let Some(levels) = &mut self.levels {
            levels.push(i16::from(is_there));
        }
    }

    fn push_bytes(&mut self, bytes: Option<Vec<u8>>) {
        self.note(bytes.is_some());
        if let Values::Bytes(values) = &mut self.values {
            values.extend(bytes.map(ByteArray::from));
        }
    }

    fn push_integer(&mut self, number: Option<i64>) {
        self.note(number.is_some());
        if let Values::Integers(values) = &mut self.values {
            values.extend(number);
        }
    }

    fn push_day(&mut self, day: Option<Day>) {
        self.note(day.is_some());
        if let Values::Days(values) = &mut self.values {
            values.extend(day.map(|day| day.0));
        }
    }

    fn push_real(&mut self, number: Option<f64>) {
        self.note(number.is_some());
        if let Values::Reals(values) = &mut self.values {
            values.extend(number);
        }
    }

    fn push_truth(&mut self, truth: Option<bool>) {
        self.note(truth.is_some());
        if let Values::Truths(values) = &mut self.values {
            values.extend(truth);
        }
    }

    /// Writes it as the next column of a group, and empties it.
    fn write(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, File>,
    ) -> Result<(), ParquetError> {
        let next = group.next_column()?;
        let mut next = next.ok_or(ParquetError::General("a column too many".to_owned()))?;
        let levels = self.levels.as_deref();
        match &self.values {
            Values::Bytes(v) => next.typed::<ByteArrayType>().write_batch(v, levels, None)?,
            Values::Days(v) => next.typed::<Int32Type>().write_batch(v, levels, None)?,
            Values::Integers(v) => next.typed::<Int64Type>().write_batch(v, levels, None)?,
            Values::Truths(v) => next.typed::<BoolType>().write_batch(v, levels, None)?,
            Values::Reals(v) => next.typed::<DoubleType>().write_batch(v, levels, None)?,
        };
        next.close()?;
        match &mut self.values {
            Values::Bytes(values) => values.clear(),
            Values::Days(values) => values.clear(),
            Values::Integers(values) => values.clear(),
            Values::Reals(values) => values.clear(),
            Values::Truths(values) => values.clear(),
        }
        if let Some(levels) = &mut self.levels {
            levels.clear();
        }
        Ok(())
    }
}

/// Rows that wait to be written, and what is known of those that were.
#[derive(Debug)]
struct Rows {
    id: Column,
    cells: Vec<Column>,
    geometry: Column,
    /// Four, which the schema puts together.
    around: Vec<Column>,
    waiting: usize,
    bytes: usize,
    count: u64,
    kinds: BTreeSet<&'static str>,
    bounds: Option<[f64; 4]>,
}

impl Rows {
    fn of(table: Table, first: Option<&Record>) -> Self {
        let names = table.columns().iter().enumerate();
        let cell = |i: usize| first.and_then(|record| record.cells.get(i));
        let real = |name: &str| {
            Column::optional(
                format!("required double {name};"),
                Values::Reals(Vec::new()),
            )
        };
        Self {
            id: Column::required("required int64 id;", Values::Integers(Vec::new())),
            cells: names
                .map(|(i, name)| Column::of_cell(name, cell(i)))
                .collect(),
            geometry: Column::optional(
                "optional binary geometry;".to_owned(),
                Values::Bytes(Vec::new()),
            ),
            around: BOX.map(real).into(),
            waiting: 0,
            bytes: 0,
            count: 0,
            kinds: BTreeSet::new(),
            bounds: None,
        }
    }

    fn schema(&self) -> String {
        let declared = |columns: &[Column]| {
            let each = columns.iter().map(|column| column.declared.as_str());
            each.collect::<Vec<_>>().join(" ")
        };
        format!(
            "message schema {{ {} {} {} optional group bbox {{ {} }} }}",
            self.id.declared,
            declared(&self.cells),
            self.geometry.declared,
            declared(&self.around)
        )
    }

    /// Adds a row; a shape without a position is none.
    fn push(&mut self, record: &Record, geometry: &Geometry) {
        self.id.push_integer(Some(record.id));
        for (column, cell) in self.cells.iter_mut().zip(&record.cells) {
            match cell {
                Cell::Text(text) => column.push_bytes(text.clone().map(String::into_bytes)),
                Cell::Integer(number) => column.push_integer(*number),
                Cell::Real(number) => column.push_real(*number),
                Cell::Truth(truth) => column.push_truth(*truth),
                Cell::Day(day) => column.push_day(*day),
            }
        }
        let bounds = geometry.bounds();
        let wkb = bounds.map(|_| encode_wkb(geometry));
        self.bytes += wkb.as_ref().map_or(0, Vec::len);
        self.geometry.push_bytes(wkb);
        for (i, column) in self.around.iter_mut().enumerate() {
            column.push_real(bounds.map(|bounds| bounds[i]));
        }
        if let Some([west, south, east, north]) = bounds {
            let [w, s, e, n] = self.bounds.unwrap_or([west, south, east, north]);
            self.bounds = Some([w.min(west), s.min(south), e.max(east), n.max(north)]);
            self.kinds.insert(match geometry {
                Geometry::MultiPoint(_) => "MultiPoint",
                Geometry::MultiLineString(_) => "MultiLineString",
                Geometry::MultiPolygon(_) => "MultiPolygon",
            });
        }
        self.waiting += 1;
        self.count += 1;
    }

    const fn is_full(&self) -> bool {
        self.waiting >= ROWS_MAX || self.bytes >= BYTES_MAX
    }

    /// Writes what waits as one group.
    fn write(&mut self, writer: &mut SerializedFileWriter<File>) -> Result<(), ParquetError> {
        if self.waiting == 0 {
            return Ok(());
        }
        let mut group = writer.next_row_group()?;
        self.id.write(&mut group)?;
        let columns = self.cells.iter_mut().chain([&mut self.geometry]);
        for column in columns.chain(&mut self.around) {
            column.write(&mut group)?;
        }
        group.close()?;
        (self.waiting, self.bytes) = (0, 0);
        Ok(())
    }

    /// What GeoParquet wants to be told of the file. Without `crs` the positions are longitude and
    /// latitude of WGS 84 (OGC:CRS84), which they are.
    fn about(&self) -> serde_json::Value {
        let covering: serde_json::Map<_, _> = BOX
            .iter()
            .map(|field| ((*field).to_owned(), json!(["bbox", field])))
            .collect();
        let mut geometry = json!({
            "encoding": "WKB",
            "geometry_types": self.kinds,
            "orientation": "counterclockwise",
            "covering": { "bbox": covering },
        });
        if let Some(bounds) = self.bounds {
            geometry["bbox"] = json!(bounds);
        }
        json!({
            "version": "1.1.0",
            "primary_column": "geometry",
            "columns": { "geometry": geometry },
        })
    }
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::crs::{Epsg, Planes, Transforms};
    use crate::exchange::export::Collection;
    use crate::exchange::profile::Target;
    use crate::geometry::{Point, Shape};

    fn record(id: i64) -> Record {
        let mut cells = vec![Cell::Text(None); Collection::Of(Target::Parcels).columns().len()];
        cells[2] = Cell::Text(Some(id.to_string()));
        cells[10] = Cell::Integer((id != 1).then_some(500));
        let point = Point::new(603_000_000 - 500_000_000, 5).expect("on the grid");
        Record {
            id,
            valid_from: Day(0),
            in_parts: false,
            cells,
            plane: Epsg(9210),
            shape: Shape::Points(if id == 2 { Vec::new() } else { vec![point] }),
        }
    }

    /// What a file says of itself, and how many rows each of its groups has.
    fn written(rows: i64) -> (serde_json::Value, Vec<i64>) {
        let planes = Planes::load(include_str!("../../../data/planes.toml")).expect("planes");
        let transforms = Transforms::new(&planes).expect("PROJ's database");
        let ground = Ground {
            planes: &planes,
            transforms: &transforms,
        };
        let name = format!("diachinh-geoparquet-{}-{rows}.parquet", std::process::id());
        let path = std::env::temp_dir().join(name);
        let collection = Collection::Of(Target::Parcels);
        let count = write(collection.into(), (1..=rows).map(record), ground, &path);
        assert_eq!(count.expect("the file is written"), rows as u64);
        let file = File::open(&path).expect("the file is there");
        let reader = SerializedFileReader::new(file).expect("a Parquet file");
        let about = reader.metadata().file_metadata().key_value_metadata();
        let about = about.and_then(|pairs| pairs.iter().find(|pair| pair.key == "geo"));
        let about = about.and_then(|pair| pair.value.as_deref()).expect("geo");
        let groups = reader.metadata().row_groups().iter();
        let groups = groups.map(|group| group.num_rows()).collect();
        std::fs::remove_file(&path).expect("the file goes");
        (serde_json::from_str(about).expect("JSON"), groups)
    }

    #[test]
    fn rows_are_written_in_groups_as_they_come() {
        let full = ROWS_MAX as i64;
        assert_eq!(written(full + 7).1, [full, 7]);
        assert_eq!(written(full).1, [full]);
    }

    #[test]
    fn an_empty_collection_is_a_file_without_rows_that_says_where_its_shapes_would_stand() {
        let (about, groups) = written(0);
        assert_eq!(groups, [] as [i64; 0]);
        let geometry = &about["columns"]["geometry"];
        assert_eq!(geometry["geometry_types"], json!([]));
        assert_eq!(geometry.get("bbox"), None);
        let (about, _) = written(3);
        assert_eq!(
            about["columns"]["geometry"]["geometry_types"],
            json!(["MultiPoint"])
        );
    }
}
