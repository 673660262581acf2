//! Share of the lot that is green, in per cent.

use super::{Kind, Says, at_least};
use crate::rules::unit::Unit;

/// QCVN 01:2021, 2.6: trees and lawns on the lot.
pub static KIND: Kind = Kind {
    name: "green_share",
    version: 1,
    says: Says::Number(at_least(Unit::Percent)),
};
