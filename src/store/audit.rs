//! The audit: one chain of hashes per dataset, and one for readings of personal values.

use super::connection::{AnyConnection, on_both, stream};
use super::error::Error;
use super::schema::audit;
use super::writing::Writing;
use crate::evidence::{ChainLink, ContentHash, canonical_json, chain_start};
use diesel::prelude::*;
use std::collections::BTreeMap;

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
    let entry = canonical_json(&entry.into()).map_err(|e| Error::Refused {
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

/// Re-computes every chain; the last hash of each that holds, and the first break of each that
/// does not.
pub(super) fn verify(
    connection: &mut AnyConnection,
) -> Result<(BTreeMap<String, ContentHash>, Vec<BrokenAudit>), Error> {
    let mut ends: BTreeMap<String, (i64, ContentHash)> = BTreeMap::new();
    let mut broken: BTreeMap<String, u64> = BTreeMap::new();
    stream!(
        connection,
        audit::table.order((audit::chain, audit::number)),
        AuditRow,
        |row: AuditRow| -> Result<(), Error> {
            let (number, end) = ends
                .get(&row.chain)
                .copied()
                .unwrap_or_else(|| (0, chain_start(&row.chain)));
            let hash = ChainLink::append(end, row.entry.as_bytes()).entry_hash;
            let holds = row.number == number + 1
                && row.previous_hash == end.to_string()
                && row.hash == hash.to_string();
            if !holds {
                let number = super::codes::narrow(row.number, "a number")?;
                broken.entry(row.chain.clone()).or_insert(number);
            }
            ends.insert(row.chain, (row.number, hash));
            Ok(())
        }
    );
    let ends = ends
        .into_iter()
        .filter(|(chain, _)| !broken.contains_key(chain))
        .map(|(chain, (_, end))| (chain, end))
        .collect();
    let broken = broken
        .into_iter()
        .map(|(chain, number)| BrokenAudit { chain, number })
        .collect();
    Ok((ends, broken))
}
