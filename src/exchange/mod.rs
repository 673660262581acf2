//! Import and export: sources, field profiles, drafts, findings, report; the only user of GDAL.
//!
//! May not live here: writing to the store; repairing silently.

/// Parcels made from drawings.
pub mod assemble;
/// Certificates with their holders.
pub mod certificates;
/// Checks over the drafts of one file.
pub mod check;
/// Shapes of one plane on another.
pub mod crossing;
/// A made-up city in real wards.
pub mod demo;
/// What a source states, before the register has judged it.
pub mod draft;
/// Collections written so that they are imported again as they were.
pub mod export;
/// Rejections and warnings with their places.
pub mod finding;
/// What is told about a file as a whole.
pub mod note;
/// A layer read, assembled and judged.
pub mod intake;
/// Features kept whole beside the register.
pub mod kept;
/// Features of a source become drafts.
pub mod mapping;
/// Planning features of a file.
pub mod plan;
/// Which field of a source means what.
pub mod profile;
/// What a file changes in the register.
pub mod reconcile;
/// The report of an import.
pub mod report;
/// Registered areas as texts state them.
mod stated_area;
/// Several files imported as one.
pub mod several;
/// GDAL's own messages.
mod quiet;
/// Files from outside, read by a confined child process.
pub mod source;
/// The wards of today, from a GeoPackage.
pub mod wards;
/// Encodings of Vietnamese texts.
pub mod text;
/// Sentences in Vietnamese and English.
pub mod wording;

pub use draft::{Draft, FeatureDraft, FeatureNumber, ParcelDraft, Unstated, shown_key};
pub use finding::{Finding, FindingCode, Severity};
pub use note::Note;
pub use wards::{WardsError, read_wards};
pub use wording::{Language, RULE_WORDS, Wording};
