//! Parties and their personal values: ciphertext in the register, keys somewhere else.

use super::audit;
use super::codes::Words;
use super::connection::on_both;
use super::error::Error;
use super::schema::parties;
use super::store::Store;
use super::writing::Writing;
use crate::cadastre::{Instant, Party, PartyId, PartyKind};
use diesel::prelude::*;

/// Turning values into ciphertext and back.
mod cipher;
/// The keys, in a second file or schema.
mod vault;

pub(super) use vault::Vault;

/// The chain of the audit that tells who read personal values.
const READINGS: &str = "personal_readings";
/// The chain of the audit that tells which parties were recorded and erased.
const PARTIES: &str = "parties";

/// What the register knows of a person; debug output never shows it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct PersonalValues {
    /// Name.
    pub name: Option<String>,
    /// Identity number.
    pub identity_number: Option<String>,
}

impl std::fmt::Debug for PersonalValues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonalValues(..)")
    }
}

/// What a reading of a party's personal values gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// The values.
    Values(PersonalValues),
    /// Their key was destroyed: nobody can read them any more.
    Erased,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = parties)]
#[diesel(treat_none_as_default_value = false)]
struct PartyRow {
    party_id: i64,
    kind: String,
    name: Option<Vec<u8>>,
    identity_number: Option<Vec<u8>>,
    recorded_at: i64,
    erased_at: Option<i64>,
}

impl Store {
    /// Records a party that the register did not hold, its values as ciphertext under a new key
    /// of its own. The key is written first: a value without a key would be lost.
    ///
    /// # Errors
    /// [`Error::Query`] when the party is held already; any failure of either database.
    pub fn record_party(
        &self,
        party: Party,
        values: &PersonalValues,
        at: Instant,
    ) -> Result<(), Error> {
        let key = self.vault().create(party.id, at)?;
        let seal = |field: &str, value: &Option<String>| {
            let sealed = value
                .as_deref()
                .map(|v| cipher::seal(&key, party.id, field, v));
            sealed.transpose()
        };
        let row = PartyRow {
            party_id: party.id.0,
            kind: party.kind.word().to_owned(),
            name: seal("name", &values.name)?,
            identity_number: seal("identity_number", &values.identity_number)?,
            recorded_at: at.0,
            erased_at: None,
        };
        self.write(|c| {
            let mut writing = Writing::begin(c, at)?;
            on_both!(&mut *writing.connection, c => diesel::insert_into(parties::table)
                .values(&row)
                .execute(c))?;
            audit::append(&mut writing, PARTIES, "record", entry(party.id))?;
            writing.keep_revision()
        })
    }

    /// Reads the values of a party for somebody, and writes down in the audit that they were read;
    /// nothing for a party that is not held.
    ///
    /// # Errors
    /// Any failure of either database, [`Error::Corrupt`] for ciphertext that was changed.
    pub fn read_party(
        &self,
        id: PartyId,
        reader: &str,
        at: Instant,
    ) -> Result<Option<(Party, Reading)>, Error> {
        let row = self.write(|c| {
            let row: Option<PartyRow> = on_both!(&mut *c, c => parties::table
                .find(id.0)
                .first(c)
                .optional())?;
            let mut writing = Writing::begin(c, at)?;
            let mut told = entry(id);
            told.insert("reader".to_owned(), reader.into());
            audit::append(&mut writing, READINGS, "read", told)?;
            writing.keep_revision()?;
            Ok(row)
        })?;
        let Some(row) = row else { return Ok(None) };
        let party = Party {
            id,
            kind: PartyKind::read(&row.kind)?,
        };
        let Some(key) = self.vault().find(id)? else {
            return Ok(Some((party, Reading::Erased)));
        };
        let open = |field: &str, sealed: &Option<Vec<u8>>| {
            let opened = sealed.as_deref().map(|s| cipher::open(&key, id, field, s));
            opened.transpose()
        };
        let values = PersonalValues {
            name: open("name", &row.name)?,
            identity_number: open("identity_number", &row.identity_number)?,
        };
        Ok(Some((party, Reading::Values(values))))
    }

    /// Destroys the key of a party: its values are ciphertext without a key from then on, in
    /// every version and every copy of the register. Versions and audit stay.
    ///
    /// # Errors
    /// [`Error::Stale`] when the party is not held; any failure of either database.
    pub fn erase_party(&self, id: PartyId, at: Instant) -> Result<(), Error> {
        self.vault().destroy(id)?;
        self.write(|c| {
            let mut writing = Writing::begin(c, at)?;
            let erased = on_both!(&mut *writing.connection, c => diesel::update(
                parties::table.filter(parties::party_id.eq(id.0))
            )
            .set(parties::erased_at.eq(Some(at.0)))
            .execute(c))?;
            if erased == 0 {
                return Err(Error::Stale {
                    what: "party",
                    key: id.0.to_string(),
                });
            }
            audit::append(&mut writing, PARTIES, "erase", entry(id))?;
            writing.keep_revision()
        })
    }
}

fn entry(id: PartyId) -> serde_json::Map<String, serde_json::Value> {
    let mut entry = serde_json::Map::new();
    entry.insert("party".to_owned(), id.0.into());
    entry
}
