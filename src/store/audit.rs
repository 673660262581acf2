//! The audit: one chain of hashes per dataset, and one for readings of personal values.

use super::connection::{AnyConnection, on_both, stream};
use super::error::Error;
use super::schema::audit;
use super::writing::Writing;
use crate::evidence::{ChainLink, ContentHash, canonical_bytes, chain_start};
use diesel::prelude::*;

#[derive(Debug, Queryable, Insertable)]
#[diesel(table_name = audit)]
struct AuditRow {
    id: i64,
    chain: String,
    number: i64,
    recorded_at: i64,
    action: String,
    entry: String,
    previous_hash: String,
    hash: String,
}

/// Adds an entry to a chain inside the transaction of the change it tells of; gives its hash.
/// The moment and the action become part of what is hashed.
pub(super) fn append(
    writing: &mut Writing<'_>,
    chain: &str,
    action: &str,
    mut entry: serde_json::Map<String, serde_json::Value>,
) -> Result<ContentHash, Error> {
    entry.insert("action".to_owned(), action.into());
    entry.insert("recordedAt".to_owned(), writing.at.to_string().into());
    let entry = canonical_bytes(&entry).map_err(|e| Error::Refused {
        what: "audit entry of",
        key: chain.to_owned(),
        reason: e.to_string(),
    })?;
    let (number, previous) = end_of(writing.connection, chain)?;
    let link = ChainLink::append(previous, &entry);
    let row = AuditRow {
        id: writing.head.other(),
        chain: chain.to_owned(),
        number: number + 1,
        recorded_at: writing.at,
        action: action.to_owned(),
        entry: String::from_utf8(entry).expect("canonical JSON is UTF-8"),
        previous_hash: link.previous.to_string(),
        hash: link.entry_hash.to_string(),
    };
    on_both!(&mut *writing.connection, c => diesel::insert_into(audit::table)
        .values(&row)
        .execute(c))?;
    Ok(link.entry_hash)
}

/// The number and the hash of a chain's last entry.
fn end_of(connection: &mut AnyConnection, chain: &str) -> Result<(i64, ContentHash), Error> {
    let last: Option<(i64, String)> = on_both!(connection, c => audit::table
        .filter(audit::chain.eq(chain))
        .order(audit::number.desc())
        .select((audit::number, audit::hash))
        .first(c)
        .optional())?;
    match last {
        Some((number, hash)) => Ok((number, read_hash(&hash)?)),
        None => Ok((0, chain_start(chain))),
    }
}

fn read_hash(text: &str) -> Result<ContentHash, Error> {
    ContentHash::parse(text).map_err(|e| Error::corrupt(&e.0, "a content hash"))
}

/// A chain that does not hold, and the number of its first entry that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenAudit {
    /// Which chain.
    pub chain: String,
    /// Number of the entry in its chain, from 1.
    pub number: u64,
}

/// A chain of the audit, computed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditChain {
    /// Its name: a dataset, or what it tells of.
    pub name: String,
    /// How many entries it has.
    pub entries: u64,
    /// Hash of its last entry, over everything before it.
    pub end: ContentHash,
    /// Number of its first entry that is wrong.
    pub broken_at: Option<u64>,
}

/// One entry of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Number in its chain, from 1.
    pub number: u64,
    /// What was recorded, as canonical JSON.
    pub entry: String,
    /// Its hash, in hexadecimal.
    pub hash: String,
}

/// Computes every chain again, in the order of their names.
pub(super) fn verify(connection: &mut AnyConnection) -> Result<Vec<AuditChain>, Error> {
    let mut chains: Vec<AuditChain> = Vec::new();
    stream!(
        connection,
        audit::table.order((audit::chain, audit::number)),
        AuditRow,
        |row: AuditRow| -> Result<(), Error> {
            if chains.last().is_none_or(|chain| chain.name != row.chain) {
                chains.push(AuditChain {
                    end: chain_start(&row.chain),
                    name: row.chain,
                    entries: 0,
                    broken_at: None,
                });
            }
            let Some(chain) = chains.last_mut() else {
                return Ok(());
            };
            let number = super::codes::narrow(row.number, "a number")?;
            let hash = ChainLink::append(chain.end, row.entry.as_bytes()).entry_hash;
            chain.entries += 1;
            let holds = number == chain.entries
                && row.previous_hash == chain.end.to_string()
                && row.hash == hash.to_string();
            if !holds {
                chain.broken_at.get_or_insert(number);
            }
            chain.end = hash;
            Ok(())
        }
    );
    Ok(chains)
}

/// The entries of a chain, in their order.
pub(super) fn entries(
    connection: &mut AnyConnection,
    chain: &str,
) -> Result<Vec<AuditEntry>, Error> {
    let rows: Vec<(i64, String, String)> = on_both!(connection, c => audit::table
        .filter(audit::chain.eq(chain))
        .order(audit::number)
        .select((audit::number, audit::entry, audit::hash))
        .load(c))?;
    rows.into_iter()
        .map(|(number, entry, hash)| {
            Ok(AuditEntry {
                number: super::codes::narrow(number, "a number")?,
                entry,
                hash,
            })
        })
        .collect()
}
