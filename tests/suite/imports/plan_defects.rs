//! Files of planning features made for one defect each, and layers that cannot be found.

use diachinh::app::Error;
use diachinh::exchange::Severity;

use super::desk::{Desk, Found, found};
use super::plan_desk::{BOTH_WARDS, CORNER, Item, open, profile, unit};

fn zones() -> String {
    profile("zones", "zoning", BOTH_WARDS)
}

/// The codes found in a file of plan units, and how many stay out.
fn judged(items: &[Item]) -> (Vec<Found>, u64) {
    let report = open().import_plan(items, &zones());
    assert!(report.counts.adds_up());
    (found(&report), report.counts.rejected)
}

#[test]
fn each_defect_of_keys_and_fields_has_its_code() {
    let one = |item: Item| judged(&[item]);
    let keyless = one(unit("", 0.0, 50.0).with("code", "A"));
    assert_eq!(keyless, (vec![("missing_field", Some(1), None)], 1));
    let codeless = one(unit("1", 0.0, 50.0).with("code", ""));
    assert_eq!(codeless, (vec![("missing_field", Some(1), None)], 1));
    for (field, value) in [
        ("storeys", "-2"),
        ("storeys", "2.5"),
        ("storeys", "năm"),
        ("coverage", "101"),
        ("coverage", "70.55"),
        ("from", "2026-13-01"),
    ] {
        let unreadable = one(unit("1", 0.0, 50.0).with(field, value));
        let expected = (vec![("unreadable_field", Some(1), None)], 1);
        assert_eq!(unreadable, expected, "{field} {value}");
    }
    assert_eq!(
        one(unit("1", 0.0, 50.0).with("coverage", "100")),
        (vec![], 0)
    );
    let never = one(unit("1", 0.0, 50.0).with("to", "2026-06-30"));
    assert_eq!(never, (vec![("unreadable_field", Some(1), None)], 1));
    let duplicates = judged(&[unit("1", 0.0, 50.0), unit("1", 50.0, 90.0)]);
    let both = vec![
        ("duplicate_key", Some(1), Some(2)),
        ("duplicate_key", Some(2), Some(1)),
    ];
    assert_eq!(duplicates, (both, 2));
    let history = judged(&[
        unit("1", 0.0, 50.0)
            .with("from", "2020-01-01")
            .with("to", "2022-01-01"),
        unit("1", 0.0, 45.0).with("from", "2022-01-01"),
    ]);
    assert_eq!(
        history,
        (vec![], 0),
        "versions one after the other are a history"
    );
}

#[test]
fn each_defect_of_shapes_has_its_code_and_its_place() {
    let tie = [(0.0, 0.0), (50.0, 20.0), (50.0, 0.0), (0.0, 20.0)];
    let desk = open();
    let report = desk.import_plan(&[unit("1", 0.0, 50.0).ring(&tie)], &zones());
    assert_eq!(found(&report), [("invalid_geometry", Some(1), None)]);
    let finding = &report.findings[0];
    assert_eq!(finding.severity, Severity::Rejection);
    assert_eq!(finding.place_m, Some((CORNER.0 + 25.0, CORNER.1 + 110.0)));
    assert!(!finding.remedy.vi.is_empty() && !finding.remedy.en.is_empty());
    let far = unit("1", 0.0, 50.0).ring(&[(-400_000.0, 0.0), (5.0, 0.0), (5.0, 20.0)]);
    assert_eq!(judged(&[far]), (vec![("outside_plane", Some(1), None)], 1));
    let stranger = unit("1", -2_000.0, -1_950.0);
    assert_eq!(
        judged(&[stranger]),
        (vec![("outside_city", Some(1), None)], 1)
    );
    let at_the_border = unit("1", -60.0, -50.0);
    let codes = judged(&[at_the_border]);
    assert_eq!(codes, (vec![("outside_coverage", Some(1), None)], 0));
}

#[test]
fn units_over_the_same_ground_are_told_with_width_and_area() {
    let desk = open();
    let items = [
        unit("1", 0.0, 50.0),
        unit("2", 48.0, 90.0),
        unit("3", 89.8, 120.0),
        unit("4", 119.995, 150.0),
        unit("5", 0.0, 50.0)
            .with("from", "2015-01-01")
            .with("to", "2020-01-01"),
    ];
    let items: Vec<Item> = items
        .into_iter()
        .map(|item| match item {
            item if item.is_dated() => item,
            item => item.with("from", "2020-01-01"),
        })
        .collect();
    let report = desk.import_plan(&items, &zones());
    let told: Vec<_> = report
        .findings
        .iter()
        .map(|f| {
            (
                f.feature,
                f.other_feature,
                f.severity,
                f.reason.en.contains("sliver"),
            )
        })
        .collect();
    let warning = Severity::Warning;
    assert_eq!(
        told,
        [
            (Some(1), Some(2), warning, false),
            (Some(2), Some(3), warning, true),
        ]
    );
    assert_eq!(report.findings[0].area_m2, Some(40.0));
    let width = report.findings[0].width_m.expect("a width");
    assert!((width - 40.0 * 2.0 / 44.0).abs() < 0.001, "{width}");
    assert_eq!(report.contacts.below_snapping, 1);
    assert_eq!(report.counts.register.new, 5, "all of them go in");
}

#[test]
fn what_reaches_beyond_the_coverage_is_told_with_how_far_and_how_much() {
    let desk = open();
    let coverage = "[{ plane = 9210, coordinates = [[[[635000.0, 1170000.0], [635100.0, 1170000.0], \
                    [635100.0, 1170500.0], [635000.0, 1170500.0], [635000.0, 1170000.0]]]] }]";
    let items = [
        unit("inside", 0.0, 50.0),
        unit("partly", 90.0, 103.0),
        unit("hardly", 60.0, 100.4),
        unit("wholly", 200.0, 250.0),
    ];
    let report = desk.import_plan(&items, &profile("zones", "zoning", coverage));
    let told: Vec<_> = report
        .findings
        .iter()
        .map(|f| (f.key.clone(), f.code.as_str(), f.width_m, f.area_m2))
        .collect();
    let key = |key: &str| Some(format!("zoning/{key}"));
    let expected = [
        (key("partly"), "outside_coverage", Some(3.0), Some(60.0)),
        (key("wholly"), "outside_coverage", Some(150.0), Some(1000.0)),
    ];
    // `hardly` overlaps `partly`, which is another story.
    let outside: Vec<_> = told.into_iter().filter(|t| t.1 != "overlap").collect();
    assert_eq!(outside, expected);
    assert!(
        report
            .findings
            .last()
            .is_some_and(|f| f.reason.en.contains("wholly"))
    );
}

#[test]
fn a_layer_without_a_day_a_coverage_or_a_code_is_refused_before_anything_is_read() {
    let desk = open();
    let refused = |text: &str| {
        let order = desk.plan_order(&[unit("1", 0.0, 50.0)], text);
        match desk.import(&order) {
            Err(Error::Refused(reason)) => reason,
            other => unreachable!("expected a refusal, got {other:?}"),
        }
    };
    let whole = zones();
    let without = |line: &str| whole.replace(line, "");
    let cases = [
        (without("as_of = \"2026-06-30\"\n"), "--as-of"),
        (whole.replace("2026-06-30", "2027-06-30"), "2027-06-30"),
        (whole.replace("2026-06-30", "2026-6-30"), "line"),
        (without("synthetic = true\n"), "synthetic"),
        (without("accuracy_mm = 500\n"), "accuracy_mm"),
        (
            whole.replace("\"in_force\"", "\"valid\""),
            "announced_with_effect",
        ),
        (
            whole.replace("code = \"zoning\"", "code = \"Zoning 1\""),
            "lower-case",
        ),
        (whole.replace(BOTH_WARDS, "\"envelope\""), "features"),
        (
            whole.replace(BOTH_WARDS, "{ wards = [\"26999\"] }"),
            "26999",
        ),
        (
            whole.replace(BOTH_WARDS, "{ file = \"nowhere.gpkg\" }"),
            "nowhere.gpkg",
        ),
        (whole.replace(BOTH_WARDS, "[]"), "no area"),
        (
            whole.replace(BOTH_WARDS, "[{ plane = 4326, coordinates = [] }]"),
            "EPSG:4326",
        ),
        (
            whole.replace("target = \"zones\"", "target = \"parcels\""),
            "planning_layer",
        ),
        (
            format!("{whole}{}", &whole[whole.find("[[planning").unwrap_or(0)..]),
            "twice",
        ),
    ];
    for (text, named) in cases {
        let reason = refused(&text);
        assert!(reason.contains(named), "{named}: {reason}");
    }
    let headless = &whole[..whole.find("[[planning").expect("a layer")];
    assert!(refused(headless).contains("[[planning_layer]]"));
    assert_eq!(desk.store.revision().expect("a revision").0, 2);
}

#[test]
fn a_coverage_comes_from_a_file_beside_the_profile_and_must_be_valid() {
    let desk = open();
    let square = super::plan_desk::item("c", 0.0, 300.0);
    desk.items("coverage.geojson", &[square]);
    let text = profile("zones", "zoning", "{ file = \"coverage.geojson\" }");
    let report = desk.import_plan(&[unit("1", 0.0, 50.0)], &text);
    assert_eq!(found(&report), []);
    assert_eq!(report.layers[0].coverage[0].area_m2, 6000.0);
    let tie = [(0.0, 0.0), (50.0, 20.0), (50.0, 0.0), (0.0, 20.0)];
    desk.items(
        "coverage.geojson",
        &[super::plan_desk::item("c", 0.0, 1.0).ring(&tie)],
    );
    match desk.import(&desk.plan_order(&[unit("1", 0.0, 50.0)], &text)) {
        Err(Error::Refused(reason)) => {
            assert!(reason.contains("635025.000 1170110.000"), "{reason}");
        }
        other => unreachable!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn a_feature_of_a_layer_that_nobody_states_stays_out() {
    let desk = Desk::open();
    let text = zones()
        .replace("[fields]\n", "[fields]\nlayer = [\"layer\"]\n")
        .replace(BOTH_WARDS, "\"features\"");
    let items = [
        unit("1", 0.0, 50.0),
        unit("2", 50.0, 90.0).with("layer", "other"),
        unit("3", 90.0, 95.0).with("layer", "Ô phố"),
    ];
    let report = desk.import_plan(&items, &text);
    let told = [
        ("unreadable_field", Some(3), None),
        ("unknown_layer", Some(2), None),
    ];
    assert_eq!(found(&report), told);
    assert_eq!(report.counts.register.new, 1);
}
