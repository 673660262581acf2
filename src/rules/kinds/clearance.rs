//! Horizontal distance from a line, a bank, a railway, a road, in metres.

use super::{Kind, Says, at_least};
use crate::rules::unit::Unit;

/// Measured from the edge that the law names: the outermost conductor at rest, the high bank, the toe of
/// the embankment, the edge of the road's land.
pub static KIND: Kind = Kind {
    name: "clearance",
    version: 1,
    says: Says::NumberOf(&[
        ("waterway", at_least(Unit::Metre)),
        ("power_line", at_least(Unit::Metre)),
        ("power_line_above", at_least(Unit::Metre)),
        ("underground_cable", at_least(Unit::Metre)),
        ("railway", at_least(Unit::Metre)),
        ("railway_safety", at_least(Unit::Metre)),
        ("road", at_least(Unit::Metre)),
        ("fuel_station", at_least(Unit::Metre)),
    ]),
};
