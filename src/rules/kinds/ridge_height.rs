//! Height of the highest point, in metres, without antennas, vents and what QCVN 01:2021, 1.4 leaves out.

use super::{Kind, Says, at_most};
use crate::rules::unit::Unit;

/// Decision 56/2021, App. 18, Table 3; QCVN 01:2021, 1.4.
pub static KIND: Kind = Kind {
    name: "ridge_height",
    version: 1,
    says: Says::Number(at_most(Unit::Metre)),
};
