//! Rejected features as a file, whole, to be mended and imported again.

use std::path::Path;

use super::Error;
use crate::crs::Epsg;
use crate::exchange::export::{KeptLayer, write_kept};
use crate::exchange::kept::{KeptFeature, Unreadable};
use crate::exchange::report::Report;
use crate::exchange::{Finding, Severity};
use crate::store::Store;

/// Writes the features that the newest import of a dataset rejected into a GeoPackage, with their
/// own fields and coordinates, and answers how many. Originals of repaired features stay out.
///
/// # Errors
/// [`Error::Refused`] when nothing was ever imported into the dataset, its lines are certificates,
/// which are not kept, or the file cannot be written; failures of the store.
pub fn export_rejected(store: &Store, dataset: &str, path: &Path) -> Result<u64, Error> {
    let import = store.last_import(dataset)?.ok_or_else(|| {
        Error::Refused(format!("nothing was imported into the dataset `{dataset}`"))
    })?;
    let report: Option<Report> = serde_json::from_str(&import.report).ok();
    if report.is_some_and(|report| report.certificates.is_some()) {
        return Err(Error::Refused(format!(
            "rejected lines of `{}` were not kept, since they say who somebody is; expected them \
             to be mended in the file itself, at the lines that the report names",
            import.file_name
        )));
    }
    let mut kept = store.kept_features(import.id)?;
    kept.retain(is_rejected);
    let whole = |kept: &KeptFeature| Ok((kept.crs.map(Epsg), kept.raw()?));
    let raw: Result<Vec<_>, Unreadable> = kept.iter().map(whole).collect();
    let raw = raw.map_err(|e| Error::internal("cannot read a kept feature", e))?;
    write_kept(&KeptLayer::of(raw), "rejected", path).map_err(|e| Error::Refused(e.to_string()))
}

/// Whether a finding kept the feature out.
fn is_rejected(kept: &KeptFeature) -> bool {
    let findings: Vec<Finding> = serde_json::from_str(&kept.findings).unwrap_or_default();
    findings
        .iter()
        .any(|finding| finding.severity == Severity::Rejection)
}
