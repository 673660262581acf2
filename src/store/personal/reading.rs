//! Reading, finding and erasing a party: each is written down in the audit before it gives anything.

use super::{PARTIES, PartyRow, READINGS, cipher, secret};
use crate::cadastre::names::fold;
use crate::cadastre::{Instant, Party, PartyId, PartyKind, PersonalValues};
use crate::store::audit;
use crate::store::codes::Words as _;
use crate::store::connection::{AnyConnection, on_both};
use crate::store::error::Error;
use crate::store::personal::fingerprint::Fingerprints;
use crate::store::schema::parties;
use crate::store::store::Store;
use crate::store::writing::Writing;
use diesel::prelude::*;

/// Who asks for personal values, and why; both stand in the audit.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Who, such as an officer's account.
    pub reader: &'a str,
    /// Why, such as the number of a case; without the values asked for.
    pub reason: &'a str,
}

/// What a reading of a party's personal values gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// The values.
    Values(PersonalValues),
    /// Their key was destroyed: nobody can read them any more.
    Erased,
    /// There is no key, and the register does not say that it was destroyed: it is elsewhere or
    /// lost, or an erasure was interrupted and must be ordered again.
    KeyMissing,
}

type Entry = serde_json::Map<String, serde_json::Value>;

impl Store {
    /// Reads who a party is for somebody, and writes down in the audit that it was read; nothing
    /// for a party that is not held.
    ///
    /// # Errors
    /// [`Error::Refused`] when the reason holds what is asked for: the audit is never erased. Any
    /// failure of either database, [`Error::Corrupt`] for ciphertext that was changed.
    pub fn read_party(
        &self,
        id: PartyId,
        asking: Asking<'_>,
        at: Instant,
    ) -> Result<Option<(Party, Reading)>, Error> {
        self.write(|c| {
            let read = self.open_party(c, id)?;
            if let Some((_, Reading::Values(values))) = &read {
                refuse_telling(id, asking, values)?;
            }
            let mut writing = Writing::begin(c, at)?;
            audit::append(&mut writing, READINGS, "read", told(entry(id), asking))?;
            writing.keep_revision()?;
            Ok(read)
        })
    }

    /// The parties with an identity number, whatever their kind, without reading who they are;
    /// the asking is written down in the audit, the number is not.
    ///
    /// # Errors
    /// [`Error::Refused`] when the reason holds the number; any failure of either database.
    pub fn find_parties(
        &self,
        identity_number: &str,
        asking: Asking<'_>,
        at: Instant,
    ) -> Result<Vec<PartyId>, Error> {
        self.write(|c| {
            let values = PersonalValues {
                name: None,
                identity_number: Some(identity_number.to_owned()),
            };
            refuse_telling(PartyId(0), asking, &values)?;
            let number = Fingerprints::of_number(&secret(c)?, identity_number);
            let found = self.vault().with_identity(number.as_slice())?;
            let ids = found.into_values().flatten().map(|(id, _)| id.0).collect();
            let held = super::held_parties(c, &ids)?;
            let mut writing = Writing::begin(c, at)?;
            let mut entry = Entry::new();
            entry.insert("found".to_owned(), super::runs(&held).into());
            audit::append(&mut writing, READINGS, "find", told(entry, asking))?;
            writing.keep_revision()?;
            Ok(held.into_iter().map(PartyId).collect())
        })
    }

    /// Destroys the key of a party: its values are ciphertext without a key from then on, in
    /// every version and every copy of the register. Versions and audit stay. Gives the other
    /// parties with the same identity number, which are not erased.
    ///
    /// # Errors
    /// [`Error::Stale`] when the party is not held; any failure of either database.
    pub fn erase_party(
        &self,
        id: PartyId,
        asking: Asking<'_>,
        at: Instant,
    ) -> Result<Vec<PartyId>, Error> {
        let alike = self.read(|c| {
            let held = self.open_party(c, id)?.ok_or_else(|| not_held(id))?;
            if let (_, Reading::Values(values)) = held {
                refuse_telling(id, asking, &values)?;
            }
            self.parties_alike(c, id)
        })?;
        // First, and outside of any transaction, which PostgreSQL would keep the dead row for. The
        // register says so afterwards: killed in between, the erasure is ordered once more.
        self.vault().destroy(id)?;
        self.write(|c| {
            let mut writing = Writing::begin(c, at)?;
            on_both!(&mut *writing.connection, c => diesel::update(
                parties::table.filter(parties::party_id.eq(id.0))
            )
            .set(parties::erased_at.eq(Some(at.0)))
            .execute(c))?;
            audit::append(&mut writing, PARTIES, "erase", told(entry(id), asking))?;
            writing.keep_revision()
        })?;
        Ok(alike)
    }

    /// A party with its values, without an audit entry: for what gives none of them away.
    fn open_party(
        &self,
        connection: &mut AnyConnection,
        id: PartyId,
    ) -> Result<Option<(Party, Reading)>, Error> {
        let row: Option<PartyRow> = on_both!(connection, c => parties::table
            .find(id.0)
            .first(c)
            .optional())?;
        let Some(row) = row else { return Ok(None) };
        let party = Party {
            id,
            kind: PartyKind::read(&row.kind)?,
        };
        let Some(key) = self.vault().find(id)? else {
            let reading = match row.erased_at {
                Some(_) => Reading::Erased,
                None => Reading::KeyMissing,
            };
            return Ok(Some((party, reading)));
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

    /// The other parties with the same identity.
    fn parties_alike(
        &self,
        connection: &mut AnyConnection,
        id: PartyId,
    ) -> Result<Vec<PartyId>, Error> {
        let identity = self.vault().identity_of(id)?;
        let found = self.vault().with_identity(identity.as_slice())?;
        let ids = found.into_values().flatten().map(|(other, _)| other.0);
        let ids = ids.filter(|other| *other != id.0).collect();
        let held = super::held_parties(connection, &ids)?;
        Ok(held.into_iter().map(PartyId).collect())
    }
}

fn not_held(id: PartyId) -> Error {
    Error::Stale {
        what: "party",
        key: id.0.to_string(),
    }
}

fn entry(id: PartyId) -> Entry {
    let mut entry = Entry::new();
    entry.insert("party".to_owned(), id.0.into());
    entry
}

fn told(mut entry: Entry, asking: Asking<'_>) -> Entry {
    entry.insert("reader".to_owned(), asking.reader.into());
    entry.insert("reason".to_owned(), asking.reason.into());
    entry
}

/// Refuses words that hold the name or the number: they would stay in the audit for ever. A name of
/// one word is let pass, since it may be any word.
fn refuse_telling(id: PartyId, asking: Asking<'_>, values: &PersonalValues) -> Result<(), Error> {
    let said = format!(" {} {} ", fold(asking.reader), fold(asking.reason));
    let name = values.name.as_deref().map(fold).unwrap_or_default();
    let number = values.identity_number.as_deref().map(fold);
    let number = number.unwrap_or_default().replace(' ', "");
    let told = name.contains(' ') && said.contains(&format!(" {name} "))
        || !number.is_empty() && said.replace(' ', "").contains(&number);
    if !told {
        return Ok(());
    }
    Err(Error::Refused {
        what: "reading of party",
        key: id.0.to_string(),
        reason: "expected a reason without its name or number, since the audit keeps the reason"
            .to_owned(),
    })
}
