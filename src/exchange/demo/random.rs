//! Random numbers that depend on names, not on the order of asking.

/// A stream of random numbers; streams with different names are independent, so that one part of
/// the city does not change when another does.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

/// The finalising mix of SplitMix64.
const fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Random {
    /// The stream of a name, given as numbers.
    pub fn named(name: &[i64]) -> Self {
        let step = |state: u64, &part: &i64| mixed(state ^ mixed(part as u64).rotate_left(17));
        Self(name.iter().fold(0x9e37_79b9_7f4a_7c15, step))
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low) + 1;
        low + (self.next() % width) as i64
    }

    /// True with so many chances in a thousand.
    pub fn chance(&mut self, permille: u64) -> bool {
        self.next() % 1000 < permille
    }

    /// One of several; the list is never empty where this is asked.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[(self.next() % list.len().max(1) as u64) as usize]
    }
}
