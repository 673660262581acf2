//! What may reach over the red line or the building line, how far, and how high above the sidewalk.

use super::{Kind, Says, at_least, at_most};
use crate::rules::unit::Unit;

/// Decision 56/2021, App. 18, Table 4: balconies and canopies over the right of way; below a height
/// nothing but pipes and sills.
pub static KIND: Kind = Kind {
    name: "projection",
    version: 1,
    says: Says::NumberOf(&[
        ("balcony", at_most(Unit::Metre)),
        ("underside", at_least(Unit::Metre)),
        ("decoration", at_most(Unit::Percent)),
        ("low_parts", at_most(Unit::Metre)),
        ("pergola_height", at_most(Unit::Metre)),
        ("pergola_open", at_least(Unit::Percent)),
    ]),
};
