//! Rows in the order of a key, for finding them by halving.

use crate::cadastre::ParcelId;
use rayon::prelude::*;
use std::ops::Range;

/// Every so many rows their key stands beside them, so that halving looks at a short list that is
/// close together before it looks at rows that are far apart.
const STRIDE: usize = 16;

/// What rows are ordered by.
pub(super) trait Key: Ord + Copy + Send + Sync {
    /// The lowest byte, in which keys that follow each other differ. It stands beside each row, so
    /// that between two posts of the fence hardly any row but the one sought is looked at.
    fn lowest_byte(self) -> u8;
}

impl Key for u32 {
    fn lowest_byte(self) -> u8 {
        self as u8
    }
}

impl Key for u64 {
    fn lowest_byte(self) -> u8 {
        self as u8
    }
}

impl Key for i64 {
    fn lowest_byte(self) -> u8 {
        self as u8
    }
}

impl Key for ParcelId {
    fn lowest_byte(self) -> u8 {
        self.get().lowest_byte()
    }
}

impl<A: Ord + Copy + Send + Sync> Key for (A, u32) {
    fn lowest_byte(self) -> u8 {
        self.1.lowest_byte()
    }
}

/// Rows in the order of a key; those that have none are left out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KeyOrder<K> {
    pub(super) rows: Vec<u32>,
    fence: Vec<K>,
    lowest_bytes: Vec<u8>,
}

impl<K> Default for KeyOrder<K> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            fence: Vec::new(),
            lowest_bytes: Vec::new(),
        }
    }
}

impl<K: Key> KeyOrder<K> {
    /// Orders as many rows by their keys.
    pub(super) fn build(rows: usize, key_of: impl Fn(u32) -> Option<K> + Sync + Send) -> Self {
        let places = (0..rows as u32).into_par_iter();
        let keyed = places.filter_map(|row| Some((key_of(row)?, row)));
        let mut keyed: Vec<(K, u32)> = keyed.collect();
        keyed.par_sort_unstable();
        Self {
            rows: keyed.par_iter().map(|(_, row)| *row).collect(),
            fence: keyed.iter().step_by(STRIDE).map(|(key, _)| *key).collect(),
            lowest_bytes: keyed.par_iter().map(|(k, _)| k.lowest_byte()).collect(),
        }
    }

    /// Rows that are in order already.
    pub(super) fn of_ordered(rows: Vec<u32>, key_of: impl Fn(u32) -> K + Sync) -> Self {
        let fence = rows.iter().step_by(STRIDE).map(|&row| key_of(row));
        let lowest_bytes = rows.par_iter().map(|&row| key_of(row).lowest_byte());
        Self {
            fence: fence.collect(),
            lowest_bytes: lowest_bytes.collect(),
            rows,
        }
    }

    /// The rows with exactly this key.
    pub(super) fn find(&self, key: K, key_of: impl Fn(u32) -> K) -> &[u32] {
        let (rows, fence, span) = (&self.rows, &self.fence, 0..self.rows.len());
        equal_range(rows, fence, &self.lowest_bytes, span, key, key_of)
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.rows.as_slice())
            + size_of_val(self.fence.as_slice())
            + self.lowest_bytes.len()
    }
}

/// Rows grouped by a small number (a series of parcel numbers), and by a second one within.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct GroupedOrder {
    pub(super) rows: Vec<u32>,
    /// End of each group in `rows`.
    pub(super) ends: Vec<u32>,
    /// Second numbers.
    fence: Vec<u32>,
    lowest_bytes: Vec<u8>,
}

impl GroupedOrder {
    /// Orders as many rows by group and second number. Rows whose group is not below `groups` are
    /// left out.
    pub(super) fn build(
        rows: usize,
        groups: usize,
        key_of: impl Fn(u32) -> (u32, u32) + Sync + Send,
    ) -> Self {
        let grouped = KeyOrder::build(rows, |row| {
            Some(key_of(row)).filter(|(group, _)| (*group as usize) < groups)
        });
        let mut ends = vec![0; groups];
        for &row in &grouped.rows {
            ends[key_of(row).0 as usize] += 1;
        }
        let mut end = 0;
        for group in &mut ends {
            end += *group;
            *group = end;
        }
        Self {
            fence: grouped.fence.iter().map(|(_, within)| *within).collect(),
            lowest_bytes: grouped.lowest_bytes,
            rows: grouped.rows,
            ends,
        }
    }

    /// Rows that are in order already, with the ends of their groups.
    pub(super) fn of_ordered(
        rows: Vec<u32>,
        ends: Vec<u32>,
        within: impl Fn(u32) -> u32 + Sync,
    ) -> Self {
        let ordered = KeyOrder::of_ordered(rows, within);
        Self {
            rows: ordered.rows,
            fence: ordered.fence,
            lowest_bytes: ordered.lowest_bytes,
            ends,
        }
    }

    /// All rows of a group, by growing second number.
    pub(super) fn group(&self, group: u32) -> &[u32] {
        &self.rows[self.span(group)]
    }

    fn span(&self, group: u32) -> Range<usize> {
        let group = group as usize;
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[group] as usize
    }

    /// The rows of a group with exactly this second number.
    pub(super) fn find(&self, group: u32, value: u32, within: impl Fn(u32) -> u32) -> &[u32] {
        let (rows, fence, span) = (&self.rows, &self.fence, self.span(group));
        equal_range(rows, fence, &self.lowest_bytes, span, value, within)
    }

    pub(super) fn bytes(&self) -> usize {
        let numbers = self.rows.len() + self.ends.len() + self.fence.len();
        numbers * size_of::<u32>() + self.lowest_bytes.len()
    }
}

/// The rows of a span in order whose key is this one; the fence has the key of every row at a
/// multiple of [`STRIDE`], and the lowest bytes are those of the keys of all rows.
fn equal_range<'a, K: Key>(
    rows: &'a [u32],
    fence: &[K],
    lowest_bytes: &[u8],
    span: Range<usize>,
    key: K,
    key_of: impl Fn(u32) -> K,
) -> &'a [u32] {
    let posts = span.start.div_ceil(STRIDE)..span.end.div_ceil(STRIDE);
    let (first, posts) = (posts.start, fence.get(posts).unwrap_or_default());
    // The key begins behind the last post below it, and not behind the next post.
    let post = first + posts.partition_point(|post| *post < key);
    let from = (post * STRIDE).saturating_sub(STRIDE).max(span.start);
    let to = (post * STRIDE + 1).min(span.end).max(from);
    let lowest = key.lowest_byte();
    let is_equal = |place: &usize| lowest_bytes[*place] == lowest && key_of(rows[*place]) == key;
    let Some(start) = (from..to).find(is_equal) else {
        return &[];
    };
    let length = (start..span.end).take_while(is_equal).count();
    &rows[start..start + length]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_is_found_where_a_scan_finds_it(
            keys in proptest::collection::vec((0_u32..6, (0_u32..30).prop_map(|n| 96 * n)), 0..300),
        ) {
            let number = |row: u32| keys[row as usize].1;
            let by_number = KeyOrder::build(keys.len(), |row| Some(number(row)).filter(|n| *n > 3));
            let read = KeyOrder::of_ordered(by_number.rows.clone(), number);
            prop_assert_eq!(&read, &by_number);
            let grouped = GroupedOrder::build(keys.len(), 5, |row| keys[row as usize]);
            let again = (grouped.rows.clone(), grouped.ends.clone());
            prop_assert_eq!(&GroupedOrder::of_ordered(again.0, again.1, number), &grouped);
            let scan = |wanted: &dyn Fn(&(u32, u32)) -> bool| -> Vec<u32> {
                let rows = (0..).zip(&keys).filter(|(_, key)| wanted(key));
                rows.map(|(row, _)| row).collect()
            };
            // Of these keys, those eight apart have one lowest byte.
            for value in (0..31).map(|n| 96 * n) {
                let expected = scan(&|key| key.1 == value && value > 3);
                prop_assert_eq!(by_number.find(value, number), expected);
                for group in 0..5 {
                    let expected = scan(&|key| *key == (group, value));
                    prop_assert_eq!(grouped.find(group, value, number), expected);
                }
            }
            for group in 0..5 {
                prop_assert_eq!(grouped.group(group).len(), scan(&|key| key.0 == group).len());
            }
        }
    }
}
