//! The keys of the parties, in a second file (SQLite) or a second schema (PostgreSQL) that no GIS
//! client opens.

use super::cipher::{self, Key};
use super::fingerprint::Fingerprints;
use crate::cadastre::{Fingerprint, Instant, PartyId};
use crate::store::connection::{AnyConnection, Opener, Target, on_both, stream};
use crate::store::error::Error;
use crate::store::tables::{KEYS_AT_ONCE, insert_rows};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::collections::{BTreeSet, HashMap};

diesel::table! {
    person_keys (party_id) {
        party_id -> BigInt,
        key -> Binary,
        created_at -> BigInt,
        identity_hash -> Nullable<Binary>,
        values_hash -> Nullable<Binary>,
    }
}

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite_keys");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres_keys");

/// Where the keys are. Opened for each use: uses of personal values are rare.
#[derive(Debug)]
pub struct Vault(pub Opener);

#[derive(Insertable)]
#[diesel(table_name = person_keys)]
#[diesel(treat_none_as_default_value = false)]
struct KeyRow {
    party_id: i64,
    key: Vec<u8>,
    created_at: i64,
    identity_hash: Option<Vec<u8>>,
    values_hash: Option<Vec<u8>>,
}

impl Vault {
    /// Makes the file or schema and its table, when absent.
    pub fn migrate(&self) -> Result<(), Error> {
        let mut connection = self.0.open()?;
        if let AnyConnection::Postgres(c) = &mut connection {
            c.batch_execute("CREATE SCHEMA IF NOT EXISTS diachinh_keys")?;
        }
        set_up(&mut connection)?;
        let failed = |e: Box<dyn std::error::Error + Send + Sync>| Error::Migration(e.to_string());
        match &mut connection {
            AnyConnection::Sqlite(c) => c.run_pending_migrations(SQLITE).map(drop),
            AnyConnection::Postgres(c) => c.run_pending_migrations(POSTGRES).map(drop),
        }
        .map_err(failed)
    }

    /// Whether there is no file or schema of keys. Nothing is made by asking.
    pub fn is_absent(&self) -> Result<bool, Error> {
        #[derive(diesel::QueryableByName)]
        struct Tables {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            count: i64,
        }
        if let Target::Sqlite(path) = &self.0.target {
            return Ok(!path.exists());
        }
        let tables: Tables = on_both!(&mut self.0.open()?, c => diesel::sql_query(
            "SELECT count(*) AS count FROM pg_catalog.pg_tables \
             WHERE schemaname = 'diachinh_keys' AND tablename = 'person_keys'"
        )
        .get_result(c))?;
        Ok(tables.count == 0)
    }

    /// A connection to keys that are there.
    fn open(&self) -> Result<AnyConnection, Error> {
        if self.is_absent()? {
            return Err(Error::KeysGone(match &self.0.target {
                Target::Sqlite(path) => path.display().to_string(),
                Target::Postgres(_) => "diachinh_keys.person_keys".to_owned(),
            }));
        }
        let mut connection = self.0.open()?;
        set_up(&mut connection)?;
        Ok(connection)
    }

    /// Makes keys for new parties, in their order. `newest` is the newest party that the register
    /// holds: keys of later ones, and of these parties, were left by a write that was interrupted.
    pub fn create(
        &self,
        parties: &[(PartyId, Fingerprints)],
        newest: Option<PartyId>,
        at: Instant,
    ) -> Result<Vec<Key>, Error> {
        let mut keys = Vec::with_capacity(parties.len());
        let mut rows = Vec::with_capacity(parties.len());
        for (party, prints) in parties {
            let key: Key = cipher::random()?;
            keys.push(key);
            rows.push(KeyRow {
                party_id: party.0,
                key: key.to_vec(),
                created_at: at.0,
                identity_hash: prints.identity.map(|print| print.0.to_vec()),
                values_hash: Some(prints.values.0.to_vec()),
            });
        }
        let newest = newest.map_or(i64::MIN, |party| party.0);
        let later = person_keys::party_id.gt(newest);
        let ids = parties.iter().map(|(party, _)| party.0);
        let earlier: Vec<i64> = ids.filter(|id| *id <= newest).collect();
        self.open()?.write(|c| {
            on_both!(&mut *c, c => diesel::delete(person_keys::table.filter(later)).execute(c))?;
            for ids in earlier.chunks(KEYS_AT_ONCE) {
                let left = person_keys::table.filter(person_keys::party_id.eq_any(ids));
                on_both!(&mut *c, c => diesel::delete(left).execute(c))?;
            }
            insert_rows!(&mut *c, person_keys, rows.as_slice())
        })?;
        Ok(keys)
    }

    /// The key of a party; nothing when it was destroyed or never made.
    pub fn find(&self, party: PartyId) -> Result<Option<Key>, Error> {
        let key: Option<Vec<u8>> = on_both!(&mut self.open()?, c => person_keys::table
            .find(party.0)
            .select(person_keys::key)
            .first(c)
            .optional())?;
        key.map(|key| Key::try_from(key).map_err(|_| Error::corrupt(&party.0, "a key of 32 bytes")))
            .transpose()
    }

    /// The fingerprint of a party's identity; nothing without a key, or without an identity.
    pub fn identity_of(&self, party: PartyId) -> Result<Option<Fingerprint>, Error> {
        let identity: Option<Option<Vec<u8>>> = on_both!(&mut self.open()?, c => person_keys::table
            .find(party.0)
            .select(person_keys::identity_hash)
            .first(c)
            .optional())?;
        identity.flatten().map(fingerprint).transpose()
    }

    /// The parties with these identities, each with the fingerprint of all its values.
    pub fn with_identity(
        &self,
        identities: &[Fingerprint],
    ) -> Result<HashMap<Fingerprint, Vec<(PartyId, Fingerprint)>>, Error> {
        let mut found: HashMap<Fingerprint, Vec<(PartyId, Fingerprint)>> = HashMap::new();
        let mut connection = self.open()?;
        for identities in identities.chunks(KEYS_AT_ONCE) {
            let wanted: Vec<&[u8]> = identities.iter().map(|print| print.0.as_slice()).collect();
            let rows: Vec<(i64, Vec<u8>, Vec<u8>)> = on_both!(&mut connection, c => person_keys::table
                    .filter(person_keys::identity_hash.eq_any(&wanted))
                    .filter(person_keys::values_hash.is_not_null())
                    .order(person_keys::party_id)
                    .select((
                        person_keys::party_id,
                        person_keys::identity_hash.assume_not_null(),
                        person_keys::values_hash.assume_not_null(),
                    ))
                    .load(c))?;
            for (party, identity, values) in rows {
                let of_identity = found.entry(fingerprint(identity)?).or_default();
                of_identity.push((PartyId(party), fingerprint(values)?));
            }
        }
        Ok(found)
    }

    /// The fingerprints of all values of parties; those without a key are not among them.
    pub fn fingerprints_of(
        &self,
        parties: &[PartyId],
    ) -> Result<HashMap<PartyId, Fingerprint>, Error> {
        let mut found = HashMap::with_capacity(parties.len());
        let mut connection = self.open()?;
        for parties in parties.chunks(KEYS_AT_ONCE) {
            let wanted: Vec<i64> = parties.iter().map(|party| party.0).collect();
            let rows: Vec<(i64, Vec<u8>)> = on_both!(&mut connection, c => person_keys::table
                .filter(person_keys::party_id.eq_any(&wanted))
                .filter(person_keys::values_hash.is_not_null())
                .select((
                    person_keys::party_id,
                    person_keys::values_hash.assume_not_null(),
                ))
                .load(c))?;
            for (party, values) in rows {
                found.insert(PartyId(party), fingerprint(values)?);
            }
        }
        Ok(found)
    }

    /// The parties that have keys; nothing when there is no file or schema of keys at all.
    pub fn parties(&self) -> Result<BTreeSet<PartyId>, Error> {
        let mut parties = BTreeSet::new();
        if self.is_absent()? {
            return Ok(parties);
        }
        let mut connection = self.open()?;
        stream!(
            &mut connection,
            person_keys::table.select(person_keys::party_id),
            i64,
            |party: i64| -> Result<(), Error> {
                parties.insert(PartyId(party));
                Ok(())
            }
        );
        Ok(parties)
    }

    /// Destroys the key of a party and its fingerprints, in the table and in what the database
    /// keeps beside it.
    pub fn destroy(&self, party: PartyId) -> Result<(), Error> {
        let mut connection = self.open()?;
        on_both!(&mut connection, c => diesel::delete(person_keys::table.find(party.0))
            .execute(c))?;
        connection.batch_execute(match &connection {
            AnyConnection::Sqlite(_) => "PRAGMA wal_checkpoint(TRUNCATE)",
            // Writes the table anew, without the row that is dead.
            AnyConnection::Postgres(_) => "VACUUM FULL person_keys",
        })?;
        Ok(())
    }
}

/// The settings of a connection to the keys.
fn set_up(connection: &mut AnyConnection) -> Result<(), Error> {
    let settings = match &*connection {
        // A destroyed key is overwritten with zeros.
        AnyConnection::Sqlite(_) => "PRAGMA secure_delete = ON",
        AnyConnection::Postgres(_) => "SET search_path = diachinh_keys",
    };
    connection.batch_execute(settings)?;
    Ok(())
}

fn fingerprint(bytes: Vec<u8>) -> Result<Fingerprint, Error> {
    let bytes = <[u8; 16]>::try_from(bytes);
    let bytes = bytes.map_err(|_| Error::corrupt(&"a hash", "a hash of 16 bytes"));
    bytes.map(Fingerprint)
}
