//! Parcels of a file that lie on parcels which stay in the register.

use diachinh::exchange::Language;
use diachinh::exchange::report::{Report, terminal_text};
use rstest::rstest;

use super::desk::{Desk, found, lot};
use crate::databases::{Kind, Place};
use crate::harness::Folder;

/// Imports lots as a state of a dataset.
fn import(desk: &Desk, dataset: &str, lots: &[super::desk::Lot]) -> Report {
    let file = desk.parcels(&format!("{dataset}.geojson"), lots);
    let mut order = desk.order(&file, "parcels");
    order.dataset = Some(dataset.to_owned());
    desk.imported(&order)
}

fn reason(report: &Report) -> &str {
    &report.findings[0].reason.en
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_parcel_on_one_of_another_dataset_is_told_with_its_key_and_dataset(#[case] kind: Kind) {
    let place = Place::new(kind);
    let desk = Desk::open_on(&place.options, Folder::new());
    import(
        &desk,
        "ben-thanh",
        &[lot("1", 0.0, 5.0), lot("2", 5.0, 10.0)],
    );
    // The very place, a part of it, a sliver, and a neighbour that touches.
    let same = import(&desk, "a", &[lot("91", 0.0, 5.0)]);
    assert_eq!(found(&same), [("overlap", Some(1), None)]);
    assert_eq!((same.counts.rejected, same.counts.register.new), (0, 1));
    for told in [
        "very ground of the parcel `26743.5.1`",
        "dataset `ben-thanh`",
    ] {
        assert!(reason(&same).contains(told), "{}", reason(&same));
    }
    let text = terminal_text(&same, Language::Vietnamese);
    assert!(text.contains("đúng chỗ của thửa `26743.5.1`"), "{text}");
    let part = import(&desk, "b", &[lot("92", 8.0, 15.0)]);
    assert!(reason(&part).starts_with("Overlaps the parcel `26743.5.2`"));
    assert_eq!(part.findings[0].area_m2, Some(40.0));
    let sliver = import(&desk, "c", &[lot("93", 14.97, 20.0)]);
    assert!(
        reason(&sliver).contains("by a sliver"),
        "{}",
        reason(&sliver)
    );
    assert_eq!(import(&desk, "d", &[lot("94", 20.0, 25.0)]).findings, []);
}

#[test]
fn a_parcel_on_one_that_is_kept_for_its_rejected_feature_is_told() {
    let desk = Desk::open();
    import(&desk, "test", &[lot("1", 0.0, 5.0), lot("2", 5.0, 10.0)]);
    let bow_tie = lot("1", 0.0, 5.0).ring(&[(0.0, 0.0), (5.0, 20.0), (5.0, 0.0), (0.0, 20.0)]);
    let newer = [bow_tie, lot("2", 5.0, 10.0), lot("9", 0.0, 5.0)];
    let report = import(&desk, "test", &newer);
    assert_eq!(report.counts.register.in_doubt, 1);
    let expected = [
        ("invalid_geometry", Some(1), None),
        ("overlap", Some(3), None),
    ];
    assert_eq!(found(&report), expected);
    let told = &report.findings[1].reason.en;
    assert!(
        told.contains("`26743.5.1`") && told.contains("`test`"),
        "{told}"
    );
}

#[test]
fn parcels_that_end_or_change_with_the_file_are_nothing_to_lie_on() {
    let desk = Desk::open();
    import(&desk, "test", &[lot("1", 0.0, 5.0), lot("2", 5.0, 10.0)]);
    // One ends and another takes its place; one grows into where that was.
    let renamed = [lot("7", 0.0, 4.0), lot("2", 4.0, 10.0)];
    let report = import(&desk, "test", &renamed);
    assert_eq!(
        (report.counts.register.retired, report.findings),
        (1, vec![])
    );
    // What stood so before and stays as it is, is not told again.
    import(&desk, "other", &[lot("8", 0.0, 4.0)]);
    let again = [
        lot("7", 0.0, 4.0),
        lot("2", 4.0, 10.0),
        lot("3", 10.0, 15.0),
    ];
    assert_eq!(import(&desk, "test", &again).findings, []);
    // A parcel of days before lies on nothing that stands since.
    let past = lot("6", 0.0, 4.0)
        .with("valid_from", "2020-01-01")
        .with("valid_to", "2021-01-01");
    assert_eq!(import(&desk, "past", &[past]).findings, []);
}
