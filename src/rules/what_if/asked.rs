//! What the rules that matter ask for: of two parcels that differ in nothing of it they say the same.

use std::collections::BTreeSet;

use super::columns::{SIZES, SiteRow};
use crate::rules::condition::{AreaName, Condition};
use crate::rules::facts::Facts;
use crate::rules::pack::{Pack, Rule};
use crate::rules::parameter::Parameter;
use crate::rules::table::Table;
use crate::rules::thresholds::thresholds;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What packs ask for.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    parameters: BTreeSet<Parameter>,
    areas: BTreeSet<AreaName>,
}

impl Asked {
    /// By the conditions, tables and readings of packs.
    pub fn by(packs: &[Pack]) -> Self {
        let mut asked = Self::default();
        for pack in packs {
            pack.each_condition(&mut |condition| {
                asked.parameters.extend(condition.parameter());
                if let Condition::Inside { area, .. } = condition {
                    asked.areas.insert(area.clone());
                }
            });
            for reading in &pack.readings {
                asked.parameters.extend([reading.parameter, reading.by]);
            }
            let tables = pack.rules.iter().flat_map(Rule::tables);
            asked.parameters.extend(tables.flat_map(Table::parameters));
        }
        asked
    }

    /// What is known of it.
    pub fn known(&self, facts: &Facts) -> Facts {
        facts.only(&self.parameters, &self.areas)
    }
}

/// Where the sizes of a parcel lie among the numbers at which rules begin to say something else.
pub(super) type Cell = [usize; 3];

/// The first size, in the units of rows, of each stretch between such numbers; such a number is a
/// stretch of its own. In this order: area of the lot, width at the red line, depth.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells([Vec<u64>; 3]);

impl Cells {
    /// By what packs say.
    pub fn of(packs: &[Pack]) -> Self {
        let mut cuts: [BTreeSet<u64>; 3] = Default::default();
        // A row has the front on the wider road as its front.
        for (place, (size, decimals)) in [0, 1, 1, 2].into_iter().zip(SIZES) {
            for at in thresholds(packs, size) {
                let units = at.checked_mul(Decimal::from(10_u64.pow(decimals)));
                let first = units.and_then(|units| units.ceil().to_u64());
                let Some((first, units)) = first.zip(units) else {
                    continue;
                };
                cuts[place].insert(first);
                if units.fract().is_zero() {
                    cuts[place].insert(first + 1);
                }
            }
        }
        Self(cuts.map(|cuts| cuts.into_iter().collect()))
    }

    /// Where a parcel lies.
    pub fn place(&self, row: &SiteRow) -> Cell {
        let sizes = row.sizes();
        std::array::from_fn(|i| self.0[i].partition_point(|first| *first <= sizes[i]))
    }
}

/// Whether what a rule comes to goes with a size between two numbers at which it bends.
pub(super) fn slopes(pack: &Pack, rule: &Rule) -> bool {
    let sizes = SIZES.iter().flat_map(|(size, _)| pack.read_as(*size));
    let sizes: Vec<Parameter> = sizes.collect();
    rule.tables().any(|table| {
        let by_size = || table.parameters().iter().any(|asked| sizes.contains(asked));
        match table {
            Table::Constant(_) | Table::Choices { .. } => false,
            Table::Bands { .. } | Table::Steps { .. } => false,
            Table::Interpolation { .. } | Table::Surface { .. } | Table::Proportion { .. } => {
                by_size()
            }
        }
    })
}
