//! The findings of an import as a GeoPackage, to be opened beside the data in QGIS.

use std::path::{Path, PathBuf};

use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::OGRwkbGeometryType as Kind;
use gdal::vector::{Feature, Geometry, LayerAccess, LayerOptions, OGRFieldType};
use gdal::{Dataset, DriverManager};

use crate::crs::{Epsg, Planes};
use crate::exchange::Finding;
use crate::exchange::quiet::hush_gdal;
use crate::geometry::wkb::{self, encode_wkb};
use crate::geometry::{Point, Shape};

/// Why the file of defects was not written.
#[derive(Debug, thiserror::Error)]
pub enum DefectsError {
    /// The library that writes GeoPackages refused.
    #[error("`{path}` cannot be written: {source}")]
    Refused {
        /// The file.
        path: PathBuf,
        /// What GDAL says.
        source: gdal::errors::GdalError,
    },
    /// The finished file cannot be moved to its place.
    #[error("`{path}` cannot be written: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Fields of every layer, in order.
const TEXTS: [&str; 9] = [
    "file",
    "other_file",
    "code",
    "severity",
    "key",
    "reason_vi",
    "reason_en",
    "remedy_vi",
    "remedy_en",
];
const FEATURES: [&str; 2] = ["feature", "other_feature"];
const MEASURES: [&str; 2] = ["area_m2", "width_m"];

/// Writes the findings that have a place: one layer of points with every one of them, one of
/// lines and one of areas with what there is to draw, in metres of their plane, for every plane
/// that occurs. A file of the same name is replaced once the new one is whole.
///
/// # Errors
/// [`DefectsError`]; the old file is then as it was.
pub fn write_defects(
    path: &Path,
    findings: &[Finding],
    planes: &Planes,
) -> Result<(), DefectsError> {
    let io = |source| DefectsError::Io {
        path: path.to_owned(),
        source,
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = path.with_file_name(format!(".{name}.{}.gpkg", std::process::id()));
    match std::fs::remove_file(&unfinished) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(io(e)),
        _ => {}
    }
    write_all(&unfinished, findings, planes).map_err(|source| DefectsError::Refused {
        path: path.to_owned(),
        source,
    })?;
    std::fs::rename(&unfinished, path).map_err(io)
}

fn write_all(path: &Path, findings: &[Finding], planes: &Planes) -> gdal::errors::Result<()> {
    hush_gdal();
    let mut file = DriverManager::get_driver_by_name("GPKG")?.create_vector_only(path)?;
    let mut crs: Vec<Epsg> = findings.iter().filter_map(|f| f.crs).collect();
    crs.sort_unstable();
    crs.dedup();
    for epsg in crs {
        let Some(plane) = planes.get(epsg) else {
            continue;
        };
        let here = || findings.iter().filter(|f| f.crs == Some(epsg));
        let position = |p: Point| <[f64; 2]>::from(plane.metres(p));
        let places = here().filter_map(|f| {
            let place = f.place_m.map(<[f64; 2]>::from)?;
            Some((f, wkb::Geometry::MultiPoint(vec![place])))
        });
        write_layer(&mut file, "places", epsg, Kind::wkbMultiPoint, places)?;
        let drawn = |kind: fn(&Shape) -> bool| {
            here().filter_map(move |f| {
                let shape = f.shape.as_deref().filter(|shape| kind(shape))?;
                Some((f, wkb::Geometry::of_shape(shape, position)))
            })
        };
        let lines = drawn(|shape| matches!(shape, Shape::Lines(_)));
        write_layer(&mut file, "lines", epsg, Kind::wkbMultiLineString, lines)?;
        let areas = drawn(|shape| matches!(shape, Shape::Areas(_)));
        write_layer(&mut file, "areas", epsg, Kind::wkbMultiPolygon, areas)?;
    }
    file.close()
}

fn write_layer<'f>(
    file: &mut Dataset,
    name: &str,
    epsg: Epsg,
    kind: Kind::Type,
    findings: impl Iterator<Item = (&'f Finding, wkb::Geometry)>,
) -> gdal::errors::Result<()> {
    let mut srs = SpatialRef::from_epsg(epsg.0)?;
    srs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    let mut transaction = file.start_transaction()?;
    let layer = transaction.create_layer(LayerOptions {
        name: &format!("{name}_{}", epsg.0),
        srs: Some(&srs),
        ty: kind,
        options: None,
    })?;
    let texts = TEXTS.map(|name| (name, OGRFieldType::OFTString));
    layer.create_defn_fields(&texts)?;
    layer.create_defn_fields(&FEATURES.map(|name| (name, OGRFieldType::OFTInteger64)))?;
    layer.create_defn_fields(&MEASURES.map(|name| (name, OGRFieldType::OFTReal)))?;
    for (finding, geometry) in findings {
        let mut feature = Feature::new(layer.defn())?;
        feature.set_geometry(Geometry::from_wkb(&encode_wkb(&geometry))?)?;
        describe(&mut feature, finding)?;
        feature.create(&layer)?;
    }
    transaction.commit()
}

fn describe(feature: &mut Feature<'_>, finding: &Finding) -> gdal::errors::Result<()> {
    let severity = match finding.severity {
        crate::exchange::Severity::Rejection => "rejection",
        crate::exchange::Severity::Warning => "warning",
    };
    let texts = [
        finding.file.as_deref(),
        finding.other_file.as_deref(),
        Some(finding.code.as_str()),
        Some(severity),
        finding.key.as_deref(),
        Some(&finding.reason.vi),
        Some(&finding.reason.en),
        Some(&finding.remedy.vi),
        Some(&finding.remedy.en),
    ];
    for (i, text) in texts.into_iter().enumerate() {
        if let Some(text) = text {
            // A text from outside may hold a zero byte, at which a C string would end.
            feature.set_field_string(i, &text.replace('\0', " "))?;
        }
    }
    for (i, number) in [finding.feature, finding.other_feature]
        .into_iter()
        .enumerate()
    {
        if let Some(number) = number {
            feature.set_field_integer64(TEXTS.len() + i, number)?;
        }
    }
    for (i, measure) in [finding.area_m2, finding.width_m].into_iter().enumerate() {
        if let Some(measure) = measure {
            feature.set_field_double(TEXTS.len() + FEATURES.len() + i, measure)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{FeatureNumber, FindingCode};
    use crate::geometry::LineString;

    #[test]
    fn the_file_has_a_place_for_every_finding_and_a_line_for_a_dangle() {
        let planes = Planes::load(include_str!("../../../data/planes.toml")).expect("planes");
        let plane = planes.get(Epsg(9210)).expect("a plane of the city");
        let point = |east_m, north_m| plane.grid_point(east_m, north_m).expect("on the grid");
        let line = LineString(vec![
            point(603_481.725, 1_191_410.365),
            point(603_490.0, 1_191_420.0),
        ]);
        let dangle = Finding::warning(FindingCode::Dangle, "", &[("length", "12.702")])
            .about(FeatureNumber(7))
            .drawn(Shape::Lines(vec![line]))
            .at(Epsg(9210), (603_481.725, 1_191_410.365));
        let placeless = Finding::warning(FindingCode::UnreadableText, "", &[]);
        let folder = std::env::temp_dir().join(format!("diachinh-defects-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        let path = folder.join("defects.gpkg");
        for _ in 0..2 {
            write_defects(&path, &[dangle.clone(), placeless.clone()], &planes).expect("written");
        }
        let file = Dataset::open(&path).expect("a file that GDAL opens");
        let counts: Vec<(String, u64)> = file
            .layers()
            .map(|l| (l.name(), l.feature_count()))
            .collect();
        let expected = [("places_9210", 1), ("lines_9210", 1), ("areas_9210", 0)];
        assert_eq!(counts, expected.map(|(name, n)| (name.to_owned(), n)));
        let mut layer = file.layer_by_name("lines_9210").expect("the layer");
        let feature = layer.features().next().expect("a feature");
        let field = |name| feature.field_index(name).expect("a field");
        let reason = feature.field_as_string(field("reason_vi")).expect("a text");
        assert_eq!(reason, Some(dangle.reason.vi.clone()));
        assert_eq!(
            feature
                .field_as_integer64(field("feature"))
                .expect("a number"),
            Some(7)
        );
        std::fs::remove_dir_all(&folder).expect("the folder of the test");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let planes = Planes::load(include_str!("../../../data/planes.toml")).expect("planes");
        let refused = write_defects(Path::new("/nowhere/defects.gpkg"), &[], &planes);
        assert!(refused.is_err_and(|e| e.to_string().contains("`/nowhere/defects.gpkg`")));
    }
}
