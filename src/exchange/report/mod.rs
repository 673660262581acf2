//! The report of an import: counts that add up, sums, every finding.

/// What a report holds.
mod record;
/// How long it took.
mod durations;
/// The findings as a GeoPackage.
mod defects;
/// Findings of one kind told together.
mod groups;
/// The report on a terminal.
mod text;

pub use defects::{DefectsError, write_defects};
pub use durations::Durations;
pub use record::{
    CodeCount, CoverageArea, CoverageOrigin, DrawnCounts, FileCounts, HeadOutcome, LayerOutcome,
    OneOfSeveral, Outcome, Report, Subject, Sums, count_by_code,
};
pub use text::terminal_text;

#[cfg(test)]
mod tests;
