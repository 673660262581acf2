//! A file that lacks much of its dataset: taken for one that was cut short, unless it is said.

use diachinh::app::{ImportOrder, Writing};
use diachinh::exchange::reconcile::Retiring;
use diachinh::exchange::report::{Outcome, Report};

use super::certificates::{AN, file};
use super::desk::{Desk, Lot, lot};
use super::plan_desk::{self, BOTH_WARDS, profile, unit};
use crate::harness::{diachinh, stdout};

/// So many lots side by side.
fn lots(count: u32) -> Vec<Lot> {
    let lot_at = |n: u32| {
        lot(
            &(n + 1).to_string(),
            5.0 * f64::from(n),
            5.0 * f64::from(n + 1),
        )
    };
    (0..count).map(lot_at).collect()
}

/// Imports an order that is refused for what it ends, tried and in earnest; then lets it.
fn refused_then_let(desk: &Desk, mut order: ImportOrder) -> Report {
    let before = desk.store.revision().expect("a revision");
    for writing in [Writing::DryRun, Writing::Revision] {
        order.writing = writing;
        assert_eq!(desk.imported(&order).outcome, Outcome::RetiresMuch);
    }
    assert_eq!(desk.store.revision().expect("a revision"), before);
    order.retiring = Retiring::All;
    order.writing = Writing::DryRun;
    assert_eq!(desk.imported(&order).outcome, Outcome::DryRun);
    order.writing = Writing::Revision;
    desk.imported(&order)
}

#[test]
fn a_file_of_parcels_cut_short_ends_none_of_them_unless_it_is_let() {
    let desk = Desk::open();
    desk.import_parcels(&lots(40));
    let order = desk.order(&desk.parcels("cut.geojson", &lots(4)), "parcels");
    let counts = refused_then_let(&desk, order).counts.register;
    assert_eq!((counts.retired, counts.standing), (36, 40));
}

#[test]
fn a_tenth_of_the_parcels_and_one_more_are_told_apart() {
    let desk = Desk::open();
    desk.import_parcels(&lots(70));
    let ended = |left| desk.import_parcels(&lots(left)).outcome;
    assert_eq!(ended(62), Outcome::RetiresMuch);
    assert!(matches!(ended(63), Outcome::Written { .. }));
}

#[test]
fn parcels_of_another_dataset_do_not_make_it_less() {
    let desk = Desk::open();
    desk.import_parcels(&lots(8));
    let mut others = desk.order(&desk.parcels("all.geojson", &lots(200)), "parcels");
    others.dataset = Some("others".to_owned());
    assert_eq!(desk.imported(&others).counts.register.new, 192);
    let order = desk.order(&desk.parcels("cut.geojson", &lots(1)), "parcels");
    let counts = refused_then_let(&desk, order).counts.register;
    assert_eq!((counts.retired, counts.standing), (7, 8));
}

#[test]
fn a_plan_cut_short_ends_none_of_its_features_unless_it_is_let() {
    let desk = plan_desk::open();
    let zones = profile("zones", "zoning", BOTH_WARDS);
    let width = 10.0;
    let units: Vec<_> = (0..12)
        .map(|n| {
            unit(
                &format!("O{n}"),
                width * f64::from(n),
                width * f64::from(n + 1),
            )
        })
        .collect();
    assert_eq!(desk.import_plan(&units, &zones).counts.register.new, 12);
    let order = desk.plan_order(&units[..3], &zones);
    let counts = refused_then_let(&desk, order).counts.register;
    assert_eq!((counts.retired, counts.standing), (9, 12));
}

#[test]
fn certificates_cut_short_end_none_unless_it_is_let() {
    let desk = super::certificates::desk();
    let lines: Vec<String> = (0..9)
        .map(|n| format!("{},CU 12345{n},,{AN},,,05/06/2024,", n % 5 + 1))
        .collect();
    let imported = super::certificates::import(&desk, "all.csv", &lines);
    assert_eq!(imported.counts.register.new, 9);
    let order = desk.order(&file(&desk, "cut.csv", &lines[..2]), "certificates");
    let counts = refused_then_let(&desk, order).counts.register;
    assert_eq!((counts.retired, counts.standing), (7, 9));
}

#[test]
fn the_command_names_the_count_and_the_option_that_lets_it() {
    let desk = Desk::open();
    desk.import_parcels(&lots(40));
    desk.parcels("cut.geojson", &lots(4));
    let import = |arguments: &[&str]| {
        let output = diachinh(&desk.folder)
            .args(["import", "cut.geojson", "--dataset", "test"])
            .args(["--store", "register.gpkg"])
            .args(arguments)
            .output()
            .expect("the program starts");
        (output.status.code(), stdout(&output))
    };
    for (language, words) in [
        ("en", "36 of the 40 items"),
        ("vi", "36 trong 40 đối tượng"),
    ] {
        for dry in [&["--dry-run"][..], &[]] {
            let (code, said) = import(&[&["--language", language], dry].concat());
            assert_eq!(code, Some(1), "{said}");
            assert!(said.contains(words), "{said}");
            assert!(said.contains("--allow-retire"), "{said}");
        }
    }
    assert_eq!(import(&["--allow-retire"]).0, Some(0));
}
