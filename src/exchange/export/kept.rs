//! Rejected features, whole: their own fields as text and their own coordinates, to be mended in
//! QGIS and imported again with the profile they came with.

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
use crate::exchange::source::{RawFeature, RawGeometry, Value};
use crate::geometry::wkb::{self, encode_wkb};

/// Features of one layer to be written: those that have their fields and their system in common.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptLayer {
    /// System of their coordinates.
    pub crs: Option<Epsg>,
    /// The features, at least one.
    pub features: Vec<RawFeature>,
}

impl KeptLayer {
    /// Features sorted into layers, in the order in which a first one of each occurs.
    pub fn of(features: impl IntoIterator<Item = (Option<Epsg>, RawFeature)>) -> Vec<Self> {
        let mut layers: Vec<Self> = Vec::new();
        for (crs, feature) in features {
            let alike = |layer: &&mut Self| {
                let first = layer.features.first();
                layer.crs == crs && first.is_some_and(|f| f.fields == feature.fields)
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
    transaction.commit()
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
