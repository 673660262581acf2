//! What rules ask of each parcel, gathered once and kept in columns, so that a changed bound is a
//! scan.

use std::collections::HashMap;
use std::sync::Arc;

use super::answer::{World, lot_facts};
use crate::cadastre::{ParcelId, WardCode};
use crate::rules::facts::{Fact, Facts, Origin};
use crate::rules::parameter::Parameter;
use crate::rules::site::Site;
use rust_decimal::Decimal;

/// The facts of the parcels of a day, by growing key. What a parcel has alone stands in its row of
/// 40 bytes; all else repeats and stands once in a pool.
#[derive(Debug, Clone, Default)]
pub struct SiteColumns {
    pub(super) rows: Vec<SiteRow>,
    patterns: Patterns,
}

/// What a parcel has alone. A size that it does not have is 0, and its pattern says why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SiteRow {
    pub id: ParcelId,
    /// Area of the lot, in cm².
    area_cm2: u64,
    /// Width at the red line of the wider road, in µm.
    frontage_um: u64,
    /// Depth from there, in µm.
    depth_um: u64,
    pub ward: WardCode,
    pub pattern: u32,
}

/// The facts that repeat.
#[derive(Debug, Clone, Default)]
struct Patterns {
    facts: Vec<Arc<Facts>>,
    places: HashMap<Arc<Facts>, u32>,
}

/// What stands for the ward of a row.
const ANY_WARD: &str = "00000";
/// Sizes with as many decimals as their columns.
const AREA_DECIMALS: u32 = 4;
const LENGTH_DECIMALS: u32 = 6;
/// The sizes of rows, each with its decimals.
pub(super) const SIZES: [(Parameter, u32); 4] = [
    (Parameter::LotArea, AREA_DECIMALS),
    (Parameter::Frontage, LENGTH_DECIMALS),
    (Parameter::FrontageOnWiderRoad, LENGTH_DECIMALS),
    (Parameter::Depth, LENGTH_DECIMALS),
];

impl SiteColumns {
    /// Of some parcels by growing key; those that are not there on the day are left out.
    pub fn gather(world: &World<'_>, ids: &[ParcelId]) -> Self {
        let mut columns = Self::default();
        for &id in ids {
            let Some(version) = world.land.parcel(id, world.day) else {
                continue;
            };
            let Some(extract) = world.land.extract(id, world.catalogue, world.day) else {
                continue;
            };
            let ward = version.parcel.ward;
            let site = Site::of_extract(&extract, version, world.day);
            columns.push(id, ward, lot_facts(&site));
        }
        columns
    }

    fn push(&mut self, id: ParcelId, ward: WardCode, mut facts: Facts) {
        let [area_cm2, frontage_um, wider_um, depth_um] =
            SIZES.map(|(size, decimals)| units(&facts, size, decimals));
        // The front on the wider road is the front: rows have it once.
        let fits = frontage_um == wider_um;
        for ((size, _), units) in SIZES
            .iter()
            .zip([area_cm2, frontage_um, wider_um, depth_um])
        {
            if fits && units.is_some() {
                place_held(&mut facts, *size);
            }
        }
        let held = |units: Option<u64>| units.filter(|_| fits).unwrap_or(0);
        let sizes = [area_cm2, frontage_um, depth_um].map(held);
        put_ward(&mut facts, ANY_WARD);
        let pattern = self.patterns.place(facts);
        self.rows.push(SiteRow::new(id, sizes, ward, pattern));
    }

    /// Takes the parcels of another, whose keys are greater.
    pub fn append(&mut self, other: &Self) {
        let facts = other.patterns.facts.iter();
        let places: Vec<u32> = facts
            .map(|facts| self.patterns.place((**facts).clone()))
            .collect();
        self.rows.extend(other.rows.iter().map(|row| SiteRow {
            pattern: places[row.pattern as usize],
            ..*row
        }));
    }

    /// With those of some parcels, by growing key, taken from others: they may be otherwise there,
    /// new, or gone.
    #[must_use]
    pub fn with(&self, ids: &[ParcelId], others: &Self) -> Self {
        let mut new = Self {
            rows: Vec::with_capacity(self.rows.len() + others.rows.len()),
            patterns: self.patterns.clone(),
        };
        let mut own = self.rows.as_slice();
        let mut taken = Self::default();
        taken.append(others);
        new.append(&taken);
        let inserted = std::mem::take(&mut new.rows);
        for row in &inserted {
            let until = own.partition_point(|own| own.id < row.id);
            new.rows.extend(
                own[..until]
                    .iter()
                    .filter(|own| ids.binary_search(&own.id).is_err()),
            );
            own = &own[until..];
            new.rows.push(*row);
        }
        new.rows
            .extend(own.iter().filter(|own| ids.binary_search(&own.id).is_err()));
        new
    }

    /// How many parcels it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many sets of facts its parcels share.
    pub fn patterns(&self) -> usize {
        self.patterns.facts.len()
    }

    /// The facts of each pattern, in the order of their numbers.
    pub(super) fn all_facts(&self) -> impl Iterator<Item = &Facts> {
        self.patterns.facts.iter().map(|facts| &**facts)
    }

    /// Takes the facts of the next pattern.
    pub(super) fn add_pattern(&mut self, facts: Facts) {
        self.patterns.add(facts);
    }

    /// The rows of parcels by growing key.
    pub(super) fn rows<'c>(&'c self, ids: &'c [ParcelId]) -> impl Iterator<Item = &'c SiteRow> {
        let first = ids.first().copied();
        let from = first.map_or(0, |first| self.rows.partition_point(|row| row.id < first));
        let mut rows = self.rows[from..].iter().peekable();
        ids.iter().filter_map(move |id| {
            while rows.next_if(|row| row.id < *id).is_some() {}
            rows.next_if(|row| row.id == *id)
        })
    }

    /// The facts that parcels of a pattern share, with sizes that stand for those of rows.
    pub(super) fn facts(&self, pattern: u32) -> &Facts {
        &self.patterns.facts[pattern as usize]
    }
}

impl SiteRow {
    /// With sizes as [`Self::sizes`] tells them.
    pub const fn new(id: ParcelId, sizes: [u64; 3], ward: WardCode, pattern: u32) -> Self {
        let [area_cm2, frontage_um, depth_um] = sizes;
        Self {
            id,
            area_cm2,
            frontage_um,
            depth_um,
            ward,
            pattern,
        }
    }

    /// Area of the lot in cm², width at the red line and depth in µm; 0 for what it does not have.
    pub const fn sizes(&self) -> [u64; 3] {
        [self.area_cm2, self.frontage_um, self.depth_um]
    }

    /// Puts its ward, but for one that is stated.
    pub fn put_ward(&self, facts: &mut Facts, stated: &Facts) {
        if stated.knowledge(Parameter::Ward).is_none() {
            put_ward(facts, &self.ward.to_string());
        }
    }

    /// Puts its sizes into facts, in the place of those of another row or of what stands for them.
    pub fn put_sizes(&self, held: &HeldSizes, facts: &mut Facts) {
        let [area, front, depth] = self.sizes();
        let units = [area, front, front, depth];
        for ((size, decimals), (units, own)) in SIZES.into_iter().zip(units.iter().zip(held.0)) {
            let Some(own) = own else { continue };
            let number = match units {
                0 => own,
                units => Decimal::from_i128_with_scale(i128::from(*units), decimals).normalize(),
            };
            // It came out of facts, so it is one.
            let _ = facts.set(size, Fact::Number(number), Origin::Derived);
        }
    }
}

/// The sizes of rows that some facts hold, with what they hold of a row without a size of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeldSizes([Option<Decimal>; 4]);

impl HeldSizes {
    /// Those of facts, but for what is stated.
    pub fn of(facts: &Facts, stated: &Facts) -> Self {
        Self(SIZES.map(|(size, _)| match facts.find(size) {
            Some(Fact::Number(own)) if stated.knowledge(size).is_none() => Some(*own),
            _ => None,
        }))
    }
}

/// Leaves the sizes open that are not stated.
pub(super) fn without_sizes(facts: &Facts, stated: &Facts) -> Facts {
    let mut facts = facts.clone();
    for (size, _) in SIZES {
        if stated.knowledge(size).is_none() {
            facts.set_unknown(size, "of_row");
        }
    }
    facts
}

impl Patterns {
    fn place(&mut self, facts: Facts) -> u32 {
        if let Some(place) = self.places.get(&facts) {
            return *place;
        }
        self.add(facts)
    }

    fn add(&mut self, facts: Facts) -> u32 {
        let place = self.facts.len() as u32;
        let facts = Arc::new(facts);
        self.facts.push(Arc::clone(&facts));
        self.places.insert(facts, place);
        place
    }
}

/// A size in whole units of so many decimals, when it is known and more than zero.
fn units(facts: &Facts, size: Parameter, decimals: u32) -> Option<u64> {
    let Some(Fact::Number(number)) = facts.find(size) else {
        return None;
    };
    let units = number.checked_mul(Decimal::from(10_u64.pow(decimals)))?;
    let units = units.normalize();
    let whole = units.scale() == 0 && !units.is_zero();
    whole.then(|| u64::try_from(units).ok())?
}

/// Puts a ward in the place of the one that is known, if one is.
fn put_ward(facts: &mut Facts, ward: &str) {
    if matches!(facts.find(Parameter::Ward), Some(Fact::Word(_))) {
        // Five digits are a code.
        let _ = facts.set(Parameter::Ward, Fact::Word(ward.into()), Origin::Derived);
    }
}

/// Puts what stands for the size of a row in its place: as different from "not known" as the size.
fn place_held(facts: &mut Facts, size: Parameter) {
    // One is a size of every unit.
    let _ = facts.set(size, Fact::Number(Decimal::ONE), Origin::Derived);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(stated: &[(&str, &str)]) -> Facts {
        let mut facts = Facts::new();
        for (name, value) in stated {
            facts.state(name, value).expect("a fact");
        }
        let known: Vec<Parameter> = facts.iter().map(|(parameter, _)| parameter).collect();
        for parameter in known {
            let fact = facts.find(parameter).expect("just stated").clone();
            facts.set(parameter, fact, Origin::Derived).expect("a fact");
        }
        facts
    }

    #[test]
    fn what_a_row_and_its_pattern_say_is_what_was_pushed() {
        let lots = [
            facts(&[
                ("lot_area_m2", "66.5"),
                ("frontage_m", "4"),
                ("frontage_on_wider_road_m", "4"),
                ("depth_m", "16.625001"),
                ("corner_lot", "false"),
            ]),
            facts(&[
                ("lot_area_m2", "80"),
                ("frontage_m", "5.1"),
                ("frontage_on_wider_road_m", "5.1"),
                ("depth_m", "15.7"),
                ("corner_lot", "false"),
            ]),
            facts(&[("lot_area_m2", "0"), ("corner_lot", "false")]),
            facts(&[("corner_lot", "true")]),
            facts(&[("frontage_m", "4"), ("frontage_on_wider_road_m", "5")]),
        ];
        let ward = WardCode::from_number(26_743).expect("a code");
        let mut columns = SiteColumns::default();
        for (id, lot) in (1..).zip(&lots) {
            let mut one = SiteColumns::default();
            one.push(ParcelId::new(id).expect("an id"), ward, lot.clone());
            columns.append(&one);
        }
        assert_eq!((columns.len(), columns.patterns()), (5, 4));
        let ids: Vec<ParcelId> = columns.rows.iter().map(|row| row.id).collect();
        let stated = Facts::new();
        for (row, lot) in columns.rows(&ids).zip(&lots) {
            let mut said = columns.facts(row.pattern).clone();
            row.put_ward(&mut said, &stated);
            row.put_sizes(&HeldSizes::of(&said, &stated), &mut said);
            assert_eq!(said, *lot);
        }
        assert_eq!(columns.rows(&ids[1..2]).count(), 1);
        let mut bytes = Vec::new();
        columns.write(&mut bytes).expect("into memory");
        let read = SiteColumns::read(&bytes).expect("just written");
        assert_eq!(read.rows, columns.rows);
        assert_eq!(read.patterns.facts, columns.patterns.facts);
        assert!(SiteColumns::read(&bytes[..bytes.len() - 1]).is_none());
        assert!(SiteColumns::read(&bytes[..100]).is_none());
        assert!(size_of::<SiteRow>() <= 40);
    }
}
