//! The smallest lot that may come out of a division, or on which may be built.

use super::{Kind, Says, at_least};
use crate::rules::unit::Unit;

/// Areas in square metres without road widening, widths and depths in metres.
pub static KIND: Kind = Kind {
    name: "minimum_lot",
    version: 1,
    says: Says::NumberOf(&[
        ("area", at_least(Unit::SquareMetre)),
        ("width", at_least(Unit::Metre)),
        ("depth", at_least(Unit::Metre)),
        ("building_frontage", at_least(Unit::Metre)),
        ("road_width", at_least(Unit::Metre)),
    ]),
};
