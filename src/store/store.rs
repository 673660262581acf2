//! The store and its options: the one door to the database.

use super::audit::{AuditChain, AuditEntry, BrokenAudit};
use super::connection::{Access, AnyConnection, Opener, Target};
use super::display::Display;
use super::error::Error;
use super::files::Tables;
use super::head::{self, Head, Sequence};
use super::load::{self, FileScope};
use super::personal::Vault;
use super::revisions::{self, RevisionEntry};
use super::{audit, catalogue, commit, features, migrate, personal, standing, wards};
use crate::cadastre::{Instant, Lineage, ParcelId, ParcelVersion, Revision, Ward, WardSuccession};
use crate::land::{Changes, Edit, RegisterReader};
use crate::planning::{Layer, LayerCode, PlanFeature};
use diesel::r2d2::{Pool, PooledConnection};
use documented::DocumentedFields;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Where the store is and how long to wait for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, DocumentedFields)]
#[serde(deny_unknown_fields, default)]
pub struct StoreOptions {
    /// Path of a GeoPackage file, or `postgres://…` of a server.
    pub url: String,
    /// Where the keys of personal values are, written as `url`. Empty: beside the register, in a
    /// file with `-keys` at the end of its name, or in the schema `diachinh_keys` of the server.
    pub keys_url: String,
    /// Greatest number of connections held open.
    pub connections: u32,
    /// How long to wait for a connection or for another writer, in milliseconds.
    pub busy_timeout_ms: u64,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            url: "diachinh.gpkg".to_owned(),
            keys_url: String::new(),
            connections: 8,
            busy_timeout_ms: 5_000,
        }
    }
}

impl StoreOptions {
    /// The defaults, with the store at a place.
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }
}

/// The register on disk. Cheap to share behind an `Arc`; every method blocks.
#[derive(Debug)]
pub struct Store {
    pool: Pool<Opener>,
    target: Target,
    vault: Vault,
    /// Writers of this process queue here, fairly, instead of polling the database's lock.
    writer: Mutex<()>,
}

impl Store {
    /// Connects. A file that does not exist is created, empty: [`Store::migrate`] comes next.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database cannot be reached, [`Error::Foreign`] for the file
    /// of a database that is something else, which stays as it is.
    pub fn open(options: &StoreOptions) -> Result<Self, Error> {
        let opener = Opener {
            target: Target::parse(&options.url),
            busy_timeout: Duration::from_millis(options.busy_timeout_ms),
            access: Access::Shared,
        };
        Self::open_by(opener, options.connections.max(2), options)
    }

    /// Opens a register whose disk takes no more writing, to read it as it stands. While it is
    /// open nobody else can open it, so do not keep it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it is not there or lies on a server, [`Error::Busy`] when
    /// somebody else has it open.
    pub fn open_alone(options: &StoreOptions) -> Result<Self, Error> {
        let opener = Opener {
            target: Target::parse(&options.url),
            busy_timeout: Duration::ZERO,
            access: Access::Alone,
        };
        if matches!(opener.target, Target::Postgres(_)) || Self::is_absent(options) {
            let expected = "expected a file that is there".to_owned();
            return Err(Error::Unavailable(expected));
        }
        Self::open_by(opener, 1, options)
    }

    fn open_by(opener: Opener, connections: u32, options: &StoreOptions) -> Result<Self, Error> {
        // The pool would hide why: the first connection says it.
        if let (AnyConnection::Sqlite(mut first), Target::Sqlite(path)) =
            (opener.open()?, &opener.target)
            && Tables::of(&mut first)?.are_keys()
        {
            return Err(Error::Foreign(path.display().to_string()));
        }
        let target = opener.target.clone();
        let vault = Vault(Opener {
            target: keys_target(&options.keys_url, &target),
            ..opener.clone()
        });
        let pool = Pool::builder()
            .max_size(connections)
            .min_idle(Some(0))
            .connection_timeout(Duration::from_millis(options.busy_timeout_ms))
            .build_unchecked(opener);
        Ok(Self {
            pool,
            target,
            vault,
            writer: Mutex::new(()),
        })
    }

    /// Whether the register is a file that is not there, or has nothing in it. What a server holds
    /// is known only when it is asked: never absent.
    pub fn is_absent(options: &StoreOptions) -> bool {
        match Target::parse(&options.url) {
            Target::Sqlite(path) => match std::fs::metadata(path) {
                Ok(file) => file.len() == 0,
                Err(error) => error.kind() == std::io::ErrorKind::NotFound,
            },
            Target::Postgres(_) => false,
        }
    }

    /// Applies every pending migration; the versions applied, none when the schema was up to date.
    ///
    /// The place of the keys is made for a register without parties only: where parties are and
    /// their keys are not, an empty place would hide that they are elsewhere.
    ///
    /// # Errors
    /// [`Error::Migration`], with the store as it was before the migration that failed.
    pub fn migrate(&self) -> Result<Vec<String>, Error> {
        let connection = &mut *self.connection()?;
        let applied = migrate::up(connection)?;
        if !self.vault.is_absent()? || !personal::has_parties(connection)? {
            self.vault.migrate()?;
        }
        Ok(applied)
    }

    /// Takes every migration back, newest first: the register is gone afterwards.
    ///
    /// # Errors
    /// [`Error::Migration`].
    pub fn unmigrate(&self) -> Result<Vec<String>, Error> {
        migrate::down(&mut *self.connection()?)
    }

    /// Whether the store can be reached and has this program's schema.
    ///
    /// # Errors
    /// [`Error::Unavailable`] or [`Error::Schema`].
    pub fn ping(&self) -> Result<(), Error> {
        if let Target::Sqlite(path) = &self.target
            && !path.exists()
        {
            // An open file lives on after its removal; what is written to it would be lost.
            return Err(Error::Unavailable(format!("`{}` is gone", path.display())));
        }
        migrate::check(&mut *self.connection()?)
    }

    /// The newest revision; 0 for an empty register.
    ///
    /// # Errors
    /// Any failure of the database.
    pub fn revision(&self) -> Result<Revision, Error> {
        self.read(|c| Ok(head::newest(c)?.0))
    }

    /// The newest revisions, newest first.
    ///
    /// # Errors
    /// Any failure of the database.
    pub fn revisions(&self, limit: u32) -> Result<Vec<RevisionEntry>, Error> {
        self.read(|c| revisions::list(c, i64::from(limit)))
    }

    /// Hands out keys that nobody else gets, now or later; unused ones are lost.
    ///
    /// # Errors
    /// Any failure of the database.
    pub fn reserve(&self, sequence: Sequence, count: u32) -> Result<Range<i64>, Error> {
        self.write(|c| {
            let mut head = Head::hold(c)?;
            let keys = head.reserve(sequence, count);
            head.release(c)?;
            Ok(keys)
        })
    }

    /// Streams the whole current knowledge to a reader, in one read transaction: every version
    /// whose recorded interval is open, whatever its valid interval.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn load(&self, reader: &mut dyn RegisterReader) -> Result<Revision, Error> {
        self.read(|c| load::load(c, reader))
    }

    /// The wards of today and of before, and which became which.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn wards(&self) -> Result<(Vec<Ward>, Vec<WardSuccession>), Error> {
        self.read(|c| {
            let (mut found, mut successions) = (Vec::new(), Vec::new());
            wards::visit(c, 0, |ward| found.push(ward))?;
            catalogue::visit_successions(c, 0, |row| successions.push(row))?;
            Ok((found, successions))
        })
    }

    /// Streams the current knowledge of the parcels that a file may be about: those of its
    /// dataset, those with keys of its communes, and those with a national identifier when it
    /// states some. They may be more than the file is about, never fewer.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn parcels_in_scope(
        &self,
        scope: FileScope<'_>,
        visit: &mut dyn FnMut(ParcelVersion),
    ) -> Result<(), Error> {
        self.read(|c| load::parcels_in_scope(c, scope, visit))
    }

    /// Streams the parcels that stand, as open versions, where some boxes are: west, south, east,
    /// north, in degrees of EPSG:4756. They may be more than meet a box, never fewer, but for
    /// those of some parcels.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn parcels_standing_in(
        &self,
        boxes: &[[f64; 4]],
        except: &BTreeSet<ParcelId>,
        visit: &mut dyn FnMut(ParcelVersion),
    ) -> Result<(), Error> {
        self.read(|c| standing::parcels_standing_in(c, boxes, except, visit))
    }

    /// The heads of all planning layers, and the newest revision: one state of the register.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn layers(&self) -> Result<(Revision, Vec<Layer>), Error> {
        self.read(|c| {
            let (revision, _) = head::newest(c)?;
            let mut layers = Vec::new();
            catalogue::visit_layers(c, 0, |layer| layers.push(layer))?;
            Ok((revision, layers))
        })
    }

    /// Streams the current knowledge of the features of some layers.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn features_of(
        &self,
        layers: &[LayerCode],
        visit: &mut dyn FnMut(PlanFeature),
    ) -> Result<(), Error> {
        let codes: Vec<String> = layers.iter().map(|code| code.0.to_string()).collect();
        self.read(|c| features::visit_of_layers(c, &codes, visit))
    }

    /// What was written or closed after a revision.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn changes_since(&self, revision: Revision) -> Result<Changes, Error> {
        self.read(|c| load::changes_since(c, revision))
    }

    /// Writes an edit: all of it in one new revision, or nothing.
    ///
    /// # Errors
    /// [`Error::Stale`], [`Error::Overlap`], [`Error::OutsideInterval`] or [`Error::Refused`] when
    /// the edit does not fit what the register holds; any failure of the database.
    pub fn commit(
        &self,
        edit: &Edit,
        at: Instant,
        display: &dyn Display,
    ) -> Result<Revision, Error> {
        self.write(|c| commit::write_edit(c, edit, at, (display, &self.vault)))
    }

    /// Every version of a parcel the register ever held, and its lineage.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn history(&self, parcel: ParcelId) -> Result<(Vec<ParcelVersion>, Vec<Lineage>), Error> {
        self.read(|c| Ok((load::history(c, parcel)?, catalogue::lineage_of(c, parcel)?)))
    }

    /// Streams the parcel versions that the register held at a moment, slower than [`Store::load`]
    /// since no index orders recorded time.
    ///
    /// # Errors
    /// Any failure of the database, or [`Error::Corrupt`].
    pub fn parcels_known_at(
        &self,
        at: Instant,
        visit: &mut dyn FnMut(ParcelVersion),
    ) -> Result<(), Error> {
        self.read(|c| load::parcels_known_at(c, at, visit))
    }

    /// Re-computes the audit's chains; the first break of each chain that does not hold.
    ///
    /// # Errors
    /// Any failure of the database.
    pub fn verify_audit(&self) -> Result<Vec<BrokenAudit>, Error> {
        let broken = |chain: AuditChain| {
            let (chain, number) = (chain.name, chain.broken_at?);
            Some(BrokenAudit { chain, number })
        };
        let chains = self.audit_chains()?;
        Ok(chains.into_iter().filter_map(broken).collect())
    }

    /// The audit's chains, computed again, in the order of their names.
    ///
    /// # Errors
    /// Any failure of the database.
    pub fn audit_chains(&self) -> Result<Vec<AuditChain>, Error> {
        self.read(audit::verify)
    }

    /// The entries of a chain of the audit; none for a chain that is not there.
    ///
    /// # Errors
    /// Any failure of the database.
    pub fn audit_entries(&self, chain: &str) -> Result<Vec<AuditEntry>, Error> {
        self.read(|c| audit::entries(c, chain))
    }

    pub(super) const fn vault(&self) -> &Vault {
        &self.vault
    }

    fn connection(&self) -> Result<PooledConnection<Opener>, Error> {
        self.pool
            .get()
            .map_err(|e| Error::Unavailable(e.to_string()))
    }

    pub(super) fn read<T>(
        &self,
        body: impl FnOnce(&mut AnyConnection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.connection()?.read(body)
    }

    pub(super) fn write<T>(
        &self,
        body: impl FnOnce(&mut AnyConnection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        // A writer that panicked left no transaction behind: its connection was dropped.
        let _queue = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        self.connection()?.write(body)
    }
}

/// Where the keys are: as stated, or beside the register.
pub(super) fn keys_target(stated: &str, register: &Target) -> Target {
    match register {
        _ if !stated.is_empty() => Target::parse(stated),
        Target::Postgres(url) => Target::Postgres(url.clone()),
        Target::Sqlite(path) => {
            let mut beside = path.clone().into_os_string();
            beside.push("-keys");
            Target::Sqlite(beside.into())
        }
    }
}
