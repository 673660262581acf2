//! A plan that another program imports is seen by the running server: why nothing is at a place.

use std::path::PathBuf;

use crate::harness::{Folder, Office, OfficePlan, diachinh, stderr, stdout};

/// South-west corner of the village, in metres of EPSG:9210.
const CORNER: (f64, f64) = (603_000.0, 1_191_000.0);

/// Imports rectangles (key, west, south, east, north, in metres from the corner) as restrictions or
/// roads of a layer with a theme, whose coverage is a rectangle too.
fn import(
    office: &Office,
    folder: &Folder,
    (target, theme): (&str, &str),
    coverage: [f64; 4],
    items: &[(&str, [f64; 4])],
) {
    let ring = |[west, south, east, north]: [f64; 4]| {
        let corners = [(west, south), (east, south), (east, north), (west, north)];
        let all = corners.iter().chain(corners.first());
        let at = |(x, y): &(f64, f64)| format!("[{:.3}, {:.3}]", CORNER.0 + x, CORNER.1 + y);
        let all: Vec<String> = all.map(at).collect();
        format!("[{}]", all.join(","))
    };
    let feature = |(key, area): &(&str, [f64; 4])| {
        format!(
            r#"{{"type":"Feature","properties":{{"key":"{key}","street":"{key}","kind":"{theme}","legend_vi":"{key}"}},
            "geometry":{{"type":"Polygon","coordinates":[{}]}}}}"#,
            ring(*area)
        )
    };
    let features: Vec<String> = items.iter().map(feature).collect();
    let crs = r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9210"}}"#;
    let file: PathBuf = folder.file(
        &format!("{theme}.geojson"),
        &format!(
            r#"{{"type":"FeatureCollection","crs":{crs},"features":[{}]}}"#,
            features.join(",")
        ),
    );
    let fields = match target {
        "roads" => "street = [\"street\"]",
        _ => "kind = [\"kind\"]\nlegend_vi = [\"legend_vi\"]",
    };
    let profile = format!(
        "title_vi = \"x\"\ntitle_en = \"x\"\ntarget = \"{target}\"\n[fields]\nkey = [\"key\"]\n\
         {fields}\n[[planning_layer]]\ncode = \"imported_{theme}\"\ntheme = \"{theme}\"\n\
         title_vi = \"x\"\ntitle_en = \"x\"\nas_of = \"2026-01-01\"\naccuracy_mm = 100\n\
         law_status = \"in_force\"\nsynthetic = true\n\
         office = {{ code = \"x\", name_vi = \"x\", name_en = \"x\" }}\n\
         coverage = [{{ plane = 9210, coordinates = [[{}]] }}]\n",
        ring(coverage)
    );
    let profile = folder.file(&format!("{theme}.toml"), &profile);
    let mut command = diachinh(folder);
    command
        .arg("import")
        .arg(file)
        .arg("--profile")
        .arg(profile);
    let output = command.args(["--store", office.store_url()]).output();
    let output = output.expect("the program starts");
    let said = stdout(&output) + &stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
}

/// Waits until the reason at a place is as expected, and gives the answer.
fn reason(office: &Office, x: f64, y: f64, expected: &str) -> serde_json::Value {
    let (x, y) = (CORNER.0 + x, CORNER.1 + y);
    let path = format!("/v1/parcels/lookup?x={x}&y={y}&crs=9210");
    let answer = office.get_until(&path, |a| a.at("/nothingHere/reason") == expected);
    assert_eq!(
        answer.at("/nothingHere/reason"),
        expected,
        "{}",
        answer.text()
    );
    answer.at("/nothingHere")
}

#[test]
fn a_plan_imported_into_the_file_is_seen_by_its_server() {
    an_imported_plan_is_seen(Office::open());
}

#[test]
fn a_plan_imported_into_postgres_is_seen_by_its_server() {
    an_imported_plan_is_seen(Office::open().on_postgres());
}

fn an_imported_plan_is_seen(plan: OfficePlan) {
    let office = plan.with_land("two_villages").start();
    let folder = Folder::new();
    reason(&office, 30.0, 10.0, "noParcel");
    reason(&office, 120.0, 60.0, "withoutData");
    let here = [-50.0, -50.0, 150.0, 150.0];
    let road = ("Hàm Nghi", [28.0, 5.0, 32.0, 15.0]);
    let pond = ("Hồ", [115.0, 55.0, 125.0, 65.0]);
    import(&office, &folder, ("roads", "right_of_way"), here, &[road]);
    let on_road = reason(&office, 30.0, 10.0, "onRoad");
    assert_eq!(on_road["name"], "Hàm Nghi");
    import(&office, &folder, ("restrictions", "water"), here, &[pond]);
    reason(&office, 120.0, 60.0, "onWater");
    // A newer file without the road: on its day it ends.
    import(&office, &folder, ("roads", "right_of_way"), here, &[]);
    reason(&office, 30.0, 10.0, "noParcel");
    import(&office, &folder, ("restrictions", "water"), here, &[]);
    reason(&office, 120.0, 60.0, "withoutData");
    // A layer of the theme `parcels` says where parcels are held; it needs no feature.
    let beside = [100.0, 50.0, 150.0, 70.0];
    import(&office, &folder, ("restrictions", "parcels"), beside, &[]);
    reason(&office, 120.0, 60.0, "noParcel");
}
