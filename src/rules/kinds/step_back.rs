//! Distance of upper storeys from the building line, in metres.

use super::{Kind, Says, at_least, at_most};
use crate::rules::unit::Unit;

/// Decision 56/2021, App. 18, Table 2 (the added storey) and 7.2 (through lots: what lies above
/// the level of the narrower road stands back from it).
pub static KIND: Kind = Kind {
    name: "step_back",
    version: 1,
    says: Says::NumberOf(&[
        ("added_storey", at_least(Unit::Metre)),
        ("narrower_road", at_least(Unit::Metre)),
        ("narrower_road_level", at_most(Unit::Metre)),
    ]),
};
