//! The report of one import, as it is kept, printed and written as JSON.

use std::collections::BTreeMap;

use super::Durations;
use crate::cadastre::{Day, Revision};
use crate::crs::Epsg;
use crate::evidence::{NotCanonical, canonical_bytes};
use crate::exchange::certificates::CertificateCounts;
use crate::exchange::check::Contacts;
use crate::exchange::{Finding, FindingCode, Note, Severity, Wording, reconcile};

/// What was imported, from where, as what.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// Name of the file, without its folder.
    pub file: String,
    /// SHA-256 of the file and what belongs to it, in hexadecimal digits.
    pub content_hash: String,
    /// Layer of the file.
    pub layer: String,
    /// Name of the field profile.
    pub profile: String,
    /// Dataset the file is a state of.
    pub dataset: String,
    /// System in which the file's coordinates were read.
    pub crs: Option<Epsg>,
    /// Operation that brought them to their planes, when they came in another system.
    pub operation: Option<String>,
    /// Hash of everything that decides the outcome besides the register: the file, its layer,
    /// the profile's content, what the command line asked for.
    pub order_hash: String,
    /// Day on which what the file says begins, where it states no day itself.
    pub day: Day,
    /// The files, where several are imported as one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<OneOfSeveral>,
}

/// One of several files that are imported as one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OneOfSeveral {
    /// Its name; with its folder where another one has the same.
    pub file: String,
    /// SHA-256 of it and what belongs to it.
    pub content_hash: String,
    /// The layer that is read.
    pub layer: String,
    /// System in which its coordinates were read.
    pub crs: Option<Epsg>,
}

/// What became of the import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Outcome {
    /// Nothing was written, as asked.
    DryRun,
    /// Written as one revision.
    Written {
        /// The revision.
        revision: Revision,
    },
    /// Nothing was written, since the file lacks so much of its dataset that it may be cut short.
    RetiresMuch,
    /// The very same file had been imported; nothing was written.
    SameFile {
        /// The revision that it was imported in.
        revision: Revision,
    },
}

/// Counts in and out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileCounts {
    /// Features the layer has; for a drawing the closed figures that were assembled.
    pub read: u64,
    /// Read features that stay out.
    pub rejected: u64,
    /// Features that go in with a repaired shape; they are among new, changed or unchanged.
    pub repaired: u64,
    /// Features that are the part of another one of the file on a further plane; they are counted
    /// with that one.
    #[serde(default)]
    pub joined: u64,
    /// Features that go in as history alone: they are over on the day of the import.
    #[serde(default)]
    pub over: u64,
    /// What the others are to the register.
    #[serde(flatten)]
    pub register: reconcile::Counts,
}

impl FileCounts {
    /// Whether every feature read is new, changed, unchanged, rejected or part of one of these, and
    /// only one of it.
    pub const fn adds_up(&self) -> bool {
        let Self {
            read,
            rejected,
            joined,
            register,
            ..
        } = self;
        *read == register.new + register.changed + register.unchanged + *rejected + *joined
    }
}

/// What a drawing held, before parcels were assembled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DrawnCounts {
    /// Elements in the file.
    pub elements: u64,
    /// Lines on the boundary levels.
    pub lines: u64,
    /// Texts on the label levels.
    pub texts: u64,
    /// Elements on other levels, which are left alone.
    pub other: u64,
    /// Closed figures.
    pub figures: u64,
}

impl DrawnCounts {
    /// Takes in what another drawing held.
    pub const fn add(&mut self, other: Self) {
        self.elements += other.elements;
        self.lines += other.lines;
        self.texts += other.texts;
        self.other += other.other;
        self.figures += other.figures;
    }
}

/// Sums of areas over the features that go in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sums {
    /// Registered areas, in hundredths of a square metre.
    pub registered_hundredths_m2: i64,
    /// Twice the measured areas, in mm²; exact.
    pub measured_twice_mm2: i64,
}

/// What an import does to the head of a planning layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadOutcome {
    /// The register did not hold the layer.
    New,
    /// It held another head of the layer.
    Changed,
    /// It held this very head.
    Unchanged,
    /// The profile states nothing of the layer; what the register holds stays.
    Kept,
}

/// How the coverage of a planning layer was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverageOrigin {
    /// It is the ground of the features.
    Features,
    /// The ground of wards.
    Wards,
    /// The areas of a file.
    File,
    /// Areas written down in the profile.
    Profile,
    /// As the register holds it.
    Register,
}

/// The part of a coverage on one plane.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoverageArea {
    /// The plane.
    pub plane: Epsg,
    /// Its area, in m².
    pub area_m2: f64,
}

/// A planning layer that the features of a file are of.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerOutcome {
    /// Code.
    pub code: String,
    /// Title in both languages.
    pub title: Wording,
    /// What becomes of its head.
    pub head: HeadOutcome,
    /// The day up to which it is known to be right.
    pub as_of: Day,
    /// Accuracy of its geometry, in millimetres.
    pub accuracy_mm: u32,
    /// Whether it binds, as in tables and profiles.
    pub law_status: String,
    /// Whether its data are made up.
    pub synthetic: bool,
    /// How its coverage was found.
    pub coverage_origin: CoverageOrigin,
    /// Its coverage; what reaches over the border of two zones is on both planes.
    pub coverage: Vec<CoverageArea>,
    /// Features of it that go in.
    pub features: u64,
}

/// How often a code was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct CodeCount {
    /// As a rejection.
    pub rejections: u64,
    /// As a warning.
    pub warnings: u64,
}

/// The whole report.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// What was imported.
    pub subject: Subject,
    /// What became of it.
    pub outcome: Outcome,
    /// Counts in and out.
    pub counts: FileCounts,
    /// What the drawing held, for a drawing.
    pub drawn: Option<DrawnCounts>,
    /// What a file of certificates came to, for such a file.
    #[serde(default)]
    pub certificates: Option<CertificateCounts>,
    /// Sums of areas of parcels.
    pub sums: Sums,
    /// The planning layers, for planning features.
    #[serde(default)]
    pub layers: Vec<LayerOutcome>,
    /// Contacts between neighbours too small to be listed.
    pub contacts: Contacts,
    /// How long the parts took; not in the report that a register keeps, which says what was
    /// imported and is written before the last part ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub durations: Option<Durations>,
    /// How often each code was found.
    pub by_code: BTreeMap<FindingCode, CodeCount>,
    /// What there is to know of the file as a whole.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Every finding.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The report as canonical JSON (RFC 8785): equal reports have equal bytes.
    ///
    /// # Errors
    /// [`NotCanonical`] for a count beyond 2^53, which no file has.
    pub fn to_json(&self) -> Result<Vec<u8>, NotCanonical> {
        canonical_bytes(self)
    }
}

/// How often each code occurs among findings.
pub fn count_by_code(findings: &[Finding]) -> BTreeMap<FindingCode, CodeCount> {
    let mut counts: BTreeMap<FindingCode, CodeCount> = BTreeMap::new();
    for finding in findings {
        let count = counts.entry(finding.code).or_default();
        match finding.severity {
            Severity::Rejection => count.rejections += 1,
            Severity::Warning => count.warnings += 1,
        }
    }
    counts
}
