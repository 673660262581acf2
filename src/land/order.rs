//! Rows in the order of a key, for finding them by halving.

use rayon::prelude::*;

/// Rows grouped by a small number (a series of parcel numbers), and by a second one within.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct GroupedOrder {
    pub(super) rows: Vec<u32>,
    /// End of each group in `rows`.
    pub(super) ends: Vec<u32>,
}

impl GroupedOrder {
    /// Orders the rows whose group is below `groups`; the others are left out.
    pub(super) fn build(groups: usize, group_of: &[u32], within: &[u32]) -> Self {
        let mut rows: Vec<u32> = (0..group_of.len() as u32)
            .filter(|&row| (group_of[row as usize] as usize) < groups)
            .collect();
        rows.par_sort_unstable_by_key(|&row| (group_of[row as usize], within[row as usize], row));
        let mut ends = vec![0; groups];
        for &row in &rows {
            ends[group_of[row as usize] as usize] += 1;
        }
        let mut end = 0;
        for group in &mut ends {
            end += *group;
            *group = end;
        }
        Self { rows, ends }
    }

    /// All rows of a group, by growing second number.
    pub(super) fn group(&self, group: u32) -> &[u32] {
        super::shapes::span(&self.rows, &self.ends, group as usize)
    }

    /// The rows of a group with exactly this second number.
    pub(super) fn find(&self, group: u32, value: u32, within: &[u32]) -> &[u32] {
        equal_range(self.group(group), |row| within[row as usize].cmp(&value))
    }
}

/// Rows that have a key, in its order.
pub(super) fn ordered_by<K: Ord + Send + Sync + Copy>(
    keys: &[K],
    has_key: impl Fn(K) -> bool,
) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..keys.len() as u32)
        .filter(|&row| has_key(keys[row as usize]))
        .collect();
    rows.par_sort_unstable_by_key(|&row| (keys[row as usize], row));
    rows
}

/// The part of ordered rows for which the comparison is equal.
pub(super) fn equal_range(rows: &[u32], compare: impl Fn(u32) -> std::cmp::Ordering) -> &[u32] {
    let start = rows.partition_point(|&row| compare(row).is_lt());
    let length = rows[start..].partition_point(|&row| compare(row).is_eq());
    &rows[start..start + length]
}
