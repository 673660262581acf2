//! Finding a parcel by text as people write it, and completing the text while it is typed.

use crate::village::{
    EAST, WEST, code, day, key, land_of, merger, rectangle, successions, version, wards,
};
use diachinh::cadastre::{Interval, NationalParcelIdentifier, ParcelVersion, Ward, WardKind};
use diachinh::geometry::MultiPolygon;
use diachinh::land::{Land, LookupAnswer, LookupQuestion, MatchedBy, SuggestionKind};

/// Commune, sheet, number and today's ward of every parcel of the land.
const PARCELS: [(&str, &str, &str, &str); 12] = [
    ("26743", "5", "12", "26743"),
    ("26749", "5", "12", "26743"),
    ("26737", "5", "12", "26740"),
    ("27127", "5", "12", "27142"),
    ("26887", "5", "12", "26876"),
    ("26923", "5", "12", "26905"),
    ("27091", "5", "12", "27094"),
    ("25975", "5", "12", "25975"),
    ("26743", "5", "12A", "26743"),
    ("26743", "DC5", "7", "26743"),
    ("27664", "5", "12", "27664"),
    ("26732", "5", "12", "26732"),
];

fn versions() -> Vec<ParcelVersion> {
    let mut versions: Vec<ParcelVersion> = (1_i64..)
        .zip(PARCELS)
        .map(|(id, (commune, sheet, number, ward))| {
            let east = 603_480.0 + 10.0 * (id - 1) as f64;
            let shape = rectangle(WEST, east, 1_191_409.0, 5.0, 20.0);
            version(id, ward, key(commune, sheet, number), WEST, shape)
        })
        .collect();
    versions[0].parcel.national_identifier = NationalParcelIdentifier::parse("012345678901").ok();
    versions[3].parcel.as_certificate = Some(key("27127", "9", "44"));
    let shape = rectangle(EAST, 426_900.0, 1_144_198.0, 5.0, 5.0);
    versions.push(version(13, "26506", key("26506", "5", "12"), EAST, shape));
    versions
}

/// The land of the table of queries.
pub fn land() -> Land {
    let con_dao = Ward {
        code: code("26732"),
        name: "Côn Đảo".to_owned(),
        kind: WardKind::SpecialZone,
        plane: EAST,
        border: MultiPolygon::default(),
        valid: Interval::open(merger()),
    };
    let changes = diachinh::land::Changes {
        wards: vec![con_dao],
        ..Default::default()
    };
    land_of(versions()).apply(&changes)
}

/// What a text finds on the first day of the merged city.
pub fn ask(land: &Land, q: &str) -> LookupAnswer {
    let question = LookupQuestion::Text(q.to_owned());
    land.lookup(&question, merger())
        .expect("a text has no system")
}

/// The keys as map of what was found, in its order.
pub fn keys(answer: &LookupAnswer) -> Vec<String> {
    let key = |m: &diachinh::land::Match| m.version.parcel.as_map.to_string();
    answer.matches.iter().map(key).collect()
}

#[derive(serde::Deserialize)]
struct Query {
    q: String,
    #[serde(default)]
    finds: Vec<String>,
    nothing: Option<String>,
}

#[test]
fn every_phrasing_finds_the_parcels_it_means() {
    let text = include_str!("../queries.jsonc");
    let lines = text.lines().filter(|l| !l.trim_start().starts_with("//"));
    let queries: Vec<Query> =
        serde_json::from_str(&lines.collect::<Vec<_>>().join("\n")).expect("the table of queries");
    assert!(queries.len() >= 60, "{} phrasings", queries.len());
    let land = land();
    let wrong: Vec<String> = queries
        .iter()
        .filter_map(|query| {
            let answer = ask(&land, &query.q);
            let nothing = answer.nothing_here.as_ref().map(|n| {
                let debug = format!("{n:?}");
                debug
                    .split([' ', '{'])
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            });
            let found = keys(&answer);
            (found != query.finds || nothing != query.nothing)
                .then(|| format!("`{}` found {found:?} {nothing:?}", query.q))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_ward_of_today_and_of_before_is_found_by_its_full_and_bare_name_and_its_code() {
    let land = land();
    let known = |q: &str| {
        let answer = ask(&land, q);
        let nothing = answer.nothing_here.map(|n| format!("{n:?}"));
        let nothing = nothing.as_deref().unwrap_or("UnknownKey");
        nothing == "UnknownKey" || nothing.starts_with("WithoutData")
    };
    let mut missed = Vec::new();
    for ward in wards() {
        for q in [ward.name.clone(), ward.code.to_string()] {
            let q = format!("thửa 777, tờ 9, {q}");
            if !known(&q) {
                missed.push(q);
            }
        }
    }
    for row in successions() {
        let former = row.former;
        if former.full_name.is_empty() {
            continue;
        }
        for q in [
            format!("thửa 777 tờ 9 {} {}", former.full_name, former.district),
            format!(
                "777/9 {}, {}, {}",
                former.full_name, former.district, former.province
            ),
            diachinh::cadastre::names::fold(&format!(
                "777 9 {} {}",
                former.full_name, former.district
            )),
        ] {
            if !known(&q) {
                missed.push(q);
            }
        }
    }
    assert!(missed.is_empty(), "{} missed: {missed:#?}", missed.len());
}

#[test]
fn several_answers_each_say_why_they_matched() {
    let land = land();
    let why = |q: &str| -> Vec<MatchedBy> {
        ask(&land, q).matches.iter().map(|m| m.matched_by).collect()
    };
    assert_eq!(
        why("12/5 bến thành"),
        [MatchedBy::KeyAsMap, MatchedBy::KeyAsMap]
    );
    assert_eq!(why("12/5 phạm ngũ lão"), [MatchedBy::FormerWardAsMap]);
    assert_eq!(why("44/9 nhiêu lộc"), [MatchedBy::KeyAsCertificate]);
    assert_eq!(why("44/9 p14 q3"), [MatchedBy::FormerWardAsCertificate]);
    assert_eq!(why("012345678901"), [MatchedBy::NationalIdentifier]);
    // An Phú of Thuận An is a ward of today; An Phú of Thủ Đức was one until the merger.
    assert_eq!(
        why("12/5 an phú"),
        [MatchedBy::KeyAsMap, MatchedBy::FormerWardAsMap]
    );
}

#[test]
fn a_ward_that_was_in_force_on_the_day_is_not_called_former() {
    let mut versions = versions();
    for version in &mut versions {
        version.lifespan.valid = Interval::open(day("2020-01-01"));
        version.parcel.ward = version.parcel.as_map.commune;
    }
    let land = land_of(versions);
    let ask = |q: &str, date| {
        let question = LookupQuestion::Text(q.to_owned());
        let answer = land.lookup(&question, date).expect("a text has no system");
        answer
            .matches
            .iter()
            .map(|m| m.matched_by)
            .collect::<Vec<_>>()
    };
    let eve = day("2025-06-30");
    assert_eq!(ask("12/5 phạm ngũ lão", eve), [MatchedBy::KeyAsMap]);
    assert_eq!(
        ask("12/5 phạm ngũ lão", merger()),
        [MatchedBy::FormerWardAsMap]
    );
    assert_eq!(ask("12/5 phạm ngũ lão", day("2019-12-31")), []);
}

#[test]
fn a_key_in_fields_is_understood_like_one_in_text() {
    let land = land();
    let ask = |ward: &str, sheet: &str, number: &str| {
        let question = LookupQuestion::Key {
            ward: ward.to_owned(),
            sheet: sheet.to_owned(),
            number: number.to_owned(),
        };
        keys(&land.lookup(&question, merger()).expect("an answer"))
    };
    let both = ["26743.5.12", "26749.5.12"];
    for ward in [
        "26743",
        "Bến Thành",
        "P. Bến Thành",
        "phường bến thành, quận 1",
        "ben thanh q1",
    ] {
        assert_eq!(ask(ward, "05", " 12"), both, "{ward}");
    }
    assert_eq!(ask("26749", "5", "12"), ["26749.5.12"]);
    assert_eq!(ask("Phường 14, Quận 3", "5", "12"), ["27127.5.12"]);
    assert_eq!(ask("p14 q3", "9", "44"), ["27127.5.12"]);
    assert_eq!(ask("Phường 5", "5", "12"), ["26887.5.12", "26923.5.12"]);
    assert_eq!(ask("5", "5", "12"), ["26887.5.12", "26923.5.12"]);
    assert_eq!(ask("Bến Thành", "5;", "12").len(), 0);
    assert_eq!(ask("", "5", "12").len(), 0);
}

#[test]
fn completions_name_former_wards_with_what_they_became() {
    let land = land();
    let suggestions = land.suggest("thua 12 to 5 p da k", merger());
    let former = suggestions
        .iter()
        .find(|s| s.kind == SuggestionKind::FormerWard);
    let former = former.expect("Đa Kao is suggested");
    assert_eq!(former.label, "Phường Đa Kao, Quận 1");
    assert_eq!(former.became, ["Phường Tân Định", "Phường Sài Gòn"]);
    assert_eq!(former.q, "thửa 12, tờ 5, Phường Đa Kao, Quận 1");
    assert_eq!(keys(&ask(&land, &former.q)), ["26737.5.12"]);
}

#[test]
fn a_known_ward_is_completed_by_its_sheets_and_a_known_sheet_by_its_numbers() {
    let land = land();
    let labels = |q: &str| -> Vec<String> {
        let of = |s: &diachinh::land::Suggestion| s.label.clone();
        land.suggest(q, merger()).iter().map(of).collect()
    };
    assert_eq!(
        labels("phạm ngũ lão"),
        [
            "tờ 5, Phường Phạm Ngũ Lão, Quận 1",
            "Phường Phạm Ngũ Lão, Quận 1"
        ]
    );
    // A former ward of the same name does not stand in the way of the one of the day.
    assert_eq!(labels("tan dinh")[0], "tờ 5, Phường Tân Định");
    let numbers = labels("thua 1 to 5 sai gon");
    assert_eq!(numbers[0], "thửa 12, tờ 5, Phường Sài Gòn");
    assert_eq!(labels("10.7721, 106.698"), Vec::<String>::new());
    assert_eq!(labels(""), Vec::<String>::new());
    assert!(labels("t").len() <= 10);
}
