//! Tests of matching drafts with what the register holds.

use super::*;
use crate::cadastre::{
    Instant, Interval, Lifespan, MapScale, NationalParcelIdentifier, ParcelNumber, ParcelStatus,
    RegisteredArea, Revision, SheetNumber, VersionId,
};
use crate::crs::Epsg;
use crate::exchange::FeatureNumber;
use crate::geometry::{MultiPolygon, Point, Polygon, Ring};

const DAY: Day = Day(20_000);
const EARLIER: Day = Day(19_000);

fn ward() -> WardCode {
    WardCode::from_number(26_743).expect("a ward code")
}

fn placed(number: &str, east: i32) -> Placed {
    let corners = [(0, 0), (east, 0), (east, 20_000), (0, 20_000)];
    let point = |(x, y)| Point::new(x, y).expect("on the grid");
    let draft = ParcelDraft {
        feature: FeatureNumber(1),
        as_map: ParcelKey {
            commune: ward(),
            sheet: SheetNumber::parse("5").expect("a sheet number"),
            number: ParcelNumber::parse(number).expect("a parcel number"),
        },
        as_certificate: None,
        ward: None,
        national_identifier: None,
        plane: Epsg(9210),
        shape: MultiPolygon(vec![Polygon {
            exterior: Ring(corners.map(point).to_vec()),
            interiors: Vec::new(),
        }]),
        registered_area: None,
        scale: MapScale::S500,
        land_use: Vec::new(),
        status: ParcelStatus::InUse,
        valid_from: None,
        valid_to: None,
    };
    Placed {
        draft,
        ward: ward(),
    }
}

fn with_identifier(mut placed: Placed, identifier: &str) -> Placed {
    placed.draft.national_identifier = NationalParcelIdentifier::parse(identifier).ok();
    placed
}

fn held(id: i64, placed: Placed) -> ParcelVersion {
    ParcelVersion {
        version: VersionId(id * 10),
        parcel: parcel_of(placed, ParcelId::new(id).expect("a parcel id")),
        lifespan: Lifespan {
            valid: Interval::open(EARLIER),
            recorded: Interval::open(Instant(0)),
        },
        recorded_in: Revision(1),
    }
}

fn matched(drafts: Vec<Placed>, held: Held) -> Reconciled {
    let mut last = 1000;
    reconcile(drafts, held, DAY, || {
        last += 1;
        ParcelId::new(last).expect("a parcel id")
    })
}

fn of_versions(versions: Vec<ParcelVersion>) -> Held {
    Held {
        versions,
        ..Held::default()
    }
}

#[test]
fn a_draft_that_begins_before_what_is_held_adds_the_days_before_and_never_overlaps() {
    let since = Day(EARLIER.0 - 100);
    let stated = |east, to| {
        let mut placed = placed("1", east);
        (placed.draft.valid_from, placed.draft.valid_to) = (Some(since), to);
        placed
    };
    let kinds = |east, to| {
        let register = of_versions(vec![held(1, placed("1", 5_000))]);
        let Reconciled { edit, counts, .. } = matched(vec![stated(east, to)], register);
        assert_eq!((counts.new, counts.changed), (0, 1));
        let kinds = edit.parcels.iter().map(|change| match change {
            ParcelChange::Open { parcel, from, to } => (parcel.id.get(), "open", *from, *to),
            ParcelChange::Close { version, to } => (version.0, "close", *to, None),
            ParcelChange::Supersede { version, from, .. } => (version.0, "supersede", *from, None),
        });
        kinds.collect::<Vec<_>>()
    };
    let before = (1, "open", since, Some(EARLIER));
    assert_eq!(kinds(5_000, None), [before]);
    assert_eq!(
        kinds(6_000, None),
        [before, (10, "supersede", EARLIER, None)]
    );
    let (earliest, middle) = (Day(since.0 + 9), Day(EARLIER.0 + 9));
    assert_eq!(
        kinds(5_000, Some(earliest)),
        [(1, "open", since, Some(earliest))]
    );
    assert_eq!(
        kinds(5_000, Some(middle)),
        [before, (10, "close", middle, None)]
    );
    assert_eq!(
        kinds(6_000, Some(middle)),
        [
            before,
            (10, "close", EARLIER, None),
            (1, "open", EARLIER, Some(middle))
        ]
    );
}

#[test]
fn a_newer_file_is_new_changed_unchanged_and_retired_parcels() {
    let register = vec![
        held(1, placed("1", 5_000)),
        held(2, placed("2", 5_000)),
        held(3, placed("3", 5_000)),
    ];
    let file = vec![placed("1", 5_000), placed("2", 6_000), placed("4", 5_000)];
    let Reconciled { edit, counts, .. } = matched(file, of_versions(register));
    let expected = Counts {
        new: 1,
        changed: 1,
        unchanged: 1,
        retired: 1,
        in_doubt: 0,
        standing: 3,
    };
    assert_eq!(counts, expected);
    assert!(matches!(
        edit.parcels[0],
        ParcelChange::Supersede {
            version: VersionId(20),
            from: DAY,
            ..
        }
    ));
    assert!(matches!(
        &edit.parcels[1],
        ParcelChange::Open { parcel, from: DAY, to: None } if parcel.id.get() == 1001
    ));
    assert!(matches!(
        edit.parcels[2],
        ParcelChange::Close {
            version: VersionId(30),
            to: DAY
        }
    ));
    assert_eq!(edit.parcels.len(), 3);
}

#[test]
fn a_ring_begun_elsewhere_is_no_change() {
    let mut turned = placed("1", 5_000);
    turned.draft.shape.0[0].exterior.0.reverse();
    let counts = matched(vec![turned], of_versions(vec![held(1, placed("1", 5_000))])).counts;
    assert_eq!((counts.unchanged, counts.changed), (1, 0));
}

#[test]
fn a_renumbered_parcel_is_found_by_its_national_identifier() {
    let register = vec![
        held(1, with_identifier(placed("11", 5_000), "000000000001")),
        held(2, with_identifier(placed("12", 5_000), "000000000002")),
    ];
    let file = vec![
        with_identifier(placed("12", 5_000), "000000000001"),
        with_identifier(placed("13", 5_000), "000000000002"),
    ];
    let Reconciled { edit, counts, .. } = matched(file, of_versions(register));
    assert_eq!((counts.changed, counts.new, counts.retired), (2, 0, 0));
    assert!(matches!(
        &edit.parcels[0],
        ParcelChange::Supersede { version: VersionId(10), parcel, .. } if parcel.id.get() == 1
    ));
}

#[test]
fn a_parcel_whose_feature_was_rejected_is_not_retired() {
    let register = || vec![held(1, placed("1", 5_000)), held(2, placed("2", 5_000))];
    let mut holding = of_versions(register());
    holding.rejected.keys.insert("26743.5.2".to_owned());
    let counts = matched(vec![placed("1", 5_000)], holding).counts;
    assert_eq!((counts.in_doubt, counts.retired), (1, 0));

    let mut holding = of_versions(register());
    holding.rejected.without_key = true;
    let counts = matched(vec![placed("1", 5_000)], holding).counts;
    assert_eq!((counts.in_doubt, counts.retired), (1, 0));
}

#[test]
fn a_parcel_beneath_a_rejected_feature_is_not_retired() {
    let register = || vec![held(1, placed("1", 5_000)), held(2, placed("2", 5_000))];
    let doubtful = |plane, shape| {
        let mut holding = of_versions(register());
        holding.rejected.places.push((plane, shape));
        let counts = matched(vec![placed("1", 5_000)], holding).counts;
        (counts.in_doubt, counts.retired)
    };
    let there = placed("9", 5_000).draft;
    assert_eq!(doubtful(there.plane, there.shape.clone()), (1, 0));
    assert_eq!(doubtful(Epsg(there.plane.0 + 1), there.shape), (0, 1));
    assert_eq!(doubtful(there.plane, MultiPolygon(vec![])), (0, 1));
}

#[test]
fn a_history_in_the_file_opens_one_parcel_with_two_versions() {
    let mut before = placed("1", 5_000);
    before.draft.valid_from = Some(EARLIER);
    before.draft.valid_to = Some(DAY);
    let mut after = placed("1", 6_000);
    after.draft.valid_from = Some(DAY);
    let Reconciled { edit, counts, .. } = matched(vec![after, before], Held::default());
    assert_eq!(counts.new, 2);
    let opened: Vec<(i64, Day, Option<Day>)> = edit
        .parcels
        .iter()
        .filter_map(|change| match change {
            ParcelChange::Open { parcel, from, to } => Some((parcel.id.get(), *from, *to)),
            _ => None,
        })
        .collect();
    assert_eq!(opened, [(1001, EARLIER, Some(DAY)), (1001, DAY, None)]);
}

#[test]
fn an_end_that_the_file_states_closes_the_version() {
    let mut ended = placed("1", 5_000);
    ended.draft.valid_to = Some(DAY);
    let Reconciled { edit, counts, .. } =
        matched(vec![ended], of_versions(vec![held(1, placed("1", 5_000))]));
    assert_eq!(counts.changed, 1);
    assert!(matches!(
        edit.parcels[0],
        ParcelChange::Close {
            version: VersionId(10),
            to: DAY
        }
    ));
}

#[test]
fn a_parcel_of_another_dataset_is_matched_by_its_key_and_never_retired() {
    let register = vec![held(1, placed("1", 5_000)), held(2, placed("2", 5_000))];
    let holding = Held {
        versions: register,
        of_others: [1, 2]
            .map(|id| ParcelId::new(id).expect("a parcel id"))
            .into(),
        ..Held::default()
    };
    let counts = matched(vec![placed("1", 6_000)], holding).counts;
    assert_eq!((counts.changed, counts.new, counts.retired), (1, 0, 0));
}

/// Parcel 1, which ended on a day.
fn ended(on: Day) -> Held {
    let mut version = held(1, placed("1", 5_000));
    version.lifespan.valid.to = Some(on);
    of_versions(vec![version])
}

/// From, to and width in millimetres of what is opened.
fn opened(edit: &Edit) -> Vec<(Day, Option<Day>, i128)> {
    let open = |change: &ParcelChange| match change {
        ParcelChange::Open { parcel, from, to } => {
            Some((*from, *to, parcel.shape.twice_area() / 40_000))
        }
        _ => None,
    };
    edit.parcels.iter().filter_map(open).collect()
}

#[test]
fn a_retired_parcel_that_a_newer_file_has_again_stands_again() {
    for width in [5_000, 6_000] {
        let Reconciled { edit, counts, .. } = matched(vec![placed("1", width)], ended(Day(19_500)));
        assert_eq!((counts.changed, counts.unchanged), (1, 0));
        assert_eq!(edit.parcels.len(), 1);
        assert_eq!(opened(&edit), [(DAY, None, i128::from(width))]);
    }
}

#[test]
fn a_file_that_says_since_when_takes_an_end_back() {
    let mut same = placed("1", 5_000);
    same.draft.valid_from = Some(EARLIER);
    let Reconciled { edit, .. } = matched(vec![same], ended(Day(19_500)));
    assert_eq!(opened(&edit), [(Day(19_500), None, 5_000)]);
    let mut wider = placed("1", 6_000);
    wider.draft.valid_from = Some(Day(19_200));
    let Reconciled { edit, .. } = matched(vec![wider], ended(Day(19_500)));
    assert!(matches!(
        edit.parcels[0],
        ParcelChange::Supersede {
            from: Day(19_200),
            ..
        }
    ));
    assert_eq!(opened(&edit), [(Day(19_500), None, 6_000)]);
}

#[test]
fn an_end_that_file_and_register_both_state_is_no_change() {
    let mut same = placed("1", 5_000);
    same.draft.valid_from = Some(EARLIER);
    same.draft.valid_to = Some(Day(19_500));
    let Reconciled { edit, counts, .. } = matched(vec![same], ended(Day(19_500)));
    assert_eq!((counts.unchanged, edit.parcels.len()), (1, 0));
}

#[test]
fn what_a_file_has_no_field_for_stays_as_the_register_has_it() {
    let identified = with_identifier(placed("1", 5_000), "701251144607");
    let mut full = held(1, identified);
    full.parcel.registered_area = RegisteredArea::from_m2(100.0).ok();
    full.parcel.status = ParcelStatus::Disputed;
    let stays = Held {
        unstated: Unstated::LABELS,
        ..of_versions(vec![full.clone()])
    };
    let Reconciled { counts, .. } = matched(vec![placed("1", 5_000)], stays);
    assert_eq!(counts.unchanged, 1);
    // With a field that is empty, the file says that there is none.
    let Reconciled { edit, counts, .. } =
        matched(vec![placed("1", 5_000)], of_versions(vec![full]));
    assert_eq!(counts.changed, 1);
    assert!(matches!(
        &edit.parcels[0],
        ParcelChange::Supersede { parcel, .. } if parcel.registered_area.is_none()
    ));
}

#[test]
fn ending_a_tenth_or_five_is_little_and_one_more_of_many_is_much() {
    let much = |retired, standing| {
        let counts = Counts {
            retired,
            standing,
            ..Counts::default()
        };
        counts.retires_much()
    };
    assert!(!much(5, 5) && much(6, 6));
    assert!(!much(100, 1_000) && much(101, 1_000));
    assert!(!much(0, 0));
}
