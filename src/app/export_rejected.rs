//! Rejected features as a file, whole, to be mended and imported again.

use std::path::Path;

use super::Error;
use crate::crs::Epsg;
use crate::exchange::export::{KeptLayer, RejectedFeature, write_kept};
use crate::exchange::kept::KeptFeature;
use crate::exchange::report::Report;
use crate::exchange::{Finding, Language, Severity};
use crate::store::Store;

/// Writes the features that the newest import of a dataset rejected into a GeoPackage, with their
/// own fields and coordinates and the reasons in a language, and answers how many. Originals of
/// repaired features stay out.
///
/// # Errors
/// [`Error::Refused`] when nothing was ever imported into the dataset, its lines are certificates,
/// which are not kept, or the file cannot be written; failures of the store.
pub fn export_rejected(
    store: &Store,
    dataset: &str,
    path: &Path,
    language: Language,
) -> Result<u64, Error> {
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
    let kept = store.kept_features(import.id)?;
    let mut rejected = Vec::new();
    for kept in &kept {
        let (reasons, source) = rejections(kept, language);
        if reasons.is_empty() {
            continue;
        }
        let raw = kept.raw();
        let raw = raw.map_err(|e| Error::internal("cannot read a kept feature", e))?;
        let source = source.unwrap_or_else(|| import.file_name.clone());
        let feature = RejectedFeature::new(raw, reasons.join(" "), source);
        rejected.push((kept.crs.map(Epsg), feature));
    }
    write_kept(&KeptLayer::of(rejected), "rejected", path)
        .map_err(|e| Error::Refused(e.to_string()))
}

/// Why a feature was kept out, and its file where there were several.
fn rejections(kept: &KeptFeature, language: Language) -> (Vec<String>, Option<String>) {
    let findings: Vec<Finding> = serde_json::from_str(&kept.findings).unwrap_or_default();
    let rejections = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Rejection);
    let file = rejections.clone().find_map(|finding| finding.file.clone());
    let mut reasons: Vec<String> = Vec::new();
    for reason in rejections.map(|finding| finding.reason.in_language(language)) {
        if !reasons.iter().any(|told| told == reason) {
            reasons.push(reason.to_owned());
        }
    }
    (reasons, file)
}
