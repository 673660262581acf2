//! Vectors of the packs, against calculators: our own, one that is right, three that are wrong.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::{Folder, diachinh, stderr, stdout};

const DAY: &str = "2026-11-30";

fn conformance(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = diachinh(folder);
    command.args(["rules", "conformance", "--date", DAY, "--language", "en"]);
    let output = command
        .args(arguments)
        .output()
        .expect("the program starts");
    (output.status.code(), stdout(&output), stderr(&output))
}

fn exported(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    let (code, told, failed) = conformance(folder, arguments);
    assert_eq!(code, Some(0), "{failed}");
    let document: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(document["format"], "diachinh-conformance");
    assert_eq!(document["version"], 1);
    document["vectors"].as_array().expect("vectors").clone()
}

fn calculator(mistake: &str) -> String {
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/suite/calculators/row_house.py"
    );
    format!("python3 {script} {mistake}")
}

/// The rules of which the foreign calculator knows.
const KNOWN: [&str; 10] = [
    "--rule",
    "hcmc_56_2021_app18/coverage",
    "--rule",
    "hcmc_56_2021_app18/storeys",
    "--rule",
    "hcmc_56_2021_app18/balcony",
    "--rule",
    "hcmc_56_2021_app18/balcony_narrow_sidewalk",
    "--rule",
    "qcvn_01_2021/house_coverage",
];

#[test]
fn vectors_lie_at_and_beside_every_number_of_a_rule() {
    let folder = Folder::new();
    let vectors = exported(&folder, &["--rule", "hcmc_56_2021_app18/storeys"]);
    let at = |parameter: &str| -> BTreeSet<&str> {
        let name = |v: &'_ Value| {
            v["id"]
                .as_str()
                .is_some_and(|id| id.contains(&format!(": {parameter} = ")))
        };
        let there = vectors.iter().filter(|v| name(v));
        there
            .filter_map(|v| v["facts"][parameter].as_str())
            .collect()
    };
    let roads = at("right_of_way_m");
    for road in [
        "3.499", "3.5", "3.501", "5.999", "6", "15.999", "16", "24.999", "25", "25.001",
    ] {
        assert!(roads.contains(road), "{road}: {roads:?}");
    }
    assert!(at("frontage_m").is_superset(&BTreeSet::from(["3", "8", "8.001"])));
    let narrow = vectors
        .iter()
        .find(|v| v["facts"]["right_of_way_m"] == "3.499")
        .expect("one");
    assert_eq!(
        (&narrow["limit"], &narrow["bound"], &narrow["unit"]),
        (&"3".into(), &"at_most".into(), &"storeys".into())
    );
    assert_eq!(narrow["found"], serde_json::json!(["2", "3", "4"]));
    assert_eq!(
        narrow["outcomes"],
        serde_json::json!(["pass", "pass", "fail"])
    );
}

#[test]
fn every_pack_has_vectors_and_no_question_is_put_twice() {
    let folder = Folder::new();
    let vectors = exported(&folder, &[]);
    let ids: BTreeSet<&str> = vectors.iter().filter_map(|v| v["id"].as_str()).collect();
    assert_eq!(ids.len(), vectors.len());
    let packs: BTreeSet<&str> = ids.iter().filter_map(|id| id.split('/').next()).collect();
    let (_, listed, _) = {
        let mut command = diachinh(&folder);
        let output = command
            .args(["rules", "list", "--language", "en"])
            .output()
            .expect("starts");
        (output.status.code(), stdout(&output), stderr(&output))
    };
    for pack in listed.lines().filter(|line| !line.starts_with(' ')) {
        let id = pack.split(' ').next().expect("an id");
        let is_law = !id.starts_with("fr_");
        assert_eq!(packs.contains(id), is_law, "{id}: {packs:?}");
    }
}

#[test]
fn the_program_itself_answers_as_the_vectors_say_and_another_pack_is_noticed() {
    let folder = Folder::new();
    let answer = format!("{} rules answer", env!("CARGO_BIN_EXE_diachinh"));
    let (code, told, failed) = conformance(&folder, &["--against", &answer]);
    assert_eq!(code, Some(0), "{told}{failed}");
    assert!(told.contains(" otherwise: 0, not at all: 0"), "{told}");
    let pack = include_str!("../../data/rules/hcmc-56-2021-app18.toml");
    let other = pack.replace("[50, 100], [100, 90]", "[90, 100], [100, 90]");
    folder.file("other.toml", &other);
    let path = folder.path().join("other.toml");
    let answer = format!("{answer} --pack {}", path.display());
    let (code, told, failed) = conformance(&folder, &["--against", &answer]);
    assert_eq!(code, Some(3), "{failed}");
    assert!(
        told.contains("hcmc_56_2021_app18/coverage: lot_area_m2 = 75"),
        "{told}"
    );
}

#[test]
fn a_right_calculator_of_somebody_else_passes_and_three_wrong_ones_are_caught() {
    let folder = Folder::new();
    let ask = |mistake: &str| {
        let command = calculator(mistake);
        conformance(
            &folder,
            &[&KNOWN[..], &["--partial", "--against", &command]].concat(),
        )
    };
    let (code, told, failed) = ask("");
    assert_eq!(code, Some(0), "{told}{failed}");
    // It knows a part of the rules: who asks for all of them is told what it does not answer.
    let command = calculator("");
    let all = conformance(&folder, &[&KNOWN[..], &["--against", &command]].concat());
    assert_eq!(all.0, Some(3), "{}{}", all.1, all.2);
    assert!(all.1.contains(", answered – ()"), "{}", all.1);
    for (mistake, place) in [
        (
            "storeys",
            "hcmc_56_2021_app18/storeys: right_of_way_m = 6\n",
        ),
        (
            "coverage",
            "hcmc_56_2021_app18/coverage: lot_area_m2 = 75\n",
        ),
        (
            "balcony",
            "hcmc_56_2021_app18/balcony: right_of_way_m = 12\n",
        ),
    ] {
        let (code, told, failed) = ask(mistake);
        assert_eq!(code, Some(3), "{mistake}: {told}{failed}");
        assert!(told.contains(place), "{mistake}: {told}");
    }
}

#[test]
fn a_calculator_that_fails_or_says_no_answer_or_nothing_is_told() {
    let folder = Folder::new();
    let ask = |command: &str| conformance(&folder, &["--timeout", "2", "--against", command]);
    let (code, _, failed) = ask("exit 7");
    assert_eq!(code, Some(2));
    assert!(
        failed.contains("`exit 7` has failed: exit status: 7"),
        "{failed}"
    );
    let (code, _, failed) = ask("echo well");
    assert_eq!(code, Some(2));
    assert!(
        failed.contains("line 1 of the answers is no answer"),
        "{failed}"
    );
    let (code, _, failed) = ask("exec sleep 60");
    assert_eq!(code, Some(2));
    assert!(failed.contains("has not answered in 2 s"), "{failed}");
    // Every question is repeated as an answer without a limit or an outcome.
    let nothing = "python3 -c 'import json, sys; [print(json.dumps({\"id\": json.loads(q)[\"id\"]})) for q in sys.stdin]'";
    let (code, told, failed) = ask(nothing);
    assert_eq!(code, Some(3), "{told}{failed}");
    assert!(told.contains("the same: 0, otherwise: "), "{told}");
    assert!(!told.contains("no value expected: 0"), "{told}");
    let (code, told, _) = ask("exec cat > /dev/null");
    assert_eq!(code, Some(3), "nobody has answered: {told}");
    let (code, _, failed) = conformance(&folder, &["--rule", "towers"]);
    assert_eq!(code, Some(2));
    assert!(
        failed.contains("no pack and no rule is named `towers`"),
        "{failed}"
    );
}
