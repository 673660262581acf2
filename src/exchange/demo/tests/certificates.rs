//! Laws of the demo city's certificates: most parcels have one, parties are plainly made up.

use super::{city, ground, today, versions};
use crate::cadastre::{BaUnit, BaUnitId, Day, ParcelId, PartyId, PartyKind, Rrr, RrrType, Share};
use crate::land::{Edit, NewParty, VersionChange};
use std::collections::{HashMap, HashSet};

fn opened<T>(change: &VersionChange<T>) -> (&T, Day, Option<Day>) {
    match change {
        VersionChange::Open { record, from, to } => (record, *from, *to),
        _ => unreachable!("the demo city only opens"),
    }
}

#[test]
fn most_parcels_have_a_certificate_and_some_certificates_several_parcels() {
    let ground = ground();
    let edits: Vec<Edit> = city(ground, 9_000).collect();
    let units = || {
        edits
            .iter()
            .flat_map(|e| &e.rights.units)
            .map(opened::<BaUnit>)
    };
    let certified: HashSet<ParcelId> = units()
        .filter(|(_, _, to)| to.is_none())
        .flat_map(|(unit, ..)| unit.parcels.clone())
        .collect();
    let held = today(&edits);
    let with = held.iter().filter(|p| certified.contains(&p.id)).count();
    assert!((6_500..8_500).contains(&with), "{with}");
    assert!(units().filter(|(unit, ..)| unit.parcels.len() > 1).count() > 50);
    let mut serials = HashSet::new();
    let mut days: HashMap<ParcelId, (Day, Option<Day>)> = HashMap::new();
    for (parcel, from, to) in versions(&edits) {
        let life = days.entry(parcel.id).or_insert((from, to));
        *life = (life.0.min(from), life.1.and(to).max(to));
    }
    for (unit, from, to) in units() {
        let serial = unit
            .certificate_serial
            .as_deref()
            .expect("the demo gives every unit a serial");
        assert!(
            serial.starts_with('Đ') && serials.insert(serial.to_owned()),
            "{serial}"
        );
        for parcel in &unit.parcels {
            let life = days[parcel];
            let ends = life.1.is_none_or(|end| to.is_some_and(|to| to <= end));
            assert!(life.0 <= from && ends, "{parcel}: {life:?}, {from} {to:?}");
        }
    }
}

#[test]
fn parties_are_plainly_made_up_and_every_right_is_theirs_and_within_its_unit() {
    let ground = ground();
    let edits: Vec<Edit> = city(ground, 6_000).collect();
    let again: Vec<Edit> = city(ground, 6_000).collect();
    let parties = |edits: &[Edit]| -> Vec<NewParty> {
        edits
            .iter()
            .flat_map(|e| e.rights.parties.clone())
            .collect()
    };
    let values = |p: &NewParty| p.values.clone();
    let names: Vec<_> = parties(&edits).iter().map(values).collect();
    assert_eq!(
        names,
        parties(&again).iter().map(values).collect::<Vec<_>>()
    );
    let mut kinds: HashMap<PartyId, PartyKind> = HashMap::new();
    for NewParty { party, values } in parties(&edits) {
        assert!(values.name.is_some_and(|name| name.contains("Giả Lập")));
        let number = values.identity_number;
        assert!(number.is_none_or(|number| number.starts_with("00")));
        assert_eq!(kinds.insert(party.id, party.kind), None);
    }
    for kind in [
        PartyKind::Household,
        PartyKind::Organisation,
        PartyKind::State,
    ] {
        assert!(kinds.values().any(|k| *k == kind), "{kind:?}");
    }
    let mut units: HashMap<BaUnitId, Vec<(Day, Option<Day>)>> = HashMap::new();
    for change in edits.iter().flat_map(|e| &e.rights.units) {
        let (unit, from, to) = opened::<BaUnit>(change);
        units.entry(unit.id).or_default().push((from, to));
    }
    let mut types: HashMap<RrrType, usize> = HashMap::new();
    let mut land_use: HashMap<(BaUnitId, Day), Vec<Share>> = HashMap::new();
    for change in edits.iter().flat_map(|e| &e.rights.rights) {
        let (right, from, to) = opened::<Rrr>(change);
        *types.entry(right.what).or_default() += 1;
        assert!(kinds.contains_key(&right.party));
        let within = |days: &(Day, Option<Day>)| {
            days.0 <= from && days.1.is_none_or(|end| to.is_some_and(|to| to <= end))
        };
        assert!(units[&right.ba_unit].iter().any(within), "{right:?}");
        if right.what == RrrType::LandUse {
            let shares = land_use.entry((right.ba_unit, from)).or_default();
            shares.extend(right.share);
        }
    }
    assert!(
        land_use
            .into_values()
            .all(|shares| !Share::exceed_one(shares))
    );
    assert!(
        types[&RrrType::Mortgage] > 100 && types[&RrrType::Easement] > 10,
        "{types:?}"
    );
}
