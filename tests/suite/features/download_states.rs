//! Files over edits: which state is sent, what is made anew, what waits.

use std::io::Read;

use serde_json::json;

use crate::features::downloads::made;
use crate::follow::renumbered;
use crate::harness::Office;

/// How a file of a folder is, by its place in the list.
fn listed(office: &Office, folder: &str, place: usize) -> serde_json::Value {
    let list = office.get(folder);
    assert_eq!(list.status, 200, "{}", list.text());
    list.at("/downloads")[place].clone()
}

/// The names of the files that lie ready.
fn lying(office: &Office) -> Vec<String> {
    let folder = std::path::Path::new(office.store_url()).with_file_name("downloads");
    let files = std::fs::read_dir(folder).expect("a folder").flatten();
    let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    names.collect()
}

#[test]
fn after_an_edit_a_file_is_sent_as_what_it_is_until_the_newer_one_is_ready() {
    let office = Office::open().with_land("two_villages").start();
    let (folder, file) = (
        "/collections/parcels/downloads",
        "/collections/parcels/downloads/parcels.csv",
    );
    let before = made(&office, file);
    assert!(!before.text().contains(",97,"), "{}", before.text());
    let ready = listed(&office, folder, 4);
    assert_eq!(
        (&ready["state"], &ready["revision"], &ready["date"]),
        (&json!("ready"), &json!(1), &json!("2026-11-23"))
    );
    office.commit(&renumbered(&office, "97"));
    office.get_until(folder, |list| list.at("/revision") == 2);
    let old = listed(&office, folder, 4);
    assert_eq!(
        (&old["state"], &old["revision"]),
        (&json!("notMade"), &json!(1))
    );
    let page = office.get(&format!("{folder}?f=html&lang=en"));
    let told = "of revision 1, 2026-11-23, ";
    assert!(page.text().contains(told), "{}", page.text());
    assert!(
        page.text()
            .contains("something has changed since. Made when")
    );
    // Who asks has the newer one made, and gets what there is.
    let meanwhile = office.get(file);
    assert_eq!((meanwhile.status, &meanwhile.body), (200, &before.body));
    let name = "attachment; filename=\"parcels-r1-2026-11-23.csv\"";
    assert_eq!(meanwhile.header("content-disposition"), name);
    office.get_until(folder, |list| list.at("/downloads/4/state") == "ready");
    assert_eq!(listed(&office, folder, 4)["revision"], 2);
    let after = office.get(file);
    assert!(after.text().contains(",97,"), "{}", after.text());
    assert_eq!(lying(&office).len(), 1, "the old one goes");
}

#[test]
fn a_file_stays_the_newest_while_only_other_collections_are_edited() {
    let office = Office::open().with_land("two_villages").start();
    let files = [
        "/collections/wards/downloads/wards.csv",
        "/tiles/zones/downloads/zones.pmtiles",
    ];
    let before = files.map(|file| made(&office, file).header("etag").to_owned());
    office.commit(&renumbered(&office, "97"));
    office.get_until("/collections/wards/downloads", |list| {
        list.at("/revision") == 2
    });
    let wards = listed(&office, "/collections/wards/downloads", 4);
    let zones = listed(&office, "/tiles/zones/downloads", 0);
    for one in [wards, zones] {
        assert_eq!(
            (&one["state"], &one["revision"]),
            (&json!("ready"), &json!(1)),
            "{one}"
        );
    }
    // Another server finds them again, since their names say what they are of.
    let another = office.another();
    for (file, tag) in files.iter().zip(&before) {
        for office in [&office, &another] {
            let answer = office.get(file);
            assert_eq!((answer.status, answer.header("etag")), (200, tag.as_str()));
        }
    }
}

#[test]
fn a_restart_finds_what_was_made_and_removes_what_was_being_made() {
    let office = Office::open().with_land("two_villages").start();
    let (folder, file) = (
        "/collections/parcels/downloads",
        "/collections/parcels/downloads/parcels.csv",
    );
    let before = made(&office, file);
    office.commit(&renumbered(&office, "97"));
    let lying_there = std::path::Path::new(office.store_url()).with_file_name("downloads");
    let place = |name: &str| {
        let place = lying_there.join(name);
        std::fs::create_dir_all(&place).expect("a folder");
        for name in ["lock", "half"] {
            std::fs::write(place.join(name), "half").expect("a file");
        }
        place
    };
    let (left, held) = (
        place("making-1-city.pmtiles"),
        place("making-2-zones.pmtiles"),
    );
    std::fs::write(lying_there.join("making-3-city.pmtiles"), "half").expect("a file");
    // A file of another register, whose second revision was recorded at another time.
    let foreign = lying_there.join("wards-r2-2026-11-22-1at5.csv");
    std::fs::write(&foreign, "WKT\n").expect("a file");
    let writing = std::process::Command::new("flock")
        .arg(held.join("lock"))
        .args(["sh", "-c", "echo held; read line"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn();
    let mut writing = writing.expect("flock runs");
    let mut said = [0; 5];
    let told = writing.stdout.as_mut().map(|out| out.read_exact(&mut said));
    assert!(told.is_some_and(|told| told.is_ok()), "the lock is held");
    let again = office.another();
    let found = listed(&again, folder, 4);
    assert_eq!(
        (&found["state"], &found["revision"], &found["date"]),
        (&json!("notMade"), &json!(1), &json!("2026-11-23"))
    );
    let wards = listed(&again, "/collections/wards/downloads", 4);
    assert_eq!(wards.get("bytes"), None, "{wards}");
    assert!(!left.exists(), "nobody writes it");
    assert!(!lying_there.join("making-3-city.pmtiles").exists());
    assert!(held.exists(), "another server writes it");
    let sent = again.get(file);
    assert_eq!((sent.status, &sent.body), (200, &before.body));
    drop(writing.stdin.take());
    writing.wait().expect("flock ends");
}

#[test]
fn a_collection_does_not_wait_for_the_map_and_what_waits_is_told_so() {
    let office = Office::open().with_land("two_villages").start();
    let folder = std::path::Path::new(office.store_url()).with_file_name("downloads");
    // The archive of the map goes into a pipe that nobody reads yet, and so takes its time.
    let place = folder.join(format!("making-{}-city.pmtiles", std::process::id()));
    std::fs::create_dir_all(&place).expect("a folder");
    let pipe = place.join("city.pmtiles");
    let made_pipe = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made_pipe.is_ok_and(|status| status.success()));
    let map = "/tiles/city/downloads/city.pmtiles";
    let begun = office.get(map);
    assert_eq!((begun.status, begun.at("/state")), (202, json!("making")));
    let zones = office.get("/tiles/zones/downloads/zones.pmtiles");
    assert_eq!(zones.status, 202);
    assert_eq!(
        (zones.at("/state"), zones.at("/ahead"), zones.at("/written")),
        (json!("waiting"), json!(1), json!(null))
    );
    for (language, told) in [
        ("vi", "Đang chờ; số tệp được làm trước: 1"),
        ("en", "Waits; files made before it: 1"),
    ] {
        let page = office.get(&format!("/tiles/zones/downloads?f=html&lang={language}"));
        assert!(page.text().contains(told), "{}", page.text());
        assert_eq!(page.header("refresh"), "2");
    }
    let wards = made(&office, "/collections/wards/downloads/wards.csv");
    assert!(wards.text().starts_with("WKT,"), "{}", wards.text());
    assert_eq!(office.get(map).at("/state"), "making", "still");
    std::fs::read(&pipe).expect("what was written into the pipe");
    made(&office, "/tiles/zones/downloads/zones.pmtiles");
}
