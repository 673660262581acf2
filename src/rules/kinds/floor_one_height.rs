//! Height of the ground floor with its mezzanine, in metres.

use super::{Kind, Says, at_most};
use crate::rules::unit::Unit;

/// Decision 56/2021, App. 18, Table 3: from the sidewalk to the floor of the second storey.
pub static KIND: Kind = Kind {
    name: "floor_one_height",
    version: 1,
    says: Says::Number(at_most(Unit::Metre)),
};
