//! Distances of the building from the edges of its lot, in metres.

use super::{Kind, Says, at_least};
use crate::rules::unit::Unit;

/// Of the main building from the red line in front and from the rear and side edges; of the ground floor
/// alone on commercial axes; of the upper end of a ramp from the red line; depth and width of the
/// recess of a gate.
pub static KIND: Kind = Kind {
    name: "setback",
    version: 1,
    says: Says::NumberOf(&[
        ("front", at_least(Unit::Metre)),
        ("rear", at_least(Unit::Metre)),
        ("side", at_least(Unit::Metre)),
        ("ground_floor", at_least(Unit::Metre)),
        ("ramp", at_least(Unit::Metre)),
        ("gate_depth", at_least(Unit::Metre)),
        ("gate_width", at_least(Unit::Metre)),
    ]),
};
