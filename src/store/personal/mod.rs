//! Parties and who they are: ciphertext in the register, keys somewhere else.

use super::audit;
use super::codes::Words;
use super::connection::{AnyConnection, on_both};
use super::error::Error;
use super::head::Sequence;
use super::schema::{identity_secret, parties};
use super::store::Store;
use super::tables::{KEYS_AT_ONCE, insert_rows};
use super::writing::Writing;
use crate::cadastre::{Fingerprint, Instant, PartyId};
use crate::exchange::certificates::{Holder, ResolvedHolder};
use crate::land::NewParty;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// Turning values into ciphertext and back.
mod cipher;
/// Equal parties found without a reading.
mod fingerprint;
/// Reading, finding and erasing a party.
mod reading;
/// The keys, in a second file or schema.
mod vault;

pub use reading::{Asking, Reading};
pub(super) use vault::Vault;

use cipher::Key;
use fingerprint::Fingerprints;

/// The chain of the audit that tells who read personal values.
const READINGS: &str = "personal_readings";
/// The chain of the audit that tells which parties were recorded and erased.
const PARTIES: &str = "parties";

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

/// Records parties that the register did not hold, their values as ciphertext under a new key
/// each. The keys are written first: a value without a key would be lost, a key without a value
/// opens nothing, and the next recording removes it.
pub(super) fn record(
    writing: &mut Writing<'_>,
    new: &[NewParty],
    vault: &Vault,
) -> Result<(), Error> {
    if new.is_empty() {
        return Ok(());
    }
    let ids: BTreeSet<i64> = new.iter().map(|new| new.party.id.0).collect();
    let held = held_parties(writing.connection, &ids)?;
    if let Some(id) = held.first() {
        return Err(Error::Refused {
            what: "party",
            key: id.to_string(),
            reason: "a party that the register does not hold yet".to_owned(),
        });
    }
    let newest: Option<i64> = on_both!(&mut *writing.connection, c => parties::table
        .select(diesel::dsl::max(parties::party_id))
        .first(c))?;
    let secret = secret(writing.connection)?;
    let at = Instant(writing.at);
    let prints: Vec<(PartyId, Fingerprints)> = new
        .iter()
        .map(|new| {
            let prints = Fingerprints::of(&secret, new.party.kind, &new.values);
            (new.party.id, prints)
        })
        .collect();
    let keys = vault.create(&prints, newest.map(PartyId), at)?;
    let rows: Result<Vec<PartyRow>, Error> = new
        .iter()
        .zip(&keys)
        .map(|(new, key)| sealed(new, key, at))
        .collect();
    let rows = rows?;
    insert_rows!(&mut *writing.connection, parties, rows.as_slice())?;
    for id in &ids {
        writing.head.pass(Sequence::Others, *id);
    }
    let mut entry = serde_json::Map::new();
    entry.insert("parties".to_owned(), runs(&ids).into());
    audit::append(writing, PARTIES, "record", entry)?;
    Ok(())
}

fn sealed(new: &NewParty, key: &Key, at: Instant) -> Result<PartyRow, Error> {
    let NewParty { party, values } = new;
    let seal = |field: &str, value: &Option<String>| {
        let sealed = value
            .as_deref()
            .map(|value| cipher::seal(key, party.id, field, value));
        sealed.transpose()
    };
    Ok(PartyRow {
        party_id: party.id.0,
        kind: party.kind.word().to_owned(),
        name: seal("name", &values.name)?,
        identity_number: seal("identity_number", &values.identity_number)?,
        recorded_at: at.0,
        erased_at: None,
    })
}

/// Those of some ids that are parties of the register.
pub(super) fn held_parties(
    connection: &mut AnyConnection,
    ids: &BTreeSet<i64>,
) -> Result<BTreeSet<i64>, Error> {
    let ids: Vec<i64> = ids.iter().copied().collect();
    let mut found = BTreeSet::new();
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let part: Vec<i64> = on_both!(&mut *connection, c => parties::table
            .filter(parties::party_id.eq_any(ids))
            .select(parties::party_id)
            .load(c))?;
        found.extend(part);
    }
    Ok(found)
}

/// Whether the register holds any party, erased ones too.
pub(super) fn has_parties(connection: &mut AnyConnection) -> Result<bool, Error> {
    let first: Option<i64> = on_both!(connection, c => parties::table
        .select(parties::party_id)
        .first(c)
        .optional())?;
    Ok(first.is_some())
}

/// The random bytes with which identities are hashed.
fn secret(connection: &mut AnyConnection) -> Result<Vec<u8>, Error> {
    Ok(on_both!(connection, c => identity_secret::table
        .select(identity_secret::secret)
        .first(c))?)
}

/// Runs of ids that follow each other, as `7` or `7-12`.
fn runs(ids: &BTreeSet<i64>) -> Vec<String> {
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for &id in ids {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == id => *last = id,
            _ => runs.push((id, id)),
        }
    }
    let text = |(first, last)| {
        if first == last {
            format!("{first}")
        } else {
            format!("{first}-{last}")
        }
    };
    runs.into_iter().map(text).collect()
}

impl Store {
    /// What the register knows of holders, in their order: each with its fingerprint and the party
    /// that is this very holder, and whether another party has the same identity. Nobody is read.
    ///
    /// # Errors
    /// Any failure of either database.
    pub fn resolve_holders(
        &self,
        holders: &[Holder],
    ) -> Result<Vec<(ResolvedHolder, bool)>, Error> {
        self.read(|c| {
            let secret = secret(c)?;
            let of = |holder: &Holder| Fingerprints::of(&secret, holder.kind, &holder.values);
            let prints: Vec<Fingerprints> = holders.iter().map(of).collect();
            let identities: Vec<_> = prints.iter().filter_map(|print| print.identity).collect();
            let known = self.vault().with_identity(&identities)?;
            let ids = known.values().flatten().map(|(id, _)| id.0).collect();
            let held = held_parties(c, &ids)?;
            let resolved = |print: &Fingerprints| {
                let alike = print.identity.and_then(|identity| known.get(&identity));
                let alike = || {
                    alike
                        .into_iter()
                        .flatten()
                        .filter(|(id, _)| held.contains(&id.0))
                };
                let same = alike().find(|(_, values)| *values == print.values);
                let resolved = ResolvedHolder {
                    print: print.values,
                    same: same.map(|(id, _)| *id),
                };
                (resolved, same.is_none() && alike().next().is_some())
            };
            Ok(prints.iter().map(resolved).collect())
        })
    }

    /// The fingerprints of parties, to be compared with those of holders; of one that was erased
    /// there is none.
    ///
    /// # Errors
    /// Any failure of the database of the keys.
    pub fn fingerprints_of(
        &self,
        parties: &[PartyId],
    ) -> Result<HashMap<PartyId, Fingerprint>, Error> {
        self.vault().fingerprints_of(parties)
    }

    /// The parties that have a key, whether the register holds them or not; none when nothing with
    /// keys is there.
    ///
    /// # Errors
    /// Any failure of the database of the keys.
    pub fn parties_with_key(&self) -> Result<BTreeSet<PartyId>, Error> {
        self.vault().parties()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_follow_each_other_are_one_run() {
        let ids = BTreeSet::from([3, 4, 5, 9, 11, 12]);
        assert_eq!(runs(&ids), ["3-5", "9", "11-12"]);
        assert!(runs(&BTreeSet::new()).is_empty());
    }
}
