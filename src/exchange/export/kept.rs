//! Rejected features, whole: their own fields and coordinates, to be mended in QGIS and imported
//! again with the profile they came with, and beside them why they were rejected.

use std::path::Path;

use gdal::Dataset;
use gdal::errors::GdalError;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{
    Defn, Feature, FieldDefn, Geometry, LayerOptions, OGRFieldType, OGRwkbGeometryType,
};

use super::binary::{create, refusal};
use super::write::{ExportError, ExportFormat, beside, complete};
use crate::crs::Epsg;
use crate::exchange::kept::{REJECTED_FIELDS, is_of_rejection};
use crate::exchange::source::{RawFeature, RawGeometry, Value};
use crate::geometry::wkb::{self, encode_wkb};

/// A rejected feature, and why it was rejected.
#[derive(Debug, Clone, PartialEq)]
pub struct RejectedFeature {
    /// The feature as it was read.
    pub raw: RawFeature,
    /// Why it was rejected.
    pub reason: String,
    /// The file that it came in.
    pub source: String,
}

impl RejectedFeature {
    /// A feature without what an earlier file of rejected features said of it.
    pub fn new(mut raw: RawFeature, reason: String, source: String) -> Self {
        let names = raw.fields.iter().cloned();
        let own = names.zip(std::mem::take(&mut raw.values));
        let own = own.filter(|(name, _)| !is_of_rejection(name));
        let (names, values): (Vec<String>, Vec<Value>) = own.unzip();
        raw.fields = names.into();
        raw.values = values;
        Self {
            raw,
            reason,
            source,
        }
    }
}

/// Features of one layer to be written: those that have their fields and their system in common.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptLayer {
    /// System of their coordinates.
    pub crs: Option<Epsg>,
    /// The features, at least one.
    pub features: Vec<RejectedFeature>,
}

impl KeptLayer {
    /// Features sorted into layers, in the order in which a first one of each occurs.
    pub fn of(features: impl IntoIterator<Item = (Option<Epsg>, RejectedFeature)>) -> Vec<Self> {
        let mut layers: Vec<Self> = Vec::new();
        for (crs, feature) in features {
            let alike = |layer: &&mut Self| {
                let first = layer.features.first();
                layer.crs == crs && first.is_some_and(|f| f.raw.fields == feature.raw.fields)
            };
            match layers.iter_mut().find(alike) {
                Some(layer) => layer.features.push(feature),
                None => layers.push(Self {
                    crs,
                    features: vec![feature],
                }),
            }
        }
        layers
    }
}

/// Writes features as they came into a GeoPackage, and answers how many. The first layer has the
/// name asked for, the others the same with their number (`rejected_2`); without features there is
/// one empty layer.
///
/// A field that only holds numbers, of which some have decimals, is a field of numbers; any other is
/// of texts, since a mended value may be anything. Beside them stand [`REJECTED_FIELDS`].
///
/// Texts that are not UTF-8 go in byte by byte through Windows-1252; a profile that states their
/// encoding reads them out of it again.
///
/// # Errors
/// [`ExportError`]; the file that was there before is then still there.
pub fn write_kept(layers: &[KeptLayer], name: &str, path: &Path) -> Result<u64, ExportError> {
    let beside = beside(path, ExportFormat::GeoPackage);
    let written = fill(layers, name, &beside).map_err(|e| refusal(path, &e));
    complete(written, &beside, path)
}

fn fill(layers: &[KeptLayer], name: &str, path: &Path) -> Result<u64, GdalError> {
    let mut dataset = create("GPKG", path)?;
    let mut count = 0;
    let empty = [KeptLayer {
        crs: None,
        features: Vec::new(),
    }];
    let layers = if layers.is_empty() { &empty } else { layers };
    for (i, layer) in layers.iter().enumerate() {
        let name = match i {
            0 => name.to_owned(),
            _ => format!("{name}_{}", i + 1),
        };
        fill_layer(layer, &name, &mut dataset)?;
        count += layer.features.len() as u64;
    }
    dataset.close()?;
    Ok(count)
}

fn fill_layer(layer: &KeptLayer, name: &str, dataset: &mut Dataset) -> Result<(), GdalError> {
    let KeptLayer { crs, features } = layer;
    let mut transaction = dataset.start_transaction()?;
    let mut crs = crs.map(|epsg| SpatialRef::from_epsg(epsg.0)).transpose()?;
    if let Some(crs) = &mut crs {
        crs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    }
    let target = transaction.create_layer(LayerOptions {
        name,
        srs: crs.as_ref(),
        ty: OGRwkbGeometryType::wkbUnknown,
        options: None,
    })?;
    let names = features.first().map(|f| f.raw.fields.clone());
    for (i, name) in names.iter().flat_map(|n| n.iter()).enumerate() {
        // GeoPackage keeps these two names for itself.
        let own = ["fid", "geom"].contains(&name.to_lowercase().as_str());
        let name = if own {
            format!("{name}_")
        } else {
            name.clone()
        };
        let kind = if is_of_numbers(features, i) {
            OGRFieldType::OFTReal
        } else {
            OGRFieldType::OFTString
        };
        FieldDefn::new(&name, kind)?.add_to_layer(&target)?;
    }
    let kinds = [OGRFieldType::OFTString, OGRFieldType::OFTInteger64];
    let [reason, number, source] = REJECTED_FIELDS;
    for (name, kind) in [(reason, kinds[0]), (number, kinds[1]), (source, kinds[0])] {
        FieldDefn::new(name, kind)?.add_to_layer(&target)?;
    }
    let definition = Defn::from_layer(&target);
    for feature in features {
        let mut row = Feature::new(&definition)?;
        fill_row(&mut row, feature)?;
        row.create(&target)?;
    }
    transaction.commit()
}

fn fill_row(row: &mut Feature<'_>, feature: &RejectedFeature) -> Result<(), GdalError> {
    let RejectedFeature {
        raw,
        reason,
        source,
    } = feature;
    for (i, value) in raw.values.iter().enumerate() {
        match (value, text(value)) {
            (Value::Real(number), _) => row.set_field_double(i, *number)?,
            (_, Some(text)) => row.set_field_string(i, &text)?,
            (_, None) => row.set_field_null(i)?,
        }
    }
    let own = raw.values.len();
    row.set_field_string(own, reason)?;
    row.set_field_integer64(own + 1, raw.number)?;
    row.set_field_string(own + 2, source)?;
    if let Some(geometry) = raw.geometry.as_ref().filter(|g| !g.is_empty()) {
        row.set_geometry(Geometry::from_wkb(&encode_wkb(&whole(geometry)))?)?;
    }
    Ok(())
}

/// Whether a field holds numbers alone, of which some have decimals: as a text `12.345` could also
/// be a number of thousands.
fn is_of_numbers(features: &[RejectedFeature], field: usize) -> bool {
    let mut decimals = false;
    features
        .iter()
        .all(|feature| match feature.raw.values.get(field) {
            Some(Value::Real(_)) => {
                decimals = true;
                true
            }
            Some(Value::Integer(number)) => number.unsigned_abs() < 1 << 53,
            Some(Value::Null) | None => true,
            Some(_) => false,
        })
        && decimals
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
