//! GeoPackage and FlatGeobuf, written through GDAL in longitude and latitude of WGS 84.

use std::path::Path;

use gdal::config::set_thread_local_config_option;
use gdal::errors::GdalError;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{
    Defn, Feature, FieldDefn, Geometry, Layer, LayerOptions, OGRFieldType, OGRwkbGeometryType,
};
use gdal::{Dataset, DriverManager};

use super::items::Table;
use super::record::{Cell, ID, Record};
use super::write::{ExportError, Ground};
use crate::exchange::quiet::hush_gdal;
use crate::geometry::wkb::encode_wkb;

/// Writes a layer named like its collection, in one transaction where the format has them.
pub(super) fn write(
    driver: &str,
    table: Table,
    records: impl Iterator<Item = Record>,
    ground: Ground<'_>,
    path: &Path,
) -> Result<u64, ExportError> {
    let refused = |e: GdalError| refusal(path, &e);
    let mut dataset = create(driver, path).map_err(refused)?;
    let mut records = records.peekable();
    let fields = fields(table, records.peek());
    let kind = if table.collection.is_of_areas() {
        OGRwkbGeometryType::wkbMultiPolygon
    } else {
        OGRwkbGeometryType::wkbUnknown
    };
    let count = if driver == "GPKG" {
        let mut transaction = dataset.start_transaction().map_err(refused)?;
        let layer = new_layer(&mut transaction, table.collection.as_str(), &fields, kind);
        let count = fill(&layer.map_err(refused)?, records, ground, path)?;
        transaction.commit().map_err(refused)?;
        count
    } else {
        let layer = new_layer(&mut dataset, table.collection.as_str(), &fields, kind);
        fill(&layer.map_err(refused)?, records, ground, path)?
    };
    dataset.close().map_err(refused)?;
    Ok(count)
}

pub(super) fn refusal(path: &Path, error: &GdalError) -> ExportError {
    ExportError::Refused {
        path: path.to_owned(),
        said: error.to_string(),
    }
}

/// A new, empty dataset. It is not synced while it is written: it gets its name only when it is
/// complete.
pub(super) fn create(driver: &str, path: &Path) -> Result<Dataset, GdalError> {
    hush_gdal();
    set_thread_local_config_option("OGR_SQLITE_SYNCHRONOUS", "OFF")?;
    DriverManager::get_driver_by_name(driver)?.create_vector_only(path)
}

/// Names and types of the fields, the key first; types are those of the first record.
fn fields(table: Table, first: Option<&Record>) -> Vec<(&'static str, OGRFieldType::Type)> {
    let kind = |i: usize| match first.and_then(|r| r.cells.get(i)) {
        Some(Cell::Integer(_)) => OGRFieldType::OFTInteger64,
        Some(Cell::Real(_)) => OGRFieldType::OFTReal,
        _ if table.is_day(i) => OGRFieldType::OFTDate,
        Some(Cell::Day(_)) => OGRFieldType::OFTDate,
        // The library has no way to say that only 0 and 1 are meant.
        Some(Cell::Truth(_)) => OGRFieldType::OFTInteger,
        Some(Cell::Text(_)) | None => OGRFieldType::OFTString,
    };
    let names = table.columns().iter().enumerate();
    let cells = names.map(|(i, name)| (*name, kind(i)));
    [(ID, OGRFieldType::OFTInteger64)]
        .into_iter()
        .chain(cells)
        .collect()
}

fn new_layer<'a>(
    dataset: &'a mut Dataset,
    name: &str,
    fields: &[(&str, OGRFieldType::Type)],
    kind: OGRwkbGeometryType::Type,
) -> Result<Layer<'a>, GdalError> {
    let mut wgs_84 = SpatialRef::from_epsg(4326)?;
    wgs_84.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    let layer = dataset.create_layer(LayerOptions {
        name,
        srs: Some(&wgs_84),
        ty: kind,
        options: None,
    })?;
    for (name, kind) in fields {
        FieldDefn::new(name, *kind)?.add_to_layer(&layer)?;
    }
    Ok(layer)
}

fn fill(
    layer: &Layer<'_>,
    records: impl Iterator<Item = Record>,
    ground: Ground<'_>,
    path: &Path,
) -> Result<u64, ExportError> {
    let definition = Defn::from_layer(layer);
    let mut count = 0;
    for record in records {
        let wkb = encode_wkb(&ground.lonlat(&record)?);
        add(layer, &definition, &record, &wkb).map_err(|e| refusal(path, &e))?;
        count += 1;
    }
    Ok(count)
}

fn add(layer: &Layer<'_>, definition: &Defn, record: &Record, wkb: &[u8]) -> Result<(), GdalError> {
    let mut feature = Feature::new(definition)?;
    feature.set_field_integer64(0, record.id)?;
    for (i, cell) in (1..).zip(&record.cells) {
        match cell {
            Cell::Text(Some(text)) => feature.set_field_string(i, text)?,
            Cell::Integer(Some(number)) => feature.set_field_integer64(i, *number)?,
            Cell::Real(Some(number)) => feature.set_field_double(i, *number)?,
            Cell::Truth(Some(truth)) => feature.set_field_integer(i, i32::from(*truth))?,
            // The library reads a day out of its text.
            Cell::Day(Some(day)) => feature.set_field_string(i, &day.to_string())?,
            Cell::Text(None)
            | Cell::Integer(None)
            | Cell::Real(None)
            | Cell::Truth(None)
            | Cell::Day(None) => feature.set_field_null(i)?,
        }
    }
    feature.set_geometry(Geometry::from_wkb(wkb)?)?;
    feature.create(layer)
}
