//! Rejected features, whole: their own fields as text and their own coordinates, to be mended in
//! QGIS and imported again with the profile they came with.

use std::path::Path;

use gdal::errors::GdalError;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{
    Defn, Feature, FieldDefn, Geometry, LayerOptions, OGRFieldType, OGRwkbGeometryType,
};

use super::binary::{create, refusal};
use super::write::{ExportError, ExportFormat, beside, complete};
use crate::crs::Epsg;
use crate::exchange::source::{RawFeature, RawGeometry, Value};
use crate::geometry::wkb::{self, encode_wkb};

/// Writes features as they came into a GeoPackage with one layer, and answers how many.
///
/// Texts that are not UTF-8 go in byte by byte through Windows-1252; a profile that states their
/// encoding reads them out of it again. Fields are those of the first feature.
///
/// # Errors
/// [`ExportError`]; the file that was there before is then still there.
pub fn write_kept(
    features: &[RawFeature],
    layer: &str,
    crs: Option<Epsg>,
    path: &Path,
) -> Result<u64, ExportError> {
    let beside = beside(path, ExportFormat::GeoPackage);
    let written = fill(features, layer, crs, &beside).map_err(|e| refusal(path, &e));
    complete(written, &beside, path)
}

fn fill(
    features: &[RawFeature],
    layer: &str,
    crs: Option<Epsg>,
    path: &Path,
) -> Result<u64, GdalError> {
    let mut dataset = create("GPKG", path)?;
    let mut transaction = dataset.start_transaction()?;
    let mut crs = crs.map(|epsg| SpatialRef::from_epsg(epsg.0)).transpose()?;
    if let Some(crs) = &mut crs {
        crs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    }
    let target = transaction.create_layer(LayerOptions {
        name: layer,
        srs: crs.as_ref(),
        ty: OGRwkbGeometryType::wkbUnknown,
        options: None,
    })?;
    let names = features.first().map(|f| f.fields.clone());
    for name in names.iter().flat_map(|n| n.iter()) {
        // GeoPackage keeps these two names for itself.
        let own = ["fid", "geom"].contains(&name.to_lowercase().as_str());
        let name = if own {
            format!("{name}_")
        } else {
            name.clone()
        };
        FieldDefn::new(&name, OGRFieldType::OFTString)?.add_to_layer(&target)?;
    }
    let definition = Defn::from_layer(&target);
    for feature in features {
        let mut row = Feature::new(&definition)?;
        for (i, value) in feature.values.iter().enumerate() {
            match text(value) {
                Some(text) => row.set_field_string(i, &text)?,
                None => row.set_field_null(i)?,
            }
        }
        if let Some(geometry) = feature.geometry.as_ref().filter(|g| !g.is_empty()) {
            row.set_geometry(Geometry::from_wkb(&encode_wkb(&whole(geometry)))?)?;
        }
        row.create(&target)?;
    }
    transaction.commit()?;
    dataset.close()?;
    Ok(features.len() as u64)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Other(_) => None,
        Value::Integer(number) => Some(number.to_string()),
        Value::Real(number) => Some(number.to_string()),
        Value::Date(y, m, d) => Some(format!("{y:04}-{m:02}-{d:02}")),
        Value::Text(raw) => Some(match std::str::from_utf8(&raw.0) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&raw.0)
                .0
                .into_owned(),
        }),
    }
}

/// The areas, else the lines, else the points of a geometry.
fn whole(geometry: &RawGeometry) -> wkb::Geometry {
    if !geometry.areas.is_empty() {
        wkb::Geometry::MultiPolygon(geometry.areas.clone())
    } else if !geometry.lines.is_empty() {
        wkb::Geometry::MultiLineString(geometry.lines.clone())
    } else {
        wkb::Geometry::MultiPoint(geometry.points.clone())
    }
}
