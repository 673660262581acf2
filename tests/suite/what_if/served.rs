//! Questions over HTTP on the demo city, and what cannot be supposed.

use super::{APPENDIX_18, rule_text};
use crate::harness::{Answer, Folder, Office, diachinh, stderr};
use diachinh::config::Config;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A server on a demo city of its own.
pub fn office(folder: &Folder, parcels: &str) -> Office {
    office_with(folder, parcels, |_| {})
}

/// The same, configured otherwise.
pub fn office_with(folder: &Folder, parcels: &str, change: impl FnOnce(&mut Config)) -> Office {
    let mut command = diachinh(folder);
    command.args(["demo", "--parcels", parcels, "--store", "city.gpkg"]);
    let built = command.output().expect("the program starts");
    assert!(built.status.success(), "{}", stderr(&built));
    let url = folder.path().join("city.gpkg").display().to_string();
    let plan = Office::open().with(|config| config.store.url = url);
    plan.with(change).start()
}

/// A question about one rule of Appendix 18, with what makes it speak.
pub fn about_rule(rule: &str, text: &str) -> Value {
    json!({
        "changes": [{ "rule": { "pack": "hcmc_56_2021_app18", "rule": rule, "text": text } }],
        "stated": { "building_kind": "row_house", "development": "existing" },
    })
}

fn ask(office: &Office, question: &Value) -> Vec<Value> {
    let answer = office.post("/v1/what-if?lang=en", &question.to_string());
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    lines(&answer)
}

fn lines(answer: &Answer) -> Vec<Value> {
    let each = answer.text().lines();
    each.map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

fn parcels(lines: &[Value]) -> Vec<&Value> {
    lines
        .iter()
        .filter(|line| line["type"] == "parcel")
        .collect()
}

#[test]
fn a_rule_in_the_same_words_changes_nothing_and_that_is_a_whole_answer() {
    let folder = Folder::new();
    let office = office(&folder, "300");
    let coverage = rule_text(APPENDIX_18, "coverage");
    let same = ask(&office, &about_rule("coverage", &coverage));
    let (first, last) = (&same[0], &same[same.len() - 1]);
    assert_eq!(
        (&first["type"], &first["synthetic"]),
        (&"begin".into(), &true.into())
    );
    assert!(first["total"].as_u64() >= Some(300), "{first}");
    assert_eq!(last["complete"], true, "{last}");
    assert_eq!(
        (&last["changed"], &last["examined"]),
        (&0.into(), &first["total"])
    );
    assert!(parcels(&same).is_empty());
}

#[test]
fn a_changed_bound_is_told_parcel_by_parcel_and_the_register_stays() {
    let folder = Folder::new();
    let office = office(&folder, "300");
    let coverage = rule_text(APPENDIX_18, "coverage");
    // Ten per cent less at the knots and between them.
    let stricter = coverage.replace("[50, 100], [100, 90]", "[50, 90], [100, 80]");
    assert_ne!(stricter, coverage);
    let changed = ask(&office, &about_rule("coverage", &stricter));
    let last = &changed[changed.len() - 1];
    let told = parcels(&changed);
    assert_eq!(last["complete"], true, "{last}");
    assert_eq!(last["changed"], told.len(), "{last}");
    assert!(told.len() > 30, "{last}");
    let of_wards: u64 = last["wards"]
        .as_array()
        .expect("wards")
        .iter()
        .map(|ward| ward["changed"].as_u64().expect("a number"))
        .sum();
    assert_eq!(of_wards, told.len() as u64, "{last}");
    assert_eq!(
        last["quantities"],
        json!([{ "of": "coverage", "changed": told.len() }])
    );
    for parcel in &told {
        let limits = parcel["limits"].as_array().expect("limits");
        assert_eq!(limits.len(), 1, "{parcel}");
        assert_eq!(limits[0]["quantity"], "coverage", "{parcel}");
        assert!(parcel["themes"].as_array().expect("themes").is_empty());
        assert_ne!(limits[0]["before"], limits[0]["after"], "{parcel}");
    }
    let bound = told[0].pointer("/limits/0/after/rules/0/rule");
    assert_eq!(bound, Some(&"coverage".into()), "{}", told[0]);

    // Of one ward only.
    let mut of_ward = about_rule("coverage", &stricter);
    let ward = told[0]["ward"].clone();
    of_ward["ward"] = ward.clone();
    let of_ward = ask(&office, &of_ward);
    let wanted: Vec<&Value> = told.iter().copied().filter(|p| p["ward"] == ward).collect();
    assert_eq!(parcels(&of_ward), wanted);

    // The register itself stays as it is.
    let again = ask(&office, &about_rule("coverage", &stricter));
    assert_eq!(parcels(&again), told);
}

#[test]
fn a_road_that_is_gone_and_one_more_are_told_with_their_areas() {
    let folder = Folder::new();
    let office = &office(&folder, "300");
    let roads = office.get("/collections/roads/items?limit=100");
    let roads = roads.at("/features");
    let ids = roads.as_array().expect("roads").iter();
    // Some lie where the city has no parcels.
    let mut gone = ids.map(|road| {
        let id = road["id"].clone();
        let gone = json!({ "changes": [{ "remove": { "collection": "roads", "id": id } }] });
        (id, ask(office, &gone))
    });
    let (id, lines) = gone
        .find(|(_, lines)| !parcels(lines).is_empty())
        .expect("a road with parcels");
    let told = parcels(&lines);
    assert!(lines[0]["total"].as_u64() < Some(300), "{}", lines[0]);
    let concerned: Vec<_> = told
        .iter()
        .flat_map(|parcel| parcel["themes"].as_array().expect("themes"))
        .filter(|theme| theme["theme"] == "right_of_way")
        .collect();
    for theme in &concerned {
        let before = theme["before"]["restrictions"].as_array().expect("a list");
        assert!(
            before.iter().any(|taken| taken["areaM2"].is_string()),
            "{theme}"
        );
    }
    // A feature drawn again as it is changes nothing.
    let feature = office.get(&format!("/collections/roads/items/{id}"));
    let same = json!({ "changes": [{ "change": {
        "collection": "roads", "id": id,
        "properties": { "width": feature.at("/properties/width") },
    } }] });
    let lines = ask(office, &same);
    assert!(parcels(&lines).is_empty());
    // As one more of its kind, drawn in longitude and latitude, it takes land a second time.
    let more = json!({ "changes": [{ "add": {
        "collection": "roads", "layer": feature.at("/properties/layer"),
        "properties": { "street": "Đường giả định", "width": 99 },
        "geometry": feature.at("/geometry"),
    } }] });
    let lines = ask(office, &more);
    let keys: BTreeSet<u64> = parcels(&lines)
        .iter()
        .filter_map(|p| p["id"].as_u64())
        .collect();
    assert!(!keys.is_empty());
    let added = lines
        .iter()
        .any(|line| line.to_string().contains("\"features\":[null]"));
    assert!(added, "{lines:?}");
}
