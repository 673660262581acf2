//! Imports: a file that became a revision, and the features of it that are kept whole.

use diesel::prelude::*;

use super::commit;
use super::connection::{AnyConnection, on_both};
use super::display::Display;
use super::error::Error;
use super::head::{Head, Sequence};
use super::schema::{imports, rejected_features};
use super::store::Store;
use crate::cadastre::{Instant, Revision};
use crate::exchange::kept::{ImportRecord, KeptFeature};
use crate::land::Edit;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = imports)]
struct ImportRow {
    id: i64,
    content_hash: String,
    file_name: String,
    dataset: String,
    profile: String,
    recorded_at: i64,
    revision: i64,
    counts: String,
    report: String,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = rejected_features)]
struct KeptRow {
    id: i64,
    import_id: i64,
    feature: i64,
    layer: String,
    attributes: String,
    crs: Option<i64>,
    wkb: Option<Vec<u8>>,
    findings: String,
}

/// One import as the register remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportEntry {
    /// Key of the import.
    pub id: i64,
    /// Hash of the file, in hexadecimal.
    pub content_hash: String,
    /// Name of the file.
    pub file_name: String,
    /// Dataset it is a state of.
    pub dataset: String,
    /// The revision it made.
    pub revision: Revision,
    /// The report, as JSON.
    pub report: String,
}

impl Store {
    /// Writes the edit of an import and remembers the import, in one transaction: both or none.
    /// `record` is told the revision being made.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub fn commit_import(
        &self,
        edit: &Edit,
        record: &dyn Fn(Revision) -> ImportRecord,
        at: Instant,
        display: &dyn Display,
    ) -> Result<Revision, Error> {
        self.write(|c| {
            let revision = commit::write_edit(c, edit, at, (display, self.vault()))?;
            remember(c, &record(revision), revision, at)?;
            Ok(revision)
        })
    }

    /// The newest import of a dataset.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn last_import(&self, dataset: &str) -> Result<Option<ImportEntry>, Error> {
        self.read(|c| {
            let row: Option<ImportRow> = on_both!(c, c => imports::table
                .filter(imports::dataset.eq(dataset))
                .order(imports::id.desc())
                .select(ImportRow::as_select())
                .first(c)
                .optional())?;
            row.map(ImportRow::into_entry).transpose()
        })
    }

    /// The features that an import kept whole, in the order of their numbers.
    ///
    /// # Errors
    /// Any failure of the database.
    pub fn kept_features(&self, import: i64) -> Result<Vec<KeptFeature>, Error> {
        self.read(|c| {
            let rows: Vec<KeptRow> = on_both!(c, c => rejected_features::table
                .filter(rejected_features::import_id.eq(import))
                .order((rejected_features::feature, rejected_features::id))
                .select(KeptRow::as_select())
                .load(c))?;
            Ok(rows.into_iter().map(KeptRow::into_kept).collect())
        })
    }
}

/// Writes the rows of an import in the transaction of its edit.
fn remember(
    connection: &mut AnyConnection,
    record: &ImportRecord,
    revision: Revision,
    at: Instant,
) -> Result<(), Error> {
    let refused = |reason: &str| Error::Refused {
        what: "import of",
        key: record.dataset.clone(),
        reason: reason.to_owned(),
    };
    let count = u32::try_from(record.kept.len() + 1);
    let count = count.map_err(|_| refused("fewer than 2^32 kept features"))?;
    let number = i64::try_from(revision.0).map_err(|_| refused("a revision below 2^63"))?;
    let mut head = Head::hold(connection)?;
    let mut ids = head.reserve(Sequence::Others, count);
    head.release(connection)?;
    let import_id = ids.start;
    let row = ImportRow {
        id: import_id,
        content_hash: record.content_hash.clone(),
        file_name: record.file_name.clone(),
        dataset: record.dataset.clone(),
        profile: record.profile.clone(),
        recorded_at: at.0,
        revision: number,
        counts: record.counts.clone(),
        report: record.report.clone(),
    };
    on_both!(&mut *connection, c => diesel::insert_into(imports::table).values(&row).execute(c))?;
    ids.next();
    // One statement a row: for several rows diesel would open a transaction inside ours.
    for (kept, id) in record.kept.iter().zip(ids) {
        let row = KeptRow::new(kept, id, import_id);
        on_both!(&mut *connection, c => diesel::insert_into(rejected_features::table)
            .values(&row)
            .execute(c))?;
    }
    Ok(())
}

impl ImportRow {
    fn into_entry(self) -> Result<ImportEntry, Error> {
        Ok(ImportEntry {
            id: self.id,
            content_hash: self.content_hash,
            file_name: self.file_name,
            dataset: self.dataset,
            revision: Revision(super::codes::narrow(self.revision, "a revision")?),
            report: self.report,
        })
    }
}

impl KeptRow {
    fn new(kept: &KeptFeature, id: i64, import_id: i64) -> Self {
        Self {
            id,
            import_id,
            feature: kept.feature,
            layer: kept.layer.clone(),
            attributes: kept.attributes.clone(),
            crs: kept.crs.map(i64::from),
            wkb: kept.wkb.clone(),
            findings: kept.findings.clone(),
        }
    }

    fn into_kept(self) -> KeptFeature {
        KeptFeature {
            feature: self.feature,
            layer: self.layer,
            attributes: self.attributes,
            crs: self.crs.and_then(|crs| u32::try_from(crs).ok()),
            wkb: self.wkb,
            findings: self.findings,
        }
    }
}
