//! Length of a block of row houses, in metres.

use super::{Kind, Says, at_most};
use crate::rules::unit::Unit;

/// QCVN 01:2021, 2.6.
pub static KIND: Kind = Kind {
    name: "block_length",
    version: 1,
    says: Says::Number(at_most(Unit::Metre)),
};
