//! Area that the building has in common with a restriction, in square metres.

use super::{Kind, Says, at_most};
use crate::rules::unit::Unit;

/// The restriction is named by theme and kind; interiors that only touch have nothing in common. Shares
/// are taken on the union of a restriction.
pub static KIND: Kind = Kind {
    name: "overlap",
    version: 1,
    says: Says::NumberOfArea(at_most(Unit::SquareMetre)),
};
