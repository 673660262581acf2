//! What a question leaves open is asked for, with what there is to choose from.

use crate::land_text::{ask, keys, land};
use crate::village::{merger, successions};
use diachinh::land::{Land, LookupAnswer, LookupQuestion, NothingHere, Suggestion, SuggestionKind};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The wards of an answer that says that they lie in another district; none in any other.
fn elsewhere(answer: LookupAnswer) -> Vec<Suggestion> {
    match answer.nothing_here {
        Some(NothingHere::WardElsewhere { wards }) => wards,
        _ => Vec::new(),
    }
}

/// The wards of an answer that asks which of them is meant; none in any other.
fn namesakes(answer: LookupAnswer) -> Vec<Suggestion> {
    match answer.nothing_here {
        Some(NothingHere::DistrictMissing { wards }) => wards,
        _ => Vec::new(),
    }
}

#[test]
fn a_half_written_key_asks_for_what_is_missing_and_offers_no_ward_named_to() {
    let land = land();
    for q in [
        "thua 12 to ",
        "thua 12 to",
        "thửa 12, tờ số",
        "thua 12, to ban do ",
    ] {
        assert_eq!(land.suggest(q, merger()), [], "{q}");
        assert_eq!(
            ask(&land, q).nothing_here,
            Some(NothingHere::SheetMissing),
            "{q}"
        );
    }
    // Without a number before it the same letters begin the name of a ward.
    let toc = land.suggest("to", merger());
    assert!(toc.iter().any(|s| s.label.contains("Tóc Tiên")), "{toc:?}");
    let labels: Vec<String> = land
        .suggest("thua 12 to p ben thanh", merger())
        .into_iter()
        .map(|s| s.label)
        .collect();
    assert_eq!(labels[0], "thửa 12, tờ 5, Phường Bến Thành");
}

#[test]
fn a_ward_in_another_district_is_told_with_where_it_is() {
    let land = land();
    let answer = ask(&land, "thua 12 to 5 phuong ben thanh quan 3");
    let wards = elsewhere(answer);
    let labels: Vec<&str> = wards.iter().map(|s| s.label.as_str()).collect();
    assert_eq!(labels, ["Phường Bến Thành", "Phường Bến Thành, Quận 1"]);
    assert_eq!(keys(&ask(&land, &wards[0].q)), ["26743.5.12", "26749.5.12"]);
    // In fields it is told alike.
    let question = LookupQuestion::Key {
        ward: "Bến Thành, Quận 3".to_owned(),
        sheet: "5".to_owned(),
        number: "12".to_owned(),
    };
    let fields = land.lookup(&question, merger()).expect("an answer");
    assert_eq!(
        fields.nothing_here,
        Some(NothingHere::WardElsewhere { wards })
    );
}

#[test]
fn a_name_of_several_wards_asks_for_the_district_with_all_that_were_called_so() {
    let land = land();
    let answer = ask(&land, "phuong 5");
    let wards = namesakes(answer);
    let called = successions().into_iter().map(|s| s.former);
    let called: BTreeSet<String> = called
        .filter(|f| ["Phường 5", "Phường 05"].contains(&f.full_name.as_str()))
        .map(|f| format!("{}, {}", f.full_name, f.district))
        .collect();
    assert!(called.len() > 5, "{called:?}");
    let offered: BTreeSet<String> = wards.iter().map(|s| s.label.clone()).collect();
    assert_eq!(offered, called);
    for ward in &wards {
        assert_eq!(
            ask(&land, &ward.q).nothing_here,
            Some(NothingHere::KeyIncomplete)
        );
        assert_eq!(ward.kind, SuggestionKind::FormerWard);
        assert!(!ward.became.is_empty());
    }
    // With its number it is offered with its number.
    let answer = ask(&land, "thua 12 phuong 5");
    let wards = namesakes(answer);
    assert_eq!(wards.len(), called.len());
    assert!(
        wards.iter().all(|s| s.q.starts_with("thửa 12, ")),
        "{wards:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_brings_the_reader_down(text in text_of_any_kind()) {
        static LAND: OnceLock<Land> = OnceLock::new();
        let land = LAND.get_or_init(land);
        let answer = ask(land, &text);
        prop_assert_eq!(answer.matches.is_empty(), answer.nothing_here.is_some());
        prop_assert!(land.suggest(&text, merger()).len() <= 10);
        let question = LookupQuestion::Key { ward: text.clone(), sheet: text.clone(), number: text };
        prop_assert!(land.lookup(&question, merger()).is_ok());
    }
}

/// Words of keys in any order with any mark between them, or any characters at all.
fn text_of_any_kind() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "thửa",
        "tờ",
        "số",
        "lô",
        "th",
        "t",
        "p",
        "q",
        "phường",
        "xã",
        "quận",
        "tp",
        "tỉnh",
        "ward",
        "district",
        "tại",
        "bến thành",
        "hồ chí minh",
        "hcm",
        "gò vấp",
        "xà bang",
        "bình dương",
        "12",
        "5",
        "12A",
        "DC5",
        "12/5",
        "26743",
        "012345678901",
        "10.7721",
        "106.698",
        "đ",
        "ế",
        "e\u{302}\u{301}",
        "🏠",
        "",
    ]);
    let marks = prop::sample::select(vec![
        " ", "-", "/", ",", ".", ";", "(", "\n", "", "--", "\u{301}",
    ]);
    let pairs = prop::collection::vec((words, marks), 0..10);
    let written =
        pairs.prop_map(|pairs| pairs.into_iter().map(|(w, m)| format!("{w}{m}")).collect());
    prop_oneof![3 => written, 1 => any::<String>()]
}
