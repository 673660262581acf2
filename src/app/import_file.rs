//! Importing files: read them, judge them, match them with the register, write one revision.

use std::cell::Cell;
use std::path::PathBuf;
use std::time::Instant as Moment;

use super::import_files::{Opened, prepare_import};
use super::laps::{Laps, millis};
use super::{Error, Reference};
use crate::cadastre::{Day, Instant, ParcelId};
use crate::crs::Epsg;
use crate::exchange::Note;
use crate::exchange::check::Mending;
use crate::exchange::kept::{ImportRecord, KeptFeature};
use crate::exchange::reconcile::{Counts, Retiring};
use crate::exchange::report::{Outcome, Report, Subject};
use crate::exchange::source::ReadOptions;
use crate::land::{City, Edit, ParcelChange};
use crate::store::{CityDisplay, Sequence, Store};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct ImportOrder {
    /// The files, which together are one state of the dataset.
    pub files: Vec<PathBuf>,
    /// Layer of the file; the only one when absent.
    pub layer: Option<String>,
    /// Name or path of the field profile.
    pub profile: String,
    /// Dataset of which the files are a state; the name of the only file without extension when
    /// absent.
    pub dataset: Option<String>,
    /// System of the coordinates, against what profile and file say.
    pub crs: Option<Epsg>,
    /// Day on which what the file says begins, where it states none; today when absent.
    pub as_of: Option<Day>,
    /// What to do with shapes that are not valid.
    pub mending: Mending,
    /// How much of the dataset may end because the file no longer has it.
    pub retiring: Retiring,
    /// Whether to write.
    pub writing: Writing,
    /// How the child that reads the file is confined.
    pub reading: ReadOptions,
}

/// Whether an import writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Only the report is made.
    DryRun,
    /// One revision is written.
    Revision,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Features are being read.
    Reading {
        /// So far.
        read: u64,
        /// Of how many, when the file says so.
        of: Option<u64>,
    },
    /// Shapes, keys and neighbours are being judged.
    Judging,
    /// Drafts are being matched with the register.
    Matching,
    /// The revision is being written.
    Writing,
}

/// Imports files as one new revision, or finds that they are those imported last. A register that
/// holds nothing gets the wards that come with the program first.
///
/// # Errors
/// [`Error::Refused`] for a file, layer or profile that cannot be used; nothing of it is written.
/// [`Error::Stale`] when somebody else wrote in between, and the store's own failures.
pub fn import_file(
    store: &Store,
    reference: &Reference,
    order: &ImportOrder,
    now: Instant,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, Error> {
    prepare_import(reference, order)?.import(store, now, progress)
}

/// What an import works with; parcels, certificates and planning features each have a file of
/// their own that says how.
#[derive(Clone, Copy)]
pub(super) struct Import<'a> {
    pub store: &'a Store,
    pub reference: &'a Reference,
    pub order: &'a ImportOrder,
    pub opened: &'a Opened,
    pub now: Instant,
}

impl Import<'_> {
    /// What may end because the files no longer have it. A file of rejected features says itself
    /// that it is a supplement, whatever else is asked for.
    pub(super) fn retiring(&self) -> Retiring {
        if self.opened.hold_rejected() {
            Retiring::Nothing
        } else {
            self.order.retiring
        }
    }

    /// Says that the files are taken for a supplement, and why.
    pub(super) fn supplement_note(&self) -> Option<Note> {
        let code = if self.opened.hold_rejected() {
            "supplement_of_rejected"
        } else {
            "supplement"
        };
        (self.retiring() == Retiring::Nothing).then(|| Note::new(code, &[]))
    }

    /// What becomes of an import with these counts without being written: it is only tried, or
    /// would end more of its dataset than it was told to.
    pub(super) fn unwritten(&self, counts: &Counts) -> Option<Outcome> {
        match (self.retiring(), self.order.writing) {
            (Retiring::Little, _) if counts.retires_much() => Some(Outcome::RetiresMuch),
            (_, Writing::DryRun) => Some(Outcome::DryRun),
            (_, Writing::Revision) => None,
        }
    }
}

pub(super) fn refused(error: impl std::error::Error) -> Error {
    Error::Refused(error.to_string())
}

/// The report that says so, when the last import of the dataset was this very one.
pub(super) fn same_as_last(store: &Store, subject: &Subject) -> Result<Option<Report>, Error> {
    let Some(last) = store.last_import(&subject.dataset)? else {
        return Ok(None);
    };
    // A report of another program version that cannot be read is not this order's.
    let held: Option<Report> = serde_json::from_str(&last.report).ok();
    Ok(held
        .filter(|held| held.subject.order_hash == subject.order_hash)
        .map(|held| Report {
            outcome: Outcome::SameFile {
                revision: last.revision,
            },
            ..held
        }))
}

/// Writes one revision and gives the report of it.
pub(super) fn write(
    store: &Store,
    reference: &Reference,
    mut report: Report,
    (mut edit, kept): (Edit, &[KeptFeature]),
    now: Instant,
    laps: &mut Laps,
) -> Result<Report, Error> {
    give_keys(store, &mut edit)?;
    edit.dataset = report.subject.dataset.clone();
    edit.summary = format!("import of {}", report.subject.file);
    let written = Cell::new(Moment::now());
    let record = |revision| -> ImportRecord {
        written.set(Moment::now());
        let mut report = report.clone();
        report.outcome = Outcome::Written { revision };
        ImportRecord {
            content_hash: report.subject.content_hash.clone(),
            file_name: report.subject.file.clone(),
            dataset: report.subject.dataset.clone(),
            profile: report.subject.profile.clone(),
            counts: serde_json::json!(report.counts).to_string(),
            report: serde_json::json!(report).to_string(),
            kept: kept.to_vec(),
        }
    };
    let City { planes, transforms } = &reference.city;
    let display = CityDisplay::new(planes, transforms)
        .map_err(|e| Error::internal("cannot set up the display geometry", e))?;
    let revision = store.commit_import(&edit, &record, now, &display)?;
    laps.durations.committing_ms = millis(written.get().elapsed());
    laps.durations.writing_ms = laps.lap().saturating_sub(laps.durations.committing_ms);
    report.outcome = Outcome::Written { revision };
    Ok(report)
}

/// Keys from here on are provisional; those of a register count up from 1.
pub(super) const FIRST_PROVISIONAL: i64 = 1 << 52;

/// Gives new parcels keys of the register instead of provisional ones.
fn give_keys(store: &Store, edit: &mut Edit) -> Result<(), Error> {
    let provisional = |change: &ParcelChange| match change {
        ParcelChange::Open { parcel, .. } => parcel
            .id
            .get()
            .checked_sub(FIRST_PROVISIONAL)
            .filter(|n| *n > 0),
        _ => None,
    };
    let count = edit
        .parcels
        .iter()
        .filter_map(provisional)
        .max()
        .unwrap_or(0);
    if count == 0 {
        return Ok(());
    }
    let too_many = |e| Error::internal("too many parcels for one import", e);
    let reserved = store.reserve(Sequence::Parcels, u32::try_from(count).map_err(too_many)?)?;
    for change in &mut edit.parcels {
        if let Some(n) = provisional(change)
            && let ParcelChange::Open { parcel, .. } = change
        {
            parcel.id = ParcelId::new(reserved.start + n - 1)
                .map_err(|e| Error::internal("the register is out of keys", e))?;
        }
    }
    Ok(())
}
