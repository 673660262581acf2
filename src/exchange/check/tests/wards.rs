//! Tests of the wards of drafts: of their day, by the crosswalk, and together with their commune.

use super::*;
use crate::cadastre::FormerWard;

/// The day before [`DAY`] on which communes 1 and 2 became ward 2, and commune 3 ward 4.
const MERGER: Day = Day(DAY.0 - 100);

fn code(number: u32) -> WardCode {
    WardCode::from_number(number).expect("a ward code")
}

fn became(former: u32, ward: u32) -> WardSuccession {
    WardSuccession {
        former: FormerWard {
            code: Some(code(former)),
            full_name: "Phường Bến Thành".to_owned(),
            district: "Quận 1".to_owned(),
            province: "Thành phố Hồ Chí Minh".to_owned(),
        },
        split: false,
        ward: code(ward),
        day: MERGER,
    }
}

/// A parcel of a commune that ended on a day, judged where only the wards of today are held.
fn of_past(commune: u32, ward: Option<u32>, until: Day) -> Judgement {
    let ward_of_today = |number| Ward {
        code: code(number),
        valid: Interval::open(MERGER),
        ..ben_thanh()
    };
    // Of ward 5 the crosswalk tells nothing.
    let wards = [2, 4, 5].map(ward_of_today);
    let successions = [became(1, 2), became(2, 2), became(3, 4)];
    let mut draft = lot(1, "12", 0, 5_000);
    draft.as_map.commune = code(commune);
    draft.ward = ward.map(code);
    draft.valid_from = Some(Day(0));
    draft.valid_to = Some(until);
    judged_in(&wards, &successions, vec![draft])
}

fn placed(judgement: &Judgement) -> Option<u32> {
    judgement.accepted.first().map(|p| p.ward.number())
}

#[test]
fn a_version_of_before_the_merger_lies_in_the_commune_that_stood_then() {
    for stated in [Some(1), None] {
        let judgement = of_past(1, stated, MERGER);
        assert_eq!((placed(&judgement), codes(&judgement)), (Some(1), vec![]));
    }
    // The same code was a commune's, and is a ward's today.
    assert_eq!(placed(&of_past(2, Some(2), MERGER)), Some(2));
    // What the commune became is accepted as stated.
    assert_eq!(placed(&of_past(1, Some(2), MERGER)), Some(2));
    // Of what ward 5 came from nothing is told, so nothing says that it did not stand.
    assert_eq!(placed(&of_past(5, Some(5), MERGER)), Some(5));
}

#[test]
fn a_former_commune_is_no_ward_from_its_last_day_on() {
    let judgement = of_past(1, Some(1), MERGER.next());
    assert_eq!(codes(&judgement), [FindingCode::UnknownWard]);
    let reason = &judgement.findings[0].reason.en;
    assert!(reason.contains("former unit"), "{reason}");
    // A ward of today that the crosswalk makes out of others did not stand before them.
    let judgement = of_past(4, None, MERGER);
    assert_eq!((placed(&judgement), judgement.rejected.len()), (None, 1));
    assert_eq!(placed(&of_past(4, None, MERGER.next())), Some(4));
}

#[test]
fn a_commune_that_is_none_is_told_with_the_ward_stated_beside_it() {
    for until in [MERGER, DAY] {
        let judgement = of_past(12_345, Some(2), until);
        assert_eq!(codes(&judgement), [FindingCode::UnknownWard]);
        assert_eq!(judgement.rejected.len(), 1);
        let reason = &judgement.findings[0].reason.en;
        assert!(reason.contains("`12345`"), "{reason}");
        assert!(reason.contains("`00002`"), "{reason}");
    }
}

#[test]
fn a_commune_and_a_ward_that_do_not_belong_together_are_both_named() {
    let reason = |judgement: &Judgement| {
        assert_eq!(codes(judgement), [FindingCode::UnknownWard]);
        assert!(judgement.accepted.is_empty());
        judgement.findings[0].reason.en.clone()
    };
    let today = reason(&of_past(3, Some(2), DAY));
    for named in ["`00003`", "Bến Thành `00004`", "Bến Thành `00002`"] {
        assert!(today.contains(named), "{today}");
    }
    let then = reason(&of_past(3, Some(1), MERGER));
    assert!(
        then.contains("`00003`") && then.contains("`00001`"),
        "{then}"
    );
    // The key may be numbered anew by the ward of today, and by any commune that it came from.
    for commune in [1, 2] {
        assert_eq!(placed(&of_past(commune, Some(2), DAY)), Some(2));
    }
    assert_eq!(placed(&of_past(2, Some(1), MERGER)), Some(1));
}

#[test]
fn a_ward_that_is_not_in_force_keeps_the_parcel_out() {
    let mut draft = lot(1, "12", 0, 5_000);
    draft.ward = WardCode::from_number(99_999).ok();
    let judgement = judged(vec![draft]);
    assert_eq!(codes(&judgement), [FindingCode::UnknownWard]);
    assert_eq!(judgement.rejected.len(), 1);
    assert!(judgement.findings[0].reason.en.contains("`99999`"));
}

#[test]
fn a_commune_that_was_cut_in_two_is_told_by_the_place_of_the_parcel() {
    let district = |code: u32, west: i32, east: i32| Ward {
        code: self::code(code),
        border: lot(0, "1", west, east).shape,
        ..ben_thanh()
    };
    let successor = |ward: u32| WardSuccession {
        split: true,
        day: Day(0),
        ..became(26_743, ward)
    };
    let wards = [district(1, -1_000, 5_000), district(2, 5_000, 200_000)];
    let successions = [successor(1), successor(2)];
    let inside = |west: i32, east: i32| {
        let judgement = judged_in(&wards, &successions, vec![lot(7, "12", west, east)]);
        (
            judgement.accepted.first().map(|p| p.ward.number()),
            codes(&judgement),
        )
    };
    assert_eq!(inside(0, 5_000), (Some(1), vec![]));
    assert_eq!(inside(5_000, 9_000), (Some(2), vec![]));
    assert_eq!(
        inside(300_000, 305_000),
        (None, vec![FindingCode::UnknownWard])
    );
}

#[test]
fn a_parcel_reaching_fifty_metres_outside_its_ward_is_near_and_one_millimetre_more_is_far() {
    let ward = Ward {
        border: lot(0, "1", 0, 100_000).shape,
        ..ben_thanh()
    };
    let reaching = |east: i32| {
        let judgement = judged_in(
            std::slice::from_ref(&ward),
            &[],
            vec![lot(7, "12", 90_000, east)],
        );
        assert_eq!(judgement.accepted.len(), 1);
        codes(&judgement)
    };
    assert_eq!(reaching(150_000), []);
    assert_eq!(reaching(150_001), [FindingCode::FarFromWard]);
}
