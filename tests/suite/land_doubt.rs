//! What a question leaves open is asked for, with what there is to choose from.

use crate::land_text::{ask, keys, land};
use crate::village::{merger, successions};
use diachinh::land::{
    Land, LookupAnswer, LookupQuestion, NothingHere, ReadAs, ReadWard, Suggestion, SuggestionKind,
    WardOutcome,
};
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

/// How a text is understood: number, sheet, the wards with what came of each, words set aside.
fn read_as(land: &Land, q: &str) -> (Vec<ReadWard>, Vec<String>) {
    match ask(land, q).read_as {
        Some(ReadAs::Key {
            wards, set_aside, ..
        }) => (wards, set_aside),
        other => unreachable!("{q}: {other:?}"),
    }
}

#[test]
fn a_parcel_of_one_of_several_wards_of_a_name_says_what_came_of_the_others() {
    let land = land();
    let (wards, _) = read_as(&land, "thua 12 to 5 phuong 14");
    assert!(wards.len() > 3, "{wards:?}");
    let of = |outcome| wards.iter().filter(move |ward| ward.outcome == outcome);
    let found: Vec<_> = of(WardOutcome::Found).collect();
    assert_eq!(found.len(), 1, "{wards:?}");
    assert_eq!(found[0].ward.district.as_deref(), Some("Quận 3"));
    assert_eq!(
        found[0].q.as_deref(),
        Some("thửa 12, tờ 5, Phường 14, Quận 3")
    );
    assert_eq!(of(WardOutcome::WithoutData).count(), wards.len() - 1);
    // Every other one, asked for by itself, is told with its name.
    for ward in of(WardOutcome::WithoutData) {
        let q = ward.q.as_deref().expect("several wards");
        let named = ward.ward.clone();
        let nothing = NothingHere::WithoutDataOf { ward: named };
        assert_eq!(ask(&land, q).nothing_here, Some(nothing), "{q}");
    }
    // Named with its district it is the only one.
    let (wards, _) = read_as(&land, "thua 12 to 5 phuong 14 quan 3");
    assert_eq!(wards.len(), 1);
    assert_eq!(wards[0].q, None);
    // A ward of today and the one of before that went into it are not two.
    assert_eq!(read_as(&land, "12/5 ben thanh").0.len(), 1);
}

#[test]
fn a_key_that_some_wards_of_a_name_do_not_have_asks_for_the_district() {
    let land = land();
    let answer = ask(&land, "thua 99 to 5 phuong 14");
    assert!(namesakes(answer).len() > 3);
}

#[test]
fn words_that_are_not_used_are_told_as_they_were_written() {
    let land = land();
    for (q, told) in [
        ("thửa 12 tờ 5 phường Bến Thành", &[] as &[&str]),
        (
            "thửa 12 tờ 5 đường Lê Lợi phường Bến Thành",
            &["đường Lê Lợi"],
        ),
        (
            "thửa 12, tờ 5, số 7 Đường Lê Lợi, P. Bến Thành",
            &["7 Đường Lê Lợi"],
        ),
        ("thửa 12 tờ 5 Lê Lợi, P. Bến Thành, Q1", &["Lê Lợi"]),
        ("12/5 P14 Q3 (nay là P. Nhiêu Lộc)", &["nay là P Nhiêu Lộc"]),
        ("tổ 5 khu phố 12 phường Bến Thành", &["tổ 5 khu phố 12"]),
        (
            "thửa 12 tờ 5, 45/7 Lê Lợi, phường Bến Thành",
            &["45/7 Lê Lợi"],
        ),
        (
            "thửa 12 tờ 5, 45, 7 Lê Lợi, phường Bến Thành",
            &["45, 7 Lê Lợi"],
        ),
    ] {
        assert_eq!(read_as(&land, q).1, told, "{q}");
    }
}

#[test]
fn what_stands_beside_the_ward_in_its_field_is_told_too() {
    let land = land();
    for (ward, told, nothing) in [
        ("P. Bến Thành, Quận 1", &[] as &[&str], None),
        ("đường Lê Lợi, P. Bến Thành", &["đường Lê Lợi"], None),
        ("Bến Thành, Quận 1, chợ nổi", &["chợ nổi"], None),
        ("12 Lê Lợi, P. Bến Thành", &["12 Lê Lợi"], None),
        ("thửa 7 tờ 9 Bến Thành", &["thửa 7", "tờ 9"], None),
        ("Phường 14, D3", &[], None),
        (
            "P. Bến Thành, xã Tân Thông Hội",
            &[],
            Some(NothingHere::SeveralKeys),
        ),
    ] {
        let question = LookupQuestion::Key {
            ward: ward.to_owned(),
            sheet: "5".to_owned(),
            number: "12".to_owned(),
        };
        let answer = land.lookup(&question, merger()).expect("an answer");
        assert_eq!(answer.nothing_here, nothing, "{ward}");
        if let Some(ReadAs::Key { set_aside, .. }) = answer.read_as {
            assert_eq!(set_aside, told, "{ward}");
        }
    }
}

#[test]
fn a_ward_of_before_of_another_kind_is_asked_for_and_none_is_answered_for_instead() {
    let land = land();
    let answer = ask(&land, "thửa 12 tờ 5 xã Củ Chi cũ");
    let Some(NothingHere::NotFormer { wards }) = answer.nothing_here else {
        unreachable!("{answer:?}");
    };
    let asked: Vec<&str> = wards.iter().map(|ward| ward.q.as_str()).collect();
    let township = "thửa 12, tờ 5, Thị trấn Củ Chi, Huyện Củ Chi";
    assert_eq!(asked, [township, "thửa 12, tờ 5, Xã Củ Chi"]);
    let (read, _) = read_as(&land, township);
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].ward.name, "Thị trấn Củ Chi");
}

#[test]
fn an_address_offers_the_key_that_its_numbers_would_be_and_answers_for_none() {
    let land = land();
    let answer = ask(&land, "12/5 Lê Lợi, P. Bến Thành, Q1");
    let Some(NothingHere::Address { keys }) = answer.nothing_here else {
        unreachable!("{answer:?}");
    };
    assert_eq!(keys[0].q, "thửa 12, tờ 5, Phường Bến Thành");
    let answer = ask(&land, "12 đường Lê Lợi, P. Bến Thành, Q1");
    assert_eq!(
        answer.nothing_here,
        Some(NothingHere::Address { keys: Vec::new() })
    );
}

#[test]
fn a_misspelt_ward_is_answered_with_the_names_that_are_near() {
    let land = land();
    let near = |q: &str| -> Vec<String> {
        let answer = ask(&land, q);
        let Some(NothingHere::UnknownWard { near }) = answer.nothing_here else {
            unreachable!("{q}: {:?}", answer.nothing_here);
        };
        near.into_iter().map(|s| s.q).collect()
    };
    let ben_thanh = "thửa 12, tờ 5, Phường Bến Thành";
    for q in ["12/5 ben thnah", "12/5 bến thàn", "12/5 p benthnah"] {
        assert_eq!(near(q)[0], ben_thanh, "{q}");
    }
    // The ward of which parcels are held comes first, and none is of another number.
    let ten = near("12/5 phuong 1o");
    assert!(!ten.is_empty());
    assert!(ten.iter().all(|q| q.contains("Phường 10,")), "{ten:?}");
    assert_eq!(near("12/5 phuong 99"), [] as [&str; 0]);
    // A misspelt district is mended too, within its name.
    assert_eq!(
        near("12/5 phường 5 quận go vapp"),
        ["thửa 12, tờ 5, Phường 5, Quận Gò Vấp"]
    );
    // Without the word of a district too, and with the word of a ward misspelt.
    for q in ["12/5 phường 5 go vapp", "12/5 phường 5, gò vấpp"] {
        assert_eq!(near(q), ["thửa 12, tờ 5, Phường 5, Quận Gò Vấp"], "{q}");
    }
    assert_eq!(near("go vapp")[0], "Phường Gò Vấp");
    let an_phu = near("12/5 an phu thu ducc");
    assert_eq!(an_phu, ["thửa 12, tờ 5, Phường An Phú, Thành phố Thủ Đức"]);
    for q in ["ban cờ phườn", "phườn bàn cờ", "phuog ban co"] {
        assert_eq!(near(q)[0], "Phường Bàn Cờ", "{q}");
    }
    // While it is typed the same is offered.
    let typed = land.suggest("ben thnah", merger());
    assert_eq!(typed[0].label, "Phường Bến Thành");
}

#[test]
fn completions_begin_with_wards_of_which_parcels_are_held() {
    let land = land();
    let labels: Vec<String> = land
        .suggest("p b", merger())
        .into_iter()
        .map(|s| s.label)
        .collect();
    // Those of Bình Dương stand before it in the table, and the register has none of their parcels.
    assert_eq!(labels[0], "Phường Bến Thành", "{labels:?}");
    assert_eq!(labels.len(), 10);
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
