//! Floor-area ratio: all floors, basements included, per area of the lot.

use super::{Kind, Says, at_most};
use crate::rules::unit::Unit;

/// QCVN 01:2021, 1.4: without floors for technical systems, fire safety, refuge and parking.
pub static KIND: Kind = Kind {
    name: "floor_area_ratio",
    version: 1,
    says: Says::Number(at_most(Unit::Times)),
};
