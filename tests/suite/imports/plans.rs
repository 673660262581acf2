//! Planning layers imported: what goes in, on which planes, and what a newer file changes.

use diachinh::app::{Error, Writing, export_rejected};
use diachinh::cadastre::Day;
use diachinh::crs::Epsg;
use diachinh::exchange::Language;
use diachinh::exchange::check::Mending;
use diachinh::exchange::report::{CoverageOrigin, HeadOutcome, Outcome};
use diachinh::geometry::Shape;
use diachinh::planning::FeatureKind;

use super::desk::{Desk, found, revision};
use super::plan_desk::{BOTH_WARDS, item, open, profile, unit};

fn zones() -> String {
    profile("zones", "zoning", BOTH_WARDS)
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

/// Keys and intervals of what the register holds.
fn held(desk: &Desk) -> Vec<(String, String, Option<String>)> {
    let features = desk.features();
    let told = |f: &diachinh::planning::PlanFeature| {
        let valid = f.lifespan.valid;
        let to = valid.to.map(|day| day.to_string());
        (f.key.clone(), valid.from.to_string(), to)
    };
    features.iter().map(told).collect()
}

#[test]
fn a_plan_goes_in_with_its_layer_its_coverage_and_its_provisions() {
    let desk = open();
    let a = unit("A1", 0.0, 50.0)
        .with("function", "Đất ở")
        .with("storeys", "5")
        .with("coverage", "70.5")
        .with("act", "7/QĐ");
    let report = desk.import_plan(&[a, unit("A2", 50.0, 100.0)], &zones());
    assert_eq!(found(&report), []);
    assert_eq!((report.counts.read, report.counts.register.new), (2, 2));
    assert_eq!(revision(&report), 3);
    let [layer] = report.layers.as_slice() else {
        unreachable!("one layer: {:?}", report.layers);
    };
    assert_eq!(
        (layer.head, layer.coverage_origin, layer.features),
        (HeadOutcome::New, CoverageOrigin::Wards, 2)
    );
    let (_, heads) = desk.store.layers().expect("layers");
    assert_eq!(
        (&*heads[0].code.0, heads[0].as_of),
        ("zoning", day("2026-06-30"))
    );
    assert_eq!(heads[0].provisions[0].act, "12/QĐ-UBND");
    assert!(heads[0].synthetic);
    let km2: Vec<(u32, f64)> = heads[0]
        .coverage
        .iter()
        .map(|(plane, areas)| (plane.0, (areas.area_m2() / 1e4).round() / 100.0))
        .collect();
    assert_eq!(km2, [(5899, 1.0), (9210, 1.0)]);
    let features = desk.features();
    let FeatureKind::PlanUnit(unit) = &features[0].kind else {
        unreachable!("{:?}", features[0]);
    };
    assert_eq!(
        (unit.code.as_str(), unit.function.as_str()),
        ("A1", "Đất ở")
    );
    assert_eq!(unit.indices.coverage_max_permille, Some(705));
    assert_eq!(features[0].provisions[0].act, "7/QĐ");
    assert_eq!(features[0].lifespan.valid.from, day("2026-06-30"));
}

#[test]
fn a_feature_that_reaches_into_the_other_zone_is_held_on_both_planes() {
    let desk = open();
    let items = [
        unit("across", 980.0, 1020.0),
        unit("far", 500.0, 520.0),
        unit("near", 940.0, 960.0),
    ];
    let report = desk.import_plan(&items, &zones());
    assert_eq!(found(&report), [], "{:?}", report.findings);
    let features = desk.features();
    let planes = |key: &str| -> Vec<u32> {
        let feature = features.iter().find(|f| f.key == key).expect("it is held");
        feature.shapes.iter().map(|(plane, _)| plane.0).collect()
    };
    assert_eq!(planes("across"), [9210, 5899]);
    assert_eq!(
        planes("near"),
        [9210, 5899],
        "borders are not surveyed: 50 m"
    );
    assert_eq!(planes("far"), [9210]);
    let across = features.iter().find(|f| f.key == "across").expect("held");
    let areas: Vec<f64> = across
        .shapes
        .iter()
        .map(|(_, shape)| match shape {
            Shape::Areas(areas) => areas.area_m2(),
            other => unreachable!("{other:?}"),
        })
        .collect();
    // Scales of the two zones differ there by less than 2 in 10 000.
    assert!((areas[0] - areas[1]).abs() < 0.3, "{areas:?}");
}

#[test]
fn a_newer_file_is_new_changed_unchanged_and_retired_features() {
    let desk = open();
    let first = [
        unit("1", 0.0, 50.0),
        unit("2", 50.0, 100.0),
        unit("3", 100.0, 150.0),
    ];
    desk.import_plan(&first, &zones());
    let newer = [
        unit("1", 0.0, 50.0),
        unit("2", 50.0, 90.0),
        unit("4", 150.0, 200.0),
    ];
    let mut order = desk.plan_order(&newer, &zones());
    order.as_of = Some(day("2026-09-01"));
    let report = desk.imported(&order);
    let counts = report.counts.register;
    assert_eq!(
        (counts.new, counts.changed, counts.unchanged, counts.retired),
        (1, 1, 1, 1)
    );
    assert_eq!(report.layers[0].head, HeadOutcome::Changed, "its day");
    let was = || "2026-06-30".to_owned();
    let then = || "2026-09-01".to_owned();
    let expected = [
        ("1".to_owned(), was(), None),
        ("2".to_owned(), was(), Some(then())),
        ("2".to_owned(), then(), None),
        ("3".to_owned(), was(), Some(then())),
        ("4".to_owned(), then(), None),
    ];
    assert_eq!(held(&desk), expected);
    let ids: Vec<i64> = desk.features().iter().map(|f| f.id.0).collect();
    assert_eq!(ids[1], ids[2], "a changed feature keeps its id");
}

#[test]
fn the_same_file_again_says_so_and_another_coverage_is_another_import() {
    let desk = open();
    let items = [unit("1", 0.0, 50.0)];
    let first = desk.import_plan(&items, &zones());
    let Outcome::Written { revision } = first.outcome else {
        unreachable!("the first import writes");
    };
    let again = desk.import_plan(&items, &zones());
    assert_eq!(again.outcome, Outcome::SameFile { revision });
    assert_eq!(desk.store.revision().expect("a revision"), revision);
    let ground = profile("zones", "zoning", "\"features\"");
    let other = desk.import_plan(&items, &ground);
    assert!(matches!(other.outcome, Outcome::Written { .. }));
    assert_eq!(other.counts.register.unchanged, 1);
    assert_eq!(other.layers[0].head, HeadOutcome::Changed);
    let (_, heads) = desk.store.layers().expect("layers");
    let [(plane, ground)] = heads[0].coverage.as_slice() else {
        unreachable!("one plane: {:?}", heads[0].coverage);
    };
    assert_eq!((*plane, ground.area_m2()), (Epsg(9210), 1000.0));
}

#[test]
fn a_dry_run_reports_the_same_and_writes_nothing() {
    let desk = open();
    let items = [unit("1", 0.0, 50.0), unit("2", 40.0, 90.0)];
    let mut order = desk.plan_order(&items, &zones());
    order.writing = Writing::DryRun;
    let before = desk.store.revision().expect("a revision");
    let dry = desk.imported(&order);
    assert_eq!(dry.outcome, Outcome::DryRun);
    assert_eq!(desk.store.revision().expect("a revision"), before);
    assert!(desk.features().is_empty());
    order.writing = Writing::Revision;
    let written = desk.imported(&order);
    assert_eq!(written.findings, dry.findings);
    assert_eq!((written.counts, written.layers), (dry.counts, dry.layers));
}

#[test]
fn a_rejected_feature_is_kept_whole_exported_mended_and_imported_again() {
    let desk = open();
    desk.import_plan(&[unit("1", 0.0, 50.0), unit("2", 50.0, 100.0)], &zones());
    let bow_tie = unit("2", 0.0, 0.0).ring(&[(50.0, 0.0), (90.0, 20.0), (90.0, 0.0), (50.0, 20.0)]);
    let report = desk.import_plan(&[unit("1", 0.0, 50.0), bow_tie.clone()], &zones());
    assert_eq!(found(&report), [("invalid_geometry", Some(2), None)]);
    assert_eq!(report.findings[0].key.as_deref(), Some("zoning/2"));
    let counts = report.counts;
    assert_eq!(
        (
            counts.rejected,
            counts.register.in_doubt,
            counts.register.retired
        ),
        (1, 1, 0)
    );
    let file = desk.folder.path().join("mend.gpkg");
    assert_eq!(
        export_rejected(&desk.store, "test", &file, Language::English).expect("a file"),
        1
    );
    let profile = desk.folder.file("zones.toml", &zones());
    let mut order = desk.order(&file, &profile.to_string_lossy());
    order.dataset = Some("mended".to_owned());
    order.mending = Mending::Repair;
    let repaired = desk.imported(&order);
    let counts = repaired.counts;
    assert_eq!(
        (
            counts.read,
            counts.repaired,
            counts.register.changed,
            counts.rejected
        ),
        (1, 1, 1, 0)
    );
    let held = held(&desk);
    assert_eq!(
        held.len(),
        2,
        "from its first day on it was wrong: {held:?}"
    );
}

#[test]
fn features_of_other_datasets_are_matched_and_never_retired() {
    let desk = open();
    let mut order = desk.plan_order(&[unit("1", 0.0, 50.0), unit("2", 50.0, 100.0)], &zones());
    order.dataset = Some("whole".to_owned());
    desk.imported(&order);
    let part = desk.import_plan(&[unit("2", 50.0, 90.0)], &zones());
    let counts = part.counts.register;
    assert_eq!((counts.new, counts.changed, counts.retired), (0, 1, 0));
    let none = desk.import_plan(&[], &zones());
    assert_eq!((none.counts.read, none.counts.register.retired), (0, 1));
    let open: Vec<_> = held(&desk).into_iter().filter(|f| f.2.is_none()).collect();
    assert_eq!(
        open.len(),
        1,
        "what the other dataset brought in stays: {open:?}"
    );
}

#[test]
fn an_edit_that_comes_between_is_told_and_nothing_is_written() {
    let desk = open();
    let order = desk.plan_order(&[unit("1", 0.0, 50.0)], &zones());
    let display = diachinh::store::CityDisplay::new(
        &desk.reference.city.planes,
        &desk.reference.city.transforms,
    );
    let display = display.expect("ways to EPSG:4756");
    let mut between = |progress| {
        if progress == diachinh::app::Progress::Writing {
            let edit = diachinh::land::Edit::default();
            let committed = desk.store.commit(&edit, super::desk::NOW, &display);
            assert!(committed.is_ok(), "{committed:?}");
        }
    };
    let now = super::desk::NOW;
    let import =
        diachinh::app::import_file(&desk.store, &desk.reference, &order, now, &mut between);
    assert!(matches!(import, Err(Error::Stale(_))), "{import:?}");
    assert!(desk.features().is_empty());
}

#[test]
fn roads_corridors_and_restrictions_go_in_and_only_restrictions_may_be_lines_or_points() {
    let desk = open();
    let layer = |target: &str| profile(target, target, BOTH_WARDS);
    let line = [(0.0, 50.0), (80.0, 60.0)];
    for (target, attribute, value) in [
        ("roads", "street", "Lê Lợi"),
        ("corridors", "kind", "power"),
        ("restrictions", "kind", "heritage"),
    ] {
        let of = |key: &str| item(key, 0.0, 50.0).with(attribute, value);
        let items = [
            of("area"),
            of("line").line(&line),
            of("point").point(5.0, 5.0),
        ];
        let mut order = desk.plan_order(&items, &layer(target));
        order.dataset = Some(target.to_owned());
        let report = desk.imported(&order);
        let codes: Vec<&str> = found(&report).iter().map(|f| f.0).collect();
        let expected: &[&str] = match target {
            "restrictions" => &[],
            _ => &["wrong_geometry", "wrong_geometry"],
        };
        assert_eq!(codes, expected, "{target}");
        assert_eq!(report.counts.register.new, 3 - expected.len() as u64);
    }
    let kinds: Vec<(String, &str)> = desk
        .features()
        .iter()
        .map(|feature| {
            let shape = match feature.shapes[0].1 {
                Shape::Areas(_) => "area",
                Shape::Lines(_) => "line",
                Shape::Points(_) => "point",
            };
            (feature.layer.to_string(), shape)
        })
        .collect();
    let held = [
        ("corridors", "area"),
        ("restrictions", "area"),
        ("restrictions", "line"),
        ("restrictions", "point"),
        ("roads", "area"),
    ];
    assert_eq!(kinds, held.map(|(layer, shape)| (layer.to_owned(), shape)));
}
