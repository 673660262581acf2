//! Net coverage: footprint of main buildings in per cent of the lot's conforming area.

use super::{Kind, Says, at_most};
use crate::rules::unit::Unit;

/// QCVN 01:2021, 1.4: without outdoor works, ramps and vents; the denominator is the area that conforms
/// to the plan, not the registered area.
pub static KIND: Kind = Kind {
    name: "coverage",
    version: 1,
    says: Says::Number(at_most(Unit::Percent)),
};
