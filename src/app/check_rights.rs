//! Whether what a register knows of rights is whole: units, rights, shares, parties and keys.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Error;
pub use super::rights_flaw::RightsFlaw;
use crate::cadastre::{
    BaUnitId, BaUnitVersion, Day, Interval, ParcelId, Party, PartyId, PartyKind, RrrId, RrrType,
    RrrVersion, Share, counted_share, first_day_over_one, first_day_over_one_among,
};
use crate::evidence::{ContentHash, ContentHasher, canonical_bytes};
use crate::store::{RightsReader, Store};

/// What a register knows of rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RightsContent {
    /// Parties, erased ones too.
    pub parties: u64,
    /// Versions of units.
    pub units: u64,
    /// Versions of rights, restrictions and responsibilities.
    pub rights: u64,
    /// Equal for two registers that hold the same units and rights, whatever keys they gave to
    /// them. Who a party is does not enter it, only its kind.
    pub hash: ContentHash,
}

/// Checks everything that a register knows of rights; nothing when it knows nothing. `parcels`
/// gives of each parcel a number that is the same in every register that holds it.
pub(super) fn check_rights(
    store: &Store,
    parcels: &HashMap<ParcelId, u64>,
) -> Result<(Option<RightsContent>, Vec<RightsFlaw>), Error> {
    let mut checking = Checking {
        parcels,
        parties: BTreeMap::new(),
        units: BTreeMap::new(),
        rights: BTreeMap::new(),
        records: Vec::new(),
        counts: [0; 2],
        flaws: Vec::new(),
    };
    store.visit_rights(&mut checking)?;
    checking.compare_intervals();
    checking.add_shares();
    checking.add_over_units();
    checking.compare_keys(&store.parties_with_key()?);
    let [units, rights] = checking.counts;
    let parties = checking.parties.len() as u64;
    let known = parties + units + rights > 0;
    let content = known.then(|| RightsContent {
        parties,
        units,
        rights,
        hash: hash_of(checking.records),
    });
    Ok((content, checking.flaws))
}

struct HeldUnit {
    intervals: Vec<Interval<Day>>,
    /// The least of its versions' hashes, the same in every register.
    hash: ContentHash,
    rights: BTreeMap<RrrType, Vec<(Interval<Day>, Share)>>,
    parcels: Vec<(ParcelId, Interval<Day>)>,
    /// What counts against the rights of other units on the same parcels.
    counted: Vec<(RrrType, Interval<Day>, Share)>,
}

struct Checking<'a> {
    parcels: &'a HashMap<ParcelId, u64>,
    /// Kind, and whether it was erased.
    parties: BTreeMap<PartyId, (PartyKind, bool)>,
    units: BTreeMap<BaUnitId, HeldUnit>,
    rights: BTreeMap<RrrId, Vec<Interval<Day>>>,
    records: Vec<ContentHash>,
    /// Versions of units and of rights.
    counts: [u64; 2],
    flaws: Vec<RightsFlaw>,
}

impl RightsReader for Checking<'_> {
    fn party(&mut self, party: Party, erased: bool) {
        self.parties.insert(party.id, (party.kind, erased));
    }

    fn unit(&mut self, version: BaUnitVersion) {
        self.counts[0] += 1;
        let (unit, valid) = (version.unit, version.lifespan.valid);
        if unit.parcels.is_empty() {
            self.flaws.push(RightsFlaw::UnitWithoutParcel {
                unit: unit.id.0,
                from: valid.from,
            });
        }
        let mut parcels = Vec::with_capacity(unit.parcels.len());
        for &parcel in &unit.parcels {
            match self.parcels.get(&parcel) {
                Some(key) => parcels.push(format!("{key:016x}")),
                None => self.flaws.push(RightsFlaw::UnknownParcel {
                    unit: unit.id.0,
                    parcel,
                }),
            }
        }
        parcels.sort_unstable();
        let papers = (&unit.certificate_serial, &unit.registry_number);
        let hash = record(&("unit", papers, parcels, days(valid)));
        self.records.push(hash);
        let held = self.units.entry(unit.id).or_insert_with(|| HeldUnit {
            intervals: Vec::new(),
            hash,
            rights: BTreeMap::new(),
            parcels: Vec::new(),
            counted: Vec::new(),
        });
        held.parcels
            .extend(unit.parcels.iter().map(|parcel| (*parcel, valid)));
        held.intervals.push(valid);
        held.hash = held.hash.min(hash);
    }

    fn right(&mut self, version: RrrVersion) {
        self.counts[1] += 1;
        let (rrr, valid) = (version.rrr, version.lifespan.valid);
        self.rights.entry(rrr.id).or_default().push(valid);
        let kind = self.parties.get(&rrr.party).map(|(kind, _)| *kind);
        if kind.is_none() {
            self.flaws.push(RightsFlaw::RightOfNobody {
                right: rrr.id.0,
                party: rrr.party.0,
            });
        }
        let unit = self.units.get_mut(&rrr.ba_unit);
        let uncovered = match &unit {
            Some(unit) => first_uncovered(&unit.intervals, valid),
            None => Some(valid.from),
        };
        if let Some(day) = uncovered {
            self.flaws.push(RightsFlaw::RightWithoutUnit {
                right: rrr.id.0,
                unit: rrr.ba_unit.0,
                day,
            });
        }
        let share = rrr
            .share
            .map(|share| (share.numerator(), share.denominator()));
        let hash = unit.as_ref().map(|unit| unit.hash.to_string());
        let what = (format!("{:?}", rrr.what), format!("{kind:?}"), share);
        self.records
            .push(record(&("right", hash, what, days(valid))));
        let Some(unit) = unit else { return };
        let counted = counted_share(rrr.what, rrr.share);
        unit.counted
            .extend(counted.map(|share| (rrr.what, valid, share)));
        if let Some(share) = rrr.share {
            let of_type = unit.rights.entry(rrr.what).or_default();
            of_type.push((valid, share));
        }
    }
}

impl Checking<'_> {
    fn compare_intervals(&mut self) {
        let units = self.units.iter_mut();
        let units = units.map(|(id, unit)| ("unit", id.0, &mut unit.intervals));
        let rights = self.rights.iter_mut();
        let rights = rights.map(|(id, intervals)| ("right", id.0, intervals));
        for (what, key, intervals) in units.chain(rights) {
            if let Some(day) = first_double(intervals) {
                self.flaws.push(RightsFlaw::TwoVersions { what, key, day });
            }
        }
    }

    fn add_shares(&mut self) {
        for (id, unit) in &self.units {
            for (&what, shares) in &unit.rights {
                if let Some(day) = first_day_over_one(shares) {
                    let unit = id.0;
                    self.flaws
                        .push(RightsFlaw::SharesExceedOne { unit, what, day });
                }
            }
        }
    }

    /// Adds what several units give of one parcel.
    fn add_over_units(&mut self) {
        let mut claims: BTreeMap<(ParcelId, RrrType), BTreeMap<BaUnitId, Vec<_>>> = BTreeMap::new();
        for (id, unit) in &self.units {
            for (parcel, holds) in &unit.parcels {
                for (what, valid, share) in &unit.counted {
                    let Some(valid) = valid.common(*holds) else {
                        continue;
                    };
                    let of_right = claims.entry((*parcel, *what)).or_default();
                    of_right.entry(*id).or_default().push((valid, *share));
                }
            }
        }
        for ((parcel, what), units) in claims {
            let shares: Vec<&[(Interval<Day>, Share)]> =
                units.values().map(Vec::as_slice).collect();
            let Some(day) = first_day_over_one_among(&shares) else {
                continue;
            };
            let holds = |shares: &Vec<(Interval<Day>, Share)>| {
                shares.iter().any(|(valid, _)| valid.has(day))
            };
            let mut holding = units.iter().filter(|(_, shares)| holds(shares));
            if let (Some((unit, _)), Some((other, _))) = (holding.next(), holding.next()) {
                self.flaws.push(RightsFlaw::DoubleRight {
                    parcel,
                    what,
                    unit: unit.0,
                    other: other.0,
                    day,
                });
            }
        }
    }

    fn compare_keys(&mut self, keys: &BTreeSet<PartyId>) {
        let wrong = |erased_ones: bool| {
            let mut ids = self.parties.iter().filter_map(|(id, (_, erased))| {
                let wrong = *erased == erased_ones && keys.contains(id) == erased_ones;
                wrong.then_some(id.0)
            });
            ids.next().map(|first| (1 + ids.count() as u64, first))
        };
        let (missing, left) = (wrong(false), wrong(true));
        let missing = missing.map(|(count, first)| RightsFlaw::KeysMissing { count, first });
        let left = left.map(|(count, first)| RightsFlaw::KeysLeft { count, first });
        self.flaws.extend(missing.into_iter().chain(left));
    }
}

/// The first day on which two of some intervals hold; sorts them.
pub(super) fn first_double(intervals: &mut [Interval<Day>]) -> Option<Day> {
    intervals.sort_by_key(|interval| interval.from);
    intervals.windows(2).find_map(|pair| match pair {
        [a, b] if a.to.is_none_or(|to| to > b.from) => Some(b.from),
        _ => None,
    })
}

/// The first day of an interval on which none of some intervals holds.
fn first_uncovered(intervals: &[Interval<Day>], wanted: Interval<Day>) -> Option<Day> {
    let mut day = wanted.from;
    loop {
        let holding = intervals.iter().find(|interval| interval.has(day));
        match holding {
            None => return Some(day),
            Some(Interval { to: None, .. }) => return None,
            Some(Interval { to: Some(to), .. }) => {
                if wanted.to.is_some_and(|end| end <= *to) {
                    return None;
                }
                day = *to;
            }
        }
    }
}

fn days(valid: Interval<Day>) -> (String, Option<String>) {
    (valid.from.to_string(), valid.to.map(|day| day.to_string()))
}

fn record<T: serde::Serialize>(facts: &T) -> ContentHash {
    let bytes = canonical_bytes(facts).expect("texts and small numbers have a canonical form");
    ContentHash::of(&bytes)
}

fn hash_of(mut records: Vec<ContentHash>) -> ContentHash {
    records.sort_unstable();
    let mut hasher = ContentHasher::new();
    hasher.update(b"diachinh rights\0");
    records.iter().for_each(|record| hasher.update(&record.0));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: i32, to: impl Into<Option<i32>>) -> Interval<Day> {
        Interval {
            from: Day(from),
            to: to.into().map(Day),
        }
    }

    #[test]
    fn a_right_may_reach_over_versions_of_its_unit_that_meet_and_over_no_hole() {
        let unit = [days(1, 5), days(5, 9), days(11, None)];
        assert_eq!(first_uncovered(&unit, days(2, 9)), None);
        assert_eq!(first_uncovered(&unit, days(2, 10)), Some(Day(9)));
        assert_eq!(first_uncovered(&unit, days(2, None)), Some(Day(9)));
        assert_eq!(first_uncovered(&unit, days(0, 3)), Some(Day(0)));
        assert_eq!(first_uncovered(&unit, days(12, None)), None);
        assert_eq!(first_uncovered(&[], days(3, 4)), Some(Day(3)));
    }
}
