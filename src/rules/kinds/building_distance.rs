//! Distances between buildings on one lot or block, in metres.

use super::{Kind, Says, at_least};
use crate::rules::unit::Unit;

/// QCVN 01:2021, 2.6: by the height of the taller building.
pub static KIND: Kind = Kind {
    name: "building_distance",
    version: 1,
    says: Says::NumberOf(&[
        ("long_sides", at_least(Unit::Metre)),
        ("gables", at_least(Unit::Metre)),
        ("rears", at_least(Unit::Metre)),
        ("fire_road", at_least(Unit::Metre)),
    ]),
};
