//! The land uses on which one may build.

use super::{Kind, Says};

/// Law 135/2025, 44: the purpose of the land on its land paper. The rule lists codes of the circular
/// on land-use maps; where several rules list some, a use must be on every list.
pub static KIND: Kind = Kind {
    name: "land_use",
    version: 1,
    says: Says::Words,
};

/// The words that are on both lists, in the order of the first.
pub(in crate::rules) fn common(one: &[Box<str>], other: &[Box<str>]) -> Vec<Box<str>> {
    let both = one.iter().filter(|word| other.contains(word));
    both.cloned().collect()
}
