//! A file with a defect of every kind that a table can have: each is told with its place, in the
//! words of the file and of the report's language.

use diachinh::exchange::report::{Report, terminal_text};
use diachinh::exchange::{Finding, FindingCode, Language};

use super::desk::{CORNER, Desk};

/// A row of the file: its fields but `SOTO`, the places of its corners in metres from the block's
/// corner, and whether they stand in surveyors' order.
fn feature(fields: &str, east: f64) -> String {
    let (x, y) = (CORNER.0 + east, CORNER.1);
    let ring = [
        (x, y),
        (x + 5.0, y),
        (x + 5.0, y + 20.0),
        (x, y + 20.0),
        (x, y),
    ];
    let ring: Vec<String> = ring.iter().map(|(x, y)| format!("{x:.3} {y:.3}")).collect();
    format!("\"POLYGON(({}))\",{fields}\n", ring.join(","))
}

fn told() -> Report {
    let desk = Desk::open();
    let rows = [
        "26743,5,,100,ODT",
        "26743,5,2,mot tram,ODT",
        "26743,5,3,100,ODT",
        "26743,5,3,100,ODT",
        "99999,5,5,100,ODT",
        "26743,5,6,100,XYZ",
        "26743,tờ 5,7,100,ODT",
    ];
    let mut csv = "WKT,MAXA,SOTO,SOTHUA,DIENTICH,MDSD\n".to_owned();
    for (i, row) in rows.iter().enumerate() {
        csv += &feature(row, 5.0 * i as f64);
    }
    let file = desk.folder.file("thua.csv", &csv);
    let mut order = desk.order(&file, "parcels");
    order.crs = Some(diachinh::crs::Epsg(9210));
    desk.imported(&order)
}

fn of(report: &Report, code: FindingCode) -> &Finding {
    let found = report.findings.iter().find(|f| f.code == code);
    found.expect("the file has this defect")
}

#[test]
fn every_finding_of_a_bad_file_has_its_place_and_the_plane_of_it() {
    let report = told();
    assert_eq!((report.counts.read, report.counts.rejected), (7, 6));
    for finding in &report.findings {
        let (east, north) = finding.place_m.expect("a place");
        assert!((CORNER.0..CORNER.0 + 35.1).contains(&east), "{finding:?}");
        assert!((CORNER.1..CORNER.1 + 20.1).contains(&north), "{finding:?}");
        assert_eq!(finding.crs, Some(diachinh::crs::Epsg(9210)));
    }
    let text = terminal_text(&report, Language::Vietnamese);
    assert!(text.contains("(EPSG:9210)"), "{text}");
}

#[test]
fn a_finding_speaks_of_the_fields_of_the_file_in_the_language_of_the_report() {
    let report = told();
    let missing = of(&report, FindingCode::MissingField);
    assert!(missing.reason.vi.contains("`SOTHUA` (số thửa)"));
    assert!(missing.reason.en.contains("`SOTHUA` (parcel number)"));
    let unreadable = report.findings.iter();
    let reasons: Vec<&str> = unreadable
        .filter(|f| f.code == FindingCode::UnreadableField)
        .map(|f| f.reason.vi.as_str())
        .collect();
    assert!(reasons[0].contains("`mot tram`, cần một số không âm"));
    assert!(reasons[1].contains("`tờ 5`, cần 1 đến 16 chữ cái"));
    let duplicate = of(&report, FindingCode::DuplicateKey);
    assert!(duplicate.reason.vi.contains("cùng với đối tượng"));
    let ward = of(&report, FindingCode::UnknownWard);
    assert!(ward.reason.vi.contains("`99999` không phải mã"));
    assert!(ward.remedy.vi.contains("trước ngày 01/01/2025"));
    assert!(ward.remedy.en.contains("had on 30 June 2025"));
}

#[test]
fn a_file_without_a_field_for_the_number_says_which_one_to_name() {
    let desk = Desk::open();
    let csv = format!("WKT,MAXA,SOTO\n{}", feature("26743,5", 0.0));
    let file = desk.folder.file("thua.csv", &csv);
    let mut order = desk.order(&file, "parcels");
    order.crs = Some(diachinh::crs::Epsg(9210));
    let report = desk.imported(&order);
    let missing = of(&report, FindingCode::MissingField);
    assert!(
        missing
            .reason
            .vi
            .contains("không có trường nào cho `number`")
    );
    assert!(missing.remedy.en.contains("`number = [\"…\"]`"));
}

#[test]
fn swapped_degrees_are_told_from_land_elsewhere() {
    let desk = Desk::open();
    let at = |lon: f64, lat: f64| {
        let ring = [(0.0, 0.0), (1e-4, 0.0), (1e-4, 1e-4), (0.0, 0.0)];
        let ring = ring.map(|(x, y)| format!("[{},{}]", lon + x, lat + y));
        format!(
            r#"{{"type":"Feature","properties":{{"commune":26743,"sheet":7,"number":1}},
            "geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
            ring.join(",")
        )
    };
    let features = [at(10.7721, 106.698), at(-60.0, 10.0)].join(",");
    let text = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
    let file = desk.folder.file("thua.geojson", &text);
    let report = desk.imported(&desk.order(&file, "parcels"));
    assert!(report.findings[0].reason.vi.contains("đổi chỗ hai trục"));
    assert!(report.findings[0].remedy.vi.contains("axis_order"));
    assert!(!report.findings[1].reason.vi.contains("trục"));
    let operation = report.subject.operation.expect("degrees become metres");
    assert!(operation.starts_with("EPSG:6960"), "{operation}");
}

#[test]
fn features_that_share_an_id_are_told_apart_and_a_life_that_ends_first_is_a_rejection() {
    let desk = Desk::open();
    let lot = |number: u32, ward: u32, days: &str| {
        let (x, y) = (CORNER.0 + 5.0 * f64::from(number), CORNER.1);
        let ring = [(0.0, 0.0), (5.0, 0.0), (5.0, 20.0), (0.0, 0.0)];
        let ring = ring.map(|(dx, dy)| format!("[{:.3},{:.3}]", x + dx, y + dy));
        format!(
            r#"{{"type":"Feature","id":7,"properties":{{"commune":{ward},"sheet":7,"number":{number}{days}}},
            "geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
            ring.join(",")
        )
    };
    let backwards = r#","valid_from":"2025-07-01","valid_to":"2020-01-01""#;
    let features = [
        lot(1, 26_743, ""),
        lot(2, 99_999, ""),
        lot(3, 26_743, backwards),
        lot(4, 26_743, ""),
    ];
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    );
    let file = desk.folder.file("thua.geojson", &text);
    let mut order = desk.order(&file, "parcels");
    order.crs = Some(diachinh::crs::Epsg(9210));
    let report = desk.imported(&order);
    assert_eq!((report.counts.register.new, report.counts.rejected), (2, 2));
    let features: Vec<_> = report.findings.iter().map(|f| f.feature).collect();
    assert_eq!(features, [Some(3), Some(2)]);
    assert!(report.findings[0].reason.en.contains("2020-01-01"));
}

#[test]
fn a_file_without_any_parcel_ends_none() {
    let desk = Desk::open();
    let head = "WKT,MAXA,SOTO,SOTHUA\n";
    let full = desk
        .folder
        .file("thua.csv", &format!("{head}{}", feature("26743,5,1", 0.0)));
    let mut order = desk.order(&full, "parcels");
    order.crs = Some(diachinh::crs::Epsg(9210));
    assert_eq!(desk.imported(&order).counts.register.new, 1);
    desk.folder.file("thua.csv", head);
    let refused = desk.import(&order).expect_err("nothing in it").to_string();
    assert!(refused.contains("holds no parcel"), "{refused}");
}
