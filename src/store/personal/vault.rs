//! The keys of the parties, in a second file (SQLite) or a second schema (PostgreSQL) that no GIS
//! client opens.

use super::cipher::{self, Key};
use crate::cadastre::{Instant, PartyId};
use crate::store::connection::{AnyConnection, Opener, on_both};
use crate::store::error::Error;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

diesel::table! {
    person_keys (party_id) {
        party_id -> BigInt,
        key -> Binary,
        created_at -> BigInt,
    }
}

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite_keys");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres_keys");

/// Where the keys are. Opened for each use: readings of personal values are rare.
#[derive(Debug)]
pub struct Vault(pub Opener);

impl Vault {
    /// Makes the file or schema and its table, when absent.
    pub fn migrate(&self) -> Result<(), Error> {
        let mut connection = self.open()?;
        let failed = |e: Box<dyn std::error::Error + Send + Sync>| Error::Migration(e.to_string());
        match &mut connection {
            AnyConnection::Sqlite(c) => c.run_pending_migrations(SQLITE).map(drop),
            AnyConnection::Postgres(c) => c.run_pending_migrations(POSTGRES).map(drop),
        }
        .map_err(failed)
    }

    fn open(&self) -> Result<AnyConnection, Error> {
        let mut connection = self.0.open()?;
        let settings = match &connection {
            // A destroyed key is overwritten with zeros.
            AnyConnection::Sqlite(_) => "PRAGMA secure_delete = ON",
            AnyConnection::Postgres(_) => {
                "CREATE SCHEMA IF NOT EXISTS diachinh_keys; SET search_path = diachinh_keys"
            }
        };
        connection.batch_execute(settings)?;
        Ok(connection)
    }

    /// The key of a party, made when there is none.
    pub fn create(&self, party: PartyId, at: Instant) -> Result<Key, Error> {
        if let Some(key) = self.find(party)? {
            return Ok(key);
        }
        let key: Key = cipher::random()?;
        on_both!(&mut self.open()?, c => diesel::insert_into(person_keys::table)
            .values((
                person_keys::party_id.eq(party.0),
                person_keys::key.eq(key.as_slice()),
                person_keys::created_at.eq(at.0),
            ))
            .execute(c))?;
        Ok(key)
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

    /// Destroys the key of a party, in the table and in what the database keeps beside it.
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
