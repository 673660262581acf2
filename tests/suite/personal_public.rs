//! A planted name stands in no public answer, no export, no line of the log and no audit entry.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use diachinh::cadastre::names::fold;
use diachinh::cadastre::{PartyId, PartyKind};
use diachinh::land::RightsEdit;
use diachinh::store::Asking;
use rstest::rstest;

use crate::databases::{Kind, Place, display};
use crate::harness::{Folder, diachinh, stderr, stdout};
use crate::rights::{certificates, edit, party};
use crate::store_parity::{at, villages};

const NAME: &str = "Nguyễn Thị Thử Nghiệm";
const NUMBER: &str = "079123456789";

/// Everything that a server answers to anybody, right and wrong questions.
const PATHS: [&str; 16] = [
    "/",
    "/api",
    "/api.3.0.json",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/nowhere",
    "/v1/parcels/1",
    "/v1/parcels/1/history",
    "/v1/parcels/3/history",
    "/v1/parcels/7",
    "/v1/parcels/999",
    "/v1/parcels/lookup?ward=26743&sheet=5&number=12",
    "/v1/parcels/lookup?x=603002&y=1191010&crs=9210",
    "/v1/parcels/lookup?q=thua+12+to+5+ben+thanh",
    "/v1/parcels/lookup?lon=NaN",
];

/// A register with parcels and a party whose name was recorded, read, refused and erased beside.
fn planted(kind: Kind) -> Place {
    let place = Place::new(kind);
    let store = &place.store;
    store
        .commit(&villages(), at(0), display())
        .expect("the edit fits");
    let named = |id| RightsEdit {
        parties: vec![party(id, PartyKind::NaturalPerson, NAME, NUMBER)],
        ..RightsEdit::default()
    };
    let mut held = certificates();
    held.rights.parties[0].values = named(7).parties[0].values.clone();
    for edit in [held, edit(named(7)), edit(named(8))] {
        let recorded = store.commit(&edit, at(1), display());
        assert!(recorded.is_ok(), "{recorded:?}");
    }
    let asking = Asking {
        reader: "officer-12",
        reason: "case 2026/17",
    };
    let read = store.read_party(PartyId(7), asking, at(2));
    assert!(read.is_ok_and(|read| read.is_some()));
    let refused = store.commit(&edit(named(7)), at(3), display());
    let refused = refused.expect_err("the party is held already");
    assert_silent("a refusal", format!("{refused} {refused:?}").as_bytes());
    store
        .erase_party(PartyId(8), asking, at(4))
        .expect("erased");
    place
}

/// Neither the name nor the number stands in these bytes, in any normal form or case, with or
/// without diacritics.
fn assert_silent(what: &str, bytes: &[u8]) {
    let folded = fold(&String::from_utf8_lossy(bytes));
    for planted in [fold(NAME), NUMBER.to_owned()] {
        assert!(!folded.contains(&planted), "{what} holds `{planted}`");
    }
}

/// A server as a process, with every line that it can log going to a file.
fn serving(folder: &Folder, store: &str) -> (Child, String) {
    let log = std::fs::File::create(folder.path().join("log")).expect("a file");
    let mut child = diachinh(folder)
        .args(["serve", "--listen", "127.0.0.1:0", "--store", store])
        .env("DIACHINH_LOG__FILTER", "trace")
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    let out = child.stdout.take().expect("a pipe");
    let read = BufReader::new(out).read_line(&mut line);
    read.expect("the address is printed");
    (child, line.trim().to_owned())
}

/// Status and body of an answer.
fn ask(url: &str) -> (u16, Vec<u8>) {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    let agent = config.build().new_agent();
    let mut answer = agent.get(url).call().expect("the server answers");
    let body = answer.body_mut().read_to_vec().expect("a whole body");
    (answer.status().as_u16(), body)
}

/// Asks until the server has loaded the register.
fn wait_until_ready(address: &str) {
    let begun = std::time::Instant::now();
    while ask(&format!("{address}/health/ready")).0 != 200 {
        assert!(begun.elapsed().as_secs() < 20, "the server gets ready");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_planted_name_is_in_no_public_answer_and_in_no_line_of_the_log(#[case] kind: Kind) {
    let place = planted(kind);
    let folder = Folder::new();
    let (mut child, address) = serving(&folder, &place.options.url);
    wait_until_ready(&address);
    let mut told = Vec::new();
    for path in PATHS {
        let (status, body) = ask(&format!("{address}{path}"));
        assert!(status < 500, "{path}: {status}");
        assert!(!body.is_empty(), "{path}");
        assert_silent(path, &body);
        told.extend(body);
    }
    let told = fold(&String::from_utf8_lossy(&told));
    assert!(told.contains("ben thanh"), "the search finds what is there");
    // Who asks for the name finds nobody, and leaves no trace of it.
    for query in ["q=nguyen+thi+thu+nghiem", "q=079123456789"] {
        let (status, body) = ask(&format!("{address}/v1/parcels/lookup?{query}"));
        assert_eq!(status, 200);
        let answer: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(answer["features"], serde_json::json!([]));
    }
    // How a server ends is another test's; the log is written line by line.
    child.kill().expect("the server can be killed");
    child.wait().expect("the server ends");
    let log = std::fs::read(folder.path().join("log")).expect("the log");
    let text = String::from_utf8_lossy(&log);
    assert!(text.contains("/v1/parcels/lookup"), "the log is there");
    assert_silent("the log", &log);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_planted_name_is_in_no_export_and_in_no_audit_entry(#[case] kind: Kind) {
    let place = planted(kind);
    let folder = Folder::new();
    for collection in ["parcels", "roads", "corridors", "zones", "restrictions"] {
        for extension in ["gpkg", "geojson", "fgb", "csv"] {
            let file = format!("{collection}.{extension}");
            let mut export = diachinh(&folder);
            export.args(["export", collection, &file, "--all-versions"]);
            export.args(["--store", &place.options.url]);
            let output = export.env("DIACHINH_LOG__FILTER", "trace").output();
            let output = output.expect("the program starts");
            let said = stdout(&output) + &stderr(&output);
            assert!(output.status.success(), "{file}: {said}");
            assert_silent("what an export says", said.as_bytes());
            let bytes = std::fs::read(folder.path().join(&file)).expect("the export");
            assert_silent(&file, &bytes);
            let held = String::from_utf8_lossy(&bytes).contains("26743");
            assert!(collection != "parcels" || held, "the search finds: {file}");
        }
    }
    let audit = place.sql("SELECT * FROM audit ORDER BY id");
    for action in ["commit", "record", "read", "erase", "officer-12"] {
        assert!(audit.contains(action), "{action}: {audit}");
    }
    assert_silent("the audit", audit.as_bytes());
    let revisions = place.sql("SELECT * FROM revisions");
    assert_silent("the revisions", revisions.as_bytes());
}
