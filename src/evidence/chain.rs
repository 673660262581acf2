//! Hash chains: each entry's hash covers the entry and the hash before it.

use super::{ContentHash, ContentHasher};

/// What a chain keeps beside an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChainLink {
    /// Hash of the entry before, or the start of the chain.
    pub previous: ContentHash,
    /// Hash of this entry, of everything before it, and of the chain's name.
    pub entry_hash: ContentHash,
}

/// The first place at which a chain does not hold; entries count from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrokenChain {
    /// An entry was dropped, added or moved before this one.
    #[error("entry {entry} of the chain follows `{found}`, expected `{expected}`")]
    NotConnected {
        /// Which entry.
        entry: usize,
        /// The hash it claims to follow.
        found: ContentHash,
        /// The hash before it.
        expected: ContentHash,
    },
    /// The entry is not what was hashed.
    #[error("entry {entry} of the chain has hash `{expected}`, but `{found}` was recorded")]
    Altered {
        /// Which entry.
        entry: usize,
        /// The hash recorded.
        found: ContentHash,
        /// The hash of the entry as it is.
        expected: ContentHash,
    },
}

/// The start of the chain with this name; two chains never begin alike, so a piece of one cannot
/// stand in another.
pub fn chain_start(name: &str) -> ContentHash {
    let mut hasher = ContentHasher::new();
    hasher.update(b"diachinh chain\0");
    hasher.update(name.as_bytes());
    hasher.finish()
}

impl ChainLink {
    /// The link of an entry, in its canonical bytes, that follows `previous`.
    pub fn append(previous: ContentHash, entry: &[u8]) -> Self {
        let mut hasher = ContentHasher::new();
        hasher.update(b"diachinh entry\0");
        hasher.update(&previous.0);
        hasher.update(entry);
        Self {
            previous,
            entry_hash: hasher.finish(),
        }
    }
}

/// Re-computes a chain from its start and gives its end, which is the start when it is empty.
///
/// That nothing was cut off at the end is seen by comparing the end with one kept elsewhere.
///
/// # Errors
/// [`BrokenChain`] with the first entry that does not hold.
pub fn verify_chain<E: AsRef<[u8]>>(
    start: ContentHash,
    entries: impl IntoIterator<Item = (ChainLink, E)>,
) -> Result<ContentHash, BrokenChain> {
    let mut end = start;
    for (entry, (link, bytes)) in entries.into_iter().enumerate() {
        if link.previous != end {
            return Err(BrokenChain::NotConnected {
                entry,
                found: link.previous,
                expected: end,
            });
        }
        let expected = ChainLink::append(end, bytes.as_ref()).entry_hash;
        if link.entry_hash != expected {
            return Err(BrokenChain::Altered {
                entry,
                found: link.entry_hash,
                expected,
            });
        }
        end = expected;
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(start: ContentHash, entries: &[&'static str]) -> Vec<(ChainLink, &'static str)> {
        let mut end = start;
        let link = |&entry: &&'static str| {
            let link = ChainLink::append(end, entry.as_bytes());
            end = link.entry_hash;
            (link, entry)
        };
        entries.iter().map(link).collect()
    }

    #[test]
    fn an_untouched_chain_holds_and_ends_at_its_last_entry() {
        let start = chain_start("register/demo");
        let links = chain(start, &["a", "b", "c"]);
        let end = links[2].0.entry_hash;
        assert_eq!(verify_chain(start, links), Ok(end));
        assert_eq!(verify_chain::<&str>(start, []), Ok(start));
    }

    #[test]
    fn a_changed_dropped_or_moved_entry_is_found_at_its_place() {
        let start = chain_start("register/demo");
        let whole = chain(start, &["a", "b", "c", "d"]);
        let mut changed = whole.clone();
        changed[2].1 = "x";
        let verdict = verify_chain(start, changed);
        assert!(
            matches!(verdict, Err(BrokenChain::Altered { entry: 2, .. })),
            "{verdict:?}"
        );
        let mut dropped = whole.clone();
        dropped.remove(1);
        let verdict = verify_chain(start, dropped);
        assert!(
            matches!(verdict, Err(BrokenChain::NotConnected { entry: 1, .. })),
            "{verdict:?}"
        );
        let mut moved = whole;
        moved.swap(2, 3);
        assert!(verify_chain(start, moved).is_err());
    }

    #[test]
    fn an_entry_of_one_chain_does_not_hold_in_another() {
        let links = chain(chain_start("case/1"), &["a"]);
        assert!(verify_chain(chain_start("case/2"), links).is_err());
    }
}
