//! Rule packs on the command line: listed, shown, checked, explained, in both languages.

use crate::harness::{Folder, diachinh, stderr, stdout};

/// Exit code, answer and failure of a `rules` command.
fn rules(folder: &Folder, arguments: &[&str], language: &str) -> (Option<i32>, String, String) {
    let mut command = diachinh(folder);
    command.arg("rules").args(arguments);
    let output = command.args(["--language", language]).output();
    let output = output.expect("the program starts");
    (output.status.code(), stdout(&output), stderr(&output))
}

/// The row house of 66 m² on a right of way of 12 m.
const HOUSE: [&str; 22] = [
    "explain",
    "--no-plans",
    "--date",
    "2026-11-30",
    "--outside",
    "architecture/core_930",
    "--outside",
    "architecture/university_village",
    "--outside",
    "architecture/south_city",
    "ward=26743",
    "development=existing",
    "building_kind=row_house",
    "lot_area_m2=66",
    "frontage_m=4",
    "building_frontage_m=4",
    "depth_m=16.5",
    "depth_from_building_line_m=16.5",
    "right_of_way_m=12",
    "corner_lot=false",
    "central_district=false",
    "commercial_street=false",
];

#[test]
fn a_site_is_explained_with_the_rule_that_governs_and_its_article() {
    let folder = Folder::new();
    let asked = [&HOUSE[..], &["--found", "coverage=87.878788"]].concat();
    let (code, told, failed) = rules(&folder, &asked, "en");
    assert_eq!(code, Some(0), "{failed}");
    for expected in [
        "Filed on 2026-11-30",
        "Net coverage (coverage): at most 96.8 %",
        "  governs: Greatest coverage: at most 96.8 %",
        "    hcmc_56_2021_app18/coverage, 56/2021/QĐ-UBND, Phụ lục 18, Bảng 1 [transcribed]",
        "  found 87.878788 ± 0: pass",
        "Storeys (storeys): at most 4 storeys",
        "Rear setback (setback/rear): at least 2 m",
        // Nobody said whether there is an added storey.
        "Ridge height (ridge_height): unknown, lacking: added_storey",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
    let (code, told, _) = rules(&folder, &asked, "vi");
    assert_eq!(code, Some(0));
    for expected in [
        "Mật độ xây dựng thuần (coverage): tối đa 96.8 %",
        "  quyết định: Mật độ xây dựng tối đa: tối đa 96.8 %",
        "  tìm thấy 87.878788 ± 0: đạt",
        "chưa rõ, còn thiếu: added_storey (có tầng cộng thêm)",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
}

#[test]
fn a_fact_that_is_none_is_refused_with_what_was_expected() {
    let folder = Folder::new();
    let (code, _, failed) = rules(&folder, &["explain", "lot_area=66"], "en");
    assert_eq!(code, Some(2));
    assert!(
        failed.contains("`lot_area` is no parameter of rules"),
        "{failed}"
    );
    let (code, _, failed) = rules(&folder, &["explain", "development=old"], "vi");
    assert_eq!(code, Some(2));
    let expected = "`old` không phải giá trị của `development`, cần một trong: existing, new";
    assert!(failed.contains(expected), "{failed}");
    let twice = ["explain", "lot_area_m2=66", "lot_area_m2=67"];
    let (code, _, failed) = rules(&folder, &twice, "en");
    assert_eq!(code, Some(2));
    assert!(failed.contains("`lot_area_m2` is stated twice"), "{failed}");
    let (code, _, failed) = rules(&folder, &["explain", "--only", "foo"], "en");
    assert_eq!(code, Some(2));
    assert!(failed.contains("nothing limits `foo`"), "{failed}");
    for (ward, other) in [("26743", false), ("26473", true), ("00000", true)] {
        let ward = format!("ward={ward}");
        let (code, told, _) = rules(&folder, &["explain", &ward], "en");
        assert_eq!(code, Some(0));
        assert_eq!(
            told.contains("is no ward of Ho Chi Minh City"),
            other,
            "{ward}"
        );
    }
    let found = ["explain", "--found", "towers=3"];
    let (code, _, failed) = rules(&folder, &found, "en");
    assert_eq!(code, Some(2));
    assert!(
        failed.contains("nothing limits `towers`, expected one of: "),
        "{failed}"
    );
}

const WRONG: &str = r#"[pack]
id = "mine"
version = "1"
title = { vi = "Của tôi", en = "Mine" }
level = "decree"
[pack.scope]
everywhere = true
[[source]]
id = "act"
act = "1/2026"
confidence = "transcribed"
reason = { vi = "Đã đọc.", en = "Read." }
[[rule]]
id = "coverage"
kind = "coverage"
source = "act"
title = { vi = "Mật độ", en = "Coverage" }
bound = "at_most"
unit = "m"
value = 50
"#;

#[test]
fn a_wrong_pack_is_told_with_every_mistake_and_a_right_one_is_used() {
    let folder = Folder::new();
    folder.file("mine.toml", WRONG);
    let (code, told, _) = rules(&folder, &["check", "mine.toml"], "en");
    assert_eq!(code, Some(3), "{told}");
    let level = "mine.toml:5:9: `decree` is no level, expected: detailed_plan, ";
    assert!(told.contains(level), "{told}");
    let unit = "mine.toml:19:8: unit `m`, expected `%` for coverage";
    assert!(told.contains(unit), "{told}");
    let (_, told, _) = rules(&folder, &["check", "mine.toml"], "vi");
    assert!(
        told.contains("mine.toml:19:8: đơn vị `m`, cần `%` cho coverage"),
        "{told}"
    );
    let right = WRONG
        .replace("\"decree\"", "\"law\"")
        .replace("\"m\"", "\"%\"");
    folder.file("mine.toml", &right);
    let (code, told, _) = rules(&folder, &["check", "mine.toml"], "en");
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("mine.toml: is a pack, 1 rules"), "{told}");
    let asked = [&HOUSE[..], &["--only", "coverage", "--pack", "mine.toml"]].concat();
    let (_, told, _) = rules(&folder, &asked, "en");
    assert!(
        told.contains("Net coverage (coverage): at most 50 %"),
        "{told}"
    );
    assert!(told.contains("  caps: Coverage: at most 50 %"), "{told}");
    let (code, _, failed) = rules(&folder, &["check", "nowhere.toml"], "vi");
    assert_eq!(code, Some(1));
    let expected = "không đọc được `nowhere.toml`: không có tệp hoặc thư mục này";
    assert!(failed.contains(expected), "{failed}");
}

#[test]
fn packs_are_listed_and_shown_and_the_illustration_says_that_it_is_one() {
    let folder = Folder::new();
    let (code, told, _) = rules(&folder, &["list"], "en");
    assert_eq!(code, Some(0));
    assert!(
        told.contains("hcmc_56_2021_app18 1: Decision 56/2021/QĐ-UBND, Appendix 18"),
        "{told}"
    );
    let french = told
        .split("fr_25354_illustration")
        .nth(1)
        .expect("it is listed");
    let french: Vec<&str> = french.lines().take(3).collect();
    assert!(french[2].contains("ILLUSTRATION ONLY"), "{french:?}");
    let (code, told, _) = rules(&folder, &["show", "hcmc_56_2021_app18", "storeys"], "en");
    assert_eq!(code, Some(0));
    assert!(told.contains("right_of_way_m ≥ 6, < 16: 4"), "{told}");
    assert!(told.contains("storeys v1"), "{told}");
    let (code, _, failed) = rules(&folder, &["show", "nothing"], "vi");
    assert_eq!(code, Some(2));
    assert!(
        failed.contains("không có bộ quy tắc `nothing`, cần một trong: "),
        "{failed}"
    );
    let (_, told, _) = rules(&folder, &["parameters"], "vi");
    assert!(
        told.contains("lot_area_m2: diện tích lô phù hợp quy hoạch [m²]"),
        "{told}"
    );
}

#[test]
fn the_schema_for_editors_is_the_file_of_the_repository() {
    let folder = Folder::new();
    let (code, told, _) = rules(&folder, &["schema"], "en");
    assert_eq!(code, Some(0));
    let file = include_str!("../../data/rules/schema.json");
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    assert_eq!(read(&told), read(file));
}
