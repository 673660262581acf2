//! The list of revisions.

use super::audit;
use super::connection::{AnyConnection, on_both};
use super::error::Error;
use super::schema::revisions;
use super::writing::Writing;
use crate::cadastre::{Instant, Revision};
use crate::land::Edit;
use diesel::prelude::*;

#[derive(Debug, Queryable, Insertable)]
#[diesel(table_name = revisions)]
struct RevisionRow {
    number: i64,
    recorded_at: i64,
    dataset: String,
    summary: String,
    parcels_written: i64,
    parcels_closed: i64,
    features_written: i64,
    features_closed: i64,
    others_written: i64,
    audit_hash: String,
}

/// One revision as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionEntry {
    /// Number.
    pub revision: Revision,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Dataset the edit came from.
    pub dataset: String,
    /// What happened.
    pub summary: String,
    /// Parcel versions written.
    pub parcels_written: u64,
    /// Parcel versions closed in recorded time.
    pub parcels_closed: u64,
    /// Feature versions written.
    pub features_written: u64,
    /// Feature versions closed in recorded time.
    pub features_closed: u64,
    /// Layer heads, wards, crosswalk rows and lineage edges written.
    pub others_written: u64,
    /// Hash of its audit entry, in hexadecimal.
    pub audit_hash: String,
}

/// Writes the row of the revision under way, and its audit entry.
pub(super) fn write(writing: &mut Writing<'_>, edit: &Edit) -> Result<(), Error> {
    let counts = writing.counts;
    let mut entry = serde_json::Map::new();
    entry.insert("revision".to_owned(), writing.revision.into());
    entry.insert("dataset".to_owned(), edit.dataset.as_str().into());
    entry.insert("summary".to_owned(), edit.summary.as_str().into());
    entry.insert(
        "counts".to_owned(),
        serde_json::json!({
            "parcelsWritten": counts.parcels_written,
            "parcelsClosed": counts.parcels_closed,
            "featuresWritten": counts.features_written,
            "featuresClosed": counts.features_closed,
            "othersWritten": counts.others,
        }),
    );
    let hash = audit::append(writing, &edit.dataset, "commit", entry)?;
    let row = RevisionRow {
        number: writing.revision,
        recorded_at: writing.at,
        dataset: edit.dataset.clone(),
        summary: edit.summary.clone(),
        parcels_written: counts.parcels_written,
        parcels_closed: counts.parcels_closed,
        features_written: counts.features_written,
        features_closed: counts.features_closed,
        others_written: counts.others,
        audit_hash: hash.to_string(),
    };
    on_both!(&mut *writing.connection, c => diesel::insert_into(revisions::table)
        .values(&row)
        .execute(c))?;
    Ok(())
}

/// The newest revisions, newest first.
pub(super) fn list(
    connection: &mut AnyConnection,
    limit: i64,
) -> Result<Vec<RevisionEntry>, Error> {
    let rows: Vec<RevisionRow> = on_both!(connection, c => revisions::table
        .order(revisions::number.desc())
        .limit(limit)
        .load(c))?;
    let count = |n: i64| super::codes::narrow::<u64>(n, "a count");
    rows.into_iter()
        .map(|row| {
            Ok(RevisionEntry {
                revision: Revision(count(row.number)?),
                recorded_at: Instant(row.recorded_at),
                dataset: row.dataset,
                summary: row.summary,
                parcels_written: count(row.parcels_written)?,
                parcels_closed: count(row.parcels_closed)?,
                features_written: count(row.features_written)?,
                features_closed: count(row.features_closed)?,
                others_written: count(row.others_written)?,
                audit_hash: row.audit_hash,
            })
        })
        .collect()
}
