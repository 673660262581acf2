//! Gross coverage of a unit of a plan, in per cent.

use super::{Kind, Says, at_most};
use crate::rules::unit::Unit;

/// QCVN 01:2021, 2.6: of the whole unit with its roads and green.
pub static KIND: Kind = Kind {
    name: "gross_coverage",
    version: 1,
    says: Says::Number(at_most(Unit::Percent)),
};
