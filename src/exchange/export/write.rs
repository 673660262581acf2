//! Writes a collection in a format: under another name first, so that a half-written file never
//! stands under the name that was asked for.

use std::path::{Path, PathBuf};

use super::items::Table;
use super::record::Record;
use super::{binary, csv, geoparquet, rfc7946};
use crate::crs::{CrsError, Planes, Transforms};
use crate::geometry::wkb::{Geometry, Position};

/// A format that collections are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// GeoPackage, longitude and latitude of WGS 84 in full precision.
    GeoPackage,
    /// GeoJSON of RFC 7946, nine decimals.
    GeoJson,
    /// FlatGeobuf, longitude and latitude of WGS 84 in full precision.
    FlatGeobuf,
    /// GeoParquet, longitude and latitude of WGS 84 in full precision.
    GeoParquet,
    /// CSV with WKT: for import in metres of each record's own plane, as items in longitude and
    /// latitude of WGS 84.
    Csv,
}

/// What the `id` of a GeoJSON feature is of; the other formats number their features themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ids {
    /// Of the parcel or planning feature: its key. Of a feature that has parts on two planes,
    /// each part has the key with its plane, such as `12/EPSG:9210`.
    Features,
    /// Of a version: the key with the first day, such as `12/2025-07-01`, and with the plane of a
    /// part.
    Versions,
}

/// Why a collection was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The extension names no format.
    #[error(
        "`{0}` has no extension that is written, expected .gpkg, .geojson, .fgb, .parquet or .csv"
    )]
    UnknownFormat(PathBuf),
    /// The file system refuses.
    #[error("`{path}` cannot be written: {cause}")]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The library of a format refuses.
    #[error("`{path}` cannot be written: {said}")]
    Refused {
        /// The file.
        path: PathBuf,
        /// What it said.
        said: String,
    },
    /// A shape cannot be converted.
    #[error("a shape cannot be converted to longitude and latitude: {0}")]
    Crs(#[from] CrsError),
}

impl ExportFormat {
    /// The format that a file's extension names.
    ///
    /// # Errors
    /// [`ExportError::UnknownFormat`] for any other extension.
    pub fn of_extension(path: &Path) -> Result<Self, ExportError> {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        match extension.to_lowercase().as_str() {
            "gpkg" => Ok(Self::GeoPackage),
            "geojson" | "json" => Ok(Self::GeoJson),
            "fgb" => Ok(Self::FlatGeobuf),
            "parquet" => Ok(Self::GeoParquet),
            "csv" => Ok(Self::Csv),
            _ => Err(ExportError::UnknownFormat(path.to_owned())),
        }
    }

    /// All formats.
    pub const ALL: [Self; 5] = [
        Self::GeoPackage,
        Self::FlatGeobuf,
        Self::GeoParquet,
        Self::GeoJson,
        Self::Csv,
    ];

    /// The extension of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::GeoPackage => "gpkg",
            Self::GeoJson => "geojson",
            Self::FlatGeobuf => "fgb",
            Self::GeoParquet => "parquet",
            Self::Csv => "csv",
        }
    }
}

/// Where grid points lie on earth, or in metres.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub planes: &'a Planes,
    pub transforms: &'a Transforms,
}

impl Ground<'_> {
    /// The shape of a record in longitude and latitude of WGS 84.
    pub fn lonlat(&self, record: &Record) -> Result<Geometry, CrsError> {
        let mut failed = None;
        let geometry = Geometry::of_shape(&record.shape, |point| {
            match self.transforms.to_lonlat(record.plane, point) {
                Ok(at) => [at.lon, at.lat],
                Err(error) => {
                    failed = Some(error);
                    [f64::NAN; 2]
                }
            }
        });
        failed.map_or(Ok(geometry), Err)
    }

    /// The shape of a record in metres of its plane.
    pub fn metres(&self, record: &Record) -> Result<Geometry, CrsError> {
        let plane = self.planes.get(record.plane);
        let plane = plane.ok_or_else(|| CrsError::UnknownSystem {
            asked: record.plane,
            known: self.planes.offered(),
        })?;
        Ok(Geometry::of_shape(&record.shape, |point| -> Position {
            let (east, north) = plane.metres(point);
            [east, north]
        }))
    }
}

/// Writes all records of a collection and answers how many there were; `ids` says what the records
/// are. An older file of the name is replaced when the new one is complete.
///
/// # Errors
/// [`ExportError`]; the file that was there before is then still there.
pub fn write(
    table: impl Into<Table>,
    format: ExportFormat,
    (records, ids): (impl Iterator<Item = Record>, Ids),
    planes: &Planes,
    transforms: &Transforms,
    path: &Path,
) -> Result<u64, ExportError> {
    let table = table.into();
    let records = records.map(|record| table.told(record, transforms));
    let ground = Ground { planes, transforms };
    let beside = beside(path, format);
    let written = match format {
        ExportFormat::GeoPackage => binary::write("GPKG", table, records, ground, &beside),
        ExportFormat::FlatGeobuf => binary::write("FlatGeobuf", table, records, ground, &beside),
        ExportFormat::GeoParquet => geoparquet::write(table, records, ground, &beside),
        ExportFormat::GeoJson => rfc7946::write(table, (records, ids), ground, &beside),
        ExportFormat::Csv => csv::write(table, records, ground, &beside),
    };
    complete(written, &beside, path)
}

/// The name under which a file is written before it is complete.
pub(super) fn beside(path: &Path, format: ExportFormat) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let process = std::process::id();
    path.with_file_name(format!(".{name}.{process}.{}", format.extension()))
}

/// Gives a complete file its name; takes away one that is not complete.
pub(super) fn complete(
    written: Result<u64, ExportError>,
    beside: &Path,
    path: &Path,
) -> Result<u64, ExportError> {
    let unwritable = |cause| ExportError::Unwritable {
        path: path.to_owned(),
        cause,
    };
    let renamed = written.and_then(|count| {
        std::fs::rename(beside, path).map_err(unwritable)?;
        Ok(count)
    });
    if renamed.is_err() {
        // There may be nothing to take away; what failed before is what is told.
        let _ = std::fs::remove_file(beside);
    }
    renamed
}
