//! What is written of a feature is what its description says: read into the described types and
//! written by serde, every byte comes back.

use crate::harness::{Answer, Office};
use diachinh::app::Reference;
use diachinh::cadastre::names::fold;
use diachinh::cadastre::{Day, ward_successions};
use diachinh::exchange::demo::{DemoCity, DemoOptions};
use diachinh::exchange::read_wards;
use diachinh::http::view::{CollectionView, FeatureView, HistoryView};
use serde::{Serialize, de::DeserializeOwned};

/// A city with parcels on both planes, with several lines of land use, with versions of before.
pub fn city() -> Office {
    let reference = Reference::built_in().expect("the tables are in the program");
    let systems = &reference.city;
    let wards = read_wards(
        include_bytes!("../../data/wards/wards.gpkg"),
        include_str!("../../data/wards/wards.toml"),
        &systems.planes,
        &systems.transforms,
    );
    let csv = include_str!("../../data/wards/ward-crosswalk-2025.csv");
    let merger = Day::parse("2025-07-01").expect("a date");
    let successions = ward_successions(csv, merger).expect("the city's crosswalk");
    let options = DemoOptions {
        parcels: PARCELS,
        ..DemoOptions::default()
    };
    let demo = DemoCity::new(
        options,
        include_str!("../../data/demo/city.toml"),
        &wards.expect("the city's wards"),
        &successions,
        &systems.planes,
    );
    let office = Office::open().start();
    let edits = demo.expect("room for all");
    let last = edits.map(|edit| office.commit(&edit)).last();
    let written = format!("\"revision\":{}", last.expect("an edit").0);
    let ready = office.get_until("/health/ready", |answer| answer.text().contains(&written));
    assert!(ready.text().contains(&written), "{}", ready.text());
    office
}

const PARCELS: u64 = 3000;

fn comes_back<T: Serialize + DeserializeOwned>(path: &str, answer: &Answer) -> T {
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    let read: T = serde_json::from_slice(&answer.body).expect("what the description says");
    let again = serde_json::to_string(&read).expect("JSON");
    assert_eq!(answer.text(), again, "{path}");
    read
}

#[test]
fn every_kind_of_feature_is_written_as_it_is_described() {
    let office = city();
    let mut described = 0;
    for id in (1..=PARCELS as i64).step_by(3) {
        let path = format!("/v1/parcels/{id}?lang=en&neighbours={}", id % 10 == 0);
        let answer = office.get(&path);
        if answer.status == 404 {
            continue;
        }
        let feature: FeatureView = comes_back(&path, &answer);
        assert_eq!((feature.id, feature.revision), (id, Some(1)));
        described += 1;
        let key = &feature.properties.as_map;
        let path = format!(
            "/v1/parcels/lookup?ward={}&sheet={}&number={}",
            key.commune.code, key.sheet, key.number
        );
        let found: CollectionView = comes_back(&path, &office.get(&path));
        assert!(found.features.iter().any(|feature| feature.id == id));
        if id % 5 == 0 {
            let path = format!("/v1/parcels/{id}/history");
            let history: HistoryView = comes_back(&path, &office.get(&path));
            assert!(!history.features.is_empty());
        }
    }
    assert!(described > 500, "{described}");
}

#[test]
fn circles_completions_and_empty_answers_are_written_as_they_are_described() {
    let office = Office::open().with_land("two_villages").start();
    for (question, features) in [
        ("x=603002&y=1191010&crs=9210", true),
        ("x=603030&y=1191010&crs=9210", false),
        ("x=603010&y=1190996&crs=9210", false),
        ("lon=2.35&lat=48.85", false),
        ("ward=26743&sheet=5&number=99", false),
        ("q=ben&suggest=true", false),
    ] {
        let path = format!("/v1/parcels/lookup?{question}");
        let answer: CollectionView = comes_back(&path, &office.get(&path));
        assert_eq!(!answer.features.is_empty(), features, "{question}");
        assert_eq!(answer.nothing_here.is_none(), features, "{question}");
        assert_eq!(answer.suggestions.is_some(), question.contains("suggest"));
    }
    let found = office.get("/v1/parcels/lookup?x=603002&y=1191010&crs=9210");
    let corner = found.at("/features/0/geometry/coordinates/0/0");
    let path = format!(
        "/v1/parcels/lookup?lon={}&lat={}&accuracy_m=20",
        corner[0], corner[1]
    );
    let answer: CollectionView = comes_back(&path, &office.get(&path));
    let shares = answer.features.iter().map(|f| f.properties.circle_share);
    let shares: f64 = shares.map(|share| share.expect("a share")).sum();
    assert!(shares > 0.1 && shares <= 1.0, "{shares}");
}

#[test]
fn a_parcel_of_one_ward_among_several_of_its_name_is_told_with_all_of_them() {
    let office = city();
    let numbered = (1..2000).find_map(|id| {
        let answer = office.get(&format!("/v1/parcels/{id}"));
        let feature: FeatureView = serde_json::from_slice(&answer.body).ok()?;
        let key = feature.properties.as_map;
        let name = key.commune.name.as_ref()?;
        let last = name.rsplit(' ').next()?;
        let is_number = last.bytes().all(|b| b.is_ascii_digit());
        is_number.then_some((feature.id, key))
    });
    let (id, key) = numbered.expect("a parcel of a ward with a number for its name");
    let (name, district) = (key.commune.name, key.commune.district);
    let (name, district) = (name.expect("a name"), district.expect("a district"));
    let folded = |text: &str| fold(text).replace(' ', "+");
    let q = folded(&format!("thửa {} tờ {} {name}", key.number, key.sheet));
    let path = format!("/v1/parcels/lookup?q={q}&lang=en");
    let answer: CollectionView = comes_back(&path, &office.get(&path));
    let own = answer.features.iter().find(|feature| feature.id == id);
    let label = &own.expect("the parcel").properties.label;
    assert!(label.contains(&format!("{name}, {district}")), "{label}");
    let read = answer.read_as.expect("an understanding");
    assert!(read.ambiguous && read.wards.len() > 2, "{}", read.text);
    let mut found = read.wards.iter().filter(|ward| ward.outcome == "found");
    assert!(found.any(|ward| ward.district.as_ref() == Some(&district)));
    // The page says the same before any script, and each ward leads to its own answer.
    let page = office.ask("GET", &format!("/?q={q}"), &[("accept", "text/html")]);
    assert!(page.text().contains("class=\"understood doubtful\""));
    for ward in &read.wards {
        let full = format!("{}, {}", ward.name, ward.district.as_deref().unwrap_or(""));
        assert!(page.text().contains(&format!(">{full}</a>")), "{full}");
        let q = folded(ward.q.as_deref().expect("several wards"));
        let path = format!("/v1/parcels/lookup?q={q}");
        let alone: CollectionView = comes_back(&path, &office.get(&path));
        let understood = alone.read_as.expect("an understanding");
        assert!(!understood.ambiguous && understood.text.contains(&full));
        if ward.outcome == "withoutData" {
            let nothing = alone.nothing_here.expect("nothing");
            assert_eq!(nothing.reason, "withoutData");
            assert!(nothing.text.contains(&full), "{}", nothing.text);
            assert_eq!(nothing.ward.and_then(|named| named.district), ward.district);
        }
    }
}
