//! What a permit of limited term allows.

use super::{Kind, Says, at_most};
use crate::rules::unit::Unit;

/// Law 135/2025, 44; Decree 217/2026, 52; Decision 29/2025, 3.
pub static KIND: Kind = Kind {
    name: "limited_term",
    version: 1,
    says: Says::NumberOf(&[
        ("storeys", at_most(Unit::Storeys)),
        ("basements", at_most(Unit::Storeys)),
        ("term", at_most(Unit::Years)),
    ]),
};
