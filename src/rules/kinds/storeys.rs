//! Number of storeys: a base by a table, and storeys that may be added.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Kind, Says, at_most};
use crate::rules::condition::{Condition, Lack, Truth, all_hold};
use crate::rules::facts::Facts;
use crate::rules::pack::BothTexts;
use crate::rules::table::{Cell, Entry};
use crate::rules::unit::Unit;

/// All floors above ground as QCVN 01:2021 and Circular 06/2021 count them. Decision 56/2021, App. 18,
/// Table 2: extras are added to the base, and the sum never passes the greatest number of the row.
pub static KIND: Kind = Kind {
    name: "storeys",
    version: 1,
    says: Says::Number(at_most(Unit::Storeys)),
};

/// Storeys that may be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// Why.
    pub title: BothTexts,
    /// How many.
    pub add: Decimal,
    /// When all of these hold.
    pub when: Vec<Condition>,
}

/// Base and extras: the sum of what applies, up to `greatest`. Where an extra's condition is not known
/// and would change the sum, it is unknown.
pub(super) fn with_extras(
    base: Decimal,
    extras: &[Extra],
    allowed: &Truth,
    greatest: Entry,
    facts: &Facts,
) -> Entry {
    let greatest = match greatest {
        Entry::Cell(Cell::Value(greatest)) => greatest,
        other => return other,
    };
    let (mut sure, mut possible) = (base, base);
    let mut lacks: BTreeSet<Lack> = BTreeSet::new();
    for extra in extras {
        match allowed.clone().and(all_hold(&extra.when, facts)) {
            Truth::True => {
                sure += extra.add;
                possible += extra.add;
            }
            Truth::False => {}
            Truth::Unknown(missing) => {
                possible += extra.add;
                lacks.extend(missing);
            }
        }
    }
    let (sure, possible) = (sure.min(greatest), possible.min(greatest));
    if sure == possible {
        return Entry::Cell(Cell::Value(sure));
    }
    Entry::Unknown(lacks)
}
