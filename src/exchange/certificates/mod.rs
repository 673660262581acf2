//! Certificates of a file: lines judged against the register's parcels, put together, and matched
//! with the certificates that the register holds.
//!
//! No finding holds a value of the file: a column taken for another would bring names into reports.
//! Read `row`, `judge`, `group`, then `reconcile`
//! and `matching`.

/// Certificates that give a right twice.
mod double;
/// Lines of one certificate put together.
mod group;
/// Lines judged.
mod judge;
/// One certificate against the one that is held.
mod matching;
/// What a file changes in the register.
mod reconcile;
/// One line, as it states it.
mod row;

pub use double::double_rights;
pub use group::{Certificate, Holder, RightDraft};
pub use judge::{JudgedCertificates, KnownParcels, judge_certificates};
pub use reconcile::{
    CertificateCounts, HeldCertificate, NextIds, ReconciledCertificates, ResolvedHolder,
    reconcile_certificates, serials_held_elsewhere,
};
pub use row::{CertificateRow, PaperKey, UnreadRow, paper_of};

#[cfg(test)]
mod tests;
