//! Height of the building where its building line stands, in metres.

use super::{Kind, Says, at_most};
use crate::rules::unit::Unit;

/// Decision 56/2021, App. 18, Table 3: the standard level at the building line.
pub static KIND: Kind = Kind {
    name: "height_at_building_line",
    version: 1,
    says: Says::Number(at_most(Unit::Metre)),
};
