//! A plan that another program imports, rejected in part, unreviewed, and whole: what an extract of
//! the running server makes of it.

use super::served::theme;
use super::*;
use crate::harness::{Answer, Folder, Office, diachinh, stderr, stdout};

/// The profile of the plan.
fn heritage(coverage: &str, reviewed: bool) -> String {
    format!(
        "title_vi = \"x\"\ntitle_en = \"x\"\ntarget = \"restrictions\"\n[fields]\n\
         key = [\"key\"]\nkind = [\"kind\"]\nlegend_vi = [\"legend_vi\"]\n\
         [[planning_layer]]\ncode = \"heritage\"\n\
         theme = \"heritage\"\ntitle_vi = \"Di tích\"\ntitle_en = \"Heritage\"\n\
         as_of = \"2026-01-01\"\naccuracy_mm = 100\nlaw_status = \"in_force\"\n\
         synthetic = true\nreviewed = {reviewed}\n\
         office = {{ code = \"x\", name_vi = \"x\", name_en = \"x\" }}\n\
         coverage = [{{ plane = 9210, coordinates = [[{coverage}]] }}]\n"
    )
}

/// Imports a heritage plan over the first village: one zone beside the lots, and one more if it is
/// wanted, whose outline crosses itself. Answers the exit code.
fn import_heritage(office: &Office, reviewed: bool, with_broken: bool) -> Option<i32> {
    let folder = Folder::new();
    let ring = |places: &[(f64, f64)]| {
        let all = places.iter().chain(places.first());
        let at = |(x, y): &(f64, f64)| format!("[{:.3},{:.3}]", CORNER.0 + x, CORNER.1 + y);
        format!("[{}]", all.map(at).collect::<Vec<_>>().join(","))
    };
    let feature = |key: &str, ring: String| {
        format!(
            r#"{{"type":"Feature","properties":{{"key":"{key}","kind":"zone","legend_vi":"{key}"}},
            "geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
        )
    };
    let beside = ring(&[
        (100.0, 100.0),
        (110.0, 100.0),
        (110.0, 110.0),
        (100.0, 110.0),
    ]);
    let crossing = ring(&[(0.0, 0.0), (4.0, 20.0), (4.0, 0.0), (0.0, 20.0)]);
    let mut features = vec![feature("beside", beside)];
    features.extend(with_broken.then(|| feature("crossing", crossing)));
    let crs = r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9210"}}"#;
    let text = format!(
        r#"{{"type":"FeatureCollection","crs":{crs},"features":[{}]}}"#,
        features.join(",")
    );
    let file = folder.file("heritage.geojson", &text);
    let coverage = ring(&[
        (-50.0, -50.0),
        (150.0, -50.0),
        (150.0, 150.0),
        (-50.0, 150.0),
    ]);
    let profile = folder.file("heritage.toml", &heritage(&coverage, reviewed));
    let mut command = diachinh(&folder);
    command
        .arg("import")
        .arg(file)
        .arg("--profile")
        .arg(profile);
    let output = command.args(["--store", office.store_url()]).output();
    let output = output.expect("the program starts");
    let said = stdout(&output) + &stderr(&output);
    assert!(
        output
            .status
            .code()
            .is_some_and(|code| code == 0 || code == 3),
        "{said}"
    );
    output.status.code()
}

#[test]
fn a_plan_of_which_a_feature_stayed_out_is_not_believed_until_it_is_whole_and_reviewed() {
    let office = Office::open().with_land("two_villages").start();
    let path = "/v1/parcels/1/extract?lang=en";
    let becomes = |concern: &str, reason: Option<&str>| {
        let heritage = |answer: &Answer| theme(answer, "heritage");
        let wanted = |answer: &Answer| {
            let told = heritage(answer);
            let reasons = told["gaps"].as_array().map_or(&[][..], Vec::as_slice);
            let same = reasons.first().and_then(|gap| gap["reason"].as_str()) == reason;
            told["concern"] == concern && same
        };
        let answer = office.get_until(path, wanted);
        assert!(
            wanted(&answer),
            "{concern} {reason:?}: {}",
            heritage(&answer)
        );
        heritage(&answer)
    };
    becomes("withoutData", Some("layerMissing"));
    assert_eq!(import_heritage(&office, true, true), Some(3));
    let told = becomes("withoutData", Some("failed"));
    assert_eq!(told["gaps"][0]["layer"], "heritage");
    assert_eq!(told["layers"][0]["state"], "failed");
    assert_eq!(import_heritage(&office, false, false), Some(0));
    becomes("withoutData", Some("unreviewed"));
    assert_eq!(import_heritage(&office, true, false), Some(0));
    becomes("notConcerned", None);
}
