//! Evidence: a check that anybody can judge again without the server, in which nothing can be changed.

use crate::checks::{FILED, PACKS, example_1, house, road, site, stated};
use crate::extract::{area, feature, land, layer, unit};
use crate::harness::{Office, diachinh, stderr};
use crate::village::{self, WEST, day};
use diachinh::cadastre::Revision;
use diachinh::evidence::{
    ContentHash, Envelope, PublicKey, SignatureState, SigningKey, canonical_bytes, seal,
};
use diachinh::geometry::Shape;
use diachinh::land::Land;
use diachinh::planning::LayerCode;
use diachinh::rules::check::{Check, Part, PartKind, Proposal, Total};
use diachinh::rules::proof::{Asked, Flaw, proof, recheck};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::process::Output;

/// The proof of a proposal on the lot of a land, and what followed.
fn proved(land: &Land, proposal: &Proposal) -> (Value, Total) {
    let (site, stated) = (site(land), stated());
    let check = Check::new(&PACKS, &site, proposal, &stated, day(FILED)).expect("sizes of a house");
    let asked = Asked {
        given: "{\"footprint\": 4.50}",
        proposal,
        stated: &stated,
        revision: Revision(7),
        synthetic: true,
        contents: &[("zoning".into(), ContentHash([7; 32]))].into(),
    };
    let proof = proof(&PACKS, &site, &asked, &check).expect("JSON");
    (proof, check.total)
}

fn example() -> Value {
    proved(&example_1(), &house([0.0, 0.0, 4.0, 14.5])).0
}

pub fn key() -> SigningKey {
    SigningKey::parse(&"A".repeat(43)).expect("a key")
}

/// Every number of a value is whole.
pub fn is_whole(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_i64() || number.is_u64(),
        Value::Array(items) => items.iter().all(is_whole),
        Value::Object(members) => members.values().all(is_whole),
        _ => true,
    }
}

#[test]
fn a_proof_has_everything_it_rests_on_and_no_fraction() {
    let proof = example();
    assert!(is_whole(&proof));
    let packs = proof["packs"].as_array().expect("packs");
    assert_eq!(packs.len(), PACKS.len());
    for (written, pack) in packs.iter().zip(PACKS.iter()) {
        assert_eq!(written["hash"], pack.hash.to_string());
        let file = written["file"].as_str().expect("a file");
        let text = std::fs::read_to_string(file).expect("the file of the pack");
        assert_eq!(written["toml"], text);
    }
    let layers = proof["site"]["layers"].as_array().expect("layers");
    let zoning = layers.iter().find(|layer| layer["code"] == "zoning");
    let zoning = zoning.expect("the layer was consulted");
    assert_eq!(zoning["found"], 1);
    assert_eq!(zoning["covers_all"], true);
    assert_eq!(zoning["content"], ContentHash([7; 32]).to_string());
    assert_eq!(proof["proposal"]["given"], "{\"footprint\": 4.50}");
    let again = recheck(&proof).expect("it holds");
    assert_eq!((again.revision, again.synthetic), (7, true));
    assert_eq!(again.parcels, [1]);
    assert!(again.rules > again.limits);
}

#[test]
fn the_content_of_a_layer_is_another_when_a_feature_of_it_is_and_only_then() {
    let lands = [true, true, false].map(|zoned| village(4_000, 16_000, 12_000, zoned));
    let content = |code: &str| {
        let code = LayerCode(code.into());
        let hashes = lands.each_ref().map(|land| land.layer_content(&code));
        hashes.map(|hash| hash.expect("the layer is there"))
    };
    let [one, same, other] = content("zoning");
    assert!(one == same && one != other);
    let [one, same, other] = content("roads");
    assert!(one == same && one == other);
    assert_eq!(lands[0].layer_content(&LayerCode("none".into())), None);
}

#[test]
fn what_was_changed_in_a_proof_is_told_with_its_place() {
    let setback = |proof: &Value| {
        let verdicts = proof["check"]["verdicts"].as_array().expect("verdicts");
        let rear = verdicts
            .iter()
            .position(|v| v["quantity"] == "setback/rear");
        rear.expect("a rule limits it")
    };
    let proof = example();
    let rear = setback(&proof);
    let place = format!("/check/verdicts/{rear}/found/value");
    for (place, value, told) in [
        (place.as_str(), json!("1.999"), place.as_str()),
        ("/check/total", json!("may_proceed"), "/check/total"),
        ("/site/lot/0/0/2/1", json!(16_499), "/check/"),
        ("/proposal/building/storeys", json!("5"), "/check/"),
        ("/stated/building_kind", json!("villa"), "/check/"),
        ("/site/roads/0/width_mm", json!(6_000), "/check/"),
    ] {
        let mut changed = proof.clone();
        let member = changed.pointer_mut(place).expect("a member");
        assert_ne!(*member, value, "{place}");
        *member = value;
        let flaw = recheck(&changed).expect_err("it comes to something else");
        assert!(
            matches!(&flaw, Flaw::Differs { place: found, .. } if found.starts_with(told)),
            "{place}: {flaw}"
        );
    }
}

#[test]
fn another_version_of_a_rule_is_named_and_not_guessed() {
    let changed = |place: &str, value: Value| {
        let mut proof = example();
        *proof.pointer_mut(place).expect("a member") = value;
        recheck(&proof).expect_err("it cannot be judged")
    };
    assert_eq!(
        changed("/kinds/setback", json!(9)),
        Flaw::UnknownKind {
            kind: "setback".to_owned(),
            version: 9
        }
    );
    // Words by which plans are read have a version as kinds of rules have.
    assert_eq!(
        changed("/kinds/plan_functions", json!(9)),
        Flaw::UnknownKind {
            kind: "plan_functions".to_owned(),
            version: 9
        }
    );
    assert_eq!(
        changed("/format", json!("diachinh-check/2")),
        Flaw::UnknownFormat("diachinh-check/2".to_owned())
    );
    let other_text = changed("/packs/0/hash", json!("00"));
    assert!(matches!(other_text, Flaw::OtherPack { .. }), "{other_text}");
    for (place, value) in [
        ("/packs/0/toml", json!("[pack")),
        ("/day", json!("yesterday")),
        ("/site/parcels/0/shape/0/0/0/0", json!(i32::MAX)),
        ("/site/parcels/0/ward", json!("x")),
        ("/proposal/building/storeys", json!("1e3")),
        ("/stated/building_kind", json!("castle")),
        ("/site/open", json!(["guessed"])),
    ] {
        let flaw = changed(place, value);
        assert!(matches!(flaw, Flaw::Unreadable { .. }), "{place}: {flaw}");
    }
    let mut without = example();
    let kinds = without.pointer_mut("/kinds").and_then(Value::as_object_mut);
    kinds.expect("kinds").remove("setback");
    assert!(recheck(&without).is_err());
}

/// A lot of so many millimetres by so many on a road of so many.
fn village(width: i32, depth: i32, road_mm: u32, zoned: bool) -> Land {
    let metres = |mm: i32| f64::from(mm) / 1000.0;
    let key = village::key("26743", "5", "12");
    let shape = area([0.0, -0.5, metres(width), metres(depth)]);
    let zone = feature(
        2,
        "zoning",
        unit("A-1"),
        Shape::Areas(area([-50.0, -50.0, 50.0, if zoned { 150.0 } else { 3.0 }])),
    );
    land(
        vec![village::version(1, "26743", key, WEST, shape)],
        vec![
            layer("roads", "right_of_way"),
            layer("zoning", "zoning"),
            layer("detailed", "detailed_plan"),
        ],
        vec![
            road(1, road_mm, [-50.0, -20.0, 50.0, 0.0]),
            road(3, road_mm / 2, [-20.0, 0.0, 0.0, 150.0]),
            zone,
        ],
    )
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROOFS").map_or(60, |n| n.parse().expect("a number")),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_verdict_is_verified_and_any_flipped_bit_is_caught(
        (width, depth) in (2_000..12_000_i32, 5_000..40_000_i32),
        road_mm in 2_000..40_000_u32,
        zoned: bool,
        (front, rear) in (0..4_000_i32, -500..4_000_i32),
        storeys in 1..12_i64,
        off_by_mm in prop_oneof![Just(0_u32), Just(1_000)],
        balcony in prop::option::of(1..3_000_i32),
        (place, bit) in (any::<prop::sample::Index>(), 0..8_u32),
    ) {
        let metres = |mm: i32| f64::from(mm) / 1000.0;
        let outline = [0.0, metres(front), metres(width), metres(depth - rear)];
        let mut proposal = house(outline);
        proposal.off_by_mm = off_by_mm;
        proposal.building.storeys = Some(storeys.into());
        proposal.building.parts.extend(balcony.map(|reach| {
            let shape = Shape::Areas(area([0.0, metres(-reach), metres(width), 0.0]));
            let part = Part::new(PartKind::Balcony, shape, Some(4.into()), None);
            part.expect("a balcony")
        }));
        let (proof, total) = proved(&village(width, depth, road_mm, zoned), &proposal);
        let sealed = seal(&key(), proof).expect("canonical");
        let read = Envelope::read(&sealed).expect("an envelope");
        prop_assert_eq!(read.signature_state(&[key().public()]), SignatureState::Holds);
        let again = recheck(&read.payload);
        prop_assert!(again.is_ok(), "{again:?}");
        prop_assert_eq!(again.expect("it holds").total, total);
        let mut flipped = sealed;
        let place = place.index(flipped.len());
        flipped[place] ^= 1 << bit;
        let state = Envelope::read(&flipped).map(|e| e.signature_state(&[key().public()]));
        prop_assert!(!matches!(state, Ok(SignatureState::Holds)), "byte {place}, bit {bit}");
    }
}

/// A question about the first parcel of an office, drawn over all of it.
fn question(office: &Office) -> String {
    let geometry = office.get("/v1/parcels/1?lang=en").at("/geometry");
    json!({
        "footprint": geometry,
        "building": { "storeys": 3, "ridgeHeightM": "11.60" },
        "stated": { "building_kind": "row_house" },
    })
    .to_string()
}

pub fn verify(office: &Office, arguments: &[&str]) -> Output {
    let mut command = diachinh(office.folder());
    command.arg("verify").args(arguments);
    command.output().expect("the program starts")
}

#[test]
fn evidence_from_the_server_is_verified_by_the_command_alone() {
    let office = Office::open().with_land("two_villages").start();
    let asked = question(&office);
    let answer = office.post("/v1/checks?f=evidence", &asked);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let keys = office.get("/v1/keys");
    assert_eq!(keys.header("content-type"), "application/jwk-set+json");
    let folder = office.folder();
    folder.file("evidence.json", answer.text());
    folder.file("keys.json", keys.text());
    let evidence: Value = serde_json::from_str(answer.text()).expect("JSON");
    assert_eq!(evidence["payload"]["proposal"]["given"], asked);
    assert_eq!(evidence["key"], keys.at("/keys/0/kid"));
    let x = keys.at("/keys/0/x");
    let public = PublicKey::parse(x.as_str().expect("a text")).expect("a key");
    assert_eq!(public.id(), evidence["key"]);
    let total = evidence["payload"]["check"]["total"].as_str().expect("it");
    let layers = evidence["payload"]["site"]["layers"]
        .as_array()
        .expect("layers");
    let contents = layers.iter().map(|layer| layer["content"].as_str());
    assert!(contents.clone().count() > 0);
    let mut contents = contents.map(|hash| hash.map(str::len));
    assert!(contents.all(|digits| digits == Some(64)), "{layers:?}");

    let with_keys = ["evidence.json", "--keys", "keys.json"];
    let held = verify(&office, &with_keys);
    let said = String::from_utf8_lossy(&held.stdout).into_owned();
    assert_eq!(held.status.code(), Some(0), "{said}{}", stderr(&held));
    assert!(
        said.contains(&format!("judged again, the same: {total}")),
        "{said}"
    );
    assert!(said.contains("signature holds"), "{said}");

    let unknown = verify(&office, &["evidence.json"]);
    assert_eq!(unknown.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&unknown.stdout).contains("SIGNER UNKNOWN"));

    folder.file("evidence.json", &answer.text().replace("11.60", "11.61"));
    let broken = verify(&office, &with_keys);
    assert_eq!(broken.status.code(), Some(3));
    let said = String::from_utf8_lossy(&broken.stdout).into_owned();
    assert!(said.contains("SIGNATURE BROKEN"), "{said}");
    folder.file(
        "evidence.json",
        &answer.text().replace("\"check\":", "\"check\": "),
    );
    let spaced = verify(&office, &[&with_keys[..], &["--language", "vi"]].concat());
    assert_eq!(spaced.status.code(), Some(3));
    let said = String::from_utf8_lossy(&spaced.stdout).into_owned();
    assert!(said.contains("KHÔNG PHẢI BẰNG CHỨNG: byte "), "{said}");
}

#[test]
fn a_key_is_made_for_its_owner_alone_and_what_an_earlier_one_signed_still_holds() {
    use std::os::unix::fs::PermissionsExt as _;
    let office = Office::open().with_land("two_villages").start();
    let evidence = office.post("/v1/checks?f=evidence", &question(&office));
    let folder = office.folder();
    folder.file("evidence.json", evidence.text());
    let secret = folder.path().join("signing/signing.key");
    let mode = |path: &std::path::Path| {
        let metadata = std::fs::metadata(path).expect("it is there");
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode(&secret), 0o600);
    assert_eq!(mode(&folder.path().join("signing")), 0o700);
    let before = std::fs::read_to_string(&secret).expect("a key");

    let keys = |order: &str| {
        let mut command = diachinh(folder);
        command.env("DIACHINH_APP__SIGNING_FOLDER", "signing");
        command.args(["keys", order]).output().expect("it starts")
    };
    let rotated = keys("rotate");
    assert_eq!(rotated.status.code(), Some(0), "{}", stderr(&rotated));
    let after = std::fs::read_to_string(&secret).expect("a key");
    assert_ne!(before, after);
    assert_eq!(mode(&secret), 0o600);
    let shown = keys("show");
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert_eq!(shown.matches("\"kid\"").count(), 2, "{shown}");
    assert!(!shown.contains(after.trim_end()), "{shown}");
    folder.file("keys.json", &shown);
    let held = verify(&office, &["evidence.json", "--keys", "keys.json"]);
    assert_eq!(held.status.code(), Some(0), "{}", stderr(&held));

    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(&secret, open).expect("ours");
    let refused = keys("show");
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("expected permissions 600"));
    // A client learns that it fails, and not where the key lies.
    let answer = office.another().get("/v1/keys");
    assert_eq!(answer.status, 500, "{}", answer.text());
    assert!(!answer.text().contains("signing.key"), "{}", answer.text());
}

#[test]
fn a_server_without_a_folder_of_keys_says_that_it_signs_nothing() {
    let office = Office::open()
        .with_land("two_villages")
        .with(|config| config.app.signing_folder = std::path::PathBuf::new())
        .start();
    assert_eq!(office.get("/v1/keys").text(), r#"{"keys":[]}"#);
    let refused = office.post("/v1/checks?f=evidence&lang=en", &question(&office));
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert_eq!(refused.at("/parameter"), "f");
    let other = office.post("/v1/checks?f=pdf&lang=en", &question(&office));
    assert_eq!(other.status, 400, "{}", other.text());
}

#[test]
fn the_same_question_has_the_same_evidence() {
    let bytes = || canonical_bytes(&example()).expect("canonical");
    assert_eq!(bytes(), bytes());
}
