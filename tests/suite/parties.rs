//! `diachinh party` and `diachinh audit`: who holds a parcel, readings and erasures with a proof.

use std::io::Write;
use std::process::{Output, Stdio};

use diachinh::store::Store;
use rstest::rstest;

use crate::databases::{Kind, Place};
use crate::harness::{Folder, diachinh, stderr, stdout};

/// Runs the program on a place, with a text on its standard input.
fn run(place: &Place, arguments: &[&str], input: &str) -> Output {
    let folder = Folder::new();
    let mut child = diachinh(&folder)
        .args(arguments)
        .args(["--store", &place.options.url])
        .env("DIACHINH_LOG__FILTER", "trace")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A command that does not read its input may be gone before it is written.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

/// What it prints when all is well.
fn said(place: &Place, arguments: &[&str]) -> String {
    let output = run(place, arguments, "");
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        stderr(&output)
    );
    stdout(&output)
}

/// A demo city of a few hundred parcels.
fn city(kind: Kind) -> Place {
    let place = Place::new(kind);
    let built = said(&place, &["demo", "--parcels", "400"]);
    assert!(built.contains("made-up parties"), "{built}");
    place
}

/// The first party that a line of the answer names.
fn party_in(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("party ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// A person who holds a parcel of the city, found as an operator finds one, and what was said.
fn somebody(place: &Place) -> (String, String) {
    for parcel in 1..100 {
        let parcel = parcel.to_string();
        let holders = said(place, &["party", "holders", &parcel]);
        let Some(party) = party_in(&holders) else {
            assert!(holders.contains("has no certificate"), "{holders}");
            continue;
        };
        assert!(
            holders.contains(&parcel) && holders.contains("land use"),
            "{holders}"
        );
        assert!(!holders.contains("Giả Lập"), "nobody is read: {holders}");
        let shown = said(place, &["party", "show", &party, "--reason", "case 1"]);
        if shown.contains("natural person") {
            return (party, shown);
        }
    }
    unreachable!("a city without persons");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn an_operator_finds_reads_and_erases_a_person(#[case] kind: Kind) {
    let place = city(kind);
    let (party, shown) = somebody(&place);
    let id: i64 = party.parse().expect("a number");
    let (name, number) = (format!("Người Giả Lập {id:06}"), format!("000{id:09}"));
    assert!(shown.contains(&name) && shown.contains(&number), "{shown}");
    assert!(shown.contains(&format!("of party {party}")), "{shown}");
    for planted in [name.as_str(), number.as_str(), "Người Giả Lập"] {
        assert!(!place.holds(planted.as_bytes()), "{planted} in the clear");
    }
    let find = ["party", "find", "--reason", "request 17"];
    let found = run(&place, &find, &format!("{number}\n"));
    assert_eq!(
        stdout(&found),
        format!("party {party}\n"),
        "{}",
        stderr(&found)
    );
    assert!(!stderr(&found).contains(&number));

    let erase = ["party", "erase", &party, "--reason", "request 17"];
    let asked = run(&place, &erase, "yes\n");
    assert_eq!(asked.status.code(), Some(2), "nobody at a terminal");
    assert!(stderr(&asked).contains("--yes"), "{}", stderr(&asked));
    let erased = said(&place, &[&erase[..], &["--yes"]].concat());
    assert_eq!(erased, format!("party {party} is erased\n"));
    let shown = said(&place, &["party", "show", &party, "--reason", "case 2"]);
    assert!(
        shown.contains("erased") && !shown.contains("name:"),
        "{shown}"
    );
    assert!(shown.contains("land use"), "its rights stay: {shown}");
    let gone = run(&place, &find, &number);
    assert_eq!(stdout(&gone), "no party has this identity number\n");
    let whole = said(&place, &["check-store"]);
    assert!(
        whole.contains("certificates: ") && whole.contains(" 0 flaws"),
        "{whole}"
    );
    proven(&place, id);
}

/// The audit tells of every look and of the erasure, without who it was about.
fn proven(place: &Place, id: i64) {
    let readings = said(place, &["audit", "show", "personal_readings"]);
    for word in [
        "\"case 1\"",
        "\"case 2\"",
        "\"request 17\"",
        "\"find\"",
        "uid",
    ] {
        assert!(readings.contains(word), "{word}: {readings}");
    }
    let parties = said(place, &["audit", "show", "parties"]);
    let entry = format!("\"party\":{id}");
    assert!(
        parties.contains("\"erase\"") && parties.contains(&entry),
        "{parties}"
    );
    for told in [readings, parties] {
        assert!(
            !told.contains("Giả Lập") && !told.contains(&format!("000{id:09}")),
            "{told}"
        );
    }
    let verified = said(place, &["audit", "verify"]);
    for chain in [
        "demo: 1 entries, holds",
        "parties: 2 entries, holds",
        "personal_readings: ",
    ] {
        assert!(verified.contains(chain), "{verified}");
    }
    let store = Store::open(&place.options).expect("the store opens");
    assert_eq!(store.verify_audit().expect("an audit"), []);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_reading_taken_out_of_the_audit_is_noticed(#[case] kind: Kind) {
    let place = city(kind);
    for reason in ["case 1", "case 2"] {
        said(&place, &["party", "show", "1", "--reason", reason]);
    }
    place.sql("DELETE FROM audit WHERE chain = 'personal_readings' AND number = 1");
    let verified = run(&place, &["audit", "verify"], "");
    assert_eq!(verified.status.code(), Some(3));
    let text = stdout(&verified);
    assert!(
        text.contains("personal_readings: 1 entries, BROKEN from entry 2"),
        "{text}"
    );
    assert!(text.contains("parties: 1 entries, holds"), "{text}");
}

#[test]
fn what_cannot_be_done_is_refused_with_what_was_expected() {
    let place = city(Kind::Sqlite);
    let refused = |arguments: &[&str], code: i32, word: &str| {
        let output = run(&place, arguments, "");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(stderr(&output).contains(word), "{}", stderr(&output));
    };
    refused(
        &["party", "show", "99999", "--reason", "x"],
        1,
        "no party `99999`",
    );
    refused(
        &["party", "erase", "99999", "--reason", "x", "--yes"],
        1,
        "no party `99999`",
    );
    refused(&["party", "show", "1"], 2, "--reason");
    refused(
        &["party", "show", "1", "--reason", " "],
        2,
        "`--reason` is empty",
    );
    refused(
        &["party", "find", "--reason", "x"],
        2,
        "standard input is empty",
    );
    refused(&["party", "holders", "99999"], 1, "no parcel `99999`");
    refused(&["party", "holders", "0"], 2, "`0` is not a parcel id");
    refused(
        &["audit", "show", "nothing"],
        2,
        "expected one of: demo, parties",
    );
    let shown = said(&place, &["party", "show", "1", "--reason", "case 1"]);
    let name = shown.lines().find_map(|line| line.strip_prefix("name: "));
    let reason = format!("asked by {}", name.expect("a name"));
    let told = run(&place, &["party", "show", "1", "--reason", &reason], "");
    assert_eq!(told.status.code(), Some(1));
    assert!(!stderr(&told).contains("Giả Lập"), "{}", stderr(&told));
    let readings = said(&place, &["audit", "show", "personal_readings"]);
    assert_eq!(
        readings
            .lines()
            .filter(|line| line.contains("case 1"))
            .count(),
        1
    );
    assert!(!readings.contains("Giả Lập"), "{readings}");
}

#[test]
fn a_copy_without_its_keys_says_so_and_makes_none() {
    let place = city(Kind::Sqlite);
    let keys = place.file().with_extension("gpkg-keys");
    let away = place.file().with_extension("away");
    std::fs::rename(&keys, &away).expect("the keys can be moved");
    for arguments in [
        ["party", "show", "1", "--reason", "case 1"].as_slice(),
        &["party", "erase", "1", "--reason", "case 1", "--yes"],
    ] {
        let told = run(&place, arguments, "");
        assert_eq!(told.status.code(), Some(1), "{}", stderr(&told));
        let text = stderr(&told);
        assert!(
            text.contains("gpkg-keys") && text.contains("store.keys_url"),
            "{text}"
        );
    }
    // Neither does a program that writes, such as an import, put an empty place there.
    let store = Store::open(&place.options).expect("the register is there");
    store.migrate().expect("the migrations fit");
    assert!(!keys.exists());
    let flawed = run(&place, &["check-store"], "");
    assert!(
        stdout(&flawed).contains("have no key"),
        "{}",
        stdout(&flawed)
    );
    std::fs::rename(&away, &keys).expect("the keys can be moved");
    assert!(said(&place, &["party", "show", "1", "--reason", "case 1"]).contains("name: "));
}
